using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Empty projects with their references bound, one per kind: a test adds its files to one of them and need not bind 170 assemblies again.</summary>
internal static class BaseProjects
{
    private static readonly AdhocWorkspace Workspace = new();
    private static readonly ConcurrentDictionary<(ReferenceAssemblies, string, CompilationOptions, ParseOptions), Lazy<Task<Project>>> Projects = new();

    public static Task<Project> GetAsync(ReferenceAssemblies framework, IReadOnlyCollection<MetadataReference> others, CompilationOptions compilation, ParseOptions parse)
    {
        var key = (framework, string.Join('|', others.Select(reference => reference.Display)), compilation, parse);
        return Projects.GetOrAdd(key, _ => new(() => CreateAsync(framework, [.. others], compilation, parse))).Value;
    }

    private static async Task<Project> CreateAsync(ReferenceAssemblies framework, ImmutableArray<MetadataReference> others, CompilationOptions compilation, ParseOptions parse)
    {
        var references = await framework.ResolveAsync(LanguageNames.CSharp, CancellationToken.None).ConfigureAwait(false);
        var project = Workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "TestProject", "TestProject", LanguageNames.CSharp,
            filePath: "/0/TestProject.csproj", compilationOptions: compilation, parseOptions: parse, metadataReferences: references.AddRange(others))).Projects.Single();

        await project.GetCompilationAsync().ConfigureAwait(false);
        return project;
    }
}
