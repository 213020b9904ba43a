using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>As many questions as the list has elements; every other one is answered with "yes".</summary>
public class ListContainsInLoopBenchmarks
{
    private readonly List<string> known = [];
    private readonly List<string> asked = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        known.Clear();
        asked.Clear();

        for (var i = 0; i < N; i++)
        {
            known.Add($"customer {i * 2}");
            asked.Add($"customer {i}");
        }
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var found = 0;
        foreach (var name in asked)
        {
            if (known.Contains(name))
                found++;
        }

        return found;
    }

    [Benchmark]
    public int After()
    {
        var found = 0;
        var knownSet = new HashSet<string>(known);
        foreach (var name in asked)
        {
            if (knownSet.Contains(name))
                found++;
        }

        return found;
    }
}
