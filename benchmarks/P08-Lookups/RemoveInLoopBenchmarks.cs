using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Half of the elements go.</summary>
public class RemoveInLoopBenchmarks
{
    private readonly List<int> all = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        all.Clear();
        for (var i = 0; i < N; i++)
            all.Add((int)(i * 7_919L % N));
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var limit = N / 2;
        var numbers = new List<int>(all);
        foreach (var number in numbers.ToList())
        {
            if (number < limit)
                numbers.Remove(number);
        }

        return numbers.Count;
    }

    [Benchmark]
    public int After()
    {
        var limit = N / 2;
        var numbers = new List<int>(all);
        numbers.RemoveAll(number => number < limit);

        return numbers.Count;
    }
}
