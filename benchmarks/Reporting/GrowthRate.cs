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
        (double, double)[] points = [.. sizes.Zip(times).Where(point => point.Second >= Least).Select(point => ((double)point.First, (double)point.Second.Ticks))];
        return points.Length < 2 ? null : Exponent(points);
    }

    /// <summary>The slope of the straight line that fits the logarithms best, by least squares.</summary>
    public static double Exponent(IEnumerable<(double Size, double Time)> measured)
    {
        (double X, double Y)[] points = [.. measured.Select(point => (Math.Log(point.Size), Math.Log(point.Time)))];
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }
}
