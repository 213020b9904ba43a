using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class QueryPerRowTests : RuleTests<QueryPerRowAnalyzer, QueryPerRowFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.EntityFramework, .. References.Named("Dapper")];

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private const string Model = """
        class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public string Name { get; set; } = "";
            public bool IsPaid { get; set; }
            public List<Line> Lines { get; set; } = new();
        }

        class Line
        {
            public int Id { get; set; }
            public int OrderId { get; set; }
        }

        class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int Seen { get; set; }
            public int? ParentId { get; set; }
        }

        class Shop(string path = "") : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<Line> Lines => Set<Line>();
            public DbSet<Customer> Customers => Set<Customer>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path};Pooling=False");
        }
        """;

    private static string InMethod(string statements, string members = "") => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        {{Model}}

        class C(Shop shop, SqliteConnection connection, DbConnection other)
        {
            {{members}}

            async Task M(List<Order> orders, List<int> ids, int[] array, IEnumerable<int> lazy, IAsyncEnumerable<int> stream, string text, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }
        }
        """;

    [Fact]
    public Task The_query_for_all_is_shown() => ReportsWarning(InMethod("""foreach (var id in ids) { var name = [|connection.QuerySingleOrDefault<string>("SELECT name FROM customers WHERE id = @id", new { id })|]; }"""),
        "'connection.QuerySingleOrDefault<string>(\"SELECT…' asks the database in every iteration of the loop over 'ids'; ask once for all: 'SELECT name FROM customers WHERE id IN @ids'");

    [Fact]
    public Task The_query_of_entities_is_shown() => ReportsWarning(InMethod("foreach (var id in ids) { var customer = [|shop.Customers.Find(id)|]; }"),
        "'shop.Customers.Find(id)' asks the database in every iteration of the loop over 'ids'; ask once for the rows of all keys: 'Where(row => keys.Contains(row.Key))' before the loop");

    [Theory]
    [InlineData("foreach (var order in orders) { var c = [|shop.Customers.First(c => c.Id == order.CustomerId)|]; }")]
    [InlineData("foreach (var order in orders) { var c = await [|shop.Customers.FirstOrDefaultAsync(c => c.Id == order.CustomerId, token)|].ConfigureAwait(false); }")]
    [InlineData("foreach (var order in orders) { order.Lines = await [|shop.Lines.Where(l => l.OrderId == order.Id).ToListAsync()|]; }")]
    [InlineData("foreach (var order in orders) { foreach (var line in [|shop.Lines.Where(l => l.OrderId == order.Id)|]) Console.WriteLine(line.Id); }")]
    [InlineData("foreach (var order in orders) { var query = shop.Lines.Where(l => l.OrderId == order.Id); Console.WriteLine([|query.Count()|]); }")]
    [InlineData("foreach (var order in orders) { var n = (from l in shop.Lines where l.OrderId == order.Id select l.Id).ToList(); }", true)]
    [InlineData("for (var i = 0; i < ids.Count; i++) { var c = [|shop.Customers.Find(ids[i])|]; }")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { var id = ids[i]; if ([|shop.Orders.Any(o => o.CustomerId == id)|]) Console.WriteLine(id); }")]
    [InlineData("for (var id = 1; id <= text.Length; id++) { var c = await [|shop.Customers.FindAsync(id)|]; }")]
    [InlineData("var all = ids.Select(id => [|shop.Customers.Find(id)|]).ToList();")]
    [InlineData("ids.ForEach(id => Console.WriteLine([|shop.Customers.Single(c => c.Id == id)|].Name));")]
    [InlineData("await foreach (var id in stream) { var c = await [|shop.Customers.FindAsync(id)|]; }")]
    [InlineData("foreach (var order in orders) { [|shop.Entry(order).Collection(o => o.Lines).Load()|]; }")]
    [InlineData("foreach (var order in orders) { await [|shop.Entry(order).Collection(o => o.Lines).LoadAsync(token)|]; }")]
    [InlineData("foreach (var order in orders) { var n = [|shop.Entry(order).Collection(o => o.Lines).Query().Count()|]; }")]
    [InlineData("foreach (var order in orders) { var top = [|shop.Set<Customer>().AsNoTracking().Where(c => c.Id == order.CustomerId).Select(c => c.Name).FirstOrDefault()|]; }")]
    [InlineData("using var file = new StreamReader(text); while (await file.ReadLineAsync() is { } line) { var c = [|shop.Customers.FirstOrDefault(c => c.Name == line)|]; }")]
    [InlineData("string? line; while ((line = Console.In.ReadLine()) != null) { var c = [|shop.Customers.FirstOrDefault(c => c.Name == line)|]; }")]
    [InlineData("var todo = new Queue<int>(ids); while (todo.Count > 0) { var id = todo.Dequeue(); var c = [|shop.Customers.Find(id)|]; }")]
    [InlineData("foreach (var id in ids) { try { Console.WriteLine([|shop.Customers.Find(id)|]!.Name); } catch (Exception e) { Console.WriteLine(e.Message); } }")]
    // Walked through as it is: nothing says that a query runs.
    [InlineData("var all = new List<Line>(); foreach (var order in orders) all.AddRange([|shop.Lines.Where(l => l.OrderId == order.Id)|]);")]
    [InlineData("foreach (var order in orders) { Line[] lines = [.. [|shop.Lines.Where(l => l.OrderId == order.Id)|]]; Console.WriteLine(lines.Length); }")]
    [InlineData("foreach (var order in orders) { var lines = new HashSet<int>([|shop.Lines.Where(l => l.OrderId == order.Id).Select(l => l.Id)|]); Console.WriteLine(lines.Count); }")]
    [InlineData("foreach (var order in orders) Console.WriteLine(string.Join(\",\", [|shop.Lines.Where(l => l.OrderId == order.Id).Select(l => l.Id)|]));")]
    [InlineData("foreach (var order in orders) { var query = shop.Lines.Where(l => l.OrderId == order.Id); foreach (var line in [|query|]) Console.WriteLine(line.Id); }")]
    [InlineData("foreach (var order in orders) { IEnumerable<Line> query = shop.Lines.Where(l => l.OrderId == order.Id); foreach (var line in [|query.Where(l => l.Id > 3)|]) Console.WriteLine(line.Id); }")]
    [InlineData("foreach (var order in orders) { await foreach (var line in [|shop.Lines.Where(l => l.OrderId == order.Id).AsAsyncEnumerable()|]) Console.WriteLine(line.Id); }")]
    [InlineData("foreach (var order in orders) { var names = [|shop.Lines.Where(l => l.OrderId == order.Id).AsEnumerable().Select(l => \"line \" + l.Id).ToList()|]; }")]
    [InlineData("var all = orders.SelectMany(o => [|shop.Lines.Where(l => l.OrderId == o.Id)|]).ToList();")]
    [InlineData("foreach (var order in orders) shop.Lines.RemoveRange([|shop.Lines.Where(l => l.OrderId == order.Id)|]);")]
    [InlineData("foreach (var order in orders) { await [|shop.Lines.Where(l => l.OrderId == order.Id).ForEachAsync(l => Console.WriteLine(l.Id))|]; }")]
    [InlineData("foreach (var id in ids) { if ([|shop.Orders.Select(o => o.CustomerId).Contains(id)|]) Console.WriteLine(id); }")]
    [InlineData("foreach (var id in ids) { var seen = [|shop.Database.SqlQuery<int>($\"SELECT Seen AS Value FROM Customers WHERE Id = {id}\").First()|]; }")]
    // A row of those that the key finds, at random: the key is known all the same.
    [InlineData("foreach (var order in orders) { var line = [|shop.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => Guid.NewGuid()).First()|]; }")]
    public Task Every_form_of_entities(string statements, bool isQuerySyntax = false) =>
        ReportsWarning(InMethod(isQuerySyntax ? statements.Replace("(from", "[|(from", StringComparison.Ordinal).Replace("ToList()", "ToList()|]", StringComparison.Ordinal) : statements));

    [Theory]
    [InlineData("foreach (var id in ids) { using var command = connection.CreateCommand(); command.CommandText = \"SELECT name FROM customers WHERE id = $id\"; command.Parameters.AddWithValue(\"$id\", id); using var reader = [|command.ExecuteReader()|]; }")]
    [InlineData("using var command = new SqliteCommand(\"SELECT count(*) FROM orders WHERE customer = $id LIMIT 1\", connection); var p = command.Parameters.Add(\"$id\", SqliteType.Integer); foreach (var id in ids) { p.Value = id; var n = (long?)await [|command.ExecuteScalarAsync()|]; }")]
    [InlineData("foreach (var id in ids) { using var command = new SqliteCommand($\"SELECT name FROM customers WHERE id = {id}\", connection); var name = [|command.ExecuteScalar()|]; }")]
    [InlineData("foreach (var id in ids) { using (var command = other.CreateCommand()) { command.CommandText = \"select name from customers where id = @id\"; var p = command.CreateParameter(); p.ParameterName = \"@id\"; p.Value = id; command.Parameters.Add(p); using (var reader = await [|command.ExecuteReaderAsync(token)|]) { } } }")]
    [InlineData("foreach (var id in ids) { var rows = await [|connection.QueryAsync<int>(\"SELECT id FROM orders WHERE customer = @id\", new { id })|]; }")]
    [InlineData("foreach (var id in ids) { var p = new DynamicParameters(); p.Add(\"id\", id); var n = [|connection.ExecuteScalar<int>(\"SELECT count(*) FROM orders WHERE customer = @id\", p)|]; }")]
    [InlineData("foreach (var id in lazy.Where(id => id > 0)) { var row = [|other.QueryFirst<int>($\"SELECT id FROM orders WHERE customer = {id}\")|]; }")]
    [InlineData("using var outer = connection.CreateCommand(); outer.CommandText = \"SELECT id FROM orders\"; using var reader = outer.ExecuteReader(); while (reader.Read()) { var id = reader.GetInt32(0); var n = [|connection.ExecuteScalar<int>(\"SELECT count(*) FROM lines WHERE o = @id\", new { id })|]; }")]
    [InlineData("IDbConnection any = connection; using var outer = any.CreateCommand(); outer.CommandText = \"SELECT id FROM orders\"; using var reader = outer.ExecuteReader(); while (reader.Read()) { var id = reader.GetInt32(0); var n = [|any.ExecuteScalar<int>(\"SELECT count(*) FROM lines WHERE o = @id\", new { id })|]; }")]
    public Task Every_form_of_texts(string statements) => ReportsWarning(InMethod(statements));

    [Theory]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { var rows = shop.Customers.Where(c => chunk.Contains(c.Id)).ToList(); }")]
    [InlineData("foreach (var group in orders.GroupBy(o => o.Name)) { var keys = group.Select(o => o.CustomerId).ToList(); var rows = shop.Customers.Where(c => keys.Contains(c.Id)).ToList(); }")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { var rows = connection.Query<int>(\"SELECT id FROM orders WHERE id IN @chunk\", new { chunk }); }")]
    [InlineData("var node = shop.Customers.Find(1); while (node != null) node = shop.Customers.Find(node.ParentId);")]
    [InlineData("var id = (int?)1; while (id != null) { var c = shop.Customers.First(c => c.Id == id); id = c.ParentId; }")]
    [InlineData("var last = 0; while (true) { var page = shop.Orders.Where(o => o.Id > last).OrderBy(o => o.Id).Take(100).ToList(); if (page.Count == 0) break; last = page[^1].Id; }")]
    [InlineData("for (var page = 0; page < text.Length; page++) { var rows = shop.Orders.OrderBy(o => o.Id).Skip(page * 10).Take(10).ToList(); }")]
    [InlineData("for (var page = 0; page < text.Length; page++) { var rows = connection.Query<int>(\"SELECT id FROM orders LIMIT 10 OFFSET @o\", new { o = page * 10 }); }")]
    [InlineData("var todo = new Queue<int>(ids); while (todo.Count > 0) { var id = todo.Dequeue(); foreach (var child in shop.Customers.Where(c => c.ParentId == id)) todo.Enqueue(child.Id); }")]
    [InlineData("var level = ids; while (level.Count > 0) { var rows = shop.Customers.Where(c => level.Contains(c.ParentId!.Value)).ToList(); level = rows.Select(c => c.Id).ToList(); }")]
    [InlineData("for (var attempt = 0; attempt < text.Length; attempt++) { try { var c = shop.Customers.Find(ids[0] + 0 * text.Length); return; } catch (DbException) { } }")]
    [InlineData("foreach (var id in new[] { 1, 2, 3 }) { var c = shop.Customers.Find(id); }")]
    [InlineData("while (!token.IsCancellationRequested) { var c = shop.Customers.FirstOrDefault(c => c.Seen < Environment.TickCount); await Task.Delay(100); }")]
    [InlineData("foreach (var table in ids.Select(i => \"t\" + i)) { var n = connection.ExecuteScalar<int>($\"SELECT count(*) FROM {table}\"); }")]
    [InlineData("foreach (var id in ids) { var now = connection.ExecuteScalar<string>(\"SELECT datetime('now')\"); }")]
    [InlineData("foreach (var id in ids) { var n = shop.Customers.Count(); }")]
    [InlineData("foreach (var path in orders.Select(o => o.Name)) { using var own = new SqliteConnection(\"Data Source=\" + path); var n = own.ExecuteScalar<int>(\"SELECT count(*) FROM t WHERE name = @path\", new { path }); }")]
    [InlineData("using var memory = new SqliteConnection(\"Data Source=:memory:\"); foreach (var id in ids) { var n = memory.ExecuteScalar<int>(\"SELECT count(*) FROM t WHERE id = @id\", new { id }); }")]
    [InlineData("var known = new Dictionary<int, Customer?>(); foreach (var id in ids) { if (!known.TryGetValue(id, out var c)) { c = shop.Customers.Find(id); known[id] = c; } }")]
    [InlineData("Parallel.ForEach(ids, id => { using var own = new Shop(text); var c = own.Customers.Find(id); });")]
    [InlineData("var all = await Task.WhenAll(ids.Select(async id => { using var own = new Shop(text); return await own.Customers.FindAsync(id); }));")]
    [InlineData("foreach (var id in ids) { var c = orders.First(o => o.Id == id); }")]
    [InlineData("foreach (var id in ids) { var query = shop.Customers.Where(c => c.Id == id); Console.WriteLine(query.ToQueryString()); }")]
    [InlineData("foreach (var id in ids) { connection.Execute(\"UPDATE t SET n = 1 WHERE id = @id\", new { id }); }")]
    // Drawn in the iteration, nobody knows the keys before.
    [InlineData("var random = new Random(); for (var i = 0; i < text.Length; i++) { var id = random.Next(1, 1000); var c = shop.Customers.Find(id); }")]
    [InlineData("for (var i = 1; i < text.Length; i++) { var id = Random.Shared.Next(i, 1000); var c = shop.Customers.FirstOrDefault(c => c.Id == id); }")]
    [InlineData("for (var i = 0; i < text.Length; i++) { var c = shop.Customers.Find(ids[Random.Shared.Next(ids.Count)]); }")]
    [InlineData("foreach (var order in orders) { var code = order.Name + Guid.NewGuid(); if (shop.Customers.Any(c => c.Name == code)) Console.WriteLine(code); }")]
    [InlineData("foreach (var order in orders) { var code = Code(order); if (shop.Customers.Any(c => c.Name == code)) Console.WriteLine(code); } static string Code(Order order) => order.Name + System.Security.Cryptography.RandomNumberGenerator.GetInt32(9);")]
    [InlineData("foreach (var order in orders) { string code; var n = 0; do code = order.Name + n++; while (shop.Customers.Any(c => c.Name == code)); order.Name = code; }")]
    // Nothing walks through it, or what is walked through is loaded.
    [InlineData("var queries = new List<IQueryable<Line>>(); foreach (var order in orders) queries.Add(shop.Lines.Where(l => l.OrderId == order.Id));")]
    [InlineData("var all = new List<Line>(); foreach (var order in orders) all.AddRange(order.Lines.Where(l => l.OrderId == order.Id));")]
    [InlineData("var all = new List<Line>(); foreach (var chunk in ids.Chunk(100)) all.AddRange(shop.Lines.Where(l => chunk.Contains(l.OrderId)));")]
    [InlineData("var all = new List<Line>(); var known = new Dictionary<int, List<Line>>(); foreach (var id in ids) { if (!known.ContainsKey(id)) known[id] = [.. shop.Lines.Where(l => l.OrderId == id)]; }")]
    public Task Quiet(string statements) => Reports(InMethod(statements));

    [Fact]
    public Task A_few_ids_that_calls_write_out_are_a_hint() => ReportsInfo(InMethod("Print(1, 2);", "void Print(params int[] few) { foreach (var id in few) Console.WriteLine([|shop.Customers.Find(id)|]); }"));

    [Fact]
    public Task Types_of_the_users_own_with_the_same_names() => Reports("""
        class DbSet<T> { public T? Find(int id) => default; }
        class DbContext { public DbSet<string> Names = new(); public string Query(string sql, int id) => sql; }
        class C { void M(DbContext db, List<int> ids) { foreach (var id in ids) { db.Names.Find(id); db.Query("SELECT 1 FROM t", id); } } }
        """);

    [Fact]
    public Task Found_by_the_key() => Fixes(InMethod("""
        foreach (var order in orders)
        {
            // The buyer.
            var customer = [|shop.Customers.FirstOrDefault(c => c.Id == order.CustomerId)|];
            Console.WriteLine(customer?.Name);
        }
        """), InMethod("""
        var customerIds = orders.Select(order => order.CustomerId).Distinct().ToList();
        var customersById = shop.Customers.Where(c => customerIds.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var order in orders)
        {
            // The buyer.
            var customer = customersById.GetValueOrDefault(order.CustomerId);
            Console.WriteLine(customer?.Name);
        }
        """));

    [Fact]
    public Task Awaited() => Fixes(InMethod("""
        foreach (var id in ids)
        {
            var lines = await [|shop.Lines.Where(line => line.OrderId == id && line.Id > 0).ToListAsync(token)|].ConfigureAwait(false);
            Console.WriteLine(lines.Count);
        }
        """), InMethod("""
        var linesByOrderId = (await shop.Lines.Where(line => ids.Contains(line.OrderId) && line.Id > 0).ToListAsync(token).ConfigureAwait(false)).ToLookup(line => line.OrderId);
        foreach (var id in ids)
        {
            var lines = linesByOrderId[id].ToList();
            Console.WriteLine(lines.Count);
        }
        """));

    [Fact]
    public Task Asked_whether_there_is_one() => Fixes(InMethod("""
        foreach (var id in array)
        {
            if ([|shop.Orders.Any(o => o.CustomerId == id)|])
                Console.WriteLine(id);
        }
        """), InMethod("""
        var customerIds = array.Distinct().ToList();
        var ordersCustomerIds = shop.Orders.Where(o => customerIds.Contains(o.CustomerId)).Select(o => o.CustomerId).ToHashSet();
        foreach (var id in array)
        {
            if (ordersCustomerIds.Contains(id))
                Console.WriteLine(id);
        }
        """));

    [Fact]
    public Task Walked_through() => Fixes(InMethod("""
        var all = new List<Line>();
        foreach (var order in orders)
        {
            // All lines.
            foreach (var line in [|shop.Lines.Where(l => l.OrderId == order.Id).OrderBy(l => l.Id)|])
                Console.WriteLine(line.Id);

            all.AddRange([|shop.Lines.Where(l => l.OrderId == order.Id && l.Id > 3)|]);
        }
        """), InMethod("""
        var all = new List<Line>();
        var ids2 = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId = shop.Lines.Where(l => ids2.Contains(l.OrderId)).OrderBy(l => l.Id).ToLookup(l => l.OrderId);
        var ids3 = orders.Select(order => order.Id).Distinct().ToList();
        var linesByOrderId2 = shop.Lines.Where(l => ids3.Contains(l.OrderId) && l.Id > 3).ToLookup(l => l.OrderId);
        foreach (var order in orders)
        {
            // All lines.
            foreach (var line in linesByOrderId[order.Id])
                Console.WriteLine(line.Id);

            all.AddRange(linesByOrderId2[order.Id]);
        }
        """));

    [Theory]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Customers.Find(id)|]?.Name); }")]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Orders.First(o => o.CustomerId == id)|].Name); }")]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Customers.First(c => c.Id == id)|].Name); shop.Customers.Add(new Customer()); }")]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Customers.First(c => c.Id == id)|].Name); shop.SaveChanges(); }")]
    [InlineData("foreach (var id in lazy) { Console.WriteLine([|shop.Customers.First(c => c.Id == id)|].Name); }")]
    [InlineData("foreach (var name in orders.Select(o => o.Name).ToList()) { Console.WriteLine([|shop.Customers.Single(c => c.Name == name)|].Id); }")]
    [InlineData("foreach (var order in orders) { Console.WriteLine([|shop.Customers.First(c => c.Id == order.CustomerId)|].Name); order.CustomerId++; }")]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Customers.Any(c => c.Seen > id)|]); }")]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Customers.Single(c => c.Id == id || c.Seen == 1)|].Name); }")]
    [InlineData("foreach (var id in ids) { Console.WriteLine([|shop.Customers.Single(c => c.ParentId == id)|].Name); }")]
    [InlineData("foreach (var id in ids) { [|shop.Customers.FirstOrDefault(c => c.Id == id)|]; }", true)]
    [InlineData("foreach (var id in ids) { var c = [|shop.Customers.AsNoTracking().First(c => c.Id == id)|]; c.Seen++; }")]
    [InlineData("foreach (var id in ids) { Task<Customer> task = [|shop.Customers.FirstAsync(c => c.Id == id)|]; Console.WriteLine((await task).Id); }")]
    [InlineData("var all = ids.Select(id => [|shop.Customers.First(c => c.Id == id)|]).ToList();")]
    [InlineData("foreach (var id in ids) foreach (var line in [|shop.Lines.Where(l => l.OrderId == id)|]) shop.Lines.Remove(line);")]
    [InlineData("foreach (var id in ids) foreach (var line in [|shop.Lines.AsNoTracking().Where(l => l.OrderId == id)|]) line.OrderId++;")]
    [InlineData("foreach (var id in ids) Console.WriteLine(string.Join(\",\", [|shop.Lines.Where(l => l.OrderId == id).Select(l => l.Id)|]));")]
    [InlineData("foreach (var id in ids) { var query = shop.Lines.Where(l => l.OrderId == id); foreach (var line in [|query|]) Console.WriteLine(line.Id); }")]
    public Task Reported_without_a_fix(string statements, bool isStatement = false) => HasNoFix(InMethod(isStatement ? statements.Replace("{ [|", "{ _ = [|", StringComparison.Ordinal) : statements));

    [Fact]
    public Task Windows_line_ends_stay() => Fixes(InMethod("""
        foreach (var id in ids)
            Console.WriteLine([|shop.Customers.SingleOrDefault(c => c.Id == id)|]?.Name);
        """).ReplaceLineEndings("\r\n"), InMethod("""
        var customersById = shop.Customers.Where(c => ids.Contains(c.Id)).ToDictionary(c => c.Id);
        foreach (var id in ids)
            Console.WriteLine(customersById.GetValueOrDefault(id)?.Name);
        """).ReplaceLineEndings("\r\n"));

    // Where nothing says what may be null, the list and the context have to be there for sure: the loop may not have run.
    [Theory]
    [InlineData("var sure = ids.ToList();\nvar mine = new Shop(text);", "sure", "mine", true)]
    [InlineData("var sure = ids.ToList();", "sure", "shop", false)]
    [InlineData("var mine = new Shop(text);", "ids", "mine", false)]
    public Task Oblivious_code(string statements, string list, string context, bool isFixed)
    {
        var before = InMethod($"{statements}\nforeach (var id in {list})\n    Console.WriteLine([|{context}.Customers.SingleOrDefault(c => c.Id == id)|]?.Name);");
        return isFixed
            ? Fixes(before, InMethod($"{statements}\nvar customersById = {context}.Customers.Where(c => {list}.Contains(c.Id)).ToDictionary(c => c.Id);\nforeach (var id in {list})\n    Console.WriteLine(customersById.GetValueOrDefault(id)?.Name);"), target: Target.Net100.Oblivious)
            : HasNoFix(before, Target.Net100.Oblivious);
    }

    [Fact]
    public Task The_fixed_program_gives_the_same() => FixesAndRuns($$"""
        using Microsoft.EntityFrameworkCore;

        {{Model}}

        static class Program
        {
            static async Task<string> Run(string path, List<int> ids)
            {
                using (var first = new Shop(path))
                {
                    first.Database.EnsureCreated();
                    for (var i = 1; i <= 5; i++)
                    {
                        first.Customers.Add(new Customer { Id = i, Name = "c" + i });
                        first.Orders.Add(new Order { CustomerId = 1 + i % 3, Name = "o" + i });
                    }

                    first.SaveChanges();
                }

                using var shop = new Shop(path);
                var text = await Ask(shop, ids);
                shop.SaveChanges();
                return text + string.Join(" ", shop.Customers.OrderBy(c => c.Id).Select(c => c.Seen));
            }

            static async Task<string> Ask(Shop shop, List<int> ids)
            {
                var text = "";
                foreach (var id in ids)
                {
                    var customer = shop.Customers.FirstOrDefault(c => c.Id == id);
                    text += customer?.Name;
                    if (customer != null)
                        customer.Seen++;
                }

                foreach (var id in ids)
                    text += shop.Orders.Where(o => o.CustomerId == id).OrderBy(o => o.Name).ToList().Count + (await shop.Customers.AnyAsync(c => c.Id == id) ? "y" : "n");

                foreach (var id in ids)
                {
                    foreach (var order in shop.Orders.Where(o => o.CustomerId == id).OrderByDescending(o => o.Name))
                    {
                        text += order.Name;
                        if (order.Name == "o4")
                            break;
                    }
                }

                try
                {
                    foreach (var id in ids)
                        text += (await shop.Customers.SingleAsync(c => c.Id == id && c.Name != "c4")).Name;
                }
                catch (InvalidOperationException e)
                {
                    Trace.Log(e.GetType().Name);
                }

                return text;
            }
        }
        """, [NewFile, Array.Empty<int>()], [NewFile, new[] { 1 }], [NewFile, new[] { 3, 1, 3, 9, 4, 1 }], [NewFile, new[] { 5, 2, 4 }]);

    [Fact]
    public Task Found_in_a_context_of_its_own() => FixesAndRuns($$"""
        using Microsoft.EntityFrameworkCore;

        {{Model}}

        static class Program
        {
            static string Run(string path, int[] ids)
            {
                using (var first = new Shop(path))
                {
                    first.Database.EnsureCreated();
                    first.Customers.AddRange(new Customer { Id = 2, Name = "b" }, new Customer { Id = 1, Name = "a" });
                    first.SaveChanges();
                }

                return Names(path, ids);
            }

            static string Names(string path, int[] ids)
            {
                using var shop = new Shop(path);
                var text = "";
                foreach (var id in ids)
                {
                    var customer = shop.Customers.Find(id);
                    text += customer?.Name ?? "-";
                }

                return text;
            }
        }
        """, [NewFile, Array.Empty<int>()], [NewFile, new[] { 2, 1, 7, 2 }]);
}
