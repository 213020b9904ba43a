using HotPath.Benchmarks;

namespace HotPath.Tests;

/// <summary>The committed measurements of a rule.</summary>
internal static class Measured
{
    /// <summary>What to do where they are missing.</summary>
    public const string HowToMeasure = "run 'dotnet run -c Release --project benchmarks -- report'";

    private const string Folder = "benchmarks/results";

    /// <summary>The result file of a rule, relative to the repository.</summary>
    public static string PathOf(string id) => ResultFile.PathOf(id, Folder);

    /// <summary>The table for the rule's page; null where nothing was measured yet.</summary>
    public static string? Table(string id) => Result(id) is { } result ? MeasuredTable.Markdown(result) : null;

    /// <summary>Why the committed result does not keep the rule's promise; null where it does.</summary>
    public static string? Broken(string id, Promise promise) => Promises.Broken(Result(id), promise);

    /// <summary>The chart of all results; null where nothing was measured yet.</summary>
    public static string? Chart() => ResultFile.LoadAll(Repository.FullPath(Folder)) is { Count: > 0 } results ? SpeedUpChart.Svg(results) : null;

    private static RuleResult? Result(string id) => ResultFile.TryLoad(id, Repository.FullPath(Folder));
}
