namespace HotPath.Tests;

/// <summary>Values computed from elements of every type, which log, fail, look at the list and change what is walked through.</summary>
public sealed class ProjectionLoopShapes : Shape<ProjectionLoopAnalyzer, ProjectionLoopFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(85));
        var list = choose.Of("made", "made", "list");
        var x = scene.Fresh("x");

        var (type, values) = choose.Below(7) switch
        {
            1 => (scene.Text, choose.Of<string>("$\"{@}!\"", "$\"{@}{n}\"", "Convert.ToString(@)")),
            2 => ("object", choose.Of<string>("$\"{@}!\"", "$\"{@}\".Length", "(@, n)")),
            3 => ("long", choose.Of<string>("$\"{@}\".Length", "$\"{@}\".Length * 2L", "Trace.Log(\"long\", $\"{@}\".Length)")),
            4 => ("(string Text, int Length)", choose.Of<string>("($\"{@}\", $\"{@}\".Length)", "(Text: $\"{@}\", Length: n)")),
            5 => ("int?", choose.Of<string>("$\"{@}\".Length", "$\"{@}\".Length > 1 ? n : null", "int.TryParse($\"{@}\", out var number) ? number : default(int?)")),
            6 => ("Func<string>", choose.Of<string>("new Func<string>(() => $\"{@}\")", "Later(@)")),
            _ => ("int", choose.Of<string>("$\"{@}\".Length", "$\"{@}\".Length + n", "10 / $\"{@}\".Length", "Trace.Log(\"made\", $\"{@}\".Length)", "Grow($\"{@}\".Length)", "$\"{@}\".Length + Seen()", "$\"{@}\".Length + " + list + ".Count", "$\"{@}\".Length + n++")),
        };

        if (values.Contains("Later", StringComparison.Ordinal))
            scene.Member("static Func<string> Later(object" + (scene.IsNullable ? "?" : "") + " x) => () => $\"{x}\";");

        // A local function that looks at what is there so far, and one that changes what is walked through.
        var functions = values.Contains("Seen()", StringComparison.Ordinal) ? $"int Seen() => {list}.Count;" : "";
        if (values.Contains("Grow(", StringComparison.Ordinal))
            functions = $"int Grow(int length)\n{{\n{(items.Type == "List" ? $"if (length == 1)\n{items.Name}.Add({element.Of("\"b\"")});" : "n += length;")}\nreturn length;\n}}";

        string Body(Iteration each) => choose.Perhaps(8, () => scene.Aside(["n"], each) + "\n") + Added(values.Replace("@", each.Current, StringComparison.Ordinal));

        var row = scene.Fresh("row");
        string Added(string value) => choose.Below(6) switch
        {
            4 => $"var {row} = {value};\n{list}.Add({row});",
            5 => $"var {scene.Fresh("other")} = n + 1;\n{list}.Add({value});",
            _ => $"{list}.Add({value});",
        };

        var declaration = choose.Of($"var {list} = new List<{type}>();", $"List<{type}> {list} = [];", $"IList<{type}> {list} = new List<{type}>();", $"List<{type}> {list} = new();", $"var {list} = new List<{type}>(4);", $"List<{type}> {list};\n{list} = new List<{type}>();");
        var loop = choose.Below(6) switch
        {
            5 => scene.Loop(items, Body),
            4 when items.IsIndexed => $"for (var i = 0; i < {items.Count}; i++)\n{scene.Block(Body(new($"{items.Name}[i]", items.Element.IsText, "i")))}",
            _ => $"foreach (var {x} in {items.Name}{choose.Perhaps(10, ".ToList()")})\n{scene.Block(Body(new(x, items.Element.IsText)))}",
        };

        // Declared inside or outside of what stands around.
        var between = choose.Perhaps(25, () => scene.Aside([]) + "\n");
        var statements = choose.Chance(30) ? $"{declaration}\n{scene.Around(loop, $"{list}.Count")}" : $"{declaration}\n{between}{loop}";
        var shown = type == "Func<string>" ? $"string.Join(\",\", {list}.Select(later => later()))" : $"string.Join<{type}>(\",\", {list})";
        return scene.Finish($"{items.Declaration}\n{statements}\n{choose.Perhaps(25, $"Trace.Log({list}.Count);")}\n{functions}", choose.Of(shown, shown, $"{list}.Count", $"({shown}, n)"));
    }
}
