using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class ScanBehindCallTests : RuleTests<ScanBehindCallAnalyzer>
{
    private const string Types = """
        public sealed record Customer(int Id, string Name, string Country) { public decimal Discount { get; set; } }
        public sealed class Line { public int ProductId { get; set; } public decimal Amount { get; set; } }
        public sealed class Order { public int Id { get; set; } public int CustomerId { get; set; } public string CustomerName { get; set; } = ""; public decimal Total { get; set; } public List<Line> Lines { get; } = new(); public List<Customer> Parties { get; } = new(); }

        """;

    [Fact]
    public Task The_search_is_named_at_the_call_and_shown_where_it_is() => Reports(Types + """
        class C
        {
            decimal Sum(List<Order> orders, List<Customer> customers)
            {
                var sum = 0m;
                foreach (var order in orders)
                    sum += {|#0:Price(order, customers)|};
                return sum;
            }

            decimal Price(Order order, List<Customer> all) => order.Total * all.First(c => c.Id == order.CustomerId).Discount;
        }
        """, expected: Finding(DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'Price(order, customers)' scans 'customers' in every iteration of the loop over 'orders', with 'all.First(c => c.Id == order.CustomerId)' in 'Price': O(orders × customers); index 'customers' by 'Id' once, before the loop, and hand that in"));

    [Fact]
    public async Task The_search_itself_is_a_further_location_also_in_another_file()
    {
        var project = await RuleProject.OfAsync(Types + """
            partial class C
            {
                void M(List<Order> orders, List<Customer> customers)
                {
                    foreach (var order in orders)
                        _ = Find(customers, order.CustomerId);
                }

                static Customer? Find(List<Customer> all, int id) => Deep(all, id);
                static Customer? Deep(List<Customer> all, int id) => all.Find(c => c.Id == id);
            }
            """, Target.Net100, []);

        var finding = Assert.Single(await project.FindingsAsync(new ScanBehindCallAnalyzer()));
        var behind = Assert.Single(finding.AdditionalLocations);
        Assert.Equal("all.Find(c => c.Id == id)", behind.SourceTree!.GetRoot().FindNode(behind.SourceSpan, getInnermostNodeForTie: true).ToString());
    }

    [Fact]
    public Task The_search_may_be_of_a_field() => Reports(Types + """
        class C
        {
            private readonly List<Customer> customers = new();

            public C(IEnumerable<Customer> customers) => this.customers.AddRange(customers);

            public void Fill(List<Order> orders)
            {
                foreach (var order in orders)
                    order.Total = {|#0:Discount(order.CustomerId)|};
            }

            private decimal Discount(int id)
            {
                var customer = customers.FirstOrDefault(c => c.Id == id);
                return customer == null ? 0 : customer.Discount;
            }
        }
        """, expected: Finding(DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'Discount(order.CustomerId)' scans 'customers' in every iteration of the loop over 'orders', with 'customers.FirstOrDefault(c => c.Id == id)' in 'Discount': O(orders × customers); index 'customers' by 'Id' once, before the loop, and hand that in"));

    [Theory]
    [InlineData("static Customer? Find(List<Customer> all, int id) => all.Find(c => c.Id == id);")]
    [InlineData("static Customer? Find(Customer[] all, int id) => Array.Find(all, c => c.Id == id);", "array")]
    [InlineData("static Customer? Find(IEnumerable<Customer> all, int id) => all.SingleOrDefault(c => c.Id == id);")]
    [InlineData("static Customer? Find(IReadOnlyList<Customer> all, int id) => all.Where(c => c.Country != \"\").FirstOrDefault(c => c.Id == id);")]
    [InlineData("static bool Find(List<Customer> all, int id) => all.Any(c => c.Id == id);")]
    [InlineData("static bool Find(List<Customer> all, int id) => all.Exists(c => c.Id.Equals(id));")]
    [InlineData("static int Find(List<Customer> all, int id) => all.Count(c => c.Id == id);")]
    [InlineData("static IEnumerable<Customer> Find(List<Customer> all, int id) => all.Where(c => c.Id == id);")]
    [InlineData("static Customer? Find(List<Customer> all, int id) { foreach (var c in all) { if (c.Id == id) return c; } return null; }")]
    [InlineData("static Customer? Find(List<Customer> all, int id) { for (var i = 0; i < all.Count; i++) { if (all[i].Id == id) return all[i]; } return null; }")]
    [InlineData("static Customer? Find(List<Customer> all, int id) { var key = id + 1; var list = all; return list.Find(c => c.Id == key); }")]
    [InlineData("static Customer? Find(List<Customer> all, int id) { if (id < 0) return null; return all.Find(c => c.Id == id); }")]
    [InlineData("static Customer? Find(List<Customer> all, int id) => id < 0 ? null : all.Find(c => c.Id == id);")]
    [InlineData("static async Task<Customer?> Find(List<Customer> all, int id) { await Task.Yield(); return all.Find(c => c.Id == id); }")]
    public Task Every_form_of_a_search_by_key(string method, string argument = "customers") => Reports(Types + $$"""
        class C
        {
            void M(List<Order> orders, List<Customer> customers, Customer[] array)
            {
                foreach (var order in orders)
                    _ = [|Find({{argument}}, order.CustomerId)|];
            }

            {{method}}
        }
        """, severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("_ = orders.Select([|Price|]).Sum();")]
    [InlineData("_ = orders.Sum([|this.Price|]);")]
    [InlineData("orders.ForEach([|Mark|]);")]
    [InlineData("_ = orders.Where([|IsHome|]).ToList();")]
    [InlineData("_ = orders.ConvertAll([|PriceDeep|]);")]
    public Task The_name_of_a_method_in_the_place_of_a_lambda(string statement) => Reports(GroupClass(statement), severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("_ = orders.Select(Constant).Sum();")]
    [InlineData("_ = orders.Select(OwnLines).Sum();")]
    [InlineData("_ = new[] { orders[0], orders[1] }.Select(Price).Sum();")]
    [InlineData("Func<Order, decimal> price = Price; _ = price(orders[0]);")]
    [InlineData("_ = orders.Select(Shrink).Sum();")]
    public Task The_name_of_a_method_that_searches_nothing_the_same(string statement) => Reports(GroupClass(statement), severity: null);

    private static string GroupClass(string statement) => Types + $$"""
        class C(IEnumerable<Customer> all)
        {
            private readonly List<Customer> customers = new(all);

            void M(List<Order> orders)
            {
                {{statement}}
            }

            decimal Price(Order order) => order.Total * customers.First(c => c.Id == order.CustomerId).Discount;
            decimal PriceDeep(Order order) => Price(order) + 1;
            void Mark(Order order) => order.Total = customers.First(c => c.Id == order.CustomerId).Discount;
            bool IsHome(Order order) => customers.Any(c => c.Name == order.CustomerName);
            decimal Constant(Order order) => order.Total;
            decimal OwnLines(Order order) => order.Lines.First(l => l.ProductId == order.Id).Amount;
            decimal Shrink(Order order) { var found = customers.First(c => c.Id == order.CustomerId); customers.Remove(found); return found.Discount; }
        }
        """;

    [Theory]
    [InlineData("static bool IsKnown(List<string> all, string name) => all.Contains(name);")]
    [InlineData("static bool IsKnown(string[] all, string name) => Array.IndexOf(all, name) >= 0;", "texts")]
    [InlineData("static bool IsKnown(IList<string> all, string name) => all.IndexOf(name.Trim()) != -1;")]
    [InlineData("static bool IsKnown(List<string> all, string name) => all.Any(x => string.Equals(x, name, StringComparison.OrdinalIgnoreCase));")]
    [InlineData("static bool IsKnown(IReadOnlyList<string> all, string name) => all.Contains(name, StringComparer.Ordinal);")]
    public Task Every_form_of_a_question_for_a_value(string method, string argument = "names") => Reports(Types + $$"""
        class C
        {
            int M(List<Order> orders, List<string> names, string[] texts)
            {
                var known = 0;
                foreach (var order in orders)
                {
                    if ([|IsKnown({{argument}}, order.CustomerName)|])
                        known++;
                }

                return known;
            }

            {{method}}
        }
        """, severity: DiagnosticSeverity.Warning, message: null);

    [Fact]
    public Task Numbers_are_searched_several_at_a_time() => ReportsInfo(Types + """
        class C
        {
            int M(List<Order> orders, List<int> ids)
            {
                var known = 0;
                foreach (var order in orders)
                    known += [|IsKnown(ids, order.CustomerId)|] ? 1 : 0;
                return known;
            }

            static bool IsKnown(List<int> all, int id) => all.Contains(id);
        }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < orders.Count; i++) _ = [|Find(customers, orders[i].CustomerId)|];")]
    [InlineData("var i = 0; while (i < orders.Count) { _ = [|Find(customers, orders[i++].CustomerId)|]; }")]
    [InlineData("_ = orders.Select(o => [|Find(customers, o.CustomerId)|]).ToList();")]
    [InlineData("_ = orders.Where(o => [|Find(customers, o.CustomerId)|] != null).Count();")]
    [InlineData("orders.ForEach(o => [|Find(customers, o.CustomerId)|]);")]
    [InlineData("_ = (from o in orders where [|Find(customers, o.CustomerId)|] != null select o).ToList();")]
    [InlineData("foreach (var order in orders) foreach (var line in order.Lines) _ = [|Find(customers, line.ProductId)|];")]
    [InlineData("foreach (var order in orders) { var id = order.CustomerId; if (id > 0) _ = [|Find(customers, id)|]; }")]
    [InlineData("foreach (var order in orders) _ = [|Find(all: customers, id: order.CustomerId)|];")]
    public Task Every_kind_of_loop(string statement) => Reports(Types + $$"""
        class C
        {
            void M(List<Order> orders, List<Customer> customers)
            {
                {{statement}}
            }

            static Customer? Find(List<Customer> all, int id) => all.Find(c => c.Id == id);
        }
        """);

    [Fact]
    public Task Constructors_extensions_local_functions_and_lambdas_around_them() => Reports(Types + """
        class View(Order order, List<Customer> customers)
        {
            public Order Order => order;
            public int Count => customers.Count;
        }

        class Row
        {
            public Row(Order order, List<Customer> customers) => Name = customers.First(c => c.Id == order.CustomerId).Name;
            public string Name { get; }
        }

        static class Extensions
        {
            public static string NameOf(this List<Customer> customers, int id) => customers.First(c => c.Id == id).Name;
        }

        class C
        {
            List<Row> Rows(List<Order> orders, List<Customer> customers) => orders.Select(o => [|new Row(o, customers)|]).ToList();

            List<View> Views(List<Order> orders, List<Customer> customers) => orders.Select(o => new View(o, customers)).ToList();

            void Names(List<Order> orders, List<Customer> customers)
            {
                foreach (var order in orders)
                    order.CustomerName = [|customers.NameOf(order.CustomerId)|];
            }

            void Local(List<Order> orders, List<Customer> customers)
            {
                foreach (var order in orders)
                    order.CustomerName = [|NameOf(order.CustomerId)|];

                string NameOf(int id) => customers.First(c => c.Id == id).Name;
            }

            void OfLocal(List<Order> orders, string path)
            {
                var names = File.ReadAllLines(path);
                bool IsKnown(string name) => names.Contains(name);
                foreach (var order in orders.Where(o => [|IsKnown(o.CustomerName)|]))
                    order.Total = 0;
            }
        }
        """);

    [Fact]
    public Task Several_levels_of_calls() => Reports(Types + """
        class C(List<Customer> customers)
        {
            private readonly Store store = new(customers);

            void M(List<Order> orders, List<Customer> others)
            {
                foreach (var order in orders)
                {
                    order.Total = [|A(order)|];
                    order.Total = [|D(order, others)|];
                    order.Total = [|store.Rate(order.CustomerId)|];
                    order.Total = [|E(order)|];
                    order.Total = [|F(store, order)|];
                }
            }

            decimal A(Order order) => B(order.CustomerId);
            decimal B(int id) => C1(id) * 2;
            decimal C1(int id) => customers.First(c => c.Id == id).Discount;
            decimal D(Order order, List<Customer> all) => Rate(all, order.CustomerId);
            static decimal Rate(List<Customer> all, int id) => all.First(c => c.Id == id).Discount;
            decimal E(Order order) => store.Rate(order.CustomerId);
            static decimal F(Store store, Order order) => store.Rate(order.CustomerId);
        }

        sealed class Store(List<Customer> customers)
        {
            public decimal Rate(int id) => customers.First(c => c.Id == id).Discount;
        }
        """);

    [Theory]
    // What is searched is another collection in each iteration, or changes.
    [InlineData("foreach (var order in orders) _ = Find(order.Parties, order.CustomerId);")]
    [InlineData("foreach (var order in orders) { var own = Load(order); _ = Find(own, order.CustomerId); }")]
    [InlineData("foreach (var order in orders) { if (Find(customers, order.CustomerId) == null) customers.Add(new(order.CustomerId, \"\", \"\")); }")]
    [InlineData("foreach (var order in orders) { customers = Load(order); _ = Find(customers, order.CustomerId); }")]
    // The question is the same in all iterations.
    [InlineData("foreach (var order in orders) _ = Find(customers, 3);")]
    [InlineData("foreach (var order in orders) _ = Find(customers, orders.Count);")]
    // It is asked once.
    [InlineData("_ = Find(customers, orders[0].Id);")]
    [InlineData("foreach (var order in orders) { if (order.Id == 1) { _ = Find(customers, order.Id); break; } }")]
    [InlineData("foreach (var customer in orders.Select(o => o.Id)) throw new Exception(Find(customers, customer)!.Name);")]
    // Few.
    [InlineData("List<Customer> few = [new(1, \"\", \"\"), new(2, \"\", \"\")]; foreach (var order in orders) _ = Find(few, order.CustomerId);")]
    [InlineData("foreach (var id in new[] { 1, 2, 3 }) _ = Find(customers, id);")]
    [InlineData("for (var id = 0; id < 5; id++) _ = Find(customers, id);")]
    // Waiting.
    [InlineData("while (true) { Thread.Sleep(1000); _ = Find(customers, Environment.TickCount); }")]
    [InlineData("while (!token.IsCancellationRequested) { _ = Find(customers, Environment.TickCount); }")]
    [InlineData("var id = 1; while (Find(customers, id) != null) id++;")]
    // What went wrong is looked up.
    [InlineData("foreach (var order in orders) { if (Check(order) is { } failed) Tell(customers, order.CustomerId, failed); }")]
    // Remembered.
    [InlineData("var known = new Dictionary<int, Customer?>(); foreach (var order in orders) { if (!known.TryGetValue(order.CustomerId, out var c)) known[order.CustomerId] = c = Find(customers, order.CustomerId); }")]
    [InlineData("var known = new Dictionary<int, Customer?>(); foreach (var order in orders) { if (known.ContainsKey(order.CustomerId)) continue; known[order.CustomerId] = Find(customers, order.CustomerId); }")]
    [InlineData("var seen = new HashSet<int>(); foreach (var order in orders) { if (seen.Add(order.CustomerId)) Find(customers, order.CustomerId); }")]
    [InlineData("foreach (var order in orders) cache.GetOrAdd(order.CustomerId, id => Find(customers, id));")]
    // Searched beside it already.
    [InlineData("foreach (var order in orders) { _ = customers.First(c => c.Id == order.Id); _ = Find(customers, order.CustomerId); }")]
    // Keys that change.
    [InlineData("foreach (var order in orders) { var c = FindKey(keys, order.CustomerId); if (c != null) c.Key++; }")]
    public Task Silent_at_the_call(string statement) => Reports(Types + $$"""
        class Keyed { public int Key { get; set; } }

        class C
        {
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Customer?> cache = new();

            void M(List<Order> orders, List<Customer> customers, List<Keyed> keys, CancellationToken token)
            {
                {{statement}}
            }

            static List<Customer> Load(Order order) => order.Parties.ToList();
            static InvalidOperationException? Check(Order order) => order.Total < 0 ? new("negative") : null;
            static void Tell(List<Customer> all, int id, Exception exception) => Console.WriteLine(all.Find(c => c.Id == id)?.Name + exception.Message);
            static Customer? Find(List<Customer> all, int id) => all.Find(c => c.Id == id);
            static Keyed? FindKey(List<Keyed> all, int id) => all.Find(c => c.Key == id);
        }
        """);

    [Theory]
    [InlineData("Customer? Find(List<Customer> all, int id) { if (cache.TryGetValue(id, out var hit)) return hit; var found = all.Find(c => c.Id == id); cache[id] = found; return found; }")]
    [InlineData("Customer? Find(List<Customer> all, int id) => cache.GetOrAdd(id, key => all.Find(c => c.Id == key));")]
    [InlineData("Customer? Find(List<Customer> all, int id) => last ??= all.Find(c => c.Id == id);")]
    [InlineData("Customer? Find(List<Customer> all, int id) { if (last == null) last = all.Find(c => c.Id == id); return last; }")]
    [InlineData("Customer? Find(List<Customer> all, int id) => cache.GetValueOrDefault(id) ?? all.Find(c => c.Id == id);")]
    [InlineData("Customer? Find(List<Customer> all, int id) => all.Find(c => c.Country == \"CH\");")]
    [InlineData("Customer? Find(List<Customer> all, int id) => all[id];")]
    [InlineData("Customer? Find(List<Customer> all, int id) => all.Find(c => c.Id > id);")]
    [InlineData("Customer? Find(List<Customer> all, int id) => id > 0 ? Find(all, id - 1) : all.Find(c => c.Id == id);")]
    [InlineData("Customer? Find(List<Customer> all, int id) => id > 0 ? Other(all, id) : all.Find(c => c.Id == id); Customer? Other(List<Customer> all, int id) => Find(all, id - 1);")]
    [InlineData("protected virtual Customer? Find(List<Customer> all, int id) => all.Find(c => c.Id == id);")]
    [InlineData("Customer? Find(List<Customer> all, int id) { var own = all.Where(c => c.Discount > id).ToList(); return own.Find(c => c.Id == id); }")]
    [InlineData("Customer? Find(List<Customer> all, int id) { List<Customer> own = new(all); own.RemoveAt(0); return own.Find(c => c.Id == id); }")]
    [InlineData("Customer? Find(List<Customer> all, int id) => all.Where(c => c.Discount > id).FirstOrDefault(c => c.Id == id);")]
    [InlineData("Customer? Find(List<Customer> all, int id) { var c = all.Find(x => x.Id == id); if (c == null) all.Add(c = new(id, \"\", \"\")); return c; }")]
    [InlineData("Customer? Find(List<Customer> all, int id) { System.Diagnostics.Debug.Assert(all.Exists(c => c.Id == id)); return null; }")]
    [InlineData("Customer? Find(List<Customer> all, int id) { if (id < 0) throw new Exception(all.Find(c => c.Id == id)!.Name); return null; }")]
    [InlineData("Func<Customer?> Find(List<Customer> all, int id) => () => all.Find(c => c.Id == id);")]
    [InlineData("IEnumerable<Customer?> Find(List<Customer> all, int id) { yield return all.Find(c => c.Id == id); }")]
    [InlineData("bool Find(IEnumerable<Customer> all, int id) => all.Contains(new Customer(id, \"\", \"\"));")]
    public Task Silent_because_of_the_callee(string method) => Reports(Types + $$"""
        class C
        {
            private readonly System.Collections.Concurrent.ConcurrentDictionary<int, Customer?> cache = new();
            private Customer? last;

            void M(List<Order> orders, List<Customer> customers)
            {
                last = null;
                foreach (var order in orders)
                    _ = Find(customers, order.CustomerId);
            }

            {{method}}
        }
        """);

    [Theory]
    [InlineData("private static readonly string[] all = [\"a\", \"b\", \"c\"];")]
    [InlineData("private readonly HashSet<string> all = new();")]
    [InlineData("private List<string> all = new(); private void Grow(string x) => all.Add(x);", "Grow(order.CustomerName);")]
    [InlineData("private List<string> all = new();", "all = new(all);")]
    [InlineData("private List<string> all = new();", "all.Add(order.CustomerName);")]
    public Task Silent_because_of_the_field(string field, string also = "") => Reports(Types + $$"""
        class C
        {
            {{field}}

            void M(List<Order> orders)
            {
                foreach (var order in orders)
                {
                    _ = IsKnown(order.CustomerName);
                    {{also}}
                }
            }

            bool IsKnown(string name) => all.Contains(name);
        }
        """);

    [Fact]
    public Task Another_object_in_each_iteration_searches_a_field_of_its_own() => Reports(Types + """
        class Shop
        {
            private readonly List<Customer> customers = new();
            public void Add(Customer customer) => customers.Add(customer);
            public Customer? Find(int id) => customers.Find(c => c.Id == id);
        }

        class C
        {
            void M(List<Shop> shops, Shop shop, List<Order> orders, int id)
            {
                foreach (var each in shops)
                    _ = each.Find(id);

                foreach (var order in orders)
                    _ = new Shop().Find(order.CustomerId);

                foreach (var order in orders)
                    _ = [|shop.Find(order.CustomerId)|];

                foreach (var order in orders)
                {
                    if (shop.Find(order.CustomerId) == null)
                        shop.Add(new(order.CustomerId, "", ""));
                }
            }
        }
        """);

    [Fact]
    public Task A_search_that_is_reported_behind_the_call_is_said_quietly_where_the_outer_loop_repeats_it() => Reports(Types + """
        class C
        {
            void M(List<Order> orders, List<Customer> products)
            {
                foreach (var order in orders)
                    {|#0:Fill(order.Lines, products)|};
            }

            void Once(Order order, List<Customer> products) => Fill(order.Lines, products);

            void Own(List<Order> orders)
            {
                foreach (var order in orders)
                    Fill(order.Lines, order.Parties);
            }

            static void Fill(List<Line> lines, List<Customer> products)
            {
                foreach (var line in lines)
                    line.Amount = products.First(p => p.Id == line.ProductId).Discount;
            }
        }
        """, expected: Finding(DiagnosticSeverity.Info).WithLocation(0));

    [Fact]
    public Task Tests_may_be_quieter() => Reports(Types + """
        public sealed class FactAttribute : Attribute;

        public class Tests
        {
            [Fact]
            public void M()
            {
                List<Customer> customers = new(Enumerable.Range(0, 100).Select(i => new Customer(i, "", "")));
                foreach (var customer in customers.ToList())
                    _ = Find(customers, customer.Id);
            }

            static Customer? Find(List<Customer> all, int id) => all.Find(c => c.Id == id);
        }
        """, Target.Net100.Option("hotpath.test_code = none"));

    [Fact]
    public Task Nothing_is_said_about_code_that_does_not_bind() => Reports(Types + """
        class C
        {
            void M(List<Order> orders, List<Customer> customers)
            {
                foreach (var order in orders)
                    _ = Find(customers, order.CustomerId, {|CS0103:missing|});
            }

            static Customer? Find(List<Customer> all, int id, int more) => all.Find(c => c.Id == id);
        }
        """);

    [Fact]
    public Task The_reading_of_a_property_is_a_call_of_its_getter() => Reports(Types + """
        class Sale
        {
            public static readonly List<Customer> All = new();
            public static void Load(IEnumerable<Customer> some) => All.AddRange(some);
            public int CustomerId { get; set; }
            public Customer Customer => All.First(c => c.Id == CustomerId);
        }

        class C
        {
            string M(List<Sale> sales)
            {
                var text = "";
                foreach (var sale in sales)
                    text = {|#0:sale.Customer|}.Name;
                return text;
            }
        }
        """, expected: Finding(DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'sale.Customer' scans 'All' in every iteration of the loop over 'sales', with 'All.First(c => c.Id == CustomerId)' in 'Customer': O(sales × All); index 'All' by 'Id' once, before the loop, and hand that in"));

    [Theory]
    [InlineData("public Customer Customer { get { return All.First(c => c.Id == CustomerId); } }", "foreach (var sale in sales) Use([|sale.Customer|]);")]
    [InlineData("public Customer Customer { get => All.First(c => c.Id == CustomerId); set => CustomerId = value.Id; }", "for (var i = 0; i < sales.Count; i++) Use([|sales[i].Customer|]);")]
    [InlineData("public Customer Customer => Find(CustomerId); private static Customer Find(int id) => All.First(c => c.Id == id);", "Use(sales.Select(sale => [|sale.Customer|].Name).ToList());")]
    [InlineData("private Customer Customer => All.First(c => c.Id == CustomerId); public string Name() => Customer.Name;", "foreach (var sale in sales) Use([|sale.Name()|]);")]
    [InlineData("public Customer? Customer => All.Find(c => c.Id == CustomerId);", "foreach (var sale in sales) { if ([|sale.Customer|] is { } known) Use(known); }")]
    // A field in all but name, or the only one who knows what it is.
    [InlineData("public Customer Customer { get; set; } = All.First(c => c.Id == 3);", "foreach (var sale in sales) Use(sale.Customer);")]
    [InlineData("public virtual Customer Customer => All.First(c => c.Id == CustomerId);", "foreach (var sale in sales) Use(sale.Customer);")]
    // Remembered.
    [InlineData("private Customer? customer; public Customer Customer => customer ??= All.First(c => c.Id == CustomerId);", "foreach (var sale in sales) Use(sale.Customer);")]
    [InlineData("private Customer? customer; public Customer Customer { get { if (customer == null) customer = All.First(c => c.Id == CustomerId); return customer; } }", "foreach (var sale in sales) Use(sale.Customer);")]
    // Written or named, not read.
    [InlineData("public Customer Customer { get => All.First(c => c.Id == CustomerId); set => CustomerId = value.Id; }", "foreach (var sale in sales) sale.Customer = new(1, nameof(sale.Customer), \"\");")]
    [InlineData("public Customer Customer { get => All.First(c => c.Id == CustomerId); set => CustomerId = value.Id; }", "foreach (var sale in sales) (sale.Customer, _) = (new(1, \"\", \"\"), 3);")]
    // The same question every time, once, or while it says so.
    [InlineData("public Customer Customer => All.First(c => c.Id == CustomerId);", "foreach (var sale in sales) Use(one.Customer);")]
    [InlineData("public Customer Customer => All.First(c => c.Id == CustomerId);", "Use(one.Customer);")]
    [InlineData("public Customer? Customer => All.Find(c => c.Id == CustomerId);", "while (one.Customer != null) one = new() { CustomerId = one.CustomerId + 1 };")]
    [InlineData("public static Customer First => All.First(c => c.Country == \"CH\");", "foreach (var sale in sales) Use(Sale.First);")]
    // A list of its own in each iteration.
    [InlineData("private readonly List<Customer> own = new(); public Customer Customer => own.First(c => c.Id == CustomerId); public void Add(Customer c) => own.Add(c);", "foreach (var sale in sales) Use(sale.Customer);")]
    [InlineData("public Customer Customer => All.First(c => c.Id == CustomerId);", "foreach (var sale in sales) { Use(sale.Customer); Sale.All.Add(new(1, \"\", \"\")); }")]
    public Task Getters_as_methods(string property, string statement) => Reports(Types + $$"""
        class Sale
        {
            public static readonly List<Customer> All = new();
            public static void Load(IEnumerable<Customer> some) => All.AddRange(some);
            public int CustomerId { get; set; }
            {{property}}
        }

        class C
        {
            void M(List<Sale> sales, Sale one)
            {
                {{statement}}
            }

            void Use(object o) { }
        }
        """);
}
