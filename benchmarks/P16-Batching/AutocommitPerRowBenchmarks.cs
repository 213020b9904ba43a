using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1602: rows that are committed one by one against rows in one transaction, in a SQLite file.</summary>
[Noisy("file database: every commit waits for the disk")]
public class AutocommitPerRowBenchmarks
{
    // Beside the program: a temporary folder may be memory, where commits cost nothing.
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1602-{Guid.NewGuid():N}.db");
    private string[] names = [];

    [Params(10, 100)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names = [.. Enumerable.Range(0, N).Select(i => $"name {i}")];
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE rows (name TEXT PRIMARY KEY) WITHOUT ROWID";
        command.ExecuteNonQuery();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Benchmark(Baseline = true)]
    public long Before()
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO rows VALUES ($name)";
        var name = command.Parameters.Add("$name", SqliteType.Text);

        foreach (var each in names)
        {
            name.Value = each;
            command.ExecuteNonQuery();
        }

        return Stored(connection);
    }

    [Benchmark]
    public long After()
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO rows VALUES ($name)";
        var name = command.Parameters.Add("$name", SqliteType.Text);
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;

        foreach (var each in names)
        {
            name.Value = each;
            command.ExecuteNonQuery();
        }

        transaction.Commit();

        return Stored(connection);
    }

    private static long Stored(SqliteConnection connection)
    {
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM rows";
        return (long)count.ExecuteScalar()!;
    }
}
