namespace HotPath.Tests;

/// <summary>Objects of every kind that are expensive to build, built in loops and on every call, and used in every way.</summary>
public sealed class RecreatedExpensiveObjectShapes : Shape<RecreatedExpensiveObjectAnalyzer, RecreatedExpensiveObjectFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        scene.Use("System.Text.RegularExpressions");
        scene.Use("System.Globalization");
        scene.Use("System.Text.Json");
        scene.Use("System.Linq.Expressions");
        scene.Use("System.Security.Cryptography");
        var items = scene.Items(choose.Chance(70) ? scene.Texts : null);

        (string Create, string[] Uses, string Type) Kind(string text) => choose.Below(9) switch
        {
            1 => ($"new Regex({Pattern()}, RegexOptions.{choose.Of("None", "IgnoreCase", "CultureInvariant | RegexOptions.IgnoreCase", "RightToLeft", "Multiline")})", [$".Matches({text}).Count", $".Match({text}).Value", $".Replace({text}, \"_\")"], "Regex"),
            2 => ($"new CultureInfo(\"{choose.Of("de-DE", "tr-TR", "", "fr-FR")}\"{choose.Of("", ", false")})", [$".TextInfo.ToUpper({text})", ".NumberFormat.NumberDecimalSeparator", ".Name", $".CompareInfo.Compare({text}, \"a\")"], "CultureInfo"),
            3 => ("new Random()", [".Next(1)", ".Next(0, 1)", ".NextDouble() < 2"], "Random"),
            4 => ($"new JsonSerializerOptions {{ WriteIndented = {choose.Of("true", "false")}, PropertyNamingPolicy = JsonNamingPolicy.CamelCase }}", ["#json"], "JsonSerializerOptions"),
            5 => ("new List<string> { \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"k\" }", [$".Contains({text})", $".IndexOf({text})", ".Count", $"[{text}.Length % 3]"], "List<string>"),
            6 => ($"new HashSet<string>({choose.Of("", "StringComparer.OrdinalIgnoreCase", "StringComparer.CurrentCultureIgnoreCase")}) {{ \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"k\" }}", [$".Contains({text})", ".Count"], "HashSet<string>"),
            7 => ("new Dictionary<string, int> { [\"a\"] = 1, [\"b\"] = 2, [\"c\"] = 3, [\"d\"] = 4, [\"e\"] = 5, [\"f\"] = 6, [\"g\"] = 7, [\"h\"] = 8, [\"i\"] = 9 }", [$".GetValueOrDefault({text})", $".ContainsKey({text})", $"[{text}]"], "Dictionary<string, int>"),
            8 => ("((Expression<Func<string, int>>)(s => s.Length * 2)).Compile()", [$"({text})"], "Func<string, int>"),
            _ => ($"new Regex({Pattern()})", [$".IsMatch({text})", $".Replace({text}, \"-\")", $".Split({text}).Length"], "Regex"),
        };

        string Pattern() => choose.Of("\"^[a-k]+$\"", "\"[0-9]\"", "@\"\\w\"", "\"(?<first>.)(.)\"", "pattern", "pattern + \"+\"", "constant", "\"i\"");

        string Use(string? current, bool isText, Func<string>? leave = null)
        {
            var text = current is null ? "(input.FirstOrDefault() ?? \"\")" : isText ? $"({current} ?? \"\")" : $"$\"{{{current}}}\"";
            var (create, uses, type) = Kind(text);
            var name = scene.Fresh(choose.Of("regex", "made", "pattern2"));
            string Result(string made) => choose.Of(uses) is "#json" ? $"JsonSerializer.Serialize(new {{ Name = {text}, N = n }}, {made})" : made + choose.Of(uses);

            return choose.Below(7) switch
            {
                1 => $"Trace.Log({Result(create)});",
                2 => $"{type} {name} = {create};\nTrace.Log({Result(name)});\nTrace.Log({Result(name)});",
                3 => $"Func<object> {name} = () => {Result(create)};\nTrace.Log({name}());",
                4 => $"try\n{{\nvar {name} = {create};\nConsole.WriteLine({Result(name)});\n}}\ncatch (ArgumentException)\n{{\nTrace.Log(\"bad\");\n}}",
                5 when leave is not null => $"var {name} = {create};\nif ({text} == \"stop\")\n{leave()}\nTrace.Log({Result(name)});",
                6 => $"var {name} = {create};\nTrace.Log({Result(name)});{choose.Perhaps(30, type switch { "List<string>" => $"\n{name}.Add(\"new\");", "CultureInfo" => $"\n{name}.NumberFormat.NumberDecimalSeparator = \"!\";", _ => $"\nkept.Add({name});" })}",
                _ => $"var {name} = {create};\nTrace.Log({Result(name)});",
            };
        }

        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside([], each, "kept.Count")), Use(each.Current, each.IsText, () => each.Skip), choose.Lines(1, () => scene.Aside([], each, "kept.Count")));

        var pattern = choose.Of("var pattern = n > 1 ? \"[\" : \"[a-k]\";", "var pattern = \"[a-m]\";", "var pattern = input.Length > 3 ? \"(\" : \"s\";");
        var main = choose.Below(4) == 3 ? scene.Around(Use(null, true)) : scene.Around(scene.Loop(items, Body), "n");
        return scene.Finish($"const string constant = \"[x-z]\" + \"?\";\n{pattern}\nvar kept = new List<object>();\n{items.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{main}\n{choose.Perhaps(25, () => Scene.Braced(Use(null, true)))}", "kept.Count");
    }
}
