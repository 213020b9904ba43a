using System.Globalization;
using System.Text.RegularExpressions;

namespace Showcase;

/// <summary>Reads the order file.</summary>
public static class OrderFile
{
    public static List<Order> Read(string path)
    {
        var orders = new List<Order>();
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            // HOT1202: the same pattern is parsed for every line.
            var fields = new Regex("^([0-9]+);(C-[0-9]{5});([^;]*);([0-9]+);([0-9.]+)$").Match(line).Groups;
            orders.Add(new Order(
                int.Parse(fields[1].Value, CultureInfo.InvariantCulture),
                fields[2].Value,
                fields[3].Value,
                int.Parse(fields[4].Value, CultureInfo.InvariantCulture),
                decimal.Parse(fields[5].Value, CultureInfo.InvariantCulture)));
        }

        return orders;
    }
}
