using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>The orders of a day are found by the moment itself, for which there is an index.</summary>
internal static class HOT1704
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var shop = new Shop(database);
        shop.Database.EnsureCreated();
        shop.Orders.Add(new Order { Created = new DateTime(2024, 5, 6, 7, 8, 9) });
        shop.Orders.Add(new Order { Created = new DateTime(2024, 5, 7) });
        shop.SaveChanges();
        return OnDay(shop) + "|" + Earlier(shop);
    });

    // Nobody knows how the database adds days.
    private static int Earlier(Shop shop) => shop.Orders.Count(order => order.Created.AddDays(30) < new DateTime(2024, 6, 6)); // HOT1704 stays

    private static int OnDay(Shop shop) => shop.Orders.Count(order => order.Created.Date == new DateTime(2024, 5, 6)); // HOT1704

    internal sealed class Shop(string database) : DbContext
    {
        public DbSet<Order> Orders => Set<Order>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    [Index(nameof(Created))]
    internal sealed class Order
    {
        public int Id { get; set; }

        public DateTime Created { get; set; }
    }
}
