using System.Text.RegularExpressions;

namespace HotPath.Tests.Package;

/// <summary>
/// The sources in <c>Consumer</c>, one per rule, with the expected findings as comments: <c>// HOT0701</c> for one that fix-all
/// fixes, <c>// HOT0701 stays</c> for one that it leaves. The one that stays comes first, because tools that try only the
/// first finding would then fix nothing.
/// </summary>
internal static partial class Examples
{
    private static readonly string Sources = Path.Combine(Feed.Repository, "tests", "Package", "Consumer");

    /// <summary>The rules that the release files list; HOT00 rules are about a project's set-up and have no source.</summary>
    public static string[] Rules { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Feed.Repository, "src", "Analyzers"), "AnalyzerReleases.*.md")
            .SelectMany(File.ReadLines)
            .Select(line => ReleasedRule().Match(line))
            .Where(match => match.Success && !match.Groups["id"].Value.StartsWith("HOT00", StringComparison.Ordinal))
            .Select(match => match.Groups["id"].Value)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The findings that a build shows.</summary>
    public static IEnumerable<Example> Findings => Rules.SelectMany(FindingsOf);

    /// <summary>Writes a project that uses the package and holds an example of every rule.</summary>
    public static ConsumerProject Project(Feed feed, string folder)
    {
        var project = new ConsumerProject(feed.Folder(folder), "Consumer.csproj",
            "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>",
            ConsumerProject.Reference + """

                <PackageReference Include="Dapper" />
                <PackageReference Include="Microsoft.Data.Sqlite" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" />
                """);

        foreach (var file in (string[])["Program.cs", "Data.cs", ".editorconfig", .. Rules.Select(rule => rule + ".cs")])
            project.Write(file, File.ReadAllText(Path.Combine(Sources, file)));

        return project;
    }

    private static IEnumerable<Example> FindingsOf(string rule)
    {
        var file = Path.Combine(Sources, rule + ".cs");
        Assert.True(File.Exists(file), $"{rule} has no example: write {file}.");

        return File.ReadLines(file)
            .Select((line, index) => (Match: Expectation().Match(line), Line: index + 1))
            .Where(found => found.Match.Success)
            .Select(found => new Example(rule + ".cs", found.Line, found.Match.Groups["id"].Value, found.Match.Groups["stays"].Success));
    }

    [GeneratedRegex(@"^\s*(?<id>HOT\d{4}) *\|.*\| *(Warning|Info)")]
    private static partial Regex ReleasedRule();

    [GeneratedRegex(@"// (?<id>HOT\d{4})(?<stays> stays)?$")]
    private static partial Regex Expectation();
}

/// <summary>An expected finding.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Line">The line it is on.</param>
/// <param name="Id">The rule that finds it.</param>
/// <param name="Stays">Whether fix-all leaves it.</param>
internal sealed record Example(string File, int Line, string Id, bool Stays);
