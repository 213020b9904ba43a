namespace HotPath;

/// <summary>A collection that is copied to add one element costs the square of its final length.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CollectionCopiedToGrowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0504";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Collection is copied to grow",
        message: "'{0}' {1} in each iteration of {2}: {3}; {4}",
        description: "Arrays, immutable arrays and spreads are copied as a whole to add an element, and a lazy sequence gets one more layer to walk through: in a loop the cost is the square of the final length. A List<T>, or the builder of the immutable collection, grows in place and is copied once at the end.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(59, n: 1_000, "arrays");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (CollectionGrowth.Of(context.Operation, context.Options, out var loop) is not { } growth)
            return;

        var collection = growth.Place.Text();
        var (does, cost) = growth switch
        {
            { IsLazy: true } => ($"wraps '{collection}' once more", "walking through it costs O(n²)"),
            { IsTree: true } => ($"makes a new tree for '{collection}'", "O(n log n) objects"),
            _ => ($"copies all of '{collection}'", "O(n²)"),
        };

        Report(context, growth.Operation.Syntax.GetLocation(), growth.IsTree ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
            growth.Operation.Text(), does, loop!.Description, cost,
            growth.Place.Type!.ContainingNamespace.Is("System.Collections.Immutable") ? "add to its builder and make it immutable once" : "add to a List and copy once");
    }, OperationKind.SimpleAssignment, OperationKind.Invocation);
}
