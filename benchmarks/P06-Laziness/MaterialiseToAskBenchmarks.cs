using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Whether there is a long name; the first one is.</summary>
public class MaterialiseToAskBenchmarks
{
    private readonly List<string> names = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names.Clear();
        for (var i = 0; i < N; i++)
            names.Add($"customer {i}");
    }

    [Benchmark(Baseline = true)]
    public bool Before() => names.Where(name => name.Length > 3).ToList().Count > 0;

    [Benchmark]
    public bool After() => names.Any(name => name.Length > 3);
}
