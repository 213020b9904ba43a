namespace HotPath.Tests;

/// <summary>Texts that are appended to a file one by one.</summary>
public sealed class FileOpenedPerItemShapes : Shape<FileOpenedPerItemAnalyzer, FileOpenedPerItemFix>
{
    public override bool VariesCulture => false;

    public override GeneratedProgram Compose(Choices choose)
    {
        var isAsync = choose.Chance(30);
        var fresh = 0;

        string Text(string name) => choose.Of(name, $"{name} + \"\\n\"", $"{name} + Environment.NewLine", $"$\"{{{name}}}: {{done.Count}}\\n\"", $"{name}.Substring(1)", $"Trace.Log(\"made\", {name} + \"!\")", $"Change({name})", "null", "\"x\"", $"{name}.Length + \";\"");
        string Append(string name)
        {
            var encoding = choose.Of("", "", "", "", ", Encoding.UTF8", ", Encoding.Unicode");
            var path = choose.Of("path", "path", "path", "path", "path", "path + \".none/x\"", "Next(path)");
            return isAsync && choose.Chance(70)
                ? $"await File.AppendAllTextAsync({path}, {Text(name)}{encoding});"
                : choose.Of($"File.AppendAllText({path}, {Text(name)}{encoding});", $"File.AppendAllText({path}, {Text(name)}{encoding});", $"File.AppendAllLines({path}, new[] {{ {name} }}{encoding});");
        }

        string Aside(string name) => choose.Of("", "", "", $"Trace.Log({name});", $"done.Add({name});", $"if ({name} == \"stop\")\nbreak;", $"if ({name} == \"b\")\ncontinue;", $"if ({name} == \"stop\")\nreturn;", $"if ({name} == \"throw\")\nthrow new InvalidOperationException();",
            $"var length{++fresh} = {name}.Length;\nTrace.Log(length{fresh});", isAsync ? "await Task.Yield();" : "Console.WriteLine(1);", "Trace.Log(File.Exists(path));", $"Trace.Log(Change({name}));");
        string Row(string name)
        {
            var append = Append(name);
            append = choose.Below(9) switch
            {
                1 => $"if ({name} != \"a\")\n{append}",
                2 => $"try\n{{\n{append}\n}}\ncatch (IOException)\n{{\nTrace.Log(\"failed\");\n}}",
                3 => $"{append}\n{Append(name)}",
                4 => $"foreach (var c in {name})\n{append}",
                5 => $"if ({name}.Length > 1)\n{append}\nelse\n{{\n{Append(name)}\n}}",
                _ => append,
            };
            return $"{{\n{Aside(name)}\n{append}\n{Aside(name)}\n}}";
        }

        var loop = choose.Below(6) switch
        {
            1 => $"for (var i = 0; i < names.Count; i++)\n{Row("names[i]")}",
            2 => $"foreach (var name in names.Where(name => name != \"z\").ToList())\n{Row("name")}",
            3 => $"var rest = new Queue<string>(names);\nwhile (rest.Count > 0)\n{{\nvar name = rest.Dequeue();\n{Row("name")}\n}}",
            4 => $"foreach (var name in names)\n{Append("name")}",
            5 => $"for (var i = 0; i < names.Count; i++)\nforeach (var name in names)\n{Row("name")}",
            _ => $"foreach (var name in names)\n{Row("name")}",
        };
        var statements = choose.Below(6) switch
        {
            1 => $"if (names.Count != 2)\n{{\n{loop}\n}}",
            2 => $"try\n{{\n{loop}\n}}\nfinally\n{{\nTrace.Log(File.Exists(path) ? File.ReadAllText(path) : \"none\");\n}}",
            3 => $"try\n{{\n{loop}\n}}\ncatch (InvalidOperationException)\n{{\nTrace.Log(File.Exists(path) ? File.ReadAllText(path) : \"none\");\n}}",
            4 => $"File.AppendAllText(path, \"first\");\n{loop}\nFile.AppendAllText(path, \"last\");",
            _ => loop,
        };

        var types = $$"""
            class Program
            {
                public static async Task<object> Run(string path, string content, string[] input)
                {
                    if (content != "none")
                        File.WriteAllText(path, content);

                    var done = new List<string>();
                    try
                    {
                        await Save(path, input.ToList(), done);
                    }
                    catch (Exception e)
                    {
                        Trace.Log(e.GetType().Name);
                    }

                    return (File.Exists(path) ? Convert.ToHexString(File.ReadAllBytes(path)) : "none") + string.Join("|", done);
                }

                private static async Task Save(string path, List<string> names, List<string> done)
                {
            {{string.Join("\n", statements.Split('\n').Where(line => line.Length > 0).Select(line => "        " + line))}}
                    await Task.CompletedTask;
                }

                private static string Change(string text) => text.ToUpperInvariant();

                private static string Next(string path) => Trace.Log("next", path);
            }

            """;
        return new("", types, [[Arguments.File.Instance, "none", Array.Empty<string>()], [Arguments.File.Instance, "none", new[] { "a" }], [Arguments.File.Instance, "old", new[] { "b", "ß😀", "a", "" }], [Arguments.File.Instance, "", new[] { "c", "stop", "throw", "e" }]]);
    }
}
