namespace HotPath;

/// <summary>What is promised to fall when a finding is fixed.</summary>
public enum PromiseKind
{
    /// <summary>Run time: <see cref="Promise.AtLeast"/> is before divided by after.</summary>
    Time,

    /// <summary>Allocated bytes: <see cref="Promise.AtLeast"/> is before divided by after.</summary>
    Allocation,

    /// <summary>Bytes still referenced after a full collection: <see cref="Promise.AtLeast"/> is before divided by after.</summary>
    Retained,

    /// <summary>The largest live heap while it runs: <see cref="Promise.AtLeast"/> is before divided by after.</summary>
    Peak,

    /// <summary>The finding is about a wrong result, not about cost.</summary>
    Correctness,

    /// <summary>The rule has nothing to measure.</summary>
    None,
}

/// <summary>What a rule promises; its committed benchmark result has to keep it.</summary>
/// <param name="Kind">What falls.</param>
/// <param name="AtLeast">Before divided by after, the lower end; 0 where the rule has no ratio.</param>
/// <param name="N">The benchmark parameter the ratio is promised for; 0 where the rule has no ratio.</param>
/// <param name="Why">The form it is promised for, or why there is no ratio.</param>
public sealed record Promise(PromiseKind Kind, double AtLeast, int N, string Why)
{
    /// <summary>Before takes at least <paramref name="atLeast"/> times as long as After at <paramref name="n"/>.</summary>
    public static Promise Time(double atLeast, int n, string form = "") => new(PromiseKind.Time, atLeast, n, form);

    /// <summary>Before allocates at least <paramref name="atLeast"/> times as much as After at <paramref name="n"/>.</summary>
    public static Promise Allocation(double atLeast, int n, string form = "") => new(PromiseKind.Allocation, atLeast, n, form);

    /// <summary>Before keeps at least <paramref name="atLeast"/> times as many bytes alive as After at <paramref name="n"/>.</summary>
    public static Promise Retained(double atLeast, int n, string form = "") => new(PromiseKind.Retained, atLeast, n, form);

    /// <summary>Before's largest live heap is at least <paramref name="atLeast"/> times that of After at <paramref name="n"/>.</summary>
    public static Promise Peak(double atLeast, int n, string form = "") => new(PromiseKind.Peak, atLeast, n, form);

    /// <summary>The finding is a wrong result; there is no ratio.</summary>
    public static Promise Correctness(string why) => new(PromiseKind.Correctness, 0, 0, why);

    /// <summary>There is nothing to measure.</summary>
    public static Promise None(string why) => new(PromiseKind.None, 0, 0, why);
}
