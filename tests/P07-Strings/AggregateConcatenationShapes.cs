namespace HotPath.Tests;

/// <summary>Folds that put texts together, with and without a start, over elements of every type.</summary>
public sealed class AggregateConcatenationShapes : Shape<AggregateConcatenationAnalyzer, AggregateConcatenationFix>
{
    public override bool Changes => true;

    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = choose.Chance(60) ? scene.Texts : scene.AnyElement();
        var items = scene.Items(element);

        string Seeded(string source, bool isText)
        {
            var forgiving = isText && scene.IsNullable ? "!" : "";
            var b = choose.Of("b", "b", "$\"{b}\"", "(b + \"!\")", "Trace.Log(\"made\", b)", $"b{forgiving}.ToString()", isText ? $"b{forgiving}.Length" : "n", "n", "(n + 1)", "(b is object ? 'y' : 'n')", "b?.ToString()".Replace("b?", isText ? "b?" : "$\"{b}\"", StringComparison.Ordinal));
            var body = choose.Below(10) switch
            {
                1 => $"a + \",\" + {b}",
                2 => $"a + {b} + \";\"",
                3 => $"$\"{{a}}{{{b}}}\"",
                4 => $"$\"{{a}}|{{{b},4}}\"",
                5 => $"a + ',' + {b}",
                6 => choose.Of($"a + {b} + n", $"string.Concat(a, {b})", $"a + n + {b}"),
                7 => choose.Of($"{b} + a", $"a == \"\" ? \"first\" : a + {b}", $"a + (a.Length > 0 ? \",\" : \"\") + {b}", $"{{ return a + {b}; }}"),
                8 => $"a + ({b} + \"-\")",
                _ => $"a + {b}",
            };
            var start = choose.Of("\"\"", "\"\"", "string.Empty", "\">\"", "\"n\" + n", "input.Length + \":\"");
            return $"{source}.Aggregate({start}, (a, b) => {body}{choose.Perhaps(10, ", a => a.Trim(';')")})";
        }

        // Without a start nothing fails, and the fix says that it does not any more: here is always something.
        string Unseeded()
        {
            var (separator, filter) = (choose.Of("\", \"", "\"-\"", "','", "separator", "\"\""), choose.Of("$\"{x}\"", "x + \"!\"", "Trace.Log(\"made\", $\"{x}\")"));
            var source = choose.Below(5) switch
            {
                1 => "texts",
                2 => "array",
                3 => $"{items.Name}.Select(x => {filter}).Append(\"z\")",
                4 => $"{items.Name}.Select(x => {filter}).DefaultIfEmpty(\"none\")",
                _ => "texts.Where(text => text != \"b\")",
            };
            return $"{source}.Aggregate((a, b) => {choose.Of($"a + {separator} + b", "a + b", "$\"{a}{b}\"", "$\"{a}, {b}\"", "b + a", "string.Concat(a, b)")})";
        }

        string Fold() => choose.Below(6) switch
        {
            1 => Seeded($"{items.Name}.Where(x => {choose.Of("x is object", "Trace.Log(\"filter\", true)", "n > 0")})", element.IsText),
            2 => Seeded($"{items.Name}.Select(x => {choose.Of("$\"{x}\".Length", "$\"{x}\".FirstOrDefault()", "x is object ? 1.5 : n", "x is object", "(int?)null")})", false),
            3 or 4 => Unseeded(),
            _ => Seeded(items.Name, element.IsText),
        };

        string Use() => choose.Below(6) switch
        {
            1 => $"if ({Fold()} != \"a\")\nTrace.Log(\"other\");",
            2 => $"Console.WriteLine({Fold()});",
            3 => $"Func<string> make = () => {Fold()};\nTrace.Log(make());",
            4 => $"Trace.Log(\"<\" + {Fold()} + \">\");",
            5 => $"Trace.Log({Fold()}.Length);",
            _ => $"Trace.Log({Fold()});",
        };

        string Body(Iteration each) => $"{choose.Lines(1, () => scene.Aside([], each, "n"))}\n{Use()}";
        var texts = $"var separator = n + \"/\";\nvar texts = input.Select(text => text ?? \"none\").{choose.Of("Append", "Prepend")}(\"end\").ToList();\nvar array = texts.ToArray();";
        var others = scene.Items(element, "others");
        var use = choose.Chance(25) ? scene.Loop(others, Body, "y", mayBeLambda: false) : Use();
        return scene.Finish($"{items.Declaration}\n{others.Declaration}\n{texts}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(use, "n")}", choose.Of(Seeded(items.Name, element.IsText), "n", "texts.Count", "array.Length + separator"));
    }
}
