using Microsoft.CodeAnalysis.Text;

namespace HotPath;

/// <summary>A profile or a schema that cannot be read steers nothing, and the build looks as if it had been taken into account.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadableFileAnalyzer() : RuleAnalyzer(Rule)
{
    public const string Id = "HOT0002";

    /// <summary>The first line of a line profile, with the version of its format.</summary>
    private const string ProfileHeader = "# hotpath-profile 1";

    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Profile or schema cannot be read",
        message: "'{0}' is left out, because it {1}",
        description: "A profile (*.speedscope.json, *.hotpath) or a schema (*.sql) among the AdditionalFiles cannot be read. The rules work as if it were not there.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.None("It is about a file, not about code.");

    /// <inheritdoc/>
    public override string NoFix => "The file has to be written again.";

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) =>
        start.RegisterAdditionalFileAction(static context =>
        {
            var path = context.AdditionalFile.Path;
            if (Reader(path) is { } read && WhatIsWrong(context.AdditionalFile.GetText(context.CancellationToken), read) is { } wrong)
                context.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(path, default, default), FileName(path), wrong));
        });

    /// <summary>What checks a file of that name; null for a file that is not meant for us.</summary>
    private static Func<SourceText, string?>? Reader(string path) =>
        Ends(path, ".speedscope.json") ? Speedscope
        : Ends(path, ".hotpath") ? LineProfile
        : Ends(path, ".sql") ? static _ => null
        : null;

    private static string? WhatIsWrong(SourceText? text, Func<SourceText, string?> read)
    {
        if (text is null)
            return "cannot be opened; check the path in the project's AdditionalFiles";

        return Holds(text, "\0")
            ? "holds NUL characters, so it is not UTF-8 text; save it as UTF-8"
            : read(text);
    }

    /// <summary>Enough of the structure to tell a profile from something else and a whole file from a torn one; the values are the reader's affair.</summary>
    private static string? Speedscope(SourceText text)
    {
        const string Again = "write it with 'dotnet-trace collect --format Speedscope'";

        if (Edge(text, fromEnd: false) is not { } first)
            return "is empty; " + Again;

        if (first != '{')
            return "is not a JSON object; " + Again;

        if (!Holds(text, "\"profiles\"") || !(Holds(text, "\"shared\"") || Holds(text, "\"frames\"")))
            return "is JSON but no speedscope profile (it has no 'profiles' or no 'frames'); " + Again;

        return Edge(text, fromEnd: true) == '}' ? null : "ends in the middle of the JSON; " + Again;
    }

    private static string? LineProfile(SourceText text)
    {
        var first = text.Lines[0].ToString().TrimEnd();
        return first == ProfileHeader ? null
            : first.Length == 0 ? $"does not begin with '{ProfileHeader}'; write it with 'dotnet hotpath record'"
            : $"begins with '{Shortened(first)}' instead of '{ProfileHeader}'; write it with 'dotnet hotpath record' of this version";
    }

    /// <summary>The first or last character that is no white space.</summary>
    private static char? Edge(SourceText text, bool fromEnd)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[fromEnd ? text.Length - 1 - i : i];
            if (!char.IsWhiteSpace(c))
                return c;
        }

        return null;
    }

    /// <summary>Whether the text holds the word. A trace has tens of megabytes: it is read in pieces, never as one string.</summary>
    private static bool Holds(SourceText text, string word)
    {
        var piece = new char[8192];
        var step = piece.Length - word.Length + 1;

        for (var position = 0; position < text.Length; position += step)
        {
            var length = Math.Min(piece.Length, text.Length - position);
            text.CopyTo(position, piece, 0, length);
            if (piece.AsSpan(0, length).IndexOf(word.AsSpan()) >= 0)
                return true;
        }

        return false;
    }

    private static string Shortened(string line) => line.Length <= 40 ? line : line.Substring(0, 40) + "…";

    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    private static bool Ends(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
