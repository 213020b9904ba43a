namespace HotPath.Tests;

/// <summary>
/// A program in the making that stores rows of names in a SQLite database, in a file or in memory: <c>Store(source, names)</c> opens what it needs by the connection string <c>source</c>,
/// and the program shows what is stored at the end. What fails half-way is left out: there a fix of one commit for all rows shows what it says.
/// </summary>
public sealed class RowScene(Choices choose)
{
    private int fresh;

    /// <summary>Whether the statements await.</summary>
    public bool IsAsync { get; } = choose.Chance(30);

    /// <summary>A loop over the names, in which the body is composed.</summary>
    public string Loop(Func<string, string> body) => choose.Below(7) switch
    {
        1 => $"for (var i = 0; i < names.Count; i++)\n{Scene.Braced(body("names[i]"))}",
        2 => $"for (var i = 0; i < names.Count; i++)\n{Scene.Braced("var name = names[i];\n" + body("name"))}",
        3 => $"var rest = new Queue<string>(names);\nwhile (rest.Count > 0)\n{Scene.Braced("var name = rest.Dequeue();\n" + body("name"))}",
        4 => $"foreach (var name in names.Where(name => name != \"z\").ToList())\n{Scene.Braced(body("name"))}",
        5 => $"foreach (var part in new[] {{ names, names.Select(name => name + \"2\").ToList() }})\nforeach (var name in part)\n{Scene.Braced(body("name"))}",
        _ => $"foreach (var name in names)\n{Scene.Braced(body("name"))}",
    };

    /// <summary>Statements around the row that have nothing to do with the database.</summary>
    public string Aside(string name, bool mayLeave = true)
    {
        switch (choose.Below(mayLeave ? 9 : 4))
        {
            case 0:
                return $"Trace.Log({name});";
            case 1:
                return $"Console.WriteLine(\"row \" + {name});";
            case 2:
                return $"var length{++fresh} = {name}.Length;\nTrace.Log(length{fresh});";
            case 3:
                return $"done.Add({name});";
            case 4:
                return $"if ({name} == \"stop\")\nbreak;";
            case 5:
                return $"if ({name} == \"b\")\ncontinue;";
            case 6:
                return $"if ({name} == \"stop\")\nreturn;";
            case 7:
                return $"if ({name}.Length > 1)\nTrace.Log(\"long\");";
            default:
                return IsAsync ? "await Task.Yield();" : $"Trace.Log({name} + done.Count);";
        }
    }

    /// <summary>Statements that run inside something: a handler, a branch.</summary>
    public string Around(string statements) => choose.Below(10) switch
    {
        7 => $"if (names.Count != 3)\n{Scene.Braced(statements)}",
        8 => $"try\n{Scene.Braced(statements)}\nfinally\n{Scene.Braced("Trace.Log(\"stored\");")}",
        9 => Scene.Braced(statements),
        _ => statements,
    };

    /// <summary>The program; <c>connection</c> is open and looks at the same database from outside.</summary>
    /// <param name="usings">The namespaces it uses.</param>
    /// <param name="setUp">Statements that make the tables.</param>
    /// <param name="statements">The statements of <c>Store</c>.</param>
    /// <param name="stored">An expression that shows what is stored.</param>
    /// <param name="members">Further methods.</param>
    public GeneratedProgram Finish(string[] usings, string setUp, string statements, string stored, string members = "")
    {
        var types = $$"""
            static class Program
            {
                public static async Task<object> Run(string path, string[] input)
                {
                    // A database in memory lives for as long as one connection to it.
                    var source = path == "memory" ? "Data Source=rows;Mode=Memory;Cache=Shared" : $"Data Source={path};Pooling=False";
                    using var connection = new SqliteConnection(source);
                    connection.Open();
                    {{setUp}}
                    var done = new List<string>();
                    try
                    {
                        await Store(source, input.ToList(), done);
                    }
                    catch (Exception e) when (e is InvalidOperationException or SqliteException)
                    {
                        Trace.Log(e.GetType().Name);
                    }

                    Trace.Log(string.Join(",", done));
                    return {{stored}};
                }

                private static async Task Store(string source, List<string> names, List<string> done)
                {
            {{Indented(statements + (IsAsync ? "" : "\nawait Task.CompletedTask;"))}}
                }

                private static void Do(SqliteConnection connection, string text)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = text;
                    command.ExecuteNonQuery();
                }

                private static List<string> Rows(SqliteConnection connection, string text)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = text;
                    using var reader = command.ExecuteReader();
                    var rows = new List<string>();
                    while (reader.Read())
                        rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i))));

                    return rows;
                }
            {{members}}
            }

            """;
        return new(string.Concat(usings.Append("Microsoft.Data.Sqlite").Distinct().Order(StringComparer.Ordinal).Select(space => $"using {space};\n")) + "\n", types, Inputs(choose.Chance(40)));
    }

    /// <summary>No, one, several, foreign names, and one that stops; in a file, which takes longer, for a few of them.</summary>
    private static IReadOnlyList<Arguments> Inputs(bool onFile) =>
    [
        ["memory", Array.Empty<string>()],
        [onFile ? Arguments.File.Instance : "memory", new[] { "a" }],
        ["memory", new[] { "b", "ß", "'; DROP TABLE t", "a" }],
        [onFile ? Arguments.File.Instance : "memory", new[] { "c", "d", "stop", "e" }],
    ];

    private static string Indented(string statements) => string.Join("\n", statements.Split('\n').Where(line => line.Length > 0).Select(line => "        " + line));
}
