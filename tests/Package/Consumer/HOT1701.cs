using Microsoft.Data.Sqlite;

namespace Consumer;

internal static class HOT1701
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE parts (id INTEGER PRIMARY KEY, name TEXT, color TEXT, picture BLOB); INSERT INTO parts VALUES (1, 'nut', 'red', x'00'), (2, 'bolt', 'blue', x'01')";
        command.ExecuteNonQuery();
        return Blue(connection) + "|" + Names(connection);
    });

    // What is read in the order of the columns depends on that order.
    private static string Blue(SqliteConnection connection)
    {
        using var command = new SqliteCommand("SELECT * FROM parts WHERE color = 'blue'", connection); // HOT1701 stays
        using var reader = command.ExecuteReader(System.Data.CommandBehavior.SequentialAccess);
        return reader.Read() ? (string)reader["name"] : "";
    }

    private static string Names(SqliteConnection connection)
    {
        var names = new List<string>();
        using var command = new SqliteCommand("SELECT * FROM parts ORDER BY name", connection); // HOT1701
        using var reader = command.ExecuteReader();
        while (reader.Read())
            names.Add((string)reader["name"]);

        return string.Join(",", names);
    }
}
