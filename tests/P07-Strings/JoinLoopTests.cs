namespace HotPath.Tests;

public sealed class JoinLoopTests : RuleTests<JoinLoopAnalyzer, JoinLoopFix>
{
    // What is reported

    [Fact]
    public Task The_message_names_the_text_and_the_elements() => ReportsWarning("""
        class C
        {
            string M(string[] names)
            {
                var text = "";
                [|foreach (var name in names)|]
                {
                    if (text != "")
                        text += ", ";

                    text += name;
                }

                return text;
            }
        }
        """, message: "'text' is copied as a whole for every element in the loop over 'names': O(n²); string.Join makes it in one go");

    [Fact]
    public Task Pieces_that_calls_write_out_are_few() => ReportsInfo(
        "class C { string M(params string[] xs) { var s = \"\"; [|foreach (var x in xs)|] s += x; return s; } }");

    [Theory]
    [InlineData("[|foreach (var x in xs)|] s += x;")]
    [InlineData("[|foreach (var x in xs)|] s = s + x;")]
    [InlineData("[|foreach (var x in xs)|] { s += x.Trim(); }")]
    [InlineData("[|foreach (var x in xs)|] s = string.Concat(s, x);")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] s += xs[i];")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { if (i > 0) s += \",\"; s += xs[i]; }")]
    [InlineData("[|for (int i = 0; i < xs.Length; ++i)|] { if (i != 0) { s += ','; } s += xs[i]; }")]
    [InlineData("[|for (var i = 0; i < xs.Length; i += 1)|] { if (0 < i) s += separator; s = s + xs[i]; }")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { s += xs[i]; if (i < xs.Length - 1) s += \",\"; }")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { s += xs[i]; if (i != xs.Length - 1) s += \",\"; }")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { s += xs[i]; if (i + 1 < xs.Length) s += \",\"; }")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] s += (i > 0 ? \",\" : \"\") + xs[i];")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { if (i == 0) s = xs[i]; else s += \",\" + xs[i]; }")]
    [InlineData("[|for (var i = 0; i < n; i++)|] { if (i > 0) s += \",\"; s += i; }")]
    [InlineData("[|foreach (var x in xs)|] { if (s != \"\") s += \", \"; s += x; }")]
    [InlineData("[|foreach (var x in xs)|] { if (s.Length > 0) s += separator; s += x; }")]
    [InlineData("[|foreach (var x in xs)|] { if (!string.IsNullOrEmpty(s)) s += Environment.NewLine; s += x; }")]
    [InlineData("[|foreach (var x in xs)|] { if (s == \"\") s = x; else s += \",\" + x; }")]
    [InlineData("[|foreach (var x in xs)|] { if (s.Length > 0) s += \",\" + x; else s += x; }")]
    [InlineData("[|foreach (var x in xs)|] s = s == \"\" ? x : s + \",\" + x;")]
    [InlineData("[|foreach (var x in xs)|] s += s == \"\" ? x : \",\" + x;")]
    [InlineData("[|foreach (var x in xs)|] s += (s.Length == 0 ? \"\" : \",\") + x;")]
    [InlineData("var first = true; [|foreach (var x in xs)|] { if (first) first = false; else s += \",\"; s += x; }")]
    [InlineData("var first = true; [|foreach (var x in xs)|] { if (!first) s += \",\"; s += x; first = false; }")]
    [InlineData("var first = true; [|foreach (var x in xs)|] { if (!first) { s += \",\"; } first = false; s += x; }")]
    [InlineData("var some = false; [|foreach (var x in xs)|] { if (some) s += \",\"; s += x; some = true; }")]
    [InlineData("var count = 0; [|foreach (var x in xs)|] { if (count > 0) s += \",\"; s += x; count++; }")]
    [InlineData("var count = 0; [|foreach (var x in xs)|] { if (count++ > 0) s += \",\"; s += x; }")]
    [InlineData("var comma = \"\"; [|foreach (var x in xs)|] { s += comma + x; comma = \",\"; }")]
    [InlineData("[|foreach (var x in xs)|] s += x + \",\"; s = s.TrimEnd(',');")]
    [InlineData("[|foreach (var x in xs)|] s += x + \",\"; s = s.Substring(0, s.Length - 1);")]
    [InlineData("[|foreach (var x in xs)|] s += x + \",\"; s = s.Remove(s.Length - 1);")]
    [InlineData("[|foreach (var x in xs)|] s += x + \",\"; s = s.Remove(s.Length - 1, 1);")]
    [InlineData("[|foreach (var x in xs)|] s += x + \", \"; s = s[..^2];")]
    [InlineData("[|foreach (var x in xs)|] { s += x; s += \",\"; } if (s.Length > 0) s = s.Substring(0, s.Length - 1);")]
    [InlineData("[|foreach (var x in xs)|] s += x + \",\"; Console.WriteLine(s.TrimEnd(','));")]
    [InlineData("[|foreach (var x in xs)|] { if (s != \"\") s += \"&\"; s += x + \"=\" + x.Length; }")]
    [InlineData("[|foreach (var x in xs)|] { if (s != \"\") s += \"&\"; s += $\"{x}={x.Length}\"; }")]
    public Task Reports_every_form_of_joining(string statements) => Reports($$"""
        class C
        {
            string M(string[] xs, string separator, int n)
            {
                var s = "";
                {{statements}}
                return s;
            }
        }
        """);

    [Theory]
    [InlineData("[|foreach (var c in chars)|] s += c;", "return new string(chars);", "new string")]
    [InlineData("[|foreach (char c in chars)|] { s = s + c; }", "return new string(chars);", "new string")]
    [InlineData("[|for (var i = 0; i < chars.Length; i++)|] s += chars[i];", "return new string(chars);", "new string")]
    [InlineData("[|foreach (var c in letters)|] s += c;", "return string.Concat(letters);", "string.Concat")]
    [InlineData("[|foreach (var c in chars)|] s += char.ToUpper(c);", "return string.Concat(chars.Select(c => char.ToUpper(c)));", "string.Concat")]
    [InlineData("[|foreach (var x in xs)|] s += x[0];", "return string.Concat(xs.Select(x => x[0]));", "string.Concat")]
    [InlineData("[|foreach (var c in chars)|] { if (s != \"\") s += \"-\"; s += c; }", "return string.Join(\"-\", chars);", "string.Join")]
    public async Task Characters_are_put_together(string loop, string after, string maker)
    {
        string Class(string statements) => $$"""
            class C
            {
                string M(char[] chars, List<char> letters, string[] xs)
                {
                    {{statements}}
                }
            }
            """;

        await Fixes(Class($"var s = \"\";\n        {loop}\n        return s;"), Class(after));
        await ReportsWarning(Class($"var s = \"\"; {loop} return s;"), $"'s' is copied as a whole for every element in {(loop.Contains("for (", StringComparison.Ordinal) ? "the loop 'i < chars.Length'" : $"the loop over '{loop[(loop.IndexOf(" in ", StringComparison.Ordinal) + 4)..loop.IndexOf(")|]", StringComparison.Ordinal)]}'")}: O(n²); {maker} makes it in one go");
    }

    [Theory]
    [InlineData("foreach (var c in text) s += c;")]
    [InlineData("for (var i = 0; i < text.Length; i++) s += char.ToUpper(text[i]);")]
    [InlineData("foreach (var c in text.AsSpan()) s += c;")]
    [InlineData("foreach (var c in chars) if (c != ' ') s += c;")]
    [InlineData("foreach (var c in chars) s = c + s;")]
    public Task Characters_of_a_text_are_for_a_builder(string loop) => Reports($$"""
        class C
        {
            string M(char[] chars, string text)
            {
                var s = "";
                {{loop}}
                return s;
            }
        }
        """);

    [Fact]
    public Task Reports_the_inner_loop_where_the_outer_one_resets() => Reports("""
        class C
        {
            void M(string[][] rows)
            {
                foreach (var row in rows)
                {
                    var line = "";
                    [|foreach (var cell in row)|]
                    {
                        if (line != "")
                            line += ";";

                        line += cell;
                    }

                    Console.WriteLine(line);
                }
            }
        }
        """);

    [Fact]
    public Task Reports_everywhere() => ReportsEverywhere("""
        var text = "";
        [|foreach (var line in Lines())|]
            text += line;

        Console.WriteLine(text);
        """, "private static string[] Lines() => [\"a\", \"b\"];");

    // What is not

    [Theory]
    [InlineData("foreach (var x in xs) s += x + \",\";")]
    [InlineData("foreach (var x in xs) s += \"-\";")]
    [InlineData("foreach (var x in xs) s += $\"{x};\";")]
    [InlineData("foreach (var c in separator) s += c;")]
    [InlineData("foreach (var x in xs) { Console.WriteLine(x); s += x; }")]
    [InlineData("foreach (var x in xs) if (x != \"\") s += x;")]
    [InlineData("foreach (var x in xs) { if (x == \"\") continue; s += x; }")]
    [InlineData("foreach (var x in xs) { s += x; if (x == \"end\") break; }")]
    [InlineData("foreach (var x in xs) { if (x != xs[0]) s += \",\"; s += x; }")]
    [InlineData("foreach (var x in xs) s = x + s;")]
    [InlineData("foreach (var x in xs) { s += x; n++; }")]
    [InlineData("foreach (var x in xs) foreach (var c in x) s += c;")]
    [InlineData("foreach (var x in xs) { foreach (var y in xs) s += y; s += x; }")]
    [InlineData("var i = 0; while (i < n) s += xs[i++];")]
    [InlineData("for (var i = 0; i < n; i++) s += xs[n - i];")]
    [InlineData("xs.ToList().ForEach(x => s += x);")]
    [InlineData("var t = \"\"; foreach (var x in xs) { s += x; t += x; }")]
    [InlineData("foreach (var x in xs) { s += x; Console.WriteLine(s); }")]
    [InlineData("foreach (var x in new[] { \"a\", \"b\" }) { if (s != \"\") s += \",\"; s += x; }")]
    [InlineData("foreach (var x in xs) { if (s.Length > 80) s = \"\"; s += x; }")]
    public Task Quiet_where_the_loop_does_more(string statements) => Reports($$"""
        class C
        {
            string M(string[] xs, string separator, int n)
            {
                var s = "";
                {{statements}}
                return s;
            }
        }
        """);

    [Fact]
    public Task Quiet_for_await_foreach_and_awaited_elements() => Reports("""
        class C
        {
            async Task<string> M(IAsyncEnumerable<string> xs, Task<string>[] tasks)
            {
                var s = "";
                await foreach (var x in xs)
                    s += x;

                foreach (var task in tasks)
                    s += await task;

                return s;
            }
        }
        """);

    // What the fix writes: one call

    [Theory]
    [InlineData("[|foreach (var x in xs)|] s += x;", "string.Concat(xs)")]
    [InlineData("[|foreach (var x in xs)|] s += x.Trim();", "string.Concat(xs.Select(x => x.Trim()))")]
    [InlineData("[|foreach (var x in list)|] s += x;", "string.Concat(list)")]
    [InlineData("[|foreach (var x in numbers)|] s += x;", "string.Concat(numbers)")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] s += xs[i];", "string.Concat(xs)")]
    [InlineData("[|for (var i = 0; i < list.Count; i++)|] { if (i > 0) s += ','; s += list[i]; }", "string.Join(\",\", list)")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { if (i > 0) s += separator; s += xs[i].Trim() + \"!\"; }", "string.Join(separator, xs.Select(item => item.Trim() + \"!\"))")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { s += xs[i]; if (i < xs.Length - 1) s += \",\"; }", "string.Join(\",\", xs)")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] s += (i > 0 ? \",\" : \"\") + xs[i];", "string.Join(\",\", xs)")]
    [InlineData("[|foreach (var x in numbers)|] { if (s != \"\") s += \", \"; s += x; }", "string.Join(\", \", numbers)")]
    [InlineData("[|foreach (var x in xs)|] { if (s.Length > 0) s += \"&\"; s += x + \"=\" + x.Length; }", "string.Join(\"&\", xs.Select(x => x + \"=\" + x.Length))")]
    [InlineData("[|foreach (var x in xs)|] { if (s.Length > 0) s += \"&\"; s += $\"{x}={x.Length}\"; }", "string.Join(\"&\", xs.Select(x => $\"{x}={x.Length}\"))")]
    [InlineData("var first = true; [|foreach (var x in xs)|] { if (first) first = false; else s += \",\"; s += x; }", "string.Join(\",\", xs)")]
    [InlineData("var first = true; [|foreach (var x in xs)|] { if (!first) s += \",\"; s += x; first = false; }", "string.Join(\",\", xs)")]
    [InlineData("var count = 0; [|foreach (var x in xs)|] { if (count > 0) s += \",\"; s += x; count++; }", "string.Join(\",\", xs)")]
    [InlineData("var count = 0; [|foreach (var x in xs)|] { if (count++ > 0) s += \",\"; s += x; }", "string.Join(\",\", xs)")]
    [InlineData("var comma = \"\"; [|foreach (var x in xs)|] { s += comma + x; comma = \",\"; }", "string.Join(\",\", xs)")]
    [InlineData("[|foreach (var x in xs)|] s += x + \", \"; if (s.Length > 0) s = s.Substring(0, s.Length - 2);", "string.Join(\", \", xs)")]
    [InlineData("[|foreach (var x in xs)|] s += x + \",\"; if (s != \"\") { s = s.Remove(s.Length - 1); }", "string.Join(\",\", xs)")]
    [InlineData("[|foreach (var x in numbers)|] s += x + \",\"; s = s.TrimEnd(',');", "string.Join(\",\", numbers)")]
    public Task One_call_takes_the_place_of_the_loop(string statements, string call) => Fixes($$"""
        class C
        {
            string M(string[] xs, List<string> list, int[] numbers, string separator)
            {
                var s = "";
                {{statements}}
                return s;
            }
        }
        """, $$"""
        class C
        {
            string M(string[] xs, List<string> list, int[] numbers, string separator)
            {
                return {{call}};
            }
        }
        """);

    [Fact]
    public Task Comments_and_other_uses_stay() => Fixes("""
        class C
        {
            string M(string[] names)
            {
                // the names
                string text = "";

                // all of them
                [|for (var i = 0; i < names.Length; i++)|]
                {
                    // not before the first
                    if (i > 0)
                        text += ", ";

                    text += names[i];
                }

                Console.WriteLine(text);
                return text;
            }
        }
        """, """
        class C
        {
            string M(string[] names)
            {
                // the names
                // all of them
                // not before the first
                string text = string.Join(", ", names);

                Console.WriteLine(text);
                return text;
            }
        }
        """);

    [Fact]
    public Task Text_that_is_there_already_is_kept() => Fixes("""
        class C
        {
            string M(string[] names, string text)
            {
                var prefix = "names: ";
                [|foreach (var name in names)|]
                    prefix += name;

                var other = "";
                Console.WriteLine(other);
                [|foreach (var name in names)|]
                    other += name;

                [|foreach (var name in names)|]
                    text += name;

                return prefix + other + text;
            }
        }
        """, """
        class C
        {
            string M(string[] names, string text)
            {
                var prefix = "names: ";
                prefix += string.Concat(names);

                var other = "";
                Console.WriteLine(other);
                other = string.Concat(names);

                text += string.Concat(names);

                return prefix + other + text;
            }
        }
        """);

    [Fact]
    public Task A_missing_using_is_added() => Fixes("""
        using System;

        class C
        {
            string M(string[] names)
            {
                if (names.Length == 0)
                    return "";

                var s = "";
                [|foreach (var name in names)|]
                    s += name.Trim();

                return s;
            }
        }
        """, """
        using System;
        using System.Linq;

        class C
        {
            string M(string[] names)
            {
                if (names.Length == 0)
                    return "";

                return string.Concat(names.Select(name => name.Trim()));
            }
        }
        """, target: Target.Net472.CSharp(7));

    [Fact]
    public Task Top_level_statements_are_fixed() => Fixes("""
        var s = "";
        [|foreach (var arg in args)|]
            s += arg;

        Console.WriteLine(s);
        """, """
        var s = string.Concat(args);

        Console.WriteLine(s);
        """);

    // What the fix writes: a builder

    [Theory]
    [InlineData("[|foreach (var x in xs)|] { if (s != \"\") s += \", \"; s += x; }", "foreach (var x in xs) { if (builder.Length > 0) builder.Append(\", \"); builder.Append(x); }")]
    [InlineData("[|foreach (var x in xs)|] s = s == \"\" ? x : s + \",\" + x;", "foreach (var x in xs) builder.Append(builder.Length == 0 ? x : \",\" + x);")]
    [InlineData("[|foreach (var x in xs)|] { if (s == \"\") s = x; else s += \",\" + x; }", "foreach (var x in xs) { if (builder.Length == 0) builder.Append(x); else builder.Append(\",\").Append(x); }")]
    [InlineData("[|foreach (char x in \"a long enough text\")|] { if (s == \"\") s += x; else s += \",\" + x; }", "foreach (char x in \"a long enough text\") { if (builder.Length == 0) builder.Append(x); else builder.Append(\",\").Append(x); }")]
    [InlineData("[|foreach (string x in things)|] s += x;", "foreach (string x in things) builder.Append(x);")]
    [InlineData("[|foreach (var x in objects)|] s += x;", "foreach (var x in objects) builder.Append(x);")]
    [InlineData("[|for (var i = 0; i < xs.Length; i++)|] { if (i > 0) s += \",\"; s += i + xs[i]; }", "for (var i = 0; i < xs.Length; i++) { if (i > 0) builder.Append(\",\"); builder.Append(i).Append(xs[i]); }")]
    [InlineData("[|foreach (var x in xs)|] s += n++ + x.Length;", "foreach (var x in xs) builder.Append(n++ + x.Length);")]
    public Task A_builder_where_a_call_would_show_a_difference(string before, string after) => Fixes($$"""
        class C
        {
            string M(string[] xs, System.Collections.ArrayList things, object[] objects, int n)
            {
                var s = "";
                {{before}}
                return s;
            }
        }
        """, $$"""
        class C
        {
            string M(string[] xs, System.Collections.ArrayList things, object[] objects, int n)
            {
                var builder = new StringBuilder();
                {{after}}
                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task A_source_that_may_be_null_gets_a_builder() => Fixes("""
        class C
        {
            string M(string[] xs)
            {
                var s = "";
                [|foreach (var x in xs)|]
                    s += x;

                return s;
            }
        }
        """, """
        class C
        {
            string M(string[] xs)
            {
                var builder = new StringBuilder();
                foreach (var x in xs)
                    builder.Append(x);

                return builder.ToString();
            }
        }
        """, target: Target.Net100.Oblivious);

    [Fact]
    public Task No_fix_where_the_text_begins_as_null() => HasNoFix("""
        class C
        {
            string? M(string[] xs)
            {
                string? s = null;
                [|foreach (var x in xs)|]
                {
                    if (s == null)
                        s = x;
                    else
                        s += "," + x;
                }

                return s;
            }
        }
        """);
}
