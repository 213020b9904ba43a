using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Names that are all different, numbered in their order.</summary>
public class IndexOfCurrentItemBenchmarks
{
    private readonly List<string> lines = [];
    private List<string> names = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        lines.Clear();
        for (var i = 0; i < N; i++)
            lines.Add($"customers/europe/{i:D8}");

        names = lines.Distinct().ToList();
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var sum = 0;
        foreach (var name in names)
            sum += names.IndexOf(name) * name.Length;

        return sum;
    }

    [Benchmark]
    public int After()
    {
        var sum = 0;
        var index = -1;
        foreach (var name in names)
        {
            index++;
            sum += index * name.Length;
        }

        return sum;
    }
}
