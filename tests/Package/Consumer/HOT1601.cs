using Microsoft.Data.Sqlite;

namespace Consumer;

/// <summary>The fix makes the rows all or none, and fix-all is not allowed to here.</summary>
internal static class HOT1601
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE words (word TEXT)";
        create.ExecuteNonQuery();

        Save(connection, Data.Words(12));

        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(word) FROM words";
        return count.ExecuteScalar()!.ToString()!;
    });

    private static void Save(SqliteConnection connection, List<string> words)
    {
        foreach (var word in words)
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT INTO words (word) VALUES ($word)";
            insert.Parameters.AddWithValue("$word", word);
            insert.ExecuteNonQuery();
            transaction.Commit(); // HOT1601 stays
        }
    }
}
