using System.Text.RegularExpressions;

namespace HotPath.Tests.Package;

/// <summary>A project of a user of the package, in a folder of its own.</summary>
internal sealed partial class ConsumerProject
{
    private readonly string name;

    public ConsumerProject(string folder, string name, string properties, string items = "")
    {
        Folder = folder;
        this.name = name;
        Write(name, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The reference that installs the package, as <c>dotnet add package</c> writes it.</summary>
    public static string Reference => """
        <PackageReference Include="HotPath">
          <PrivateAssets>all</PrivateAssets>
          <IncludeAssets>runtime; build; native; contentfiles; analyzers; buildtransitive</IncludeAssets>
        </PackageReference>
        """;

    /// <summary>Where the project lies.</summary>
    public string Folder { get; }

    /// <summary>The project file.</summary>
    public string File => Path.Combine(Folder, name);

    /// <summary>Writes a file of the project.</summary>
    public ConsumerProject Write(string path, string content)
    {
        System.IO.File.WriteAllText(Path.Combine(Folder, path), content);
        return this;
    }

    /// <summary>Builds everything anew, because a build that is up to date repeats no warning.</summary>
    public Build Build(params string[] arguments)
    {
        string[] restored = System.IO.File.Exists(Path.Combine(Folder, "obj", "project.assets.json")) ? ["--no-restore"] : [];
        var outcome = Command.Dotnet(Folder, ["build", name, "--no-incremental", "-nodeReuse:false", "-v:minimal", "-tl:off", .. restored, .. arguments]);

        // The summary at the end says everything again.
        var once = outcome.Output.Split("\nBuild ", 2)[0];
        return new Build(outcome, [.. MessageLine().Matches(once).Select(match => new Message(
            Path.GetFileName(match.Groups["file"].Value.Trim()),
            match.Groups["line"].Success ? int.Parse(match.Groups["line"].Value, null) : 0,
            match.Groups["severity"].Value,
            match.Groups["code"].Value,
            match.Groups["text"].Value,
            match.Groups["project"].Value))]);
    }

    /// <summary>Runs what was built last.</summary>
    public string Run() => Command.Dotnet(Folder, Path.Combine("bin", "Debug", "net10.0", Path.ChangeExtension(name, ".dll"))).Succeeded();

    [GeneratedRegex(@"^(?<file>[^(\n]+?)(\((?<line>\d+),\d+[^)]*\))?\s*: (?<severity>warning|error) (?<code>\w+): (?<text>.*?)( \[(?<project>[^\]\n]+)\])?$", RegexOptions.Multiline)]
    private static partial Regex MessageLine();
}

/// <summary>A build and what it said.</summary>
internal sealed record Build(Outcome Outcome, Message[] Messages)
{
    /// <summary>What the rules said.</summary>
    public Message[] Findings => [.. Messages.Where(message => message.Code.StartsWith("HOT", StringComparison.Ordinal) && !message.Code.StartsWith("HOTPATH", StringComparison.Ordinal))];

    /// <summary>The build, which must have succeeded.</summary>
    public Build Succeeded()
    {
        Outcome.Succeeded();
        return this;
    }
}

/// <summary>A warning or error as the console shows it.</summary>
internal sealed record Message(string File, int Line, string Severity, string Code, string Text, string Project);
