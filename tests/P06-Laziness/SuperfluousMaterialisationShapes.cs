namespace HotPath.Tests;

/// <summary>Queries and collections that are copied and walked through once, in loops that leave the source alone, change it, change what the filter looks at, or call what does.</summary>
public sealed class SuperfluousMaterialisationShapes : Shape<SuperfluousMaterialisationAnalyzer, SuperfluousMaterialisationFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(70));
        scene.Member($"private static readonly List<{element.Type}> Kept = new List<{element.Type}>();");
        scene.Member("private static int calls;");
        scene.Member($"private static void Count({element.Type} x) => calls += $\"{{x}}\".Length;");
        scene.Member($"private static void Forget({element.Type} x) => Kept.Remove(x);");
        var source = choose.Of(items.Name, items.Name, "Kept");

        string Condition() => choose.Of("x is object", "$\"{x}\".Length > 0", "n > 0", "calls < 5", "Trace.Log(\"asked\", x is object)", "10 / n > 1");
        string Sequence() => source + choose.Below(7) switch
        {
            1 => $".Select(x => {choose.Of("$\"{x}\"", "$\"{x}\".Substring(0, 1)", "n")})",
            2 => $".OrderBy(x => {choose.Of("$\"{x}\".Length", "n")})",
            3 => choose.Of(".Skip(1)", ".Take(n)", ".Distinct()", ".Skip(n).Take(2)"),
            4 => "",
            _ => $".Where(x => {Condition()})",
        };

        var copy = choose.Of(".ToList()", ".ToArray()");
        string Body() => choose.Below(14) switch
        {
            1 => source == "Kept" ? "Kept.Clear();" : items.Type == "List" ? $"{items.Name}.Add({element.Of("\"new\"")});" : "n++;",
            2 => "n++;\nTrace.Log(n);",
            3 => "calls++;",
            4 => "Kept.Add(default!);",
            5 => "if (n > 2)\nbreak;\nn++;",
            6 => items.Type == "[]" ? $"{items.Name}[0] = default!;" : "Trace.Log(n);",
            7 => "if (calls++ > 2)\nthrow new InvalidOperationException(\"thrown\");",
            8 => choose.Lines(1, () => scene.Aside([], null, "n")),
            _ => "Trace.Log(y);",
        };

        string Walk() => choose.Below(9) switch
        {
            1 => $"Trace.Log(string.Join(\",\", {Sequence()}{copy}));",
            2 => $"Trace.Log({Sequence()}{copy}.Select(y => $\"<{{y}}>\").Aggregate(\"\", (a, b) => a + b));",
            3 => $"foreach (var y in {Sequence()}{copy}.Select(y => $\"<{{y}}>\"))\n{Scene.Braced(Body())}",
            4 => $"var held = {Sequence()}{copy};\n{choose.Perhaps(30, "Trace.Log(n);")}foreach (var y in held)\n{Scene.Braced(Body())}",
            5 => $"Trace.Log({Sequence()}{copy}.Select(y => $\"{{y}}\".Length).Sum());",
            6 => $"foreach (var y in {source}{choose.Perhaps(50, $".Where(x => {Condition()})")}{copy})\n{choose.Of("Count(y);", "Forget(y);")}",
            _ => $"foreach (var y in {Sequence()}{copy})\n{Scene.Braced(Body())}",
        };

        return scene.Finish($"calls = 0;\n{items.Declaration}\nKept.Clear();\nforeach (var x in {items.Name})\nKept.Add(x);\n{scene.Around(Walk(), "n")}\nTrace.Log(calls);", choose.Of("n", "Kept.Count"));
    }
}
