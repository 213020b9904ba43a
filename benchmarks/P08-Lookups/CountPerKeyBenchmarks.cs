using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>How often each number occurs.</summary>
public class CountPerKeyBenchmarks
{
    private readonly List<int> numbers = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        numbers.Clear();
        for (var i = 0; i < N; i++)
            numbers.Add((int)(i * 7_919L % N) / 2);
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var repeated = 0;
        foreach (var number in numbers)
        {
            if (numbers.Count(n => n == number) > 1)
                repeated++;
        }

        return repeated;
    }

    [Benchmark]
    public int After()
    {
        var repeated = 0;
        var numberCounts = numbers.CountBy(n => n).ToDictionary();
        foreach (var number in numbers)
        {
            if (numberCounts.GetValueOrDefault(number) > 1)
                repeated++;
        }

        return repeated;
    }
}
