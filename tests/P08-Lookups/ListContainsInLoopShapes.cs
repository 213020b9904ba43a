namespace HotPath.Tests;

/// <summary>Lists and arrays of every element type that loops and queries ask for values.</summary>
public sealed class ListContainsInLoopShapes : Shape<ListContainsInLoopAnalyzer, ListContainsInLoopFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var known = scene.Items(element, "known", indexed: choose.Chance(85));
        var items = scene.Items(element, indexed: choose.Chance(40));
        var list = known.Name;
        var mayBeNull = known.Declaration.Length > 0 && choose.Chance(12) ? $"\nif (n == 0)\n{list} = null{(scene.IsNullable ? "!" : "")};" : "";

        string Question(string x, bool isText)
        {
            var value = choose.Of(x, x, x, isText ? $"({x} ?? \"\").Trim()" : x, element.Of("\"a\""));
            return choose.Below(13) switch
            {
                1 when known.Type is "List" => $"{list}.IndexOf({value}) {choose.Of(">= 0", "!= -1", "< 0", "> -1")}",
                2 when known.Type is "[]" => $"Array.IndexOf({list}, {value}) {choose.Of(">= 0", "< 0")}",
                3 when known.Type is "List" => $"{list}.Exists(y => y == {value})",
                4 => $"{list}.Any(y => y == {value})",
                5 => $"{list}.All(y => y != {value})",
                6 => $"{list}.Any(y => {choose.Of($"Equals(y, {value})", $"y.Equals({value})", $"{value} == y")})",
                7 when element.IsText => $"{list}.Contains({value}, StringComparer.{choose.Of("OrdinalIgnoreCase", "Ordinal", "InvariantCultureIgnoreCase", "CurrentCulture")})",
                8 when element.IsText => $"{list}.Any(y => string.Equals(y, {value}, StringComparison.{choose.Of("OrdinalIgnoreCase", "Ordinal", "CurrentCultureIgnoreCase")}))",
                9 => $"!{list}.Contains({value})",
                _ => $"{list}.Contains({value})",
            };
        }

        string Use(Iteration each)
        {
            var question = Question(each.Current, each.IsText);
            return choose.Below(7) switch
            {
                1 => $"Trace.Log({question});",
                2 => $"Console.Write(({question}) ? \"+\" : \"-\");",
                3 => $"if ({question} && n > 0)\nhits += 2;",
                4 => $"if (Trace.Log(\"asks\", n > 0) || {question})\nhits++;",
                5 => $"var isKnown = {question};\nhits += isKnown ? 1 : 10;",
                6 => $"if ({question})\n{each.Skip}\nhits++;",
                _ => $"if ({question})\nhits++;",
            };
        }

        string Body(Iteration each) => string.Join("\n", choose.Lines(1, () => scene.Aside(["hits"], each, "hits")), Use(each), choose.Perhaps(15, () => Use(each).Replace("isKnown", "isToo", StringComparison.Ordinal)),
            choose.Perhaps(8, known.Type == "List" ? $"{list}.{choose.Of($"Add({each.Current})", $"Remove({each.Current})", "Clear()")};" : ""), choose.Lines(1, () => scene.Aside(["hits"], each, "hits")));

        string Query()
        {
            var question = Question("x", element.IsText);
            var call = choose.Of($"Where(x => {question}).Count()", $"Count(x => {question})", $"Select(x => {question}).ToList()", $"Any(x => {question})", $"First(x => {question})", $"ToList().RemoveAll(x => {question})", $"Where(x => {question} && n > 0).ToArray()", $"Where(x => x is object).Select(x => {question}).Where(b => b).ToList()");
            return choose.Chance(15)
                ? $"var query = {items.Name}.Where(x => {question});\n{choose.Perhaps(30, known.Type == "List" ? $"{list}.Clear();" : "")}\nforeach (var found in query)\nhits++;"
                : $"var answer = {items.Name}.AsEnumerable().{call};\nTrace.Log(answer is System.Collections.IEnumerable ? \"many\" : answer);";
        }

        var asks = choose.Chance(30) ? Query() : scene.Around(scene.Loop(items, Body), "hits", "n");
        return scene.Finish($"var hits = 0;\n{known.Declaration}{mayBeNull}\n{items.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{asks}\n{choose.Perhaps(20, $"Trace.Log({list} is null);")}", "hits");
    }
}
