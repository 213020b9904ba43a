namespace HotPath;

/// <summary>A lambda is called for each element to compare it with one value, where the collection compares by itself, several elements at a time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AnyEqualsIsContainsAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0808";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "A lambda compares where Contains would",
        message: "'{0}' calls a lambda for each element of '{1}'; 'Contains' compares without it",
        description: "Any(x => x == v) allocates a closure and calls it once per element; Contains compares directly, numbers and characters several at a time.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(5, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (Find((IInvocationOperation)context.Operation, context.Options) is { } scan)
            Report(context, scan.Call.Syntax.GetLocation(), DiagnosticSeverity.Info, scan.Call.Text(), scan.Collection.Text());
    }, OperationKind.Invocation);

    /// <summary>The question that <c>Contains</c> answers too, or null when there is nothing to report.</summary>
    internal static Membership? Find(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod.Name is not ("Any" or "All" or "Exists" or "TrueForAll") || call.Arguments.Length == 0 || Membership.Of(call, texts: true) is not { Lambda: not null, Comparer: null, StringComparer: null or "Ordinal" } scan)
            return null;

        if (call.IsInExpressionTree() || !scan.IsSameType || !call.Binds())
            return null;

        // A character and a number are compared as numbers.
        if (scan.Collection.Type is { SpecialType: SpecialType.System_String } && scan.Value.Unconverted().Type is not { SpecialType: SpecialType.System_Char })
            return null;

        // Where the list is searched again and again, a set is the answer.
        return ListContainsInLoopAnalyzer.Find(call, options) is not null || Deduplication.Of(call, options) is not null ? null : scan;
    }
}
