namespace HotPath.Tests;

/// <summary>What runs the statements of a program.</summary>
public enum BodyKind
{
    /// <summary>A method, accessor, local function or lambda.</summary>
    Plain,

    /// <summary>One that awaits.</summary>
    Async,

    /// <summary>One that yields.</summary>
    Iterator,
}

/// <summary>
/// A program in the making: <c>Body(input, n)</c> with <c>string[] input</c> and a small <c>int n</c>. It hands out the parts that the shapes of all rules put together,
/// each of them in any of the forms that could matter to a fix, and collects what the parts need beside their statements.
/// </summary>
public sealed class Scene
{
    private readonly List<string> usings = [];
    private readonly List<string> members = [];
    private readonly List<string> types = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly List<string> first = [];
    private readonly List<string> last = [];

    /// <summary>A program in the making.</summary>
    /// <param name="choose">The choices.</param>
    /// <param name="mayAwait">Whether the body may be asynchronous.</param>
    /// <param name="mayYield">Whether the body may be an iterator.</param>
    public Scene(Choices choose, bool mayAwait = true, bool mayYield = true)
    {
        Choose = choose;
        IsNullable = !choose.Chance(25);
        Kind = choose.Below(10) switch
        {
            8 when mayAwait => BodyKind.Async,
            9 when mayYield => BodyKind.Iterator,
            _ => BodyKind.Plain,
        };
    }

    /// <summary>The choices.</summary>
    public Choices Choose { get; }

    /// <summary>Whether the nullable context is on.</summary>
    public bool IsNullable { get; }

    /// <summary>What runs the statements.</summary>
    public BodyKind Kind { get; }

    /// <summary>A string that may be null.</summary>
    public string Text => IsNullable ? "string?" : "string";

    /// <summary>A <c>using</c> directive.</summary>
    public void Use(string space) => Once(usings, $"using {space};");

    /// <summary>A member of the class of the program.</summary>
    public void Member(string member) => Once(members, member);

    /// <summary>A further type.</summary>
    public void Type(string type) => Once(types, type);

    /// <summary>A name nobody else has.</summary>
    public string Fresh(string name) => (names[name] = names.GetValueOrDefault(name) + 1) is > 1 and var number ? $"{name}{number}" : name;

    /// <summary>Elements of any type.</summary>
    public Element AnyElement()
    {
        var element = Element.Any(Choose, IsNullable);
        if (element.Declaration.Length > 0)
            Type(element.Declaration);

        return element;
    }

    /// <summary>Texts.</summary>
    public Element Texts => new(Text, "{0}");

    /// <summary>A collection of elements made of the input, in any of the forms that can be walked through.</summary>
    public Items Items(Element? element = null, string name = "items", bool indexed = false)
    {
        element ??= AnyElement();
        name = Fresh(name);
        var made = element.IsText ? "input" : $"input.Select(text => {element.Of("text")})";

        switch (Choose.Below(indexed ? 5 : 9))
        {
            case 1 when element.IsText:
                return new("input", element, "[]", "");
            case 2:
                return new(name, element, "List", $"var {name} = {made}.ToList();");
            case 3:
                return new(name, element, "IReadOnlyList", $"IReadOnlyList<{element.Type}> {name} = {made}.ToArray();");
            case 4:
                return new(name, element, "List", $"var {name} = new List<{element.Type}>({made});");
            case 5:
                return new(name, element, "IEnumerable", $"IEnumerable<{element.Type}> {name} = {made}.Where(item => Trace.Log(\"filter\", true));");
            case 6:
                return new(name, element, "Queue", $"var {name} = new Queue<{element.Type}>({made});");
            case 7:
                Member($$"""
                    static IEnumerable<{{element.Type}}> Walk({{Text}}[] input)
                    {
                    foreach (var text in input)
                    {
                    if (text == "throw")
                    throw new InvalidOperationException("walked into it");
                    yield return {{element.Of("text")}};
                    }
                    Trace.Log("walked");
                    }
                    """);
                return new(name, element, "IEnumerable", $"var {name} = Walk(input);");
            case 8:
                return new(name, element, "Values", $"var {name} = input.Select((text, place) => (text, place)).ToDictionary(pair => pair.place, pair => {element.Of("pair.text")}).Values;");
            default:
                return new(name, element, "[]", $"var {name} = {made}.ToArray();");
        }
    }

    /// <summary>A loop over the elements of any kind, in which the body is composed.</summary>
    public string Loop(Items items, Func<Iteration, string> body, string current = "x", bool mayBeLambda = true)
    {
        var (x, isText) = (Fresh(current), items.Element.IsText);
        var each = new Iteration(x, isText);

        switch (Choose.Below(14))
        {
            case 1 or 2 when items.IsIndexed:
                var i = Fresh("i");
                return $"for (var {i} = 0; {i} < {items.Count}; {i}++)\n{Block(body(new($"{items.Name}[{i}]", isText, i)))}";
            case 3 when items.IsIndexed:
                var down = Fresh("i");
                return $"for (int {down} = {items.Count} - 1; {down} >= 0; {down}--)\n{Block($"var {x} = {items.Name}[{down}];\n{body(each)}")}";
            case 4 when items.IsIndexed:
                var at = Fresh("i");
                return $"var {at} = 0;\nwhile ({at} < {items.Count})\n{Block($"var {x} = {items.Name}[{at}++];\n{body(each)}")}";
            case 5 when items.IsIndexed:
                var last = Fresh("i");
                return $"var {last} = 0;\nif ({items.Count} > 0)\ndo\n{Block($"var {x} = {items.Name}[{last}++];\n{body(each)}")}\nwhile ({last} < {items.Count});";
            case 6 when mayBeLambda && items.Type is "List" or "[]":
                return (items.Type == "List" ? $"{items.Name}.ForEach({x} =>\n" : $"Array.ForEach({items.Name}, {x} =>\n") + Braced(body(each with { IsLambda = true })) + ");";
            case 7:
                var filter = Choose.Of("Where(item => item is object)", "Reverse()", "Skip(1)", "Distinct()", "Take(100)", "Concat(new[] { 1 }.Take(0).Select(one => default(" + items.Element.Type + ")!))");
                return $"foreach (var {x} in {items.Name}.AsEnumerable().{filter})\n{Block(body(each))}";
            case 8:
                var round = Fresh("round");
                return $"for (var {round} = 0; {round} < n; {round}++)\n{Braced($"foreach (var {x} in {items.Name})\n{Block(body(each))}")}";
            case 9 when Kind == BodyKind.Async:
                Member("""
                    static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> items)
                    {
                    foreach (var item in items)
                    {
                    await Task.Yield();
                    yield return item;
                    }
                    }
                    """);
                return $"await foreach (var {x} in Stream({items.Name}))\n{Block(body(each))}";
            case 10:
                var walk = Fresh("walk");
                return $"using var {walk} = {items.Name}.AsEnumerable().GetEnumerator();\nwhile ({walk}.MoveNext())\n{Block($"var {x} = {walk}.Current;\n{body(each)}")}";
            case 11:
                var outer = Fresh("outer");
                return $"foreach (var {outer} in {items.Name})\n{Braced($"Trace.Log({outer});\nforeach (var {x} in {items.Name})\n{Block(body(each))}")}";
            case 12 when items.IsIndexed:
                var endless = Fresh("i");
                return $"var {endless} = 0;\nwhile (true)\n{Block($"if ({endless} >= {items.Count})\nbreak;\nvar {x} = {items.Name}[{endless}++];\n{body(each)}")}";
            default:
                return $"foreach (var {x} in {items.Name})\n{Block(body(each))}";
        }
    }

    /// <summary>Statements that have nothing to do with the pattern: they write, count, leave, throw, catch, capture, wait.</summary>
    /// <param name="reads">What they may look at.</param>
    /// <param name="each">The loop around them; null outside loops.</param>
    /// <param name="result">What is returned by those that leave.</param>
    public string Aside(string[] reads, Iteration? each = null, string? result = null)
    {
        var read = Choose.Of([each?.Current ?? "n", .. reads]);
        var text = each is { IsText: true } ? each.Current : "input.FirstOrDefault()";

        if (each is not null && Choose.MixesPatterns && !Choose.Chance(10))
            return OtherPattern(text);

        switch (Choose.Below(each is null ? 8 : 16))
        {
            case 0:
                return $"Trace.Log({read});";
            case 1:
                return $"Console.Write({read});";
            case 2:
                Count();
                return "count++;";
            case 3:
                return $"Trace.Log(\"before\");\nTrace.Log({read} + \"!\");";
            case 4:
                var later = Fresh("later");
                return $"Func<object> {later} = () => {read};\nTrace.Log({later}());";
            case 5:
                return $"try\n{{\nTrace.Log(int.Parse({text}!));\n}}\ncatch (FormatException)\n{{\n{Choose.Of("Trace.Log(\"bad\");", $"Trace.Log({read});")}\n}}\ncatch (ArgumentNullException) {{ }}";
            case 6 when Kind == BodyKind.Async && each is not { IsLambda: true }:
                return Choose.Of("await Task.Yield();", $"Trace.Log(await Task.FromResult({read}));");
            case 6 when Kind == BodyKind.Iterator && each is not { IsLambda: true }:
                return $"yield return {read};";
            case 7:
                Member("static void Look(object what) => Trace.Log(\"looked at \" + what);");
                return $"Look({read});";
            case 8 or 9:
                return $"if ({each!.Is("stop")})\n{(each.IsLambda ? "return;" : "break;")}";
            case 10:
                return $"if ({each!.Is("")})\n{each.Skip}";
            case 11 when result is not null && !each!.IsLambda:
                return $"if ({each.Is("stop")})\n{Return(result)}";
            case 12 or 13:
                Count();
                return $"if ({each!.Is("throw")})\nthrow new InvalidOperationException(\"thrown at \" + count);";
            case 14:
                Count();
                return $"if ({each!.Is("b")})\n{Braced($"Trace.Log({read});\ncount += 2;")}";
            default:
                return $"Console.WriteLine({read});";
        }
    }

    /// <summary>The patterns of other rules, on a text.</summary>
    private string OtherPattern(string text)
    {
        switch (Choose.Below(6))
        {
            case 0:
                return $"if (input.Contains({text}))\nTrace.Log(\"known\");";
            case 1:
                Around($"var fresh = new List<{Text}>();", "Trace.Log(fresh.Count);");
                return $"if (!fresh.Contains({text}))\nfresh.Add({text});";
            case 2:
                Use("System.Text.RegularExpressions");
                return $"Trace.Log(new Regex(\"[a-k]+\").IsMatch({text} ?? \"\"));";
            case 3:
                Around("var line = \"\";", "Trace.Log(line);");
                return $"line += {text} + \";\";";
            case 4:
                Around("var found = \"\";", "Trace.Log(found);");
                return $"if (input.Any(other => other == {text}))\nfound += {text} + n;";
            default:
                Use("System.Text.RegularExpressions");
                Around("var replaced = \"\";", "Trace.Log(replaced);");
                return $"replaced += new Regex(\"[a-k]+\").Replace({text} ?? \"\", \"-\") + input.Contains({text} + n);";
        }
    }

    /// <summary>The statements, or the statements inside something: a handler, a lock, a branch.</summary>
    /// <param name="statements">The statements, which declare nothing that is used behind them.</param>
    /// <param name="reads">What a handler may look at.</param>
    public string Around(string statements, params string[] reads)
    {
        var read = Choose.Of(["\"handled\"", .. reads]);
        switch (Choose.Below(24))
        {
            case 12 when Kind != BodyKind.Iterator:
                return $"try\n{Braced(statements)}\ncatch (InvalidOperationException)\n{{\nTrace.Log({read});\n}}";
            case 13 when Kind != BodyKind.Iterator:
                return $"try\n{Braced(statements)}\ncatch (Exception e) when (e is FormatException or NullReferenceException)\n{{\nTrace.Log({read});\nthrow;\n}}";
            case 14 or 15:
                return $"try\n{Braced(statements)}\nfinally\n{{\nTrace.Log({read});\n}}";
            case 16:
                return $"if (n > 0)\n{Braced(statements)}";
            case 17 when Kind == BodyKind.Plain:
                return $"lock (input)\n{Braced(statements)}";
            case 18:
                return $"switch (n)\n{{\ncase 0:\nTrace.Log({read});\nbreak;\ndefault:\n{Braced(statements)}\nbreak;\n}}";
            case 19:
                return Braced(statements);
            case 20:
                var twice = Fresh("twice");
                return $"for (var {twice} = 0; {twice} < 2; {twice}++)\n{Braced(statements)}";
            case 21:
                return $"using (var writer = new StringWriter())\n{Braced(statements)}";
            case 22:
                return $"checked\n{Braced(statements)}";
            default:
                return statements;
        }
    }

    /// <summary>Leaves the body with a result.</summary>
    public string Return(string result) => Kind == BodyKind.Iterator ? $"{{\nyield return {result};\nyield break;\n}}" : $"return {result};";

    /// <summary>Statements in braces.</summary>
    public static string Braced(string statements) => $"{{\n{statements}\n}}";

    /// <summary>Statements as the body of a loop or branch: sometimes without braces, where that is the same.</summary>
    public string Block(string statements) =>
        !statements.Contains('\n') && !statements.StartsWith("var ", StringComparison.Ordinal) && statements.EndsWith(';') && statements.Count(c => c == ';') == 1 && Choose.Chance(50) ? statements : Braced(statements);

    /// <summary>The program.</summary>
    /// <param name="statements">The body, which may end without a result.</param>
    /// <param name="result">The result at the end.</param>
    /// <param name="inputs">What it is run with, beside what all programs are run with.</param>
    public GeneratedProgram Finish(string statements, string result, params Arguments[] inputs)
    {
        var body = $"{Lines(first)}{statements}\n{Lines(last)}{Return(result)}";
        var (modifier, type) = Kind switch
        {
            BodyKind.Async => ("async ", IsNullable ? "Task<object?>" : "Task<object>"),
            BodyKind.Iterator => ("", IsNullable ? "IEnumerable<object?>" : "IEnumerable<object>"),
            _ => ("", IsNullable ? "object?" : "object"),
        };
        var parameters = $"{Text}[] input, int n";

        var run = Choose.Below(8) switch
        {
            1 => $"public {type} Run({parameters}) => Body(input, n);\nprivate {modifier}{type} Body({parameters})\n{Braced(body)}",
            2 => $"public static {type} Run({parameters})\n{{\nreturn Body(input, n);\n\n{modifier}{type} Body({parameters})\n{Braced(body)}\n}}",
            3 when Kind != BodyKind.Iterator => $"public static {type} Run({parameters})\n{{\nFunc<{Text}[], int, {type}> body = {modifier}(input, n) =>\n{Braced(body)};\nreturn body(input, n);\n}}",
            4 => $"public static {type} Run({parameters}) => Body<int>(input, n);\nstatic {modifier}{type} Body<T>({parameters})\n{Braced(body)}",
            5 when Kind != BodyKind.Async => $"private {Text}[] input = [];\nprivate int n;\n\npublic {type} Run({parameters})\n{{\nthis.input = input;\nthis.n = n;\nreturn Body;\n}}\n\nprivate {type} Body\n{{\nget\n{Braced(body)}\n}}",
            _ => $"public static {modifier}{type} Run({parameters})\n{Braced(body)}",
        };

        var types = string.Join("\n\n", (string[])[$"class Program\n{Braced(string.Join("\n\n", (string[])[.. members, run]))}", .. this.types]);
        var head = (IsNullable ? "" : "#nullable disable\n") + string.Concat(usings.Order(StringComparer.Ordinal).Select(use => use + "\n"));
        return new(head.Length == 0 ? "" : head + "\n", Indented(types), [.. Inputs, .. inputs]);
    }

    private IEnumerable<Arguments> Inputs => IsNullable ? Hostile : [.. Hostile, [null, 1]];

    /// <summary>No, one, equal, missing, foreign and many texts, and some that make the programs leave or throw.</summary>
    private static readonly Arguments[] Hostile =
    [
        [Array.Empty<string>(), 1],
        [new[] { "a" }, 1],
        [new[] { "a", "b", "a", "", "A" }, 2],
        [new[] { null, "b", null }, 1],
        [new[] { "ı", "I", "İ", "i", "ß", "ss", "é", "e\u0301", "😀" }, 1],
        [new[] { "7", "stop", "8", "b" }, 1],
        [new[] { "x,", "throw", "y" }, 0],
        [new[] { "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "k" }, 1],
    ];

    private void Count() => Around("var count = 0;", "Trace.Log(count);");

    /// <summary>A statement at the beginning of the body, and one at its end.</summary>
    private void Around(string first, string last)
    {
        Once(this.first, first);
        Once(this.last, last);
    }

    private static string Lines(List<string> statements) => string.Concat(statements.Select(statement => statement + "\n"));

    private static void Once(List<string> list, string entry)
    {
        if (!list.Contains(entry))
            list.Add(entry);
    }

    /// <summary>One level per open brace: people read what fails.</summary>
    private static string Indented(string source)
    {
        var level = 0;
        return string.Join("\n", source.Split('\n').Select(line =>
        {
            var text = line.Trim();
            var closing = text.TakeWhile(c => c is '}' or ')').Count(c => c == '}');
            var indented = text.Length == 0 || text[0] == '#' ? text : new string(' ', 4 * Math.Max(0, level - closing)) + text;
            level += text.Count(c => c == '{') - text.Count(c => c == '}');
            return indented;
        })) + "\n";
    }
}
