using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>As many questions as the query has elements.</summary>
public class RepeatedEnumerationBenchmarks
{
    private readonly List<string> names = [];
    private readonly List<string> asked = [];

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names.Clear();
        asked.Clear();
        for (var i = 0; i < N; i++)
        {
            names.Add($"customer {i * 2}");
            asked.Add($"customer {i}");
        }
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var found = 0;
        var known = names.Where(name => name.Length > 3);
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
        var known = names.Where(name => name.Length > 3);
        var knownSet = new HashSet<string>(known);
        foreach (var name in asked)
        {
            if (knownSet.Contains(name))
                found++;
        }

        return found;
    }
}
