using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>One source in a project, for whatever asks more than "what is reported, what does the fix leave": what is offered, what it compiles to.</summary>
public sealed class RuleProject
{
    /// <summary>What every source may use without saying so.</summary>
    public const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly AdhocWorkspace Workspace = new();
    private static readonly ConcurrentDictionary<(Target, string, OutputKind), Lazy<Task<Project>>> Bases = new();
    private readonly DocumentId document;

    private RuleProject(Project project, DocumentId document)
    {
        Project = project;
        this.document = document;
    }

    /// <summary>The project.</summary>
    public Project Project { get; }

    /// <summary>The document of the source.</summary>
    public Document Document => Project.GetDocument(document)!;

    /// <summary>A project of one source without markup, and of further files.</summary>
    public static async Task<RuleProject> OfAsync(string source, Target? target = null, IReadOnlyCollection<MetadataReference>? references = null, params (string Name, string Text)[] others)
    {
        target ??= Target.Net100;
        references ??= [];

        var key = (target, string.Join('|', references.Select(reference => reference.Display)), KindOf(source));
        var project = await Bases.GetOrAdd(key, key => new(() => CreateAsync(key.Item1, references, key.Item3))).Value;

        var id = DocumentId.CreateNewId(project.Id);
        var solution = project.Solution.AddDocument(id, "Test0.cs", SourceText.From(source, System.Text.Encoding.UTF8), filePath: "/0/Test0.cs");
        foreach (var (name, text) in others)
            solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), name, SourceText.From(text, System.Text.Encoding.UTF8), filePath: "/0/" + name);

        return new(solution.GetProject(project.Id)!, id);
    }

    /// <summary>Any project, seen from one of its documents.</summary>
    public static RuleProject Of(Document document) => new(document.Project, document.Id);

    /// <summary>A program if there are top-level statements, else a library.</summary>
    public static OutputKind KindOf(string source) =>
        CSharpSyntaxTree.ParseText(source, Parse(LanguageVersion.Preview)).GetRoot() is CompilationUnitSyntax unit && unit.Members.Any(member => member is GlobalStatementSyntax)
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;

    /// <summary>How sources of a target are compiled.</summary>
    public static CSharpCompilationOptions Options(Target target, OutputKind kind) =>
        new(kind, allowUnsafe: true, nullableContextOptions: target.Nullable && target.Language >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable);

    /// <summary>How sources in a language are parsed.</summary>
    public static CSharpParseOptions Parse(LanguageVersion language) => new(language, DocumentationMode.Diagnose);

    /// <summary>The compiler's warnings and errors, without those about versions of references that every build leaves out.</summary>
    public async Task<ImmutableArray<Diagnostic>> CompilerDiagnosticsAsync() =>
        [.. Relevant((await Project.GetCompilationAsync())!.GetDiagnostics())];

    /// <summary>Of what the compiler says, the warnings and errors, without those about versions of references that every build leaves out.</summary>
    public static IEnumerable<Diagnostic> Relevant(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed && diagnostic.Id is not ("CS1701" or "CS1702"));

    /// <summary>What rules report, in the order of the text; an exception in one of them is a finding too.</summary>
    public async Task<ImmutableArray<Diagnostic>> FindingsAsync(params ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = (await Project.GetCompilationAsync())!;
        var options = new CompilationWithAnalyzersOptions(Project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var all = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync();
        return [.. all.Where(diagnostic => !diagnostic.IsSuppressed).OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>What a fix offers for a finding, in the order in which the user sees it.</summary>
    public async Task<ImmutableArray<CodeAction>> OffersAsync(CodeFixProvider fix, Diagnostic finding)
    {
        var offers = ImmutableArray.CreateBuilder<CodeAction>();
        if (Project.GetDocument(finding.Location.SourceTree) is { } place)
            await fix.RegisterCodeFixesAsync(new CodeFixContext(place, finding, (action, _) => offers.Add(action), CancellationToken.None));

        return offers.ToImmutable();
    }

    /// <summary>The project after one action.</summary>
    public async Task<RuleProject> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return new(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(Project.Id)!, document);
    }

    /// <summary>The project after fix-all over the solution.</summary>
    public async Task<RuleProject> FixAllAsync(DiagnosticAnalyzer analyzer, CodeFixProvider fix)
    {
        var context = new FixAllContext(Document, fix, FixAllScope.Solution, fix.FixableDiagnosticIds[0], fix.FixableDiagnosticIds, new Findings(this, analyzer), CancellationToken.None);
        return await fix.GetFixAllProvider()!.GetFixAsync(context) is { } action ? await ApplyAsync(action) : this;
    }

    /// <summary>The project after fix-all over the document, whose findings are known: places count, not the tree they were found in.</summary>
    public async Task<RuleProject> FixAllAsync(CodeFixProvider fix, IReadOnlyCollection<Diagnostic> known)
    {
        var context = new FixAllContext(Document, fix, FixAllScope.Document, fix.FixableDiagnosticIds[0], fix.FixableDiagnosticIds, new Known(known), CancellationToken.None);
        return await fix.GetFixAllProvider()!.GetFixAsync(context) is { } action ? await ApplyAsync(action) : this;
    }

    /// <summary>The text of the source.</summary>
    public async Task<string> TextAsync() => (await Document.GetTextAsync()).ToString();

    private static async Task<Project> CreateAsync(Target target, IReadOnlyCollection<MetadataReference> references, OutputKind kind)
    {
        var framework = await target.Framework.ResolveAsync(LanguageNames.CSharp, CancellationToken.None);
        var project = Workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "TestProject", "TestProject", LanguageNames.CSharp,
            filePath: "/0/TestProject.csproj", compilationOptions: Options(target, kind), parseOptions: Parse(target.Language), metadataReferences: framework.AddRange(references.Distinct()))).Projects.Single();

        var solution = project.Solution;
        if (target.Language >= LanguageVersion.CSharp10)
            solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), "GlobalUsings.cs", SourceText.From(GlobalUsings, System.Text.Encoding.UTF8), filePath: "/0/GlobalUsings.cs");

        if (EditorConfig(target) is { } config)
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(project.Id), ".editorconfig", SourceText.From(config, System.Text.Encoding.UTF8), filePath: "/.editorconfig");

        if (target.AdditionalFile is { } file)
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(file.Path), SourceText.From(file.Content, System.Text.Encoding.UTF8), filePath: file.Path);

        project = solution.GetProject(project.Id)!;
        await project.GetCompilationAsync();
        return project;
    }

    /// <summary>The whole <c>.editorconfig</c> of a target, or null for none.</summary>
    public static string? EditorConfig(Target target) => target.EditorConfig.Length == 0 ? null : $"root = true\n[*]\n{target.EditorConfig}\n";

    private sealed class Findings(RuleProject project, DiagnosticAnalyzer analyzer) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project asked, CancellationToken cancellationToken) => await project.FindingsAsync(analyzer);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document asked, CancellationToken cancellationToken)
        {
            var tree = await asked.GetSyntaxTreeAsync(cancellationToken);
            return (await project.FindingsAsync(analyzer)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project asked, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }

    private sealed class Known(IEnumerable<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project asked, CancellationToken cancellationToken) => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document asked, CancellationToken cancellationToken) => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project asked, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
