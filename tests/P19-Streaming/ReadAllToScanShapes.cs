namespace HotPath.Tests;

/// <summary>Files of every kind of content that are read as a whole to walk through their lines.</summary>
public sealed class ReadAllToScanShapes : Shape<ReadAllToScanAnalyzer, ReadAllToScanFix>
{
    public override bool VariesCulture => false;

    public override GeneratedProgram Compose(Choices choose)
    {
        var fresh = 0;

        string Read() => $"File.ReadAllLines({choose.Of("path", "path", "path", "path, Encoding.UTF8", "path + \".none\"", "path, Encoding.ASCII")})";
        string Operators() => string.Concat(Enumerable.Range(0, choose.Of(0, 0, 1, 1, 2)).Select(_ => choose.Of(".Where(l => l != \"\")", ".Skip(1)", ".Take(n)", ".Select(l => l + \"!\")", ".Where(l => Trace.Log(\"asked\", l.Length > 0))", ".OrderBy(l => l.Length)", ".TakeWhile(l => l != \"stop\")", ".Distinct()", ".Select(l => Change(l))")));
        string Question() => choose.Of(".First()", ".FirstOrDefault()", ".Any()", ".Any(l => l == \"b\")", ".All(l => l.Length > 0)", ".Contains(\"stop\")", ".Count(l => l.Length > 1)", ".Last()", ".Sum(l => l.Length)", ".Skip(1).First()", ".Max(l => l.Length)", ".ToList().Count", ".Aggregate(\"\", (a, l) => a + l)", ".Single()");
        string Step(string line) => choose.Of($"Trace.Log({line});", $"count += {line}.Length;", $"if ({line} == \"stop\")\nbreak;", $"if ({line} == \"b\")\ncontinue;", $"if ({line} == \"stop\")\nreturn count;", $"if ({line} == \"throw\")\nthrow new InvalidOperationException();", $"Trace.Log(int.Parse({line}));", $"Console.WriteLine({line});", $"seen.Add({line});", $"Trace.Log(Change({line}));",
            $"File.AppendAllText(path + \".out\", {line});", $"Note(path, {line});", "Trace.Log(File.Exists(path));");

        string Scan()
        {
            var lines = "lines" + ++fresh;
            var line = "line" + fresh;
            var body = $"{{\n{Step(line)}\n{choose.Perhaps(60, () => Step(line))}\n}}";
            var between = choose.Of("", "", "", $"var start{fresh} = 0;", $"var list{fresh} = new List<string>();", "Trace.Log(\"between\");", "if (n > 1)\nreturn n;", "File.Delete(path);", "count = int.Parse(\"7\");");
            return choose.Below(7) switch
            {
                1 => $"{choose.Of("var", "string[]")} {lines} = {Read()};\n{between}\nforeach (var {line} in {lines})\n{body}",
                2 => $"Trace.Log({Read()}{Operators()}{Question()});",
                3 => $"var {lines} = {Read()};\n{between}\nTrace.Log({lines}{Operators()}{Question()});",
                4 => $"var {lines} = {Read()}.Where(l => l != \"x\"){Operators()};\n{between}\nforeach (var {line} in {lines})\n{body}",
                5 => $"Trace.Log(string.Join(\"|\", from l in {Read()} where l != \"\" {choose.Of("", "orderby l ")}select l + n));",
                _ => $"foreach (var {line} in {Read()}{Operators()})\n{body}",
            };
        }

        var statements = choose.Lines(1, 2, Scan);
        statements = choose.Below(6) switch
        {
            1 => $"try\n{{\n{statements}\n}}\ncatch (FormatException)\n{{\nTrace.Log(\"no number\");\n}}",
            2 => $"try\n{{\n{statements}\n}}\nfinally\n{{\nTrace.Log(File.Exists(path) ? File.ReadAllText(path) : \"gone\");\n}}",
            3 => $"if (n != 3)\n{{\n{statements}\n}}",
            _ => statements,
        };
        statements += choose.Perhaps(30, "\nFile.AppendAllText(path, \"end\");\nTrace.Log(File.ReadAllText(path));");

        var types = $$"""
            class Program
            {
                public static object Run(string path, string content, int n)
                {
                    if (content != "none")
                        File.WriteAllText(path, content);

                    return Scan(path, n);
                }

                private static object Scan(string path, int n)
                {
                    var count = 0;
                    var seen = new List<string>();
            {{string.Join("\n", statements.Split('\n').Where(line => line.Length > 0).Select(line => "        " + line))}}
                    return count + seen.Count;
                }

                private static string Change(string text) => text.ToUpperInvariant();

                private static void Note(string path, string text) => File.AppendAllText(path, text);
            }

            """;
        return new("", types, [[Arguments.File.Instance, "a\nb\r\nstop\nthrow\n7", 1], [Arguments.File.Instance, "", 2], [Arguments.File.Instance, "8\n\n9\n", 2], [Arguments.File.Instance, "none", 1], [Arguments.File.Instance, "ß\nI", 0]]);
    }
}
