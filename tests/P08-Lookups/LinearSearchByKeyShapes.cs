namespace HotPath.Tests;

/// <summary>Searches by a key that is unique, repeated, missing or null, of every operator, with and without other conditions.</summary>
public sealed class LinearSearchByKeyShapes : Shape<LinearSearchByKeyAnalyzer, LinearSearchByKeyFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var known = choose.Of("(Id: place % 3, Text: text)", "(Id: place % 3, Text: text)", "(Id: place, Text: text)", "new { Id = place % 3, Text = text }");
        var kept = $"var known = input.Select((text, place) => {known}).{choose.Of("ToList", "ToList", "ToArray")}();";
        var items = scene.Items(scene.Texts, indexed: choose.Chance(40));

        string Search(string x) => choose.Of(
            $"known.Any(k => k.Text == {x}) ? 1 : 2",
            $"known.All(k => k.Text != {x}) ? 1 : 2",
            $"known.Any(k => k.Text == {x} && k.Id > 0) ? 1 : 2",
            $"known.Any(k => k.Id > 0 && k.Text == {x}) ? 1 : 2",
            $"known.Any(k => string.Equals(k.Text, {x}, StringComparison.{choose.Of("OrdinalIgnoreCase", "Ordinal", "CurrentCulture")})) ? 1 : 2",
            $"known.Count(k => k.Text == {x})",
            $"known.Where(k => k.Text == {x}).Sum(k => k.Id)",
            $"known.First(k => k.Text == {x}).Id",
            $"known.Single(k => k.Text == {x}).Id",
            $"known.Last(k => {x} == k.Text).Id",
            $"known.First(k => k.Id == n).Id",
            $"(known.FirstOrDefault(k => k.Text == {x} && k.Id == n) is object ? 3 : 4)");

        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside(["hits"], each, "hits")),
            choose.Chance(20) ? $"foreach (var found in known.Where(k => k.Text == {each.Current}))\nhits += found.Id + 1;" : $"hits += {Search(each.Current)};",
            choose.Lines(1, () => scene.Aside(["hits"], each, "hits")));

        return scene.Finish($"var hits = 0;\n{kept}\n{items.Declaration}\n{scene.Around(scene.Loop(items, Body), "hits", "n")}", "hits");
    }
}
