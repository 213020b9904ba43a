using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1904: the numbers in a JSON file, parsed from its text against from the file.</summary>
[Noisy("reads a file")]
public class WholeTextToParseBenchmarks
{
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1904-{Guid.NewGuid():N}.json");

    [Params(100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => File.WriteAllText(path, JsonSerializer.Serialize(Enumerable.Range(1_000_000, N)));

    [GlobalCleanup]
    public void CleanUp() => File.Delete(path);

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var numbers = JsonSerializer.Deserialize<int[]>(File.ReadAllText(path));
        return numbers!.Length;
    }

    [Benchmark]
    public int After()
    {
        using var stream = File.OpenRead(path);
        var numbers = JsonSerializer.Deserialize<int[]>(stream);
        return numbers!.Length;
    }
}
