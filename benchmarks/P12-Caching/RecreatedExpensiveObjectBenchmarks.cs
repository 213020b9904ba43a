using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>HOT1202: order numbers counted with a Regex that is built for every line.</summary>
public class RecreatedExpensiveObjectBenchmarks
{
    private string[] lines = [];
    private static readonly Regex OrderLine = new Regex("^[0-9]{5}-[a-z]+$");

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => lines = [.. Enumerable.Range(0, N).Select(i => i % 3 == 0 ? $"{i:D5}-order" : $"note {i}")];

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var count = 0;
        foreach (var line in lines)
        {
            var orderLine = new Regex("^[0-9]{5}-[a-z]+$");
            if (orderLine.IsMatch(line))
                count++;
        }

        return count;
    }

    [Benchmark]
    public int After()
    {
        var count = 0;
        foreach (var line in lines)
        {
            if (OrderLine.IsMatch(line))
                count++;
        }

        return count;
    }
}
