namespace HotPath.Tests;

/// <summary>Programs that print the same after the fix, or that the fix leaves alone.</summary>
public sealed class StringConcatenationInLoopRunTests : RuleTests<StringConcatenationInLoopAnalyzer, StringConcatenationInLoopFix>
{
    private static readonly string?[][] Texts = [[], ["a"], ["", "b"], ["a", "", "c", "end", "x"], [null, "n"], ["7", "x", "8"], ["return"], ["throw", "a"], ["break", "z"], null!];

    [Theory]
    [InlineData("foreach (var x in xs) s += x + \";\";")]
    [InlineData("foreach (var x in xs) { s = s + x + x?.Length + 1 + 2; s += 1 + 2 + x; s += (1 + 2) + x + ('a' + 1); }")]
    [InlineData("foreach (var x in xs) { s += 'a' + 'b' + x; s = s + 'a' + 'b'; s += 1.5 + \"|\" + 2.5m + \"|\" + float.NaN; }")]
    [InlineData("foreach (var x in xs) { s += x + true + (x == null) + DateTime.MinValue + TimeSpan.FromDays(1.5) + DayOfWeek.Friday + Guid.Empty; }")]
    [InlineData("foreach (var x in xs) { int? n = x?.Length; char? c = x?.FirstOrDefault(); object? o = x; s += n + \"|\" + c + \"|\" + o + \"|\" + null; }")]
    [InlineData("foreach (var x in xs) { var chars = new[] { 'a', 'b' }; object boxed = chars; s += \"[\" + chars + boxed + \"]\"; s += chars; }")]
    [InlineData("foreach (var x in xs) { var b = new StringBuilder(\"sb\" + x); StringBuilder? none = null; s += b + \":\" + none; }")]
    [InlineData("foreach (var x in xs) { nint n = 5; nuint u = 6; ulong l = ulong.MaxValue; sbyte y = -3; s += n + \"\" + u + l + y; }")]
    [InlineData("foreach (var x in xs) { (int, string?) t = (1, x); s += t + \"\" + new { x } + new int[2] + (1, 2); }")]
    [InlineData("foreach (var x in xs) { s += $\"{x,5}|{x?.Length:000}|{1.5:n2}|{{}};\"; s = $\"{s}{x}!\"; s = $\"{s};\"; s = $\"{s}{{{x}}}\"; }")]
    [InlineData("foreach (var x in xs) { s = string.Concat(s, x); s = string.Concat(s, x, 1, 'c'); s = string.Concat(s, \"a\", x, \"c\", x); }")]
    [InlineData("foreach (var x in xs) { s += x ?? \"null\"; s += x == null ? \"none\" : x + \"!\"; s += x switch { null => \"N\", \"\" => \"E\", var v => v }; }")]
    [InlineData("foreach (var x in xs) { s = (s ?? \"\") + x + \"?\"; s = (s + x) + (x + \"y\"); }")]
    [InlineData("foreach (var x in xs) { if (s != \"\") s += \", \"; if (x == \"\") continue; s += x; }")]
    [InlineData("foreach (var x in xs) { if (s.Length > 5 || s == \"\") s += \"#\"; if (!string.IsNullOrEmpty(s) && s[^1] == 'a') s += \"!\"; s += x + s[0 + s.Length - 1].ToString().Length; }", null)]
    [InlineData("foreach (var x in xs) { s += x + \".\"; if (x == \"return\") return s; if (x == \"throw\") throw new InvalidOperationException(s + \"!\"); if (x == \"break\") break; }")]
    [InlineData("foreach (var x in xs) { s += int.Parse(x!) + \";\"; }")]
    [InlineData("foreach (var x in xs) { try { s += int.Parse(x!) + \";\" + int.Parse(x!); } catch (FormatException) { s += \"bad;\"; } }")]
    [InlineData("foreach (var x in xs) { try { s += \"<\" + int.Parse(x!) + \">\"; } catch (Exception) { } }")]
    [InlineData("foreach (var x in xs) { try { s += \"<\"; s += int.Parse(x!); } catch (Exception e) when (e is FormatException or ArgumentNullException) { continue; } finally { s += \"f\"; } }")]
    [InlineData("for (var i = 0; i < xs.Length; i++) for (var j = 0; j <= i; j++) s += xs[j] + \".\";")]
    [InlineData("for (var i = 0; i < xs.Length; s += xs[i] + \"-\", i++) { }")]
    [InlineData("for (int i = 0, n = xs.Length; i < n; i++) { s += i; s += xs[i]; }")]
    [InlineData("var i = 0; while (i < xs.Length) s += xs[i++] + i;")]
    [InlineData("var i = 0; do { s += i; s += i + i; } while (++i < xs.Length);")]
    [InlineData("var i = 0; while (true) { if (i >= xs.Length) break; s += xs[i++] + i++; }", null)]
    [InlineData("var i = 0; while (true) { if (i >= xs.Length) return s + \"!\"; s += \"x\" + i; i++; }")]
    [InlineData("xs.ToList().ForEach(x => s += x + \";\");")]
    [InlineData("xs.ToList().ForEach(x => { if (x == \"\") return; s += x; s += s.Length; });")]
    [InlineData("Array.ForEach(xs, x => s += x + x?.Length);")]
    [InlineData("foreach (var x in xs) if (x != null) foreach (var c in x) s += c;")]
    [InlineData("foreach (var x in xs) { if (x == null) continue; foreach (var c in x) s += (char)(c + 1); s += \"\\n\"; }")]
    [InlineData("foreach (var x in xs) { s += Next() + Next() + \"/\"; s += \"/\" + Next() + Next(); s = s + Next() + Next(); }")]
    [InlineData("foreach (var x in xs) { s += new Loud(x); s += new Html(x); s = s + new Html(x) + new Loud(x); s += new Both(x) + \"\"; }")]
    [InlineData("foreach (var x in xs) { s += x + \",\"; } s = s.TrimEnd(','); Console.WriteLine(s);", null)]
    [InlineData("foreach (var x in xs) { s += x + \",\"; } if (s.Length > 0) s = s.Substring(0, s.Length - 1); Console.WriteLine(nameof(s));", null)]
    [InlineData("foreach (var x in xs) { s += x + \",\"; } Func<string> later = () => s + \"later\"; Console.WriteLine(later());")]
    [InlineData("foreach (var x in xs) { s += x + \",\"; } foreach (var x in xs) { s += x + \";\"; } foreach (var x in xs) s = s + x + \":\";")]
    [InlineData("foreach (var x in xs) { foreach (var y in xs) s += x + y; Console.WriteLine(s); }")]
    [InlineData("string t = \"\", u = \"u\"; foreach (var x in xs) { s += x + \",\"; t += s.Length + \",\"; u += t.Length + \"u\"; } Console.WriteLine(t + u);", null)]
    [InlineData("foreach (var x in xs) { { s += x; } { s += \"-\"; } if (x is { Length: > 0 } y) s += y + y[0]; }")]
    [InlineData("switch (xs.Length) { case 0: s = \"none\"; break; default: foreach (var x in xs) s += x + \".\"; break; }")]
    [InlineData("if (xs.Length > 1) foreach (var x in xs) s += x + \".\"; else s += \"few\";")]
    [InlineData("using (var r = new StringReader(\"a\\nb\")) { string? line; while ((line = r.ReadLine()) != null) s += line + xs.Length; }")]
    [InlineData("foreach (var x in xs) { s += checked(xs.Length + 1) + x; unchecked { s += int.MaxValue + xs.Length; } }")]
    [InlineData("foreach (var x in xs) { s += int.TryParse(x, out var n) ? n + 1 : -1; s += n; }")]
    [InlineData("foreach (var x in xs) { s += x; s += default(string); s += (string?)null + 1; s += \"\"; }", null)]
    [InlineData("foreach (var x in xs) { s += @\"\\\" + x + \"\"\"raw\"\"\" + \"\\t\" + '\"'; s = $@\"{s}\\{x}\"; }")]
    [InlineData("lock (xs) foreach (var x in xs) s += x + \"l\"; Console.WriteLine(s.Length); Console.WriteLine(s);")]
    [InlineData("foreach (var x in xs) { if (s == \"\") { s = \"first \" + x; } else { s += \" then \" + x; } if (x == \"end\") break; }")]
    [InlineData("var first = true; foreach (var x in xs) { if (first) { s = \"first \" + x; first = false; } s += \" then \" + x; }")]
    [InlineData("foreach (var x in xs) { s = s == \"\" ? \"<\" + x : s + \", \" + x; if (x == \"end\") break; }")]
    public async Task The_same_text_comes_out(string statements, bool? expectFix = true)
    {
        var program = $$"""
            class Program
            {
                private static int next;

                static int Next() { Trace.Log("next"); return ++next; }

                static string Run(string[] xs)
                {
                    var s = "";
                    {{statements}}
                    return s;
                }
            }

            class Loud(string? text) { public override string ToString() { Trace.Log("loud " + text); return text!; } }

            class Html(string? text) { public static implicit operator string?(Html html) => "<" + html.Text + ">"; public string? Text => text; }

            struct Both(string? text) { public static implicit operator string(Both both) => "string"; public static implicit operator int(Both both) => 1; public override string ToString() => "Both" + text; }
            """;
        await FixesAndRuns(program, Inputs, expectFix: expectFix is null ? null : true);
        await FixesAndRuns(program.Replace("var s = \"\";", "string s = xs.Length.ToString() + \"start\";"), Inputs, expectFix: null);
        await FixesAndRuns(program.Replace("static string Run(string[] xs)", "static async Task<string> Run(string[] xs)").Replace("var s = \"\";", "await Task.Yield(); var s = \"\";"), Inputs, expectFix: null);
    }

    [Theory]
    [InlineData("string s = null; foreach (var x in xs) s += x; return s;")]
    [InlineData("string s = null; foreach (var x in xs) { s = s + x + \";\"; } return s;")]
    [InlineData("var s = xs.Length == 1 ? null : \"\"; foreach (var x in xs) s += x + \";\"; return s;")]
    [InlineData("string s; if (xs.Length > 2) s = \"x\"; else s = Nothing(); foreach (var x in xs) s += x + \";\"; return s;")]
    [InlineData("var s = xs.FirstOrDefault(); foreach (var x in xs) s += x + \";\"; return s;")]
    [InlineData("foreach (var x in xs) start += x + \";\"; return start;")]
    public Task Null_stays_null_where_nothing_is_appended(string statements) => FixesAndRuns($$"""
        class Program
        {
            static string Nothing() => null;

            static string Run(string[] xs) => Do(xs, null);

            static string Do(string[] xs, string start)
            {
                {{statements}}
            }
        }
        """, Inputs, expectFix: false, target: Target.Net100.Oblivious);

    [Theory]
    [InlineData("try { foreach (var x in xs) s += int.Parse(x) + \";\"; } catch (Exception) { } return s;", false)]
    [InlineData("try { foreach (var x in xs) s += int.Parse(x) + \";\"; } catch (Exception) { Console.WriteLine(s); } return \"\";", false)]
    [InlineData("try { foreach (var x in xs) s += int.Parse(x) + \";\"; } finally { Console.WriteLine(s); } return s;", false)]
    [InlineData("try { foreach (var x in xs) s += int.Parse(x) + \";\"; return s; } catch (Exception) { return \"bad\"; }", true)]
    [InlineData("try { foreach (var x in xs) s += int.Parse(x) + \";\"; } catch (Exception) { throw new Exception(\"bad\"); } return s;", false)]
    [InlineData("try { foreach (var x in xs) s += int.Parse(x) + \";\"; } finally { Console.WriteLine(\"done\"); } return s;", true)]
    [InlineData("for (var i = 0; i < 2; i++) { try { Console.WriteLine(s); foreach (var x in xs) s += int.Parse(x) + \";\"; } catch (Exception) { } } return \"\";", false)]
    [InlineData("try { var t = \"\"; foreach (var x in xs) t += int.Parse(x) + \";\"; s = t; } catch (Exception) { } return s;", true)]
    [InlineData("foreach (var x in xs) { s += x; if (x == \"break\") goto end; } Console.WriteLine(\"all\"); end: return s;", false)]
    [InlineData("foreach (var x in xs) { if (x == \"\") goto next; s += x; next: s += \"n\"; } return s;", false)]
    [InlineData("foreach (var x in xs) { s += x + s.Length; s += $\"{x}{s.Length}\"; } return s;", false)]
    [InlineData("foreach (var x in xs) { s += s.Length + x; } return s;", true)]
    [InlineData("foreach (var x in xs) { s = s + s.Length + x; } return s;", true)]
    [InlineData("foreach (var x in xs) { s += s; s += x; if (s.Length > 100) break; } return s;", false)]
    [InlineData("foreach (var x in xs) { s = x + s; } return s;", false)]
    [InlineData("foreach (var x in xs) { s = \"<\" + s + x + \">\"; } return s;", false)]
    [InlineData("string Get() => s + \"!\"; foreach (var x in xs) s += x + Get(); return s;", false)]
    [InlineData("Func<string> get = () => s + \"!\"; foreach (var x in xs) s += x + get(); return s;", false)]
    [InlineData("void Add(string x) { s += x; } foreach (var x in xs) { s += \"-\"; Add(x); } return s;", false)]
    [InlineData("foreach (var x in xs) { s += x; Change(ref s); } return s;", false)]
    [InlineData("foreach (var x in xs) { s += x; if (x == \"break\") { s = \"replaced\"; break; } } return s;", false)]
    [InlineData("foreach (var x in xs) { s += x; if (x == \"return\") return s += \"!\"; } return s;", false)]
    [InlineData("var q = xs.Select(x => { s += x; return x; }); Console.WriteLine(s); q.Count(); return s;", false)]
    [InlineData("var n = xs.Select(x => { s += x; return x; }).Count(); return s + n;", false)]
    public Task Half_a_text_is_seen_as_before(string statements, bool expectFix) => FixesAndRuns($$"""
        class Program
        {
            static void Change(ref string s) => s += "c";

            static string Run(string[] xs)
            {
                var s = "";
                {{statements}}
            }
        }
        """, Inputs, expectFix: expectFix);

    [Fact]
    public Task Iterators_and_async_code_keep_their_text() => FixesAndRuns("""
        class Program
        {
            static async Task<string> Run(string[] xs)
            {
                var all = string.Join("|", Lines(xs)) + await Later(xs) + "|";
                await foreach (var x in Stream(xs))
                    all += x + ";";

                return all;
            }

            static IEnumerable<string> Lines(string[] xs)
            {
                var s = "lines";
                foreach (var x in xs)
                {
                    yield return x;
                    s += x + ",";
                    if (x == "end")
                        yield break;
                }

                yield return s;
            }

            static async Task<string> Later(string[] xs)
            {
                var s = "";
                for (var i = 0; i < xs.Length; i++)
                {
                    s += await Task.FromResult(xs[i]) + i + await Task.FromResult(i);
                    s += $"{await Task.FromResult(i)};";
                }

                return s;
            }

            static async IAsyncEnumerable<string> Stream(string[] xs)
            {
                var s = "";
                foreach (var x in xs)
                {
                    await Task.Yield();
                    s += x + "!";
                }

                yield return s;
            }
        }
        """, Inputs);

    [Fact]
    public Task Top_level_statements_print_the_same() => FixesAndRuns("""
        var s = "";
        foreach (var arg in args)
        {
            s += arg + ";";
            if (arg == "end")
                break;
        }

        Console.WriteLine(s);
        """, [], ["a"], ["a", "end", "b"]);

    [Fact]
    public Task Members_of_every_kind_run_the_same() => FixesAndRuns("""
        class Program
        {
            private readonly string[] xs = ["a", "b", "", "d", "e", "f", "g", "h", "i", "j"];
            private string field = "f";

            string Property
            {
                get
                {
                    var s = "";
                    foreach (var x in xs)
                        s += x + field;
                    return s;
                }
                set
                {
                    foreach (var x in xs)
                        field += x + value.Length;
                }
            }

            string this[int n]
            {
                get { var s = "i"; for (var i = 0; i < n; i++) { s += xs[i % xs.Length] + i; } return s; }
            }

            string Generic<T>(IEnumerable<T> items, T extra)
            {
                var s = "g";
                foreach (var item in items)
                    s += item + ":" + extra + item;
                return s;
            }

            string Run(int n)
            {
                Property = "xy";
                string Local(int m)
                {
                    var s = "l";
                    while (m-- > 0) s += m + ",";
                    return s;
                }

                Func<int, string> lambda = m =>
                {
                    var s = "m";
                    for (; m > 0; m--) s += m + "," + n;
                    return s;
                };
                return Property + field + this[n] + Generic(new[] { 1, 2 }, 3) + Generic(xs, "e") + Generic(new DayOfWeek?[] { null, DayOfWeek.Friday }, null) + Local(n) + lambda(n);
            }
        }
        """, [0], [3], [20]);

    [Theory]
    [InlineData("foreach (var x in xs) s += x + \";\" + 1.5 + 'c' + true + null + xs.Length;")]
    [InlineData("foreach (var x in xs) { s = s + x; s += $\"{x}:{x.Length}\"; }")]
    public Task Older_frameworks_and_languages_get_a_builder_too(string statements) => FixesAndRuns($$"""
        using System;
        class Program
        {
            static string Run(string[] xs)
            {
                var s = "";
                {{statements}}
                return s;
            }
        }
        """, Inputs, target: Target.Net100.CSharp(7));

    [Fact]
    public Task The_value_of_a_setter_is_declared_nowhere() => FixesAndRuns("""
        class Program
        {
            private string text = "";

            private string Text
            {
                get => text;
                set
                {
                    foreach (var x in value.Split(','))
                        value += x + ";";

                    try
                    {
                        for (var i = 0; i < 10; i++)
                            value += i + "|";

                        foreach (var part in value.Split('|'))
                            value = value is { Length: > 3 } v ? value + v[0] : value + part;
                    }
                    catch (FormatException)
                    {
                        text = "caught";
                    }

                    text = value;
                }
            }

            static string Run(string[] xs)
            {
                var program = new Program();
                foreach (var x in xs)
                    program.Text = x;

                return program.Text;
            }
        }
        """, Inputs);

    private static Arguments[] Inputs => [.. Texts.Select(texts => Only(texts))];

    private static Arguments Only(object? argument) => [argument];
}
