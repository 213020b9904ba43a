using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>Lets all rules and all fixes loose on one source after another and remembers what they threw.</summary>
internal sealed class Attack
{
    // Far more than any of these sources takes on the slowest machine: what is still running then does not end.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly ILookup<string, RuleFix> Fixes = typeof(RuleFix).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RuleFix)) && !type.IsAbstract)
        .Select(type => (RuleFix)Activator.CreateInstance(type)!)
        .ToLookup(fix => fix.FixableDiagnosticIds[0]);

    private readonly RuleProject project;
    private readonly HashSet<(string Id, string Member)> fixedBefore = [];
    private readonly SortedDictionary<string, string> failures = new(StringComparer.Ordinal);

    private Attack(RuleProject project) => this.project = project;

    /// <summary>Every rule of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Rules { get; } =
    [
        .. typeof(RuleAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RuleAnalyzer)) && !type.IsAbstract).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>How many sources the rules were let loose on.</summary>
    public int Inputs { get; private set; }

    /// <summary>How many findings they reported.</summary>
    public int Findings { get; private set; }

    /// <summary>How many fixes were applied.</summary>
    public int Applied { get; private set; }

    /// <summary>What was thrown, each failure once, with the first source that made it.</summary>
    public string Failures => string.Join("\n\n", failures.Select(failure => $"{failure.Key}\n{failure.Value}"));

    /// <summary>An attack in a project that has everything the rules know: the database libraries and the language's preview.</summary>
    public static async Task<Attack> OnAsync(string source, bool isNullable = true) =>
        new(await RuleProject.OfAsync(source, Target.Net100 with { Language = LanguageVersion.Preview, Nullable = isNullable }, [.. References.EntityFramework, .. References.Dapper]));

    /// <summary>The errors of the compiler in the source that the attack started with.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ErrorsAsync() =>
        [.. (await project.CompilerDiagnosticsAsync()).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>Analyses a source, then plans and applies every fix for it that was not tried yet on the same member.</summary>
    public async Task TryAsync(string text, string what)
    {
        var document = project.Document.WithText(SourceText.From(text));
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync())!;

        try
        {
            var findings = await Task.Run(() => Analyze(compilation, what)).WaitAsync(Patience);
            await Task.Run(() => FixAsync(RuleProject.Of(document), findings, what)).WaitAsync(Patience);
        }
        catch (TimeoutException exception)
        {
            Note(exception, $"{what}\n{text}");
        }
    }

    /// <summary>Analyses a compilation on this thread and gives the findings.</summary>
    public ImmutableArray<Diagnostic> Analyze(CSharpCompilation compilation, string what)
    {
        var thrown = new ConcurrentQueue<(Exception Exception, string Rule)>();
        var options = new CompilationWithAnalyzersOptions(
            project.Project.AnalyzerOptions,
            onAnalyzerException: (exception, analyzer, _) => thrown.Enqueue((exception, analyzer.GetType().Name)),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var findings = compilation.WithAnalyzers(Rules, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

        Inputs++;
        Findings += findings.Length;
        foreach (var (exception, rule) in thrown)
            Note(exception, $"{rule} on {what}");

        return findings;
    }

    /// <summary>The source as a compilation of its own, for analysis on a thread of one's own.</summary>
    public async Task<CSharpCompilation> CompileAsync(string text) =>
        (CSharpCompilation)(await project.Document.WithText(SourceText.From(text)).Project.GetCompilationAsync())!;

    private async Task FixAsync(RuleProject at, ImmutableArray<Diagnostic> findings, string what)
    {
        foreach (var finding in findings)
        {
            if (!finding.Location.IsInSource || !fixedBefore.Add((finding.Id, Around(finding.Location))))
                continue;

            foreach (var fix in Fixes[finding.Id])
            {
                try
                {
                    foreach (var action in await at.OffersAsync(fix, finding))
                    {
                        await at.ApplyAsync(action);
                        Applied++;
                    }
                }
                catch (Exception exception)
                {
                    Note(exception, $"{fix.GetType().Name} on {what}, for {finding}");
                }
            }
        }
    }

    /// <summary>What a fix looks at beside the finding itself: the statement's member, and the place in it.</summary>
    private static string Around(Location location)
    {
        var node = location.SourceTree!.GetRoot().FindNode(location.SourceSpan);
        var member = node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? location.SourceTree.GetRoot();
        return $"{location.SourceSpan.Start - member.SpanStart}+{location.SourceSpan.Length}: {member}";
    }

    private void Note(Exception exception, string what)
    {
        var frames = exception.ToString().Split('\n').Where(line => line.Contains(" at HotPath.", StringComparison.Ordinal) || line.Contains(" at Microsoft.CodeAnalysis.", StringComparison.Ordinal)).Take(6);
        failures.TryAdd($"{exception.GetType().Name}: {exception.Message.Split('\n', 2)[0]}\n{string.Join('\n', frames)}", what);
    }
}
