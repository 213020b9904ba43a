using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace HotPath.Tests;

/// <summary>The one pair of Before and After of a rule: what its benchmark measures, its fix writes and its page shows.</summary>
internal abstract class Example(RuleEntry rule)
{
    /// <summary>A fix that has not come to an end after so many rounds never does.</summary>
    private const int MostRounds = 20;

    protected RuleEntry Rule => rule;

    private static readonly ConcurrentDictionary<string, Example> Known = new();

    private readonly ConcurrentDictionary<Document, Task<IReadOnlyList<Diagnostic>>> findings = new();

    /// <summary>The example of a rule: the members of its benchmark class, or the sources that class gives. Several tests look at the same one.</summary>
    public static Example Of(RuleEntry rule) => Known.GetOrAdd(rule.Id, _ => rule.Benchmarks is { } type && Source(type, "BeforeSource") is { } before
        ? new OfSources(rule, before, Source(type, "AfterSource") ?? throw new InvalidOperationException($"{type.Name} has a BeforeSource but no AfterSource."))
        : new OfMembers(rule, Repository.Read(rule.File("benchmarks", "Benchmarks")!), rule.Stem + "Benchmarks"));

    /// <summary>What the page shows: a title and code for each form.</summary>
    public abstract Task<IReadOnlyList<(string Title, string Code)>> Shown();

    /// <summary>The rule reports in Before and not in After.</summary>
    public abstract Task ReportsInBeforeOnly();

    /// <summary>The rule's own first action on Before gives After, token for token.</summary>
    public async Task FixWritesAfter()
    {
        if (rule.Fix is null)
            return;

        var given = await Given();
        var fixedDocument = await Fixed(given);
        var (wanted, actual) = (await Wanted(), (await fixedDocument.GetSyntaxRootAsync())!);
        var (left, right) = (Tokens(wanted), Tokens(actual));
        var same = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();

        Assert.True(same == left.Count && same == right.Count,
            $"The fix does not write After. First difference: After has '{Around(left, same)}', the fix writes '{Around(right, same)}'.\n\n{actual.ToFullString()}");

        var changed = fixedDocument.Project.Solution.GetChanges(given.Project.Solution).GetProjectChanges()
            .SelectMany(project => project.GetChangedDocuments().Concat(project.GetAddedDocuments()).Concat(project.GetRemovedDocuments()).Concat(project.GetChangedAdditionalDocuments()));
        Assert.True(changed.All(id => id == given.Id), "The fix edits other documents, which After does not show.");
    }

    /// <summary>What a user is offered on Before, in order.</summary>
    public async Task<IReadOnlyList<(string Title, bool Changes)>> Offers()
    {
        if (rule.Fix is null)
            return [];

        var document = await Given();
        var offers = await RuleProject.Of(document).OffersAsync(rule.Fix, (await Findings(document))[0]);
        return [.. offers.Select(action => (action.Title, action.EquivalenceKey?.Contains(":changes:") == true))];
    }

    /// <summary>The document the fix is given.</summary>
    protected abstract Task<Document> Given();

    /// <summary>What the fix has to make of it.</summary>
    protected abstract Task<SyntaxNode> Wanted();

    /// <summary>What the rule reports in a document that compiles.</summary>
    protected Task<IReadOnlyList<Diagnostic>> Findings(Document document) => findings.GetOrAdd(document, FindAsync);

    private async Task<IReadOnlyList<Diagnostic>> FindAsync(Document document)
    {
        var model = (await document.GetSemanticModelAsync())!;
        var errors = model.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count == 0, $"{document.Name} does not compile: {string.Join("\n", errors)}\n\n{model.SyntaxTree}");

        var found = await RuleProject.Of(document).FindingsAsync(rule.Analyzer);
        Assert.DoesNotContain(found, finding => finding.Id == "AD0001");
        return [.. found.Where(finding => finding.Location.SourceTree == model.SyntaxTree)];
    }

    private async Task<Document> Fixed(Document document)
    {
        var project = RuleProject.Of(document);
        for (var round = 0; round < MostRounds; round++)
        {
            var offer = await FirstOffer(project);
            if (offer is null)
            {
                Assert.True(round > 0, "The rule offers no fix for Before.");
                return project.Document;
            }

            project = await project.ApplyAsync(offer);
        }

        throw new InvalidOperationException("The fix does not come to an end.");
    }

    private async Task<CodeAction?> FirstOffer(RuleProject project)
    {
        foreach (var finding in await Findings(project.Document))
        {
            if (await project.OffersAsync(rule.Fix!, finding) is [var first, ..])
                return first;
        }

        return null;
    }

    private static string? Source(Type type, string name) =>
        type.GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string
        ?? type.GetProperty(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string;

    private static List<string> Tokens(SyntaxNode root) => [.. root.DescendantTokens().Select(token => token.Text)];

    private static string Around(List<string> tokens, int position) => string.Join(' ', tokens.Skip(Math.Max(0, position - 6)).Take(14));

    /// <summary>Before and After are members of the benchmark class.</summary>
    internal sealed class OfMembers : Example
    {
        private readonly Lazy<Document> document;
        private readonly Lazy<Task<BenchmarkSource>> source;
        private readonly Lazy<Task<Document>> given;

        public OfMembers(RuleEntry rule, string text, string className)
            : base(rule)
        {
            document = new(() => OwnProjects.BenchmarkProject(className + ".cs", text).Documents.Single(document => document.Name == className + ".cs"));
            source = new(() => BenchmarkSource.Of(document.Value, className));
            given = new(async () => document.Value.WithSyntaxRoot(await (await source.Value).Given()));
        }

        public override async Task<IReadOnlyList<(string Title, string Code)>> Shown()
        {
            var parts = await source.Value;
            var shown = new List<(string, string)> { ("Before", parts.BeforeExample()), (AfterTitle, parts.AfterExample()) };
            if (parts.BestExample() is { } best)
                shown.Add(("The fastest by hand", best));

            return shown;
        }

        public override async Task ReportsInBeforeOnly()
        {
            var root = (await document.Value.GetSyntaxRootAsync())!;
            var nodes = (await Findings(document.Value)).Select(finding => root.FindNode(finding.Location.SourceSpan)).ToList();

            Assert.True(nodes.Exists(BenchmarkSource.IsBefore), "The rule reports nothing in Before.");
            Assert.False(nodes.Exists(BenchmarkSource.IsAfter), "The rule reports in After.");
        }

        protected override Task<Document> Given() => given.Value;

        protected override async Task<SyntaxNode> Wanted() => await (await source.Value).Wanted();
    }

    /// <summary>Before and After are whole sources, because the rule is about types, SQL or files.</summary>
    private sealed class OfSources(RuleEntry rule, string before, string after) : Example(rule)
    {
        public override Task<IReadOnlyList<(string Title, string Code)>> Shown() =>
            Task.FromResult<IReadOnlyList<(string, string)>>([("Before", before.Trim('\n')), (AfterTitle, after.Trim('\n'))]);

        private readonly Lazy<Document> given = new(() => Open(before));

        public override async Task ReportsInBeforeOnly()
        {
            Assert.NotEmpty(await Findings(given.Value));
            Assert.Empty(await Findings(Open(after)));
        }

        protected override Task<Document> Given() => Task.FromResult(given.Value);

        protected override async Task<SyntaxNode> Wanted() => (await Open(after).GetSyntaxRootAsync())!;

        private static Document Open(string source) => OwnProjects.BenchmarkProject("Example.cs", source).Documents.Single(document => document.Name == "Example.cs");
    }

    private string AfterTitle => rule.Fix is null ? "After, by hand" : "After the fix";
}
