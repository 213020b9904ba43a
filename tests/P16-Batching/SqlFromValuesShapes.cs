using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Commands whose text is put together from values that hold no quote.</summary>
public sealed class SqlFromValuesShapes : Shape<SqlFromValuesAnalyzer, SqlFromValuesFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.Dapper;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var (await, async) = scene.IsAsync ? ("await ", "Async") : ("", "");
        var form = choose.Below(5);

        string Text(string name)
        {
            var (text, number) = (choose.Of(name, name, $"({name} + \"x\")"), choose.Of($"{name}.Length", "done.Count"));
            return choose.Below(7) switch
            {
                1 => $"\"INSERT INTO t (name, n) VALUES ('\" + {text} + \"', \" + {number} + \")\"",
                2 => $"$\"UPDATE t SET n = {{{number}}} WHERE name = '{{{text}}}'\"",
                3 => $"$\"DELETE FROM {{table}} WHERE name LIKE '{{{text}}}%' AND n > {{{number}}}\"",
                4 => $"\"UPDATE t SET n = n + \" + {number} + \" \" +\n\"WHERE name <> '\" + {text} + \"'\"",
                5 => $"string.Format(\"INSERT INTO t (name) VALUES ('{{0}}')\", {text})",
                6 => $"$\"INSERT INTO t (name, n) VALUES (N'{{{text}}}', {{{number}}} + 1)\"".Replace("N'", "'", StringComparison.Ordinal),
                _ => $"$\"INSERT INTO {{table}} (name, n) VALUES ('{{{text}}}', {{{number}}})\"",
            };
        }

        string Row(string name) => choose.Perhaps(40, () => scene.Aside(name)) + "\n" + form switch
        {
            1 => $"using var command = own.CreateCommand();\ncommand.CommandText = {Text(name)};\nTrace.Log({await}command.ExecuteNonQuery{async}());",
            2 => $"using (var command = new SqliteCommand({Text(name)}, own))\n{Scene.Braced($"{choose.Perhaps(20, () => scene.Aside(name))}\nTrace.Log(command.ExecuteNonQuery());")}",
            3 => $"var sql = {Text(name)};\n{choose.Perhaps(30, () => scene.Aside(name))}\nTrace.Log({await}own.Execute{async}(sql));",
            4 => $"shared.CommandText = {Text(name)};\nTrace.Log({await}shared.ExecuteNonQuery{async}());",
            _ => $"Trace.Log({await}own.Execute{async}({Text(name)}{choose.Perhaps(20, ", commandTimeout: 5")}));",
        } + "\n" + choose.Perhaps(20, () => scene.Aside(name));

        return scene.Finish(["Dapper"], "Do(connection, \"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, n INTEGER DEFAULT 0); INSERT INTO t (name) VALUES ('old')\");",
            $"using var own = new SqliteConnection(source);\nown.Open();\nnames.RemoveAll(name => name.Contains('\\''));\nvar table = names.Count < 0 ? \"u\" : names.Count > 99 ? \"v\" + names.Count : \"t\";\nusing var shared = own.CreateCommand();\n{scene.Around(scene.Loop(Row))}\nTrace.Log(table);", "Rows(connection, \"SELECT name, n, typeof(n) FROM t ORDER BY id\")");
    }
}
