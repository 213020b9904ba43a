using System.Text;
using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Words with a comma between any two.</summary>
public class BuilderReadInLoopBenchmarks
{
    private string[] words = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => words = Enumerable.Range(0, N).Select(i => $"word {i}").ToArray();

    [Benchmark(Baseline = true)]
    public string Before()
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            if (text.ToString().Length > 0)
                text.Append(',');

            text.Append(word);
        }

        return text.ToString();
    }

    [Benchmark]
    public string After()
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            if (text.Length > 0)
                text.Append(',');

            text.Append(word);
        }

        return text.ToString();
    }
}
