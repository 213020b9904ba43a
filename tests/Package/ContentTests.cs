using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace HotPath.Tests.Package;

[Collection(InRepository.Name)]
public sealed class ContentTests(Feed feed)
{
    [Fact]
    public void The_package_holds_exactly_this()
    {
        using var package = ZipFile.OpenRead(feed.PackageFile);

        // What the format itself adds differs from one NuGet to the next.
        var entries = package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal);

        Assert.Equal(
        [
            "HotPath.nuspec",
            "LICENSE",
            "README.md",
            "analyzers/dotnet/cs/HotPath.Analyzers.dll",
            "analyzers/dotnet/cs/HotPath.CodeFixes.dll",
            "build/HotPath.Inject.targets",
            "build/HotPath.props",
            "build/HotPath.targets",
            "buildTransitive/HotPath.props",
            "buildTransitive/HotPath.targets",
            "config/All.globalconfig",
            "config/Default.globalconfig",
            "config/None.globalconfig",
            "config/Strict.globalconfig",
            "icon.png",
        ], entries);
    }

    [Fact]
    public void It_is_for_development_only_and_depends_on_nothing()
    {
        var metadata = XDocument.Load(Path.Combine(feed.Extracted, "HotPath.nuspec")).Root!.Elements().Single();
        string? Text(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal("true", Text("developmentDependency"));
        Assert.Null(Text("dependencies"));
        Assert.Null(Text("frameworkReferences"));
        Assert.Equal("MIT", Text("license"));
        Assert.Equal("README.md", Text("readme"));
        Assert.Equal("icon.png", Text("icon"));

        var repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal("https://github.com/hotpath-dotnet/HotPath", repository.Attribute("url")!.Value);
    }

    [Fact]
    public void The_same_source_packs_to_the_same_assemblies()
    {
        using var first = ZipFile.OpenRead(feed.PackageFile);
        using var second = ZipFile.OpenRead(feed.Pack("again", "Rebuild;Pack"));

        Assert.Equal(Hashes(first), Hashes(second));

        static Dictionary<string, string> Hashes(ZipArchive package) => package.Entries
            .Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name, entry =>
            {
                using var content = entry.Open();
                return Convert.ToHexString(SHA256.HashData(content));
            });
    }
}
