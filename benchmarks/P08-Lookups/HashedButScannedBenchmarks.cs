using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>The price of the last of all articles.</summary>
public class HashedButScannedBenchmarks
{
    private readonly Dictionary<string, int> prices = [];
    private string wanted = "";

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        prices.Clear();
        for (var i = 0; i < N; i++)
            prices[$"article {i}"] = i;

        wanted = $"article {N - 1}";
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var name = wanted;
        return prices.FirstOrDefault(p => p.Key == name).Value;
    }

    [Benchmark]
    public int After()
    {
        var name = wanted;
        return prices.GetValueOrDefault(name);
    }
}
