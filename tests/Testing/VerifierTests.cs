using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>The verifier passes what is right, and each of its checks is seen to fail on what is wrong.</summary>
public sealed class VerifierTests
{
    private const string Before = "class C { int a = [|1|]; int b = [|1|]; }";
    private const string After = "class C { int a = 2; int b = 2; }";

    [Fact]
    public Task Marked_findings_are_found() => Analyze<Ones>(Before).RunAsync();

    [Fact]
    public Task A_named_mark_names_the_id() => Analyze<Ones>("class C { int a = {|ONE:1|}; }").RunAsync();

    [Fact]
    public Task A_numbered_mark_is_described() => Analyze<Ones>("class C { int a = {|#0:1|}; }", CSharpAnalyzerVerifier<Ones, DefaultVerifier>.Diagnostic().WithLocation(0).WithArguments("1").WithMessage("'1' is one")).RunAsync();

    [Fact]
    public Task A_finding_is_described_by_line_and_column() => Analyze<Ones>("class C\n{\n    int a = 1;\n}", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithSpan(3, 13, 3, 14)).RunAsync();

    [Fact]
    public Task A_compiler_error_is_expected_by_its_mark() => Analyze<Ones>("class C { {|CS0246:Missing|} a; }").RunAsync();

    [Fact]
    public Task A_missing_finding_fails() => Fails("expected, not reported: Warning ONE", Analyze<Ones>("class C { int a = [|3|]; }"));

    [Fact]
    public Task An_unexpected_finding_fails() => Fails("reported, not expected", Analyze<Ones>("class C { int a = [|1|]; int b = 1; }"));

    [Fact]
    public Task A_finding_in_a_wrong_place_fails() => Fails("expected, not reported", Analyze<Ones>("class C { [|int a = 1|]; }"));

    [Fact]
    public Task A_wrong_line_fails() => Fails("expected, not reported", Analyze<Ones>("class C\n{\n    int a = 1;\n}", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithLocation(2, 13)));

    [Fact]
    public Task A_wrong_end_fails() => Fails("expected, not reported", Analyze<Ones>("class C\n{\n    int a = 1;\n}", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithSpan(3, 13, 3, 15)));

    [Fact]
    public Task A_wrong_severity_fails() => Fails("expected, not reported: Info ONE", Analyze<Ones>("class C { int a = {|#0:1|}; }", new DiagnosticResult("ONE", DiagnosticSeverity.Info).WithLocation(0)));

    [Fact]
    public Task A_wrong_message_fails() => Fails("expected, not reported", Analyze<Ones>("class C { int a = {|#0:1|}; }", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithLocation(0).WithMessage("'1' is two")));

    [Fact]
    public Task A_wrong_argument_of_the_message_fails() => Fails("expected, not reported", Analyze<Ones>("class C { int a = {|#0:1|}; }", CSharpAnalyzerVerifier<Ones, DefaultVerifier>.Diagnostic("ONE").WithLocation(0).WithArguments("2")));

    [Fact]
    public Task A_number_without_a_mark_fails() => Fails("Nothing is marked", Analyze<Ones>("class C { int a = 1; }", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithLocation(0)));

    [Fact]
    public Task An_unclosed_mark_fails() => Fails("have no end", Analyze<Ones>("class C { int a = [|1; }"));

    [Fact]
    public Task A_compiler_error_before_the_fix_fails() => Fails("CS0246", Analyze<Ones>("class C { Missing a; }"));

    [Fact]
    public Task A_compiler_error_after_the_fix_fails() => Fails("After the fix", Fix<Ones, OneToName>("class C { int a = [|1|]; }", "class C { int a = unknown; }"));

    [Fact]
    public Task An_analyzer_that_throws_fails() => Fails("AD0001", Analyze<Throws>("class C { int a = 1; }"));

    [Fact]
    public Task An_analyzer_that_reports_in_generated_code_fails() => Fails("as generated code", Analyze<InGeneratedCode>("class C { int a = [|1|]; }"));

    [Fact]
    public Task Findings_in_generated_code_can_be_allowed()
    {
        var test = Analyze<InGeneratedCode>("class C { int a = [|1|]; }");
        test.TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck;
        return test.RunAsync();
    }

    [Fact]
    public Task A_finding_that_no_pragma_silences_fails() => Fails("with #pragma warning disable", Analyze<BesideTheTree>("class C { int a = {|#0:1|}; }", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithLocation(1, 19)));

    [Fact]
    public Task Findings_that_no_pragma_silences_can_be_allowed()
    {
        var test = Analyze<BesideTheTree>("class C { int a = {|#0:1|}; }", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithLocation(1, 19));
        test.TestBehaviors = TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;
        return test.RunAsync();
    }

    [Fact]
    public Task A_disabled_rule_is_silent()
    {
        var test = Analyze<Ones>("class C { int a = 1; }");
        test.DisabledDiagnostics.Add("ONE");
        return test.RunAsync();
    }

    [Fact]
    public async Task Compiler_warnings_count_when_asked_for()
    {
        static CSharpAnalyzerTest<Ones, DefaultVerifier> Unused() => Analyze<Ones>("class C { private int a; }");

        await Unused().RunAsync();

        var test = Unused();
        test.CompilerDiagnostics = CompilerDiagnostics.Warnings;
        await Fails("CS0169", test);

        test = Analyze<Ones>("class C { Missing a; }");
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        await test.RunAsync();
    }

    [Fact]
    public async Task Options_and_additional_files_reach_the_analyzer()
    {
        static CSharpAnalyzerTest<NamedByFiles, DefaultVerifier> Test(string option, string file)
        {
            var test = Analyze<NamedByFiles>("class C { int a = {|#0:7|}; }", new DiagnosticResult("ONE", DiagnosticSeverity.Warning).WithLocation(0).WithMessage("'yes content' is one"));
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*]\nseven = {option}\n"));
            test.TestState.AdditionalFiles.Add(("/0/list.txt", file));
            return test;
        }

        await Test("yes", "content").RunAsync();
        await Fails("expected, not reported", Test("no", "content"));
        await Fails("expected, not reported", Test("yes", "other"));
    }

    [Fact]
    public async Task Solution_transforms_are_applied()
    {
        var test = Analyze<Ones>("class C { int a = [|1|]; D d; }");
        await Fails("CS0246", test);

        test = Analyze<Ones>("class C { int a = [|1|]; D d; }");
        test.SolutionTransforms.Add((solution, project) => solution.AddDocument(DocumentId.CreateNewId(project), "D.cs", "class D { }"));
        await test.RunAsync();
    }

    [Fact]
    public Task A_fix_is_applied_one_by_one_and_at_once() => Fix<Ones, OneToTwo>(Before, After).RunAsync();

    [Fact]
    public Task The_same_in_one_call() => CSharpCodeFixVerifier<Ones, OneToTwo, DefaultVerifier>.VerifyCodeFixAsync(Before, After);

    [Fact]
    public Task Another_text_fails() => Fails("One by one: /0/Test0.cs is not as expected", Fix<Ones, OneToTwo>(Before, "class C { int a = 2; int b = 3; }"));

    [Fact]
    public Task Other_white_space_fails() => Fails("One by one: /0/Test0.cs is not as expected", Fix<Ones, OneToTwo>(Before, After.Replace("; }", ";  }", StringComparison.Ordinal)));

    [Fact]
    public Task Another_line_end_fails() => Fails("<CR>", Fix<Ones, OneToTwo>("class C\r\n{ int a = [|1|]; }", "class C\n{ int a = 2; }"));

    [Fact]
    public Task A_missing_last_line_end_fails() => Fails("the end", Fix<Ones, OneToTwo>("class C { int a = [|1|]; }\n", "class C { int a = 2; }"));

    [Fact]
    public Task A_fix_where_none_is_expected_fails() => Fails("is offered where no fix is expected", Fix<Ones, OneToTwo>(Before, Before));

    [Fact]
    public Task No_fix_where_none_is_expected_passes() => Fix<Ones, NoFix>(Before, Before).RunAsync();

    [Fact]
    public Task No_fix_where_one_is_expected_fails() => Fails("One by one: /0/Test0.cs is not as expected", Fix<Ones, NoFix>(Before, After));

    [Fact]
    public Task A_fix_that_does_not_end_its_finding_fails() => Fails("does not end its finding", Fix<Ones, OneToOne>("class C { int a = [|1|]; }", "class C { int a = [|1|] ; }"));

    [Fact]
    public Task What_is_still_reported_after_the_fix_must_be_marked() => Fails("After the fix", Fix<Ones, FirstOneToTwo>(Before, "class C { int a = 2; int b = 1; }"));

    [Fact]
    public Task Fix_all_in_a_document_that_differs_fails() => Fails("Fix all in Document: /0/Test0.cs is not as expected", Fix<Ones, OneToTwo<WrongInDocument>>(Before, After));

    [Fact]
    public Task Fix_all_in_a_project_that_differs_fails() => Fails("Fix all in Project: /0/Test0.cs is not as expected", Fix<Ones, OneToTwo<WrongInProject>>(Before, After));

    [Fact]
    public Task Fix_all_in_a_solution_that_differs_fails() => Fails("Fix all in Solution: /0/Test0.cs is not as expected", Fix<Ones, OneToTwo<WrongInSolution>>(Before, After));

    [Fact]
    public Task Fix_all_that_gives_up_fails() => Fails("Fix all in Document: no action", Fix<Ones, OneToTwo<GivesUp>>(Before, After));

    [Fact]
    public Task Fix_all_that_fixes_only_one_fails() => Fails("is still offered after 1 time(s)", Fix<Ones, OneToTwo<OnlyTheFirst>>(Before, After));

    [Fact]
    public async Task Fix_all_can_be_left_out_scope_by_scope()
    {
        var test = Fix<Ones, OneToTwo<WrongInDocument>>(Before, After);
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInDocumentCheck;
        await test.RunAsync();

        test = Fix<Ones, OneToTwo<WrongInDocument>>(Before, After);
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllInProjectCheck | CodeFixTestBehaviors.SkipFixAllInSolutionCheck;
        await Fails("Fix all in Document", test);
    }

    [Fact]
    public Task Fix_all_in_all_documents()
    {
        var test = Fix<Ones, OneToTwo>(Before, After);
        test.TestState.Sources.Add("class D { int a = [|1|]; }");
        test.FixedState.Sources.Add("class D { int a = 2; }");
        return test.RunAsync();
    }

    [Fact]
    public async Task Fix_all_may_leave_another_text_than_single_fixes()
    {
        var test = Fix<Ones, OneToTwo<WrongEverywhere>>(Before, After);
        await Fails("Fix all in Document", test);

        test = Fix<Ones, OneToTwo<WrongEverywhere>>(Before, After);
        test.BatchFixedCode = "class C { int a = 3; int b = 3; }";
        await test.RunAsync();

        test = Fix<Ones, OneToTwo<WrongEverywhere>>(Before, "class C { int a = 3; int b = 3; }");
        test.BatchFixedCode = "class C { int a = 3; int b = 3; }";
        await Fails("One by one", test);
    }

    [Fact]
    public async Task Only_the_first_finding_is_fixed_when_asked_for()
    {
        var test = Fix<Ones, OneToTwo>(Before, "class C { int a = 2; int b = [|1|]; }");
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck;
        await test.RunAsync();
        await Fails("One by one", Fix<Ones, OneToTwo>(Before, "class C { int a = 2; int b = [|1|]; }"));
    }

    [Fact]
    public async Task The_number_of_single_fixes_is_exact()
    {
        foreach (var (number, passes) in new[] { (1, false), (2, true), (3, false) })
        {
            var test = Fix<Ones, OneToTwo>(Before, After);
            test.NumberOfIncrementalIterations = number;
            await (passes ? test.RunAsync() : Fails("One by one", test));
        }
    }

    [Fact]
    public async Task The_number_of_fix_alls_is_exact()
    {
        foreach (var (number, passes) in new[] { (1, true), (2, false) })
        {
            var test = Fix<Ones, OneToTwo>(Before, After);
            test.NumberOfFixAllIterations = number;
            await (passes ? test.RunAsync() : Fails("Fix all in Document: applied 1 time(s), 2 expected", test));
        }
    }

    [Fact]
    public async Task The_action_is_chosen_by_place_or_key()
    {
        var test = Fix<Ones, TwoOrThree>("class C { int a = [|1|]; }", "class C { int a = 3; }");
        await Fails("One by one", test);

        test = Fix<Ones, TwoOrThree>("class C { int a = [|1|]; }", "class C { int a = 3; }");
        test.CodeActionIndex = 1;
        await test.RunAsync();

        test = Fix<Ones, TwoOrThree>("class C { int a = [|1|]; }", "class C { int a = 3; }");
        test.CodeActionEquivalenceKey = "three";
        await test.RunAsync();

        test = Fix<Ones, TwoOrThree>("class C { int a = [|1|]; }", "class C { int a = 3; }");
        test.CodeActionEquivalenceKey = "four";
        await Fails("One by one", test);
    }

    [Fact]
    public async Task A_tree_that_is_not_the_tree_of_its_text_fails()
    {
        await Fails("is not the tree of its text", Fix<Ones, OneToGlued>("class C { int a = [|1|]; }", "class C { int a = 2+3; }"));

        var test = Fix<Ones, OneToGlued>("class C { int a = [|1|]; }", "class C { int a = 2+3; }");
        test.CodeActionValidationMode = CodeActionValidationMode.None;
        await test.RunAsync();
    }

    [Fact]
    public async Task Trivia_on_other_tokens_fails_only_in_full_mode()
    {
        const string before = "class C { int a = [|1|]; }";
        const string after = "class C { int a = 2 ; }";
        await Fix<Ones, OneToTwoAndSpace>(before, after).RunAsync();

        var test = Fix<Ones, OneToTwoAndSpace>(before, after);
        test.CodeActionValidationMode = CodeActionValidationMode.Full;
        await Fails("belong to other tokens", test);
    }

    [Fact]
    public async Task Additional_files_are_compared()
    {
        static CSharpCodeFixTest<Ones, OneToFile, DefaultVerifier> Test(string? after)
        {
            var test = Fix<Ones, OneToFile>("class C { int a = [|1|]; }", "class C { int a = 2; }");
            test.TestState.AdditionalFiles.Add(("/0/list.txt", "one"));
            if (after is not null)
                test.FixedState.AdditionalFiles.Add(("/0/list.txt", after));

            return test;
        }

        await Test("one two").RunAsync();
        await Fails("/0/list.txt is not as expected", Test("two"));
        await Fails("/0/list.txt is not as expected", Test(null));
    }

    [Fact]
    public async Task New_files_must_be_expected()
    {
        await Fails("unexpected file(s): New.cs", Fix<Ones, OneToNewFile>("class C { int a = [|1|]; }", "class C { int a = 2; }"));

        var test = Fix<Ones, OneToNewFile>("class C { int a = [|1|]; }", "class C { int a = 2; }");
        test.FixedState.Sources.Add(("/0/New.cs", "class D { }"));
        await test.RunAsync();
    }

    [Fact]
    public Task A_lost_encoding_fails() => Fails("the encoding of /0/Test0.cs is lost", Fix<Ones, OneToUnencoded>("class C { int a = [|1|]; }", "class C { int a = 2; }"));

    [Fact]
    public async Task Each_framework_has_what_it_has_and_no_more()
    {
        var spans = "class C { System.Span<int> M() => default; }";
        var json = "class C { System.Text.Json.JsonSerializerOptions? o; }";

        foreach (var (framework, hasSpans, hasJson) in new[]
        {
            (ReferenceAssemblies.Net.Net100, true, true),
            (ReferenceAssemblies.Net.Net80, true, true),
            (ReferenceAssemblies.NetStandard.NetStandard20, false, false),
            (ReferenceAssemblies.NetFramework.Net472.Default, false, false),
        })
        {
            foreach (var (source, has) in new[] { (spans, hasSpans), (json, hasJson), ("class C { System.Data.IDbCommand? c; System.Linq.IQueryable? q; System.Net.Http.HttpClient? h; }", true) })
            {
                var test = Analyze<Ones>("#nullable enable\n" + source);
                test.ReferenceAssemblies = framework;
                await (has ? test.RunAsync() : Fails("CS", test));
            }
        }
    }

    [Fact]
    public void Markup_is_read()
    {
        TestFileMarkupParser.GetPositionsAndSpans("a[|b{|X:c|}|]$$d{|#12:|}{ | }[ | ]", out var text, out var positions, out var spans);

        Assert.Equal("abcd{ | }[ | ]", text);
        Assert.Equal([3], positions);
        Assert.Equal([("", new TextSpan(1, 2)), ("X", new TextSpan(2, 1)), ("#12", new TextSpan(4, 0))], spans);
    }

    private static CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> Analyze<TAnalyzer>(string source, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = source };
        test.ExpectedDiagnostics.AddRange(expected);
        return test;
    }

    private static CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> Fix<TAnalyzer, TFix>(string before, string after)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() => new() { TestCode = before, FixedCode = after };

    private static async Task Fails(string message, AnalyzerTest<DefaultVerifier> test)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => test.RunAsync());
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Reports every literal 1.</summary>
    public abstract class LiteralAnalyzer(GeneratedCodeAnalysisFlags generated) : DiagnosticAnalyzer
    {
        protected static readonly DiagnosticDescriptor Rule = new("ONE", "One", "'{0}' is one", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(generated);
            context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.NumericLiteralExpression);
        }

        protected virtual void Analyze(SyntaxNodeAnalysisContext context)
        {
            if (context.Node.ToString() == "1")
                context.ReportDiagnostic(Diagnostic.Create(Rule, context.Node.GetLocation(), "1"));
        }
    }

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    public sealed class Ones() : LiteralAnalyzer(GeneratedCodeAnalysisFlags.None);

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    public sealed class InGeneratedCode() : LiteralAnalyzer(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    public sealed class Throws() : LiteralAnalyzer(GeneratedCodeAnalysisFlags.None)
    {
        protected override void Analyze(SyntaxNodeAnalysisContext context) => throw new NotSupportedException("always");
    }

    /// <summary>Reports at a path and a span instead of in a tree: no pragma reaches that.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    public sealed class BesideTheTree() : LiteralAnalyzer(GeneratedCodeAnalysisFlags.None)
    {
        protected override void Analyze(SyntaxNodeAnalysisContext context)
        {
            var place = context.Node.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(place.SourceTree!.FilePath, place.SourceSpan, place.GetLineSpan().Span), "1"));
        }
    }

    /// <summary>Reports every 7 with the option <c>seven</c> and the content of the additional file.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    public sealed class NamedByFiles() : LiteralAnalyzer(GeneratedCodeAnalysisFlags.None)
    {
        protected override void Analyze(SyntaxNodeAnalysisContext context)
        {
            context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree).TryGetValue("seven", out var option);
            context.ReportDiagnostic(Diagnostic.Create(Rule, context.Node.GetLocation(), $"{option} {context.Options.AdditionalFiles.Single().GetText(context.CancellationToken)}"));
        }
    }

    /// <summary>Replaces a literal.</summary>
    public abstract class LiteralFix : CodeFixProvider
    {
        public override ImmutableArray<string> FixableDiagnosticIds => ["ONE"];

        public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            Offer(context, "Two", "two", (document, node, root) => document.WithSyntaxRoot(root.ReplaceNode(node, Replacement(node))).Project.Solution);
            return Task.CompletedTask;
        }

        protected virtual SyntaxNode Replacement(SyntaxNode node) => Literal(2).WithTriviaFrom(node);

        protected static void Offer(CodeFixContext context, string title, string key, Func<Document, SyntaxNode, SyntaxNode, Solution> edit) => context.RegisterCodeFix(
            CodeAction.Create(
                title,
                async cancellationToken =>
                {
                    var root = (await context.Document.GetSyntaxRootAsync(cancellationToken))!;
                    return edit(context.Document, root.FindNode(context.Span, getInnermostNodeForTie: true), root);
                },
                key),
            context.Diagnostics);

        /// <summary>Without the elastic trivia that makes an editor format around it.</summary>
        protected static LiteralExpressionSyntax Literal(int value) => SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value).WithoutTrivia());
    }

    public sealed class OneToTwo : LiteralFix;

    public sealed class NoFix : LiteralFix
    {
        public override Task RegisterCodeFixesAsync(CodeFixContext context) => Task.CompletedTask;
    }

    public sealed class OneToName : LiteralFix
    {
        protected override SyntaxNode Replacement(SyntaxNode node) => SyntaxFactory.IdentifierName("unknown");
    }

    public sealed class OneToOne : LiteralFix
    {
        protected override SyntaxNode Replacement(SyntaxNode node) => node.WithTrailingTrivia(SyntaxFactory.Space);
    }

    /// <summary>One token that parses as three.</summary>
    public sealed class OneToGlued : LiteralFix
    {
        protected override SyntaxNode Replacement(SyntaxNode node) => SyntaxFactory.IdentifierName("2+3");
    }

    /// <summary>A space that a parser would give to the token before it.</summary>
    public sealed class OneToTwoAndSpace : LiteralFix
    {
        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            Offer(context, "Two", "two", (document, node, root) =>
            {
                var semicolon = node.GetLastToken().GetNextToken();
                var spaced = root.ReplaceToken(semicolon, semicolon.WithLeadingTrivia(SyntaxFactory.Space));
                return document.WithSyntaxRoot(spaced.ReplaceNode(spaced.DescendantNodes().OfType<LiteralExpressionSyntax>().Single(), Literal(2))).Project.Solution;
            });
            return Task.CompletedTask;
        }
    }

    public sealed class FirstOneToTwo : LiteralFix
    {
        public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
            context.Span.Start < 20 ? base.RegisterCodeFixesAsync(context) : Task.CompletedTask;
    }

    public sealed class TwoOrThree : LiteralFix
    {
        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            base.RegisterCodeFixesAsync(context);
            Offer(context, "Three", "three", (document, node, root) => document.WithSyntaxRoot(root.ReplaceNode(node, Literal(3))).Project.Solution);
            return Task.CompletedTask;
        }
    }

    public sealed class OneToFile : LiteralFix
    {
        public override FixAllProvider? GetFixAllProvider() => null;

        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            Offer(context, "Two", "two", (document, node, root) =>
            {
                var file = document.Project.AdditionalDocuments.Single();
                return document.WithSyntaxRoot(root.ReplaceNode(node, Literal(2))).Project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From("one two", System.Text.Encoding.UTF8));
            });
            return Task.CompletedTask;
        }
    }

    public sealed class OneToNewFile : LiteralFix
    {
        public override FixAllProvider? GetFixAllProvider() => null;

        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            Offer(context, "Two", "two", (document, node, root) => document.WithSyntaxRoot(root.ReplaceNode(node, Literal(2))).Project
                .AddDocument("New.cs", SourceText.From("class D { }", System.Text.Encoding.UTF8)).Project.Solution);
            return Task.CompletedTask;
        }
    }

    public sealed class OneToUnencoded : LiteralFix
    {
        public override FixAllProvider? GetFixAllProvider() => null;

        public override Task RegisterCodeFixesAsync(CodeFixContext context)
        {
            Offer(context, "Two", "two", (document, node, root) => document.WithText(SourceText.From(root.ReplaceNode(node, Literal(2)).ToFullString())).Project.Solution);
            return Task.CompletedTask;
        }
    }

    /// <summary>A fix with a fix-all of its own.</summary>
    public sealed class OneToTwo<TFixAll> : LiteralFix
        where TFixAll : TextFixAll, new()
    {
        public override FixAllProvider? GetFixAllProvider() => new TFixAll();
    }

    /// <summary>Replaces every 1, by 2 or by something wrong.</summary>
    public abstract class TextFixAll(params FixAllScope[] wrongIn) : FixAllProvider
    {
        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

        public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(CodeAction.Create("All", async cancellationToken =>
        {
            var text = await context.Document!.GetTextAsync(cancellationToken);
            return context.Document.WithText(SourceText.From(Fixed(text.ToString(), wrongIn.Contains(context.Scope)), text.Encoding)).Project.Solution;
        }));

        protected virtual string Fixed(string text, bool wrong) => text.Replace('1', wrong ? '3' : '2');
    }

    public sealed class WrongInDocument() : TextFixAll(FixAllScope.Document);

    public sealed class WrongInProject() : TextFixAll(FixAllScope.Project);

    public sealed class WrongInSolution() : TextFixAll(FixAllScope.Solution);

    public sealed class WrongEverywhere() : TextFixAll(FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution);

    public sealed class OnlyTheFirst : TextFixAll
    {
        protected override string Fixed(string text, bool wrong) => text.IndexOf('1') is var at and >= 0 ? text[..at] + "2" + text[(at + 1)..] : text;
    }

    public sealed class GivesUp : TextFixAll
    {
        public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(null);
    }
}
