using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>The squares of an array of numbers.</summary>
public class ProjectionLoopBenchmarks
{
    private int[] numbers = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => numbers = Enumerable.Range(0, N).ToArray();

    [Benchmark(Baseline = true)]
    public List<int> Before()
    {
        var squares = new List<int>();
        foreach (var number in numbers)
            squares.Add(number * number);

        return squares;
    }

    [Benchmark]
    public List<int> After()
    {
        return numbers.Select(number => number * number).ToList();
    }

    [Benchmark]
    public int[] Best()
    {
        var squares = new int[numbers.Length];
        for (var i = 0; i < squares.Length; i++)
            squares[i] = numbers[i] * numbers[i];

        return squares;
    }
}
