using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Benchmarks;

/// <summary>How the time of each analyzer grows with the length of the source: a build that takes twice as long for twice the lines is one thing, four times is another.</summary>
public static class GrowthCommand
{
    /// <summary>Above it the time per line is not flat.</summary>
    private const double Most = 1.15;

    private const int Repetitions = 3;
    private const string Usage = "Usage: growth";

    private static readonly int[] Lines = [1_000, 4_000, 16_000, 64_000];

    /// <returns>The exit code: 1 where the time of an analyzer grows faster than the source.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is not [])
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        var isFlat = true;
        foreach (var shape in Enum.GetValues<CorpusShape>())
        {
            // What is compiled on the first run would count as time of the smallest source.
            Measure(Lines[1], shape);

            var measured = Array.ConvertAll(Lines, lines => Fastest(lines, shape));
            Console.WriteLine($"{shape,-36} {string.Join(' ', Lines.Select(lines => $"{lines,9:N0} lines"))}   exponent");

            foreach (var analyzer in measured[0].Keys.Order(StringComparer.Ordinal))
            {
                var times = Array.ConvertAll(measured, times => times[analyzer]);
                var exponent = GrowthRate.Exponent(Lines, times);
                isFlat &= !(exponent > Most);
                Console.WriteLine($"{analyzer,-36} {string.Join(' ', times.Select(time => $"{time.TotalMilliseconds,12:N1} ms"))}   {(exponent is { } grown ? $"{grown:F2}{(grown > Most ? "  too fast" : "")}" : "-")}");
            }

            Console.WriteLine();
        }

        return isFlat ? 0 : 1;
    }

    /// <summary>The shortest time of each analyzer: whatever else the machine does only makes it longer.</summary>
    private static Dictionary<string, TimeSpan> Fastest(int lines, CorpusShape shape)
    {
        var fastest = Measure(lines, shape);
        for (var i = 1; i < Repetitions; i++)
        {
            foreach (var (analyzer, time) in Measure(lines, shape))
                fastest[analyzer] = time < fastest[analyzer] ? time : fastest[analyzer];
        }

        return fastest;
    }

    private static Dictionary<string, TimeSpan> Measure(int lines, CorpusShape shape)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: true);
        var rules = typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RuleAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!);

        var result = Corpus.Compile(lines, shape).WithAnalyzers([.. rules], options).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        var times = result.AnalyzerTelemetryInfo.ToDictionary(each => each.Key.GetType().Name, each => each.Value.ExecutionTime);
        times["(all)"] = TimeSpan.FromTicks(times.Values.Sum(time => time.Ticks));
        return times;
    }
}
