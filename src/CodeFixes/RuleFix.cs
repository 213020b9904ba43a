using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath;

/// <summary>The one base class of all fixes: it plans before it offers, so no fix is offered that would change nothing or could change behaviour unannounced.</summary>
public abstract class RuleFix(string id) : CodeFixProvider
{
    private DiagnosticAnalyzer? analyzer;

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [id];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => OneAfterTheOther.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
            var site = await SiteAsync(context.Document, Find(root!, diagnostic), context.CancellationToken).ConfigureAwait(false);
            var number = 0;

            foreach (var fix in Ordered(site))
            {
                // The first action's key is the rule's id alone: the one that tools ask for when they know nothing more.
                var key = number++ == 0 && fix.Changes is null ? id : $"{id}:{(fix.Changes is null ? "safe" : "changes")}:{number}";

                context.RegisterCodeFix(
                    CodeAction.Create(fix.Title, cancellationToken => ApplyAsync(fix, site.Document, cancellationToken), key),
                    diagnostic);
            }
        }
    }

    /// <summary>The rule itself, by its name; null for a fix of a rule that is not ours.</summary>
    private DiagnosticAnalyzer? Analyzer => analyzer ??= AnalyzerType() is { } type ? (DiagnosticAnalyzer)Activator.CreateInstance(type)! : null;

    private Type? AnalyzerType()
    {
        var name = GetType().FullName!;
        if (!name.EndsWith("Fix", StringComparison.Ordinal))
            return null;

        name = name.Substring(0, name.Length - "Fix".Length) + "Analyzer";
        return typeof(RuleAnalyzer).Assembly.GetType(name) ?? GetType().Assembly.GetType(name);
    }

    /// <summary>The fixes for this site in order of preference; none where none is sure to keep the meaning of the code or to say what it changes.</summary>
    protected abstract IEnumerable<Fix> Plan(Site site);

    /// <summary>What changes something comes after all that does not.</summary>
    private IEnumerable<Fix> Ordered(Site site) => Plan(site).OrderBy(fix => fix.Changes is null ? 0 : 1);

    private static async Task<Site> SiteAsync(Document document, SyntaxNode node, CancellationToken cancellationToken) =>
        new(document, (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!, node, cancellationToken);

    private static SyntaxNode Find(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    private static async Task<Solution> ApplyAsync(Fix fix, Document document, CancellationToken cancellationToken)
    {
        var before = document.Project.Solution;
        var after = await fix.ApplyAsync(document, cancellationToken).ConfigureAwait(false);
        return await CleanUp.ChangedDocumentsAsync(before, after, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Fixes one site after the other, each in the solution that the one before it left: fix-all is many single fixes, no two conflict,
    /// and a site without a safe fix is skipped wherever it stands. The stock batch fixer would give up on an unfixable first one.
    /// </summary>
    private sealed class OneAfterTheOther : FixAllProvider
    {
        public static readonly OneAfterTheOther Instance = new();

        private const int MostRounds = 5;

        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(CodeAction.Create(
            $"Fix all: {string.Join(", ", context.DiagnosticIds)}",
            cancellationToken => FixAsync(context, cancellationToken),
            nameof(OneAfterTheOther)));

        private static async Task<Solution> FixAsync(FixAllContext context, CancellationToken cancellationToken)
        {
            var fixer = (RuleFix)context.CodeFixProvider;
            var solution = context.Solution;
            var found = await DiagnosticsAsync(context).ConfigureAwait(false);
            var lowest = found.SelectMany(ofDocument => ofDocument.Diagnostics).Select(diagnostic => diagnostic.Severity).DefaultIfEmpty().Min();

            // What one fix removes may be all that kept the rule from reporting another site: a second fix-all must find nothing to do.
            for (var round = 0; found.Count > 0 && round < MostRounds; round++)
            {
                var before = solution;
                solution = await FixAsync(fixer, solution, found, cancellationToken).ConfigureAwait(false);
                found = await FoundAgainAsync(fixer, before, solution, found, lowest, cancellationToken).ConfigureAwait(false);
            }

            return solution;
        }

        private static async Task<Solution> FixAsync(RuleFix fixer, Solution solution, IReadOnlyList<(DocumentId Document, ImmutableArray<Diagnostic> Diagnostics)> found, CancellationToken cancellationToken)
        {
            var marks = new List<(DocumentId Document, SyntaxAnnotation Mark)>();

            foreach (var (id, diagnostics) in found)
            {
                var document = solution.GetDocument(id)!;
                var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
                var marked = new Dictionary<SyntaxNode, SyntaxAnnotation>();

                foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
                {
                    var node = Find(root, diagnostic);
                    if (!marked.ContainsKey(node))
                    {
                        marked.Add(node, new SyntaxAnnotation());
                        marks.Add((id, marked[node]));
                    }
                }

                root = root.ReplaceNodes(marked.Keys, (original, now) => now.WithAdditionalAnnotations(marked[original]));
                solution = document.WithSyntaxRoot(root).Project.Solution;
            }

            foreach (var (id, mark) in marks)
                solution = await FixOneAsync(fixer, solution.GetDocument(id)!, mark, cancellationToken).ConfigureAwait(false);

            return solution;
        }

        /// <summary>What the rule reports in the documents that were fixed; nothing below the severity that was asked for.</summary>
        private static async Task<IReadOnlyList<(DocumentId Document, ImmutableArray<Diagnostic> Diagnostics)>> FoundAgainAsync(
            RuleFix fixer, Solution before, Solution after, IReadOnlyList<(DocumentId Document, ImmutableArray<Diagnostic> Diagnostics)> fixedOnes, DiagnosticSeverity lowest, CancellationToken cancellationToken)
        {
            var found = new List<(DocumentId, ImmutableArray<Diagnostic>)>();
            if (fixer.Analyzer is not { } analyzer)
                return found;

            foreach (var (id, _) in fixedOnes)
            {
                var document = after.GetDocument(id)!;
                var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
                if (text.ContentEquals(await before.GetDocument(id)!.GetTextAsync(cancellationToken).ConfigureAwait(false)))
                    continue;

                var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
                var compilation = model.Compilation.WithAnalyzers(ImmutableArray.Create<DiagnosticAnalyzer>(analyzer), document.Project.AnalyzerOptions);
                var again = await compilation.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, cancellationToken).ConfigureAwait(false);
                again = again.RemoveAll(diagnostic => diagnostic.Severity < lowest || diagnostic.IsSuppressed || !fixer.FixableDiagnosticIds.Contains(diagnostic.Id));

                if (!again.IsEmpty)
                    found.Add((id, again));
            }

            return found;
        }

        private static async Task<Solution> FixOneAsync(RuleFix fixer, Document document, SyntaxAnnotation mark, CancellationToken cancellationToken)
        {
            var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;

            // An earlier fix may have taken the site with it.
            if (root.GetAnnotatedNodes(mark).FirstOrDefault() is not { } node)
                return document.Project.Solution;

            var site = await SiteAsync(document, node, cancellationToken).ConfigureAwait(false);
            var changesToo = Options.FixAll.Read(site.Options, site.Model.SyntaxTree, fixer.FixableDiagnosticIds[0]) == FixAllMode.All;

            return fixer.Ordered(site).FirstOrDefault(fix => changesToo || fix.Changes is null) is { } fix
                ? await ApplyAsync(fix, document, cancellationToken).ConfigureAwait(false)
                : document.Project.Solution;
        }

        private static async Task<IReadOnlyList<(DocumentId Document, ImmutableArray<Diagnostic> Diagnostics)>> DiagnosticsAsync(FixAllContext context)
        {
            var found = new List<(DocumentId, ImmutableArray<Diagnostic>)>();

            if (context.Scope == FixAllScope.Document)
            {
                found.Add((context.Document!.Id, await context.GetDocumentDiagnosticsAsync(context.Document).ConfigureAwait(false)));
                return found;
            }

            IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
            foreach (var project in projects)
            {
                var ofProject = await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
                foreach (var group in ofProject.Where(diagnostic => diagnostic.Location.IsInSource).GroupBy(diagnostic => project.GetDocument(diagnostic.Location.SourceTree)?.Id))
                {
                    if (group.Key is not null)
                        found.Add((group.Key, [.. group]));
                }
            }

            return found;
        }
    }
}
