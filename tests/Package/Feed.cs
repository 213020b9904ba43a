using System.IO.Compression;
using System.Reflection;

[assembly: AssemblyFixture(typeof(HotPath.Tests.Package.Feed))]

namespace HotPath.Tests.Package;

/// <summary>The package, packed once for all tests, in a folder feed beside which the consumers live.</summary>
public sealed class Feed : IDisposable
{
    /// <summary>A version that no other folder of packages on the machine can hold.</summary>
    public const string Version = "0.0.0-undertest";

    private readonly string root = Directory.CreateTempSubdirectory("hotpath-package-").FullName;

    public Feed()
    {
        try
        {
            Pack("feed");
            ZipFile.ExtractToDirectory(PackageFile, Extracted);
            SetUp();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Metadata("RepositoryRoot");

    /// <summary>The host program.</summary>
    public static string Host { get; } = Metadata("Host");

    /// <summary>The package.</summary>
    public string PackageFile => Path.Combine(root, "feed", $"HotPath.{Version}.nupkg");

    /// <summary>The content of the package.</summary>
    public string Extracted => Path.Combine(root, "extracted");

    /// <summary>Packs what is in the repository and returns the file.</summary>
    public string Pack(string folder, string target = "Pack")
    {
        var output = Command.Dotnet(Repository, "msbuild", "src/Package", $"-t:{target}", "-tl:off", "-nodeReuse:false", "-v:minimal",
            "-p:Configuration=Release", $"-p:PackageVersion={Version}", $"-p:PackageOutputPath={Path.Combine(root, folder)}").Succeeded();
        Assert.DoesNotContain("warning", output, StringComparison.Ordinal);
        return Path.Combine(root, folder, $"HotPath.{Version}.nupkg");
    }

    /// <summary>A new folder for a consumer.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void SetUp()
    {
        Write("nuget.config", $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(root, "packages")}" />
              </config>
              <fallbackPackageFolders>
                <clear />
                <add key="machine" value="{Metadata("NuGetPackageRoot")}" />
              </fallbackPackageFolders>
              <packageSources>
                <clear />
                <add key="local" value="{Path.Combine(root, "feed")}" />
              </packageSources>
            </configuration>
            """);
        Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <NuGetAudit>false</NuGetAudit>
                <UseAppHost>false</UseAppHost>
                <LangVersion>latest</LangVersion>
              </PropertyGroup>
            </Project>
            """);
        Write("Directory.Packages.props", $"""
            <Project>
              <Import Project="{Path.Combine(Repository, "Directory.Packages.props")}" />
              <ItemGroup>
                <PackageVersion Include="HotPath" Version="{Version}" />
                <PackageVersion Include="Microsoft.NETFramework.ReferenceAssemblies.net472" Version="1.0.3" />
              </ItemGroup>
            </Project>
            """);
        // Nothing above the temporary folder may take part.
        Write("Directory.Build.targets", "<Project />");
        Write(".editorconfig", "root = true\n");
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(root, name), content);

    private static string Metadata(string key) =>
        typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}

/// <summary>Tests that build or pack in the repository, or that depend on what was built there: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class InRepository
{
    public const string Name = nameof(InRepository);
}
