namespace HotPath.Tests;

public sealed class BuilderReadInLoopTests : RuleTests<BuilderReadInLoopAnalyzer, BuilderReadInLoopFix>
{
    private static string Class(string statements) => $$"""
        class C
        {
            private readonly StringBuilder field = new();

            string M(List<string> words, StringBuilder parameter, int n)
            {
                var sb = new StringBuilder();
                {{statements}}
                return sb.ToString();
            }

            static void Use(object o) { }
            static void Write(StringBuilder target) => target.Append('x');
        }
        """;

    [Theory]
    [InlineData("foreach (var w in words) { if ([|sb.ToString()|].Length > 0) sb.Append(','); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { if (![|sb.ToString()|].EndsWith(\",\")) sb.Append(','); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { if ([|sb.ToString()|] != \"\") sb.Append(','); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { if (!string.IsNullOrEmpty([|sb.ToString()|])) sb.Append(','); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); if ([|sb.ToString()|][0] == 'x') sb.Append('!'); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); if ([|sb.ToString()|][^1] == 'x') sb.Append('!'); }")]
    [InlineData("foreach (var w in words) { if (![|sb.ToString()|].Contains(w)) sb.Append(w); }")]
    [InlineData("foreach (var w in words) { var text = [|sb.ToString()|]; if (text.Length > 80) sb.AppendLine(); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); if ([|sb.ToString()|].Last() == 'x') sb.Append('!'); }")]
    [InlineData("foreach (var w in words) [|sb.Insert(0, w)|];")]
    [InlineData("while (n > 0) { [|sb.Insert(0, n % 2)|]; n /= 2; }")]
    [InlineData("while ([|sb.ToString()|].Length < n) sb.Append('x');")]
    [InlineData("foreach (var w in words) { if ([|field.ToString()|].Length > 0) field.Append(','); field.Append(w); }")]
    [InlineData("foreach (var w in words) { if ([|parameter.ToString()|].Length > 0) parameter.Append(','); parameter.Append(w); }")]
    [InlineData("foreach (var w in words) { if ([|sb.ToString()|].Length > 0) Write(sb); }")]
    [InlineData("words.ForEach(w => { if ([|sb.ToString()|].Length > 0) sb.Append(','); sb.Append(w); });")]
    public Task Reports_copies_of_a_growing_builder(string statements) => ReportsWarning(Class(statements));

    [Fact]
    public Task The_message_names_builder_and_loop() => ReportsWarning(Class("foreach (var w in words) { if ([|sb.ToString()|].Length > 0) sb.Append(','); sb.Append(w); }"),
        "'sb.ToString()' copies all that 'sb' holds in each iteration of the loop over 'words': O(n²) characters; ask the builder itself");

    [Theory]
    [InlineData("foreach (var w in words) sb.Append(w); if (sb.ToString().Length > 3) Use(sb);")]
    [InlineData("foreach (var w in words) { sb.Append(w); Use(sb.ToString()); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); Console.WriteLine(sb.ToString()); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); var text = sb.ToString(); if (text.Length > 3) Use(text); }")]
    [InlineData("foreach (var w in words) { sb.Clear(); sb.Append(w); if (sb.ToString().Length > 3) Use(w); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); if (sb.ToString().Length > 3) sb.Length = 0; }")]
    [InlineData("foreach (var w in words) { var own = new StringBuilder(); own.Append(w); if (own.ToString().Length > 3) Use(w); }")]
    [InlineData("foreach (var w in words) { sb = new StringBuilder(w); sb.Append(w); if (sb.ToString().Length > 3) Use(w); }")]
    [InlineData("foreach (var w in words) if (sb.ToString().Length > 3) Use(w);")]
    [InlineData("for (var i = 0; i < 5; i++) { sb.Append(i); if (sb.ToString().Length > 3) Use(i); }")]
    [InlineData("foreach (var w in words) sb.Insert(n, w);")]
    [InlineData("foreach (var w in words) { sb.Append(w); if (sb.Length > 3) Use(w); }")]
    [InlineData("foreach (var w in words) { sb.Append(w); if (sb.ToString(0, 1) == \"x\") Use(w); }")]
    [InlineData("foreach (var w in words) { sb.Insert(0, w); break; }")]
    public Task Is_silent(string statements) => Reports(Class(statements));

    [Fact]
    public Task In_every_placement() => FixesEverywhere("""
        var sb = new StringBuilder();
        foreach (var line in File.ReadAllLines("a"))
        {
            if ([|sb.ToString()|].Length > 0)
                sb.Append(',');

            sb.Append(line);
        }
        """, """
        var sb = new StringBuilder();
        foreach (var line in File.ReadAllLines("a"))
        {
            if (sb.Length > 0)
                sb.Append(',');

            sb.Append(line);
        }
        """);

    [Theory]
    [InlineData("if ([|sb.ToString()|].Length > n)", "if (sb.Length > n)")]
    [InlineData("if ([|sb.ToString()|] != \"\")", "if (sb.Length > 0)")]
    [InlineData("if ([|sb.ToString()|] == string.Empty)", "if (sb.Length == 0)")]
    [InlineData("if (string.IsNullOrEmpty([|sb.ToString()|]))", "if (sb.Length == 0)")]
    [InlineData("if (!string.IsNullOrEmpty([|sb.ToString()|]))", "if (sb.Length > 0)")]
    [InlineData("if (n > 3 && !string.IsNullOrEmpty([|sb.ToString()|]))", "if (n > 3 && sb.Length > 0)")]
    [InlineData("if ([|sb.ToString()|].Length > 0 && [|sb.ToString()|][^1] != ',')", "if (sb.Length > 0 && sb[^1] != ',')")]
    [InlineData("if ([|sb.ToString()|][n] == ',')", "if (sb[n] == ',')")]
    [InlineData("if ([|sb.ToString()|].EndsWith(','))", "if (sb.Length > 0 && sb[^1] == ',')")]
    [InlineData("if (![|sb.ToString()|].EndsWith(','))", "if (sb.Length == 0 || sb[^1] != ',')")]
    [InlineData("if (n > 3 && ![|sb.ToString()|].EndsWith(','))", "if (n > 3 && (sb.Length == 0 || sb[^1] != ','))")]
    [InlineData("if ([|sb.ToString()|].EndsWith(\",\", StringComparison.Ordinal))", "if (sb.Length > 0 && sb[^1] == ',')")]
    [InlineData("if ([|sb.ToString()|].StartsWith('x'))", "if (sb.Length > 0 && sb[0] == 'x')")]
    public Task Asks_the_builder(string before, string after) => Fixes(
        Class("foreach (var w in words) { " + before + " sb.Append(','); sb.Append(w); }"),
        Class("foreach (var w in words) { " + after + " sb.Append(','); sb.Append(w); }"));

    [Theory]
    // Compared as the culture does.
    [InlineData("foreach (var w in words) { if (![|sb.ToString()|].EndsWith(\",\")) sb.Append(','); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { if ([|sb.ToString()|].Last() == 'x') sb.Append(','); sb.Append(w); }")]
    [InlineData("foreach (var w in words) [|sb.Insert(0, w)|];")]
    [InlineData("foreach (var w in words) { var text = [|sb.ToString()|]; if (text.Length > 80) sb.AppendLine(); sb.Append(w); }")]
    [InlineData("foreach (var w in words) { if ([|sb.ToString()|] != w) sb.Append(w); }")]
    public Task Has_no_fix(string statements) => HasNoFix(Class(statements));

    [Theory]
    [InlineData("sb.ToString().Length > 0")]
    [InlineData("sb.ToString() == \"\"")]
    [InlineData("!string.IsNullOrEmpty(sb.ToString())")]
    [InlineData("sb.ToString().EndsWith(',')")]
    [InlineData("!sb.ToString().EndsWith(',')")]
    [InlineData("!sb.ToString().EndsWith(\"b\", StringComparison.Ordinal) == (words.Count > 2)")]
    [InlineData("sb.ToString()[0] == 'a'")]
    [InlineData("sb.ToString()[^1] == 'a'")]
    [InlineData("sb.ToString()[words.Count] == 'a'")]
    [InlineData("sb.ToString()[-1] == 'a'")]
    [InlineData("words.Count > 1 || !sb.ToString().StartsWith('a')")]
    public Task Does_the_same(string condition) => FixesAndRuns($$"""
        class C
        {
            static string Run(List<string> words)
            {
                var sb = new StringBuilder();
                foreach (var w in words)
                {
                    if ({{condition}})
                        sb.Append(',');

                    sb.Append(w);
                }

                return sb.ToString();
            }
        }
        """, [[new List<string>()], [new List<string> { "a", "b" }], [new List<string> { "", "", "a," , "ab" }], [null]], expectFix: null);
}
