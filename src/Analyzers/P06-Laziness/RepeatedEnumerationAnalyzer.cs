namespace HotPath;

/// <summary>A deferred query runs all its lambdas again for each walk: in a loop its whole cost is paid per iteration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RepeatedEnumerationAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0603";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Query runs again in each iteration",
        message: "'{0}' runs the query '{1}' again in each iteration of {2}; run it once before the loop and keep the elements",
        description: "A LINQ query is a description: each Count(), Contains(x) or foreach runs it from the start. In a loop the work of the query is multiplied by the number of iterations; ToList() or ToHashSet() before the loop runs it once.");

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
            if (RepeatedQuery.Of(context.Operation, context.Options) is { } query)
                Report(context, query.Location, Loops.Weight(query.User, query.Query, context.Options), query.User is IForEachLoopOperation ? "foreach" : query.User.Text(), query.Query.Text(), query.Loop.Description);
        }, OperationKind.LocalReference, OperationKind.PropertyReference);
    }
}
