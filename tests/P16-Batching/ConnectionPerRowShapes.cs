using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Connections that are opened for every row.</summary>
public sealed class ConnectionPerRowShapes : Shape<ConnectionPerRowAnalyzer, ConnectionPerRowFix>
{
    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.Dapper;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var (await, async) = scene.IsAsync ? ("await ", "Async") : ("", "");
        var text = choose.Of("INSERT INTO t (name) VALUES (@name)", "UPDATE t SET n = n + 1 WHERE name <> @name", "DELETE FROM t WHERE name = @name");
        var made = choose.Of("new SqliteConnection(source)", "new SqliteConnection(source)", "new SqliteConnection(source + \";Default Timeout=5\")");

        string Work(string name) => choose.Below(6) switch
        {
            1 => $"using var command = own.CreateCommand();\ncommand.CommandText = \"{text}\";\ncommand.Parameters.AddWithValue(\"@name\", {name});\n{await}command.ExecuteNonQuery{async}();",
            2 => $"using var command = new SqliteCommand(\"SELECT n FROM t WHERE name = @name\", own);\ncommand.Parameters.AddWithValue(\"@name\", {name});\nusing var reader = {await}command.ExecuteReader{async}();\nwhile (reader.Read())\nTrace.Log(reader.GetValue(0));",
            3 => $"using var transaction = own.BeginTransaction();\n{await}own.Execute{async}(\"{text}\", new {{ name = {name} }}, transaction);\ntransaction.Commit();",
            4 => $"Trace.Log({await}own.ExecuteScalar{async}<long?>(\"SELECT count(*) FROM t WHERE name >= @name\", new {{ name = {name} }}));",
            5 => $"{await}own.Execute{async}(\"CREATE TEMP TABLE IF NOT EXISTS x (name); INSERT INTO x VALUES (@name)\", new {{ name = {name} }});\nTrace.Log(own.ExecuteScalar<long>(\"SELECT count(*) FROM x\"));",
            _ => $"{await}own.Execute{async}(\"{text}\", new {{ name = {name} }});",
        };

        var form = choose.Below(4);
        string Row(string name) => form switch
        {
            1 => $"using (var own = {made})\n{Scene.Braced($"own.Open();\n{choose.Perhaps(20, () => scene.Aside(name))}\n{Work(name)}\n{choose.Perhaps(20, () => scene.Aside(name))}")}",
            2 => $"{choose.Perhaps(60, () => scene.Aside(name))}\nusing var own = {made};\n{await}own.Open{async}();\n{Work(name)}",
            3 => $"var own = {made};\nown.Open();\n{Work(name)}\nown.Close();",
            _ => $"using var own = {made};\n{await}own.Open{async}();\n{choose.Perhaps(20, () => scene.Aside(name))}\n{Work(name)}\n{choose.Perhaps(20, () => scene.Aside(name))}",
        };

        var loop = scene.Loop(Row);
        var after = choose.Perhaps(30, "\nusing var other = new SqliteConnection(source);\nother.Open();\nTrace.Log(other.ExecuteScalar<long>(\"SELECT count(*) FROM t\"));") + choose.Perhaps(15, "\nforeach (var own in names)\nTrace.Log(own);");
        return scene.Finish(["Dapper"], "Do(connection, \"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n INTEGER DEFAULT 0); INSERT INTO t (name) VALUES ('old')\");",
            $"{scene.Around(loop)}{after}", "Rows(connection, \"SELECT id, name, n FROM t ORDER BY id\")");
    }
}
