using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class CommitPerRowTests : RuleTests<CommitPerRowAnalyzer, CommitPerRowFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.EntityFramework, .. References.Named("Dapper")];

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private static string InMethod(string statements, string members = "") => $$"""
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

        class Db : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
        }

        class C
        {
            {{members}}

            async Task M(SqliteConnection connection, Db db, List<Row> rows, CancellationToken cancellationToken)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    private static string Program(string statements) => $$"""
        using System.Data;
        using System.Data.Common;
        using Dapper;
        using Microsoft.Data.Sqlite;

        static class Program
        {
            static async Task<string> Run(string path, List<string> names)
            {
                using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
                connection.Open();
                connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER)");
                try
                {
                    await Store(path, names);
                }
                catch (SqliteException e)
                {
                    Trace.Log(e.SqliteErrorCode);
                }

                return string.Join(" ", connection.Query<string>("SELECT id || ':' || name || '=' || coalesce(n, -1) FROM t ORDER BY id"));
            }

            static async Task Store(string path, List<string> names)
            {
                using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
                connection.Open();
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    private static readonly Arguments[] Inputs = [[NewFile, Array.Empty<string>()], [NewFile, new[] { "a" }], [NewFile, new[] { "b", "'; DROP TABLE t", "c", "ß" }]];

    // What is reported.

    [Fact]
    public Task A_transaction_for_every_row() => ReportsWarning(InMethod("""
        foreach (var row in rows)
        {
            using var transaction = connection.BeginTransaction();
            connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, transaction);
            [|transaction.Commit()|];
        }
        """), "'transaction.Commit()' commits in every iteration of the loop over 'rows', and each commit waits for the disk; commit once after the loop");

    [Theory]
    [InlineData("foreach (var row in rows) { using (var tx = connection.BeginTransaction()) { connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; } }")]
    [InlineData("foreach (var row in rows) { var tx = connection.BeginTransaction(IsolationLevel.Serializable); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; tx.Dispose(); }")]
    [InlineData("foreach (var row in rows) { await using var tx = await connection.BeginTransactionAsync(cancellationToken); await connection.ExecuteAsync(\"DELETE FROM t\", row, tx); await [|tx.CommitAsync(cancellationToken)|]; }")]
    [InlineData("foreach (var row in rows) { await using var tx = (SqliteTransaction)await connection.BeginTransactionAsync(); var command = new SqliteCommand(\"DELETE FROM t\", connection, tx); await command.ExecuteNonQueryAsync(); await [|tx.CommitAsync()|]; }")]
    [InlineData("for (var i = 0; i < rows.Count; i++) { IDbTransaction tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", rows[i], tx); [|tx.Commit()|]; }")]
    [InlineData("var tx = connection.BeginTransaction(); foreach (var row in rows) { connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; tx = connection.BeginTransaction(); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); Insert(connection, tx, row); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); if (connection.ExecuteScalar<int>(\"SELECT count(*) FROM t\", row, tx) == 0) connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = db.Database.BeginTransaction(); db.Add(row); db.SaveChanges(); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { await using var tx = await db.Database.BeginTransactionAsync(); await db.Rows.Where(x => x.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.Name, row.Name)); await [|tx.CommitAsync()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = db.Database.BeginTransaction(); db.Rows.Where(x => x.Id == row.Id).ExecuteDelete(); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { try { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; } catch { Console.WriteLine(row.Id); throw; } }")]
    [InlineData("rows.ForEach(row => { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; });")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute($\"INSERT INTO t VALUES ({row.Id})\", null, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); using var command = connection.CreateCommand(); command.Transaction = tx; command.CommandText = \"UPDATE t SET n = 1 WHERE name = '\" + row.Name + \"'\"; command.ExecuteNonQuery(); [|tx.Commit()|]; }")]
    public Task Every_form(string statements) => ReportsWarning(InMethod(statements, """
        static void Insert(SqliteConnection connection, SqliteTransaction tx, Row row) => connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, tx);
        """));

    [Theory]
    [InlineData("class Unit(Db db) { public readonly Db Context = db; public void Add(Row row) => Context.Add(row); public int Commit() => Context.SaveChanges(); }", "foreach (var row in rows) { unit.Add(row); [|unit.Commit()|]; }")]
    [InlineData("interface IUnit { void Add(Row row); Task<int> CommitAsync(CancellationToken cancellationToken); } class Unit(Db db) : IUnit { public void Add(Row row) => db.Add(row); public Task<int> CommitAsync(CancellationToken cancellationToken) => db.SaveChangesAsync(cancellationToken); }", "foreach (var row in rows) { iunit.Add(row); await [|iunit.CommitAsync(cancellationToken)|]; }")]
    [InlineData("abstract class Base { public abstract void Complete(); } class Unit(Db db) : Base { public void Add(Row row) => db.Add(row); public override void Complete() { db.ChangeTracker.DetectChanges(); db.SaveChanges(); } }", "foreach (var row in rows) { row.Name = \"x\"; [|unit.Complete()|]; }")]
    public Task The_commit_of_a_unit_of_work(string types, string statements) => HasNoFix($$"""
        using Microsoft.EntityFrameworkCore;

        class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class Db : DbContext;

        {{types}}

        class C
        {
            async Task M(Unit unit, {{(types.Contains("IUnit") ? "IUnit iunit, " : "")}}List<Row> rows, CancellationToken cancellationToken)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Wherever_it_stands() => ReportsEverywhere("""
        foreach (var file in Directory.GetFiles("."))
        {
            using (var transaction = Connection.BeginTransaction())
            {
                var command = Connection.CreateCommand();
                command.CommandText = "DELETE FROM t";
                command.Transaction = transaction;
                command.ExecuteNonQuery();
                [|transaction.Commit()|];
            }
        }
        """, "static readonly System.Data.IDbConnection Connection = new Microsoft.Data.Sqlite.SqliteConnection();", except: Placement.TopLevel);

    // What is not.

    [Theory]
    [InlineData("var tx = connection.BeginTransaction(); var n = 0; foreach (var row in rows) { connection.Execute(\"DELETE FROM t\", row, tx); if (++n % 1000 == 0) { tx.Commit(); tx = connection.BeginTransaction(); } } tx.Commit();")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute($\"DELETE FROM {row.Name} WHERE id = 1\", null, tx); tx.Commit(); }")]
    [InlineData("foreach (var chunk in rows.Chunk(100)) { using var tx = connection.BeginTransaction(); foreach (var row in chunk) connection.Execute(\"DELETE FROM t\", row, tx); tx.Commit(); }")]
    [InlineData("foreach (var chunk in rows.Chunk(100)) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", chunk, tx); tx.Commit(); }")]
    [InlineData("for (var i = 0; i < rows.Count; i += 100) { using var tx = connection.BeginTransaction(); for (var j = i; j < Math.Min(i + 100, rows.Count); j++) connection.Execute(\"DELETE FROM t\", rows[j], tx); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", new[] { row, row }, tx); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { try { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); tx.Commit(); } catch (SqliteException) { Console.WriteLine(row.Id); } }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); try { connection.Execute(\"DELETE FROM t\", row, tx); tx.Commit(); } catch { tx.Rollback(); } }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); var n = connection.Execute(\"DELETE FROM t\", row, tx); if (n == 1) tx.Commit(); else tx.Rollback(); }")]
    [InlineData("foreach (var row in rows) { using var own = new SqliteConnection(); own.Open(); using var tx = own.BeginTransaction(); own.Execute(\"DELETE FROM t\", row, tx); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute(row.Name, null, tx); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute(\"ALTER TABLE t ADD x\", null, tx); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); Migrate(connection, tx, row); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); Many(connection, tx, rows); tx.Commit(); }")]
    [InlineData("while (!cancellationToken.IsCancellationRequested) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", null, tx); tx.Commit(); }")]
    [InlineData("for (var attempt = 0; attempt < 20; attempt++) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", null, tx); tx.Commit(); break; }")]
    [InlineData("using var tx = connection.BeginTransaction(); foreach (var row in rows) connection.Execute(\"DELETE FROM t\", row, tx); tx.Commit();")]
    [InlineData("for (var i = 0; i < 3; i++) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", null, tx); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) { using var one = new Db(); using var tx = one.Database.BeginTransaction(); one.Add(row); one.SaveChanges(); tx.Commit(); }")]
    public Task Chunked_tolerant_or_something_else(string statements) => Reports(InMethod(statements, """
        static void Migrate(SqliteConnection connection, SqliteTransaction tx, Row row) => connection.Execute(row.Name, null, tx);
            static void Many(SqliteConnection connection, SqliteTransaction tx, List<Row> rows) { foreach (var row in rows) connection.Execute("DELETE FROM t", row, tx); }
        """));

    [Fact]
    public Task Something_else_of_the_same_name() => Reports("""
        class Form
        {
            public Form BeginTransaction() => this;
            public void Commit() { }
        }

        class C
        {
            void M(List<Form> forms)
            {
                foreach (var form in forms)
                {
                    var tx = form.BeginTransaction();
                    tx.Commit();
                }
            }
        }
        """);

    // What the fix writes.

    [Fact]
    public Task A_using_declaration_moves_out() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    // All or nothing.
                    using var transaction = connection.BeginTransaction();

                    connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, transaction);

                    [|transaction.Commit()|];
                }
        """), InMethod("""
        // All or nothing.
                using var transaction = connection.BeginTransaction();
                foreach (var row in rows)
                {
                    connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, transaction);
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task A_using_statement_changes_places_with_the_loop() => Fixes(InMethod("""
        // Rows.
                foreach (var row in rows)
                {
                    using (var transaction = connection.BeginTransaction())
                    {
                        connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, transaction);
                        [|transaction.Commit()|];
                    }
                }
        """), InMethod("""
        // Rows.
                using (var transaction = connection.BeginTransaction())
                {
                    foreach (var row in rows)
                    {
                        connection.Execute("INSERT INTO t (name) VALUES (@Name)", row, transaction);
                    }

                    transaction.Commit();
                }
        """), changes: true);

    [Fact]
    public Task A_command_from_outside_is_enlisted_once() => Fixes(InMethod("""
        using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM t";
                foreach (var row in rows)
                {
                    await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
                    command.Transaction = transaction;
                    await command.ExecuteNonQueryAsync(cancellationToken);
                    await [|transaction.CommitAsync(cancellationToken)|];
                }
        """), InMethod("""
        using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM t";
                await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
                command.Transaction = transaction;
                foreach (var row in rows)
                {
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
        """), changes: true);

    [Fact]
    public Task Two_loops_get_two_names() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    using var transaction = connection.BeginTransaction();
                    connection.Execute("DELETE FROM t", row, transaction: transaction);
                    [|transaction.Commit()|];
                }

                foreach (var row in rows)
                {
                    using var transaction = connection.BeginTransaction();
                    connection.Execute("DELETE FROM u", row, transaction: transaction);
                    [|transaction.Commit()|];
                }
        """), InMethod("""
        using var transaction2 = connection.BeginTransaction();
                foreach (var row in rows)
                {
                    connection.Execute("DELETE FROM t", row, transaction: transaction2);
                }

                transaction2.Commit();
                using var transaction = connection.BeginTransaction();

                foreach (var row in rows)
                {
                    connection.Execute("DELETE FROM u", row, transaction: transaction);
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task A_transaction_of_EF_Core() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    using var transaction = db.Database.BeginTransaction();
                    db.Add(row);
                    db.SaveChanges();
                    [|transaction.Commit()|];
                }
        """), InMethod("""
        using var transaction = db.Database.BeginTransaction();
                foreach (var row in rows)
                {
                    db.Add(row);
                    db.SaveChanges();
                }

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task A_brace_less_place() => Fixes(InMethod("""
        if (rows.Count > 1)
                    foreach (var row in rows)
                    {
                        using var transaction = connection.BeginTransaction();
                        connection.Execute("DELETE FROM t", row, transaction);
                        [|transaction.Commit()|];
                    }
        """), InMethod("""
        if (rows.Count > 1)
                {
                    using var transaction = connection.BeginTransaction();
                    foreach (var row in rows)
                    {
                        connection.Execute("DELETE FROM t", row, transaction);
                    }

                    transaction.Commit();
                }
        """), changes: true);

    [Fact]
    public Task On_older_frameworks() => new WithoutProvider().Fixes(Target.Net472.CSharp(7));

    private sealed class WithoutProvider : RuleTests<CommitPerRowAnalyzer, CommitPerRowFix>
    {
        public Task Fixes(Target target) => Fixes("""
            using System.Collections.Generic;
            using System.Data;

            class C
            {
                void M(IDbConnection connection, List<string> names)
                {
                    foreach (var name in names)
                        using (var transaction = connection.BeginTransaction())
                        {
                            var command = connection.CreateCommand();
                            command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                            command.Transaction = transaction;
                            command.ExecuteNonQuery();
                            [|transaction.Commit()|];
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
                    using (var transaction = connection.BeginTransaction())
                    {
                        foreach (var name in names)
                        {
                            var command = connection.CreateCommand();
                            command.CommandText = "INSERT INTO t (name) VALUES ('a')";
                            command.Transaction = transaction;
                            command.ExecuteNonQuery();
                        }

                        transaction.Commit();
                    }
                }
            }
            """, changes: true, target: target);
    }

    [Fact]
    public Task Windows_line_ends_stay() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    using var transaction = connection.BeginTransaction();
                    connection.Execute("DELETE FROM t", row, transaction);
                    [|transaction.Commit()|];
                }
        """).ReplaceLineEndings("\r\n"), InMethod("""
        using var transaction = connection.BeginTransaction();
                foreach (var row in rows)
                {
                    connection.Execute("DELETE FROM t", row, transaction);
                }

                transaction.Commit();
        """).ReplaceLineEndings("\r\n"), changes: true);

    // Where no fix is offered.

    [Theory]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); if (row.Id == 1) return; connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); if (row.Id == 1) continue; connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); if (row.Id == 1) break; connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); try { connection.Execute(\"DELETE FROM t\", row, tx); } catch { Console.WriteLine(); throw; } [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; connection.Execute(\"DELETE FROM u\", row); }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; Done?.Invoke(row); }")]
    [InlineData("foreach (var row in rows) { connection.Execute(\"DELETE FROM u\", row); using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { using var tx = connection.BeginTransaction(row.Id == 1 ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("foreach (var row in rows) { var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; tx.Dispose(); }")]
    [InlineData("var tx = connection.BeginTransaction(); foreach (var row in rows) { connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; tx = connection.BeginTransaction(); }")]
    [InlineData("rows.ForEach(row => { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; });")]
    [InlineData("foreach (var row in connection.Query<Row>(\"SELECT 1\", buffered: false)) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; }")]
    [InlineData("switch (rows.Count) { case 1: foreach (var row in rows) { using var tx = connection.BeginTransaction(); connection.Execute(\"DELETE FROM t\", row, tx); [|tx.Commit()|]; } break; }")]
    public Task Not_safe(string statements) => HasNoFix(InMethod(statements, "event Action<Row>? Done;"));

    // What the fixed program does.

    [Theory]
    [InlineData("foreach (var name in names) { using var tx = connection.BeginTransaction(); connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name }, tx); tx.Commit(); }")]
    [InlineData("foreach (var name in names) { using (var tx = connection.BeginTransaction()) { connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name }, tx); tx.Commit(); } }")]
    [InlineData("foreach (var name in names) { await using var tx = await connection.BeginTransactionAsync(); await connection.ExecuteAsync(\"INSERT INTO t (name) VALUES (@name)\", new { name }, tx); await tx.CommitAsync(); }")]
    [InlineData("var n = 0; foreach (var name in names) { using var tx = connection.BeginTransaction(); connection.Execute(\"INSERT INTO t (name, n) VALUES (@name, @n)\", new { name, n }, tx); tx.Commit(); n++; Console.WriteLine(name); } Trace.Log(n);")]
    [InlineData("using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; var p = command.Parameters.Add(\"$name\", SqliteType.Text); for (var i = 0; i < names.Count; i++) { using var tx = connection.BeginTransaction(); command.Transaction = tx; p.Value = names[i]; command.ExecuteNonQuery(); tx.Commit(); }")]
    [InlineData("foreach (var name in names) { if (name == \"c\") continue; using var tx = connection.BeginTransaction(); using var command = connection.CreateCommand(); command.CommandText = \"INSERT INTO t (name) VALUES ($name)\"; command.Parameters.AddWithValue(\"$name\", name); command.ExecuteNonQuery(); tx.Commit(); }")]
    [InlineData("foreach (var name in names) { if (name == \"c\") break; using (var tx = connection.BeginTransaction()) { connection.Execute(\"INSERT INTO t (name) VALUES (@name)\", new { name }, tx); tx.Commit(); } Trace.Log(name); }")]
    [InlineData("foreach (var name in names) { using var tx = connection.BeginTransaction(); var id = connection.ExecuteScalar<long>(\"INSERT INTO t (name) VALUES (@name); SELECT last_insert_rowid()\", new { name }, tx); connection.Execute(\"UPDATE t SET n = @id WHERE id = @id\", new { id }, tx); tx.Commit(); } foreach (var name in names) { using var tx = connection.BeginTransaction(); connection.Execute(\"UPDATE t SET n = n + 1 WHERE name = @name\", new { name }, tx); tx.Commit(); }")]
    public Task Stores_the_same_rows(string statements) => FixesAndRuns(Program(statements), Inputs, changes: true);

    [Fact]
    public Task EF_Core_stores_the_same_rows() => FixesAndRuns("""
        using Microsoft.EntityFrameworkCore;

        class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
        }

        class Db(string path) : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path};Pooling=False");
        }

        static class Program
        {
            static string Run(string path, List<string> names)
            {
                using (var db = new Db(path))
                {
                    db.Database.EnsureCreated();
                    foreach (var name in names)
                    {
                        using var transaction = db.Database.BeginTransaction();
                        db.Rows.Add(new Row { Name = name });
                        db.SaveChanges();
                        transaction.Commit();
                    }

                    foreach (var name in names)
                    {
                        using var transaction = db.Database.BeginTransaction();
                        db.Rows.Where(row => row.Name == name && row.Id > 1).ExecuteUpdate(set => set.SetProperty(row => row.Name, row => row.Name + "!"));
                        transaction.Commit();
                    }

                    for (var i = 0; i < names.Count; i++)
                    {
                        using var transaction = db.Database.BeginTransaction();
                        db.Database.ExecuteSql($"UPDATE Rows SET Name = Name || {i} WHERE Id = {i}");
                        transaction.Commit();
                    }
                }

                using var stored = new Db(path);
                return string.Join(" ", stored.Rows.OrderBy(row => row.Id).Select(row => row.Id + row.Name));
            }
        }
        """, Inputs, changes: true);
}
