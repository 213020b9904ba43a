using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>The framework that test sources are compiled against, each read from disk once.</summary>
public sealed class ReferenceAssemblies
{
    private readonly string name;
    private readonly Lazy<ImmutableArray<MetadataReference>> references;

    private ReferenceAssemblies(string name, Func<IEnumerable<string>> files)
    {
        this.name = name;
        references = new(() => [.. files().Select(file => MetadataReference.CreateFromFile(file))]);
    }

    /// <summary>What is used when nothing is said.</summary>
    public static ReferenceAssemblies Default => Net.Net100;

    /// <summary>The references themselves.</summary>
    public Task<ImmutableArray<MetadataReference>> ResolveAsync(string? language, CancellationToken cancellationToken) => Task.FromResult(references.Value);

    /// <inheritdoc/>
    public override string ToString() => name;

    /// <summary>.NET.</summary>
    public static class Net
    {
        /// <summary>.NET 8.</summary>
        public static ReferenceAssemblies Net80 { get; } = new("net8.0", () => Assemblies(Package("microsoft.netcore.app.ref", "8."), "ref", "net8.0"));

        /// <summary>.NET 10, from the SDK.</summary>
        public static ReferenceAssemblies Net100 { get; } = new("net10.0", () => Assemblies(SdkPack("Microsoft.NETCore.App.Ref", "10."), "ref", "net10.0"));
    }

    /// <summary>.NET Standard.</summary>
    public static class NetStandard
    {
        /// <summary>.NET Standard 2.0.</summary>
        public static ReferenceAssemblies NetStandard20 { get; } = new("netstandard2.0", () => Assemblies(Package("netstandard.library", "2."), "build", "netstandard2.0", "ref"));
    }

    /// <summary>.NET Framework.</summary>
    public static class NetFramework
    {
        /// <summary>.NET Framework 4.7.2.</summary>
        public static class Net472
        {
            private static readonly string[] Names =
            [
                "mscorlib", "System", "System.Core", "System.Data", "System.Numerics", "System.Net.Http", "System.Runtime.Serialization",
                "System.Web.Extensions", "System.Xml", "System.Xml.Linq", "Microsoft.CSharp",
            ];

            /// <summary>What a new project references.</summary>
            public static ReferenceAssemblies Default { get; } = new("net472", Files);

            private static IEnumerable<string> Files()
            {
                var folder = Path.Combine(Package("microsoft.netframework.referenceassemblies.net472", "1."), "build", ".NETFramework", "v4.7.2");
                return [.. Names.Select(name => Path.Combine(folder, name + ".dll")), .. Assemblies(folder, "Facades")];
            }
        }
    }

    private static IEnumerable<string> Assemblies(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine(folder), "*.dll").Order(StringComparer.Ordinal);

    private static string SdkPack(string pack, string version)
    {
        // The shared framework lies in <root>/shared/<name>/<version>/.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Newest(Path.Combine(root, "packs", pack), version);
    }

    private static string Package(string id, string version) => Newest(Path.Combine(PackageRoot(), id), version);

    private static string PackageRoot()
    {
        var built = typeof(ReferenceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "NuGetPackageRoot")?.Value;
        string?[] candidates =
        [
            built,
            Environment.GetEnvironmentVariable("NUGET_PACKAGES"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ];

        return candidates.First(Directory.Exists)!;
    }

    private static string Newest(string folder, string version)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{folder}' holds the reference assemblies that tests compile against; run 'dotnet restore' first.");

        return Directory.EnumerateDirectories(folder, version + "*")
            .OrderBy(path => System.Version.Parse(Path.GetFileName(path).Split('-', 2)[0]))
            .LastOrDefault()
            ?? throw new DirectoryNotFoundException($"'{folder}' holds no version {version}x; run 'dotnet restore' first.");
    }
}
