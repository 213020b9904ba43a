namespace HotPath.Tests;

public sealed class HashedButScannedTests : RuleTests<HashedButScannedAnalyzer, HashedButScannedFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            void M(IEnumerable<string> lines, Dictionary<string, int> given, HashSet<string> set, IReadOnlyDictionary<int, string> view, List<string> list, Dictionary<string, int>.KeyCollection keys, string word, string? maybe, int n)
            {
                var known = lines.ToDictionary(l => l, l => l.Length);
                var names = new HashSet<string>(lines);
                var folded = new HashSet<string>(lines, StringComparer.OrdinalIgnoreCase);
                var sorted = new SortedSet<string>(lines);
                {{statements}}
            }

            void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("Use([|known.FirstOrDefault(p => p.Key == word)|].Value);")]
    [InlineData("Use([|known.First(p => p.Key == word)|].Value);")]
    [InlineData("Use([|known.Single(p => p.Key == word)|]);")]
    [InlineData("Use([|known.Any(p => p.Key == word)|]);")]
    [InlineData("Use([|known.Where(p => p.Key == word)|].Select(p => p.Value));")]
    [InlineData("Use([|given.Any(p => p.Key.Equals(word))|]);")]
    [InlineData("Use([|view.FirstOrDefault(p => p.Key == n)|]);")]
    [InlineData("Use([|known.Keys.Any(k => k == word)|]);")]
    [InlineData("Use([|known.Keys.FirstOrDefault(k => k == word)|]);")]
    [InlineData("Use([|names.Any(x => x == word)|]);")]
    [InlineData("Use([|set.FirstOrDefault(x => x == word)|]);")]
    [InlineData("Use([|names.Contains(word, StringComparer.Ordinal)|]);")]
    [InlineData("Use([|folded.Contains(word, StringComparer.OrdinalIgnoreCase)|]);")]
    [InlineData("Use([|folded.Any(x => x.Equals(word, StringComparison.OrdinalIgnoreCase))|]);")]
    [InlineData("foreach (var line in lines) Use([|known.First(p => p.Key == line)|]);")]
    [InlineData("Use([|known.Any(p => p.Key == word && p.Value > 3)|]);")]
    [InlineData("Use([|known.FirstOrDefault(p => p.Value > 3 && p.Key == word)|].Value);")]
    [InlineData("foreach (var l in lines) Use([|known.Where(p => p.Key == l && p.Value == n)|].Count());")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message() => ReportsWarning(Class("Use([|known.FirstOrDefault(p => p.Key == word)|].Value);"),
        "'known.FirstOrDefault(p => p.Key == word)' looks at every element of 'known' for one of its own keys: O(known); 'TryGetValue' finds it at once");

    [Theory]
    [InlineData("Use(known.First(p => p.Value == n));")]
    [InlineData("Use(known.Any(p => p.Key != word));")]
    [InlineData("Use(known.Any(p => p.Key.StartsWith(word)));")]
    [InlineData("Use(known.ContainsKey(word));")]
    [InlineData("Use(known.Keys.Contains(word));")]
    [InlineData("Use(names.Contains(word));")]
    [InlineData("Use(list.Any(x => x == word));")]
    [InlineData("Use(known.Values.Any(v => v == n));")]
    // Another comparer than the collection's, or a key that is null.
    [InlineData("Use(names.Contains(word, StringComparer.OrdinalIgnoreCase));")]
    [InlineData("Use(folded.Any(x => x == word));")]
    [InlineData("Use(folded.Contains(word, StringComparer.Ordinal));")]
    [InlineData("Use(sorted.Any(x => x == word));")]
    [InlineData("Use(known.Any(p => p.Key == maybe));")]
    [InlineData("var few = new HashSet<string> { \"a\", \"b\" }; Use(few.Any(x => x == word));")]
    [InlineData("Use(known.AsQueryable().Any(p => p.Key == word));")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Theory]
    [InlineData("Use([|known.FirstOrDefault(p => p.Key == word)|].Value);", "Use(known.GetValueOrDefault(word));")]
    [InlineData("Use([|known.Any(p => p.Key == word)|]);", "Use(known.ContainsKey(word));")]
    [InlineData("Use(![|known.All(p => p.Key != word)|]);", "Use(known.ContainsKey(word));")]
    [InlineData("Use([|known.All(p => p.Key != word)|]);", "Use(!known.ContainsKey(word));")]
    [InlineData("Use([|known.Keys.Any(k => k == word)|]);", "Use(known.ContainsKey(word));")]
    [InlineData("Use([|names.Any(x => x == word)|]);", "Use(names.Contains(word));")]
    [InlineData("Use([|names.Contains(word, StringComparer.Ordinal)|]);", "Use(names.Contains(word));")]
    [InlineData("Use([|folded.Contains(word, StringComparer.OrdinalIgnoreCase)|]);", "Use(folded.Contains(word));")]
    public Task Asks_the_collection(string before, string after) => Fixes(Class(before), Class(after));

    [Fact]
    public Task A_comparer_that_is_not_known_is_named() => Fixes(Class("Use([|given.Any(p => p.Key == word)|]);"), Class("Use(given.ContainsKey(word));"), changes: true);

    [Theory]
    [InlineData("Use([|known.First(p => p.Key == word)|].Value);")]
    [InlineData("Use([|known.FirstOrDefault(p => p.Key == word)|]);")]
    [InlineData("Use([|known.Where(p => p.Key == word)|]);")]
    [InlineData("Use([|names.Count(x => x == word)|]);")]
    [InlineData("Use([|known.Any(p => p.Key == word.Trim())|]);")]
    [InlineData("Use([|known.Any(p => /* key */ p.Key == word)|]);")]
    [InlineData("Use([|view.Any(p => p.Key == n)|]);")]
    [InlineData("Use([|known.Any(p => p.Key == word && p.Value > 3)|]);")]
    [InlineData("Use([|known.FirstOrDefault(p => p.Key == word && p.Value == n)|].Value);")]
    [InlineData("Use([|names.Any(x => x == word && n > 3)|]);")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("known.Any(p => p.Key == word)")]
    [InlineData("known.FirstOrDefault(p => p.Key == word).Value")]
    [InlineData("known.Keys.Any(k => k == word)")]
    [InlineData("names.Any(x => x == word)")]
    [InlineData("folded.Any(x => x.Equals(word, StringComparison.OrdinalIgnoreCase))")]
    [InlineData("folded.Contains(word, StringComparer.OrdinalIgnoreCase)")]
    [InlineData("lines.Distinct().ToDictionary(l => l, l => l + l) is var texts && texts.FirstOrDefault(p => p.Key == word).Value is string s ? s.Length : -1", null)]
    [InlineData("own.Any(p => p.Key == word)", false)]
    [InlineData("own.Keys.Any(k => k == word)", false)]
    public Task Programs_do_what_they_did(string expression, bool? isFixed = true) => FixesAndRuns($$"""
        public static class Program
        {
            public static object Run(List<string> lines, string word)
            {
                var known = lines.Distinct().ToDictionary(l => l, l => l.Length);
                var names = new HashSet<string>(lines);
                var folded = new HashSet<string>(lines, StringComparer.OrdinalIgnoreCase);
                var own = new Dictionary<string, int>(known, StringComparer.CurrentCultureIgnoreCase);
                return {{expression}};
            }
        }
        """, [[new[] { "a", "bb" }, "bb"], [new[] { "a", "BB" }, "bb"], [Array.Empty<string>(), "a"], [new[] { "x" }, "a"]], expectFix: isFixed);
}
