using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>The fix makes the rows all or none, and fix-all is not allowed to here.</summary>
internal static class HOT1604
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var context = new Words(database);
        context.Database.EnsureCreated();
        Save(context, Data.Words(12));
        return context.Entries.Count().ToString();
    });

    private static void Save(Words context, List<string> words)
    {
        foreach (var word in words)
        {
            context.Entries.Add(new Entry { Word = word });
            context.SaveChanges(); // HOT1604 stays
        }
    }

    internal sealed class Words(string database) : DbContext
    {
        public DbSet<Entry> Entries => Set<Entry>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(database);
    }

    internal sealed class Entry
    {
        public int Id { get; set; }

        public string Word { get; set; } = "";
    }
}
