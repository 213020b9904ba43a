using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1702: one row of a SQLite file found by a column without an index, and by the same column with one, through EF Core.</summary>
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
    private string wanted = "";

    [Params(1_000, 100_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        wanted = $"customer{N / 2}@example.com";
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();

        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TABLE Plain (Id INTEGER PRIMARY KEY, Email TEXT NOT NULL);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {N}) INSERT INTO Plain SELECT i, 'customer' || i || '@example.com' FROM n;
            CREATE TABLE Indexed AS SELECT * FROM Plain;
            CREATE UNIQUE INDEX Indexed_Id ON Indexed(Id);
            CREATE INDEX Indexed_Email ON Indexed(Email);
            """;
        command.ExecuteNonQuery();
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        using var shop = new Shop(path);
        return shop.Plain.First(row => row.Email == wanted).Id;
    }

    [Benchmark]
    public int After()
    {
        using var shop = new Shop(path);
        return shop.Indexed.First(row => row.Email == wanted).Id;
    }

    public class Row
    {
        public int Id { get; set; }
        public string Email { get; set; } = "";
    }

    public sealed class PlainRow : Row;

    [Index(nameof(Email))]
    public sealed class IndexedRow : Row;

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<PlainRow> Plain => Set<PlainRow>();

        public DbSet<IndexedRow> Indexed => Set<IndexedRow>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
