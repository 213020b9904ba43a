using Microsoft.CodeAnalysis;

namespace HotPath.RealProjects;

/// <summary>The program that looks at code which is not ours.</summary>
public sealed class RealProjectsTests : IDisposable
{
    private const string Slow = "class C { string M(string[] all) { var s = \"\"; foreach (var one in all) { s += one; s += \";\"; } return s; } }";
    private readonly string folder = Directory.CreateTempSubdirectory("HotPath-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Reads_a_command_line()
    {
        var analyze = Parse("analyze", folder, "--sample", "100", "--seed", "7", "--severity", "warning", "--context", "4", "--rule", "HOT0701", "--rule", "HOT0801").Arguments!;
        Assert.Equal((Command.Analyze, folder, 100, 7, DiagnosticSeverity.Warning, 4), (analyze.Command, analyze.Path, analyze.Sample, analyze.Seed, analyze.Severity, analyze.Context));
        Assert.Equal(["HOT0701", "HOT0801"], analyze.Rules);

        var fix = Parse("fix", Write("a/A.sln", ""), "--build", "make", "--test", "make test", "--keep", "--loose", "--changes").Arguments!;
        Assert.Equal((Command.Fix, "make", "make test", true, true, true), (fix.Command, fix.Build, fix.Test, fix.Keep, fix.Loose, fix.Changes));
    }

    [Theory]
    [InlineData("'look' is no command", "look", ".")]
    [InlineData("'fix' needs the path", "fix")]
    [InlineData("'analyze' needs the path", "analyze", "--all")]
    [InlineData("'nowhere' does not exist", "analyze", "nowhere")]
    [InlineData("'--sample' needs a whole number", "analyze", ".", "--sample", "-1")]
    [InlineData("'--seed' needs a whole number", "analyze", ".", "--seed")]
    [InlineData("'--rule' needs one of HOT0001,", "analyze", ".", "--rule", "HOT9999")]
    [InlineData("'--severity' needs 'warning' or 'info'", "analyze", ".", "--severity", "loud")]
    [InlineData("'--build' is no option of 'analyze'", "analyze", ".", "--build", "make")]
    [InlineData("'--all' is no option of 'fix'", "fix", ".", "--all")]
    public void Says_what_is_wrong_with_a_command_line(string error, params string[] words)
    {
        var (arguments, said) = Parse(words);
        Assert.Null(arguments);
        Assert.StartsWith(error, said);
    }

    [Fact]
    public void Opens_no_other_file() => Assert.EndsWith("is no .sln, .slnx or .csproj file.", Parse("analyze", Write("a.txt", "")).Error);

    [Fact]
    public void Asked_for_nothing_it_says_how_to_ask() => Assert.Equal((null, null), Parse());

    [Fact]
    public void Copies_what_a_build_needs_and_leaves_nothing()
    {
        Write("A.sln", "");
        Write("src/A/A.cs", "class A;");
        Write("src/A/bin/A.dll", "");
        Write("src/A/obj/A.json", "");
        Write(".git/HEAD", "");

        string place;
        using (var copy = TreeCopy.Of(folder, CancellationToken.None))
        {
            place = copy.Folder;
            Assert.Equal(["A.sln", "src/A/A.cs"], Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(place, path).Replace('\\', '/')).Order());
            Assert.Equal(Path.Combine(place, "src", "A"), copy.Map(Path.Combine(folder, "src", "A")));
            Assert.Equal(place, copy.Map(folder));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(place)));
    }

    [Fact]
    public void A_copy_stopped_half_way_leaves_nothing()
    {
        Write("A.cs", "class A;");
        var before = Copies();

        Assert.Throws<OperationCanceledException>(() => TreeCopy.Of(folder, new CancellationToken(canceled: true)));
        Assert.Subset(before, Copies());

        HashSet<string> Copies() => [.. Directory.EnumerateDirectories(Path.GetTempPath(), "HotPath-*").Where(path => Directory.Exists(Path.Combine(path, Path.GetFileName(folder))))];
    }

    [Fact]
    public void Copies_from_the_root_of_the_repository()
    {
        var project = Write("src/A/A.csproj", "");
        Assert.Equal(Path.Combine(folder, "src", "A"), TreeCopy.RootOf(project));

        Write("src/A.slnx", "");
        Assert.Equal(Path.Combine(folder, "src"), TreeCopy.RootOf(project));

        Write(".git/HEAD", "");
        Assert.Equal(folder, TreeCopy.RootOf(project));
    }

    [Fact]
    public async Task Looks_at_sources_that_do_not_compile()
    {
        Write("A/A.csproj", "<Project><PropertyGroup><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>");
        Write("A/A.cs", "namespace A; " + Slow);
        Write("B/B.csproj", "<Project><ItemGroup><ProjectReference Include=\"..\\A\\A.csproj\" /><ProjectReference Include=\"..\\Gone\\Gone.csproj\" /></ItemGroup></Project>");
        Write("B/B.cs", "using A; using Gone; class D : C, INowhere { void M( { unknown += 1 } ");
        Write("Broken.csproj", "<Project");
        Write("Loose.cs", Slow);

        var output = new StringWriter();
        var arguments = Parse("analyze", folder).Arguments!;
        Assert.Equal(0, await AnalyzeCommand.RunAsync(arguments, output, new Progress(TextWriter.Null), TestContext.Current.CancellationToken));

        var said = output.ToString();
        Assert.Contains($"HOT0701 Warning {Path.Combine("A", "A.cs")}:1: 's' is copied", said, StringComparison.Ordinal);
        Assert.Contains("HOT0701 Warning Loose.cs:1: 's' is copied", said, StringComparison.Ordinal);
        Assert.Contains("0 exceptions of analyzers", said, StringComparison.Ordinal);
        Assert.Contains("lines in 3 projects", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixes_a_copy_until_nothing_changes()
    {
        var file = Write("Loose.cs", "using System;\n" + Slow);
        var output = new StringWriter();
        var arguments = Parse("fix", folder, "--keep", "--test", "echo Passed!").Arguments!;
        Assert.Equal(0, await FixCommand.RunAsync(arguments, output, new Progress(TextWriter.Null), TestContext.Current.CancellationToken));

        var said = output.ToString();
        var copy = said.Split('\n').Single(line => line.StartsWith("The copy is ", StringComparison.Ordinal))["The copy is ".Length..].Trim();
        Assert.Contains("1 files changed in 2 rounds", said, StringComparison.Ordinal);
        Assert.Contains("findings before, 0 after", said, StringComparison.Ordinal);
        Assert.Contains("0 new compile errors in memory", said, StringComparison.Ordinal);
        Assert.Contains("0 tests that end otherwise", said, StringComparison.Ordinal);
        Assert.Contains("StringBuilder", File.ReadAllText(Path.Combine(copy, "Loose.cs")), StringComparison.Ordinal);
        Assert.DoesNotContain("StringBuilder", File.ReadAllText(file), StringComparison.Ordinal);

        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    [Fact]
    public void Finds_the_tests_that_end_otherwise()
    {
        Write("a.trx", Results(("A", "Passed"), ("B", "Passed"), ("B", "Failed")));
        var before = TestRun.Of(new Outcome(1, []), folder);
        Write("a.trx", Results(("A", "Failed"), ("B", "Passed"), ("C", "Passed")));
        var after = TestRun.Of(new Outcome(1, []), folder);

        Assert.Equal("2 Passed, 1 Failed", before.Summary);
        Assert.Empty(before.DifferencesFrom(before));
        Assert.Equal(["A: Passed became Failed", "B #2: Failed became absent", "C: absent became Passed"], after.DifferencesFrom(before));
    }

    [Fact]
    public void Compares_totals_where_there_are_no_results()
    {
        var before = TestRun.Of(new Outcome(0, ["Passed!  - Failed:     0, Passed:    10, Duration: 3 s - A.dll (net10.0)"]), folder);
        var same = TestRun.Of(new Outcome(0, ["Passed!  - Failed:     0, Passed:    10, Duration: 451 ms - A.dll (net10.0)"]), folder);
        var other = TestRun.Of(new Outcome(1, ["Failed!  - Failed:     1, Passed:     9, Duration: 3 s - A.dll (net10.0)"]), folder);

        Assert.Empty(same.DifferencesFrom(before));
        Assert.Single(other.DifferencesFrom(before));
    }

    private static string Results(params (string Test, string Outcome)[] results) =>
        $"<TestRun><Results>{string.Concat(results.Select(result => $"<UnitTestResult testName=\"{result.Test}\" outcome=\"{result.Outcome}\" />"))}</Results></TestRun>";

    private static (Arguments? Arguments, string? Error) Parse(params string[] words) => Arguments.Parse(words);

    private string Write(string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }
}
