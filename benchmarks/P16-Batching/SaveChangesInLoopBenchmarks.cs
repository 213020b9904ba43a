using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1604: EF Core saving after every row against saving once, in a SQLite file.</summary>
[Noisy("file database: every commit waits for the disk")]
public class SaveChangesInLoopBenchmarks
{
    // Beside the program: a temporary folder may be memory, where commits cost nothing.
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1604-{Guid.NewGuid():N}.db");
    private string[] names = [];

    [Params(10, 100)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names = [.. Enumerable.Range(0, N).Select(i => $"name {i}")];
        using var shop = new Shop(path);
        shop.Database.EnsureCreated();
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

        foreach (var name in names)
        {
            shop.Customers.Add(new Customer { Name = name });
            shop.SaveChanges();
        }

        return Stored(shop);
    }

    [Benchmark]
    public int After()
    {
        using var shop = new Shop(path);

        foreach (var name in names)
        {
            shop.Customers.Add(new Customer { Name = name });
        }

        shop.SaveChanges();

        return Stored(shop);
    }

    private static int Stored(Shop shop) => shop.ChangeTracker.Entries().Count(entry => entry.State == EntityState.Unchanged);

    public sealed class Customer
    {
        public int Id { get; set; }
        public string Name { get; set; } = "";
    }

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<Customer> Customers => Set<Customer>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
