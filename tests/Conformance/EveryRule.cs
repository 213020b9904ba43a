using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Tests;

/// <summary>What must hold of every rule; a new rule is checked without a line added here.</summary>
public sealed partial class EveryRule
{
    public static TheoryData<string> Ids => Repository.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void Has_an_analyzer_tests_a_benchmark_and_a_page_of_one_name(string id)
    {
        var rule = Repository.Rule(id);
        var folder = Path.GetFileName(Path.GetDirectoryName(rule.File("src/Analyzers", "Analyzer")));

        Assert.Matches($"^P{rule.Pattern:D2}-[A-Z][A-Za-z]+$", folder);
        Assert.EndsWith("Analyzer", rule.Analyzer.GetType().Name);
        Assert.True(rule.Tests is not null, $"There is no class {rule.Stem}Tests.");
        AssertFile("tests", "Tests");
        AssertFile("src/CodeFixes", "Fix", rule.Analyzer.NoFix is null);
        AssertFile("benchmarks", "Benchmarks", rule.PromisesRatio || rule.Benchmarks is not null);
        Assert.True(Repository.Exists(rule.Page), $"{rule.Page} is missing: 'UPDATE=1 dotnet test' writes its frame.");

        void AssertFile(string root, string suffix, bool expected = true)
        {
            var file = rule.File(root, suffix);
            Assert.True(expected == file is not null, $"{rule.Stem}{suffix}.cs {(expected ? "is missing" : "should not exist")} below {root}.");
            Assert.True(file is null || Path.GetFileName(Path.GetDirectoryName(file)) == folder, $"{file} does not lie in a folder {folder} as its analyzer does.");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Has_well_formed_metadata(string id)
    {
        var rule = Repository.Rule(id);
        var type = rule.Analyzer.GetType();
        var descriptor = Assert.Single(rule.Analyzer.SupportedDiagnostics);
        var (title, message, description) = (descriptor.Title.ToString(), descriptor.MessageFormat.ToString(), descriptor.Description.ToString());

        Assert.Matches("^HOT[0-9]{4}$", id);
        Assert.Single(Repository.Rules, other => other.Id == id);
        Assert.Equal(id, type.GetField("Id", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } constant ? constant.GetRawConstantValue() : null);
        Assert.True(type.IsPublic && type.IsSealed, $"{type.Name} is to be public and sealed.");
        Assert.True(type.IsDefined(typeof(DiagnosticAnalyzerAttribute)), $"{type.Name} lacks [DiagnosticAnalyzer], so no host runs it.");
        Assert.Equal(RuleAnalyzer.Category, descriptor.Category);
        Assert.True(descriptor.IsEnabledByDefault);
        Assert.EndsWith($"/{rule.Page}", descriptor.HelpLinkUri);

        Assert.False(title.Length == 0 || title.EndsWith('.') || title.Contains('\n'), $"Title: {title}");
        Assert.False(message.Length == 0 || message.EndsWith('.') || message.Contains('\n'), $"Message: {message}");
        Assert.True(description.EndsWith('.'), $"Description: {description}");
        Assert.False(rule.PromisesRatio && (rule.Analyzer.Promise.AtLeast <= 1 || rule.Analyzer.Promise.N <= 0), $"{rule.Analyzer.Promise} promises nothing.");
        Assert.False(!rule.PromisesRatio && rule.Analyzer.Promise.Why.Length == 0, "A rule without a ratio says why.");
        Assert.All(rule.Analyzer.Reads, option => Assert.Contains(option, Options.All));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Has_a_fix_or_says_why_not(string id)
    {
        var rule = Repository.Rule(id);
        if (rule.Fix is not { } fix)
        {
            Assert.True(rule.Analyzer.NoFix is { Length: > 0 }, $"There is no class {rule.Stem}Fix, and {rule.Stem}Analyzer.NoFix does not say why.");
            return;
        }

        Assert.True(rule.Analyzer.NoFix is null, $"{rule.Stem}Fix exists although {rule.Stem}Analyzer.NoFix says there is none.");
        Assert.Equal([id], fix.FixableDiagnosticIds);
        Assert.True(fix.GetType().IsDefined(typeof(ExportCodeFixProviderAttribute)), $"{rule.Stem}Fix lacks [ExportCodeFixProvider], so no host offers it.");
        Assert.True(fix.GetType().IsDefined(typeof(System.Composition.SharedAttribute)), $"{rule.Stem}Fix lacks [Shared], so a host makes a new one for each file.");
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task Reports_in_Before_and_not_in_After(string id)
    {
        if (Repository.Rule(id) is { Benchmarks: not null } rule)
            await Example.Of(rule).ReportsInBeforeOnly();
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task The_fix_of_Before_writes_After_token_for_token(string id)
    {
        if (Repository.Rule(id) is { Benchmarks: not null } rule)
            await Example.Of(rule).FixWritesAfter();
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task Before_and_After_give_the_same(string id)
    {
        if (Repository.Rule(id).Benchmarks is { } benchmarks)
            await BenchmarkRun.SameResults(benchmarks);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_committed_result_keeps_the_promise(string id)
    {
        if (Repository.Rule(id).Benchmarks is null)
            return;

        Assert.True(Repository.Exists(Measured.PathOf(id)), $"{Measured.PathOf(id)} is missing: {Measured.HowToMeasure}.");

        var broken = Measured.Broken(id, Repository.Rule(id).Analyzer.Promise);
        Assert.True(broken is null, broken);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_page_shows_the_committed_numbers(string id)
    {
        if (Repository.Rule(id).Benchmarks is null)
            return;

        Assert.True(Measured.Table(id) is not null, $"{Measured.PathOf(id)} is missing: {Measured.HowToMeasure}.");
        Assert.Equal(Measured.Table(id)!.Trim('\n'), Generated.Block(Repository.Read(Repository.Rule(id).Page), "measured"));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_page_has_every_section(string id)
    {
        var rule = Repository.Rule(id);
        var page = Repository.Read(rule.Page);
        var sections = Section().Matches(page).ToDictionary(match => match.Groups["heading"].Value, match => match.Groups["text"].Value.Trim());

        Assert.StartsWith($"# {id}: {rule.Descriptor.Title}\n", page);
        Assert.Equal(Page.Headings(rule), sections.Keys);
        Assert.All(sections, section => Assert.True(section.Value.Length > 0, $"'## {section.Key}' of {rule.Page} is empty."));
        Assert.All(rule.Analyzer.Reads, option => Assert.Contains($"`{option.Key}`", sections["Options"]));
        Assert.All(Link().Matches(page), link => Assert.True(
            Path.Exists(Path.Combine(Repository.Root, "docs", "rules", link.Groups["path"].Value)), $"{rule.Page} links to {link.Groups["path"].Value}, which does not exist."));
    }

    [Fact]
    public void Every_option_is_listed()
    {
        var declared = typeof(Options).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
            .Where(field => typeof(Option).IsAssignableFrom(field.FieldType))
            .Select(field => (Option)field.GetValue(null)!);

        Assert.Equal(declared.Order(ByName), Options.All.Order(ByName));
        Assert.All(Options.All, option => Assert.True(option.Allows(option.DefaultText), $"The default of {option.Key} is not allowed."));
    }

    [Fact]
    public void Every_class_named_for_a_rule_has_its_rule()
    {
        var stems = Repository.Rules.Select(rule => rule.Stem).ToHashSet();
        var orphans = typeof(RuleFix).Assembly.GetTypes().Where(type => typeof(RuleFix).IsAssignableFrom(type) && !type.IsAbstract && !stems.Contains(type.Name[..^"Fix".Length]) && !IsForAnotherPackage(type))
            .Select(type => type.Name)
            .Concat(Repository.Files("docs/rules", "*.md").Where(page => Repository.Rules.All(rule => rule.Page != page)))
            .Concat(OwnProjects.BenchmarkFiles.Where(path => !stems.Contains(Path.GetFileName(path)[..^"Benchmarks.cs".Length])));

        Assert.Empty(orphans);
    }

    /// <summary>A fix for a rule of the SDK that has none of its own.</summary>
    private static bool IsForAnotherPackage(Type fix) => !((RuleFix)Activator.CreateInstance(fix)!).FixableDiagnosticIds[0].StartsWith("HOT", StringComparison.Ordinal);

    private static readonly Comparer<Option> ByName = Comparer<Option>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    [GeneratedRegex(@"^## (?<heading>.+)\n(?<text>(?:(?!^## )[^\n]*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"\]\((?<path>[^):#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
