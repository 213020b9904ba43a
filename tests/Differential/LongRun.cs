using System.Diagnostics;
using System.Globalization;

namespace HotPath.Tests;

/// <summary>The command: many programs for every rule, or for one.</summary>
internal static class LongRun
{
    private const string Usage = """
        Generates programs around the pattern of each rule, applies its fix, and compares what they do before and after.

        dotnet run --project tests/Differential -- [--count N] [--seed N] [--rule HOT0701] [--minutes N]

          --count N      programs for each rule (1000)
          --seed N       where the random numbers start (1); the same seed makes the same programs
          --rule ID      one rule only, or 'together' for rules that fix the same program one after the other
          --minutes N    no longer than that for each rule

        The exit code is 1 where a fix changes what a program does, a program does not compile, or too few are reported or fixed.
        """;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (Options.Of(arguments, out var error) is not { } options)
        {
            await output.WriteLineAsync($"{error}\n\n{Usage}");
            return error.Length == 0 ? 0 : 2;
        }

        var subjects = options.Subjects;
        var tallies = new List<Tally>();
        var start = Stopwatch.GetTimestamp();

        foreach (var subject in subjects)
        {
            var trial = new Trial(subject, options.Seed);
            var until = options.Minutes is { } minutes ? DateTime.UtcNow.AddMinutes(minutes) : (DateTime?)null;
            var tally = await trial.RunAsync(options.Count, until, progress: tally => Progress(output, $"{subject.Name} {tally.Generated}/{options.Count}, fixed {tally.Fixed}, equal {tally.Equal}, {Stopwatch.GetElapsedTime(start):hh\\:mm\\:ss}"));
            tallies.Add(tally);

            Progress(output, "");
            if (tally.Complaint is { } complaint)
                await output.WriteLineAsync(complaint + "\n");
        }

        await output.WriteLineAsync(Tally.Heading);
        foreach (var tally in tallies)
            await output.WriteLineAsync(tally.ToString());

        await output.WriteLineAsync($"\nseed {options.Seed}, {Stopwatch.GetElapsedTime(start):hh\\:mm\\:ss} ({Batch.Timing})");
        return tallies.Exists(tally => tally.Complaint is not null) ? 1 : 0;
    }

    /// <summary>One line that is written over, or nothing where the output is no terminal.</summary>
    private static void Progress(TextWriter output, string text)
    {
        if (!Console.IsOutputRedirected)
            output.Write($"\r{text,-78}{(text.Length == 0 ? "\r" : "")}");
        else if (text.Length > 0)
            output.WriteLine(text);
    }

    private sealed record Options(int Count, long Seed, double? Minutes, IReadOnlyList<Subject> Subjects)
    {
        public static Options? Of(string[] arguments, out string error)
        {
            var (count, seed, minutes, rule) = (1_000, 1L, (double?)null, (string?)null);
            error = "";

            for (var i = 0; i < arguments.Length; i++)
            {
                if (arguments[i] is "--help" or "-h" or "-?")
                    return null;

                if (arguments[i] is not ("--count" or "--seed" or "--rule" or "--minutes"))
                {
                    error = $"'{arguments[i]}' is no option.";
                    return null;
                }

                var (option, value) = (arguments[i], ++i < arguments.Length ? arguments[i] : "");
                var isUnderstood = option switch
                {
                    "--count" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0,
                    "--seed" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out seed),
                    "--minutes" => double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var time) && (minutes = time) > 0,
                    _ => (rule = value).Length > 0,
                };

                if (!isUnderstood)
                {
                    error = value.Length == 0 ? $"'{option}' needs a value." : $"'{value}' is no value for '{option}'.";
                    return null;
                }
            }

            Subject[] all = [.. Subject.Shapes.Select(Subject.Of), .. Together.Subjects];
            var subjects = rule is null ? all : [.. all.Where(subject => subject.Name.Equals(rule, StringComparison.OrdinalIgnoreCase))];
            if (subjects.Length > 0)
                return new(count, seed, minutes, subjects);

            error = $"'{rule}' has no shapes; there are {string.Join(", ", all.Select(subject => subject.Name))}.";
            return null;
        }
    }
}
