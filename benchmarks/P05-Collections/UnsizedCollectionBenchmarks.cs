using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Numbers and their squares in a dictionary.</summary>
public class UnsizedCollectionBenchmarks
{
    private int[] numbers = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => numbers = Enumerable.Range(0, N).ToArray();

    [Benchmark(Baseline = true)]
    public Dictionary<int, int> Before()
    {
        var squares = new Dictionary<int, int>();
        foreach (var number in numbers)
            squares[number] = number * number;

        return squares;
    }

    [Benchmark]
    public Dictionary<int, int> After()
    {
        var squares = new Dictionary<int, int>(numbers.Length);
        foreach (var number in numbers)
            squares[number] = number * number;

        return squares;
    }
}
