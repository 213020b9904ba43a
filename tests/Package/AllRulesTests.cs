using System.Text.Json;

namespace HotPath.Tests.Package;

/// <summary>One project with every rule: what the build says, what the tools do with it, and that it still prints the same.</summary>
public sealed class AllRulesTests(Feed feed)
{
    [Fact]
    public void Build_shows_each_finding_and_dotnet_format_fixes_what_can_be_fixed()
    {
        Assert.NotEmpty(Examples.Rules);
        var project = Examples.Project(feed, "format");
        var log = Path.Combine(project.Folder, "findings.sarif");

        var build = project.Build($"-p:ErrorLog={log}%2cversion=2.1").Succeeded();
        Assert.Equal(
            Examples.Findings.Select(example => (example.File, example.Line, example.Id, "warning")).Order(),
            build.Findings.Select(finding => (finding.File, finding.Line, finding.Code, finding.Severity)).Order());
        IsSarif(log);

        var printed = project.Run();
        Command.Dotnet(project.Folder, "format", "analyzers", "Consumer.csproj", "--severity", "info", "--no-restore").Succeeded();

        var after = project.Build().Succeeded();
        Assert.Equal(Staying, after.Findings.Select(finding => (finding.File, finding.Code)).Order());
        Assert.Equal(printed, project.Run());
    }

    [Fact]
    public void A_workspace_host_lists_the_quick_fixes_and_applies_fix_all()
    {
        Assert.NotEmpty(Examples.Rules);
        var project = Examples.Project(feed, "host");
        project.Build().Succeeded();
        var printed = project.Run();

        var output = Command.Dotnet(project.Folder, Feed.Host, project.File).Succeeded();
        var report = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        var found = report.GetProperty("Found").EnumerateArray()
            .Select(finding => (File: finding.GetProperty("File").GetString()!, Line: finding.GetProperty("Line").GetInt32(), Id: finding.GetProperty("Id").GetString()!, Fixable: finding.GetProperty("Actions").GetArrayLength() > 0))
            .ToHashSet();

        Assert.All(report.GetProperty("Assemblies").EnumerateArray(), assembly => Assert.Contains(Feed.Version, assembly.GetString(), StringComparison.Ordinal));
        // A fix that changes something is offered too, so one that stays may have a light bulb.
        Assert.DoesNotContain(Examples.Findings, example => !found.Contains((example.File, example.Line, example.Id, true)) && !(example.Stays && found.Contains((example.File, example.Line, example.Id, false))));
        Assert.Empty(report.GetProperty("Errors").EnumerateArray().Select(error => error.GetString()));
        Assert.True(report.GetProperty("Saved").GetBoolean());

        Assert.Equal(Staying, project.Build().Succeeded().Findings.Select(finding => (finding.File, finding.Code)).Order());
        Assert.Equal(printed, project.Run());
    }

    private static IEnumerable<(string File, string Id)> Staying =>
        Examples.Findings.Where(example => example.Stays).Select(example => (example.File, example.Id)).Order();

    private static void IsSarif(string log)
    {
        using var stream = File.OpenRead(log);
        var sarif = JsonDocument.Parse(stream).RootElement;
        Assert.Equal("2.1.0", sarif.GetProperty("version").GetString());
        var run = Assert.Single(sarif.GetProperty("runs").EnumerateArray());

        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()
            .ToDictionary(rule => rule.GetProperty("id").GetString()!, rule => rule);
        Assert.All(Examples.Rules, rule => Assert.Equal(
            $"https://github.com/hotpath-dotnet/HotPath/blob/main/docs/rules/{rule}.md",
            rules[rule].GetProperty("helpUri").GetString()));

        var results = run.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("level").GetString() == "warning").Select(result => (
            Path.GetFileName(new Uri(Location(result).GetProperty("artifactLocation").GetProperty("uri").GetString()!, UriKind.RelativeOrAbsolute).ToString()),
            Location(result).GetProperty("region").GetProperty("startLine").GetInt32(),
            result.GetProperty("ruleId").GetString()!)).ToHashSet();
        Assert.All(Examples.Findings, example => Assert.Contains((example.File, example.Line, example.Id), results));

        static JsonElement Location(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation");
    }
}
