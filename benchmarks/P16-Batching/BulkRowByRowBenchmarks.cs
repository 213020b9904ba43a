using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1609: EF Core loading rows to set a value in each against one statement, in a SQLite file.</summary>
[Noisy("file database")]
public class BulkRowByRowBenchmarks
{
    // Beside the program: a temporary folder may be memory, where commits cost nothing.
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1609-{Guid.NewGuid():N}.db");

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var shop = new Shop(path);
        shop.Database.EnsureCreated();
        shop.Orders.AddRange(Enumerable.Range(0, N).Select(i => new Order { Name = $"order {i}", Amount = i % 10 }));
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

        foreach (var order in shop.Orders)
            order.Amount++;

        shop.SaveChanges();
        return N;
    }

    [Benchmark]
    public int After()
    {
        using var shop = new Shop(path);

        shop.Orders.ExecuteUpdate(s => s.SetProperty(order => order.Amount, order => order.Amount + 1));
        return N;
    }

    public sealed class Order
    {
        public int Id { get; set; }
        public string Name { get; set; } = "";
        public int Amount { get; set; }
    }

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
