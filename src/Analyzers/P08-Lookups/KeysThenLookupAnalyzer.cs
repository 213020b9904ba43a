namespace HotPath;

/// <summary>Walking through the keys of a dictionary passes by every value; looking each key up hashes it and searches for what was at hand.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeysThenLookupAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0809";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Each key of a dictionary is looked up again",
        message: "'{0}' looks up every key of '{1}' while the {2} passes by its value; walk through the pairs",
        description: "A dictionary gives key and value together. Walking through the keys and asking for each value computes a hash code and compares keys once more per element.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(11, n: 1_000, "string keys");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        start.RegisterOperationAction(context =>
        {
            if (context.Operation is IForEachLoopOperation loop && KeysLookup.Of(loop, context.Options) is { } found)
                Report(context, Loops.Header(loop.Syntax), DiagnosticSeverity.Info, found.Reads[0].Text(), found.Dictionary.Text(), "loop");
        }, OperationKind.Loop);

        start.RegisterOperationAction(context =>
        {
            if (KeysQuery.Of((IInvocationOperation)context.Operation, context.Options) is { } found)
                Report(context, found.Call.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Reads[0].Text(), found.Dictionary.Text(), "query");
        }, OperationKind.Invocation);
    }
}
