namespace HotPath.Tests;

/// <summary>Files that are loaded to be parsed or read through.</summary>
public sealed class WholeTextToParseShapes : Shape<WholeTextToParseAnalyzer, WholeTextToParseFix>
{
    public override bool Changes => true;

    public override bool VariesCulture => false;

    public override GeneratedProgram Compose(Choices choose)
    {
        var target = choose.Of("int[]", "List<int>", "object");
        var text = choose.Of("File.ReadAllText(path)", "File.ReadAllText(path)", "File.ReadAllText(path, Encoding.UTF8)", "File.ReadAllText(path + \".none\")");
        var between = choose.Of("", "", "", "Trace.Log(\"between\");\n", "File.AppendAllText(path, \" \");\n", "if (n > 1)\nreturn n;\n");
        var statements = choose.Below(7) switch
        {
            1 => $"return JsonSerializer.Deserialize<{target}>({text});",
            2 => $"using var document = JsonDocument.Parse({text});\n{between}return document.RootElement.ValueKind;",
            3 => $"var json = {text};\n{between}return JsonSerializer.Deserialize<{target}>(json);",
            4 => $"using var stream = new MemoryStream(File.ReadAllBytes(path));\n{between}using var reader = new StreamReader(stream);\nreturn reader.{choose.Of("ReadToEnd()", "ReadLine()")};",
            5 => $"using {choose.Of("var", "Stream", "MemoryStream")} stream = new MemoryStream(File.ReadAllBytes(path));\n{between}Trace.Log(stream.ReadByte());\nreturn stream.ReadByte();",
            6 => $"if (n > 1)\nreturn JsonSerializer.Deserialize<{target}>({text});\nreturn n;",
            _ => $"var result = JsonSerializer.Deserialize<{target}>({text});\n{between}return result;",
        };
        var types = $$"""
            class Program
            {
                public static object? Run(string path, string content, int n)
                {
                    if (content != "none")
                        File.WriteAllText(path, content);

                    try
                    {
                        return System.Convert.ToString(Read(path, n)) + File.Exists(path);
                    }
                    finally
                    {
                        File.WriteAllText(path, "closed");
                    }
                }

                private static object? Read(string path, int n)
                {
            {{string.Join("\n", statements.Split('\n').Where(line => line.Length > 0).Select(line => "        " + line))}}
                }
            }

            """;
        return new("using System.Text.Json;\n\n", types, [[Arguments.File.Instance, "[1, 2, 3]", 1], [Arguments.File.Instance, "", 2], [Arguments.File.Instance, "{\"a\":\"ß\"}", 2], [Arguments.File.Instance, "none", 1]]);
    }
}
