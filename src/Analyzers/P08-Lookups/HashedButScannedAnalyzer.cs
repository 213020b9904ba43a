namespace HotPath;

/// <summary>A set or dictionary finds a key in one step; a lambda over its elements looks at all of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HashedButScannedAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0810";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A hashed collection is searched element by element",
        message: "'{0}' looks at every element of '{1}' for one of its own keys: O({1}); '{2}' finds it at once",
        description: "A lambda that compares the key, and Enumerable.Contains with a comparer, walk through all elements of a set or dictionary. Its own look-up computes a hash code and looks in one place.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(100, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (HashedScan.Of((IInvocationOperation)context.Operation, context.Options) is { } scan)
            Report(context, scan.Call.Syntax.GetLocation(), DiagnosticSeverity.Warning, scan.Call.Text(), scan.Collection.Text(), scan.Answer);
    }, OperationKind.Invocation);
}
