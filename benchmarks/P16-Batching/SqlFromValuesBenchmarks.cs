using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1607: queries whose text holds their values against one text with parameters, on SQLite.</summary>
[Noisy("database")]
public class SqlFromValuesBenchmarks
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private string[] names = [];

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names = [.. Enumerable.Range(0, N).Select(i => $"name {i}")];
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = """
            CREATE TABLE clients (name TEXT PRIMARY KEY, city TEXT) WITHOUT ROWID;
            CREATE TABLE orders (client TEXT, day TEXT, amount INTEGER, PRIMARY KEY (client, day)) WITHOUT ROWID;
            """;
        create.ExecuteNonQuery();

        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO clients VALUES ($name, 'here'); INSERT INTO orders VALUES ($name, '2026-01-01', 3);";
        var parameter = insert.Parameters.Add("$name", SqliteType.Text);
        foreach (var name in names)
        {
            parameter.Value = name;
            insert.ExecuteNonQuery();
        }
    }

    [GlobalCleanup]
    public void CleanUp() => connection.Dispose();

    [Benchmark(Baseline = true)]
    public long Before()
    {
        var total = 0L;
        using var command = connection.CreateCommand();

        foreach (var name in names)
        {
            command.CommandText = $"SELECT SUM(o.amount) FROM clients c JOIN orders o ON o.client = c.name WHERE c.name = '{name}' AND o.amount > 0 AND c.city <> ''";
            total += (long)command.ExecuteScalar()!;
        }

        return total;
    }

    [Benchmark]
    public long After()
    {
        var total = 0L;
        using var command = connection.CreateCommand();

        foreach (var name in names)
        {
            command.CommandText = "SELECT SUM(o.amount) FROM clients c JOIN orders o ON o.client = c.name WHERE c.name = @name AND o.amount > 0 AND c.city <> ''";
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@name", name);
            total += (long)command.ExecuteScalar()!;
        }

        return total;
    }
}
