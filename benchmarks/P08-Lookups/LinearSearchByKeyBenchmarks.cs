using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Orders that name a customer by number; every tenth names one that does not exist.</summary>
public class LinearSearchByKeyBenchmarks
{
    private readonly List<Customer> customers = [];
    private readonly List<Order> orders = [];

    [Params(10, 100, 1_000, 10_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        customers.Clear();
        orders.Clear();

        for (var i = 0; i < N; i++)
        {
            customers.Add(new Customer(i, i % 3));
            orders.Add(new Order(i % 10 == 9 ? -1 : (int)(i * 7_919L % N)));
        }
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var discounts = 0;
        foreach (var order in orders)
        {
            if (customers.FirstOrDefault(c => c.Id == order.CustomerId) is { } customer)
                discounts += customer.Discount;
        }

        return discounts;
    }

    [Benchmark]
    public int After()
    {
        var discounts = 0;
        var customersById = new Dictionary<int, Customer>(customers.Count);
        foreach (var c in customers)
            customersById.TryAdd(c.Id, c);

        foreach (var order in orders)
        {
            if (customersById.GetValueOrDefault(order.CustomerId) is { } customer)
                discounts += customer.Discount;
        }

        return discounts;
    }

    private sealed record Customer(int Id, int Discount);

    private sealed record Order(int CustomerId);
}
