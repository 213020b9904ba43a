using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;

namespace HotPath.Benchmarks;

/// <summary>HOT1702: one row of a SQLite file found by a column without an index, and by the same column with one, without what EF Core adds to both.</summary>
[Noisy("file database")]
public class UnindexedFilterBenchmarks
{
    /// <summary>The example of the page: the fix edits the model, not the query.</summary>
    public const string BeforeSource = """
        using Microsoft.EntityFrameworkCore;

        public class Customer
        {
            public int Id { get; set; }
            public string Email { get; set; } = "";
        }

        public class Shop : DbContext
        {
            public DbSet<Customer> Customers => Set<Customer>();

            public Customer? Find(string email) => Customers.FirstOrDefault(customer => customer.Email == email);
        }
        """;

    /// <summary>What the fix makes of it.</summary>
    public const string AfterSource = """
        using Microsoft.EntityFrameworkCore;

        [Index(nameof(Email))]
        public class Customer
        {
            public int Id { get; set; }
            public string Email { get; set; } = "";
        }

        public class Shop : DbContext
        {
            public DbSet<Customer> Customers => Set<Customer>();

            public Customer? Find(string email) => Customers.FirstOrDefault(customer => customer.Email == email);
        }
        """;

    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1702-{Guid.NewGuid():N}.db");
    private SqliteConnection connection = null!;
    private SqliteCommand inPlain = null!;
    private SqliteCommand inIndexed = null!;

    [Params(1_000, 100_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        connection = new SqliteConnection($"Data Source={path}");
        connection.Open();

        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE Plain (Id INTEGER PRIMARY KEY, Email TEXT NOT NULL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {N}) INSERT INTO Plain SELECT i, 'customer' || i || '@example.com' FROM n;
            CREATE TABLE Indexed (Id INTEGER PRIMARY KEY, Email TEXT NOT NULL);
            INSERT INTO Indexed SELECT * FROM Plain;
            CREATE INDEX Indexed_Email ON Indexed(Email);
            """;
        command.ExecuteNonQuery();

        inPlain = Find("Plain");
        inIndexed = Find("Indexed");

        SqliteCommand Find(string table)
        {
            var find = connection.CreateCommand();
            find.CommandText = $"SELECT Id FROM {table} WHERE Email = @email";
            find.Parameters.AddWithValue("@email", $"customer{N / 2}@example.com");
            return find;
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        inPlain.Dispose();
        inIndexed.Dispose();
        connection.Dispose();
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Benchmark(Baseline = true)]
    public long Before() => (long)inPlain.ExecuteScalar()!;

    [Benchmark]
    public long After() => (long)inIndexed.ExecuteScalar()!;
}
