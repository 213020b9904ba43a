namespace HotPath;

/// <summary>Taking one element out of a list moves all behind it: doing so for many costs the square of the list's length.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RemoveInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0806";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Elements are removed from a list one by one",
        message: "'{0}' searches or moves the elements of '{1}' in every iteration of {2}: O({3} × {1}); {4}",
        description: "List.Remove searches the list and both it and RemoveAt move every element behind the one that goes. RemoveAll asks each element once and moves each at most once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(3, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (RemovalLoop.Of((IInvocationOperation)context.Operation, context.Options) is { } found)
            Report(context, found.Call.Syntax.GetLocation(), Loops.Weight(found.Call, found.List, context.Options), found.Call.Text(), found.List.Text(), found.Loop.Description, found.Loop.Size,
                found.IsSearched ? $"index '{found.List.Text()}' by what it is searched for, and remove from the index" : "remove them in one pass with RemoveAll");
    }, OperationKind.Invocation);
}
