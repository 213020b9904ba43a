using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Orders with three lines each on average, matched by number.</summary>
public class NestedLoopJoinBenchmarks
{
    private readonly List<Order> orders = [];
    private readonly List<Line> lines = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        orders.Clear();
        lines.Clear();

        for (var i = 0; i < N; i++)
        {
            orders.Add(new Order(i));
            lines.Add(new Line((int)(i * 7_919L % N) / 3 * 3, i % 5));
        }
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var total = 0;
        foreach (var order in orders)
        {
            foreach (var line in lines)
            {
                if (line.OrderId == order.Id)
                    total += line.Amount;
            }
        }

        return total;
    }

    [Benchmark]
    public int After()
    {
        var total = 0;
        var linesByOrderId = lines.ToLookup(line => line.OrderId);
        foreach (var order in orders)
        {
            foreach (var line in linesByOrderId[order.Id])
                total += line.Amount;
        }

        return total;
    }

    private sealed record Order(int Id);

    private sealed record Line(int OrderId, int Amount);
}
