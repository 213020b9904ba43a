using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>The letters of all names that are no stubs.</summary>
public class SuperfluousMaterialisationBenchmarks
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
        var letters = 0;
        foreach (var name in names.Where(name => name.Length > 3).ToList())
            letters += name.Length;

        return letters;
    }

    [Benchmark]
    public int After()
    {
        var letters = 0;
        foreach (var name in names.Where(name => name.Length > 3))
            letters += name.Length;

        return letters;
    }
}
