using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.RealProjects;

/// <summary>All fixes of all rules, applied until nothing changes any more.</summary>
internal sealed class Fixing
{
    private const int MostRounds = 10;
    private readonly IReadOnlyList<ProjectId> projects;
    private readonly CancellationToken cancellationToken;

    private Fixing(Solution original, IReadOnlyList<ProjectId> projects, CancellationToken cancellationToken)
    {
        Original = Solution = original;
        this.projects = projects;
        this.cancellationToken = cancellationToken;
    }

    /// <summary>The code as it was.</summary>
    public Solution Original { get; private set; }

    /// <summary>The code as it is now.</summary>
    public Solution Solution { get; private set; }

    /// <summary>What the rules found first.</summary>
    public Findings Before { get; private set; } = new();

    /// <summary>What they find in the end.</summary>
    public Findings After { get; private set; } = new();

    /// <summary>How often all rules were gone through.</summary>
    public int Rounds { get; private set; }

    /// <summary>What fixes threw.</summary>
    public List<string> Exceptions { get; } = [];

    /// <summary>Errors of the compiler that were not there before.</summary>
    public List<string> NewErrors { get; } = [];

    /// <summary>Findings that fix-all should have fixed.</summary>
    public List<string> Unfixed { get; } = [];

    /// <summary>Projects in which the fixes found no end.</summary>
    public List<string> Restless { get; } = [];

    /// <summary>Fixes these projects of one solution.</summary>
    public static async Task<Fixing> RunAsync(IReadOnlyList<Project> projects, Arguments arguments, Progress progress, CancellationToken cancellationToken)
    {
        var fixing = new Fixing(projects[0].Solution, [.. projects.Select(project => project.Id)], cancellationToken);
        if (arguments.Changes)
            fixing.ApplyAll();

        var analyzers = AllRules.Chosen(arguments.Rules);
        progress.Begin("Looking");
        fixing.Before = await Rules.FindAsync(fixing.Current, analyzers, progress, cancellationToken);
        await fixing.FixAsync(analyzers, progress);

        progress.Begin("Looking again");
        fixing.After = await Rules.FindAsync(fixing.Current, analyzers, progress, cancellationToken);
        await fixing.CompareErrorsAsync();
        await fixing.CollectUnfixedAsync(analyzers);
        return fixing;
    }

    private IReadOnlyList<Project> Current => [.. projects.Select(id => Solution.GetProject(id)!)];

    private void ApplyAll()
    {
        var config = SourceText.From("is_global = true\nglobal_level = 100\nhotpath.fix_all = all\n");
        foreach (var id in projects)
            Solution = Solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), "all.globalconfig", config, filePath: "/all.globalconfig");

        Original = Solution;
    }

    private async Task FixAsync(ImmutableArray<DiagnosticAnalyzer> analyzers, Progress progress)
    {
        var found = Before.All.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        var touched = projects.ToHashSet();

        while (touched.Count > 0)
        {
            if (++Rounds > MostRounds)
            {
                Restless.AddRange(touched.Select(id => Solution.GetProject(id)!.Name));
                return;
            }

            var start = Solution;
            foreach (var analyzer in analyzers.Cast<RuleAnalyzer>().Where(analyzer => AllRules.Fixes.ContainsKey(analyzer.Descriptor.Id) && (Rounds > 1 || found.Contains(analyzer.Descriptor.Id))))
            {
                foreach (var id in touched)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    await FixAllAsync(id, analyzer, progress);
                }
            }

            touched = [.. (await ChangedAsync(start)).Select(document => document.Project.Id).Intersect(projects)];
            progress.Say($"Round {Rounds}: {touched.Count} projects changed");
        }
    }

    /// <summary>Documents whose text is another than it was; fix-all leaves marks in those that it only looked at.</summary>
    public async Task<List<Document>> ChangedAsync(Solution since)
    {
        var changed = new List<Document>();
        foreach (var change in Solution.GetChanges(since).GetProjectChanges())
        {
            foreach (var id in change.GetAddedDocuments().Concat(change.GetChangedDocuments()))
            {
                var document = Solution.GetDocument(id)!;
                var text = await document.GetTextAsync(cancellationToken);
                if (since.GetDocument(id) is not { } before || !text.ContentEquals(await before.GetTextAsync(cancellationToken)))
                    changed.Add(document);
            }
        }

        return changed;
    }

    private async Task FixAllAsync(ProjectId id, RuleAnalyzer analyzer, Progress progress)
    {
        var project = Solution.GetProject(id)!;
        var rule = analyzer.Descriptor.Id;
        var diagnostics = await Rules.FindAsync(project, [analyzer], new Findings(), cancellationToken);
        if (diagnostics.IsEmpty)
            return;

        progress.Say($"{rule}: {diagnostics.Length} sites in {project.Name}");
        try
        {
            var fix = AllRules.Fixes[rule];
            var context = new FixAllContext(project.GetDocument(diagnostics[0].Location.SourceTree)!, fix, FixAllScope.Project, rule, [rule], new Known(diagnostics), cancellationToken);
            if (await fix.GetFixAllProvider().GetFixAsync(context) is { } action)
                Solution = (await action.GetOperationsAsync(cancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Exceptions.Add($"{rule} in {project.Name}: {exception}");
        }
    }

    private async Task CompareErrorsAsync()
    {
        var changed = (await ChangedAsync(Original)).Select(document => document.Project.Id).ToHashSet();
        var graph = Solution.GetProjectDependencyGraph();
        foreach (var id in projects.Where(id => changed.Contains(id) || graph.GetProjectsThatThisProjectTransitivelyDependsOn(id).Any(changed.Contains)))
        {
            var before = (await ErrorsAsync(Original.GetProject(id)!)).CountBy(error => error.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            foreach (var (key, text) in await ErrorsAsync(Solution.GetProject(id)!))
            {
                if (before.GetValueOrDefault(key) is var left && left > 0)
                    before[key] = left - 1;
                else
                    NewErrors.Add(text);
            }
        }
    }

    /// <summary>The errors of a project; lines move, so the key has none.</summary>
    private async Task<IReadOnlyList<(string Key, string Text)>> ErrorsAsync(Project project) =>
    [
        .. (await project.GetCompilationAsync(cancellationToken))!.GetDiagnostics(cancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => ($"{diagnostic.Location.SourceTree?.FilePath} {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}", diagnostic.ToString())),
    ];

    private async Task CollectUnfixedAsync(ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        foreach (var project in Current)
        {
            foreach (var diagnostic in await Rules.FindAsync(project, analyzers, new Findings(), cancellationToken))
            {
                if (!AllRules.Fixes.TryGetValue(diagnostic.Id, out var fix) || project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                    continue;

                try
                {
                    await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) =>
                    {
                        if (!IsAnnounced(action))
                            Unfixed.Add($"{diagnostic}: {action.Title}");
                    }, cancellationToken));
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    Exceptions.Add($"{diagnostic}: {exception}");
                }
            }
        }
    }

    /// <summary>Whether the action changes something and says so; fix-all leaves its sites.</summary>
    private static bool IsAnnounced(CodeAction action) => action.EquivalenceKey!.Contains(":changes:", StringComparison.Ordinal);

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
