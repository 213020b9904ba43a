namespace HotPath.Tests;

public sealed class StringConsumedFromFrontTests : RuleTests<StringConsumedFromFrontAnalyzer, StringConsumedFromFrontFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            private string field = "";

            int M(string s, string[] parts, int n, TextReader reader)
            {
                var count = 0;
                {{statements}}
                return count;
            }

            static void Use(object? o) { }
        }
        """;

    [Theory]
    [InlineData("while (s.Length > 0) { Use(s[0]); [|s = s.Substring(1)|]; }")]
    [InlineData("while (s != \"\") { Use(s[0]); [|s = s[1..]|]; }")]
    [InlineData("while (!string.IsNullOrEmpty(s)) { Use(s[0]); [|s = s.Remove(0, 1)|]; }")]
    [InlineData("while (s.Length > n) { Use(s.Substring(0, n)); [|s = s.Substring(n)|]; }")]
    [InlineData("while (s.Length > n) { Use(s.Substring(0, n)); [|s = s.Substring(n, s.Length - n)|]; }")]
    [InlineData("while (s.Contains(',')) { var i = s.IndexOf(','); Use(s.Substring(0, i)); [|s = s.Substring(i + 1)|]; }")]
    [InlineData("int i; while ((i = s.IndexOf(',')) >= 0) { Use(s.Substring(0, i)); [|s = s.Substring(i + 1)|]; }")]
    [InlineData("var i = s.IndexOf(','); while (i >= 0) { Use(s.Substring(0, i)); [|s = s.Substring(i + 1)|]; i = s.IndexOf(','); }")]
    [InlineData("while (true) { var i = s.IndexOf(','); if (i < 0) break; [|s = s.Substring(i + 1)|]; }")]
    [InlineData("while (s.Length > 0) { [|s = s.Substring(1).TrimStart()|]; }")]
    [InlineData("while (s.Length > 0) { Use(s[0]); [|s = s.Substring(1)|]; s = s.TrimStart(); }")]
    [InlineData("for (; s.Length > 0; [|s = s.Substring(1)|]) count++;")]
    [InlineData("while (field.Length > 0) { Use(field[0]); [|field = field.Substring(1)|]; }")]
    [InlineData("var rest = s; while (rest.Length > 0) { if (rest[0] == '\"') { [|rest = rest.Substring(2)|]; continue; } rest = rest.Substring(1); }")]
    [InlineData("while (s.Length > 0) { var i = s.IndexOf(','); if (i < 0) { Use(s); s = \"\"; } else { Use(s.Substring(0, i)); [|s = s.Substring(i + 1)|]; } }")]
    public Task Reports_cuts_that_are_the_progress(string statements) => ReportsWarning(Class(statements));

    [Theory]
    [InlineData("do { [|s = s.Substring(1)|]; } while (s.StartsWith(\"x\"));")]
    [InlineData("while (s.StartsWith('0')) [|s = s.Substring(1)|];")]
    [InlineData("while (s.Length > 0 && (s[0] == '-' || s[0] == '+')) [|s = s[1..]|];")]
    [InlineData("while (s.Length > 0 && char.IsDigit(s[0])) { count++; [|s = s.Remove(0, 1)|]; }")]
    [InlineData("while (s.Length > 0 && s[0] is ' ' or '\\t') [|s = s.Substring(1)|];")]
    public Task Trimming_is_informative(string statements) => ReportsInfo(Class(statements));

    [Fact]
    public Task The_message_names_text_and_loop() => ReportsWarning(Class("while (s.Length > 0) [|s = s.Substring(1)|];"),
        "'s = s.Substring(1)' copies all that is left of 's' in each iteration of the loop 's.Length > 0': O(n²) characters; keep a position or a span");

    [Theory]
    [InlineData("s = s.Substring(1); Use(s);")]
    [InlineData("foreach (var part in parts) { var t = part; t = t.Substring(1); Use(t); }")]
    [InlineData("while (n-- > 0) { var t = parts[n]; t = t.Substring(1); Use(t); }")]
    [InlineData("string? line; while ((line = reader.ReadLine()) != null) { line = line.Substring(1); Use(line); }")]
    [InlineData("while (s.Length > 0) { s = parts[n++]; s = s.Substring(1); }")]
    [InlineData("foreach (var part in parts) if (s.StartsWith(part)) s = s.Substring(part.Length);")]
    [InlineData("while (s.Length > 0) s = s.Substring(0, s.Length - 1);")]
    [InlineData("while (s.Length > 0) s = s[..^1];")]
    [InlineData("while (s.EndsWith(\"x\")) s = s.TrimEnd('x');")]
    [InlineData("var t = \"short\"; while (t.Length > 0) { Use(t[0]); t = t.Substring(1); }")]
    [InlineData("while (s.Length > 0) { s = s.Substring(1); break; }")]
    [InlineData("var t = s; while (n-- > 0) { t = s.Substring(n); Use(t); }")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => ReportsEverywhere("""
        var line = File.ReadAllText("a");
        while (line.Length > 0)
        {
            Console.WriteLine(line[0]);
            [|line = line.Substring(1)|];
        }
        """);

    private static string Method(string body) => "class C\n{\n    static int M(string s, int n)\n    {\n        var count = 0;\n        " + body.Replace("\n", "\n        ").Replace("\n        \n", "\n\n") + "\n        return count;\n    }\n\n    static void Use(object o) { }\n}\n";

    [Theory]
    [InlineData("while (s.Length > 0)\n{\n    // Each.\n    if (s[0] == 'x')\n        count++;\n\n    [|s = s.Substring(1)|]; // next\n}", "var rest = s.AsSpan();\nwhile (rest.Length > 0)\n{\n    // Each.\n    if (rest[0] == 'x')\n        count++;\n\n    rest = rest.Slice(1); // next\n}")]
    [InlineData("while (s != \"\")\n{\n    Use(s[..1]);\n    [|s = s[1..]|];\n}", "var rest = s.AsSpan();\nwhile (rest.Length > 0)\n{\n    Use(rest[..1].ToString());\n    rest = rest[1..];\n}")]
    [InlineData("int i;\nwhile ((i = s.IndexOf(',')) >= 0)\n{\n    Use(s.Substring(0, i));\n    [|s = s.Substring(i + 1)|];\n}\n\nUse(s);", "int i;\nvar rest = s.AsSpan();\nwhile ((i = rest.IndexOf(',')) >= 0)\n{\n    Use(rest.Slice(0, i).ToString());\n    rest = rest.Slice(i + 1);\n}\n\ns = rest.ToString();\nUse(s);")]
    [InlineData("while (!string.IsNullOrEmpty(s))\n    [|s = s.Remove(0, 1)|];", "var rest = s.AsSpan();\nwhile (rest.Length > 0)\n    rest = rest.Slice(1);")]
    [InlineData("while (s.Contains(\"ab\", StringComparison.Ordinal))\n{\n    count++;\n    [|s = s.Substring(s.IndexOf(\"ab\", StringComparison.Ordinal) + 2)|];\n}", "var rest = s.AsSpan();\nwhile (rest.Contains(\"ab\", StringComparison.Ordinal))\n{\n    count++;\n    rest = rest.Slice(rest.IndexOf(\"ab\", StringComparison.Ordinal) + 2);\n}")]
    public Task Reads_through_a_span(string before, string after) => Fixes(Method(before), Method(after));

    [Theory]
    // A span compares by code, the string as the culture does.
    [InlineData("while (s.StartsWith(\"x\")) { count++; [|s = s.Substring(1)|]; }")]
    [InlineData("while (s.IndexOf(\"ab\") >= 0) { count++; [|s = s.Substring(1)|]; }")]
    // The text itself is needed.
    [InlineData("while (s.Length > 0) { Use(s); [|s = s.Substring(1)|]; }")]
    [InlineData("while (s.Length > 0) { Use($\"{s}\"); [|s = s.Substring(1)|]; }")]
    [InlineData("Action show = () => Use(s); while (s.Length > 0) { show(); [|s = s.Substring(1)|]; }")]
    [InlineData("try { while (s.Length > 0) { count += 10 / (s[0] - 'a'); [|s = s.Substring(1)|]; } } catch (DivideByZeroException) { Use(s); }")]
    [InlineData("while (s.Length > 0) { if (s.Length == 3) s = \"\"; else [|s = s.Substring(1)|]; }")]
    public Task Has_no_fix(string body) => HasNoFix(Method(body));

    [Fact]
    public Task A_span_does_not_live_in_async_methods_and_iterators() => HasNoFix("""
        class C
        {
            static async Task<int> M(string s)
            {
                var count = 0;
                while (s.Length > 0)
                {
                    await Task.Yield();
                    [|s = s.Substring(1)|];
                }

                return count;
            }

            static IEnumerable<char> N(string s)
            {
                while (s.Length > 0)
                {
                    yield return s[0];
                    [|s = s.Substring(1)|];
                }
            }
        }
        """);

    [Fact]
    public Task Older_frameworks_have_no_spans() => HasNoFix("""
        class C
        {
            static int M(string s)
            {
                var count = 0;
                while (s.Length > 0)
                {
                    count += s[0];
                    [|s = s.Substring(1)|];
                }

                return count;
            }
        }
        """, Target.Net472);

    [Fact]
    public Task What_may_be_null_stays() => HasNoFix("""
        class C
        {
            static int M(string? s)
            {
                var count = 0;
                while (s!.Length > 0)
                {
                    count += s[0];
                    [|s = s.Substring(1)|];
                }

                return count;
            }
        }
        """);

    [Theory]
    [InlineData("while (s.Length > 0) { sum = sum * 31 + s[0]; s = s.Substring(1); }")]
    [InlineData("while (s.Length > 2) { sum = sum * 31 + int.Parse(s.Substring(0, 2)); s = s.Substring(2); }")]
    [InlineData("while (true) { var i = s.IndexOf(','); if (i < 0) break; Trace.Log(s.Substring(0, i)); s = s.Substring(i + 1); } Trace.Log(s);")]
    [InlineData("while (s.Length > 0) { sum += s[^1] + s[0]; s = s[1..]; } Trace.Log(\"<\" + s + \">\");")]
    [InlineData("while (s.Length > 0) { sum += s[1]; s = s.Remove(0, 2); }")]
    [InlineData("while (s != \"\") { s = s.Substring(1).TrimStart(); Trace.Log(s.Length); }")]
    [InlineData("for (var k = 0; k < 3; k++) { while (s.Length > k) { sum += k; s = s.Substring(2); } Trace.Log(s); }")]
    [InlineData("do { sum++; s = s.Substring(1); } while (!string.IsNullOrEmpty(s));")]
    [InlineData("for (var k = 0; k < 3; k++) { while (s.Length > 2 - k) { sum = sum * 7 + s[0]; s = s.Substring(1); } }")]
    [InlineData("while (s.Length > 1) { sum += s[0]; s = s.Substring(1); } s += \"!\"; sum += s.Length; s = \"\";")]
    [InlineData("again: while (s.Length > 1) { sum = sum * 3 + s[0]; s = s.Substring(1); if (s[0] == ',') break; } if (sum++ % 5 != 0 && s.Length > 1) goto again;")]
    [InlineData("try { while (s.Length > 0) { sum += s[2]; s = s.Substring(1); } } finally { Trace.Log(s); }")]
    [InlineData("try { while (s.Length > 0) { sum += s[2]; s = s.Substring(1); } } catch (IndexOutOfRangeException) { sum = -sum; }")]
    [InlineData("while (s.Length > 0) { try { sum += s[2]; } catch (IndexOutOfRangeException) { sum -= s.Length; } s = s.Substring(1); }")]
    [InlineData("var t = s; while (t.Length > 0) { sum = sum * 3 + t[0]; t = t.Substring(Math.Min(2, t.Length)); } Trace.Log(s + t);")]
    [InlineData("while (s.Length > 0) { switch (s[0]) { case ',': s = s.Substring(1); break; default: var i = s.IndexOf(','); s = i < 0 ? \"\" : s.Substring(i); break; } sum++; }")]
    [InlineData("int F(string u) { var n = 0; while (u.Length > 0) { n += u[0]; u = u.Remove(0, 1); } return n; } sum = F(s) + F(s + s);")]
    [InlineData("while (s.Length > 0 && s[0] == ' ') s = s.Substring(1); Trace.Log(s);")]
    [InlineData("while (s.Length > 0) { if (s[0] == ',') { s = s.Substring(3); continue; } if (s[0] == 'q') return sum; s = s.Substring(1); sum++; }")]
    public Task Does_the_same(string statements) => FixesAndRuns($$"""
        class C
        {
            static int Run(string s)
            {
                var sum = 0;
                {{statements}}
                return sum;
            }
        }
        """, [[""], ["a"], ["12,34,5"], ["  ab, cd,,x"], ["İı,ß"], ["abcq"]], expectFix: null);
}
