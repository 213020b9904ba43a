using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1703: EF Core loading all rows to count some of them against a count in the database.</summary>
[Noisy("file database")]
public class FilterInMemoryBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1703-{Guid.NewGuid():N}.db");

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var shop = new Shop(path);
        shop.Database.EnsureCreated();
        shop.Orders.AddRange(Enumerable.Range(0, N).Select(i => new Order { Shelf = i % 10, Name = $"order {i}", Note = $"note of order {i}" }));
        shop.SaveChanges();
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

        return shop.Orders.ToList().Count(order => order.Shelf == 7);
    }

    [Benchmark]
    public int After()
    {
        using var shop = new Shop(path);

        return shop.Orders.Count(order => order.Shelf == 7);
    }

    [Index(nameof(Shelf))]
    public sealed class Order
    {
        public int Id { get; set; }
        public int Shelf { get; set; }
        public string Name { get; set; } = "";
        public string Note { get; set; } = "";
    }

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
