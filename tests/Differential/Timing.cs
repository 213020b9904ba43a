using System.Collections.Concurrent;
using System.Diagnostics;

namespace HotPath.Tests;

/// <summary>How long the steps take, to see which one to make faster.</summary>
internal sealed class Timing
{
    private readonly ConcurrentDictionary<string, TimeSpan> spent = new();

    /// <summary>What a step gives, noting how long it took.</summary>
    public async Task<T> Of<T>(string step, Func<Task<T>> run)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await run();
        var took = Stopwatch.GetElapsedTime(start);
        spent.AddOrUpdate(step, took, (_, before) => before + took);
        return result;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", spent.OrderByDescending(step => step.Value).Select(step => $"{step.Key} {step.Value.TotalSeconds:0.0} s"));
}
