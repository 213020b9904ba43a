namespace HotPath.Tests;

/// <summary>Numbers sorted in each iteration: unchanged ones by queries, growing lists in place.</summary>
public sealed class SortPerIterationShapes : Shape<SortPerIterationAnalyzer, SortPerIterationFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var made = "input.Select(text => (text ?? \"\").Length % 3)";
        var numbers = $"var numbers = {made}.{choose.Of("ToList", "ToArray")}();";
        if (choose.Chance(40))
        {
            var fill = $"foreach (var y in numbers)\n{{\n{choose.Lines(1, () => scene.Aside([]))}\nsorted.Add(y * {choose.Of("1", "2", "n")});\n{choose.Perhaps(10, "Trace.Log(sorted[0]);")}\nsorted.Sort();\n}}";
            return scene.Finish($"{numbers}\nvar sorted = new List<int>();\n{fill}\nTrace.Log(string.Join(\"|\", sorted));", "sorted.Count");
        }

        var items = scene.Items(scene.Texts, indexed: choose.Chance(40));
        var query = choose.Of("numbers.OrderBy(y => y).First()", "numbers.OrderByDescending(y => y).FirstOrDefault()", "numbers.Order().Take(2).Sum()", "numbers.OrderBy(y => y * n).ThenBy(y => y).Last()", "numbers.OrderBy(y => Trace.Log(\"key\", y)).First()");
        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside(["hits"], each, "hits")), $"hits += {query};", choose.Lines(1, () => scene.Aside(["hits"], each, "hits")));

        return scene.Finish($"var hits = 0;\n{numbers}\n{items.Declaration}\n{scene.Around(scene.Loop(items, Body), "hits", "n")}", "hits");
    }
}
