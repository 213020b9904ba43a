using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

/// <summary>The base class of all rule tests passes what is right and fails what is wrong.</summary>
public class RuleTestsTests : RuleTests<CallOfSlowAnalyzer, CallOfSlowFix>
{
    private const string Members = """

            static int Slow(string how = "") => 1;
            static int Slow(int info) => 1;
            static int Fast(string how = "") => 1;
            static int Faster(string how = "") => 2;
            [Obsolete] static int Wrong(string how = "") => 1;
        }
        """;

    /// <summary>A program whose fix is right if <c>Fast</c> is given the body of <c>Slow</c>.</summary>
    private const string Program = """
        record Pair(int Left, string? Right);
        class C
        {
            static RESULT Run(List<int> list, string? text)
            {
                BODY
            }
            static int Slow(string how = "") { SLOW }
            static int Fast(string how = "") { FAST }
            static int Faster(string how = "") { FASTER }
        }
        """;

    protected override TimeSpan TimeLimit => TimeSpan.FromSeconds(5);

    private Arguments[] Inputs { get; } = [[new[] { 1, 2 }, "a"], [Array.Empty<int>(), null]];

    [Fact]
    public Task A_finding_is_reported() => Reports("class C { int M() => [|Slow()|];" + Members);

    [Fact]
    public Task A_missing_finding_fails() => Fails("expected, not reported", () => Reports("class C { int M() => [|Fast()|];" + Members));

    [Fact]
    public Task An_unexpected_finding_fails() => Fails("reported, not expected", () => Reports("class C { int M() => Slow();" + Members));

    [Fact]
    public async Task A_mark_means_any_severity_unless_one_is_given()
    {
        const string warning = "class C { int M() => [|Slow()|];" + Members;
        const string info = "class C { int M() => [|Slow(1)|];" + Members;

        await Reports(info);
        await ReportsInfo(info);
        await ReportsWarning(warning);
        await Fails("expected, not reported: Warning", () => ReportsWarning(info));
        await Fails("expected, not reported: Info", () => ReportsInfo(warning));
    }

    [Fact]
    public async Task The_message_is_compared_when_given()
    {
        const string source = "class C { int M() => [|Slow()|];" + Members;
        await Reports(source, message: "'Slow()' is slow");
        await Fails("expected, not reported", () => Reports(source, message: "'Slow' is slow"));
    }

    [Fact]
    public Task Numbered_marks_are_described() => Reports(
        "class C { int M() => {|#0:Slow()|} + [|Slow()|];" + Members,
        expected: Finding().WithLocation(0).WithMessage("'Slow()' is slow"));

    [Fact]
    public Task Top_level_statements_make_a_program() => Reports("""
        [|Slow()|];
        static int Slow() => 1;
        """);

    [Fact]
    public async Task Options_are_read()
    {
        const string source = """
            class FactAttribute : Attribute { }
            class C
            {
                [Fact] int M() => Slow();
            """ + Members;

        await Reports(source, Target.Net100.Option("hotpath.test_code = none"));
        await Fails("reported, not expected", () => Reports(source, Target.Net100.Option("hotpath.test_code = info")));
    }

    [Fact]
    public async Task Targets_differ()
    {
        const string nullable = "class C { string {|CS8618:s|}; int M() => [|Slow()|]; static int Slow() { return 1; } }";
        const string span = "class C { Span<int> M() { [|Slow()|]; return default; } static int Slow() { return 1; } }";

        foreach (var target in new[] { Target.Net100, Target.Net80, Target.NetStandard20, Target.Net472 })
        {
            await Reports("class C { int M() => [|Slow()|]; static int Slow() { return new List<int>().Count; } }", target);
            await Reports("using System; class C { int M() { return [|Slow()|]; } static int Slow() { Console.WriteLine(); return 1; } }", target.Oblivious.CSharp(5));
        }

        await Reports(span, Target.Net80);
        await Fails("CS0246", () => Reports(span, Target.NetStandard20));
        await Fails("CS8618", () => Reports(nullable));
    }

    [Fact]
    public async Task The_language_can_be_chosen_and_is_that_of_the_leg_otherwise()
    {
        const string extension = "static class E { extension(string s) { public int Twice => s.Length * 2; } }";
        const string list = "class C { int[] a = [1]; int M() => [|Slow()|]; static int Slow() => 1; }";

        // Only the second leg runs in a compiler that knows C# 14.
        var standard = Target.Net100.Language.MapSpecifiedToEffectiveVersion().ToDisplayString();
        Assert.Equal(typeof(RuleTestsTests).Assembly.GetName().Name == "HotPath.Tests.Roslyn5" ? "14.0" : "13.0", standard);

        await Fails("CS", () => Reports(extension, Target.Net100.CSharp(13)));
        await Reports(extension, Target.Net100.CSharp(14));
        await Reports(list);
        await (standard == "14.0" ? Reports(extension) : Fails("CS", () => Reports(extension)));
        await Fails("CS8936", () => Reports(list, Target.Net100.CSharp(10)));
    }

    [Fact]
    public Task The_fix_is_applied() => Fixes("class C { int M() => [|Slow()|] + [|Slow()|];" + Members, "class C { int M() => Fast() + Fast();" + Members);

    [Fact]
    public Task Another_text_fails() => Fails("is not as expected", () => Fixes("class C { int M() => [|Slow()|];" + Members, "class C { int M() => Fast() ;" + Members));

    [Fact]
    public Task A_fix_that_adds_a_warning_fails() => Fails("CS0612", () => Fixes("""class C { int M() => [|Slow("wrong")|];""" + Members, """class C { int M() => Wrong("wrong");""" + Members));

    [Fact]
    public async Task The_action_is_chosen_by_title()
    {
        const string before = """class C { int M() => [|Slow("both")|];""" + Members;
        await Fixes(before, """class C { int M() => Fast("both");""" + Members, title: "Call Fast");
        await Fixes(before, """class C { int M() => Faster("both");""" + Members, title: "Call Faster (changes the result)");
        await Fails("is not as expected", () => Fixes(before, """class C { int M() => Fast("both");""" + Members, title: "Call fast"));
    }

    [Fact]
    public async Task A_fix_that_changes_something_is_not_taken_unasked()
    {
        const string before = """class C { int M() => [|Slow("changes")|];""" + Members;
        const string after = """class C { int M() => Faster("changes");""" + Members;

        await Fixes(before, after, changes: true);
        await Fails("is not as expected", () => Fixes(before, after));
        await Fails("No fix that says what it changes", () => FixAllLeaves("class C { int M() => [|Slow()|];" + Members));
        await Fails("A fix that keeps behaviour is offered", () => FixAllLeaves("""class C { int M() => [|Slow("both")|];""" + Members));
    }

    [Fact]
    public async Task No_fix_means_none_of_any_kind()
    {
        await HasNoFix("""class C { int M() => [|Slow("none")|];""" + Members);
        await Fails("is offered where no fix is expected", () => HasNoFix("class C { int M() => [|Slow()|];" + Members));
        await Fails("is offered where no fix is expected", () => HasNoFix("""class C { int M() => [|Slow("changes")|];""" + Members));
    }

    [Fact]
    public Task Statements_are_put_into_every_placement() => ReportsEverywhere("[|Slow()|];", "static int Slow() => 1;");

    [Fact]
    public Task Statements_are_fixed_in_every_placement() => FixesEverywhere(
        """
        var a = 1;
        // above
        a += [|Slow()|]; // behind
        """,
        """
        var a = 1;
        // above
        a += Fast(); // behind
        """,
        "int Slow() => 1;\nint Fast() => 1;");

    [Fact]
    public async Task A_miss_in_one_placement_fails()
    {
        await Fails("reported, not expected", () => ReportsNowhere("Slow();", "int Slow() => 1;"));
        await Fails("expected, not reported", () => ReportsEverywhere("[|Fast()|];", "int Fast() => 1;"));
        await Fails("Compiles in no method", () => ReportsEverywhere("[|Slow()|];"));
    }

    [Fact]
    public async Task Placements_that_do_not_compile_are_left_out()
    {
        const Placement asynchronous = Placement.AsyncMethod | Placement.AsyncIterator | Placement.AsyncLambda | Placement.TopLevel;
        const string members = "static int Slow() => 1;";

        Assert.Equal(asynchronous, await AllowedAsync("await Task.Yield(); [|Slow()|];", members, Placement.None, target: null));
        Assert.Equal(Placement.Iterator | Placement.AsyncIterator, await AllowedAsync("yield return [|Slow()|];", members, Placement.None, target: null));
        Assert.Equal((Placement)((1 << 17) - 1), await AllowedAsync("[|Slow()|];", members, Placement.None, target: null));
        Assert.Equal((Placement)((1 << 17) - 1) & ~(Placement.ExpressionLambda | Placement.ExpressionMethod | Placement.Getter), await AllowedAsync("int i = [|Slow()|];", members, Placement.Getter, target: null));
    }

    [Theory]
    [InlineData("object?", "return list.Select(x => x + Slow());")]
    [InlineData("IEnumerable<int>", "foreach (var x in list) yield return x + Slow();")]
    [InlineData("void", "list.Add(Slow());")]
    [InlineData("async Task", "await Task.Yield(); list.Add(Slow());")]
    [InlineData("async Task<int>", "await Task.Yield(); return Slow();")]
    [InlineData("async ValueTask<int>", "await Task.Yield(); return Slow();")]
    [InlineData("async IAsyncEnumerable<int>", "await Task.Yield(); yield return Slow(); throw new InvalidOperationException(text);")]
    [InlineData("Pair", "return new(Slow(), text);")]
    [InlineData("Dictionary<string, double>", "return new() { [\"a\"] = double.NaN, [\"b\"] = Slow() };")]
    [InlineData("string", "Console.Write(Slow()); return text!.Trim();")]
    [InlineData("object", "throw new InvalidOperationException(Slow() + text);")]
    public Task A_fix_that_keeps_behaviour_passes(string result, string body) => FixesAndRuns(Source(result, body), Inputs);

    [Theory]
    [InlineData("int", "return Slow();", "return 2;")]
    [InlineData("object", "return Slow();", "return 1L == 1 ? throw new Exception() : 1;")]
    [InlineData("IEnumerable<int>", "yield return 0; yield return Slow();", "return 2;")]
    [InlineData("async IAsyncEnumerable<int>", "await Task.Yield(); yield return Slow();", "return 2;")]
    [InlineData("async Task<int>", "await Task.Yield(); return Slow();", "return 2;")]
    [InlineData("Pair", "return new(Slow(), text);", "return 2;")]
    [InlineData("object", "return new { A = new[] { new Pair(Slow(), text) } };", "return 2;")]
    [InlineData("Dictionary<int, double>", "return new() { [1] = Slow() };", "return 2;")]
    [InlineData("ILookup<int, string>", "return new[] { \"a\" }.ToLookup(_ => Slow());", "return 2;")]
    [InlineData("double", "return Slow() * 0.0;", "return -1;")]
    [InlineData("void", "list.Add(Slow());", "return 2;")]
    [InlineData("void", "Console.Write(Slow());", "return 2;")]
    [InlineData("void", "Slow();", "Trace.Log(\"fast\"); return 1;")]
    [InlineData("void", "Slow();", "Trace.Log(\"a\"); Trace.Log(\"slow\"); return 1;")]
    [InlineData("void", "Slow();", "throw new InvalidOperationException();")]
    [InlineData("void", "throw new InvalidOperationException(Slow().ToString());", "return 2;")]
    [InlineData("void", "Slow();", "Trace.Log(\"slow\"); Console.WriteLine(1.5); return 1;")]
    [InlineData("void", "Slow();", "Trace.Log(\"slow\"); if (System.Globalization.CultureInfo.CurrentCulture.Name == \"tr-TR\") Console.WriteLine(); return 1;")]
    [InlineData("IEnumerable<int>", "yield return 1; if (Slow() == 1) throw new InvalidOperationException(); yield return 3;", "throw new ArgumentException();")]
    public Task A_fix_that_changes_behaviour_fails(string result, string body, string fast) =>
        Fails("The fix changes what the program does", () => FixesAndRuns(Source(result, body, fast), Inputs));

    [Fact]
    public Task The_text_of_exceptions_of_the_library_may_differ() => FixesAndRuns(
        Source("int", "return int.Parse(\"a\" + Slow());", "Trace.Log(\"slow\"); return 2;"),
        Inputs);

    [Fact]
    public Task An_endless_program_fails() => Fails("does not end within", () => FixesAndRuns(Source("int", "return Slow();", "while (true) Thread.Sleep(100);"), Inputs));

    [Fact]
    public async Task The_fix_has_to_fix_as_expected()
    {
        var unfixable = Source("int", "return Slow(\"none\");");
        await Fails("leaves the source as it is", () => FixesAndRuns(unfixable, Inputs));
        await FixesAndRuns(unfixable, Inputs, expectFix: false);
        await FixesAndRuns(unfixable, Inputs, expectFix: null);
        await Fails("The fix changes the source", () => FixesAndRuns(Source("int", "return Slow();"), Inputs, expectFix: false));
    }

    [Fact]
    public async Task Fixes_that_change_something_are_run_on_demand()
    {
        var source = Source("int", "return Slow(\"changes\");");
        await Fails("leaves the source as it is", () => FixesAndRuns(source, Inputs));
        await FixesAndRuns(source, Inputs, changes: true);
    }

    [Fact]
    public Task Top_level_programs_run() => FixesAndRuns(
        """
        Console.WriteLine(string.Join(",", args) + Slow());
        static int Slow() => 1;
        static int Fast() => 1;
        """,
        ["a", "b"]);

    [Fact]
    public Task Instances_are_made_and_arguments_converted() => FixesAndRuns(
        """
        enum E { A, B }
        class C
        {
            private int calls;
            object Run(long number, HashSet<string> set, E e, double? nothing, Stream stream, string path)
            {
                File.WriteAllText(path, "content");
                return new { number = number + Slow(), set, e, nothing, first = stream.ReadByte(), path, content = File.ReadAllText(path) };
            }
            int Slow() => ++calls;
            int Fast() => ++calls;
        }
        """,
        [1, new[] { "a", "a" }, 1, null, New(() => new MemoryStream([7])), NewFile]);

    [Fact]
    public Task Two_programs_in_one_source_fail() => Fails("exactly one method named Run", () => FixesAndRuns("class C { void Run() { Slow(); } void Run(int i) { } void Slow() { } void Fast() { } }"));

    [Theory]
    [InlineData(1, "1")]
    [InlineData(1L, "Int64(1)")]
    [InlineData("1", "\"1\"")]
    [InlineData('1', "'1'")]
    [InlineData(1.0, "1d")]
    [InlineData(double.NaN, "NaNd")]
    [InlineData(-0.0, "-0d")]
    [InlineData(1f, "Single(1)")]
    [InlineData(null, "null")]
    [InlineData("a\n\"\u0130", "\"a\\u000a\\u0022\u0130\"")]
    [InlineData(new[] { 1, 2 }, "[1, 2]")]
    public void Values_are_told_apart(object? value, string text) => Assert.Equal(text, Snapshot.Of(value));

    [Fact]
    public void Copies_are_deep()
    {
        var inner = new List<int> { 1 };
        var original = new Dictionary<string, List<int>[]> { ["a"] = [inner, inner] };
        var copy = (Dictionary<string, List<int>[]>)Copy.Of(original)!;

        copy["a"][0].Add(2);
        copy.Add("b", []);
        Assert.Equal([1], inner);
        Assert.Single(original);
        Assert.Equal([1, 2], copy["a"][1]);
    }

    private static string Source(string result, string body, string fast = "Trace.Log(\"slow\"); return 1;") => Program
        .Replace("RESULT", result, StringComparison.Ordinal)
        .Replace("BODY", body, StringComparison.Ordinal)
        .Replace("SLOW", "Trace.Log(\"slow\"); return 1;", StringComparison.Ordinal)
        .Replace("FASTER", "Trace.Log(\"slow\"); return 1;", StringComparison.Ordinal)
        .Replace("FAST", fast, StringComparison.Ordinal);

    private protected static async Task Fails(string message, Func<Task> test)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(test);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }
}

/// <summary>Programs in a process of their own.</summary>
public sealed class ChildProcessTests : RuleTests<CallOfSlowAnalyzer, CallOfSlowFix>
{
    protected override bool RunsInChildProcess => true;

    protected override System.Collections.Immutable.ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework.AddRange(References.Dapper);

    private const string Database = """
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class Row { public int Id { get; set; } public string? Name { get; set; } }

        class Rows(string path) : DbContext
        {
            public DbSet<Row> All => Set<Row>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite("Data Source=" + path);
        }

        class Program
        {
            static async Task<object> Run(string path, string[] names, double number)
            {
                using (var rows = new Rows(path))
                {
                    await rows.Database.EnsureCreatedAsync();
                    rows.All.AddRange(names.Select(name => new Row { Name = name + Slow() }));
                    await rows.SaveChangesAsync();
                }

                using var connection = new SqliteConnection("Data Source=" + path);
                return (connection.Query<Row>("SELECT Id, Name FROM \"All\" ORDER BY Id").ToList(), number);
            }

            static int Slow() => 1;
            static int Fast() => FAST;
        }
        """;

    [Fact]
    public Task A_database_is_written_and_read() => FixesAndRuns(Database.Replace("FAST", "1", StringComparison.Ordinal), [NewFile, new[] { "a", "b" }, double.NaN], [NewFile, Array.Empty<string>(), 0]);

    [Fact]
    public async Task A_difference_fails()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => FixesAndRuns(Database.Replace("FAST", "2", StringComparison.Ordinal), [NewFile, new[] { "a", "b" }, 0]));
        Assert.Contains("The fix changes what the program does", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Name: \"b2\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_fails()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => FixesAndRuns("class C { int Run(int n) => Slow(n); int Slow(int n) => 1; int Fast(int n) => Fast(n + 1) + 1; }", [1]));
        Assert.Contains("ended while it ran the program after the fix", exception.Message, StringComparison.Ordinal);
    }
}
