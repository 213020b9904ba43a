using Dapper;
using Microsoft.Data.Sqlite;

namespace Consumer;

/// <summary>The fix makes the rows all or none; .editorconfig allows fix-all to do that in this file.</summary>
internal static class HOT1602
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE words (word TEXT)";
        create.ExecuteNonQuery();

        Save(connection, Data.Words(12));
        SaveWithDapper(database, Data.Words(12));

        using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(word) FROM words";
        return count.ExecuteScalar()!.ToString()!;
    });

    private static void Save(SqliteConnection connection, List<string> words)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO words (word) VALUES ($word)";
        var parameter = insert.Parameters.Add("$word", SqliteType.Text);
        foreach (var word in words)
        {
            parameter.Value = word;
            insert.ExecuteNonQuery(); // HOT1602
        }
    }

    private static void SaveWithDapper(string database, List<string> words)
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        foreach (var word in words)
            connection.Execute("INSERT INTO words (word) VALUES (@word)", new { word }); // HOT1602
    }
}
