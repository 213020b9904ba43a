using System.Globalization;
using Microsoft.CodeAnalysis;

namespace HotPath.RealProjects;

/// <summary>What the program is to do.</summary>
internal enum Command
{
    /// <summary>List what the rules find.</summary>
    Analyze,

    /// <summary>Apply the fixes to a copy and see whether it still builds and passes its tests.</summary>
    Fix,
}

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    /// <summary>How to call the program.</summary>
    public const string Usage = """
        Runs all rules of HotPath over code that is not ours.

          analyze PATH   prints what the rules find, at every severity: counts, samples, exceptions, time
          fix PATH       copies the code, applies all fixes until nothing changes, builds and tests before and after

        PATH is a solution, a project, or a folder: a folder's sources are bound without a build ("loose"), each project file's on their own.

        Both:
          --loose          treats the folder of a solution or project as a plain folder
          --rule ID        only this rule (may be repeated)
        analyze:
          --all            prints every finding instead of three a rule
          --sample N       prints N findings chosen at random
          --seed S         chooses others
          --severity S     counts all, but prints only findings of that severity (warning, info)
          --context N      prints N lines around each finding
        fix:
          --build CMD      builds with this command, run in the copy; default: dotnet build, nothing for a folder
          --test CMD       tests with this command, run in the copy; default: dotnet test, nothing for a folder
          --changes        applies fixes too that change something and say so
          --keep           leaves the fixed copy and prints where it is

        Exit code: 0, or 1 where an analyzer or a fix failed, 2 where the command line is wrong, 130 after Ctrl+C.
        """;

    /// <summary>What to do.</summary>
    public required Command Command { get; init; }

    /// <summary>The solution, project or folder, as a full path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether to bind without a build.</summary>
    public bool Loose { get; init; }

    /// <summary>The only rules to run; none means all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Whether to print every finding.</summary>
    public bool All { get; init; }

    /// <summary>How many findings to print, chosen at random.</summary>
    public int? Sample { get; init; }

    /// <summary>What the choice depends on.</summary>
    public int Seed { get; init; }

    /// <summary>The only severity to print.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    /// <summary>How many lines to print around a finding.</summary>
    public int Context { get; init; }

    /// <summary>The command that builds the copy.</summary>
    public string? Build { get; init; }

    /// <summary>The command that tests the copy.</summary>
    public string? Test { get; init; }

    /// <summary>Whether to apply fixes that change something and say so.</summary>
    public bool Changes { get; init; }

    /// <summary>Whether to leave the copy.</summary>
    public bool Keep { get; init; }

    /// <summary>Reads a command line; where it is wrong, there is an error that says how.</summary>
    public static (Arguments? Arguments, string? Error) Parse(IReadOnlyList<string> words)
    {
        if (words is [] or ["-h" or "--help" or "help", ..])
            return (null, null);

        Command? command = words[0] switch { "analyze" => Command.Analyze, "fix" => Command.Fix, _ => null };
        if (command is null)
            return (null, $"'{words[0]}' is no command; it is 'analyze' or 'fix'.");

        if (words.Count < 2 || words[1].StartsWith("--", StringComparison.Ordinal))
            return (null, $"'{words[0]}' needs the path of a solution, project or folder.");

        if (!System.IO.Path.Exists(words[1]))
            return (null, $"'{words[1]}' does not exist.");

        var path = System.IO.Path.GetFullPath(words[1]);
        if (File.Exists(path) && System.IO.Path.GetExtension(path) is not (".sln" or ".slnx" or ".csproj"))
            return (null, $"'{words[1]}' is no .sln, .slnx or .csproj file.");

        var arguments = new Arguments { Command = command.Value, Path = path };
        for (var i = 2; i < words.Count; i++)
        {
            var value = i + 1 < words.Count ? words[i + 1] : null;
            var (read, takesValue, error) = arguments.With(words[i], value);
            if (read is null)
                return (null, takesValue ? $"'{words[i]}' needs {error}." : error);

            arguments = read;
            i += takesValue ? 1 : 0;
        }

        return (arguments, null);
    }

    private (Arguments? Read, bool TakesValue, string? Error) With(string option, string? value) => (Command, option) switch
    {
        (_, "--loose") => (this with { Loose = true }, false, null),
        (_, "--rule") => Valued(value is not null && AllRules.Ids.Contains(value) ? this with { Rules = [.. Rules, value] } : null, $"one of {string.Join(", ", AllRules.Ids)}"),
        (Command.Analyze, "--all") => (this with { All = true }, false, null),
        (Command.Analyze, "--sample") => Valued(Number(value) is { } sample ? this with { Sample = sample } : null, "a whole number"),
        (Command.Analyze, "--seed") => Valued(Number(value) is { } seed ? this with { Seed = seed } : null, "a whole number"),
        (Command.Analyze, "--context") => Valued(Number(value) is { } lines ? this with { Context = lines } : null, "a whole number"),
        (Command.Analyze, "--severity") => Valued(value switch { "warning" => this with { Severity = DiagnosticSeverity.Warning }, "info" => this with { Severity = DiagnosticSeverity.Info }, _ => null }, "'warning' or 'info'"),
        (Command.Fix, "--build") => Valued(value is { Length: > 0 } ? this with { Build = value } : null, "a command"),
        (Command.Fix, "--test") => Valued(value is { Length: > 0 } ? this with { Test = value } : null, "a command"),
        (Command.Fix, "--changes") => (this with { Changes = true }, false, null),
        (Command.Fix, "--keep") => (this with { Keep = true }, false, null),
        _ => (null, false, $"'{option}' is no option of '{Command.ToString().ToLowerInvariant()}'."),
    };

    private static (Arguments? Read, bool TakesValue, string? Error) Valued(Arguments? read, string expected) =>
        (read, true, read is null ? expected : null);

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
