namespace HotPath.Tests;

/// <summary>Numbers counted one value after the other.</summary>
public sealed class CountPerKeyShapes : Shape<CountPerKeyAnalyzer, CountPerKeyFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var made = "input.Select(text => (text ?? \"\").Length % 3)";
        var body = choose.Of("hits += numbers.Count(y => y == k) * (k + 1);", "Trace.Log(numbers.Count(y => k == y));", "if (numbers.Count(y => y == k) > 1)\ncontinue;\nhits++;", "hits += numbers.Count(y => y == k + 1);", "hits += numbers.Count(y => y == k) + numbers.Count(z => z == k);");
        var loop = $"foreach (var k in {choose.Of("numbers", "numbers.Distinct()", "Enumerable.Range(0, 20)")})\n{{\n{choose.Lines(1, () => scene.Aside(["hits"]))}\n{body}\n}}";

        return scene.Finish($"var hits = 0;\nvar numbers = {made}.{choose.Of("ToList", "ToArray")}();\n{scene.Around(loop, "hits", "n")}", "hits");
    }
}
