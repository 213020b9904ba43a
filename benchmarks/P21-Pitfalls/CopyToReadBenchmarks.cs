using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Lines of a log, of which those of one kind are counted.</summary>
public class CopyToReadBenchmarks
{
    private string[] lines = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        lines = new string[N];
        for (var i = 0; i < N; i++)
            lines[i] = (i % 3 == 0 ? "2026 err: " : "2026 inf: ") + i;
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var errors = 0;
        foreach (var line in lines)
        {
            if (line.Substring(5, 4) == "err:")
                errors++;
        }

        return errors;
    }

    [Benchmark]
    public int After()
    {
        var errors = 0;
        foreach (var line in lines)
        {
            if (line.AsSpan(5, 4) is "err:")
                errors++;
        }

        return errors;
    }
}
