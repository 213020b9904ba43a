namespace HotPath.Tests;

public sealed class LinearSearchByKeyTests : RuleTests<LinearSearchByKeyAnalyzer, LinearSearchByKeyFix>
{
    private static string Class(string statements, string members = "") => $$"""
        enum Kind { A, B }
        interface IEntity { int Id { get; } }

        class Customer : IEntity
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string? Note { get; set; }
            public bool Active { get; set; }
            public Kind Kind { get; set; }
            public double Score { get; set; }
            public Address Home { get; } = new();
            public Customer? Parent { get; set; }
            public string Full => Name + Note;
        }

        class Address { public string City { get; set; } = ""; }

        class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public int? Maybe { get; set; }
            public string Name { get; set; } = "";
            public List<Customer> Lines { get; } = new();
        }

        class C
        {
            void M(List<Order> orders, List<Customer> customers, Customer[] array, IEnumerable<Customer> sequence, IReadOnlyList<Customer> view, Dictionary<int, Customer> byId, List<(int Id, string Name)> tuples, List<string[]> rows, List<string> words, int n)
            {
                {{statements}}
            }

            void Use(object? o) { }
            {{members}}
        }
        """;

    [Theory]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => o.CustomerId == c.Id)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.FirstOrDefault(c => c.Id == o.CustomerId)|]?.Name);")]
    [InlineData("foreach (var o in orders) Use([|customers.Single(c => c.Id == o.CustomerId)|].Name);")]
    [InlineData("foreach (var o in orders) Use([|customers.SingleOrDefault(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.Last(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) if ([|customers.Any(c => c.Id == o.CustomerId)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if (![|customers.Any(c => c.Id == o.CustomerId)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|customers.All(c => c.Id != o.CustomerId)|]) Use(o);")]
    [InlineData("foreach (var o in orders) if ([|customers.Exists(c => c.Id == o.CustomerId)|]) Use(o);")]
    [InlineData("foreach (var o in orders) Use([|customers.Count(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.Where(c => c.Id == o.CustomerId)|].ToList());")]
    [InlineData("foreach (var o in orders) foreach (var c in [|customers.Where(c => c.Id == o.CustomerId)|]) Use(c);")]
    [InlineData("foreach (var o in orders) Use([|customers.Find(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.FindAll(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.FindIndex(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|Array.Find(array, c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|array.First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|sequence.First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|view.First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|byId.Values.First(c => c.Name == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|byId.First(p => p.Value.Name == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|tuples.First(t => t.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|rows.First(r => r[0] == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Home.City == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Name.Equals(o.Name))|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Name.Equals(o.Name, StringComparison.OrdinalIgnoreCase))|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => string.Equals(c.Name, o.Name, StringComparison.OrdinalIgnoreCase))|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Name.Trim() == o.Name.Trim())|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Full == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Id == o.Maybe)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Id == o.CustomerId && c.Active)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Active && c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Id == o.CustomerId && c.Name == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.Where(c => c.Active).First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) { var id = o.CustomerId; Use([|customers.First(c => c.Id == id)|]); }")]
    [InlineData("for (var i = 0; i < orders.Count; i++) Use([|customers.First(c => c.Id == orders[i].CustomerId)|]);")]
    [InlineData("while (n-- > 0) Use([|customers.First(c => c.Id == n)|]);")]
    [InlineData("var found = orders.Select(o => [|customers.First(c => c.Id == o.CustomerId)|]).ToList();")]
    [InlineData("var found = orders.Where(o => [|customers.Any(c => c.Id == o.CustomerId)|]);")]
    [InlineData("var found = orders.SelectMany(o => [|customers.Where(c => c.Id == o.CustomerId)|]);")]
    [InlineData("var found = from o in orders where [|customers.Any(c => c.Id == o.CustomerId)|] select o;")]
    [InlineData("orders.ForEach(o => Use([|customers.First(c => c.Id == o.CustomerId)|]));")]
    [InlineData("orders.RemoveAll(o => ![|customers.Any(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) foreach (var l in o.Lines) Use([|o.Lines.First(x => x.Id == l.Id + 1)|]);")]
    [InlineData("foreach (var c in customers) Use([|customers.FirstOrDefault(x => x.Parent!.Id == c.Id)|]);")]
    [InlineData("var active = customers.Where(c => c.Active).ToList(); foreach (var o in orders) Use([|active.First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) if ([|customers.FirstOrDefault(c => c.Id == o.CustomerId)|] == null) Use(new Customer { Id = o.CustomerId });")]
    [InlineData("foreach (var w in words) Use([|words.FirstOrDefault(x => x == w + w)|]);")]
    public Task Is_reported(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_search_loop_and_cost() => ReportsWarning(Class("foreach (var o in orders) Use([|customers.First(c => c.Id == o.CustomerId)|]);"),
        "'customers.First(c => c.Id == o.CustomerId)' scans 'customers' in every iteration of the loop over 'orders': O(orders × customers); index 'customers' by 'Id' once, before it");

    [Theory]
    // Once, or not for every element.
    [InlineData("Use(customers.First(c => c.Id == n));")]
    [InlineData("foreach (var o in orders) { if (o.Id == n) { Use(customers.First(c => c.Id == o.CustomerId)); break; } }")]
    [InlineData("foreach (var c in customers.Where(c => c.Id == n)) Use(c);")]
    [InlineData("for (var i = 0; i < 3; i++) Use(customers.First(c => c.Id == i));")]
    [InlineData("while (customers.Any(c => c.Id == n)) n++;")]
    [InlineData("while (n < 0 || customers.Any(c => c.Id == n)) n++;")]
    [InlineData("foreach (var o in orders) { try { Use(o); } catch { Use(customers.First(c => c.Id == o.CustomerId)); } }")]
    // Changed in the loop.
    [InlineData("foreach (var o in orders) if (!customers.Any(c => c.Id == o.CustomerId)) customers.Add(new Customer { Id = o.CustomerId });")]
    [InlineData("foreach (var o in orders) { var c = customers.First(c => c.Id == o.CustomerId); customers.Remove(c); }")]
    [InlineData("foreach (var o in orders) { var c = customers.First(c => c.Id == o.CustomerId); c.Id = 7; }")]
    [InlineData("foreach (var o in orders) { var c = customers.First(c => c.Id == o.CustomerId); Renumber(c); }")]
    [InlineData("foreach (var o in orders) { customers = new(); Use(customers.FirstOrDefault(c => c.Id == o.CustomerId)); }")]
    // Another collection each time.
    [InlineData("foreach (var o in orders) Use(o.Lines.First(l => l.Id == n));")]
    [InlineData("foreach (var o in orders) { var lines = o.Lines.ToList(); Use(lines.First(l => l.Id == n)); }")]
    [InlineData("foreach (var o in orders) Use(customers.Where(c => c.Id > o.Id).First(c => c.Id == n));")]
    [InlineData("var q = from o in orders let lines = o.Lines where lines.Count > n select lines.First(l => l.Id == o.Id);")]
    // Small.
    [InlineData("var few = new[] { new Customer(), new Customer() }; foreach (var o in orders) Use(few.First(c => c.Id == o.CustomerId));")]
    [InlineData("var few = customers.Take(3).ToList(); foreach (var o in orders) Use(few.First(c => c.Id == o.CustomerId));")]
    // No key decides.
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Id > o.CustomerId));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Id != o.CustomerId));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Active));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Active == (o.Id > 3)));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Name.StartsWith(o.Name)));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Id == o.CustomerId || c.Name == o.Name));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Id == c.Parent!.Id));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Id + o.Id == o.CustomerId));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Note == null));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Kind == (Kind)o.Id));")]
    [InlineData("foreach (var o in orders) foreach (var c in customers.Where(c => c.Name == \"a\")) Use(c);")]
    [InlineData("foreach (var o in orders) Use(customers.Count(c => c.Id == n));")]
    [InlineData("foreach (var o in orders) Use(customers.First());")]
    [InlineData("foreach (var o in orders) Use(customers.Where((c, i) => c.Id == o.CustomerId && i > 3));")]
    // Equality that an index would not answer, or effects per element.
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Score == o.Id));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Parent == o.Lines[0]));")]
    [InlineData("foreach (var o in orders) Use(customers.First(c => c.Id == Next()));")]
    // Queries of a provider, other rules.
    [InlineData("var query = customers.AsQueryable(); foreach (var o in orders) Use(query.First(c => c.Id == o.CustomerId));")]
    [InlineData("var found = orders.AsQueryable().Where(o => customers.Any(c => c.Id == o.CustomerId));")]
    [InlineData("foreach (var o in orders) Use(byId.First(p => p.Key == o.CustomerId));")]
    [InlineData("foreach (var w in words) if (words.Any(x => x == w + w)) Use(w);")]
    [InlineData("foreach (var w in words) Use(words.Count(x => x == w));")]
    [InlineData("foreach (var c in customers) Use(customers.FindIndex(x => x == c));")]
    public Task Is_silent(string statements) => Reports(Class(statements, "void Renumber(Customer c) => c.Id++; int next; int Next() => next++;"), severity: null);

    [Fact]
    public Task In_every_placement() => ReportsEverywhere("foreach (var line in File.ReadAllLines(\"a\")) Console.WriteLine([|known.First(k => k.Name == line)|]);", "static List<FileInfo> known = new DirectoryInfo(\"b\").GetFiles().ToList();");

    private static string Program(string statements, string parameters = "List<Customer> customers, List<Order> orders") => $$"""
        class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public bool Active { get; set; }
        }

        class Order
        {
            public int CustomerId { get; set; }
            public int? Maybe { get; set; }
            public string Name { get; set; } = "";
        }

        class C
        {
            void M({{parameters}})
            {
                {{statements.Replace("\n", "\n        ").Replace("        \n", "\n")}}
            }

            void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("[|customers.Any(c => c.Id == o.CustomerId)|]", "customerIds.Contains(o.CustomerId)", "var customerIds = new HashSet<int>(customers.Select(c => c.Id));")]
    [InlineData("![|customers.Any(c => c.Id == o.CustomerId)|]", "!customerIds.Contains(o.CustomerId)", "var customerIds = new HashSet<int>(customers.Select(c => c.Id));")]
    [InlineData("[|customers.All(c => c.Id != o.CustomerId)|]", "!customerIds.Contains(o.CustomerId)", "var customerIds = new HashSet<int>(customers.Select(c => c.Id));")]
    [InlineData("![|customers.All(c => c.Id != o.CustomerId)|]", "customerIds.Contains(o.CustomerId)", "var customerIds = new HashSet<int>(customers.Select(c => c.Id));")]
    [InlineData("[|customers.Exists(c => c.Name == o.Name)|]", "customerNames.Contains(o.Name)", "var customerNames = new HashSet<string>(customers.Select(c => c.Name));")]
    [InlineData("[|customers.Any(c => c.Name.Equals(o.Name, StringComparison.OrdinalIgnoreCase))|]", "customerNames.Contains(o.Name)", "var customerNames = new HashSet<string>(customers.Select(c => c.Name), StringComparer.OrdinalIgnoreCase);")]
    [InlineData("[|customers.Any(c => c.Id == o.CustomerId && c.Name == o.Name)|]", "customerKeys.Contains((o.CustomerId, o.Name))", "var customerKeys = new HashSet<(int, string)>(customers.Select(c => (c.Id, c.Name)));")]
    [InlineData("[|customers.Any(c => c.Id == o.CustomerId && c.Active)|]", "customersById[o.CustomerId].Any(c => c.Active)", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.Any(c => c.Active && c.Id == o.CustomerId)|]", "customersById[o.CustomerId].Any(c => c.Active)", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.First(c => c.Id == o.CustomerId)|].Active", "customersById[o.CustomerId].First().Active", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.Single(c => o.CustomerId == c.Id)|].Active", "customersById[o.CustomerId].Single().Active", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.SingleOrDefault(c => c.Id == o.CustomerId)|] != null", "customersById[o.CustomerId].SingleOrDefault() != null", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.Last(c => c.Id == o.CustomerId)|].Active", "customersById[o.CustomerId].Last().Active", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.Count(c => c.Id == o.CustomerId)|] > 1", "customersById[o.CustomerId].Count() > 1", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.Where(c => c.Id == o.CustomerId)|].Count() > 1", "customersById[o.CustomerId].Count() > 1", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.Where(c => c.Id == o.CustomerId && c.Active)|].Count() > 1", "customersById[o.CustomerId].Where(c => c.Active).Count() > 1", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.FindAll(c => c.Id == o.CustomerId)|].Count > 1", "customersById[o.CustomerId].ToList().Count > 1", "var customersById = customers.ToLookup(c => c.Id);")]
    [InlineData("[|customers.First(c => c.Id == o.Maybe)|].Active", "customersById[o.Maybe].First().Active", "var customersById = customers.ToLookup(c => (int?)c.Id);")]
    [InlineData("[|customers.FirstOrDefault(c => c.Id == o.Maybe)|] != null", "customersById[o.Maybe].FirstOrDefault() != null", "var customersById = customers.ToLookup(c => (int?)c.Id);")]
    public Task Every_form(string test, string fixedTest, string index) => Fixes(
        Program($"foreach (var o in orders)\n{{\n    if ({test})\n        Use(o);\n}}"),
        Program($"{index}\nforeach (var o in orders)\n{{\n    if ({fixedTest})\n        Use(o);\n}}"));

    [Theory]
    [InlineData("[|customers.FirstOrDefault(c => c.Id == o.CustomerId)|]?.Name", "customersById.GetValueOrDefault(o.CustomerId)?.Name", "customersById", "int", "c.Id")]
    [InlineData("[|customers.Find(c => c.Name == o.Name)|]", "customersByName.GetValueOrDefault(o.Name)", "customersByName", "string", "c.Name")]
    [InlineData("[|customers.FirstOrDefault(c => c.Id == o.CustomerId && c.Name == o.Name)|]", "customersByIdAndName.GetValueOrDefault((o.CustomerId, o.Name))", "customersByIdAndName", "(int, string)", "(c.Id, c.Name)")]
    public Task The_first_or_none_comes_from_a_dictionary(string search, string fixedSearch, string name, string type, string key) => Fixes(
        Program($"foreach (var o in orders)\n    Use({search});"),
        Program($"var {name} = new Dictionary<{type}, Customer>(customers.Count);\nforeach (var c in customers)\n    {name}.TryAdd({key}, c);\n\nforeach (var o in orders)\n    Use({fixedSearch});"));

    [Theory]
    [InlineData("netstandard2.0")]
    [InlineData("net472")]
    public Task Where_dictionaries_lack_TryAdd_a_lookup_serves(string target) => Fixes(
        Program("foreach (var o in orders)\n    Use([|customers.FirstOrDefault(c => c.Id == o.CustomerId)|]);"),
        Program("var customersById = customers.ToLookup(c => c.Id);\nforeach (var o in orders)\n    Use(customersById[o.CustomerId].FirstOrDefault());"),
        target: target == "net472" ? Target.Net472 : Target.NetStandard20);

    [Fact]
    public Task Searches_by_one_key_share_an_index() => Fixes(
        Program("foreach (var o in orders)\n{\n    if ([|customers.First(c => c.Id == o.CustomerId)|].Active)\n        Use([|customers.Where(x => x.Id == o.CustomerId)|].ToList());\n    if ([|customers.Any(c => c.Id == o.CustomerId)|])\n        Use([|customers.First(c => c.Name == o.Name)|]);\n}"),
        Program("var customersById = customers.ToLookup(c => c.Id);\nvar customersByName = customers.ToLookup(c => c.Name);\nforeach (var o in orders)\n{\n    if (customersById[o.CustomerId].First().Active)\n        Use(customersById[o.CustomerId].ToList());\n    if (customersById[o.CustomerId].Any())\n        Use(customersByName[o.Name].First());\n}"));

    [Fact]
    public Task Queries_get_a_body() => Fixes("""
        record Customer(int Id, string Name);
        record Order(int CustomerId);

        class C
        {
            private readonly List<Customer> _customers = new();

            void Add(Customer customer) => _customers.Add(customer);

            List<string> Names(List<Order> orders) =>
                orders.Select(o => [|_customers.First(c => c.Id == o.CustomerId)|].Name).ToList();
        }
        """, """
        record Customer(int Id, string Name);
        record Order(int CustomerId);

        class C
        {
            private readonly List<Customer> _customers = new();

            void Add(Customer customer) => _customers.Add(customer);

            List<string> Names(List<Order> orders)
            {
                var customersById = _customers.ToLookup(c => c.Id);
                return orders.Select(o => customersById[o.CustomerId].First().Name).ToList();
            }
        }
        """);

    [Theory]
    // A query that runs later.
    [InlineData("var q = orders.Select(o => [|customers.First(c => c.Id == o.CustomerId)|]); Use(q);")]
    [InlineData("foreach (var o in orders) Use([|customers.Where(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) { var q = [|customers.Where(c => c.Id == o.CustomerId)|]; o.CustomerId++; Use(q.ToList()); }")]
    // A position, operators before, methods in the key.
    [InlineData("foreach (var o in orders) Use([|customers.FindIndex(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.Where(c => c.Active).First(c => c.Id == o.CustomerId)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Name.Trim() == o.Name)|]);")]
    [InlineData("foreach (var o in orders) Use([|customers.First(c => c.Name == o.Name.Trim())|]);")]
    // Code that may write keys, or the collection.
    [InlineData("foreach (var o in orders) { Use([|customers.First(c => c.Id == o.CustomerId)|]); callback(); }")]
    [InlineData("foreach (var o in orders) { Use([|customers.First(c => string.Equals(c.Name, o.Name, StringComparison.CurrentCulture))|]); }")]
    [InlineData("foreach (var o in orders) { Use([|sequence.First(c => c.Id == o.CustomerId)|]); }")]
    [InlineData("foreach (var o in orders) { Use([|customers.First(c => c.Id == o.CustomerId && Log(c))|]); }")]
    public Task No_fix(string statements) => HasNoFix(Program(statements, "List<Customer> customers, List<Order> orders, IEnumerable<Customer> sequence, Action callback").Replace("void Use(", "bool Log(object o) { Console.WriteLine(o); return true; }\n    void Use("));

    [Fact]
    public Task Null_elements_are_named() => Fixes(
        Program("foreach (var o in orders)\n    Use([|known.First(c => c!.Id == o.CustomerId)|]);", "List<Customer?> known, List<Order> orders"),
        Program("var knownById = known.ToLookup(c => c!.Id);\nforeach (var o in orders)\n    Use(knownById[o.CustomerId].First());", "List<Customer?> known, List<Order> orders"),
        changes: true);

    [Fact]
    public Task Oblivious_code_is_left_alone_unless_asked() => FixAllLeaves(
        Program("foreach (var o in orders)\n    Use([|customers.First(c => c.Id == o.CustomerId)|]);").Replace("object?", "object"), Target.Net100.Oblivious);

    public static TheoryData<string> Programs =>
    [
        "foreach (var o in orders) result.Add(customers.First(c => c.Id == o.Id).Name);",
        "foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name);",
        "foreach (var o in orders) result.Add(customers.Single(c => c.Id == o.Id).Name);",
        "foreach (var o in orders) result.Add(customers.SingleOrDefault(c => c.Id == o.Id)?.Name);",
        "foreach (var o in orders) result.Add(customers.Last(c => c.Id == o.Id).Name);",
        "foreach (var o in orders) result.Add(customers.LastOrDefault(c => c.Id == o.Id)?.Name);",
        "foreach (var o in orders) result.Add(customers.Find(c => c.Id == o.Id)?.Name);",
        "foreach (var o in orders) result.Add(customers.FindLast(c => c.Id == o.Id)?.Name);",
        "foreach (var o in orders) result.AddRange(customers.FindAll(c => c.Id == o.Id).Select(c => c.Name));",
        "foreach (var o in orders) result.AddRange(customers.Where(c => c.Id == o.Id).Select(c => c.Name));",
        "foreach (var o in orders) foreach (var x in customers.Where(c => c.Id == o.Id && c.Name.Length > 1)) result.Add(x.Name);",
        "foreach (var o in orders) { var mine = customers.Where(c => c.Id == o.Id); foreach (var c in mine) result.Add(c.Name); result.Add(mine.Count().ToString()); }",
        "foreach (var o in orders) result.Add(customers.Count(c => c.Id == o.Id).ToString());",
        "foreach (var o in orders) if (customers.Any(c => c.Id == o.Id)) result.Add(o.Name);",
        "foreach (var o in orders) if (customers.All(c => c.Id != o.Id)) result.Add(o.Name);",
        "foreach (var o in orders) if (!customers.Exists(c => c.Name == o.Name)) result.Add(o.Name);",
        "foreach (var o in orders) if (customers.Any(c => string.Equals(c.Name, o.Name, StringComparison.OrdinalIgnoreCase))) result.Add(o.Name);",
        "foreach (var o in orders) if (customers.Any(c => c.Note == o.Note)) result.Add(o.Name);",
        "foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Note == o.Note)?.Name);",
        "foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Maybe)?.Name);",
        "foreach (var o in orders) if (customers.Any(c => c.Id == o.Maybe)) result.Add(o.Name);",
        "foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Id && c.Name == o.Name)?.Name);",
        "foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Name.Length > 1 && c.Id == o.Id)?.Name);",
        "foreach (var o in orders) try { result.Add(customers.First(c => c.Id == o.Id).Name); } catch (InvalidOperationException) { result.Add(\"none\"); }",
        "result.AddRange(orders.Where(o => customers.Any(c => c.Id == o.Id)).Select(o => customers.First(c => c.Id == o.Id).Name));",
        "result.AddRange(orders.SelectMany(o => customers.Where(c => c.Id == o.Id)).Select(c => c.Name).ToList());",
        "foreach (var o in orders) { var c = customers.FirstOrDefault(c => c.Id == o.Id); if (c != null) c.Name += \"!\"; result.Add(c?.Name); }",
        "for (var i = 0; i < orders.Count; i++) { var o = orders[i]; result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); }",
        "if (orders.Count > 1) foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); else result.Add(\"few\");",
        "switch (orders.Count) { case 0: break; default: foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); break; }",
        "var pairs = customers.Select(c => new { c.Id, Text = c.Name }).ToList(); foreach (var o in orders) result.Add(pairs.FirstOrDefault(p => p.Id == o.Id)?.Text);",
        "var pairs = customers.Select(c => (c.Id, Text: c.Name)).ToList(); foreach (var o in orders) result.Add(pairs.FirstOrDefault(p => p.Id == o.Id).Text);",
        "var array = customers.ToArray(); foreach (var o in orders) result.Add(Array.Find(array, p => p.Id == o.Id)?.Name);",
        "var byName = customers.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.First()); foreach (var o in orders) result.Add(byName.Values.FirstOrDefault(p => p.Id == o.Id)?.Name);",
        "void Local(List<Order> list) { foreach (var o in list) result.Add(customers.First(c => c.Id == o.Id).Name); } Local(orders);",
        "foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); { var c = 3; foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Name == o.Name)?.Note + c); }",
        "foreach (var o in orders) if (!customers.Any(c => c.Id == o.Id)) result.Add(new Customer { Id = o.Id, Name = o.Name }.Name);",
        "foreach (var o in orders) { foreach (var p in orders) { if (customers.Any(c => c.Id == o.Id + p.Id)) result.Add(o.Name + p.Name); } }",
    ];

    [Theory, MemberData(nameof(Programs))]
    public Task Programs_do_what_they_did(string statements) => FixesAndRuns($$"""
        {{Types}}
        public static class Program
        {
            public static List<string?> Run(int[] ids, int[] asked)
            {
                var customers = ids.Select((id, i) => new Customer { Id = id, Name = "n" + i % 3, Note = id % 2 == 0 ? null : "x" + id }).ToList();
                var orders = asked.Select((id, i) => new Order { Id = id, Name = i % 2 == 0 ? "n" + i : "N" + i, Maybe = id % 3 == 0 ? null : id, Note = id % 2 == 0 ? null : "x" + id }).ToList();
                var result = new List<string?>();
                {{statements}}
                return result;
            }
        }
        """, [[new[] { 1, 2, 3, 2, 1 }, new[] { 2, 3, 1, 2 }], [new[] { 1, 2, 2 }, new[] { 3, 2 }], [Array.Empty<int>(), new[] { 1 }], [new[] { 1 }, Array.Empty<int>()], [new[] { 5, 0, 4 }, new[] { 0, 4, 6, 5 }]]);

    private const string Types = """
        public class Customer { public int Id { get; set; } public string Name { get; set; } = ""; public string? Note { get; set; } }
        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; public string? Note { get; set; } public int? Maybe { get; set; } }
        """;

    [Theory]
    [InlineData("foreach (var o in orders) { result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); Touch(customers); }")]
    [InlineData("foreach (var o in orders) { result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); change(); }")]
    [InlineData("var other = customers; foreach (var o in orders) { result.Add(customers.FirstOrDefault(c => c.Id == o.Id)?.Name); other[0].Id++; }")]
    [InlineData("foreach (var o in orders) { foreach (var x in customers.Where(c => c.Id == o.Id)) { o.Id++; result.Add(x.Name); } }")]
    [InlineData("var later = new List<IEnumerable<Customer>>(); foreach (var o in orders) later.Add(customers.Where(c => c.Id == o.Id)); foreach (var o in orders) o.Id = 1; foreach (var q in later) result.Add(q.Count().ToString());")]
    [InlineData("var q = orders.Select(o => customers.FirstOrDefault(c => c.Id == o.Id)?.Name); customers.Clear(); result.AddRange(q);")]
    [InlineData("foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == o.Id && Say(c.Name))?.Name);")]
    [InlineData("foreach (var o in orders) result.Add(customers.FirstOrDefault(c => c.Id == Say(o.Id))?.Name);")]
    [InlineData("foreach (var o in orders) { Func<Customer?> find = () => customers.FirstOrDefault(c => c.Id == o.Id); result.Add(find()?.Name); }")]
    [InlineData("IEnumerable<Customer> Lazy() { Console.WriteLine(\"lazy\"); foreach (var c in customers) yield return c; } var lazy = Lazy(); foreach (var o in orders) result.Add(lazy.FirstOrDefault(c => c.Id == o.Id)?.Name);")]
    [InlineData("foreach (var o in orders) { var x = 1; if (result.Count > 2) x = 2; result.Add(customers.FirstOrDefault(c => c.Id == o.Id + (x = x + 1))?.Name); }")]
    public Task Programs_that_an_index_would_change_are_left_alone(string statements) => FixesAndRuns($$"""
        {{Types}}
        public static class Program
        {
            static void Touch(List<Customer> customers) { foreach (var c in customers) c.Id ^= 1; }
            static bool Say(string s) { Console.WriteLine(s); return true; }
            static int Say(int i) { Console.WriteLine(i); return i; }

            public static List<string?> Run(int[] ids, int[] asked)
            {
                var customers = ids.Select((id, i) => new Customer { Id = id, Name = "n" + i % 3 }).ToList();
                var orders = asked.Select((id, i) => new Order { Id = id, Name = "n" + i }).ToList();
                var result = new List<string?>();
                Action change = () => { customers.Reverse(); };
                {{statements}}
                return result;
            }
        }
        """, [[new[] { 1, 2, 3, 2, 1 }, new[] { 2, 3, 1, 2 }], [new[] { 1, 2, 2 }, new[] { 3, 2 }]], expectFix: false);

    [Fact]
    public Task An_info_where_calls_write_the_elements_out() => ReportsInfo("""
        class Item { public int Id; }
        class C { void M(List<int> ids, params Item[] items) { foreach (var id in ids) Console.Write([|items.FirstOrDefault(i => i.Id == id)|]); } }
        """);
}
