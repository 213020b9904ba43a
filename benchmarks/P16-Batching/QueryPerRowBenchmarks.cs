using BenchmarkDotNet.Attributes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HotPath.Benchmarks;

/// <summary>HOT1605: EF Core asking for customers one by one against asking once for all, in a SQLite file.</summary>
[Noisy("file database")]
public class QueryPerRowBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1605-{Guid.NewGuid():N}.db");
    private readonly List<int> ids = [];

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        using var shop = new Shop(path);
        shop.Database.EnsureCreated();
        shop.Customers.AddRange(Enumerable.Range(1, N).Select(i => new Customer { Id = i, Name = $"name {i}" }));
        shop.SaveChanges();
        ids.AddRange(Enumerable.Range(0, N).Select(i => 1 + i * 7 % N));
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

        foreach (var id in ids)
        {
            var customer = shop.Customers.FirstOrDefault(customer => customer.Id == id);
            length += customer?.Name.Length ?? 0;
        }

        return length;
    }

    [Benchmark]
    public int After()
    {
        using var shop = new Shop(path);
        var length = 0;
        var customersById = shop.Customers.Where(customer => ids.Contains(customer.Id)).ToDictionary(customer => customer.Id);

        foreach (var id in ids)
        {
            var customer = customersById.GetValueOrDefault(id);
            length += customer?.Name.Length ?? 0;
        }

        return length;
    }

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
