namespace HotPath.Benchmarks;

/// <summary>How long the code of one rule takes, before the fix and after it, from few elements to many.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Before">What the analyzer flags: the nanoseconds at each N. It ends early where the next would take minutes.</param>
/// <param name="After">What the fix writes, likewise.</param>
public sealed record RuleGrowth(string Id, string Rule, IReadOnlyList<(int N, double Nanoseconds)> Before, IReadOnlyList<(int N, double Nanoseconds)> After)
{
    /// <summary>The power of N with which Before grows.</summary>
    public double ExponentBefore => Exponent(Before);

    /// <summary>The power of N with which After grows.</summary>
    public double ExponentAfter => Exponent(After);

    private static double Exponent(IEnumerable<(int N, double Nanoseconds)> points) => GrowthRate.Exponent(points.Select(point => ((double)point.N, point.Nanoseconds)));
}
