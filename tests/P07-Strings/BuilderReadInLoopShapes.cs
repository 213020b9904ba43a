namespace HotPath.Tests;

/// <summary>Builders that loops fill and ask what they hold, in the middle and at either end.</summary>
public sealed class BuilderReadInLoopShapes : Shape<BuilderReadInLoopAnalyzer, BuilderReadInLoopFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var items = scene.Items();
        var isField = choose.Chance(15);
        var sb = isField ? "Held" : choose.Of("sb", "sb", "text");
        if (isField)
            scene.Member("private static StringBuilder Held = new();");

        var declaration = isField ? choose.Of("Held = new StringBuilder();", "Held = new(\"a\");")
            : choose.Of($"var {sb} = new StringBuilder();", $"StringBuilder {sb} = new();", $"var {sb} = new StringBuilder(\"a,\");", $"var {sb} = new StringBuilder(16).Append(n);", $"StringBuilder {sb} = {(scene.IsNullable ? "null!" : "null")};\nif (n > 0)\n{sb} = new StringBuilder();", $"var other = new StringBuilder();\nvar {sb} = other;");
        var text = $"{sb}.ToString()";

        string Condition(Iteration? each) => choose.Below(20) switch
        {
            1 => $"{text} == \"\"",
            2 => $"{text} != string.Empty",
            3 => $"string.IsNullOrEmpty({text})",
            4 => $"!string.IsNullOrEmpty({text})",
            5 => $"{text}[0] == 'a'",
            6 => $"{text}[^1] != ','",
            7 => $"{text}[{each?.Index ?? "n"}] == 'b'",
            8 => $"{text}.EndsWith(',')",
            9 => $"!{text}.EndsWith(',')",
            10 => $"{text}.EndsWith(\"{choose.Of(",", "b", "", "b,")}\", StringComparison.Ordinal)",
            11 => $"!{text}.StartsWith('{choose.Of('a', 'ı')}')",
            12 => $"{text}.StartsWith(\"a\", StringComparison.{choose.Of("Ordinal", "OrdinalIgnoreCase", "CurrentCulture")})",
            13 => $"{text}.EndsWith(\",\")",
            14 => $"{text}.Contains({choose.Of("'b'", "\"b\"")})",
            15 => $"{text}.Length > 0 && {text}[^1] != ','",
            16 => $"{text}.{choose.Of("Last", "First")}() == 'a'",
            17 => $"{text}[{choose.Of("^2", "^n", "n - 1", $"{text}.Length - 1", "-1", "Trace.Log(\"at\", 0)")}] == 'a'",
            18 => $"\"\" == {text}",
            _ => $"{text}.Length {choose.Of(">", "==", "!=", "<=")} {choose.Of("0", "n", "3")}",
        };

        string Asked(Iteration? each) => choose.Below(6) switch
        {
            1 => $"n > 0 && {Condition(each)}",
            2 => $"n > 1 || !({Condition(each)})",
            3 => $"({Condition(each)}) == (n > 1)",
            4 => $"Trace.Log(\"asks\", n > 0) && ({Condition(each)})",
            _ => Condition(each),
        };

        string Use(Iteration each) => choose.Below(9) switch
        {
            1 => $"Trace.Log({Asked(each)});",
            2 => $"Trace.Log({text}.Length);",
            3 => $"var isAt = {Asked(each)};\nif (isAt)\n{sb}.Append('|');",
            4 => $"{sb}.Append(({Asked(each)}) ? \"+\" : \"-\");",
            5 => $"if ({Asked(each)})\n{each.Skip}",
            6 => choose.Of($"var copy = {text};\nif (copy.Length > 5)\n{sb}.AppendLine();", $"{sb}.Insert(0, {each.Current});", $"if (n > 5)\n{sb}.Clear();", $"if ({text} != $\"{{{each.Current}}}\")\n{sb}.Append('x');"),
            _ => $"if ({Asked(each)})\n{sb}.Append(',');",
        };

        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside([$"{sb}.Length"], each, $"{sb}.Length")), Use(each), $"{sb}.Append({choose.Of(each.Current, "n", "'a'", $"$\"{{{each.Current}}}\"", "\"b,\"")});", choose.Lines(1, () => scene.Aside([$"{sb}.Length"], each, "n")));

        // A loop that grows the text to a size.
        string Filled() => $"while ({text}.Length < {choose.Of("n * 3", "7", "input.Length")})\n{Scene.Braced($"{sb}.Append({choose.Of("'x'", "\"ab\"", "n")});\n" + choose.Lines(1, () => scene.Aside([$"{sb}.Length"])))}";
        var loop = choose.Chance(12) ? Filled() : scene.Loop(items, Body);
        return scene.Finish($"{items.Declaration}\n{declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(loop, "n", $"{sb}.Length")}\n{choose.Perhaps(20, $"Trace.Log({text}.Length);")}", choose.Of(text, $"{sb}.Length", $"({text}, n)"));
    }
}
