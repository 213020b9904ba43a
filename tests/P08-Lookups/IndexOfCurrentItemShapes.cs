namespace HotPath.Tests;

/// <summary>Loops over distinct elements that ask for positions.</summary>
public sealed class IndexOfCurrentItemShapes : Shape<IndexOfCurrentItemAnalyzer, IndexOfCurrentItemFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);

        var body = choose.Of("hits += list.IndexOf(y);", "Trace.Log(list.IndexOf(y));", "if (list.IndexOf(y) > 0)\ncontinue;\nhits++;", "hits += list.IndexOf(y) * list.IndexOf(y);", "if (y == \"stop\")\nbreak;\nhits += list.IndexOf(y);");
        var loop = $"foreach (var y in list)\n{{\n{choose.Lines(1, () => scene.Aside(["hits"]))}\n{body}\n}}";

        return scene.Finish($"var hits = 0;\nvar list = input.Distinct().ToList();\n{scene.Around(loop, "hits", "n")}", "hits");
    }
}
