using System.Diagnostics;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace HotPath.Benchmarks;

/// <summary>
/// One line that says how far the run is, in place of BenchmarkDotNet's hundreds; its full log is in the artifacts folder.
/// On a terminal the line is rewritten in place, elsewhere every case gets a plain line of its own.
/// </summary>
/// <param name="output">Where the line goes.</param>
/// <param name="isTerminal">Whether a line can be rewritten.</param>
public sealed class Progress(TextWriter output, bool isTerminal) : EventProcessor, ILogger
{
    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private readonly Stopwatch sinceBuilt = new();
    private int cases;
    private int done;
    private int shown;
    private bool started;

    /// <inheritdoc/>
    public string Id => nameof(Progress);

    /// <inheritdoc/>
    public int Priority => 0;

    /// <summary>Whether BenchmarkDotNet's own words and tables are shown: its help, its lists and the summary of each class.</summary>
    public bool ShowsSummaries { get; init; }

    /// <summary>Called with the summary of each class when its last case has run.</summary>
    public Action<Type, Summary>? Finished { get; init; }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions)
    {
        started = true;
        cases = partitions.Sum(partition => partition.Benchmarks.Length);
        Show($"building {cases} cases");
    }

    /// <inheritdoc/>
    public override void OnStartRunStage() => sinceBuilt.Start();

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmark)
    {
        var number = (done + 1).ToString().PadLeft(cases.ToString().Length);
        var left = done == 0 ? "" : $", about {Clock(sinceBuilt.Elapsed / done * (cases - done))} left";
        Show($"[{number}/{cases}] {Clock(sinceStart.Elapsed)}{left}: {NameOf(benchmark)}");
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmark, BenchmarkReport report)
    {
        done++;

        if (!report.Success)
            Say($"FAILED: {NameOf(benchmark)}");
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmarksInType(Type type, Summary summary)
    {
        if (ShowsSummaries)
        {
            var table = new AccumulationLogger();
            MarkdownExporter.Console.ExportToLog(summary, table);
            Say(table.GetLog());
        }

        if (summary.Reports.Any(report => !report.Success))
            Say($"What went wrong is in {summary.LogFilePath}");

        Finished?.Invoke(type, summary);
    }

    /// <inheritdoc/>
    public override void OnEndRunStage() => Say($"{done} of {cases} cases ran in {Clock(sinceStart.Elapsed)}");

    /// <inheritdoc/>
    public void Write(LogKind logKind, string text)
    {
        if (Passes(logKind))
            output.Write(text);
    }

    /// <inheritdoc/>
    public void WriteLine(LogKind logKind, string text)
    {
        if (Passes(logKind))
            Say(text);
    }

    /// <inheritdoc/>
    public void WriteLine()
    {
        if (Passes(LogKind.Default))
            output.WriteLine();
    }

    /// <inheritdoc/>
    public void Flush() => output.Flush();

    private static string NameOf(BenchmarkCase benchmark) =>
        $"{benchmark.Descriptor.Type.Name}.{benchmark.Descriptor.WorkloadMethod.Name} {benchmark.Parameters.DisplayInfo}";

    private static string Clock(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";

    // What BenchmarkDotNet prints before a run answers the command line; from then on only what went wrong matters.
    private bool Passes(LogKind kind) => kind == LogKind.Error || ShowsSummaries && !started;

    /// <summary>Writes a line that stays.</summary>
    private void Say(string line)
    {
        output.WriteLine(Over(line));
        shown = 0;
    }

    /// <summary>Writes a line that the next one replaces.</summary>
    private void Show(string line)
    {
        if (!isTerminal)
        {
            Say(line);
            output.Flush();
            return;
        }

        output.Write(Over(line));
        output.Flush();
        shown = line.Length;
    }

    private string Over(string line) => shown == 0 ? line : "\r" + line.PadRight(shown);
}
