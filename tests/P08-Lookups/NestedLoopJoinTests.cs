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
}
