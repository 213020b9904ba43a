using Microsoft.EntityFrameworkCore;

namespace Consumer;

internal static class HOT1705
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using (var filled = new Store(database))
        {
            filled.Database.EnsureCreated();
            foreach (var word in Data.Words(20))
                filled.Pages.Add(new Page { Title = word, Text = word + word, Author = word, Lines = word.Length });

            filled.SaveChanges();
        }

        using var store = new Store(database);
        return Titles(store);
    });

    private static string Titles(Store store)
    {
        var length = 0;
        foreach (var page in store.Pages.ToList()) // HOT1705
            length += page.Title.Length;

        return length.ToString();
    }

    internal sealed class Store(string database) : DbContext
    {
        public DbSet<Page> Pages => Set<Page>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    internal sealed class Page
    {
        public int Id { get; set; }

        public string Title { get; set; } = "";

        public string Text { get; set; } = "";

        public string Author { get; set; } = "";

        public int Lines { get; set; }
    }
}
