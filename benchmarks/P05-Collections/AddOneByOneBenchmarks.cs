using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>A copy of a list of numbers.</summary>
public class AddOneByOneBenchmarks
{
    private readonly List<int> numbers = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        numbers.Clear();
        numbers.AddRange(Enumerable.Range(0, N));
    }

    [Benchmark(Baseline = true)]
    public List<int> Before()
    {
        var copy = new List<int>();
        foreach (var number in numbers)
            copy.Add(number);

        return copy;
    }

    [Benchmark]
    public List<int> After()
    {
        return new List<int>(numbers);
    }
}
