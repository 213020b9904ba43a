using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class WorkBehindCallTests : RuleTests<WorkBehindCallAnalyzer>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.EntityFramework, .. References.Sqlite, .. References.Dapper];

    private const string Usings = """
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        public class Order { public int Id { get; set; } public string Name { get; set; } = ""; public bool IsPaid { get; set; } public List<Line> Lines { get; } = new(); }
        public class Line { public int Id { get; set; } public int OrderId { get; set; } }
        public class Shop(string path = "") : DbContext
        {
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<Line> Lines => Set<Line>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
        }

        """;

    private static string In(string statements, string members) => Usings + $$"""
        public class C(Shop db, SqliteConnection connection, string path)
        {
            private readonly Dictionary<int, Order?> known = new();
            private readonly string log = path;

            public async Task M(List<Order> orders, List<int> ids, CancellationToken token)
            {
                {{statements}}
                await Task.Yield();
            }

            {{members}}
        }
        """;

    [Fact]
    public Task The_work_is_named_at_the_call() => ReportsWarning(In("foreach (var order in orders) [|Save(order)|];",
        """
        void Save(Order order)
        {
            db.Orders.Add(order);
            db.SaveChanges();
        }
        """), "'Save(order)' saves the context in every iteration of the loop over 'orders', with 'db.SaveChanges()' in 'Save'; save once after the loop");

    [Theory]
    [InlineData("foreach (var order in orders) await [|Save(order)|];", "async Task Save(Order order) { db.Update(order); await db.SaveChangesAsync(); }")]
    [InlineData("foreach (var order in orders) await [|Save(order)|].ConfigureAwait(false);", "async Task<Order> Save(Order order) { db.Add(order); await db.SaveChangesAsync(); return order; }")]
    [InlineData("foreach (var order in orders) [|Pay(order)|];", "void Pay(Order order) { order.IsPaid = true; db.SaveChanges(); }")]
    [InlineData("foreach (var order in orders) if (!order.IsPaid) [|Pay(order)|];", "void Pay(Order order) { order.IsPaid = true; db.SaveChanges(); }")]
    [InlineData("orders.ForEach(order => [|Save(db, order)|]);", "static void Save(Shop db, Order order) { db.Add(order); db.SaveChanges(); }")]
    [InlineData("foreach (var order in orders) [|Outer(order)|];", "void Outer(Order order) => Save(order); void Save(Order order) { using var own = new Shop(path); own.Add(order); own.SaveChanges(); }")]
    public Task Saves(string statements, string members) => ReportsWarning(In(statements, members));

    [Theory]
    [InlineData("foreach (var order in orders) [|Insert(order)|];", "void Insert(Order order) { using var transaction = connection.BeginTransaction(); connection.Execute(\"INSERT INTO orders VALUES (@Id)\", order, transaction); transaction.Commit(); }")]
    [InlineData("foreach (var order in orders) [|Insert(order)|];", "void Insert(Order order) { using var own = new SqliteConnection(path); own.Open(); using var transaction = own.BeginTransaction(); using var command = own.CreateCommand(); command.Transaction = transaction; command.CommandText = \"INSERT INTO orders VALUES ($id)\"; command.Parameters.AddWithValue(\"$id\", order.Id); command.ExecuteNonQuery(); transaction.Commit(); }")]
    [InlineData("foreach (var id in ids) [|Delete(connection, id)|];", "static void Delete(SqliteConnection connection, int id) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM orders WHERE id = $id\"; command.Parameters.AddWithValue(\"$id\", id); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var id in ids) await [|Delete(id)|];", "Task Delete(int id) => connection.ExecuteAsync(\"DELETE FROM orders WHERE id = @id\", new { id });")]
    [InlineData("for (var i = 0; i < ids.Count; i++) [|Delete(ids[i])|];", "void Delete(int id) => connection.Execute(\"DELETE FROM orders WHERE id = @id\", new { id });")]
    public Task Commits_and_writes(string statements, string members) => ReportsWarning(In(statements, members));

    [Theory]
    [InlineData("foreach (var id in ids) _ = await [|Load(id)|];", "async Task<Order?> Load(int id) => await db.Orders.FirstOrDefaultAsync(o => o.Id == id);")]
    [InlineData("foreach (var id in ids) _ = [|Load(id)|];", "Order? Load(int id) => db.Orders.Find(id);")]
    [InlineData("foreach (var order in orders) order.Lines.AddRange([|Lines(order)|]);", "List<Line> Lines(Order order) => db.Lines.AsNoTracking().Where(l => l.OrderId == order.Id).OrderBy(l => l.Id).ToList();")]
    [InlineData("foreach (var id in ids) _ = [|Load(id)|];", "Order Load(int id) => connection.QuerySingle<Order>(\"SELECT id, name FROM orders WHERE id = @id\", new { id });")]
    [InlineData("_ = ids.Select(id => [|Load(id)|]).ToList();", "Order? Load(int id) { using var own = new Shop(path); return own.Orders.FirstOrDefault(o => o.Id == id); }")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { var id = ids[i]; _ = [|NameOf(id)|]; }", "string? NameOf(int id) { using var command = connection.CreateCommand(); command.CommandText = \"SELECT name FROM orders WHERE id = $id\"; command.Parameters.AddWithValue(\"$id\", id); using var reader = command.ExecuteReader(); return reader.Read() ? reader.GetString(0) : null; }")]
    [InlineData("foreach (var id in ids) _ = [|Count(id)|];", "long Count(int id) { using var command = connection.CreateCommand(); command.CommandText = \"SELECT count(*) FROM lines WHERE order_id = $id LIMIT 1\"; command.Parameters.AddWithValue(\"$id\", id); return (long)command.ExecuteScalar()!; }")]
    [InlineData("foreach (var order in orders) [|Fill(order)|];", "void Fill(Order order) => db.Entry(order).Collection(o => o.Lines).Load();")]
    [InlineData("foreach (var id in ids) _ = [|Known(id)|];", "bool Known(int id) { if (id < 0) return false; var found = db.Orders.Any(o => o.Id == id); return found; }")]
    [InlineData("foreach (var id in ids) [|Touch(id)|];", "void Touch(int id) { using var own = new SqliteConnection(path); own.Open(); Console.WriteLine(own.State + \" \" + id); }")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "void Log(string text) => File.AppendAllText(log, text + \"\\n\");")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "static void Log(string text) { var line = $\"{DateTime.Now:O} {text}\"; File.AppendAllLines(\"shop.log\", [line]); }")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "void Log(string text) { using var writer = new StreamWriter(log, append: true); writer.WriteLine(text); }")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "static void Log(string text) { var writer = File.AppendText(\"shop.log\"); writer.WriteLine(text); writer.Close(); }")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "void Log(string text) { using (var file = new FileStream(log, FileMode.Append)) using (var writer = new StreamWriter(file)) writer.WriteLine(text); }")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "void Log(string text) { var file = Path.Combine(path, \"logs\", \"shop.log\"); File.AppendAllText(file, text + \"\\n\"); }")]
    [InlineData("foreach (var order in orders) [|Log(order.Name)|];", "static void Log(string text) => File.AppendAllText(Path.Combine(AppContext.BaseDirectory, \"shop.log\"), text);")]
    [InlineData("foreach (var order in orders) _ = [|Total(order)|];", "int Total(Order order) { var n = 0; foreach (var line in db.Lines.Where(l => l.OrderId == order.Id)) n += line.Id; return n; }")]
    [InlineData("foreach (var id in ids) _ = [|Load(id)|];", "List<Line> Load(int id) => [.. db.Lines.Where(l => l.OrderId == id)];")]
    [InlineData("foreach (var id in ids) await [|Delete(id)|];", "Task Delete(int id) => db.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();")]
    [InlineData("foreach (var id in ids) [|Pay(id)|];", "void Pay(int id) => db.Database.ExecuteSql($\"UPDATE Orders SET IsPaid = 1 WHERE Id = {id}\");")]
    public Task Queries_and_opens(string statements, string members) => ReportsWarning(In(statements, members));

    [Theory]
    // The key that the database made is needed in the iteration.
    [InlineData("foreach (var order in orders) { var saved = Save(order); Console.WriteLine(saved.Id); }", "Order Save(Order order) { db.Add(order); db.SaveChanges(); return order; }")]
    [InlineData("foreach (var order in orders) { Save(order); foreach (var line in order.Lines) line.OrderId = order.Id; }", "void Save(Order order) { db.Add(order); db.SaveChanges(); }")]
    // A message follows that others act on.
    [InlineData("foreach (var order in orders) { Save(order); Publish(order.Name); }", "void Save(Order order) { db.Add(order); db.SaveChanges(); } static void Publish(string name) => Console.Error.Write(name);")]
    [InlineData("foreach (var order in orders) Save(order);", "void Save(Order order) { db.Add(order); db.SaveChanges(); Publish(order); } static void Publish(Order order) => Console.Error.Write(order);")]
    // Each item on its own, by decision.
    [InlineData("foreach (var order in orders) { try { Save(order); } catch (DbUpdateException e) { Console.WriteLine(e); } }", "void Save(Order order) { db.Add(order); db.SaveChanges(); }")]
    [InlineData("foreach (var order in orders) Save(order);", "void Save(Order order) { try { db.Add(order); db.SaveChanges(); } catch (DbUpdateException e) { Console.WriteLine(e); } }")]
    // Batches.
    [InlineData("var batch = new List<Order>(); foreach (var order in orders) { batch.Add(order); if (batch.Count >= 100) { Save(batch); batch.Clear(); } }", "void Save(List<Order> batch) { db.AddRange(batch); db.SaveChanges(); }")]
    [InlineData("foreach (var chunk in orders.Chunk(100)) Save(chunk);", "void Save(Order[] batch) { db.AddRange(batch); db.SaveChanges(); }")]
    [InlineData("var n = 0; foreach (var order in orders) { db.Add(order); if (++n % 100 == 0) Flush(order); }", "void Flush(Order order) { order.IsPaid = true; db.SaveChanges(); }")]
    [InlineData("foreach (var order in orders) Save(order);", "void Save(Order order) { foreach (var line in order.Lines) db.Add(line); db.SaveChanges(); }")]
    // A transaction is open around the loop.
    [InlineData("using var transaction = connection.BeginTransaction(); foreach (var id in ids) Delete(id, transaction); transaction.Commit();", "void Delete(int id, SqliteTransaction transaction) => connection.Execute(\"DELETE FROM orders WHERE id = @id\", new { id }, transaction);")]
    [InlineData("connection.Execute(\"BEGIN\"); foreach (var id in ids) Delete(id); connection.Execute(\"COMMIT\");", "void Delete(int id) => connection.Execute(\"DELETE FROM orders WHERE id = @id\", new { id });")]
    // Work is waited for.
    [InlineData("while (!token.IsCancellationRequested) { Save(new Order { Id = Environment.TickCount }); }", "void Save(Order order) { db.Add(order); db.SaveChanges(); }")]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++) Save(orders[attempt]);", "void Save(Order order) { db.Add(order); db.SaveChanges(); }")]
    [InlineData("while (true) { var order = Next(); if (order == null) break; Save(order); } Order? Next() => orders.Count > 0 ? orders[0] : null;", "void Save(Order order) { db.Add(order); db.SaveChanges(); }")]
    // Pages and chains.
    [InlineData("for (var page = 0; page < ids.Count; page++) _ = Page(page);", "List<Order> Page(int page) => db.Orders.OrderBy(o => o.Id).Skip(page * 50).Take(50).ToList();")]
    [InlineData("foreach (var page in Enumerable.Range(0, ids.Count)) _ = Page(page);", "List<Order> Page(int page) => connection.Query<Order>(\"SELECT id FROM orders LIMIT 50 OFFSET @page\", new { page }).AsList();")]
    [InlineData("for (int? id = ids[0]; id != null; id = Next(id.Value)) Console.WriteLine(id);", "int? Next(int id) => db.Orders.Where(o => o.Id > id).Select(o => (int?)o.Id).FirstOrDefault();")]
    // Remembered, or once.
    [InlineData("foreach (var id in ids) _ = Load(id);", "Order? Load(int id) { if (known.TryGetValue(id, out var order)) return order; order = db.Orders.Find(id); known[id] = order; return order; }")]
    [InlineData("foreach (var id in ids) { if (!known.ContainsKey(id)) known[id] = Load(id); }", "Order? Load(int id) => db.Orders.Find(id);")]
    [InlineData("foreach (var id in ids) { if (id == 3) { _ = Load(id); break; } }", "Order? Load(int id) => db.Orders.Find(id);")]
    [InlineData("foreach (var id in ids) _ = Load(ids.Count);", "Order? Load(int id) => db.Orders.Find(id);")]
    [InlineData("_ = Load(ids[0]);", "Order? Load(int id) => db.Orders.Find(id);")]
    [InlineData("foreach (var id in new[] { 1, 2 }) _ = Load(id);", "Order? Load(int id) => db.Orders.Find(id);")]
    // Not sure, or not there.
    [InlineData("foreach (var id in ids) _ = Load(id);", "public virtual Order? Load(int id) => db.Orders.Find(id);")]
    [InlineData("foreach (var id in ids) _ = Load(id);", "Order? Load(int id) => id > 0 ? Load(id - 1) : db.Orders.Find(id);")]
    [InlineData("foreach (var id in ids) _ = Load(id);", "IQueryable<Order> Load(int id) => db.Orders.Where(o => o.Id == id);")]
    [InlineData("foreach (var id in ids) _ = Load(id);", "Func<Order?> Load(int id) => () => db.Orders.Find(id);")]
    [InlineData("foreach (var id in ids) Add(id);", "void Add(int id) => db.Orders.Add(new Order { Id = id });")]
    [InlineData("foreach (var id in ids) Create(id);", "void Create(int id) => connection.Execute($\"CREATE TABLE t{id} (a)\");")]
    [InlineData("foreach (var id in ids) Delete(id);", "void Delete(int id) { using var memory = new SqliteConnection(\"Data Source=:memory:\"); memory.Execute(\"DELETE FROM orders WHERE id = @id\", new { id }); }")]
    [InlineData("foreach (var order in orders) Log(order.Name, order.Name);", "static void Log(string file, string text) => File.AppendAllText(file, text);")]
    [InlineData("foreach (var order in orders) Log(order.Name, order.Name);", "void Log(string file, string text) { using var writer = new StreamWriter(Path.Combine(path, file), true); writer.WriteLine(text); }")]
    [InlineData("foreach (var order in orders) Log(order.Name);", "void Log(string text) => File.AppendAllText(Path.Combine(path, Guid.NewGuid().ToString()), text);")]
    [InlineData("foreach (var order in orders) Log(order);", "void Log(Order order) { using var writer = new StreamWriter(log, true); foreach (var line in order.Lines) writer.WriteLine(line.Id); }")]
    [InlineData("foreach (var order in orders) Log(order.Name);", "void Log(string text) { using var writer = new StreamWriter(log); writer.WriteLine(text); }")]
    [InlineData("using var transaction = db.Database.BeginTransaction(); foreach (var id in ids) Delete(id); transaction.Commit();", "void Delete(int id) => db.Database.ExecuteSql($\"DELETE FROM Orders WHERE Id = {id}\");")]
    [InlineData("foreach (var order in orders) Check(order);", "void Check(Order order) { if (order.Id < 0) { File.AppendAllText(log, order.Name); throw new Exception(order.Name); } }")]
    [InlineData("await Task.WhenAll(ids.Select(id => Load(id)));", "async Task<Order?> Load(int id) { using var own = new Shop(path); return await own.Orders.FirstOrDefaultAsync(o => o.Id == id); }")]
    [InlineData("foreach (var shop in new List<Shop>()) Save(shop, orders[0]);", "static void Save(Shop db, Order order) { db.Add(order); db.SaveChanges(); }")]
    public Task Silent(string statements, string members) => Reports(In(statements, members));

    [Fact]
    public Task Of_several_kinds_of_work_the_dearest_is_named() => ReportsWarning(In("foreach (var order in orders) [|Store(order)|];",
        """
        void Store(Order order)
        {
            using var own = new SqliteConnection(path);
            own.Open();
            using var transaction = own.BeginTransaction();
            own.Execute("INSERT INTO orders VALUES (@Id)", order, transaction);
            transaction.Commit();
        }
        """), "'Store(order)' commits a transaction in every iteration of the loop over 'orders', with 'transaction.Commit()' in 'Store'; run all rows in one transaction");

    [Fact]
    public Task A_repository_in_a_field() => ReportsWarning(Usings + """
        public sealed class Orders(Shop db)
        {
            public async Task AddAsync(Order order, CancellationToken token)
            {
                db.Orders.Add(order);
                await db.SaveChangesAsync(token);
            }

            public Task<Order?> GetAsync(int id) => db.Orders.SingleOrDefaultAsync(order => order.Id == id);
        }

        public class Importer(Orders orders)
        {
            public async Task Import(IEnumerable<Order> read, CancellationToken token)
            {
                foreach (var order in read)
                    await [|orders.AddAsync(order, token)|];
            }

            public async Task<int> Paid(List<int> ids)
            {
                var paid = 0;
                foreach (var id in ids)
                {
                    var order = await [|orders.GetAsync(id)|];
                    if (order is { IsPaid: true })
                        paid++;
                }

                return paid;
            }
        }
        """);

    [Fact]
    public Task What_the_method_does_in_a_loop_of_its_own_is_reported_there() => Reports(In("foreach (var order in orders) Save(order.Lines);",
        "void Save(List<Line> lines) { foreach (var line in lines) { db.Add(line); db.SaveChanges(); } }"));

    [Fact]
    public Task A_getter_that_queries() => ReportsWarning(Usings + """
        public class Seen(int id, string path)
        {
            public int Count { get { using var own = new Shop(path); return own.Lines.Count(l => l.OrderId == id); } }
            public int Id => id;
        }

        public class C
        {
            public int M(List<Seen> all)
            {
                var sum = 0;
                foreach (var each in all)
                    sum += [|each.Count|] + each.Id;
                return sum;
            }
        }
        """);
}
