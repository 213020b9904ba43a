namespace HotPath.Benchmarks;

/// <summary>How fast a time grows.</summary>
public static class GrowthRate
{
    /// <summary>Differences below it say more about the clock than about the work.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The exponent of the power of the size that fits the times best: 1 where the time per line is the same, 2 where it doubles with the lines; null where too few times are long enough to tell.
    /// </summary>
    public static double? Exponent(IReadOnlyList<int> sizes, IReadOnlyList<TimeSpan> times)
    {
        var points = sizes.Zip(times).Where(point => point.Second >= Least).Select(point => (X: Math.Log(point.First), Y: Math.Log(point.Second.Ticks))).ToList();
        if (points.Count < 2)
            return null;

        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
