namespace HotPath;

/// <summary>A list that takes only new values is searched from the start for each of them: the loop costs the square of the list's final length.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DeduplicateByScanAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0802";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Duplicates are found by searching the growing list",
        message: "'{0}' scans all of '{1}' before each value that {2} adds: O({3} × {1}); ask a HashSet beside '{1}' what is new",
        description: "A list that takes only values it does not have yet is searched from the start for each of them. A hash set beside it answers whether a value is new in constant time; for strings it pays from about 18 different values, for numbers, which are searched several at a time, from about 300.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(47, n: 1_000, "strings");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (Deduplication.Of((IInvocationOperation)context.Operation, context.Options) is not { } found)
            return;

        Report(context, found.Scan.Call.Syntax.GetLocation(), found.Scan.IsVectorized ? DiagnosticSeverity.Info : Loops.Weight(found.Scan.Call, collection: null, context.Options),
            found.Scan.Call.Text(), found.Scan.Collection.Text(), found.Loop.Description, found.Loop.Size);
    }, OperationKind.Invocation);
}
