namespace HotPath.Tests;

/// <summary>Elements of collections of every kind that loops put into lists, new ones and old ones, their own among them.</summary>
public sealed class AddOneByOneShapes : Shape<AddOneByOneAnalyzer, AddOneByOneFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(70));
        var (type, seed) = (element.Type, element.Of("\"a\""));
        var list = choose.Of("copy", "copy", "list");

        var declaration = choose.Of($"var {list} = new List<{type}>();", $"List<{type}> {list} = [];", $"List<{type}> {list} = new();", $"var {list} = new List<{type}>(16);", $"var {list} = new List<{type}> {{ {seed} }};",
            $"List<{type}> {list};\n{list} = new List<{type}>();", $"var other = new List<{type}>();\nvar {list} = other;", items.Type == "List" ? $"var {list} = {items.Name};" : $"var {list} = new List<{type}>();");
        string[] questions = choose.Chance(15) ? [$"{list}.Count"] : ["\"aside\""];
        string Body(Iteration each) => choose.Perhaps(15, () => scene.Aside(questions, each) + "\n") + choose.Of($"{list}.Add({each.Current});", $"{list}.Add({each.Current});", $"{list}.Add({each.Current});", $"if (n > 1)\n{list}.Add({each.Current});");

        // Most loops are those of the rule; the others are any.
        var x = scene.Fresh("x");
        var copy = choose.Below(6) switch
        {
            4 => scene.Loop(items, Body),
            3 when items.IsIndexed => $"for (var i = 0; i < {items.Count}; i++)\n{scene.Block(Body(new($"{items.Name}[i]", items.Element.IsText, "i")))}",
            _ => $"foreach (var {x} in {items.Name}{choose.Perhaps(15, ".ToList()")})\n{scene.Block(Body(new(x, items.Element.IsText)))}",
        };
        var between = choose.Perhaps(30, () => scene.Aside([]) + "\n");
        var after = choose.Of("", "", $"Trace.Log({list}.Count);", $"{list}.Add({seed});", $"Trace.Log(new Func<int>(() => {list}.Count)());", $"foreach (var more in {items.Name})\n{list}.Add(more);", $"Trace.Log({list}.Capacity > 0);");
        return scene.Finish($"{items.Declaration}\n{declaration}\n{between}{scene.Around(copy, $"{list}.Count")}\n{after}", choose.Of($"string.Join<{type}>(\",\", {list})", $"{list}.Count", $"(string.Join<{type}>(\",\", {list}), n)"));
    }
}
