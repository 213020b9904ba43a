namespace HotPath.Tests;

public sealed class ListAsQueueTests : RuleTests<ListAsQueueAnalyzer, ListAsQueueFix>
{
    private static string Class(string statements) => $$"""
        class Node { public Node? Parent; public List<Node> Children { get; } = new(); public string Name = ""; }

        class C
        {
            private readonly List<string> waiting = new();
            private List<string> Own { get; } = new();

            List<string>? M(List<string> list, IList<string> any, string[] lines, List<Node> nodes, Node? node, Queue<string> queue, int max)
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
                return null;
            }

            void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("while (list.Count > 0) { Use(list[0]); [|list.RemoveAt(0)|]; }")]
    [InlineData("while (any.Count > 0) { Use(any[0]); [|any.RemoveAt(0)|]; }")]
    [InlineData("while (waiting.Any()) { Use(waiting.First()); [|waiting.RemoveAt(0)|]; }")]
    [InlineData("while (true) { if (list.Count == 0) break; Use(list[0]); [|list.RemoveAt(0)|]; }")]
    [InlineData("foreach (var line in lines) [|list.Insert(0, line)|];")]
    [InlineData("var path = new List<string>(); while (node != null) { [|path.Insert(0, node.Name)|]; node = node.Parent; } Use(path);")]
    [InlineData("foreach (var line in lines) { if (list.Count > 0) [|list.RemoveAt(0)|]; }")]
    [InlineData("var open = new List<Node> { node! }; while (open.Count > 0) { var at = open[0]; [|open.RemoveAt(0)|]; open.AddRange(at.Children); }")]
    [InlineData("while (list.Count > 1) { Use(list[0] + list[1]); [|list.RemoveRange(0, 2)|]; }")]
    [InlineData("while (list.Count >= 2) { Use(list[0] + list[1]); [|list.RemoveRange(0, 2)|]; }")]
    [InlineData("while (list.Count < lines.Length) [|list.Insert(0, \"0\")|];")]
    [InlineData("while (list.Count < 1000) [|list.Insert(0, \"0\")|];")]
    [InlineData("while (Own.Count > 0) { Use(Own[0]); [|Own.RemoveAt(0)|]; }")]
    [InlineData("foreach (var line in lines) [|this.Own.Insert(0, line)|];")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message() => ReportsWarning(Class("foreach (var line in lines) [|list.Insert(0, line)|];"),
        "'list.Insert(0, line)' moves all elements of 'list' in every iteration of the loop over 'lines': O(lines × list); add at the end and reverse once, or use a Stack");

    [Theory]
    [InlineData("list.RemoveAt(0);")]
    [InlineData("foreach (var line in lines) { list.Add(line); if (list.Count > max) list.RemoveAt(0); }")]
    [InlineData("foreach (var line in lines) { list.Add(line); if (list.Count >= 10) { list.RemoveAt(0); } }")]
    [InlineData("foreach (var line in lines) { list.Add(line); while (list.Count > max) list.RemoveAt(0); }")]
    [InlineData("foreach (var line in lines) { list.Insert(0, line); if (list.Count > max) list.RemoveAt(list.Count - 1); }")]
    [InlineData("foreach (var n in nodes) n.Children.RemoveAt(0);")]
    [InlineData("foreach (var line in lines) { var own = new List<string>(lines); own.RemoveAt(0); Use(own); }")]
    [InlineData("foreach (var line in lines) { list = new List<string>(lines); list.Insert(0, line); }")]
    [InlineData("foreach (var line in lines) { if (line == \"a\") { list.RemoveAt(0); break; } }")]
    [InlineData("foreach (var line in lines) list.RemoveAt(list.Count - 1);")]
    [InlineData("foreach (var line in lines) list.Insert(1, line);")]
    [InlineData("while (queue.Count > 0) Use(queue.Dequeue());")]
    [InlineData("for (var i = 0; i < 3; i++) list.RemoveAt(0);")]
    [InlineData("while (list.Count < 4) list.Insert(0, \"0\");")]
    [InlineData("while (4 > list.Count) list.Insert(0, \"0\");")]
    [InlineData("while (list.Count != 32) { list.Insert(0, \"0\"); }")]
    [InlineData("for (var i = list.Count; i < 8; i++) list.Insert(0, \"0\");")]
    [InlineData("while (list.Count > 0) { Use(list.Take(max)); list.RemoveRange(0, Math.Min(max, list.Count)); }")]
    [InlineData("while (list.Count > 0) list.RemoveRange(0, 500);")]
    [InlineData("foreach (var line in lines) { list.Add(line); if (list.Count > 20) list.RemoveRange(0, 10); }")]
    [InlineData("foreach (var line in lines) { Own.Add(line); if (Own.Count > max) Own.RemoveAt(0); }")]
    [InlineData("while (Own.Count < 4) Own.Insert(0, \"0\");")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Fact]
    public Task A_list_becomes_a_queue() => Fixes(Class("""
        var open = new List<Node> { node! };
        while (open.Count > 0)
        {
            // The next.
            var at = open[0];
            [|open.RemoveAt(0)|];
            foreach (var child in at.Children)
                open.Add(child);
        }
        """), Class("""
        var open = new Queue<Node>(new Node[] { node! });
        while (open.Count > 0)
        {
            // The next.
            var at = open.Dequeue();
            foreach (var child in at.Children)
                open.Enqueue(child);
        }
        """));

    [Fact]
    public Task A_named_type_changes_too() => Fixes(Class("""
        List<string> open = lines.ToList();
        while (open.Any())
        {
            var at = open[0];
            [|open.RemoveAt(0)|];
            Use(at);
        }
        """), Class("""
        Queue<string> open = new Queue<string>(lines);
        while (open.Any())
        {
            var at = open.Dequeue();
            Use(at);
        }
        """));

    [Fact]
    public Task Elements_put_before_are_added_and_turned() => Fixes(Class("""
        var path = new List<string>();
        while (node != null)
        {
            [|path.Insert(0, node.Name)|];
            node = node.Parent;
        }
        Use(path);
        """), Class("""
        var path = new List<string>();
        while (node != null)
        {
            path.Add(node.Name);
            node = node.Parent;
        }

        path.Reverse();
        Use(path);
        """));

    [Theory]
    [InlineData("while (list.Count > 0) { var s = list[0]; [|list.RemoveAt(0)|]; Use(s); }")]
    [InlineData("var own = lines.ToList(); while (own.Count > 1) { var s = own[0]; [|own.RemoveAt(0)|]; Use(s); }")]
    [InlineData("var own = lines.ToList(); while (own.Count > 0) { var s = own[0]; [|own.RemoveAt(0)|]; Use(own); }")]
    [InlineData("var own = lines.ToList(); while (own.Count > 0) { var s = own[0]; [|own.RemoveAt(0)|]; if (s == own[0]) Use(s); }")]
    [InlineData("var own = lines.ToList(); while (own.Count > 0) { var s = own[0]; [|own.RemoveAt(0)|]; own.Insert(1, s); }")]
    [InlineData("var own = lines.ToList(); foreach (var l in lines) [|own.Insert(0, l)|]; Use(own);")]
    [InlineData("var own = new List<string>(); foreach (var l in lines) { [|own.Insert(0, l)|]; Use(own.Count); }")]
    [InlineData("var own = new List<string>(); foreach (var l in lines) { [|own.Insert(0, l)|]; if (l == \"\") return own; }")]
    [InlineData("var own = lines.ToList(); bool Drain() { own.Clear(); return true; } while (own.Count > 0 && Drain()) { var s = own[0]; [|own.RemoveAt(0)|]; Use(s); }")]
    [InlineData("var own = new List<string>(); own.Add(\"a\"); foreach (var l in lines) { [|own.Insert(0, l)|]; }")]
    [InlineData("var own = new List<string>(); Action look = () => Use(own.Count); foreach (var l in lines) { [|own.Insert(0, l)|]; look(); }")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("var q = new List<int>(numbers); while (q.Count > 0) { var x = q[0]; q.RemoveAt(0); if (x > 2) q.Add(x / 2); result.Add(x); }", true)]
    [InlineData("var q = numbers.ToList(); while (q.Count != 0 && result.Count < 4) { var x = q[0]; q.RemoveAt(0); if (q.Contains(x)) continue; result.Add(x); } result.Add(q.Count);", true)]
    [InlineData("var q = new List<int> { 3, 4 }; while (q.Any()) { var x = q[0]; q.RemoveAt(0); if (x < 9) { q.Add(x * 2); q.Add(x + 7); } result.Add(x); }", true)]
    [InlineData("List<int> q = [5]; while (q.Count > 0) { int x = q[0]; q.RemoveAt(0); result.Add(x); foreach (var n in numbers) if (n < x) q.Add(n); if (result.Count > 20) break; }", true)]
    [InlineData("var back = new List<int>(); foreach (var n in numbers) { if (n == 2) continue; back.Insert(0, n); } result.AddRange(back);", true)]
    [InlineData("var back = new List<int>(); for (var i = 0; i < numbers.Count; i++) { if (numbers[i] == 3) break; back.Insert(0, numbers[i]); } result.AddRange(back);", true)]
    [InlineData("var back = new List<int>(); foreach (var n in numbers) foreach (var m in numbers) back.Insert(0, n * m); result.AddRange(back);", true)]
    [InlineData("foreach (var m in numbers) { var back = new List<int>(); foreach (var n in numbers) back.Insert(0, n + m); result.AddRange(back); }", true)]
    [InlineData("var back = new List<int>(); try { foreach (var n in numbers) { back.Insert(0, 10 / (n - 2)); } } catch (DivideByZeroException) { } result.AddRange(back);", false)]
    [InlineData("var q = numbers.ToList(); while (q.Count > 0) { var x = q[0]; q.RemoveAt(0); foreach (var y in q) result.Add(y); }", false)]
    public Task Programs_do_what_they_did(string statements, bool isFixed) => FixesAndRuns($$"""
        public static class Program
        {
            public static List<int> Run(List<int> numbers)
            {
                var result = new List<int>();
                {{statements}}
                return result;
            }
        }
        """, [[new[] { 1, 2, 3, 2, 1 }], [new[] { 5 }], [Array.Empty<int>()], [new[] { 8, 6, 7, 1 }]], expectFix: isFixed);
}
