using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>Opens sources of this repository as projects, runs rules over them and applies their fixes.</summary>
internal static class Workbench
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

    /// <summary>What the rules report, by position; an exception inside a rule is one of the tests.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Diagnose(Project project, params ImmutableArray<DiagnosticAnalyzer> rules)
    {
        Exception? thrown = null;
        var compilation = (await project.GetCompilationAsync())!;
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            rules.SelectMany(rule => rule.SupportedDiagnostics).ToDictionary(rule => rule.Id, _ => ReportDiagnostic.Warn)));

        var options = new CompilationWithAnalyzersOptions(project.AnalyzerOptions, (exception, _, _) => thrown = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(rules, options).GetAnalyzerDiagnosticsAsync();

        if (thrown is not null)
            throw new InvalidOperationException($"A rule threw {thrown.GetType().Name}: {thrown.Message}", thrown);

        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>The actions a fix offers for a finding, in its order.</summary>
    public static async Task<IReadOnlyList<CodeAction>> Actions(Document document, Diagnostic diagnostic, CodeFixProvider fix)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>The solution that an action leaves.</summary>
    public static async Task<Solution> Apply(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
}
