using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1902: the lines of a file, cut from all of its text against read one by one.</summary>
[Noisy("reads a file")]
public class SplitWholeFileBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1902-{Guid.NewGuid():N}.csv");

    [Params(100, 1_000, 10_000)]
    public int N { get; set; }

    // The last line has no end, so that both ways see the same lines.
    [GlobalSetup]
    public void Setup() => File.WriteAllText(path, string.Join('\n', Enumerable.Range(0, N).Select(i => $"{i},customer {i},street {i % 97}")));

    [GlobalCleanup]
    public void CleanUp() => File.Delete(path);

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var letters = 0;
        foreach (var line in File.ReadAllText(path).Split('\n'))
            letters += line.Length;

        return letters;
    }

    [Benchmark]
    public int After()
    {
        var letters = 0;
        foreach (var line in File.ReadLines(path))
            letters += line.Length;

        return letters;
    }
}
