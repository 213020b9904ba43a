using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1608: lines appended to a file, opened for each of them against opened once.</summary>
[Noisy("writes a file: opening and closing wait for the file system")]
public class FileOpenedPerItemBenchmarks
{
    // Beside the program: a temporary folder may be memory.
    private readonly string path = Path.Combine(AppContext.BaseDirectory, $"HOT1608-{Guid.NewGuid():N}.txt");
    private List<string> lines = [];

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => lines = [.. Enumerable.Range(0, N).Select(i => $"line {i}")];

    [GlobalCleanup]
    public void CleanUp() => File.Delete(path);

    [Benchmark(Baseline = true)]
    public long Before()
    {
        File.Delete(path);

        foreach (var line in lines)
        {
            File.AppendAllText(path, line + Environment.NewLine);
        }

        return new FileInfo(path).Length;
    }

    [Benchmark]
    public long After()
    {
        File.Delete(path);

        StreamWriter? writer = null;
        try
        {
            foreach (var line in lines)
            {
                writer ??= new StreamWriter(path, append: true);
                writer.WriteLine(line);
            }
        }
        finally
        {
            writer?.Dispose();
        }

        return new FileInfo(path).Length;
    }
}
