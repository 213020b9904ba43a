using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Rows that are stored one by one, each in a transaction of its own.</summary>
public sealed class CommitPerRowShapes : Shape<CommitPerRowAnalyzer, CommitPerRowFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.Dapper;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var (await, async) = scene.IsAsync ? ("await ", "Async") : ("", "");
        var isDapper = choose.Chance(50);
        var hasOuter = !isDapper && choose.Chance(50);
        var begin = scene.IsAsync && choose.Chance(60) ? "(SqliteTransaction)await own.BeginTransactionAsync()" : choose.Of("own.BeginTransaction()", "own.BeginTransaction()", "own.BeginTransaction(System.Data.IsolationLevel.Serializable)");
        var text = choose.Of("INSERT INTO t (name) VALUES ($name)", "INSERT INTO t (name, n) SELECT $name, count(*) FROM t", "UPDATE t SET n = n + 1 WHERE name <> $name", "DELETE FROM t WHERE name = $name");

        string Work(string name) => isDapper
            ? choose.Of($"{await}own.Execute{async}(\"{text.Replace('$', '@')}\", new {{ name = {name} }}, tx);", $"Trace.Log({await}own.ExecuteScalar{async}<long?>(\"{text.Replace('$', '@')}; SELECT count(*) FROM t\", new {{ name = {name} }}, tx));", $"{await}own.Execute{async}(\"{text.Replace('$', '@')}\", new {{ name = {name} }}, transaction: tx);\nown.Execute(\"UPDATE t SET n = n + 2\", null, tx);")
            : hasOuter ? $"{choose.Of("insert.Transaction = tx;\n", "insert.Transaction = tx;\n")}insert.Parameters[0].Value = {name};\n{await}insert.ExecuteNonQuery{async}();"
            : choose.Of($"using var command = own.CreateCommand();\ncommand.CommandText = \"{text}\";\n{choose.Of("", "command.Transaction = tx;\n")}command.Parameters.AddWithValue(\"$name\", {name});\n{await}command.ExecuteNonQuery{async}();", $"var command = new SqliteCommand(\"{text}\", own, tx);\ncommand.Parameters.AddWithValue(\"$name\", {name});\nTrace.Log({await}command.ExecuteNonQuery{async}());");

        string Row(string name)
        {
            var commit = scene.IsAsync && choose.Chance(50) ? "await tx.CommitAsync();" : "tx.Commit();";
            var work = $"{Work(name)}\n{choose.Perhaps(20, () => scene.Aside(name, mayLeave: choose.Chance(20)))}\n{commit}";
            var transaction = choose.Below(4) switch
            {
                1 => $"using (var tx = {begin})\n{Scene.Braced(work)}",
                2 => $"var tx = {begin};\n{work}{choose.Perhaps(50, "\ntx.Dispose();")}",
                _ => $"{choose.Of("using var", "using SqliteTransaction")} tx = {begin};\n{work}",
            };
            return string.Join("\n", choose.Lines(1, () => scene.Aside(name)), transaction, choose.Perhaps(30, () => scene.Aside(name, mayLeave: choose.Chance(20))));
        }

        var outer = hasOuter ? $"using var insert = own.CreateCommand();\ninsert.CommandText = \"{text}\";\ninsert.Parameters.AddWithValue(\"$name\", \"\");\n" : "";
        var after = choose.Perhaps(20, "\nTrace.Log(own.ExecuteScalar<long>(\"SELECT sum(n) FROM t\"));");
        return scene.Finish(["Dapper"], "Do(connection, \"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, n INTEGER DEFAULT 0); INSERT INTO t (name) VALUES ('old')\");",
            $"using var own = new SqliteConnection(source);\nown.Open();\n{outer}{scene.Around(scene.Loop(Row))}{after}", "Rows(connection, \"SELECT id, name, n FROM t ORDER BY id\")");
    }
}
