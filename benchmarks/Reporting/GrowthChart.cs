using System.Globalization;
using System.Text;
using static HotPath.Benchmarks.Drawing;

namespace HotPath.Benchmarks;

/// <summary>
/// Time by N for each rule, a small picture of its own for each, all on the same two logarithmic axes: a straight line is a power of N, and its slope is the exponent.
/// Before has round marks and After square ones, so that the picture does not depend on colour alone.
/// </summary>
public static class GrowthChart
{
    private const int Columns = 4;
    private const int PanelWidth = 216;
    private const int PanelHeight = 190;
    private const int PlotWidth = 144;
    private const int PlotHeight = 118;
    private const int Margin = 16;
    private const int Top = 84;
    private const int AxisWidth = 48;
    private const string BeforeColour = "#d9822b";
    private const string AfterColour = "#3f8fe0";

    /// <summary>The picture of <paramref name="growths"/>; <paramref name="place"/> says where and when they were measured.</summary>
    public static string Svg(IReadOnlyList<RuleGrowth> growths, string place)
    {
        var points = growths.SelectMany(growth => growth.Before.Concat(growth.After)).ToArray();
        var across = new LogarithmicScale(points.Min(point => point.N), points.Max(point => point.N));
        var up = new LogarithmicScale(points.Min(point => point.Nanoseconds) / 1.5, points.Max(point => point.Nanoseconds) * 1.5);
        var width = 2 * Margin + Columns * PanelWidth;
        var height = Top + (growths.Count + Columns - 1) / Columns * PanelHeight + Margin;
        var svg = new StringBuilder();

        svg.AppendStart(width, height, "Growth of the time per rule");
        svg.Append($"""<text x="{Margin}" y="26" font-size="15" font-weight="600">How the time grows with N, before the fix and after it</text>""").Append('\n');
        svg.Append($"""<text x="{Margin}" y="46">{Escape($"Both axes are logarithmic and the same for all. {place}")}</text>""").Append('\n');
        AppendMark(svg, Margin + 5, 62, isBefore: true);
        svg.Append($"""<text x="{Margin + 16}" y="66">Before</text>""").Append('\n');
        AppendMark(svg, Margin + 75, 62, isBefore: false);
        svg.Append($"""<text x="{Margin + 86}" y="66">After; above each: the exponent of N of both</text>""").Append('\n');

        for (var i = 0; i < growths.Count; i++)
            AppendPanel(growths[i], Margin + i % Columns * PanelWidth + AxisWidth, Top + i / Columns * PanelHeight + 24);

        return svg.Append("</svg>\n").ToString();

        void AppendPanel(RuleGrowth growth, int left, int top)
        {
            svg.Append($"""<text x="{left}" y="{top - 8}"><tspan font-weight="600">{Escape(growth.Id)}</tspan>  {Exponent(growth.ExponentBefore)} → {Exponent(growth.ExponentAfter)}</text>""").Append('\n');

            foreach (var tick in across.Ticks)
            {
                var x = Number(left + across.Position(tick) * PlotWidth);
                svg.Append($"""<line x1="{x}" y1="{top}" x2="{x}" y2="{top + PlotHeight}" stroke="{Ink}" stroke-opacity="0.3"/>""").Append('\n');
                svg.Append($"""<text x="{x}" y="{top + PlotHeight + 16}" font-size="10" text-anchor="middle">{Units.Count((int)tick)}</text>""").Append('\n');
            }

            // A label for every thousandfold: that is where the unit changes.
            foreach (var tick in up.Ticks)
            {
                var y = Number(top + (1 - up.Position(tick)) * PlotHeight);
                svg.Append($"""<line x1="{left}" y1="{y}" x2="{left + PlotWidth}" y2="{y}" stroke="{Ink}" stroke-opacity="0.3"/>""").Append('\n');
                if (Math.Round(Math.Log10(tick)) % 3 == 0)
                    svg.Append($"""<text x="{left - 6}" y="{y}" dy="4" font-size="10" text-anchor="end">{Units.Time(tick).Replace(".00", "")}</text>""").Append('\n');
            }

            AppendCurve(growth.After, left, top, isBefore: false);
            AppendCurve(growth.Before, left, top, isBefore: true);
        }

        void AppendCurve(IReadOnlyList<(int N, double Nanoseconds)> curve, int left, int top, bool isBefore)
        {
            (double X, double Y)[] places = [.. curve.Select(point => (left + across.Position(point.N) * PlotWidth, top + (1 - up.Position(point.Nanoseconds)) * PlotHeight))];
            svg.Append($"""<polyline points="{string.Join(' ', places.Select(place => $"{Number(place.X)},{Number(place.Y)}"))}" fill="none" stroke="{Colour(isBefore)}" stroke-width="1.5"/>""").Append('\n');
            foreach (var (x, y) in places)
                AppendMark(svg, x, y, isBefore);
        }
    }

    /// <summary>An exponent as it is printed.</summary>
    public static string Exponent(double exponent) => exponent.ToString("0.00", CultureInfo.InvariantCulture);

    private static void AppendMark(StringBuilder svg, double x, double y, bool isBefore) => svg
        .Append(isBefore
            ? $"""<circle cx="{Number(x)}" cy="{Number(y)}" r="3" fill="{Colour(isBefore)}"/>"""
            : $"""<rect x="{Number(x - 2.5)}" y="{Number(y - 2.5)}" width="5" height="5" fill="{Colour(isBefore)}"/>""")
        .Append('\n');

    private static string Colour(bool isBefore) => isBefore ? BeforeColour : AfterColour;
}
