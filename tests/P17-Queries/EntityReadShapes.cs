using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Entities that are loaded in every way and then read: so many of their values, some of them handed on or changed.</summary>
public abstract class EntityReadShapes<TAnalyzer, TFix>(params string[] values) : Shape<TAnalyzer, TFix>
    where TAnalyzer : RuleAnalyzer, new()
    where TFix : RuleFix, new()
{
    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core builds a model for every type of context.
    public override (string Usings, string Types) Shared => ("using Microsoft.EntityFrameworkCore;\n", """
        public class Item
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int N { get; set; }
            public int? Maybe { get; set; }
            public bool IsOpen { get; set; }
            public double Weight { get; set; }
        }

        public class Shelf(string source) : DbContext
        {
            public DbSet<Item> Items => Set<Item>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var fresh = 0;

        string Value(string item) => choose.Of(values).Replace("item", item, StringComparison.Ordinal);
        string Query() => choose.Of("db.Items", "db.Items", "db.Items.Where(item => item.N >= 0)", "db.Items.OrderByDescending(item => item.Id)", "db.Items.AsNoTracking()", "db.Items.Take(3)", "(from item in db.Items where item.Id != 2 orderby item.Id select item)");
        string Load() => scene.IsAsync && choose.Chance(60) ? $"(await {Query()}.{choose.Of("ToListAsync", "ToArrayAsync")}())" : $"{Query()}.{choose.Of("ToList", "ToArray", "ToList")}()";

        string Statement() => choose.Below(9) switch
        {
            1 => $"foreach (var item in {Query()})\nTrace.Log({Value("item")});",
            2 => $"foreach (Item item in {Load()})\nTrace.Log({Value("item")});",
            3 => $"var rows{++fresh} = {Load()};\nfor (var i = 0; i < rows{fresh}.{choose.Of("Count()", "Count()")}; i++)\nTrace.Log({Value($"rows{fresh}[i]")});",
            4 => $"Trace.Log(string.Join(\",\", {Load()}.Select(item => {Value("item")})));",
            5 => $"var first{++fresh} = {Load()}.Where(item => IsGood({choose.Of("item.N", "item.N", "item")})).FirstOrDefault();\nTrace.Log(first{fresh} == null ? \"none\" : $\"{{({Value($"first{fresh}")})}}\");",
            6 => $"var keyed{++fresh} = {Query()}.ToDictionary(item => item.Id, item => {Value("item")});\nTrace.Log(keyed{fresh}.Count);",
            7 => $"foreach (var item in {Load()})\nitem.N++;",
            8 => $"{Query()}.ToList().ForEach(item => Trace.Log({Value("item")}));",
            _ => $"foreach (var item in {Load()})\nTrace.Log({Value("item")});",
        };

        var statements = choose.Lines(1, 2, Statement) + choose.Perhaps(15, "\ndb.SaveChanges();");
        return scene.Finish(["Microsoft.EntityFrameworkCore"],
            "using (var first = new Shelf(source))\n        {\n            first.Database.EnsureCreated();\n            for (var i = 0; i < input.Length * 2; i++)\n                first.Add(new Item { Name = input[i / 2], N = i % 4, Maybe = i % 3 == 0 ? null : i, IsOpen = i % 2 == 0, Weight = i });\n\n            first.SaveChanges();\n        }",
            $"using var db = new Shelf(source);\n{scene.Around(statements)}",
            "Rows(connection, \"SELECT Id, Name, N FROM Items ORDER BY Id\")",
            "    private static bool IsGood(int n) => n > 1;\n    private static bool IsGood(Item item) => item.N > 1;");
    }
}
