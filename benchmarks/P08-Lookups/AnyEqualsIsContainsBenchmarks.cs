using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>A number that is not in the list: all of it is compared.</summary>
public class AnyEqualsIsContainsBenchmarks
{
    private readonly List<int> numbers = [];
    private int wanted;

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        numbers.Clear();
        for (var i = 0; i < N; i++)
            numbers.Add(i);

        wanted = N;
    }

    [Benchmark(Baseline = true)]
    public bool Before()
    {
        var number = wanted;
        return numbers.Any(n => n == number);
    }

    [Benchmark]
    public bool After()
    {
        var number = wanted;
        return numbers.Contains(number);
    }
}
