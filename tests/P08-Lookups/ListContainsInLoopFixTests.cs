namespace HotPath.Tests;

public sealed class ListContainsInLoopFixTests : RuleTests<ListContainsInLoopAnalyzer, ListContainsInLoopFix>
{
    private static string Class(string statements, string parameters = "List<string> known, List<string> asked, string[] array, Dictionary<int, string> byId, List<int> ids", string members = "") => $$"""
        class C
        {
            void M({{parameters}})
            {
                {{statements.Replace("\n", "\n        ")}}
            }

            void Use(object? o) { }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("[|known.Contains(x)|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("![|known.Contains(x)|]", "!knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.IndexOf(x)|] >= 0", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.IndexOf(x)|] > -1", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.IndexOf(x)|] != -1", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.IndexOf(x)|] == -1", "!knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.IndexOf(x)|] < 0", "!knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.LastIndexOf(x)|] is -1", "!knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|Array.IndexOf(array, x)|] >= 0", "arraySet.Contains(x)", "arraySet", "array")]
    [InlineData("[|array.Contains(x)|]", "arraySet.Contains(x)", "arraySet", "array")]
    [InlineData("[|known.Exists(k => k == x)|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.Any(k => k == x)|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.Any(k => x == k)|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.Any(k => k.Equals(x))|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|known.All(k => k != x)|]", "!knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("![|known.TrueForAll(k => k != x)|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|Array.Exists(array, k => string.Equals(k, x))|]", "arraySet.Contains(x)", "arraySet", "array")]
    [InlineData("[|byId.ContainsValue(x)|]", "byIdValuesSet.Contains(x)", "byIdValuesSet", "byId.Values")]
    [InlineData("[|byId.Values.Contains(x)|]", "byIdValuesSet.Contains(x)", "byIdValuesSet", "byId.Values")]
    [InlineData("[|known.Contains(x, StringComparer.OrdinalIgnoreCase)|]", "knownSet.Contains(x)", "knownSet", "known, StringComparer.OrdinalIgnoreCase")]
    [InlineData("[|known.Any(k => k.Equals(x, StringComparison.OrdinalIgnoreCase))|]", "knownSet.Contains(x)", "knownSet", "known, StringComparer.OrdinalIgnoreCase")]
    [InlineData("[|known.Any(k => string.Equals(k, x, StringComparison.Ordinal))|]", "knownSet.Contains(x)", "knownSet", "known")]
    [InlineData("[|Enumerable.Contains(known, x)|]", "knownSet.Contains(x)", "knownSet", "known")]
    public Task Every_form(string test, string fixedTest, string name, string arguments) => Fixes(
        Class($"foreach (var x in asked)\n{{\n    if ({test})\n        Use(x);\n}}"),
        Class($"var {name} = new HashSet<string>({arguments});\nforeach (var x in asked)\n{{\n    if ({fixedTest})\n        Use(x);\n}}"));

    [Fact]
    public Task The_set_goes_before_the_outermost_loop_in_which_the_list_stays_the_same() => Fixes("""
        class C
        {
            int M(List<string> known, List<string[]> pages)
            {
                var found = 0;

                // Count them.
                foreach (var page in pages)
                {
                    foreach (var name in page)
                        if ([|known.Contains(name)|]) // by name
                            found++;
                }

                return found;
            }
        }
        """, """
        class C
        {
            int M(List<string> known, List<string[]> pages)
            {
                var found = 0;

                var knownSet = new HashSet<string>(known);
                // Count them.
                foreach (var page in pages)
                {
                    foreach (var name in page)
                        if (knownSet.Contains(name)) // by name
                            found++;
                }

                return found;
            }
        }
        """);

    [Fact]
    public Task A_list_that_grows_between_inner_loops_gets_a_set_for_each() => Fixes("""
        class C
        {
            int M(List<string[]> pages)
            {
                var known = new List<string>();
                var found = 0;
                foreach (var page in pages)
                {
                    foreach (var name in page)
                    {
                        if ([|known.Contains(name)|])
                            found++;
                    }

                    known.AddRange(page);
                }

                return found;
            }
        }
        """, """
        class C
        {
            int M(List<string[]> pages)
            {
                var known = new List<string>();
                var found = 0;
                foreach (var page in pages)
                {
                    var knownSet = new HashSet<string>(known);
                    foreach (var name in page)
                    {
                        if (knownSet.Contains(name))
                            found++;
                    }

                    known.AddRange(page);
                }

                return found;
            }
        }
        """);

    [Fact]
    public Task Questions_about_one_list_share_a_set_and_others_get_their_own() => Fixes("""
        class C
        {
            int M(List<string> known, List<string> banned, List<string> asked)
            {
                var n = 0;
                foreach (var name in asked)
                {
                    if ([|known.Contains(name)|] && ![|banned.Contains(name)|] || [|known.Contains(name + "!")|])
                        n++;
                    if ([|known.Contains(name, StringComparer.OrdinalIgnoreCase)|])
                        n++;
                }

                return n;
            }
        }
        """, """
        class C
        {
            int M(List<string> known, List<string> banned, List<string> asked)
            {
                var n = 0;
                var knownSet = new HashSet<string>(known);
                var bannedSet = new HashSet<string>(banned);
                var knownSet2 = new HashSet<string>(known, StringComparer.OrdinalIgnoreCase);
                foreach (var name in asked)
                {
                    if (knownSet.Contains(name) && !bannedSet.Contains(name) || knownSet.Contains(name + "!"))
                        n++;
                    if (knownSet2.Contains(name))
                        n++;
                }

                return n;
            }
        }
        """);

    [Fact]
    public Task A_query_that_is_run_at_once() => Fixes("""
        class C
        {
            List<string> Missing(List<string> known, List<string> asked) => asked.Where(a => ![|known.Contains(a)|]).OrderBy(a => a).ToList();
            int Count(List<string> known, List<string> asked)
            {
                return asked.Count(a => [|known.Contains(a)|]);
            }
            void Remove(List<string> asked)
            {
                var known = File.ReadAllLines("a");
                if (asked.Count > 3)
                    asked.RemoveAll(a => [|known.Contains(a)|]);
            }
            string[] Query(List<string> known, List<string> asked)
            {
                var found = (from a in asked where [|known.Contains(a)|] select a).ToArray();
                return found;
            }
        }
        """, """
        class C
        {
            List<string> Missing(List<string> known, List<string> asked)
            {
                var knownSet = new HashSet<string>(known);
                return asked.Where(a => !knownSet.Contains(a)).OrderBy(a => a).ToList();
            }
            int Count(List<string> known, List<string> asked)
            {
                var knownSet = new HashSet<string>(known);
                return asked.Count(a => knownSet.Contains(a));
            }
            void Remove(List<string> asked)
            {
                var known = File.ReadAllLines("a");
                if (asked.Count > 3)
                {
                    var knownSet = new HashSet<string>(known);
                    asked.RemoveAll(a => knownSet.Contains(a));
                }
            }
            string[] Query(List<string> known, List<string> asked)
            {
                var knownSet = new HashSet<string>(known);
                var found = (from a in asked where knownSet.Contains(a) select a).ToArray();
                return found;
            }
        }
        """);

    [Fact]
    public Task A_null_value_may_be_asked_for() => Fixes("""
        class C
        {
            int M(string[] known, List<string?> asked)
            {
                var n = 0;
                foreach (var a in asked)
                    if ([|known.Contains(a)|])
                        n++;
                return n;
            }
        }
        """, """
        class C
        {
            int M(string[] known, List<string?> asked)
            {
                var n = 0;
                var knownSet = new HashSet<string?>(known);
                foreach (var a in asked)
                    if (knownSet.Contains(a))
                        n++;
                return n;
            }
        }
        """);

    [Fact]
    public Task Top_level_statements() => Fixes("""
        var known = File.ReadAllLines("a");
        foreach (var line in args)
            if ([|known.Contains(line)|])
                Console.WriteLine(line);
        """, """
        var known = File.ReadAllLines("a");
        var knownSet = new HashSet<string>(known);
        foreach (var line in args)
            if (knownSet.Contains(line))
                Console.WriteLine(line);
        """);

    [Fact]
    public Task Without_nullable_annotations_the_set_is_built_on_first_use() => Fixes("""
        class C
        {
            int M(List<string> known, List<string> asked)
            {
                var n = 0;
                foreach (var a in asked)
                    if ([|known.Contains(a)|])
                        n++;
                return n;
            }
        }
        """, """
        class C
        {
            int M(List<string> known, List<string> asked)
            {
                var n = 0;
                HashSet<string> knownSet = null;
                foreach (var a in asked)
                    if ((knownSet ??= [.. known]).Contains(a))
                        n++;
                return n;
            }
        }
        """, target: Target.Net100.Oblivious);

    [Fact]
    public Task Questions_about_one_list_that_may_be_null_share_a_set() => Fixes("""
        class C
        {
            int M(List<string> known, string[] array, List<string> asked)
            {
                var n = 0;
                foreach (var a in asked)
                    if ([|known.Contains(a)|] || ![|known.Contains(n + a)|] || [|Array.Exists(array, x => x == a)|] || [|known.IndexOf(a)|] < 0)
                        n++;
                return n;
            }
        }
        """, """
        class C
        {
            int M(List<string> known, string[] array, List<string> asked)
            {
                var n = 0;
                HashSet<string> knownSet = null;
                HashSet<string> arraySet = null;
                foreach (var a in asked)
                    if ((knownSet ??= [.. known]).Contains(a) || ![|known.Contains(n + a)|] || (arraySet ??= new HashSet<string>(array)).Contains(a) || !(knownSet ??= [.. known]).Contains(a))
                        n++;
                return n;
            }
        }
        """, target: Target.Net100.Oblivious);

    [Fact]
    public Task Without_nullable_annotations_a_list_that_was_used_before_cannot_be_null() => Fixes("""
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            readonly List<string> names = new List<string>();
            public void Add(string s) => names.Add(s);
            int M(List<string> known, List<string> asked, List<string> other)
            {
                var n = known.Count;
                if (other == null)
                    return n;
                foreach (var a in asked)
                    if ([|known.Contains(a)|] || [|other.Contains(a)|] || [|names.Contains(a)|])
                        n++;
                return n;
            }
        }
        """, """
        using System.Collections.Generic;
        using System.Linq;

        class C
        {
            readonly List<string> names = new List<string>();
            public void Add(string s) => names.Add(s);
            int M(List<string> known, List<string> asked, List<string> other)
            {
                var n = known.Count;
                if (other == null)
                    return n;
                var knownSet = new HashSet<string>(known);
                var otherSet = new HashSet<string>(other);
                var namesSet = new HashSet<string>(names);
                foreach (var a in asked)
                    if (knownSet.Contains(a) || otherSet.Contains(a) || namesSet.Contains(a))
                        n++;
                return n;
            }
        }
        """, target: Target.Net472.Oblivious.CSharp(7));

    [Fact]
    public Task An_import_is_added() => Fixes("""
        class C
        {
            int M(string[] known, string[] asked)
            {
                var n = 0;
                foreach (var a in asked)
                    if ([|System.Array.IndexOf(known, a)|] >= 0)
                        n++;
                return known.Length;
            }
        }
        """, """
        using System.Collections.Generic;

        class C
        {
            int M(string[] known, string[] asked)
            {
                var n = 0;
                var knownSet = new HashSet<string>(known);
                foreach (var a in asked)
                    if (knownSet.Contains(a))
                        n++;
                return known.Length;
            }
        }
        """, target: Target.NetStandard20.CSharp(9));

    [Theory]
    // The list may change meanwhile, in a way that cannot be seen.
    [InlineData("foreach (var x in asked) { if ([|known.Contains(x)|]) action(); }")]
    [InlineData("foreach (var x in lazy) { if ([|known.Contains(x)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|known.Contains(x)|]) asked.Add(x); }")]
    [InlineData("foreach (var x in asked) { if ([|known.Contains(x)|]) Callback?.Invoke(x); }")]
    [InlineData("foreach (var x in asked) { lock (known) { if ([|known.Contains(x)|]) Use(x); } }")]
    [InlineData("var q = asked.Where(x => [|known.Contains(x)|]); known.Add(\"\"); Use(q.Count());")]
    [InlineData("Use(asked.Where(x => [|known.Contains(x)|]));")]
    [InlineData("Fill(known).ForEach(x => { if ([|asked.Contains(x)|]) Use(x); });")]
    [InlineData("var first = known.Remove(\"\") && asked.Any(x => [|known.Contains(x)|]);")]
    [InlineData("while (asked.Any(x => [|known.Contains(x)|])) { known.RemoveAt(0); }")]
    [InlineData("foreach (var x in asked) { if (Virtual(x) && [|known.Contains(x)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|Property.Contains(x)|]) Use(x); }")]
    [InlineData("void Local(ref List<string> by) { foreach (var x in asked) { if ([|by.Contains(x)|]) Use(x); } } Local(ref known);")]
    // Null.
    [InlineData("foreach (var x in asked) { if (known?[|.Contains(x)|] == true) Use(x); }")]
    [InlineData("foreach (var x in asked) { if (known != null && [|known.Contains(x)|]) Use(x); }", true)]
    [InlineData("if (o is List<string> list && asked.Any(x => [|list.Contains(x)|])) Use(o);")]
    // Equality that is not known.
    [InlineData("foreach (var x in asked) { if ([|known.Contains(x, comparer)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|known.Contains(x, new Mine())|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|known.Contains(x, StringComparer.CurrentCulture)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|known.Any(k => k.Equals(x, StringComparison.CurrentCultureIgnoreCase))|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|interfaced.Contains(x)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|mine.Contains(x)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|objects.Contains(x)|]) Use(x); }")]
    // Evaluated another number of times.
    [InlineData("foreach (var x in asked) { if ([|known.Any(k => k == x.Substring(3))|]) Use(x); }")]
    [InlineData("foreach (var x in nullable) { if ([|known.Any(k => k == x!.ToString())|]) Use(x); }")]
    [InlineData("foreach (var x in nullable) { if ([|nullable.Any(k => k!.Equals(x + \"!\"))|]) Use(x); }")]
    // Comments.
    [InlineData("foreach (var x in asked) { if ([|known.Any(/* exact */ k => k == x)|]) Use(x); }")]
    // Types.
    [InlineData("foreach (var x in asked) { if ([|numbers.Any(k => k == (long)x.Length)|]) Use(x); }")]
    [InlineData("foreach (var x in asked) { if ([|anonymous.Contains(new { Name = x })|]) Use(x); }")]
    [InlineData("var f = asked.Select(static x => [|Shared.Contains(x)|]).ToList();")]
    public Task No_fix(string statements, bool lazily = false)
    {
        var source = $$"""
            class C
            {
                public event Action<string>? Callback;
                public List<string> Property { get; set; } = new();
                static readonly List<string> Shared = File.ReadAllLines("a").ToList();
                void M(List<string> known, List<string> asked, List<string?> nullable, IEnumerable<string> lazy, Action action, IEqualityComparer<string> comparer, IList<string> interfaced, Names mine, List<object> objects, List<int> numbers, object o)
                {
                    var anonymous = asked.Select(x => new { Name = x }).ToList();
                    {{statements}}
                }

                void Use(object? o) { }
                List<string> Fill(List<string> list) { list.Add("a"); return list; }
                protected virtual bool Virtual(string s) => true;
            }
            class Names : List<string>;
            class Mine : IEqualityComparer<string>
            {
                public bool Equals(string? a, string? b) => a?.Length == b?.Length;
                public int GetHashCode(string s) => s.GetHashCode();
            }
            """;
        return lazily ? Fixes(source, source.Replace("foreach", "HashSet<string>? knownSet = null;\n        foreach").Replace("[|known.Contains(x)|]", "(knownSet ??= [.. known]).Contains(x)")) : HasNoFix(source);
    }

    [Fact]
    public Task No_fix_where_the_caller_runs_between_two_questions() => HasNoFix("""
        class C
        {
            IEnumerable<string> M(List<string> known, List<string> asked)
            {
                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        yield return x;
            }

            async Task N(List<string> known, List<string> asked)
            {
                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        await Task.Delay(1);
            }

            readonly List<string> names = new();
            public void Add(string s) => names.Add(s);
            void Endless()
            {
                while (Console.ReadLine() is { } line)
                    if ([|names.Contains(line)|])
                        Console.WriteLine(line);
            }
        }
        """);

    [Fact]
    public Task A_list_of_ones_own_is_safe_from_callers() => Fixes("""
        class C
        {
            IEnumerable<string> M(List<string> asked)
            {
                var known = File.ReadAllLines("a").ToList();
                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        yield return x;
            }
        }
        """, """
        class C
        {
            IEnumerable<string> M(List<string> asked)
            {
                var known = File.ReadAllLines("a").ToList();
                var knownSet = new HashSet<string>(known);
                foreach (var x in asked)
                    if (knownSet.Contains(x))
                        yield return x;
            }
        }
        """);

    [Theory]
    [InlineData("class Key(int id) { public int Id => id; public override bool Equals(object? o) => o is Key k && k.Id == Id; public override int GetHashCode() => Id; }", true)]
    [InlineData("class Key(int id) { public int Id { get; set; } = id; public override bool Equals(object? o) => o is Key k && k.Id == Id; public override int GetHashCode() => Id; }", false)]
    [InlineData("class Key(int id) { public int Id => id; }", true)]
    [InlineData("class Key(int id) { public int Id => id; } class Sub(int id) : Key(id) { public override bool Equals(object? o) => o is Sub; public override int GetHashCode() => 1; }", true)]
    [InlineData("class Key(int id) { public int Id => id; }\n#pragma warning disable CS0659\nclass Sub(int id) : Key(id) { public override bool Equals(object? o) => o is Sub; }", false)]
    [InlineData("record Key(int Id);", true)]
    [InlineData("record Key(int Id) { public int Id { get; set; } = Id; }", false)]
    [InlineData("record struct Key(int Id);", true)]
    [InlineData("struct Key(int id) { public int Id => id; }", true)]
    [InlineData("class Key(int id) { public int Id => id; public override bool Equals(object? o) { Console.WriteLine(\"asked\"); return o is Key k && k.Id == Id; } public override int GetHashCode() => Id; }", false)]
    [InlineData("class Key(int id) { public int Id => id; public override bool Equals(object? o) => o is Key k && k.Id == Id; public override int GetHashCode() => throw new NotSupportedException(); }", false)]
    public Task Keys(string type, bool isFixed)
    {
        var before = $$"""
            class C
            {
                void M(List<Key> keys, List<Key> asked)
                {
                    foreach (var key in asked)
                        if ([|keys.Contains(key)|])
                            Console.WriteLine(key);
                }
            }
            {{type}}
            """;
        return isFixed
            ? Fixes(before, before.Replace("foreach", "var keysSet = new HashSet<Key>(keys);\n        foreach").Replace("[|keys.Contains(key)|]", "keysSet.Contains(key)"))
            : HasNoFix(before);
    }

    [Fact]
    public Task Directives_stay_where_they_are() => HasNoFix("""
        class C
        {
            void M(List<string> known, List<string> asked)
            {
        #if FAST
                Console.WriteLine();
        #endif
                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        Console.WriteLine(x);
            }
        }
        """);

    [Fact]
    public Task Switch_sections_lambdas_and_braceless_bodies() => Fixes("""
        class C
        {
            void M(List<string> known, List<string> asked, int n)
            {
                switch (n)
                {
                    case 1:
                        foreach (var x in asked)
                            if ([|known.Contains(x)|])
                                Console.WriteLine(x);
                        break;
                }

                if (n > 3)
                    foreach (var x in asked)
                        if ([|known.Contains(x)|])
                            Console.WriteLine(x);

                Func<int> count = () => asked.Count(x => [|known.Contains(x)|]);
                Console.WriteLine(count());
            }
        }
        """, """
        class C
        {
            void M(List<string> known, List<string> asked, int n)
            {
                switch (n)
                {
                    case 1:
                        var knownSet = new HashSet<string>(known);
                        foreach (var x in asked)
                            if (knownSet.Contains(x))
                                Console.WriteLine(x);
                        break;
                }

                if (n > 3)
                {
                    var knownSet2 = new HashSet<string>(known);
                    foreach (var x in asked)
                        if (knownSet2.Contains(x))
                            Console.WriteLine(x);
                }

                Func<int> count = () =>
                {
                    var knownSet3 = new HashSet<string>(known);
                    return asked.Count(x => knownSet3.Contains(x));
                };
                Console.WriteLine(count());
            }
        }
        """);

    [Fact]
    public Task Carriage_returns_stay() => Fixes(
        Class("foreach (var x in asked)\n    if ([|known.Contains(x)|])\n        Use(x);").ReplaceLineEndings("\r\n"),
        Class("var knownSet = new HashSet<string>(known);\nforeach (var x in asked)\n    if (knownSet.Contains(x))\n        Use(x);").ReplaceLineEndings("\r\n"));

    [Fact]
    public Task Names_do_not_clash() => Fixes(
        Class("var knownSet = 1;\nforeach (var x in asked)\n    if ([|known.Contains(x)|])\n        Use(knownSet);"),
        Class("var knownSet = 1;\nvar knownSet2 = new HashSet<string>(known);\nforeach (var x in asked)\n    if (knownSet2.Contains(x))\n        Use(knownSet);"));

    [Fact]
    public Task Fields_lose_their_underscore() => Fixes("""
        class C
        {
            private readonly List<string> _known = new();
            public void Learn(string s) => _known.Add(s);
            public int M(string[] asked)
            {
                var n = 0;
                foreach (var x in asked)
                    if ([|this._known.Contains(x)|])
                        n++;
                return n;
            }
        }
        """, """
        class C
        {
            private readonly List<string> _known = new();
            public void Learn(string s) => _known.Add(s);
            public int M(string[] asked)
            {
                var n = 0;
                var knownSet = new HashSet<string>(this._known);
                foreach (var x in asked)
                    if (knownSet.Contains(x))
                        n++;
                return n;
            }
        }
        """);

    [Fact]
    public Task Fix_all_passes_what_it_cannot_fix() => Fixes("""
        class C
        {
            void M(List<string> known, List<string> asked, Action action)
            {
                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        action();

                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        Console.WriteLine(x);
            }
        }
        """, """
        class C
        {
            void M(List<string> known, List<string> asked, Action action)
            {
                foreach (var x in asked)
                    if ([|known.Contains(x)|])
                        action();

                var knownSet = new HashSet<string>(known);
                foreach (var x in asked)
                    if (knownSet.Contains(x))
                        Console.WriteLine(x);
            }
        }
        """);

    private static readonly Arguments[] Lists =
    [
        [new[] { "a", "b", "c" }, new[] { "a", "x", "a", "c", "" }],
        [new string[0], new[] { "a" }],
        [new[] { "a" }, new string[0]],
        [new[] { "a", "a", "b", null, "B", "ı", "I", "i" }, new[] { null, "b", "B", "İ", "i", "I", "a" }],
    ];

    /// <summary>Programs with <c>known</c> and <c>asked</c>; <paramref name="isFixed"/> says whether the fix has to do something.</summary>
    [Theory]
    [InlineData("foreach (var x in asked) if (known.Contains(x)) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) { if (known.Contains(x)) result.Add(x); result.Add(known.Count.ToString()); }", true)]
    [InlineData("foreach (var x in asked) if (known.IndexOf(x) < 0) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) if (known.Any(k => k == x)) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) if (known.All(k => k != x)) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) if (known.Any(k => string.Equals(k, x, StringComparison.OrdinalIgnoreCase))) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) if (known.Contains(x, StringComparer.InvariantCultureIgnoreCase)) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) if (known.Contains(x, StringComparer.CurrentCultureIgnoreCase)) result.Add(x);", null)]
    [InlineData("foreach (var x in asked) if (known.Any(k => k.Equals(x))) result.Add(x);", null, false)]
    [InlineData("foreach (var x in asked) if (known.Any(k => x.Equals(k))) result.Add(x);", null)]
    [InlineData("foreach (var x in asked) if (known.Any(k => k == x.Trim())) result.Add(x);", null)]
    [InlineData("result.AddRange(asked.Where(x => !known.Contains(x)));", true)]
    [InlineData("known.AddRange(asked.Where(x => !known.Contains(x)));", null)]
    [InlineData("known.AddRange(asked.Where(x => !known.Contains(x)).ToList());", true)]
    [InlineData("var q = asked.Where(x => !known.Contains(x)); known.Add(\"x\"); result.AddRange(q);", null)]
    [InlineData("var q = asked.Where(x => !known.Contains(x)); foreach (var x in q) known.Add(x);", null)]
    [InlineData("foreach (var x in asked.Where(x => !known.Contains(x))) known.Add(x);", null)]
    [InlineData("foreach (var x in asked.Where(x => !known.Contains(x))) result.Add(x);", true)]
    [InlineData("foreach (var x in asked) { if (!known.Contains(x)) result.Add(x); known.Insert(0, x); }", null)]
    [InlineData("foreach (var x in asked) { if (known.Contains(x)) { result.Add(x); known.Remove(x); } }", null)]
    [InlineData("var alias = known; foreach (var x in asked) { if (!known.Contains(x)) alias.Add(x); }", null)]
    [InlineData("var alias = known.Count > 1 ? known : asked; foreach (var x in asked.ToList()) { if (!known.Contains(x)) alias.Add(x + \"!\"); else alias.Add(x + \"?\"); }", null)]
    [InlineData("void Grow(string s) => known.Add(s); foreach (var x in asked) { if (!known.Contains(x)) Grow(x); }", null)]
    [InlineData("Action<string> grow = s => known.Add(s); foreach (var x in asked) { if (!known.Contains(x)) grow(x); }", null)]
    [InlineData("Action<string> grow = known.Add; foreach (var x in asked) { if (!known.Contains(x)) grow(x); }", null)]
    [InlineData("foreach (var x in asked) { if (!known.Contains(x)) Add(known, x); }", null)]
    [InlineData("Kept = known; foreach (var x in asked) { if (!known.Contains(x)) AddToKept(x); }", null)]
    [InlineData("Kept = known; foreach (var x in asked) { if (!Kept.Contains(x)) known.Add(x); }", null)]
    [InlineData("Kept = known; foreach (var x in asked) { if (!Kept.Contains(x)) result.Add(x); Kept = new List<string>(Kept) { \"a\" }; }", null)]
    [InlineData("Kept = known; foreach (var x in Lazy(asked)) { if (!Kept.Contains(x)) result.Add(x); }", null)]
    [InlineData("Kept = known; result.AddRange(Lazy(asked).Where(x => !Kept.Contains(x)));", null)]
    [InlineData("Kept = known; result.AddRange(asked.Where(x => !known.Contains(x)).Select(x => { AddToKept(x); return x; }));", null)]
    [InlineData("Kept = known; foreach (var x in asked) { try { if (!Kept.Contains(x)) result.Add(x); AddToKept(x); } finally { result.Add(\"f\"); } }", null)]
    [InlineData("foreach (var x in asked) { if (known.Contains(x)) break; result.Add(x!); } foreach (var x in asked) { if (known.Contains(x)) return result; result.Add(x!); }", true)]
    [InlineData("foreach (var x in asked) { if (x == \"x\" && known.Contains(x)) throw new Exception(x); if (known.Contains(x)) result.Add(x); }", true)]
    [InlineData("for (var i = 0; i < asked.Count; i++) { if (known.Contains(asked[i])) asked[i] = \"\"; }", null)]
    [InlineData("for (var i = 0; i < asked.Count; i++) { if (known.Contains(asked[i])) result.Add(asked[i]); }", true)]
    [InlineData("var i = 0; while (i < asked.Count && known.Contains(asked[i])) i++; result.Add(i.ToString());", true)]
    [InlineData("var i = 0; do { if (asked.Count == 0) break; if (known.Contains(asked[i])) result.Add(i.ToString()); } while (++i < asked.Count);", true)]
    [InlineData("foreach (var x in asked) { foreach (var y in asked) { if (known.Contains(x + y)) result.Add(y); } known.Add(x + x); }", true)]
    [InlineData("foreach (var x in asked) { if (known.Contains(x)) result.Add(x); if (x == \"c\") continue; if (!known.Contains(x + \"!\")) result.Add(\"no\"); }", true)]
    [InlineData("var lengths = known.Select(k => k?.Length).ToList(); foreach (var x in asked) if (lengths.Contains(x?.Length)) result.Add(x);", true)]
    [InlineData("var doubles = known.Select(k => k == \"a\" ? double.NaN : k == \"b\" ? -0.0 : 1.5).ToList(); foreach (var x in asked) { if (doubles.Contains(x == \"a\" ? double.NaN : 0.0)) result.Add(x); }", true)]
    [InlineData("var map = new Dictionary<int, string>(); foreach (var k in known) map[map.Count] = k; foreach (var x in asked) { if (map.ContainsValue(x)) result.Add(x); if (!map.Values.Contains(x)) result.Add(\"no\"); }", true)]
    [InlineData("string[] array = known.ToArray(); foreach (var x in asked) { if (array.Contains(x)) result.Add(x); if (Array.IndexOf(array, x) == -1) result.Add(\"no\"); if (Array.Exists(array, a => a == x)) result.Add(\"yes\"); }", true)]
    [InlineData("string[] array = known.ToArray(); foreach (var x in asked) { if (array.Contains(x)) result.Add(x); if (array.Length > 0) array[0] = x; }", null)]
    [InlineData("string[] array = known.ToArray(); var span = array.AsSpan(); foreach (var x in asked) { if (array.Contains(x)) result.Add(x); if (span.Length > 0) span[0] = x; }", null)]
    [InlineData("asked.ForEach(x => { if (known.Contains(x)) result.Add(x); });", true)]
    [InlineData("asked.RemoveAll(x => known.Contains(x)); result.AddRange(asked);", null)]
    [InlineData("known.RemoveAll(x => asked.Contains(x)); result.AddRange(known);", null)]
    [InlineData("result.AddRange(Fill(known).Where(x => known.Contains(x)).ToList());", null)]
    [InlineData("foreach (var x in Fill(known)) if (known.Contains(x)) result.Add(x);", null)]
    [InlineData("var name = \"a\"; while (known.Contains(name)) name += \"a\"; result.Add(name);", false)]
    [InlineData("known.RemoveAll(x => known.Contains(x + x)); result.AddRange(known);", null)]
    [InlineData("var tuples = known.Select(k => (k, 1)).ToList(); foreach (var x in asked) if (tuples.Contains((x, 1))) result.Add(x);", true)]
    [InlineData("var keys = known.Select(k => new Key(k)).ToList(); foreach (var x in asked) if (keys.Contains(new Key(x))) result.Add(x);", true)]
    [InlineData("var keys = known.Select(k => new Changing { Name = k }).ToList(); foreach (var x in asked) { if (keys.Contains(new Changing { Name = x })) result.Add(x); foreach (var k in keys) k.Name += \"!\"; }", null)]
    [InlineData("var keys = known.Select(k => new Changing { Name = k }).ToList(); foreach (var x in asked) { if (keys.Contains(new Changing { Name = x })) result.Add(x); Shift(keys); }", null)]
    [InlineData("var keys = known.Select(k => new Noisy(k)).ToList(); foreach (var x in asked) if (keys.Contains(new Noisy(x))) result.Add(x);", null)]
    [InlineData("foreach (var x in asked) if (known.Contains(x, new ByLength())) result.Add(x);", null)]
    [InlineData("IList<string> hidden = new IgnoringCase(known); foreach (var x in asked) if (hidden.Contains(x)) result.Add(x);", null)]
    [InlineData("if (known.Count > 0 && asked.Any(x => known.Contains(x))) result.Add(\"yes\"); else if (asked.All(x => known.Contains(x))) result.Add(\"no\");", true)]
    [InlineData("result.Add(string.Join(\",\", from x in asked let y = x + x where known.Contains(x) || known.Contains(y) orderby y select y));", true)]
    [InlineData("var lazy = Lazy(asked); Kept = known; result.AddRange(lazy.Where(x => !Kept.Contains(x)));", null)]
    [InlineData("var lazy = Lazy(asked); Kept = known; result.AddRange(lazy.Select(x => x + x).Where(x => !known.Contains(x)).ToList());", null)]
    [InlineData("Kept = known; Each(known, Lazy(asked), result);", null)]
    [InlineData("Two(known, known, asked, result);", null)]
    [InlineData("string[] array = known.ToArray(); Span<string> span = array; foreach (var x in asked) { if (array.Contains(x)) result.Add(x); if (span.Length > 0) span[0] = x; }", null)]
    [InlineData("string[] array = known.ToArray(); var memory = array.AsMemory(); foreach (var x in asked) { if (array.Contains(x)) result.Add(x); if (memory.Length > 0) memory.Span[0] = x; }", null)]
    [InlineData("string[] array = known.ToArray(); foreach (var x in asked) { if (array.Contains(x)) result.Add(x); if (array.Length > 0) { ref var first = ref array[0]; first = x; } }", null)]
    [InlineData("var holder = (known, 1); foreach (var x in asked) { if (known.Contains(x)) result.Add(x); else holder.known.Add(x); }", null)]
    [InlineData("var holder = new List<List<string>> { known }; foreach (var x in asked) { if (known.Contains(x)) result.Add(x); else holder[0].Add(x); }", null)]
    [InlineData("var holder = new { known }; foreach (var x in asked) { if (known.Contains(x)) result.Add(x); else holder.known.Add(x); }", null)]
    [InlineData("IList<string> view = known; foreach (var x in asked) { if (known.Contains(x)) result.Add(x); else view.Add(x); }", null)]
    [InlineData("dynamic view = known; foreach (var x in asked) { if (known.Contains(x)) result.Add(x); else view.Add(x); }", null)]
    [InlineData("result.AddRange(from x in asked from y in asked where known.Contains(x + y) select x);", true)]
    [InlineData("var lookup = asked.ToLookup(x => known.Contains(x)); result.AddRange(lookup[true]);", true)]
    [InlineData("asked.Sort((x, y) => known.Contains(x).CompareTo(known.Contains(y)));", null)]
    public Task Programs_do_what_they_did(string statements, bool? isFixed, bool withNull = true) => FixesAndRuns($$"""
        #nullable disable warnings
        public static class Program
        {
            static List<string> Kept;

            public static List<string> Run(List<string> known, List<string> asked)
            {
                var result = new List<string>();
                {{statements}}
                return result;
            }

            static void Add(List<string> list, string s) => list.Add(s);
            static List<string> Fill(List<string> list) { list.Add("filled"); return new List<string>(list); }
            static void AddToKept(string s) => Kept.Add(s);
            static IEnumerable<string> Lazy(List<string> list) { foreach (var s in list) { yield return s; Kept.Add(s); } }
            static void Each(List<string> list, IEnumerable<string> source, List<string> result) { foreach (var x in source) if (!list.Contains(x)) result.Add(x); }
            static void Two(List<string> list, List<string> other, List<string> asked, List<string> result) { foreach (var x in asked) { if (!list.Contains(x)) result.Add(x); other.Add(x); } }
            static void Shift(List<Changing> keys) { foreach (var key in keys) key.Name += "?"; }
        }

        sealed record Key(string Name);

        sealed class Changing
        {
            public string Name { get; set; }
            public override bool Equals(object o) => o is Changing c && c.Name == Name;
            public override int GetHashCode() => Name == null ? 0 : Name.GetHashCode();
        }

        sealed class Noisy(string name)
        {
            public string Name => name;
            public override bool Equals(object o) { Console.WriteLine(name); return o is Noisy c && c.Name == Name; }
            public override int GetHashCode() => name == null ? 0 : name.Length;
        }

        sealed class ByLength : IEqualityComparer<string>
        {
            public bool Equals(string a, string b) => a?.Length == b?.Length;
            public int GetHashCode(string s) => s.GetHashCode();
        }

        sealed class IgnoringCase(List<string> list) : System.Collections.ObjectModel.Collection<string>(list), IList<string>, ICollection<string>
        {
            bool ICollection<string>.Contains(string s) => this.Any(x => string.Equals(x, s, StringComparison.OrdinalIgnoreCase));
        }
        """, withNull ? Lists : Lists[..3], expectFix: isFixed);

    [Theory]
    [InlineData("foreach (var x in asked) if (known.Contains(x)) n++;")]
    [InlineData("foreach (var x in asked) if (known.IndexOf(x) >= 0) n++;")]
    [InlineData("foreach (var x in asked) if (known.Any(k => k == x)) n++;")]
    [InlineData("foreach (var x in asked) if (known.Any(k => k.Equals(x))) n++;")]
    [InlineData("foreach (var x in asked) if (known.Exists(k => k == x)) n++;")]
    [InlineData("foreach (var x in asked) if (known.Contains(x, StringComparer.OrdinalIgnoreCase)) n++;")]
    [InlineData("foreach (var x in asked) if (known != null && known.Contains(x)) n++;")]
    [InlineData("if (known == null) n = 100; foreach (var x in asked) if (known.Contains(x)) n++;")]
    [InlineData("if (known == null) return -1; foreach (var x in asked) if (known.Contains(x)) n++;")]
    [InlineData("known ??= new List<string>(); foreach (var x in asked) if (known.Contains(x)) n++;")]
    [InlineData("var array = known?.ToArray(); foreach (var x in asked) if (array.Contains(x)) n++;")]
    [InlineData("var array = known?.ToArray(); foreach (var x in asked) if (Array.IndexOf(array, x) >= 0) n++;")]
    [InlineData("foreach (var x in asked) { Console.WriteLine(x); if (known.Contains(x.Trim())) n++; }")]
    [InlineData("try { foreach (var x in asked) { n++; if (known.Contains(x)) n += 10; } } catch (NullReferenceException) { n += 1000; } catch (ArgumentNullException) { n += 5000; }")]
    [InlineData("n = asked.Count(x => known.Contains(x));")]
    [InlineData("n = asked.Count(x => known.Contains(x.ToLower()));")]
    [InlineData("if (asked.Count > 0 && known != null && asked.Any(x => known.Contains(x))) n = 7;")]
    [InlineData("Parallel.ForEach(asked, x => { if (known.Contains(x)) Interlocked.Increment(ref n); });")]
    public Task Null_fails_as_and_when_it_did(string statements) => FixesAndRuns($$"""
        public static class Program
        {
            public static int Run(List<string> known, List<string> asked)
            {
                var n = 0;
                {{statements}}
                return n;
            }
        }
        """, [[null, new[] { "a" }], [null, new string[0]], [new[] { "a", null }, new[] { "a", "b", "a" }], [new[] { "a", "b" }, new[] { "a", null }], [new string[0], new string?[] { null }]],
        expectFix: null, target: Target.Net100.Oblivious);
}
