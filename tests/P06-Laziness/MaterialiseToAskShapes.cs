namespace HotPath.Tests;

/// <summary>Queries of every kind, copied to a list or an array to ask one thing: with lambdas that show, fail or keep quiet.</summary>
public sealed class MaterialiseToAskShapes : Shape<MaterialiseToAskAnalyzer, MaterialiseToAskFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var element = scene.AnyElement();
        var items = scene.Items(element, indexed: choose.Chance(60));
        scene.Member($"private static int calls;\nprivate static bool Seen(object{(scene.IsNullable ? "?" : "")} what) => ++calls > 1 && what is object;");

        string Condition(bool isText) => choose.Of("x is object", "x is object", "n > 1", "n > 0", "x is object && n > 0", "n > 1", isText ? "x != \"a\"" : "!Equals(x, null)", isText ? "x != null && x.Length > 0" : "!Equals(x, null)",
            "Trace.Log(\"asked\", x is object)", $"$\"{{x}}\".Length > n", isText ? $"x{(scene.IsNullable ? "!" : "")}.Length > 0" : "10 / n > 1", "Seen(x)");

        // What follows a Select asks texts.
        (string Text, bool IsText) Sequence()
        {
            var (text, isText) = (items.Name, element.IsText);
            for (var steps = choose.Of(1, 1, 1, 2, 3); steps > 0; steps--)
            {
                switch (choose.Below(18))
                {
                    case 1:
                        (text, isText) = ($"{text}.Select(x => {choose.Of("$\"{x}\"", "x + \"!\"", "Trace.Log(\"made\", $\"{x}\")", "\"k\"")})", true);
                        break;
                    case 2:
                        text += $".OrderBy(x => {choose.Of("$\"{x}\".Length", "n", "x is object ? 1 : 2")})";
                        break;
                    case 3:
                        text += choose.Of(".Skip(1)", ".Take(n)", ".Distinct()", ".AsEnumerable().Reverse()", ".Append(default)", ".DefaultIfEmpty()", ".Skip(n).Take(2)");
                        break;
                    case 4:
                        text = $"(from x in {text} where {Condition(isText)} select x)";
                        break;
                    case 5:
                        text += $".Where((x, i) => i {choose.Of("<", "!=", ">")} n && {Condition(isText)})";
                        break;
                    case 6:
                        text += choose.Of($".TakeWhile(x => {Condition(isText)})", $".SkipWhile(x => {Condition(isText)})");
                        break;
                    default:
                        text += $".Where(x => {Condition(isText)})";
                        break;
                }
            }

            return (text, isText);
        }

        string Question()
        {
            var (sequence, isText) = Sequence();
            var (copy, count) = choose.Of((".ToList()", ".Count"), (".ToList()", ".Count"), (".ToArray()", ".Length"));
            return sequence + copy + choose.Below(18) switch
            {
                1 => $"{count} > 0",
                2 => $"{count} == 0",
                3 => $"{count} {choose.Of("!= 0", ">= 1", "< 1", "> 1")}",
                4 => ".Any()",
                5 => "[0]",
                6 => ".First()",
                7 => ".FirstOrDefault()",
                8 => choose.Of(".Single()", ".Last()", ".SingleOrDefault()", ".LastOrDefault()"),
                9 => $".{choose.Of("First", "FirstOrDefault", "Any", "Count", "All")}(x => {Condition(isText)})",
                10 => ".Count()",
                _ => count,
            };
        }

        string OfLocal()
        {
            var (sequence, isText) = Sequence();
            var name = scene.Fresh("copy");
            var (copy, count) = choose.Of((".ToList()", ".Count"), (".ToArray()", ".Length"));
            var question = $"{name}{choose.Of(count, count, count + " > 0", count + " == 0", ".Any()", "[0]", ".First()", ".FirstOrDefault()", $".First(x => {Condition(isText)})")}";
            return $"var {name} = {sequence}{copy};\n{choose.Perhaps(30, () => scene.Aside([]) + "\n")}{choose.Of($"Trace.Log({question});", $"Trace.Log(n + $\"{{{question}}}\");", $"if (n > 1)\n{Scene.Braced($"Trace.Log({question});")}", $"if (Equals({question}, true) && n > 0)\nTrace.Log(\"yes\");")}";
        }

        string Use() => choose.Below(10) switch
        {
            7 or 8 or 9 => OfLocal(),
            1 => $"if (Equals({Question()}, {choose.Of("true", "0", "n", "\"a\"")}))\nTrace.Log(\"yes\");",
            2 => $"Console.WriteLine({Question()});",
            3 => $"var {scene.Fresh("answer")} = {Question()};",
            4 => $"Func<object{(scene.IsNullable ? "?" : "")}> ask = () => {Question()};\nTrace.Log(ask());",
            5 => $"try\n{Scene.Braced($"Trace.Log({Question()});")}\ncatch (Exception e)\n{Scene.Braced("Trace.Log(e.GetType().Name);")}",
            6 => $"Trace.Log(n > 5 || {HasAny()} ? \"some\" : \"none\");",
            _ => $"Trace.Log({Question()});",
        };

        string HasAny() => $"{Sequence().Text}{choose.Of(".ToList().Count > 0", ".ToArray().Length == 0", ".ToList().Any()", ".ToArray().Length != 0")}";
        string Body(Iteration each) => $"{choose.Lines(1, () => scene.Aside([], each, "n"))}\n{Use()}";
        var others = scene.Items(element, "others");
        var walked = choose.Chance(35) ? scene.Loop(others, Body, "y", mayBeLambda: false) : Use();
        return scene.Finish($"calls = 0;\n{items.Declaration}\n{others.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{scene.Around(walked, "n")}\n{choose.Perhaps(20, "Trace.Log(calls);")}", choose.Of("n", "calls"));
    }
}
