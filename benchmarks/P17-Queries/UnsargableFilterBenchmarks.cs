using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1704: EF Core counting the orders of a day by what a function makes of each moment against the moments themselves, which have an index.</summary>
[Noisy("file database")]
public class UnsargableFilterBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1704-{Guid.NewGuid():N}.db");

    private Shop shop = null!;

    [Params(1_000, 100_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        shop = new(path);
        shop.Database.EnsureCreated();

        // A hundred orders a day, as EF Core would have stored them.
        shop.Database.ExecuteSql($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {N}) INSERT INTO Orders (Id, Created) SELECT i, strftime('%Y-%m-%d %H:%M:%S', '2024-05-01', (i / 100) || ' days', (i % 100) || ' minutes') FROM n");
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        shop.Dispose();
        SqliteConnection.ClearAllPools();
        File.Delete(path);
    }

    [Benchmark(Baseline = true)]
    public int Before() => shop.Orders.Count(order => order.Created.Date == new DateTime(2024, 5, 6));

    [Benchmark]
    public int After() => shop.Orders.Count(order => order.Created >= new DateTime(2024, 5, 6) && order.Created < new DateTime(2024, 5, 6).AddDays(1));

    [Index(nameof(Created))]
    public sealed class Order
    {
        public int Id { get; set; }
        public DateTime Created { get; set; }
    }

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
