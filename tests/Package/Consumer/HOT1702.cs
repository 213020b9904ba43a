using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>The address that customers are found by gets an index.</summary>
internal static class HOT1702
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var shop = new Shop(database);
        shop.Database.EnsureCreated();
        shop.Customers.Add(new Customer { Email = "a@example.com" });
        shop.SaveChanges();
        return Find(shop, "a@example.com");
    });

    private static string Find(Shop shop, string email) => shop.Customers.First(customer => customer.Email == email).Email; // HOT1702

    internal sealed class Shop(string database) : DbContext
    {
        public DbSet<Customer> Customers => Set<Customer>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    internal sealed class Customer
    {
        public int Id { get; set; }

        public string Email { get; set; } = "";
    }
}
