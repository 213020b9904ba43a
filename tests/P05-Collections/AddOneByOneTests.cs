namespace HotPath.Tests;

public sealed class AddOneByOneTests : RuleTests<AddOneByOneAnalyzer, AddOneByOneFix>
{
    private static string Class(string statements) => $$"""
        using System.Collections.Concurrent;
        using System.Collections.Immutable;
        using System.Collections.ObjectModel;

        class C
        {
            private readonly List<int> field = [];
            public List<int> Property { get; } = [];
            public C Next => this;

            void M(List<int> list, List<int> items, int[] array, ICollection<int> collection, IReadOnlyList<int> view, HashSet<int> set, Dictionary<string, int> map, IEnumerable<int> lazy,
                string[] words, List<object> objects, List<long> longs, IList<int> some, Queue<int> queue, Dictionary<int, List<int>> lists, int[,] matrix, ImmutableArray<int> fixedOnes, string text, List<char> letters,
                ObservableCollection<int> shown, ConcurrentDictionary<int, int> shared, Span<int> span, List<string> strings, int n)
            {
                {{statements}}
            }

            static List<int> Make() => [];
        }
        """;

    [Theory]
    [InlineData("[|foreach (var x in items)|] list.Add(x);")]
    [InlineData("[|foreach (var x in items)|] { list.Add(x); }")]
    [InlineData("[|foreach (int x in array)|] list.Add(x);")]
    [InlineData("[|foreach (var x in collection)|] list.Add(x);")]
    [InlineData("[|foreach (var x in view)|] list.Add(x);")]
    [InlineData("[|foreach (var x in some)|] list.Add(x);")]
    [InlineData("[|foreach (var x in set)|] list.Add(x);")]
    [InlineData("[|foreach (var x in map.Values)|] list.Add(x);")]
    [InlineData("[|foreach (var x in map.Keys)|] strings.Add(x);")]
    [InlineData("[|foreach (var x in Make())|] list.Add(x);")]
    [InlineData("[|foreach (var x in lazy.ToList())|] list.Add(x);")]
    [InlineData("[|foreach (var x in list.ToArray())|] list.Add(x);")]
    [InlineData("[|foreach (var x in words)|] objects.Add(x);")]
    [InlineData("[|foreach (var line in File.ReadAllLines(text))|] strings.Add(line);")]
    [InlineData("[|foreach (var part in text.Split(','))|] strings.Add(part);")]
    [InlineData("[|foreach (var x in items)|] field.Add(x);")]
    [InlineData("[|foreach (var x in items)|] this.Property.Add(x);")]
    [InlineData("[|foreach (var x in items)|] Next.Property.Add(x);")]
    [InlineData("[|for (var i = 0; i < items.Count; i++)|] list.Add(items[i]);")]
    [InlineData("[|for (int i = 0; i < array.Length; ++i)|] { list.Add(array[i]); }")]
    [InlineData("[|for (int i = 0; array.Length > i; i += 1)|] list.Add(array[i]);")]
    [InlineData("[|for (int i = 0; i != view.Count; i++)|] list.Add(view[i]);")]
    [InlineData("var copy = new List<int>(); [|foreach (var x in items)|] copy.Add(x);")]
    [InlineData("List<int> copy = []; [|foreach (var x in items)|] copy.Add(x);")]
    [InlineData("var copy = new List<int>(items.Count); [|foreach (var x in items)|] copy.Add(x);")]
    [InlineData("foreach (var g in lists.Values) { [|foreach (var x in g)|] list.Add(x); }")]
    [InlineData("if (n > 0) [|foreach (var x in items)|] list.Add(x);")]
    public Task Reports_a_copy(string statements) => ReportsInfo(Class(statements));

    [Theory]
    [InlineData("foreach (var x in lazy) list.Add(x);")]
    [InlineData("foreach (var x in items.Where(y => y > 0)) list.Add(x);")]
    [InlineData("foreach (var x in queue) list.Add(x);")]
    [InlineData("foreach (var x in matrix) list.Add(x);")]
    [InlineData("foreach (var x in span) list.Add(x);")]
    [InlineData("foreach (var x in fixedOnes) list.Add(x);")]
    [InlineData("foreach (var c in text) letters.Add(c);")]
    [InlineData("foreach (var x in items) shown.Add(x);")]
    [InlineData("foreach (var x in items) some.Add(x);")]
    [InlineData("foreach (var x in items) set.Add(x);")]
    [InlineData("foreach (var x in shared.Values.Concat(items)) list.Add(x);")]
    [InlineData("foreach (var pair in shared) list.Add(pair.Key);")]
    [InlineData("foreach (var x in list) list.Add(x);")]
    [InlineData("for (var i = 0; i < list.Count; i++) list.Add(list[i]);")]
    [InlineData("foreach (var x in items) longs.Add(x);")]
    [InlineData("foreach (var x in items) objects.Add(x);")]
    [InlineData("foreach (var x in strings) objects.Add(x);")]
    [InlineData("foreach (object x in words) objects.Add((string)x);")]
    [InlineData("foreach (string x in objects) strings.Add(x);")]
    [InlineData("foreach (var x in items) list.Add(x + 1);")]
    [InlineData("foreach (var x in items) list.Add(n);")]
    [InlineData("foreach (var x in items) if (x > 0) list.Add(x);")]
    [InlineData("foreach (var x in items) { list.Add(x); if (x > 5) break; }")]
    [InlineData("foreach (var x in items) { Console.WriteLine(x); list.Add(x); }")]
    [InlineData("foreach (var x in items) { list.Add(x); list.Add(x); }")]
    [InlineData("foreach (var x in items) lists[x].Add(x);")]
    [InlineData("foreach (var x in items) list.Insert(0, x);")]
    [InlineData("foreach (var x in items) Make().Add(x);")]
    [InlineData("foreach (var x in items) new C().Property.Add(x);")]
    [InlineData("foreach (var pair in map) (string key, int value) = pair;")]
    [InlineData("foreach (var (key, value) in map) list.Add(value);")]
    [InlineData("for (var i = 0; i < n; i++) list.Add(items[i]);")]
    [InlineData("for (var i = 1; i < items.Count; i++) list.Add(items[i]);")]
    [InlineData("for (var i = 0; i < items.Count; i += 2) list.Add(items[i]);")]
    [InlineData("for (var i = 0; i < items.Count; i++) list.Add(i);")]
    [InlineData("for (var i = 0; i < items.Count; i++) list.Add(array[i]);")]
    [InlineData("for (var i = items.Count - 1; i >= 0; i--) list.Add(items[i]);")]
    [InlineData("for (var i = 0; i < items.Count; i++) list.Add(items[i++]);")]
    [InlineData("foreach (var x in new[] { 1, 2, 3 }) list.Add(x);")]
    [InlineData("int[] few = [1, 2, 3]; foreach (var x in few) list.Add(x);")]
    [InlineData("Few(1, 2); void Few(params int[] numbers) { foreach (var x in numbers) list.Add(x); }")]
    [InlineData("try { list.Clear(); } catch { foreach (var x in items) list.Add(x); }")]
    [InlineData("list.AddRange(items);")]
    [InlineData("items.ForEach(list.Add);")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Theory]
    [InlineData("[|foreach (var x in items)|] list.Add(x);", "'list.Add(x)' copies 'items' one element at a time; 'list.AddRange' copies all of it at once")]
    [InlineData("var copy = new List<int>(); [|foreach (var x in items)|] copy.Add(x);", "'copy.Add(x)' copies 'items' one element at a time; making 'copy' from it copies all of it at once")]
    public Task The_message_names_both_collections(string statements, string message) => ReportsInfo(Class(statements), message);

    [Fact]
    public Task Small_loops_are_an_option() => Reports(Class("foreach (var x in new[] { 1, 2, 3 }) list.Add(x); [|foreach (var x in new[] { 1, 2, 3, 4 })|] list.Add(x);"), Target.Net100.Option("hotpath.small_loop = 3"));

    [Fact]
    public Task Static_constructors_are_cold() => Reports("class C { static readonly List<string> All = []; static C() { foreach (var line in File.ReadAllLines(\"a\")) All.Add(line); } }");

    [Fact]
    public Task In_every_placement() => FixesEverywhere("""
        List<string> list = ["head"];
        [|foreach (var line in File.ReadAllLines("a"))|]
            list.Add(line);

        Console.WriteLine(list.Count);
        """, """
        List<string> list = ["head"];
        list.AddRange(File.ReadAllLines("a"));

        Console.WriteLine(list.Count);
        """);

    private static string Method(string body) => "class C\n{\n    private readonly List<int> own = [];\n    public List<int> Items { get; } = [];\n\n    List<int> M(List<int> list, List<int> items, int[] array, IReadOnlyList<int> view, Dictionary<string, int> map, int n)\n    {\n        " + body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n") + "\n    }\n}\n";

    [Theory]
    [InlineData("var copy = new List<int>();\n[|foreach (var x in items)|]\n    copy.Add(x);\n\ncopy.Sort();\nreturn copy;", "var copy = new List<int>(items);\n\ncopy.Sort();\nreturn copy;")]
    [InlineData("List<int> copy = new();\n[|foreach (var x in items)|]\n{\n    copy.Add(x);\n}\n\nreturn copy;", "List<int> copy = new(items);\n\nreturn copy;")]
    [InlineData("List<int> copy = [];\n[|foreach (var x in view)|]\n    copy.Add(x);\n\nreturn copy;", "List<int> copy = [.. view];\n\nreturn copy;")]
    [InlineData("var copy = new List<int>();\n[|foreach (var x in array)|]\n    copy.Add(x);\n\nreturn copy;", "return new List<int>(array);")]
    [InlineData("var copy = new List<int>(items.Count);\n[|for (var i = 0; i < items.Count; i++)|]\n    copy.Add(items[i]);\n\nreturn copy;", "return new List<int>(items);")]
    [InlineData("var copy = new List<int>(100);\n[|foreach (var x in items)|]\n    copy.Add(x);\n\nreturn copy;", "var copy = new List<int>(100);\ncopy.AddRange(items);\n\nreturn copy;")]
    [InlineData("var copy = new List<int> { 1 };\n[|foreach (var x in array)|]\n    copy.Add(x);\n\nreturn copy;", "var copy = new List<int> { 1 };\ncopy.AddRange(array);\n\nreturn copy;")]
    [InlineData("// All of them.\nvar copy = new List<int>();\n\n// One by one.\n[|foreach (var x in items)|]\n    copy.Add(x); // x\n\nreturn copy;", "// All of them.\n// One by one.\nreturn new List<int>(items);")]
    [InlineData("// Numbers.\n[|foreach (var x in array)|]\n    list.Add(x); // again\n\nreturn list;", "// Numbers.\nlist.AddRange(array); // again\n\nreturn list;")]
    [InlineData("[|foreach (var x in map.Values)|]\n    list.Add(x);\n\nreturn list;", "list.AddRange(map.Values);\n\nreturn list;")]
    [InlineData("[|foreach (var x in array)|]\n    Items.Add(x);\n\nreturn list;", "Items.AddRange(array);\n\nreturn list;")]
    [InlineData("var copy = new List<int>();\nvar other = new List<int>();\n[|foreach (var x in items)|]\n    copy.Add(x);\n\n[|foreach (var x in array)|]\n    other.Add(x);\n\ncopy.AddRange(other);\nreturn copy;", "var copy = new List<int>(items);\nvar other = new List<int>(array);\n\ncopy.AddRange(other);\nreturn copy;")]
    [InlineData("var copy = new List<int>();\n[|foreach (var x in items)|]\n    copy.Add(x);\n\n[|foreach (var x in array)|]\n    copy.Add(x);\n\nreturn copy;", "var copy = new List<int>(items);\n\ncopy.AddRange(array);\n\nreturn copy;")]
    [InlineData("[|foreach (var x in items)|]\n    own.Add(x);\n\nreturn list;", "own.AddRange(items);\n\nreturn list;")]
    [InlineData("if (n > 0)\n    [|foreach (var x in array)|]\n        list.Add(x);\n\nreturn list;", "if (n > 0)\n    list.AddRange(array);\n\nreturn list;")]
    public Task Copies_at_once(string before, string after) => Fixes(Method(before), Method(after));

    [Theory]
    // The list might be added to itself.
    [InlineData("[|foreach (var x in items)|] list.Add(x);")]
    [InlineData("[|foreach (var x in view)|] list.Add(x);")]
    [InlineData("var same = items; [|foreach (var x in items)|] same.Add(x);")]
    [InlineData("var own = new List<int> { 1 }; var other = own; [|foreach (var x in other)|] own.Add(x);")]
    [InlineData("var own = new List<int> { 1 }; Use(own); [|foreach (var x in items)|] own.Add(x);")]
    [InlineData("var own = new List<int> { 1 }; var seen = own.AsReadOnly(); [|foreach (var x in seen)|] own.Add(x);")]
    [InlineData("var own = new List<int> { 1 }; for (var i = 0; i < 20; i++) { [|foreach (var x in Items)|] own.Add(x); Items = own; }")]
    [InlineData("[|foreach (var x in items)|] shown.Add(x);")]
    // The collection or the list may be missing.
    [InlineData("[|foreach (var x in missing!)|] list.Add(x);")]
    [InlineData("[|foreach (var x in array)|] absent!.Add(x);")]
    [InlineData("#nullable disable\n[|foreach (var x in old)|] list.Add(x);\n#nullable restore")]
    // The place may be another one by then.
    [InlineData("[|foreach (var x in Changing())|] Items.Add(x);")]
    // Comments would be lost.
    [InlineData("[|foreach (var x in array)|] { /* why */ list.Add(x); }")]
    // Nobody knows what the capacity would be.
    [InlineData("var own = new List<int>(); [|foreach (var x in array)|] own.Add(x); Use(own.Capacity);")]
    public Task Offers_nothing_where_something_would_change(string statements) => HasNoFix($$"""
        class C
        {
            private readonly List<int> shown = [];
            public List<int> Shown => shown;
            public List<int> Items { get; set; } = [];

            void M(List<int> list, List<int> items, int[] array, IReadOnlyList<int> view, int[]? missing, List<int>? absent,
        #nullable disable
                int[] old)
        #nullable restore
            {
                {{statements}}
            }

            int[] Changing()
            {
                Items = [];
                return [1];
            }

            static void Use(object o) { }
        }
        """);

    [Fact]
    public Task Offers_nothing_where_an_own_collection_may_hide_behind_an_interface() => HasNoFix("""
        using System.Collections;

        class Odd : ICollection<int>
        {
            public int Count => 1;
            public bool IsReadOnly => true;
            public void Add(int item) { }
            public void Clear() { }
            public bool Contains(int item) => false;
            public void CopyTo(int[] array, int arrayIndex) => throw new NotSupportedException();
            public bool Remove(int item) => false;
            public IEnumerator<int> GetEnumerator() => new List<int> { 1 }.GetEnumerator();
            IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
        }

        class C
        {
            void M(ICollection<int> items)
            {
                var list = new List<int>();
                [|foreach (var x in items)|]
                    list.Add(x);

                Console.WriteLine(list.Count);
            }
        }
        """);

    [Fact]
    public Task In_older_projects_too() => Fixes("""
        using System.Collections.Generic;

        class C
        {
            List<string> M(string text)
            {
                var list = new List<string>();
                [|foreach (var x in text.Split(','))|]
                    list.Add(x);

                list.Sort();
                return list;
            }
        }
        """, """
        using System.Collections.Generic;

        class C
        {
            List<string> M(string text)
            {
                var list = new List<string>(text.Split(','));

                list.Sort();
                return list;
            }
        }
        """, target: Target.Net472);

    [Fact]
    public Task Line_ends_stay() => Fixes(
        "class C\r\n{\r\n    List<int> M(int[] items)\r\n    {\r\n        var copy = new List<int>();\r\n        [|foreach (var x in items)|]\r\n            copy.Add(x);\r\n\r\n        copy.Sort();\r\n        return copy;\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    List<int> M(int[] items)\r\n    {\r\n        var copy = new List<int>(items);\r\n\r\n        copy.Sort();\r\n        return copy;\r\n    }\r\n}\r\n");

    [Theory]
    [InlineData("var list = new List<int>(); foreach (var x in items) list.Add(x); return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<int> { 7 }; foreach (var x in items) list.Add(x); foreach (var x in items) list.Add(x); return string.Join(\",\", list);", true)]
    [InlineData("var list = items; try { foreach (var x in items) list.Add(x); } catch (InvalidOperationException) { Trace.Log(\"changed\"); } return string.Join(\",\", list);", false)]
    [InlineData("var list = new List<int>(); try { foreach (var x in Missing(items)) list.Add(x); } catch (NullReferenceException) { return \"null\"; } return string.Join(\",\", list);", false)]
    [InlineData("var all = new List<List<int>>(); foreach (var y in items) { var list = new List<int>(); foreach (var x in items) list.Add(x); all.Add(list); } return string.Join(\";\", all.Select(l => string.Join(\",\", l)));", true)]
    [InlineData("var list = new List<object>(); foreach (var x in items.Select(i => i.ToString()).ToArray()) list.Add(x); return string.Join(\",\", list);", true)]
    [InlineData("var list = new List<int>(); Func<int> later = () => list.Count; foreach (var x in items) list.Add(x); return later().ToString();", true)]
    [InlineData("var list = new List<int>(); foreach (var x in items.ToHashSet()) list.Add(x); list.Add(3); return string.Join(\",\", list) + Count(); int Count() => list.Count;", true)]
    [InlineData("List<int>? list = null; try { foreach (var x in items.ToArray()) list!.Add(x); } catch (NullReferenceException) { return \"null\"; } return \"none\";", false)]
    [InlineData("var list = new List<int> { 1 }; for (var i = 0; i < items.Count; i++) list.Add(items[i]); return string.Join(\",\", list);", true)]
    public Task Does_the_same(string body, bool expectFix) => FixesAndRuns("class C { static string Run(List<int> items) { " + body + " } \n#nullable disable\nstatic int[] Missing(List<int> items) => null; }",
        [[new List<int>()], [new List<int> { 1 }], [new List<int> { 3, 1, 2, 5, 5, 8, 13 }]], expectFix: expectFix);
}
