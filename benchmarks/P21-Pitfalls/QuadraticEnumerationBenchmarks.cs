using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>The paid ones of some amounts, from an iterator, compared with their neighbours.</summary>
public class QuadraticEnumerationBenchmarks
{
    private int[] amounts = [];

    [Params(10, 100, 1_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup() => amounts = Enumerable.Range(0, N).ToArray();

    private IEnumerable<int> Paid()
    {
        foreach (var amount in amounts)
        {
            if (amount >= 0)
                yield return amount;
        }
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var rising = 0;
        for (var i = 0; i < Paid().Count(); i++)
        {
            if (Paid().ElementAt(i) > i)
                rising++;
        }

        return rising;
    }

    [Benchmark]
    public int After()
    {
        var rising = 0;
        var paidList = Paid().ToList();
        for (var i = 0; i < paidList.Count; i++)
        {
            if (paidList[i] > i)
                rising++;
        }

        return rising;
    }
}
