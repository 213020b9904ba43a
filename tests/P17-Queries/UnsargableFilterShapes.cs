using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Entities that are found by what a function or a default makes of a property, and by the property itself.</summary>
public sealed class UnsargableFilterShapes : Shape<UnsargableFilterAnalyzer, UnsargableFilterFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core builds a model for every type of context.
    public override (string Usings, string Types) Shared => ("using Microsoft.EntityFrameworkCore;\n", """
        [Index(nameof(Made)), Index(nameof(Name))]
        public class Dated
        {
            public int Id { get; set; }
            public string? Name { get; set; }
            public int N { get; set; }
            public int? Maybe { get; set; }
            public DateTime Made { get; set; }
            public DateTime? Sold { get; set; }
        }

        public class Diary(string source) : DbContext
        {
            public DbSet<Dated> Items => Set<Dated>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var fresh = 0;

        string Moment() => choose.Of("item.Made", "item.Made", "item.Sold!.Value");
        string Compared(string side, string value) => choose.Chance(80) ? $"{side} {choose.Of("==", "<", "<=", ">", ">=", "!=")} {value}" : $"{value} {choose.Of("==", "<", ">=", "<=")} {side}";

        string Condition() => choose.Below(9) switch
        {
            1 => Compared($"{Moment()}.Year", choose.Of("2024", "2023", "2025", "year", "9999")),
            2 => Compared("(item.Maybe ?? 0)", choose.Of("3", "0", "-1", "n")),
            3 => $"(item.Name ?? \"none\") == {choose.Of("\"a\"", "\"none\"", "\"None \"", "text")}",
            4 => "item.Name!.ToLower() == text",
            5 => "item.Id == n",
            6 => $"{Compared($"{Moment()}.Date", choose.Of("day", "when"))} && item.N > 0",
            _ => Compared($"{Moment()}.Date", choose.Of("day", "when.Date", "new DateTime(2024, 2, 28)", "DateTime.Today")),
        };

        string Query() => "db.Items" + choose.Of("", "", ".AsNoTracking()", ".OrderBy(item => item.Name)");

        string Statement() => choose.Below(6) switch
        {
            1 => $"Trace.Log({(scene.IsAsync ? "await " : "")}{Query()}.{(scene.IsAsync ? "CountAsync" : "Count")}(item => {Condition()}));",
            2 => $"foreach (var item in {Query()}.Where(item => {Condition()}).OrderBy(item => item.Id))\nTrace.Log(item.Id);",
            3 => $"var found{++fresh} = {Query()}.Where(item => {Condition()}).Where(item => {Condition()}).ToList();\nTrace.Log(found{fresh}.Count);",
            4 => $"Trace.Log((from item in {Query()} where {Condition()} select item.Id).Sum());",
            5 => $"bool Has{++fresh}() => {Query()}.Any(item => {Condition()});\nTrace.Log(Has{fresh}() ? \"yes\" : \"no\");",
            _ => $"Trace.Log({Query()}.Count(item => {Condition()}));",
        };

        return scene.Finish(["Microsoft.EntityFrameworkCore"],
            "using (var first = new Diary(source))\n        {\n            first.Database.EnsureCreated();\n            for (var i = 0; i < input.Length * 3; i++)\n                first.Add(new Dated { Name = i % 4 == 0 ? null : input[i / 3], N = i % 4, Maybe = i % 3 == 0 ? null : i - 2, Made = new DateTime(2024, 2, 27).AddHours(i * 8), Sold = i % 2 == 0 ? null : new DateTime(2023, 12, 30).AddHours(i * 16 - 1) });\n\n            first.SaveChanges();\n        }",
            $"using var db = new Diary(source);\nvar n = names.Count;\nvar text = \"a\";\nvar year = 2023 + n % 2;\nvar when = new DateTime(2024, 2, 28, 5, 0, 0);\nvar day = when.Date;\n{scene.Around(choose.Lines(1, 3, Statement))}",
            "Rows(connection, \"SELECT Id, Name, N FROM Items ORDER BY Id\")");
    }
}
