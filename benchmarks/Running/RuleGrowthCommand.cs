using System.Diagnostics;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Environments;

namespace HotPath.Benchmarks;

/// <summary>How the time of what rules find grows with N, and the time of what their fixes write: from 100 to 100,000 elements, into a chart and a table.</summary>
/// <remarks>
/// The exponent asks for a wide range and no precision: short calls are repeated for a tenth of a second, long ones run once.
/// It is the time of the processor, so that what else the machine does hardly counts.
/// </remarks>
public static class RuleGrowthCommand
{
    private const string Usage = "Usage: growth rules [--filter <patterns or rule ids>]; those of look-ups, HOT08, unless given";
    private const int Repetitions = 3;

    private static readonly int[] sizes = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];

    /// <summary>What takes shorter is run again: the clock of the processor has steps of a hundredth of a second.</summary>
    private static readonly TimeSpan least = TimeSpan.FromMilliseconds(100);

    /// <summary>What would take longer is left out.</summary>
    private static readonly TimeSpan most = TimeSpan.FromMinutes(1);

    /// <returns>The exit code: 1 where nothing was measured or the page has no place for the table.</returns>
    public static int Run(string[] arguments)
    {
        if (CommandArguments.Parse(arguments) is not { } parsed)
        {
            Console.Error.WriteLine(Usage);
            return 1;
        }

        var rules = RuleFilter.Select(parsed.Patterns is [] ? ["HOT08"] : parsed.Patterns);
        if (rules is [])
        {
            Console.Error.WriteLine("No rule's benchmarks match the filter.");
            return 1;
        }

        var growths = new List<RuleGrowth>(rules.Count);
        foreach (var rule in rules)
        {
            var growth = new RuleGrowth(rule.Id, rule.Rule, Measure(rule, nameof(Point.Before)), Measure(rule, nameof(Point.After)));
            growths.Add(growth);
            Console.WriteLine($"{growth.Id} {growth.Rule,-24} {GrowthChart.Exponent(growth.ExponentBefore)} -> {GrowthChart.Exponent(growth.ExponentAfter)}, at N = {growth.Before[^1].N} {Units.Time(growth.Before[^1].Nanoseconds)}");
        }

        var place = $"Measured on {MeasuredResult.Cpu(HostEnvironmentInfo.GetCurrent())}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.";
        File.WriteAllText(Repository.GrowthChart, GrowthChart.Svg(growths, place));
        if (GrowthTable.Into(File.ReadAllText(Repository.Evidence), growths, place) is not { } page)
        {
            Console.Error.WriteLine($"docs/evidence.md has no '{GrowthTable.Start}' … '{GrowthTable.End}' to hold the table.");
            return 1;
        }

        File.WriteAllText(Repository.Evidence, page);
        return 0;
    }

    private static List<(int N, double Nanoseconds)> Measure(MeasuredRule rule, string method)
    {
        var benchmark = Activator.CreateInstance(rule.Class)!;
        var size = rule.Class.GetProperties().Single(property => property.GetCustomAttribute<ParamsAttribute>() is not null);
        var setup = rule.Class.GetMethods().Single(candidate => candidate.GetCustomAttribute<GlobalSetupAttribute>() is not null);
        var run = Expression.Lambda<Action>(Expression.Call(Expression.Constant(benchmark), rule.Class.GetMethod(method)!)).Compile();

        // The runtime compiles in two steps; the first one's code would count as time of the smallest N.
        Prepare(1_000);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            Time(run);
            Thread.Sleep(least);
        }

        var points = new List<(int N, double Nanoseconds)>();
        foreach (var n in sizes)
        {
            if (points is [.., var (lastN, last)] && last * Math.Pow((double)n / lastN, 2) > most.TotalNanoseconds)
                break;

            Prepare(n);
            points.Add((n, Time(run)));
        }

        return points;

        void Prepare(int n)
        {
            size.SetValue(benchmark, n);
            setup.Invoke(benchmark, []);
            GC.Collect();
        }
    }

    /// <summary>The nanoseconds of one call: the shortest of a few measurements, because whatever disturbs one only makes it longer.</summary>
    private static double Time(Action run)
    {
        var (shortest, calls) = (double.MaxValue, 1);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            TimeSpan time;
            while ((time = Time(run, calls)) < least)
                calls *= time < least / 10 ? 10 : 2;

            shortest = Math.Min(shortest, time.TotalNanoseconds / calls);
            if (time > 5 * least)
                break;
        }

        return shortest;
    }

    private static TimeSpan Time(Action run, int calls)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var call = 0; call < calls; call++)
            run();

        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
