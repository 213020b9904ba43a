using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Rows that are counted by EF Core, Dapper and ADO.NET, and numbers of which much or little is asked.</summary>
public sealed class CountToTestExistenceShapes : Shape<CountToTestExistenceAnalyzer, CountToTestExistenceFix>
{
    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => [.. References.EntityFramework, .. References.Dapper];

    // EF Core builds a model for every type of context.
    public override (string Usings, string Types) Shared => ("using Microsoft.EntityFrameworkCore;\n", """
        public class Counted
        {
            public int Id { get; set; }
            public string Name { get; set; } = "";
            public int N { get; set; }
            public bool IsOpen { get; set; }
        }

        public class Ledger(string source) : DbContext
        {
            public DbSet<Counted> Items => Set<Counted>();
            protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(source);
        }

        """);

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var fresh = 0;

        string Condition() => choose.Of("item.N > n", "item.IsOpen", "item.Name == \"a\" || item.N == 2", "item.Id == n", "!item.IsOpen && item.N < n");
        string Where() => choose.Of("", " WHERE N > 1", " WHERE Name = 'a' OR N = 2", " WHERE N IN (1, 2) AND IsOpen = 0", " WHERE Id = 2", " WHERE abs(N) > 1", " WHERE Name LIKE 'b%'", " GROUP BY N") + choose.Perhaps(20, ";");
        string Sql() => choose.Of("SELECT COUNT(*) FROM Items", "SELECT COUNT(*) FROM Items", "select count(1) from Items", "SELECT COUNT(Name) FROM Items", "SELECT COUNT(*) AS n FROM Items", "SELECT MAX(N) FROM Items") + Where();

        string Entities()
        {
            var query = "db.Items" + choose.Of("", "", ".AsNoTracking()", ".OrderBy(item => item.Name)", ".Take(3)", ".Skip(2)") + choose.Perhaps(30, $".Where(item => {Condition()})");
            var argument = choose.Perhaps(60, $"item => {Condition()}");
            return scene.IsAsync && choose.Chance(60) ? $"await {query}.{choose.Of("CountAsync", "LongCountAsync")}({argument})" : $"{query}.{choose.Of("Count", "Count", "LongCount")}({argument})";
        }

        string Compared(string count) => choose.Below(9) switch
        {
            1 => $"{count} == 0",
            2 => $"{count} >= 1",
            3 => $"{count} != 0",
            4 => $"{count} < 1",
            5 => $"0 < {count}",
            6 => $"{count} > 1",
            7 => $"{count} is not 0",
            _ => $"{count} > 0",
        };

        string Statement() => choose.Below(9) switch
        {
            1 => $"Trace.Log({Compared(Entities())});",
            2 => $"if ({Compared(Entities())} && n > 0)\nTrace.Log(\"some\");",
            3 => $"var count{++fresh} = {Entities()};\nTrace.Log({Compared("count" + fresh)});{choose.Perhaps(30, $"\nTrace.Log(count{fresh});")}",
            4 => $"Trace.Log({Compared($"connection.{choose.Of("ExecuteScalar<int>", "QueryFirst<long>")}(\"{Sql()}\")")});",
            5 => $"using var command{++fresh} = connection.CreateCommand();\ncommand{fresh}.CommandText = \"{Sql()}\";\nTrace.Log(Convert.ToInt64(command{fresh}.ExecuteScalar()) {choose.Of("> 0", "== 0", "> 2")});{choose.Perhaps(20, $"\nTrace.Log(command{fresh}.ExecuteScalar());")}",
            6 => $"using var command{++fresh} = new SqliteCommand(@\"{Sql()}\", connection);\nif (command{fresh}.ExecuteScalar() is long found{fresh} && {Compared("found" + fresh)})\nTrace.Log(\"found\");",
            7 => $"Trace.Log(connection.ExecuteScalar<bool>(\"{Sql()}\"));",
            _ => $"bool Has{++fresh}() => {Compared(Entities().Replace("await ", "", StringComparison.Ordinal).Replace("Async(", "(", StringComparison.Ordinal))};\nTrace.Log(Has{fresh}() ? \"yes\" : \"no\");",
        };

        return scene.Finish(["Dapper", "Microsoft.EntityFrameworkCore"],
            "using (var first = new Ledger(source))\n        {\n            first.Database.EnsureCreated();\n            for (var i = 0; i < input.Length * 2; i++)\n                first.Add(new Counted { Name = input[i / 2], N = i % 4, IsOpen = i % 2 == 0 });\n\n            first.SaveChanges();\n        }",
            $"using var db = new Ledger(source);\nusing var connection = new SqliteConnection(source);\nconnection.Open();\nvar n = names.Count;\n{scene.Around(choose.Lines(1, 3, Statement))}",
            "Rows(connection, \"SELECT Id, Name, N FROM Items ORDER BY Id\")");
    }
}
