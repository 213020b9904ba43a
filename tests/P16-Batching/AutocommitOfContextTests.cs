using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Rows that EF Core changes without loading them: each statement is a transaction of its own.</summary>
public sealed class AutocommitOfContextTests : RuleTests<AutocommitPerRowAnalyzer, AutocommitPerRowFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private const string Model = """
        using Microsoft.EntityFrameworkCore;

        class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int N { get; set; }
        }

        class Db(string path = "") : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path};Pooling=False");
        }

        """;

    private static string InMethod(string statements, string members = "") => Model + $$"""
        class C(Db field)
        {
            {{members}}

            async Task M(string path, List<int> ids, List<Row> rows, string[] tables, CancellationToken token)
            {
                using var db = new Db(path);
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    [Theory]
    [InlineData("foreach (var id in ids) [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|];")]
    [InlineData("foreach (var row in rows) await [|db.Rows.Where(r => r.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.N, row.N), token)|];")]
    [InlineData("foreach (var id in ids) await [|db.Set<Row>().Where(r => r.Id == id).ExecuteDeleteAsync(token)|].ConfigureAwait(false);")]
    [InlineData("for (var i = 0; i < ids.Count; i++) { var query = field.Rows.Where(r => r.Id == ids[i]); [|query.ExecuteDelete()|]; }")]
    [InlineData("foreach (var row in rows) [|db.Database.ExecuteSql($\"UPDATE Rows SET N = {row.N} WHERE Id = {row.Id}\")|];")]
    [InlineData("foreach (var row in rows) await [|db.Database.ExecuteSqlInterpolatedAsync($\"INSERT INTO Rows (Name) VALUES ({row.Name})\", token)|];")]
    [InlineData("foreach (var id in ids) [|field.Database.ExecuteSqlRaw(\"DELETE FROM Rows WHERE Id = {0}\", id)|];")]
    [InlineData("ids.ForEach(id => [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|]);")]
    public Task Is_reported(string statements) => ReportsWarning(InMethod(statements));

    [Theory]
    [InlineData("using var transaction = db.Database.BeginTransaction(); foreach (var id in ids) db.Rows.Where(r => r.Id == id).ExecuteDelete(); transaction.Commit();")]
    [InlineData("await db.Database.BeginTransactionAsync(); foreach (var id in ids) db.Database.ExecuteSql($\"DELETE FROM Rows WHERE Id = {id}\"); await db.Database.CommitTransactionAsync();")]
    [InlineData("foreach (var chunk in ids.Chunk(500)) db.Rows.Where(r => chunk.Contains(r.Id)).ExecuteDelete();")]
    [InlineData("foreach (var group in rows.GroupBy(r => r.N)) { var some = group.Select(r => r.Id).ToList(); db.Rows.Where(r => some.Contains(r.Id)).ExecuteDelete(); }")]
    [InlineData("int deleted; do { deleted = db.Rows.Where(r => r.N < 3).Take(1000).ExecuteDelete(); } while (deleted > 0);")]
    [InlineData("while (true) { var n = await db.Rows.Where(r => r.N < 3).Take(1000).ExecuteDeleteAsync(token); if (n < 1000) break; }")]
    [InlineData("foreach (var table in tables) db.Database.ExecuteSqlRaw(\"DELETE FROM \" + table);")]
    [InlineData("foreach (var table in tables) db.Database.ExecuteSqlRaw(\"VACUUM\");")]
    [InlineData("foreach (var id in ids) { using var own = new Db(path); own.Rows.Where(r => r.Id == id).ExecuteDelete(); }")]
    [InlineData("while (!token.IsCancellationRequested) { db.Rows.Where(r => r.N == Environment.TickCount).ExecuteDelete(); await Task.Delay(10); }")]
    [InlineData("db.Rows.Where(r => ids.Contains(r.Id)).ExecuteDelete();")]
    public Task Is_silent(string statements) => Reports(InMethod(statements));

    [Fact]
    public Task A_transaction_around_the_loop() => Fixes(InMethod("""
        // Gone for good.
                foreach (var id in ids)
                    [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|];
        """), InMethod("""
        using var transaction = db.Database.BeginTransaction();
                // Gone for good.
                foreach (var id in ids)
                    db.Rows.Where(r => r.Id == id).ExecuteDelete();

                transaction.Commit();
        """), changes: true);

    [Fact]
    public Task An_awaited_one() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    await [|db.Rows.Where(r => r.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.N, row.N), token)|];
                }
        """).ReplaceLineEndings("\r\n"), InMethod("""
        await using var transaction = await db.Database.BeginTransactionAsync(token);
                foreach (var row in rows)
                {
                    await db.Rows.Where(r => r.Id == row.Id).ExecuteUpdateAsync(s => s.SetProperty(r => r.N, row.N), token);
                }

                await transaction.CommitAsync(token);
        """).ReplaceLineEndings("\r\n"), changes: true);

    [Theory]
    // The caller may have one.
    [InlineData("foreach (var id in ids) [|field.Rows.Where(r => r.Id == id).ExecuteDelete()|];", "Task Outer() { using var outer = field.Database.BeginTransaction(); return M(\"\", [], [], [], default); }")]
    [InlineData("foreach (var id in ids) { [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|]; Trace(id); }", "public event Action<int>? Done; void Trace(int id) => Done?.Invoke(id);")]
    [InlineData("foreach (var id in ids) { [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|]; db.SaveChanges(); }", "")]
    [InlineData("foreach (var id in ids) { try { [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|]; } catch (InvalidOperationException) { } }", "")]
    [InlineData("foreach (var id in ids) { if (id < 0) return; [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|]; }", "")]
    [InlineData("foreach (var id in ids) { [|db.Rows.Where(r => r.Id == Next(id)).ExecuteDelete()|]; }", "int Next(int id) => ++id;")]
    [InlineData("ids.ForEach(id => [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|]);", "")]
    // A strategy that tries again refuses transactions begun by hand.
    [InlineData("foreach (var id in ids) [|db.Rows.Where(r => r.Id == id).ExecuteDelete()|];", "static void EnableRetryOnFailure() { }")]
    public Task Has_no_fix(string statements, string members) => HasNoFix(InMethod(statements, members));

    [Fact]
    public Task The_same_rows_are_left() => FixesAndRuns(Model + """
        static class Program
        {
            static async Task<string> Run(string path, List<int> ids)
            {
                using (var first = new Db(path))
                {
                    first.Database.EnsureCreated();
                    for (var i = 1; i <= 6; i++)
                        first.Rows.Add(new Row { Id = i, Name = "r" + i, N = i });

                    first.SaveChanges();
                }

                await Change(path, ids);

                using var stored = new Db(path);
                return string.Join(" ", stored.Rows.OrderBy(row => row.Id).Select(row => row.Id + row.Name + row.N));
            }

            static async Task Change(string path, List<int> ids)
            {
                using var db = new Db(path);
                var n = 0;
                foreach (var id in ids)
                {
                    n += db.Rows.Where(r => r.Id == id && r.N > 1).ExecuteUpdate(s => s.SetProperty(r => r.Name, r => r.Name + "!"));
                    if (db.Rows.Any(r => r.Id == id + 1))
                        n++;
                }

                for (var i = 0; i < ids.Count; i++)
                {
                    if (i == 2)
                        continue;

                    var id = ids[i];
                    n += await db.Database.ExecuteSqlAsync($"UPDATE Rows SET N = N + {i} WHERE Id = {id}");
                }

                foreach (var id in ids)
                    n += await db.Rows.Where(r => r.Id == id && r.N == 3).ExecuteDeleteAsync().ConfigureAwait(false);

                Trace.Log(n);
            }
        }
        """, [[NewFile, Array.Empty<int>()], [NewFile, new[] { 1 }], [NewFile, new[] { 3, 9, 2, 3, 6 }]], changes: true);
}
