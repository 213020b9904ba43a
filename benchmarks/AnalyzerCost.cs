using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Benchmarks;

/// <summary>
/// What each analyzer adds to the analysis of 10,000 lines. It has no Before and After and no page: it guards the cost of the package itself.
/// "(nothing)" registers no action; "(operations)" asks for operations and looks at none, which is the price all rules share.
/// </summary>
[BenchmarkCategory("AnalyzerCost")]
public class AnalyzerCost
{
    private const string Nothing = "(nothing)";
    private const string Operations = "(operations)";

    private static readonly Type[] rules =
    [
        .. typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RuleAnalyzer)))
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    private CSharpCompilation compilation = null!;
    private DiagnosticAnalyzer analyzer = null!;

    /// <summary>The analyzer's name.</summary>
    [ParamsSource(nameof(Names))]
    public string Analyzer { get; set; } = Nothing;

    /// <summary>The two empty analyzers and every rule.</summary>
    public static IEnumerable<string> Names => [Nothing, Operations, .. rules.Select(rule => rule.Name)];

    [GlobalSetup]
    public void Setup()
    {
        compilation = Corpus.Compile(10_000);
        analyzer = Analyzer switch
        {
            Nothing => new EmptyAnalyzer(asksForOperations: false),
            Operations => new EmptyAnalyzer(asksForOperations: true),
            _ => (DiagnosticAnalyzer)Activator.CreateInstance(rules.Single(rule => rule.Name == Analyzer))!,
        };
    }

    /// <summary>An analyzer that asks for operations and looks at none.</summary>
    internal static DiagnosticAnalyzer OfOperations() => new EmptyAnalyzer(asksForOperations: true);

    /// <summary>Analyses a copy, because a compilation remembers what it has bound.</summary>
    [Benchmark]
    public async Task<int> Analyze()
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => throw new InvalidOperationException($"{Analyzer} failed.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.Clone().WithAnalyzers([analyzer], options).GetAnalyzerDiagnosticsAsync();
        return diagnostics.Length;
    }

#pragma warning disable RS1001 // No compiler loads it, so it is not marked as an analyzer.
    private sealed class EmptyAnalyzer(bool asksForOperations) : DiagnosticAnalyzer
#pragma warning restore RS1001
    {
        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new("EMPTY", "Empty", "Empty", "Empty", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

            if (asksForOperations)
                context.RegisterOperationAction(_ => { }, OperationKind.Invocation);
        }
    }
}
