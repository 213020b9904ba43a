namespace HotPath.Tests;

public sealed class AppendOfTemporaryTests : RuleTests<AppendOfTemporaryAnalyzer, AppendOfTemporaryFix>
{
    private static string Class(string statement) => $$"""
        class Row
        {
            public string Name { get; set; } = "";
            public int Amount { get; set; }
            public decimal Price => Compute();
            private decimal Compute() => Amount > 3 ? throw new Exception() : 1m;
        }

        class C
        {
            string M(IEnumerable<Row> rows, string text, string? maybe, int n, char[] chars, object thing, DateTime when)
            {
                var sb = new StringBuilder();
                foreach (var row in rows)
                {
                    {{statement}}
                }

                return sb.ToString();
            }
        }
        """;

    [Theory]
    [InlineData("[|sb.Append(row.Name + \";\")|];")]
    [InlineData("[|sb.AppendLine(row.Name + n)|];")]
    [InlineData("[|sb.Append(string.Format(\"{0}: {1}\", row.Name, row.Amount))|];")]
    [InlineData("[|sb.Append(text.Substring(n, 3))|];")]
    [InlineData("[|sb.Append(text.Substring(n))|];")]
    [InlineData("[|sb.Append(text[1..])|];")]
    [InlineData("[|sb.Append(row.Amount.ToString())|];")]
    [InlineData("[|sb.Append(row.Amount.ToString(\"N0\"))|];")]
    [InlineData("[|sb.Append(row.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture))|];")]
    [InlineData("[|sb.Append(row.Name.ToString())|];")]
    [InlineData("sb.Append(\"x\"); [|sb.Append(n).Append(row.Name + text)|];")]
    public Task Reports_temporaries(string statement) => ReportsInfo(Class(statement));

    [Fact]
    public Task The_message_names_the_string_and_the_builder() => ReportsInfo(Class("[|sb.Append(row.Name + \";\")|];"),
        "'row.Name + \";\"' makes a string in each iteration of the loop over 'rows' only to copy it into 'sb'; append the pieces one by one");

    [Theory]
    [InlineData("sb.Append(\"a\" + \"b\");")]
    [InlineData("sb.Append(row.Name);")]
    [InlineData("sb.Append($\"{row.Name};\");")]
    [InlineData("sb.Append(row.Name).Append(';');")]
    [InlineData("sb.Append(thing.ToString());")]
    [InlineData("sb.Append(n + row.Amount);")]
    [InlineData("sb.Append(row.Name.Trim());")]
    [InlineData("var made = row.Name + text; sb.Append(made);")]
    [InlineData("throw new Exception(sb.Append(row.Name + text).ToString());")]
    public Task Is_silent(string statement) => Reports(Class(statement));

    [Fact]
    public Task Is_silent_outside_of_loops_and_in_small_ones() => Reports("""
        class C
        {
            string M(StringBuilder sb, string text)
            {
                sb.Append(text + ";");
                for (var i = 0; i < 4; i++)
                    sb.Append(text + i);

                return sb.ToString();
            }
        }
        """);

    [Fact]
    public Task In_every_placement() => FixesEverywhere(
        "var sb = new StringBuilder();\nforeach (var line in File.ReadAllLines(\"a\"))\n    [|sb.Append(line + \";\")|];\nConsole.WriteLine(sb.ToString());",
        "var sb = new StringBuilder();\nforeach (var line in File.ReadAllLines(\"a\"))\n    sb.Append(line).Append(\";\");\nConsole.WriteLine(sb.ToString());");

    [Theory]
    [InlineData("[|sb.Append(row.Name + \";\")|];", "sb.Append(row.Name).Append(\";\");")]
    [InlineData("[|sb.Append(row.Price + \";\" + row.Amount + (n + 1))|];", "sb.Append(row.Price).Append(\";\").Append(row.Amount).Append(n + 1);")]
    [InlineData("[|sb.AppendLine(n + row.Name)|];", "sb.Append(n).AppendLine(row.Name);")]
    [InlineData("[|sb.AppendLine(row.Name + n)|];", "sb.Append(row.Name).Append(n).AppendLine();")]
    [InlineData("[|sb.Append(text + chars)|];", "sb.Append(text).Append((object)chars);")]
    [InlineData("[|sb.Append(n + n + text)|];", "sb.Append(n + n).Append(text);")]
    [InlineData("[|sb.Append(text + n + n)|];", "sb.Append(text).Append(n).Append(n);")]
    [InlineData("[|sb.Append(string.Format(\"{0}: {1,5:N2}\\n\", row.Name, row.Price))|];", "sb.Append($\"{row.Name}: {row.Price,5:N2}\\n\");")]
    [InlineData("[|sb.AppendLine(string.Format(\"{{{0}}}\", n > 3 ? 1 : 2))|];", "sb.AppendLine($\"{{{(n > 3 ? 1 : 2)}}}\");")]
    [InlineData("[|sb.Append(string.Format(\"{1} {0} {1}\", n, text))|];", "sb.Append($\"{text} {n} {text}\");")]
    [InlineData("[|sb.Append(string.Format(System.Globalization.CultureInfo.InvariantCulture, \"{0:D3}\", n))|];", "sb.Append(System.Globalization.CultureInfo.InvariantCulture, $\"{n:D3}\");")]
    [InlineData("[|sb.Append(text.Substring(n, 3))|];", "sb.Append(text, n, 3);")]
    [InlineData("[|sb.AppendLine(text.Substring(n, 3))|];", "sb.Append(text, n, 3).AppendLine();")]
    [InlineData("[|sb.Append(text.Substring(n))|];", "sb.Append(text.AsSpan(n));")]
    [InlineData("[|sb.Append(text[1..^1])|];", "sb.Append(text.AsSpan()[1..^1]);")]
    [InlineData("[|sb.Append(row.Amount.ToString())|];", "sb.Append(row.Amount);")]
    [InlineData("[|sb.AppendLine(row.Amount.ToString())|];", "sb.Append(row.Amount).AppendLine();")]
    [InlineData("[|sb.Append((n + 1).ToString())|];", "sb.Append(n + 1);")]
    [InlineData("[|sb.Append(row.Amount.ToString(\"N0\"))|];", "sb.Append($\"{row.Amount:N0}\");")]
    [InlineData("[|sb.Append(when.ToString(\"yyyy-MM-dd HH:mm\"))|];", "sb.Append($\"{when:yyyy-MM-dd HH:mm}\");")]
    [InlineData("[|sb.Append(row.Name.ToString())|];", "sb.Append(row.Name);")]
    [InlineData("[|sb.Append(n).Append(row.Name + text)|];", "sb.Append(n).Append(row.Name).Append(text);")]
    [InlineData("[|sb.Append(\"a\" + \"b\" + text)|];", "sb.Append(\"a\" + \"b\").Append(text);")]
    public Task Appends_the_pieces(string before, string after) => Fixes(Class(before), Class(after));

    [Theory]
    [InlineData("[|sb.Append(\"a\" + sb.Length)|];")]
    [InlineData("try { [|sb.Append(text + sb.Length)|]; } catch (Exception) { }")]
    [InlineData("[|sb.Append(maybe!.Substring(n, 3))|];")]
    [InlineData("[|sb.Append(maybe!.ToString())|];")]
    [InlineData("try { [|sb.Append(row.Name + row.Price)|]; } catch (Exception) { }")]
    [InlineData("[|sb.Append(string.Format(\"{0} {2}\", n, text))|];")]
    [InlineData("[|sb.Append(string.Format(text, n))|];")]
    [InlineData("[|sb.Append(string.Format(\"{1}{0}\", row.Name, row.Price))|];")]
    [InlineData("[|sb.Append(row.Amount.ToString(text))|];")]
    [InlineData("[|sb.Append(string.Format(\"{0}\" /* why */, n))|];")]
    public Task Reported_without_a_fix(string statement) => HasNoFix(Class(statement));

    [Theory]
    [InlineData("text + \"/\" + text")]
    [InlineData("string.Format(\"{0}/{1}\", text, text)")]
    public Task A_builder_with_a_limit_takes_all_of_a_string_or_nothing(string value) => HasNoFix($$"""
        class C
        {
            string M(string[] texts)
            {
                var sb = new StringBuilder(3, maxCapacity: 12);
                try
                {
                    foreach (var text in texts)
                        [|sb.Append({{value}})|];
                }
                catch (ArgumentOutOfRangeException)
                {
                }

                return sb.ToString();
            }
        }
        """);

    [Fact]
    public Task A_builder_that_others_see_is_not_left_half_way() => Fixes("""
        class C
        {
            readonly StringBuilder sb = new();
            string name = "";
            string Next() => throw new Exception();

            void M(IEnumerable<string> rows, StringBuilder given)
            {
                foreach (var row in rows)
                {
                    [|sb.Append(row + Next())|];
                    [|given.Append(row + ";" + row.Length)|];
                    [|sb.Append(name + sb.ToString())|];
                }
            }
        }
        """, """
        class C
        {
            readonly StringBuilder sb = new();
            string name = "";
            string Next() => throw new Exception();

            void M(IEnumerable<string> rows, StringBuilder given)
            {
                foreach (var row in rows)
                {
                    [|sb.Append(row + Next())|];
                    given.Append(row).Append(";").Append(row.Length);
                    [|sb.Append(name + sb.ToString())|];
                }
            }
        }
        """);

    [Fact]
    public Task Without_handlers_and_spans() => Fixes("""
        using System.Collections.Generic;
        using System.Text;
        class C
        {
            string M(List<string> rows, string text)
            {
                if (text == null) return null;
                var sb = new StringBuilder();
                foreach (var row in rows)
                {
                    [|sb.Append(string.Format("{0};", row))|];
                    [|sb.Append(text.Substring(2))|];
                    [|sb.AppendLine(row + text)|];
                    [|sb.Append(rows.Count.ToString("N0"))|];
                }

                return sb.ToString();
            }
        }
        """, """
        using System.Collections.Generic;
        using System.Text;
        class C
        {
            string M(List<string> rows, string text)
            {
                if (text == null) return null;
                var sb = new StringBuilder();
                foreach (var row in rows)
                {
                    sb.AppendFormat("{0};", row);
                    sb.Append(text, 2, text.Length - 2);
                    sb.Append(row).AppendLine(text);
                    [|sb.Append(rows.Count.ToString("N0"))|];
                }

                return sb.ToString();
            }
        }
        """, target: Target.Net472.Oblivious.CSharp(7));

    [Fact]
    public Task Comments_and_lines_are_kept() => Fixes(Class("""
        [|sb
                        .Append(n)
                        .Append(row.Name
                            + ";" // ends
                            + text)|];
        """), Class("""
        sb
                        .Append(n)
                        .Append(row.Name)
                            .Append(";") // ends
                            .Append(text);
        """));

    [Fact]
    public Task Runs_the_same() => FixesAndRuns("""
        public static class Program
        {
            enum Kind { One, Two }

            sealed class Odd { public override string ToString() => null!; public static implicit operator string(Odd o) => "odd"; }

            public static string Run(string?[] input, int n, double d, string culture)
            {
                System.Globalization.CultureInfo.CurrentCulture = new(culture);
                var sb = new StringBuilder();
                var kind = n > 0 ? Kind.One : (Kind?)null;
                var odd = new Odd();
                object? nothing = null;
                var other = new StringBuilder("other");
                foreach (var text in input)
                {
                    sb.Append(text + ";" + n + d + 'c' + true + kind + nothing);
                    sb.Append(1 + n + text + 1 + n);
                    sb.AppendLine(d + text);
                    sb.AppendLine(text + d);
                    sb.Append(string.Format("{0,6:N2}|{1}|{2}", d, text, kind));
                    sb.Append(string.Format("{{{0}}}{1:D4}", text, n));
                    sb.Append(string.Format(@"{0}\{1}", "a", DateTime.UnixEpoch));
                    sb.Append(d.ToString()).Append(n.ToString());
                    sb.Append(d.ToString("F3"));
                    sb.AppendLine(d.ToString("E2", System.Globalization.CultureInfo.InvariantCulture));
                    sb.Append(DateTime.UnixEpoch.ToString("yyyy/MM/dd HH:mm"));
                    sb.Append(text + odd);
                    sb.Append("" + text + other);
                    sb.Append(text + new[] { 'x', 'y' });
                    sb.Append(true.ToString()).Append('c'.ToString()).Append(1.5m.ToString());
                    sb.Append((n > 1 ? "a" : text) + (text ?? "none"));
                    sb.Append(text + decimal.MaxValue + long.MinValue + 1.0f);
                    if (text is null)
                        continue;

                    try
                    {
                        sb.Append(text.Substring(n));
                    }
                    catch (ArgumentOutOfRangeException)
                    {
                        sb.Append("range");
                    }

                    try
                    {
                        sb.AppendLine(text.Substring(0, n));
                    }
                    catch (ArgumentOutOfRangeException)
                    {
                        sb.Append("range");
                    }

                    try
                    {
                        sb.Append(text[..n] + text[n]);
                    }
                    catch (Exception e)
                    {
                        sb.Append(e.GetType().Name);
                    }
                }

                return sb.ToString();
            }
        }
        """, [new[] { "a", null, "", "long enough" }, 2, 1234.5678, "de-DE"], [new[] { "a", "b" }, 0, double.NaN, "tr-TR"], [Array.Empty<string>(), 1, 0.0, ""], [new[] { "abc" }, -1, -0.0, "fr-FR"]);
}
