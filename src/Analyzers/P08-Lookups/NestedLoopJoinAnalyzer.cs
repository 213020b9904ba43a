namespace HotPath;

/// <summary>Two sequences are matched by comparing every element of one with every element of the other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NestedLoopJoinAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0804";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Nested loops match elements by key",
        message: "{4} compares every element of '{0}' in every iteration of {1}: O({2} × {0}); index '{0}' by '{3}' once and walk through the matches only",
        description: "An inner loop that only works on elements with a certain key looks at all others in vain. A lookup built once gives the matching elements at once; it pays from about 20 elements.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(9, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        start.RegisterOperationAction(context =>
        {
            if (NestedJoin.Of((ILoopOperation)context.Operation, context.Options) is { } join)
                Report(context, Loops.Header(join.Inner.Syntax), join.Scan, join.Outer, join.Outer.Description, "The inner loop");
        }, OperationKind.Loop);

        start.RegisterOperationAction(context =>
        {
            if (CrossJoin.Of((IInvocationOperation)context.Operation, context.Options) is { } join)
                Report(context, join.Place.GetLocation(), join.Scan, join.Outer, $"the query over '{join.Outer.Source?.Text()}'", join.Place is FromClauseSyntax ? "The second 'from'" : "'SelectMany'");
        }, OperationKind.Invocation);
    }

    private void Report(in OperationAnalysisContext context, Location location, KeyedScan scan, Loop outer, string around, string who) =>
        Report(context, location, scan.IsIdentity && scan.Type.SpecialType is SpecialType.System_Char or SpecialType.System_Byte or SpecialType.System_SByte ? DiagnosticSeverity.Info : Loops.Weight(scan.At, scan.Collection, context.Options), scan.Collection.Text(), around, outer.Size, scan.KeyName, who);
}
