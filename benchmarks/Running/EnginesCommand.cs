using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

// Slow on purpose.
#pragma warning disable HOT1601, HOT1602, HOT1603, HOT1605, HOT1606, HOT1607, HOT1610

namespace HotPath.Benchmarks;

/// <summary>
/// What work per row costs on engines that the benchmarks of the rules do not use: SQLite with a write-ahead log, and PostgreSQL over a socket, where every statement is a round trip.
/// Each pair is what one rule finds and what it asks for.
/// </summary>
public static class EnginesCommand
{
    private const int Rounds = 5;
    private const string Usage = "Usage: engines [rows, 100 unless given]";

    /// <returns>The exit code: 1 for arguments that are none of its own.</returns>
    public static int Run(string[] arguments)
    {
        var rows = 100;
        if (arguments is not [] && !(arguments is [var text] && int.TryParse(text, CultureInfo.InvariantCulture, out rows) && rows is > 0 and <= 10_000))
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        Console.WriteLine($"{rows} rows, the best of {Rounds} rounds");
        OnSqlite("SQLite, file", "DELETE", rows);
        OnSqlite("SQLite, file, WAL", "WAL", rows);

        using var server = PostgresServer.Start(out var why);
        if (server is null)
            Console.WriteLine($"PostgreSQL is left out: {why}");
        else
            Measure("PostgreSQL, socket", () => new NpgsqlConnection(server.Connection), rows);

        return 0;
    }

    private static void OnSqlite(string engine, string journal, int rows)
    {
        // Beside the program: a temporary folder may be memory, where commits cost nothing.
        var path = Path.Combine(AppContext.BaseDirectory, $"engines-{Guid.NewGuid():N}.db");
        try
        {
            using (var first = new SqliteConnection($"Data Source={path}"))
            {
                first.Open();
                Execute(first, $"PRAGMA journal_mode = {journal}");
            }

            Measure(engine, () => new SqliteConnection($"Data Source={path}"), rows);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
                File.Delete(file);
        }
    }

    private static void Measure(string engine, Func<DbConnection> connect, int rows)
    {
        using var connection = connect();
        connection.Open();
        Execute(connection, "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
        Execute(connection, "CREATE TABLE log (name TEXT NOT NULL)");
        for (var id = 0; id < rows; id++)
            Execute(connection, $"INSERT INTO customers VALUES ({id}, 'name {id}')");

        Pair(engine, "HOT1601, HOT1602", "a commit per row", "one commit", () => Insert(connection, rows, inOne: false), () => Insert(connection, rows, inOne: true));
        Pair(engine, "HOT1603", "a command per row", "one command", () => Find(connection, rows, Command.PerRow), () => Find(connection, rows, Command.Shared));
        Pair(engine, "HOT1605", "a query per row", "one query", () => Find(connection, rows, Command.Shared), () => FindAll(connection, rows));
        Pair(engine, "HOT1606", "a connection per row", "one connection", () => Reconnect(connect, rows), () => Find(connection, rows, Command.PerRow));
        Pair(engine, "HOT1607", "values in the text", "parameters", () => Find(connection, rows, Command.Spliced), () => Find(connection, rows, Command.Shared));
    }

    private enum Command
    {
        PerRow,
        Shared,
        Spliced,
    }

    private static void Pair(string engine, string rule, string before, string after, Func<long> slow, Func<long> fast)
    {
        var (beforeTime, afterTime) = (Best(slow, out var found), Best(fast, out var same));
        if (found != same)
            throw new InvalidOperationException($"{engine}, {rule}: {found} rows before, {same} after");

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine,-20} {rule,-17} {before,-21} {beforeTime.TotalMilliseconds,9:N2} ms   {after,-15} {afterTime.TotalMilliseconds,9:N2} ms   {beforeTime / afterTime,6:N1}×"));
    }

    private static TimeSpan Best(Func<long> work, out long result)
    {
        var best = TimeSpan.MaxValue;
        result = work();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            result = work();
            var time = Stopwatch.GetElapsedTime(start);
            best = time < best ? time : best;
        }

        return best;
    }

    private static long Insert(DbConnection connection, int rows, bool inOne)
    {
        using var transaction = inOne ? connection.BeginTransaction() : null;
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO log VALUES (@name)";
        var name = Parameter(command, "@name");
        var stored = 0L;
        for (var id = 0; id < rows; id++)
        {
            name.Value = $"name {id}";
            stored += command.ExecuteNonQuery();
        }

        transaction?.Commit();
        return stored;
    }

    private static long Find(DbConnection connection, int rows, Command kind)
    {
        const string sql = "SELECT name FROM customers WHERE id = @id";
        using var shared = connection.CreateCommand();
        shared.CommandText = sql;
        var sharedId = kind == Command.Shared ? Parameter(shared, "@id") : null;
        var length = 0L;
        for (var id = 0; id < rows; id++)
        {
            switch (kind)
            {
                case Command.PerRow:
                    using (var own = connection.CreateCommand())
                    {
                        own.CommandText = sql;
                        Parameter(own, "@id").Value = id;
                        length += ((string)own.ExecuteScalar()!).Length;
                    }

                    continue;

                case Command.Spliced:
                    shared.CommandText = $"SELECT name FROM customers WHERE id = {id}";
                    break;

                default:
                    sharedId!.Value = id;
                    break;
            }

            length += ((string)shared.ExecuteScalar()!).Length;
        }

        return length;
    }

    private static long FindAll(DbConnection connection, int rows)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT name FROM customers WHERE id IN ({string.Join(", ", Enumerable.Range(0, rows).Select(id => $"@id{id}"))})";
        for (var id = 0; id < rows; id++)
            Parameter(command, $"@id{id}").Value = id;

        var length = 0L;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            length += reader.GetString(0).Length;

        return length;
    }

    private static long Reconnect(Func<DbConnection> connect, int rows)
    {
        var length = 0L;
        for (var id = 0; id < rows; id++)
        {
            using var connection = connect();
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name FROM customers WHERE id = @id";
            Parameter(command, "@id").Value = id;
            length += ((string)command.ExecuteScalar()!).Length;
        }

        return length;
    }

    private static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
