namespace HotPath.Tests;

/// <summary>Arrays, lists and builders made in each iteration: filled, read before they are filled, left half-way, kept, captured.</summary>
public sealed class BufferPerIterationShapes : Shape<BufferPerIterationAnalyzer, BufferPerIterationFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        scene.Use("System.Text");
        scene.Member("private static readonly List<object> Kept = new List<object>();");
        var items = scene.Items(scene.AnyElement());
        var kind = choose.Below(3);
        var name = choose.Of("buffer", "buffer", "made");

        string Body(Iteration each)
        {
            var x = $"$\"{{{each.Current}}}\"";
            var (made, fill, read) = kind switch
            {
                1 => (choose.Of("new StringBuilder()", "new StringBuilder(64)"), choose.Of($"{name}.Append({x});", $"{name}.Append({x}).Append(n);", $"{name}.Insert(0, {x});", $"if (n > 1)\n{name}.Append('c');"), choose.Of($"Trace.Log({name}.ToString());", $"Trace.Log({name}.Length);", $"n += {name}.Length;")),
                2 => (choose.Of("new List<string>()", "new List<string>(10)", "new List<string>(n)"), choose.Of($"{name}.Add({x});", $"{name}.Insert(0, {x});", $"{name}.AddRange(new[] {{ {x}, \"b\" }});"), choose.Of($"Trace.Log(string.Join(\",\", {name}));", $"Trace.Log({name}.Count);", $"foreach (var y in {name})\nTrace.Log(y);", $"Trace.Log({name}.ToArray());")),
                _ => ($"new {choose.Of("int[300]", "int[2000]", "byte[4096]")}", choose.Of($"{name}[n & 255]++;", $"{name}[1] = 7;", $"foreach (var c in {x})\n{name}[c & 255]++;"), choose.Of($"Trace.Log({name}[n & 255]);", $"Trace.Log({name}[1]);", $"foreach (var y in {name})\nn += y;")),
            };
            var odd = choose.Below(12) switch
            {
                1 => $"Kept.Add({name});",
                2 => $"Action told = () => Trace.Log({name});\ntold();",
                3 => $"if ({each.Is("b")})\n{{\n{each.Skip}\n}}",
                4 => $"if ({each.Is("throw")})\nthrow new InvalidOperationException(\"thrown\");",
                _ => "",
            };
            var used = $"{choose.Perhaps(25, read)}\n{fill}\n{odd}\n{read}";
            var around = choose.Chance(20) ? $"try\n{Scene.Braced(used)}\ncatch (InvalidOperationException)\n{Scene.Braced("n++;")}" : used;
            return $"{choose.Lines(1, () => scene.Aside([], each, "n"))}\n{choose.Of("var", "var", kind == 1 ? "StringBuilder" : "var")} {name} = {made};\n{around}";
        }

        return scene.Finish($"Kept.Clear();\n{items.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(scene.Loop(items, Body), "n")}\n{choose.Perhaps(20, () => scene.Loop(items, each => $"var {name} = new StringBuilder();\n{name}.Append($\"{{{each.Current}}}\");\nTrace.Log({name}.ToString());", "z"))}", "n + Kept.Count");
    }
}
