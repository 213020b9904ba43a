using System.Globalization;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>What of a diagnostic is not compared.</summary>
[Flags]
public enum DiagnosticOptions
{
    /// <summary>Everything is compared.</summary>
    None = 0,

    /// <summary>Any severity will do.</summary>
    IgnoreSeverity = 2,
}

/// <summary>A diagnostic that a test expects.</summary>
public readonly record struct DiagnosticResult
{
    /// <summary>A diagnostic of that id and severity.</summary>
    public DiagnosticResult(string id, DiagnosticSeverity severity)
    {
        Id = id;
        Severity = severity;
    }

    /// <summary>A diagnostic of that descriptor, with its default severity.</summary>
    public DiagnosticResult(DiagnosticDescriptor descriptor)
        : this(descriptor.Id, descriptor.DefaultSeverity) => Descriptor = descriptor;

    /// <summary>The id.</summary>
    public string Id { get; private init; }

    /// <summary>The severity.</summary>
    public DiagnosticSeverity Severity { get; private init; }

    /// <summary>What is not compared.</summary>
    public DiagnosticOptions Options { get; private init; }

    /// <summary>The exact message; null for any.</summary>
    public string? Message { get; private init; }

    /// <summary>What the descriptor's message is filled with; null for any.</summary>
    public object?[]? MessageArguments { get; private init; }

    private DiagnosticDescriptor? Descriptor { get; init; }

    internal int? MarkupKey { get; private init; }

    private string? Path { get; init; }

    private TextSpan? Span { get; init; }

    private LinePosition? Start { get; init; }

    private LinePosition? End { get; init; }

    /// <summary>An error of the compiler.</summary>
    public static DiagnosticResult CompilerError(string id) => new(id, DiagnosticSeverity.Error);

    /// <summary>A warning of the compiler.</summary>
    public static DiagnosticResult CompilerWarning(string id) => new(id, DiagnosticSeverity.Warning);

    /// <summary>At the span marked <c>{|#key:…|}</c>.</summary>
    public DiagnosticResult WithLocation(int markupKey) => this with { MarkupKey = markupKey };

    /// <summary>Beginning at that line and column, both from 1.</summary>
    public DiagnosticResult WithLocation(int line, int column) => this with { Start = Position(line, column) };

    /// <summary>Beginning at that line and column of that file.</summary>
    public DiagnosticResult WithLocation(string path, int line, int column) => this with { Path = path, Start = Position(line, column) };

    /// <summary>Exactly there, lines and columns from 1.</summary>
    public DiagnosticResult WithSpan(int startLine, int startColumn, int endLine, int endColumn) =>
        this with { Start = Position(startLine, startColumn), End = Position(endLine, endColumn) };

    /// <summary>Exactly there in that file.</summary>
    public DiagnosticResult WithSpan(string path, int startLine, int startColumn, int endLine, int endColumn) =>
        this with { Path = path, Start = Position(startLine, startColumn), End = Position(endLine, endColumn) };

    /// <summary>With exactly that message.</summary>
    public DiagnosticResult WithMessage(string? message) => this with { Message = message };

    /// <summary>With the descriptor's message filled like that.</summary>
    public DiagnosticResult WithArguments(params object[] arguments) => this with { MessageArguments = arguments };

    /// <summary>With that severity.</summary>
    public DiagnosticResult WithSeverity(DiagnosticSeverity severity) => this with { Severity = severity };

    /// <summary>Compared less closely.</summary>
    public DiagnosticResult WithOptions(DiagnosticOptions options) => this with { Options = options };

    /// <inheritdoc/>
    public override string ToString()
    {
        var severity = (Options & DiagnosticOptions.IgnoreSeverity) != 0 ? "any severity" : Severity.ToString();
        var place = Span is { } span ? $"{Path}{span}" : Start is { } start ? $"{Path}({start.Line + 1},{start.Character + 1})" : MarkupKey is { } key ? $"#{key}" : "no location";
        return $"{severity} {Id} at {place} {ExpectedMessage}".TrimEnd();
    }

    internal DiagnosticResult At(string path, TextSpan span) => this with { Path = path, Span = span };

    internal bool Matches(Diagnostic actual)
    {
        if (actual.Id != Id || ((Options & DiagnosticOptions.IgnoreSeverity) == 0 && actual.Severity != Severity))
            return false;

        if (ExpectedMessage is { } message && actual.GetMessage(CultureInfo.InvariantCulture) != message)
            return false;

        var place = actual.Location.GetLineSpan();
        if (Span is { } span)
            return actual.Location.IsInSource && SameFile(place.Path) && actual.Location.SourceSpan == span;

        if (Start is { } start)
            return place.StartLinePosition == start && (End is not { } end || place.EndLinePosition == end) && (Path is null || SameFile(place.Path));

        return !actual.Location.IsInSource;
    }

    /// <summary>Whether it is reported in one of these files; one without a path is in some source.</summary>
    internal bool IsIn(IEnumerable<string> paths) => (Span ?? (object?)Start) is not null && (Path is null || paths.Any(SameFile));

    private string? ExpectedMessage =>
        Message ?? (MessageArguments is { } arguments && Descriptor is { } descriptor
            ? string.Format(CultureInfo.InvariantCulture, descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), arguments)
            : null);

    private bool SameFile(string path) => System.IO.Path.GetFileName(path) == System.IO.Path.GetFileName(Path);

    private static LinePosition Position(int line, int column) => new(line - 1, column - 1);
}
