namespace HotPath.Tests;

/// <summary>Arrays, lists, sequences and immutable collections of every element type that loops copy to grow.</summary>
public sealed class CollectionCopiedToGrowShapes : Shape<CollectionCopiedToGrowAnalyzer, CollectionCopiedToGrowFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(40));
        var (type, seed) = (element.Type, element.Of("\"a\""));
        var kind = choose.Of("[]", "[]", "List", "IEnumerable", "ImmutableArray", "ImmutableList", "ImmutableDictionary");
        var g = choose.Of("grown", "grown", "list", "builder");
        if (kind.StartsWith("Immutable", StringComparison.Ordinal))
            scene.Use("System.Collections.Immutable");

        var declaration = kind switch
        {
            "[]" => choose.Of($"{type}[] {g} = [];", $"var {g} = new {type}[0];", $"var {g} = Array.Empty<{type}>();", $"{type}[] {g} = [{seed}];", $"{type}[] {g} = new {type}[] {{ {seed} }};", $"{type}[] {g};\n{g} = [];", $"{type}[] {g} = {(scene.IsNullable ? "null!" : "null")};\nif (n > 0)\n{g} = [];", $"{type}[] start = [{seed}];\nvar {g} = start;"),
            "List" => choose.Of($"List<{type}> {g} = [];", $"var {g} = new List<{type}>();", $"List<{type}> {g} = [{seed}];", $"List<{type}> start = [];\nvar {g} = start;"),
            "IEnumerable" => choose.Of($"IEnumerable<{type}> {g} = [];", $"var {g} = Enumerable.Empty<{type}>();", $"IEnumerable<{type}> {g} = new List<{type}> {{ {seed} }};"),
            "ImmutableDictionary" => $"var {g} = ImmutableDictionary<string, {type}>.Empty;",
            _ => choose.Of($"var {g} = {kind}<{type}>.Empty;", $"var {g} = {kind}.Create<{type}>();", $"var {g} = {kind}.Create<{type}>({seed});"),
        };

        // An array and an immutable array have a length, the others count.
        var size = kind is "[]" or "ImmutableArray" ? $"{g}.Length" : kind == "IEnumerable" ? $"{g}.Count()" : $"{g}.Count";
        string[] questions = choose.Chance(15) ? [size] : ["\"aside\""];
        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside(questions, each, choose.Of("n", size))), choose.Perhaps(15, $"if (!({each.Is("a")}))\n") + Scene.Braced(Growth(each)), choose.Lines(1, () => scene.Aside(questions, each, "n")));
        string Growth(Iteration each)
        {
            var x = choose.Of(each.Current, each.Current, $"Trace.Log(\"made\", {each.Current})", seed, $"Trace.Log(10 / ({each.Current} is object ? n : 0), {each.Current})");
            return kind switch
            {
                "[]" => choose.Below(9) switch
                {
                    1 => $"{g} = {g}.Concat(new {type}[] {{ {x} }}).ToArray();",
                    2 => $"{g} = [.. {g}, {x}];",
                    3 => $"Array.Resize(ref {g}, {g}.Length + 1);\n{g}[^1] = {x};",
                    4 => $"Array.Resize(ref {g}, {g}.Length + 1);\n{g}[{g}.Length - 1] = {x};",
                    5 => $"{g} = {g}.Concat({items.Name}).ToArray();",
                    6 => choose.Of($"{g} = {g}.Prepend({x}).ToArray();", $"{g} = [.. {g}, {x}, {x}];", $"if (!{g}.Contains({x}))\n{g} = {g}.Append({x}).ToArray();"),
                    _ => $"{g} = {g}.Append({x}).ToArray();",
                },
                "List" => choose.Of($"{g} = {g}.Append({x}).ToList();", $"{g} = [.. {g}, {x}];", $"{g} = new List<{type}>({g}) {{ {x} }};", $"{g} = {g}.Concat({items.Name}).ToList();"),
                "IEnumerable" => choose.Of($"{g} = {g}.Append({x});", $"{g} = {g}.Append({x});", $"{g} = {g}.Concat({items.Name});"),
                "ImmutableDictionary" => choose.Of($"{g} = {g}.SetItem($\"{{{each.Current}}}\", {x});", $"{g} = {g}.Add($\"{{{each.Current}}}\", {x});"),
                _ => choose.Of($"{g} = {g}.Add({x});", $"{g} = {g}.Add({x});", $"{g} = {g}.AddRange({items.Name});", $"{g} = {g}.Insert(0, {x});"),
            };
        }

        var shown = kind == "ImmutableDictionary" ? $"string.Join(\",\", {g}.Keys.Order(StringComparer.Ordinal))" : $"string.Join<{type}>(\",\", {g})";
        var loop = scene.Around(scene.Loop(items, Body), "n", choose.Of("n", "n", size));
        var after = choose.Of("", "", $"Trace.Log({size});", $"Trace.Log(new Func<int>(() => {size})());", $"Trace.Log({g}.GetType().Name.Contains(\"List\"));", kind == "[]" ? $"if ({g}.Length > 1)\n{g}[1] = {g}[0];" : "", kind == "List" ? $"{g}.Add({seed});" : "", scene.Loop(items, Body, "y"));
        return scene.Finish($"{items.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{declaration}\n{loop}\n{after}", choose.Of(shown, shown, size, $"({shown}, n)"));
    }
}
