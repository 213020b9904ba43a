using Microsoft.Data.Sqlite;

namespace Consumer;

/// <summary>The commit and the query are in methods of their own; there is no fix.</summary>
internal static class HOT1610
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE words (word TEXT)";
        create.ExecuteNonQuery();

        var words = Data.Words(12);
        foreach (var word in words)
            Store(connection, word); // HOT1610 stays

        var found = 0;
        foreach (var word in words)
            found += IsStored(connection, word) ? 1 : 0; // HOT1610 stays

        return $"{found} of {words.Count}";
    });

    private static void Store(SqliteConnection connection, string word)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO words (word) VALUES ($word)";
        insert.Parameters.AddWithValue("$word", word);
        insert.ExecuteNonQuery();
        transaction.Commit();
    }

    private static bool IsStored(SqliteConnection connection, string word)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT word FROM words WHERE word = $word";
        select.Parameters.AddWithValue("$word", word);
        using var reader = select.ExecuteReader();
        return reader.Read();
    }
}
