using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class CommandPerRowTests : RuleTests<CommandPerRowAnalyzer, CommandPerRowFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.Sqlite;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private static string InMethod(string statements) => $$"""
        using System.Data;
        using System.Data.Common;
        using Microsoft.Data.Sqlite;

        static class More
        {
            public static void Set(this DbCommand command, string name, object? value)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            public static void Log(DbCommand command) => Console.WriteLine(command.CommandTimeout);
        }

        class C(DbConnection other)
        {
            async Task M(List<string> names, SqliteConnection connection, string table, SqliteTransaction transaction, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }
        }
        """;

    private const string Add = "command.Parameters.AddWithValue(\"$name\", name); command.ExecuteNonQuery();";

    [Fact]
    public Task The_loop_is_named() => ReportsInfo(InMethod($"foreach (var name in names) {{ using var command = [|connection.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES ($name)\"; {Add} }}"),
        "'connection.CreateCommand()' builds the same command in every iteration of the loop over 'names'; build it once before the loop and only set the values in it");

    [Theory]
    [InlineData("foreach (var name in names) { using (var command = [|new SqliteCommand(\"INSERT INTO t VALUES ($name)\", connection)|]) { " + Add + " } }")]
    [InlineData("for (var i = 0; i < names.Count; i++) { var name = names[i]; var command = [|new SqliteCommand(\"DELETE FROM t WHERE name = $name\", connection, transaction)|]; " + Add + " }")]
    [InlineData("foreach (var name in names) { using var command = [|other.CreateCommand()|]; command.CommandText = \"SELECT n FROM t WHERE name = @name\"; var p = command.CreateParameter(); p.ParameterName = \"@name\"; p.Value = name; command.Parameters.Add(p); using var reader = await command.ExecuteReaderAsync(token); }")]
    [InlineData("var text = $\"INSERT INTO {table} VALUES ($name)\"; foreach (var name in names) { using var command = [|new SqliteCommand(text, connection)|]; " + Add + " }")]
    [InlineData("names.ForEach(name => { using var command = [|new SqliteCommand(\"INSERT INTO t VALUES ($name)\", connection)|]; " + Add + " });")]
    [InlineData("foreach (var name in names) { using var command = [|other.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES (@name)\"; More.Set(command, \"@name\", name); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { using var command = [|other.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES (@name)\"; command.Set(\"@name\", name); command.ExecuteNonQuery(); }")]
    public Task Every_form(string statements) => ReportsInfo(InMethod(statements));

    [Theory]
    [InlineData("foreach (var name in names) { using var command = new SqliteCommand($\"INSERT INTO {name} VALUES ($name)\", connection); " + Add + " }")]
    [InlineData("foreach (var name in names) { using var command = new SqliteCommand(\"DELETE FROM t\", connection); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { using var own = new SqliteConnection(table); own.Open(); using var command = new SqliteCommand(\"INSERT INTO t VALUES ($name)\", own); " + Add + " }")]
    [InlineData("using var command = new SqliteCommand(\"INSERT INTO t VALUES ($name)\", connection); foreach (var name in names) { command.Parameters.Clear(); " + Add + " }")]
    [InlineData("foreach (var name in new[] { \"a\", \"b\" }) { using var command = new SqliteCommand(\"INSERT INTO t VALUES ($name)\", connection); " + Add + " }")]
    [InlineData("foreach (var part in names.Chunk(10)) { using var command = new SqliteCommand(\"INSERT INTO t VALUES ($name)\", connection); var p = command.Parameters.Add(\"$name\", SqliteType.Text); foreach (var name in part) { p.Value = name; command.ExecuteNonQuery(); } }")]
    [InlineData("while (!token.IsCancellationRequested) { var name = table; using var command = new SqliteCommand(\"INSERT INTO t VALUES ($name)\", connection); " + Add + " }")]
    [InlineData("foreach (var name in names) { using var command = new SqliteCommand(\"CREATE TABLE x AS SELECT $name\", connection); " + Add + " }")]
    [InlineData("foreach (var name in names) { var text = name == \"a\" ? \"INSERT INTO t VALUES ($name)\" : \"DELETE FROM t WHERE name = $name\"; using var command = new SqliteCommand(text, connection); " + Add + " }")]
    [InlineData("foreach (var name in names) { using var command = other.CreateCommand(); command.CommandText = \"DELETE FROM t\"; More.Log(command); command.ExecuteNonQuery(); }")]
    public Task Quiet(string statements) => Reports(InMethod(statements));

    [Fact]
    public Task Types_of_the_users_own_with_the_same_names() => Reports("""
        class SqliteCommand(string text) { public List<object> Parameters = new(); public int ExecuteNonQuery() => text.Length; }
        class C { void M(List<string> names) { foreach (var name in names) { var command = new SqliteCommand("INSERT INTO t VALUES ($name)"); command.Parameters.Add(name); command.ExecuteNonQuery(); } } }
        """);

    [Fact]
    public Task Built_before_the_loop() => Fixes(InMethod("""
        foreach (var name in names)
        {
            using var command = [|connection.CreateCommand()|];
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO t VALUES ($name, $length)";
            command.Parameters.AddWithValue("$name", name);
            command.Parameters.Add("$length", SqliteType.Integer).Value = name.Length;
            // One row.
            await command.ExecuteNonQueryAsync(token);
        }
        """), InMethod("""
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO t VALUES ($name, $length)";
        var nameParameter = command.Parameters.AddWithValue("$name", null);
        var lengthParameter = command.Parameters.Add("$length", SqliteType.Integer);
        foreach (var name in names)
        {
            nameParameter.Value = name;
            lengthParameter.Value = name.Length;
            // One row.
            await command.ExecuteNonQueryAsync(token);
        }
        """));

    [Fact]
    public Task Parameters_that_are_made_one_by_one() => Fixes(InMethod("""
        foreach (var name in names)
        {
            using (var command = [|other.CreateCommand()|])
            {
                command.CommandText = "INSERT INTO t VALUES (@name)";
                var p = command.CreateParameter();
                p.ParameterName = "@name";
                p.Value = name;
                command.Parameters.Add(p);
                command.ExecuteNonQuery();
            }
        }
        """), InMethod("""
        using var command = other.CreateCommand();
        command.CommandText = "INSERT INTO t VALUES (@name)";
        var p = command.CreateParameter();
        p.ParameterName = "@name";
        command.Parameters.Add(p);
        foreach (var name in names)
        {
            p.Value = name;
            command.ExecuteNonQuery();
        }
        """));

    [Theory]
    [InlineData("foreach (var name in names) { using var own = connection.BeginTransaction(); using var command = [|connection.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES ($name)\"; " + Add + " own.Commit(); }")]
    [InlineData("foreach (var name in names) { using var command = [|connection.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES ($name)\"; if (name != \"\") command.Parameters.AddWithValue(\"$name\", name); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { using var command = [|connection.CreateCommand()|]; command.CommandText = \"SELECT n FROM t WHERE name = $name\"; command.Parameters.AddWithValue(\"$name\", name); var reader = command.ExecuteReader(); }")]
    [InlineData("foreach (var name in names) { using var command = [|connection.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES ($name)\"; command.Parameters.AddWithValue(name, name); command.ExecuteNonQuery(); }")]
    [InlineData("foreach (var name in names) { using var command = [|other.CreateCommand()|]; command.CommandText = \"INSERT INTO t VALUES (@name)\"; command.Set(\"@name\", name); command.ExecuteNonQuery(); }")]
    public Task Reported_without_a_fix(string statements) => HasNoFix(InMethod(statements));

    [Fact]
    public Task Windows_line_ends_stay() => Fixes(InMethod("""
        foreach (var name in names)
        {
            using var command = [|new SqliteCommand("INSERT INTO t VALUES ($name)", connection)|];
            command.Parameters.AddWithValue("$name", name);
            command.ExecuteNonQuery();
        }
        """).ReplaceLineEndings("\r\n"), InMethod("""
        using var command = new SqliteCommand("INSERT INTO t VALUES ($name)", connection);
        var nameParameter = command.Parameters.AddWithValue("$name", null);
        foreach (var name in names)
        {
            nameParameter.Value = name;
            command.ExecuteNonQuery();
        }
        """).ReplaceLineEndings("\r\n"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task On_older_frameworks(bool framework) => new WithoutProvider().FixesThere(framework ? Target.Net472.Oblivious.CSharp(7) : Target.NetStandard20.CSharp(7));

    private sealed class WithoutProvider : RuleTests<CommandPerRowAnalyzer, CommandPerRowFix>
    {
        public Task FixesThere(Target target) => Fixes("""
            using System.Collections.Generic;
            using System.Data;

            class C
            {
                void M(IDbConnection connection, List<string> names)
                {
                    connection.Open();
                    foreach (var name in names)
                    {
                        using (var command = [|connection.CreateCommand()|])
                        {
                            command.CommandText = "INSERT INTO t VALUES (@name)";
                            var p = command.CreateParameter();
                            p.ParameterName = "@name";
                            p.Value = name;
                            command.Parameters.Add(p);
                            command.ExecuteNonQuery();
                        }
                    }
                }
            }
            """, """
            using System.Collections.Generic;
            using System.Data;

            class C
            {
                void M(IDbConnection connection, List<string> names)
                {
                    connection.Open();
                    using (var command = connection.CreateCommand())
                    {
                        command.CommandText = "INSERT INTO t VALUES (@name)";
                        var p = command.CreateParameter();
                        p.ParameterName = "@name";
                        command.Parameters.Add(p);
                        foreach (var name in names)
                        {
                            p.Value = name;
                            command.ExecuteNonQuery();
                        }
                    }
                }
            }
            """, target: target);
    }

    [Fact]
    public Task The_fixed_program_gives_the_same() => FixesAndRuns("""
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static async Task<string> Run(List<string> names)
            {
                using var connection = new SqliteConnection("Data Source=:memory:");
                connection.Open();
                using (var create = new SqliteCommand("CREATE TABLE t (name TEXT UNIQUE, n)", connection))
                    create.ExecuteNonQuery();

                var log = "";
                try
                {
                    foreach (var name in names)
                    {
                        using var command = connection.CreateCommand();
                        command.CommandText = "INSERT INTO t VALUES ($name, $n)";
                        command.Parameters.AddWithValue("$name", name);
                        command.Parameters.Add(new SqliteParameter("$n", name.Length == 2 ? DBNull.Value : name.Length % 2 == 0 ? name : (object)name.Length));
                        if (name == "skip")
                            continue;
                        log += await command.ExecuteNonQueryAsync();
                    }
                }
                catch (SqliteException e)
                {
                    log += e.SqliteErrorCode;
                }

                foreach (var name in names)
                {
                    using (var command = new SqliteCommand("SELECT n, typeof(n) FROM t WHERE name = $name", connection))
                    {
                        command.Parameters.Add("$name", SqliteType.Text).Value = name;
                        using var reader = command.ExecuteReader();
                        while (reader.Read())
                            log += " " + reader.GetValue(0) + reader.GetValue(1);
                    }
                }

                return log;
            }
        }
        """, [Array.Empty<string>()], [new[] { "a" }], [new[] { "a", "bb", "skip", "cccc", "ddd", "a", "e" }]);
}
