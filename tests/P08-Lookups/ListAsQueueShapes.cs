namespace HotPath.Tests;

/// <summary>Lists that are emptied from the front, or filled before it, in loops of every kind.</summary>
public sealed class ListAsQueueShapes : Shape<ListAsQueueAnalyzer, ListAsQueueFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);

        if (choose.Chance(50))
        {
            var items = scene.Items(scene.Texts, indexed: choose.Chance(40));
            string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside([], each)), $"back.Insert(0, {each.Current});", choose.Perhaps(10, "Trace.Log(back.Count);"), choose.Lines(1, () => scene.Aside([], each)));
            return scene.Finish($"{items.Declaration}\nvar back = new List<{scene.Text}>();\n{scene.Loop(items, Body, mayBeLambda: choose.Chance(10))}\nTrace.Log(string.Join(\"|\", back));", "back.Count");
        }

        var made = choose.Of("input.ToList()", $"new List<{scene.Text}>(input)", $"new List<{scene.Text}> {{ \"a\", \"b\" }}");
        var asks = choose.Of("open.Count > 0", "open.Any()", "open.Count != 0 && hits < 9", "open.Count > 1");
        var use = choose.Of("hits++;", "Trace.Log(at);", "if (hits < 5)\nopen.Add(at);\nhits++;", "if (open.Contains(at))\ncontinue;\nhits++;", "if (at == \"stop\")\nbreak;\nhits += open.Count;");
        return scene.Finish($"var hits = 0;\nvar open = {made};\nwhile ({asks})\n{{\nvar at = open[0];\nopen.RemoveAt(0);\n{choose.Lines(1, () => scene.Aside(["hits"]))}\n{use}\n}}\n{choose.Perhaps(20, "Trace.Log(open.Count);")}", "hits");
    }
}
