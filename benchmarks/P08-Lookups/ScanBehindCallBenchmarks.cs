using BenchmarkDotNet.Attributes;

namespace HotPath.Benchmarks;

/// <summary>Orders that name a customer by number, looked up by a method of their own; every tenth names one that does not exist.</summary>
public class ScanBehindCallBenchmarks
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
            orders.Add(new Order(i % 10 == 9 ? -1 : (int)(i * 7_919L % N), i));
        }
    }

    [Benchmark(Baseline = true)]
    public int Before()
    {
        var total = 0;
        foreach (var order in orders)
            total += BeforePrice(order, customers);

        return total;
    }

    private static int BeforePrice(Order order, List<Customer> customers)
    {
        var customer = customers.FirstOrDefault(c => c.Id == order.CustomerId);
        return customer is null ? order.Amount : order.Amount - customer.Discount;
    }

    [Benchmark]
    public int After()
    {
        var customersById = new Dictionary<int, Customer>(customers.Count);
        foreach (var customer in customers)
            customersById.TryAdd(customer.Id, customer);

        var total = 0;
        foreach (var order in orders)
            total += AfterPrice(order, customersById);

        return total;
    }

    private static int AfterPrice(Order order, Dictionary<int, Customer> customersById)
    {
        var customer = customersById.GetValueOrDefault(order.CustomerId);
        return customer is null ? order.Amount : order.Amount - customer.Discount;
    }

    private sealed record Customer(int Id, int Discount);

    private sealed record Order(int CustomerId, int Amount);
}
