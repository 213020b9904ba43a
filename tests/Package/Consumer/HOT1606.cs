using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Consumer;

/// <summary>A connection moves out of the loop; a context would track all rows, and fix-all is not allowed to do that here.</summary>
internal static class HOT1606
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using (var context = new Words(database))
            context.Database.EnsureCreated();

        var words = Data.Words(12);
        Save(database, words);
        return Count(database, words).ToString();
    });

    private static void Save(string database, List<string> words)
    {
        foreach (var word in words)
        {
            using var context = new Words(database); // HOT1606 stays
            context.Entries.Add(new Entry { Word = word });
            context.SaveChanges();
        }
    }

    private static int Count(string database, List<string> words)
    {
        var length = 0;
        foreach (var word in words)
        {
            using var connection = new SqliteConnection(database); // HOT1606
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM Entries";
            length += word.Length + (int)(long)command.ExecuteScalar()!;
        }

        return length;
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
