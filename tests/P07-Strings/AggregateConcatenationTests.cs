namespace HotPath.Tests;

public sealed class AggregateConcatenationTests : RuleTests<AggregateConcatenationAnalyzer, AggregateConcatenationFix>
{
    private static string Class(string statements) => $$"""
        class Order
        {
            public string Name { get; set; } = "";
            public int Id { get; set; }
        }

        class C
        {
            void M(List<string> names, string[] array, IEnumerable<string> lines, List<Order> orders, List<int> ids, string text, IQueryable<string> query, StringBuilder builder)
            {
                {{statements}}
            }

            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("Use([|names.Aggregate((a, b) => a + \", \" + b)|]);")]
    [InlineData("Use([|array.Aggregate((a, b) => a + b)|]);")]
    [InlineData("Use([|lines.Aggregate(\"\", (a, b) => a + b + \"\\n\")|]);")]
    [InlineData("Use([|orders.Aggregate(\"\", (s, o) => s + o.Name)|]);")]
    [InlineData("Use([|orders.Aggregate(\"\", (s, o) => s + o.Id + \";\")|]);")]
    [InlineData("Use([|orders.Aggregate(string.Empty, (s, o) => s + \",\" + o.Id)|]);")]
    [InlineData("Use([|names.Aggregate((a, b) => $\"{a}, {b}\")|]);")]
    [InlineData("Use([|names.Aggregate((a, b) => string.Concat(a, b))|]);")]
    [InlineData("Use([|names.Aggregate((a, b) => string.Format(\"{0}{1}\", a, b))|]);")]
    [InlineData("Use([|names.Aggregate((a, b) => b + a)|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a == \"\" ? b : a + \",\" + b)|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a + (a.Length > 0 ? \",\" : \"\") + b)|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a + b + \",\", s => s.TrimEnd(','))|]);")]
    [InlineData("Use([|names.Where(n => n != \"\").Select(n => n.Trim()).Aggregate((a, b) => a + b)|]);")]
    [InlineData("Use([|ids.Select(i => i.ToString()).Aggregate((a, b) => a + \"-\" + b)|]);")]
    [InlineData("Use([|ids.Aggregate(\"ids:\", (a, i) => a + \" \" + i)|]);")]
    [InlineData("Use([|names.Aggregate((a, b) => { return a + b; })|]);")]
    public Task Reports_folds_that_concatenate(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_the_sequence() => ReportsWarning(Class("Use([|names.Aggregate((a, b) => a + b)|]);"),
        "This Aggregate copies the whole text for each element of 'names': O(n²) characters; string.Join and string.Concat copy each once");

    [Theory]
    [InlineData("Use(ids.Aggregate((a, b) => a + b));")]
    [InlineData("Use(names.Aggregate(0, (sum, n) => sum + n.Length));")]
    [InlineData("Use(names.Aggregate(builder, (b, n) => b.Append(n)));")]
    [InlineData("Use(names.Aggregate((a, b) => a.Length > b.Length ? a : b));")]
    [InlineData("Use(names.Aggregate((a, b) => b + \"!\"));")]
    [InlineData("Use(names.Aggregate(text, (t, n) => t.Replace(n, \"\")));")]
    [InlineData("Use(new[] { \"a\", \"b\" }.Aggregate((a, b) => a + b));")]
    [InlineData("Use(query.Aggregate((a, b) => a + b));")]
    [InlineData("Use(string.Join(\",\", names));")]
    [InlineData("Use(names.Aggregate(TimeSpan.Zero, (a, b) => a + TimeSpan.FromSeconds(b.Length)));")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => FixesEverywhere(
        "Console.WriteLine([|File.ReadAllLines(\"a\").Aggregate(\"\", (text, line) => text + line)|]);",
        "Console.WriteLine(string.Concat(File.ReadAllLines(\"a\")));");

    [Theory]
    [InlineData("[|lines.Aggregate(\"\", (a, b) => a + b)|]", "string.Concat(lines)")]
    [InlineData("[|lines.Aggregate(\"\", (a, b) => a + \",\" + b)|]", "string.Concat(lines.Select(b => \",\" + b))")]
    [InlineData("[|lines.Aggregate(\"\", (a, b) => $\"{a}{b}\")|]", "string.Concat(lines)")]
    [InlineData("[|lines.Aggregate(\"\", (a, b) => $\"{a}, {b}\")|]", "string.Concat(lines.Select(b => $\", {b}\"))")]
    [InlineData("[|lines.Aggregate(\"\", (a, b) => $\"{a}{b,5}\")|]", "string.Concat(lines.Select(b => $\"{b,5}\"))")]
    [InlineData("[|lines.Aggregate(\">\", (a, b) => a + b)|]", "\">\" + string.Concat(lines)")]
    [InlineData("[|orders.Aggregate(\"\", (s, o) => s + o.Name)|]", "string.Concat(orders.Select(o => o.Name))")]
    [InlineData("[|orders.Aggregate(\"\", (s, o) => s + o.Id + \";\")|]", "string.Concat(orders.Select(o => o.Id + \";\"))")]
    [InlineData("[|ids.Aggregate(\"\", (s, i) => s + i)|]", "string.Concat(ids)")]
    [InlineData("[|ids.Aggregate(\"\", (s, i) => s + (i + 1))|]", "string.Concat(ids.Select(i => i + 1))")]
    [InlineData("[|array.Aggregate((a, b) => a + \", \" + b)|]", "array.Length > 0 ? string.Join(\", \", array) : array.First()")]
    [InlineData("[|names.Aggregate((a, b) => a + ',' + b)|]", "names.Count > 0 ? string.Join(\",\", names) : names.First()")]
    public Task Joins_in_one_go(string before, string after) => Fixes(Class("string joined = " + before + ";"), Class("string joined = " + after + ";"));

    [Theory]
    [InlineData("[|lines.Aggregate((a, b) => a + \", \" + b)|]", "string.Join(\", \", lines)")]
    [InlineData("[|lines.Aggregate((a, b) => $\"{a}-{b}\")|]", "string.Join(\"-\", lines)")]
    [InlineData("[|lines.Aggregate((a, b) => a + b)|]", "string.Concat(lines)")]
    public Task Says_that_nothing_gives_an_empty_text(string before, string after) => Fixes(Class("Use(" + before + ");"), Class("Use(" + after + ");"), changes: true);

    [Theory]
    [InlineData("Use([|names.Aggregate((a, b) => b + a)|]);")]
    [InlineData("Use([|names.Aggregate(text, (a, b) => a + b)|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a == \"\" ? b : a + \",\" + b)|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a + b.PadLeft(a.Length))|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a + b + \",\", s => s.TrimEnd(','))|]);")]
    [InlineData("Use([|orders.Aggregate(\"\", (s, o) => s + o.Id + o.Id)|]);")]
    [InlineData("Use([|names.Aggregate(\"\", (a, b) => a /* first */ + b)|]);")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("items.Aggregate(\"\", (a, b) => a + b)")]
    [InlineData("items.Aggregate(\"\", (a, b) => a + \",\" + b)")]
    [InlineData("items.Aggregate(\"x\", (a, b) => a + Trace.Log(b, b) + \";\")")]
    [InlineData("\"<\" + items.Aggregate(\"x\", (a, b) => a + b) + \">\"")]
    [InlineData("items.Aggregate(\"\", (a, b) => a + b!.Length)")]
    [InlineData("items.Aggregate(\"\", (a, b) => $\"{a}|{b,4}\")")]
    [InlineData("items.Select(i => i == null ? 'x' : i[0]).Aggregate(\"\", (a, c) => a + c)")]
    [InlineData("items.Select(i => i?.Length).Aggregate(\"\", (a, n) => a + n + \"/\")")]
    [InlineData("items.Select(i => i?.ToCharArray()).Aggregate(\"\", (a, cs) => a + cs)")]
    [InlineData("items.Select(i => 1.5).Aggregate(\"\", (a, d) => a + d)")]
    [InlineData("items.Select(i => (object?)i).Aggregate(\"\", (a, o) => a + o)")]
    public Task Does_the_same(string expression) => FixesAndRuns("class C { static string Run(List<string> items) { return " + expression + "; } }",
        [[new List<string>()], [new List<string> { "a" }], [new List<string> { "a", "", "bc", "I" }], [new List<string> { null!, "b" }], [new List<string> { null! }], [null]], expectFix: null);

    [Theory]
    [InlineData("items.Aggregate((a, b) => a + \", \" + b)")]
    [InlineData("items.Aggregate((a, b) => a + b) + \"!\"")]
    public Task Fails_on_nothing_as_before(string expression) => FixesAndRuns("class C { static string Run(List<string> items) { return " + expression + "; } }",
        [new List<string>()], [new List<string> { "a" }], [new List<string> { "a", "", "bc" }]);
}
