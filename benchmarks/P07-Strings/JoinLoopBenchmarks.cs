using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT0702: names put together with a separator by a loop, against string.Join.</summary>
public class JoinLoopBenchmarks
{
    private string[] names = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => names = [.. Enumerable.Range(0, N).Select(i => $"name {i}")];

    [Benchmark(Baseline = true)]
    public string Before()
    {
        var text = "";
        for (var i = 0; i < names.Length; i++)
        {
            if (i > 0)
                text += ",";

            text += names[i];
        }

        return text;
    }

    [Benchmark]
    public string After()
    {
        return string.Join(",", names);
    }
}
