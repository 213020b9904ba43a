using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>The numbers of an array that pass a test, added one by one.</summary>
public class CollectionCopiedToGrowBenchmarks
{
    private int[] numbers = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => numbers = Enumerable.Range(0, N).ToArray();

    [Benchmark(Baseline = true)]
    public int[] Before()
    {
        int[] found = [];
        foreach (var number in numbers)
        {
            if (number >= 0)
                found = found.Append(number).ToArray();
        }

        return found;
    }

    [Benchmark]
    public int[] After()
    {
        var list = new List<int>();
        foreach (var number in numbers)
        {
            if (number >= 0)
                list.Add(number);
        }

        return list.ToArray();
    }
}
