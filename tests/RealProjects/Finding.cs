using Microsoft.CodeAnalysis;

namespace HotPath.RealProjects;

/// <summary>What a rule says about a place.</summary>
internal sealed record Finding(string Id, DiagnosticSeverity Severity, string File, int Line, int Column, string Message)
{
    /// <summary>A finding in source.</summary>
    public static Finding Of(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return new(
            diagnostic.Id, diagnostic.Severity, span.Path, span.StartLinePosition.Line, span.StartLinePosition.Character,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The source lines around it, the reported one marked.</summary>
    public IEnumerable<string> Source(int context)
    {
        var lines = System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : [];
        for (var line = Math.Max(0, Line - context); line <= Line + context && line < lines.Length; line++)
            yield return $"  {(line == Line ? '>' : ' ')} {lines[line].Replace("\t", "    ", StringComparison.Ordinal)}";
    }
}

/// <summary>What rules did with a body of code.</summary>
internal sealed class Findings
{
    private readonly HashSet<Finding> seen = [];

    /// <summary>What was found, each place once, however many projects share the file.</summary>
    public List<Finding> All { get; } = [];

    /// <summary>The exceptions of analyzers, each text once.</summary>
    public SortedDictionary<string, int> Exceptions { get; } = new(StringComparer.Ordinal);

    /// <summary>The time each rule took, summed over all threads.</summary>
    public SortedDictionary<string, TimeSpan> Times { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines of source analysed.</summary>
    public long Lines { get; set; }

    /// <summary>Adds a finding, unless it is known.</summary>
    public void Add(Finding finding)
    {
        if (seen.Add(finding))
            All.Add(finding);
    }

    /// <summary>Adds an exception.</summary>
    public void AddException(string text)
    {
        lock (Exceptions)
            Exceptions[text] = Exceptions.GetValueOrDefault(text) + 1;
    }
}
