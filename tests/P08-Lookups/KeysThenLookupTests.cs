namespace HotPath.Tests;

public sealed class KeysThenLookupTests : RuleTests<KeysThenLookupAnalyzer, KeysThenLookupFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            Dictionary<string, List<int>> Own { get; } = new();

            void M(Dictionary<string, int> counts, Dictionary<string, List<int>> lists, IDictionary<string, int> any, Dictionary<string, int> other, SortedDictionary<int, string> sorted, List<Func<int>> later)
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
            }

            void Use(object? a, object? b = null) { }
        }
        """;

    [Theory]
    [InlineData("[|foreach (var k in counts.Keys)|] Use(k, counts[k]);")]
    [InlineData("[|foreach (var k in counts.Keys)|] Use(counts[k]);")]
    [InlineData("[|foreach (string k in counts.Keys)|] { if (k.Length > 3) Use(k, counts[k]); }")]
    [InlineData("[|foreach (var k in any.Keys)|] Use(k, any[k]);")]
    [InlineData("[|foreach (var k in sorted.Keys)|] Use(k, sorted[k]);")]
    [InlineData("[|foreach (var k in Own.Keys)|] Use(k, Own[k].Count);")]
    [InlineData("[|foreach (var k in lists.Keys)|] lists[k].Add(3);")]
    [InlineData("[|foreach (var k in lists.Keys)|] foreach (var i in lists[k]) Use(i);")]
    [InlineData("[|foreach (var k in counts.Keys)|] later.Add(() => counts[k]);")]
    [InlineData("var keys = counts.Keys; [|foreach (var k in keys)|] Use(k, counts[k]);")]
    [InlineData("[|foreach (var k in counts.Keys)|] if (counts.TryGetValue(k, out var v)) Use(k, v);")]
    [InlineData("[|foreach (var k in counts.Keys)|] Use(k, counts.GetValueOrDefault(k));")]
    [InlineData("Use([|counts.Keys.Sum(k => counts[k])|]);")]
    [InlineData("Use([|lists.Keys.Select(k => lists[k])|]);")]
    [InlineData("Use([|counts.Keys.Where(k => counts[k] > 3)|].ToList());")]
    [InlineData("foreach (var k in [|counts.Keys.OrderByDescending(k => counts[k])|]) Use(k);")]
    [InlineData("Use([|any.Keys.Max(k => any[k])|]);")]
    [InlineData("Use([|Own.Keys.Any(k => Own[k].Count == k.Length)|]);")]
    [InlineData("Use([|counts.Keys.MaxBy(k => counts[k])|]);")]
    [InlineData("Use([|counts.Keys.ToDictionary(k => k, k => counts[k] + 1)|]);")]
    [InlineData("Use([|counts.Keys.First(k => counts.TryGetValue(k, out var v) && v > 3)|]);")]
    [InlineData("Use(from k in counts.Keys [|where counts[k] > 3|] select k);")]
    public Task Is_reported(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message() => ReportsInfo(Class("[|foreach (var k in counts.Keys)|] Use(k, counts[k]);"), "'counts[k]' looks up every key of 'counts' while the loop passes by its value; walk through the pairs");

    [Theory]
    [InlineData("foreach (var k in counts.Keys) Use(k);")]
    [InlineData("foreach (var k in counts.Keys) Use(k, other[k]);")]
    [InlineData("foreach (var (k, v) in counts) Use(k, counts[k]);")]
    [InlineData("foreach (var k in counts.Keys.ToList()) Use(k, counts[k]);")]
    [InlineData("foreach (var k in counts.Keys) counts[k] = 3;")]
    [InlineData("foreach (var k in counts.Keys) { counts[k]++; Use(counts[k]); }")]
    [InlineData("foreach (var k in counts.Keys) { Use(counts[k]); counts.Remove(k); }")]
    [InlineData("foreach (var k in counts.Keys) { Use(counts[k]); counts[\"a\"] = 3; }")]
    [InlineData("foreach (var k in counts.Keys) { Use(counts[k]); counts = other; }")]
    [InlineData("foreach (var k in counts.Keys) Use(counts[k + \"x\"]);")]
    [InlineData("foreach (var k in counts.Values) Use(sorted[k]);")]
    [InlineData("foreach (var k in counts.Keys) if (other.TryGetValue(k, out var v)) Use(k, v);")]
    [InlineData("var several = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(counts); foreach (var k in several.Keys) if (several.TryGetValue(k, out var v)) Use(k, v);")]
    [InlineData("foreach (var k in counts.Keys) if (counts.TryGetValue(k + k, out var v)) Use(k, v);")]
    [InlineData("Use(counts.Keys.Sum(k => k.Length));")]
    [InlineData("Use(counts.Keys.Sum(k => other[k]));")]
    [InlineData("Use(counts.Keys.ToList().Sum(k => counts[k]));")]
    [InlineData("Use(counts.Keys.Select(k => counts[k]++));")]
    [InlineData("Use(counts.Keys.Select(k => counts[k + \"x\"]));")]
    [InlineData("Use(lists.Values.Sum(l => l.Count));")]
    [InlineData("Use(counts.Keys.AsQueryable().Sum(k => counts[k]));")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Theory]
    [InlineData("[|foreach (var k in counts.Keys)|]\n    Use(k, counts[k]);", "foreach (var (k, value) in counts)\n    Use(k, value);")]
    [InlineData("[|foreach (var k in counts.Keys)|]\n{\n    // Both.\n    Use(k, counts[k] /* the count */);\n}", "foreach (var (k, value) in counts)\n{\n    // Both.\n    Use(k, value /* the count */);\n}")]
    [InlineData("[|foreach (var k in counts.Keys)|]\n    Use(counts[k]);", "foreach (var value in counts.Values)\n    Use(value);")]
    [InlineData("[|foreach (var k in lists.Keys)|]\n{\n    var list = lists[k];\n    list.Add(k.Length);\n}", "foreach (var (k, list) in lists)\n{\n    list.Add(k.Length);\n}")]
    [InlineData("[|foreach (var k in counts.Keys)|]\n{\n    var count = counts[k];\n    Use(k, count);\n}", "foreach (var (k, count) in counts)\n{\n    Use(k, count);\n}")]
    [InlineData("[|foreach (var k in lists.Keys)|]\n    lists[k].Add(lists[k].Count);", "foreach (var value in lists.Values)\n    value.Add(value.Count);")]
    [InlineData("[|foreach (var k in counts.Keys)|]\n{\n    var value = counts[k];\n    value++;\n    Use(k, value);\n}", "foreach (var (k, value2) in counts)\n{\n    var value = value2;\n    value++;\n    Use(k, value);\n}")]
    public Task Walks_through_pairs(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("Use([|counts.Keys.Sum(k => counts[k])|]);", "Use(counts.Values.Sum());")]
    [InlineData("Use([|lists.Keys.Sum(k => lists[k].Count)|]);", "Use(lists.Values.Sum(value => value.Count));")]
    [InlineData("Use([|counts.Keys.Sum(k => counts[k] * k.Length)|]);", "Use(counts.Sum(pair => pair.Value * pair.Key.Length));")]
    [InlineData("Use([|lists.Keys.Select(k => lists[k])|].ToList());", "Use(lists.Values.ToList());")]
    [InlineData("Use([|counts.Keys.Select(k => $\"{k}: {counts[k]}\")|]);", "Use(counts.Select(pair => $\"{pair.Key}: {pair.Value}\"));")]
    [InlineData("Use([|counts.Keys.Where(k => counts[k] > 3)|].ToList());", "Use(counts.Where(pair => pair.Value > 3).Select(pair => pair.Key).ToList());")]
    [InlineData("foreach (var k in [|counts.Keys.OrderByDescending(k => counts[k])|]) Use(k);", "foreach (var k in counts.OrderByDescending(pair => pair.Value).Select(pair => pair.Key)) Use(k);")]
    [InlineData("Use([|counts.Keys.Max(k => (long)counts[k])|]);", "Use(counts.Values.Max(value => (long)value));")]
    [InlineData("Use([|counts.Keys.All(k => counts[k] > 3)|]);", "Use(counts.Values.All(value => value > 3));")]
    [InlineData("Use([|sorted.Keys.FirstOrDefault(k => sorted[k] == \"\")|]);", "Use(sorted.FirstOrDefault(pair => pair.Value == \"\").Key);")]
    [InlineData("Use([|lists.Keys.SelectMany(k => lists[k])|]);", "Use(lists.Values.SelectMany(value => value));")]
    public Task Asks_values_or_pairs(string before, string after) => Fixes(Class(before), Class(after));

    [Fact]
    public Task Older_frameworks_keep_the_pair() => Fixes(
        Class("[|foreach (var k in counts.Keys)|]\n    Use(k, counts[k]);"), Class("foreach (var pair in counts)\n    Use(pair.Key, pair.Value);"), target: Target.Net472);

    [Theory]
    [InlineData("[|foreach (var k in any.Keys)|] Use(k, any[k]);")]
    [InlineData("[|foreach (object k in counts.Keys)|] Use(k, counts[(string)k]);")]
    [InlineData("[|foreach (var k in counts.Keys)|] later.Add(() => counts[k]);")]
    [InlineData("[|foreach (var k in counts.Keys)|] { Use(k, counts[k]); later[0](); }")]
    [InlineData("var keys = counts.Keys; [|foreach (var k in keys)|] Use(k, counts[k]);")]
    [InlineData("[|foreach (var k in counts.Keys)|] if (counts.TryGetValue(k, out var v)) Use(k, v);")]
    [InlineData("Use([|any.Keys.Sum(k => any[k])|]);")]
    [InlineData("Use([|counts.Keys.OrderBy(k => counts[k])|].ThenBy(k => k));")]
    [InlineData("Use([|counts.Keys.MaxBy(k => counts[k])|]);")]
    [InlineData("var all = [|counts.Keys.Select(k => counts[k])|]; counts = other; Use(all);")]
    [InlineData("Use([|counts.Keys.Sum(k => { later[0](); return counts[k]; })|]);")]
    [InlineData("Use([|counts.Keys.Sum(k => later[0]() + counts[k])|]);")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("foreach (var k in counts.Keys) result.Add(k + counts[k]);", true)]
    [InlineData("result.Add($\"{counts.Keys.Sum(k => counts[k])} {counts.Keys.Where(k => counts[k] > 1).Count()} {counts.Keys.FirstOrDefault(k => counts[k] == 2)} {string.Join(\",\", counts.Keys.OrderBy(k => -counts[k]))} {string.Join(\",\", counts.Keys.Select(k => counts[k]))}\");", true)]
    [InlineData("try { result.Add($\"{counts.Keys.Max(k => counts[k])}\"); } catch (InvalidOperationException) { result.Add(\"none\"); }", true)]
    [InlineData("foreach (var k in counts.Keys.Where(k => counts[k] == 1)) { result.Add(k); counts[\"c\"] = 5; }", true)]
    [InlineData("foreach (var k in counts.Keys) { if (counts[k] == 1) continue; result.Add(k + counts[k] + counts[k]); }", true)]
    [InlineData("foreach (var k in counts.Keys) { var n = counts[k]; n += 2; result.Add(k + n); }", true)]
    [InlineData("foreach (var k in counts.Keys) { var n = counts[k]; if (n == 2) return result; result.Add(k + n); }", true)]
    [InlineData("foreach (var k in counts.Keys) { foreach (var j in counts.Keys) result.Add(k + counts[j]); }", true)]
    [InlineData("var alias = counts; foreach (var k in counts.Keys) { alias[\"b\"] = 7; result.Add(k + counts[k]); }", false)]
    [InlineData("void Up() => counts[\"b\"] = 9; foreach (var k in counts.Keys) { Up(); result.Add(k + counts[k]); }", false)]
    [InlineData("var later = new List<Func<int>>(); foreach (var k in counts.Keys) later.Add(() => counts[k]); counts[\"a\"] = 5; foreach (var f in later) result.Add(f().ToString());", false)]
    public Task Programs_do_what_they_did(string statements, bool isFixed) => FixesAndRuns($$"""
        public static class Program
        {
            public static List<string> Run(Dictionary<string, int> counts)
            {
                var result = new List<string>();
                {{statements}}
                return result;
            }
        }
        """, [[New(() => new Dictionary<string, int> { ["a"] = 1, ["b"] = 2, ["c"] = 1 })], [New(() => new Dictionary<string, int>())]], expectFix: isFixed);
}
