using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class UnindexedFilterTests : RuleTests<UnindexedFilterAnalyzer, UnindexedFilterFix>
{
    private const string Schema = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT, email TEXT UNIQUE, active BOOLEAN);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, created TEXT, total REAL);
        CREATE INDEX idx_orders_created ON orders(created, total);

        """;

    private static readonly Target WithSchema = Target.Net100 with { AdditionalFile = ("/0/schema.sql", Schema) };

    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.Dapper, .. References.EntityFramework];

    private static string Ado(string body) => $$"""
        using Microsoft.Data.Sqlite;

        class C
        {
            const string Used = "x";

            void M(SqliteConnection connection, string city, int[] ids)
            {
                using var command = connection.CreateCommand();
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("command.CommandText = [|\"SELECT id FROM customers WHERE city = @city\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM customers c WHERE c.city = @city AND c.name = @name\"|];")]
    [InlineData("command.CommandText = [|\"select id from main.customers where name = $name order by id\"|];")]
    [InlineData("command.CommandText = [|$\"SELECT id FROM customers WHERE city = '{city}'\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM customers WHERE city = '\" + city + \"'\"|];")]
    [InlineData("const string Text = [|\"SELECT id FROM customers WHERE city = @city\"|]; command.CommandText = Text;")]
    [InlineData("var text = [|\"SELECT id FROM customers WHERE city = @city\"|]; command.CommandText = text;")]
    [InlineData("using var other = new SqliteCommand([|\"DELETE FROM customers WHERE city = @city\"|], connection);")]
    [InlineData("command.CommandText = [|\"UPDATE customers SET name = 'x' WHERE city = @city\"|];")]
    [InlineData("command.CommandText = [|\"SELECT c.name FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = @id\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM orders ORDER BY total LIMIT 10\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM customers WHERE city IN ('a', 'b')\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM orders WHERE total > 100 AND total <= 200\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM orders WHERE total BETWEEN 100 AND 200\"|];")]
    [InlineData("var rows = Dapper.SqlMapper.Query<string>(connection, [|\"SELECT name FROM customers WHERE city = @city\"|], new { city });")]
    public Task A_filter_without_an_index_is_reported(string body) => Reports(Ado(body), WithSchema, DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("command.CommandText = [|\"SELECT id FROM orders WHERE total > 100\"|];")]
    [InlineData("command.CommandText = [|\"SELECT id FROM orders WHERE 100 >= total\"|];")]
    public Task A_range_with_one_end_may_hold_nearly_all_rows(string body) => ReportsInfo(Ado(body), target: WithSchema);

    [Theory]
    [InlineData("SELECT name FROM customers WHERE id = @id")]
    [InlineData("SELECT name FROM customers WHERE email = @email")]
    [InlineData("SELECT name FROM customers WHERE city = @city AND email = @email")]
    [InlineData("SELECT id FROM orders WHERE created = @day")]
    [InlineData("SELECT id FROM orders WHERE created = @day ORDER BY total")]
    [InlineData("SELECT id FROM orders WHERE created = @day AND customer_id = @id")]
    [InlineData("SELECT id FROM orders ORDER BY total")]
    [InlineData("SELECT id FROM customers WHERE active = 1")]
    [InlineData("SELECT id FROM customers WHERE name IS NULL")]
    [InlineData("SELECT id FROM customers WHERE name IS NOT NULL")]
    [InlineData("SELECT id FROM customers WHERE name <> 'x'")]
    [InlineData("SELECT id FROM customers WHERE name LIKE 'abc%'")]
    [InlineData("SELECT id FROM customers WHERE lower(name) = 'x'")]
    [InlineData("SELECT id FROM customers WHERE @city IS NULL OR city = @city")]
    [InlineData("SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders)")]
    [InlineData("SELECT * FROM (SELECT * FROM customers) WHERE city = @city")]
    [InlineData("SELECT * FROM elsewhere WHERE city = @city")]
    [InlineData("SELECT * FROM customers WHERE unknown = @city")]
    [InlineData("SELECT * FROM customers WHERE unknown = @id AND city = @city")]
    [InlineData("SELECT name FROM customers WHERE city = @city AND rowid = @id")]
    [InlineData("UPDATE customers SET name = 'x' WHERE city = @city AND code > 3")]
    [InlineData("SELECT * FROM Win32_Process WHERE Name = 'x'")]
    [InlineData("INSERT INTO customers (city) VALUES (@city)")]
    [InlineData("SELECT c.name FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = @id")]
    [InlineData("SELECT city FROM customers WHERE 'open")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM customers WHERE city = 'x'")]
    [InlineData("SELECT id FROM customers UNION SELECT id FROM orders WHERE total = 1")]
    public Task A_filter_with_an_index_or_beyond_help_is_not(string sql) => Reports(Ado($"command.CommandText = \"{sql}\";"), WithSchema);

    [Fact]
    public Task A_part_that_may_be_a_condition_keeps_silent() => Reports(Ado("""
        var filter = ids.Length > 0 ? " AND id = 3" : "";
        command.CommandText = "SELECT id FROM customers WHERE city = @city" + filter;
        command.CommandText = $"SELECT id FROM customers WHERE {filter}";
        command.CommandText = $"SELECT id FROM {city} WHERE city = 'x'";
        """), WithSchema);

    [Fact]
    public Task Without_a_schema_nothing_is_known() => Reports(Ado("command.CommandText = \"SELECT id FROM customers WHERE city = @city\";"));

    [Fact]
    public Task A_small_table_is_left_alone() => Reports(Ado("command.CommandText = \"SELECT id FROM customers WHERE city = @city\";"), WithSchema.Option("hotpath.small_tables = countries, Customers"));

    [Fact]
    public Task An_index_that_the_program_creates_counts() => Reports(Ado("""
        command.CommandText = "CREATE INDEX IF NOT EXISTS by_city ON customers(city)";
        command.CommandText = "SELECT id FROM customers WHERE city = @city";
        """), WithSchema);

    [Fact]
    public Task A_constant_that_is_used_twice_is_one_finding() => Reports("""
        using Microsoft.Data.Sqlite;

        class C
        {
            const string Text = [|"SELECT id FROM customers WHERE city = @city"|];

            void M(SqliteCommand command, SqliteCommand other)
            {
                command.CommandText = Text;
                other.CommandText = Text;
            }
        }
        """, WithSchema, message: "No index of 'customers' begins with 'city': the query reads every row of the table; create one on customers(city)");

    [Fact]
    public Task A_type_of_the_users_own_is_no_command() => Reports("""
        class Command { public string CommandText { get; set; } = ""; }

        class C
        {
            void M(Command command) => command.CommandText = "SELECT id FROM customers WHERE city = @city";
        }
        """, WithSchema);

    [Fact]
    public async Task The_index_is_added_to_the_schema()
    {
        var source = Ado("command.CommandText = [|\"SELECT id FROM customers WHERE city = @city\"|];");
        var after = source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        await Fixes(source, after, target: WithSchema, fileAfter: Schema + "CREATE INDEX idx_customers_city ON customers(city);\n");
    }

    [Fact]
    public async Task Two_queries_by_one_column_get_one_index()
    {
        var source = Ado("command.CommandText = [|\"SELECT id FROM customers WHERE city = @city\"|]; command.CommandText = [|\"SELECT name FROM customers WHERE city = 'x' COLLATE NOCASE\"|]; command.CommandText = [|\"SELECT name FROM customers WHERE city = 'x'\"|];");
        var after = source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        await Fixes(source, after, target: WithSchema with { AdditionalFile = ("/0/schema.sql", Schema.TrimEnd()) },
            fileAfter: Schema.TrimEnd() + "\nCREATE INDEX idx_customers_city ON customers(city);\nCREATE INDEX idx_customers_city_2 ON customers(city COLLATE NOCASE);\n");
    }

    private static string Model(string body, string attributes = "", string configuration = "", string start = "") => $$"""
        using Microsoft.EntityFrameworkCore;{{start}}

        class Shop : DbContext
        {
            public DbSet<Customer> Customers => Set<Customer>();
            public DbSet<Order> Orders => Set<Order>();

            protected override void OnModelCreating(ModelBuilder model)
            {
                {{configuration}}
            }
        }

        /// <summary>A customer.</summary>{{attributes}}
        class Customer
        {
            public int Id { get; set; }
            public string City { get; set; } = "";
            public string Name { get; set; } = "";
            public bool Active { get; set; }
            public List<Order> Orders { get; } = [];
        }

        class Order
        {
            public int OrderId { get; set; }
            public int CustomerId { get; set; }
            public Customer? Customer { get; set; }
            public DateTime Created { get; set; }
        }

        class C
        {
            async Task M(Shop shop, string city, int[] ids, DateTime day)
            {
                {{body}}
                await Task.Yield();
            }
        }
        """;

    [Theory]
    [InlineData("var found = shop.Customers.Where(c => [|c.City == city|]).ToList();")]
    [InlineData("var found = await shop.Customers.AsNoTracking().Where(c => c.Active && [|c.City == city|]).OrderBy(c => c.Name).ToListAsync();")]
    [InlineData("var found = await shop.Customers.FirstOrDefaultAsync(c => [|c.City == city|]);")]
    [InlineData("var found = shop.Orders.Count(o => [|o.Created > day|] && o.Created < day.AddDays(1));")]
    [InlineData("foreach (var c in from c in shop.Customers where [|c.City == city|] select c.Name) Console.WriteLine(c);")]
    [InlineData("var query = shop.Customers.Where(c => [|c.City == city|]); foreach (var c in query) Console.WriteLine(c.Name);")]
    [InlineData("var found = shop.Customers.FromSqlRaw([|\"SELECT * FROM Customers WHERE City = {0}\"|], city).ToList();")]
    [InlineData("var found = shop.Customers.FromSql([|$\"SELECT * FROM Customers WHERE City = {city}\"|]).ToList();")]
    public Task A_query_over_entities_is_reported(string body) => Reports(Model(body), severity: DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("var found = shop.Orders.Count(o => [|o.Created > day|]);")]
    [InlineData("var found = shop.Orders.Where(o => [|day <= o.Created|]).ToList();")]
    public Task Entities_from_a_range_with_one_end_are_an_info(string body) => ReportsInfo(Model(body));

    [Theory]
    [InlineData("var found = shop.Customers.Where(c => c.Id == 3).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.City == city && ids.Contains(c.Id)).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.City == city).Where(c => c.Id == 3).ToList();")]
    [InlineData("var found = shop.Orders.Where(o => o.CustomerId == 3).ToList();")]
    [InlineData("var found = shop.Customers.Where(c => c.Active).ToList();")]
    [InlineData("var found = shop.Customers.ToList().Where(c => c.City == city).ToList();")]
    [InlineData("var query = shop.Customers.Where(c => c.City == city); query = query.Where(c => c.Id == 3); var found = query.ToList();")]
    [InlineData("IQueryable<Customer> All() => shop.Customers.Where(c => c.City == city); All();")]
    [InlineData("var found = shop.Customers.Where(c => c.City.StartsWith(city)).ToList();")]
    public Task A_query_by_a_key_is_not(string body) => Reports(Model(body));

    [Theory]
    [InlineData("\n[Index(nameof(City))]", "")]
    [InlineData("\n[Index(nameof(City), nameof(Name))]", "")]
    [InlineData("\n[Index(\"City\", IsUnique = true)]", "")]
    [InlineData("", "model.Entity<Customer>().HasIndex(c => c.City);")]
    [InlineData("", "model.Entity<Customer>(c => c.HasIndex(x => new { x.City, x.Name }).IsUnique());")]
    [InlineData("", "model.Entity(\"Customer\", c => c.HasIndex(\"City\"));")]
    [InlineData("", "model.Entity<Customer>().HasAlternateKey(c => c.City);")]
    [InlineData("", "model.Entity<Customer>().HasKey(c => c.City);")]
    [InlineData("", "model.Entity<Customer>().HasQueryFilter(c => c.Active);")]
    public Task An_index_of_the_model_is_seen(string attributes, string configuration) => Reports(Model("var found = shop.Customers.Where(c => c.City == city).ToList();", attributes, configuration));

    [Fact]
    public Task The_second_column_of_an_index_is_not_enough() => Reports(Model("var found = shop.Customers.Where(c => [|c.Name == city|]).ToList();", "\n[Index(nameof(City), nameof(Name))]"));

    [Fact]
    public Task An_index_of_a_migration_is_seen() => Reports(Model("var found = shop.Customers.Where(c => c.City == city).ToList();") + """

        class First : Microsoft.EntityFrameworkCore.Migrations.Migration
        {
            protected override void Up(Microsoft.EntityFrameworkCore.Migrations.MigrationBuilder migrationBuilder) =>
                migrationBuilder.CreateIndex(name: "IX_Customers_City", table: "Customers", column: "City");
        }
        """);

    [Fact]
    public Task The_entity_gets_an_attribute() => Fixes(
        Model("var found = shop.Customers.Where(c => [|c.City == city|]).ToList();"),
        Model("var found = shop.Customers.Where(c => c.City == city).ToList();", "\n[Index(nameof(City))]"));

    [Fact]
    public Task A_second_attribute_stands_below() => Fixes(
        Model("var found = shop.Customers.Where(c => [|c.City == city|]).ToList(); var one = shop.Customers.First(c => [|c.City == \"x\"|]);", "\n[Index(nameof(Name))]"),
        Model("var found = shop.Customers.Where(c => c.City == city).ToList(); var one = shop.Customers.First(c => c.City == \"x\");", "\n[Index(nameof(Name))]\n[Index(nameof(City))]"));

    [Fact]
    public Task Two_contexts_may_have_a_set_of_the_same_name() => Reports("""
        using Microsoft.EntityFrameworkCore;

        namespace Shop
        {
            class Item { public int Id { get; set; } public string Name { get; set; } = ""; }
            class Db : DbContext { public DbSet<Item> Items => Set<Item>(); }
        }

        namespace Stock
        {
            [Index(nameof(Name))]
            class Item { public int Id { get; set; } public string Name { get; set; } = ""; public string Shelf { get; set; } = ""; }
            class Db : DbContext { public DbSet<Item> Items => Set<Item>(); }
        }

        class C
        {
            int InShop(Shop.Db db, string name) => db.Items.Count(item => [|item.Name == name|]);
            int InStock(Stock.Db db, string name) => db.Items.Count(item => item.Name == name);
            int OnShelf(Stock.Db db, string shelf) => db.Items.Count(item => [|item.Shelf == shelf|]);
        }
        """);
}
