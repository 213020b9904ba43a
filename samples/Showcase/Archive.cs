using Microsoft.EntityFrameworkCore;

namespace Showcase;

/// <summary>A row of the archive.</summary>
public sealed class ArchivedOrder
{
    public int Id { get; set; }

    public int Number { get; set; }

    public string Customer { get; set; } = "";
}

/// <summary>The archive, through EF Core.</summary>
public sealed class Archive : DbContext
{
    private readonly string path;

    public Archive(string path)
    {
        this.path = path;
        Database.EnsureCreated();
    }

    public DbSet<ArchivedOrder> Orders => Set<ArchivedOrder>();

    public int Keep(List<Order> orders)
    {
        foreach (var order in orders)
        {
            Orders.Add(new ArchivedOrder { Number = order.Number, Customer = order.Customer });

            // HOT1604: one round trip and one transaction per order.
            SaveChanges();
        }

        return orders.Count;
    }

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
}
