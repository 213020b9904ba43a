namespace HotPath.Tests;

/// <summary>Inner loops over elements whose keys are unique, repeated, missing or null, with every way out of them, and queries that make every pair of two sequences.</summary>
public sealed class NestedLoopJoinShapes : Shape<NestedLoopJoinAnalyzer, NestedLoopJoinFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var known = choose.Of("(Id: place % 3, Text: text)", "(Id: place % 3, Text: text)", "(Id: place, Text: text)", "new { Id = place % 3, Text = text }");
        var kept = $"var known = input.Select((text, place) => {known}).{choose.Of("ToList", "ToList", "ToArray")}();";
        var items = scene.Items(scene.Texts, indexed: choose.Chance(40));

        if (choose.Chance(45))
            return scene.Finish($"var hits = 0;\n{kept}\n{items.Declaration}\n{scene.Around(choose.Perhaps(20, () => scene.Aside(["hits"], result: "hits") + "\n") + Query(choose, items.Name), "hits", "n")}", "hits");

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

    /// <summary>A query with a second <c>from</c>, or the calls it stands for, and what runs it.</summary>
    private static string Query(Choices choose, string items)
    {
        if (choose.Chance(15))
        {
            return choose.Of(
                $"hits += {items}.SelectMany(x => known, (x, k) => new {{ x, k }}).Where(pair => pair.k.Text == pair.x{choose.Perhaps(30, " && pair.k.Id > 0")}).Count();",
                $"hits += {items}.SelectMany(x => known, (x, k) => (x, k)).Where(pair => pair.x == pair.k.Text).Sum(pair => pair.k.Id);",
                $"foreach (var pair in {items}.SelectMany(x => known.Select(k => (x, k))).Where(pair => pair.k.Text == pair.x))\nhits += Trace.Log(\"pair\", pair.k.Id);");
        }

        // A key of the first sequence that is never null, unless it is the text itself.
        var (named, key, value) = choose.Of(
            ("let key = (x ?? \"\").Length % 3", "k.Id", "key"),
            ("let key = (x ?? \"\").Length % 3", "k.Id", "key"),
            ("let key = Trace.Log(\"key\", (x ?? \"\").Length % 3)", "k.Id", "key"),
            ("from own in new[] { 2, n, 0 }", "k.Id", "own"),
            ("let key = new { Id = n % 3, Text = x }", "k.Id", "key.Id"),
            ("where x is object", "k.Text", "x"),
            ("where Trace.Log(\"asks\", x is object)", "k.Id", "x!.Length"));
        var match = choose.Of($"{key} == {value}", $"{value} == {key}", $"({key} == {value})");
        var condition = choose.Of(
            match,
            match,
            $"{match} && k.Text != x",
            $"{match} && Trace.Log(\"asks\", k.Id > 0)",
            $"{match} && (n > 0 || k.Id > 0)",
            $"{match} && k.Text is object && k.Text.Length > n",
            $"k.Text is object && {match}");
        var then = choose.Lines(2, () => choose.Of(
            "orderby k.Text, x",
            "orderby Trace.Log(\"order\", k.Id) descending",
            "where known.Any(other => other.Text == k.Text)",
            "where Trace.Log(\"then\", k.Id >= 0)"));
        var again = choose.Perhaps(20, "from z in known\nwhere z.Id == k.Id");
        var end = choose.Of(
            "select k.Id + 1",
            "select Trace.Log(\"pair\", k.Id)",
            "select x is null ? 1 : k.Id + n",
            "group k by k.Id into same\nselect same.Count() + same.Key",
            "select k into found\nwhere found.Id > 0\nselect found.Id");
        var query = string.Join("\n", new[] { $"from x in {items}", named, "from k in known", $"where {condition}", then, again, end }.Where(line => line.Length > 0));

        return choose.Of(
            $"hits += ({query}).Sum();",
            $"hits += ({query}).ToList().Count;",
            $"foreach (var hit in {query})\nhits += hit;",
            $"foreach (var hit in ({query}).ToArray())\nhits += Trace.Log(\"hit\", hit);",
            $"var all = {query};\nhits += all.Sum();",
            $"hits += ({query}).Take(2).Sum();",
            $"hits += ({query}).First();",
            $"hits += ({query}).Any() ? 3 : 4;");
    }
}
