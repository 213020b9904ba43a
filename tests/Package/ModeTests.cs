namespace HotPath.Tests.Package;

/// <summary>How loud the rules are, on a project with one finding that is a warning and one that its rule lowers to Info.</summary>
[Collection(InRepository.Name)]
public sealed class ModeTests
{
    private readonly ConsumerProject project;

    public ModeTests(Feed feed)
    {
        project = new ConsumerProject(feed.Folder("modes"), "Modes.csproj", "<TargetFramework>net10.0</TargetFramework>", ConsumerProject.Reference);
        project.Write("Report.cs", Source).Write(".editorconfig", "root = true\n");
    }

    /// <summary>A scan of a list of strings is a warning; of numbers, which is vectorised, Info.</summary>
    private const string Source = """
        public static class Report
        {
            public static int Known(List<string> words, List<string> known)
            {
                var count = 0;
                foreach (var word in words)
                {
                    if (known.Contains(word))
                        count++;
                }

                return count;
            }

            public static int Known(List<int> numbers, List<int> known)
            {
                var count = 0;
                foreach (var number in numbers)
                {
                    if (known.Contains(number))
                        count++;
                }

                return count;
            }
        }
        """;

    [Fact]
    public void Default_shows_the_warning_and_not_the_info() =>
        Says(project.Build(), succeeds: true, (8, "warning"));

    [Fact]
    public void Warnings_as_errors_fail_the_build_on_warnings_only() =>
        Says(project.Build("-warnaserror"), succeeds: false, (8, "error"));

    [Fact]
    public void All_raises_the_info() =>
        Says(project.Build("-p:HotPathMode=All"), succeeds: true, (8, "warning"), (20, "warning"));

    [Fact]
    public void Strict_fails_the_build_and_its_name_may_be_in_lower_case() =>
        Says(project.Build("-p:HotPathMode=strict"), succeeds: false, (8, "error"), (20, "error"));

    [Fact]
    public void None_is_silent() =>
        Says(project.Build("-p:HotPathMode=None"), succeeds: true);

    [Fact]
    public void The_editorconfig_of_the_user_wins_over_a_mode()
    {
        project.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.HOT0801.severity = suggestion\n");

        Says(project.Build("-p:HotPathMode=Strict"), succeeds: true);

        project.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.HOT0801.severity = error\n");

        Says(project.Build("-p:HotPathMode=None"), succeeds: false, (8, "error"), (20, "error"));
    }

    [Fact]
    public void An_unknown_mode_is_named_once_and_Default_is_used()
    {
        var build = project.Build("-p:HotPathMode=Loud");

        var warning = Assert.Single(build.Messages, message => message.Code == "HOTPATH001");
        Assert.Equal("warning", warning.Severity);
        Assert.Equal("HotPathMode 'Loud' is not known; it is one of Default, All, Strict, None. Default is used.", warning.Text);
        Says(build, succeeds: true, (8, "warning"));
    }

    private static void Says(Build build, bool succeeds, params (int Line, string Severity)[] findings)
    {
        Assert.Equal(findings, build.Findings.Where(finding => finding.Code == "HOT0801").Select(finding => (finding.Line, finding.Severity)).Order());
        Assert.True(build.Outcome.ExitCode == 0 == succeeds, build.Outcome.Output);
    }
}
