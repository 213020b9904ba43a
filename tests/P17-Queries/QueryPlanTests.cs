using Microsoft.Data.Sqlite;

namespace HotPath.Tests;

/// <summary>What the rule says about a query, and what the engine says, on a real file.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void The_rule_and_the_engine_agree(string indexes)
    {
        using var connection = Open(indexes, out var schema);
        var (agreed, wanted) = (0, 0);
        foreach (var query in Queries())
        {
            var columns = UnindexedColumn.Of(query, schema, []);
            var before = Plan(connection, query);
            var isOrder = !query.Contains(" WHERE ", StringComparison.Ordinal) && query.Contains("LIMIT", StringComparison.Ordinal);
            var isSlow = isOrder ? before.Contains("TEMP B-TREE", StringComparison.Ordinal) : !IsServed(before);

            Assert.True(isSlow == columns.Count > 0, $"The rule says {(columns.Count > 0 ? "index " + columns[0].Column.Name : "nothing")}, the engine:\n{before}\n{query}\n{indexes}");
            agreed++;

            if (columns.Count == 0)
                continue;

            wanted++;
            using var transaction = connection.BeginTransaction();
            foreach (var column in columns)
                Execute(connection, $"CREATE INDEX new_{column.Table.Name}_{column.Column.Name} ON {column.Table.Written}({column.Column.Written}{(column.Collation is null ? "" : " COLLATE " + column.Collation)})");

            var after = Plan(connection, query);
            Assert.True(isOrder ? !after.Contains("TEMP B-TREE", StringComparison.Ordinal) : IsServed(after), $"The indexes do not help:\n{after}\n{query}\n{indexes}");
            transaction.Rollback();
        }

        Assert.True(agreed >= 60 && wanted >= 15, $"{wanted} of {agreed}");
    }

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_condition_on_what_is_made_of_a_column_reads_the_table(string indexes)
    {
        using var connection = Open(indexes, out var schema);
        var wanted = 0;
        string[] sides = ["lower(city)", "upper(code)", "substr(city, 1, 2)", "total * 2", "coalesce(customer_id, 0)", "CAST(id AS TEXT)", "trim(code) || 'x'", "abs(total)", "ifnull(code, '')"];
        string[] ends = ["= @p", "IN ('a', 'b')", "> 3", "BETWEEN 1 AND 2", "= @p AND id = 3", "= @p AND city = 'x'", "= @p AND customer_id = @q", "= @p AND total > 3"];

        foreach (var query in sides.SelectMany(side => ends.Select(end => $"SELECT code FROM orders WHERE {side} {end}")))
        {
            var found = UnsargableFilter.Of(query, schema, []);
            var before = Plan(connection, query);

            // Where another column can find the rows, the other rule asks for its index.
            Assert.True(IsServed(before) == (found is null && UnindexedColumn.Of(query, schema, []) is []), $"The rule says {found?.Text ?? "nothing"}, the engine:\n{before}\n{query}\n{indexes}");
            if (found is null)
                continue;

            wanted++;
            using var transaction = connection.BeginTransaction();
            Execute(connection, $"CREATE INDEX new_expression ON {found.Table.Written}({found.Written(found.Predicate.Left.From, found.Predicate.Left.To)})");
            Assert.True(IsServed(Plan(connection, query)), $"The index on the expression does not help:\n{query}\n{indexes}");
            transaction.Rollback();
        }

        Assert.True(wanted >= 25, $"{wanted}");
    }

    public static TheoryData<string> Indexes =>
    [
        "",
        "CREATE INDEX i1 ON orders(customer_id);",
        "CREATE INDEX i1 ON orders(city, total); CREATE UNIQUE INDEX i2 ON customers(email);",
        "CREATE INDEX i1 ON orders(total, city); CREATE INDEX i2 ON customers(city COLLATE NOCASE);",
        "CREATE INDEX i1 ON orders(lower(city)); CREATE INDEX i2 ON orders(code);",
        "CREATE INDEX i1 ON orders(customer_id, city); CREATE INDEX i2 ON customers(name); DROP INDEX i2;",
        "ALTER TABLE orders ADD COLUMN extra TEXT; CREATE INDEX i1 ON orders(city); CREATE INDEX i2 ON lines(order_id);",
        "CREATE INDEX i1 ON \"orders\"(\"city\" DESC); CREATE INDEX i2 ON [customers]([city]);",
    ];

    /// <summary>The tables in a file, as the engine and as the rule know them.</summary>
    private SqliteConnection Open(string indexes, out Schema schema)
    {
        var schemaText = $"""
            CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT, email TEXT UNIQUE, nick TEXT COLLATE NOCASE);
            -- A comment; with a semicolon and CREATE INDEX no ON orders(city);
            CREATE TABLE IF NOT EXISTS "orders" (id INTEGER NOT NULL, customer_id INTEGER REFERENCES customers(id), city TEXT, total REAL DEFAULT (1 + 1), code TEXT, PRIMARY KEY (id));
            CREATE TABLE lines (order_id INTEGER, pos INTEGER, text TEXT, UNIQUE (pos, text));
            CREATE TABLE words (word TEXT PRIMARY KEY, other TEXT) WITHOUT ROWID;
            {indexes}
            """;

        schema = Schema.OfText(schemaText);
        File.Delete(path);
        var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        Execute(connection, schemaText);
        return connection;
    }

    private static bool IsServed(string plan) => !plan.Contains("SCAN", StringComparison.Ordinal) && !plan.Contains("AUTOMATIC", StringComparison.Ordinal);

    private static IEnumerable<string> Queries()
    {
        string[] conditions =
        [
            "id = @p", "city = @p", "@p = city", "city = 'x' AND total > 1", "total > @p", "total BETWEEN 1 AND 2 AND city = @p", "city IN ('a', 'b')", "customer_id = 3", "(city = @p)",
            "((customer_id = @p) AND (code = 'x'))", "rowid = 1 AND id = 2", "code >= 'a'", "city = @p OR code = @p", "id = 1 OR customer_id = 2", "orders.city = @p", "\"city\" = @p", "[city] = @p", "city = @p /* AND id = 1 */", "city COLLATE NOCASE = @p",
        ];

        foreach (var condition in conditions)
        {
            yield return $"SELECT total FROM orders WHERE {condition}";
            yield return $"UPDATE orders SET total = 0 WHERE {condition}";
            yield return $"DELETE FROM orders WHERE {condition}";
        }

        string[] others =
        [
            "SELECT name FROM customers WHERE name = @p ORDER BY id", "SELECT * FROM customers c WHERE c.city = @p AND c.email = @q", "SELECT * FROM customers WHERE city = @p ORDER BY city",
            "SELECT * FROM customers WHERE nick = @p", "SELECT * FROM customers WHERE city = @p COLLATE NOCASE",
            "SELECT o.total FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.city = @p", "SELECT o.total FROM orders AS o INNER JOIN customers AS c ON c.id = o.customer_id WHERE c.email = @p AND o.id > 3",
            "SELECT o.total, l.text FROM orders o LEFT JOIN lines l ON l.order_id = o.id WHERE o.id = @p", "SELECT l.text FROM lines l JOIN orders o ON o.id = l.order_id WHERE l.pos = 3",
            "SELECT l.text FROM lines l, orders o WHERE o.id = l.order_id AND o.city = @p", "SELECT c.name FROM customers c JOIN orders o USING (id) WHERE o.id = 3",
            "SELECT text FROM lines WHERE text = @p", "SELECT text FROM lines WHERE pos = @p", "SELECT * FROM words WHERE word = @p", "SELECT * FROM words WHERE other = @p", "SELECT word FROM words WHERE word > @p LIMIT 3",
            "SELECT id, city FROM orders ORDER BY code LIMIT 10", "SELECT id, name FROM customers ORDER BY id LIMIT 10",
        ];

        foreach (var other in others)
            yield return other;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static string Plan(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
        command.Parameters.AddWithValue("@p", "x");
        command.Parameters.AddWithValue("@q", "x");
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(3));

        return string.Join('\n', lines);
    }
}
