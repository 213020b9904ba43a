using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1610: a method that stores one row and commits, called for each of them, against one transaction handed to it, in a SQLite file.</summary>
[Noisy("file database: every commit waits for the disk")]
public class WorkBehindCallBenchmarks
{
    // Beside the program: a temporary folder may be memory, where commits cost nothing.
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1610-{Guid.NewGuid():N}.db");
    private string[] names = [];

    [Params(10, 100, 1_000)]
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

        foreach (var name in names)
            BeforeStore(connection, name);

        return Stored(connection);
    }

    private static void BeforeStore(SqliteConnection connection, string name)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT OR REPLACE INTO rows VALUES ($name)";
        command.Parameters.AddWithValue("$name", name);
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    [Benchmark]
    public long After()
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();

        using var transaction = connection.BeginTransaction();
        foreach (var name in names)
            AfterStore(connection, transaction, name);

        transaction.Commit();
        return Stored(connection);
    }

    private static void AfterStore(SqliteConnection connection, SqliteTransaction transaction, string name)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT OR REPLACE INTO rows VALUES ($name)";
        command.Parameters.AddWithValue("$name", name);
        command.ExecuteNonQuery();
    }

    private static long Stored(SqliteConnection connection)
    {
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM rows";
        return (long)count.ExecuteScalar()!;
    }
}
