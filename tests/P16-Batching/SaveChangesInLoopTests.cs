using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class SaveChangesInLoopTests : RuleTests<SaveChangesInLoopAnalyzer, SaveChangesInLoopFix>
{
    protected override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core never lets go of a load context.
    protected override bool RunsInChildProcess => true;

    protected override TimeSpan TimeLimit => TimeSpan.FromMinutes(2);

    private const string Model = """
        class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int ParentId { get; set; }
            public List<Line> Lines { get; set; } = new();
        }

        class Line
        {
            public int Id { get; set; }
            public int RowId { get; set; }
        }

        class Db(string path = "") : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            public DbSet<Line> Lines => Set<Line>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path};Pooling=False");
        }
        """;

    private static string InMethod(string statements, string members = "") => $$"""
        using Microsoft.EntityFrameworkCore;

        {{Model}}

        class C
        {
            {{members}}

            async Task M(Db db, List<Row> rows, List<string> names, IEnumerable<string> lazy, string[] array, CancellationToken cancellationToken)
            {
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    private static string Program(string statements) => $$"""
        using Microsoft.EntityFrameworkCore;

        {{Model}}

        static class Program
        {
            static async Task<string> Run(string path, List<string> names)
            {
                using (var first = new Db(path))
                    first.Database.EnsureCreated();

                await Store(path, names);

                using var stored = new Db(path);
                return string.Join(" ", stored.Rows.OrderBy(row => row.Id).Select(row => row.Id + row.Name + row.ParentId)) + "; " + string.Join(" ", stored.Lines.OrderBy(line => line.Id).Select(line => line.RowId));
            }

            static async Task Store(string path, List<string> names)
            {
                using var db = new Db(path);
                {{statements}}
                await Task.Yield();
            }
        }
        """;

    private static readonly Arguments[] Inputs = [[NewFile, Array.Empty<string>()], [NewFile, new[] { "a" }], [NewFile, new[] { "b", "z", "c", "ß", "a" }]];

    // What is reported.

    [Fact]
    public Task Added_and_saved_row_by_row() => ReportsWarning(InMethod("""
        foreach (var name in names)
        {
            db.Rows.Add(new Row { Name = name });
            [|db.SaveChanges()|];
        }
        """), "'db.SaveChanges()' compares all tracked entities and commits in every iteration of the loop over 'names'; save once after the loop");

    [Theory]
    [InlineData("foreach (var name in names) { db.Add(new Row { Name = name }); await [|db.SaveChangesAsync()|]; }")]
    [InlineData("foreach (var name in lazy) { await db.AddAsync(new Row { Name = name }); await [|db.SaveChangesAsync(cancellationToken)|].ConfigureAwait(false); }")]
    [InlineData("for (var i = 0; i < rows.Count; i++) { db.Rows.Update(rows[i]); [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Remove(row); [|db.SaveChanges(true)|]; }")]
    [InlineData("foreach (var row in db.Rows.ToList()) { row.Name += \"x\"; [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Attach(row); row.ParentId++; [|db.SaveChanges()|]; Console.WriteLine(\"saved\"); }")]
    [InlineData("names.ForEach(name => { db.Add(new Row { Name = name }); [|db.SaveChanges()|]; });")]
    [InlineData("DbContext other = db; foreach (var row in rows) { other.Add(row); [|other.SaveChanges()|]; }")]
    [InlineData("var saved = 0; foreach (var row in rows) { db.Add(row); saved += [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Add(row); foreach (var line in row.Lines) db.Add(line); [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { try { db.Add(row); [|db.SaveChanges()|]; } catch { Console.WriteLine(row.Name); throw; } }")]
    [InlineData("foreach (var name in names) { if (!db.Lines.Any(line => line.RowId == name.Length)) { db.Add(new Row { Name = name }); [|db.SaveChanges()|]; } }")]
    public Task Every_form(string statements) => ReportsWarning(InMethod(statements));

    [Theory]
    [InlineData("foreach (var name in names) { if (!db.Rows.Any(row => row.Name == name)) { db.Add(new Row { Name = name }); [|db.SaveChanges()|]; } }")]
    [InlineData("foreach (var name in names) { var known = db.Rows.Where(row => row.Name == name).FirstOrDefault(); if (known == null) db.Rows.Add(new Row { Name = name }); else known.ParentId++; [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { if (await db.Rows.FindAsync(row.Id) == null) { db.Rows.Add(row); [|db.SaveChanges()|]; } }")]
    public Task What_the_next_row_asks_for_is_a_hint(string statements) => ReportsInfo(InMethod(statements));

    [Fact]
    public Task Through_an_interface_of_the_context() => Reports("""
        using Microsoft.EntityFrameworkCore;

        class Row { public int Id { get; set; } }

        interface IDb
        {
            DbSet<Row> Rows { get; }
            Task<int> SaveChangesAsync(CancellationToken cancellationToken = default);
        }

        class Db : DbContext, IDb
        {
            public DbSet<Row> Rows => Set<Row>();
        }

        class C(IDb db)
        {
            async Task M(List<Row> rows)
            {
                foreach (var row in rows)
                {
                    db.Rows.Add(row);
                    await [|db.SaveChangesAsync()|];
                }
            }
        }
        """);

    [Fact]
    public Task Wherever_it_stands() => ReportsEverywhere("""
        foreach (var file in Directory.GetFiles("."))
        {
            Db.Add(file);
            [|Db.SaveChanges()|];
        }
        """, "static readonly Microsoft.EntityFrameworkCore.DbContext Db = null!;", except: Placement.TopLevel);

    // What is not.

    [Theory]
    [InlineData("foreach (var name in names) { var row = new Row { Name = name }; db.Add(row); db.SaveChanges(); db.Add(new Line { RowId = row.Id }); }")]
    [InlineData("foreach (var row in rows) { db.Add(row); db.SaveChanges(); Console.WriteLine(row.Id); }")]
    [InlineData("var ids = new List<int>(); foreach (var row in rows) { db.Add(row); db.SaveChanges(); ids.Add(row.Id); }")]
    [InlineData("var byName = new Dictionary<string, Row>(); foreach (var name in names) { var row = new Row { Name = name }; if (name.Length > 1) row.ParentId = byName[name.Substring(1)].Id; db.Add(row); byName[name] = row; db.SaveChanges(); }")]
    [InlineData("foreach (var name in names) { var entry = db.Add(new Row { Name = name }); db.SaveChanges(); Console.WriteLine(entry.Entity.Id); }")]
    public Task The_generated_key_is_used(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("while (true) { db.Add(new Row()); db.SaveChanges(); }")]
    [InlineData("while (!cancellationToken.IsCancellationRequested) { db.Add(new Row()); await db.SaveChangesAsync(); }")]
    [InlineData("var page = 0; List<Row> found; do { found = db.Rows.OrderBy(row => row.Id).Skip(page++ * 100).Take(100).ToList(); foreach (var row in found) row.ParentId++; db.SaveChanges(); } while (found.Count > 0);")]
    [InlineData("for (var page = 0; page < names.Count; page++) { var found = db.Rows.Skip(page * 100).Take(100).ToList(); found[0].ParentId = 1; db.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { db.Add(row); db.SaveChanges(); await Task.Delay(10); }")]
    [InlineData("await foreach (var row in System.Threading.Channels.Channel.CreateUnbounded<Row>().Reader.ReadAllAsync()) { db.Add(row); db.SaveChanges(); }")]
    public Task Workers_and_pages(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("for (var attempt = 0; attempt < 20; attempt++) { try { db.Add(new Row()); db.SaveChanges(); break; } catch (DbUpdateException) { } }")]
    [InlineData("foreach (var row in rows) { try { db.Add(row); db.SaveChanges(); } catch (DbUpdateException) { Console.WriteLine(row.Name); } }")]
    [InlineData("foreach (var row in rows) { db.Add(row); try { db.SaveChanges(); } catch (DbUpdateException e) when (e.Entries.Count == 1) { db.Remove(row); } }")]
    public Task Retries_and_rows_that_may_fail(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("foreach (var row in rows) { Publish(row); db.Add(row); db.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { db.Add(row); db.SaveChanges(); Done?.Invoke(row.Name); }")]
    [InlineData("foreach (var name in names) { db.Add(new Row { Name = name }); db.SaveChanges(); File.Delete(name); }")]
    [InlineData("foreach (var name in names) { db.Add(new Row { Name = name }); await db.SaveChangesAsync(); await SendAsync(name); }")]
    public Task Events_between(string statements) => Reports(InMethod(statements, "static void Publish(Row row) { } static Task SendAsync(string name) => Task.CompletedTask; event Action<string>? Done;"));

    [Theory]
    [InlineData("var i = 0; foreach (var row in rows) { db.Add(row); if (++i % 100 == 0) db.SaveChanges(); } db.SaveChanges();")]
    [InlineData("foreach (var chunk in rows.Chunk(100)) { foreach (var row in chunk) db.Add(row); db.SaveChanges(); }")]
    [InlineData("foreach (var chunk in rows.Chunk(100)) { db.AddRange(chunk); db.SaveChanges(); }")]
    [InlineData("for (var i = 0; i < rows.Count; i += 100) { foreach (var row in rows.GetRange(i, 100)) db.Add(row); db.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { db.AddRange(row.Lines); db.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { db.Add(row); db.SaveChanges(); db.ChangeTracker.Clear(); }")]
    [InlineData("var changed = false; foreach (var row in rows) { row.Name = \"\"; if (changed) db.SaveChanges(); changed = !changed; }")]
    public Task Chunks(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("foreach (var row in rows) { using var own = new Db(); own.Add(row); own.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { using var tx = db.Database.BeginTransaction(); db.Add(row); db.SaveChanges(); tx.Commit(); }")]
    [InlineData("foreach (var row in rows) db.SaveChanges();")]
    [InlineData("db.AddRange(rows); db.SaveChanges();")]
    [InlineData("for (var i = 0; i < 3; i++) { db.Add(new Row()); db.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { if (row.Id == 1) { db.Add(row); db.SaveChanges(); return; } }")]
    [InlineData("Parallel.ForEach(rows, row => { db.Add(row); db.SaveChanges(); });")]
    [InlineData("foreach (var row in rows) { New().Add(row); New().SaveChanges(); }")]
    public Task Nothing_to_gain_here(string statements) => Reports(InMethod(statements, "static Db New() => new();"));

    [Fact]
    public Task Something_else_of_the_same_name() => Reports("""
        class Document
        {
            public void Add(string line) { }
            public void SaveChanges() { }
        }

        class C
        {
            void M(Document document, List<string> lines)
            {
                foreach (var line in lines)
                {
                    document.Add(line);
                    document.SaveChanges();
                }
            }
        }
        """);

    // What the fix writes.

    [Fact]
    public Task The_save_moves_behind_a_loop_that_ran() => Fixes(InMethod("""
        foreach (var name in names)
                {
                    db.Rows.Add(new Row { Name = name }); // new

                    // Saved.
                    [|db.SaveChanges()|];
                }
        """), InMethod("""
        foreach (var name in names)
                {
                    db.Rows.Add(new Row { Name = name }); // new
                }

                // Saved.
                if (names.Count > 0)
                    db.SaveChanges();
        """), changes: true);

    [Fact]
    public Task A_new_context_needs_no_guard() => Fixes(InMethod("""
        using var own = new Db();
                own.Database.EnsureCreated();
                foreach (var name in lazy)
                {
                    own.Rows.Add(new Row { Name = name });
                    await [|own.SaveChangesAsync(cancellationToken)|].ConfigureAwait(false);
                }
        """), InMethod("""
        using var own = new Db();
                own.Database.EnsureCreated();
                foreach (var name in lazy)
                {
                    own.Rows.Add(new Row { Name = name });
                }

                await own.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        """), changes: true);

    [Fact]
    public Task Arrays_and_counting_loops() => Fixes(InMethod("""
        foreach (var name in array)
                {
                    db.Rows.Add(new Row { Name = name });
                    [|db.SaveChanges()|];
                }

                for (var i = 0; i < rows.Count; i++)
                {
                    db.Remove(rows[i]);
                    [|db.SaveChanges()|];
                    Console.WriteLine(i);
                }
        """), InMethod("""
        foreach (var name in array)
                {
                    db.Rows.Add(new Row { Name = name });
                }

                if (array.Length > 0)
                    db.SaveChanges();

                for (var i = 0; i < rows.Count; i++)
                {
                    db.Remove(rows[i]);
                    Console.WriteLine(i);
                }

                if (rows.Count > 0)
                    db.SaveChanges();
        """), changes: true);

    [Fact]
    public Task A_brace_less_place_and_a_switch_section() => Fixes(InMethod("""
        if (names.Count > 1)
                    foreach (var row in rows)
                    {
                        row.ParentId++;
                        [|db.SaveChanges()|];
                    }

                switch (names.Count)
                {
                    case 1:
                        foreach (var row in rows)
                        {
                            db.Update(row);
                            await [|db.SaveChangesAsync()|];
                        }

                        break;
                }
        """), InMethod("""
        if (names.Count > 1)
                {
                    foreach (var row in rows)
                    {
                        row.ParentId++;
                    }

                    if (rows.Count > 0)
                        db.SaveChanges();
                }

                switch (names.Count)
                {
                    case 1:
                        foreach (var row in rows)
                        {
                            db.Update(row);
                        }

                        if (rows.Count > 0)
                            await db.SaveChangesAsync();

                        break;
                }
        """), changes: true);

    [Fact]
    public Task Top_level_statements() => Fixes($$"""
        using Microsoft.EntityFrameworkCore;

        using var db = new Db(args[0]);
        foreach (var name in args)
        {
            db.Rows.Add(new Row { Name = name });
            [|db.SaveChanges()|];
        }

        {{Model}}
        """, $$"""
        using Microsoft.EntityFrameworkCore;

        using var db = new Db(args[0]);
        foreach (var name in args)
        {
            db.Rows.Add(new Row { Name = name });
        }

        db.SaveChanges();

        {{Model}}
        """, changes: true);

    [Fact]
    public Task Windows_line_ends_stay() => Fixes(InMethod("""
        foreach (var row in rows)
                {
                    db.Add(row);
                    [|db.SaveChanges()|];
                }
        """).ReplaceLineEndings("\r\n"), InMethod("""
        foreach (var row in rows)
                {
                    db.Add(row);
                }

                if (rows.Count > 0)
                    db.SaveChanges();
        """).ReplaceLineEndings("\r\n"), changes: true);

    // Where no fix is offered.

    [Theory]
    [InlineData("foreach (var name in lazy) { db.Add(new Row { Name = name }); [|db.SaveChanges()|]; }")]
    [InlineData("var saved = 0; foreach (var row in rows) { db.Add(row); saved += [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var name in names) { if (!db.Rows.Any(row => row.Name == name)) { db.Add(new Row { Name = name }); [|db.SaveChanges()|]; } }")]
    [InlineData("foreach (var name in names) { var n = db.Rows.Count(); db.Add(new Row { Name = name, ParentId = n }); [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Add(row); if (row.Id == 1) break; [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Add(row); if (row.Id == 1) continue; [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Add(row); if (row.Id == 1) return; [|db.SaveChanges()|]; }")]
    [InlineData("try { foreach (var row in rows) { db.Add(row); [|db.SaveChanges()|]; } } catch (DbUpdateException) { db.SaveChanges(); }")]
    [InlineData("foreach (var row in rows) { try { db.Add(row); [|db.SaveChanges()|]; } catch { throw; } }")]
    [InlineData("foreach (var row in db.Rows) { row.ParentId++; [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) { db.Add(row); [|db.SaveChanges(row.Id == 1)|]; }")]
    [InlineData("foreach (var row in rows) { db.Add(row); Look(db); [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows.Where(row => row.Id == 0)) { db.Add(row); [|db.SaveChanges()|]; }")]
    [InlineData("var one = new Row(); foreach (var name in names) { one.Name = name; db.Add(one); [|db.SaveChanges()|]; }")]
    [InlineData("foreach (var row in rows) {\n#if !DEBUG\n db.Add(row);\n#endif\n [|db.SaveChanges()|]; }")]
    [InlineData("for (var i = 0; i < rows.Count; i++) { var row = rows[0]; db.Add(row); rows.RemoveAt(0); [|db.SaveChanges()|]; }")]
    [InlineData("rows.ForEach(row => { db.Add(row); [|db.SaveChanges()|]; });")]
    [InlineData("foreach (var row in rows) { db.Add(row); db.SaveChanges(); if (row.Name == null) throw new Exception(); }", true)]
    public Task Not_safe(string statements, bool isSilent = false) =>
        isSilent ? Reports(InMethod(statements)) : HasNoFix(InMethod(statements, "static void Look(Db db) { }"));

    [Fact]
    public Task A_context_that_does_more_than_save() => HasNoFix("""
        using Microsoft.EntityFrameworkCore;

        class Row { public int Id { get; set; } }

        class Db : DbContext
        {
            public override int SaveChanges(bool acceptAllChangesOnSuccess)
            {
                Console.WriteLine("audit");
                return base.SaveChanges(acceptAllChangesOnSuccess);
            }
        }

        class C
        {
            void M(Db db, List<Row> rows)
            {
                foreach (var row in rows)
                {
                    db.Add(row);
                    [|db.SaveChanges()|];
                }
            }
        }
        """);

    // What the fixed program does.

    [Theory]
    [InlineData("foreach (var name in names) { db.Rows.Add(new Row { Name = name }); db.SaveChanges(); }")]
    [InlineData("foreach (var name in names) { await db.AddAsync(new Row { Name = name }); await db.SaveChangesAsync(); }", false)]
    [InlineData("db.Add(new Row { Name = \"pending\" }); foreach (var name in names) { db.Rows.Add(new Row { Name = name }); db.SaveChanges(); }")]
    [InlineData("for (var i = 0; i < names.Count; i++) { var row = new Row { Name = names[i], ParentId = i }; row.Lines.Add(new Line()); db.Add(row); db.SaveChanges(); }")]
    [InlineData("foreach (var name in names) { db.Add(new Row { Name = name }); db.SaveChanges(); } foreach (var row in db.Rows.ToList()) { row.ParentId = row.Id; db.SaveChanges(); }")]
    [InlineData("foreach (var name in names) { db.Add(new Row { Name = name }); db.SaveChanges(); } var all = db.Rows.ToList(); foreach (var row in all) { if (row.Name == \"z\") continue; row.ParentId = row.Id; db.SaveChanges(); }", false)]
    [InlineData("foreach (var name in names) { db.Add(new Row { Name = name }); db.SaveChanges(); } var all = db.Rows.ToList(); foreach (var row in all) { db.Remove(row); db.SaveChanges(); }")]
    [InlineData("var n = 0; foreach (var name in names) { db.Add(new Row { Name = name }); db.SaveChanges(); n++; if (n == 3) break; } Trace.Log(n);")]
    public Task Stores_the_same_rows(string statements, bool isFixed = true) => FixesAndRuns(Program(statements), Inputs, changes: true, expectFix: isFixed ? true : null);
}
