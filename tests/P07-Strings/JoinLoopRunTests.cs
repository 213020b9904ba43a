namespace HotPath.Tests;

/// <summary>Programs that print the same after the loop has become a call or a builder.</summary>
public sealed class JoinLoopRunTests : RuleTests<JoinLoopAnalyzer, JoinLoopFix>
{
    private static readonly string?[][] Texts = [[], ["a"], [""], ["", "b"], ["", "", ""], ["a", "", "c,", "x"], [null, "n"], ["n", null], [null], ["a,", ",", ",,"], null!];
    private static readonly int[][] Numbers = [[], [0], [-1, 2, 30], null!];

    [Theory]
    [InlineData("foreach (var x in xs) s += x;")]
    [InlineData("foreach (var x in xs) s += Log(x);")]
    [InlineData("foreach (var x in xs) s += x!.Trim();")]
    [InlineData("foreach (var x in xs.Where(x => x != \"\")) s += x;")]
    [InlineData("for (var i = 0; i < xs.Length; i++) s += xs[i];")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i > 0) s += \",\"; s += xs[i]; }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i > 0) s += \",\"; s += Log(xs[i]) + i; }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { s += xs[i] + \"=\" + xs[i]; if (i < xs.Length - 1) s += ';'; }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i == 0) s = xs[i]; else s += \",\" + xs[i]; }", null)]
    [InlineData("for (var i = 0; i < xs.Length; i++) s += (i == 0 ? \"\" : \",\") + xs[i];")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i > 0) s += \",\"; s += (xs[i] is object ? xs[i] + \"\" : \"none\"); }")]
    [InlineData("var list = xs.ToList(); for (var i = 0; i < list.Count; i++) { if (i > 0) s += \",\"; s += list[i]; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += x; }")]
    [InlineData("foreach (var x in xs) { if (s.Length > 0) s += \",\"; s += x; }")]
    [InlineData("foreach (var x in xs) { if (!string.IsNullOrEmpty(s)) { s += \", \"; } s += x; }")]
    [InlineData("foreach (var x in xs) { if (s == \"\") s = x; else s += \",\" + x; }", null)]
    [InlineData("foreach (var x in xs) { if (s == \"\") s += x; else s += \",\" + x; }")]
    [InlineData("foreach (var x in xs) s = s == \"\" ? x : s + \",\" + x;", null)]
    [InlineData("foreach (var x in xs) s += s == \"\" ? x : \",\" + x;")]
    [InlineData("foreach (var x in xs) s += (s == \"\" ? \"\" : \",\") + x;")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \"&\"; s += x + \"=\" + x; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \"&\"; s += $\"{x}={x?.Length}\"; }")]
    [InlineData("var first = true; foreach (var x in xs) { if (first) first = false; else s += \",\"; s += x; }")]
    [InlineData("var first = true; foreach (var x in xs) { if (!first) s += \",\"; s += x; first = false; } Console.WriteLine(first);")]
    [InlineData("var first = false; foreach (var x in xs) { if (!first) s += \",\"; s += x; first = false; }", null)]
    [InlineData("var first = true; foreach (var x in xs) { if (!first) { s += \",\"; first = false; } s += x; }", null)]
    [InlineData("var first = true; foreach (var x in xs) { if (first) { s += x; first = false; } else { s += \",\" + x; } }")]
    [InlineData("var some = false; foreach (var x in xs) { if (some) s += \",\"; else some = true; s += x; }")]
    [InlineData("var count = 0; foreach (var x in xs) { if (count > 0) s += \",\"; s += x; count++; }")]
    [InlineData("var count = 1; foreach (var x in xs) { if (count > 0) s += \",\"; s += x; count++; }")]
    [InlineData("var count = 0; foreach (var x in xs) { if (count++ > 0) s += \",\"; s += x; } Console.WriteLine(count);")]
    [InlineData("var count = 0; foreach (var x in xs) { if (count > 0) { s += \",\"; count++; } s += x; }", null)]
    [InlineData("var comma = \"\"; foreach (var x in xs) { s += comma + x; comma = \",\"; }")]
    [InlineData("var comma = \"\"; foreach (var x in xs) { s += comma + x; comma = \",\"; } s += comma;")]
    [InlineData("var comma = \"-\"; foreach (var x in xs) { s += comma + x; comma = \",\"; }")]
    [InlineData("foreach (var x in xs) s += x + \",\"; s = s.TrimEnd(',');")]
    [InlineData("foreach (var x in xs) s += x + \",\"; s = s.Substring(0, s.Length - 1);")]
    [InlineData("foreach (var x in xs) s += x + \",\"; if (s.Length > 0) s = s.Substring(0, s.Length - 1);")]
    [InlineData("foreach (var x in xs) s += x + \", \"; if (s.Length > 0) s = s.Substring(0, s.Length - 1);")]
    [InlineData("foreach (var x in xs) s += x + \", \"; if (s != \"\") s = s[..^2];")]
    [InlineData("foreach (var x in xs) { s += x; s += \",\"; } if (s.Length > 0) s = s.Remove(s.Length - 1); s += \"!\";")]
    [InlineData("foreach (var x in xs) s += x + \",\"; Console.WriteLine(s.TrimEnd(','));")]
    [InlineData("foreach (var x in xs) { s += \"<\" + x + \">\" + \",\"; } s = s.TrimEnd(',');")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += separator; s += \"<\" + x; }")]
    [InlineData("foreach (object? x in xs) s += x;")]
    [InlineData("foreach (var x in xs.Cast<object?>()) s += x;")]
    [InlineData("foreach (var x in xs.Select(x => x?.Length)) { if (s != \"\") s += \",\"; s += x; }")]
    [InlineData("foreach (var x in xs.Reverse().ToArray()) { if (s != \"\") s += \",\"; s += x; }")]
    [InlineData("foreach (var x in new HashSet<string?>(xs)) s += x;")]
    [InlineData("foreach (var x in xs.ToDictionary(x => x + \"\", x => 1).Keys) s += x;", null)]
    [InlineData("foreach (var pair in xs.ToLookup(x => x).Select(g => new KeyValuePair<string, int>(g.Key + \"\", g.Count()))) { if (s.Length > 0) s += \",\"; s += pair.Key + \"=\" + pair.Value; }")]
    [InlineData("foreach (var x in xs) { foreach (var y in xs) { s += y; } Console.WriteLine(s); }")]
    [InlineData("foreach (var x in xs) { var t = \"\"; foreach (var y in xs) { if (t != \"\") t += \",\"; t += y; } Console.WriteLine(t); }")]
    [InlineData("if (xs.Length > 0) foreach (var x in xs) s += x; else s = \"none\"; Console.WriteLine(s);")]
    [InlineData("switch (xs.Length) { case 0: break; default: foreach (var x in xs) s += x; break; }")]
    [InlineData("try { foreach (var x in xs) s += x!.Trim(); } catch (NullReferenceException) { } Console.WriteLine(s);", null)]
    [InlineData("foreach (var x in xs) s += x; foreach (var x in xs) s += x;")]
    public async Task The_same_text_comes_out(string statements, bool? expectFix = true)
    {
        var program = $$"""
            class Program
            {
                static string? Log(string? text) { Trace.Log("log " + text); return text; }

                static string? Run(string[] xs) => Do(xs, ";");

                static string? Do(string?[] xs, string separator)
                {
                    var s = "";
                    {{statements}}
                    return s;
                }
            }
            """;

        // A null source breaks the promise of the nullable context; without one it has to throw the same.
        await FixesAndRuns(program, [.. Texts.Where(texts => texts is not null).Select(texts => Only(texts))], expectFix: expectFix is null ? null : true);
        await FixesAndRuns("#nullable disable warnings\n" + program.Replace("?", "¿").Replace(" ¿ ", " ? ").Replace("¿.", "?.").Replace("¿", ""), [.. Texts.Select(texts => Only(texts))], expectFix: null, target: Target.Net100.Oblivious);
        await FixesAndRuns(program.Replace("var s = \"\";", "var s = xs.Length + \"start\";"), [.. Texts.Where(texts => texts is not null).Select(texts => Only(texts))], expectFix: null);
    }

    [Theory]
    [InlineData("foreach (var x in xs) s += x;")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += x; }")]
    [InlineData("foreach (var x in xs) { if (s == \"\") s += x; else s += \",\" + x; }")]
    [InlineData("foreach (var x in xs) s += x + \",\"; s = s.TrimEnd(',');")]
    [InlineData("foreach (var x in xs) s += x + \",\"; s = s.TrimEnd(',', '0');")]
    [InlineData("foreach (var x in xs) s += x + \", \"; s = s.TrimEnd(',', ' ');")]
    [InlineData("foreach (var x in xs) s += x + \", \"; s = s.TrimEnd();")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += x * 2; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += x + x; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s = s + x + x; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += x + x + \"!\"; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s = s + x + x + \"!\"; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += 10 / x; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += x / 2.0; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \",\"; s += (char)(x + 50); }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += ','; s += x > 0 ? \"+\" : \"-\"; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += ','; s += (x > 0 ? \"+\" : \"-\") + x; }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += ','; s += n++ + \":\" + x; }")]
    [InlineData("foreach (long x in xs) { if (s != \"\") s += ','; s += x; }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i > 0) s += \",\"; s += xs[i]; xs[i] = 5; }", null)]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i > 0) s += \",\"; s += xs[i]++; }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) { if (i > 0) s += \",\"; s += Change(xs, i) + xs[i]; }")]
    [InlineData("var list = xs.ToList(); for (var i = 0; i < list.Count; i++) { if (i > 0) s += \",\"; s += Shrink(list) + list[i]; }", null)]
    [InlineData("var list = xs.ToList(); foreach (var x in list) { if (s != \"\") s += \",\"; s += Shrink(list) + x; }")]
    [InlineData("IEnumerable<int> Lazy() { foreach (var x in xs) { Trace.Log(x); yield return x; } } foreach (var x in Lazy()) { if (s != \"\") s += \",\"; s += Trace.Log(\"at\", x); }")]
    [InlineData("Span<int> span = xs; foreach (var x in span) { if (s != \"\") s += \",\"; s += x; }")]
    public async Task The_same_numbers_come_out(string statements, bool? expectFix = true) => await FixesAndRuns($$"""
        class Program
        {
            static int Change(int[] xs, int i) { xs[xs.Length - 1] += i; return xs[i]; }

            static int Shrink(List<int> xs) { if (xs.Count > 1) xs.RemoveAt(xs.Count - 1); return xs.Count; }

            static string Run(int[] xs)
            {
                var n = 0;
                var s = "";
                {{statements}}
                return s + n;
            }
        }
        """, [.. Numbers.Where(numbers => numbers is not null).Select(numbers => Only(numbers))], expectFix: expectFix is null ? null : true);

    private static Arguments Only(object? argument) => [argument];
}
