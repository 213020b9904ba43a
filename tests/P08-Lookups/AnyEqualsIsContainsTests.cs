namespace HotPath.Tests;

public sealed class AnyEqualsIsContainsTests : RuleTests<AnyEqualsIsContainsAnalyzer, AnyEqualsIsContainsFix>
{
    private static string Class(string expression, string members = "") => $$"""
        class Order { public string Name { get; set; } = ""; public int Id { get; set; } }

        class C
        {
            bool M(List<string> list, string[] array, List<int> numbers, HashSet<string> set, System.Collections.Immutable.ImmutableArray<string> fixedNames, string text, char c, IEnumerable<string> sequence, List<double> doubles, List<Order> orders, string name, Order order, int n) => {{expression}};
            {{members}}
        }
        """;

    [Theory]
    [InlineData("[|list.Any(x => x == name)|]", "list.Contains(name)")]
    [InlineData("[|list.Any(x => name == x)|]", "list.Contains(name)")]
    [InlineData("![|list.Any(x => x == name)|]", "!list.Contains(name)")]
    [InlineData("[|list.Any(x => x.Equals(name))|]", "list.Contains(name)")]
    [InlineData("[|list.Any(x => string.Equals(x, name))|]", "list.Contains(name)")]
    [InlineData("[|list.Exists(x => x == name)|]", "list.Contains(name)")]
    [InlineData("[|list.All(x => x != name)|]", "!list.Contains(name)")]
    [InlineData("![|list.All(x => x != name)|]", "list.Contains(name)")]
    [InlineData("[|list.TrueForAll(x => x != name)|]", "!list.Contains(name)")]
    [InlineData("[|array.Any(x => x == name)|]", "array.Contains(name)")]
    [InlineData("[|numbers.Any(x => x == n)|]", "numbers.Contains(n)")]
    [InlineData("[|list.Any(x => x == order.Name)|]", "list.Contains(order.Name)")]
    [InlineData("[|list.Any(x => x == \"a\")|]", "list.Contains(\"a\")")]
    [InlineData("n > 3 && [|list.Any(x => x == name)|] /* any */", "n > 3 && list.Contains(name) /* any */")]
    [InlineData("[|fixedNames.Any(x => x == name)|]", "fixedNames.Contains(name)")]
    [InlineData("![|fixedNames.Any(x => x == name)|]", "!fixedNames.Contains(name)")]
    [InlineData("[|text.Any(x => x == 'x')|]", "text.Contains('x')")]
    [InlineData("[|text.All(x => x != c)|]", "!text.Contains(c)")]
    [InlineData("[|\"aeiou\".Any(x => x == c)|]", "\"aeiou\".Contains(c)")]
    [InlineData("[|order.Name.Any(x => x.Equals('-'))|]", "order.Name.Contains('-')")]
    [InlineData("list.Count(n => [|n.Any(x => x == c)|]) > 3", "list.Count(n => n.Contains(c)) > 3")]
    public Task Every_form(string test, string fixedTest) => Fixes(Class(test), Class(fixedTest));

    [Fact]
    public Task Is_informative() => ReportsInfo(Class("[|list.Any(x => x == name)|]"), "'list.Any(x => x == name)' calls a lambda for each element of 'list'; 'Contains' compares without it");

    [Theory]
    [InlineData("list.Contains(name)")]
    [InlineData("list.Any()")]
    [InlineData("list.Any(x => x != name)")]
    [InlineData("list.Any(x => x == x)")]
    [InlineData("list.Any(x => x.Length == n)")]
    [InlineData("list.Any(x => x == Next())")]
    [InlineData("list.Any(x => x.Equals(name, StringComparison.OrdinalIgnoreCase))")]
    [InlineData("set.Any(x => x == name)")]
    [InlineData("sequence.Any(x => x == name)")]
    [InlineData("doubles.Any(x => x == n)")]
    [InlineData("orders.Any(x => x == order)")]
    [InlineData("list.AsQueryable().Any(x => x == name)")]
    [InlineData("text.Any(x => char.IsDigit(x))")]
    [InlineData("text.Any(x => x == 'x' || x == 'y')")]
    [InlineData("text.Any(x => x == n)")]
    [InlineData("orders.AsQueryable().Any(o => list.Any(x => x == o.Name))")]
    // HOT0801 says it.
    [InlineData("orders.Count(o => list.Any(x => x == o.Name)) > 3")]
    public Task Is_silent(string expression) => Reports(Class(expression, "int next; string Next() => next++.ToString();"));

    [Theory]
    [InlineData("list != null && [|list.Any(x => x == name.Trim())|]")]
    [InlineData("[|list.Any(x => /* a */ x == name)|]")]
    public Task No_fix(string expression) => HasNoFix(Class(expression));

    [Fact]
    public Task Oblivious_null_lists_fail_as_they_did() => HasNoFix(Class("[|list.Any(x => x == name)|] || [|array.Any(x => x == name)|]"), Target.Net100.Oblivious);

    [Fact]
    public Task In_every_placement() => FixesEverywhere("Console.WriteLine([|known.Any(k => k == word)|]);", "Console.WriteLine(known.Contains(word));", "static List<string> known = new(); static string word = \"\";");

    [Theory]
    [InlineData("list.Any(x => x == value)")]
    [InlineData("list.All(x => x != value)")]
    [InlineData("list.ToArray() is var array && array.Any(x => x == value)")]
    [InlineData("list.Exists(x => string.Equals(x, value))")]
    public Task Programs_do_what_they_did(string expression) => FixesAndRuns($$"""
        public static class Program
        {
            public static bool Run(List<string?> list, string? value) => {{expression}};
        }
        """, [new[] { "a", "b" }, "b"], [new[] { "a", null }, null], [Array.Empty<string>(), "a"], [new[] { "A" }, "a"]);
}
