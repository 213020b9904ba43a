using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1606: a connection opened for every query against one for all, in a SQLite file.</summary>
[Noisy("file database")]
public class ConnectionPerRowBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1606-{Guid.NewGuid():N}.db");
    private string source = "";
    private int[] ids = [];

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        source = $"Data Source={path};Pooling=False";
        ids = [.. Enumerable.Range(1, N)];
        using var connection = new SqliteConnection(source);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT); INSERT INTO words SELECT value, 'word ' || value FROM json_each($ids)";
        command.Parameters.AddWithValue("$ids", $"[{string.Join(",", ids)}]");
        command.ExecuteNonQuery();
    }

    [GlobalCleanup]
    public void CleanUp() => File.Delete(path);

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var length = 0;
        foreach (var id in ids)
        {
            using var connection = new SqliteConnection(source);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT word FROM words ORDER BY id DESC LIMIT 1";
            length += id + ((string)command.ExecuteScalar()!).Length;
        }

        return length;
    }

    [Benchmark]
    public int After()
    {
        var length = 0;
        using (var connection = new SqliteConnection(source))
        {
            connection.Open();
            foreach (var id in ids)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT word FROM words ORDER BY id DESC LIMIT 1";
                length += id + ((string)command.ExecuteScalar()!).Length;
            }
        }

        return length;
    }
}
