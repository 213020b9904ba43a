namespace HotPath.Tests;

public sealed class DeduplicateByScanTests : RuleTests<DeduplicateByScanAnalyzer, DeduplicateByScanFix>
{
    private static string Class(string statements, string members = "") => $$"""
        class Order
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class C
        {
            private readonly List<string> names = new();

            void M(List<Order> orders, List<string> list, IList<string> ilist, ICollection<string> collection, List<int> ids, IEnumerable<string> lines, string[] array, int n)
            {
                {{statements}}
            }

            void Use(object o) { }
            {{members}}
        }
        """;

    [Fact]
    public Task What_calls_write_out_is_short() => ReportsInfo(
        "class C { void M(params string[] all) { var seen = new List<string>(); foreach (var x in all) if (![|seen.Contains(x)|]) seen.Add(x); } }");

    [Theory]
    [InlineData("foreach (var o in orders) if (![|list.Contains(o.Name)|]) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) { if (![|list.Contains(o.Name)|]) { list.Add(o.Name); Use(o); } }")]
    [InlineData("foreach (var o in orders) { if (![|list.Contains(o.Name)|]) { Use(o); list.Add(o.Name); } }")]
    [InlineData("foreach (var o in orders) { if ([|list.Contains(o.Name)|]) continue; list.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) { if ([|list.Contains(o.Name)|]) { n++; continue; } Use(o); list.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) { if ([|list.Contains(o.Name)|]) n++; else list.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) if ([|list.IndexOf(o.Name)|] < 0) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if ([|list.IndexOf(o.Name)|] == -1) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) { if ([|list.IndexOf(o.Name)|] >= 0) continue; list.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) if ([|list.All(x => x != o.Name)|]) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (![|list.Any(x => x == o.Name)|]) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (![|list.Exists(x => x == o.Name)|]) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if ([|list.Contains(o.Name)|] == false) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (![|list.Contains(o.Name, StringComparer.OrdinalIgnoreCase)|]) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (o.Id > 3 && ![|list.Contains(o.Name)|]) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (![|list.Contains(o.Name)|] && o.Id > 3) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) { if (o.Id < 3 || [|list.Contains(o.Name)|]) continue; list.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) if (![|ilist.Contains(o.Name)|]) ilist.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (![|names.Contains(o.Name)|]) names.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (![|this.names.Contains(o.Name)|]) names.Add(o.Name);")]
    [InlineData("foreach (var line in lines) { var key = line.Trim(); if (![|list.Contains(key)|]) list.Add(key); }")]
    [InlineData("foreach (var line in lines) if (![|list.Contains(line.Trim())|]) list.Add(line.Trim());")]
    [InlineData("orders.ForEach(o => { if (![|list.Contains(o.Name)|]) list.Add(o.Name); });")]
    [InlineData("for (var i = 0; i < n; i++) if (![|list.Contains(array[i])|]) list.Add(array[i]);")]
    [InlineData("while (n-- > 0) { var s = array[n]; if (![|list.Contains(s)|]) list.Add(s); }")]
    [InlineData("var own = new List<string>(); foreach (var o in orders) if (![|own.Contains(o.Name)|]) own.Add(o.Name);")]
    [InlineData("var seen = new List<string>(); var all = new List<Order>(); foreach (var o in orders) { if (![|seen.Contains(o.Name)|]) { seen.Add(o.Name); all.Add(o); } }")]
    [InlineData("foreach (var o in orders) if (![|list.Contains(o.Name)|]) { list.Add(o.Name); Use(list.Count); }")]
    [InlineData("var drawn = new List<string>(); while (drawn.Count < n) { var next = lines.ElementAt(n - drawn.Count); if (![|drawn.Contains(next)|]) drawn.Add(next); }")]
    public Task Reports_a_search_before_each_addition(string statements) => ReportsWarning(Class(statements));

    [Theory]
    [InlineData("foreach (var o in orders) if (![|ids.Contains(o.Id)|]) ids.Add(o.Id);")]
    [InlineData("var chars = new List<char>(); foreach (var o in orders) foreach (var c in o.Name) if (![|chars.Contains(c)|]) chars.Add(c);")]
    public Task Vectorised_searches_are_informative(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_list_loop_and_cost() => ReportsWarning(Class("foreach (var o in orders) if (![|list.Contains(o.Name)|]) list.Add(o.Name);"),
        "'list.Contains(o.Name)' scans all of 'list' before each value that the loop over 'orders' adds: O(orders × list); ask a HashSet beside 'list' what is new");

    [Theory]
    [InlineData("if (!list.Contains(array[0])) list.Add(array[0]);")]
    [InlineData("for (var i = 0; i < 5; i++) if (!list.Contains(array[i])) list.Add(array[i]);")]
    [InlineData("foreach (var o in orders) { var own = new List<string>(); if (!own.Contains(o.Name)) own.Add(o.Name); }")]
    // Not the same value, or not the same list.
    [InlineData("foreach (var o in orders) if (!list.Contains(o.Name)) list.Add(o.Name + \"!\");")]
    [InlineData("foreach (var line in lines) { var key = line; if (!list.Contains(key)) { key = key.Trim(); list.Add(key); } }")]
    [InlineData("foreach (var o in orders) if (list.Contains(o.Name)) list.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (!list.Contains(o.Name)) names.Add(o.Name);")]
    [InlineData("foreach (var o in orders) if (!list.Contains(Next())) list.Add(Next());")]
    // Changed elsewhere in the loop.
    [InlineData("foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); else list.Remove(o.Name); }")]
    [InlineData("foreach (var o in orders) { list.Clear(); if (!list.Contains(o.Name)) list.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); list.Add(\"end\"); }")]
    [InlineData("foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); if (list.Count > 3) list = new(); }")]
    [InlineData("foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); if (list.Count > 3) list.RemoveAt(0); }")]
    [InlineData("foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); Shrink(list); }")]
    [InlineData("foreach (var o in orders) { if (!names.Contains(o.Name)) names.Add(o.Name); ShrinkNames(); }")]
    [InlineData("var alias = list; foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); alias.Clear(); }")]
    [InlineData("foreach (var o in orders) { if (!list.Contains(o.Name)) list.Add(o.Name); if (!list.Contains(o.Name + \"!\")) list.Add(o.Name + \"!\"); }")]
    // A set, or something that may be one.
    [InlineData("foreach (var o in orders) if (!collection.Contains(o.Name)) collection.Add(o.Name);")]
    [InlineData("var set = new HashSet<string>(); foreach (var o in orders) if (!set.Contains(o.Name)) set.Add(o.Name);")]
    [InlineData("var map = new Dictionary<string, int>(); foreach (var o in orders) if (!map.ContainsKey(o.Name)) map.Add(o.Name, 1);")]
    // Few different values.
    [InlineData("var days = new List<DayOfWeek>(); foreach (var o in orders) if (!days.Contains((DayOfWeek)o.Id)) days.Add((DayOfWeek)o.Id);")]
    [InlineData("var bools = new List<bool>(); foreach (var o in orders) if (!bools.Contains(o.Id > 3)) bools.Add(o.Id > 3);")]
    // Equality.
    [InlineData("var keys = new List<BadKey>(); foreach (var o in orders) { var key = new BadKey(o.Id); if (!keys.Contains(key)) keys.Add(key); }")]
    [InlineData("var sums = new List<double>(); foreach (var o in orders) { double sum = o.Id; if (!sums.Any(x => x == sum)) sums.Add(sum); }")]
    [InlineData("var drawn = new List<int>(); while (drawn.Count < 6) { var next = Random.Shared.Next(49); if (!drawn.Contains(next)) drawn.Add(next); }")]
    [InlineData("var drawn = new List<string>(); while (6 > drawn.Count && n > 0) { var next = lines.ElementAt(n--); if (!drawn.Contains(next)) drawn.Add(next); }")]
    public Task Is_silent(string statements) => Reports(Class(statements, """
        int count;
            string Next() => (count++).ToString();
            static void Shrink(List<string> list) { if (list.Count > 3) list.RemoveAt(0); }
            void ShrinkNames() => names.Clear();
            class BadKey(int id) : IEquatable<BadKey> { public int Id => id; public bool Equals(BadKey? other) => other?.Id == Id; }
        """));

    [Fact]
    public Task In_every_placement() => ReportsEverywhere("var names = new List<string>(); foreach (var line in File.ReadAllLines(\"a\")) if (![|names.Contains(line)|]) names.Add(line);");

    [Fact]
    public Task A_fresh_list_needs_an_empty_set() => Fixes("""
        class C
        {
            List<string> M(List<string> lines)
            {
                var names = new List<string>();

                foreach (var line in lines)
                {
                    // Each name once.
                    if (![|names.Contains(line)|])
                        names.Add(line);
                }

                return names;
            }
        }
        """, """
        class C
        {
            List<string> M(List<string> lines)
            {
                var names = new List<string>();

                var seen = new HashSet<string>();
                foreach (var line in lines)
                {
                    // Each name once.
                    if (seen.Add(line))
                        names.Add(line);
                }

                return names;
            }
        }
        """);

    [Fact]
    public Task What_is_in_the_list_is_in_the_set() => Fixes("""
        class C
        {
            void M(List<string> names, List<string> lines)
            {
                foreach (var line in lines)
                {
                    if ([|names.Contains(line)|])
                        continue;

                    names.Add(line);
                }
            }
        }
        """, """
        class C
        {
            void M(List<string> names, List<string> lines)
            {
                var seen = new HashSet<string>(names);
                foreach (var line in lines)
                {
                    if (!seen.Add(line))
                        continue;

                    names.Add(line);
                }
            }
        }
        """);

    [Theory]
    [InlineData("if (![|names.Contains(x)|])", "if (seen.Add(x))", "")]
    [InlineData("if ([|names.IndexOf(x)|] < 0)", "if (seen.Add(x))", "")]
    [InlineData("if ([|names.IndexOf(x)|] == -1)", "if (seen.Add(x))", "")]
    [InlineData("if (!([|names.IndexOf(x)|] >= 0))", "if (seen.Add(x))", "")]
    [InlineData("if ([|names.All(y => y != x)|])", "if (seen.Add(x))", "")]
    [InlineData("if (![|names.Any(y => y == x)|])", "if (seen.Add(x))", "")]
    [InlineData("if ([|names.Contains(x)|] == false)", "if (seen.Add(x))", "")]
    [InlineData("if (x != \"\" && ![|names.Contains(x)|])", "if (x != \"\" && seen.Add(x))", "")]
    [InlineData("if (![|names.Contains(x, StringComparer.OrdinalIgnoreCase)|])", "if (seen.Add(x))", "StringComparer.OrdinalIgnoreCase")]
    [InlineData("if (![|names.Any(y => y.Equals(x, StringComparison.OrdinalIgnoreCase))|])", "if (seen.Add(x))", "StringComparer.OrdinalIgnoreCase")]
    public Task Every_form(string test, string fixedTest, string arguments)
    {
        static string Source(string set, string test) => $$"""
            class C
            {
                List<string> M(List<string> lines)
                {
                    var names = new List<string>();{{set}}
                    foreach (var x in lines)
                        {{test}}
                            names.Add(x);
                    return names;
                }
            }
            """;
        return Fixes(Source("", test), Source($"\n        var seen = new HashSet<string>({arguments});", fixedTest));
    }

    [Fact]
    public Task Nested_loops_share_the_set_unless_the_list_changes_between() => Fixes("""
        class C
        {
            List<string> M(List<string[]> pages)
            {
                var names = new List<string>();
                foreach (var page in pages)
                    foreach (var x in page)
                        if (![|names.Contains(x)|])
                            names.Add(x);

                foreach (var page in pages)
                {
                    var own = new List<string>();
                    foreach (var x in page)
                        if (![|own.Contains(x)|])
                            own.Add(x);
                    names.AddRange(own);
                }

                return names;
            }
        }
        """, """
        class C
        {
            List<string> M(List<string[]> pages)
            {
                var names = new List<string>();
                var seen = new HashSet<string>();
                foreach (var page in pages)
                    foreach (var x in page)
                        if (seen.Add(x))
                            names.Add(x);

                foreach (var page in pages)
                {
                    var own = new List<string>();
                    var seen2 = new HashSet<string>();
                    foreach (var x in page)
                        if (seen2.Add(x))
                            own.Add(x);
                    names.AddRange(own);
                }

                return names;
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var x in asked) { if (![|list.Contains(x)|] && x.Length > 3) list.Add(x); }")]
    [InlineData("foreach (var x in asked) { if (![|list.Contains(x)|]) { if (x.Length > 3) break; list.Add(x); } }")]
    [InlineData("foreach (var x in asked) { try { if (![|list.Contains(x)|]) { Use(x); list.Add(x); } } catch { } }")]
    [InlineData("foreach (var x in asked) { if (![|list.Contains(x)|]) list.Add(x); action(); }")]
    [InlineData("foreach (var x in lazy) { if (![|list.Contains(x)|]) list.Add(x); }")]
    [InlineData("foreach (var x in asked) { if (![|list.Contains(x)|]) list.Add(x); other.Add(x); }")]
    [InlineData("foreach (var x in asked) { if (![|list.Contains(x, comparer)|]) list.Add(x); }")]
    [InlineData("var own = new List<string>(); foreach (var x in asked) { if (![|own.Contains(x)|]) { own.Add(x); hook(own); } }")]
    [InlineData("var own = new List<string>(); foreach (var x in asked) { if (![|own.Contains(x)|]) { own.Add(x); hook?.Invoke(own); } }")]
    [InlineData("var own = new List<string>(); all.Add(own); foreach (var x in asked) { if (![|own.Contains(x)|]) own.Add(x); all[0].Clear(); }")]
    [InlineData("foreach (var x in asked) { if (![|ilist.Contains(x)|]) ilist.Add(x); }")]
    [InlineData("foreach (var x in asked) { if (![|observed.Contains(x)|]) observed.Add(x); }")]
    public Task No_fix(string statements) => HasNoFix($$"""
        class C
        {
            void M(List<string> list, List<string> other, List<string> asked, IEnumerable<string> lazy, Action action, IEqualityComparer<string> comparer, IList<string> ilist, System.Collections.ObjectModel.ObservableCollection<string> observed, Action<List<string>> hook, List<List<string>> all)
            {
                {{statements}}
            }

            void Use(object o) { }
        }
        """);

    [Theory]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x)) list.Add(x); } result.AddRange(list);", true)]
    [InlineData("foreach (var x in asked) { if (!known.Contains(x)) known.Add(x); } result.AddRange(known);", true)]
    [InlineData("var list = new List<string>(known); foreach (var x in asked) { if (list.Contains(x)) { result.Add(x); continue; } result.Add(list.Count.ToString()); list.Add(x); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); list.Add(\"a\"); foreach (var x in asked) { if (!list.Contains(x)) list.Add(x); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var k in known) { foreach (var x in asked) { if (!list.Contains(x + k)) list.Add(x + k); } } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var k in known) { foreach (var x in asked) { if (!list.Contains(x + k)) list.Add(x + k); } list.Add(k); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (x != null && !list.Contains(x)) list.Add(x); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x) && list.Count < 2) list.Add(x); } result.AddRange(list);", null)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (list.Count < 2 && !list.Contains(x)) list.Add(x); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x)) { if (list.Count == 2) break; list.Add(x); } } result.AddRange(list);", null)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { try { if (!list.Contains(x)) { result.Add(x.Length.ToString()); list.Add(x); } } catch (NullReferenceException) { result.Add(\"null\"); } } result.AddRange(list);", null)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x)) { result.Add(x.Length.ToString()); list.Add(x); } } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); var alias = list; foreach (var x in asked) { if (!list.Contains(x)) list.Add(x); if (alias.Count > 2) alias.RemoveAt(0); } result.AddRange(list);", null)]
    [InlineData("var list = known; foreach (var x in asked.ToList()) { if (!list.Contains(x)) list.Add(x); known.Add(x + \"!\"); } result.AddRange(list);", null)]
    [InlineData("var list = asked; foreach (var x in known) { if (!list.Contains(x)) list.Add(x); asked.Remove(\"a\"); } result.AddRange(list);", null)]
    [InlineData("Kept = known; foreach (var x in asked) { if (!Kept.Contains(x)) Kept.Add(x); Shrink(); } result.AddRange(Kept);", null)]
    [InlineData("Kept = known; foreach (var x in asked) { if (!Kept.Contains(x)) Kept.Add(x); } result.AddRange(Kept);", null)]
    [InlineData("Kept = known; foreach (var x in Lazy(asked)) { if (!Kept.Contains(x)) Kept.Add(x); } result.AddRange(Kept);", null)]
    [InlineData("foreach (var x in asked) { if (!known.Contains(x)) known.Add(x); Change(known); } result.AddRange(known);", null)]
    [InlineData("void Clear() { if (known.Count > 3) known.Clear(); } foreach (var x in asked) { if (!known.Contains(x)) known.Add(x); Clear(); } result.AddRange(known);", null)]
    [InlineData("Action clear = known.Clear; foreach (var x in asked) { if (!known.Contains(x)) known.Add(x); if (x == \"c\") clear(); } result.AddRange(known);", null)]
    [InlineData("asked.ForEach(x => { if (!known.Contains(x)) known.Add(x); }); result.AddRange(known);", true)]
    [InlineData("asked.ForEach(x => { if (known.Contains(x)) return; known.Add(x); result.Add(x); });", true)]
    [InlineData("var list = new List<string>(); var q = asked.Where(x => { if (list.Contains(x)) return false; list.Add(x); return true; }); result.AddRange(q); result.AddRange(q);", null)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x, StringComparer.OrdinalIgnoreCase)) list.Add(x); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x, new ByLength())) list.Add(x); } result.AddRange(list);", null)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Any(y => y == x)) list.Add(x); } result.AddRange(list);", true)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Any(y => y.Equals(x))) list.Add(x); } result.AddRange(list);", null, false)]
    [InlineData("var list = new List<int>(); foreach (var x in asked) { var n = x == null ? 0 : x.Length; if (!list.Contains(n)) list.Add(n); } result.Add(string.Join(\",\", list));", true)]
    [InlineData("var list = new List<double>(); foreach (var x in asked) { var n = x == null ? double.NaN : x.Length - 1.0; if (!list.Contains(n)) list.Add(n); if (!list.Contains(-n)) n = 0; } result.Add(string.Join(\",\", list));", true)]
    [InlineData("var list = new List<Changing>(); foreach (var x in asked) { var c = new Changing { Name = x }; if (!list.Contains(c)) list.Add(c); c.Name += \"!\"; } result.Add(list.Count.ToString());", null)]
    [InlineData("var list = new List<Changing>(); foreach (var x in asked) { var c = new Changing { Name = x }; if (!list.Contains(c)) list.Add(c); } result.Add(list.Count.ToString());", null)]
    [InlineData("var list = new List<string>(); foreach (var x in asked) { if (!list.Contains(x)) list.Add(x); if (x == \"c\") return list; } result.AddRange(list);", true)]
    [InlineData("var turns = 0; var list = new List<string>(); again: foreach (var x in asked) { if (!list.Contains(x)) list.Add(x); } if (++turns < 2) { result.AddRange(list); list.RemoveAll(x => x == \"a\"); goto again; }", null)]
    [InlineData("var list = new List<string>(); for (var i = 0; i < 20; i++) { list.Add(i.ToString()); foreach (var x in asked) { if (!list.Contains(x)) list.Add(x); } } result.AddRange(list);", true)]
    [InlineData("foreach (var x in asked.ToList()) { if (!asked.Contains(x + \"!\")) asked.Add(x + \"!\"); } result.AddRange(asked);", true)]
    [InlineData("foreach (var x in asked) { if (!asked.Contains(x + \"!\")) asked.Add(x + \"!\"); }", null)]
    [InlineData("for (var i = 0; i < asked.Count && i < 50; i++) { var x = asked[i] + \"!\"; if (!asked.Contains(x)) asked.Add(x); } result.AddRange(asked);", true)]
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

            static void Change(List<string> list) { if (list.Count > 3) list.RemoveAt(0); }
            static void Shrink() { if (Kept.Count > 3) Kept.RemoveAt(0); }
            static IEnumerable<string> Lazy(List<string> list) { foreach (var s in list) { yield return s; if (Kept.Count > 3) Kept.RemoveAt(0); } }
        }

        sealed class Changing
        {
            public string Name { get; set; }
            public override bool Equals(object o) => o is Changing c && c.Name == Name;
            public override int GetHashCode() => Name == null ? 0 : Name.GetHashCode();
        }

        sealed class ByLength : IEqualityComparer<string>
        {
            public bool Equals(string a, string b) => a?.Length == b?.Length;
            public int GetHashCode(string s) => s.GetHashCode();
        }
        """,
        [
            [new[] { "a", "b", "c" }, new[] { "a", "x", "a", "c", "", "x", "y", "a" }],
            [new string[0], new[] { "a" }],
            [new[] { "a" }, new string[0]],
            .. withNull ? [[new[] { "a", "a", "b", null, "B", "ı", "I", "i" }, new[] { null, "b", "B", "İ", "i", "I", "a", null }]] : Array.Empty<Arguments>(),
        ], expectFix: isFixed);

    [Theory]
    [InlineData("foreach (var x in asked) { if (!known.Contains(x)) known.Add(x); }")]
    [InlineData("if (known == null) known = new List<string>(); foreach (var x in asked) { if (!known.Contains(x)) known.Add(x); }")]
    [InlineData("foreach (var x in asked) { if (known != null && !known.Contains(x)) known.Add(x); }")]
    public Task Null_fails_as_and_when_it_did(string statements) => FixesAndRuns($$"""
        public static class Program
        {
            public static List<string> Run(List<string> known, List<string> asked)
            {
                {{statements}}
                return known;
            }
        }
        """, [[null, new[] { "a" }], [null, new string[0]], [new[] { "a", null }, new[] { "a", "b", null }]], expectFix: null, target: Target.Net100.Oblivious);
}
