namespace HotPath.Tests;

/// <summary>Texts that grow in loops of every kind, by operands of every type.</summary>
public sealed class StringConcatenationInLoopShapes : Shape<StringConcatenationInLoopAnalyzer, StringConcatenationInLoopFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var items = scene.Items();
        var s = choose.Of("s", "s", "builder");
        var declaration = choose.Of("var s = \"\";", "var s = \"\";", "string s = string.Empty;", "var s = n + \":\";", $"{scene.Text} s = null;", $"{scene.Text} s = n > 1 ? null : \"start\";", "string s; s = \"<\";", "StringBuilder other = new(); var s = \"a\" + other;")
            .Replace(" s ", $" {s} ", StringComparison.Ordinal).Replace(" s;", $" {s};", StringComparison.Ordinal).Replace("s = \"<\"", $"{s} = \"<\"", StringComparison.Ordinal);
        string[] questions = choose.Chance(30) ? [$"{s}.Length", $"{s} == \"\"", $"string.IsNullOrEmpty({s})", $"({s} == null)"] : ["\"aside\""];

        string Body(Iteration each) => choose.Lines(1, 3, () => choose.Chance(35) ? scene.Aside(questions, each, s) : Growth(each));
        string Growth(Iteration each)
        {
            var (first, more) = (Piece(each), choose.Of("", " + \",\"", " + 1 + n", " + 'c' + n", $" + {s}.Length"));
            return choose.Below(9) switch
            {
                1 => $"{s} = {s} + {first}{more};",
                2 => $"{s} += {first};",
                3 => $"{s} += $\"{{{first}}}|{{n,4}}\";",
                4 => $"{s} = $\"{{{s}}}{{{first}}};\";",
                5 => choose.Of($"{s} = string.Concat({s}, (object)({first}), \"/\");", $"{s} = string.Concat({s}, \"\" + {first}, \"/\");"),
                6 => $"if ({s} != \"\")\n{s} += \", \";\n{s} += {first};",
                7 => $"{s} += \"<\" + {first}{more};",
                8 when choose.Chance(30) => choose.Of($"{s} = {first} + {s};", $"if ({s}.Length < 99)\n{s} += {s};", $"{s} = \"reset\";", $"Trace.Log({s});"),
                _ => $"{s} += {first} + \";\"{more};",
            };
        }

        string Piece(Iteration each) => choose.Of(
            each.Current, each.Current, "\"x\"", "'c'", "n", "(n + 1)", "(1 + 2 + \"-\")", $"({each.Current} + \"!\")", each.Index ?? "1.5", "(string)null!", "(n > 0 ? \"y\" : null)", "Next()", "(n + n)", "new[] { 'a', 'b' }",
            scene.Kind == BodyKind.Async && !each.IsLambda ? "await Task.FromResult(n)" : "DayOfWeek.Friday");

        scene.Member("private static int next;\nprivate static int Next() => Trace.Log(\"next\", ++next);");
        var before = choose.Lines(1, () => scene.Aside([]));
        var loop = scene.Around(scene.Loop(items, Body), choose.Of("\"handled\"", "n", s));
        var after = choose.Below(8) switch
        {
            1 => $"Console.WriteLine({s});",
            2 => $"{s} = {s}.TrimEnd(',');",
            3 => $"Func<int> later = () => {s}.Length;\nTrace.Log(later());",
            4 => scene.Loop(items, Body, "y"),
            5 => $"{s} += \"end\";",
            6 => $"if ({s}.Length > 3)\n{s} = {s}.Substring(0, 3);",
            _ => "",
        };
        return scene.Finish($"{items.Declaration}\n{declaration}\n{before}\n{loop}\n{after}", choose.Of(s, $"({s}, n)", $"{s} + n"));
    }
}
