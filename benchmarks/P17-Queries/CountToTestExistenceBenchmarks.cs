using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1707: EF Core counting rows to learn whether there is one against asking for one.</summary>
[Noisy("file database")]
public class CountToTestExistenceBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1707-{Guid.NewGuid():N}.db");

    private Shop shop = null!;

    [Params(1_000, 100_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        shop = new(path);
        shop.Database.EnsureCreated();
        shop.Database.ExecuteSql($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {N}) INSERT INTO Orders (Id, Shelf, Name) SELECT i, i % 10, 'order ' || i FROM n");
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        shop.Dispose();
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Benchmark(Baseline = true)]
    public bool Before() => shop.Orders.Count(order => order.Shelf > 4) > 0;

    [Benchmark]
    public bool After() => shop.Orders.Any(order => order.Shelf > 4);

    [Index(nameof(Shelf))]
    public sealed class Order
    {
        public int Id { get; set; }
        public int Shelf { get; set; }
        public string Name { get; set; } = "";
    }

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
