namespace HotPath;

/// <summary>A loop that does nothing but join strings copies all of them again for every element.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JoinLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0702";

    private static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Loop that joins strings",
        message: "'{0}' is copied as a whole for every element in {1}: O(n²); {2} makes it in one go",
        description: "string.Join and string.Concat measure all elements first and copy each of them once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(64, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) =>
        start.RegisterOperationAction(Analyze, OperationKind.CompoundAssignment, OperationKind.SimpleAssignment);

    private void Analyze(OperationAnalysisContext context)
    {
        var assignment = (IAssignmentOperation)context.Operation;

        if (assignment.Target.Type is { SpecialType: SpecialType.System_String }
            && StringAccumulation.Of(assignment, context.Options) is { } accumulation
            && ReferenceEquals(accumulation.First.Assignment, assignment)
            && JoinShape.Of(accumulation) is { } shape)
        {
            Report(context, shape.Loop.Header, accumulation.Severity(context.Options), accumulation.Place.Text(), accumulation.Loop.Description, shape.Maker);
        }
    }
}
