namespace HotPath.Tests;

/// <summary>Parts of texts that are compared, pieces that are picked, copies of collections that are asked: with indices in and out of range, and texts that may be missing.</summary>
public sealed class CopyToReadShapes : Shape<CopyToReadAnalyzer, CopyToReadFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var items = scene.Items(scene.Texts);
        var element = scene.AnyElement();
        var others = scene.Items(element, "others", indexed: choose.Chance(70));

        string Part(string text) => choose.Below(9) switch
        {
            1 => $"{text}.Substring(n)",
            2 => $"{text}[{choose.Of("..1", "n..", "^1..", "1..2", "..n")}]",
            3 => $"{text}.Substring(n, 1)",
            4 => $"{text}.Substring(0, {choose.Of("1", "n")})",
            5 => $"{text}.Substring(Trace.Log(\"start\", n), 1)",
            _ => $"{text}.Substring({choose.Of("0", "1")}, {choose.Of("1", "2")})",
        };

        string Literal() => choose.Of("\"a\"", "\"b\"", "\"\"", "\"du\"", "\"x'\"");

        string OfText(string text) => choose.Below(18) switch
        {
            1 => $"{Literal()} != {Part(text)}",
            2 => $"{Part(text)} is {Literal()} or \"th\"",
            3 => $"{Part(text)}.Equals({Literal()})",
            4 => $"{Part(text)}.Equals({Literal()}, StringComparison.OrdinalIgnoreCase)",
            5 => $"{Part(text)}.Length",
            6 => $"{Part(text)}.IndexOf('a')",
            7 => $"string.IsNullOrEmpty({Part(text)})",
            8 => $"{Part(text)} == {Part(text)}",
            9 => $"{text}.Split({choose.Of("'a'", "'a', 'b'", "\"a\"", "new[] { 'a' }, StringSplitOptions.RemoveEmptyEntries")}){choose.Of("[0]", "[1]", ".First()", ".Length")}",
            10 => $"{text}.Split('a'){choose.Of(".Last()", "[^1]", ".Length", "[2]")}",
            11 => $"{text}.ToCharArray(){choose.Of("[n]", ".Length", "[0]")}",
            12 => $"{text}.Length > {choose.Of("0", "1", "n")} && {Part(text)} {choose.Of("==", "!=")} {Literal()}",
            13 => $"{Part(text)} == (input.Length > n ? input[n] : null)",
            14 => $"{Part(text)}[{choose.Of("0", "n")}]",
            15 => $"{choose.Of("\"aeiou\"", "\"ab\"", "\"\"")}.Contains({Part(text)})",
            16 => $"{choose.Of("\"aeiou\"", text)}.{choose.Of("IndexOf", "Contains", "StartsWith", "EndsWith")}({Part(text)}, StringComparison.{choose.Of("Ordinal", "OrdinalIgnoreCase")})",
            _ => $"{Part(text)} == {Literal()}",
        };

        string OfCollection() => choose.Below(7) switch
        {
            1 => $"{others.Name}.ToList()[n]",
            2 => $"{others.Name}.ToArray()[{choose.Of("n", "0")}]",
            3 => $"{others.Name}.ToArray().{choose.Of("First()", "Any()", "Any(y => y is object)", "Last()", "Count()")}",
            4 => $"{others.Name}.ToList().{choose.Of("FirstOrDefault()", "Count", "ElementAt(n)", "All(y => Trace.Log(\"asked\", y is object))")}",
            5 => $"input[{choose.Of("n..", "..n", "1..")}]{choose.Of(".Length", "[0]")}",
            _ => $"{others.Name}.{choose.Of("ToArray().Length", "ToList().Count")}",
        };

        string Body(Iteration each)
        {
            var text = each.IsText ? each.Current : "text";
            var use = choose.Below(7) switch
            {
                1 => $"if (Equals({OfText(text)}, {choose.Of("true", "n")}))\nTrace.Log(\"yes\");",
                2 => $"foreach (var c in {text}.ToCharArray())\n{Scene.Braced("Trace.Log(c);")}",
                3 => $"var chars = {text}.ToCharArray();\nfor (var k = 0; k < chars.Length; k++)\n{Scene.Braced("Trace.Log(chars[k]);")}",
                4 => $"for (var k = 0; k < {text}.Length; k++)\n{Scene.Braced($"if ({text}.Substring(k, 1) {choose.Of("==", "!=")} {Literal()})\nTrace.Log(k);")}",
                5 => $"try\n{Scene.Braced($"Trace.Log({choose.Of(OfText(text), OfCollection())});")}\ncatch (Exception e)\n{Scene.Braced("Trace.Log(e.GetType().Name);")}",
                _ => $"Trace.Log({OfText(text)});",
            };
            var missing = choose.Of($"if ({text} == null)\n{{\n{each.Skip}\n}}", $"if (string.IsNullOrEmpty({text}))\n{{\n{each.Skip}\n}}", "");
            return $"{choose.Lines(1, () => scene.Aside([], each, "n"))}\n{missing}\n{use}";
        }

        var walked = choose.Chance(75) ? scene.Loop(items, Body) : $"var asked = {OfCollection()};\nTrace.Log(asked);";
        return scene.Finish($"var text = {choose.Of("\"banana\"", "$\"{n}a{n}\"", "\"\"")};\nTrace.Log(text);\n{items.Declaration}\n{others.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(walked, "n")}", "n");
    }
}
