namespace HotPath.Tests;

public sealed class RemoveInLoopTests : RuleTests<RemoveInLoopAnalyzer, RemoveInLoopFix>
{
    private static string Class(string statements) => $$"""
        sealed class Order { public int Id { get; set; } public bool Done { get; set; } public string Name { get; set; } = ""; }
        record Value(int Id, bool Done);

        class C
        {
            async Task M(List<int> numbers, List<Order> orders, List<Value> values, IList<int> any, HashSet<int> set, List<Task> tasks, List<int> gone, int max)
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
                await Task.Yield();
            }

            bool Ask(int n) => n > 3;
            List<int> Own { get; } = new();
            void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("foreach (var n in gone) [|numbers.Remove(n)|];")]
    [InlineData("foreach (var n in numbers.ToList()) if (n > max) [|numbers.Remove(n)|];")]
    [InlineData("for (var i = numbers.Count - 1; i >= 0; i--) if (numbers[i] > max) [|numbers.RemoveAt(i)|];")]
    [InlineData("for (var i = 0; i < numbers.Count; i++) { if (numbers[i] > max) { [|numbers.RemoveAt(i)|]; i--; } }")]
    [InlineData("for (var i = numbers.Count - 1; i >= 0; i--) { var n = numbers[i]; if (n > max) [|numbers.Remove(n)|]; }")]
    [InlineData("foreach (var n in gone) { var found = numbers.Find(x => x > n); [|numbers.Remove(found)|]; }")]
    [InlineData("var i = 0; while (i < numbers.Count) { if (numbers[i] > max) [|numbers.RemoveAt(i)|]; else i++; }")]
    [InlineData("foreach (var n in gone) [|any.Remove(n)|];")]
    [InlineData("foreach (var o in orders.Where(o => o.Done).ToArray()) [|orders.Remove(o)|];")]
    [InlineData("gone.ForEach(n => [|numbers.Remove(n)|]);")]
    [InlineData("foreach (var n in Own.Where(n => n > max).ToArray()) [|Own.Remove(n)|];")]
    [InlineData("for (var i = Own.Count - 1; i >= 0; i--) if (Own[i] > max) [|Own.RemoveAt(i)|];")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message() => ReportsWarning(Class("foreach (var n in gone) [|numbers.Remove(n)|];"),
        "'numbers.Remove(n)' searches or moves the elements of 'numbers' in every iteration of the loop over 'gone': O(gone × numbers); remove them in one pass with RemoveAll");

    [Fact]
    public Task The_message_where_each_iteration_searches() => ReportsWarning(
        Class("foreach (var n in gone) { var found = orders.Find(o => o.Id == n)!; Use(found); [|orders.Remove(found)|]; }"),
        "'orders.Remove(found)' searches or moves the elements of 'orders' in every iteration of the loop over 'gone': O(gone × orders); index 'orders' by what it is searched for, and remove from the index");

    [Theory]
    [InlineData("numbers.Remove(3);")]
    [InlineData("while (Own.Count > 0) Own.Remove(Own.Min());")]
    [InlineData("foreach (var n in gone) { Own.Remove(n); Own.Add(n + 1); }")]
    [InlineData("foreach (var n in gone) { if (n > max) { numbers.Remove(n); break; } }")]
    [InlineData("for (var i = 0; i < numbers.Count; i++) { if (numbers[i] == max) { numbers.RemoveAt(i); return; } }")]
    [InlineData("foreach (var n in gone) set.Remove(n);")]
    [InlineData("while (numbers.Count > max) numbers.RemoveAt(numbers.Count - 1);")]
    [InlineData("while (numbers.Count > 0) numbers.RemoveAt(0);")]
    [InlineData("while (tasks.Count > 0) { var done = await Task.WhenAny(tasks); tasks.Remove(done); }")]
    // No single pass takes out what each round picks.
    [InlineData("while (numbers.Count > 1) { var at = numbers.IndexOf(max); if (at < 0) break; numbers.RemoveAt(at); }")]
    [InlineData("var at = 0; while (at >= 0) { at = numbers.IndexOf(max); if (at >= 0) numbers.RemoveAt(at); }")]
    [InlineData("while (numbers.Count > 0) { var next = numbers[numbers.Count / 2]; numbers.Remove(next); }")]
    [InlineData("for (var i = 0; i < max; i++) { var next = numbers.Last(n => n > i); numbers.Remove(next); }")]
    [InlineData("for (var i = 0; i < max; i++) { var next = numbers[numbers.Count / 2]; numbers.Remove(next); }")]
    [InlineData("while (numbers.Count > 0) { var least = numbers.Min(); numbers.Remove(least); }")]
    [InlineData("foreach (var n in gone) { var copy = numbers.ToList(); copy.Remove(n); Use(copy); }")]
    [InlineData("foreach (var n in new[] { 1, 2 }) numbers.Remove(n);")]
    [InlineData("foreach (var n in numbers.Take(3).ToList()) numbers.Remove(n);")]
    [InlineData("foreach (var n in gone) { numbers.Remove(n); numbers.Add(n); }")]
    [InlineData("foreach (var n in gone) { if (n > max) numbers.RemoveAt(n); else numbers[n] = n; }")]
    [InlineData("numbers.RemoveAll(n => n > max);")]
    public Task Is_silent(string statements) => Reports(Class(statements), severity: null);

    [Theory]
    [InlineData("foreach (var n in numbers.ToList())\n{\n    if (n > max)\n        [|numbers.Remove(n)|];\n}", "numbers.RemoveAll(n => n > max);")]
    [InlineData("// Keep the rest.\nforeach (var o in orders.ToArray())\n    if (o.Done && o.Id > max)\n        [|orders.Remove(o)|];\nUse(orders);", "// Keep the rest.\norders.RemoveAll(o => o.Done && o.Id > max);\nUse(orders);")]
    [InlineData("for (var i = numbers.Count - 1; i >= 0; i--)\n{\n    if (numbers[i] > max)\n    {\n        [|numbers.RemoveAt(i)|];\n    }\n}", "numbers.RemoveAll(number => number > max);")]
    [InlineData("for (int i = values.Count - 1; i >= 0; i--)\n    if (!values[i].Done)\n        [|values.RemoveAt(i)|];", "values.RemoveAll(value => !value.Done);")]
    public Task Removes_in_one_pass(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("foreach (var n in gone) [|numbers.Remove(n)|];")]
    [InlineData("foreach (var v in values.ToList()) if (v.Done) [|values.Remove(v)|];")]
    [InlineData("foreach (var n in numbers.ToList()) if (Ask(n)) [|numbers.Remove(n)|];")]
    [InlineData("foreach (var n in numbers.ToList()) if (n > max) { [|numbers.Remove(n)|]; max++; }")]
    [InlineData("foreach (var n in numbers.ToList()) if (numbers.Count > max) [|numbers.Remove(n)|];")]
    [InlineData("foreach (var n in numbers.ToList()) if (n > max /* too large */) [|numbers.Remove(n)|];")]
    [InlineData("for (var i = numbers.Count - 1; i >= 0; i--) if (numbers[i] > i) [|numbers.RemoveAt(i)|];")]
    [InlineData("for (var i = numbers.Count - 1; i >= 1; i--) if (numbers[i] > max) [|numbers.RemoveAt(i)|];")]
    [InlineData("foreach (var n in numbers.ToList()) if (10 / n > max) [|numbers.Remove(n)|];")]
    public Task No_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("foreach (var n in list.ToList()) if (n > 2) list.Remove(n);", true)]
    [InlineData("foreach (var n in list.ToArray()) { if (n == 2 || n == 1) { list.Remove(n); } }", true)]
    [InlineData("for (var i = list.Count - 1; i >= 0; i--) if (list[i] != 2) list.RemoveAt(i);", true)]
    [InlineData("if (list.Count > 3) foreach (var n in list.ToList()) if (n > 2) list.Remove(n);", true)]
    [InlineData("foreach (var n in list.ToList()) { Console.WriteLine(n); if (n > 2) list.Remove(n); }", false)]
    public Task Programs_do_what_they_did(string statements, bool isFixed) => FixesAndRuns($$"""
        public static class Program
        {
            public static List<int> Run(List<int> list)
            {
                {{statements}}
                return list;
            }
        }
        """, [[new[] { 1, 2, 3, 2, 1, 3 }], [new[] { 5 }], [Array.Empty<int>()], [new[] { 2, 2 }]], expectFix: isFixed);
}
