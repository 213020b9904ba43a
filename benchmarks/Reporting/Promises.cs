using System.Globalization;

namespace HotPath.Benchmarks;

/// <summary>Holds committed results against what their rules promise.</summary>
public static class Promises
{
    /// <summary>Machines and runtimes differ: a result may fall to this share of the promise before the promise counts as broken.</summary>
    public const double Margin = 0.5;

    /// <summary>Whether <paramref name="result"/> reaches at least half of what <paramref name="promise"/> names.</summary>
    public static bool Keeps(RuleResult? result, Promise promise) => Broken(result, promise) is null;

    /// <summary>Why <paramref name="result"/> does not keep <paramref name="promise"/>, one sentence; null where it does.</summary>
    public static string? Broken(RuleResult? result, Promise promise)
    {
        if (promise.Kind is PromiseKind.Correctness or PromiseKind.None)
            return null;

        if (result is null)
            return "There is no committed result.";

        if (result.Points.FirstOrDefault(point => point.N == promise.N) is not { } point)
            return $"{result.Parameter} = {promise.N}, which the promise names, was not measured.";

        var ratio = promise.Kind switch
        {
            PromiseKind.Time => point.SpeedUp,
            PromiseKind.Allocation => (double)point.Before.AllocatedBytes / point.After.AllocatedBytes,
            _ => double.NaN,
        };

        if (promise.Kind is PromiseKind.Retained or PromiseKind.Peak)
            return $"A result does not hold what a promise of the kind {promise.Kind} is about.";

        // Nothing over nothing is no number, and no gain.
        return ratio >= promise.AtLeast * Margin
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"At {result.Parameter} = {promise.N} the ratio is {ratio:0.##}, less than half of the promised {promise.AtLeast:0.##} ({promise.Kind}).");
    }
}
