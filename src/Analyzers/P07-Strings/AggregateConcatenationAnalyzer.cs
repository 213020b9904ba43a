namespace HotPath;

/// <summary>An Aggregate that puts strings together copies the whole text once per element.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AggregateConcatenationAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0703";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Aggregate concatenates strings",
        message: "This Aggregate copies the whole text for each element of '{0}': O(n²) characters; string.Join and string.Concat copy each once",
        description: "A fold that puts strings together makes a new, longer string per element and copies everything that was there. string.Join and string.Concat write each character once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(30, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Linq.Enumerable"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (ConcatenatingFold.Of((IInvocationOperation)context.Operation, context.Options) is { } fold)
                Report(context, fold.Call.Syntax.GetLocation(), DiagnosticSeverity.Warning, fold.Source.Text());
        }, OperationKind.Invocation);
    }
}
