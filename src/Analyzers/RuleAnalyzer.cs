namespace HotPath;

/// <summary>The one base class of all rules: one rule, one class, one id. The class holds all metadata of its rule.</summary>
public abstract class RuleAnalyzer(DiagnosticDescriptor rule, GeneratedCodeAnalysisFlags generated = GeneratedCodeAnalysisFlags.None) : DiagnosticAnalyzer
{
    /// <summary>The category of every rule.</summary>
    public const string Category = "HotPath";

    /// <summary>The rule itself.</summary>
    public DiagnosticDescriptor Descriptor => SupportedDiagnostics[0];

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [rule];

    /// <summary>What fixing a finding pays; the committed benchmark result has to keep it.</summary>
    public abstract Promise Promise { get; }

    /// <summary>Why the rule has no fix; null where it has one.</summary>
    public virtual string? NoFix => null;

    /// <summary>The options this rule reads, for its page.</summary>
    public virtual ImmutableArray<Option> Reads => [];

    /// <summary>Whether setting the option for this rule alone has an effect: those of its page, and those that every reported or fixed finding obeys.</summary>
    internal bool Obeys(Option option) =>
        Reads.Contains(option)
        || (option == Options.TestCode && Promise.Kind != PromiseKind.None)
        || (option == Options.FixAll && NoFix is null);

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(generated);
        context.RegisterCompilationStartAction(start => Register(start, KnownTypes.Of(start.Compilation)));
    }

    /// <summary>Registers the actions of the rule. A rule whose types are absent registers nothing.</summary>
    protected abstract void Register(CompilationStartAnalysisContext start, KnownTypes types);

    /// <summary>The descriptor of a rule; its page is its help link.</summary>
    protected static DiagnosticDescriptor Describe(string id, DiagnosticSeverity severity, string title, string message, string description, params string[] customTags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, description,
            helpLinkUri: $"https://github.com/hotpath-dotnet/HotPath/blob/main/docs/rules/{id}.md", customTags);

    /// <summary>Reports a finding with a severity of its own; <c>hotpath.test_code</c> may lower or drop it inside tests.</summary>
    protected void Report(in OperationAnalysisContext context, Location location, DiagnosticSeverity severity, params object?[] messageArguments) =>
        Report(context, location, severity, additionalLocations: null, messageArguments);

    /// <inheritdoc cref="Report(in OperationAnalysisContext, Location, DiagnosticSeverity, object?[])"/>
    protected void Report(in OperationAnalysisContext context, Location location, DiagnosticSeverity severity, IEnumerable<Location>? additionalLocations, params object?[] messageArguments)
    {
        if (TestCode.Lower(severity, context.ContainingSymbol, context.Options, location.SourceTree!, Descriptor.Id) is { } lowered)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, location, lowered, additionalLocations, properties: null, messageArguments));
    }

    /// <summary>Reports a finding that needs the whole compilation; <paramref name="symbol"/> is the member it is in.</summary>
    protected void Report(in CompilationAnalysisContext context, ISymbol symbol, Location location, DiagnosticSeverity severity, IEnumerable<Location>? additionalLocations, params object?[] messageArguments)
    {
        if (TestCode.Lower(severity, symbol, context.Options, location.SourceTree!, Descriptor.Id) is { } lowered)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, location, lowered, additionalLocations, properties: null, messageArguments));
    }
}
