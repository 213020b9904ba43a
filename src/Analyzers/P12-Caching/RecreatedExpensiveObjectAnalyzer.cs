namespace HotPath;

/// <summary>A regular expression, culture, serializer or client costs hundreds of times what using it costs, and is built again on every call or iteration from the same constants.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RecreatedExpensiveObjectAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1202";

    /// <summary>The rule of the SDK that says the same of JSON options, without a fix.</summary>
    internal const string JsonOptionsTwin = "CA1869";

    /// <summary>The rule of the SDK that says the same of hash algorithms.</summary>
    internal const string HashTwin = "CA1850";

    private static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Expensive object is built again and again",
        message: "'{0}' is built again {1}: {2}. {3}",
        description: "Regular expressions, cultures, serializers, HTTP clients, compiled expressions and large collection literals cost far more to build than to use. Built once, in a static field or before the loop, they serve every call.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(20, n: 100, form: "a Regex with a constant pattern in a loop");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) =>
        start.RegisterOperationAction(Analyze, OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.CollectionExpression);

    private void Analyze(OperationAnalysisContext context)
    {
        if (RecreatedObject.Find(context.Operation, context.Options) is not { } found || HasLoudTwin(context, found.Kind))
            return;

        Report(context, context.Operation.Syntax.GetLocation(), found.Severity, context.Operation.Text(), When(context, found), found.Cost, Advice(found));
    }

    private static bool HasLoudTwin(in OperationAnalysisContext context, ObjectKind kind) => kind switch
    {
        ObjectKind.JsonOptions => Twins.IsOn(context.Compilation, context.Operation.Syntax.SyntaxTree, JsonOptionsTwin, context.CancellationToken),
        ObjectKind.HashAlgorithm => Twins.IsOn(context.Compilation, context.Operation.Syntax.SyntaxTree, HashTwin, context.CancellationToken),
        _ => false,
    };

    private static string When(in OperationAnalysisContext context, RecreatedObject found) =>
        found.Loops is [{ Description: var loop }, ..] ? $"in every iteration of {loop}"
        : context.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, Name: var name } ? $"on every call of '{name}'"
        : "on every call";

    private static string Advice(RecreatedObject found) => found.Kind switch
    {
        ObjectKind.Random => "Use 'Random.Shared' or keep one",
        ObjectKind.HashAlgorithm => "Call 'HashData'",
        _ => found.IsSameForAllCalls ? "Build it once and keep it in a static readonly field" : "Build it once, before the loop",
    };
}
