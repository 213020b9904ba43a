namespace HotPath;

/// <summary>A loop that walks through a list knows where it is; searching the list for the current element finds out again from the start.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IndexOfCurrentItemAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0807";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "The position of the current element is searched for",
        message: "'{0}' searches '{1}' from the start for the element that {2} is at: O({1} × {1}); count the position",
        description: "IndexOf compares every element before the current one, for each element of the list. A counter, or a for loop, knows the position. For an element that occurs twice, IndexOf gives the position of the first occurrence.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(1_000, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (OwnPosition.Of((IInvocationOperation)context.Operation, context.Options) is { } found)
            Report(context, found.Call.Syntax.GetLocation(), Loops.Weight(found.Call, found.List, context.Options), found.Call.Text(), found.List.Text(), found.Description);
    }, OperationKind.Invocation);
}
