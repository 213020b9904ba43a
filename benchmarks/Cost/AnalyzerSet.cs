using System.Text;

namespace HotPath.Benchmarks;

/// <summary>Analyzers that a build is timed with.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Package">The NuGet package, or null where none is needed.</param>
/// <param name="Version">The version of the package.</param>
/// <param name="Assemblies">How the names of its assemblies begin, in the compiler's report.</param>
/// <param name="Arguments">What the build is told besides.</param>
public sealed record AnalyzerSet(string Name, string? Package, string? Version, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Arguments)
{
    /// <summary>Only the set of the SDK asks for its analyzers; those of its linker, which some projects switch on, take several times what all others take together.</summary>
    private const string WithoutSdk = "-p:EnableNETAnalyzers=false " + WithoutLinker;

    private const string WithoutLinker = "-p:IsAotCompatible=false -p:IsTrimmable=false -p:EnableTrimAnalyzer=false -p:EnableAotAnalyzer=false -p:EnableSingleFileAnalyzer=false";

    /// <summary>The property of the build that names rules to be silenced, besides those of the project.</summary>
    public const string SilencedProperty = "AnalyzerCostSilenced";

    /// <summary>Nothing, this package, and its peers with the rules that they have on by default.</summary>
    public static IReadOnlyList<AnalyzerSet> All { get; } =
    [
        new("no analyzers", null, null, [], [WithoutSdk]),
        new("HotPath", null, null, ["HotPath."], [WithoutSdk]),
        new("HotPath, HotPathMode=All", null, null, ["HotPath."], [WithoutSdk, "-p:HotPathMode=All"]),
        new(".NET SDK, AnalysisMode=All", null, null, ["Microsoft.CodeAnalysis.NetAnalyzers", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers"], ["-p:EnableNETAnalyzers=true", "-p:AnalysisLevel=latest", "-p:AnalysisMode=All", WithoutLinker]),
        new("Roslynator.Analyzers", "Roslynator.Analyzers", "5.0.1", ["Roslynator."], [WithoutSdk]),
        new("Meziantou.Analyzer", "Meziantou.Analyzer", "3.0.321", ["Meziantou."], [WithoutSdk]),
        new("SonarAnalyzer.CSharp", "SonarAnalyzer.CSharp", "10.36.0.15337", ["SonarAnalyzer"], [WithoutSdk]),
    ];

    /// <summary>Whether the set is this package, which a build gets from the repository.</summary>
    public bool IsHotPath => Name.StartsWith("HotPath", StringComparison.Ordinal);

    /// <summary>
    /// Writes the file that a build imports to have this set: the package's own file for HotPath, else the analyzers of a restored package.
    /// Only analyzers are taken; where a package has several folders for several compilers, the newest is.
    /// </summary>
    public string WriteTargets(string folder, string? package)
    {
        if (IsHotPath)
            return Path.Combine(Repository.Root, "src", "Package", "build", "HotPath.Inject.targets");

        var text = new StringBuilder("<Project>\n  <PropertyGroup>\n    <NoWarn>$(NoWarn);$(").Append(SilencedProperty).Append(")</NoWarn>\n  </PropertyGroup>\n  <Target Name=\"AddAnalyzers\" BeforeTargets=\"CoreCompile\" Condition=\"'$(Language)' == 'C#'\">\n    <ItemGroup>\n");
        foreach (var assembly in package is null ? [] : AssembliesOf(package))
            text.Append("      <Analyzer Include=\"").Append(assembly).Append("\" />\n");

        text.Append("    </ItemGroup>\n  </Target>\n</Project>\n");
        var file = Path.Combine(folder, (Package ?? "none") + ".targets");
        File.WriteAllText(file, text.ToString());
        return file;
    }

    private static IEnumerable<string> AssembliesOf(string package)
    {
        var analyzers = Path.Combine(package, "analyzers");
        var newest = Directory.GetDirectories(analyzers, "roslyn*", SearchOption.AllDirectories)
            .Where(folder => !Path.GetFileName(folder).Contains("cs", StringComparison.Ordinal))
            .MaxBy(folder => Version(Path.GetFileName(folder)["roslyn".Length..]));

        return Directory.GetFiles(newest ?? analyzers, "*.dll", SearchOption.AllDirectories)
            .Where(assembly => !assembly.EndsWith(".resources.dll", StringComparison.Ordinal) && !assembly.Split(Path.DirectorySeparatorChar).Contains("vb"));

        static System.Version Version(string text) => System.Version.TryParse(text, out var version) ? version : new System.Version(0, 0);
    }
}
