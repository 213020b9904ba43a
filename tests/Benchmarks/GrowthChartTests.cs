using System.Xml.Linq;
using HotPath.Benchmarks;

namespace HotPath.Tests;

public sealed class GrowthChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly int[] Sizes = [100, 1_000, 10_000, 100_000];

    [Fact]
    public void Exponents_are_those_of_the_powers()
    {
        var growth = Square("HOT0801");
        Assert.Equal(2, growth.ExponentBefore, 3);
        Assert.Equal(1, growth.ExponentAfter, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(13)]
    public void Every_point_of_every_rule_is_inside_the_picture(int count)
    {
        var picture = XElement.Parse(GrowthChart.Svg([.. Enumerable.Range(0, count).Select(i => Square($"HOT{801 + i:0000}"))], "Measured here & now."));
        var (width, height) = ((double)picture.Attribute("width")!, (double)picture.Attribute("height")!);
        var dots = picture.Elements(Svg + "circle").ToArray();

        Assert.Equal(Sizes.Length * count + 1, dots.Length);
        Assert.Equal(Sizes.Length * count + 1, picture.Elements(Svg + "rect").Count());
        Assert.All(dots, dot =>
        {
            Assert.InRange((double)dot.Attribute("cx")!, 0, width);
            Assert.InRange((double)dot.Attribute("cy")!, 0, height);
        });
    }

    [Fact]
    public void The_table_takes_its_place_and_says_where_a_curve_ends()
    {
        var cut = Square("HOT0812");
        cut = cut with { Before = [.. cut.Before.Take(3)] };
        var page = GrowthTable.Into("# Evidence\n<!-- growth -->\nold\n<!-- /growth -->\nrest", [Square("HOT0801"), cut], "Measured here.");

        Assert.Equal("""
            # Evidence
            <!-- growth -->
            | Rule | Exponent of Before | Exponent of After | Before, smallest to largest N | After |
            | --- | ---: | ---: | ---: | ---: |
            | [HOT0801](rules/HOT0801.md) Rule | 2.00 | 1.00 | 10.0 µs → 10.0 s | 1.00 µs → 1.00 ms |
            | [HOT0812](rules/HOT0812.md) Rule | 2.00 | 1.00 | 10.0 µs → 100 ms (N = 10,000) | 1.00 µs → 1.00 ms |

            Measured here.
            <!-- /growth -->
            rest
            """, page, ignoreLineEndingDifferences: true);
        Assert.Null(GrowthTable.Into("# Evidence", [cut], "Measured here."));
    }

    private static RuleGrowth Square(string id) => new(id, "Rule", [.. Sizes.Select(n => (n, 1.0 * n * n))], [.. Sizes.Select(n => (n, 10.0 * n))]);
}
