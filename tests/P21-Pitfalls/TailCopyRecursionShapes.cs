namespace HotPath.Tests;

/// <summary>Functions that call themselves with what is left of a text, an array or a list, from either end, with and without further parameters.</summary>
public sealed class TailCopyRecursionShapes : Shape<TailCopyRecursionAnalyzer, TailCopyRecursionFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var kind = choose.Of("string", "string", "string", "int[]", "char[]", "string[]", "List<int>");
        var type = kind == "string[]" ? $"{scene.Text}[]" : kind;
        var (s, isText) = (choose.Of("s", "left"), kind == "string");
        var length = kind == "List<int>" ? $"{s}.Count" : $"{s}.Length";
        var (result, hasDepth) = (choose.Of("int", "int", "string", "bool", "void"), choose.Chance(35));

        var tail = kind switch
        {
            "string" => choose.Of($"{s}.Substring(1)", $"{s}[1..]", $"{s}.Substring(0, {s}.Length - 1)", $"{s}[..^1]", $"{s}[1..^1]", $"{s}.Substring(2)", $"{s}.Remove(0, 1)", $"{s}.Substring(1, {s}.Length - 2)"),
            "List<int>" => choose.Of($"{s}.GetRange(1, {s}.Count - 1)", $"{s}.Skip(1).ToList()"),
            _ => choose.Of($"{s}[1..]", $"{s}[1..]", $"{s}[..^1]", $"{s}[1..^1]", $"{s}.Skip(1).ToArray()"),
        };
        var isEmpty = isText ? choose.Of($"{s}.Length == 0", $"{s} == \"\"", $"string.IsNullOrEmpty({s})", $"{s} == string.Empty", $"{s}.Length < 2", $"{s}.Length < 2", $"!({s} != \"\")") : choose.Of($"{length} == 0", $"{length} < 2", $"!({length} > 1)");
        var depth = hasDepth ? choose.Of(", depth + 1", ", depth * 2", $", depth + {length}", ", Trace.Log(\"deeper\", depth + 1)") : "";
        var call = $"F({tail}{depth})";
        var first = $"{s}[{choose.Of("0", "0", "^1", $"{length} - 1", "1")}]";
        var low = result switch { "int" => choose.Of("0", "n0", hasDepth ? "depth" : "1", length), "string" => choose.Of("\"\"", "\".\"", isText ? s : "\"end\""), _ => choose.Of("true", "false", $"{length} == 0") };
        scene.Member("private const int n0 = 3;");

        var more = result switch
        {
            "int" => choose.Of($"1 + {call}", $"{call} * 3 + $\"{{{first}}}\".Length", $"Math.Max({call}, {length})", call, $"{length} - {call}", kind is "string[]" ? $"({first} ?? \"\").Length + {call}" : $"{first} * 31 + {call}"),
            "string" => choose.Of($"{call} + {first}", $"{first} + \",\" + {call}", $"$\"{{{call}}};{{{first}}}\"", $"\"<\" + {call} + \">\""),
            _ => choose.Of($"{first} == {s}[^1] && {call}", $"!{call}", $"{length} > 99 || {call}", call),
        };

        // What else happens on the way down.
        string Aside() => choose.Below(14) switch
        {
            1 => $"Trace.Log({length});",
            2 => $"Trace.Log({first});",
            3 => $"foreach (var c in {s})\nTrace.Log(c);",
            4 => $"for (var i = 0; i < {length}; i++)\nTrace.Log({s}[i]);",
            5 => choose.Of($"Console.WriteLine({s});", $"Func<int> later = () => {length};\nTrace.Log(later());", kind == "int[]" ? $"{s}[0] = 7;" : $"Trace.Log({s}.Contains({first}));", $"var copy = {s};\nTrace.Log(copy[0]);", $"{s} = {tail};"),
            6 => $"if ({length} > 12)\nthrow new InvalidOperationException(\"too long\");",
            7 => $"try\n{Scene.Braced($"Trace.Log({s}[2]);")}\ncatch (IndexOutOfRangeException)\n{Scene.Braced("Trace.Log(\"short\");")}\ncatch (ArgumentOutOfRangeException)\n{Scene.Braced("Trace.Log(\"none\");")}",
            8 when hasDepth => "Trace.Log(depth);",
            9 when result == "int" => $"if ({length} == 3)\nreturn {choose.Of("-1", $"10 * {call}")};",
            _ => "",
        };

        var body = (result, choose.Below(4)) switch
        {
            ("void", 0) => $"{{\n{Aside()}\nif (!({isEmpty}))\n{{\nTrace.Log({first});\n{call};\n}}\n}}",
            ("void", _) => $"{{\nif ({isEmpty})\nreturn;\n\n{Aside()}\n{call};\n{Aside().Replace("later", "after", StringComparison.Ordinal).Replace("copy", "other", StringComparison.Ordinal)}\n}}",
            (_, 1) => $"{{\nif ({isEmpty})\nreturn {low};\n\n{Aside()}\nreturn {more};\n}}",
            (_, 2) => $"{{\n{Aside()}\nif (!({isEmpty}))\n{{\nvar deeper = {more};\nreturn deeper;\n}}\n\nreturn {low};\n}}",
            _ => $"=> {isEmpty} ? {low} : {more};",
        };
        var function = $"{result} F({type} {s}{(hasDepth ? choose.Of(", int depth = 0", ", long depth = 1").Replace("long", result == "int" ? "int" : "long", StringComparison.Ordinal) : "")}){(body.StartsWith("=>", StringComparison.Ordinal) ? " " : "\n")}{body}";
        var isLocal = choose.Chance(30);
        if (!isLocal)
            scene.Member($"{choose.Of("private static ", "private static ", "static ", "private static ", "public static ")}{function}");

        var given = kind switch
        {
            "string" => choose.Of("string.Join(\",\", input)", "string.Concat(input)", "(input.FirstOrDefault() ?? \"none\")", "$\"{n}ßaba{input.Length}\"", "\"abba\"", $"input.FirstOrDefault(){(scene.IsNullable ? "!" : "")}"),
            "int[]" => choose.Of("input.Select(text => text?.Length ?? -1).ToArray()", "new[] { 1, n, 1 }"),
            "char[]" => choose.Of("string.Concat(input).ToCharArray()", "new[] { 'a', 'b', 'a' }"),
            "string[]" => choose.Of("input", "input.Reverse().ToArray()".Replace("input", "input.AsEnumerable()", StringComparison.Ordinal)),
            _ => "input.Select(text => text?.Length ?? -1).ToList()",
        };
        var ask = result == "void" ? $"F({given});" : $"Trace.Log(F({given}));";
        var asks = choose.Below(6) switch
        {
            1 => $"try\n{Scene.Braced(ask)}\ncatch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)\n{Scene.Braced("Trace.Log(e.GetType().Name);")}",
            2 => $"for (var times = 0; times < n; times++)\n{Scene.Braced(ask)}",
            3 => $"foreach (var one in input)\n{Scene.Braced(isText ? ask.Replace(given, "one ?? \"\"", StringComparison.Ordinal) : ask)}",
            4 when result != "void" && isText => "Trace.Log(string.Join(\",\", input.Select(text => F(text ?? \"x\"))));",
            5 when scene.Kind == BodyKind.Async => $"await Task.Yield();\n{ask}",
            _ => ask,
        };
        return scene.Finish($"{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(asks, "n")}{(isLocal ? $"\n{choose.Of("", "static ")}{function}" : "")}", choose.Of("n", "input.Length"));
    }
}
