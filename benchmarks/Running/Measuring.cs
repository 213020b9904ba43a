using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;

namespace HotPath.Benchmarks;

/// <summary>Runs benchmarks with one set of settings, so that all numbers of the project compare.</summary>
public static class Measuring
{
    /// <summary>About 1.6 s per case: short enough to run all rules, long enough for ratios that repeat within a few per cent.</summary>
    private static readonly Job job = Job.Default
        .WithLaunchCount(1)
        .WithWarmupCount(3)
        .WithIterationCount(5)
        .WithIterationTime(TimeInterval.FromMilliseconds(80))
        .WithEvaluateOverhead(false);

    private static readonly bool isTerminal = !Console.IsOutputRedirected;

    /// <summary>What BenchmarkDotNet's own command line offers; rules may be named by id.</summary>
    /// <returns>The exit code: 1 where nothing ran or a case failed, which BenchmarkDotNet itself does not tell.</returns>
    public static int Explore(string[] arguments)
    {
        // With a job of the command line's there must be none of ours, or both run.
        var config = Config(new Progress(Console.Out, isTerminal) { ShowsSummaries = true }, hasJob: !arguments.Any(argument => argument is "-j" or "--job"));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Measuring).Assembly).Run([.. RuleFilter.Rewrite(arguments)], config);

        return arguments.Any(argument => argument is "--list" or "--help" or "--info" or "--version") || AllRan([.. summaries]) ? 0 : 1;
    }

    /// <summary>Runs the whole benchmark classes of <paramref name="rules"/>; <paramref name="finished"/> gets each result as soon as it is complete.</summary>
    /// <returns>Whether every case ran.</returns>
    public static bool Run(IReadOnlyList<MeasuredRule> rules, Action<RuleResult> finished)
    {
        var ruleOf = rules.ToDictionary(rule => rule.Class);
        var date = DateOnly.FromDateTime(DateTime.UtcNow);
        var progress = new Progress(Console.Out, isTerminal)
        {
            Finished = (type, summary) =>
            {
                if (AllRan([summary]))
                    finished(MeasuredResult.Of(ruleOf[type], summary, date));
            },
        };

        return AllRan(BenchmarkRunner.Run([.. ruleOf.Keys], Config(progress, hasJob: true)));
    }

    private static bool AllRan(IReadOnlyCollection<Summary> summaries) => summaries.Count > 0 && summaries.All(summary =>
        !summary.HasCriticalValidationErrors && summary.Reports is not [] && summary.BenchmarksCases.All(summary.HasReport) && summary.Reports.All(report => report.Success));

    private static ManualConfig Config(Progress progress, bool hasJob)
    {
        var config = ManualConfig.CreateEmpty()
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(JsonExporter.Brief)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(progress)
            .AddEventProcessor(progress)
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60))
            .WithBuildTimeout(TimeSpan.FromMinutes(10))
            .WithArtifactsPath(Path.Combine(Repository.Root, "benchmarks", "BenchmarkDotNet.Artifacts"));

        return hasJob ? config.AddJob(job) : config;
    }
}
