namespace HotPath.Tests;

public sealed class QuadraticEnumerationTests : RuleTests<QuadraticEnumerationAnalyzer, QuadraticEnumerationFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            private readonly IEnumerable<int> field = File.ReadLines("a").Select(line => line.Length);
            private int[] numbers = [];
            public IEnumerable<int> Property { get; set; } = [];

            void M(IEnumerable<int> sequence, List<int> list, int[] array, IList<int> ilist, ICollection<int> collection, Dictionary<string, int> map, HashSet<int> set, LinkedList<int> linked, IQueryable<int> query, List<IEnumerable<int>> groups, int n)
            {
                {{statements}}
            }

            IEnumerable<int> Numbers() { foreach (var x in numbers) yield return x; }
            IEnumerable<int> From(int start) { foreach (var x in numbers) yield return x + start; }
            static void Use(object o) { }
        }
        """;

    [Theory]
    [InlineData("for (var i = 0; i < [|sequence.Count()|]; i++) Use(i);")]
    [InlineData("for (var i = 0; i < [|sequence.Count()|]; i++) Use(sequence.ElementAt(i));")]
    [InlineData("for (var i = 0; i < n; i++) Use([|sequence.ElementAt(i)|]);")]
    [InlineData("for (var i = 0; i < n; i++) Use([|sequence.Skip(i).First()|]);")]
    [InlineData("for (var i = 0; i < n; i++) Use([|sequence.ElementAtOrDefault(i)|]);")]
    [InlineData("foreach (var x in sequence) Use(x == [|sequence.Last()|]);")]
    [InlineData("foreach (var x in sequence) Use(x * 100 / [|sequence.Count()|]);")]
    [InlineData("var count = sequence.Count(); for (var i = 0; i < count; i++) Use(i == [|sequence.Last()|]);")]
    [InlineData("var i = 0; while (i < [|sequence.Count()|]) Use(i++);")]
    [InlineData("var i = 0; while (true) { if (i == n) break; Use([|sequence.ElementAt(i++)|]); }")]
    [InlineData("for (var i = 0; i < [|field.Count()|]; i++) Use(field.ElementAt(i));")]
    [InlineData("for (var i = 0; i < [|Property.Count()|]; i++) Use(Property.ElementAt(i));")]
    [InlineData("for (var i = 0; i < [|Numbers().Count()|]; i++) Use(Numbers().ElementAt(i));")]
    [InlineData("for (var i = 0; i < [|From(n).Count()|]; i++) Use(From(n).ElementAt(i));")]
    [InlineData("for (var i = 0; i < [|list.Where(x => x > 3).Count()|]; i++) Use(i);")]
    [InlineData("for (var i = 0; i < [|File.ReadLines(\"a\").Count()|]; i++) Use(i);")]
    [InlineData("for (var i = 0; i < map.Count; i++) Use([|map.ElementAt(i)|]);")]
    [InlineData("for (var i = 0; i < map.Count; i++) Use([|map.Keys.ElementAt(i)|]);")]
    [InlineData("for (var i = 0; i < set.Count; i++) Use([|set.ElementAt(i)|]);")]
    [InlineData("for (var i = 0; i < linked.Count; i++) Use([|linked.ElementAt(i)|]);")]
    [InlineData("foreach (var group in groups) for (var i = 0; i < [|group.Count()|]; i++) Use(group.ElementAt(i));")]
    [InlineData("Enumerable.Range(0, n).Select(i => [|sequence.ElementAt(i)|]).ToList();")]
    public Task Reports_walks_in_a_loop_over_the_sequence(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_sequence_and_loop() => ReportsWarning(Class("for (var i = 0; i < [|sequence.Count()|]; i++) Use(sequence.ElementAt(i));"),
        "'sequence.Count()' walks through 'sequence' in each iteration of the loop 'i < sequence.Count()': O(n²); use foreach, or copy 'sequence' to a list once before the loop");

    [Theory]
    [InlineData("Use(sequence.Count());")]
    [InlineData("for (var i = sequence.Count(); i > 0; i--) Use(i);")]
    [InlineData("foreach (var x in sequence.Skip(sequence.Count() - 3)) Use(x);")]
    [InlineData("for (var i = 0; i < 5; i++) Use(sequence.ElementAt(i));")]
    [InlineData("for (var i = 0; i < list.Count(); i++) Use(list.ElementAt(i));")]
    [InlineData("for (var i = 0; i < array.Count(); i++) Use(array.ElementAt(i));")]
    [InlineData("for (var i = 0; i < ilist.Count(); i++) Use(ilist.ElementAt(i));")]
    [InlineData("for (var i = 0; i < collection.Count(); i++) Use(collection.ElementAt(i));")]
    [InlineData("for (var i = 0; i < map.Count(); i++) Use(i);")]
    [InlineData("for (var i = 0; i < n; i++) Use(list.Select(x => x + 1).ElementAt(i));")]
    [InlineData("for (var i = 0; i < n; i++) Use(query.ElementAt(i));")]
    [InlineData("foreach (var x in list) Use(sequence.Count());")]
    [InlineData("foreach (var x in list) Use(sequence.ElementAt(2));")]
    [InlineData("foreach (var x in sequence) { Use(sequence.Last()); break; }")]
    [InlineData("while (sequence.Count() > 3) sequence = sequence.Skip(1);")]
    [InlineData("foreach (var x in list) { sequence = From(x); Use(sequence.Last()); }")]
    [InlineData("foreach (var x in list) Use(From(x).Last());")]
    [InlineData("foreach (var x in sequence) Use(sequence.Count(y => y == x));")]
    [InlineData("foreach (var x in sequence) Use(sequence.First());")]
    [InlineData("var q = list.Where(x => x > 3); for (var i = 0; i < q.Count(); i++) Use(q.ElementAt(i));")]
    [InlineData("IEnumerable<int> s = list.ToList(); for (var i = 0; i < s.Count(); i++) Use(s.ElementAt(i));")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => ReportsEverywhere("for (var i = 0; i < [|Numbers().Count()|]; i++) Console.WriteLine(i);", "IEnumerable<int> numbers = []; IEnumerable<int> Numbers() { foreach (var x in numbers) yield return x; }");

    [Theory]
    [InlineData("for (var i = 0; i < [|Numbers().Count()|]; i++)\n            Use(Numbers().ElementAt(i));", "var numbersList = Numbers().ToList();\n        for (var i = 0; i < numbersList.Count; i++)\n            Use(numbersList[i]);")]
    [InlineData("for (var i = 0; i < map.Count; i++)\n            Use([|map.ElementAt(i)|].Key);", "var mapList = map.ToList();\n        for (var i = 0; i < map.Count; i++)\n            Use(mapList[i].Key);")]
    [InlineData("for (var i = 0; i < map.Count; i++)\n            Use([|map.Keys.ElementAt(i)|]);", "var mapKeysList = map.Keys.ToList();\n        for (var i = 0; i < map.Count; i++)\n            Use(mapKeysList[i]);")]
    [InlineData("foreach (var x in set)\n            Use([|set.Last()|] == x);", "var itemsList = set.ToList();\n        foreach (var x in itemsList)\n            Use(itemsList.Last() == x);")]
    [InlineData("for (var i = 0; i < [|list.Where(x => x > n).Count()|]; i++)\n            Use(i);", "var listList = list.Where(x => x > n).ToList();\n        for (var i = 0; i < listList.Count; i++)\n            Use(i);")]
    public Task Copies_once_before_the_loop(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("for (var i = 0; i < [|sequence.Count()|]; i++)\n            Use(sequence.ElementAt(i));", "var sequenceList = sequence.ToList();\n        for (var i = 0; i < sequenceList.Count; i++)\n            Use(sequenceList[i]);")]
    [InlineData("foreach (var x in sequence)\n            Use(sequence.Skip(2).First());\n        for (var i = 0; i < n; i++)\n            Use([|field.Skip(i).First()|]);", "foreach (var x in sequence)\n            Use(sequence.Skip(2).First());\n        var itemsList = field.ToList();\n        for (var i = 0; i < n; i++)\n            Use(itemsList.Skip(i).First());")]
    public Task Says_that_a_sequence_it_does_not_know_is_walked_through_once(string before, string after) => Fixes(Class(before), Class(after), changes: true);

    [Theory]
    // Changed by what the loop runs.
    [InlineData("for (var i = 0; i < [|Numbers().Count()|]; i++) { Use(Numbers().ElementAt(i)); numbers = [1]; }")]
    [InlineData("for (var i = 0; i < map.Count; i++) { var pair = [|map.ElementAt(i)|]; if (pair.Value > 3) Forget(map, pair.Key); }")]
    public Task Fix_all_leaves_what_the_loop_changes(string statements) => FixAllLeaves(Class(statements).Replace("static void Use", "static void Forget(Dictionary<string, int> map, string key) => Console.WriteLine(key);\n    static void Use", StringComparison.Ordinal).Replace("Console.WriteLine(key)", "typeof(Dictionary<string, int>).GetMethod(\"Remove\", [typeof(string)])!.Invoke(map, [key])", StringComparison.Ordinal));

    [Theory]
    [InlineData("for (var i = 0; i < Numbers(items).Count(); i++) sum = sum * 31 + Numbers(items).ElementAt(i);")]
    [InlineData("for (var i = 0; i < Noisy(items).Count(); i++) sum = sum * 31 + Noisy(items).ElementAt(i);")]
    [InlineData("for (var i = 0; i < sequence.Count(); i++) sum = sum * 31 + sequence.ElementAt(i);")]
    [InlineData("var set = new HashSet<int>(items); for (var i = 0; i < set.Count; i++) sum = sum * 31 + set.ElementAt(i);")]
    [InlineData("var set = new HashSet<int>(items); for (var i = 0; i < 20; i++) sum = sum * 31 + set.ElementAt(i);")]
    [InlineData("var set = new HashSet<int>(items); for (var i = 0; i < set.Count; i++) { sum = sum * 31 + set.ElementAt(i); set.Remove(3); }")]
    [InlineData("var map = items.GroupBy(x => x).ToDictionary(g => g.Key, g => g.Count()); for (var i = 0; i < map.Count; i++) { var pair = map.ElementAt(i); map[pair.Key] = pair.Value + 1; sum += pair.Value; } sum += map.Values.Sum();")]
    [InlineData("for (var i = 0; i < Numbers(items).Count(); i++) { sum = sum * 31 + Numbers(items).ElementAt(i); if (i == 1) items.Add(7); if (i > 9) break; }")]
    [InlineData("for (var i = 0; i < items.Where(x => 10 / x > 1).Count(); i++) sum += i;")]
    public Task Does_the_same(string statements) => FixesAndRuns($$"""
        class C
        {
            static int Run(List<int> items)
            {
                var sum = 0;
                IEnumerable<int> sequence = Noisy(items ?? []);
                {{statements}}
                return sum;
            }

            static IEnumerable<int> Numbers(List<int> items) { foreach (var x in items) yield return x * 2; }
            static IEnumerable<int> Noisy(List<int> items) { foreach (var x in items) yield return Trace.Log("noise", x); }
        }
        """, [[new List<int>()], [new List<int> { 3 }], [new List<int> { 3, 1, 2, 2, 9 }], [new List<int> { 5, 0 }], [null]], expectFix: null);

    [Fact]
    public Task An_info_where_calls_write_the_elements_out() => ReportsInfo("""
        class C { void M(params IEnumerable<int> given) { for (var i = 0; i < [|given.Count()|]; i++) Console.Write(i); } }
        """);
}
