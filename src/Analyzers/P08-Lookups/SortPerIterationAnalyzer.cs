namespace HotPath;

/// <summary>Data that hardly changes is sorted, or searched for its smallest element, again in each iteration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SortPerIterationAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0812";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "The same data is sorted on every iteration",
        message: "'{0}' goes through all of '{1}' in every iteration of {2}: O({3} × {1} log {1}); {4}",
        description: "Sorting compares each element several times. Unchanged data stays sorted; data that gets one element per iteration is sorted once at the end, or kept in a SortedSet or PriorityQueue.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(116, n: 1_000, "Sort after each Add");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (RepeatedSort.Of((IInvocationOperation)context.Operation, context.Options) is { } found)
            Report(context, found.Call.Syntax.GetLocation(), Loops.Weight(found.Call, found.Collection, context.Options), found.Call.Text(), found.Collection.Text(), found.Loop.Description, found.Loop.Size, found.Advice);
    }, OperationKind.Invocation);
}
