namespace HotPath.Tests;

public sealed class MaterialiseToAskTests : RuleTests<MaterialiseToAskAnalyzer, MaterialiseToAskFix>
{
    private static string Class(string statements) => $$"""
        class Order
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class C
        {
            private int calls;

            void M(List<Order> orders, string[] names, IEnumerable<int> sequence, IQueryable<int> provider, int n)
            {
                {{statements}}
            }

            bool Seen(Order order) => ++calls > order.Id;
            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList().Count|]);")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToArray().Length|]);")]
    [InlineData("if ([|orders.Where(o => o.Id > n).ToList().Count > 0|]) Use(n);")]
    [InlineData("if ([|0 < orders.Where(o => o.Id > n).ToList().Count|]) Use(n);")]
    [InlineData("if ([|orders.Where(o => o.Id > n).ToList().Count == 0|]) Use(n);")]
    [InlineData("if ([|orders.Where(o => o.Id > n).ToArray().Length != 0|]) Use(n);")]
    [InlineData("if ([|orders.Where(o => o.Id > n).ToList().Any()|]) Use(n);")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList()[0]|]);")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToArray()[0]|]);")]
    [InlineData("Use([|orders.OrderBy(o => o.Id).ToList()[0]|]);")]
    [InlineData("Use([|orders.OrderBy(o => o.Id).ToList().First()|]);")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList().FirstOrDefault()|]);")]
    [InlineData("Use([|orders.Select(o => o.Name).ToList().First(name => name != \"\")|]);")]
    [InlineData("Use([|sequence.ToList().Count()|]);")]
    [InlineData("Use([|sequence.ToList().Count|]);")]
    [InlineData("Use([|(from o in orders where o.Id > n select o.Id).ToList().Count|]);")]
    public Task Reports_copies_for_one_question(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_copy_and_question() => ReportsWarning(Class("if ([|sequence.ToList().Count > 0|]) Use(n);"),
        "'sequence.ToList().Count > 0' copies all elements of 'sequence' to ask whether there is one; Any() answers without the copy");

    [Theory]
    [InlineData("Use(orders.ToList().Count);")]
    [InlineData("Use(names.ToArray().Length);")]
    [InlineData("Use(provider.Where(x => x > 3).ToList().Count);")]
    [InlineData("Use(provider.AsEnumerable().ToList().Count);")]
    [InlineData("Use(orders.Where(o => o.Id > n).ToList());")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); Use(list.Count);")]
    [InlineData("Use(orders.Where(o => o.Id > n).ToList()[1]);")]
    [InlineData("Use(orders.Where(o => o.Id > n).ToList()[n]);")]
    [InlineData("orders.Select(o => o.Id).ToArray()[0] = 3;")]
    [InlineData("Use(new[] { 1, 2, 3 }.Where(x => x > n).ToList().Count);")]
    [InlineData("Use(orders.Where(o => o.Id > n).Count());")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => FixesEverywhere(
        "Console.WriteLine([|File.ReadAllLines(\"a\").Where(line => line.Length > 3).ToList().Count > 0|]);",
        "Console.WriteLine(File.ReadAllLines(\"a\").Any(line => line.Length > 3));");

    [Theory]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList().Count|]);", "Use(orders.Count(o => o.Id > n));")]
    [InlineData("Use([|orders.Where(o => Seen(o)).ToList().Count|]);", "Use(orders.Count(o => Seen(o)));")]
    [InlineData("if ([|orders.Where(o => o.Id > n).ToArray().Length > 0|]) Use(n);", "if (orders.Any(o => o.Id > n)) Use(n);")]
    [InlineData("if ([|orders.Where(o => o.Id > n).ToList().Count == 0|]) Use(n);", "if (!orders.Any(o => o.Id > n)) Use(n);")]
    [InlineData("if ([|orders.Select(o => o.Id).ToList().Any()|]) Use(n);", "if (orders.Select(o => o.Id).Any()) Use(n);")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList()[0]|].Name);", "Use(orders.Where(o => o.Id > n).ElementAt(0).Name);")]
    [InlineData("Use([|orders.OrderBy(o => o.Id).ToList()[0]|]);", "Use(orders.OrderBy(o => o.Id).ElementAt(0));")]
    [InlineData("Use([|orders.OrderBy(o => o.Id).ToList().First()|]);", "Use(orders.OrderBy(o => o.Id).First());")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList().FirstOrDefault()|]);", "Use(orders.FirstOrDefault(o => o.Id > n));")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToArray().First(o => o.Name != \"\")|]);", "Use(orders.Where(o => o.Id > n).First(o => o.Name != \"\"));")]
    [InlineData("Use([|orders.Where((o, i) => o.Id > i).ToList().Count > 0|]);", "Use(orders.Where((o, i) => o.Id > i).Any());")]
    public Task Asks_the_sequence(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    // Fewer lambdas would run.
    [InlineData("Use([|orders.Where(o => Seen(o)).ToList().Count > 0|]);")]
    [InlineData("Use([|orders.Select(o => Seen(o)).ToList().Count|]);")]
    [InlineData("Use([|names.Select(int.Parse).ToList().First()|]);")]
    [InlineData("Use([|orders.Where(o => 10 / o.Id > 1).ToList().First()|]);")]
    [InlineData("Use([|sequence.ToList().First()|]);")]
    [InlineData("Use([|sequence.ToList().Count > 0|]);")]
    // Another exception where there is none.
    [InlineData("Use([|orders.Where(o => o.Id > n).ToArray()[0]|]);")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("items.Where(x => x > 1).ToList().Count")]
    [InlineData("items.Where(x => Trace.Log(x, x) > 1).ToList().Count")]
    [InlineData("items.Where(x => Trace.Log(x, x) > 1).ToList().Count > 0")]
    [InlineData("items.Where(x => 6 / x > 1).ToList().Count")]
    [InlineData("items.Where(x => 6 / x > 1).ToList().Any()")]
    [InlineData("items.Select(x => Trace.Log(x, x)).ToList().Count")]
    [InlineData("items.Where(x => x > 1).ToList()[0]")]
    [InlineData("items.Where(x => x > 1).ToArray()[0]")]
    [InlineData("items.OrderBy(x => -x).ToList()[0]")]
    [InlineData("items.OrderBy(x => x % 3).ToList().First()")]
    [InlineData("items.Where(x => x > 2).ToList().FirstOrDefault()")]
    [InlineData("items.Where(x => x > 2).ToList().Single()")]
    [InlineData("items.Where(x => x > 2).ToList().Count == 0 ? -1 : items.Where(x => x > 2).ToArray().First()")]
    [InlineData("items.Where(x => x > 2).Select(x => 6 / x).ToList().Count()")]
    [InlineData("Noisy(items).ToList().First()")]
    [InlineData("Noisy(items).Where(x => x > 1).ToList().Count")]
    public Task Does_the_same(string expression) => FixesAndRuns($$"""
        class C
        {
            static object Run(List<int> items) => {{expression}};
            static IEnumerable<int> Noisy(List<int> items) { foreach (var x in items) yield return Trace.Log("noise", x); }
        }
        """, [[new List<int>()], [new List<int> { 3 }], [new List<int> { 3, 1, 2, 2, 6 }], [new List<int> { 5, 0 }], [null]], expectFix: null);
}
