using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Entities that are saved one by one.</summary>
public sealed class SaveChangesInLoopShapes : Shape<SaveChangesInLoopAnalyzer, SaveChangesInLoopFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core builds a model for every type of context.
    public override (string Usings, string Types) Shared => ("using Microsoft.EntityFrameworkCore;\n", """
        public class Row
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int N { get; set; }
            public List<Line> Lines { get; set; } = new();
        }

        public class Line
        {
            public int Id { get; set; }
            public int RowId { get; set; }
        }

        public class Db(string source) : DbContext
        {
            public DbSet<Row> Rows => Set<Row>();
            public DbSet<Line> Lines => Set<Line>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var save = scene.IsAsync ? choose.Of("await db.SaveChangesAsync();", "await db.SaveChangesAsync(CancellationToken.None);", "db.SaveChanges();") : choose.Of("db.SaveChanges();", "db.SaveChanges();", "db.SaveChanges(true);");
        var add = 0;

        string Add(string name) => choose.Below(8) switch
        {
            1 => $"db.Add(new Row {{ Name = {name}, N = done.Count }});",
            2 => $"var row{++add} = new Row {{ Name = {name} }};\nrow{add}.Lines.Add(new Line());\ndb.Rows.Add(row{add});",
            3 => $"var row{++add} = new Row();\nrow{add}.Name = {name} + \"!\";\ndb.Add(row{add});",
            4 => $"var row{++add} = old[0];\nrow{add}.N += {name}.Length;",
            5 => $"old[0].Name += {name};",
            6 when scene.IsAsync => $"await db.AddAsync(new Row {{ Name = {name} }});",
            7 => $"db.Rows.Add(new Row {{ Name = {name} }});\ndb.Lines.Add(new Line {{ RowId = 1 }});",
            _ => $"db.Rows.Add(new Row {{ Name = {name} }});",
        };

        string Row(string name) => string.Join("\n",
            choose.Perhaps(40, () => scene.Aside(name)), Add(name), choose.Perhaps(15, () => Add(name)), choose.Perhaps(10, () => scene.Aside(name, mayLeave: false)), save, choose.Perhaps(15, () => scene.Aside(name, mayLeave: choose.Chance(20))));

        var pending = choose.Perhaps(25, "db.Add(new Row { Name = \"pending\" });\n");
        var last = choose.Perhaps(25, "\ndb.Rows.Add(new Row { Name = \"last\" });\ndb.SaveChanges();") + choose.Perhaps(20, "\nTrace.Log(db.Rows.Count());");
        return scene.Finish(["Microsoft.EntityFrameworkCore"], "using (var first = new Db(source))\n        {\n            first.Database.EnsureCreated();\n            first.Add(new Row { Name = \"old\" });\n            first.SaveChanges();\n        }",
            $"using var db = new Db(source);\nvar old = db.Rows.OrderBy(row => row.Id).ToList();\n{pending}{scene.Around(scene.Loop(Row))}{last}", "Rows(connection, \"SELECT Id, Name, N FROM Rows ORDER BY Id\").Concat(Rows(connection, \"SELECT RowId FROM Lines ORDER BY Id\")).ToList()");
    }
}
