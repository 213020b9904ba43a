using Microsoft.EntityFrameworkCore;

namespace Consumer;

internal static class HOT1703
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var store = new Store(database);
        store.Database.EnsureCreated();
        foreach (var word in Data.Words(20))
            store.Entries.Add(new Entry { Word = word, Length = word.Length });

        store.SaveChanges();
        return Count(store) + "|" + Named(store);
    });

    private static int Count(Store store) => store.Entries.ToList().Count(entry => entry.Length == 5); // HOT1703

    // The database compares text in its own way, and fix-all is not allowed to change that here.
    private static int Named(Store store) => store.Entries.AsEnumerable().Where(entry => entry.Word == "word1").Count(); // HOT1703 stays

    internal sealed class Store(string database) : DbContext
    {
        public DbSet<Entry> Entries => Set<Entry>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    // What the database is asked for after the fix has an index.
    [Index(nameof(Length))]
    internal sealed class Entry
    {
        public int Id { get; set; }

        public int Length { get; set; }

        public string Word { get; set; } = "";
    }
}
