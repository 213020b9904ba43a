using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Names of customers, a comma before each.</summary>
public class AggregateConcatenationBenchmarks
{
    private string[] names = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => names = Enumerable.Range(0, N).Select(i => $"customer {i}").ToArray();

    [Benchmark(Baseline = true)]
    public string Before() => names.Aggregate("", (text, name) => text + "," + name);

    [Benchmark]
    public string After() => string.Concat(names.Select(name => "," + name));
}
