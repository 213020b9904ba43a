using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Rows that are loaded to be deleted or set, through contexts that know no other entities.</summary>
public sealed class BulkRowByRowShapes : Shape<BulkRowByRowAnalyzer, BulkRowByRowFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core builds a model for every type of context.
    public override (string Usings, string Types) Shared => ("using Microsoft.EntityFrameworkCore;\n", """
        public class Part
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int N { get; set; }
            public int? Maybe { get; set; }
            public bool IsOpen { get; set; }
            public double Weight { get; set; }
        }

        public class Parts(string source) : DbContext
        {
            public DbSet<Part> All => Set<Part>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var fresh = 0;

        string Query() => choose.Of("db.All", "db.All.Where(part => part.N > 0)", "db.All.Where(part => part.Name != limit)", "(from part in db.All where part.N < 3 select part)", "db.All.Where(part => part.IsOpen).Where(part => part.N >= done.Count)");
        string Load() => scene.IsAsync && choose.Chance(60) ? $"await {Query()}.{choose.Of("ToListAsync", "ToArrayAsync")}()" : $"{Query()}.{choose.Of("ToList", "ToArray")}()";
        string Setting() => choose.Of("part.N = 3;", "part.N++;", "part.N += limit.Length;", "part.Maybe = part.N * 2;", "part.IsOpen = false;", "part.Weight = 1.5;", "part.Name = limit;", "part.Maybe = part.Id - part.N;", "part.N *= 2 + limit.Length;", "part.Name += \"!\";");
        var save = scene.IsAsync ? "await db.SaveChangesAsync();" : "db.SaveChanges();";

        string Change() => choose.Below(6) switch
        {
            1 => $"db.RemoveRange({Query()});",
            2 => $"var old{++fresh} = {Load()};\ndb.All.RemoveRange(old{fresh});",
            3 => $"foreach (var part in {Query()})\ndb.Remove(part);",
            4 => $"foreach (var part in {Load()})\n{Scene.Braced(choose.Lines(1, 3, Setting))}",
            5 => $"foreach (var part in {Query()})\n{Scene.Braced(choose.Lines(1, 2, Setting) + choose.Perhaps(15, "\ndone.Add(part.Name);"))}",
            _ => $"foreach (var part in {Query()})\n{Setting()}",
        };

        return scene.Finish(["Microsoft.EntityFrameworkCore"],
            "using (var first = new Parts(source))\n        {\n            first.Database.EnsureCreated();\n            for (var i = 0; i < input.Length * 2; i++)\n                first.Add(new Part { Name = input[i / 2], N = i % 4, IsOpen = i % 2 == 0, Weight = i });\n\n            first.SaveChanges();\n        }",
            $"using var db = new Parts(source);\nvar limit = names.Count > 1 ? \"b\" : \"none\";\n{scene.Around(Change() + "\n" + save)}\nTrace.Log(limit);",
            "Rows(connection, \"SELECT Id, Name, N, Maybe, IsOpen, Weight FROM \\\"All\\\" ORDER BY Id\")");
    }
}
