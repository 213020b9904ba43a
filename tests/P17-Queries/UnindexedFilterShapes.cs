using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Entities that are found by a property with an index and by one without.</summary>
public sealed class UnindexedFilterShapes : Shape<UnindexedFilterAnalyzer, UnindexedFilterFix>
{
    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    public override GeneratedProgram Compose(Choices choose)
    {
        string Condition() => choose.Of("row.Name == name", "row.Name == name && row.N > 1", "row.N >= n", "row.N == n && row.Flag", "row.Id == n", "row.Flag", "row.Name != name", "row.Name == null", "n == row.N", "names.Contains(row.Name)");

        var query = choose.Of("db.Rows", "db.Rows.AsNoTracking()", "db.Set<Row>()");
        var end = choose.Made(
            () => $"{query}.Where(row => {Condition()}).OrderBy(row => row.Id).Select(row => row.Name + row.N).ToList()",
            () => $"{query}.OrderBy(row => row.Id).Where(row => {Condition()}).Where(row => {Condition()}).Select(row => row.N).ToArray()",
            () => $"{query}.Count(row => {Condition()})",
            () => $"{query}.Where(row => {Condition()}).Any()",
            () => $"{query}.OrderBy(row => row.Id).FirstOrDefault(row => {Condition()})?.N",
            () => $"{query}.Where(row => {Condition()}).Sum(row => row.N)",
            () => $"(from row in {query} where {Condition()} orderby row.Id select row.Name).ToList()");

        var attributes = choose.Perhaps(20, "[Index(nameof(Name))]\n") + choose.Perhaps(15, "[Index(nameof(N), nameof(Name))]\n");
        var (comment, modifiers) = (choose.Perhaps(25, "/// <summary>A row.</summary>\n"), choose.Of("public class", "public sealed class", "public sealed record"));

        return new("using Microsoft.Data.Sqlite;\nusing Microsoft.EntityFrameworkCore;\n", $$"""
            public class Db(SqliteConnection connection) : DbContext
            {
                public DbSet<Row> Rows => Set<Row>();
                protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);
            }

            {{comment}}{{attributes}}{{modifiers}} Row
            {
                public int Id { get; set; }
                public string? Name { get; set; }
                public int N { get; set; }
                public bool Flag { get; set; }
            }

            public static class Program
            {
                public static object? Run(List<string> names, int n)
                {
                    using var connection = new SqliteConnection("Data Source=:memory:");
                    connection.Open();
                    using var db = new Db(connection);
                    db.Database.EnsureCreated();
                    foreach (var word in names)
                        db.Add(new Row { Name = word, N = word.Length, Flag = word.Length > 2 });

                    db.Add(new Row());
                    db.SaveChanges();
                    var name = names.FirstOrDefault() ?? "";
                    return {{end}};
                }
            }

            """, [[new List<string> { "a", "bcd", "a", "ef" }, 2], [new List<string>(), 0]]);
    }
}
