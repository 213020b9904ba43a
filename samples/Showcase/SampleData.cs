using System.Text;

namespace Showcase;

/// <summary>One line of the order file.</summary>
public sealed record Order(int Number, string Customer, string City, int Quantity, decimal Price);

/// <summary>The sample data: the same on every run.</summary>
public static class SampleData
{
    private const int Orders = 20_000;
    private const int CustomerCount = 10_000;

    public static void Write(string folder)
    {
        var text = new StringBuilder("number;customer;city;quantity;price\n");
        for (var i = 1; i <= Orders; i++)
        {
            var customer = i * 7919L % CustomerCount;
            text.Append(i).Append(";C-").Append(customer.ToString("D5")).Append(";City ").Append(customer % 97).Append(';').Append(i % 9 + 1).Append(';').Append(i % 50).Append(".95\n");
        }

        File.WriteAllText(Path.Combine(folder, "orders.csv"), text.ToString());
    }

    /// <summary>Customers whose orders are not accepted, as they come from another system.</summary>
    public static List<string> BlockedCustomers()
    {
        var blocked = new List<string>();
        for (var i = 0; i < CustomerCount; i += 2)
            blocked.Add($"C-{i:D5}");

        return blocked;
    }
}
