using System.Text.RegularExpressions;

namespace HotPath.Tests.Package;

/// <summary>Frameworks and languages: where the package works, and where it must keep out.</summary>
[Collection(InRepository.Name)]
public sealed partial class TargetsTests(Feed feed)
{
    private const string Scan = """
        using System.Collections.Generic;
        using System.Linq;

        public static class Scan
        {
            public static int Size(List<string> words) => words.Count();

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
        }
        """;

    private const string Sets = "<ImplicitUsings>disable</ImplicitUsings><Nullable>disable</Nullable><AutomaticallyUseReferenceAssemblyPackages>false</AutomaticallyUseReferenceAssemblyPackages>";

    [Fact]
    public void Every_inner_build_of_a_project_for_old_and_new_frameworks_shows_the_finding_once()
    {
        var project = new ConsumerProject(feed.Folder("targets"), "Targets.csproj",
            $"<TargetFrameworks>net472;netstandard2.0;net10.0</TargetFrameworks>{Sets}",
            ConsumerProject.Reference + """<PackageReference Include="Microsoft.NETFramework.ReferenceAssemblies.net472" Condition="'$(TargetFramework)' == 'net472'" />""");
        project.Write("Scan.cs", Scan);

        Assert.Equal(
            ["Targets.csproj net10.0 HOT0801", "Targets.csproj net472 HOT0801", "Targets.csproj netstandard2.0 HOT0801"],
            Findings(project.Build().Succeeded()));
    }

    [Fact]
    public void Inject_adds_the_analyzers_to_projects_that_know_nothing_of_them()
    {
        // In one build: two frameworks, a project that has the package already, and one in a language that the rules do not speak.
        var folder = feed.Folder("inject");
        var app = new ConsumerProject(folder, "App.csproj", $"<TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>{Sets}", """
            <ProjectReference Include="Basic/Basic.vbproj" />
            <ProjectReference Include="Has/Has.csproj" />
            <Compile Remove="Has/**" />
            """);
        app.Write("Scan.cs", Scan);

        Directory.CreateDirectory(Path.Combine(folder, "Has"));
        new ConsumerProject(Path.Combine(folder, "Has"), "Has.csproj", $"<TargetFramework>netstandard2.0</TargetFramework>{Sets}", ConsumerProject.Reference)
            .Write("Scan.cs", Scan.Replace("class Scan", "class OtherScan", StringComparison.Ordinal));

        Directory.CreateDirectory(Path.Combine(folder, "Basic"));
        File.WriteAllText(Path.Combine(folder, "Basic", "Basic.vbproj"),
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup></Project>""");
        File.WriteAllText(Path.Combine(folder, "Basic", "Basic.vb"), "Public Class Basic\nEnd Class\n");

        string[] everywhere = ["App.csproj net10.0 HOT0801", "App.csproj netstandard2.0 HOT0801", "Has.csproj  HOT0801"];

        var fromPackage = app.Build(Inject(Path.Combine(feed.Extracted, "build")));
        Assert.Equal(everywhere, Findings(fromPackage.Succeeded()));

        var fromRepository = app.Build(Inject(Path.Combine(Feed.Repository, "src", "Package", "build")), "-p:HotPathMode=All");
        Assert.Equal(everywhere, Findings(fromRepository.Succeeded()));
        Assert.Contains(fromRepository.Messages, message => message.Code == "CA1829");
    }

    [Fact]
    public void Inject_says_what_to_do_where_the_analyzers_are_not_built()
    {
        var clone = feed.Folder("clone");
        foreach (var part in (string[])["build", "config"])
        {
            Directory.CreateDirectory(Path.Combine(clone, "src", "Package", part));
            foreach (var file in Directory.GetFiles(Path.Combine(Feed.Repository, "src", "Package", part)))
                File.Copy(file, Path.Combine(clone, "src", "Package", part, Path.GetFileName(file)));
        }

        var project = new ConsumerProject(feed.Folder("notbuilt"), "NotBuilt.csproj", "<TargetFramework>net10.0</TargetFramework>");
        project.Write("Scan.cs", Scan);

        var error = Assert.Single(project.Build(Inject(Path.Combine(clone, "src", "Package", "build"))).Messages);
        Assert.Equal(("error", "HOTPATH002"), (error.Severity, error.Code));
        Assert.Contains("dotnet build src/CodeFixes", error.Text, StringComparison.Ordinal);
    }

    private static string Inject(string folder) => $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(folder, "HotPath.Inject.targets")}";

    private static IEnumerable<string> Findings(Build build) => build.Findings
        .Select(finding => $"{ProjectFile().Match(finding.Project).Value} {TargetFramework().Match(finding.Project).Value} {finding.Code}")
        .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"[^/\\]+\.csproj")]
    private static partial Regex ProjectFile();

    [GeneratedRegex("(?<=TargetFramework=).*")]
    private static partial Regex TargetFramework();
}
