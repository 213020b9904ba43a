namespace HotPath.Tests;

public sealed class NestedLoopJoinTests : RuleTests<NestedLoopJoinAnalyzer, NestedLoopJoinFix>
{
    private static string Class(string statements, string members = "") => $$"""
        class Order
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public List<Line> Own { get; } = new();
        }

        class Line
        {
            public int OrderId { get; set; }
            public int Amount { get; set; }
            public string Name { get; set; } = "";
            public double Score { get; set; }
        }

        class C
        {
            void M(List<Order> orders, List<Line> lines, Line[] array, IEnumerable<Line> sequence, int n)
            {
                {{statements.Replace("\n", "\n        ")}}
            }

            void Use(object? o) { }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("foreach (var o in orders) [|foreach (var l in lines)|] if (l.OrderId == o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) { Use(o); [|foreach (var l in lines)|] { if (o.Id == l.OrderId) { Use(l); break; } } }")]
    [InlineData("foreach (var o in orders) [|foreach (var l in lines)|] { if (l.OrderId != o.Id) continue; Use(l); }")]
    [InlineData("foreach (var o in orders) [|foreach (var l in lines)|] if (l.OrderId == o.Id && l.Amount > 3) Use(l);")]
    [InlineData("foreach (var o in orders) [|foreach (var l in lines)|] if (l.Name.Equals(o.Name, StringComparison.OrdinalIgnoreCase)) Use(l);")]
    [InlineData("foreach (var o in orders) [|foreach (var l in array)|] if (l.OrderId == o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) [|foreach (var l in sequence)|] if (l.OrderId == o.Id) Use(l);")]
    [InlineData("for (var i = 0; i < orders.Count; i++) [|for (var j = 0; j < lines.Count; j++)|] if (lines[j].OrderId == orders[i].Id) Use(lines[j]);")]
    [InlineData("for (int i = 0; i < orders.Count; i++) { [|for (int j = 0; j < array.Length; j++)|] { if (orders[i].Id == array[j].OrderId) { n += array[j].Amount; } } }")]
    [InlineData("foreach (var o in orders) [|foreach (var l in lines)|] if (l.OrderId == o.Id) foreach (var x in o.Own) Use(x);")]
    [InlineData("orders.ForEach(o => { [|foreach (var l in lines)|] if (l.OrderId == o.Id) Use(l); });")]
    [InlineData("for (var i = 0; i < orders.Count; i++) [|for (var j = 0; j < lines.Count; j++)|] { var line = lines[j]; if (line.OrderId == orders[i].Id) Use(line); }")]
    [InlineData("foreach (var o in orders) [|for (var j = 0; j < array.Length; j++)|] { var line = array[j]; if (line.OrderId != o.Id) continue; Use(line); Use(array[j]); }")]
    [InlineData("foreach (var o in orders) { var found = false; [|for (var j = 0; j < lines.Count && !found; j++)|] { if (lines[j].OrderId == o.Id) found = true; } Use(found); }")]
    [InlineData("foreach (var o in orders) { Line? found = null; [|for (var j = 0; found == null && j < lines.Count; j++)|] if (lines[j].OrderId == o.Id) found = lines[j]; Use(found); }")]
    [InlineData("var names = lines.Select(l => l.Name).ToList(); foreach (var o in orders) [|foreach (var name in names)|] if (name == o.Name) n++;")]
    [InlineData("var ids = array.Select(l => l.OrderId).ToArray(); foreach (var o in orders) [|for (var j = 0; j < ids.Length; j++)|] if (ids[j] == o.Id) n++;")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_both() => ReportsWarning(Class("foreach (var o in orders) [|foreach (var l in lines)|] if (l.OrderId == o.Id) Use(l);"),
        "The inner loop compares every element of 'lines' in every iteration of the loop over 'orders': O(orders × lines); index 'lines' by 'OrderId' once and walk through the matches only");

    [Theory]
    [InlineData("foreach (var l in lines) if (l.OrderId == n) Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) { if (l.OrderId == o.Id) Use(l); Use(o); }")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) { if (l.OrderId == o.Id) Use(l); else Use(o); }")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) { if (l.OrderId == o.Id) continue; Use(l); }")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId != o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == n) Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.Name == \"a\") Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId > o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o.Id || l.Amount > 3) Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.Score == o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) foreach (var l in o.Own) if (l.OrderId == o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) { var at = o.Id; foreach (var l in lines) if (l.OrderId == at) at = l.Amount; }")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o.Id) l.OrderId = 3;")]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o.Id) o.Id++;")]
    [InlineData("foreach (var o in orders) { foreach (var l in lines) if (l.OrderId == o.Id) Use(l); lines.Add(new Line()); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) for (var j = 0; j < lines.Count; j++) if (lines[j].OrderId == orders[i].Id) Use(j);")]
    [InlineData("for (var i = 0; i < orders.Count; i++) for (var j = i + 1; j < lines.Count; j++) if (lines[j].OrderId == orders[i].Id) Use(lines[j]);")]
    [InlineData("foreach (var o in orders) foreach (var l in new[] { new Line(), new Line() }) if (l.OrderId == o.Id) Use(l);")]
    [InlineData("foreach (var o in orders) for (var j = 0; j < lines.Count; j++) { var line = lines[j]; if (line.OrderId == o.Id) Use(j); }")]
    [InlineData("foreach (var o in orders) for (var j = 0; j < lines.Count; j++) { var line = lines[j]; if (line.OrderId == o.Id) line = array[0]; }")]
    [InlineData("foreach (var o in orders) for (var j = 0; j < lines.Count; j++) { var line = array[j]; if (line.OrderId == o.Id) Use(line); }")]
    [InlineData("foreach (var o in orders) for (var j = 0; j < lines.Count && j < n; j++) if (lines[j].OrderId == o.Id) Use(lines[j]);")]
    [InlineData("foreach (var o in orders) foreach (var other in orders) { if (other == o) continue; Use(other); }")]
    [InlineData("foreach (var o in orders) foreach (var other in orders) if (other != o) Use(other);")]
    [InlineData("foreach (var o in orders) foreach (var c in \"aeiou\") if (o.Name[0] == c) Use(o);")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Fact]
    public Task Walks_through_the_matches() => Fixes(Class("""
        foreach (var o in orders)
        {
            // Its lines.
            [|foreach (var l in lines)|]
            {
                if (l.OrderId == o.Id)
                {
                    // Found.
                    Use(l); // use it
                    n++;
                }
            }
        }
        """), Class("""
        var linesByOrderId = lines.ToLookup(l => l.OrderId);
        foreach (var o in orders)
        {
            // Its lines.
            foreach (var l in linesByOrderId[o.Id])
            {
                // Found.
                Use(l); // use it
                n++;
            }
        }
        """));

    [Fact]
    public Task Keeps_what_else_is_asked() => Fixes(Class("""
        foreach (var o in orders)
            [|foreach (var l in lines)|]
                if (l.OrderId == o.Id && l.Amount > 3)
                    Use(l);
        """), Class("""
        var linesByOrderId = lines.ToLookup(l => l.OrderId);
        foreach (var o in orders)
            foreach (var l in linesByOrderId[o.Id])
                if (l.Amount > 3)
                    Use(l);
        """));

    [Fact]
    public Task A_skip_goes() => Fixes(Class("""
        foreach (var o in orders)
        {
            [|foreach (var l in lines)|]
            {
                if (l.OrderId != o.Id)
                    continue;

                Use(l);
            }
        }
        """), Class("""
        var linesByOrderId = lines.ToLookup(l => l.OrderId);
        foreach (var o in orders)
        {
            foreach (var l in linesByOrderId[o.Id])
            {
                Use(l);
            }
        }
        """));

    [Theory]
    [InlineData("foreach (var o in orders) [|foreach (var l in sequence)|] if (l.OrderId == o.Id) Use(l);")]
    [InlineData("for (var i = 0; i < orders.Count; i++) [|for (var j = 0; j < lines.Count; j++)|] if (lines[j].OrderId == orders[i].Id) Use(lines[j]);")]
    [InlineData("foreach (var o in orders) [|foreach (var l in lines)|] if (/* key */ l.OrderId == o.Id) Use(l);")]
    [InlineData("var names = lines.Select(l => l.Name).ToList(); foreach (var o in orders) [|foreach (var name in names)|] if (name == o.Name) Use(name);")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o) result.Add(l.Name);", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) { if (l.OrderId == o) { result.Add(l.Name); break; } }", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) { if (l.OrderId != o) continue; if (l.Name == \"n1\") continue; result.Add(l.Name); }", true)]
    [InlineData("foreach (var o in orders) { var hit = false; foreach (var l in lines) { if (l.OrderId == o && l.Name != \"n0\") { hit = true; result.Add(l.Name); } } result.Add(hit.ToString()); }", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.Name != \"n0\" && l.OrderId == o) result.Add(l.Name);", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o) { if (o == 3) return result; result.Add(l.Name); }", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o) { l.Name += \"!\"; result.Add(l.Name); }", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o) { foreach (var m in lines) if (m.OrderId == l.OrderId) result.Add(m.Name + l.Name); }", true)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (l.OrderId == o && Say(l.Name)) result.Add(l.Name);", false)]
    [InlineData("foreach (var o in orders) foreach (var l in lines) if (Say(l.Name) && l.OrderId == o) result.Add(l.Name);", false)]
    [InlineData("foreach (var o in orders) { foreach (var l in lines) if (l.OrderId == o) change(); result.Add(lines.Count.ToString()); }", false)]
    public Task Programs_do_what_they_did(string statements, bool isFixed) => FixesAndRuns($$"""
        public class Line { public int OrderId { get; set; } public string Name { get; set; } = ""; }
        public static class Program
        {
            static bool Say(string s) { Console.WriteLine(s); return true; }

            public static List<string> Run(int[] ids, List<int> orders)
            {
                var lines = ids.Select((id, i) => new Line { OrderId = id, Name = "n" + i % 3 }).ToList();
                var result = new List<string>();
                Action change = () => { lines[0].OrderId++; };
                {{statements}}
                return result;
            }
        }
        """, [[new[] { 1, 2, 3, 2, 1 }, new[] { 2, 3, 1, 2 }], [new[] { 1, 2, 2 }, new[] { 3, 2 }], [Array.Empty<int>(), new[] { 1 }], [new[] { 1 }, Array.Empty<int>()]], expectFix: isFixed);

    [Theory]
    [InlineData("Use((from o in orders [|from l in lines|] where l.OrderId == o.Id select l.Amount).ToList());")]
    [InlineData("Use(from o in orders [|from l in lines|] where o.Id == l.OrderId && l.Amount > 3 select new { o, l });")]
    [InlineData("Use(from o in orders where o.Id > 3 let name = o.Name [|from l in lines|] where l.Name == name select l);")]
    [InlineData("Use(from o in orders from own in o.Own [|from l in lines|] where l.Name == own.Name orderby l.Amount select l);")]
    [InlineData("foreach (var pair in from o in orders [|from l in array|] where l.Amount > n && l.OrderId == o.Id select (o, l)) Use(pair);")]
    [InlineData("Use(from o in orders [|from Line l in lines|] where l.OrderId == o.Id group l by o.Id);")]
    [InlineData("Use([|orders.SelectMany(o => lines, (o, l) => new { o, l }).Where(x => x.o.Id == x.l.OrderId)|].Select(x => x.l.Amount).Sum());")]
    [InlineData("Use([|orders.SelectMany(o => sequence, (order, line) => (order, line)).Where(x => x.order.Id == x.line.OrderId)|].ToList());")]
    [InlineData("Use([|orders.SelectMany(o => lines.Select(l => (o, l))).Where(x => x.l.Name == x.o.Name)|].Count());")]
    [InlineData("Use(orders.SelectMany(o => lines, (o, l) => new { Order = o, Line = l }).Where(x => x.Line.OrderId == n));")]
    [InlineData("Use(from o in orders from l in o.Own where l.OrderId == o.Id select l);")]
    [InlineData("Use(from o in orders from l in lines.Where(l => l.Amount > o.Id) where l.OrderId == o.Id select l);")]
    [InlineData("Use(from o in orders from l in lines where l.OrderId > o.Id select l);")]
    [InlineData("Use(from o in orders from l in lines where l.OrderId == 3 select l);")]
    [InlineData("Use(from o in orders from l in lines where l.Score == o.Id select l);")]
    [InlineData("Use(from o in orders from l in lines select l.OrderId == o.Id);")]
    [InlineData("Use(from o in orders join l in lines on o.Id equals l.OrderId select l);")]
    [InlineData("Use(from o in orders from l in new[] { new Line(), new Line() } where l.OrderId == o.Id select l);")]
    [InlineData("Use(from o in new[] { 1, 2, 3 } from l in lines where l.OrderId == o select l);")]
    [InlineData("Use(from o in orders.AsQueryable() from l in lines where l.OrderId == o.Id select l);")]
    [InlineData("Use(orders.SelectMany(o => lines, (o, l) => o.Id + l.OrderId).Where(x => x == 3));")]
    [InlineData("foreach (var x in from o in orders from l in lines where l.OrderId == o.Id select l) lines.Remove(x);")]
    public Task Queries_that_pair_everything(string statement) => Reports(Class(statement));

    [Fact]
    public Task The_query_is_named() => ReportsWarning(Class("Use((from o in orders [|from l in lines|] where l.OrderId == o.Id select l.Amount).Sum());"),
        "The second 'from' compares every element of 'lines' in every iteration of the query over 'orders': O(orders × lines); index 'lines' by 'OrderId' once and walk through the matches only");

    [Theory]
    [InlineData("from o in orders [|from l in lines|] where l.OrderId == o.Id select l.Amount", "from o in orders join l in lines on o.Id equals l.OrderId select l.Amount")]
    [InlineData("from o in orders [|from l in lines|] where o.Id == l.OrderId && l.Amount > n select l", "from o in orders join l in lines on o.Id equals l.OrderId where l.Amount > n select l")]
    [InlineData("from o in orders where o.Id > 3 [|from l in array|] where (l.Name == o.Name) && (l.Amount > 3 || n > 2) orderby l.Name select l", "from o in orders where o.Id > 3 join l in array on o.Name equals l.Name where (l.Amount > 3 || n > 2) orderby l.Name select l")]
    [InlineData("from o in orders\n                 [|from l in lines|]\n                 where l.OrderId == o.Id && l.Name == o.Name // Both.\n                 select l", "from o in orders\n                 join l in lines on o.Id equals l.OrderId\n                 where l.Name == o.Name // Both.\n                 select l")]
    public Task A_query_becomes_a_join(string before, string after) => Fixes(Class($"Use(({before}).ToList());"), Class($"Use(({after}).ToList());"));

    [Theory]
    // It runs later.
    [InlineData("Use(from o in orders [|from l in lines|] where l.OrderId == o.Id select l);")]
    // Asked of all pairs first.
    [InlineData("Use((from o in orders [|from l in lines|] where l.Amount > n && l.OrderId == o.Id select l).ToList());")]
    // A join finds no null.
    [InlineData("Use((from o in orders [|from l in lines|] where l.Maybe == o.Maybe select l).ToList());")]
    [InlineData("Use((from o in orders [|from l in lines|] where l.Note == o.Note select l).ToList());")]
    // The second sequence may be missing, or run code.
    [InlineData("Use((from o in orders [|from l in missing!|] where l.OrderId == o.Id select l).ToList());")]
    [InlineData("Use((from o in orders [|from l in sequence|] where l.OrderId == o.Id select l).ToList());")]
    // It may change on the way.
    [InlineData("Use((from o in orders [|from l in lines|] where l.OrderId == o.Id select Add(l)).ToList());")]
    [InlineData("Use((from o in orders [|from l in lines|] where l.OrderId == o.Id select l.OrderId = 3).ToList());")]
    [InlineData("Use((from o in orders [|from Line l in lines|] where l.OrderId == o.Id select l).ToList());")]
    [InlineData("Use((from o in orders [|from l in lines|] where l.Name.Equals(o.Name, StringComparison.OrdinalIgnoreCase) select l).ToList());")]
    [InlineData("Use((from o in orders [|from l in lines|] /* all */ where l.OrderId == o.Id select l).ToList());")]
    [InlineData("Use([|orders.SelectMany(o => lines, (o, l) => new { o, l }).Where(x => x.o.Id == x.l.OrderId)|].ToList());")]
    public Task A_query_stays(string statement) => HasNoFix($$"""
        class Order { public int Id { get; set; } public string Name { get; set; } = ""; public string? Note { get; set; } public int? Maybe { get; set; } }
        class Line { public int OrderId { get; set; } public int Amount { get; set; } public string Name { get; set; } = ""; public string? Note { get; set; } public int? Maybe { get; set; } }

        class C
        {
            private List<Line> lines = new();

            void M(List<Order> orders, IEnumerable<Line> sequence, List<Line>? missing, int n)
            {
                {{statement}}
            }

            Line Add(Line line)
            {
                Change();
                return line;
            }

            protected virtual void Change() => lines = new();
            void Use(object? o) { }
        }
        """);

    [Theory]
    [InlineData("from o in orders from l in lines where l.OrderId == o select l.Name + o")]
    [InlineData("from o in orders from l in lines where o == l.OrderId && l.Name != \"n0\" select l.Name")]
    [InlineData("from o in orders from l in lines where l.OrderId == o orderby l.Name descending, o select l.Name + o")]
    [InlineData("from o in orders from l in lines where l.OrderId == o && Say(l.Name) select l.Name")]
    [InlineData("from o in orders where Say(\"o\" + o) from l in lines where l.OrderId == o select Say(l.Name).ToString()")]
    [InlineData("from o in orders let key = o + 1 from l in lines where l.OrderId == key select l.Name")]
    [InlineData("from o in orders from k in orders from l in lines where l.OrderId == k && l.Name.Length > 1 from m in lines where m.Name == l.Name select l.Name + m.OrderId + o")]
    public Task Joined_programs_do_what_they_did(string query) => FixesAndRuns($$"""
        public class Line { public int OrderId { get; init; } public string Name { get; init; } = ""; }
        public static class Program
        {
            static bool Say(string s) { Console.WriteLine(s); return true; }

            public static List<string> Run(int[] ids, List<int> orders)
            {
                var lines = ids.Select((id, i) => new Line { OrderId = id, Name = "n" + i % 3 }).ToList();
                return ({{query}}).ToList();
            }
        }
        """, [[new[] { 1, 2, 3, 2, 1 }, new[] { 2, 3, 1, 2 }], [new[] { 1, 2, 2 }, new[] { 3, 2 }], [Array.Empty<int>(), new[] { 1 }], [new[] { 1 }, Array.Empty<int>()]]);

    [Fact]
    public Task An_info_where_calls_write_the_elements_out() => ReportsInfo("""
        class Item { public int Id; }
        class C { void M(List<Item> others, params Item[] items) { foreach (var other in others) [|foreach (var item in items)|] if (item.Id == other.Id) Console.Write(item); } }
        """);
}
