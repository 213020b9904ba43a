using System.Text;

namespace HotPath.Benchmarks;

/// <summary>One method of one rule at one N: what it cost when the result was committed and what it costs now.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="N">The value of the parameter; null where the rule as a whole is judged.</param>
/// <param name="Method">Before, After or Best.</param>
/// <param name="Committed">The committed cost; null where there is none.</param>
/// <param name="Now">The cost now; null where it was not measured.</param>
/// <param name="CommittedSpeedUp">The committed speed-up over Before; null for Before itself.</param>
/// <param name="SpeedUp">The speed-up over Before now; null for Before itself.</param>
/// <param name="Regressions">What got worse; empty where nothing did.</param>
public sealed record Verdict(
    string Id,
    int? N,
    string Method,
    Cost? Committed,
    Cost? Now,
    double? CommittedSpeedUp,
    double? SpeedUp,
    IReadOnlyList<string> Regressions)
{
    /// <summary>Whether the case fails the comparison.</summary>
    public bool IsRegression => Regressions.Count > 0;
}

/// <summary>
/// Judges new numbers by the committed ones. Times differ between machines, so not the times but the speed-ups are compared, and with a wide margin.
/// Allocations of single-threaded code without I/O repeat as long as the runtime is the same: to the byte, except that a method
/// which runs only a few times per measurement shares a few bytes of the measuring itself.
/// </summary>
public static class Comparison
{
    /// <summary>The share of the committed speed-up that has to be left.</summary>
    public const double SpeedUpMargin = 0.5;

    /// <summary>How far allocations may be off where they do not repeat: files, databases, other threads, another runtime.</summary>
    public const double AllocationMargin = 0.05;

    /// <summary>How far allocations may be off where they repeat: not at all below 10 kB.</summary>
    public const double ExactAllocationMargin = 0.0001;

    private const string NotCommitted = "no committed result";
    private const string NotMeasured = "not measured now";

    /// <summary>One verdict per case of either result; a single one if nothing is committed.</summary>
    public static IReadOnlyList<Verdict> Of(RuleResult? committed, RuleResult now)
    {
        if (committed is null)
            return [new Verdict(now.Id, null, "", null, null, null, null, [NotCommitted])];

        var isNoisy = committed.Noisy is not null || now.Noisy is not null;
        var margin = isNoisy || committed.Runtime != now.Runtime ? AllocationMargin : ExactAllocationMargin;

        var committedByN = committed.Points.ToLookup(point => point.N);
        var nowByN = now.Points.ToLookup(point => point.N);

        return
        [
            .. from n in committed.Points.Concat(now.Points).Select(point => point.N).Distinct().Order()
               let old = committedByN[n].FirstOrDefault()
               let current = nowByN[n].FirstOrDefault()
               from method in Methods
               let oldCost = method.CostIn(old)
               let currentCost = method.CostIn(current)
               where oldCost is not null || currentCost is not null
               select Judge(now.Id, n, method.Name, (old, oldCost), (current, currentCost), margin, judgesTime: !isNoisy),
        ];
    }

    /// <summary>The verdicts as a table of plain text.</summary>
    public static string Table(IReadOnlyList<Verdict> verdicts)
    {
        string[][] rows =
        [
            ["Rule", "N", "Method", "Time", "now", "Speed-up", "now", "Allocated", "now", "Verdict"],
            .. verdicts.Select(verdict => new[]
            {
                verdict.Id,
                verdict.N is { } n ? Units.Count(n) : "",
                verdict.Method,
                verdict.Committed is { } committed ? Units.Time(committed.Nanoseconds) : "",
                verdict.Now is { } now ? Units.Time(now.Nanoseconds) : "",
                verdict.CommittedSpeedUp is { } committedSpeedUp ? Units.Ratio(committedSpeedUp) : "",
                verdict.SpeedUp is { } speedUp ? Units.Ratio(speedUp) : "",
                verdict.Committed is null ? "" : Units.Bytes(verdict.Committed.AllocatedBytes),
                verdict.Now is null ? "" : Units.Bytes(verdict.Now.AllocatedBytes),
                verdict.IsRegression ? "REGRESSED: " + string.Join("; ", verdict.Regressions) : "ok",
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();

        foreach (var row in rows)
        {
            // Numbers to the right, names to the left; the verdict needs no padding.
            for (var column = 0; column < row.Length - 1; column++)
                text.Append(column is 0 or 2 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column])).Append("  ");

            text.Append(row[^1]).Append('\n');
        }

        return text.ToString();
    }

    private static (string Name, Func<Point?, Cost?> CostIn)[] Methods { get; } =
    [
        (nameof(Point.Before), point => point?.Before),
        (nameof(Point.After), point => point?.After),
        (nameof(Point.Best), point => point?.Best),
    ];

    private static Verdict Judge(string id, int n, string method, (Point? Point, Cost? Cost) committed, (Point? Point, Cost? Cost) now, double margin, bool judgesTime)
    {
        var isBefore = method == nameof(Point.Before);
        var committedSpeedUp = isBefore || committed.Cost is null ? null : committed.Point?.SpeedUpOf(committed.Cost);
        var speedUp = isBefore || now.Cost is null ? null : now.Point?.SpeedUpOf(now.Cost);

        return new Verdict(id, n, method, committed.Cost, now.Cost, committedSpeedUp, speedUp, [.. Regressions()]);

        IEnumerable<string> Regressions()
        {
            if (committed.Cost is null || now.Cost is null)
            {
                yield return committed.Cost is null ? NotCommitted : NotMeasured;
                yield break;
            }

            var (was, got) = (committed.Cost.AllocatedBytes, now.Cost.AllocatedBytes);

            // Less is progress, except for Before: a pitfall that got cheaper makes the committed gain untrue.
            if (got > was * (1 + margin) || isBefore && got < was * (1 - margin))
                yield return $"allocates {got} B, not {was} B{(margin == AllocationMargin ? " within 5 %" : "")}";

            if (judgesTime && committedSpeedUp is { } promised && speedUp < promised * SpeedUpMargin)
                yield return $"speed-up below half of {Units.Ratio(promised)}";
        }
    }
}
