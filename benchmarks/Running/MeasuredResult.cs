using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace HotPath.Benchmarks;

/// <summary>Turns what BenchmarkDotNet measured for one rule into the result that is committed.</summary>
public static class MeasuredResult
{
    /// <summary>The result of the benchmark class of <paramref name="rule"/>, all of whose cases ran.</summary>
    public static RuleResult Of(MeasuredRule rule, Summary summary, DateOnly date)
    {
        var host = summary.HostEnvironmentInfo;
        var parameter = summary.BenchmarksCases[0].Parameters.Items is [var only]
            ? only.Name
            : throw new InvalidOperationException($"{rule.Class.Name} needs one [Params] property: the number the cost grows with.");

        return new RuleResult(
            rule.Id,
            rule.Rule,
            date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Cpu(host),
            host.OsVersion.Value,
            RuntimeInformation.FrameworkDescription,
            host.BenchmarkDotNetVersion,
            parameter,
            rule.Noisy,
            [.. summary.Reports.GroupBy(N).OrderBy(group => group.Key).Select(group => PointOf(group, rule))]);
    }

    /// <summary>The processor, without the marks of its trade.</summary>
    public static string Cpu(HostEnvironmentInfo host) => (host.CpuInfo.Value.ProcessorName ?? RuntimeInformation.ProcessArchitecture.ToString()).Replace("(R)", "").Replace("(TM)", "");

    private static int N(BenchmarkReport report) => Convert.ToInt32(report.BenchmarkCase.Parameters.Items[0].Value, CultureInfo.InvariantCulture);

    private static Point PointOf(IGrouping<int, BenchmarkReport> reports, MeasuredRule rule)
    {
        var costs = reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name, report => CostOf(report, rule.Noisy is not null));

        return costs.TryGetValue(nameof(Point.Before), out var before) && costs.TryGetValue(nameof(Point.After), out var after)
            ? new Point(reports.Key, before, after, costs.GetValueOrDefault(nameof(Point.Best)))
            : throw new InvalidOperationException($"{rule.Class.Name} needs the benchmarks Before and After.");
    }

    private static Cost CostOf(BenchmarkReport report, bool noisy)
    {
        var statistics = report.ResultStatistics!;

        // Other programs only ever make a run slower, so under noise the fastest is nearest to the truth.
        return new Cost(
            Rounded(noisy ? statistics.Min : statistics.Mean),
            Rounded(statistics.ConfidenceInterval.Margin),
            Rounded(statistics.StandardDeviation),
            report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }

    private static double Rounded(double nanoseconds) => double.IsFinite(nanoseconds) ? Math.Round(nanoseconds, 3) : 0;
}
