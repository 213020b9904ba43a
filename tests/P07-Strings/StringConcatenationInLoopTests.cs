namespace HotPath.Tests;

public sealed class StringConcatenationInLoopTests : RuleTests<StringConcatenationInLoopAnalyzer, StringConcatenationInLoopFix>
{
    // What is reported

    [Fact]
    public Task The_message_names_the_text_and_the_loop() => ReportsWarning("""
        class C
        {
            string M(string[] lines)
            {
                var text = "";
                foreach (var line in lines)
                    [|text += line + "\n"|];

                return text;
            }
        }
        """, message: "'text' is copied as a whole in every iteration of the loop over 'lines': O(n²); append to a StringBuilder");

    [Theory]
    [InlineData("if (xs.Length > 9) { s += \"Too many:\"; foreach (var x in xs) { s += x; s += \";\"; } throw new Exception(s); }")]
    [InlineData("if (xs.Length < 9) Console.Write(s); else { foreach (var x in xs) { if (x == s) continue; s += x; s += \";\"; } throw new Exception(s); }")]
    public Task Silent_where_a_branch_only_prepares_an_exception(string statements) => Reports($"class C {{ string M(string[] xs) {{ var s = \"\"; {statements} return s; }} }}");

    [Theory]
    [InlineData("foreach (var x in xs) { [|s += x|]; s += \";\"; if (s.Length > 9) return s; } throw new Exception(s);")]
    [InlineData("if (xs.Length > 9) { foreach (var x in xs) { [|s += x|]; s += \";\"; if (s.Length > 9) return s; } throw new Exception(s); } return s;")]
    [InlineData("while (s == \"\") if (xs.Length > 9) { foreach (var x in xs) { [|s += x|]; s += \";\"; } if (xs.Length > 10) break; throw new Exception(s); } return s;")]
    public Task Not_where_it_may_return(string statements) => ReportsWarning($"class C {{ string M(string[] xs) {{ var s = \"\"; {statements} }} }}");

    [Theory]
    [InlineData("foreach (var x in xs) { [|s += x|]; Console.Write(x); }")]
    [InlineData("foreach (var line in lines) { s = \"\"; foreach (var x in xs) { [|s += x|]; Console.Write(x); } Console.Write(s); }")]
    public Task Pieces_that_calls_write_out_are_few(string statements) => ReportsInfo($"class C {{ string M(string[] lines, params string[] xs) {{ var s = \"\"; {statements} return s; }} }}");

    [Theory]
    [InlineData("for (var i = 0; i < n; i++) [|s += \"  \"|];")]
    [InlineData("for (var i = 0; i < n; i++) [|s += indent|];")]
    [InlineData("for (var i = 0; i < n; i++) { [|s += '|'|]; s += indent; }")]
    [InlineData("while (s.Length < n) [|s = \"0\" + s|];")]
    public Task Padding_is_short(string statements) => ReportsInfo($"class C {{ private readonly string indent = \"  \"; string M(int n) {{ var s = \"\"; {statements} return s; }} }}");

    [Theory]
    [InlineData("foreach (var line in lines) foreach (var x in xs) { [|s += x|]; Console.Write(x); }")]
    [InlineData("foreach (var x in xs) foreach (var line in lines) { [|s += x|]; Console.Write(x); }")]
    [InlineData("foreach (var x in xs) foreach (var c in x) { [|s += c|]; Console.Write(x); }")]
    public Task Pieces_of_other_loops_are_not(string statements) => ReportsWarning($"class C {{ string M(string[] lines, params string[] xs) {{ var s = \"\"; {statements} return s; }} }}");

    [Theory]
    [InlineData("""foreach (var x in xs) [|s += x + ";"|];""")]
    [InlineData("""foreach (var x in xs) [|s = s + x + ";"|];""")]
    [InlineData("""foreach (var x in xs) [|s = (s + x) + ";"|];""")]
    [InlineData("""foreach (var x in xs) [|s = s + (x + ";")|];""")]
    [InlineData("""foreach (var x in xs) [|s = x + s|];""")]
    [InlineData("""foreach (var x in xs) [|s = "(" + s + x + ")"|];""")]
    [InlineData("""foreach (var x in xs) [|s = $"{s}{x};"|];""")]
    [InlineData("""foreach (var x in xs) [|s = $"{x};{s}"|];""")]
    [InlineData("""foreach (var x in xs) [|s += $"{x};"|];""")]
    [InlineData("""foreach (var x in xs) [|s = string.Concat(s, x, ";")|];""")]
    [InlineData("""foreach (var x in xs) [|s = string.Concat(x, s)|];""")]
    [InlineData("""foreach (var x in xs) [|s = string.Format("{0}{1};", s, x)|];""")]
    [InlineData("""foreach (var x in xs) [|s = string.Join(";", s, x)|];""")]
    [InlineData("""foreach (var x in xs) [|s = s.Insert(0, x)|];""")]
    [InlineData("""foreach (var x in xs) [|s = (s ?? "") + x + ";"|];""")]
    [InlineData("""foreach (var x in xs) [|s += s|];""")]
    [InlineData("""foreach (var x in xs) { [|s += x|]; s += ";"; }""")]
    [InlineData("""foreach (var x in xs) if (x.Length > 3) [|s += x|];""")]
    [InlineData("""foreach (var c in xs[0]) [|s += c|];""")]
    [InlineData("""for (var i = 0; i < xs.Length; i++) [|s += i|];""")]
    [InlineData("""for (var i = 0; i < xs.Length; [|s += xs[i++]|]) { }""")]
    [InlineData("""for (var i = 0; i < 1000; i++) [|s += "x"|];""")]
    [InlineData("""var i = 0; while (i < xs.Length) [|s += xs[i++]|];""")]
    [InlineData("""var i = 0; do { [|s += xs[i++]|]; } while (i < xs.Length);""")]
    [InlineData("""string? line; while ((line = Console.ReadLine()) != null) [|s += line + "\n"|];""")]
    [InlineData("""xs.ToList().ForEach(x => [|s += x|]);""")]
    [InlineData("""Array.ForEach(xs, x => [|s += x|]);""")]
    [InlineData("""Array.ForEach(xs, x => { [|s += x|]; });""")]
    [InlineData("""_ = xs.Select(x => { [|s += x|]; return x.Length; }).Sum();""")]
    [InlineData("""_ = xs.Any(x => { [|s += x|]; return false; });""")]
    [InlineData("""foreach (var x in xs) foreach (var c in x) [|s += c|];""")]
    [InlineData("""foreach (var x in xs) { foreach (var c in x) [|s += c|]; s += "\n"; }""")]
    [InlineData("""foreach (var x in xs) { [|s += x + ";"|]; if (x == "end") break; }""")]
    [InlineData("""foreach (var x in xs) { if (x == "") continue; [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { try { [|s += int.Parse(x)|]; } catch { } }""")]
    [InlineData("""foreach (var x in xs) { try { x.Trim(); } finally { [|s += x|]; } }""")]
    [InlineData("""foreach (var x in xs) switch (x) { case "a": [|s += "A"|]; break; default: s += x; break; }""")]
    [InlineData("""foreach (var x in xs) { if (x == null) { s = "none"; break; } [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) lock (xs) [|s += x + ";"|];""")]
    public Task Reports_every_form_of_growth(string statement) => Reports($$"""
        class C
        {
            void M(string[] xs, string s)
            {
                {{statement}}
                Console.WriteLine(s);
            }
        }
        """);

    [Theory]
    [InlineData("""foreach (var x in xs) { if (s.Length > 1000) break; [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { if (s == "") Console.WriteLine(); [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { if ("" != s) Console.WriteLine(); [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { if (s == string.Empty) Console.WriteLine(); [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { if (string.IsNullOrEmpty(s)) Console.WriteLine(); [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { if (s is "") Console.WriteLine(); [|s += x + ";"|]; }""")]
    [InlineData("""foreach (var x in xs) { if (s.Length > 0 && s[s.Length - 1] != ' ') s += " "; s += x; }""", true)]
    [InlineData("""foreach (var x in xs) { if (s.Length > 0 && s[^1] != ' ') s += " "; s += x; }""", true)]
    [InlineData("""foreach (var x in xs) { if (s[0] == 'x') Console.WriteLine(); [|s += x + ";"|]; }""")]
    [InlineData("""while (s.Length < width) [|s = " " + s|];""")]
    [InlineData("""while (s.Length < width) [|s += " "|];""")]
    [InlineData("""foreach (var x in xs) { Console.WriteLine(nameof(s)); [|s += x + ";"|]; }""")]
    public Task Reports_where_a_builder_can_answer(string statement, bool first = false) => Reports($$"""
        class C
        {
            string M(string[] xs, string s, int width)
            {
                {{(first ? statement.Replace("s += \" \"", "[|s += \" \"|]") : statement)}}
                return s;
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var x in xs) { [|s += x + \";\"|]; if (x == \"end\") return s; }")]
    [InlineData("foreach (var x in xs) { [|s += x + \";\"|]; if (x == \"end\") throw new Exception(s); }")]
    [InlineData("foreach (var x in xs) { [|s += x + \";\"|]; if (x == \"end\") { Console.WriteLine(s); break; } }")]
    public Task Reports_where_the_text_is_read_on_the_way_out(string statement) => Reports($$"""
        class C
        {
            string M(string[] xs, string s)
            {
                {{statement}}
                return s;
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var x in xs) [|field += x|];")]
    [InlineData("foreach (var x in xs) [|this.field += x|];")]
    [InlineData("foreach (var x in xs) [|shared += x|];")]
    [InlineData("foreach (var x in xs) [|Text += x|];")]
    [InlineData("foreach (var x in xs) [|other.Text += x|];")]
    [InlineData("foreach (var x in xs) [|other.field = other.field + x|];")]
    [InlineData("foreach (var x in xs) [|parts[0] += x|];")]
    [InlineData("for (var i = 0; i < parts.Length; i++) foreach (var x in xs) [|parts[i] += x|];")]
    [InlineData("foreach (var x in xs) [|map[\"all\"] += x|];")]
    [InlineData("foreach (var x in xs) [|byRef += x|];")]
    public async Task Reports_fields_properties_and_elements_without_a_fix(string statement)
    {
        var source = $$"""
            class C
            {
                private string field = "";
                private static string shared = "";
                public string Text { get; set; } = "";

                void M(string[] xs, C other, string[] parts, Dictionary<string, string> map, ref string byRef)
                {
                    {{statement}}
                }
            }
            """;
        await HasNoFix(source);
    }

    [Fact]
    public Task Reports_a_captured_local_of_the_function_around() => HasNoFix("""
        class C
        {
            string M(string[] xs)
            {
                var s = "";
                Add();
                return s;

                void Add()
                {
                    foreach (var x in xs)
                        [|s += x + ";"|];
                }
            }
        }
        """);

    [Fact]
    public Task Reports_once_for_all_growths_of_one_text() => Reports("""
        class C
        {
            string M(string[] xs)
            {
                string a = "", b = "";
                foreach (var x in xs)
                {
                    if (x.Length == 0)
                        continue;

                    [|a += "<"|];
                    a += x;
                    [|b += x + ";"|];
                    a += ">";
                }

                return a + b;
            }
        }
        """);

    [Fact]
    public Task Reports_everywhere() => ReportsEverywhere("""
        var text = "";
        foreach (var line in Lines())
            [|text += line + "\n"|];

        Console.WriteLine(text);
        """, "private static string[] Lines() => [\"a\", \"b\"];");

    [Fact]
    public Task Reports_await_foreach_and_awaited_operands() => Reports("""
        class C
        {
            async Task<string> M(IAsyncEnumerable<string> xs)
            {
                var s = "";
                await foreach (var x in xs)
                    [|s += x|];

                var t = "";
                for (var i = 0; i < 100; i++)
                    [|t += await Task.FromResult(s)|];

                return s + t;
            }
        }
        """);

    [Fact]
    public Task The_inner_loop_counts_where_the_outer_one_resets() => Reports("""
        class C
        {
            List<string> M(string[][] rows)
            {
                var lines = new List<string>();
                var line = "";
                foreach (var row in rows)
                {
                    line = "";
                    foreach (var cell in row)
                        [|line += cell + ";"|];

                    lines.Add(line);
                }

                return lines;
            }
        }
        """);

    [Fact]
    public Task Reports_only_beyond_the_small_loop_of_the_options() => Reports("""
        class C
        {
            string M()
            {
                var s = "";
                for (var i = 0; i < 5; i++)
                    [|s += i|];

                return s;
            }
        }
        """, Target.Net100.Option("hotpath.small_loop = 4"));

    // What is not

    [Theory]
    [InlineData("foreach (var x in xs) { var s = \"\"; s += x; s += \";\"; Console.WriteLine(s); }")]
    [InlineData("string s; foreach (var x in xs) { s = x; s += \";\"; Console.WriteLine(s.Length); }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; if (s.Length > 100) { s = \"\"; } }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s = x + x; }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; Console.WriteLine(s); }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; if (s.Contains(\"!\")) break; }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; if (s.EndsWith(\"!\")) Console.WriteLine(); }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; if (s == x) Console.WriteLine(); }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; s = s.Trim(); }")]
    [InlineData("var s = \"\"; while (!s.EndsWith(\"!\")) s += Console.ReadLine();")]
    [InlineData("var s = \"\"; var all = new List<string>(); foreach (var x in xs) all.Add(s += x);")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; Change(ref s); }")]
    [InlineData("var s = \"\"; Func<string> get = () => s; foreach (var x in xs) { s += x; Console.WriteLine(get()); }")]
    [InlineData("var s = \"\"; string Get() => s; foreach (var x in xs) { s += x; Console.WriteLine(Get()); }")]
    [InlineData("var s = \"\"; ref var alias = ref s; foreach (var x in xs) { s += x; Console.WriteLine(alias); }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { try { s += x; } catch { Console.WriteLine(s); } }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { try { s += x; } finally { Console.WriteLine(s); } }")]
    [InlineData("var s = \"\"; try { foreach (var x in xs) s += x; } catch { Console.WriteLine(s); }")]
    [InlineData("var s = \"\"; try { foreach (var x in xs) s += x; } finally { Console.WriteLine(s); }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { try { int.Parse(x); } catch (Exception e) { s += e.Message; } }")]
    [InlineData("var s = \"\"; foreach (var x in xs) { if (x == \"end\") { s += x; break; } } Console.WriteLine(s);")]
    [InlineData("var s = \"\"; foreach (var x in xs) { s += x; return; }")]
    [InlineData("var s = \"\"; for (var i = 0; i < 4; i++) s += xs[i];")]
    [InlineData("var s = \"\"; foreach (var x in new[] { 1, 2, 3 }) s += x;")]
    [InlineData("var s = \"\"; foreach (var day in Enum.GetValues<DayOfWeek>()) s += day;")]
    [InlineData("var s = xs[0]; while (s.Length < 8) s = \"0\" + s;")]
    [InlineData("var s = xs[0]; while (s.Length < 20) s += \"*\";")]
    [InlineData("var s = \"\"; s += xs[0]; s += xs[1]; s = s + xs[2];")]
    [InlineData("var n = 0; foreach (var x in xs) n += x.Length;")]
    [InlineData("Action all = () => { }; foreach (var x in xs) all += () => Console.WriteLine(x);")]
    [InlineData("var p = new Path(\"\"); foreach (var x in xs) p += x;")]
    [InlineData("string? s = null; foreach (var x in xs) s ??= x;")]
    [InlineData("_ = xs.Aggregate(\"\", (all, x) => all += x);")]
    [InlineData("foreach (var x in xs) x.ToList().ForEach(c => { var s = \"\"; s += c; });")]
    [InlineData("var parts = new string[10]; for (var i = 0; i < parts.Length; i++) parts[i] += xs[i];")]
    [InlineData("var map = new Dictionary<string, string>(); foreach (var x in xs) map[x] += \";\";")]
    [InlineData("foreach (var x in xs.Select(x => new StringWriter())) x.NewLine += \";\";")]
    [InlineData("var s = \"\"; foreach (var x in xs) { var copy = s + x; Console.WriteLine(copy); }")]
    [InlineData("Action<string> add = x => { var s = \"\"; s += x; };")]
    [InlineData("IQueryable<string> q = xs.AsQueryable(); var s = \"\"; var r = q.Select(x => s + x);")]
    [InlineData("dynamic s = \"\"; foreach (var x in xs) s += x;")]
    [InlineData("object s = \"\"; foreach (var x in xs) s = s + x;")]
    public Task Quiet_where_no_text_grows(string statements) => Reports($$"""
        readonly struct Path(string text)
        {
            public static Path operator +(Path path, string part) => new(text2(path) + part);
            private static string text2(Path path) => path.ToString()!;
            public override string ToString() => text;
        }

        class C
        {
            void M(string[] xs)
            {
                {{statements}}
            }

            void Change(ref string s) => s = "";
        }
        """);

    [Fact]
    public Task Quiet_where_a_callee_resets_or_reads_the_field() => Reports("""
        class C
        {
            private string buffer = "", seen = "";

            void M(string[] xs)
            {
                foreach (var x in xs)
                {
                    buffer += x;
                    if (x.Length > 100)
                        Flush();
                }

                foreach (var x in xs)
                {
                    seen += x;
                    Show();
                }
            }

            void Flush() { Console.WriteLine(buffer); buffer = ""; }

            void Show() => Print();

            void Print() => Console.WriteLine(seen);
        }
        """);

    [Fact]
    public Task Quiet_where_the_text_is_yielded() => Reports("""
        class C
        {
            IEnumerable<string> M(string[] xs)
            {
                var s = "";
                foreach (var x in xs)
                {
                    s += x;
                    yield return s;
                }
            }
        }
        """);

    [Fact]
    public Task Quiet_where_operands_do_not_bind() => Reports("""
        class C
        {
            string M(string[] xs)
            {
                var s = "";
                foreach (var x in xs)
                    s += {|CS0103:missing|};

                return s;
            }
        }
        """);

    [Fact]
    public Task Quiet_where_the_loop_only_joins() => Reports("""
        class C
        {
            string M(string[] xs)
            {
                var s = "";
                foreach (var x in xs)
                    s += x;

                return s;
            }
        }
        """);

    // What the fix writes

    [Fact]
    public Task The_builder_takes_the_place_of_the_text() => Fixes("""
        class C
        {
            string M(string[] items)
            {
                // all of them
                var text = "";

                // one by one
                foreach (var item in items)
                    [|text += item + ";"|]; // with a semicolon

                return text;
            }
        }
        """, """
        class C
        {
            string M(string[] items)
            {
                // all of them
                var builder = new StringBuilder();

                // one by one
                foreach (var item in items)
                    builder.Append(item).Append(";"); // with a semicolon

                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task A_text_that_is_used_more_than_once_is_declared_behind_the_loop() => Fixes("""
        class C
        {
            string M(string[] items)
            {
                string text = "items: ";
                foreach (var item in items)
                {
                    [|text += item|];
                    text += ';';
                }

                Console.WriteLine(text);
                text += "end";
                return text;
            }
        }
        """, """
        class C
        {
            string M(string[] items)
            {
                var builder = new StringBuilder("items: ");
                foreach (var item in items)
                {
                    builder.Append(item);
                    builder.Append(';');
                }

                string text = builder.ToString();
                Console.WriteLine(text);
                text += "end";
                return text;
            }
        }
        """);

    [Fact]
    public Task A_text_from_elsewhere_is_put_into_the_builder_and_back() => Fixes("""
        class C
        {
            string M(string[] items, string text)
            {
                if (items.Length > 0)
                    text += "items: ";

                if (items.Length > 1)
                    foreach (var item in items)
                        [|text += item + ";"|];

                return text;
            }
        }
        """, """
        class C
        {
            string M(string[] items, string text)
            {
                if (items.Length > 0)
                    text += "items: ";

                if (items.Length > 1)
                {
                    var builder = new StringBuilder(text);
                    foreach (var item in items)
                        builder.Append(item).Append(";");
                    text = builder.ToString();
                }

                return text;
            }
        }
        """);

    [Fact]
    public Task Operands_stay_whole_and_in_order() => Fixes("""
        class C
        {
            string M(int[] items, char[] chars, object thing, int? maybe)
            {
                var s = "";
                foreach (var i in items)
                {
                    [|s = s + i + i|];
                    s += i + i;
                    s += i + i + ":" + (i + 1) + ('a' + i) + "b" + "c";
                    s += "x" + (i > 0 ? "+" : "-") + chars + thing + maybe + null;
                    s = $"{s}{i:x2};";
                    s = $"{s};";
                    s = string.Concat(s, thing, "!");
                    s += "a" + // first
                        i +
                        "b";
                }

                return s;
            }
        }
        """, """
        class C
        {
            string M(int[] items, char[] chars, object thing, int? maybe)
            {
                var builder = new StringBuilder();
                foreach (var i in items)
                {
                    builder.Append(i).Append(i);
                    builder.Append(i + i);
                    builder.Append(i + i).Append(":").Append(i + 1).Append('a' + i).Append("b").Append("c");
                    builder.Append("x").Append(i > 0 ? "+" : "-").Append((object)chars).Append(thing).Append(maybe);
                    builder.Append($"{i:x2};");
                    builder.Append(";");
                    builder.Append(thing).Append("!");
                    builder.Append("a") // first
                        .Append(i)
                        .Append("b");
                }

                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task Questions_are_asked_of_the_builder() => Fixes("""
        class C
        {
            string M(string[] items)
            {
                var s = "";
                foreach (var item in items)
                {
                    if (s != "" && s.Length < 80 && s[s.Length - 1] != ' ' && s[^1] != '-')
                        [|s += " "|];

                    if (string.IsNullOrEmpty(s) == false || !string.IsNullOrEmpty(s))
                        s += item;
                    else if (s is "" || "" == s || s.Equals(""))
                        s += "first";
                }

                return s;
            }
        }
        """, """
        class C
        {
            string M(string[] items)
            {
                var builder = new StringBuilder();
                foreach (var item in items)
                {
                    if (builder.Length > 0 && builder.Length < 80 && builder[builder.Length - 1] != ' ' && builder[^1] != '-')
                        builder.Append(" ");

                    if (builder.Length == 0 == false || builder.Length > 0)
                        builder.Append(item);
                    else if (builder.Length == 0 || builder.Length == 0 || builder.Length == 0)
                        builder.Append("first");
                }

                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task Exits_get_the_text() => Fixes("""
        class C
        {
            string M(string[] items)
            {
                var s = "";
                while (true)
                {
                    foreach (var item in items)
                    {
                        [|s += item + ";"|];
                        if (item == "return")
                            return s.Trim();

                        if (item == "throw")
                            throw new InvalidOperationException($"{s}!");
                    }
                }
            }
        }
        """, """
        class C
        {
            string M(string[] items)
            {
                var builder = new StringBuilder();
                while (true)
                {
                    foreach (var item in items)
                    {
                        builder.Append(item).Append(";");
                        if (item == "return")
                            return builder.ToString().Trim();

                        if (item == "throw")
                            throw new InvalidOperationException($"{builder.ToString()}!");
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Two_texts_get_two_builders() => Fixes("""
        class C
        {
            string M(string[] items)
            {
                var a = "";
                var b = "";
                foreach (var item in items)
                {
                    [|a += item + ";"|];
                    [|b += item + ":"|];
                }

                return a + b;
            }
        }
        """, """
        class C
        {
            string M(string[] items)
            {
                var builder = new StringBuilder();
                var builder2 = new StringBuilder();
                foreach (var item in items)
                {
                    builder.Append(item).Append(";");
                    builder2.Append(item).Append(":");
                }

                return builder.ToString() + builder2.ToString();
            }
        }
        """);

    [Fact]
    public Task An_unfixable_first_one_does_not_stop_the_others() => Fixes("""
        class C
        {
            private string field = "";

            string M(string[] items)
            {
                foreach (var item in items)
                    [|field += item|];

                var a = "";
                foreach (var item in items)
                    [|a += item + ";"|];

                return a;
            }
        }
        """, """
        class C
        {
            private string field = "";

            string M(string[] items)
            {
                foreach (var item in items)
                    [|field += item|];

                var builder = new StringBuilder();
                foreach (var item in items)
                    builder.Append(item).Append(";");

                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task A_lambda_per_element_appends() => Fixes("""
        class C
        {
            string M(List<string> items)
            {
                var s = "<";
                items.ForEach(item => [|s += item + ">"|]);
                return s;
            }
        }
        """, """
        class C
        {
            string M(List<string> items)
            {
                var builder = new StringBuilder("<");
                items.ForEach(item => builder.Append(item).Append(">"));
                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task A_missing_using_is_added() => Fixes("""
        // A header.
        using System;
        using System.Threading;

        namespace N
        {
            class C
            {
                string M(string[] items)
                {
                    var s = "";
                    foreach (var item in items)
                        [|s += item + ";"|];

                    return s;
                }
            }
        }
        """, """
        // A header.
        using System;
        using System.Text;
        using System.Threading;

        namespace N
        {
            class C
            {
                string M(string[] items)
                {
                    var builder = new StringBuilder();
                    foreach (var item in items)
                        builder.Append(item).Append(";");

                    return builder.ToString();
                }
            }
        }
        """, target: Target.Net472.CSharp(7));

    [Fact]
    public Task A_first_using_leaves_the_header_on_top() => Fixes("""
        // A header.

        class C
        {
            string M(string[] items)
            {
                var s = "";
                foreach (var item in items)
                    [|s += item + ";"|];

                return s;
            }
        }
        """, """
        // A header.

        using System.Text;

        class C
        {
            string M(string[] items)
            {
                var builder = new StringBuilder();
                foreach (var item in items)
                    builder.Append(item).Append(";");

                return builder.ToString();
            }
        }
        """, target: Target.NetStandard20.CSharp(7));

    [Fact]
    public Task Another_StringBuilder_in_scope_is_left_alone() => Fixes("""
        class StringBuilder { }

        class C
        {
            string M(string[] items)
            {
                var s = "";
                foreach (var item in items)
                    [|s += item + ";"|];

                return s;
            }
        }
        """, """
        class StringBuilder { }

        class C
        {
            string M(string[] items)
            {
                var builder = new global::System.Text.StringBuilder();
                foreach (var item in items)
                    builder.Append(item).Append(";");

                return builder.ToString();
            }
        }
        """);

    [Fact]
    public Task Line_ends_stay_those_of_the_file() => Fixes("""
        class C
        {
            string M(string[] items)
            {
                var s = "";
                foreach (var item in items)
                    [|s += item + ";"|];

                Console.WriteLine(s);
                return s;
            }
        }
        """.Replace("\n", "\r\n"), """
        class C
        {
            string M(string[] items)
            {
                var builder = new StringBuilder();
                foreach (var item in items)
                    builder.Append(item).Append(";");

                var s = builder.ToString();
                Console.WriteLine(s);
                return s;
            }
        }
        """.Replace("\n", "\r\n"));

    [Fact]
    public Task Top_level_statements_are_fixed() => Fixes("""
        var s = "";
        foreach (var arg in args)
            [|s += arg + ";"|];

        Console.WriteLine(s);
        """, """
        var builder = new StringBuilder();
        foreach (var arg in args)
            builder.Append(arg).Append(";");

        Console.WriteLine(builder.ToString());
        """);

    // What has no fix

    [Theory]
    [InlineData("var s = \"\"; foreach (var x in xs) [|s = x + s|]; return s;")]
    [InlineData("var s = \"\"; foreach (var x in xs) [|s += s + x|]; return s;")]
    [InlineData("var s = Maybe(); foreach (var x in xs) [|s += x + \";\"|]; return s;")]
    [InlineData("string? s = null; foreach (var x in xs) [|s += x + \";\"|]; return s;")]
    [InlineData("var s = \"\"; try { foreach (var x in xs) [|s += int.Parse(x) + \";\"|]; } catch { } return s;")]
    [InlineData("var s = \"\"; foreach (var x in xs) { [|s += x + \";\"|]; if (x == \"out\") goto end; } end: return s;")]
    [InlineData("var s = \"\"; foreach (var x in xs) { if (s == null) break; [|s += x + \";\"|]; } return s;")]
    [InlineData("var s = \"\"; foreach (var x in xs) { [|s += x + s.Length|]; } return s;")]
    [InlineData("var s = \"\"; foreach (var x in xs) { if (x == \"\") { s = \"none\"; break; } [|s += x + \";\"|]; } return s;")]
    [InlineData("var s = \"\"; foreach (var x in xs) { if (s[0] == 'a') break; [|s += x + \";\"|]; } return s;")]
    [InlineData("var s = \"\"; Parallel.ForEach(xs, x => [|s += x|]); return s;")]
    [InlineData("var s = \"\"; xs.ToList().ForEach(async x => { await Task.Yield(); [|s += x|]; }); return s;")]
    [InlineData("var s = \"\"; var q = xs.Select(x => { [|s += x|]; return x; }); Console.WriteLine(q.Count()); return s;")]
    [InlineData("for (var s = \"\"; s.Length < n; [|s += \"x\"|]) { Console.WriteLine(n); } return \"\";")]
    [InlineData("var s = \"\"; foreach (var x in xs) { try { [|s = s + x + int.Parse(x)|]; } catch (FormatException) { } } return s;")]
    public Task No_fix_where_a_builder_would_show_a_difference(string statements) => HasNoFix($$"""
        class C
        {
            string? M(string[] xs, int n)
            {
                {{statements}}
            }

            string? Maybe() => null;
        }
        """);

    [Fact]
    public Task No_fix_where_switched_off_code_names_the_text() => HasNoFix("""
        class C
        {
            string M(string[] xs)
            {
                var s = "";
                foreach (var x in xs)
                {
                    [|s += x + ";"|];
        #if TRACE_ALL
                    Console.WriteLine(s);
        #endif
                }

                return s;
            }
        }
        """);

    [Fact]
    public async Task A_loop_that_was_silent_because_of_another_loop_s_lambda_is_fixed_with_it()
    {
        var project = await RuleProject.OfAsync("""
            class C
            {
                string M(string[] xs)
                {
                    var s = "";
                    Array.ForEach(xs, x => s += x + ";");
                    foreach (var x in xs)
                        s += x + ",";

                    return s;
                }
            }
            """);
        var after = await project.FixAllAsync(new StringConcatenationInLoopAnalyzer(), new StringConcatenationInLoopFix());
        Assert.DoesNotContain("+=", await after.TextAsync(), StringComparison.Ordinal);
    }
}
