using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Applies fixes one by one and all at once, and compares what they leave with the expected text, to the character.</summary>
public abstract class CodeFixTest<TVerifier> : AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    /// <summary>Adds a C# file to <see cref="FixedState"/>; the very text of the test state says that no fix is offered.</summary>
    public string FixedCode
    {
        set => FixedState.Sources.Add(value);
    }

    /// <summary>The project after all fixes.</summary>
    public SolutionState FixedState { get; } = new();

    /// <summary>Adds a C# file to <see cref="BatchFixedState"/>.</summary>
    public string BatchFixedCode
    {
        set => BatchFixedState.Sources.Add(value);
    }

    /// <summary>The project after fix-all, where that differs from <see cref="FixedState"/>.</summary>
    public SolutionState BatchFixedState { get; } = new();

    /// <summary>Which of the offered actions is taken; the first unless set.</summary>
    public int? CodeActionIndex { get; set; }

    /// <summary>The key of the action that is taken.</summary>
    public string? CodeActionEquivalenceKey { get; set; }

    /// <summary>Exactly how often a single fix is applied; at most once per fixable finding unless set.</summary>
    public int? NumberOfIncrementalIterations { get; set; }

    /// <summary>Exactly how often fix-all is applied; at most once, or once per document, unless set.</summary>
    public int? NumberOfFixAllIterations { get; set; }

    /// <summary>Checks that are left out.</summary>
    public CodeFixTestBehaviors CodeFixTestBehaviors { get; set; }

    /// <summary>How the tree that a fix leaves is compared with the tree of its text.</summary>
    public CodeActionValidationMode CodeActionValidationMode { get; set; } = CodeActionValidationMode.SemanticStructure;

    /// <inheritdoc/>
    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        var test = Read(TestState);
        await VerifyStateAsync(test, "Before the fix", cancellationToken).ConfigureAwait(false);
        if (FixedState.Sources.Count == 0)
            return;

        var fixedOneByOne = Read(FixedState);
        var fixedAtOnce = BatchFixedState.Sources.Count > 0 ? Read(BatchFixedState) : fixedOneByOne;

        await VerifyOneByOneAsync(test, fixedOneByOne, cancellationToken).ConfigureAwait(false);
        await VerifyAllAtOnceAsync(test, fixedAtOnce, FixAllScope.Document, CodeFixTestBehaviors.SkipFixAllInDocumentCheck, cancellationToken).ConfigureAwait(false);
        await VerifyAllAtOnceAsync(test, fixedAtOnce, FixAllScope.Project, CodeFixTestBehaviors.SkipFixAllInProjectCheck, cancellationToken).ConfigureAwait(false);
        await VerifyAllAtOnceAsync(test, fixedAtOnce, FixAllScope.Solution, CodeFixTestBehaviors.SkipFixAllInSolutionCheck, cancellationToken).ConfigureAwait(false);

        await VerifyStateAsync(fixedOneByOne, "After the fix", cancellationToken).ConfigureAwait(false);
        if (fixedAtOnce != fixedOneByOne)
            await VerifyStateAsync(fixedAtOnce, "After fix-all", cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyOneByOneAsync(Expectation test, Expectation expected, CancellationToken cancellationToken)
    {
        var project = await CreateProjectAsync(test, cancellationToken).ConfigureAwait(false);
        var fixable = GetCodeFixProviders().SelectMany(fixer => fixer.FixableDiagnosticIds).ToHashSet();
        var most = NumberOfIncrementalIterations ?? (Same(test, expected) ? 0 : test.Diagnostics.Count(diagnostic => fixable.Contains(diagnostic.Id)));
        var count = 0;

        while (await FirstOfferAsync(project, cancellationToken).ConfigureAwait(false) is { } offer)
        {
            if (++count > most)
            {
                Verify.Fail($"One by one: more than {most} fix(es); '{offer.Action.Title}' is offered where no fix is expected, or it does not end its finding.\n{offer.Diagnostic}");
                return;
            }

            project = await ApplyAsync(project, offer.Action, cancellationToken).ConfigureAwait(false);
            if ((CodeFixTestBehaviors & CodeFixTestBehaviors.FixOne) != 0)
                break;
        }

        if (NumberOfIncrementalIterations is { } exactly && count != exactly)
            Verify.Fail($"One by one: {count} fix(es) were applied, {exactly} expected.");

        await CompareAsync(project, expected, "One by one", cancellationToken).ConfigureAwait(false);
    }

    private async Task VerifyAllAtOnceAsync(Expectation test, Expectation expected, FixAllScope scope, CodeFixTestBehaviors skip, CancellationToken cancellationToken)
    {
        if ((CodeFixTestBehaviors & skip) != 0 || !GetCodeFixProviders().Any(fixer => Supports(fixer, scope)))
            return;

        var context = $"Fix all in {scope}";
        var project = await CreateProjectAsync(test, cancellationToken).ConfigureAwait(false);
        var most = NumberOfFixAllIterations ?? (Same(test, expected) ? 0 : scope == FixAllScope.Document ? project.DocumentIds.Count : 1);
        var count = 0;

        while (await FirstOfferAsync(project, cancellationToken).ConfigureAwait(false) is { } offer && Supports(offer.Fixer, scope))
        {
            if (++count > most)
            {
                Verify.Fail($"{context}: '{offer.Action.Title}' is still offered after {most} time(s).\n{offer.Diagnostic}");
                return;
            }

            var provider = offer.Fixer.GetFixAllProvider()!;
            var fixAll = new FixAllContext(
                offer.Document, offer.Fixer, scope, offer.Action.EquivalenceKey!, provider.GetSupportedFixAllDiagnosticIds(offer.Fixer), new Findings(this), cancellationToken);

            if (await provider.GetFixAsync(fixAll).ConfigureAwait(false) is not { } action)
            {
                Verify.Fail($"{context}: no action.");
                return;
            }

            project = await ApplyAsync(project, action, cancellationToken).ConfigureAwait(false);
        }

        if (NumberOfFixAllIterations is { } exactly && count != exactly)
            Verify.Fail($"{context}: applied {count} time(s), {exactly} expected.");

        await CompareAsync(project, expected, context, cancellationToken).ConfigureAwait(false);
    }

    private sealed record Offer(CodeAction Action, CodeFixProvider Fixer, Diagnostic Diagnostic, Document Document);

    /// <summary>The first finding, in the order of the text, that the chosen action is offered for.</summary>
    private async Task<Offer?> FirstOfferAsync(Project project, CancellationToken cancellationToken)
    {
        foreach (var diagnostic in await DiagnoseAsync(project, withCompiler: false, cancellationToken).ConfigureAwait(false))
        {
            if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
                continue;

            var offers = new List<Offer>();
            foreach (var fixer in GetCodeFixProviders().Where(fixer => fixer.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                void Register(CodeAction action, ImmutableArray<Diagnostic> diagnostics)
                {
                    if (action.NestedActions.IsEmpty)
                        offers.Add(new(action, fixer, diagnostic, document));
                    else
                        offers.AddRange(action.NestedActions.Select(nested => new Offer(nested, fixer, diagnostic, document)));
                }

                await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, Register, cancellationToken)).ConfigureAwait(false);
            }

            var offer = CodeActionEquivalenceKey is { } key
                ? offers.Find(candidate => candidate.Action.EquivalenceKey == key)
                : offers.ElementAtOrDefault(CodeActionIndex ?? 0);

            if (offer is not null)
                return offer;
        }

        return null;
    }

    /// <summary>Applies an action as an editor does, and checks that the tree it leaves is the tree of its text.</summary>
    private async Task<Project> ApplyAsync(Project project, CodeAction action, CancellationToken cancellationToken)
    {
        var operations = await action.GetOperationsAsync(cancellationToken).ConfigureAwait(false);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;

        foreach (var id in changed.DocumentIds)
        {
            var document = changed.GetDocument(id)!;
            if (document == project.GetDocument(id))
                continue;

            document = await Simplifier.ReduceAsync(document, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            document = await Formatter.FormatAsync(document, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);

            var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var parsed = await CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)project.ParseOptions!, cancellationToken: cancellationToken).GetRootAsync(cancellationToken).ConfigureAwait(false);

            if (Difference(root, parsed) is { } difference)
                Verify.Fail($"The tree that '{action.Title}' leaves in {document.Name} is not the tree of its text: {difference}\n{text}");

            changed = changed.Solution.WithDocumentText(id, text).GetProject(project.Id)!;
        }

        return changed;
    }

    private string? Difference(SyntaxNode tree, SyntaxNode parsed)
    {
        if (CodeActionValidationMode == CodeActionValidationMode.None)
            return null;

        var full = CodeActionValidationMode == CodeActionValidationMode.Full;
        var left = tree.DescendantNodesAndTokensAndSelf().ToList();
        var right = parsed.DescendantNodesAndTokensAndSelf().ToList();

        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (left[i].RawKind != right[i].RawKind)
                return $"a {left[i].Kind()} '{left[i]}', which parses as a {right[i].Kind()} '{right[i]}'.";

            if (left[i].IsToken && left[i].ToString() != right[i].ToString())
                return $"the token '{left[i]}', which parses as '{right[i]}'.";

            if (full && left[i].IsToken && (!SameTrivia(left[i].GetLeadingTrivia(), right[i].GetLeadingTrivia()) || !SameTrivia(left[i].GetTrailingTrivia(), right[i].GetTrailingTrivia())))
                return $"the white space or comments around '{left[i]}' belong to other tokens.";
        }

        return left.Count == right.Count ? null : $"{left.Count} nodes and tokens, {right.Count} when parsed.";
    }

    private static bool SameTrivia(SyntaxTriviaList left, SyntaxTriviaList right) => Pieces(left).SequenceEqual(Pieces(right));

    /// <summary>Built trees hold empty markers for the formatter, parsed ones do not.</summary>
    private static IEnumerable<(int, string)> Pieces(SyntaxTriviaList list) =>
        list.Where(trivia => trivia.FullSpan.Length > 0).Select(trivia => (trivia.RawKind, trivia.ToFullString()));

    private async Task CompareAsync(Project actual, Expectation expected, string context, CancellationToken cancellationToken)
    {
        await CompareAsync(actual.Documents, expected.Sources, context, cancellationToken).ConfigureAwait(false);
        await CompareAsync(actual.AdditionalDocuments, Inherited(expected.State, state => state.AdditionalFiles), context, cancellationToken).ConfigureAwait(false);
        await CompareAsync(actual.AnalyzerConfigDocuments, Inherited(expected.State, state => state.AnalyzerConfigFiles), context, cancellationToken).ConfigureAwait(false);
    }

    private async Task CompareAsync(IEnumerable<TextDocument> actual, IEnumerable<(string Path, SourceText Text)> expected, string context, CancellationToken cancellationToken)
    {
        var left = actual.GroupBy(document => document.Name).ToDictionary(group => group.Key, group => new Queue<TextDocument>(group));

        foreach (var (path, text) in expected)
        {
            if (!left.TryGetValue(Path.GetFileName(path), out var named) || !named.TryDequeue(out var document))
            {
                Verify.Fail($"{context}: there is no {path}.");
                continue;
            }

            var got = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);

            if (got.ToString() != text.ToString())
                Verify.Fail($"{context}: {path} is not as expected.\n--- expected\n{Visible(text)}\n--- actual\n{Visible(got)}\n--- first difference: {FirstDifference(text.ToString(), got.ToString())}");

            if (got.Encoding?.WebName != text.Encoding?.WebName)
                Verify.Fail($"{context}: the encoding of {path} is {got.Encoding?.WebName ?? "lost"}.");
        }

        var unexpected = left.Values.SelectMany(documents => documents).Select(document => document.Name).ToList();
        if (unexpected.Count > 0)
            Verify.Fail($"{context}: unexpected file(s): {string.Join(", ", unexpected)}");
    }

    private static string Visible(SourceText text) => text.ToString().Replace("\r", "<CR>", StringComparison.Ordinal);

    private static string FirstDifference(string expected, string actual)
    {
        var at = expected.AsSpan().CommonPrefixLength(actual);
        var line = expected.AsSpan(0, at).Count('\n') + 1;
        return $"line {line}, expected {Around(expected, at)}, actual {Around(actual, at)}";
    }

    private static string Around(string text, int at) =>
        at == text.Length ? "the end" : $"'{text.Substring(at, Math.Min(20, text.Length - at)).Replace("\r", "<CR>", StringComparison.Ordinal).Replace("\n", "<LF>", StringComparison.Ordinal)}'";

    private static bool Same(Expectation left, Expectation right) =>
        left.Sources.Select(source => (source.Path, source.Text.ToString())).SequenceEqual(right.Sources.Select(source => (source.Path, source.Text.ToString())))
        && right.State.AdditionalFiles.Count == 0
        && right.State.AnalyzerConfigFiles.Count == 0;

    private static bool Supports(CodeFixProvider fixer, FixAllScope scope) => fixer.GetFixAllProvider()?.GetSupportedFixAllScopes().Contains(scope) == true;

    /// <summary>What fix-all asks for: the findings as they are now.</summary>
    private sealed class Findings(CodeFixTest<TVerifier> test) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await test.DiagnoseAsync(project, withCompiler: false, cancellationToken).ConfigureAwait(false);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false);
            var all = await test.DiagnoseAsync(document.Project, withCompiler: false, cancellationToken).ConfigureAwait(false);
            return all.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            var all = await test.DiagnoseAsync(project, withCompiler: false, cancellationToken).ConfigureAwait(false);
            return all.Where(diagnostic => !diagnostic.Location.IsInSource);
        }
    }
}
