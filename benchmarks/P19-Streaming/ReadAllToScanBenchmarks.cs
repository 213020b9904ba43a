using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1901: the header of a file, from all of its lines against from the first.</summary>
[Noisy("reads a file")]
public class ReadAllToScanBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1901-{Guid.NewGuid():N}.csv");

    [Params(100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => File.WriteAllLines(path, Enumerable.Range(0, N).Select(i => $"{i},customer {i},street {i % 97}"));

    [GlobalCleanup]
    public void CleanUp() => File.Delete(path);

    [Benchmark(Baseline = true)]
    public string Before() => File.ReadAllLines(path).First();

    [Benchmark]
    public string After() => File.ReadLines(path).First();
}
