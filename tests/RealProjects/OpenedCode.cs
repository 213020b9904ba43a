using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.MSBuild;

namespace HotPath.RealProjects;

/// <summary>Projects to look at, of a solution or project as MSBuild sees it, or of a plain folder.</summary>
internal sealed class OpenedCode : IDisposable
{
    private readonly MSBuildWorkspace? workspace;

    private OpenedCode(MSBuildWorkspace? workspace, IReadOnlyList<Project> projects, IReadOnlyList<string> problems)
    {
        this.workspace = workspace;
        Projects = projects;
        Problems = problems;
    }

    /// <summary>The C# projects, one for each project file.</summary>
    public IReadOnlyList<Project> Projects { get; }

    /// <summary>What could not be loaded.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Opens a solution, project or folder.</summary>
    public static async Task<OpenedCode> OpenAsync(string path, bool loose, Progress progress, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path) || loose)
        {
            var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(path)!;
            progress.Say($"Reading {folder}");
            return new(null, LooseFolder.Open(folder, cancellationToken), []);
        }

        progress.Say($"Opening {path}");
        var workspace = MSBuildWorkspace.Create();
        try
        {
            var problems = new List<string>();
            workspace.RegisterWorkspaceFailedHandler(failure =>
            {
                if (failure.Diagnostic.Kind == WorkspaceDiagnosticKind.Failure)
                {
                    lock (problems)
                        problems.Add(failure.Diagnostic.Message);
                }
            });

            if (Path.GetExtension(path) == ".csproj")
                await workspace.OpenProjectAsync(path, cancellationToken: cancellationToken);
            else
                await workspace.OpenSolutionAsync(path, cancellationToken: cancellationToken);

            return new(workspace, OfEachFile(workspace.CurrentSolution.Projects), problems);
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => workspace?.Dispose();

    /// <summary>Of a project with several target frameworks the one with the smallest library: what compiles there compiles in the others.</summary>
    private static IReadOnlyList<Project> OfEachFile(IEnumerable<Project> projects) =>
    [
        .. projects
            .Where(project => project.Language == LanguageNames.CSharp)
            .GroupBy(project => project.FilePath ?? project.Name, StringComparer.Ordinal)
            .Select(group => group.OrderBy(Age).ThenBy(project => project.Name, StringComparer.Ordinal).First()),
    ];

    private static int Age(Project project) => project.Name switch
    {
        var name when name.Contains("(netstandard", StringComparison.Ordinal) => 0,
        var name when name.Contains("(net4", StringComparison.Ordinal) => 1,
        var name when name.Contains("(netcoreapp", StringComparison.Ordinal) => 2,
        var name when name.EndsWith(')') && name.Contains("(net10", StringComparison.Ordinal) => 4,
        _ => 3,
    };
}
