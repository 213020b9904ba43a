using System.Collections.Immutable;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>Opens sources of this repository as projects.</summary>
internal static class OwnProjects
{
    /// <summary>What the SDK writes for <c>ImplicitUsings</c>.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly string Packages = typeof(OwnProjects).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    private const string BenchmarkProjectFile = "benchmarks/Benchmarks.csproj";

    /// <summary>What benchmarks share, with the types that each file declares.</summary>
    private static readonly Lazy<List<(string Path, string Text, List<string> Types)>> Shared = new(() =>
    [
        .. from path in Sources(BenchmarkProjectFile)
           where !IsOfRule(path) && Path.GetFileName(path) != "Program.cs"
           let text = Repository.Read(path)
           let types = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText).ToList()
           select (path, text, types),
    ]);

    /// <summary>A project of these files, which refers to everything the tests refer to; its own assembly stands aside.</summary>
    /// <param name="assembly">The name, on which access to internals depends.</param>
    /// <param name="usings">Namespaces of the project file's Using items.</param>
    /// <param name="files">Path and text of each document.</param>
    public static Project Open(string assembly, IEnumerable<string> usings, IReadOnlyCollection<(string Path, string Text)> files)
    {
        var project = new AdhocWorkspace().AddProject(assembly, LanguageNames.CSharp)
            .WithAssemblyName(assembly)
            .WithCompilationOptions(new CSharpCompilationOptions(files.Any(file => Path.GetFileName(file.Path) == "Program.cs") ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable))
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.Parse))
            .WithMetadataReferences(References.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != assembly))
            .AddDocument("GlobalUsings.g.cs", ImplicitUsings + string.Concat(usings.Select(name => $"\nglobal using {name};"))).Project;

        foreach (var (path, text) in files)
            project = project.AddDocument(path, SourceText.From(text), filePath: Repository.FullPath(path)).Project;

        return project;
    }

    /// <summary>A project with the files that belong to it.</summary>
    public static Project Open(string projectFile) => Open(projectFile, [.. Sources(projectFile).Select(path => (path, Repository.Read(path)))]);

    /// <summary>The benchmark project with this one file and those of what benchmarks share that it needs.</summary>
    public static Project BenchmarkProject(string name, string text)
    {
        var needed = new List<(string Path, string Text)> { (name, text) };
        var open = Shared.Value.ToList();

        for (var i = 0; i < needed.Count; i++)
        {
            var words = CSharpSyntaxTree.ParseText(needed[i].Text).GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).ToHashSet();
            var found = open.Where(file => file.Types.Exists(type => words.Contains(type) || (type.EndsWith("Attribute", StringComparison.Ordinal) && words.Contains(type[..^"Attribute".Length])))).ToHashSet();

            needed.AddRange(found.Select(file => (file.Path, file.Text)));
            open.RemoveAll(found.Contains);
        }

        return Open(BenchmarkProjectFile, needed);
    }

    /// <summary>The benchmark classes of the rules, relative to the repository.</summary>
    public static IEnumerable<string> BenchmarkFiles => Repository.Files("benchmarks", "*Benchmarks.cs").Where(IsOfRule);

    /// <summary>The sources of a project: all below its folder that it does not exclude and that belong to no project further down.</summary>
    public static IReadOnlyList<string> Sources(string projectFile)
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        var deeper = Repository.Files(folder, "*.csproj").Where(path => path != projectFile).Select(path => Path.GetDirectoryName(path) + "/");
        var excluded = Items(projectFile, "DefaultItemExcludes").SelectMany(item => item.Value.Split(';')).Where(glob => glob.EndsWith("/**", StringComparison.Ordinal)).Select(glob => $"{folder}/{glob[..^2]}");
        string[] outside = [.. deeper, .. excluded];

        return [.. Repository.Files(folder).Where(path => !outside.Any(below => path.StartsWith(below, StringComparison.Ordinal)))];
    }

    /// <summary>Whether the project refers to a package whose assembly this process does not have, so that its sources cannot bind.</summary>
    public static bool LacksReferences(string projectFile)
    {
        var names = References.Select(reference => Path.GetFileNameWithoutExtension(reference.Display)).ToHashSet();
        return Items(projectFile, "PackageReference").Select(item => item.Attribute("Include")?.Value).OfType<string>()
            .Any(package => !names.Contains(package) && Directory.Exists(Path.Combine(Packages, package.ToLowerInvariant()))
                && Directory.EnumerateFiles(Path.Combine(Packages, package.ToLowerInvariant()), package + ".dll", SearchOption.AllDirectories).Any());
    }

    /// <summary>Files as a project file would have them compiled.</summary>
    private static Project Open(string projectFile, IReadOnlyCollection<(string, string)> files)
    {
        var assembly = Items(projectFile, "AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(projectFile);
        return Open(assembly, Items(projectFile, "Using").Select(item => item.Attribute("Include")!.Value), files);
    }

    /// <summary>The elements of that name in a project file and in what it imports by a plain path.</summary>
    private static IEnumerable<XElement> Items(string file, string name)
    {
        foreach (var element in XDocument.Parse(Repository.Read(file)).Descendants())
        {
            if (element.Name == name)
                yield return element;

            if (element.Name != "Import" || element.Attribute("Project")!.Value is not { } imported || imported.Contains('$'))
                continue;

            foreach (var further in Items(Path.Combine(Path.GetDirectoryName(file)!, imported), name))
                yield return further;
        }
    }

    /// <summary>Whether a file lies in the folder of a pattern, and not among what all rules share.</summary>
    private static bool IsOfRule(string path) => path.Split('/', 3)[1] is ['P', >= '0' and <= '9', >= '0' and <= '9', '-', ..];
}
