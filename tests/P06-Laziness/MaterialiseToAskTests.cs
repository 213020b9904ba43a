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
    [InlineData("Use(orders.Where(o => o.Id > n).ToList()[1]);")]
    [InlineData("Use(orders.Where(o => o.Id > n).ToList()[n]);")]
    [InlineData("orders.Select(o => o.Id).ToArray()[0] = 3;")]
    [InlineData("Use(new[] { 1, 2, 3 }.Where(x => x > n).ToList().Count);")]
    [InlineData("Use(orders.Where(o => o.Id > n).Count());")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Theory]
    [InlineData("var list = [|orders.Where(o => o.Id > n).ToList()|]; Use(list.Count);")]
    [InlineData("var list = [|orders.Where(o => o.Id > n).ToArray()|]; if (list.Length > 0) Use(n);")]
    [InlineData("List<Order> list = [|orders.Where(o => o.Id > n).ToList()|]; if (!list.Any()) Use(n);")]
    [InlineData("IEnumerable<int> ids = [|orders.Select(o => o.Id).ToList()|]; Use(ids.Count());")]
    [InlineData("var list = [|sequence.ToList()|]; Use(list.First());")]
    [InlineData("var list = [|sequence.ToList()|]; Console.WriteLine(\"Found:\"); Console.WriteLine($\"{n}: {list.Count}\");")]
    [InlineData("var list = [|orders.OrderBy(o => o.Id).ToList()|]; Use(list[0].Name);")]
    [InlineData("var list = [|orders.Where(o => o.Id > n).ToList()|]; var total = n * 2; if (n > 3) { Use(list.Count + total); }")]
    [InlineData("var list = [|orders.Where(o => o.Id > n).ToList()|]; if (list.Count == 0) orders.Clear();")]
    [InlineData("var list = [|orders.Where(o => o.Id > n).ToList()|]; Use(list.Count); orders.Clear();")]
    [InlineData("foreach (var name in names) { var list = [|orders.Where(o => o.Name == name).ToList()|]; Use(list.Count); }")]
    [InlineData("var list = [|Made().ToList()|]; Use(list.Count); IEnumerable<int> Made() { yield return n; }")]
    public Task Reports_copies_in_a_local_for_one_question(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_the_copy_in_a_local() => ReportsWarning(Class("var list = [|sequence.ToList()|]; Use(list.Count);"),
        "'sequence.ToList()' copies all elements of 'sequence' to count them; Count() answers without the copy");

    [Theory]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); Use(list.Count); Use(list);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); if (list.Count > 0) Use(list[0]);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); foreach (var o in list) Use(o);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); orders.Clear(); Use(list.Count);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); n = 3; Use(list.Count);")]
    [InlineData("var list = sequence.ToList(); Seen(orders[0]); Use(list.Count);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); orders.ForEach(o => o.Id = 0); Use(list.Count);")]
    [InlineData("var list = sequence.ToList(); foreach (var name in names) Use(list.Count);")]
    [InlineData("var list = sequence.ToList(); Func<int> later = () => list.Count; Use(later);")]
    [InlineData("var list = orders.ToList(); Use(list.Count);")]
    [InlineData("var list = provider.Where(x => x > 3).ToList(); Use(list.Count);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); list = null!; Use(n);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); list.Add(orders[0]); Use(list.Count);")]
    [InlineData("var list = orders.Where(o => o.Id > n).ToList(); lock (orders) { Use(list.Count); }")]
    [InlineData("using var reader = new StringReader(\"\"); var list = sequence.ToList(); reader.Dispose(); Use(list.Count);")]
    public Task Is_silent_about_locals(string statements) => Reports(Class(statements), severity: null);

    [Fact]
    public Task Is_silent_where_somebody_else_may_run_meanwhile() => Reports(
        "class C { async Task<int> M(List<int> items) { var some = items.Where(x => x > 3).ToList(); await Task.Delay(3); return some.Count; } }");

    [Fact]
    public Task Tests_name_what_they_got() => Reports(
        "class FactAttribute : Attribute; class C { [Fact] public void M(IEnumerable<int> items) { var some = items.Where(x => x > 3).ToList(); if (some.Count != 2) throw new Exception(); Console.WriteLine(some.Count); } [Fact] public void N(IEnumerable<int> items) { var some = items.ToList(); Console.WriteLine(some.Count); } }");

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
    [InlineData("var paid = [|orders.Where(o => o.Id > n).ToList()|];\n        Use(paid.Count);", "Use(orders.Count(o => o.Id > n));")]
    [InlineData("Use(n);\n\n        List<Order> paid = [|orders.Where(o => o.Id > n).ToList()|];\n        if (paid.Count > 0)\n            Use(n);", "Use(n);\n\n        if (orders.Any(o => o.Id > n))\n            Use(n);")]
    [InlineData("var paid = [|orders.Where(o => o.Id > n).ToList()|];\n        if (paid.Count == 0)\n            return;", "if (!orders.Any(o => o.Id > n))\n            return;")]
    [InlineData("// All of them.\n        var paid = [|orders.Where(o => o.Id > n).ToList()|];\n\n        Use(paid.FirstOrDefault());", "// All of them.\n        Use(orders.FirstOrDefault(o => o.Id > n));")]
    [InlineData("var paid = [|orders.Where(o => Seen(o)).ToList()|];\n        Use(paid.Count);", "Use(orders.Count(o => Seen(o)));")]
    [InlineData("var paid = [|orders\n            .Where(o => o.Id > n)\n            .ToList()|];\n        Use(paid.Count);", "var paid = orders\n            .Where(o => o.Id > n);\n        Use(paid.Count());")]
    [InlineData("List<Order> paid = [|orders.Where(o => o.Id > n).ToList()|]; // paid\n        Use(paid.Any());", "var paid = orders.Where(o => o.Id > n); // paid\n        Use(paid.Any());")]
    [InlineData("var paid = [|orders.Where(o => o.Id > n).ToList()|];\n        Console.WriteLine(n);\n        if (n > 3 && paid.Count > 0)\n            Use(n);", "Console.WriteLine(n);\n        if (n > 3 && orders.Any(o => o.Id > n))\n            Use(n);")]
    [InlineData("var ids = [|orders.Select(o => o.Id).ToList()|];\n        Use(ids.First(id => id > 3));", "Use(orders.Select(o => o.Id).First(id => id > 3));")]
    public Task Asks_the_sequence_instead_of_a_local(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("var seen = [|orders.Where(o => Seen(o)).ToList()|]; Use(n); if (n > 3) Use(seen.Count);")]
    [InlineData("var seen = [|orders.Where(o => Seen(o)).ToList()|]; Use(calls + seen.Count);")]
    [InlineData("var parsed = [|names.Select(int.Parse).ToList()|]; Use(parsed.First());")]
    [InlineData("var all = [|sequence.ToList()|]; Console.WriteLine(n); Use(all.Count);")]
    [InlineData("var first = [|orders.Where(o => o.Id > n).ToArray()|]; Use(first[0]);")]
    public Task Has_no_fix_for_a_local(string statements) => HasNoFix(Class(statements));

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
    [InlineData("var some = items.Where(x => x > 1).ToList(); return some.Count;")]
    [InlineData("var some = items.Where(x => Trace.Log(x, x) > 1).ToList(); return some.Count;")]
    [InlineData("var some = items.Where(x => 6 / x > 1).ToList(); return some.Count + 1;")]
    [InlineData("var n = 1; var some = items.Where(x => x > n++).ToList(); return n + some.Count;")]
    [InlineData("var some = items.Where(x => x > 1).ToList(); var n = items.Count; if (n > 2 && some.Any()) return \"some\"; return \"none\";", false)]
    [InlineData("var some = items.Where(x => 6 / x > 1).ToList(); var n = items.Count; if (n > 2 && some.Any()) return \"some\"; return \"none\";", false)]
    [InlineData("var some = items.Where(x => x > 1).ToList(); items.Add(5); return some.Count;")]
    [InlineData("var some = items.Where(x => x > 1).ToList(); void Grow() => items.Add(5); Grow(); return some.Count;")]
    [InlineData("var alias = items; var some = items.Where(x => x > 1).ToList(); alias?.Add(5); return some.Count;")]
    [InlineData("var some = items.OrderBy(x => -x).ToList(); try { return some[0]; } catch (ArgumentException) { return -1; }", false)]
    [InlineData("var some = Noisy(items).ToList(); Trace.Log(\"between\"); return some.Count;")]
    [InlineData("var limit = 1; var some = items.Where(x => x > limit).ToList(); limit = 3; return some.Count == 0;")]
    public Task Does_the_same_with_a_local(string body, bool alsoNull = true) => FixesAndRuns($$"""
        class C
        {
            static object Run(List<int> items) { {{body}} }
            static IEnumerable<int> Noisy(List<int> items) { foreach (var x in items) yield return Trace.Log("noise", x); }
        }
        """, [[new List<int>()], [new List<int> { 3 }], [new List<int> { 3, 1, 2, 2, 6 }], [new List<int> { 5, 0 }], [alsoNull ? null : new List<int> { 2 }]], expectFix: null);

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
