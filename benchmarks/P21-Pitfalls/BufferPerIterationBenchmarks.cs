using System.Text;
using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>A check sum of names as bytes.</summary>
public class BufferPerIterationBenchmarks
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
    public int Before()
    {
        var sum = 0;
        foreach (var name in names)
        {
            var buffer = new byte[16_384];
            var length = Encoding.UTF8.GetBytes(name, 0, name.Length, buffer, 0);
            for (var i = 0; i < length; i++)
                sum += buffer[i];
        }

        return sum;
    }

    [Benchmark]
    public int After()
    {
        var sum = 0;
        var buffer = new byte[16_384];
        foreach (var name in names)
        {
            Array.Clear(buffer);
            var length = Encoding.UTF8.GetBytes(name, 0, name.Length, buffer, 0);
            for (var i = 0; i < length; i++)
                sum += buffer[i];
        }

        return sum;
    }
}
