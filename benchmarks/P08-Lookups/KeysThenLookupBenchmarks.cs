using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>A count per name, walked through as a whole.</summary>
public class KeysThenLookupBenchmarks
{
    private readonly Dictionary<string, int> counts = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        counts.Clear();
        for (var i = 0; i < N; i++)
            counts[$"customers/europe/{i:D8}"] = i % 10;
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var total = 0;
        foreach (var name in counts.Keys)
            total += name.Length * counts[name];

        return total;
    }

    [Benchmark]
    public int After()
    {
        var total = 0;
        foreach (var (name, value) in counts)
            total += name.Length * value;

        return total;
    }
}
