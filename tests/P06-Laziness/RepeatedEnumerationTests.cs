namespace HotPath.Tests;

public sealed class RepeatedEnumerationTests : RuleTests<RepeatedEnumerationAnalyzer, RepeatedEnumerationFix>
{
    private static string Class(string statements) => $$"""
        class Order
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public bool Paid { get; set; }
        }

        class C
        {
            private readonly List<Order> all = Load();
        private static List<Order> Load() => new();
            private IEnumerable<Order> PaidOrders => all.Where(o => o.Paid);
            private IEnumerable<string> Names { get { return all.Select(o => o.Name); } }

            void M(List<Order> orders, List<string> names, int[] ids, IEnumerable<int> sequence, IQueryable<int> provider, int n)
            {
                {{statements}}
            }

            IEnumerable<int> Numbers() { for (var i = 0; i < 10; i++) yield return i; }
            static void Use(object o) { }
        }
        """;

    [Theory]
    [InlineData("var q = orders.Select(o => o.Name); foreach (var name in names) Use([|q.Contains(name)|]);")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var name in names) Use([|q.Count()|]);")]
    [InlineData("var q = orders.Where(o => o.Paid); for (var i = 0; i < [|q.Count()|]; i++) Use([|q.ElementAt(i)|]);")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var id in ids) Use([|q.Any(o => o.Id == id)|]);")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var id in ids) Use([|q.Where(o => o.Id == id).ToList()|]);")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var id in ids) foreach (var o in [|q|]) Use(o);")]
    [InlineData("var q = orders.OrderBy(o => o.Id); foreach (var id in ids) Use([|q.First()|]);")]
    [InlineData("var q = orders.Select(o => o.Id); foreach (var id in ids) Use([|q.Max()|] - id);")]
    [InlineData("var q = orders.OrderBy(o => o.Name).Select(o => o.Id); foreach (var id in ids) Use([|q.First()|] + id);")]
    [InlineData("var q = orders.Select(o => o.Name); foreach (var name in names) Use([|q.Intersect(new[] { name }).Any()|]);")]
    [InlineData("var q = orders.Select(o => o.Id); foreach (var id in ids) Use([|q.OrderBy(x => x - id).First()|]);")]
    [InlineData("var q = names.Where(x => x != \"\"); foreach (var id in ids) Use([|string.Join(\",\", q)|] + id);")]
    [InlineData("var q = from o in orders where o.Paid select o.Id; foreach (var id in ids) Use([|q.Contains(id)|]);")]
    [InlineData("var q = Numbers(); foreach (var id in ids) Use([|q.Contains(id)|]);")]
    [InlineData("IEnumerable<int> Even() { foreach (var id in ids) if (id % 2 == 0) yield return id; } var q = Even(); foreach (var id in ids) Use([|q.Contains(id)|]);")]
    [InlineData("foreach (var id in ids) Use([|PaidOrders.Any(o => o.Id == id)|]);")]
    [InlineData("foreach (var name in names) Use([|Names.Contains(name)|]);")]
    [InlineData("foreach (var name in names) foreach (var o in [|PaidOrders|]) Use(o);")]
    [InlineData("var q = orders.Select(o => o.Name); Use(names.Where(name => [|q.Contains(name)|]).ToList());")]
    [InlineData("var q = orders.Select(o => o.Name); names.RemoveAll(name => [|q.Contains(name)|]);")]
    [InlineData("IEnumerable<int> q; q = orders.Select(o => o.Id); while (n-- > 0) Use([|q.Sum()|]);")]
    [InlineData("foreach (var o in orders) { var q = orders.Where(x => x.Id == o.Id); foreach (var id in ids) Use([|q.Count()|]); }")]
    [InlineData("var q = sequence.Where(x => x > n); foreach (var id in ids) Use([|q.Contains(id)|]);")]
    public Task Reports_queries_that_run_again(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_query_and_loop() => ReportsWarning(Class("var q = orders.Select(o => o.Name); foreach (var name in names) Use([|q.Contains(name)|]);"),
        "'q.Contains(name)' runs the query 'q' again in each iteration of the loop over 'names'; run it once before the loop and keep the elements");

    [Theory]
    [InlineData("var q = orders.Where(o => o.Paid); Use(q.Count());")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var o in q) Use(o);")]
    [InlineData("var q = orders.Where(o => o.Paid).ToList(); foreach (var id in ids) Use(q.Any(o => o.Id == id));")]
    [InlineData("foreach (var id in ids) { var q = orders.Where(o => o.Id == id); Use(q.Count()); }")]
    [InlineData("var current = 0; var q = orders.Where(o => o.Id == current); foreach (var id in ids) { current = id; Use(q.Count()); }")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var id in ids) { Use(q.Count()); orders.RemoveAt(0); }")]
    [InlineData("var q = orders.Where(o => { Console.WriteLine(o); return o.Paid; }); foreach (var id in ids) Use(q.Count());")]
    [InlineData("var q = orders.Where(o => n++ > 3); foreach (var id in ids) Use(q.Count());")]
    [InlineData("var q = orders.Where(o => o.Paid); for (var i = 0; i < 4; i++) Use(q.Count());")]
    [InlineData("var q = new[] { 1, 2, 3 }.Where(x => x > n); foreach (var id in ids) Use(q.Contains(id));")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var id in ids) if (q.Any()) Use(id);")]
    [InlineData("var q = provider.Where(x => x > 3); foreach (var id in ids) Use(q.Contains(id));")]
    [InlineData("foreach (var id in ids) Use(sequence.Contains(id));")]
    [InlineData("var q = orders.Where(o => o.Paid); foreach (var id in ids) { Use(q.Count()); return; }")]
    [InlineData("var q = orders.Where(o => o.Paid); if (n > 3) q = q.Where(o => o.Id > 3); foreach (var id in ids) q = q.Where(o => o.Id != id);")]
    [InlineData("var q = Enumerable.Range(0, n); foreach (var id in ids) Use(q.Contains(id));")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => FixesEverywhere("""
        var q = File.ReadAllLines("a").Where(line => line.Length > 3);
        foreach (var name in File.ReadAllLines("b"))
            Console.WriteLine([|q.Contains(name)|]);
        """, """
        var q = File.ReadAllLines("a").Where(line => line.Length > 3);
        var qSet = new HashSet<string>(q);
        foreach (var name in File.ReadAllLines("b"))
            Console.WriteLine(qSet.Contains(name));
        """);

    private static string Run(string statements) => "class C\n{\n    int M(List<string> names, int[] ids)\n    {\n        var found = 0;\n        " + statements.Replace("\n", "\n        ") + "\n        return found;\n    }\n}\n";

    [Theory]
    [InlineData("var known = names.Select(n => n.Length);\nforeach (var id in ids)\n{\n    // Known?\n    if ([|known.Contains(id)|])\n        found++;\n}", "var known = names.Select(n => n.Length);\nvar knownSet = new HashSet<int>(known);\nforeach (var id in ids)\n{\n    // Known?\n    if (knownSet.Contains(id))\n        found++;\n}")]
    [InlineData("var known = names.Where(n => n.Length > 3);\nfor (var i = 0; i < [|known.Count()|]; i++)\n    found += [|known.ElementAt(i)|].Length;", "var known = names.Where(n => n.Length > 3);\nvar knownList = known.ToList();\nfor (var i = 0; i < knownList.Count; i++)\n    found += knownList[i].Length;")]
    [InlineData("var known = names.Where(n => n.Length > 3);\nforeach (var id in ids)\n{\n    foreach (var n in [|known|])\n        found += n.Length * id;\n}", "var known = names.Where(n => n.Length > 3);\nvar knownList = known.ToList();\nforeach (var id in ids)\n{\n    foreach (var n in knownList)\n        found += n.Length * id;\n}")]
    [InlineData("var known = names.Where(n => n.Length > 3);\nforeach (var id in ids)\n    found += [|known.Count(n => n.Length == id)|];", "var known = names.Where(n => n.Length > 3);\nvar knownList = known.ToList();\nforeach (var id in ids)\n    found += knownList.Count(n => n.Length == id);")]
    public Task Runs_once_before_the_loop(string before, string after) => Fixes(Run(before), Run(after));

    [Theory]
    // A lambda might fail where the loop would not have come.
    [InlineData("var known = names.Select(int.Parse); foreach (var id in ids) if ([|known.Contains(id)|]) found++;")]
    [InlineData("var known = names.Select(n => 10 / n.Length); foreach (var id in ids) if ([|known.Contains(id)|]) found++;")]
    [InlineData("var known = names.Select(n => n!.Length); foreach (var id in ids) if ([|known.Contains(id)|]) found++;")]
    // Changed by what the loop calls.
    [InlineData("var known = names.Where(n => n != \"\"); foreach (var id in ids) { if ([|known.Contains(\"a\")|]) found++; Change(names); }")]
    [InlineData("var known = names.Where(n => n != \"\"); foreach (var id in ids) { if ([|known.Reverse().Count()|] > 2) found++; }")]
    public Task Has_no_fix(string statements) => HasNoFix(Run(statements).Replace("class C\n{", "class C\n{\n    static Action<List<string>> Change = _ => { };", StringComparison.Ordinal));

    [Theory]
    [InlineData("var q = items.Select(x => x * 2); foreach (var x in items) if (q.Contains(x)) sum += x;")]
    [InlineData("var q = items.Where(x => x > 1); for (var i = 0; i < q.Count(); i++) sum = sum * 31 + q.ElementAt(i);")]
    [InlineData("var q = items.Where(x => Trace.Log(x, x) > 1); foreach (var x in items) if (q.Contains(x)) sum += x;")]
    [InlineData("var q = items.Where(x => 6 / x > 1); foreach (var x in items) if (q.Contains(x)) sum += x;")]
    [InlineData("var q = items.Where(x => 6 / x > 1); for (var i = 0; i < q.Count(); i++) sum = sum * 31 + q.ElementAt(i);")]
    [InlineData("var q = items.Where(x => x > 1); for (var i = 0; i < 12; i++) { sum += q.Count(); if (i % 3 == 0) items.Add(i); }")]
    [InlineData("var q = items.Where(x => x > 1); for (var i = 0; i < 12; i++) { sum += q.Count(); Grow(items); }")]
    [InlineData("var other = items; var q = items.Where(x => x > 1); for (var i = 0; i < 12; i++) { sum += q.Count(); other.Add(i); }")]
    [InlineData("var limit = 1; var q = items.Where(x => x > limit); for (var i = 0; i < 12; i++) { sum += q.Count(); limit++; }")]
    [InlineData("var boxes = items.Select(x => new Box { Value = x }).ToList(); var q = boxes.Where(b => b.Value > 1); foreach (var b in boxes) { sum = sum * 31 + q.Count(); b.Value = 0; }")]
    [InlineData("var boxes = items.Select(x => new Box { Value = x }).ToList(); var q = boxes.Where(b => b.Value > 1); foreach (var b in boxes) { sum = sum * 31 + q.Count(); Reset(b); }")]
    [InlineData("var q = items.Select(x => new object()); foreach (var x in items) if (q.Contains(q.First())) sum++;")]
    [InlineData("var q = items.Select(x => new Box { Value = x }); foreach (var x in items) q.First().Value++; sum = q.Sum(b => b.Value);")]
    [InlineData("var q = items.Select(x => new Box { Value = x }); foreach (var x in items) foreach (var b in q) { b.Value += x; sum = sum * 31 + b.Value; }")]
    public Task Does_the_same(string statements) => FixesAndRuns($$"""
        class Box { public int Value { get; set; } }

        class C
        {
            static int Run(List<int> items)
            {
                var sum = 0;
                {{statements}}
                return sum;
            }

            static void Grow(List<int> list) => list.Add(3);
            static void Reset(Box box) => box.Value = 0;
        }
        """, [[new List<int>()], [new List<int> { 3 }], [new List<int> { 3, 1, 2, 2, 6 }], [new List<int> { 5, 0 }], [null]], expectFix: null);
}
