using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Every derived file: <c>UPDATE=1 dotnet test</c> writes them, plain <c>dotnet test</c> checks them.</summary>
public sealed class GeneratedFiles
{
    public static TheoryData<string> Ids => Repository.Ids;

    [Theory, MemberData(nameof(Ids))]
    public async Task The_page_of_a_rule_is_up_to_date(string id)
    {
        var rule = Repository.Rule(id);
        var derived = await Page.Derive(rule, Repository.Exists(rule.Page) ? Repository.Read(rule.Page) : "");
        Generated.Check(rule.Page, _ => derived);
    }

    [Fact]
    public void The_release_file_lists_every_rule() => Generated.Check("src/Analyzers/AnalyzerReleases.Unshipped.md", _ =>
        Table("### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n", Repository.Rules, rule =>
            $"{rule.Id} | {rule.Descriptor.Category} | {rule.Descriptor.DefaultSeverity} | {rule.Stem}, [documentation]({rule.Descriptor.HelpLinkUri})\n"));

    [Theory]
    [InlineData("Default", "every rule chooses the severity of each finding")]
    [InlineData("All", "every finding is a warning")]
    [InlineData("Strict", "rules that warn are errors, the others choose the severity of each finding")]
    [InlineData("None", "every rule is off")]
    public void The_presets_set_every_rule(string mode, string meaning) => Generated.Check($"src/Package/config/{mode}.globalconfig", now => Preset(now.Length == 0
        ? $"# HotPath, mode {mode}: {meaning}.\n\nis_global = true\n# Below the SDK's own files (-100, -99): keys set twice on one level unset each other.\nglobal_level = -101\n"
        : now, mode));

    [Fact]
    public void The_presets_switch_on_the_same_rules_of_the_SDK() => Assert.Single(
        new[] { "Default", "All", "Strict" }
            .Select(mode => string.Join(' ', Repository.Read($"src/Package/config/{mode}.globalconfig").Split('\n').Where(line => line.StartsWith("dotnet_diagnostic.CA", StringComparison.Ordinal)).Select(line => line.Split('.', 3)[1])))
            .Distinct());

    [Fact]
    public void The_index_lists_every_rule_and_option() => Generated.Check("docs/README.md", now =>
        Generated.WithBlock(Generated.WithBlock(now, "rules", RulesByPattern("rules")), "options", OptionsTable()));

    [Fact]
    public void The_patterns_lead_to_their_rules() => Generated.Check("docs/patterns.md", now => Generated.WithBlock(now, "patterns", PatternsWithRules()));

    [Fact]
    public void The_readme_lists_rules_and_options() => Generated.Check("README.md", now =>
    {
        now = Generated.HasBlock(now, "rules") ? Generated.WithBlock(now, "rules", RulesByPattern("docs/rules")) : now;
        return Generated.HasBlock(now, "options") ? Generated.WithBlock(now, "options", OptionsTable()) : now;
    });

    [Fact]
    public void The_chart_shows_every_committed_result() => Generated.Check("docs/speedups.svg", now => Measured.Chart() ?? now);

    /// <summary>The preset with the lines of our rules derived; everything else, such as rules of the SDK, is written by hand.</summary>
    private static string Preset(string now, string mode)
    {
        var lines = now.TrimEnd('\n').Split('\n').ToList();
        var first = lines.FindIndex(IsOurs);
        lines.RemoveAll(IsOurs);

        var ours = Repository.Rules
            .Select(rule => (rule.Id, Severity: SeverityIn(mode, rule.Descriptor.DefaultSeverity)))
            .Where(rule => rule.Severity is not null)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {rule.Severity}")
            .ToList();

        if (first < 0 && ours.Count > 0)
            ours.Insert(0, "");

        lines.InsertRange(first < 0 ? lines.Count : first, ours);
        return string.Join('\n', lines) + "\n";

        static bool IsOurs(string line) => line.StartsWith("dotnet_diagnostic.HOT", StringComparison.Ordinal);
    }

    /// <summary>
    /// What a mode sets for a rule. A set severity overrides the one a rule chooses for each finding, so a mode sets as few as it can.
    /// </summary>
    private static string? SeverityIn(string mode, DiagnosticSeverity severity) => mode switch
    {
        "All" => "warning",
        "None" => "none",
        "Strict" when severity >= DiagnosticSeverity.Warning => "error",
        _ => null,
    };

    private static string RulesByPattern(string pages)
    {
        var text = new StringBuilder();
        foreach (var pattern in Patterns.All)
        {
            var rules = RulesOf(pattern);
            if (rules.Count == 0)
                continue;

            text.Append(CultureInfo.InvariantCulture, $"**{Patterns.Heading(pattern)}**\n\n");
            text.Append(Table("| Id | Finds | Severity | Fix | Pays |\n| --- | --- | --- | --- | --- |\n", rules, rule =>
                $"| [{rule.Id}]({pages}/{rule.Id}.md) {rule.Stem} | {rule.Descriptor.Title} | {Page.Severity(rule)} | {(rule.Fix is null ? "–" : "yes")} | {Page.Pays(rule.Analyzer.Promise)} |\n"));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string PatternsWithRules()
    {
        var text = new StringBuilder();
        foreach (var pattern in Patterns.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"<a id=\"{Patterns.Anchor(pattern.First)}\"></a>\n\n## {Patterns.Heading(pattern)}\n\n");
            var rules = RulesOf(pattern);
            text.Append(rules.Count == 0 ? "No rule yet.\n" : Table("", rules, rule => $"- [{rule.Id} {rule.Stem}](rules/{rule.Id}.md): {rule.Descriptor.Title}\n"));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string OptionsTable() =>
        Table("| Option | Default | Allowed | What it does |\n| --- | --- | --- | --- |\n", Options.All, option => $"| `{option.Key}` | `{option.DefaultText}` | {option.Allowed} | {option.Description} |\n");

    private static List<RuleEntry> RulesOf((int First, int Last, string Title) pattern) =>
        [.. Repository.Rules.Where(rule => rule.Pattern >= pattern.First && rule.Pattern <= pattern.Last)];

    private static string Table<T>(string head, IEnumerable<T> rows, Func<T, string> row) => head + string.Concat(rows.Select(row));
}
