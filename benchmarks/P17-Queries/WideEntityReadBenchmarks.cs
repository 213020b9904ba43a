using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1705: EF Core loading whole entities to read one value against a projection to it.</summary>
[Noisy("file database")]
public class WideEntityReadBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1705-{Guid.NewGuid():N}.db");

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var shop = new Shop(path);
        shop.Database.EnsureCreated();
        shop.Orders.AddRange(Enumerable.Range(0, N).Select(i => new Order { Name = $"order {i}", Note = $"note of order {i}", Street = $"street {i}", City = $"city {i}", Country = "country", Shelf = i % 10, Amount = i, Weight = i, IsOpen = i % 2 == 0 }));
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

        var length = 0;
        foreach (var order in shop.Orders.ToList())
            length += order.Name.Length;

        return length;
    }

    [Benchmark]
    public int After()
    {
        using var shop = new Shop(path);

        var length = 0;
        foreach (var order in shop.Orders.Select(order => new { order.Name }).ToList())
            length += order.Name.Length;

        return length;
    }

    public sealed class Order
    {
        public int Id { get; set; }
        public string Name { get; set; } = "";
        public string Note { get; set; } = "";
        public string Street { get; set; } = "";
        public string City { get; set; } = "";
        public string Country { get; set; } = "";
        public int Shelf { get; set; }
        public int Amount { get; set; }
        public double Weight { get; set; }
        public bool IsOpen { get; set; }
    }

    public sealed class Shop(string path) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
    }
}
