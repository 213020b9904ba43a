namespace HotPath.Tests;

/// <summary>Recurrences over one and two parameters, of every result type, with every kind of end.</summary>
public sealed class UncachedRecursionShapes : Shape<UncachedRecursionAnalyzer, UncachedRecursionFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose, mayAwait: false, mayYield: false);
        var type = choose.Of("int", "long", "double", "decimal", "string", "int?", "System.Numerics.BigInteger", "uint", scene.Text, "bool");
        var isText = type.StartsWith("string", StringComparison.Ordinal);
        var key = choose.Of("int", "int", "long", "short");
        var hasSecond = choose.Chance(40);
        var hasConstant = choose.Chance(30);
        string Cast(string step) => key == "short" ? $"(short)({step})" : step;
        string Call(int step, int other) => $"F({Cast($"k - {step}")}{(hasSecond ? $", {Cast(other == 0 ? "m" : $"m - {other}")}" : "")}{(hasConstant ? ", seed" : "")})";

        var calls = hasSecond ? new[] { Call(1, 0), Call(choose.Below(2), 1), Call(1, 1) } : [Call(1, 0), Call(2, 0), Call(3, 0)];
        var (a, b) = (calls[0], choose.Of(calls[1], calls[1], calls[0]));
        var sum = type == "bool" ? $"{a} {choose.Of("^", "&", "|", "&&")} {b}"
            : isText ? choose.Of($"{a} + {b}", $"{a} + \",\" + {b}", $"$\"{{{a}}}{{{b}}}\"")
            : choose.Of($"{a} + {b}", $"{a} - {b}", $"{a} * 3 + {b} * 2 + {calls[2]}", $"checked({a} + {b})", $"{a} * {b}", type is "int" or "long" or "double" or "decimal" ? $"Math.Max({a}, {b}) + 1" : $"{b} + {a}", type == "int" ? $"{a} / {b}" : $"{a} + {a}", $"(k % 2 == 0 ? {a} + {b} : {b} + {calls[2]})");
        var second = hasSecond ? choose.Of(" || m <= 0", " || m == 0", " || m < 1") : "";
        var isLow = choose.Of($"k < 2{second}", $"k <= 0{second}", $"k <= 1{second}", $"k == 0{second}", $"k < 3{second}");
        var low = type == "bool" ? "k == 1" : isText ? choose.Of("\"x\"", "k + \"\"", hasConstant ? "seed + \"\"" : "\"\"", type == "string?" ? "null" : "\"n\"")
            : type is "uint" ? choose.Of("1u", "(uint)Math.Abs((int)k)") : choose.Of("1", type is "int" or "int?" ? "(int)k" : "k", hasConstant && key != "long" ? "seed" : "2");
        var guard = isLow.Contains("==", StringComparison.Ordinal) || choose.Chance(20) ? "if (k < 0)\nthrow new ArgumentOutOfRangeException(nameof(k), \"below zero: \" + k);\n" : "";

        var body = choose.Below(6) switch
        {
            1 => $"{{\n{guard}if ({isLow})\nreturn {low};\n\nreturn {sum};\n}}",
            2 => $"{{\n{guard}if ({isLow})\n{{\nreturn {low};\n}}\nelse\n{{\nvar result = {sum};\nreturn result;\n}}\n}}",
            3 => $"{{\n{guard}var first = default({type});\nif (!({isLow}))\n{{\n{type} left = {a};\n{type} right = {b};\nreturn {(type == "bool" ? "left ^ right" : "left + right")};\n}}\nreturn {low};\n}}",
            4 => $"{{\n{guard}switch (k)\n{{\ncase < 2:\nreturn {low};\ndefault:\n{(hasSecond ? $"if (m <= 0)\nreturn {low};\n" : "")}return {sum};\n}}\n}}",
            5 when guard.Length == 0 && !hasSecond => $"=> k switch {{ <= 0 => {low}, 1 => {low}, _ => {sum} }};",
            _ when guard.Length == 0 => $"=> {isLow} ? {low} : {sum};",
            _ => $"{{\n{guard}return {isLow} ? {low} : {sum};\n}}",
        };
        var function = $"{type} F({key} k{(hasSecond ? $", {key} m" : "")}{(hasConstant ? ", int seed" : "")}){(body.StartsWith("=>", StringComparison.Ordinal) ? " " : "\n")}{body}";
        var isLocal = choose.Chance(30);
        if (!isLocal)
            scene.Member($"{choose.Of("static ", "public static ", "internal static ")}{function}");

        string Ask(string k) => $"F(({key})({k}){(hasSecond ? $", ({key})Math.Min(n + 2, 4)" : "")}{(hasConstant ? ", n" : "")})";
        var ask = Ask("Math.Min(input.Length + n, 11)");
        var asks = choose.Below(4) switch
        {
            1 => $"for (var i = -1; i < 6; i++)\n{Scene.Braced(scene.Around($"Trace.Log({Ask("i")});"))}",
            2 => $"try\n{Scene.Braced($"Trace.Log({Ask("n - 2")});")}\ncatch (ArgumentException e)\n{Scene.Braced("Trace.Log(e.Message);")}",
            3 => $"Trace.Log(string.Join(\",\", input.Select((text, i) => {Ask("i")})));",
            _ => $"Trace.Log({ask});",
        };
        return scene.Finish($"{choose.Lines(1, () => scene.Aside([]))}\n{asks}{(isLocal ? $"\n{choose.Of("", "static ")}{function}" : "")}", ask);
    }
}
