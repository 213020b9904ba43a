using System.Collections.Immutable;
using System.Composition;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using Xunit.Sdk;

namespace HotPath.Tests;

/// <summary>The conformance checks on a toy rule, which each of them is seen to reject when one thing is wrong.</summary>
public sealed class ConformanceTests
{
    private const string Source = """
        using System.Globalization;
        using System.Text;
        using BenchmarkDotNet.Attributes;

        namespace HotPath.Benchmarks;

        public class ToyBenchmarks
        {
            private static readonly object Made = new();
            private int[] numbers = [];

            [Params(10, 1_000)]
            public int N { get; set; }

            [GlobalSetup]
            public void Setup() => numbers = new int[N];

            [Benchmark(Baseline = true)]
            public int Before()
            {
                // Made anew each time.
                return numbers.Length + new object().GetHashCode() * 0;
            }

            private static int BeforeTwo() => 2;

            [Benchmark]
            public int After()
            {
                return numbers.Length + Made.GetHashCode() * 0;
            }

            private static int AfterTwo() => 2;

            [Benchmark]
            public int Best() => Shortest(numbers.Length);

            private static int Shortest(int length) => int.Parse(Written(length), CultureInfo.InvariantCulture);

            private static string Written(int length) => length < 0 ? Shortest(length).ToString() : new StringBuilder().Append(length).ToString();
        }
        """;

    [Fact]
    public async Task What_the_fix_writes_is_After() => await Toy().FixWritesAfter();

    [Fact]
    public async Task What_is_reported_is_Before() => await Toy().ReportsInBeforeOnly();

    [Theory]
    [InlineData("numbers.Length + Made.GetHashCode()", "numbers.Length + Made.GetHashCode() + 0")]
    [InlineData("private static readonly object Made = new();\n    private int[] numbers = [];", "private int[] numbers = [];\n    private static readonly object Made = new();")]
    [InlineData("private static readonly object Made", "private static object Made")]
    [InlineData("private static int AfterTwo() => 2", "private static int AfterTwo() => 3")]
    [InlineData("return numbers.Length + new object()", "numbers = []; return numbers.Length + new object()")]
    public async Task After_may_not_differ_in_one_token(string from, string to) =>
        Assert.Contains("The fix does not write After", (await Assert.ThrowsAnyAsync<XunitException>(() => Toy(from, to).FixWritesAfter())).Message);

    [Fact]
    public async Task A_fix_must_be_offered() =>
        Assert.Contains("offers no fix", (await Assert.ThrowsAnyAsync<XunitException>(() => Toy("new object()", "new string('a', 1)").FixWritesAfter())).Message);

    [Theory]
    [InlineData("new object()", "Made", "reports nothing in Before")]
    [InlineData("Made.GetHashCode()", "new object().GetHashCode()", "reports in After")]
    [InlineData("numbers.Length + new", "number.Length + new", "does not compile")]
    public async Task Before_must_be_reported_and_After_not(string from, string to, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAnyAsync<XunitException>(() => Toy(from, to).ReportsInBeforeOnly())).Message);

    [Fact]
    public async Task A_fix_given_Before_sees_nothing_of_After_and_Best()
    {
        var document = OwnProjects.BenchmarkProject("ToyBenchmarks.cs", Source).Documents.Single(document => document.Name == "ToyBenchmarks.cs");
        var given = (await (await BenchmarkSource.Of(document, "ToyBenchmarks")).Given()).ToFullString();

        Assert.All(["After", "Best", "Shortest", "Written", "Made;", "object Made", "System.Text", "System.Globalization"], gone => Assert.DoesNotContain(gone, given));
        Assert.All(["Before()", "BeforeTwo", "Setup", "numbers", "using BenchmarkDotNet.Attributes"], kept => Assert.Contains(kept, given));
    }

    [Fact]
    public async Task The_page_shows_each_form_with_what_only_it_uses()
    {
        var shown = await Toy().Shown();

        Assert.Equal(["Before", "After the fix", "The fastest by hand"], shown.Select(form => form.Title));
        Assert.Equal("""
            public int Before()
            {
                // Made anew each time.
                return numbers.Length + new object().GetHashCode() * 0;
            }

            private static int BeforeTwo() => 2;
            """.ReplaceLineEndings("\n"), shown[0].Code);
        Assert.StartsWith("private static readonly object Made = new();\n\npublic int After()", shown[1].Code);
        Assert.Equal(3, shown[2].Code.Split("\n\n").Length);
    }

    [Fact]
    public async Task What_is_offered_is_named() => Assert.Equal([("Make it once", false)], await Toy().Offers());

    [Fact]
    public async Task Equal_results_pass() => await BenchmarkRun.SameResults(typeof(Equal));

    [Theory]
    [InlineData(typeof(Different), "for Flag = False, N = 1")]
    [InlineData(typeof(DifferentAtTheLargest), "for Flag = False, N = 10")]
    [InlineData(typeof(DifferentForOneFlag), "for Flag = True, N = 1")]
    [InlineData(typeof(Nothing), "returns nothing")]
    [InlineData(typeof(TheSameObject), "the very same object")]
    [InlineData(typeof(NoAfter), "has no Before or no After")]
    public async Task Results_must_be_equal_and_there_must_be_some(Type type, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAnyAsync<XunitException>(() => BenchmarkRun.SameResults(type))).Message);

    [Fact]
    public void Equality_goes_into_sequences()
    {
        Assert.True(BenchmarkRun.DeepEquals(new List<int[]> { new[] { 1 }, new[] { 2 } }, new[] { [1], new List<int> { 2 } }));
        Assert.True(BenchmarkRun.DeepEquals(new Dictionary<string, int[]> { ["a"] = [1] }, new Dictionary<string, int[]> { ["a"] = [1] }));
        Assert.True(BenchmarkRun.DeepEquals((1, new[] { double.NaN }), (1, new[] { double.NaN })));
        Assert.False(BenchmarkRun.DeepEquals(new[] { 1, 2 }, new[] { 1 }));
        Assert.False(BenchmarkRun.DeepEquals("ab", new[] { 'a', 'b' }));
        Assert.False(BenchmarkRun.DeepEquals(null, Array.Empty<int>()));
        Assert.False(BenchmarkRun.DeepEquals(1, 1L));
    }

    private static Example Toy(string from = "", string to = "") => new Example.OfMembers(
        new RuleEntry("Toy", new ToyAnalyzer(), new ToyFix(), benchmarks: null, tests: null),
        from.Length == 0 ? Source : Source.Replace(from, to, StringComparison.Ordinal),
        "ToyBenchmarks");

    private class Equal
    {
        private int[]? numbers;

        [Params(1, 10)]
        public int N { get; set; }

        [ParamsAllValues]
        public bool Flag { get; set; }

        [GlobalSetup]
        public async Task Setup()
        {
            await Task.Yield();
            numbers = [.. Enumerable.Range(0, N)];
        }

        [IterationSetup]
        public void Again() => numbers![0] = 0;

        public async Task<List<int>> Before()
        {
            await Task.Yield();
            numbers![0]++;
            return [.. numbers];
        }

        public virtual int[] After()
        {
            numbers![0]++;
            return [.. numbers];
        }
    }

    private sealed class Different : Equal
    {
        public override int[] After() => [-1];
    }

    private sealed class DifferentAtTheLargest : Equal
    {
        public override int[] After() => N == 10 ? [] : base.After();
    }

    private sealed class DifferentForOneFlag : Equal
    {
        public override int[] After() => Flag ? [] : base.After();
    }

    private sealed class Nothing
    {
        public void Before()
        {
        }

        public void After()
        {
        }
    }

    private sealed class TheSameObject
    {
        private readonly List<int> numbers = [];

        public List<int> Before() => numbers;

        public List<int> After() => numbers;
    }

    private sealed class NoAfter
    {
        public int Before() => 1;
    }

#pragma warning disable RS1001 // No attribute: no host shall run it.
    private sealed class ToyAnalyzer() : RuleAnalyzer(Rule)
    {
        private const string Id = "HOT9999";
        private static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning, "An object is made", "Make it once", "Toy.");

        public override Promise Promise => Promise.None("A toy.");

        protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
        {
            if (context.ContainingSymbol is IMethodSymbol && ((IObjectCreationOperation)context.Operation).Type!.SpecialType == SpecialType.System_Object)
                Report(context, context.Operation.Syntax.GetLocation(), DiagnosticSeverity.Warning);
        }, OperationKind.ObjectCreation);
    }

    private sealed class ToyFix() : RuleFix("HOT9999")
    {
        protected override IEnumerable<Fix> Plan(Site site)
        {
            yield return new Fix("Make it once", editor =>
            {
                var type = site.Node.FirstAncestorOrSelf<ClassDeclarationSyntax>()!;
                editor.ReplaceNode(site.Node, SyntaxFactory.IdentifierName("Made"));
                editor.InsertBefore(type.Members[0], SyntaxFactory.ParseMemberDeclaration("private static readonly object Made = new();\n")!);
            });
        }
    }
}
