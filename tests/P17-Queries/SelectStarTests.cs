using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class SelectStarTests : RuleTests<SelectStarAnalyzer, SelectStarFix>
{
    private const string Schema = """
        CREATE TABLE orders (id INTEGER PRIMARY KEY, city TEXT, total REAL, note TEXT, "order" INTEGER, "line no" INTEGER);
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE, photo BLOB);

        """;

    private static readonly Target WithSchema = Target.Net100 with { AdditionalFile = ("/0/schema.sql", Schema) };

    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.Dapper, .. References.EntityFramework];

    private static string Ado(string statements, string members = "") => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;

        class C
        {
            {{members}}

            async Task<object?> M(SqliteConnection connection, DbConnection other, string city, int id, CancellationToken cancellationToken)
            {
                {{statements}}
                await Task.Yield();
                return null;
            }

            static void Use(params object?[] values) { }
            static string? TextOrNull(IDataRecord row, string name) { var at = row.GetOrdinal(name); return row.IsDBNull(at) ? null : row.GetString(at); }
            static string All(IDataRecord row, string name) => row.FieldCount + name;
            static object Map(IDataRecord row) => row["id"];
        }

        static class Rows
        {
            public static int Number(this IDataRecord row, string column) => Convert.ToInt32(row[column]);
        }
        """;

    /// <summary>A reader of <c>SELECT * FROM orders</c> for statements that read rows of it.</summary>
    private static string Reading(string statements, string sql = "SELECT * FROM orders WHERE city = @city ORDER BY id", bool isMarked = true) => Ado($$"""
        using var command = connection.CreateCommand();
                command.CommandText = {{(isMarked ? "[|" : "")}}"{{sql}}"{{(isMarked ? "|]" : "")}};
                command.Parameters.AddWithValue("@city", city);
                using var reader = command.ExecuteReader();
                {{statements}}
        """);

    [Theory]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], reader[\"Total\"], reader[\"ID\"]);")]
    [InlineData("while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) Use(reader.GetInt32(reader.GetOrdinal(\"id\")), reader.GetFieldValue<double>(reader.GetOrdinal(\"total\")));")]
    [InlineData("var (n, at) = (0, reader.GetInt32(\"id\")); while (reader.Read()) n += at + reader.GetInt32(\"id\") + (reader.IsDBNull(\"total\") ? 0 : 1);")]
    [InlineData("var idAt = reader.GetOrdinal(\"id\"); int totalAt; totalAt = reader.GetOrdinal(\"total\"); while (reader.Read()) Use(reader.GetInt32(idAt), reader.IsDBNull(totalAt) ? null : reader[totalAt]);")]
    [InlineData("if (!reader.Read()) return null; Use((long)reader[\"id\"]);")]
    [InlineData("if (reader.HasRows) { while (reader.Read()) { Use(reader[nameof(id)]); } } reader.Close();")]
    [InlineData("foreach (IDataRecord row in reader) Use(row[\"id\"], row.GetString(row.GetOrdinal(\"note\")));")]
    [InlineData("foreach (DbDataRecord row in reader) Use(row[\"id\"] as long?);")]
    [InlineData("while (reader.Read()) { if ((double)reader[\"total\"] < 3) continue; Use(reader[\"id\"]); }")]
    [InlineData("while (reader.Read()) Use(TextOrNull(reader, \"note\"), reader.Number(\"id\"));")]
    [InlineData("while (reader.Read()) { IDataRecord row = reader; Use(row[\"id\"]); }")]
    [InlineData("while (reader.Read()) Use(reader?[\"id\"], new { Total = Convert.ToDouble(reader[\"total\"]) });")]
    public Task A_reader_that_is_asked_by_name(string statements) => ReportsInfo(Reading(statements));

    [Theory]
    [InlineData("using (var command = new SqliteCommand([|\"SELECT * FROM orders\"|], connection)) using (var reader = command.ExecuteReader()) while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = await new SqliteCommand([|@\"select * from orders\"|], connection).ExecuteReaderAsync(cancellationToken); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("const string sql = [|\"SELECT * FROM orders WHERE id = @id\"|]; await using var command = other.CreateCommand(); command.CommandText = sql; await using var reader = await command.ExecuteReaderAsync(); if (await reader.ReadAsync()) Use(reader[\"id\"]);")]
    [InlineData("var command = new SqliteCommand { Connection = connection, CommandText = [|\"SELECT o.* FROM orders AS o\"|] }; IDataReader reader = command.ExecuteReader(CommandBehavior.SingleResult); while (reader.Read()) Use(reader[\"id\"]); reader.Dispose();")]
    [InlineData("var command = new SqliteCommand(Text, connection); DbDataReader? reader = null; try { reader = command.ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]); } finally { reader?.Close(); }")]
    [InlineData("using var reader = connection.ExecuteReader([|\"SELECT * FROM orders WHERE city = @city\"|], new { city }); while (reader.Read()) Use(reader[\"id\"], reader[\"total\"]);")]
    [InlineData("using var command = new SqliteCommand([|$\"SELECT * FROM orders WHERE id = {id} LIMIT {id}\"|], connection); using var reader = command.ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var command = new SqliteCommand([|\"SELECT o.* FROM orders o JOIN customers c ON c.id = o.id WHERE c.id IN (SELECT * FROM x)\"|], connection); using var reader = command.ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    public Task The_text_behind_it(string statements) =>
        Reports(Ado(statements, statements.Contains("Text", StringComparison.Ordinal) && !statements.Contains("CommandText", StringComparison.Ordinal) ? "private const string Text = [|\"SELECT * FROM orders\"|];" : ""));

    [Theory]
    [InlineData("SELECT DISTINCT * FROM orders")]
    [InlineData("SELECT COUNT(*) FROM orders")]
    [InlineData("SELECT id, total FROM orders WHERE EXISTS (SELECT * FROM customers)")]
    [InlineData("SELECT * FROM (SELECT * FROM orders)")]
    [InlineData("SELECT * FROM orders UNION SELECT * FROM old_orders")]
    [InlineData("WITH x AS (SELECT 1 AS id) SELECT * FROM x")]
    [InlineData("SELECT * FROM orders; SELECT * FROM customers")]
    [InlineData("INSERT INTO a SELECT * FROM orders")]
    [InlineData("SELECT * FROM orders GROUP BY city")]
    [InlineData("SELECT * FROM orders ORDER BY 2")]
    [InlineData("SELECT * FROM orders ORDER BY city, 2 DESC")]
    [InlineData("SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id")]
    [InlineData("SELECT * FROM orders, customers")]
    [InlineData("SELECT *, total * 2 AS id FROM orders")]
    [InlineData("SELECT x.* FROM orders o")]
    [InlineData("SELECT * FROM #orders")]
    [InlineData("SELECT * FROM temp.orders")]
    [InlineData("SELECT * FROM sqlite_master")]
    [InlineData("SELECT * FROM INFORMATION_SCHEMA.COLUMNS")]
    [InlineData("SELECT * FROM Win32_Process")]
    [InlineData("SELECT * FROM generate_series(1, 3)")]
    [InlineData("SELECT * FROM orders FOR JSON AUTO")]
    [InlineData("SELECT * INTO copy FROM orders")]
    [InlineData("SELECT id, total FROM orders")]
    [InlineData("SELECT * FROM 'open")]
    public Task Other_statements_are_left_alone(string sql) => Reports(Reading("while (reader.Read()) Use(reader[\"id\"]);", sql, isMarked: false));

    [Theory]
    [InlineData("while (reader.Read()) Use(reader[0], reader[\"id\"]);")]
    [InlineData("while (reader.Read()) Use(reader.GetInt32(0));")]
    [InlineData("while (reader.Read()) Use(reader[city]);")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], reader.FieldCount);")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], reader.GetName(1));")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], reader.GetValues(new object[3]));")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], reader);")]
    [InlineData("while (reader.Read()) Use(reader[\"rowid\"]);")]
    [InlineData("var table = new DataTable(); table.Load(reader);")]
    [InlineData("Use(reader[\"id\"], reader.GetSchemaTable());")]
    [InlineData("do { while (reader.Read()) Use(reader[\"id\"]); } while (reader.NextResult());")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"]); return reader;")]
    [InlineData("var at = reader.GetOrdinal(\"id\"); Use(at); while (reader.Read()) Use(reader.GetInt32(at));")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], reader.GetOrdinal(\"total\"));")]
    [InlineData("while (reader.Read()) for (var i = 0; i < 3; i++) Use(reader[\"id\"], reader[i]);")]
    [InlineData("var rows = reader.Cast<IDataRecord>().Select(row => row[\"id\"]).ToList();")]
    [InlineData("if (reader.Read()) Use(1);")]
    [InlineData("if (reader.Read()) Use(Map(reader));")]
    [InlineData("if (reader.Read()) Use(reader[\"id\"], All(reader, \"note\"));")]
    [InlineData("if (reader.Read()) Use(TextOrNull(reader, city), reader[\"id\"]);")]
    [InlineData("Use(reader[\"id\"], command.ExecuteScalar());")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"]); reader.Close(); using var again = command.ExecuteReader(); while (again.Read()) Use(again[\"total\"]);")]
    public Task Silent_where_more_than_names_is_asked_for(string statements) => Reports(Reading(statements, isMarked: false));

    [Theory]
    [InlineData("var sql = \"SELECT * FROM orders\"; Use(sql); using var reader = new SqliteCommand(sql, connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("var sql = \"SELECT * FROM orders\"; if (id > 3) sql += \" WHERE id = 3\"; using var reader = new SqliteCommand(sql, connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand(Shared, connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand(Twice, connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"], Twice);")]
    [InlineData("using var reader = new SqliteCommand($\"SELECT * FROM {city}\", connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand($\"SELECT * FROM [{city}]\", connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand($\"SELECT * FROM orders {city}\", connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand($\"SELECT * FROM orders WHERE {city}\", connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand($\"SELECT * FROM orders ORDER BY {city}\", connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand(\"SELECT * FROM orders\", connection).ExecuteReader(CommandBehavior.SchemaOnly); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("var command = new SqliteCommand(\"SELECT * FROM orders\", connection) { CommandType = CommandType.TableDirect }; using var reader = command.ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("var rows = connection.Query<Order>(\"SELECT * FROM orders\"); dynamic all = connection.Query(\"SELECT * FROM orders\");")]
    public Task Silent_where_the_text_is_not_for_this_reader_alone(string statements) =>
        Reports(Ado(statements, "public const string Shared = \"SELECT * FROM orders\"; private const string Twice = \"SELECT * FROM orders\"; class Order { public int Id { get; set; } }"));

    [Fact]
    public Task A_command_of_the_users_own_is_none() => Reports("""
        class Reader { public object this[string name] => name; public bool Read() => false; }
        class SqlCommand(string text) { public string CommandText => text; public Reader ExecuteReader() => new(); }

        class C
        {
            void M()
            {
                var reader = new SqlCommand("SELECT * FROM orders").ExecuteReader();
                while (reader.Read()) Console.WriteLine(reader["id"]);
            }
        }
        """);

    [Fact]
    public Task The_message_names_what_is_used() => Reports(Reading("while (reader.Read()) Use(reader[\"id\"], reader[\"total\"]);"), message: "'SELECT *' reads every column of 'orders', of which only 'id', 'total' are used: name the columns that are wanted");

    [Fact]
    public Task With_a_schema_the_message_counts() => Reports(Reading("while (reader.Read()) Use(reader[\"id\"]);"), WithSchema, message: "'SELECT *' reads every column of 'orders', of which only 1 of 6 is used: name the columns that are wanted");

    [Theory]
    [InlineData("SELECT * FROM orders", "\"id\", \"city\", \"total\", \"note\", \"order\", \"line no\"")]
    [InlineData("SELECT * FROM orders", "\"id\", \"unknown\"")]
    [InlineData("SELECT * FROM orders o JOIN customers c ON c.id = o.id", "\"id\", \"name\"")]
    [InlineData("SELECT o.*, c.name AS city FROM orders o JOIN customers c ON c.id = o.id", "\"city\", \"total\"")]
    [InlineData("SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.id", "\"name\"")]
    public Task With_a_schema_it_is_silent_where_nothing_is_gained_or_sure(string sql, string names) =>
        Reports(Reading("while (reader.Read()) { foreach (var value in new[] { " + string.Join(", ", names.Split(", ").Select(name => $"reader[{name}]")) + " }) Use(value); }", sql, isMarked: false), WithSchema);

    [Fact]
    public Task A_program_that_makes_its_table_says_what_is_in_it() => Reports(Ado("""
        using var create = new SqliteCommand("CREATE TABLE IF NOT EXISTS parts (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE wide (id INTEGER PRIMARY KEY, name TEXT, text TEXT)", connection);
        using var all = new SqliteCommand("SELECT * FROM parts", connection).ExecuteReader();
        while (all.Read()) Use(all["id"], all["NAME"]);
        using var some = new SqliteCommand([|"SELECT * FROM wide"|], connection).ExecuteReader();
        while (some.Read()) Use(some["id"], some["NAME"]);
        """), message: "'SELECT *' reads every column of 'wide', of which only 2 of 3 are used: name the columns that are wanted");

    private static string Mapped(string statements) => $$"""
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class Order { public int Id { get; set; } public double Total { get; set; } public List<string> Lines { get; set; } = []; public bool IsLarge => Total > 100; }
        class Whole { public int id; public string? city, note; public double total; public int order { get; } [System.ComponentModel.Description("")] public int Line_No { get; set; } }
        class Other { public int Id { get; set; } public int Customer { get; set; } }
        record Positional(int Id, double Total);
        record struct Value(int Id, double Total);
        class Entity { public int Id { get; set; } public double Total { get; set; } }
        class Db : DbContext { public DbSet<Entity> Orders => Set<Entity>(); }

        class C
        {
            async Task M<T>(SqliteConnection connection, Db db, string city)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    [Theory]
    [InlineData("var rows = connection.Query<Order>([|\"SELECT * FROM orders WHERE city = @city\"|], new { city }).ToList();")]
    [InlineData("var row = await connection.QueryFirstOrDefaultAsync<Order>([|\"SELECT * FROM orders WHERE id = 3\"|]);")]
    [InlineData("var row = connection.QuerySingle<Value>([|\"SELECT o.* FROM orders o WHERE o.id = 3\"|]);")]
    [InlineData("var rows = db.Database.SqlQuery<Positional>([|$\"SELECT * FROM orders WHERE city = {city}\"|]).ToList();")]
    [InlineData("var rows = await db.Database.SqlQueryRaw<Order>(\"SELECT * FROM orders\").ToListAsync();")]
    [InlineData("var rows = connection.Query<Positional>(\"SELECT * FROM orders\");")]
    [InlineData("var rows = connection.Query<Other>(\"SELECT * FROM orders\");")]
    [InlineData("var rows = connection.Query(\"SELECT * FROM orders\"); var typed = connection.Query<dynamic>(\"SELECT * FROM orders\"); var any = connection.Query<T>(\"SELECT * FROM orders\"); var ids = connection.Query<int>(\"SELECT * FROM orders\");")]
    [InlineData("var rows = connection.Query<Order>(\"SELECT * FROM elsewhere\"); var two = connection.Query<Order, Other, Order>(\"SELECT * FROM orders\", (a, b) => a);")]
    [InlineData("var rows = db.Orders.FromSqlRaw(\"SELECT * FROM orders\").ToList(); var some = db.Database.SqlQuery<Positional>($\"SELECT * FROM orders\").Where(row => row.Id > 2).ToList();")]
    public Task What_a_type_has_a_place_for(string statements) => Reports(Mapped(statements), WithSchema);

    [Fact]
    public Task The_columns_in_the_order_of_their_first_use() => Fixes(Ado(""""
        using var command = new SqliteCommand([|"SELECT * FROM orders WHERE city = 'x*' ORDER BY id"|], connection);
                using (var reader = command.ExecuteReader())
                {
                    var note = reader.GetOrdinal("note");
                    while (reader.Read())
                        Use(reader["Total"], reader["id"], reader.GetString(note), reader["total"]);
                }

                using var verbatim = new SqliteCommand([|@"SELECT --> all *
                    * FROM ""orders"" o ORDER BY o.id"|], connection);
                using (var reader = verbatim.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["unit price"], reader["order"]);

                using var raw = new SqliteCommand([|"""
                    SELECT ALL o . *
                    FROM "orders" o
                    ORDER BY o.id
                    """|], connection);
                using (var reader = raw.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["unit price"], reader["order"]);

                using var added = new SqliteCommand([|"SELECT" +
                    " *" + // all
                    " FROM orders" +
                    $" WHERE id = {id}"|], connection);
                using (var reader = added.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["group"]);

                using var tight = new SqliteCommand([|$"SELECT*FROM orders WHERE id = {id}"|], connection);
                using (var reader = tight.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["group"]);

                using var hole = new SqliteCommand([|$@"SELECT ""o"".* FROM orders ""o"" WHERE ""o"".id = {id * 2}"|], connection);
                using (var reader = hole.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["group"]);
        """"), Ado(""""
        using var command = new SqliteCommand("SELECT note, Total, id FROM orders WHERE city = 'x*' ORDER BY id", connection);
                using (var reader = command.ExecuteReader())
                {
                    var note = reader.GetOrdinal("note");
                    while (reader.Read())
                        Use(reader["Total"], reader["id"], reader.GetString(note), reader["total"]);
                }

                using var verbatim = new SqliteCommand(@"SELECT --> all *
                    id, ""unit price"", ""order"" FROM ""orders"" o ORDER BY o.id", connection);
                using (var reader = verbatim.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["unit price"], reader["order"]);

                using var raw = new SqliteCommand("""
                    SELECT ALL o . id, o."unit price", o."order"
                    FROM "orders" o
                    ORDER BY o.id
                    """, connection);
                using (var reader = raw.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["unit price"], reader["order"]);

                using var added = new SqliteCommand("SELECT" +
                    " id, \"group\"" + // all
                    " FROM orders" +
                    $" WHERE id = {id}", connection);
                using (var reader = added.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["group"]);

                using var tight = new SqliteCommand($"SELECT id, \"group\" FROM orders WHERE id = {id}", connection);
                using (var reader = tight.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["group"]);

                using var hole = new SqliteCommand($@"SELECT ""o"".id, ""o"".""group"" FROM orders ""o"" WHERE ""o"".id = {id * 2}", connection);
                using (var reader = hole.ExecuteReader())
                    while (reader.Read())
                        Use(reader["id"], reader["group"]);
        """"));

    [Theory]
    [InlineData("SELECT TOP 10 * FROM orders ORDER BY id", "SELECT TOP 10 id, note FROM orders ORDER BY id")]
    [InlineData("SELECT TOP (5) [o].* FROM dbo.[orders] AS [o] WITH (NOLOCK) WHERE o.id = 3;", "SELECT TOP (5) [o].id, [o].note FROM dbo.[orders] AS [o] WITH (NOLOCK) WHERE o.id = 3;")]
    [InlineData("SELECT `o`.* FROM `orders` AS `o` ORDER BY `o`.id -- * \\r\\n", "SELECT `o`.id, `o`.note FROM `orders` AS `o` ORDER BY `o`.id -- * \\r\\n")]
    [InlineData("SELECT /* * */*/* * */FROM orders o WHERE note LIKE '%*%' AND total * 2 > 3 ORDER BY lower(id)", "SELECT /* * */id, note/* * */FROM orders o WHERE note LIKE '%*%' AND total * 2 > 3 ORDER BY lower(id)")]
    [InlineData("\\r\\n  SELECT\\t*\\r\\n  FROM orders\\r\\n  ORDER BY id", "\\r\\n  SELECT\\tid, note\\r\\n  FROM orders\\r\\n  ORDER BY id")]
    [InlineData("select * from orders where total in (select total * 2 from orders) order by id limit 3 offset 2", "select id, note from orders where total in (select total * 2 from orders) order by id limit 3 offset 2")]
    public Task Texts_of_all_kinds(string before, string after) =>
        Fixes(Reading("while (reader.Read()) Use(reader[\"id\"], reader[\"note\"]);", before), Reading("while (reader.Read()) Use(reader[\"id\"], reader[\"note\"]);", after, isMarked: false));

    [Fact]
    public Task The_columns_of_the_schema() => Fixes(Mapped("""
        using var joined = new SqliteCommand([|"SELECT * FROM orders o JOIN customers AS c ON c.id = o.id ORDER BY o.id"|], connection).ExecuteReader();
                while (joined.Read()) Console.WriteLine(joined["NAME"] + "" + joined["total"] + joined["line no"]);
                using var mixed = new SqliteCommand([|"SELECT o.*, c.name AS customer FROM orders o JOIN customers c ON c.id = o.id ORDER BY o.id"|], connection).ExecuteReader();
                while (mixed.Read()) Console.WriteLine(mixed["customer"] + "" + mixed["note"] + (mixed["note"] is string ? mixed["city"] : ""));
                var rows = connection.Query<Order>([|"SELECT * FROM orders"|]).ToList();
                var typed = db.Database.SqlQuery<Positional>([|$"SELECT * FROM orders WHERE city = {city}"|]).ToList();
        """).Replace("class Db : DbContext { public DbSet<Entity> Orders => Set<Entity>(); }", "class Db : DbContext;", StringComparison.Ordinal), Mapped("""
        using var joined = new SqliteCommand("SELECT c.name, o.total, o.\"line no\" FROM orders o JOIN customers AS c ON c.id = o.id ORDER BY o.id", connection).ExecuteReader();
                while (joined.Read()) Console.WriteLine(joined["NAME"] + "" + joined["total"] + joined["line no"]);
                using var mixed = new SqliteCommand("SELECT o.note, o.city, c.name AS customer FROM orders o JOIN customers c ON c.id = o.id ORDER BY o.id", connection).ExecuteReader();
                while (mixed.Read()) Console.WriteLine(mixed["customer"] + "" + mixed["note"] + (mixed["note"] is string ? mixed["city"] : ""));
                var rows = connection.Query<Order>("SELECT id, total FROM orders").ToList();
                var typed = db.Database.SqlQuery<Positional>($"SELECT id, total FROM orders WHERE city = {city}").ToList();
        """).Replace("class Db : DbContext { public DbSet<Entity> Orders => Set<Entity>(); }", "class Db : DbContext;", StringComparison.Ordinal), target: WithSchema);

    [Fact]
    public Task A_constant_that_is_written_for_one_command() => Fixes(Ado(
        "using var reader = new SqliteCommand(Text, connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);", "private const string Text = [|\"SELECT * FROM orders ORDER BY id\"|];\r\n"), Ado(
        "using var reader = new SqliteCommand(Text, connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);", "private const string Text = \"SELECT id FROM orders ORDER BY id\";\r\n"));

    [Theory]
    [InlineData("while (reader.Read()) { Use(reader[\"id\"]); if (id > 2) Use(reader[\"extra\"]); }")]
    [InlineData("while (reader.Read()) Use(id > 2 ? reader[\"extra\"] : null);")]
    [InlineData("while (reader.Read()) Use(city ?? reader[\"extra\"]);")]
    [InlineData("while (reader.Read()) { if (id > 2) continue; Use(reader[\"extra\"]); }")]
    [InlineData("while (reader.Read()) { try { Use(reader[\"extra\"]); } catch (Exception) { } }")]
    [InlineData("while (reader.Read()) switch (id) { case 1: Use(reader[\"extra\"]); break; }")]
    [InlineData("while (reader.Read()) Use((Func<object>)(() => reader[\"extra\"]));")]
    [InlineData("while (reader.Read()) Use(reader[\"id\"], command.CommandText);")]
    [InlineData("while (reader.Read()) if (id > 2) Use(reader.Number(\"extra\"));")]
    public Task No_fix_where_a_column_may_not_exist_or_the_text_is_shown(string statements) => HasNoFix(Reading(statements));

    [Theory]
    [InlineData("try { using var reader = new SqliteCommand([|\"SELECT * FROM orders ORDER BY id\"|], connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]); } catch (ArgumentOutOfRangeException) { }")]
    [InlineData("using var reader = new SqliteCommand([|\"SELECT * FROM orders ORDER BY id\"|], connection).ExecuteReader(CommandBehavior.SequentialAccess); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("using var reader = new SqliteCommand([|\"SELECT \\u002A FROM orders ORDER BY id\"|], connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    [InlineData("const string all = \"*\"; using var reader = new SqliteCommand([|$\"SELECT {all} FROM orders ORDER BY id\"|], connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"]);")]
    public Task No_fix_where_the_text_hides_the_star_or_the_order_counts(string statements) => HasNoFix(Ado(statements));

    [Fact]
    public Task No_fix_where_the_table_that_the_program_makes_has_no_such_column() => HasNoFix(Ado("""
        using var create = new SqliteCommand("CREATE TABLE wide (id INTEGER PRIMARY KEY, name TEXT, text TEXT)", connection);
        using var reader = new SqliteCommand([|"SELECT * FROM wide ORDER BY id"|], connection).ExecuteReader();
        while (reader.Read()) Use(reader["id"], reader["added"]);
        """));

    [Fact]
    public Task Without_an_order_the_fix_says_so() => FixAllLeaves(Ado("using var reader = new SqliteCommand([|\"SELECT * FROM orders\"|], connection).ExecuteReader(); while (reader.Read()) Use(reader[\"id\"], reader[\"email\"]);"));

    [Fact]
    public Task An_index_with_all_that_is_read_may_give_another_order() => FixAllLeaves(Ado("""
        using var reader = new SqliteCommand([|"SELECT * FROM customers"|], connection).ExecuteReader();
        while (reader.Read()) Use(reader["id"], reader["email"]);
        using var sorted = new SqliteCommand([|"SELECT * FROM customers ORDER BY name"|], connection).ExecuteReader();
        while (sorted.Read()) Use(sorted["id"], sorted["email"]);
        """), WithSchema);

    [Fact]
    public Task No_index_with_all_that_is_read_keeps_the_order() => Fixes(
        Ado("using var reader = new SqliteCommand([|\"SELECT * FROM customers\"|], connection).ExecuteReader(); while (reader.Read()) Use(reader[\"name\"], reader[\"email\"]);"),
        Ado("using var reader = new SqliteCommand(\"SELECT name, email FROM customers\", connection).ExecuteReader(); while (reader.Read()) Use(reader[\"name\"], reader[\"email\"]);"), target: WithSchema);

    [Fact]
    public Task The_program_reads_the_same() => FixesAndRuns("""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            const string ByCity = [|@"
                SELECT *
                FROM Orders
                WHERE City = $city OR $city = ''"|];

            static string Run(string city, int n)
            {
                using var connection = new SqliteConnection("Data Source=:memory:");
                connection.Open();
                connection.Execute("CREATE TABLE Orders (Id INTEGER PRIMARY KEY, City TEXT, Total REAL, [Line No] INTEGER, \"Group\" TEXT, Note TEXT); CREATE TABLE Customers (Id INTEGER PRIMARY KEY, Name TEXT, Email TEXT UNIQUE, Photo BLOB)");
                connection.Execute("CREATE INDEX ByNote ON Orders(Note, City)");
                for (var i = 0; i < n; i++)
                {
                    connection.Execute("INSERT INTO Orders (City, Total, [Line No], \"Group\", Note) VALUES (@City, @i, @i, @Group, @Note)", new { City = i % 2 == 0 ? "a" : null, i, Group = "g" + i % 3, Note = "n" + (n - i) });
                    connection.Execute("INSERT INTO Customers (Name, Email) VALUES (@Name, @Email)", new { Name = "c" + i, Email = $"{n - i}@x" });
                }

                var log = new List<string>();
                using (var command = connection.CreateCommand())
                {
                    command.CommandText = ByCity;
                    command.Parameters.AddWithValue("$city", city);
                    using var reader = command.ExecuteReader();
                    var total = reader.GetOrdinal("total");
                    while (reader.Read())
                        log.Add(reader["City"] + "|" + (reader.IsDBNull(total) ? 0 : reader.GetDouble(total)) + "|" + reader["LINE NO"]);
                }

                using (var command = new SqliteCommand([|"SELECT o.* FROM Orders AS o, Customers c WHERE c.Id = o.Id ORDER BY o.Id DESC"|], connection))
                using (var reader = command.ExecuteReader())
                {
                    while (reader.Read())
                        log.Add(reader["Group"] + "|" + reader.GetInt64("id"));
                }

                // An index on Email holds both: SQLite would read its rows in another order.
                using (var command = new SqliteCommand([|"SELECT * FROM Customers"|], connection))
                using (var reader = command.ExecuteReader())
                {
                    while (reader.Read())
                        log.Add(reader["Id"] + "|" + reader["Email"]);
                }

                using (var reader = (DbDataReader)connection.ExecuteReader([|"SELECT * FROM Customers LIMIT 2"|]))
                {
                    foreach (IDataRecord row in reader)
                        log.Add(row["Name"] + "|" + row["Email"]);
                }

                using (var command = new SqliteCommand([|"SELECT * FROM Orders o JOIN Customers c ON c.Id = o.Id + 1 ORDER BY c.Id"|], connection))
                using (var reader = command.ExecuteReader())
                {
                    while (reader.Read())
                        log.Add(reader["Name"] + "|" + reader["Note"]);
                }

                return string.Join("\n", log);
            }
        }
        """, ["", 5], ["a", 3], ["b", 0]);
}
