using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace HotPath.Tests;

/// <summary>Base of the tests of a rule and its fix. One call is one test; a rule without a fix derives from <see cref="RuleTests{TAnalyzer}"/>.</summary>
/// <remarks>
/// <para>A source is whole types, or top-level statements; it must compile. <c>System</c>, <c>.Collections.Generic</c>, <c>.IO</c>, <c>.Linq</c>, <c>.Text</c>, <c>.Threading</c>
/// and <c>.Threading.Tasks</c> are imported, except before C# 10. <c>[|…|]</c> marks what is reported, of any severity; what is not marked is not reported.
/// Each finding is also looked for in the same source as generated code and under <c>#pragma warning disable</c>: it must be gone.</para>
/// <code>
/// public sealed class RegexInLoopTests : RuleTests&lt;RegexInLoopAnalyzer, RegexInLoopFix&gt;
/// {
///     // What is reported. Severity and message are compared when they are given.
///     Reports("class C { … [|new Regex(p)|] … }");                         ReportsWarning(source, "'p' is …");      ReportsInfo(source);
///     Reports("class C { … {|#0:new Regex(p)|} … }", expected: Finding().WithLocation(0).WithMessage("…"));
///
///     // The same statements in a method, an async method, an iterator, a lambda, an accessor, at top level, …
///     ReportsEverywhere("foreach (var l in lines) _ = [|new Regex(P)|];", "string[] lines = []; const string P = …;");      ReportsNowhere(statements, members);
///
///     // The text the fix leaves: one by one, and by fix-all in document, project and solution. What is still reported after it is marked in the second text.
///     Fixes(before, after);      FixesEverywhere(statements, fixedStatements, members);      HasNoFix(source);
///     Fixes(before, after, title: "Build it once");     // another action than the first safe one, by its title, or by its place: index: 1
///     Fixes(before, after, changes: true);              // the first that says what it changes: fix-all does it with hotpath.fix_all = all, and is seen to leave it without
///     FixAllLeaves(source);                             // only fixes that change something are offered
///
///     // The program before and after fix-all does the same on every input.
///     FixesAndRuns("""
///         class C
///         {
///             static string Run(List&lt;string&gt; lines, int n) { Trace.Log("called"); … }
///         }
///         """, [new[] { "a" }, 1], [Array.Empty&lt;string&gt;(), 0]);
///     FixesAndRuns(source, [[1], [2]], changes: true);      FixesAndRuns(source, [[NewFile]], expectFix: false);
///
///     // Another project around the source, for every method above.
///     Reports(source, Target.Net472);      Fixes(before, after, target: Target.Net100.Oblivious.CSharp(13).Option("hotpath.small_loop = 0"));
///
///     // Libraries the sources use; programs that need a process of their own (EF Core).
///     protected override ImmutableArray&lt;MetadataReference&gt; AdditionalReferences =&gt; References.EntityFramework;
///     protected override bool RunsInChildProcess =&gt; true;
/// }
/// </code>
/// </remarks>
public abstract class RuleTests<TAnalyzer, TFix> : RuleTests<TAnalyzer>
    where TAnalyzer : RuleAnalyzer, new()
    where TFix : RuleFix, new()
{
    /// <summary>The rule reports what is marked, and offers nothing for it: no fix that keeps behaviour, and none that says what it changes.</summary>
    protected Task HasNoFix([StringSyntax("C#-test")] string source, Target? target = null)
    {
        var test = new Test(target ?? Target.Net100, offers => offers.FirstOrDefault());
        Prepare(test, source, test.Target, Finding(), []);
        Fill(test.FixedState, source, test.Target, Finding());
        return test.RunAsync();
    }

    /// <summary>
    /// The rule reports what is marked, and its fix leaves <paramref name="after"/>: one by one, and by fix-all in document, project and solution where several are marked.
    /// What is still reported in <paramref name="after"/> is marked there. The fix may add no compiler warning.
    /// </summary>
    /// <param name="before">Whole types, or top-level statements.</param>
    /// <param name="after">The text the fix leaves, to the character.</param>
    /// <param name="title">The action to take, by its title; the first one that keeps behaviour unless given.</param>
    /// <param name="index">The action to take, by its place among all that are offered.</param>
    /// <param name="changes">Takes the first action that says what it changes, and checks that fix-all leaves such a site alone unless <c>hotpath.fix_all = all</c>.</param>
    /// <param name="target">The project around the source.</param>
    /// <param name="fileAfter">What the fix makes of the additional file of the target.</param>
    protected async Task Fixes([StringSyntax("C#-test")] string before, [StringSyntax("C#-test")] string after, string? title = null, int? index = null, bool changes = false, Target? target = null, string? fileAfter = null)
    {
        target ??= Target.Net100;
        Func<IReadOnlyList<CodeAction>, CodeAction?> choose =
            title is not null ? offers => offers.FirstOrDefault(action => action.Title == title)
            : index is { } place ? offers => offers.ElementAtOrDefault(place)
            : changes ? offers => offers.FirstOrDefault(ChosenActions.Changes)
            : offers => offers.FirstOrDefault(action => !ChosenActions.Changes(action));

        var project = await ProjectAsync(before, target);
        var (chosenIsFirst, chosenChanges) = await ComparedWithFixAllAsync(project, choose);

        var inForce = chosenChanges ? target.Option("hotpath.fix_all = all") : target;
        var test = new Test(inForce, choose) { CodeFixTestBehaviors = chosenIsFirst ? Scopes(before) : CodeFixTestBehaviors.SkipFixAllCheck };
        Prepare(test, before, inForce, Finding(), []);
        Fill(test.FixedState, after, inForce, Finding());
        if (fileAfter is not null)
            test.FixedState.AdditionalFiles.Add((target.AdditionalFile!.Value.Path, fileAfter));

        await test.RunAsync();

        test.AddsNoWarning();

        if (chosenChanges && chosenIsFirst)
            await FixAllLeaves(before, target);
    }

    /// <summary>The scopes of fix-all that are left out: with a single finding all of them do the same, and another Roslyn need not see all of them.</summary>
    private static CodeFixTestBehaviors Scopes(string source)
    {
#if ANOTHER_ROSLYN
        const bool isOne = true;
#else
        var isOne = source.IndexOf("[|", StringComparison.Ordinal) == source.LastIndexOf("[|", StringComparison.Ordinal);
#endif
        return isOne ? CodeFixTestBehaviors.SkipFixAllInDocumentCheck | CodeFixTestBehaviors.SkipFixAllInProjectCheck : CodeFixTestBehaviors.None;
    }

    /// <summary><see cref="Fixes"/> wherever the statements stand: see <see cref="RuleTests{TAnalyzer}.ReportsEverywhere"/>.</summary>
    /// <param name="before">One or more statements, marked.</param>
    /// <param name="after">What the fix makes of them.</param>
    /// <param name="members">The fields and methods they use, which the fix leaves alone.</param>
    /// <param name="except">Placements that the fix treats differently.</param>
    /// <param name="changes">As in <see cref="Fixes"/>.</param>
    /// <param name="target">The project around the source.</param>
    protected async Task FixesEverywhere(
        [StringSyntax("C#-test")] string before, [StringSyntax("C#-test")] string after, [StringSyntax("C#-test")] string members = "", Placement except = Placement.None, bool changes = false, Target? target = null)
    {
        var allowed = await AllowedAsync(before, members, except, target);
        await Fixes(Placements.InClasses(before, members, allowed), Placements.InClasses(after, members, allowed), changes: changes, target: target);
        if ((allowed & Placement.TopLevel) != 0)
            await Fixes(Placements.TopLevel(before, members), Placements.TopLevel(after, members), changes: changes, target: target);
    }

    /// <summary>
    /// The rule reports what is marked, offers for each of it a fix that says what it changes and none that changes nothing, and fix-all leaves all of it as it is.
    /// </summary>
    protected async Task FixAllLeaves([StringSyntax("C#-test")] string source, Target? target = null)
    {
        await Reports(source, target);

        var project = await ProjectAsync(source, target ?? Target.Net100);
        foreach (var finding in await project.FindingsAsync(new TAnalyzer()))
        {
            var offers = await project.OffersAsync(new TFix(), finding);
            Assert.True(offers.Any(ChosenActions.Changes), $"No fix that says what it changes is offered for {finding}.");
            Assert.True(offers.All(ChosenActions.Changes), $"A fix that keeps behaviour is offered for {finding}.");
        }

        var after = await project.FixAllAsync(new TAnalyzer(), new TFix());
        Assert.Equal(await project.TextAsync(), await after.TextAsync());
    }

    /// <summary>
    /// Compiles <paramref name="before"/>, applies fix-all until nothing changes, compiles again, runs both programs on every input, and compares what can be observed:
    /// the result, to the last element of the last lazy sequence; the exception, with its message where the program's own code threw it; what was written to the console;
    /// what was told to <c>Trace.Log(…)</c>, in order; and the arguments as the program left them.
    /// <para>The program is the only method named <c>Run</c> in the source (static, or of a type that can be made without arguments; it may be async or an iterator of any kind),
    /// or its top-level statements. Every input is the list of its arguments, as in <c>FixesAndRuns(source, [1, "a"], [2, null])</c>; the program gets copies. A number, an enum
    /// or a collection is converted to what the parameter asks for, so an <c>int[]</c> fills a <c>List&lt;int&gt;</c>. An argument that cannot be copied is written <c>New(() => …)</c>, a path to write to <c>NewFile</c>.
    /// Without inputs it is run once, without arguments. All inputs are run in one load context, one after the other, first under the invariant culture and again under a Turkish one.</para>
    /// </summary>
    protected Task FixesAndRuns([StringSyntax("C#-test")] string before, params Arguments[] inputs) => FixesAndRuns(before, inputs, changes: false);

    /// <inheritdoc cref="FixesAndRuns(string, Arguments[])"/>
    /// <param name="before">Whole types, or top-level statements, without markup or with.</param>
    /// <param name="inputs">The inputs, as in <c>[[1, "a"], [2, null]]</c>.</param>
    /// <param name="changes">Sets <c>hotpath.fix_all = all</c>: fixes that say what they change are applied too. The inputs must not show the change.</param>
    /// <param name="expectFix">Whether the fix has to change something (true), has to leave the source alone (false), or may do either (null).</param>
    /// <param name="target">The project around the source.</param>
    protected async Task FixesAndRuns([StringSyntax("C#-test")] string before, Arguments[] inputs, bool changes = false, bool? expectFix = true, Target? target = null)
    {
        target ??= Target.Net100;
        var original = await RuleProject.OfAsync(Unmarked(before), changes ? target.Option("hotpath.fix_all = all") : target, AdditionalReferences, ("Trace.cs", Execution.TraceSource));
        var originalText = await original.TextAsync();
        var (current, text) = (original, originalText);

        for (var round = 0; ; round++)
        {
            current = await current.FixAllAsync(new TAnalyzer(), new TFix());
            var now = await current.TextAsync();
            if (now == text)
                break;

            Assert.True(round < 10, $"Fix-all does not come to an end:\n{now}");
            text = now;
        }

        if (expectFix is { } expected)
            Assert.True(expected == (text != originalText), expected ? $"The fix leaves the source as it is:\n{text}" : $"The fix changes the source:\n{text}");

#if ANOTHER_ROSLYN
        // What the programs do was compared in the main run, which takes most of its time for it; here they only have to compile.
        Assert.DoesNotContain(await current.CompilerDiagnosticsAsync(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
#else
        var execution = new Execution(TimeLimit, RunsInChildProcess);
        var runs = await execution.RunAsync(text == originalText ? [original] : [original, current], inputs);

        for (var i = 0; i < runs[0].Count; i++)
            Assert.True(runs[0][i] == runs[^1][i], $"The fix changes what the program does.\nBefore: {runs[0][i]}\nAfter: {runs[^1][i]}\n{text}");
#endif
    }

    /// <summary>How long a program may take for one input.</summary>
    protected virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(30);

    /// <summary>Whether programs are run in a process of their own: for libraries that never let go of a load context, such as EF Core, and for programs that may exhaust the stack.</summary>
    protected virtual bool RunsInChildProcess => false;

    /// <summary>An argument that cannot be copied: it is made anew for every run. Not for child processes.</summary>
    protected static object New(Func<object?> make) => new Arguments.Made(make);

    /// <summary>An argument that is the path of a file in an empty folder of its own, anew for every run; the folder is deleted afterwards. Paths do not count when runs are compared.</summary>
    protected static object NewFile => Arguments.File.Instance;

    private Task<RuleProject> ProjectAsync(string source, Target target) => RuleProject.OfAsync(Unmarked(source), target, AdditionalReferences);

    /// <summary>Whether the chosen action is, at every site, the one that fix-all takes, and whether it changes something.</summary>
    private static async Task<(bool First, bool Changes)> ComparedWithFixAllAsync(RuleProject project, Func<IReadOnlyList<CodeAction>, CodeAction?> choose)
    {
        var (first, changes) = (true, false);
        foreach (var finding in await project.FindingsAsync(new TAnalyzer()))
        {
            var offers = await project.OffersAsync(new TFix(), finding);
            if (choose(offers) is not { } chosen)
                continue;

            first &= chosen == offers[0];
            changes |= ChosenActions.Changes(chosen);
        }

        return (first, changes);
    }

    private sealed class Test(Target target, Func<IReadOnlyList<CodeAction>, CodeAction?> choose) : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    {
        private readonly List<ILookup<string, Diagnostic>> warnings = [];

        public Target Target => target;

        /// <summary>The fix leaves no more warnings of the compiler than there were.</summary>
        public void AddsNoWarning()
        {
            var (before, after) = (warnings[0], warnings[^1]);
            var added = after.Where(group => group.Count() > before[group.Key].Count()).SelectMany(group => group).ToList();
            Assert.True(added.Count == 0, $"The fix adds compiler warnings:\n{string.Join("\n", added)}");
        }

        protected override void Compiled(ImmutableArray<Diagnostic> diagnostics) => warnings.Add(RuleProject.Relevant(diagnostics).ToLookup(diagnostic => diagnostic.Id));

        protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [new ChosenActions(new TFix(), choose)];

        protected override CompilationOptions CreateCompilationOptions() => RuleProject.Options(target, OutputKind.DynamicallyLinkedLibrary);

        protected override ParseOptions CreateParseOptions() => RuleProject.Parse(target.Language);
    }
}
