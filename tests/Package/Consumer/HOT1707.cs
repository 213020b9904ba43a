using Microsoft.Data.Sqlite;

namespace Consumer;

internal static class HOT1707
{
    public static string Run() => Data.InDatabaseFile(database =>
    {
        using var connection = new SqliteConnection(database);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE words (word TEXT, length INTEGER); INSERT INTO words VALUES ('one', 3), ('three', 5), ('seven', 5)";
        command.ExecuteNonQuery();
        return Has(connection) + "|" + HasLong(connection);
    });

    // Nobody knows what a function of the database does with rows that are not reached any more.
    private static bool HasLong(SqliteConnection connection)
    {
        using var command = new SqliteCommand("SELECT COUNT(*) FROM words WHERE abs(length) > 5", connection);
        return (long)command.ExecuteScalar()! > 0; // HOT1707 stays
    }

    private static bool Has(SqliteConnection connection)
    {
        using var command = new SqliteCommand("SELECT COUNT(*) FROM words WHERE length = 5", connection);
        return (long)command.ExecuteScalar()! > 0; // HOT1707
    }
}
