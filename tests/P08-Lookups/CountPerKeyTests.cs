namespace HotPath.Tests;

public sealed class CountPerKeyTests : RuleTests<CountPerKeyAnalyzer, CountPerKeyFix>
{
    private static string Class(string statements) => $$"""
        enum Kind { A, B }

        class C
        {
            void M(List<string> words, int[] numbers, string text, IEnumerable<string> sequence, List<string?> maybe, List<double> scores, List<Kind> kinds, HashSet<string> set, List<string> keys, string word)
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
            }

            void Use(object? a, object? b = null) { }
        }
        """;

    [Theory]
    [InlineData("foreach (var k in keys) Use(k, [|words.Count(w => w == k)|]);")]
    [InlineData("foreach (var w in words) if ([|words.Count(x => x == w)|] > 1) Use(w);")]
    [InlineData("foreach (var k in keys) Use(k, [|sequence.Count(w => w.Equals(k))|]);")]
    [InlineData("foreach (var c in text) Use(c, [|text.Count(x => x == c)|]);")]
    [InlineData("for (var i = 0; i < 100; i++) Use(i, [|numbers.Count(n => n == i)|]);")]
    [InlineData("var counts = words.Distinct().ToDictionary(w => w, w => [|words.Count(x => x == w)|]);")]
    [InlineData("var twice = words.Where(w => [|words.Count(x => x == w)|] > 1).ToList();")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message() => ReportsWarning(Class("foreach (var k in keys) Use(k, [|words.Count(w => w == k)|]);"),
        "'words.Count(w => w == k)' looks at every element of 'words' in every iteration of the loop over 'keys': O(keys × words); count all values of 'words' once, before it");

    [Theory]
    [InlineData("Use(words.Count(w => w == word));")]
    [InlineData("foreach (var k in keys) Use(k, words.Count(w => w == word));")]
    [InlineData("foreach (var k in keys) Use(k, words.Count(w => w.Length == k.Length));")]
    [InlineData("foreach (var k in keys) Use(k, words.Count(w => w != k));")]
    [InlineData("foreach (var k in keys) { Use(k, words.Count(w => w == k)); words.Add(k); }")]
    [InlineData("foreach (var k in keys) Use(k, words.Count());")]
    [InlineData("foreach (var k in keys) Use(k, k.Count(c => c == 'a'));")]
    [InlineData("foreach (var s in scores) Use(s, scores.Count(x => x == s));")]
    [InlineData("foreach (var k in kinds) Use(k, kinds.Count(x => x == k));")]
    [InlineData("foreach (var k in keys) Use(k, set.Count(w => w == k));")]
    [InlineData("var few = new[] { \"a\", \"b\" }; foreach (var k in keys) Use(k, few.Count(w => w == k));")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Theory]
    [InlineData("foreach (var k in keys)\n    Use(k, [|words.Count(w => w == k)|] + [|words.Count(w => w == k)|]);", "var wordCounts = words.CountBy(w => w).ToDictionary();\nforeach (var k in keys)\n    Use(k, wordCounts.GetValueOrDefault(k) + wordCounts.GetValueOrDefault(k));")]
    [InlineData("foreach (var c in text)\n    Use(c, [|text.Count(x => x == c)|]);", "var textCounts = text.CountBy(x => x).ToDictionary();\nforeach (var c in text)\n    Use(c, textCounts.GetValueOrDefault(c));")]
    [InlineData("var twice = words.Where(w => [|words.Count(x => x == w)|] > 1).ToList();", "var wordCounts = words.CountBy(x => x).ToDictionary();\nvar twice = words.Where(w => wordCounts.GetValueOrDefault(w) > 1).ToList();")]
    [InlineData("foreach (var w in words)\n{\n    if ([|words.Count(x => x == w)|] > 1)\n        Use(w);\n}", "var wordCounts = words.CountBy(x => x).ToDictionary();\nforeach (var w in words)\n{\n    if (wordCounts.GetValueOrDefault(w) > 1)\n        Use(w);\n}")]
    public Task Counts_once(string before, string after) => Fixes(Class(before), Class(after));

    [Fact]
    public Task Before_CountBy_groups_are_counted() => Fixes(
        Class("foreach (var k in keys)\n    Use(k, [|words.Count(w => w == k)|]);"),
        Class("var wordCounts = words.GroupBy(w => w).ToDictionary(group => group.Key, group => group.Count());\nforeach (var k in keys)\n    Use(k, wordCounts.GetValueOrDefault(k));"), target: Target.Net80);

    [Theory]
    [InlineData("foreach (var k in keys) Use(k, [|maybe.Count(w => w == k)|]);")]
    [InlineData("foreach (var k in keys) Use(k, [|words.LongCount(w => w == k)|]);")]
    [InlineData("foreach (var k in keys) Use(k, [|sequence.Count(w => w == k)|]);")]
    [InlineData("foreach (var k in keys) Use(k, [|words.Count(w => w == k.Trim())|]);")]
    [InlineData("foreach (var k in keys) Use(k, [|words.Count(w => string.Equals(w, k, StringComparison.OrdinalIgnoreCase))|]);")]
    [InlineData("Use(words.Select(w => [|words.Count(x => x == w)|]));")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Fact]
    public Task Older_frameworks_are_left_alone() => HasNoFix(Class("foreach (var k in keys) Use(k, [|words.Count(w => w == k)|]);"), Target.Net472);

    [Theory]
    [InlineData("foreach (var w in words) result.Add(w + words.Count(x => x == w));", true)]
    [InlineData("foreach (var w in keys) if (words.Count(x => x == w) == 0) result.Add(w); else result.Add(\"-\");", true)]
    [InlineData("var text = string.Concat(words); foreach (var c in text) result.Add(c + \":\" + text.Count(x => x == c));", true)]
    [InlineData("foreach (var w in keys) { result.Add(w + words.Count(x => x == w)); Grow(words); }", false)]
    [InlineData("var q = keys.Select(w => words.Count(x => x == w)); words.Clear(); foreach (var n in q) result.Add(n.ToString());", false)]
    public Task Programs_do_what_they_did(string statements, bool isFixed) => FixesAndRuns($$"""
        public static class Program
        {
            static void Grow(List<string> list) => list.Add("a");

            public static List<string> Run(List<string> words, List<string> keys)
            {
                var result = new List<string>();
                {{statements}}
                return result;
            }
        }
        """, [[new[] { "a", "b", "a", "c" }, new[] { "a", "x", "c" }], [new[] { "a" }, Array.Empty<string>()], [Array.Empty<string>(), new[] { "a" }]], expectFix: isFixed);

    [Fact]
    public Task An_info_where_calls_write_the_elements_out() => ReportsInfo("""
        class C { void M(List<int> ids, params int[] given) { foreach (var id in ids) Console.Write([|given.Count(g => g == id)|]); } }
        """);
}
