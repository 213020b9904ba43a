using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Entities that are loaded and then filtered, counted, searched or sorted, with what a database can do and with what it cannot.</summary>
public sealed class FilterInMemoryShapes : Shape<FilterInMemoryAnalyzer, FilterInMemoryFix>
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
            public string Upper => Name.ToUpperInvariant();
        }

        public class Store(string source) : DbContext
        {
            public DbSet<Item> Items => Set<Item>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var fresh = 0;

        string Condition() => choose.Below(14) switch
        {
            1 => "item.IsOpen",
            2 => "item.N == n && !item.IsOpen",
            3 => "item.Maybe == null",
            4 => "item.Maybe is not null && item.N != 2",
            5 => "item.Maybe == n || item.Id == 1",
            6 => "item.Name == \"a\"",
            7 => "item.Upper == \"A\"",
            8 => "names.Contains(item.Name)",
            9 => "item.Name.Length > 1",
            10 => "keys.Contains(item.N)",
            11 => "IsGood(item)",
            12 => "item.Maybe > 1",
            _ => "item.N > n",
        };

        string Query() => "db.Items" + choose.Of("", "", "", ".Where(item => item.N >= 0)", ".OrderBy(item => item.Id)", ".AsNoTracking()", ".Take(3)");

        string Load() => scene.IsAsync && choose.Chance(60) ? $"(await {Query()}.{choose.Of("ToListAsync", "ToArrayAsync")}())" : $"{Query()}.{choose.Of("ToList", "ToArray", "AsEnumerable", "ToList")}()";

        string Asked(string rows) => rows + choose.Below(10) switch
        {
            1 => ".Count()",
            2 => $".Count(item => {Condition()})",
            3 => $".Any(item => {Condition()})",
            4 => $".FirstOrDefault(item => {Condition()})?.Id",
            5 => $".Where(item => {Condition()}).Sum(item => item.N)",
            6 => $".Single(item => {Condition()}).Name",
            7 => ".OrderByDescending(item => item.Id).First().Id",
            8 => $".All(item => {Condition()})",
            9 => ".Max(item => item.Maybe)",
            _ => $".Where(item => {Condition()}).Select(item => item.Name).Count()",
        };

        string Statement() => choose.Below(8) switch
        {
            1 => $"foreach (var item in {Load()}.Where(item => {Condition()}))\nTrace.Log(item.Id);",
            2 => $"var rows{++fresh} = {Load()};\nTrace.Log({Asked($"rows{fresh}")});",
            3 => $"var rows{++fresh} = {Load()};\nTrace.Log(n);\nTrace.Log({Asked($"rows{fresh}")});",
            4 => $"var open{++fresh} = {Load()}.Where(item => {Condition()});\n{choose.Perhaps(30, "n++;\n")}Trace.Log(string.Join(\",\", open{fresh}.Select(item => item.Id)));",
            5 => $"var list{++fresh} = {Load()}.Where(item => {Condition()}).ToList();\nlist{fresh}.ForEach(item => Trace.Log(item.Id));",
            6 => $"foreach (var key in keys)\nTrace.Log({Asked(Load())}.ToString() + key);",
            _ => $"Trace.Log({Asked(Load())});",
        };

        var statements = choose.Lines(1, 3, Statement);
        return scene.Finish(["Microsoft.EntityFrameworkCore"],
            "using (var first = new Store(source))\n        {\n            first.Database.EnsureCreated();\n            for (var i = 0; i < input.Length * 2; i++)\n                first.Add(new Item { Name = input[i / 2], N = i % 4, Maybe = i % 3 == 0 ? null : i, IsOpen = i % 2 == 0 });\n\n            first.SaveChanges();\n        }",
            $"using var db = new Store(source);\nvar n = names.Count;\nvar keys = new List<int> {{ 1, n }};\n{scene.Around(statements)}",
            "Rows(connection, \"SELECT Id, Name, N FROM Items ORDER BY Id\")",
            "    private static bool IsGood(Item item) => item.N > 1;");
    }
}
