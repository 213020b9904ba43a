using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class AutocommitPerRowTests : RuleTests<AutocommitPerRowAnalyzer, AutocommitPerRowFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.Dapper;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    /// <summary>Statements in a method that has a connection of its own, an open one.</summary>
    private static string InMethod(string statements, string members = "") => $$"""
        using System.Data;
        using System.Data.Common;
        using System.Transactions;
        using Dapper;
        using Microsoft.Data.Sqlite;

        class Row
        {
            public string Name { get; set; } = "";
            public int Age { get; set; }
        }

        class C
        {
            {{members}}

            async Task M(List<Row> rows, string path, string table, CancellationToken cancellationToken)
            {
                using var connection = new SqliteConnection($"Data Source={path}");
                connection.Open();
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    /// <summary>A program that makes a database, runs the statements on it, and gives back all rows in the order they were stored.</summary>
    private static string Program(string statements, string members = "") => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            {{members}}

            static async Task<string> Run(string path, List<string> names)
            {
                using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
                connection.Open();
                Do(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER)");
                try
                {
                    await Store(path, names);
                }
                catch (SqliteException e)
                {
                    Trace.Log(e.SqliteErrorCode);
                }

                return All(connection);
            }

            static async Task Store(string path, List<string> names)
            {
                using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
                connection.Open();
                {{statements}}
                await Task.Yield();
            }

            static void Do(SqliteConnection connection, string text)
            {
                using var command = connection.CreateCommand();
                command.CommandText = text;
                command.ExecuteNonQuery();
            }

            static string All(SqliteConnection connection)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT id, name, n FROM t ORDER BY id";
                using var reader = command.ExecuteReader();
                var all = new StringBuilder();
                while (reader.Read())
                    all.Append(reader.GetInt64(0)).Append(':').Append(reader.GetString(1)).Append('=').Append(reader.IsDBNull(2) ? -1 : reader.GetInt64(2)).Append(' ');

                return all.ToString();
            }
        }
        """;

    private static readonly Arguments[] Inputs = [[NewFile, Array.Empty<string>()], [NewFile, new[] { "a" }], [NewFile, new[] { "b", "'; DROP TABLE t", "c", "ß" }]];

    // What is reported.

    [Fact]
    public Task The_command_is_made_before_the_loop() => ReportsWarning(InMethod("""
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO t (name) VALUES ($name)";
        var name = command.Parameters.Add("$name", SqliteType.Text);
        foreach (var row in rows)
        {
            name.Value = row.Name;
            [|command.ExecuteNonQuery()|];
        }
        """), "'command.ExecuteNonQuery()' commits on its own in every iteration of the loop over 'rows', and each commit waits for the disk; run all rows in one transaction");

    [Theory]
    [InlineData("foreach (var row in rows) { using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; command.Parameters.AddWithValue(\"$name\", row.Name); [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var row in rows) { using (var command = new SqliteCommand(\"UPDATE t SET name = 'a'\", connection)) { [|command.ExecuteNonQuery()|]; } }")]
    [InlineData("foreach (var row in rows) [|new SqliteCommand(\"DELETE FROM t\", connection).ExecuteNonQuery()|];")]
    [InlineData("foreach (var row in rows) { var command = new SqliteCommand { CommandText = \"DELETE FROM t\", Connection = connection }; [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var row in rows) { var command = new SqliteCommand(); command.Connection = connection; command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var row in rows) { using IDbCommand command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var row in rows) { await using DbCommand command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; await [|command.ExecuteNonQueryAsync(cancellationToken)|]; }")]
    [InlineData("var command = new SqliteCommand(\"INSERT INTO t (name) VALUES ('a') RETURNING id\", connection); for (var i = 0; i < rows.Count; i++) { var id = [|command.ExecuteScalar()|]; }")]
    [InlineData("var command = new SqliteCommand(\"INSERT INTO t (name) VALUES ('a'); SELECT last_insert_rowid()\", connection); for (var i = 0; i < rows.Count; i++) { var id = await [|command.ExecuteScalarAsync()|]; }")]
    [InlineData("var command = new SqliteCommand(\"INSERT INTO t (name) VALUES ('a')\", connection); rows.ForEach(row => [|command.ExecuteNonQuery()|]);")]
    [InlineData("var command = new SqliteCommand(\"INSERT INTO t (name) VALUES ('a')\", connection); var all = rows.Select(row => [|command.ExecuteNonQuery()|]).ToList();")]
    [InlineData("var command = new SqliteCommand($\"INSERT INTO {table} (name) VALUES ('a')\", connection); foreach (var row in rows) [|command.ExecuteNonQuery()|];")]
    [InlineData("var text = \"INSERT INTO \" + table + \" (name) VALUES ('a')\"; var command = new SqliteCommand(text, connection); foreach (var row in rows) [|command.ExecuteNonQuery()|];")]
    [InlineData("foreach (var row in rows) { var text = \"INSERT INTO t (name) VALUES ($name)\"; var command = new SqliteCommand(text, connection); [|command.ExecuteNonQuery()|]; }")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = \"CREATE TABLE t (name)\"; command.ExecuteNonQuery(); command.CommandText = \"DELETE FROM t\"; foreach (var row in rows) [|command.ExecuteNonQuery()|];")]
    [InlineData("var command = connection.CreateCommand(); foreach (var row in rows) { command.CommandText = \"DELETE FROM t\"; [|command.ExecuteNonQuery()|]; command.CommandText = \"UPDATE t SET name = 'b'\"; [|command.ExecuteNonQuery()|]; }")]
    [InlineData("foreach (var row in rows) [|connection.Execute(\"INSERT INTO t (name) VALUES (@Name)\", row)|];")]
    [InlineData("foreach (var row in rows) [|connection.Execute(\"INSERT INTO t (name) VALUES (@Name)\", row, null)|];")]
    [InlineData("foreach (var row in rows) await [|connection.ExecuteAsync(sql: \"INSERT INTO t (name) VALUES (@Name)\", param: row)|];")]
    [InlineData("foreach (var row in rows) [|connection.Execute(Insert, row)|];")]
    [InlineData("IDbConnection other = connection; foreach (var row in rows) [|other.Execute(\"INSERT INTO t (name) VALUES (@Name)\", row)|];")]
    [InlineData("using (var tx = connection.BeginTransaction()) { tx.Commit(); } foreach (var row in rows) [|connection.Execute(Insert, row)|];")]
    [InlineData("using var tx = connection.BeginTransaction(); tx.Commit(); foreach (var row in rows) [|connection.Execute(Insert, row)|];")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM t\", connection); foreach (var row in rows) { try { [|command.ExecuteNonQuery()|]; } catch (SqliteException) { Console.WriteLine(row.Name); } }")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM t\", connection); string? line; var reader = new StringReader(path); while ((line = reader.ReadLine()) != null) [|command.ExecuteNonQuery()|];")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM t\", connection); foreach (var row in rows) { Fill(command, row); [|command.ExecuteNonQuery()|]; }")]
    public Task Every_form(string statements) => ReportsWarning(InMethod(statements, """
        const string Insert = "INSERT INTO t (name) VALUES (@Name)";
            static void Fill(SqliteCommand command, Row row) { command.Parameters.Clear(); command.Parameters.AddWithValue("$name", row.Name); }
        """));

    [Theory]
    [InlineData("SqliteConnection connection, List<string> names", "connection")]
    [InlineData("IDbConnection connection, IEnumerable<string> names", "connection")]
    [InlineData("DbConnection connection, string[] names", "connection")]
    [InlineData("string[] names", "this.field")]
    [InlineData("string[] names", "Property")]
    public Task Whatever_holds_the_connection(string parameters, string connection) => Reports($$"""
        using System.Data;
        using System.Data.Common;
        using Microsoft.Data.Sqlite;

        class C(SqliteConnection first)
        {
            readonly SqliteConnection field = first;
            SqliteConnection Property { get; } = first;

            void M({{parameters}})
            {
                foreach (var name in names)
                {
                    using var command = {{connection}}.CreateCommand();
                    command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                    [|command.ExecuteNonQuery()|];
                }
            }
        }
        """);

    [Fact]
    public Task Wherever_it_stands() => ReportsEverywhere("""
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=a.db"))
        {
            connection.Open();
            var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM t";
            foreach (var file in Directory.GetFiles("."))
                [|command.ExecuteNonQuery()|];
        }
        """);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_older_frameworks(bool framework)
    {
        var target = framework ? Target.Net472.CSharp(7) : Target.NetStandard20.CSharp(7);
        await new WithoutProvider().FixesThere(target);
    }

    private sealed class WithoutProvider : RuleTests<AutocommitPerRowAnalyzer, AutocommitPerRowFix>
    {
        public Task FixesThere(Target target) => Fixes("""
            using System.Collections.Generic;
            using System.Data;
            using System.Data.Common;
            using System.Threading.Tasks;

            class C
            {
                async Task M(DbProviderFactory factory, List<string> names)
                {
                    using (var connection = factory.CreateConnection())
                    {
                        connection.Open();
                        using (var command = connection.CreateCommand())
                        {
                            command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                            foreach (var name in names)
                            {
                                await [|command.ExecuteNonQueryAsync()|];
                            }
                        }
                    }
                }
            }
            """, """
            using System.Collections.Generic;
            using System.Data;
            using System.Data.Common;
            using System.Threading.Tasks;

            class C
            {
                async Task M(DbProviderFactory factory, List<string> names)
                {
                    using (var connection = factory.CreateConnection())
                    {
                        connection.Open();
                        using (var command = connection.CreateCommand())
                        {
                            command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                            using (var transaction = connection.BeginTransaction())
                            {
                                command.Transaction = transaction;
                                foreach (var name in names)
                                {
                                    await command.ExecuteNonQueryAsync();
                                }

                                transaction.Commit();
                            }
                        }
                    }
                }
            }
            """, changes: true, target: target);
    }

    // What is not.

    [Theory]
    [InlineData("using var tx = connection.BeginTransaction(); var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; command.Transaction = tx; foreach (var row in rows) command.ExecuteNonQuery(); tx.Commit();")]
    [InlineData("using var tx = connection.BeginTransaction(); foreach (var row in rows) { using var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; command.ExecuteNonQuery(); } tx.Commit();")]
    [InlineData("using (var tx = await connection.BeginTransactionAsync()) { foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row); await tx.CommitAsync(); }")]
    [InlineData("using var tx = connection.BeginTransaction(); foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row, tx); tx.Commit();")]
    [InlineData("foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row, transaction: Current());")]
    [InlineData("foreach (var row in rows) { var command = new SqliteCommand(\"DELETE FROM t\", connection, Current()); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var row in rows) { var command = new SqliteCommand(\"DELETE FROM t\", connection) { Transaction = Current() }; command.ExecuteNonQuery(); }")]
    [InlineData("using var scope = new TransactionScope(); foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row); scope.Complete();")]
    [InlineData("connection.Execute(\"BEGIN\"); foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row); connection.Execute(\"COMMIT\");")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = \"BEGIN TRANSACTION\"; command.ExecuteNonQuery(); command.CommandText = \"DELETE FROM t\"; foreach (var row in rows) command.ExecuteNonQuery();")]
    [InlineData("InTransaction(() => { foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row); });")]
    [InlineData("using var tx = connection.BeginTransaction(); if (rows.Count > 5) tx.Commit(); foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row);")]
    public Task A_transaction_is_open(string statements) => Reports(InMethod(statements, "static SqliteTransaction? Current() => null; static void InTransaction(Action action) => action();"));

    [Theory]
    [InlineData("void M(SqliteConnection connection, SqliteTransaction tx, List<string> names)", "")]
    [InlineData("void M(SqliteConnection connection, List<string> names)", "SqliteTransaction? current;")]
    [InlineData("void M(SqliteConnection connection, List<string> names)", "System.Data.IDbTransaction? Current { get; set; }")]
    [InlineData("[Transactional] void M(SqliteConnection connection, List<string> names)", "class TransactionalAttribute : Attribute { }")]
    [InlineData("void StoreInTransaction(SqliteConnection connection, List<string> names)", "")]
    public Task Somebody_else_handles_the_transaction(string method, string members) => Reports($$"""
        #pragma warning disable CS0169
        using Microsoft.Data.Sqlite;

        class C
        {
            {{members}}

            {{method}}
            {
                foreach (var name in names)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                    command.ExecuteNonQuery();
                }
            }
        }
        """);

    [Theory]
    [InlineData("CREATE TABLE t (name TEXT)")]
    [InlineData("DROP TABLE t")]
    [InlineData("ALTER TABLE t ADD x")]
    [InlineData("PRAGMA wal_checkpoint")]
    [InlineData("SELECT 1")]
    [InlineData("EXEC Insert")]
    [InlineData("VACUUM")]
    [InlineData("BEGIN; DELETE FROM t; COMMIT")]
    public Task Other_statements(string text) => Reports(InMethod($$"""
        var command = new SqliteCommand("{{text}}", connection);
        foreach (var row in rows)
            command.ExecuteNonQuery();

        foreach (var row in rows)
            connection.Execute("{{text}}");
        """));

    [Theory]
    [InlineData("foreach (var row in rows) { var command = new SqliteCommand($\"DELETE FROM t WHERE name = '{row.Name}'\", connection); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var row in rows) { var command = new SqliteCommand(row.Name, connection); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var text in new List<string>(File.ReadLines(path))) connection.Execute(text);")]
    [InlineData("var command = connection.CreateCommand(); foreach (var row in rows) { command.CommandText = \"DELETE FROM t WHERE n = \" + row.Age; command.ExecuteNonQuery(); }")]
    [InlineData("var command = connection.CreateCommand(); foreach (var row in rows) { if (row.Age > 1) command.CommandText = \"DELETE FROM t\"; command.ExecuteNonQuery(); }")]
    [InlineData("var command = connection.CreateCommand(); command.CommandText = \"DELETE FROM t\"; foreach (var row in rows) { command.ExecuteNonQuery(); command.CommandText = row.Name; }")]
    [InlineData("foreach (var row in rows) connection.Execute(\"Insert\", row, commandType: CommandType.StoredProcedure);")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM t\", connection); command.CommandType = CommandType.StoredProcedure; foreach (var row in rows) command.ExecuteNonQuery();")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM t\", connection); Elsewhere = command; foreach (var row in rows) command.ExecuteNonQuery();")]
    [InlineData("var command = new SqliteCommand(\"DELETE FROM t\", connection); Set(command); foreach (var row in rows) command.ExecuteNonQuery();")]
    public Task A_text_that_varies_or_is_not_known(string statements) => Reports(InMethod(statements, "SqliteCommand? Elsewhere { get; set; } static void Set(SqliteCommand command) => command.CommandText = \"SELECT 1\";"));

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=shared;Mode=Memory;Cache=Shared")]
    public async Task A_database_in_memory(string connectionString)
    {
        await Reports($$"""
            using Microsoft.Data.Sqlite;

            class C
            {
                const string Source = "{{connectionString}}";
                static readonly string Other = Source;
                readonly SqliteConnection field = new SqliteConnection(Source);

                void Direct(List<string> names)
                {
                    using var connection = new SqliteConnection("{{connectionString}}");
                    var command = new SqliteCommand("DELETE FROM t", connection);
                    foreach (var name in names)
                        command.ExecuteNonQuery();
                }

                void Field(List<string> names)
                {
                    var command = new SqliteCommand("DELETE FROM t", field);
                    foreach (var name in names)
                        command.ExecuteNonQuery();
                }

                void Followed(List<string> names)
                {
                    using var connection = new SqliteConnection(Other);
                    var command = new SqliteCommand("DELETE FROM t", connection);
                    foreach (var name in names)
                        command.ExecuteNonQuery();
                }

                SqliteConnection Open()
                {
                    var connection = new SqliteConnection("{{connectionString}}");
                    connection.Open();
                    return connection;
                }

                void Factory(List<string> names)
                {
                    using var connection = Open();
                    var command = new SqliteCommand("DELETE FROM t", connection);
                    foreach (var name in names)
                        command.ExecuteNonQuery();
                }
            }
            """);
    }

    [Theory]
    [InlineData("foreach (var row in rows) { using var own = new SqliteConnection(path); own.Open(); own.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var row in rows) { connection.Open(); connection.Execute(\"DELETE FROM t\"); connection.Close(); }")]
    [InlineData("foreach (var row in rows) New().Execute(\"DELETE FROM t\");")]
    [InlineData("foreach (var row in rows) Fresh.Execute(\"DELETE FROM t\");")]
    [InlineData("Parallel.ForEach(rows, row => connection.Execute(\"DELETE FROM t\", row));")]
    public Task A_connection_per_row(string statements) => Reports(InMethod(statements, "static SqliteConnection New() => new SqliteConnection(); static SqliteConnection Fresh => new SqliteConnection();"));

    [Theory]
    [InlineData("for (var attempt = 0; attempt < 20; attempt++) { try { command.ExecuteNonQuery(); break; } catch (SqliteException) { } }")]
    [InlineData("for (var i = 0; i < 3; i++) command.ExecuteNonQuery();")]
    [InlineData("foreach (var name in new[] { \"a\", \"b\" }) command.ExecuteNonQuery();")]
    [InlineData("while (true) { command.ExecuteNonQuery(); }")]
    [InlineData("while (!cancellationToken.IsCancellationRequested) { command.ExecuteNonQuery(); }")]
    [InlineData("while (command.ExecuteNonQuery() > 0) { }")]
    [InlineData("int n; do { n = command.ExecuteNonQuery(); } while (n > 0);")]
    [InlineData("for (; ; ) { var n = await command.ExecuteNonQueryAsync(); if (n == 0) break; }")]
    [InlineData("foreach (var row in rows) { command.ExecuteNonQuery(); await Task.Delay(100); }")]
    [InlineData("foreach (var row in new System.Collections.Concurrent.BlockingCollection<Row>().GetConsumingEnumerable()) command.ExecuteNonQuery();")]
    [InlineData("await foreach (var row in System.Threading.Channels.Channel.CreateUnbounded<Row>().Reader.ReadAllAsync()) command.ExecuteNonQuery();")]
    [InlineData("foreach (var row in rows) { if (row.Age > 3) { command.ExecuteNonQuery(); return; } }")]
    [InlineData("if (rows.Count > 1) command.ExecuteNonQuery();")]
    public Task Loops_that_are_none(string statements) => Reports(InMethod("var command = new SqliteCommand(\"DELETE FROM t\", connection); " + statements));

    [Fact]
    public Task Something_else_of_the_same_name() => Reports("""
        class Command
        {
            public string CommandText = "INSERT INTO t VALUES (1)";
            public int ExecuteNonQuery() => 1;
            public static int Execute(string sql) => sql.Length;
        }

        class C
        {
            void M(List<string> names)
            {
                var command = new Command();
                foreach (var name in names)
                {
                    command.ExecuteNonQuery();
                    Command.Execute("INSERT INTO t VALUES (1)");
                }
            }
        }
        """);

    // What the fix writes.

    [Fact]
    public Task A_command_made_before_the_loop_is_enlisted_once() => Fixes(InMethod("""
        using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO t (name) VALUES ($name)";
                var name = command.Parameters.Add("$name", SqliteType.Text);

                // One row each.
                foreach (var row in rows)
                {
                    name.Value = row.Name;
                    [|command.ExecuteNonQuery()|]; // inserts
                }
        """), InMethod("""
        using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO t (name) VALUES ($name)";
                var name = command.Parameters.Add("$name", SqliteType.Text);
                using var transaction = connection.BeginTransaction();
                command.Transaction = transaction;

                // One row each.
                foreach (var row in rows)
                {
                    name.Value = row.Name;
                    command.ExecuteNonQuery(); // inserts
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task A_command_made_in_the_loop_is_enlisted_there() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    using var command = new SqliteCommand("INSERT INTO t (name) VALUES ($name)", connection);
                    command.Parameters.AddWithValue("$name", row.Name);
                    [|command.ExecuteNonQuery()|];
                }
        """), InMethod("""
        using var transaction = connection.BeginTransaction();
                foreach (var row in rows)
                {
                    using var command = new SqliteCommand("INSERT INTO t (name) VALUES ($name)", connection);
                    command.Transaction = transaction;
                    command.Parameters.AddWithValue("$name", row.Name);
                    command.ExecuteNonQuery();
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task A_using_statement_in_the_loop() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    using (var command = connection.CreateCommand())
                    {
                        command.CommandText = "DELETE FROM t";
                        [|command.ExecuteNonQuery()|];
                    }
                }
        """), InMethod("""
        using var transaction = connection.BeginTransaction();
                foreach (var row in rows)
                {
                    using (var command = connection.CreateCommand())
                    {
                        command.Transaction = transaction;
                        command.CommandText = "DELETE FROM t";
                        command.ExecuteNonQuery();
                    }
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task Dapper_gets_the_transaction_as_an_argument() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    [|connection.Execute("INSERT INTO t (name) VALUES (@Name)", row)|];
                    [|connection.Execute("DELETE FROM u")|];
                    [|connection.Execute("DELETE FROM v", row, null, 30)|];
                }
        """), InMethod("""
        using var transaction = connection.BeginTransaction();
                foreach (var row in rows)
                {
                    connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, transaction);
                    connection.Execute("DELETE FROM u", transaction: transaction);
                    connection.Execute("DELETE FROM v", row, transaction, 30);
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task Awaited_commands_get_an_awaited_transaction() => Fixes(InMethod("""
        await using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM t";

                foreach (var row in rows)
                    await [|command.ExecuteNonQueryAsync(cancellationToken)|];
        """), InMethod("""
        await using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM t";
                await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
                command.Transaction = transaction;

                foreach (var row in rows)
                    await command.ExecuteNonQueryAsync(cancellationToken);

                await transaction.CommitAsync(cancellationToken);
        """), changes: true);

    [Fact]
    public Task Awaits_that_are_configured_stay_configured() => Fixes(InMethod("""
        foreach (var row in rows)
                    await [|connection.ExecuteAsync("DELETE FROM t", row)|].ConfigureAwait(false);
        """), InMethod("""
        using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
                foreach (var row in rows)
                    await connection.ExecuteAsync("DELETE FROM t", row, transaction).ConfigureAwait(false);

                await transaction.CommitAsync().ConfigureAwait(false);
        """), changes: true);

    [Fact]
    public Task Every_command_of_the_connection_is_enlisted_and_the_outermost_loop_is_taken() => Fixes(InMethod("""
        var exists = new SqliteCommand("SELECT count(*) FROM t WHERE name = $name", connection);
                exists.Parameters.AddWithValue("$name", "");
                foreach (var row in rows)
                {
                    exists.Parameters[0].Value = row.Name;
                    if ((long)exists.ExecuteScalar()! == 0)
                    {
                        foreach (var c in row.Name)
                        {
                            var command = connection.CreateCommand();
                            command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                            [|command.ExecuteNonQuery()|];
                        }
                    }
                }
        """), InMethod("""
        var exists = new SqliteCommand("SELECT count(*) FROM t WHERE name = $name", connection);
                exists.Parameters.AddWithValue("$name", "");
                using var transaction = connection.BeginTransaction();
                exists.Transaction = transaction;
                foreach (var row in rows)
                {
                    exists.Parameters[0].Value = row.Name;
                    if ((long)exists.ExecuteScalar()! == 0)
                    {
                        foreach (var c in row.Name)
                        {
                            var command = connection.CreateCommand();
                            command.Transaction = transaction;
                            command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                            command.ExecuteNonQuery();
                        }
                    }
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task Two_loops_get_two_transactions_and_the_command_is_released_between() => Fixes(InMethod("""
        var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                foreach (var row in rows)
                    [|command.ExecuteNonQuery()|];

                command.CommandText = "DELETE FROM t";
                foreach (var row in rows)
                    [|command.ExecuteNonQuery()|];
        """), InMethod("""
        var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                using var transaction = connection.BeginTransaction();
                command.Transaction = transaction;
                foreach (var row in rows)
                    command.ExecuteNonQuery();

                transaction.Commit();
                command.Transaction = null;

                command.CommandText = "DELETE FROM t";
                using var transaction2 = connection.BeginTransaction();
                command.Transaction = transaction2;
                foreach (var row in rows)
                    command.ExecuteNonQuery();

                transaction2.Commit();
        """), changes: true);

    [Fact]
    public Task A_brace_less_body_and_a_switch_section() => Fixes(InMethod("""
        if (rows.Count > 1)
                    foreach (var row in rows)
                        [|connection.Execute("DELETE FROM t", row)|];

                switch (rows.Count)
                {
                    case 1:
                        foreach (var row in rows)
                            [|connection.Execute("DELETE FROM t", row)|];

                        break;
                }
        """), InMethod("""
        if (rows.Count > 1)
                {
                    using var transaction = connection.BeginTransaction();
                    foreach (var row in rows)
                        connection.Execute("DELETE FROM t", row, transaction);

                    transaction.Commit();
                }

                switch (rows.Count)
                {
                    case 1:
                        using (var transaction2 = connection.BeginTransaction())
                        {
                            foreach (var row in rows)
                                connection.Execute("DELETE FROM t", row, transaction2);

                            transaction2.Commit();
                        }

                        break;
                }
        """), changes: true);

    [Fact]
    public Task Top_level_statements_and_known_callers() => Fixes("""
        using System.Data;
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=a.db");
        connection.Open();
        Store.All(connection, args);

        static class Store
        {
            public static void All(IDbConnection connection, string[] names)
            {
                foreach (var name in names)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                    [|command.ExecuteNonQuery()|];
                }
            }
        }
        """, """
        using System.Data;
        using Microsoft.Data.Sqlite;

        using var connection = new SqliteConnection("Data Source=a.db");
        connection.Open();
        Store.All(connection, args);

        static class Store
        {
            public static void All(IDbConnection connection, string[] names)
            {
                using var transaction = connection.BeginTransaction();
                foreach (var name in names)
                {
                    using var command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                    command.ExecuteNonQuery();
                }

                transaction.Commit();
            }
        }
        """, changes: true);

    [Fact]
    public Task Windows_line_ends_stay() => Fixes(InMethod("""
        foreach (var row in rows)
                    [|connection.Execute("DELETE FROM t", row)|];
        """).ReplaceLineEndings("\r\n"), InMethod("""
        using var transaction = connection.BeginTransaction();
                foreach (var row in rows)
                    connection.Execute("DELETE FROM t", row, transaction);

                transaction.Commit();
        """).ReplaceLineEndings("\r\n"), changes: true);

    [Fact]
    public Task Oblivious_code() => Fixes("""
        using Microsoft.Data.Sqlite;

        class C
        {
            static void M(string[] names)
            {
                var connection = new SqliteConnection("Data Source=a.db");
                connection.Open();
                var command = new SqliteCommand("DELETE FROM t", connection);
                foreach (var name in names)
                    [|command.ExecuteNonQuery()|];
            }
        }
        """, """
        using Microsoft.Data.Sqlite;

        class C
        {
            static void M(string[] names)
            {
                var connection = new SqliteConnection("Data Source=a.db");
                connection.Open();
                var command = new SqliteCommand("DELETE FROM t", connection);
                using var transaction = connection.BeginTransaction();
                command.Transaction = transaction;
                foreach (var name in names)
                    command.ExecuteNonQuery();

                transaction.Commit();
            }
        }
        """, changes: true, target: Target.Net100.Oblivious);

    // Where no fix is offered.

    [Theory]
    [InlineData("foreach (var row in rows) { if (row.Age == 1) return; [|connection.Execute(\"DELETE FROM t\", row)|]; }")]
    [InlineData("foreach (var row in rows) { try { [|connection.Execute(\"DELETE FROM t\", row)|]; } catch (SqliteException) { } }")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; Store(connection); }")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; connection.Execute(\"VACUUM\"); }")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; connection.Execute(row.Name); }")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; foreach (var x in connection.Query<int>(\"SELECT 1\")) Console.WriteLine(x); }")]
    [InlineData("foreach (var row in connection.Query<Row>(\"SELECT 1\", buffered: false)) [|connection.Execute(\"DELETE FROM t\", row)|];")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; using var other = new SqliteConnection(path); other.Execute(\"DELETE FROM u\"); }")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; await new System.Net.Http.HttpClient().GetStringAsync(row.Name); }")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; Done?.Invoke(row); }")]
    [InlineData("foreach (var row in rows) { [|new SqliteCommand(\"DELETE FROM t\", connection).ExecuteNonQuery()|]; }")]
    [InlineData("rows.ForEach(row => [|connection.Execute(\"DELETE FROM t\", row)|]);")]
    [InlineData("var select = new SqliteCommand(\"SELECT 1\", connection); using var reader = select.ExecuteReader(); while (reader.Read()) [|connection.Execute(\"DELETE FROM t\")|];")]
    [InlineData("var select = new SqliteCommand(\"SELECT 1\", connection); using var reader = select.ExecuteReader(); reader.Read(); foreach (var row in rows) [|connection.Execute(\"DELETE FROM t\")|];")]
    [InlineData("using var closed = new SqliteConnection(path); foreach (var row in rows) [|closed.Execute(\"DELETE FROM t\", row)|];")]
    [InlineData("foreach (var row in rows) { [|connection.Execute(\"DELETE FROM t\", row)|]; goto next; next: ; }")]
    [InlineData("var tasks = new List<Task>(); foreach (var row in rows) tasks.Add([|connection.ExecuteAsync(\"DELETE FROM t\", row)|]); await Task.WhenAll(tasks);")]
    [InlineData("var holder = new Holder(connection); foreach (var row in rows) [|connection.Execute(\"DELETE FROM t\", row)|];")]
    [InlineData("Begin(connection); foreach (var row in rows) [|connection.Execute(\"DELETE FROM t\", row)|];")]
    [InlineData("#if DEBUG\n Console.WriteLine();\n#endif\n foreach (var row in rows) [|connection.Execute(\"DELETE FROM t\", row)|];")]
    [InlineData("foreach (var row in rows) {\n#if !DEBUG\n [|connection.Execute(\"DELETE FROM t\", row)|];\n#endif\n }")]
    [InlineData("SqliteCommand command; foreach (var row in rows) { command = new SqliteCommand(\"DELETE FROM t\", connection); [|command.ExecuteNonQuery()|]; }")]
    [InlineData("var given = Given; foreach (var row in rows) [|given.Execute(\"DELETE FROM t\", row)|];")]
    public Task Not_safe(string statements) => HasNoFix(InMethod(statements, """
        class Holder(SqliteConnection connection) { public void Begin() => connection.BeginTransaction(); }
            static void Begin(SqliteConnection connection) => connection.Execute("BEGIN");
            event Action<Row>? Done;
            SqliteConnection Given { get; } = new();
            static void Store(SqliteConnection connection) { }
        """));

    [Fact]
    public Task Callers_that_cannot_be_seen_may_have_a_transaction() => HasNoFix("""
        using Microsoft.Data.Sqlite;

        public class C
        {
            public void M(SqliteConnection connection, List<string> names)
            {
                foreach (var name in names)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                    [|command.ExecuteNonQuery()|];
                }
            }
        }
        """);

    [Fact]
    public Task A_caller_that_has_a_transaction() => HasNoFix("""
        using Microsoft.Data.Sqlite;

        class C
        {
            void Caller(SqliteConnection connection, List<string> names)
            {
                using var tx = connection.BeginTransaction();
                Middle(connection, names);
                tx.Commit();
            }

            void Middle(SqliteConnection connection, List<string> names) => M(connection, names);

            void M(SqliteConnection connection, List<string> names)
            {
                foreach (var name in names)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                    [|command.ExecuteNonQuery()|];
                }
            }
        }
        """);

    [Fact]
    public Task An_unfixable_one_first_does_not_stop_the_others() => FixesAndRuns(Program("""
        foreach (var name in names)
                {
                    if (name == "z")
                        return;

                    connection.Execute("INSERT INTO t (name) VALUES (@name)", new { name });
                }

                foreach (var name in names)
                    connection.Execute("UPDATE t SET n = 1 WHERE name = @name", new { name });
        """), Inputs, changes: true);

    // What the fixed program does.

    [Theory]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; var p = command.Parameters.Add(\"$name\", SqliteType.Text); foreach (var name in names) { p.Value = name; command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; command.Parameters.AddWithValue(\"$name\", name); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { using var command = new SqliteCommand(\"INSERT INTO t (name) VALUES ($name)\", connection); command.Parameters.AddWithValue(\"$name\", name); await command.ExecuteNonQueryAsync(); }")]
    [InlineData("foreach (var name in names) connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name });")]
    [InlineData("foreach (var name in names) await connection.ExecuteAsync(\"INSERT INTO t (name) VALUES (@name)\", new { name });")]
    [InlineData("IDbConnection c = new SqliteConnection($\"Data Source={path};Pooling=False\"); c.Open(); foreach (var name in names) { var command = c.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; var p = command.CreateParameter(); p.ParameterName = \"$name\"; p.Value = name; command.Parameters.Add(p); command.ExecuteNonQuery(); } c.Close();")]
    [InlineData("await using DbConnection c = new SqliteConnection($\"Data Source={path};Pooling=False\"); await c.OpenAsync(); foreach (var name in names) { var command = c.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; var p = command.CreateParameter(); p.ParameterName = \"$name\"; p.Value = name; command.Parameters.Add(p); await command.ExecuteNonQueryAsync(); }")]
    [InlineData("for (var i = 0; i < names.Count; i++) { if (names[i] == \"c\") break; connection.Execute(\"INSERT INTO t (name, n) VALUES (@name, @i)\", new { name = names[i], i }); }")]
    [InlineData("foreach (var name in names) { if (name == \"c\") continue; connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name }); }")]
    [InlineData("foreach (var name in names) { var command = new SqliteCommand(\"INSERT INTO t (name) VALUES ($name) RETURNING id\", connection); command.Parameters.AddWithValue(\"$name\", name); Trace.Log(command.ExecuteScalar()); }")]
    [InlineData("foreach (var name in names) { var id = connection.ExecuteScalar<long>(\"INSERT INTO t (name) VALUES (@name); SELECT last_insert_rowid()\", new { name }); connection.Execute(\"UPDATE t SET n = @id WHERE id = @id\", new { id }); }")]
    [InlineData("var seen = new SqliteCommand(\"SELECT count(*) FROM t\", connection); var insert = new SqliteCommand(\"INSERT INTO t (name, n) VALUES ($name, $n)\", connection); insert.Parameters.AddWithValue(\"$name\", \"\"); insert.Parameters.AddWithValue(\"$n\", 0); foreach (var name in names) { insert.Parameters[0].Value = name; insert.Parameters[1].Value = seen.ExecuteScalar(); insert.ExecuteNonQuery(); } Trace.Log(seen.ExecuteScalar());")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; var p = command.Parameters.Add(\"$name\", SqliteType.Text); for (var round = 0; round < names.Count * 10; round++) { command.CommandText = \"INSERT OR IGNORE INTO t (name) VALUES ($name)\"; foreach (var name in names) { p.Value = name; command.ExecuteNonQuery(); } command.CommandText = \"UPDATE t SET n = n + 1\"; command.ExecuteNonQuery(); }")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; var p = command.Parameters.Add(\"$name\", SqliteType.Text); foreach (var name in names) { p.Value = name; command.ExecuteNonQuery(); } command.CommandText = \"UPDATE t SET n = 7\"; command.ExecuteNonQuery(); foreach (var name in names) { p.Value = name + \"2\"; command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { foreach (var c in name) { var command = connection.CreateCommand(); command.CommandText = \"INSERT OR IGNORE INTO t (name) VALUES ($name)\"; command.Parameters.AddWithValue(\"$name\", c.ToString()); command.ExecuteNonQuery(); } }")]
    [InlineData("foreach (var name in names) { using (var command = connection.CreateCommand()) { command.CommandText = \"WITH x(v) AS (SELECT $name) INSERT INTO t (name) SELECT v FROM x\"; command.Parameters.AddWithValue(\"$name\", name); command.ExecuteNonQuery(); } }")]
    [InlineData("Insert(connection, names); static void Insert(SqliteConnection c, List<string> names) { foreach (var name in names) { using var command = c.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; command.Parameters.AddWithValue(\"$name\", name); command.ExecuteNonQuery(); } }")]
    [InlineData("var rest = new Queue<string>(names); while (rest.Count > 0) connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name = rest.Dequeue() });")]
    [InlineData("var i = 0; if (names.Count > 0) do { connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name = names[i++] }); } while (i < names.Count);")]
    [InlineData("using (var tx = connection.BeginTransaction()) { connection.Execute(\"INSERT INTO t (name) VALUES ('first')\", transaction: tx); tx.Commit(); } foreach (var name in names) connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name });")]
    public Task Stores_the_same_rows(string statements) => FixesAndRuns(Program(statements), Inputs, changes: true);

#if !ANOTHER_ROSLYN // which only compiles what is fixed
    [Fact]
    public async Task All_rows_or_none_is_what_changes()
    {
        // A duplicate: the rows before it were stored, and are not any more. The error is the same.
        var program = Program("foreach (var name in names) connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name });");
        Arguments[] duplicate = [[NewFile, new[] { "a", "b", "a", "c" }]];
        var difference = await Assert.ThrowsAnyAsync<Exception>(() => FixesAndRuns(program, duplicate, changes: true));
        Assert.Contains("1:a=-1 2:b=-1", difference.Message);

        await FixesAndRuns(program.Replace("return All(connection);", "return \"\";"), duplicate, changes: true);
    }
#endif
}
