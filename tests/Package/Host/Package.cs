using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Tests.Host;

/// <summary>The analyzers and fixers that a project gets from the package, and nothing else the project has.</summary>
internal sealed class Package
{
    private readonly ImmutableArray<DiagnosticAnalyzer> analyzers;

    private Package(List<AnalyzerFileReference> references)
    {
        Assemblies = [.. references.Select(reference => reference.FullPath)];
        analyzers = [.. references.SelectMany(reference => reference.GetAnalyzers(LanguageNames.CSharp))];
        Fixers =
        [
            .. references
                .SelectMany(reference => reference.GetAssembly().GetTypes())
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider)))
                .OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
        ];
    }

    /// <summary>Where the assemblies were loaded from.</summary>
    public ImmutableArray<string> Assemblies { get; }

    /// <summary>Every fixer.</summary>
    public ImmutableArray<CodeFixProvider> Fixers { get; }

    /// <summary>What the project refers to.</summary>
    public static Package Of(Project project) =>
        new([.. project.AnalyzerReferences.OfType<AnalyzerFileReference>().Where(reference => Path.GetFileName(reference.FullPath).StartsWith("HotPath.", StringComparison.Ordinal))]);

    /// <summary>What all rules find, in source order; or one of them, which is all that an editor runs for its fix-all.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindingsAsync(Project project, string? id = null)
    {
        var asked = analyzers.Where(analyzer => id is null || analyzer.SupportedDiagnostics.Any(descriptor => descriptor.Id == id)).ToImmutableArray();

        // A fix for a rule of the SDK.
        if (asked.IsEmpty)
            return [];

        var compilation = (await project.GetCompilationAsync())!;
        var findings = await compilation.WithAnalyzers(asked, project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. findings
                .Where(finding => finding.Location.IsInSource)
                .OrderBy(finding => finding.Location.SourceTree!.FilePath, StringComparer.Ordinal)
                .ThenBy(finding => finding.Location.SourceSpan.Start),
        ];
    }

    /// <summary>What fix-all asks for.</summary>
    public FixAllContext.DiagnosticProvider For(string id) => new Findings(this, id);

    private sealed class Findings(Package package, string id) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await package.FindingsAsync(project, id);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await package.FindingsAsync(document.Project, id)).Where(finding => document.Project.GetDocument(finding.Location.SourceTree)?.Id == document.Id);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
