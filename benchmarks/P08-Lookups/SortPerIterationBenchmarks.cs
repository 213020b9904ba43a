using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Numbers that come in no order.</summary>
public class SortPerIterationBenchmarks
{
    private IEnumerable<int> numbers = [];

    [Params(10, 100, 1_000, 5_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => numbers = Enumerable.Range(0, N).Select(i => (int)(i * 7_919L % N)).ToArray();

    [Benchmark(Baseline = true)]
    public List<int> Before()
    {
        var sorted = new List<int>();
        foreach (var number in numbers)
        {
            sorted.Add(number);
            sorted.Sort();
        }

        return sorted;
    }

    [Benchmark]
    public List<int> After()
    {
        var sorted = new List<int>();
        foreach (var number in numbers)
        {
            sorted.Add(number);
        }

        sorted.Sort();

        return sorted;
    }
}
