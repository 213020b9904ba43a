using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.Benchmarks;

/// <summary>How the time of each analyzer grows with the length of the source: a build that takes twice as long for twice the lines is one thing, four times is another.</summary>
/// <remarks>It is the time of the processor, less that of an analyzer that asks for operations and looks at none: what else the machine does hardly counts.</remarks>
public static class GrowthCommand
{
    /// <summary>Above it the time per line is not flat.</summary>
    private const double Most = 1.15;

    private const int Repetitions = 3;
    private const string Usage = "Usage: growth [the most lines, 64000 unless given] [--together]";

    /// <returns>The exit code: 1 where the time of an analyzer grows faster than the source.</returns>
    public static int Run(string[] arguments)
    {
        var together = arguments is [.., "--together"];
        var most = 64_000;
        if (!((together ? arguments[..^1] : arguments) is var rest && (rest is [] || rest is [var text] && int.TryParse(text, out most) && most >= 4_000)))
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        var rules = typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RuleAnalyzer)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();
        IEnumerable<(string Name, ImmutableArray<DiagnosticAnalyzer> Rules)> rows = [("(all)", rules), .. together ? [] : rules.Select(rule => (rule.GetType().Name, ImmutableArray.Create(rule)))];
        int[] sizes = [.. new[] { 1_000, 4_000, 16_000, 64_000 }.Where(lines => lines <= most)];
        var isFlat = true;

        foreach (var shape in Enum.GetValues<CorpusShape>())
        {
            // What the runtime compiles on the first run would count as time of the smallest source.
            Fastest(sizes[1], shape, rules);

            Console.WriteLine($"{shape,-36} {string.Join(' ', sizes.Select(lines => $"{lines,9:N0} lines"))}   exponent");
            var nothing = Array.ConvertAll(sizes, lines => Fastest(lines, shape, [AnalyzerCost.OfOperations()]));
            Console.WriteLine($"{"(the compiler)",-36} {Cells(nothing)}");

            foreach (var (name, analyzers) in rows)
            {
                var times = sizes.Zip(nothing, (lines, without) => Fastest(lines, shape, analyzers) - without).ToArray();
                var exponent = GrowthRate.Exponent(sizes, times);
                isFlat &= !(exponent > Most);
                Console.WriteLine($"{name,-36} {Cells(times)}   {(exponent is { } grown ? $"{grown:F2}{(grown > Most ? "  too fast" : "")}" : "-")}");
            }

            Console.WriteLine();
        }

        return isFlat ? 0 : 1;
    }

    private static string Cells(IEnumerable<TimeSpan> times) => string.Join(' ', times.Select(time => $"{time.TotalMilliseconds,12:N0} ms"));

    /// <summary>The shortest time: whatever disturbs the run only makes it longer.</summary>
    private static TimeSpan Fastest(int lines, CorpusShape shape, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = Corpus.Compile(lines, shape);
        return Enumerable.Range(0, Repetitions).Min(_ => Measure(compilation.Clone(), analyzers));
    }

    private static TimeSpan Measure(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, _) => throw new InvalidOperationException($"{analyzer} failed.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);

        GC.Collect();
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return Process.GetCurrentProcess().TotalProcessorTime - before;
    }
}
