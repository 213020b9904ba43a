using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>The fix bypasses change tracking, and fix-all is not allowed to here.</summary>
internal static class HOT1609
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using (var filled = new Drawer(database))
        {
            filled.Database.EnsureCreated();
            foreach (var word in Data.Words(12))
                filled.Cards.Add(new Card { Word = word });

            filled.SaveChanges();
        }

        using var drawer = new Drawer(database);
        Clear(drawer);
        return drawer.Cards.Count().ToString();
    });

    private static void Clear(Drawer drawer)
    {
        drawer.RemoveRange(drawer.Cards.Where(card => card.Word != "word7")); // HOT1609 stays
        drawer.SaveChanges();
    }

    internal sealed class Drawer(string database) : DbContext
    {
        public DbSet<Card> Cards => Set<Card>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    internal sealed class Card
    {
        public int Id { get; set; }

        public string Word { get; set; } = "";
    }
}
