using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.RealProjects;

/// <summary>Runs rules over projects.</summary>
internal static class Rules
{
    /// <summary>What the rules find in all projects.</summary>
    public static async Task<Findings> FindAsync(IReadOnlyList<Project> projects, ImmutableArray<DiagnosticAnalyzer> analyzers, Progress progress, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        foreach (var project in projects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = findings.All.Count;
            foreach (var diagnostic in await FindAsync(project, analyzers, findings, cancellationToken))
                findings.Add(Finding.Of(diagnostic));

            foreach (var document in project.Documents.Where(document => !IsWritten(document.FilePath)))
                findings.Lines += (await document.GetTextAsync(cancellationToken)).Lines.Count;

            progress.Step(projects.Count, $"{project.Name}: {findings.All.Count - before} findings");
        }

        return findings;
    }

    /// <summary>What the rules find in one project, in source order.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, Findings findings, CancellationToken cancellationToken)
    {
        if (await project.GetCompilationAsync(cancellationToken) is not { } compilation || analyzers.IsEmpty)
            return [];

        var run = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions,
            onAnalyzerException: (exception, analyzer, _) => findings.AddException($"{analyzer.GetType().Name}: {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: true));

        var result = await run.GetAnalysisResultAsync(cancellationToken);
        foreach (var (analyzer, telemetry) in result.AnalyzerTelemetryInfo)
        {
            var id = ((RuleAnalyzer)analyzer).Descriptor.Id;
            findings.Times[id] = findings.Times.GetValueOrDefault(id) + telemetry.ExecutionTime;
        }

        return
        [
            .. result.GetAllDiagnostics()
                .Where(diagnostic => diagnostic.Location.IsInSource && !diagnostic.IsSuppressed)
                .OrderBy(diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    /// <summary>Whether a build wrote the file.</summary>
    public static bool IsWritten(string? path) =>
        path is null || path.Split('/', '\\').Contains("obj", StringComparer.OrdinalIgnoreCase);
}
