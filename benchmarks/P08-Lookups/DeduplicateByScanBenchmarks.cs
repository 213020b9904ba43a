using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Lines that are all different: the list has to be searched to its end for each of them.</summary>
public class DeduplicateByScanBenchmarks
{
    private readonly List<string> lines = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        lines.Clear();
        for (var i = 0; i < N; i++)
            lines.Add($"customer {i}");
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var names = new List<string>();
        foreach (var line in lines)
        {
            if (!names.Contains(line))
                names.Add(line);
        }

        return names.Count;
    }

    [Benchmark]
    public int After()
    {
        var names = new List<string>();
        var seen = new HashSet<string>();
        foreach (var line in lines)
        {
            if (seen.Add(line))
                names.Add(line);
        }

        return names.Count;
    }
}
