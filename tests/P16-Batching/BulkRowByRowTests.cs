using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class BulkRowByRowTests : RuleTests<BulkRowByRowAnalyzer, BulkRowByRowFix>
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
            public int N { get; set; }
            public int? Maybe { get; set; }
            public double Weight { get; set; }
            public bool IsOpen { get; set; }
            public DateTime Changed { get; set; }
            public List<Line> Lines { get; set; } = new();
            public string Shout { get => Name; set => Name = value.ToUpperInvariant(); }
        }

        class Line
        {
            public int Id { get; set; }
            public int RowId { get; set; }
        }
        """;

    private static string InMethod(string statements, string members = "", string types = "") => $$"""
        using Microsoft.EntityFrameworkCore;

        {{Model}}
        {{types}}

        class Db(string path = "") : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            public DbSet<Line> Lines => Set<Line>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(path);
            {{members}}
        }

        class C(IDbContextFactory<Db> factory)
        {
            async Task M(Db db, Db second, List<Row> rows, string name, int n, Row other, CancellationToken token)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }

            static int Compute(int n) => n;
        }
        """;

    // What is reported.

    [Fact]
    public Task Removed_and_saved() => ReportsInfo(InMethod("[|db.RemoveRange(db.Rows.Where(row => row.N > n))|]; db.SaveChanges();"),
        "All rows of 'db.Rows.Where(row => row.N > n)' are loaded and tracked to delete them; 'ExecuteDelete' does it by one statement in the database");

    [Fact]
    public Task Set_and_saved() => ReportsInfo(InMethod("[|foreach (var row in db.Rows.Where(row => row.N > n))|] row.IsOpen = false; db.SaveChanges();"),
        "All rows of 'db.Rows.Where(row => row.N > n)' are loaded and tracked to set them one by one; 'ExecuteUpdate' does it by one statement in the database");

    [Theory]
    [InlineData("[|db.Rows.RemoveRange(db.Rows)|]; db.SaveChanges();")]
    [InlineData("var old = db.Rows.Where(row => row.N > n).ToList(); [|db.Rows.RemoveRange(old)|]; db.SaveChanges();")]
    [InlineData("var old = await db.Rows.Where(row => row.N > n).OrderBy(row => row.Id).ToListAsync(token); [|db.RemoveRange(old)|]; await db.SaveChangesAsync(token);")]
    [InlineData("[|db.RemoveRange(from row in db.Rows where row.IsOpen select row)|]; await db.SaveChangesAsync().ConfigureAwait(false);")]
    [InlineData("var query = db.Set<Row>().Where(row => row.N > n); [|db.RemoveRange(query)|]; var count = db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows.Where(row => row.N > n).ToList())|] { db.Rows.Remove(row); } db.SaveChanges();")]
    [InlineData("using var own = factory.CreateDbContext(); [|foreach (var row in await own.Rows.ToArrayAsync())|] own.Remove(row); await own.SaveChangesAsync();")]
    [InlineData("[|await foreach (var row in db.Rows.AsAsyncEnumerable())|] { row.N = n; row.Name = other.Name; } await db.SaveChangesAsync();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.N++; row.Maybe = row.N * 2; row.Weight *= 1.5; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] row.Changed = DateTime.UtcNow; db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] row.Name = row.Name.ToUpper(); db.SaveChanges();")]
    [InlineData("if (n > 0) { [|foreach (var row in db.Rows.Where(row => row.IsOpen))|] row.IsOpen = false; db.SaveChanges(); }")]
    public Task Every_form(string statements) => ReportsInfo(InMethod(statements));

    [Theory]
    [InlineData("db.RemoveRange(rows); db.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Rows.Where(row => row.N > n));")]
    [InlineData("db.RemoveRange(db.Rows.Where(row => row.N > n)); second.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Rows.Where(row => row.Id == n)); db.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Rows.Include(row => row.Lines)); db.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Rows.Take(5)); db.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Rows.AsEnumerable().Where(row => Compute(row.N) > n)); db.SaveChanges();")]
    [InlineData("var old = db.Rows.ToList(); Console.WriteLine(old.Count); db.RemoveRange(old); db.SaveChanges();")]
    [InlineData("db.Add(other); db.RemoveRange(db.Rows.Where(row => row.N > n)); db.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Rows); db.AddRange(rows); db.SaveChanges();")]
    [InlineData("db.RemoveRange(db.Lines); db.RemoveRange(db.Rows); db.SaveChanges();")]
    [InlineData("other.N = 3; db.RemoveRange(db.Rows.Where(row => row.N > n)); db.SaveChanges();")]
    [InlineData("foreach (var row in rows) row.N = 3; db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { if (row.N > 1) row.N = 3; } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { row.N = Compute(row.N); } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { row.N = 3; Console.WriteLine(row.Name); } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { row.Shout = name; } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { row.N = n++; } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { row.N = row.Lines.Count; } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows.AsNoTracking()) { row.N = 3; } db.SaveChanges();")]
    [InlineData("foreach (var row in db.Rows) { row.N = 3; db.SaveChanges(); }")]
    [InlineData("foreach (var row in db.Rows) { other.N = row.N; } db.SaveChanges();")]
    public Task Quiet(string statements) => Reports(InMethod(statements));

    [Theory]
    [InlineData("public override int SaveChanges() => base.SaveChanges();", "")]
    [InlineData("", "class Audit : Microsoft.EntityFrameworkCore.Diagnostics.SaveChangesInterceptor { }")]
    [InlineData("protected override void OnModelCreating(ModelBuilder model) => model.Entity<Row>().Property(row => row.N).IsConcurrencyToken();", "")]
    public Task Quiet_where_a_save_is_more(string members, string types) => Reports(InMethod("db.RemoveRange(db.Rows); db.SaveChanges();", members, types));

    [Fact]
    public Task Types_of_the_users_own_with_the_same_names() => Reports("""
        class DbContext { public List<int> Rows = new(); public void RemoveRange(IEnumerable<int> rows) { } public void SaveChanges() { } }
        class C { void M(DbContext db) { db.RemoveRange(db.Rows.Where(row => row > 1)); db.SaveChanges(); } }
        """);

    // What the fix makes of it.

    [Theory]
    [InlineData("[|db.RemoveRange(db.Rows.Where(row => row.N > n))|];\ndb.SaveChanges();", "db.Rows.Where(row => row.N > n).ExecuteDelete();\ndb.SaveChanges();")]
    [InlineData("using var own = new Db();\n// The old ones.\n[|own.Rows.RemoveRange(own.Rows.Where(row => row.N > n))|];\nawait own.SaveChangesAsync(token).ConfigureAwait(false);",
        "using var own = new Db();\n// The old ones.\nawait own.Rows.Where(row => row.N > n).ExecuteDeleteAsync(token).ConfigureAwait(false);")]
    [InlineData("using var own = factory.CreateDbContext();\nvar old = await own.Rows.Where(row => row.N > n).ToListAsync();\n[|own.RemoveRange(old)|];\nawait own.SaveChangesAsync();\nConsole.WriteLine();",
        "using var own = factory.CreateDbContext();\nawait own.Rows.Where(row => row.N > n).ExecuteDeleteAsync();\nConsole.WriteLine();")]
    [InlineData("[|foreach (var row in from each in db.Rows where each.IsOpen select each)|]\n    db.Remove(row);\ndb.SaveChanges();", "(from each in db.Rows where each.IsOpen select each).ExecuteDelete();\ndb.SaveChanges();")]
    [InlineData("using var own = new Db();\n[|foreach (var row in own.Rows.Where(row => row.N > n))|]\n{\n    row.IsOpen = false;\n    row.N += n;\n    row.Maybe = row.Id * 2;\n    row.Name = other.Name;\n}\n\nown.SaveChanges();",
        "using var own = new Db();\nown.Rows.Where(row => row.N > n).ExecuteUpdate(s => s\n    .SetProperty(row => row.IsOpen, false)\n    .SetProperty(row => row.N, row => row.N + n)\n    .SetProperty(row => row.Maybe, row => row.Id * 2)\n    .SetProperty(row => row.Name, other.Name));")]
    [InlineData("[|await foreach (var row in db.Rows.AsAsyncEnumerable())|]\n    row.N++;\nawait db.SaveChangesAsync(token);", "await db.Rows.ExecuteUpdateAsync(s => s.SetProperty(row => row.N, row => row.N + 1), token);\nawait db.SaveChangesAsync(token);")]
    public Task One_statement(string before, string after) => Fixes(InMethod(before), InMethod(after), changes: true);

    [Theory]
    [InlineData("[|db.RemoveRange(db.Rows)|]; var count = db.SaveChanges();")]
    [InlineData("[|db.RemoveRange(db.Rows.OrderBy(row => row.N))|]; db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.N = 3; row.Maybe = row.N; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.N = 3; row.N = 4; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.Maybe = null; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.Name += \"!\"; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.Weight += 1; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.Changed = DateTime.UtcNow; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|] { row.N = row.N > 2 ? 1 : 0; } db.SaveChanges();")]
    [InlineData("[|foreach (var row in db.Rows)|]\n{\n    // All of them.\n    row.N = 3;\n}\ndb.SaveChanges();")]
    public Task Reported_without_a_fix(string statements) => HasNoFix(InMethod(statements));

    [Fact]
    public Task The_fixed_program_stores_the_same() => FixesAndRuns($$"""
        using Microsoft.EntityFrameworkCore;

        {{Model}}

        class Db(string path) : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            public DbSet<Line> Lines => Set<Line>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite($"Data Source={path};Pooling=False");
        }

        static class Program
        {
            static async Task<string> Run(string path, List<string> names)
            {
                using (var first = new Db(path))
                {
                    first.Database.EnsureCreated();
                    foreach (var name in names)
                    {
                        var row = new Row { Name = name, N = name.Length };
                        row.Lines.Add(new Line());
                        first.Add(row);
                    }

                    first.SaveChanges();
                }

                await Delete(path, 2);
                Set(path, new Row { Name = "other" });
                using var stored = new Db(path);
                await foreach (var row in stored.Rows.Where(row => row.Name != "b").AsAsyncEnumerable())
                    row.N--;

                await stored.SaveChangesAsync();
                stored.ChangeTracker.Clear();
                return string.Join(" ", stored.Rows.OrderBy(row => row.Id).Select(row => row.Id + row.Name + row.N + row.Maybe + row.Weight)) + "; " + string.Join(" ", stored.Lines.OrderBy(line => line.Id).Select(line => line.RowId));
            }

            static async Task Delete(string path, int n)
            {
                using var db = new Db(path);
                var old = await db.Rows.Where(row => row.N > n).ToListAsync();
                db.RemoveRange(old);
                await db.SaveChangesAsync();
            }

            static void Set(string path, Row other)
            {
                using var db = new Db(path);
                foreach (var row in db.Rows.Where(row => row.Name != ""))
                {
                    row.Maybe = row.N + 1;
                    row.N *= 3;
                    row.Weight = 1.5;
                    row.Name = other.Name;
                }

                db.SaveChanges();
            }
        }
        """, [[NewFile, Array.Empty<string>()], [NewFile, new[] { "a", "bb", "", "ccc", "a" }]], changes: true);
}
