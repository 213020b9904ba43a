using HotPath.Benchmarks;

namespace HotPath.Tests;

/// <summary>Made-up results for tests of what is done with results.</summary>
internal static class Results
{
    public static RuleResult Of(string id, params Point[] points) => new(
        id, "JoinLoop", "2026-01-31", "Some CPU", "Some OS", ".NET 10.0.1", "0.14.0", "N", Noisy: null, points);

    public static Cost Cost(double nanoseconds, long bytes) => new(nanoseconds, Error: 0.5, StandardDeviation: 0.25, bytes);

    public static Point Point(int n, double before, double after, long bytesBefore = 1000, long bytesAfter = 100, Cost? best = null) =>
        new(n, Cost(before, bytesBefore), Cost(after, bytesAfter), best);
}
