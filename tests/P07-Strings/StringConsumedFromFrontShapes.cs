namespace HotPath.Tests;

/// <summary>Texts that loops cut from the front: by one, by several, to a separator, with blanks trimmed off.</summary>
public sealed class StringConsumedFromFrontShapes : Shape<StringConsumedFromFrontAnalyzer, StringConsumedFromFrontFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var s = choose.Of("s", "s", "rest");
        var made = choose.Of("string.Join(\",\", input)", "string.Join(\",\", input)", "string.Concat(input)", "(input.FirstOrDefault() ?? \"none\")", "$\"  {n},{input.Length} x,,\"", "string.Join(\" \", input) + \"stop,İı😀\"");
        string Aside(params string[] reads) => choose.Lines(1, () => scene.Aside(reads));

        // What is cut is never nothing: the loop would come to no end.
        string Cut(string by = "") => choose.Below(7) switch
        {
            1 => $"{s} = {s}[{(by.Length == 0 ? choose.Of("1", "2") : by)}..];",
            2 => $"{s} = {s}.Remove(0, {(by.Length == 0 ? choose.Of("1", "2") : by)});",
            3 => $"{s} = {s}.Substring({(by.Length == 0 ? "1" : by)}).{choose.Of("TrimStart", "Trim", "TrimEnd")}();",
            4 when by.Length == 0 => $"{s} = {s}.Substring({choose.Of($"Math.Min(2, {s}.Length)", $"1, {s}.Length - 1", $"{s}[0] == ',' ? 1 : {s}.Length > 2 ? 2 : 1")});",
            _ => $"{s} = {s}.Substring({(by.Length == 0 ? choose.Of("1", "1", "2") : by)});",
        };

        string Read() => choose.Below(16) switch
        {
            1 => $"Trace.Log({s}.Length);",
            2 => $"Trace.Log({s}[{choose.Of("1", "n", "^1", $"{s}.Length - 1")}]);",
            3 => $"Trace.Log({s}.Substring(0, {choose.Of("1", "2", "n")}));",
            4 => $"Trace.Log({s}{choose.Of("[..1]", "[1..]", "[..^1]", "[n..]")} + \"!\");",
            5 => $"sum += {s}.IndexOf({choose.Of("','", "'b'", "\",,\", StringComparison.Ordinal", "\"ı\", StringComparison.OrdinalIgnoreCase", "\"b\"")});",
            6 => $"if ({s}.StartsWith({choose.Of("\"a\", StringComparison.Ordinal", "\"I\", StringComparison.OrdinalIgnoreCase", "'s'", "\"\", StringComparison.Ordinal", "\"ss\"")}))\nsum += 100;",
            7 => $"if ({s}.Contains({choose.Of("'s'", "\"to\"", "\"ß\", StringComparison.OrdinalIgnoreCase")}))\nsum *= 2;",
            8 => $"if ({s}[0] == '{choose.Of('t', '7', 'é')}')\n{choose.Of("break;", scene.Return("sum"), "throw new InvalidOperationException(\"met\");")}",
            9 => $"try\n{Scene.Braced($"sum += {s}[2];")}\ncatch (IndexOutOfRangeException)\n{Scene.Braced("sum--;")}",
            10 => $"if ({s}[0] == '{choose.Of('a', ',')}')\n{Scene.Braced($"{Cut("1")}\ncontinue;")}",
            11 => choose.Of($"Trace.Log({s});", $"Trace.Log($\"{{{s}}}\");", $"sum += new Func<int>(() => {s}.Length)();", $"if ({s} == \"x\")\nsum++;"),
            12 => $"sum += {s}.IndexOfAny(new[] {{ ',', 'b' }});",
            13 => choose.Of($"sum += {s}.LastIndexOf(',');", $"if ({s}.EndsWith(\"b\", StringComparison.Ordinal))\nsum += 7;", $"if (string.IsNullOrEmpty({s}))\nsum++;", $"foreach (var c in {s})\nsum += c;"),
            _ => $"sum = sum * 31 + {s}[0];",
        };

        string Reads() => string.Join("\n", choose.Lines(1, 2, Read), Aside($"{s}.Length", "sum"));
        string Loop() => choose.Below(9) switch
        {
            1 => $"while ({s} != \"\")\n{Scene.Braced($"{Reads()}\n{Cut()}")}",
            2 => $"while (!string.IsNullOrEmpty({s}))\n{Scene.Braced($"{Reads()}\n{Cut()}")}",
            3 => $"while (true)\n{Scene.Braced($"var at = {s}.IndexOf(',');\nif (at < 0)\nbreak;\nTrace.Log({s}.Substring(0, at));\n{Cut("at + 1")}")}",
            4 => $"int at;\nwhile ((at = {s}.IndexOf(',')) >= 0)\n{Scene.Braced($"Trace.Log({s}.Substring(0, at));\n{Aside("at")}\n{Cut("at + 1")}")}",
            5 => $"for (; {s}.Length > n; {Cut("1").TrimEnd(';')})\n{Scene.Braced($"sum += {s}[0];\n{Aside("sum")}")}",
            6 => $"do\n{Scene.Braced($"sum += {s}.Length;\n{Aside("sum")}\n{Cut("1")}")}\nwhile ({s}.Length > {choose.Of("0", "n")});",
            7 => $"while ({s}.Contains(\",\", StringComparison.Ordinal))\n{Scene.Braced($"{Aside("sum")}\n{s} = {s}.Substring({s}.IndexOf({choose.Of("\",\", StringComparison.Ordinal", "','")}) + 1);")}",
            _ => $"while ({s}.Length > {choose.Of("0", "0", "n", "2")})\n{Scene.Braced($"{Reads()}\n{Cut()}")}",
        };

        var after = choose.Of("", $"Trace.Log({s});", $"{s} += \"!\";\nTrace.Log({s}.Length);", $"{s} = \"\";", $"Func<string> now = () => {s};\nTrace.Log(now());");
        var around = scene.Around(Loop(), "sum", choose.Of("n", s));
        if (choose.Chance(25) && scene.Kind == BodyKind.Plain)
        {
            var whole = choose.Of("(object)sum", $"sum + {s}");
            scene.Member($"static object Eat(string {s}, string[] input, int n)\n{Scene.Braced($"var sum = 0;\nvar count = 0;\n{around}\n{after}\nreturn {whole};")}");
            return scene.Finish(Aside(), $"Eat({made}, input{(scene.IsNullable ? "!" : "")}, n)");
        }

        return scene.Finish($"var sum = 0;\nvar {s} = {made};\n{around}\n{after}", choose.Of("sum", "sum", $"sum + {s}"));
    }
}
