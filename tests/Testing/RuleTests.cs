using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace HotPath.Tests;

/// <summary>Base of the tests of a rule that has no fix. How to use it is told at <see cref="RuleTests{TAnalyzer, TFix}"/>.</summary>
public abstract class RuleTests<TAnalyzer>
    where TAnalyzer : RuleAnalyzer, new()
{
    /// <summary>Above the numbers that sources use themselves.</summary>
    private const int FirstNumber = 1000;

#if !ANOTHER_ROSLYN
    /// <summary>How many tests of a rule check that what they mark is not reported in generated code or where it is suppressed.</summary>
    private const int MostShown = 5;
    private static int shown;
#endif

    /// <summary>The id of the rule.</summary>
    protected static string Id { get; } = new TAnalyzer().Descriptor.Id;

    /// <summary>Libraries that the sources use; see <see cref="References"/>.</summary>
    protected virtual ImmutableArray<MetadataReference> AdditionalReferences => [];

    /// <summary>
    /// The rule reports exactly what is marked <c>[|…|]</c>, of any severity and message unless they are given. Nothing marked: it is silent.
    /// A place marked <c>{|#0:…|}</c> is described by one of <paramref name="expected"/>.
    /// </summary>
    /// <param name="source">Whole types, or top-level statements.</param>
    /// <param name="target">The project around the source.</param>
    /// <param name="severity">The severity of what is marked.</param>
    /// <param name="message">The message of what is marked.</param>
    /// <param name="expected">Further findings.</param>
    protected Task Reports([StringSyntax("C#-test")] string source, Target? target = null, DiagnosticSeverity? severity = null, string? message = null, params DiagnosticResult[] expected)
    {
        var test = new Test(target ?? Target.Net100);
        Prepare(test, source, test.Target, Finding(severity).WithMessage(message), expected);
        return test.RunAsync();
    }

    /// <inheritdoc cref="Reports"/>
    protected Task ReportsWarning([StringSyntax("C#-test")] string source, string? message = null, Target? target = null) => Reports(source, target, DiagnosticSeverity.Warning, message);

    /// <inheritdoc cref="Reports"/>
    protected Task ReportsInfo([StringSyntax("C#-test")] string source, string? message = null, Target? target = null) => Reports(source, target, DiagnosticSeverity.Info, message);

    /// <summary>
    /// The rule reports exactly what is marked in statements wherever they stand: see <see cref="Placement"/>. A placement that the statements do not compile in is left out;
    /// they have to compile in a method of some kind.
    /// </summary>
    /// <param name="statements">One or more statements, marked.</param>
    /// <param name="members">The fields and methods they use, not marked.</param>
    /// <param name="except">Placements that mean something else to the rule.</param>
    /// <param name="target">The project around the source.</param>
    /// <param name="severity">The severity of what is marked.</param>
    /// <param name="message">The message of what is marked.</param>
    protected async Task ReportsEverywhere(
        [StringSyntax("C#-test")] string statements, [StringSyntax("C#-test")] string members = "", Placement except = Placement.None, Target? target = null, DiagnosticSeverity? severity = null, string? message = null)
    {
        Assert.True(Unmarked(statements) != statements, "Nothing is marked; call ReportsNowhere.");
        await InEveryPlacement(statements, members, except, target, source => Reports(source, target, severity, message));
    }

    /// <summary>The rule is silent about these statements wherever they stand: see <see cref="ReportsEverywhere"/>.</summary>
    protected async Task ReportsNowhere([StringSyntax("C#-test")] string statements, [StringSyntax("C#-test")] string members = "", Target? target = null)
    {
        Assert.True(Unmarked(statements) == statements, "Something is marked; call ReportsEverywhere.");
        await InEveryPlacement(statements, members, Placement.None, target, source => Reports(source, target));
    }

    private async Task InEveryPlacement(string statements, string members, Placement except, Target? target, Func<string, Task> check)
    {
        var allowed = await AllowedAsync(statements, members, except, target);
        await check(Placements.InClasses(statements, members, allowed));
        if ((allowed & Placement.TopLevel) != 0)
            await check(Placements.TopLevel(statements, members));
    }

    private protected Task<Placement> AllowedAsync(string statements, string members, Placement except, Target? target) =>
        Placements.AllowedAsync(statements, members, except, source => RuleProject.OfAsync(source, target, AdditionalReferences));

    /// <summary>A finding of the rule, of any severity unless one is given, to be completed by <c>WithLocation(0)</c> and <c>WithMessage</c>.</summary>
    protected static DiagnosticResult Finding(DiagnosticSeverity? severity = null) => severity is { } level
        ? new DiagnosticResult(new TAnalyzer().Descriptor).WithSeverity(level)
        : new DiagnosticResult(new TAnalyzer().Descriptor).WithOptions(DiagnosticOptions.IgnoreSeverity);

    private protected void Prepare(AnalyzerTest<DefaultVerifier> test, string source, Target target, DiagnosticResult finding, IEnumerable<DiagnosticResult> expected)
    {
        Fill(test.TestState, source, target, finding);
        test.TestState.ExpectedDiagnostics.AddRange(expected);
        test.TestState.AdditionalReferences.AddRange(AdditionalReferences.Distinct());
        test.ReferenceAssemblies = target.Framework;

        if (RuleProject.EditorConfig(target) is { } config)
            test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", config));

        if (target.AdditionalFile is { } file)
            test.TestState.AdditionalFiles.Add(file);

        // Rules do nothing of their own for either, so that a few findings show it; with another Roslyn the main run has.
#if ANOTHER_ROSLYN
        const bool isShown = true;
#else
        var isShown = source.Contains("|]", StringComparison.Ordinal) && Interlocked.Increment(ref shown) > MostShown;
#endif
        if (isShown)
            test.TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
    }

    /// <summary><c>[|…|]</c> always means the default severity, numbered marks can be described: the source is given numbers.</summary>
    private protected static void Fill(SolutionState state, string source, Target target, DiagnosticResult finding)
    {
        var count = 0;
        var numbered = Regex.Replace(source, @"\[\|", _ => string.Create(CultureInfo.InvariantCulture, $"{{|#{FirstNumber + count++}:"));

        state.Sources.Add(numbered.Replace("|]", "|}", StringComparison.Ordinal));
        state.OutputKind = RuleProject.KindOf(Unmarked(source));
        state.ExpectedDiagnostics.AddRange(Enumerable.Range(FirstNumber, count).Select(number => finding.WithLocation(number)));

        if (target.Language >= Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp10)
            state.Sources.Add(("/0/GlobalUsings.cs", RuleProject.GlobalUsings));
    }

    /// <summary>A source without its markup.</summary>
    private protected static string Unmarked(string source)
    {
        TestFileMarkupParser.GetPositionsAndSpans(source, out var text, out _, out _);
        return text;
    }

    private sealed class Test(Target target) : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    {
        public Target Target => target;

        protected override CompilationOptions CreateCompilationOptions() => RuleProject.Options(target, OutputKind.DynamicallyLinkedLibrary);

        protected override ParseOptions CreateParseOptions() => RuleProject.Parse(target.Language);
    }
}
