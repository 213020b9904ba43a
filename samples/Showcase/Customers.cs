namespace Showcase;

/// <summary>Who ordered, and whose orders count.</summary>
public static class Customers
{
    /// <summary>Every customer once, in the order of their first order.</summary>
    public static List<string> Of(List<Order> orders)
    {
        var customers = new List<string>();
        foreach (var order in orders)
        {
            // HOT0802: the list is searched from its start for every order.
            if (!customers.Contains(order.Customer))
                customers.Add(order.Customer);
        }

        return customers;
    }

    /// <summary>The orders of customers that are not blocked.</summary>
    public static List<Order> Accept(List<Order> orders, List<string> blocked)
    {
        var accepted = new List<Order>();
        foreach (var order in orders)
        {
            // HOT0801: orders × blocked customers comparisons.
            if (!blocked.Contains(order.Customer))
                accepted.Add(order);
        }

        return accepted;
    }
}
