namespace HotPath;

/// <summary>A list keeps its elements in a row: taking the first one, or putting one before it, moves all the others.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ListAsQueueAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0805";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A list is used as a queue",
        message: "'{0}' moves all elements of '{1}' in every iteration of {2}: O({3} × {1}); {4}",
        description: "RemoveAt(0) and Insert(0, x) move every element of the list by one place. A queue takes from the front, and a list that is filled at its end and reversed once puts to the front, in constant time; it pays from a handful of elements.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(18, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (FrontShift.Of((IInvocationOperation)context.Operation, context.Options) is not { } shift)
            return;

        Report(context, shift.Call.Syntax.GetLocation(), Loops.Weight(shift.Call, shift.List, context.Options), shift.Call.Text(), shift.List.Text(), shift.Loop.Description, shift.Loop.Size,
            shift.Takes ? "a Queue takes the first element without" : "add at the end and reverse once, or use a Stack");
    }, OperationKind.Invocation);
}
