namespace HotPath.Tests;

public sealed class UnsizedCollectionTests : RuleTests<UnsizedCollectionAnalyzer, UnsizedCollectionFix>
{
    private const string Types = """

        record Order(int Id, string Name, List<int> Lines, string? Note);

        interface IHold
        {
            List<int> Items { get; }
        }

        class Orders : List<Order>;

        """;

    private static string Class(string statements, string modifier = "void") => $$"""
        using System.Collections.Concurrent;
        using System.Collections.ObjectModel;
        {{Types}}
        class C
        {
            private readonly List<int> all = Load();
            private List<int> field = [];
            private readonly Lazy<List<int>> later = new(Load);
            private Dictionary<int, Order> byId = [];
            public IReadOnlyList<int> Shown => all;
            public List<int> Costly => all.Where(x => x > 0).ToList();
            public virtual List<int> Virtual => all;

            {{modifier}} M(List<Order> orders, Order[] array, ICollection<int> collection, IReadOnlyCollection<Order> view, HashSet<int> set, IEnumerable<int> lazy, Dictionary<string, int> map, Queue<int> queue, Orders own,
                List<int>? missing, Order? absent, IHold hold, Dictionary<int, List<int>> lists, int[,] matrix, string text, ConcurrentDictionary<int, int> shared, ConcurrentBag<int> bag, int n)
            {
                {{statements}}
            }

            static Order Make(int x) => new(x, "", [], null);
            static List<int> Load() => [];
            static void Use(params object?[] o) { }
        }
        """;

    [Theory]
    [InlineData("var list = new List<int>(); [|foreach (var o in view)|] list.Add(o.Id);")]
    [InlineData("List<int> list = []; [|foreach (var o in view)|] list.Add(o.Id);")]
    [InlineData("List<int> list = new(); [|foreach (var x in collection)|] list.Add(x * 2);")]
    [InlineData("var list = new List<string>(); [|foreach (var o in orders)|] { var name = o.Name; Console.WriteLine(name); list.Add(name); }")]
    [InlineData("var list = new List<string>(); [|foreach (var o in array)|] { Console.WriteLine(o); list.Add(o.Name); }")]
    [InlineData("var list = new List<int>(); [|foreach (var o in orders)|] { var sum = 0; foreach (var x in o.Lines) sum += x; list.Add(sum); }")]
    [InlineData("var list = new List<int>(); [|foreach (var o in orders)|] list.Add(list.Count == 0 ? o.Id : list[^1] + o.Id);")]
    [InlineData("var byId = new Dictionary<int, Order>(); [|foreach (var o in orders)|] byId.Add(o.Id, o);")]
    [InlineData("var byId = new Dictionary<int, Order>(); [|foreach (var o in orders)|] byId[o.Id] = o;")]
    [InlineData("var byName = new Dictionary<string, Order>(StringComparer.OrdinalIgnoreCase); [|foreach (var o in orders)|] byName[o.Name] = o;")]
    [InlineData("var names = new HashSet<string>(); [|foreach (var o in orders)|] names.Add(o.Name);")]
    [InlineData("var open = new Queue<Order>(); [|foreach (var o in orders)|] open.Enqueue(o);")]
    [InlineData("var open = new Stack<int>(); [|foreach (var x in set)|] open.Push(x);")]
    [InlineData("var list = new List<int>(); [|foreach (var pair in map)|] list.Add(pair.Value);")]
    [InlineData("var list = new List<int>(); [|foreach (var (key, value) in map)|] list.Add(value);")]
    [InlineData("var list = new List<string>(); [|foreach (var key in map.Keys)|] list.Add(key + 1);")]
    [InlineData("var list = new List<int>(); [|foreach (var x in queue)|] list.Add(x);")]
    [InlineData("var list = new List<int>(); [|foreach (var x in matrix)|] list.Add(x);")]
    [InlineData("var list = new List<char>(); [|foreach (var c in text)|] list.Add(c);")]
    [InlineData("var list = new List<int>(); [|foreach (var o in own)|] list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); [|foreach (var x in all)|] { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); [|foreach (var x in Shown)|] { Use(x); list.Add(x); }")]
    [InlineData("foreach (var o in orders) { var list = new List<int>(); [|foreach (var x in o.Lines)|] { Use(x); list.Add(x); } Use(list); }")]
    [InlineData("foreach (var pair in lists) { var list = new List<string>(); [|foreach (var x in pair.Value)|] { Use(x); list.Add(\"\" + x); } Use(list); }")]
    [InlineData("var list = new List<int>(); [|for (var i = 0; i < orders.Count; i++)|] list.Add(orders[i].Id + i);")]
    [InlineData("var list = new List<int>(); [|for (var i = 0; i < array.Length; i++)|] list.Add(i);")]
    [InlineData("var list = new List<int>(); [|for (var i = 0; i < 100; i++)|] list.Add(i);")]
    [InlineData("var count = orders.Count; var list = new List<int>(); [|for (var i = 0; i < count; i++)|] list.Add(i);")]
    [InlineData("var count = Math.Max(0, n); var list = new List<int>(); [|for (var i = 0; i < count; i++)|] list.Add(i);")]
    [InlineData("ArgumentOutOfRangeException.ThrowIfNegative(n); var list = new List<int>(); [|for (var i = 0; i < n; i++)|] list.Add(i);")]
    [InlineData("if (n < 0) throw new Exception(); var list = new List<int>(); [|for (var i = 0; i < n; i++)|] list.Add(i);")]
    [InlineData("if (n <= 0 || text == \"\") return; var list = new List<int>(); [|for (var i = 0; i < n; i++)|] list.Add(i);")]
    [InlineData("if (n > 0 && text != \"\") { var list = new List<int>(); [|for (var i = 0; i < n; i++)|] list.Add(i); }")]
    [InlineData("field = new List<int>(); [|foreach (var o in orders)|] field.Add(o.Id);")]
    [InlineData("this.byId = new(); [|foreach (var o in orders)|] this.byId[o.Id] = o;")]
    [InlineData("List<int> list; list = new List<int>(); [|foreach (var o in view)|] list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); try { [|foreach (var o in orders)|] list.Add(o.Id / n); } catch (DivideByZeroException) { Use(list); }")]
    [InlineData("var list = new List<int>(); lock (all) { [|foreach (var o in orders)|] list.Add(o.Id); }")]
    [InlineData("var list = new List<int>(); using (var reader = new StringReader(text)) { [|foreach (var o in orders)|] list.Add(o.Id + reader.Peek()); }")]
    [InlineData("var list = new List<int>(); Console.WriteLine(); [|foreach (var o in orders)|] { Use(o); list.Add(o.Id); }")]
    [InlineData("var list = new List<int>(); var items = Load(); [|foreach (var x in items)|] { Use(x); list.Add(x); }")]
    [InlineData("var ids = new List<int>(); var names = new List<string>(); [|foreach (var o in orders)|] { ids.Add(o.Id); names.Add(o.Name); }")]
    [InlineData("if (missing == null) return; var list = new List<int>(); [|foreach (var x in missing)|] { Use(x); list.Add(x); }")]
    [InlineData("if (missing != null) { var list = new List<int>(); [|foreach (var x in missing)|] { Use(x); list.Add(x); } }")]
    [InlineData("var list = new List<Func<int>>(); [|for (var i = 0; i < orders.Count; i++)|] { var j = i; list.Add(() => { if (j > 3) return 1; return j; }); }")]
    public Task Reports_growth_to_a_known_size(string statements) => ReportsInfo(Class(statements));

    [Theory]
    // Not one per iteration.
    [InlineData("var list = new List<int>(); foreach (var o in view) if (o.Id > 0) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { if (o.Id < 0) continue; list.Add(o.Id); }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); if (o.Id > 5) break; }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { if (o.Id > 5) return; list.Add(o.Id); }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); list.Add(o.Id); }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); list.AddRange(o.Lines); }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); if (list.Count > 3) list.RemoveAt(0); }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); if (list.Count > 100) { Use(list); list.Clear(); } }")]
    [InlineData("var list = new List<int>(); foreach (var o in view) foreach (var x in o.Lines) list.Add(x * 2);")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); goto end; } end: Use(list);")]
    // Tables that are also asked.
    [InlineData("var counts = new Dictionary<string, int>(); foreach (var o in orders) counts[o.Name] = counts.GetValueOrDefault(o.Name) + 1;")]
    [InlineData("var seen = new HashSet<string>(); foreach (var o in orders) { if (seen.Contains(o.Name)) Use(o); seen.Add(o.Name); }")]
    [InlineData("var seen = new HashSet<string>(); foreach (var o in orders) if (!seen.Add(o.Name)) Use(o);")]
    // The capacity is given, or asked for.
    [InlineData("var list = new List<int>(view.Count); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(16); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); list.EnsureCapacity(view.Count); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int> { Capacity = 20 }; foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); foreach (var o in view) list.Add(o.Id); Use(list.Capacity);")]
    [InlineData("var list = new List<int>(); foreach (var o in view) list.Add(o.Id); list.TrimExcess();")]
    // Counting would cost, or is not known to be possible.
    [InlineData("var list = new List<int>(); foreach (var x in lazy) list.Add(x);")]
    [InlineData("var list = new List<int>(); foreach (var x in set.Where(y => y > 0)) list.Add(x);")]
    [InlineData("var list = new List<int>(); foreach (var x in Load()) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var x in Costly) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var x in Virtual) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var x in hold.Items) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var pair in shared) list.Add(pair.Key);")]
    [InlineData("var list = new List<int>(); foreach (var x in bag) list.Add(x);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < set.Where(x => x > 3).Count(); i++) list.Add(i);")]
    [InlineData("var list = new List<int>(); foreach (var x in later.Value) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var x in lists[n]) { Use(x); list.Add(x); }")]
    // The number may be negative.
    [InlineData("var list = new List<int>(); for (var i = 0; i < n; i++) list.Add(i);")]
    [InlineData("if (n < 5) Use(n); var list = new List<int>(); for (var i = 0; i < n; i++) list.Add(i);")]
    [InlineData("if (n > 5) return; var list = new List<int>(); for (var i = 0; i < n; i++) list.Add(i);")]
    [InlineData("if (n < -5) return; var list = new List<int>(); for (var i = 0; i < n; i++) list.Add(i);")]
    [InlineData("if (n < 0) return; n -= 5; var list = new List<int>(); for (var i = 0; i < n; i++) list.Add(i);")]
    [InlineData("var count = orders.Count - 1; var list = new List<int>(); for (var i = 0; i < count; i++) list.Add(i);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < orders.Count - 1; i++) list.Add(i);")]
    [InlineData("var list = new List<int>(); for (var i = 1; i < orders.Count; i++) list.Add(i);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i <= orders.Count; i++) list.Add(i);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < orders.Count; i += 2) list.Add(i);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < 50000000; i++) list.Add(i);")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < 5; i++) list.Add(i);")]
    // The count changes on the way.
    [InlineData("var list = new List<int>(); for (var i = 0; i < queue.Count; i++) list.Add(queue.Dequeue());")]
    [InlineData("var list = new List<int>(); for (var i = 0; i < orders.Count; i++) { list.Add(orders[i].Id); orders.RemoveAt(i); }")]
    [InlineData("var list = new List<int>(); list.Add(n); for (var i = 0; i < list.Count; i++) list.Add(list[i] * 2);")]
    // The source may be missing.
    [InlineData("var list = new List<int>(); if (missing != null) foreach (var x in missing) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var x in missing!) { Use(x); list.Add(x); }")]
    [InlineData("var list = new List<int>(); foreach (var x in absent!.Lines) { Use(x); list.Add(x); }")]
    // Something is there already, or the collection is not this method's.
    [InlineData("var list = new List<int> { 1 }; foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); list.Add(1); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); Use(list); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(set); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("foreach (var o in view) field.Add(o.Id);")]
    [InlineData("var list = new SortedSet<int>(); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new LinkedList<int>(); foreach (var o in view) list.AddLast(o.Id);")]
    [InlineData("var list = new ObservableCollection<int>(); foreach (var o in view) list.Add(o.Id);")]
    [InlineData("var list = new List<int>(); if (n > 0) { foreach (var o in view) list.Add(o.Id); }")]
    [InlineData("var list = new List<int>(); do { foreach (var o in view) list.Add(o.Id); } while (n-- > 0);")]
    // What HOT0502 and HOT0503 say already.
    [InlineData("var list = new List<int>(); foreach (var x in set) list.Add(x);")]
    [InlineData("var list = new List<int>(); foreach (var o in orders) list.Add(o.Id);")]
    // Beside what an iteration waits for, room does not matter.
    [InlineData("var list = new List<string?>(); foreach (var o in view) { list.Add(o.Note); Thread.Sleep(10); }")]
    [InlineData("var list = new List<string?>(); for (var i = 0; i < 100; i++) list.Add(Console.ReadLine());")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Theory]
    [InlineData("var list = new List<int>(); foreach (var o in view) { await Task.Yield(); list.Add(o.Id); }", "async Task")]
    [InlineData("var list = new List<int>(); foreach (var o in view) { list.Add(o.Id); yield return o.Id; }", "IEnumerable<int>")]
    public Task Is_silent_where_others_run(string statements, string modifier) => Reports(Class(statements, modifier));

    [Theory]
    [InlineData("var list = new List<int>(); [|foreach (var o in view)|] list.Add(o.Id);", "'list' grows again and again while the loop over 'view' fills it; give it the capacity 'view.Count'")]
    [InlineData("var ids = new List<int>(); var names = new HashSet<string>(); [|for (var i = 0; i < array.Length; i++)|] { ids.Add(i); names.Add(array[i].Name); }", "'ids' and 'names' grow again and again while the loop 'i < array.Length' fills them; give them the capacity 'array.Length'")]
    public Task The_message_names_collection_loop_and_size(string statements, string message) => ReportsInfo(Class(statements), message);

    [Fact]
    public Task Sets_have_no_capacity_in_older_frameworks() => Reports("""
        using System.Collections.Generic;

        class C
        {
            void M(string[] items)
            {
                var set = new HashSet<string>();
                foreach (var item in items)
                    set.Add(item);

                var map = new Dictionary<string, int>();
                [|foreach (var item in items)|]
                    map[item] = 1;
            }
        }
        """, Target.NetStandard20);

    [Fact]
    public Task In_every_placement() => FixesEverywhere("""
        var lines = File.ReadAllLines("a");
        var set = new HashSet<string>();
        [|foreach (var line in lines)|]
            set.Add(line);

        Console.WriteLine(set.Count);
        """, """
        var lines = File.ReadAllLines("a");
        var set = new HashSet<string>(lines.Length);
        foreach (var line in lines)
            set.Add(line);

        Console.WriteLine(set.Count);
        """);

    private static string Method(string body) => "record Order(int Id, string Name);\n\nclass C\n{\n    private Dictionary<int, Order> byId = [];\n\n    object M(IReadOnlyList<Order> orders, Order[] array, int[] numbers)\n    {\n        " + body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n") + "\n    }\n\n    static List<int> Load() => [];\n    static void Use(object o) { }\n}\n";

    [Theory]
    [InlineData("var list = new List<int>();\n[|foreach (var o in orders)|]\n    list.Add(o.Id);\n\nreturn list;", "var list = new List<int>(orders.Count);\nforeach (var o in orders)\n    list.Add(o.Id);\n\nreturn list;")]
    [InlineData("List<int> list = []; // empty\n[|foreach (var o in orders)|]\n    list.Add(o.Id);\n\nreturn list;", "List<int> list = new(orders.Count); // empty\nforeach (var o in orders)\n    list.Add(o.Id);\n\nreturn list;")]
    [InlineData("List<int> list = new();\n[|foreach (var o in orders)|]\n    list.Add(o.Id);\n\nreturn list;", "List<int> list = new(orders.Count);\nforeach (var o in orders)\n    list.Add(o.Id);\n\nreturn list;")]
    [InlineData("var list = new List<int> { };\n[|foreach (var o in orders)|]\n    list.Add(o.Id);\n\nreturn list;", "var list = new List<int>(orders.Count);\nforeach (var o in orders)\n    list.Add(o.Id);\n\nreturn list;")]
    [InlineData("var map = new Dictionary<string, Order>(StringComparer.Ordinal);\n[|foreach (var o in array)|]\n    map[o.Name] = o;\n\nreturn map;", "var map = new Dictionary<string, Order>(array.Length, StringComparer.Ordinal);\nforeach (var o in array)\n    map[o.Name] = o;\n\nreturn map;")]
    [InlineData("byId = new();\n[|foreach (var o in array)|]\n    byId.Add(o.Id, o);\n\nreturn byId;", "byId = new(array.Length);\nforeach (var o in array)\n    byId.Add(o.Id, o);\n\nreturn byId;")]
    [InlineData("byId = [];\n[|foreach (var o in array)|]\n    byId.Add(o.Id, o);\n\nreturn byId;", "byId = new(array.Length);\nforeach (var o in array)\n    byId.Add(o.Id, o);\n\nreturn byId;")]
    [InlineData("var ids = new Queue<int>();\nvar names = new Stack<string>();\n[|foreach (var o in array)|]\n{\n    ids.Enqueue(o.Id);\n    names.Push(o.Name);\n}\n\nreturn (ids, names);", "var ids = new Queue<int>(array.Length);\nvar names = new Stack<string>(array.Length);\nforeach (var o in array)\n{\n    ids.Enqueue(o.Id);\n    names.Push(o.Name);\n}\n\nreturn (ids, names);")]
    [InlineData("var list = new List<int>();\nvar items = Load();\n\n// All.\n[|foreach (var x in items)|]\n{\n    Use(x);\n    list.Add(x);\n}\n\nreturn list;", "var items = Load();\n\nvar list = new List<int>(items.Count);\n// All.\nforeach (var x in items)\n{\n    Use(x);\n    list.Add(x);\n}\n\nreturn list;")]
    [InlineData("var list = new List<int>();\n[|for (var i = 0; i < 50; i++)|]\n    list.Add(i);\n\nreturn list;", "var list = new List<int>(50);\nfor (var i = 0; i < 50; i++)\n    list.Add(i);\n\nreturn list;")]
    public Task Gives_the_capacity(string before, string after) => Fixes(Method(before), Method(after));

    [Theory]
    [InlineData("HashSet<int> set = /* none yet */ []; [|foreach (var x in numbers)|] set.Add(x);", true)]
    [InlineData("var set = new HashSet<int>(/* none yet */); [|foreach (var x in numbers)|] set.Add(x);", false)]
    public Task Comments_stay(string statements, bool isFixed) => isFixed
        ? Fixes($"class C {{ void M(int[] numbers) {{ {statements} }} }}", $"class C {{ void M(int[] numbers) {{ {statements.Replace("[|", "").Replace("|]", "").Replace("[]", "new(numbers.Length)")} }} }}")
        : HasNoFix($"class C {{ void M(int[] numbers) {{ {statements} }} }}");

    [Fact]
    public Task In_older_languages_too() => Fixes("""
        using System.Collections.Generic;

        class C
        {
            Dictionary<string, int> M(string[] items)
            {
                var map = new Dictionary<string, int>();
                [|foreach (var item in items)|]
                    map.Add(item, item.Length);

                return map;
            }
        }
        """, """
        using System.Collections.Generic;

        class C
        {
            Dictionary<string, int> M(string[] items)
            {
                var map = new Dictionary<string, int>(items.Length);
                foreach (var item in items)
                    map.Add(item, item.Length);

                return map;
            }
        }
        """, target: Target.Net472.CSharp(7));

    [Fact]
    public Task Several_are_given_theirs_and_the_unfixable_is_left() => Fixes("""
        class C
        {
            void M(string[] items)
            {
                var first = new HashSet<string>(/* none */);
                [|foreach (var item in items)|]
                    first.Add(item);

                var second = new HashSet<string>();
                [|foreach (var item in items)|]
                    second.Add(item);

                var third = new Queue<string>();
                [|foreach (var item in items)|]
                    third.Enqueue(item);
            }
        }
        """, """
        class C
        {
            void M(string[] items)
            {
                var first = new HashSet<string>(/* none */);
                [|foreach (var item in items)|]
                    first.Add(item);

                var second = new HashSet<string>(items.Length);
                foreach (var item in items)
                    second.Add(item);

                var third = new Queue<string>(items.Length);
                foreach (var item in items)
                    third.Enqueue(item);
            }
        }
        """);

    [Theory]
    [InlineData("var set = new HashSet<int>(); foreach (var x in items) set.Add(x); return string.Join(\",\", set);", true)]
    [InlineData("var map = new Dictionary<int, int>(); foreach (var x in items) map.Add(x, x); return string.Join(\",\", map);", true)]
    [InlineData("var map = new Dictionary<int, int>(); foreach (var x in items) map[x] = x; return string.Join(\",\", map);", true)]
    [InlineData("var map = new Dictionary<int, int>(); try { foreach (var x in items) map.Add(x, 10 / x); } catch (Exception e) { Trace.Log(e.GetType().Name); } finally { Trace.Log(map.Count); } return string.Join(\",\", map);", null)]
    [InlineData("Console.Write(\"start\"); var list = new List<int>(); Console.Write(\"made\"); foreach (var x in items) { Console.Write(x); list.Add(x); } return string.Join(\",\", list);", true)]
    [InlineData("List<int> list = null; try { list = new List<int>(); foreach (var x in items) { Console.Write(x); list.Add(x); } } catch (NullReferenceException) { return \"null\" + list?.Count; } return string.Join(\",\", list);", false)]
    [InlineData("var list = new List<int>(); try { foreach (var x in items) { Console.Write(x); list.Add(x); } } catch (NullReferenceException) { return \"null\"; } return string.Join(\",\", list);", false)]
    [InlineData("var list = new List<int>(); var copy = items.ToArray(); foreach (var x in copy) { Trace.Log(x); list.Add(x); } return string.Join(\",\", list);", true)]
    [InlineData("var stack = new Stack<int>(); for (var i = 0; i < items.Count; i++) { if (items[i] == 5) throw new InvalidOperationException(\"five\"); stack.Push(items[i]); } return string.Join(\",\", stack);", true)]
    [InlineData("var n = items.Count - 3; var list = new List<int>(); for (var i = 0; i < n; i++) list.Add(i); return string.Join(\",\", list);", false)]
    [InlineData("var list = new List<int>(); foreach (var x in items) { list.Add(x); Trace.Log(list.Count); } return string.Join(\",\", list);", true)]
    public Task Does_the_same(string body, bool? expectFix) => FixesAndRuns("#nullable disable\nclass C { static string Run(List<int> items) { " + body + " } }",
        [[new List<int>()], [new List<int> { 1 }], [new List<int> { 3, 1, 2, 5, 5, 8, 13 }], [new List<int> { 1, 0, 2 }], [null]], expectFix: expectFix);
}
