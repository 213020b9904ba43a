using System.Text;
using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT0701: a text that grows line by line, as a string against a StringBuilder.</summary>
public class StringConcatenationInLoopBenchmarks
{
    private string[] lines = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => lines = [.. Enumerable.Range(0, N).Select(i => $"line {i}")];

    [Benchmark(Baseline = true)]
    public string Before()
    {
        var text = "";
        foreach (var line in lines)
            text += line + "\n";

        return text;
    }

    [Benchmark]
    public string After()
    {
        var builder = new StringBuilder();
        foreach (var line in lines)
            builder.Append(line).Append("\n");

        return builder.ToString();
    }
}
