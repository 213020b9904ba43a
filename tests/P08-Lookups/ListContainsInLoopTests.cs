namespace HotPath.Tests;

public sealed class ListContainsInLoopTests : RuleTests<ListContainsInLoopAnalyzer, ListContainsInLoopFix>
{
    private static string Class(string statements, string members = "") => $$"""
        class Order
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string? Note { get; set; }
            public decimal Total { get; set; }
            public List<string> Tags { get; } = new();
            public List<Order> Lines { get; } = new();
        }

        class C
        {
            void M(List<Order> orders, List<string> known, string[] array, List<int> ids, int[] numbers, Dictionary<int, string> byId, IEnumerable<string> lines, IList<string> ilist, IReadOnlyList<string> rolist, string name, int n)
            {
                {{statements}}
            }

            void Use(object o) { }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("Use(lines.Where([|known.Contains|]).ToList());")]
    [InlineData("Use(lines.All([|array.Contains|]));")]
    [InlineData("foreach (var line in lines.Where([|rolist.Contains|])) Use(line);")]
    [InlineData("Use(array.ToDictionary(x => x, [|ilist.Contains|]));")]
    public Task A_method_in_the_place_of_a_lambda(string statements) => ReportsWarning(Class(statements));

    [Theory]
    [InlineData("Use(new HashSet<string>(lines).RemoveWhere(known.Contains));")]
    [InlineData("var set = new HashSet<string>(known); Use(lines.Where(set.Contains).ToList());")]
    [InlineData("Use(new[] { \"a\", \"b\" }.Where(known.Contains).ToList());")]
    [InlineData("var few = new List<string> { \"a\", \"b\" }; Use(lines.Where(few.Contains).ToList());")]
    [InlineData("Use(lines.Where(name.Contains).ToList());")]
    [InlineData("Use(lines.AsQueryable().Where(x => known.Contains(x)).ToList());")]
    [InlineData("Func<string, bool> isKnown = known.Contains; Use(isKnown(name));")]
    public Task A_method_that_does_not_scan_per_element(string statements) => Reports(Class(statements), severity: null);

    [Fact]
    public Task A_method_in_the_place_of_a_lambda_is_named() => ReportsWarning(Class("Use(lines.Where([|known.Contains|]).ToList());"),
        "'known.Contains' scans 'known' in every iteration of 'Where' over 'lines': O(lines × known); build a HashSet of 'known' once, before it");

    [Fact]
    public Task A_method_in_the_place_of_a_lambda_has_no_fix() => HasNoFix(Class("Use(lines.Where([|known.Contains|]).ToList());"));

    [Theory]
    [InlineData("foreach (var o in orders) if ([|known.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if (![|known.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|array.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|ilist.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|rolist.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] >= 0) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] > -1) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] != -1) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] == -1) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] < 0) Use(o);")]
    [InlineData("foreach (var o in orders) if (0 <= [|known.IndexOf(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if (-1 == [|known.IndexOf(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] is >= 0) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.IndexOf(o.Name)|] is not -1) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.LastIndexOf(o.Name)|] >= 0) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|Array.IndexOf(array, o.Name)|] >= 0) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|Array.IndexOf(array, o.Name)|] < 0) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Exists(x => x == o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Exists(x => o.Name == x)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Any(x => x == o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Any(x => x.Equals(o.Name))|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Any(x => o.Name.Equals(x))|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Any(x => string.Equals(x, o.Name))|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Any(x => string.Equals(x, o.Name, StringComparison.OrdinalIgnoreCase))|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Any(x => x.Equals(o.Name, StringComparison.OrdinalIgnoreCase))|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.All(x => x != o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.All(x => !x.Equals(o.Name))|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.TrueForAll(x => x != o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|Array.Exists(array, x => x == o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|byId.ContainsValue(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|byId.Values.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Contains(o.Name, StringComparer.OrdinalIgnoreCase)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|array.Contains(o.Name, StringComparer.OrdinalIgnoreCase)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|Enumerable.Contains(known, o.Name)|]) Use(o);")]
    [InlineData("for (var i = 0; i < n; i++) if ([|known.Contains(orders[i].Name)|]) Use(i);")]
    [InlineData("while (n-- > 0) if ([|known.Contains(orders[n].Name)|]) Use(n);")]
    [InlineData("do { if ([|known.Contains(orders[n].Name)|]) Use(n); } while (n-- > 0);")]
    [InlineData("var found = orders.Where(o => [|known.Contains(o.Name)|]).ToList();")]
    [InlineData("var found = orders.Where(o => [|known.Contains(o.Name)|]);")]
    [InlineData("var found = orders.Count(o => [|known.Contains(o.Name)|]);")]
    [InlineData("var found = orders.Any(o => [|array.Contains(o.Name)|]);")]
    [InlineData("orders.RemoveAll(o => [|known.Contains(o.Name)|]);")]
    [InlineData("orders.ForEach(o => { if ([|known.Contains(o.Name)|]) Use(o); });")]
    [InlineData("var found = (from o in orders where [|known.Contains(o.Name)|] select o).ToList();")]
    [InlineData("var found = from o in orders where [|known.Contains(o.Name)|] select o;")]
    [InlineData("Parallel.ForEach(orders, o => { if ([|known.Contains(o.Name)|]) Use(o); });")]
    [InlineData("foreach (var line in lines) if ([|known.Contains(line.Trim())|]) Use(line);")]
    [InlineData("foreach (var line in lines) { var free = line; while ([|known.Contains(free)|]) free += n++; }")]
    [InlineData("while (n > 0 && [|known.Contains(array[n])|]) n--;")]
    [InlineData("foreach (var a in orders) foreach (var b in a.Lines) if ([|known.Contains(b.Name)|]) Use(b);")]
    [InlineData("foreach (var o in orders) if (o.Lines.Any(l => [|known.Contains(l.Name)|])) Use(o);")]
    [InlineData("foreach (var o in orders) { if (o.Id > 3) continue; if ([|known.Contains(o.Name)|]) break; }")]
    [InlineData("ICollection<string> c = new List<string>(lines); foreach (var o in orders) if ([|c.Contains(o.Name)|]) Use(o);")]
    [InlineData("IEnumerable<string> e = lines.ToList(); foreach (var o in orders) if ([|e.Contains(o.Name)|]) Use(o);")]
    [InlineData("var copy = lines.ToArray(); foreach (var o in orders) if ([|copy.Contains(o.Name)|]) Use(o);")]
    [InlineData("var fresh = new List<string>(); foreach (var line in lines) fresh.Add(line); foreach (var o in orders) if ([|fresh.Contains(o.Name)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|known.Contains(o.Name)|]) orders[0].Tags.Add(o.Name);")]
    [InlineData("var missing = new List<string>(); foreach (var o in orders) if (![|known.Contains(o.Name)|]) missing.Add(o.Name);")]
    [InlineData("foreach (var line in File.ReadLines(name)) if ([|known.Contains(line)|]) Use(line);")]
    [InlineData("foreach (var o in orders) if ([|known?.Contains(o.Name)|] == true) Use(o);")]
    [InlineData("foreach (var t in orders[0].Tags) foreach (var o in orders) if ([|orders[0].Tags.Contains(o.Name)|]) Use(o);")]
    public Task Reports_a_scan_of_a_list_that_the_loop_does_not_change(string statements) => ReportsWarning(Class(statements.Replace("[|known?.Contains(o.Name)|]", "known?[|.Contains(o.Name)|]")));

    [Theory]
    [InlineData("foreach (var o in orders) if ([|ids.Contains(o.Id)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|numbers.Contains(o.Id)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|ids.Any(x => x == o.Id)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|byId.Values.ToList().Count|] > 0) Use(o);", false)]
    [InlineData("var days = lines.Select(Enum.Parse<DayOfWeek>).ToList(); foreach (var o in orders) if ([|days.Contains((DayOfWeek)o.Id)|]) Use(o);")]
    [InlineData("var chars = name.ToList(); foreach (var c in name) if ([|chars.Contains(c)|]) Use(c);")]
    [InlineData("var chars = name.ToCharArray(); foreach (var o in orders) if ([|chars.Any(c => c == o.Name[0])|]) Use(o);")]
    public Task Vectorised_searches_are_informative(string statements, bool reported = true) =>
        ReportsInfo(Class(reported ? statements : statements.Replace("[|", "").Replace("|]", "")));

    [Theory]
    [InlineData("string[] names, params string[] allowed", "foreach (var x in names) if ([|allowed.Contains(x)|]) Console.Write(x);")]
    [InlineData("List<string> names, params string[] allowed", "_ = names.Where(x => ![|allowed.Contains(x)|]).ToList();")]
    [InlineData("List<string> names, params string[] asked", "_ = asked.Any(x => [|names.Contains(x)|]);")]
    [InlineData("List<string> names, params string[] asked", "foreach (var x in asked.Where(a => a.Length > 1).ToList()) if ([|names.Contains(x)|]) Console.Write(x);")]
    public Task What_calls_write_out_is_short(string parameters, string statements) => ReportsInfo($"class C {{ void M({parameters}) {{ {statements} }} }}");

    [Theory]
    [InlineData("string[] names, params string[] allowed", "if (allowed.Length == 0) allowed = names.ToArray(); foreach (var x in names) if ([|allowed.Contains(x)|]) Console.Write(x);")]
    [InlineData("List<string> names, List<string> all, params string[] asked", "foreach (var a in asked) foreach (var x in all) if ([|names.Contains(x)|]) Console.Write(x);")]
    [InlineData("List<string> names, params string[] asked", "foreach (var x in asked.SelectMany(a => a.Split(','))) if ([|names.Contains(x)|]) Console.Write(x);")]
    public Task Other_lists_beside_those_that_calls_write_out_are_not(string parameters, string statements) => ReportsWarning($"class C {{ void M({parameters}) {{ {statements} }} }}");

    [Fact]
    public Task What_an_object_adds_to_its_own_list_the_search_has_to_see() => ReportsWarning("""
        abstract class Book
        {
            public string[] Genres { get; set; } = [];
            public abstract void AddGenre(string genre);
        }

        class C
        {
            void M(Book book, Book other, List<string> nodes)
            {
                foreach (var node in nodes.Where(n => n.Length > 0 && !book.Genres.Contains(n)))
                    book.AddGenre(node);

                foreach (var node in nodes)
                {
                    if (!book.Genres.Contains(node))
                        book.AddGenre(node);
                }

                foreach (var node in nodes.Where(n => [|book.Genres.Contains(n)|]))
                    other.AddGenre(node);
            }
        }
        """);

    [Fact]
    public Task The_message_names_list_loop_and_cost() => ReportsWarning(Class("foreach (var o in orders) if ([|known.Contains(o.Name)|]) Use(o);"),
        "'known.Contains(o.Name)' scans 'known' in every iteration of the loop over 'orders': O(orders × known); build a HashSet of 'known' once, before it");

    [Fact]
    public Task The_message_names_the_query() => ReportsWarning(Class("orders.RemoveAll(o => [|known.Contains(o.Name)|]);"),
        "'known.Contains(o.Name)' scans 'known' in every iteration of 'RemoveAll' over 'orders': O(orders × known); build a HashSet of 'known' once, before it");

    [Theory]
    // Not in a loop, or once.
    [InlineData("if (known.Contains(name)) Use(name);")]
    [InlineData("foreach (var o in orders) { if (o.Id == n) { Use(known.Contains(o.Name)); break; } }")]
    [InlineData("foreach (var o in orders) { if (o.Id == n) return; throw new Exception(known.Contains(o.Name) ? \"a\" : \"b\"); }")]
    [InlineData("foreach (var x in known.Where(k => k.Length > 3)) Use(x);")]
    [InlineData("foreach (var o in orders) { try { Use(o); } catch { Use(known.Contains(o.Name)); } }")]
    [InlineData("for (var i = 0; i < 5; i++) Use(known.Contains(orders[i].Name));")]
    // A search for a free name ends at the first.
    [InlineData("while (known.Contains(name)) name += n++;")]
    [InlineData("while (File.Exists(name) || known.Contains(name) || n < 0) name += n++;")]
    [InlineData("do name += n++; while (known.Contains(name));")]
    // A set, or something that may be one.
    [InlineData("var set = new HashSet<string>(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("ISet<string> set = new HashSet<string>(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("ICollection<string> set = new HashSet<string>(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("IEnumerable<string> set = new HashSet<string>(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("IReadOnlyCollection<string> set = n > 3 ? known : new HashSet<string>(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (lines.Contains(o.Name)) Use(o);")]
    [InlineData("var set = new SortedSet<string>(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("var set = System.Collections.Immutable.ImmutableHashSet.CreateRange(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("var set = System.Collections.Frozen.FrozenSet.ToFrozenSet(known); foreach (var o in orders) if (set.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (byId.ContainsKey(o.Id)) Use(o);")]
    [InlineData("foreach (var o in orders) if (byId.Keys.Contains(o.Id)) Use(o);")]
    // Changed in the loop.
    [InlineData("foreach (var o in orders) { if (!known.Contains(o.Name)) Use(o); known.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) { if (known.Contains(o.Name)) known.Remove(o.Name); }")]
    [InlineData("foreach (var o in orders) { if (known.Contains(o.Name)) known = new List<string>(); }")]
    [InlineData("foreach (var o in orders) { if (array.Contains(o.Name)) array[0] = o.Name; }")]
    [InlineData("foreach (var o in orders) { if (known.Contains(o.Name)) Grow(known); } static void Grow(List<string> list) => list.Add(\"\");")]
    [InlineData("foreach (var o in orders) { if (known.Contains(o.Name)) Grow(); } void Grow() => known.Add(\"\");")]
    [InlineData("Action grow = () => known.Add(name); foreach (var o in orders) { if (known.Contains(o.Name)) grow(); }")]
    [InlineData("var alias = known; foreach (var o in orders) { if (known.Contains(o.Name)) alias.Add(o.Name); }")]
    [InlineData("foreach (var o in orders) { var alias = known; if (known.Contains(o.Name)) alias.Add(o.Name); }")]
    [InlineData("var alias = known; foreach (var o in orders) { if (alias.Contains(o.Name)) known.Add(o.Name); }")]
    [InlineData("known.AddRange(orders.Where(o => !known.Contains(o.Name)).Select(o => o.Name));")]
    [InlineData("var q = orders.Where(o => !known.Contains(o.Name)); foreach (var o in q) known.Add(o.Name);")]
    [InlineData("foreach (var o in orders) { for (var i = 0; i < n; i++) { if (known.Contains(o.Name)) Use(o); known.Clear(); } }")]
    // Another list in each iteration.
    [InlineData("foreach (var o in orders) if (o.Tags.Contains(name)) Use(o);")]
    [InlineData("var found = orders.Where(o => o.Tags.Contains(name)).ToList();")]
    [InlineData("foreach (var o in orders) { var tags = o.Tags; if (tags.Contains(name)) Use(o); }")]
    [InlineData("foreach (var o in orders) { var tags = new List<string>(o.Tags); if (tags.Contains(name)) Use(o); }")]
    // Known to be short.
    [InlineData("var few = new List<string> { \"a\", \"b\" }; foreach (var o in orders) if (few.Contains(o.Name)) Use(o);")]
    [InlineData("var few = new[] { \"a\", \"b\" }; foreach (var o in orders) if (few.Contains(o.Name)) Use(o);")]
    [InlineData("string[] few = [\"a\", \"b\"]; foreach (var o in orders) if (few.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (new[] { \"a\", \"b\" }.Contains(o.Name)) Use(o);")]
    [InlineData("var days = Enum.GetValues<DayOfWeek>(); foreach (var o in orders) if (days.Contains((DayOfWeek)o.Id)) Use(o);")]
    [InlineData("var top = known.Take(5).ToList(); foreach (var o in orders) if (top.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (Few.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (FewList.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (FewToo.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (Unwritten.Contains(o.Name)) Use(o);")]
    [InlineData("var few = new List<string>(); few.Add(\"a\"); few.Add(\"b\"); foreach (var o in orders) if (few.Contains(o.Name)) Use(o);")]
    [InlineData("var few = \"a,b,c\".Split(','); foreach (var o in orders) if (few.Contains(o.Name)) Use(o);")]
    // Other questions.
    [InlineData("foreach (var o in orders) if (name.Contains(o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (known.Any(x => x.StartsWith(o.Name))) Use(o);")]
    [InlineData("foreach (var o in orders) if (orders.Any(x => x.Id == o.Id)) Use(o);")]
    [InlineData("foreach (var o in orders) Use(known.IndexOf(o.Name));")]
    [InlineData("foreach (var o in orders) if (known.IndexOf(o.Name) > 0) Use(o);")]
    [InlineData("foreach (var o in orders) { var i = known.IndexOf(o.Name); if (i >= 0) Use(known[i]); }")]
    [InlineData("foreach (var o in orders) if (known.IndexOf(o.Name, 3) >= 0) Use(o);")]
    [InlineData("foreach (var o in orders) if (known.Any(x => x != o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (known.All(x => x == o.Name)) Use(o);")]
    [InlineData("foreach (var o in orders) if (known.Any()) Use(o);")]
    [InlineData("foreach (var x in known) if (known.IndexOf(x) >= 0) Use(x);")]
    [InlineData("foreach (var x in array) if (Array.IndexOf(array, x) >= 0) Use(x);")]
    // Equality that a set would not answer.
    [InlineData("var sums = orders.Select(o => (double)o.Total).ToList(); foreach (var o in orders) if (sums.Any(x => x == (double)o.Total)) Use(o);")]
    [InlineData("var sums = orders.Select(o => (float?)o.Total).ToList(); foreach (var o in orders) if (sums.Any(x => x == (float?)o.Total)) Use(o);")]
    [InlineData("var all = orders.ToArray(); foreach (var o in orders) if (all.Any(x => x == o)) Use(o);")]
    [InlineData("var objects = known.ToList<object>(); foreach (var o in orders) if (objects.Any(x => x == (object)o.Name)) Use(o);")]
    [InlineData("var keys = orders.Select(o => new BadKey(o.Id)).ToList(); foreach (var o in orders) if (keys.Contains(new BadKey(o.Id))) Use(o);")]
    [InlineData("var keys = orders.Select(o => new BadEquatable(o.Id)).ToList(); foreach (var o in orders) if (keys.Contains(new BadEquatable(o.Id))) Use(o);")]
    [InlineData("var keys = orders.Select(o => new OwnOperator(o.Id)).ToList(); foreach (var o in orders) if (keys.Any(k => k == new OwnOperator(o.Id))) Use(o);")]
    // Queries of a provider.
    [InlineData("var found = orders.AsQueryable().Where(o => known.Contains(o.Name)).ToList();")]
    [InlineData("System.Linq.Expressions.Expression<Func<List<Order>, bool>> e = all => all.Any(o => known.Contains(o.Name)); Use(e);")]
    // A library's own.
    [InlineData("foreach (var o in orders) if (new Bag().Contains(o.Name)) Use(o);")]
    public Task Is_silent(string statements) => Reports(Class(statements, """
        static readonly string[] Few = { "a", "b" };
            static readonly List<string> FewList = new() { "a", "b" };
            static string[] FewToo { get; } = ["a", "b"];
            private static string[] Unwritten = ["a", "b"];
            class BadKey(int id) { public int Id => id; public override bool Equals(object? other) => other is BadKey key && key.Id == Id; 
        #pragma warning disable CS0659
            }
            class BadEquatable(int id) : IEquatable<BadEquatable> { public int Id => id; public bool Equals(BadEquatable? other) => other?.Id == Id; }
            struct OwnOperator(int id) { public int Id => id; public static bool operator ==(OwnOperator a, OwnOperator b) => a.Id == b.Id; public static bool operator !=(OwnOperator a, OwnOperator b) => a.Id != b.Id;
                public override bool Equals(object? other) => other is OwnOperator o && o.Id == Id; public override int GetHashCode() => Id; }
            class Bag { public bool Contains(string s) => s.Length > 3; }
        """));

    [Theory]
    [InlineData("foreach (var o in orders) if ([|keys.Contains(new Key(o.Id))|]) Use(o);", "record Key(int Id);")]
    [InlineData("foreach (var o in orders) if ([|keys.Any(k => k == other)|]) Use(o);", "record Key(int Id);")]
    [InlineData("foreach (var o in orders) if ([|keys.Contains(new Key(o.Id))|]) Use(o);", "record struct Key(int Id);")]
    [InlineData("foreach (var o in orders) if ([|keys.Contains(new Key(o.Id))|]) Use(o);", "class Key(int id) { public override bool Equals(object? o) => o is Key k && k.GetHashCode() == id; public override int GetHashCode() => id; }")]
    [InlineData("foreach (var o in orders) if ([|keys.Contains(new Key(o.Id))|]) Use(o);", "class Key(int id) { public int Id => id; }")]
    [InlineData("foreach (var o in orders) if ([|keys.Contains(new Key(o.Id))|]) Use(o);", "struct Key(int id) { public int Id => id; }")]
    [InlineData("foreach (var o in orders) if ([|keys.Any(k => k == other)|]) Use(o);", "sealed class Key(int id) { public int Id => id; }")]
    [InlineData("foreach (var o in orders) if ([|keys.Any(k => k == other)|]) Use(o);", "class Key(int id) { public int Id => id; }", false)]
    [InlineData("foreach (var o in orders) if ([|keys.Any(k => k == other)|]) Use(o);", "record Key(int Id) { public static bool Same(Key? a, Key? b) => true; }")]
    public Task Types_of_elements(string statements, string type, bool reported = true)
    {
        statements = "var keys = orders.Select(o => new Key(o.Id)).ToList(); var other = keys[0]; " + statements;
        return Reports(Class(reported ? statements : statements.Replace("[|", "").Replace("|]", ""), type));
    }

    [Theory]
    [InlineData("private readonly List<string> allowed = new(); public void Allow(string s) => allowed.Add(s);", true)]
    [InlineData("private List<string> allowed = new(); public void Allow(string s) => allowed.Add(s);", true)]
    [InlineData("private static readonly List<string> allowed = File.ReadAllLines(\"a\").ToList();", true)]
    [InlineData("public List<string> allowed { get; set; } = new();", true)]
    [InlineData("private volatile List<string> allowed = new();", false)]
    [InlineData("private List<string> allowed = new(); void Use(string s) => allowed.Add(s);", false)]
    [InlineData("private List<string> allowed = new(); void Use(string s) => Deeper(s); void Deeper(string s) { if (s.Length > 3) allowed = new(); }", false)]
    [InlineData("private HashSet<string> allowed = new();", false)]
    public Task Fields_and_properties(string members, bool reported) => Reports($$"""
        class C
        {
            {{members}}
            void M(string[] lines)
            {
                foreach (var line in lines)
                {
                    if ({{(reported ? "[|allowed.Contains(line)|]" : "allowed.Contains(line)")}})
                        Use(line);
                }
            }
            {{(members.Contains("void Use") ? "" : "void Use(string s) { }")}}
        }
        """);

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Arrays_in_every_language_version(int version)
    {
        foreach (var test in (string[])["array.Contains(o.Name)", "numbers.Contains(o.Id)", "array.Contains(o.Name, StringComparer.Ordinal)", "Array.IndexOf(numbers, o.Id) >= 0"])
        {
            var at = test.IndexOf(" >=");
            var marked = at < 0 ? $"[|{test}|]" : $"[|{test[..at]}|]{test[at..]}";
            await Reports(Class($"foreach (var o in orders) if ({marked}) Use(o);"), Target.Net100.CSharp(version));
        }
    }

    [Fact]
    public Task In_every_placement() => ReportsEverywhere("foreach (var line in File.ReadAllLines(\"a\")) if ([|known.Contains(line)|]) Console.WriteLine(line);", "static List<string> known = File.ReadAllLines(\"b\").ToList();");

    [Theory]
    [InlineData("string", "orders.Name", 15, false)]
    [InlineData("string", "orders.Name", 16, true)]
    [InlineData("int", "orders.Id", 100, false)]
    [InlineData("DateTime", "orders.Placed", 11, false)]
    public Task A_list_that_is_known_has_to_be_long_enough_for_a_set_to_pay(string type, string value, int length, bool reported)
    {
        var question = $"few.Contains({value})";
        var elements = string.Join(", ", Enumerable.Range(0, length).Select(i => type switch { "string" => $"\"{i}\"", "int" => $"{i}", _ => $"new DateTime({i})" }));
        return ReportsWarning($$"""
            class Order { public int Id; public string Name = ""; public DateTime Placed; }
            class C { void M(List<Order> all) { var few = new[] { {{elements}} }; foreach (var orders in all) if ({{(reported ? $"[|{question}|]" : question)}}) Console.Write(1); } }
            """);
    }

    [Fact]
    public Task The_option_moves_the_limit() => Reports(Class("var few = new[] { \"a\", \"b\" }; foreach (var o in orders) if ([|few.Contains(o.Name)|]) Use(o);"), Target.Net100.Option("hotpath.small_loop = 1"));

    [Fact]
    public Task Static_constructors_are_cold() => Reports("""
        static class C
        {
            static readonly List<string> All = new();
            static C()
            {
                foreach (var line in File.ReadAllLines("a"))
                    if (All.Contains(line)) Console.WriteLine(line);
            }
        }
        """);
}
