using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Runs analyzers over a test project and compares what they, and the compiler, report with what is expected.</summary>
public abstract class AnalyzerTest<TVerifier>
    where TVerifier : IVerifier, new()
{
    private readonly Dictionary<Expectation, Project> projects = new(ReferenceEqualityComparer.Instance);
    private readonly ConditionalWeakTable<Project, Task<ImmutableArray<Diagnostic>>> findings = new();

    /// <summary>Fails the test.</summary>
    protected TVerifier Verify { get; } = new();

    /// <summary>Adds a C# file to <see cref="TestState"/>.</summary>
    public string TestCode
    {
        set => TestState.Sources.Add(value);
    }

    /// <summary>The project under test.</summary>
    public SolutionState TestState { get; } = new();

    /// <summary>What is reported beside what the markup says.</summary>
    public List<DiagnosticResult> ExpectedDiagnostics => TestState.ExpectedDiagnostics;

    /// <summary>Ids that are switched off.</summary>
    public List<string> DisabledDiagnostics { get; } = [];

    /// <summary>The compiler's diagnostics that have to be expected.</summary>
    public CompilerDiagnostics CompilerDiagnostics { get; set; } = CompilerDiagnostics.Errors;

    /// <summary>The framework.</summary>
    public ReferenceAssemblies ReferenceAssemblies { get; set; } = ReferenceAssemblies.Default;

    /// <summary>Checks that are left out.</summary>
    public TestBehaviors TestBehaviors { get; set; }

    /// <summary>Changes of the project before it is analyzed.</summary>
    public List<Func<Solution, ProjectId, Solution>> SolutionTransforms { get; } = [];

    /// <summary>Makes all checks.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default) => await RunImplAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Is told all that the compiler says of a state that is verified: of the test state first, then of what a fix is to leave.</summary>
    protected virtual void Compiled(ImmutableArray<Diagnostic> diagnostics)
    {
    }

    /// <summary>Makes all checks.</summary>
    protected abstract Task RunImplAsync(CancellationToken cancellationToken);

    /// <summary>The analyzers under test.</summary>
    protected abstract IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers();

    /// <summary>The fixes under test.</summary>
    protected abstract IEnumerable<CodeFixProvider> GetCodeFixProviders();

    /// <summary>How the project is compiled.</summary>
    protected abstract CompilationOptions CreateCompilationOptions();

    /// <summary>How the project is parsed.</summary>
    protected abstract ParseOptions CreateParseOptions();

    /// <summary>Files without their markup, and all that is to be reported in them.</summary>
    private protected sealed record Expectation(
        SolutionState State,
        ImmutableArray<(string Path, SourceText Text)> Sources,
        ImmutableArray<DiagnosticResult> Diagnostics)
    {
        public Expectation With(string header) =>
            this with { Sources = [.. Sources.Select(source => (source.Path, SourceText.From(header + source.Text, Encoding.UTF8)))] };
    }

    private protected Expectation Read(SolutionState state)
    {
        var sources = ImmutableArray.CreateBuilder<(string, SourceText)>();
        var expected = ImmutableArray.CreateBuilder<DiagnosticResult>();
        var places = new Dictionary<int, (string Path, TextSpan Span)>();

        foreach (var (path, content) in state.Sources)
        {
            TestFileMarkupParser.GetPositionsAndSpans(content.ToString(), out var text, out _, out var spans);
            sources.Add((path, SourceText.From(text, Encoding.UTF8)));

            foreach (var (name, span) in spans)
            {
                if (name.StartsWith('#'))
                    places.Add(int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture), (path, span));
                else
                    expected.Add(Marked(name).At(path, span));
            }
        }

        foreach (var diagnostic in state.ExpectedDiagnostics)
        {
            if (diagnostic.MarkupKey is not { } key)
                expected.Add(diagnostic);
            else if (places.TryGetValue(key, out var place))
                expected.Add(diagnostic.At(place.Path, place.Span));
            else
                throw new InvalidOperationException($"Nothing is marked {{|#{key}:…|}}.");
        }

        return new(state, sources.ToImmutable(), expected.ToImmutable());
    }

    /// <summary>What a mark stands for: the only descriptor, the descriptor of that id, or a diagnostic of the compiler.</summary>
    private DiagnosticResult Marked(string name)
    {
        var descriptors = Descriptors().ToList();

        if (name.Length == 0)
        {
            return descriptors.Count == 1
                ? new DiagnosticResult(descriptors[0])
                : throw new InvalidOperationException("[|…|] needs an analyzer with exactly one descriptor; write {|ID:…|}.");
        }

        return descriptors.Find(descriptor => descriptor.Id == name) is { } known
            ? new DiagnosticResult(known)
            : new DiagnosticResult(name, DiagnosticSeverity.Error).WithOptions(DiagnosticOptions.IgnoreSeverity);
    }

    /// <summary>The project of these files, made once: several checks start from it.</summary>
    private protected async Task<Project> CreateProjectAsync(Expectation files, CancellationToken cancellationToken)
    {
        if (!projects.TryGetValue(files, out var project))
            projects.Add(files, project = await NewProjectAsync(files, cancellationToken).ConfigureAwait(false));

        return project;
    }

    private async Task<Project> NewProjectAsync(Expectation files, CancellationToken cancellationToken)
    {
        var compilation = CreateCompilationOptions().WithSpecificDiagnosticOptions(Severities());
        if ((files.State.OutputKind ?? TestState.OutputKind) is { } kind)
            compilation = compilation.WithOutputKind(kind);

        var project = await BaseProjects.GetAsync(ReferenceAssemblies, TestState.AdditionalReferences, compilation, CreateParseOptions()).ConfigureAwait(false);
        var solution = project.Solution;

        foreach (var (path, text) in files.Sources)
            solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(path), text, filePath: Rooted(path));

        foreach (var (path, text) in Inherited(files.State, state => state.AdditionalFiles))
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(path), text, filePath: Rooted(path));

        foreach (var (path, text) in Inherited(files.State, state => state.AnalyzerConfigFiles))
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(path), text, filePath: Rooted(path));

        foreach (var transform in SolutionTransforms)
            solution = transform(solution, project.Id);

        cancellationToken.ThrowIfCancellationRequested();
        return solution.GetProject(project.Id)!;
    }

    /// <summary>The files of the state, or those of the test state where it names none.</summary>
    private protected SourceFileList Inherited(SolutionState state, Func<SolutionState, SourceFileList> files) =>
        files(state).Count > 0 ? files(state) : files(TestState);

    /// <summary>What the analyzers report in a project, found once, and what the compiler does.</summary>
    private protected async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Project project, bool withCompiler, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false))!;
        IEnumerable<Diagnostic> diagnostics = await findings.GetValue(project, project => FindAsync(project, compilation, cancellationToken)).ConfigureAwait(false);

        if (withCompiler && LeastSeverity() is { } least)
        {
            var compiled = compilation.GetDiagnostics(cancellationToken);
            Compiled(compiled);
            diagnostics = diagnostics.Concat(compiled.Where(diagnostic => diagnostic.Severity >= least));
        }

        return
        [
            .. diagnostics
                .Where(diagnostic => !diagnostic.IsSuppressed)
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.End)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    private Task<ImmutableArray<Diagnostic>> FindAsync(Project project, Compilation compilation, CancellationToken cancellationToken)
    {
        var options = new CompilationWithAnalyzersOptions(project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        return compilation.WithAnalyzers([.. GetDiagnosticAnalyzers()], options).GetAnalyzerDiagnosticsAsync(cancellationToken);
    }

    /// <summary>Exactly what is expected is reported; as generated code, and where the rules are disabled, nothing is.</summary>
    private protected async Task VerifyStateAsync(Expectation expected, string context, CancellationToken cancellationToken)
    {
        await VerifyAsync(expected, expected.Diagnostics, context, withCompiler: true, cancellationToken).ConfigureAwait(false);

        var ids = Descriptors().Where(descriptor => !descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)).Select(descriptor => descriptor.Id).ToHashSet();
        if (!expected.Diagnostics.Any(diagnostic => ids.Contains(diagnostic.Id)))
            return;

        // Neither a header nor a pragma in a source silences what is reported about another file.
        var paths = expected.Sources.Select(source => source.Path).ToList();
        ImmutableArray<DiagnosticResult> elsewhere = [.. expected.Diagnostics.Where(diagnostic => !diagnostic.IsIn(paths))];

        if ((TestBehaviors & TestBehaviors.SkipGeneratedCodeCheck) == 0)
        {
            await VerifyAsync(expected.With("// <auto-generated/>\r\n"), elsewhere, context + ", as generated code", withCompiler: false, cancellationToken).ConfigureAwait(false);
        }

        if ((TestBehaviors & TestBehaviors.SkipSuppressionCheck) == 0)
        {
            var pragma = $"#pragma warning disable {string.Join(", ", ids)}\r\n";
            await VerifyAsync(expected.With(pragma), elsewhere, context + ", with #pragma warning disable", withCompiler: false, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task VerifyAsync(Expectation files, ImmutableArray<DiagnosticResult> expected, string context, bool withCompiler, CancellationToken cancellationToken)
    {
        var project = await CreateProjectAsync(files, cancellationToken).ConfigureAwait(false);
        var found = (await DiagnoseAsync(project, withCompiler, cancellationToken).ConfigureAwait(false)).ToList();
        var left = new HashSet<Diagnostic>(found, ReferenceEqualityComparer.Instance);
        var missing = new List<DiagnosticResult>();

        foreach (var result in expected)
        {
            if (found.Find(diagnostic => left.Contains(diagnostic) && result.Matches(diagnostic)) is { } match)
                left.Remove(match);
            else
                missing.Add(result);
        }

        var unexpected = found.Where(left.Contains).ToList();
        if (missing.Count + unexpected.Count == 0)
            return;

        var message = new StringBuilder($"{context}: the diagnostics are not those expected.");
        foreach (var result in missing)
            message.Append($"\n  expected, not reported: {result}");

        foreach (var diagnostic in unexpected)
            message.Append($"\n  reported, not expected: {diagnostic} {diagnostic.Location.SourceSpan} '{diagnostic.Location.SourceTree?.GetText(cancellationToken).ToString(diagnostic.Location.SourceSpan)}'");

        foreach (var (path, text) in files.Sources)
            message.Append($"\n--- {path}\n{text}");

        Verify.Fail(message.ToString());
    }

    private IEnumerable<DiagnosticDescriptor> Descriptors() => GetDiagnosticAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics);

    /// <summary>Every rule is on, and an analyzer that throws is an error.</summary>
    private ImmutableDictionary<string, ReportDiagnostic> Severities()
    {
        var severities = ImmutableDictionary.CreateBuilder<string, ReportDiagnostic>();

        foreach (var descriptor in Descriptors().Where(descriptor => !descriptor.IsEnabledByDefault))
        {
            severities[descriptor.Id] = descriptor.DefaultSeverity switch
            {
                DiagnosticSeverity.Hidden => ReportDiagnostic.Hidden,
                DiagnosticSeverity.Info => ReportDiagnostic.Info,
                DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
                _ => ReportDiagnostic.Error,
            };
        }

        severities["AD0001"] = ReportDiagnostic.Error;
        foreach (var id in DisabledDiagnostics)
            severities[id] = ReportDiagnostic.Suppress;

        return severities.ToImmutable();
    }

    private DiagnosticSeverity? LeastSeverity() => CompilerDiagnostics switch
    {
        CompilerDiagnostics.None => null,
        CompilerDiagnostics.Errors => DiagnosticSeverity.Error,
        CompilerDiagnostics.Warnings => DiagnosticSeverity.Warning,
        CompilerDiagnostics.Suggestions => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Hidden,
    };

    private static string Rooted(string path) => path.StartsWith('/') ? path : "/0/" + path;
}
