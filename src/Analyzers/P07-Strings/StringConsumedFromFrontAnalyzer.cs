namespace HotPath;

/// <summary>A string that is read by cutting off its beginning is copied once per step: the square of its length.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StringConsumedFromFrontAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0706";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "String is consumed from its front",
        message: "'{0}' copies all that is left of '{1}' in each iteration of {2}: O(n²) characters; keep a position or a span",
        description: "Strings never change: cutting off the beginning copies the whole rest. A loop that reads a text this way copies the square of its length. A position in the text, or a span of the rest, moves on without a copy.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(70, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (Consumption.Of(assignment, context.Options) is { } found && found.Cuts[0].Syntax == assignment.Syntax)
            Report(context, assignment.Syntax.GetLocation(), found.IsTrimming ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, assignment.Text(), assignment.Target.Text(), new Loop(found.Loop).Description);
    }, OperationKind.SimpleAssignment);
}
