using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>The fix takes the entities out of the context, and fix-all is not allowed to here.</summary>
internal static class HOT1706
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using (var filled = new Store(database))
        {
            filled.Database.EnsureCreated();
            foreach (var word in Data.Words(20))
                filled.Notes.Add(new Note { Title = word, Text = word + word });

            filled.SaveChanges();
        }

        using var store = new Store(database);
        return Length(store);
    });

    private static string Length(Store store)
    {
        var length = 0;
        foreach (var note in store.Notes.ToList()) // HOT1706 stays
            length += note.Title.Length + note.Text.Length;

        return length.ToString();
    }

    internal sealed class Store(string database) : DbContext
    {
        public DbSet<Note> Notes => Set<Note>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    internal sealed class Note
    {
        public int Id { get; set; }

        public string Title { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
