namespace HotPath.Tests;

/// <summary>Elements taken out one by one: equal ones, none, all, of a copy or from the end.</summary>
public sealed class RemoveInLoopShapes : Shape<RemoveInLoopAnalyzer, RemoveInLoopFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);

        var asks = choose.Of("{0} == \"a\"", "{0} != \"a\"", "{0} == \"a\" || {0} == \"b\"", "{0} == \"a\" && n > 0", "n > 1", "{0} is null", "Trace.Log(\"asks\", {0} == \"a\")", "{0}.Length > 1");
        var braces = choose.Chance(40);
        var removal = choose.Chance(50)
            ? $"foreach (var y in list.{choose.Of("ToList", "ToArray")}())\n{{\nif ({asks.Replace("{0}", "y", StringComparison.Ordinal)})\n{(braces ? "{\nlist.Remove(y);\n}" : "list.Remove(y);")}\n}}"
            : $"for (var i = list.Count - 1; i >= 0; i--)\n{{\nif ({asks.Replace("{0}", "list[i]", StringComparison.Ordinal)})\n{(braces ? "{\nlist.RemoveAt(i);\n}" : "list.RemoveAt(i);")}\n}}";

        return scene.Finish($"var list = input.ToList();\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(removal, "n")}\n{choose.Lines(1, () => scene.Aside([]))}\nTrace.Log(string.Join(\"|\", list));", "list.Count");
    }
}
