using Microsoft.Data.Sqlite;

namespace Consumer;

/// <summary>The fix changes what a quote in a value does, and fix-all is not allowed to here.</summary>
internal static class HOT1607
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE words (word TEXT)";
        create.ExecuteNonQuery();
        return Count(connection, Data.Words(12)).ToString();
    });

    private static long Count(SqliteConnection connection, List<string> words)
    {
        var count = 0L;
        using var find = connection.CreateCommand();
        foreach (var word in words)
        {
            find.CommandText = $"SELECT COUNT(*) FROM words WHERE word <> '{word}'"; // HOT1607 stays
            count += (long)find.ExecuteScalar()!; // HOT1605 stays
        }

        return count;
    }
}
