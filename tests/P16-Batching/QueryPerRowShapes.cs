using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Entities that are asked for one by one.</summary>
public sealed class QueryPerRowShapes : Shape<QueryPerRowAnalyzer, QueryPerRowFix>
{
    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.EntityFramework;

    // EF Core builds a model for every type of context.
    public override (string Usings, string Types) Shared => ("using Microsoft.EntityFrameworkCore;\n", """
        public class Client
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int Group { get; set; }
            public int Seen { get; set; }
        }

        public class Clients(string source) : DbContext
        {
            public DbSet<Client> All => Set<Client>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var (await, async) = scene.IsAsync ? ("await ", "Async") : ("", "");
        var asked = 0;

        string Ask(string name)
        {
            var key = choose.Of("id", $"{name}.Length", "id", $"{name}.Length + 1");
            var column = choose.Of("Id", "Id", "Group");
            var more = choose.Perhaps(20, " && c.Name != \"b\"") + choose.Perhaps(10, " && c.Seen < 2");
            var set = "db.All" + choose.Of("", "", ".AsNoTracking()", ".Where(c => c.Seen >= 0)");
            var found = $"found{++asked}";
            return choose.Below(9) switch
            {
                1 => $"var {found} = {await}{set}.SingleOrDefault{async}(c => c.{column} == {key}{more});\nTrace.Log({found}?.Name);",
                2 => $"Trace.Log(({await}{set}.Any{async}(c => c.{column} == {key}{more})) ? \"yes\" : \"no\");",
                3 => $"var {found} = {await}{set}.Where(c => c.{column} == {key}{more}){choose.Perhaps(40, ".OrderByDescending(c => c.Name)")}.ToList{async}();\nTrace.Log({found}.Count);\nforeach (var each in {found})\nTrace.Log(each.Name);",
                4 => $"var {found} = {await}db.All.Find{async}({key});\nTrace.Log({found}?.Name + {found}?.Seen);",
                5 => $"Trace.Log(({await}{set}.First{async}(c => c.Id == {key}{more})).Name);",
                6 => $"var {found} = {await}{set}.FirstOrDefault{async}(c => c.Id == {key}{more});\nif ({found} != null)\n{found}.Seen++;",
                7 => $"foreach (var each in {set}.Where(c => c.{column} == {key}{more}){choose.Perhaps(40, ".OrderByDescending(c => c.Name)")})\n{choose.Of("Trace.Log(each.Name);", "Trace.Log(each.Name);", "each.Seen++;")}",
                8 => $"var {found} = new List<Client>();\n{found}.AddRange({set}.Where(c => c.{column} == {key}{more}));\nTrace.Log({found}.Count);",
                _ => $"var {found} = {await}{set}.FirstOrDefault{async}(c => c.Id == {key}{more});\nTrace.Log({found}?.Name);",
            };
        }

        string Body(string name) => string.Join("\n", choose.Perhaps(30, () => scene.Aside(name)), Ask(name), choose.Perhaps(20, () => Ask(name)), choose.Perhaps(25, () => scene.Aside(name)));

        var loop = choose.Below(4) switch
        {
            1 => $"foreach (var id in ids.ToArray())\n{Scene.Braced("var name = \"n\" + id;\n" + Body("name"))}",
            2 => $"for (var i = 0; i < ids.Count; i++)\n{Scene.Braced("var id = ids[i];\nvar name = names[i];\n" + Body("name"))}",
            3 => $"foreach (var item in items)\n{Scene.Braced("var id = item.Id;\nvar name = item.Name;\n" + Body("name"))}",
            _ => $"foreach (var id in ids)\n{Scene.Braced("var name = names[0];\n" + Body("name"))}",
        };
        var around = choose.Chance(20) ? $"try\n{Scene.Braced(loop)}\ncatch (InvalidOperationException)\n{Scene.Braced("Trace.Log(\"none\");")}" : scene.Around(loop);
        var save = choose.Perhaps(40, "\ndb.SaveChanges();");
        return scene.Finish(["Microsoft.EntityFrameworkCore"], "using (var first = new Clients(source))\n        {\n            first.Database.EnsureCreated();\n            for (var i = 1; i < 6; i++)\n                first.Add(new Client { Id = i, Name = \"c\" + i % 4, Group = i % 3 });\n            first.SaveChanges();\n        }",
            $"using var db = new Clients(source);\nvar ids = names.Select((name, i) => name.Length * 2 + i % 3).ToList();\nvar items = names.Select(name => new {{ Id = name.Length, Name = name }}).ToList();\n{around}{save}", "Rows(connection, \"SELECT Id, Name, Seen FROM \\\"All\\\" ORDER BY Id\")");
    }
}
