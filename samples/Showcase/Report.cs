namespace Showcase;

/// <summary>The texts that people read.</summary>
public static class Report
{
    /// <summary>One line per order, with the running total.</summary>
    public static string Text(List<Order> orders)
    {
        var text = "number  total\n";
        var total = 0m;
        foreach (var order in orders)
        {
            total += order.Quantity * order.Price;

            // HOT0701: every line copies the whole report so far.
            text += $"{order.Number,6}  {total}\n";
        }

        return text;
    }

    /// <summary>The cities of all orders, separated by commas.</summary>
    public static string Cities(List<Order> orders)
    {
        var cities = "";

        // HOT0702: the loop is a join.
        for (var i = 0; i < orders.Count; i++)
        {
            if (i > 0)
                cities += ", ";

            cities += orders[i].City;
        }

        return cities;
    }
}
