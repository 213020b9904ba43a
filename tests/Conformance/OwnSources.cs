using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Tests;

/// <summary>The rules on this repository's own sources: what they say about them must be right, so there must be nothing to say.</summary>
public sealed class OwnSources
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Rules = [.. Repository.Rules.Select(rule => rule.Analyzer)];

    /// <summary>Every project of the product, its tests and its benchmarks.</summary>
    public static TheoryData<string> Projects => [.. new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).Where(path => OwnProjects.Sources(path).Count > 0)];

    [Theory, MemberData(nameof(Projects))]
    public async Task Hold_nothing_to_report_outside_Before(string projectFile)
    {
        var project = OwnProjects.Open(projectFile);
        var compilation = (await project.GetCompilationAsync())!;

        // No source generators run here: partial methods stay without a body (CS8795).
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS8795").ToList();
        Assert.True(errors.Count == 0 || OwnProjects.LacksReferences(projectFile), $"{projectFile} does not compile here, so its findings mean nothing: {string.Join("\n", errors.Take(10))}");

        var slowOnPurpose = projectFile.StartsWith("benchmarks/", StringComparison.Ordinal);
        var found = (await RuleProject.Of(project.Documents.First()).FindingsAsync(Rules))
            .Where(finding => !(slowOnPurpose && finding.Location.SourceTree is { } tree && BenchmarkSource.IsBefore(tree.GetRoot().FindNode(finding.Location.SourceSpan))));

        Assert.True(!found.Any(), string.Join("\n", found));
    }

    [Fact]
    public async Task Broken_as_they_may_be_make_no_rule_throw()
    {
        foreach (var path in OwnProjects.BenchmarkFiles.DefaultIfEmpty("tests/Conformance/BenchmarkRun.cs"))
        {
            var text = Repository.Read(path);
            foreach (var mangled in Mangled(text))
            {
                var project = OwnProjects.Open("Mangled", [], [(path, mangled)]);
                var thrown = (await RuleProject.Of(project.Documents.First()).FindingsAsync(Rules)).Where(finding => finding.Id == "AD0001");
                Assert.True(!thrown.Any(), $"{string.Join("\n", thrown)}\n\n{mangled}");
            }
        }
    }

    /// <summary>Text that no compiler accepts: cut off, with tokens missing, with braces swapped, and with names that mean nothing.</summary>
    private static IEnumerable<string> Mangled(string text)
    {
        var random = new Random(text.Length);
        var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().ToList();

        for (var cut = 2; cut <= 4; cut += 2)
            yield return text[..(text.Length * cut / 5)];

        for (var round = 0; round < 2; round++)
            yield return string.Concat(tokens.Where(_ => random.Next(15) != 0).Select(token => token.ToFullString()));

        yield return text.Replace("using ", "// using ", StringComparison.Ordinal);
        yield return text.Replace('{', '(').Replace(';', '{');
        yield return string.Concat(tokens.Select(token => token.IsKind(SyntaxKind.IdentifierToken) && random.Next(4) == 0 ? token.ToFullString().Replace(token.Text, "unbound") : token.ToFullString()));
    }
}
