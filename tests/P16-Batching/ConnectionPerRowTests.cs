using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class ConnectionPerRowTests : RuleTests<ConnectionPerRowAnalyzer, ConnectionPerRowFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.EntityFramework, .. References.Named("Dapper")];

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private static string InMethod(string statements) => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;
        using Microsoft.EntityFrameworkCore;

        class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class Db(string path) : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path}");
        }

        interface IConnections { IDbConnection Create(); DbConnection Shared { get; } }

        class C(IConnections connections, IDbContextFactory<Db> factory, DbDataSource source, IServiceProvider services)
        {
            private readonly string text = "Data Source=x.db";
            private readonly List<DbConnection> open = new();

            private SqliteConnection OpenConnection() { var made = new SqliteConnection(text); made.Open(); return made; }

            async Task M(List<int> ids, List<string> paths, string path, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }
        }
        """;

    [Fact]
    public Task A_connection_for_every_row() => ReportsWarning(InMethod("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); connection.Execute(\"DELETE FROM t WHERE id = @id\", new { id }); }"),
        "'new SqliteConnection(text)' opens a connection in every iteration of the loop over 'ids'; open one before the loop");

    [Fact]
    public Task A_context_for_every_row() => ReportsWarning(InMethod("foreach (var id in ids) { using var db = [|new Db(path)|]; Console.WriteLine(db.Rows.Find(id)?.Name); }"),
        "'new Db(path)' makes a context in every iteration of the loop over 'ids'; make one before the loop");

    [Theory]
    [InlineData("foreach (var id in ids) { using (var connection = [|new SqliteConnection($\"Data Source={path}\")|]) { await connection.OpenAsync(token); } }")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { await using var connection = [|new SqliteConnection(text)|]; await connection.OpenAsync(); }")]
    [InlineData("foreach (var id in ids) { var connection = [|new SqliteConnection(text)|]; connection.Open(); connection.Close(); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection()|]; connection.ConnectionString = text; connection.Open(); }")]
    [InlineData("foreach (var id in ids) { var full = text + \";Cache=Shared\"; using var connection = [|new SqliteConnection(full)|]; connection.Open(); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|OpenConnection()|]; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|connections.Create()|]; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|source.OpenConnection()|]; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var id in ids) { await using var connection = await [|source.OpenConnectionAsync(token)|]; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("var one = new SqliteConnection(text); foreach (var id in ids) { [|one.Open()|]; one.Execute(\"DELETE FROM t\"); one.Close(); }")]
    [InlineData("foreach (var id in ids) { using var db = [|factory.CreateDbContext()|]; db.Add(new Row { Id = id }); db.SaveChanges(); }")]
    [InlineData("foreach (var id in ids) { await using var db = await [|factory.CreateDbContextAsync(token)|]; }")]
    [InlineData("foreach (var id in ids) Console.WriteLine([|new Db(path)|].Rows.Find(id));")]
    [InlineData("ids.ForEach(id => { using var db = [|new Db(path)|]; Console.WriteLine(db.Rows.Find(id)); });")]
    [InlineData("var names = ids.Select(id => { using var db = [|new Db(path)|]; return db.Rows.Find(id)?.Name; }).ToList();")]
    [InlineData("using var file = new StreamReader(path); while (file.ReadLine() is { } line) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); }")]
    public Task Every_form(string statements) => ReportsWarning(InMethod(statements));

    [Theory]
    [InlineData("foreach (var each in paths) { using var connection = new SqliteConnection($\"Data Source={each}\"); connection.Open(); }")]
    [InlineData("foreach (var each in paths) { var full = \"Data Source=\" + each; using var connection = new SqliteConnection(full); connection.Open(); }")]
    [InlineData("foreach (var each in paths) { using var db = new Db(each); }")]
    [InlineData("foreach (var id in ids) { using var connection = new SqliteConnection(\"Data Source=:memory:\"); connection.Open(); }")]
    [InlineData("Parallel.ForEach(ids, id => { using var connection = new SqliteConnection(text); connection.Open(); });")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await using var db = new Db(path); await db.Rows.FindAsync(id); }));")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, token) => { await using var db = await factory.CreateDbContextAsync(token); });")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) tasks.Add(Task.Run(() => { using var connection = new SqliteConnection(text); connection.Open(); }));")]
    [InlineData("while (!token.IsCancellationRequested) { using var db = new Db(path); await db.SaveChangesAsync(); await Task.Delay(1000, token); }")]
    [InlineData("for (var attempt = 0; attempt < ids.Count; attempt++) { try { using var connection = new SqliteConnection(text); connection.Open(); break; } catch (DbException) { } }")]
    [InlineData("foreach (var chunk in ids.Chunk(100)) { using var db = new Db(path); db.AddRange(chunk.Select(id => new Row { Id = id })); db.SaveChanges(); }")]
    [InlineData("for (var i = 0; i < 3; i++) { using var connection = new SqliteConnection(text); connection.Open(); }")]
    [InlineData("foreach (var id in ids) { var connection = new SqliteConnection(text); open.Add(connection); }")]
    [InlineData("foreach (var id in ids) { var connection = connections.Shared; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var id in ids) { if (connections.Shared.State != ConnectionState.Open) connections.Shared.Open(); }")]
    [InlineData("using var connection = new SqliteConnection(text); connection.Open(); foreach (var id in ids) connection.Execute(\"DELETE FROM t\");")]
    [InlineData("while (true) { using var db = new Db(path); var page = db.Rows.Take(10).ToList(); if (page.Count == 0) break; db.RemoveRange(page); db.SaveChanges(); }")]
    [InlineData("SqliteConnection? kept = null; foreach (var id in ids) { kept ??= new SqliteConnection(text); }")]
    public Task Quiet(string statements) => Reports(InMethod(statements));

    [Fact]
    public Task Types_of_the_users_own_with_the_same_names() => Reports("""
        class DbContext : IDisposable { public void Dispose() { } }
        class SqliteConnection(string text) : IDisposable { public void Open() => Console.WriteLine(text); public void Dispose() { } }
        class C { void M(List<int> ids) { foreach (var id in ids) { using var c = new SqliteConnection("Pooling=False"); c.Open(); using var db = new DbContext(); } } }
        """);

    [Theory]
    [InlineData("using var connection = new SqliteConnection([|\"Data Source=x.db;Pooling=False\"|]);")]
    [InlineData("using var connection = new SqliteConnection([|\"pooling = no;Data Source=x.db\"|]);")]
    [InlineData("using var connection = new SqliteConnection($\"Data Source={path}[|;Pooling=false|]\");")]
    [InlineData("var options = new DbContextOptionsBuilder<Db>().UseSqlite([|\"Data Source=x.db;Pooling=False\"|]).Options;")]
    public Task A_pool_turned_off_is_a_hint(string statement) => ReportsInfo(InMethod(statement));

    [Fact]
    public Task No_pool_where_files_are_let_go() => Reports(InMethod("using (var connection = new SqliteConnection(\"Data Source=x.db;Pooling=False\")) connection.Open(); File.Delete(\"x.db\");"));

    [Fact]
    public Task No_pool_in_tests() => Reports("""
        using Microsoft.Data.Sqlite;
        class FactAttribute : Attribute { }
        class Tests { [Fact] public void Opens() { using var c = new SqliteConnection("Data Source=x.db;Pooling=False"); } }
        """);

    [Fact]
    public Task Pooled() => Fixes(InMethod("""
        using var one = new SqliteConnection([|"Data Source=x.db;Pooling=False;Cache=Shared"|]);
        using var two = new SqliteConnection($"Data Source={path}[|;Pooling=False|]");
        """), InMethod("""
        using var one = new SqliteConnection("Data Source=x.db;Cache=Shared");
        using var two = new SqliteConnection($"Data Source={path}");
        """), changes: true);

    [Fact]
    public Task Opened_around_the_loop() => Fixes(InMethod("""
        foreach (var id in ids)
        {
            using var connection = [|new SqliteConnection(text)|];
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO t VALUES ($id)";
            command.Parameters.AddWithValue("$id", id);
            command.ExecuteNonQuery();
        }
        """), InMethod("""
        using (var connection = new SqliteConnection(text))
        {
            connection.Open();
            foreach (var id in ids)
            {
                using var command = connection.CreateCommand();
                command.CommandText = "INSERT INTO t VALUES ($id)";
                command.Parameters.AddWithValue("$id", id);
                command.ExecuteNonQuery();
            }
        }
        """));

    [Fact]
    public Task Opened_before_the_last_loop() => Fixes("""
        using Microsoft.Data.Sqlite;

        class C
        {
            void M(List<int> ids, string text)
            {
                foreach (var id in ids)
                {
                    using (var connection = [|new SqliteConnection(text)|])
                    {
                        connection.Open();
                        using var command = new SqliteCommand("SELECT name FROM t WHERE id = $id", connection);
                        command.Parameters.AddWithValue("$id", id);
                        Console.WriteLine(command.ExecuteScalar());
                    }
                }
            }
        }
        """, """
        using Microsoft.Data.Sqlite;

        class C
        {
            void M(List<int> ids, string text)
            {
                using var connection = new SqliteConnection(text);
                connection.Open();
                foreach (var id in ids)
                {
                    using var command = new SqliteCommand("SELECT name FROM t WHERE id = $id", connection);
                    command.Parameters.AddWithValue("$id", id);
                    Console.WriteLine(command.ExecuteScalar());
                }
            }
        }
        """);

    [Fact]
    public Task What_is_said_behind_it_goes_with_it() => Fixes("""
        using Microsoft.Data.Sqlite;

        class C
        {
            int M(List<int> ids, string text)
            {
                var rows = 0;
                foreach (var id in ids)
                {
                    using var connection = [|new SqliteConnection(text)|]; // the archive
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.CommandText = "DELETE FROM t";
                    rows += command.ExecuteNonQuery();
                }

                return rows;
            }
        }
        """, """
        using Microsoft.Data.Sqlite;

        class C
        {
            int M(List<int> ids, string text)
            {
                var rows = 0;
                using (var connection = new SqliteConnection(text)) // the archive
                {
                    connection.Open();
                    foreach (var id in ids)
                    {
                        using var command = connection.CreateCommand();
                        command.CommandText = "DELETE FROM t";
                        rows += command.ExecuteNonQuery();
                    }
                }

                return rows;
            }
        }
        """);

    [Fact]
    public Task One_context() => Fixes(InMethod("""
        foreach (var id in ids)
        {
            await using var db = [|new Db(path)|];
            db.Add(new Row { Id = id });
            await db.SaveChangesAsync(token);
        }
        """), InMethod("""
        await using (var db = new Db(path))
        {
            foreach (var id in ids)
            {
                db.Add(new Row { Id = id });
                await db.SaveChangesAsync(token);
            }
        }
        """), changes: true);

    [Theory]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); connection.Execute(\"CREATE TEMP TABLE t (id)\"); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); Console.WriteLine(connection.ExecuteScalar<long>(\"SELECT last_insert_rowid()\")); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); var transaction = connection.BeginTransaction(); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); var command = new SqliteCommand(\"SELECT 1\", connection); var reader = command.ExecuteReader(); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); Console.WriteLine(connection.State); }")]
    [InlineData("foreach (var id in ids) { using var connection = [|OpenConnection()|]; connection.Execute(\"DELETE FROM t\"); }")]
    [InlineData("foreach (var id in ids) { if (id > 0) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); } }")]
    [InlineData("foreach (var id in ids) { using var connection = [|new SqliteConnection(text)|]; connection.Open(); connection.CreateFunction(\"f\", () => id); }")]
    public Task Reported_without_a_fix(string statements) => HasNoFix(InMethod(statements));

    [Fact]
    public Task The_fixed_program_gives_the_same() => FixesAndRuns("""
        using Dapper;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static async Task<string> Run(string path, List<string> names)
            {
                var text = $"Data Source={path}";
                using (var first = new SqliteConnection(text))
                    first.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");

                var log = "";
                try
                {
                    foreach (var name in names)
                    {
                        using var connection = new SqliteConnection(text);
                        connection.Open();
                        if (name == "skip")
                            continue;
                        using var transaction = connection.BeginTransaction();
                        connection.Execute("INSERT INTO t (name) VALUES (@name)", new { name }, transaction);
                        transaction.Commit();
                    }
                }
                catch (SqliteException e)
                {
                    log += e.SqliteErrorCode;
                }

                foreach (var name in names)
                {
                    await using (var connection = new SqliteConnection(text))
                    {
                        await connection.OpenAsync();
                        using var command = new SqliteCommand("SELECT id FROM t WHERE name = $name", connection);
                        command.Parameters.AddWithValue("$name", name);
                        using var reader = await command.ExecuteReaderAsync();
                        while (reader.Read())
                            log += " " + reader.GetInt32(0);
                    }
                }

                return log;
            }
        }
        """, [NewFile, Array.Empty<string>()], [NewFile, new[] { "a" }], [NewFile, new[] { "a", "skip", "b", "a", "c" }]);
}
