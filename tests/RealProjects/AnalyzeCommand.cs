using Microsoft.CodeAnalysis;

namespace HotPath.RealProjects;

/// <summary>Prints what the rules find.</summary>
internal static class AnalyzeCommand
{
    private const int PerRule = 3;

    /// <summary>Exit code 1 where an analyzer threw.</summary>
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, Progress progress, CancellationToken cancellationToken)
    {
        using var code = await OpenedCode.OpenAsync(arguments.Path, arguments.Loose, progress, cancellationToken);
        foreach (var problem in code.Problems)
            progress.Say(problem);

        if (code.Projects.Count == 0)
        {
            output.WriteLine($"'{arguments.Path}' holds no C# source.");
            return 1;
        }

        var findings = await Rules.FindAsync(code.Projects, AllRules.Chosen(arguments.Rules), progress, cancellationToken);

        foreach (var finding in Shown(findings.All, arguments))
            Print(finding, arguments, output);

        output.WriteLine();
        output.WriteLine($"{findings.Lines:N0} lines in {code.Projects.Count:N0} projects");
        output.WriteLine("rule       warnings     infos   time");
        foreach (var (id, time) in findings.Times)
            output.WriteLine($"{id} {Count(findings, id, DiagnosticSeverity.Warning),12:N0} {Count(findings, id, DiagnosticSeverity.Info),9:N0}   {time.TotalSeconds:N2} s");

        output.WriteLine($"{findings.Exceptions.Values.Sum():N0} exceptions of analyzers");
        foreach (var (text, count) in findings.Exceptions)
            output.WriteLine($"{count} x {text}");

        return findings.Exceptions.Count == 0 ? 0 : 1;
    }

    /// <summary>The findings to print: all, so many at random, or the first few of each rule.</summary>
    public static IEnumerable<Finding> Shown(IReadOnlyList<Finding> findings, Arguments arguments)
    {
        var eligible = findings
            .Where(finding => arguments.Severity is not { } severity || finding.Severity == severity)
            .OrderBy(finding => finding.Id, StringComparer.Ordinal).ThenBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)
            .ToArray();

        if (arguments.Sample is not { } sample)
            return arguments.All ? eligible : eligible.GroupBy(finding => finding.Id, StringComparer.Ordinal).SelectMany(ofRule => ofRule.Take(PerRule));

        new Random(arguments.Seed).Shuffle(eligible);
        return eligible.Take(sample);
    }

    private static void Print(Finding finding, Arguments arguments, TextWriter output)
    {
        var root = Directory.Exists(arguments.Path) ? arguments.Path : Path.GetDirectoryName(arguments.Path)!;
        output.WriteLine($"{finding.Id} {finding.Severity} {Path.GetRelativePath(root, finding.File)}:{finding.Line + 1}: {finding.Message}");
        foreach (var line in finding.Source(arguments.Context))
            output.WriteLine(line);
    }

    private static int Count(Findings findings, string id, DiagnosticSeverity severity) => findings.All.Count(finding => finding.Id == id && finding.Severity == severity);
}
