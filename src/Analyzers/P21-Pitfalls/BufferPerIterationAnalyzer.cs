namespace HotPath;

/// <summary>A buffer is allocated, cleared and collected in each iteration, where one would do for all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BufferPerIterationAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT2104";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Buffer is made anew in each iteration",
        message: "'{0}' allocates '{1}' anew in each iteration of {2}, and nothing keeps it; make it once before the loop and clear it",
        description: "A large array, a list or a StringBuilder that is filled, read and forgotten within one iteration can be used again: clearing it is cheaper than allocating another one, and a list or builder keeps the size it has grown to.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(2, n: 1_000, "an array of 16 kB");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (LoopBuffer.Of(context.Operation, context.Options) is { } buffer)
            Report(context, buffer.Creation.Syntax.GetLocation(), DiagnosticSeverity.Info, buffer.Creation.Text(), buffer.Declarator.Symbol.Name, buffer.Loop.Description);
    }, OperationKind.ObjectCreation, OperationKind.ArrayCreation);
}
