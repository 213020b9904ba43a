using Microsoft.Data.Sqlite;

namespace Consumer;

/// <summary>The command and its parameters move in front of the loop.</summary>
internal static class HOT1603
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE words (word TEXT)";
        create.ExecuteNonQuery();
        return Save(connection, Data.Words(12)).ToString();
    });

    private static int Save(SqliteConnection connection, List<string> words)
    {
        var stored = 0;
        using var transaction = connection.BeginTransaction();
        foreach (var word in words)
        {
            using var insert = connection.CreateCommand(); // HOT1603
            insert.CommandText = "INSERT INTO words (word) VALUES ($word)";
            insert.Parameters.AddWithValue("$word", word);
            stored += insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return stored;
    }
}
