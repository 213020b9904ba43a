namespace HotPath;

/// <summary>Counting one value looks at every element; counting another one in each iteration costs iterations times elements.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CountPerKeyAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0811";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Each value is counted on its own",
        message: "'{0}' looks at every element of '{1}' in every iteration of {2}: O({3} × {1}); count all values of '{1}' once, before it",
        description: "Count(x => x == v) walks through the whole sequence for one value. One pass that counts all values, with CountBy or GroupBy, answers for each of them.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(15, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (CountPerKey.Of((IInvocationOperation)context.Operation, context.Options) is { } found)
            Report(context, found.Search.Call.Syntax.GetLocation(), Loops.Weight(found.Search.Call, found.Search.Scan.Collection, context.Options), found.Search.Call.Text(), found.Search.Scan.Collection.Text(), found.Loop.Description, found.Loop.Size);
    }, OperationKind.Invocation);
}
