namespace HotPath;

/// <summary>A string that grows in a loop is copied as a whole in every iteration.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StringConcatenationInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0701";

    private static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "String concatenation in a loop",
        message: "'{0}' is copied as a whole in every iteration of {1}: O(n²); {2}",
        description: "Strings never change, so every concatenation copies all the text so far. A StringBuilder copies each piece once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(35, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) =>
        start.RegisterOperationAction(Analyze, OperationKind.CompoundAssignment, OperationKind.SimpleAssignment);

    private void Analyze(OperationAnalysisContext context)
    {
        var assignment = (IAssignmentOperation)context.Operation;

        if (assignment.Target.Type is not { SpecialType: SpecialType.System_String }
            || StringAccumulation.Of(assignment, context.Options) is not { } accumulation
            || !ReferenceEquals(accumulation.First.Assignment, assignment)
            || JoinShape.Of(accumulation) is not null)
        {
            return;
        }

        var cure = accumulation.First.Kind == GrowthKind.Elsewhere ? "collect the pieces and put them together once" : "append to a StringBuilder";
        var others = accumulation.Growths.Where(growth => growth != accumulation.First).Select(growth => growth.Assignment.Syntax.GetLocation());
        Report(context, assignment.Syntax.GetLocation(), accumulation.Severity(context.Options), others, accumulation.Place.Text(), accumulation.Loop.Description, cure);
    }
}
