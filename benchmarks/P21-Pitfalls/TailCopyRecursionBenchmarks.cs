using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>The sum of an array: its first element and the sum of the others.</summary>
public class TailCopyRecursionBenchmarks
{
    private int[] numbers = [];

    [Params(10, 100, 1_000, 5_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => numbers = Enumerable.Range(0, N).ToArray();

    [Benchmark(Baseline = true)]
    public long Before()
    {
        return Sum(numbers);

        static long Sum(int[] left) => left.Length == 0 ? 0 : left[0] + Sum(left[1..]);
    }

    [Benchmark]
    public long After()
    {
        return Sum(numbers);

        static long Sum(ReadOnlySpan<int> left) => left.Length == 0 ? 0 : left[0] + Sum(left[1..]);
    }

    [Benchmark]
    public long Best()
    {
        var sum = 0L;
        foreach (var number in numbers)
            sum += number;

        return sum;
    }
}
