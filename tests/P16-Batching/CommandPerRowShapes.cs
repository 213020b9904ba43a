using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Commands that are built for every row.</summary>
public sealed class CommandPerRowShapes : Shape<CommandPerRowAnalyzer, CommandPerRowFix>
{
    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.Sqlite;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var (await, async) = scene.IsAsync ? ("await ", "Async") : ("", "");
        var text = choose.Of("INSERT INTO t (name) VALUES ($name)", "UPDATE t SET n = n + 1 WHERE name <> $name", "DELETE FROM t WHERE name = $name", "INSERT OR REPLACE INTO t (name, n) VALUES ($name, $n)");
        var hasSecond = text.Contains("$n)", StringComparison.Ordinal);

        string Parameter(string name, string value) => choose.Below(4) switch
        {
            1 => $"command.Parameters.Add(\"{name}\", SqliteType.Text).Value = {value};",
            2 => $"command.Parameters.Add(new SqliteParameter(\"{name}\", {value}));",
            3 => $"var p{name.Substring(1)} = command.CreateParameter();\np{name.Substring(1)}.ParameterName = \"{name}\";\np{name.Substring(1)}.Value = {value};\ncommand.Parameters.Add(p{name.Substring(1)});",
            _ => $"command.Parameters.AddWithValue(\"{name}\", {value});",
        };

        string Set(string name) => $"{Parameter("$name", name)}\n{(hasSecond ? Parameter("$n", choose.Of($"{name}.Length", $"{name} == \"a\" ? DBNull.Value : (object){name}.Length", "done.Count")) : "")}\n";

        string Run() => choose.Below(3) switch
        {
            1 => $"Trace.Log({await}command.ExecuteNonQuery{async}());",
            2 => $"using var reader = {await}command.ExecuteReader{async}();\nTrace.Log(reader.RecordsAffected);",
            _ => $"{await}command.ExecuteNonQuery{async}();",
        };

        var form = choose.Below(4);
        string Row(string name) => form switch
        {
            1 => $"using (var command = new SqliteCommand(\"{text}\", own))\n{Scene.Braced($"{Set(name)}{choose.Perhaps(20, () => scene.Aside(name))}\n{Run()}")}",
            2 => $"{choose.Perhaps(40, () => scene.Aside(name))}\nvar command = new SqliteCommand(\"{text}\", own);\n{Set(name)}{Run()}",
            3 => $"using var command = own.CreateCommand();\ncommand.CommandText = {choose.Of("sql", $"\"{text}\"")};\n{Set(name)}{Run()}\n{choose.Perhaps(30, () => scene.Aside(name))}",
            _ => $"using var command = own.CreateCommand();\ncommand.CommandText = \"{text}\";\n{choose.Perhaps(20, () => scene.Aside(name))}\n{Set(name)}{Run()}",
        };

        var loop = scene.Loop(Row);
        var begin = choose.Chance(30) ? ("using var transaction = own.BeginTransaction();\n", "\ntransaction.Commit();") : ("", "");
        return scene.Finish([], "Do(connection, \"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, n DEFAULT 0); INSERT INTO t (name) VALUES ('old')\");",
            $"using var own = new SqliteConnection(source);\nown.Open();\nvar sql = \"{text}\";\n{begin.Item1}{scene.Around(loop)}{begin.Item2}\nTrace.Log(sql);", "Rows(connection, \"SELECT name, n, typeof(n) FROM t ORDER BY id\")");
    }
}
