using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1701: two of twenty columns read from a SQLite file, with all of them selected and with the two.</summary>
[Noisy("file database")]
public class SelectStarBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1701-{Guid.NewGuid():N}.db");
    private SqliteConnection connection = null!;

    [Params(10, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        connection = new SqliteConnection($"Data Source={path}");
        connection.Open();

        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE Orders (
                Id INTEGER PRIMARY KEY, Number TEXT, Customer TEXT, Street TEXT, City TEXT, Country TEXT, Phone TEXT, Email TEXT, Carrier TEXT, Tracking TEXT,
                Weight REAL, Discount REAL, Tax REAL, Shipping REAL, Total REAL, Created TEXT, Paid TEXT, Sent TEXT, Note TEXT, State INTEGER)
            """;
        command.ExecuteNonQuery();

        command.CommandText = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $n)
            INSERT INTO Orders SELECT i, 'A-' || i, 'customer ' || i, 'street ' || i, 'city', 'country', '555-' || i, 'customer' || i || '@example.com', 'carrier', 'T' || i,
                i * 0.1, 0, i * 0.2, 5, i * 1.5, '2026-01-01', '2026-01-02', '2026-01-03', 'leave it with the neighbours', i % 5 FROM n
            """;
        command.Parameters.AddWithValue("$n", N);
        command.ExecuteNonQuery();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        connection.Dispose();
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Benchmark(Baseline = true)]
    public double Before()
    {
        using var command = new SqliteCommand("SELECT * FROM Orders", connection);
        using var reader = command.ExecuteReader();
        var state = reader.GetOrdinal("State");
        var total = 0.0;
        while (reader.Read())
        {
            if (reader.GetInt32(state) > 0)
                total += reader.GetDouble(reader.GetOrdinal("Total"));
        }

        return total;
    }

    [Benchmark]
    public double After()
    {
        using var command = new SqliteCommand("SELECT State, Total FROM Orders", connection);
        using var reader = command.ExecuteReader();
        var state = reader.GetOrdinal("State");
        var total = 0.0;
        while (reader.Read())
        {
            if (reader.GetInt32(state) > 0)
                total += reader.GetDouble(reader.GetOrdinal("Total"));
        }

        return total;
    }
}
