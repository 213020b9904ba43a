namespace HotPath.Tests;

/// <summary>Lists, tables, sets, queues and stacks that loops of known and unknown length fill.</summary>
public sealed class UnsizedCollectionShapes : Shape<UnsizedCollectionAnalyzer, UnsizedCollectionFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(60));
        var type = element.Type;
        var x = scene.Fresh("x");

        (string Type, Func<string, string> Add) filled = choose.Below(6) switch
        {
            1 => ($"HashSet<{type}>", current => $"filled.Add({current});"),
            2 => ($"Dictionary<string, {type}>", current => choose.Of($"filled[$\"{{{current}}}\"] = {current};", $"filled.Add($\"{{{current}}}\", {current});")),
            3 => ($"Queue<{type}>", current => $"filled.Enqueue({current});"),
            4 => ($"Stack<{type}>", current => $"filled.Push({current});"),
            _ => ($"List<{type}>", current => $"filled.Add({current});"),
        };

        var (made, add) = filled;

        // Something more in the body, or HOT0502 and HOT0503 would have to say it.
        var isList = made.StartsWith("List", StringComparison.Ordinal);
        string Body(Iteration each) => (isList || choose.Chance(40) ? choose.Of($"Trace.Log({each.Current});\n", "n++;\n", "Console.Write(n);\n", scene.Aside(["n"], each) + "\n", "") : "") + choose.Perhaps(6, "if (n > 1)\n") + add(each.Current) + choose.Perhaps(12, "\nTrace.Log(filled.Count);");
        var creation = choose.Of($"var filled = new {made}();", $"{made} filled = new();", $"{made} filled = [];", $"{made} filled;\nfilled = new {made}();", $"var filled = new {made}(7);");
        var loop = choose.Below(8) switch
        {
            7 => scene.Loop(items, Body),
            6 => $"for (var i = 0; i < n * 10; i++)\n{scene.Block(Body(new($"input.ElementAtOrDefault(i) is null ? default({type})! : {element.Of("\"a\"")}", false, "i")).Replace("if ($\"{input", "if (i > 3 && $\"{input", StringComparison.Ordinal))}",
            4 or 5 when items.IsIndexed => $"for (var i = 0; i < {items.Count}; i++)\n{scene.Block(Body(new($"{items.Name}[i]", items.Element.IsText, "i")))}",
            _ => $"foreach (var {x} in {items.Name})\n{scene.Block(Body(new(x, items.Element.IsText)))}",
        };

        var between = choose.Perhaps(30, () => scene.Aside([]) + "\n");
        var (first, second) = choose.Chance(25) ? (creation, items.Declaration) : (items.Declaration, creation);
        var shown = $"string.Join(\",\", filled.Select(one => $\"{{one}}\"))";
        return scene.Finish($"{first}\n{second}\n{between}{scene.Around(loop, "filled.Count")}\n{choose.Perhaps(20, "Trace.Log(filled.Count);")}", choose.Of(shown, shown, "filled.Count", $"({shown}, n)"));
    }
}
