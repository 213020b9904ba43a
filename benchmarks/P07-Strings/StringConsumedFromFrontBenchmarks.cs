using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>A text read character by character.</summary>
public class StringConsumedFromFrontBenchmarks
{
    private string text = "";

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => text = string.Concat(Enumerable.Range(0, N).Select(i => (char)('a' + (i % 26))));

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var vowels = 0;
        var line = text;
        while (line.Length > 0)
        {
            if (line[0] is 'a' or 'e' or 'i' or 'o' or 'u')
                vowels++;

            line = line.Substring(1);
        }

        return vowels;
    }

    [Benchmark]
    public int After()
    {
        var vowels = 0;
        var line = text;
        var rest = line.AsSpan();
        while (rest.Length > 0)
        {
            if (rest[0] is 'a' or 'e' or 'i' or 'o' or 'u')
                vowels++;

            rest = rest.Slice(1);
        }

        return vowels;
    }
}
