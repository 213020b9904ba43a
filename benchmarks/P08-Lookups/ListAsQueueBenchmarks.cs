using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>A waiting line that is served to its end.</summary>
public class ListAsQueueBenchmarks
{
    private readonly List<string> names = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names.Clear();
        for (var i = 0; i < N; i++)
            names.Add($"customer {i}");
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var served = 0;
        var waiting = new List<string>(names);
        while (waiting.Count > 0)
        {
            var name = waiting[0];
            waiting.RemoveAt(0);
            served += name.Length;
        }

        return served;
    }

    [Benchmark]
    public int After()
    {
        var served = 0;
        var waiting = new Queue<string>(names);
        while (waiting.Count > 0)
        {
            var name = waiting.Dequeue();
            served += name.Length;
        }

        return served;
    }
}
