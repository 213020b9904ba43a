namespace HotPath.Tests;

/// <summary>Queries that loops run again: over sources that change or stay, with lambdas that show, fail, capture or keep quiet.</summary>
public sealed class RepeatedEnumerationShapes : Shape<RepeatedEnumerationAnalyzer, RepeatedEnumerationFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = choose.Chance(50) ? scene.Texts : scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(60));
        var others = choose.Chance(70) ? scene.Items(element, "others", indexed: choose.Chance(60)) : items with { Declaration = "" };
        var forgiving = scene.IsNullable ? "!" : "";
        var condition = choose.Of("item is object", "n > 0", "item is object && n != 2", $"item{(element.IsText ? $" != \"{choose.Of("a", "")}\"" : " is object")}", "limit > 0", element.IsText ? "item != null && item.Length > 0" : "!Equals(item, null)",
            "Trace.Log(\"filter\", item is object)", element.IsText ? $"item{forgiving}.Length > 0" : "10 / n > 1", "$\"{item}\".Length > n");

        // A query of the elements themselves, or of numbers made of them.
        var (query, isNumber) = choose.Below(9) switch
        {
            1 => ($"{items.Name}.Select(item => {choose.Of("$\"{item}\".Length", "n", element.IsText ? $"item{forgiving}.Length" : "item is object ? 1 : 2", "Trace.Log(\"made\", n)")})", true),
            2 => ($"{items.Name}.Where(item => {condition}).Select(item => {choose.Of("$\"{item}\".Length", "item is object ? n : -n")})", true),
            3 => ($"from item in {items.Name} where {condition} select item", false),
            4 => ($"{items.Name}.OrderBy(item => {choose.Of("$\"{item}\".Length", "n")})", false),
            5 => ($"{items.Name}.{choose.Of("Skip(1)", "Distinct()", "Append(default)", "Concat(input.Take(0).Select(_ => default(" + element.Type + ")!))")}.Where(item => {condition})", false),
            _ => ($"{items.Name}.Where(item => {condition})", false),
        };

        string Ask(string x, string position)
        {
            var value = isNumber ? choose.Of($"$\"{{{x}}}\".Length", "n") : choose.Of(x, x, element.Of("\"a\""));
            return choose.Below(11) switch
            {
                1 => "query.Count()",
                2 => $"query.Any(item => Equals(item, {value}))",
                3 => "query.First()",
                4 => choose.Of("query.FirstOrDefault()", "query.Last()", "query.LastOrDefault()"),
                5 => $"query.ElementAt({position})",
                6 => $"query.Count(item => Equals(item, {value}))",
                7 => "string.Join(\",\", query)",
                8 => choose.Of("query.ToList().Count", "query.Reverse().Count()", $"query.Where(item => item is object && n > 0).Count()", isNumber ? "query.Sum()" : "query.ToArray().Length"),
                9 => $"(query.Contains({value}) || n > 5)",
                _ => $"query.Contains({value})",
            };
        }

        string Use(string x, string position) => choose.Below(6) switch
        {
            1 => $"if (Equals({Ask(x, position)}, {choose.Of("true", "n")}))\nfound++;",
            2 => $"foreach (var {scene.Fresh("each")} in query)\nfound += {choose.Of("1", "n", "found % 7")};",
            3 => $"Console.Write({Ask(x, position)});",
            4 => $"if (n > 0)\nTrace.Log({Ask(x, position)});",
            _ => $"Trace.Log({Ask(x, position)});",
        };

        var change = choose.Chance(20) ? choose.Of("limit--;", items.Type == "List" ? $"if ({items.Name}.Count < 20)\n{items.Name}.Add({element.Of("\"z\"")});" : "limit -= 2;", items.Type == "List" ? $"{items.Name}.Clear();" : "", items.Type == "[]" ? $"if ({items.Name}.Length > 0)\n{items.Name}[0] = {element.Of("\"z\"")};" : "", $"query = {items.Name}.Skip(1).Where(item => item is object).Select(item => item);") : "";
        if (isNumber && change.StartsWith("query", StringComparison.Ordinal))
            change = "";

        var declaration = query.Contains("OrderBy", StringComparison.Ordinal) && change.StartsWith("query", StringComparison.Ordinal) ? $"IEnumerable<{element.Type}> query" : "var query";
        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside(["found"], each, "found")), Use(each.Current, each.Index ?? "found"), choose.Perhaps(20, () => Use(each.Current, "0")), change, choose.Lines(1, () => scene.Aside(["found"], each, "found")));

        // A loop that counts up to the end of the query.
        string Counted() => $"for (var at = 0; at < query.Count(){choose.Perhaps(20, " && at < 9")}; at++)\n{Scene.Braced($"if (at > 40)\nbreak;\n{choose.Of("Trace.Log(query.ElementAt(at));", Use(element.Of("input[0]"), "at"))}\n{choose.Lines(1, () => scene.Aside(["at"]))}\n{change}")}";
        var loop = choose.Chance(25) ? Counted() : scene.Loop(others, Body);
        return scene.Finish($"var found = 0;\nvar limit = 2;\n{items.Declaration}\n{others.Declaration}\n{declaration} = {query};\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(loop, "found")}\n{choose.Perhaps(20, "Trace.Log(query.Count());")}", choose.Of("found", "(found, limit)"));
    }
}
