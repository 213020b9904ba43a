using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Rows that are stored one by one without a transaction, through ADO.NET and Dapper.</summary>
public sealed class AutocommitPerRowShapes : Shape<AutocommitPerRowAnalyzer, AutocommitPerRowFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.Dapper;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var (await, async) = scene.IsAsync ? ("await ", "Async") : ("", "");
        var text = choose.Of("INSERT INTO t (name) VALUES ($name)", "INSERT OR REPLACE INTO t (name) VALUES ($name)", "INSERT OR IGNORE INTO t (name, n) SELECT $name, count(*) FROM t", "UPDATE t SET n = n + 1 WHERE name <> $name", "DELETE FROM t WHERE name = $name");
        var open = choose.Of("using var own = new SqliteConnection(source);\nown.Open();", "using (var own = new SqliteConnection(source))\n{\nown.Open();", "var own = new SqliteConnection(source);\nown.Open();", "using System.Data.IDbConnection own = new SqliteConnection(source);\nown.Open();");
        var isGeneral = open.Contains("IDbConnection", StringComparison.Ordinal);
        var close = open.Contains("{\n", StringComparison.Ordinal) ? "}" : open.StartsWith("var", StringComparison.Ordinal) ? "own.Close();" : "";

        string Row(string name)
        {
            var work = choose.Below(isGeneral ? 2 : 6) switch
            {
                0 => $"{await}own.Execute{async}(\"{text.Replace('$', '@')}\", new {{ name = {name} }});",
                1 => $"Trace.Log({await}own.ExecuteScalar{async}<long?>(\"{text.Replace('$', '@')}; SELECT count(*) FROM t\", new {{ name = {name} }}));",
                2 => $"using var command = own.CreateCommand();\ncommand.CommandText = \"{text}\";\ncommand.Parameters.AddWithValue(\"$name\", {name});\n{choose.Of("", "Trace.Log(")}{await}command.ExecuteNonQuery{async}()#;",
                3 => $"using (var command = new SqliteCommand(\"{text}\", own))\n{{\ncommand.Parameters.AddWithValue(\"$name\", {name});\n{await}command.ExecuteNonQuery{async}();\n}}",
                4 => $"insert.Parameters[0].Value = {name};\n{await}insert.ExecuteNonQuery{async}();",
                _ => $"insert.Parameters[0].Value = {name};\nTrace.Log(insert.ExecuteNonQuery());\nTrace.Log(count.ExecuteScalar());",
            };
            work = work.Contains("Trace.Log(await command", StringComparison.Ordinal) || work.Contains("Trace.Log(command", StringComparison.Ordinal) ? work.Replace("#", ")", StringComparison.Ordinal) : work.Replace("#", "", StringComparison.Ordinal);
            return string.Join("\n", choose.Lines(1, () => scene.Aside(name)), work, choose.Lines(1, () => scene.Aside(name, mayLeave: choose.Chance(20))));
        }

        var loop = scene.Loop(Row);
        var commands = loop.Contains("insert.", StringComparison.Ordinal) || loop.Contains("count.", StringComparison.Ordinal)
            ? $"using var insert = new SqliteCommand(\"{text}\", own);\ninsert.Parameters.AddWithValue(\"$name\", \"\");\nvar count = own.CreateCommand();\ncount.CommandText = \"SELECT count(*) FROM t\";\n"
            : "";
        var before = choose.Perhaps(20, "own.Execute(\"INSERT INTO t (name, n) VALUES ('first', 7)\");\n");
        var after = choose.Perhaps(20, "\nTrace.Log(own.ExecuteScalar<long>(\"SELECT sum(n) FROM t\"));") + choose.Perhaps(15, () => "\n" + scene.Loop(Row).Replace("var i =", "var k =", StringComparison.Ordinal));
        if (after.Contains("insert.", StringComparison.Ordinal) && commands.Length == 0 || after.Contains("var k =", StringComparison.Ordinal) || after.Contains("var rest", StringComparison.Ordinal))
            after = "";

        return scene.Finish(["Dapper"], "Do(connection, \"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INTEGER DEFAULT 0); INSERT INTO t (name) VALUES ('old')\");",
            $"{open}\n{before}{commands}{scene.Around(loop)}{after}\n{close}", "Rows(connection, \"SELECT id, name, n FROM t ORDER BY id\")");
    }
}
