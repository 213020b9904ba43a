using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1903: whether there is a file in a folder of N.</summary>
[Noisy("reads a folder")]
public class GetFilesToAskBenchmarks
{
    private readonly string folder = Path.Combine(AppContext.BaseDirectory, $"HOT1903-{Guid.NewGuid():N}");

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < N; i++)
            File.WriteAllText(Path.Combine(folder, $"{i}.txt"), "");
    }

    [GlobalCleanup]
    public void CleanUp() => Directory.Delete(folder, recursive: true);

    [Benchmark(Baseline = true)]
    public bool Before() => Directory.GetFiles(folder).Length > 0;

    [Benchmark]
    public bool After() => Directory.EnumerateFiles(folder).Any();
}
