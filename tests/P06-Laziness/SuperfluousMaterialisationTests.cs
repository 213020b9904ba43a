namespace HotPath.Tests;

public sealed class SuperfluousMaterialisationTests : RuleTests<SuperfluousMaterialisationAnalyzer, SuperfluousMaterialisationFix>
{
    private static string Class(string statements) => $$"""
        class Order
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public Basket? Basket { get; set; }
            public void Leave() => Basket?.Orders.Remove(this);
            public void Rename() => Name = Name.Trim();
            public void Print() => Console.WriteLine(Name);
        }

        class Basket
        {
            public List<Order> Orders { get; } = new();
        }

        class C
        {
            private readonly List<Order> kept = new();
            private event Action? Changed;
            private int total;

            void M(List<Order> orders, Order[] array, int[] numbers, string[] names, IEnumerable<Order> sequence, IQueryable<Order> provider, Dictionary<int, Order> table, Basket basket, Action<Order> action, System.Collections.Concurrent.ConcurrentDictionary<int, int> shared, int n)
            {
                {{statements}}
            }

            void Drop(Order order) => kept.Remove(order);
            void DropLater(Order order) => Drop(order);
            void Count(Order order) => total += order.Id;
            void Notify() => Changed?.Invoke();
            public virtual void Hook(Order order) { }
            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("foreach (var o in [|orders.ToList()|]) Console.WriteLine(o.Name);")]
    [InlineData("foreach (var o in [|orders.Where(o => o.Id > 3).ToList()|]) n += o.Id;")]
    [InlineData("foreach (var o in [|array.ToList()|]) Count(o);")]
    [InlineData("foreach (var o in [|kept.ToArray()|]) Count(o);")]
    [InlineData("foreach (var o in [|orders.Where(o => o.Id > n).ToArray()|]) o.Print();")]
    [InlineData("foreach (var file in [|Directory.GetFiles(\"a\").ToList()|]) File.Delete(file);")]
    [InlineData("foreach (var name in [|(from o in orders where o.Id > n select o.Name).ToList()|]) Console.WriteLine(name);")]
    [InlineData("foreach (var pair in [|table.ToList()|]) n += pair.Key;")]
    [InlineData("foreach (var key in [|table.Keys.ToList()|]) n += key;")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList()|].Sum(o => o.Id));")]
    [InlineData("Use([|orders.Select(o => o.Id).ToList()|].Max());")]
    [InlineData("Use(string.Join(\", \", [|orders.Select(o => o.Name).ToList()|]));")]
    [InlineData("Use(string.Join(\", \", [|names.Where(x => x != \"\").ToArray()|]));")]
    [InlineData("Use(string.Join(\", \", [|sequence.Select(o => o.Name).ToList()|]));")]
    [InlineData("Use([|orders.ToList()|].ToDictionary(o => o.Id));")]
    [InlineData("foreach (var name in [|orders.Where(o => o.Id > n).ToList()|].Select(o => o.Name)) Console.WriteLine(name);")]
    [InlineData("Use([|orders.OrderBy(o => o.Id).ToList()|].Take(3).ToList());")]
    [InlineData("var big = [|orders.Where(o => o.Id > n).ToList()|]; foreach (var o in big) Console.WriteLine(o.Name);")]
    [InlineData("var big = [|orders.Where(o => o.Id > n).ToList()|]; Use(n); Use(big.Sum(o => o.Id));")]
    public Task Reports_copies_for_one_walk(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_speaks_of_memory() => ReportsInfo(Class("foreach (var o in [|orders.ToList()|]) n += o.Id;"),
        "'orders.ToList()' keeps all elements of 'orders' in memory for one loop, which can take them one by one");

    [Theory]
    [InlineData("foreach (var o in orders.ToList()) orders.Remove(o);")]
    [InlineData("foreach (var o in orders.Where(o => o.Id > n).ToList()) orders.Remove(o);")]
    [InlineData("foreach (var o in kept.ToList()) Drop(o);")]
    [InlineData("foreach (var o in kept.ToList()) DropLater(o);")]
    [InlineData("foreach (var o in kept.ToList()) Hook(o);")]
    [InlineData("foreach (var o in kept.ToList()) { Notify(); Use(o); }")]
    [InlineData("foreach (var o in kept.ToList()) action(o);")]
    [InlineData("foreach (var o in basket.Orders.ToList()) o.Leave();")]
    [InlineData("foreach (var o in orders.ToList()) o.Leave();")]
    [InlineData("foreach (var o in orders.Where(o => o.Name != \"\").ToList()) o.Name = \"\";")]
    [InlineData("foreach (var o in orders.Where(o => o.Id > n).ToList()) n += o.Id;")]
    [InlineData("foreach (var o in orders.Where(o => o.Name != \"\").ToList()) o.Rename();")]
    [InlineData("foreach (var o in orders.Where(o => o.Id > n).ToList()) n++;")]
    [InlineData("foreach (var o in array.ToList()) array[0] = o;")]
    [InlineData("foreach (var key in table.Keys.ToList()) table.Remove(key);")]
    [InlineData("foreach (var pair in table.ToList()) table[pair.Key + 1] = pair.Value;")]
    [InlineData("foreach (var pair in shared.ToList()) Use(pair.Key);")]
    [InlineData("foreach (var o in provider.Where(o => o.Id > n).ToList()) Use(o.Id);")]
    [InlineData("Use(provider.ToList().Sum(o => o.Id));")]
    [InlineData("foreach (var o in sequence.ToList()) Console.WriteLine(o.Id);")]
    [InlineData("orders.AddRange(orders.Where(o => o.Id > n).ToList());")]
    [InlineData("Use(new HashSet<Order>(orders.Where(o => o.Id > n).ToList()));")]
    [InlineData("var big = orders.Where(o => o.Id > n).ToList(); Use(big.Count); foreach (var o in big) Use(o.Id);")]
    [InlineData("var big = orders.Where(o => o.Id > n).ToList(); orders.Clear(); foreach (var o in big) Use(o.Id);")]
    [InlineData("var big = orders.Where(o => o.Id > n).ToList(); for (var i = 0; i < n; i++) foreach (var o in big) Use(o.Id);")]
    [InlineData("Use(orders.Where(o => o.Id > n).ToList().Select(o => o.Name));")]
    [InlineData("Use(orders.Where(o => o.Id > n).ToList().Count);")]
    [InlineData("foreach (var x in new[] { 1, 2, 3 }.ToList()) Use(x);")]
    [InlineData("foreach (var o in orders.Where(o => { Count(o); return true; }).ToList()) Use(o.Id);")]
    [InlineData("Action later = () => orders.Clear(); foreach (var o in orders.ToList()) later();")]
    [InlineData("List<Order> other = orders; foreach (var o in orders.ToList()) other.Remove(o);")]
    [InlineData("void Local(Order o) => orders.Remove(o); foreach (var o in orders.ToList()) Local(o);")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task Is_silent_where_others_run() => Reports("""
        class C
        {
            async Task A(List<int> list) { foreach (var x in list.ToList()) await Task.Delay(x); }
            IEnumerable<int> B(List<int> list) { foreach (var x in list.ToList()) yield return x; }
            void D(List<System.Xml.Linq.XElement> list) { foreach (var x in list.ToList()) x.Remove(); }
            void E(System.Xml.Linq.XElement node) { foreach (var x in node.Elements().ToList()) x.Remove(); }
            void F(List<int> list) { foreach (var x in list.ToList()) lock (list) Console.WriteLine(x); }
        }
        """);

    [Fact]
    public Task In_every_placement() => FixesEverywhere(
        "foreach (var line in [|File.ReadAllLines(\"a\").Where(line => line.Length > 3).ToList()|])\n    Console.WriteLine(line);",
        "foreach (var line in File.ReadAllLines(\"a\").Where(line => line.Length > 3))\n    Console.WriteLine(line);");

    [Theory]
    [InlineData("foreach (var o in [|orders.ToList()|]) Console.WriteLine(o.Name);", "foreach (var o in orders) Console.WriteLine(o.Name);")]
    [InlineData("foreach (var o in [|orders.Where(o => o.Id > n).ToList()|]) Count(o);", "foreach (var o in orders.Where(o => o.Id > n)) Count(o);")]
    [InlineData("foreach (var name in [|(from o in orders where o.Id > n select o.Name).ToList()|]) Console.WriteLine(name);", "foreach (var name in from o in orders where o.Id > n select o.Name) Console.WriteLine(name);")]
    [InlineData("Use([|orders.Where(o => o.Id > n).ToList()|].Sum(o => o.Id));", "Use(orders.Where(o => o.Id > n).Sum(o => o.Id));")]
    [InlineData("Use(string.Join(\", \", [|orders.Select(o => o.Name).ToList()|]));", "Use(string.Join(\", \", orders.Select(o => o.Name)));")]
    [InlineData("Use(string.Join(\", \", [|sequence.Select(o => o.Name).ToArray()|]));", "Use(string.Join(\", \", sequence.Select(o => o.Name)));")]
    [InlineData("Use([|orders.Select(o => int.Parse(o.Name)).ToList()|].Max());", "Use(orders.Select(o => int.Parse(o.Name)).Max());")]
    [InlineData("List<Order> big = [|orders.Where(o => o.Id > n).ToList()|];\n        foreach (var o in big) Console.WriteLine(o.Name);", "var big = orders.Where(o => o.Id > n);\n        foreach (var o in big) Console.WriteLine(o.Name);")]
    [InlineData("foreach (var o in [|orders\n            .Where(o => o.Id > n) // the big ones\n            .ToList()|]) Count(o);", "foreach (var o in orders\n            .Where(o => o.Id > n)) Count(o);", true)]
    public Task Walks_through_the_sequence(string before, string after, bool losesComment = false) => losesComment ? HasNoFix(Class(before)) : Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("foreach (var x in [|orders.Select(o => int.Parse(o.Name)).ToList()|]) Console.WriteLine(x);")]
    [InlineData("foreach (var x in [|numbers.Select(x => 10 / x).ToList()|]) n += x;")]
    [InlineData("foreach (var o in orders.ToList().Skip(n)) Console.WriteLine(o.Id); foreach (var o in [|orders.ToArray()|].Reverse()) Console.WriteLine(o.Id);")]
    public Task Reported_without_a_fix(string statements) => HasNoFix(Class(statements.Replace("foreach (var o in orders.ToList().Skip(n)) Console.WriteLine(o.Id); ", "")));

    [Fact]
    public Task Null_unknown_to_oblivious_code_keeps_its_exception() => HasNoFix("class C { int M(System.Collections.Generic.List<int> list) { var n = 0; foreach (var x in [|list.ToList()|]) n += x; return n; } }", target: Target.Net100.Oblivious);

    [Fact]
    public Task Older_frameworks() => Fixes(
        "using System.Linq;\nclass C { string M(System.Collections.Generic.List<int> list) => string.Join(\", \", [|list.Where(x => x > 3).Select(x => x + \"!\").ToArray()|]); }",
        "using System.Linq;\nclass C { string M(System.Collections.Generic.List<int> list) => string.Join(\", \", list.Where(x => x > 3).Select(x => x + \"!\")); }", target: Target.Net472.Oblivious.CSharp(7));

    [Fact]
    public Task Runs_the_same() => FixesAndRuns("""
        public static class Program
        {
            public static string Run(string?[] input, int n)
            {
                var log = new StringBuilder();
                var list = input.ToList();
                foreach (var text in list.ToList())
                    log.Append(text).Append(';');
                foreach (var text in list.Where(x => x != null).ToArray())
                    log.Append(text).Append(n++);
                foreach (var text in list.Where(x => x != "b").ToList())
                    list.Remove(text);
                foreach (var text in input.OrderBy(x => x).ToList().Select(x => x + "!"))
                    log.Append(text);
                log.Append(string.Join("|", input.Select(x => x + n).ToList()));
                log.Append(list.Select(x => n).ToList().Sum());
                var kept = input.Where(x => x is { Length: > 0 }).ToList();
                foreach (var text in kept)
                    log.Append(text);
                try
                {
                    log.Append(input.Select(x => x!.Length).ToList().Max());
                }
                catch (Exception e)
                {
                    log.Append(e.GetType().Name);
                }

                return log.ToString();
            }
        }
        """, [new[] { "a", "b", "c" }, 3], [Array.Empty<string>(), 0], [new[] { null, "b", "b" }, 1]);
}
