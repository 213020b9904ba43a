namespace HotPath.Tests;

public sealed class CollectionCopiedToGrowTests : RuleTests<CollectionCopiedToGrowAnalyzer, CollectionCopiedToGrowFix>
{
    private static string Class(string statements) => $$"""
        using System.Collections.Immutable;

        class C
        {
            private int[] field = [];
            private static string[] names = [];
            public List<int[]> Snapshots { get; } = [];
            public int[] Property { get; set; } = [];

            void M(List<int> items, int[] array, List<List<int>> groups, string[] lines, int n, Dictionary<string, int[]> map, ImmutableArray<int> immutable, IEnumerable<int> sequence)
            {
                {{statements}}
            }

            static void Use(object o) { }
            static int F(int x) => x;
        }
        """;

    [Theory]
    [InlineData("int[] a = []; foreach (var x in items) [|a = a.Append(x).ToArray()|];")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = a.Concat(new[] { x }).ToArray()|];")]
    [InlineData("int[] a = []; foreach (var g in groups) [|a = a.Concat(g).ToArray()|];")]
    [InlineData("int[] a = []; foreach (var g in groups) [|a = g.Concat(a).ToArray()|];")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = a.Prepend(x).ToArray()|];")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = a.Append(x).Append(x + 1).ToArray()|];")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = [.. a, x]|];")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = [x, .. a]|];")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = [.. a, x, x]|];")]
    [InlineData("int[] a = []; foreach (var g in groups) [|a = [.. a, .. g]|];")]
    [InlineData("var a = new int[0]; foreach (var x in items) { [|Array.Resize(ref a, a.Length + 1)|]; a[a.Length - 1] = x; }")]
    [InlineData("var a = new int[0]; foreach (var x in items) { [|Array.Resize(ref a, a.Length + 1)|]; a[^1] = x; }")]
    [InlineData("var a = new int[0]; for (var i = 0; i < n; i++) { [|Array.Resize(ref a, i + 1)|]; a[i] = i; }")]
    [InlineData("var a = new int[0]; var k = 0; while (n-- > 0) { [|Array.Resize(ref a, a.Length + 1)|]; a[k++] = n; }")]
    [InlineData("List<int> a = []; foreach (var x in items) [|a = a.Append(x).ToList()|];")]
    [InlineData("List<int> a = []; foreach (var x in items) [|a = [.. a, x]|];")]
    [InlineData("List<int> a = []; foreach (var x in items) [|a = new List<int>(a) { x }|];")]
    [InlineData("IList<int> a = []; foreach (var x in items) [|a = a.Append(x).ToList()|];")]
    [InlineData("var a = ImmutableArray<int>.Empty; foreach (var x in items) [|a = a.Add(x)|];")]
    [InlineData("var a = ImmutableArray.Create<int>(); foreach (var g in groups) [|a = a.AddRange(g)|];")]
    [InlineData("var a = ImmutableArray<int>.Empty; foreach (var x in items) [|a = a.Insert(0, x)|];")]
    [InlineData("var s = Enumerable.Empty<int>(); foreach (var x in items) [|s = s.Append(x)|];")]
    [InlineData("IEnumerable<int> s = []; foreach (var g in groups) [|s = s.Concat(g)|];")]
    [InlineData("foreach (var x in items) [|field = field.Append(x).ToArray()|];")]
    [InlineData("foreach (var x in items) [|this.field = this.field.Append(x).ToArray()|];")]
    [InlineData("foreach (var line in lines) [|names = [.. names, line]|];")]
    [InlineData("foreach (var x in items) [|Property = Property.Append(x).ToArray()|];")]
    [InlineData("foreach (var x in items) [|map[\"all\"] = map[\"all\"].Append(x).ToArray()|];")]
    [InlineData("foreach (var x in items) [|array = array.Append(x).ToArray()|];")]
    [InlineData("items.ForEach(x => [|array = array.Append(x).ToArray()|]);")]
    [InlineData("foreach (var x in items) if (!array.Contains(x)) [|array = array.Append(x).ToArray()|];")]
    [InlineData("foreach (var x in items) { [|array = array.Append(x).ToArray()|]; Console.WriteLine(array.Length); }")]
    [InlineData("int[] a = []; foreach (var x in items) { if (x < 0) { Use(a); break; } [|a = a.Append(x).ToArray()|]; }")]
    [InlineData("foreach (var g in groups) { int[] a = []; foreach (var x in g) [|a = a.Append(x).ToArray()|]; Use(a); }")]
    public Task Reports_a_copy_per_iteration(string statements) => ReportsWarning(Class(statements));

    [Theory]
    [InlineData("var a = ImmutableList<int>.Empty; foreach (var x in items) [|a = a.Add(x)|];")]
    [InlineData("var a = ImmutableDictionary<int, int>.Empty; foreach (var x in items) [|a = a.SetItem(x, x)|];")]
    [InlineData("var a = ImmutableDictionary<int, int>.Empty; foreach (var x in items) [|a = a.Add(x, x)|];")]
    [InlineData("var a = ImmutableHashSet<int>.Empty; foreach (var x in items) [|a = a.Add(x)|];")]
    public Task Trees_are_informative(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_collection_loop_and_cost() => ReportsWarning(Class("int[] a = []; foreach (var x in items) [|a = a.Append(x).ToArray()|];"),
        "'a = a.Append(x).ToArray()' copies all of 'a' in each iteration of the loop over 'items': O(n²); add to a List and copy once");

    [Theory]
    [InlineData("int[] a = []; a = a.Append(1).ToArray();")]
    [InlineData("int[] a = []; for (var i = 0; i < 5; i++) a = a.Append(i).ToArray();")]
    [InlineData("foreach (var x in items) { int[] a = []; a = a.Append(x).ToArray(); Use(a); }")]
    [InlineData("int[] a = []; foreach (var x in items) { a = []; a = a.Append(x).ToArray(); }")]
    [InlineData("int[] a = []; foreach (var x in items) { a = a.Append(x).ToArray(); if (a.Length == 4) { Use(a); a = []; } }")]
    [InlineData("int[] a = []; foreach (var x in items) { a = a.Append(x).ToArray(); Snapshots.Add(a); }")]
    [InlineData("int[] a = []; foreach (var x in items) { a = a.Append(x).ToArray(); Use(a); }")]
    [InlineData("int[] a = []; foreach (var x in items) { a = a.Append(x).ToArray(); Property = a; }")]
    [InlineData("int[] a = []; foreach (var x in items) { a = a.Append(x).ToArray(); if (x > 0) break; else return; }")]
    [InlineData("var a = new int[4]; foreach (var x in items) { Array.Resize(ref a, a.Length * 2); a[0] = x; }")]
    [InlineData("var a = new int[4]; var k = 0; foreach (var x in items) { if (k == a.Length) Array.Resize(ref a, k + 1); a[k++] = x; }")]
    [InlineData("var a = new int[4]; foreach (var x in items) { if (x == a.Length) Array.Resize(ref a, a.Length + 1024); a[0] = x; }")]
    [InlineData("var s = ImmutableStack<int>.Empty; foreach (var x in items) s = s.Push(x);")]
    [InlineData("int[] a = []; foreach (var x in items) a = items.Append(x).ToArray();")]
    [InlineData("int[] a = [], b = []; foreach (var x in items) a = b.Append(x).ToArray();")]
    [InlineData("foreach (var x in items) map[x.ToString()] = map[x.ToString()].Append(x).ToArray();")]
    [InlineData("int[] a = []; foreach (var x in items) a = a.Where(y => y != x).ToArray();")]
    [InlineData("var s = \"\"; foreach (var x in items) s = s.Insert(0, \"x\");")]
    [InlineData("try { Use(array); } catch { foreach (var x in items) array = array.Append(x).ToArray(); }")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => FixesEverywhere("""
        int[] a = [];
        foreach (var line in File.ReadAllLines("a"))
            [|a = a.Append(line.Length).ToArray()|];

        Console.WriteLine(a.Length);
        """, """
        var list = new List<int>();
        foreach (var line in File.ReadAllLines("a"))
            list.Add(line.Length);

        Console.WriteLine(list.ToArray().Length);
        """, except: Placement.SwitchSection);

    private static string Method(string body) => "using System.Collections.Immutable;\n\nclass C\n{\n    int[] M(List<int> items, List<List<int>> groups, int n)\n    {\n        " + body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n") + "\n    }\n\n    static void Use(object o) { }\n}\n";

    [Theory]
    [InlineData("int[] a = [];\nforeach (var x in items)\n{\n    // Each.\n    [|a = a.Append(x).ToArray()|]; // again\n}\n\nreturn a;", "var list = new List<int>();\nforeach (var x in items)\n{\n    // Each.\n    list.Add(x); // again\n}\n\nreturn list.ToArray();")]
    [InlineData("var a = new int[0];\nforeach (var x in items)\n{\n    [|Array.Resize(ref a, a.Length + 1)|];\n    a[a.Length - 1] = x * 2;\n}\n\nreturn a;", "var list = new List<int>();\nforeach (var x in items)\n{\n    list.Add(x * 2);\n}\n\nreturn list.ToArray();")]
    [InlineData("var a = Array.Empty<int>();\nforeach (var x in items)\n{\n    [|Array.Resize(ref a, a.Length + 1)|];\n    a[^1] = x;\n}\n\nUse(a);\nreturn a;", "var list = new List<int>();\nforeach (var x in items)\n{\n    list.Add(x);\n}\n\nvar a = list.ToArray();\nUse(a);\nreturn a;")]
    [InlineData("int[] a = [];\nforeach (var x in items)\n    [|a = [.. a, x]|];\n\nreturn a;", "var list = new List<int>();\nforeach (var x in items)\n    list.Add(x);\n\nreturn list.ToArray();")]
    [InlineData("int[] a = [];\nforeach (var g in groups)\n    [|a = a.Concat(g).ToArray()|];\n\nreturn a;", "var list = new List<int>();\nforeach (var g in groups)\n    list.AddRange(g);\n\nreturn list.ToArray();")]
    [InlineData("int[] a = [];\nforeach (var x in items)\n    [|a = a.Concat(new[] { x }).ToArray()|];\n\nreturn a;", "var list = new List<int>();\nforeach (var x in items)\n    list.Add(x);\n\nreturn list.ToArray();")]
    [InlineData("int[] a = [];\nforeach (var g in groups)\n{\n    foreach (var x in g)\n        [|a = a.Append(x).ToArray()|];\n}\n\nreturn a;", "var list = new List<int>();\nforeach (var g in groups)\n{\n    foreach (var x in g)\n        list.Add(x);\n}\n\nreturn list.ToArray();")]
    [InlineData("var a = new[] { 1, 2 };\nfor (var i = 0; i < n; i++)\n    [|a = a.Append(i).ToArray()|];\n\nreturn a;", "var list = new List<int>(new[] { 1, 2 });\nfor (var i = 0; i < n; i++)\n    list.Add(i);\n\nreturn list.ToArray();")]
    [InlineData("List<int> a = [];\nforeach (var x in items)\n    [|a = a.Append(x).ToList()|];\n\nreturn a.ToArray();", "List<int> a = [];\nforeach (var x in items)\n    a.Add(x);\n\nreturn a.ToArray();")]
    [InlineData("var a = ImmutableArray<int>.Empty;\nforeach (var x in items)\n    [|a = a.Add(x)|];\n\nreturn a.ToArray();", "var builder = ImmutableArray.CreateBuilder<int>();\nforeach (var x in items)\n    builder.Add(x);\n\nreturn builder.ToImmutable().ToArray();")]
    [InlineData("var a = ImmutableDictionary<int, int>.Empty;\nforeach (var x in items)\n    [|a = a.SetItem(x, 1)|];\n\nreturn a.Keys.ToArray();", "var builder = ImmutableDictionary.CreateBuilder<int, int>();\nforeach (var x in items)\n    builder[x] = 1;\n\nreturn builder.ToImmutable().Keys.ToArray();")]
    [InlineData("var s = Enumerable.Empty<int>();\nforeach (var x in items)\n    [|s = s.Append(x)|];\n\nreturn s.Reverse().ToArray();", "var list = new List<int>();\nforeach (var x in items)\n    list.Add(x);\n\nvar s = list.AsEnumerable();\nreturn s.Reverse().ToArray();")]
    [InlineData("int[] a = [];\nif (n > 0)\n{\n    foreach (var x in items)\n        [|a = a.Append(x).ToArray()|];\n}\n\nreturn a;", "int[] a = [];\nif (n > 0)\n{\n    var list = new List<int>();\n    foreach (var x in items)\n        list.Add(x);\n    a = list.ToArray();\n}\n\nreturn a;")]
    public Task Collects_and_copies_once(string before, string after) => Fixes(Method(before), Method(after));

    [Theory]
    // What the loop asks the array it would have to ask the list.
    [InlineData("int[] a = []; foreach (var x in items) if (!a.Contains(x)) [|a = a.Append(x).ToArray()|]; return a;")]
    [InlineData("int[] a = []; foreach (var x in items) { [|a = a.Append(x).ToArray()|]; Console.WriteLine(a.Length); } return a;")]
    [InlineData("int[] a = []; for (var i = 0; a.Length < n; i++) [|a = a.Append(i).ToArray()|]; return a;")]
    // In front, several.
    [InlineData("int[] a = []; foreach (var x in items) [|a = a.Prepend(x).ToArray()|]; return a;")]
    [InlineData("int[] a = []; foreach (var x in items) [|a = [.. a, x, x]|]; return a;")]
    // Someone else has the array, or sees it half-way.
    [InlineData("int[] a = []; try { foreach (var x in items) [|a = a.Append(10 / x).ToArray()|]; } catch (DivideByZeroException) { } return a;")]
    [InlineData("int[] a = []; Action show = () => Console.WriteLine(a.Length); foreach (var x in items) [|a = a.Append(x).ToArray()|]; show(); return a;")]
    [InlineData("var a = new[] { 1 }; var b = a; foreach (var x in items) [|a = a.Append(x).ToArray()|]; b[0] = 2; return a;")]
    [InlineData("int[] a = []; foreach (var x in items) { if (x < 0) return a; [|a = a.Append(x).ToArray()|]; } return a;")]
    // The other sequence may change before someone walks through it.
    [InlineData("IEnumerable<int> s = []; foreach (var g in groups) [|s = s.Concat(g)|]; groups[0].Clear(); return s.ToArray();")]
    [InlineData("int[] a = []; try { foreach (var x in items) [|a = a.Append(10 / x).ToArray()|]; } finally { Use(a); } return a;")]
    [InlineData("int[] a = []; again: foreach (var x in items) [|a = a.Append(x).ToArray()|]; if (a.Length < n) goto again; return a;")]
    // Half of a range would be kept.
    [InlineData("int[] a = []; foreach (var g in groups) { try { [|a = a.Concat(g.Select(x => 10 / x)).ToArray()|]; } catch (DivideByZeroException) { } } return a;")]
    // Null comes to light elsewhere.
    [InlineData("int[] a = n > 3 ? null! : []; foreach (var x in items) [|a = a.Append(x).ToArray()|]; return a;")]
    [InlineData("int[] a = []; items.ForEach(x => [|a = a.Append(x).ToArray()|]); return a;")]
    public Task Has_no_fix_where_a_list_would_show(string body) => HasNoFix(Method(body));

    [Fact]
    public Task Parameters_and_fields_stay() => HasNoFix("""
        class C
        {
            private int[] all = [];

            int[] M(int[] a, List<int> items)
            {
                foreach (var x in items)
                {
                    [|a = a.Append(x).ToArray()|];
                    [|all = all.Append(x).ToArray()|];
                }

                return a;
            }
        }
        """);

    [Fact]
    public Task Lines_that_end_in_two_characters_stay_so() => Fixes(
        "class C\r\n{\r\n    int[] M(int[] items)\r\n    {\r\n        int[] a = [];\r\n        foreach (var x in items)\r\n            [|a = a.Append(x).ToArray()|];\r\n\r\n        return a;\r\n    }\r\n}\r\n",
        "class C\r\n{\r\n    int[] M(int[] items)\r\n    {\r\n        var list = new List<int>();\r\n        foreach (var x in items)\r\n            list.Add(x);\r\n\r\n        return list.ToArray();\r\n    }\r\n}\r\n");

    [Fact]
    public Task Two_in_one_method_and_an_unfixable_first() => Fixes("""
        class C
        {
            int[] M(List<int> items)
            {
                int[] first = [], second = [], third = [];
                foreach (var x in items)
                    [|first = first.Prepend(x).ToArray()|];

                foreach (var x in items)
                    [|second = second.Append(x).ToArray()|];

                foreach (var x in items)
                    [|third = third.Append(x).ToArray()|];

                return first.Concat(second).Concat(third).ToArray();
            }
        }
        """, """
        class C
        {
            int[] M(List<int> items)
            {
                int[] first = [], second = [], third = [];
                foreach (var x in items)
                    [|first = first.Prepend(x).ToArray()|];
                var list = new List<int>();
                foreach (var x in items)
                    list.Add(x);

                second = list.ToArray();
                var list2 = new List<int>();
                foreach (var x in items)
                    list2.Add(x);

                third = list2.ToArray();
                return first.Concat(second).Concat(third).ToArray();
            }
        }
        """);

    [Fact]
    public Task In_older_projects_too() => Fixes("""
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            string[] M(List<string> items)
            {
                var a = new string[0];
                foreach (var x in items)
                    [|a = a.Concat(new[] { x }).ToArray()|];

                return a;
            }
        }
        """, """
        using System;
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            string[] M(List<string> items)
            {
                var list = new List<string>();
                foreach (var x in items)
                    list.Add(x);

                return list.ToArray();
            }
        }
        """, target: Target.Net472);

    [Theory]
    [InlineData("int[] a = []; foreach (var x in items) a = a.Append(Trace.Log(\"f\" + x, 10 / x)).ToArray(); return string.Join(\",\", a);")]
    [InlineData("int[] a = []; foreach (var x in items) { if (x == 3) continue; a = [.. a, x]; if (x == 5) break; } return string.Join(\",\", a);")]
    [InlineData("int[] a = [7]; foreach (var x in items) { Array.Resize(ref a, a.Length + 1); a[^1] = Trace.Log(x, x); } return string.Join(\",\", a);")]
    [InlineData("IEnumerable<int> s = []; foreach (var x in items) s = s.Append(x); return string.Join(\",\", s) + s.Count();")]
    [InlineData("var d = System.Collections.Immutable.ImmutableDictionary<int, int>.Empty; foreach (var x in items) d = d.Add(x % 4, x % 2); return string.Join(\",\", d.OrderBy(p => p.Key));")]
    [InlineData("var d = System.Collections.Immutable.ImmutableSortedSet.Create(9, 8); foreach (var x in items) d = d.Add(x); return string.Join(\",\", d);")]
    [InlineData("var all = new List<int[]>(); foreach (var y in items) { int[] a = []; foreach (var x in items) { if (x > y) a = a.Append(x * y).ToArray(); } all.Add(a); } return string.Join(\";\", all.Select(a => string.Join(\",\", a)));")]
    [InlineData("List<int> a = []; foreach (var x in items) a = a.Concat(items).ToList(); return string.Join(\",\", a);")]
    [InlineData("object[] a = []; foreach (var x in items) a = a.Append(x).ToArray(); return string.Join(\",\", a) + a.GetType();")]
    [InlineData("int[] a = []; foreach (var x in items) { foreach (var y in items) { if (y > x) continue; a = a.Append(y).ToArray(); } } return a.Length + nameof(a);")]
    [InlineData("int[] a = []; for (var i = 0; i < items.Count; a = a.Append(items[i++]).ToArray()) Trace.Log(i); return string.Join(\",\", a);")]
    [InlineData("int[] a = []; foreach (var x in items) { if (x > 3) return \"early\"; a = a.Append(x).ToArray(); } a[0] = 9; return string.Join(\",\", a);")]
    [InlineData("string?[] a = []; foreach (var x in items) a = a.Append(x > 2 ? null : x.ToString()).ToArray(); return string.Join(\",\", a);")]
    [InlineData("long[] a = []; foreach (var x in items) a = a.Append(x).ToArray(); return string.Join(\",\", a) + a.GetType();")]
    public Task Does_the_same(string body) => FixesAndRuns("class C { static string Run(List<int> items) { " + body + " } }",
        [[new List<int>()], [new List<int> { 1 }], [new List<int> { 3, 1, 2, 5, 5, 8, 13 }], [new List<int> { 1, 0, 2 }], [null]]);
}
