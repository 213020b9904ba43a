namespace HotPath.Tests;

/// <summary>Loops over the keys of a dictionary that use key and value, or the value only.</summary>
public sealed class KeysThenLookupShapes : Shape<KeysThenLookupAnalyzer, KeysThenLookupFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var counts = "input.GroupBy(text => text ?? \"\").ToDictionary(group => group.Key, group => group.Count())";
        var body = choose.Of("hits += counts[key];", "Trace.Log(key + counts[key]);", "var value = counts[key];\nvalue += 2;\nhits += value * key.Length;", "if (counts[key] > 1)\ncontinue;\nhits += key.Length;", "counts[key]++;\nhits += counts[key];", "var value = counts[key];\nTrace.Log(value);");
        var loop = $"foreach (var key in counts.Keys{choose.Perhaps(8, ".ToList()")})\n{{\n{choose.Lines(1, () => scene.Aside(["hits"]))}\n{body}\n}}";

        if (choose.Chance(40))
        {
            loop = choose.Of("hits += counts.Keys.Sum(key => counts[key]);", "Trace.Log(string.Join(\",\", counts.Keys.Select(key => counts[key])));", "foreach (var key in counts.Keys.Where(key => counts[key] > n))\nTrace.Log(key);",
                "Trace.Log(counts.Keys.FirstOrDefault(key => counts[key] == n));", "hits += counts.Keys.Max(key => counts[key] + n);", "Trace.Log(string.Join(\",\", counts.Keys.OrderBy(key => counts[key])));", "hits += counts.Keys.Count(key => counts[key] == key.Length);");
        }

        return scene.Finish($"var hits = 0;\nvar counts = {counts};\n{scene.Around(loop, "hits", "n")}", "hits");
    }
}
