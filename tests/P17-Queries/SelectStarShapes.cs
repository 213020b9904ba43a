using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Readers of whole rows that are asked for some columns, by names and otherwise, in texts of any kind.</summary>
public sealed class SelectStarShapes : Shape<SelectStarAnalyzer, SelectStarFix>
{
    private static readonly string[] Columns = ["id", "name", "Length", "note", "order", "at no", "NAME", "extra"];

    public override bool VariesCulture => false;

    public override ImmutableArray<MetadataReference> AdditionalReferences => References.Dapper;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new RowScene(choose);
        var fresh = 0;

        string Column() => choose.Below(12) switch
        {
            0 => Columns[choose.Below(Columns.Length)],
            1 => "missing",
            _ => Columns[choose.Below(6)],
        };

        string Sql()
        {
            var table = choose.Of("items", "items", "wide", "[items]", "main.items");
            var (star, from) = choose.Of(("*", table), ("*", table), ("i.*", table + " i"), ("i.*", table + " AS i"), ("DISTINCT *", table), ("ALL *", table), ("*, id AS extra", table), ("*", "items i JOIN wide w ON w.id = i.id"), ("i.*, w.note AS extra", "items i JOIN wide w ON w.id = i.id"), ("*", "(SELECT * FROM items)"));
            var where = choose.Of("", "", " WHERE length > 1", " WHERE name IN ('a', 'b') OR length < 9", " WHERE NOT EXISTS (SELECT * FROM wide WHERE wide.id > 99)").Replace("length", from.Contains(" i", StringComparison.Ordinal) ? "i.length" : "length", StringComparison.Ordinal).Replace("name", from.Contains(" i", StringComparison.Ordinal) ? "i.name" : "name", StringComparison.Ordinal);
            var order = choose.Of("", " ORDER BY 1", $" ORDER BY {(from.Contains(" i", StringComparison.Ordinal) ? "i." : "")}name, 1 + 1", $" ORDER BY {(from.Contains(" i", StringComparison.Ordinal) ? "i." : "")}id DESC", " LIMIT 3");
            return $"{choose.Of("SELECT", "SELECT", "select")} {star}{choose.Of(" ", " ", " /* * */ ")}FROM {from}{where}{order}{choose.Perhaps(20, ";")}";
        }

        string Text()
        {
            var sql = Sql();
            var split = sql.IndexOf(choose.Of("FROM", "*"), StringComparison.Ordinal);
            return choose.Below(6) switch
            {
                1 => $"@\"{sql}\"",
                2 => $"\"\"\"{sql}\"\"\"",
                3 => $"\"{sql[..split]}\"\n+ \"{sql[split..]}\"",
                4 => $"$\"{sql}{(sql.EndsWith(';') || sql.Contains("LIMIT", StringComparison.Ordinal) || sql.Contains("ORDER", StringComparison.Ordinal) || sql.Contains("WHERE", StringComparison.Ordinal) ? "" : " WHERE 2 > {done.Count * 0}")}\"",
                _ => $"\"{sql}\"",
            };
        }

        string Value(string reader) => choose.Below(8) switch
        {
            1 => $"{reader}.GetValue({reader}.GetOrdinal(\"{Column()}\"))",
            2 => $"({reader}.IsDBNull({reader}.GetOrdinal(\"{Column()}\")) ? \"null\" : \"value\")",
            3 => $"({reader}[\"{Column()}\"] as string ?? \"none\")",
            4 => $"(done.Count > 2 ? {reader}[\"{Column()}\"] : \"few\")",
            5 => choose.Of($"{reader}[0]", $"{reader}.FieldCount", $"{reader}.GetName(0)", $"{reader}[\"{Column()}\"]"),
            _ => $"{reader}[\"{Column()}\"]",
        };

        string Row(string reader) => string.Join(" + \"|\" + ", Enumerable.Range(0, choose.Below(3) + 1).Select(_ => Value(reader)));

        string Reader(int number) => choose.Below(4) switch
        {
            1 => $"using var reader{number} = new SqliteCommand({Text()}, connection).ExecuteReader();",
            2 => $"using var reader{number} = (System.Data.Common.DbDataReader)connection.ExecuteReader({Text()});",
            3 => $"var text{number} = {Text()};\nusing var command{number} = new SqliteCommand(text{number}, connection);\nusing var reader{number} = await command{number}.ExecuteReaderAsync();{choose.Perhaps(15, $"\nTrace.Log(text{number});")}",
            _ => $"using var command{number} = connection.CreateCommand();\ncommand{number}.CommandText = {Text()};\nusing var reader{number} = command{number}.ExecuteReader();",
        };

        string Statement()
        {
            var number = ++fresh;
            var reader = "reader" + number;
            return Scene.Braced(Reader(number) + "\n" + choose.Below(6) switch
            {
                1 => $"if ({reader}.Read())\nTrace.Log({Row(reader)} + \"\");",
                2 => $"var at{number} = {reader}.GetOrdinal(\"{Column()}\");\nwhile ({reader}.Read())\nTrace.Log({reader}.GetValue(at{number}) + \"|\" + {Row(reader)});",
                3 => $"foreach (System.Data.IDataRecord row in {reader})\nTrace.Log({Row("row")} + \"\");",
                4 => $"while (await {reader}.ReadAsync())\n{Scene.Braced($"try\n{Scene.Braced($"Trace.Log({Row(reader)} + \"\");")}\ncatch (ArgumentOutOfRangeException)\n{Scene.Braced("Trace.Log(\"no such column\");")}")}",
                _ => $"while ({reader}.Read())\nTrace.Log({Row(reader)} + \"\");",
            });
        }

        return scene.Finish(["Dapper"],
            """
            Do(connection, "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, length INTEGER, note TEXT, [order] INTEGER, [at no] TEXT)");
                    Do(connection, "CREATE TABLE wide (id INTEGER PRIMARY KEY, name TEXT UNIQUE, length INTEGER, note TEXT, [order] INTEGER, [at no] TEXT, photo BLOB)");
                    Do(connection, "CREATE INDEX by_note ON items(note, length)");
                    for (var i = 0; i < input.Length * 2; i++)
                    {
                        Do(connection, $"INSERT INTO items VALUES ({i + 1}, '{(char)('z' - i)}', {i % 4}, {(i % 3 == 0 ? "NULL" : $"'n{9 - i}'")}, {i * 2}, 'x{i}')");
                        Do(connection, $"INSERT INTO wide VALUES ({i + 1}, '{(char)('z' - i)}', {i % 4}, 'n{9 - i}', {i * 2}, 'x{i}', x'00')");
                    }
            """,
            $"using var connection = new SqliteConnection(source);\nconnection.Open();\n{scene.Around(choose.Lines(1, 3, Statement))}\nawait Task.Yield();",
            "Rows(connection, \"SELECT id FROM items ORDER BY id\")");
    }
}
