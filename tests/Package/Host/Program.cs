using System.Collections.Immutable;
using System.Text.Json;
using HotPath.Tests.Host;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.MSBuild;

// Does what an editor does with the package: opens the project, lists the light bulbs, applies fix-all for every rule, saves.
// A process of its own, so that it is the assemblies of the package that run.
using var workspace = MSBuildWorkspace.Create();
var project = await workspace.OpenProjectAsync(args[0]);
var package = Package.Of(project);

var found = new List<Finding>();
foreach (var diagnostic in await package.FindingsAsync(project))
    found.Add(new Finding(diagnostic, [.. (await ActionsAsync(project, diagnostic)).Select(action => action.Title)]));

var solution = project.Solution;
foreach (var fixer in package.Fixers)
    solution = await FixAllAsync(solution.GetProject(project.Id)!, fixer);

var saved = workspace.TryApplyChanges(solution);
var after = workspace.CurrentSolution.GetProject(project.Id)!;
var compilation = (await after.GetCompilationAsync())!;

Console.WriteLine(JsonSerializer.Serialize(new Report(
    saved,
    [.. package.Assemblies],
    [.. found],
    [.. (await package.FindingsAsync(after)).Select(diagnostic => new Finding(diagnostic, []))],
    [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())])));
return 0;

async Task<Solution> FixAllAsync(Project current, CodeFixProvider fixer)
{
    var id = fixer.FixableDiagnosticIds.Single();
    foreach (var diagnostic in await package.FindingsAsync(current, id))
    {
        if ((await ActionsAsync(current, diagnostic)).FirstOrDefault() is not { } first)
            continue;

        var context = new FixAllContext(
            current.GetDocument(diagnostic.Location.SourceTree)!, fixer, FixAllScope.Project, first.EquivalenceKey!, [id], package.For(id), CancellationToken.None);
        return await fixer.GetFixAllProvider()!.GetFixAsync(context) is { } fixAll
            ? (await fixAll.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution
            : current.Solution;
    }

    return current.Solution;
}

async Task<List<CodeAction>> ActionsAsync(Project current, Diagnostic diagnostic)
{
    var actions = new List<CodeAction>();
    foreach (var fixer in package.Fixers.Where(fixer => fixer.FixableDiagnosticIds.Contains(diagnostic.Id)))
    {
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(
            current.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
    }

    return actions;
}
