using System.Globalization;
using System.Xml.Linq;
using HotPath.Benchmarks;
using static HotPath.Tests.Results;

namespace HotPath.Tests;

public sealed class SpeedUpChartTests
{
    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Equal_results_in_any_order_and_culture_give_the_same_picture()
    {
        var results = Fabricated(30);
        var expected = SpeedUpChart.Svg(results);
        var culture = CultureInfo.CurrentCulture;

        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(expected, SpeedUpChart.Svg([.. results.Reverse()]));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(90)]
    public void Every_rule_has_a_row_of_its_own_inside_the_picture(int count)
    {
        var picture = XElement.Parse(SpeedUpChart.Svg(Fabricated(count)));
        var (width, height) = ((double)picture.Attribute("width")!, (double)picture.Attribute("height")!);
        var labels = picture.Elements(svg + "text").Where(text => text.Value.StartsWith("HOT", StringComparison.Ordinal)).ToArray();
        var dots = picture.Elements(svg + "circle").ToArray();

        Assert.Equal(count, labels.Select(label => (int)label.Attribute("y")!).Distinct().Count());
        Assert.Equal(count == 0 ? 0 : 4 * count + 4, dots.Length);
        Assert.All(dots, dot =>
        {
            Assert.InRange((double)dot.Attribute("cx")!, 0, width);
            Assert.InRange((double)dot.Attribute("cy")!, 0, height);
        });
    }

    [Fact]
    public void Names_cannot_break_the_picture() =>
        Assert.Contains("A &amp; &lt;B&gt; CPU", SpeedUpChart.Svg([Of("HOT0701", Point(10, 2, 1)) with { Cpu = "A & <B> CPU" }]));

    [Fact]
    public void Rules_without_measurements_are_left_out() => Assert.DoesNotContain("HOT0701", SpeedUpChart.Svg([Of("HOT0701")]));

    private static RuleResult[] Fabricated(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Of(
            $"HOT{500 + i:0000}",
            [.. new[] { 10, 100, 1000, 10_000 }.Select((n, power) => Point(n, 0.5 * Math.Pow(1 + i % 17 / 4.0, power + 1), 1))]) with { Rule = "Rule" + new string('X', i % 30) }),
    ];
}
