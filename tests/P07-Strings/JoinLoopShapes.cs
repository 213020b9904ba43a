namespace HotPath.Tests;

/// <summary>Loops that put one text per element to another, with every way to leave out one separator.</summary>
public sealed class JoinLoopShapes : Shape<JoinLoopAnalyzer, JoinLoopFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var items = scene.Items(choose.Chance(50) ? scene.Texts : null, indexed: choose.Chance(60));
        var declaration = choose.Of("var s = \"\";", "var s = \"\";", "var s = string.Empty;", "var s = \"[\";", "var s = n + \"\";", $"{scene.Text} s = null;");
        var separator = choose.Of("\",\"", "\", \"", "','", "Environment.NewLine", "between");
        var x = choose.Below(3) == 1 && items.IsIndexed ? $"{items.Name}[i]" : "x";
        var element = choose.Of(x, x, x, $"\"<\" + {x}", $"{x} + \"=\" + n", $"$\"{{{x}}};\"", $"({x} + \"\").Trim()", $"Log({x})", $"({x} is object ? {x} + \"\" : \"none\")");
        scene.Member($"static object{(scene.IsNullable ? "?" : "")} Log(object{(scene.IsNullable ? "?" : "")} what) => Trace.Log(\"log\", what);");

        var (start, body, end) = choose.Below(18) switch
        {
            1 => ("", $"if (s != \"\")\ns += {separator};\ns += {element};", ""),
            2 => ("", $"if (s.Length > 0)\ns += {separator};\ns += {element};", ""),
            3 => ("var first = true;", $"if (first)\nfirst = false;\nelse\ns += {separator};\ns += {element};", ""),
            4 => ("var first = true;", $"if (!first)\ns += {separator};\ns += {element};\nfirst = false;", choose.Perhaps(30, "Trace.Log(first);")),
            5 => ("var k = 0;", $"if (k++ > 0)\ns += {separator};\ns += {element};", choose.Perhaps(30, "Trace.Log(k);")),
            6 => ("var comma = \"\";", $"s += comma + {element};\ncomma = \",\";", choose.Perhaps(30, "s += comma;")),
            7 => ("", $"s += {element};\ns += {separator};", "s = s.TrimEnd(',');"),
            8 => ("", $"s = s + ({element}) + \",\";", "if (s.Length > 0)\ns = s.Substring(0, s.Length - 1);"),
            9 => ("", $"s += ({element}) + \", \";", "s = s.Substring(0, s.Length - 2);"),
            10 => ("", $"s += ({element}) + \";\";", "if (s != \"\")\ns = s[..^1];"),
            11 when items.IsIndexed => ("#i", $"if (i > 0)\ns += {separator};\ns += {element};", ""),
            12 when items.IsIndexed => ("#i", $"s += {element};\nif (i < {items.Count} - 1)\ns += {separator};", ""),
            13 when items.IsIndexed => ("#i", $"if (i == 0)\ns += {element};\nelse\ns += {separator} + ({element});", ""),
            14 => ("", $"s += (s == \"\" ? \"\" : \",\") + {(element == x ? x : $"({element})")};", ""),
            15 => ("", $"s = s == \"\" ? \"\" + {element} : s + \",\" + {element};", ""),
            16 => ("var first = true;", $"if (first)\n{{\ns = \"\" + {element};\nfirst = false;\n}}\nelse\ns += \",\" + {element};", ""),
            _ => ("", $"s += {element};", ""),
        };

        var extra = choose.Perhaps(15, () => "\n" + scene.Aside(["s", "s.Length"], new Iteration("x", items.Element.IsText), "s"));
        var loop = start == "#i" || x != "x"
            ? $"for (var i = 0; i < {items.Count}; i++)\n{Scene.Braced($"{(x == "x" || extra.Length > 0 ? $"var x = {items.Name}[i];\n" : "")}{body}{extra}")}"
            : choose.Chance(85) ? $"foreach (var x in {items.Name}{choose.Perhaps(15, ".Where(y => y is object)")})\n{Scene.Braced(body + extra)}"
            : scene.Loop(items, each => each.Current == "x" ? body : $"var x = {each.Current};\n{body}", "x");

        var after = choose.Perhaps(25, choose.Of("Trace.Log(s);", "s += \"!\";", "Console.Write(s.Length);"));
        return scene.Finish($"var between = n + \"-\";\n{items.Declaration}\n{choose.Lines(1, () => scene.Aside([]))}\n{(start == "#i" ? "" : start)}\n{declaration}\n{scene.Around($"{loop}\n{end}", choose.Of("\"handled\"", "s"))}\n{after}", choose.Of("s", "s + between", "(s, n)"));
    }
}
