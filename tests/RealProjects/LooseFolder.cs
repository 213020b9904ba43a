using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.RealProjects;

/// <summary>
/// A folder of sources bound without a build: those of each project file on their own, with the projects it names, the rest together,
/// all against .NET 10 and the packages of this program. What does not bind stays unbound.
/// </summary>
internal static class LooseFolder
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string[] Skipped = ["bin", "obj", ".git", ".vs", "node_modules"];

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. Packs("Microsoft.NETCore.App.Ref").Concat(Packs("Microsoft.AspNetCore.App.Ref")).Concat(Packages())
            .DistinctBy(Path.GetFileName)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>The projects of a folder; empty where it holds no source.</summary>
    public static IReadOnlyList<Project> Open(string folder, CancellationToken cancellationToken)
    {
        var sources = Files(folder, ".cs");
        var projectFiles = Files(folder, ".csproj");
        var owners = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var ownerOf = projectFiles.GroupBy(file => Path.GetDirectoryName(file)!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

        foreach (var source in sources)
        {
            var owner = folder;
            for (var parent = Path.GetDirectoryName(source); parent is not null && parent.Length >= folder.Length; parent = Path.GetDirectoryName(parent))
            {
                if (ownerOf.TryGetValue(parent, out var file))
                {
                    owner = file;
                    break;
                }
            }

            if (!owners.TryGetValue(owner, out var files))
                owners.Add(owner, files = []);

            files.Add(source);
        }

        var ids = owners.Keys.ToDictionary(owner => owner, _ => ProjectId.CreateNewId(), StringComparer.Ordinal);
        var solution = new AdhocWorkspace().CurrentSolution;

        foreach (var (owner, files) in owners)
        {
            cancellationToken.ThrowIfCancellationRequested();
            solution = solution.AddProject(ProjectOf(owner, files, ids[owner], folder));
        }

        foreach (var owner in owners.Keys.Where(owner => owner != folder))
        {
            foreach (var referenced in ProjectReferences(owner).Where(ids.ContainsKey))
            {
                var reference = new ProjectReference(ids[referenced]);
                if (referenced != owner && !solution.GetProject(ids[owner])!.ProjectReferences.Contains(reference) && !Reaches(solution, ids[referenced], ids[owner]))
                    solution = solution.AddProjectReference(ids[owner], reference);
            }
        }

        return [.. owners.Keys.Order(StringComparer.Ordinal).Select(owner => solution.GetProject(ids[owner])!)];
    }

    private static bool Reaches(Solution solution, ProjectId from, ProjectId to) =>
        solution.GetProjectDependencyGraph().GetProjectsThatThisProjectTransitivelyDependsOn(from).Contains(to);

    private static ProjectInfo ProjectOf(string owner, List<string> files, ProjectId id, string folder)
    {
        var settings = Settings(owner, folder);
        var parse = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse, preprocessorSymbols: Symbols);
        var documents = files.Select(file => DocumentInfo.Create(
            DocumentId.CreateNewId(id), Path.GetFileName(file), filePath: file, loader: TextLoader.From(TextAndVersion.Create(Read(file), VersionStamp.Default, file)))).ToList();

        if (settings.Contains("<ImplicitUsings>enable", StringComparison.OrdinalIgnoreCase) || settings.Contains("<ImplicitUsings>true", StringComparison.OrdinalIgnoreCase))
        {
            var path = Path.Combine(folder, "obj", "GlobalUsings.g.cs");
            documents.Add(DocumentInfo.Create(
                DocumentId.CreateNewId(id), "GlobalUsings.g.cs", filePath: path,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(ImplicitUsings, Encoding.UTF8), VersionStamp.Default, path))));
        }

        var nullable = settings.Contains("<Nullable>enable", StringComparison.OrdinalIgnoreCase) ? NullableContextOptions.Enable : NullableContextOptions.Disable;
        var isProgram = documents.Exists(document => document.Name == "Program.cs");
        var options = new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: nullable);
        var name = owner == folder ? Path.GetFileName(folder) : Path.GetFileNameWithoutExtension(owner);

        return ProjectInfo.Create(id, VersionStamp.Default, name, name, LanguageNames.CSharp, owner == folder ? null : owner,
            compilationOptions: options, parseOptions: parse, documents: documents, metadataReferences: References.Value);
    }

    private static SourceText Read(string file)
    {
        using var stream = File.OpenRead(file);
        return SourceText.From(stream);
    }

    /// <summary>The project file and the Directory.Build.props above it, as text: broken ones are common.</summary>
    private static string Settings(string owner, string folder)
    {
        var text = new StringBuilder(owner == folder ? "" : File.ReadAllText(owner));
        for (var parent = owner == folder ? owner : Path.GetDirectoryName(owner); parent is not null && parent.Length >= folder.Length; parent = Path.GetDirectoryName(parent))
        {
            if (Path.Combine(parent, "Directory.Build.props") is var props && File.Exists(props))
                text.Append(File.ReadAllText(props));
        }

        return text.ToString();
    }

    private static List<string> ProjectReferences(string projectFile)
    {
        try
        {
            return
            [
                .. XDocument.Load(projectFile).Descendants()
                    .Where(element => element.Name.LocalName == "ProjectReference")
                    .Select(element => element.Attribute("Include")?.Value)
                    .OfType<string>()
                    .Select(path => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(projectFile)!, path.Replace('\\', '/')))),
            ];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    /// <summary>The files below a folder, without what builds and tools write, in a fixed order.</summary>
    private static List<string> Files(string folder, string extension)
    {
        var found = new List<string>();
        var open = new Stack<string>([folder]);

        while (open.TryPop(out var current))
        {
            found.AddRange(Directory.EnumerateFiles(current).Where(file => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)));
            foreach (var below in Directory.EnumerateDirectories(current))
            {
                if (!Skipped.Contains(Path.GetFileName(below), StringComparer.OrdinalIgnoreCase) && new DirectoryInfo(below).LinkTarget is null)
                    open.Push(below);
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static IEnumerable<string> Packs(string name)
    {
        // The shared framework lies in <root>/shared/<name>/<version>/.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "packs", name));
        var newest = Directory.Exists(root) ? Directory.EnumerateDirectories(root, "10.*").Order(StringComparer.Ordinal).LastOrDefault() : null;

        return newest is null ? [] : Directory.EnumerateFiles(Path.Combine(newest, "ref", "net10.0"), "*.dll").Order(StringComparer.Ordinal);
    }

    /// <summary>The packages of this program, without what the framework holds and without itself.</summary>
    private static IEnumerable<string> Packages() =>
        Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => !Path.GetFileName(path).StartsWith("HotPath.", StringComparison.Ordinal) && IsManaged(path))
            .Order(StringComparer.Ordinal);

    private static bool IsManaged(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }

    private static readonly string[] Symbols =
    [
        "TRACE", "NET", "NETCOREAPP", "NET10_0",
        .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"),
        "NETCOREAPP2_0_OR_GREATER", "NETCOREAPP2_1_OR_GREATER", "NETCOREAPP3_0_OR_GREATER", "NETCOREAPP3_1_OR_GREATER",
    ];
}
