namespace HotPath.Benchmarks;

/// <summary>What was measured for one rule, where and when.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Date">The day it was measured (UTC), as in 2026-01-31.</param>
/// <param name="Cpu">The processor.</param>
/// <param name="Os">The operating system.</param>
/// <param name="Runtime">The .NET version, as in ".NET 10.0.1".</param>
/// <param name="BenchmarkDotNet">The version of the measuring tool.</param>
/// <param name="Parameter">What the cost grows with.</param>
/// <param name="Noisy">What makes the times vary, so that they are the best of several launches; null where they are means.</param>
/// <param name="Points">The measurements, by rising N.</param>
public sealed record RuleResult(
    string Id,
    string Rule,
    string Date,
    string Cpu,
    string Os,
    string Runtime,
    string BenchmarkDotNet,
    string Parameter,
    string? Noisy,
    IReadOnlyList<Point> Points)
{
    /// <summary>The smallest measured N from which on After is always faster; null where it is slower at the largest.</summary>
    public int? BreakEven
    {
        get
        {
            int? breakEven = null;

            for (var i = Points.Count - 1; i >= 0 && Points[i].SpeedUp > 1; i--)
                breakEven = Points[i].N;

            return breakEven;
        }
    }
}

/// <summary>The methods of one rule at one N.</summary>
/// <param name="N">The value of the parameter.</param>
/// <param name="Before">What the analyzer flags.</param>
/// <param name="After">What the fix writes.</param>
/// <param name="Best">The fastest version by hand; null where there is none.</param>
public sealed record Point(int N, Cost Before, Cost After, Cost? Best = null)
{
    /// <summary>How many times as long Before takes as After.</summary>
    public double SpeedUp => SpeedUpOf(After);

    /// <summary>How many times as long Before takes as <paramref name="other"/>.</summary>
    public double SpeedUpOf(Cost other) => Before.Nanoseconds / other.Nanoseconds;
}

/// <summary>What one call of one method costs.</summary>
/// <param name="Nanoseconds">The mean time; for noisy benchmarks the smallest.</param>
/// <param name="Error">Half of the mean's 99.9 % confidence interval, in nanoseconds.</param>
/// <param name="StandardDeviation">In nanoseconds.</param>
/// <param name="AllocatedBytes">Managed memory allocated.</param>
public sealed record Cost(double Nanoseconds, double Error, double StandardDeviation, long AllocatedBytes);
