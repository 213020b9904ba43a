namespace HotPath.Tests;

/// <summary>Lists of every element type that take only what they do not have yet.</summary>
public sealed class DeduplicateByScanShapes : Shape<DeduplicateByScanAnalyzer, DeduplicateByScanFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element);
        var list = choose.Of("unique", "seen", "unique");
        var declaration = choose.Of(
            $"var {list} = new List<{element.Type}>();", $"List<{element.Type}> {list} = [];", $"var {list} = new List<{element.Type}> {{ {element.Of("\"a\"")} }};", $"IList<{element.Type}> {list} = new List<{element.Type}>();",
            $"var {list} = {items.Name}.Take(2).ToList();", $"var {list} = new List<{element.Type}>({items.Name});", $"ICollection<{element.Type}> {list} = new List<{element.Type}>();");

        string Body(Iteration each)
        {
            var value = choose.Of(each.Current, each.Current, each.Current, each.IsText ? $"({each.Current} + n)" : each.Current, element.Of("\"k\""));
            var local = choose.Perhaps(20, $"var value = {value};\n");
            if (local.Length > 0)
                value = "value";

            var absent = choose.Below(6) switch
            {
                1 => $"{list}.Contains({value}) == false",
                2 when declaration.Contains("var ", StringComparison.Ordinal) => $"{list}.IndexOf({value}) < 0",
                3 when declaration.Contains("var ", StringComparison.Ordinal) => $"!{list}.Exists(y => y == {value})",
                4 => $"{list}.All(y => y != {value})",
                _ => $"!{list}.Contains({value})",
            };
            var (front, back) = (choose.Perhaps(20, () => scene.Aside([$"{list}.Count"], each, $"{list}.Count") + "\n"), choose.Perhaps(20, () => "\n" + scene.Aside([$"{list}.Count"], each, $"{list}.Count")));
            var add = $"{list}.Add({value});";

            return choose.Lines(1, () => scene.Aside([$"{list}.Count"], each, $"{list}.Count")) + "\n" + local + choose.Below(8) switch
            {
                1 => $"if ({absent})\n{Scene.Braced(front + add + back)}",
                2 => $"if (n > 0 && {absent})\n{add}",
                3 => $"if ({absent} && n > 0)\n{add}",
                4 when absent[0] == '!' => $"if ({absent[1..]})\n{each.Skip}\n{front}{add}{back}",
                5 when absent[0] == '!' => $"if ({absent[1..]})\nTrace.Log(\"again\");\nelse\n{add}",
                6 => $"if ({absent})\n{add}\nelse\nTrace.Log(\"again\");",
                7 => $"if ({absent})\n{Scene.Braced(add + "\n" + choose.Of($"{list}.Add({value});", $"{list}.Remove({value});", "Trace.Log(\"added\");", $"Console.Write({list}.Count);"))}",
                _ => $"if ({absent})\n{add}",
            };
        }

        return scene.Finish($"{items.Declaration}\n{declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(scene.Loop(items, Body), $"{list}.Count", "n")}\n{choose.Perhaps(20, () => scene.Loop(items, Body, "again"))}", choose.Of(list, $"string.Join(\"|\", {list})", $"{list}.Count"));
    }
}
