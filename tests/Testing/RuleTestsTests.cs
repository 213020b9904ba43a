using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>The base class of all rule tests passes what is right and fails what is wrong.</summary>
public sealed class RuleTestsTests : RuleTests<CallOfSlowAnalyzer, CallOfSlowFix>
{
    private const string Methods = """

            static int Slow(string how = "", int info = 0) { Trace.Log("slow"); return 1; }
            static int Fast(string how = "", int info = 0) { Trace.Log("slow"); return 1; }
            static int Faster(string how = "", int info = 0) => 2;
            static int Wrong(string how = "", int info = 0) => 3;
        }
        static class Trace { public static void Log(object what) { } }
        """;

    [Fact]
    public Task A_finding_is_reported() => Reports("class C { int M() => [|Slow()|];" + Methods);

    [Fact]
    public async Task A_missing_finding_fails() => await Fails("expected, not reported", Reports("class C { int M() => [|Fast()|];" + Methods));

    [Fact]
    public async Task An_unexpected_finding_fails() => await Fails("reported, not expected", Reports("class C { int M() => Slow();" + Methods));

    [Fact]
    public Task The_fix_is_applied() => Fixes("class C { int M() => [|Slow()|] + [|Slow()|];" + Methods, "class C { int M() => Fast() + Fast();" + Methods);

    [Fact]
    public Task No_fix() => HasNoFix("""class C { int M() => [|Slow("none")|];""" + Methods);

    [Fact]
    public Task A_fix_that_changes() => Fixes("""class C { int M() => [|Slow("changes")|];""" + Methods, """class C { int M() => Faster("changes");""" + Methods, changes: true);

    private const string Program = """
        class C
        {
            static object Run(List<int> list, string text)
            {
                list.Add(Slow());
                Console.WriteLine(text);
                return list.Select(x => x + 1);
            }
            static int Slow(string how = "", int info = 0) { Trace.Log("slow"); return 1; }
            static int Fast(string how = "", int info = 0) { Trace.Log("slow"); return 1; }
        }
        """;

    [Fact]
    public Task A_good_fix_runs() => FixesAndRuns(Program, [new[] { 1, 2 }, "a"], [new int[0], null]);

    [Fact]
    public async Task A_bad_fix_fails() => await Fails("after it", FixesAndRuns(Program.Replace("\"slow\"); return 1; }\n}", "\"fast\"); return 1; }\n}"), [new[] { 1, 2 }, "a"]));

    private static async Task Fails(string message, Task test)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => test);
        Assert.Contains(message, exception.Message);
    }
}
