using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

public sealed class InvalidOptionTests
{
    [Theory]
    [InlineData("hotpath.small_loop = 12")]
    [InlineData("hotpath.small_loop = 0   # none is too small")]
    [InlineData("hotpath.fix_all = ALL")]
    [InlineData("HOTPATH.Test_Code = info")]
    [InlineData("dotnet_code_quality.CA1826.exclude_ordefault_methods = perhaps")]
    [InlineData("dotnet_diagnostic.HOT9999.severity = warning")]
    [InlineData("other.small_loop = many")]
    public async Task Quiet_about_options_that_are_right_or_not_ours(string line) => Assert.Empty(await Messages(Section("*.cs", line)));

    [Theory]
    [InlineData("hotpath.small_loop = many", "'hotpath.small_loop = many' is not allowed: the value must be a whole number from 0 to 1000000; the default, 8, is used")]
    [InlineData("hotpath.small_loop = -1", "'hotpath.small_loop = -1' is not allowed: the value must be a whole number from 0 to 1000000; the default, 8, is used")]
    [InlineData("hotpath.fix_all = everything", "'hotpath.fix_all = everything' is not allowed: the value must be 'safe' or 'all'; the default, safe, is used")]
    [InlineData("hotpath.test_code =", "'hotpath.test_code = ' is not allowed: the value must be 'report' or 'info' or 'none'; the default, report, is used")]
    public async Task A_value_that_is_not_allowed(string line, string message) => Assert.Equal([message], await Messages(Section("*.cs", line)));

    [Theory]
    [InlineData("hotpath.smal_loop = 8", "'hotpath.smal_loop = 8' is read by nobody; did you mean 'hotpath.small_loop'?")]
    [InlineData("hotpath.testcode = info", "'hotpath.testcode = info' is read by nobody; did you mean 'hotpath.test_code'?")]
    [InlineData("hotpath.ignore = true", "'hotpath.ignore = true' is read by nobody; known are 'hotpath.")]
    [InlineData("hotpath. = 1", "'hotpath. = 1' is read by nobody; known are 'hotpath.")]
    public async Task A_key_that_nobody_reads(string line, string message) => Assert.StartsWith(message, Assert.Single(await Messages(Section("*.cs", line))));

    [Theory]
    [InlineData("dotnet_code_quality.HOT9999.small_loop = 8", "because no rule has the id 'HOT9999'")]
    [InlineData("dotnet_code_quality.HOT00001.small_loop = 8", "did you mean 'HOT0001'?")]
    [InlineData("dotnet_code_quality.HOT0001.small_loop = 8", "is read by nobody: HOT0001 has no options")]
    [InlineData("dotnet_code_quality.HOT0002 = 8", "is read by nobody: HOT0002 has no options")]
    public async Task A_key_of_one_rule_that_nobody_reads(string line, string message) => Assert.Contains(message, Assert.Single(await Messages(Section("*.cs", line))));

    [Fact]
    public async Task A_key_of_one_rule_takes_the_options_of_that_rule()
    {
        var rules = typeof(RuleAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(RuleAnalyzer).IsAssignableFrom(type)).Select(type => (RuleAnalyzer)Activator.CreateInstance(type)!);
        foreach (var rule in rules.Where(rule => !rule.Reads.IsEmpty))
        {
            var option = rule.Reads[0];
            var key = $"dotnet_code_quality.{rule.Descriptor.Id}.{option.Name}";

            // Nearly anything may be the name of a table.
            var wrong = option.Allows("no such value") ? "," : "no such value";

            Assert.Empty(await Messages(Section("*.cs", $"{key} = {option.DefaultText}")));
            Assert.Contains($"'{option.Key}', or else the default, {option.DefaultText}, is used", Assert.Single(await Messages(Section("*.cs", $"{key} = {wrong}"))));
            Assert.Contains($"did you mean '{key}'?", Assert.Single(await Messages(Section("*.cs", $"{key}s = {option.DefaultText}"))));
        }
    }

    [Fact]
    public async Task Each_pair_once_however_many_files_and_sections_repeat_it() => Assert.Equal(
        ["'hotpath.small_loop = few' is not allowed: the value must be a whole number from 0 to 1000000; the default, 8, is used",
         "'hotpath.small_loop = many' is not allowed: the value must be a whole number from 0 to 1000000; the default, 8, is used"],
        await Messages(Section("*.cs", "hotpath.small_loop = many") + Section("B*.cs", "hotpath.small_loop = few") + Section("{C,D}.cs", "hotpath.small_loop = many"), files: ["A", "B", "B2", "C", "D"]));

    [Fact]
    public async Task A_section_that_matches_no_file_is_not_in_force() => Assert.Empty(await Messages(Section("*.vb", "hotpath.small_loop = many")));

    [Fact]
    public async Task A_global_config_is_read_too() => Assert.Single(await Messages("is_global = true\nhotpath.small_loop = many\n", path: "/.globalconfig"));

    [Fact]
    public async Task Broken_source_changes_nothing() => Assert.Single(await Messages(Section("*.cs", "hotpath.small_loop = many"), files: ["class { int"]));

    [Fact]
    public async Task The_finding_has_no_location_and_tells_hosts_that_it_needs_the_whole_compilation()
    {
        var finding = Assert.Single(await Findings(Section("*.cs", "hotpath.small_loop = many"), "/.editorconfig", ["A"]));

        Assert.Equal(Location.None, finding.Location);
        Assert.Contains(WellKnownDiagnosticTags.CompilationEnd, finding.Descriptor.CustomTags);
    }

    /// <summary>Not every host can list its keys, and none of ours may fall over that.</summary>
    [Fact]
    public async Task A_host_that_cannot_list_its_keys_gets_no_finding()
    {
        var compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText("class C;")]);
        var options = new AnalyzerOptions([], new Mute());
        Exception? thrown = null;
        var found = await compilation.WithAnalyzers([new InvalidOptionAnalyzer()], new CompilationWithAnalyzersOptions(options, (exception, _, _) => thrown = exception, true, false)).GetAnalyzerDiagnosticsAsync();

        Assert.Null(thrown);
        Assert.Empty(found);
    }

    private static string Section(string pattern, string line) => $"[{pattern}]\n{line}\n";

    private static async Task<IReadOnlyList<string>> Messages(string config, string path = "/.editorconfig", string[]? files = null) =>
        [.. (await Findings(config, path, files ?? ["A", "B"])).Select(finding => finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];

    private static async Task<ImmutableArray<Diagnostic>> Findings(string config, string path, string[] files)
    {
        var project = new AdhocWorkspace().AddProject("Test", LanguageNames.CSharp);
        foreach (var file in files)
            project = project.AddDocument(file + ".cs", $"class {file};", filePath: $"/{file}.cs").Project;

        project = project.AddAnalyzerConfigDocument(Path.GetFileName(path), SourceText.From(config), filePath: path).Project;
        return await RuleProject.Of(project.Documents.First()).FindingsAsync(new InvalidOptionAnalyzer());
    }

    private sealed class Mute : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = null;
                return false;
            }
        }
    }
}
