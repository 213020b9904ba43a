namespace HotPath.Tests;

/// <summary>Inner loops over elements whose keys are unique, repeated, missing or null, with every way out of them.</summary>
public sealed class NestedLoopJoinShapes : Shape<NestedLoopJoinAnalyzer, NestedLoopJoinFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var known = choose.Of("(Id: place % 3, Text: text)", "(Id: place % 3, Text: text)", "(Id: place, Text: text)", "new { Id = place % 3, Text = text }");
        var kept = $"var known = input.Select((text, place) => {known}).{choose.Of("ToList", "ToList", "ToArray")}();";
        var items = scene.Items(scene.Texts, indexed: choose.Chance(40));

        string Inner(string x)
        {
            var use = choose.Of("hits += k.Id + 1;", "Trace.Log(k.Id);", "{\nhits += k.Id;\nbreak;\n}", "{\nif (n > 1)\ncontinue;\nhits++;\n}");
            var also = choose.Perhaps(25, choose.Of(" && k.Id > 0", " && n > 0", " && Trace.Log(\"asks\", n > 0)"));
            return choose.Chance(20)
                ? $"foreach (var k in known)\n{{\nif (k.Text != {x})\ncontinue;\n{use}\n}}"
                : $"foreach (var k in known)\n{{\nif ({choose.Of($"k.Text == {x}", $"{x} == k.Text")}{also})\n{use}\n}}";
        }

        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside(["hits"], each, "hits")), Inner(each.Current), choose.Lines(1, () => scene.Aside(["hits"], each, "hits")));

        return scene.Finish($"var hits = 0;\n{kept}\n{items.Declaration}\n{scene.Around(scene.Loop(items, Body), "hits", "n")}", "hits");
    }
}
