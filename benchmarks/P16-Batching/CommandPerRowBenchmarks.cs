using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1603: a command built for every row against one for all, in one transaction on SQLite.</summary>
[Noisy("database")]
public class CommandPerRowBenchmarks
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
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE rows (name TEXT PRIMARY KEY, length INTEGER) WITHOUT ROWID";
        command.ExecuteNonQuery();
    }

    [GlobalCleanup]
    public void CleanUp() => connection.Dispose();

    [Benchmark(Baseline = true)]
    public int Before()
    {
        using var transaction = connection.BeginTransaction();
        var stored = 0;

        foreach (var each in names)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT OR REPLACE INTO rows VALUES ($name, $length)";
            command.Parameters.AddWithValue("$name", each);
            command.Parameters.AddWithValue("$length", each.Length);
            stored += command.ExecuteNonQuery();
        }

        transaction.Commit();
        return stored;
    }

    [Benchmark]
    public int After()
    {
        using var transaction = connection.BeginTransaction();
        var stored = 0;
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO rows VALUES ($name, $length)";
        var nameParameter = command.Parameters.AddWithValue("$name", null);
        var lengthParameter = command.Parameters.AddWithValue("$length", null);

        foreach (var each in names)
        {
            nameParameter.Value = each;
            lengthParameter.Value = each.Length;
            stored += command.ExecuteNonQuery();
        }

        transaction.Commit();
        return stored;
    }
}
