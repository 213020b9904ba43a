using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;

namespace HotPath.Benchmarks;

/// <summary>
/// Marks benchmarks that touch files, databases or other threads. Their times are the best of several launches instead of a mean,
/// and a comparison does not judge them by time.
/// </summary>
/// <param name="why">What makes the times vary.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NoisyAttribute(string why) : JobMutatorConfigBaseAttribute(Job.Default.WithLaunchCount(Launches))
{
    /// <summary>How often such a benchmark's process is started.</summary>
    public const int Launches = 3;

    /// <summary>What makes the times vary.</summary>
    public string Why { get; } = why;
}
