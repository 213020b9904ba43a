namespace HotPath.Tests;

/// <summary>Sets, dictionaries, queues, queries and iterator methods, asked by position, for their number and for their end in loops over them.</summary>
public sealed class QuadraticEnumerationShapes : Shape<QuadraticEnumerationAnalyzer, QuadraticEnumerationFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element);
        var type = element.Type;
        var a = element.Of("\"a\"");

        // What is asked, the statement that makes it, its own number of elements, and statements that change it.
        var (sequence, declaration, count, changes) = choose.Below(10) switch
        {
            1 => ("queue", $"var queue = new Queue<{type}>({items.Name});", "queue.Count", new[] { $"queue.Enqueue({a});", "queue.Dequeue();" }),
            2 => ("map", $"var map = {items.Name}.Select((item, place) => (item, place)).ToDictionary(pair => pair.place, pair => pair.item);", "map.Count", [$"map[0] = {a};", "map.Remove(1);", "map.Clear();"]),
            3 => (choose.Of("map.Values", "map.Keys"), $"var map = new Dictionary<string, {type}>();\nforeach (var item in {items.Name})\nmap[$\"{{item}}\"] = item;", "map.Count", [$"map[\"new\"] = {a};", "map.Remove(\"a\");"]),
            4 => ("linked", $"var linked = new LinkedList<{type}>({items.Name});", "linked.Count", [$"linked.AddFirst({a});", "linked.RemoveLast();"]),
            5 => (Numbers(choose.Of("", "Trace.Log(\"walks\");\n", "if (text == \"throw\")\nthrow new InvalidOperationException(\"thrown\");\n")), "", "input.Length", ["input[0] = \"changed\";"]),
            6 => ($"{items.Name}.Where(item => {choose.Of("item is object", "n > 0", "Trace.Log(\"filter\", true)", "10 / n > 1")})", "", "input.Length", items.Type == "List" ? [$"{items.Name}.Add({a});", $"{items.Name}.Clear();"] : ["n--;"]),
            7 => ("stack", $"var stack = new Stack<{type}>({items.Name});", "stack.Count", [$"stack.Push({a});", "stack.Pop();"]),
            8 => ("Given(input)", "", "input.Length", ["input[0] = \"changed\";"]),
            _ => ("set", $"var set = new HashSet<{type}>({items.Name});", "set.Count", [$"set.Add({a});", $"set.Remove({a});", "set.Clear();"]),
        };

        scene.Member($"private static IEnumerable<{scene.Text}> Given({scene.Text}[] texts) => texts.Where(text => text != null);");
        var mayBeNull = declaration.StartsWith("var set", StringComparison.Ordinal) && choose.Chance(10) ? $"\nif (n == 0)\nset = null{(scene.IsNullable ? "!" : "")};" : "";

        string Ask(string at) => choose.Below(7) switch
        {
            1 => $"{sequence}.Count()",
            2 => $"{sequence}.{choose.Of("Last()", "LastOrDefault()")}",
            3 => $"{sequence}.Skip({at}).{choose.Of("First()", "FirstOrDefault()")}",
            4 => $"{sequence}.ElementAtOrDefault({at})",
            _ => $"{sequence}.ElementAt({at})",
        };

        string Use(string at) => choose.Below(5) switch
        {
            1 => $"Console.Write({Ask(at)});",
            2 => $"if (Equals({Ask(at)}, {choose.Of(a, "n")}))\nsum += 10;",
            3 => $"var asked = {Ask(at)};\nTrace.Log(asked);",
            4 => $"try\n{Scene.Braced($"Trace.Log({Ask(at)});")}\ncatch (ArgumentException)\n{Scene.Braced("sum--;")}",
            _ => $"Trace.Log({Ask(at)});",
        };

        var change = choose.Chance(20) ? choose.Of(changes) : "";
        string Body(string at) => string.Join("\n", choose.Lines(1, () => scene.Aside(["sum"])), choose.Perhaps(20, $"if (sum {choose.Of("== 3", "> 12")})\n{choose.Of("break;", scene.Return("sum"), "throw new InvalidOperationException(\"enough\");")}"), Scene.Braced(Use(at)), "sum++;", choose.Perhaps(15, () => Scene.Braced(Use(at))), change, choose.Perhaps(30, "if (sum > 40)\nbreak;"));

        var header = choose.Below(7) switch
        {
            1 => $"for (var i = 0; i < {count}; i++)\n{Scene.Braced(Body("i"))}",
            2 => $"foreach (var each in {sequence})\n{Scene.Braced($"Trace.Log(each);\n{Body("sum")}")}",
            3 => $"var i = 0;\nwhile (i < {sequence}.Count())\n{Scene.Braced($"{Body("i")}\ni++;\nif (i > 40)\nbreak;")}",
            4 => $"for (var i = 0; i < {choose.Of("20", "n + 9")}; i++)\n{Scene.Braced(Body("i"))}",
            5 => $"foreach (var each in {items.Name})\n{Scene.Braced(Body("n"))}",
            6 => $"for (int i = n, k = 0; i < {sequence}.Count() && k < 40; i++, k++)\n{Scene.Braced(Body(choose.Of("i", "k")))}",
            _ => $"for (var i = 0; i < {sequence}.Count() && sum < 40; i++)\n{Scene.Braced(Body("i"))}",
        };
        return scene.Finish($"var sum = 0;\n{items.Declaration}\n{declaration}{mayBeNull}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(header, "sum")}\n{choose.Perhaps(20, $"Trace.Log({count});")}", "sum");

        string Numbers(string first)
        {
            scene.Member($"private static IEnumerable<{type}> Numbers({scene.Text}[] texts)\n{Scene.Braced($"foreach (var text in texts)\n{Scene.Braced($"{first}yield return {element.Of("text")};")}")}");
            return "Numbers(input)";
        }
    }
}
