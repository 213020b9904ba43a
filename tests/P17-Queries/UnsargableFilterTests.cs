using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class UnsargableFilterTests : RuleTests<UnsargableFilterAnalyzer, UnsargableFilterFix>
{
    private const string Schema = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, city TEXT, email TEXT UNIQUE, code VARCHAR(10), active BOOLEAN);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, created TEXT, total REAL, note TEXT);
        CREATE INDEX idx_customers_name ON customers(name);
        CREATE INDEX idx_customers_upper_city ON customers(upper(city));
        CREATE INDEX idx_orders_created ON orders(created, total);

        """;

    private static readonly Target WithSchema = Target.Net100 with { AdditionalFile = ("/0/schema.sql", Schema) };

    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.Dapper, .. References.EntityFramework];

    private static string Ado(string body) => $$"""
        using Microsoft.Data.Sqlite;

        class C
        {
            void M(SqliteConnection connection, string city, int[] ids)
            {
                using var command = connection.CreateCommand();
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("SELECT id FROM customers WHERE lower(name) = @name")]
    [InlineData("SELECT id FROM customers WHERE @name = lower(name)")]
    [InlineData("SELECT id FROM customers c WHERE LOWER(c.email) = LOWER(@email) ORDER BY c.id")]
    [InlineData("SELECT id FROM customers WHERE active = 1 AND trim(email) = @email")]
    [InlineData("SELECT id FROM customers WHERE lower(city) = @city")]
    [InlineData("SELECT id FROM customers WHERE substr(name, 1, 3) = 'abc'")]
    [InlineData("SELECT id FROM customers WHERE coalesce(email, '') = @email")]
    [InlineData("SELECT id FROM customers WHERE CAST(id AS TEXT) = @id")]
    [InlineData("SELECT id FROM customers WHERE id::text = @id")]
    [InlineData("SELECT id FROM customers WHERE name || ' ' || city = @text")]
    [InlineData("SELECT id FROM customers WHERE name LIKE '%son'")]
    [InlineData("SELECT id FROM customers WHERE email LIKE '%' || @part || '%'")]
    [InlineData("SELECT id FROM customers WHERE email LIKE CONCAT('%', @part)")]
    [InlineData("SELECT id FROM orders WHERE date(created) = @day")]
    [InlineData("SELECT id FROM orders WHERE date(created) BETWEEN @a AND @b")]
    [InlineData("SELECT id FROM orders WHERE strftime('%Y', created) = '2024'")]
    [InlineData("SELECT id FROM orders WHERE YEAR(created) = 2024")]
    [InlineData("SELECT id FROM orders WHERE julianday('now') - julianday(created) > 30")]
    [InlineData("SELECT id FROM orders WHERE total * 2 > @total")]
    [InlineData("SELECT id FROM orders WHERE lower(note) IN ('a', 'b')")]
    [InlineData("UPDATE orders SET total = 0 WHERE date(created) = @day")]
    [InlineData("DELETE FROM orders WHERE date(created) < @day")]
    [InlineData("SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE lower(c.email) = @email")]
    public Task A_column_that_is_worked_on_is_reported(string sql) => ReportsInfo(Ado($"command.CommandText = [|\"{sql}\"|];"), target: WithSchema);

    [Theory]
    [InlineData("SELECT id FROM customers WHERE name = lower(@name)")]
    [InlineData("SELECT lower(name) FROM customers WHERE id = @id")]
    [InlineData("SELECT id FROM customers WHERE lower(name) = @name AND id = @id")]
    [InlineData("SELECT id FROM customers WHERE lower(name) = @name AND city = @city")]
    [InlineData("SELECT id FROM customers WHERE lower(name) = @name OR id = @id")]
    [InlineData("SELECT id FROM customers WHERE upper(city) = @city")]
    [InlineData("SELECT id FROM customers WHERE UPPER( city ) = @city")]
    [InlineData("SELECT id FROM customers WHERE name LIKE 'abc%'")]
    [InlineData("SELECT id FROM customers WHERE name LIKE @pattern")]
    [InlineData("SELECT id FROM customers WHERE name NOT LIKE '%x'")]
    [InlineData("SELECT id FROM customers WHERE city LIKE '%x%'")]
    [InlineData("SELECT id FROM customers WHERE lower(name) <> @name")]
    [InlineData("SELECT id FROM customers WHERE lower(name) IS NULL")]
    [InlineData("SELECT id FROM customers WHERE length(name) = 3")]
    [InlineData("SELECT id FROM customers WHERE coalesce(active, 0) = 1")]
    [InlineData("SELECT id FROM customers WHERE id % 10 = 3")]
    [InlineData("SELECT id FROM customers WHERE +name = @name")]
    [InlineData("SELECT id FROM customers WHERE name || '' = @name")]
    [InlineData("SELECT id FROM customers WHERE id + 0 = @id")]
    [InlineData("SELECT id FROM customers WHERE (name, city) = (@a, @b)")]
    [InlineData("SELECT id FROM customers WHERE lower(unknown) = @x")]
    [InlineData("SELECT id FROM elsewhere WHERE lower(name) = @x")]
    [InlineData("SELECT id FROM orders WHERE month(created) = 5")]
    [InlineData("SELECT id FROM orders WHERE strftime('%m', created) = '05'")]
    [InlineData("SELECT id FROM orders WHERE total - customer_id > 5")]
    [InlineData("SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE lower(note) = 'x')")]
    [InlineData("SELECT lower(name), COUNT(*) FROM customers GROUP BY lower(name) HAVING lower(name) = 'x'")]
    [InlineData("SELECT id FROM customers WHERE lower(name = @name")]
    public Task A_condition_that_an_index_answers_or_that_none_would_is_not(string sql) => Reports(Ado($"command.CommandText = \"{sql}\";"), WithSchema);

    [Fact]
    public Task Holes_keep_silent_where_they_may_be_conditions() => Reports(Ado("""
        var filter = ids.Length > 0 ? " AND id = 3" : "";
        command.CommandText = "SELECT id FROM customers WHERE lower(name) = @name" + filter;
        command.CommandText = $"SELECT id FROM {city} WHERE lower(name) = 'x'";
        """), WithSchema);

    [Fact]
    public Task A_hole_that_is_a_value_does_not() => ReportsInfo(Ado("command.CommandText = [|$\"SELECT id FROM customers WHERE lower(name) = '{city}'\"|];"), target: WithSchema,
        message: "'lower(name) = '…'' is worked out for every row of 'customers': an index on 'name' does not find the rows; compare the column as it is, or create an index on the expression");

    [Fact]
    public Task Without_a_schema_nothing_is_known() => Reports(Ado("command.CommandText = \"SELECT id FROM customers WHERE lower(name) = @name\";"));

    [Fact]
    public Task A_small_table_is_left_alone() => Reports(Ado("command.CommandText = \"SELECT id FROM customers WHERE lower(name) = @name\";"), WithSchema.Option("hotpath.small_tables = Customers"));

    [Fact]
    public Task Dapper_is_seen() => ReportsInfo(Ado("var rows = Dapper.SqlMapper.Query<int>(connection, [|\"SELECT id FROM customers WHERE lower(name) = @city\"|], new { city });"), target: WithSchema);

    [Theory]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) = lower(@name)\"", "\"SELECT id FROM customers WHERE name = @name\"")]
    [InlineData("@\"SELECT id FROM customers c WHERE UPPER(c.name) = 'ANN'\"", "@\"SELECT id FROM customers c WHERE c.name = 'ANN'\"")]
    [InlineData("\"SELECT id FROM customers \" + \"WHERE active = 1 AND lower(name) = lower('Ann')\"", "\"SELECT id FROM customers \" + \"WHERE active = 1 AND name = 'Ann'\"")]
    [InlineData("$\"SELECT id FROM customers WHERE lower(name) = 'ann' LIMIT {ids.Length}\"", "$\"SELECT id FROM customers WHERE name = 'ann' LIMIT {ids.Length}\"")]
    public Task A_column_that_ignores_case_is_compared_as_it_is(string before, string after) =>
        Fixes(Ado($"command.CommandText = [|{before}|];"), Ado($"command.CommandText = {after};"), target: WithSchema);

    [Theory]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) = @name\"")]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) = 'Ann'\"")]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) = upper(@name)\"")]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) > lower(@name)\"")]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) IN ('ann')\"")]
    [InlineData("\"SELECT id FROM customers WHERE lower(email) = lower(@email)\"")]
    [InlineData("\"SELECT id FROM customers WHERE lower(name) = lower(@name) COLLATE BINARY\"")]
    public Task Another_comparison_has_no_exact_counterpart(string text) => HasNoFix(Ado($"command.CommandText = [|{text}|];"), target: WithSchema);

    private static string Model(string body, string attributes = "\n[Index(nameof(Name))]") => $$"""
        using Microsoft.EntityFrameworkCore;

        class Shop(string path = "") : DbContext
        {
            public DbSet<Customer> Customers => Set<Customer>();
            public DbSet<Order> Orders => Set<Order>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(path);
        }
        {{attributes}}
        class Customer
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public string City { get; set; } = "";
            public string? Phone { get; set; }
            public bool Active { get; set; }
        }

        [Index(nameof(Created))]
        class Order
        {
            public int Id { get; set; }
            public int CustomerId { get; set; }
            public DateTime Created { get; set; }
            public DateTime? Sent { get; set; }
            public int? Discount { get; set; }
            public decimal Total { get; set; }
        }

        class C
        {
            async Task M(Shop shop, string name, DateTime when, int year, List<string> names)
            {
                {{body}}
                await Task.Yield();
            }
        }
        """;

    [Theory]
    [InlineData("var found = shop.Customers.Where(c => [|c.Name.ToLower() == name.ToLower()|]).ToList();")]
    [InlineData("var found = await shop.Customers.FirstOrDefaultAsync(c => c.Active && [|c.Name.ToUpper() == name|]);")]
    [InlineData("var found = shop.Customers.Any(c => [|c.City.Trim() == name|]);")]
    [InlineData("var found = shop.Customers.Any(c => [|c.Name.ToLower().Equals(name)|]);")]
    [InlineData("var found = shop.Customers.Count(c => [|names.Contains(c.Name.ToLower())|]);")]
    [InlineData("var found = shop.Customers.Count(c => [|c.Name.Substring(0, 3) == name|]);")]
    [InlineData("var found = shop.Customers.Count(c => [|c.Name + \" \" + c.City == name|]);")]
    [InlineData("var found = shop.Customers.Where(c => [|c.Id.ToString() == name|]).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => [|c.Name.Contains(name)|]).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => [|c.Name.EndsWith(name)|]).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => [|c.Name.ToLower().StartsWith(name)|]).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => [|EF.Functions.Like(c.Name, \"%\" + name + \"%\")|]).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => [|o.Created.Date == when|]).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => [|o.Created.AddDays(30) < when|]).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => [|o.Created.Year == 2024|] && o.Created.Month == 3).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => [|o.Sent!.Value.Date == when|]).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => [|(o.Discount ?? 0) > 3|]).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => [|o.Total * 2 > 3|]).ToList();")]
    [InlineData("var found = (from o in shop.Orders where [|o.Created.Date == when|] select o.Id).ToList();")]
    [InlineData("foreach (var o in shop.Orders.AsNoTracking().Where(o => [|Math.Abs(o.CustomerId) == 3|])) Console.WriteLine(o.Id);")]
    public Task A_property_that_is_worked_on_is_reported(string body) => ReportsInfo(Model(body));

    [Theory]
    [InlineData("var found = shop.Customers.Where(c => c.Name == name.ToLower()).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Name.ToLower() == name && c.Id == 3).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Id == 3).Where(c => c.Name.ToLower() == name).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.City == name && c.Name.ToLower() == name).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Name.ToLower() == name || c.City == name).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.City.Contains(name)).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Name.StartsWith(name)).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Name.Length == 3).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Name.ToLower() != name).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Id % 10 == 3).ToList();")]
    [InlineData("var found = shop.Customers.ToList().Where(c => c.Name.ToLower() == name).ToList();")]
    [InlineData("var query = shop.Customers.Where(c => c.Name.ToLower() == name); query = query.Where(c => c.Id == 3); var found = query.ToList();")]
    [InlineData("var found = shop.Customers.OrderBy(c => c.Name.ToLower()).ToList();")]
    [InlineData("var found = shop.Customers.Select(c => c.Name.ToLower()).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => o.Created.Month == 5).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => o.Created >= when && o.Created.Date == when).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => o.Sent!.Value == when && o.Created.Date == when).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => (double)o.Total > 3.5).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => o.Total - o.CustomerId > 3).ToList();")]
    [InlineData("var found = names.Where(n => n.ToLower() == name).ToList();")]
    public Task A_property_that_is_compared_as_it_is_or_in_memory_is_not(string body) => Reports(Model(body));

    [Theory]
    [InlineData("[|o.Created.Date == DateTime.Today|]", "o.Created >= DateTime.Today && o.Created < DateTime.Today.AddDays(1)")]
    [InlineData("[|o.Created.Date <= new DateTime(2024, 5, 6)|]", "o.Created < new DateTime(2024, 5, 6).AddDays(1)")]
    [InlineData("[|when.Date <= o.Created.Date|]", "o.Created >= when.Date")]
    [InlineData("[|o.Sent!.Value.Date < DateTime.UtcNow.Date|]", "o.Sent!.Value < DateTime.UtcNow.Date")]
    [InlineData("[|o.Created.Year == 2024|] && o.Created.Month == 3", "o.Created >= new DateTime(2024, 1, 1) && o.Created < new DateTime(2025, 1, 1) && o.Created.Month == 3")]
    [InlineData("[|o.Created.Year > 2023|]", "o.Created >= new DateTime(2024, 1, 1)")]
    [InlineData("[|(o.Discount ?? 0) > 3|]", "o.Discount > 3")]
    [InlineData("[|3 <= (o.Discount ?? 0)|]", "o.Discount >= 3")]
    public Task A_property_is_compared_as_it_is(string before, string after) =>
        Fixes(Model($"var found = shop.Orders.Where(o => {before}).ToList();"), Model($"var found = shop.Orders.Where(o => {after}).ToList();"));

    [Theory]
    [InlineData("[|o.Created.Date == when.Date|]", "o.Created >= when.Date && o.Created < when.Date.AddDays(1)", "Compare 'Created' as it is: the last day of the year 9999 has no next one")]
    [InlineData("[|o.Created.Year == year|]", "o.Created >= new DateTime(year, 1, 1) && o.Created < new DateTime(year, 1, 1).AddYears(1)", "Compare 'Created' as it is: a year that no date has throws")]
    public Task A_day_that_is_not_known_may_be_the_last(string before, string after, string title) =>
        Fixes(Model($"var found = shop.Orders.Where(o => {before}).ToList();"), Model($"var found = shop.Orders.Where(o => {after}).ToList();"), title: title);

    [Theory]
    [InlineData("[|o.Created.Date == when|]")]
    [InlineData("[|(o.Discount ?? 5) > 3|]")]
    [InlineData("[|(o.Discount ?? 0) == year|]")]
    [InlineData("[|o.Created.Year == 9999|]")]
    [InlineData("[|o.Created.AddDays(30) < when|]")]
    public Task Where_it_would_say_something_else_nothing_is_offered(string condition) =>
        HasNoFix(Model($"var found = shop.Orders.Where(o => {condition}).ToList();"));

    [Fact]
    public Task The_same_rows_are_found_by_name() => FixesAndRuns("""
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static string Run(string?[] names, string? asked)
            {
                using var connection = new SqliteConnection("Data Source=:memory:");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, email TEXT, active BOOLEAN)";
                command.ExecuteNonQuery();
                command.CommandText = "INSERT INTO customers (name) VALUES ($name)";
                var name = command.Parameters.Add("$name", SqliteType.Text);
                foreach (var each in names)
                {
                    name.Value = (object?)each ?? DBNull.Value;
                    command.ExecuteNonQuery();
                }

                using var one = connection.CreateCommand();
                one.CommandText = "SELECT group_concat(id) FROM customers WHERE lower(name) = lower($asked)";
                one.Parameters.AddWithValue("$asked", (object?)asked ?? DBNull.Value);
                using var two = new SqliteCommand("SELECT group_concat(id) FROM customers WHERE upper(name) = 'ÄNNE' AND active IS NULL", connection);
                return one.ExecuteScalar() + "|" + two.ExecuteScalar();
            }
        }
        """, [[new string?[] { "Ann", "ANN", "ann ", "Änne", "änne", "ÄNNE", "5", null }, "aNN"], [new[] { "5" }, "5"], [new[] { "ÄNNE", "a" }, "änne"], [Array.Empty<string>(), null]], target: WithSchema);

    [Fact]
    public Task The_same_rows_are_found_by_day() => FixesAndRuns(EntityModel.Program("""
        var day = new DateTime(2020, 1, 5, 3, 4, 5).Date;
        Trace.Log(db.Orders.Count(order => order.Created.Date == day));
        Trace.Log(db.Orders.Count(order => order.Created.Date > new DateTime(2020, 1, 5)) + db.Orders.Count(order => order.Created.Date <= new DateTime(2020, 1, 5)));
        Trace.Log(db.Orders.Count(order => order.Created.Date < day) + db.Orders.Count(order => day <= order.Created.Date));
        Trace.Log(string.Join(",", db.Orders.Where(order => order.ClosedAt!.Value.Date == day.Date).OrderBy(order => order.Id).Select(order => order.Id)));
        Trace.Log(db.Orders.Count(order => order.Created.Date == DateTime.Today) + db.Orders.Count(order => order.Created.Date != DateTime.Today));
        Trace.Log(await db.Orders.CountAsync(order => order.Created.Year == 2020));
        Trace.Log(await db.Orders.CountAsync(order => order.ClosedAt!.Value.Year < 2021));
        Trace.Log(db.Orders.Count(order => order.Created.Year >= 2021 && order.IsOpen));
        db.Add(new Order { CustomerId = 1, Created = DateTime.Today, Name = "today" });
        db.Add(new Order { CustomerId = 1, Created = DateTime.Today.AddSeconds(86399), Name = "tonight" });
        db.Add(new Order { CustomerId = 1, Created = DateTime.Today.AddDays(1), Name = "tomorrow" });
        db.SaveChanges();
        Trace.Log(string.Join(",", db.Orders.Where(order => order.Created.Date == DateTime.Today).OrderBy(order => order.Id).Select(order => order.Name)));
        """), [[NewFile, -1], [NewFile, 1]], changes: true);

    [Fact]
    public Task What_PostgreSQL_is_given_says_whose_time_it_is() => HasNoFix(Model("var found = shop.Orders.Where(o => [|o.Created.Year == 2024|]).ToList();") + """

        namespace Microsoft.EntityFrameworkCore
        {
            public static class NpgsqlDbContextOptionsBuilderExtensions;
        }
        """);
}
