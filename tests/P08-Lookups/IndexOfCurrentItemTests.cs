namespace HotPath.Tests;

public sealed class IndexOfCurrentItemTests : RuleTests<IndexOfCurrentItemAnalyzer, IndexOfCurrentItemFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            void M(List<string> list, string[] array, List<string> other, List<Func<int>> later)
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
            }

            void Use(object? a, object? b = null) { }
            List<string> Own { get; } = new();
        }
        """;

    [Theory]
    [InlineData("foreach (var s in list) Use(s, [|list.IndexOf(s)|]);")]
    [InlineData("foreach (var s in array) Use(s, [|Array.IndexOf(array, s)|]);")]
    [InlineData("foreach (var s in list) Use(s, [|list.FindIndex(x => x == s)|]);")]
    [InlineData("foreach (var s in list) if ([|list.IndexOf(s)|] > 0) Use(s);")]
    [InlineData("foreach (var s in list) foreach (var o in other) Use(o, [|list.IndexOf(s)|]);")]
    [InlineData("foreach (var s in Own) Use(s, [|Own.IndexOf(s)|]);")]
    [InlineData("var q = list.Select(s => [|list.IndexOf(s)|] + s).ToList();")]
    [InlineData("foreach (var s in list) later.Add(() => [|list.IndexOf(s)|]);", false)]
    public Task Is_reported(string statements, bool reported = true) => Reports(Class(reported ? statements : statements.Replace("[|", "").Replace("|]", "")), severity: reported ? Microsoft.CodeAnalysis.DiagnosticSeverity.Warning : null);

    [Fact]
    public Task The_message() => ReportsWarning(Class("foreach (var s in list) Use(s, [|list.IndexOf(s)|]);"),
        "'list.IndexOf(s)' searches 'list' from the start for the element that the loop over 'list' is at: O(list × list); count the position");

    [Theory]
    [InlineData("foreach (var s in list) Use(other.IndexOf(s));")]
    [InlineData("foreach (var s in list) Use(list.IndexOf(s + s));")]
    [InlineData("foreach (var s in list) Use(list.IndexOf(s, 3));")]
    [InlineData("foreach (var s in list) Use(list.LastIndexOf(s));")]
    [InlineData("foreach (var s in list) Use(list.FindIndex(x => x.Length == s.Length));")]
    [InlineData("foreach (var s in list.Where(s => s.Length > 3)) Use(list.IndexOf(s));")]
    [InlineData("foreach (var s in list) { if (s == \"a\") { Use(list.IndexOf(s)); break; } }")]
    [InlineData("foreach (var s in list) Use(s.IndexOf(s));")]
    [InlineData("var few = new[] { \"a\", \"b\" }; foreach (var s in few) Use(Array.IndexOf(few, s));")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Fact]
    public Task Counts() => Fixes(Class("""
        var all = other.Distinct().ToList();

        // Number them.
        foreach (var s in all)
        {
            if (s.Length > 3)
                continue;

            Use(s, [|all.IndexOf(s)|] + 1);
        }
        """), Class("""
        var all = other.Distinct().ToList();

        var index = -1;
        // Number them.
        foreach (var s in all)
        {
            index++;
            if (s.Length > 3)
                continue;

            Use(s, index + 1);
        }
        """));

    [Fact]
    public Task Repeated_elements_are_named_and_a_counter_is_shared() => Fixes(
        Class("foreach (var s in list)\n    Use([|list.IndexOf(s)|], [|list.IndexOf(s)|] * 2);"),
        Class("var index = -1;\nforeach (var s in list)\n{\n    index++;\n    Use(index, index * 2);\n}"), changes: true);

    [Theory]
    [InlineData("var q = list.Select(s => [|list.IndexOf(s)|] + s).ToList();")]
    [InlineData("foreach (var s in list) { later[0](); Use([|list.IndexOf(s)|]); }")]
    [InlineData("foreach (var s in list) Use([|list.IndexOf(/* s */ s)|]);")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("foreach (var s in all) result.Add(s + all.IndexOf(s));")]
    [InlineData("foreach (var s in all) { if (s == \"b\") continue; result.Add(s + all.IndexOf(s) + all.IndexOf(s)); }")]
    [InlineData("foreach (var s in all) foreach (var t in all) result.Add(s + all.IndexOf(s) + t + all.IndexOf(t));")]
    [InlineData("if (all.Count > 1) foreach (var s in all) result.Add(s + all.IndexOf(s)); else result.Add(\"one\");")]
    public Task Programs_do_what_they_did(string statements) => FixesAndRuns($$"""
        public static class Program
        {
            public static List<string> Run(List<string?> list)
            {
                var all = list.Distinct().ToList();
                var result = new List<string>();
                {{statements}}
                return result;
            }
        }
        """, [new[] { "a", "b", "a", null, "c" }], [new[] { "a" }], [Array.Empty<string>()]);
}
