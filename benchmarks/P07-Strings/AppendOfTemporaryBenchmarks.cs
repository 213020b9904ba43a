using System.Text;
using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Lines of a report with a number in each.</summary>
public class AppendOfTemporaryBenchmarks
{
    private string[] names = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        names = new string[N];
        for (var i = 0; i < N; i++)
            names[i] = "customer " + i;
    }

    [Benchmark(Baseline = true)]
    public string Before()
    {
        var report = new StringBuilder();
        foreach (var name in names)
            report.Append(string.Format("{0}: {1} of {2}\n", name, name.Length, names.Length));

        return report.ToString();
    }

    [Benchmark]
    public string After()
    {
        var report = new StringBuilder();
        foreach (var name in names)
            report.Append($"{name}: {name.Length} of {names.Length}\n");

        return report.ToString();
    }
}
