namespace HotPath;

/// <summary>A loop that does nothing but compute one value per element lets its list grow in steps, although it is known how many values there will be.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ProjectionLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0503";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Loop only projects a collection into a list",
        message: "'{0}' grows again and again while the loop adds one value for each element of '{1}'; 'Select' and 'ToList' make it in its full size",
        description: "Select(…).ToList() over an array or a list knows how many elements come out. It makes the list once, in its full size, and writes the values into it without asking for room.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(2.5, n: 1_000, "a list of numbers");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Linq.Enumerable"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (Projection.Of(context.Operation, context.Options) is { } projection)
                Report(context, Loops.Header(context.Operation.Syntax), DiagnosticSeverity.Info, projection.Fill.Target.Text(), projection.Source.Text());
        }, OperationKind.Loop);
    }
}
