namespace HotPath.Tests;

/// <summary>Concatenations, formats, parts and numbers as texts, appended to builders that are local, given, or looked into half-way.</summary>
public sealed class AppendOfTemporaryShapes : Shape<AppendOfTemporaryAnalyzer, AppendOfTemporaryFix>
{
    public override GeneratedProgram Compose(Choices choose)
    {
        var scene = new Scene(choose);
        var items = scene.Items(scene.AnyElement());
        scene.Member("private static readonly StringBuilder Shared = new StringBuilder();");
        scene.Member($"private static string Made({scene.Text} text) => text == \"throw\" ? throw new InvalidOperationException(\"made\") : Trace.Log(\"made\", $\"<{{text}}>\");");
        scene.Use("System.Text");
        scene.Use("System.Globalization");
        var builder = choose.Of("sb", "sb", "sb", "Shared");

        string Body(Iteration each)
        {
            var x = each.Current;
            string Piece() => choose.Below(14) switch
            {
                1 => "n",
                2 => "\";\"",
                3 => "'c'",
                4 => $"{builder}.Length",
                5 => $"Made($\"{{{x}}}\")",
                6 => "1.5",
                7 => "(n + 1)",
                8 => "(n > 1 ? \"some\" : text)",
                9 => "text.ToCharArray()",
                10 => "10 / n",
                11 => "(object)n",
                12 => $"$\"{{{x}}}\"",
                _ => x,
            };

            string Temporary() => choose.Below(16) switch
            {
                1 => $"string.Format(\"{{0}}{choose.Of("", "; ", "{{}}")}{{1,{choose.Of("5", "-4")}}}\", {Piece()}, {Piece()})",
                2 => $"string.Format(\"{choose.Of("{1}{0}", "{0}{0}", "{0}")}\", {Piece()}, {Piece()})",
                3 => "text.Substring(n)",
                4 => $"text.Substring({choose.Of("0", "n")}, {choose.Of("1", "n")})",
                5 => $"text[{choose.Of("1..", "..n", "^2..")}]",
                6 => "n.ToString()",
                7 => $"(n * 1.25).ToString({choose.Of("\"F1\"", "\"0.00\"", "CultureInfo.InvariantCulture", "\"N2\", CultureInfo.InvariantCulture")})",
                8 => $"{Piece()} + \"/\" + n + n",
                9 => $"n + n + \"=\" + {Piece()}",
                10 => "text.ToString()",
                11 => "(n > 0).ToString()",
                12 => $"text + {Piece()} + {Piece()}",
                _ => $"{Piece()} + \"-\" + {Piece()}",
            };

            string Append() => $"{builder}{choose.Perhaps(15, $".Append({Piece()})")}.{choose.Of("Append", "Append", "AppendLine")}({Temporary()}){choose.Perhaps(15, ".Append('.')")};";
            var use = choose.Below(6) switch
            {
                1 => $"try\n{Scene.Braced(Append())}\ncatch (Exception e)\n{Scene.Braced($"Trace.Log(e.GetType().Name + {builder}.Length);")}",
                2 => $"if ({each.Is("a")})\n{Append()}",
                _ => Append(),
            };
            return $"{choose.Lines(1, () => scene.Aside([$"{builder}.Length"], each, "n"))}\n{use}";
        }

        var looked = choose.Perhaps(25, $"Trace.Log({builder}.ToString());");
        return scene.Finish($"Shared.Clear();\nvar sb = new StringBuilder();\nvar text = {choose.Of("\"banana\"", "$\"n={n}\"", "\"\"")};\n{items.Declaration}\n{scene.Around(scene.Loop(items, Body), $"{builder}.ToString()")}\n{looked}", $"{builder}.ToString()");
    }
}
