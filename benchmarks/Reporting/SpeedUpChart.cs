using System.Globalization;
using System.Text;
using static HotPath.Benchmarks.Drawing;

namespace HotPath.Benchmarks;

/// <summary>
/// All rules in one picture: a row per rule, a dot per N at the speed-up measured there, on a logarithmic scale.
/// Rows never collide, so the picture holds nine rules as well as ninety. The colours have contrast on white and on black,
/// and the dots grow with N, so that the picture does not depend on colour alone.
/// </summary>
public static class SpeedUpChart
{
    private const int RowHeight = 20;
    private const int Margin = 16;
    private const int Top = 96;
    private const int PlotWidth = 460;
    private const int ValueWidth = 64;
    private const double CharacterWidth = 7.2;

    // One per decade, from N = 10 to N = 100,000; what lies between is mixed.
    private static readonly (int Red, int Green, int Blue)[] colours = [(154, 109, 215), (63, 143, 224), (31, 157, 122), (217, 130, 43), (214, 69, 107)];

    /// <summary>The picture of <paramref name="results"/>, the greatest speed-up first. Equal results give equal text.</summary>
    public static string Svg(IReadOnlyList<RuleResult> results)
    {
        RuleResult[] rows =
        [
            .. results.Where(result => result.Points.Count > 0)
                .OrderByDescending(Largest)
                .ThenBy(result => result.Id, StringComparer.Ordinal),
        ];
        int[] ns = [.. rows.SelectMany(row => row.Points).Select(point => point.N).Distinct().Order()];
        var speedUps = rows.SelectMany(row => row.Points).Select(point => point.SpeedUp).ToArray();
        var scale = new LogarithmicScale(Math.Min(1, speedUps.DefaultIfEmpty(1).Min()) / 1.25, Math.Max(10, speedUps.DefaultIfEmpty(1).Max()));
        var left = Margin + (int)Math.Ceiling(CharacterWidth * rows.Select(row => Label(row).Length).Append(20).Max()) + 12;
        var width = left + PlotWidth + ValueWidth + Margin;
        var bottom = Top + RowHeight * rows.Length;
        var height = bottom + 44;
        var svg = new StringBuilder();

        svg.AppendStart(width, height, "Speed-up per rule");
        svg.Append($"""<text x="{Margin}" y="26" font-size="15" font-weight="600">Speed-up per rule: time before the fix ÷ time after it</text>""").Append('\n');
        svg.Append($"""<text x="{Margin}" y="46">{Escape(Environment(rows))}</text>""").Append('\n');

        AppendLegend(svg, ns);

        foreach (var tick in scale.Ticks)
        {
            var x = X(tick);
            var stroke = tick == 1 ? "stroke-width=\"1.5\" stroke-dasharray=\"4 3\"" : "stroke-opacity=\"0.3\"";
            svg.Append($"""<line x1="{x}" y1="{Top - 4}" x2="{x}" y2="{bottom + 4}" stroke="{Ink}" {stroke}/>""").Append('\n');
            svg.Append($"""<text x="{x}" y="{bottom + 20}" text-anchor="middle">{Tick(tick)}</text>""").Append('\n');
        }

        svg.Append($"""<text x="{X(1)}" y="{bottom + 36}" text-anchor="middle" font-size="11">as fast as before</text>""").Append('\n');

        for (var i = 0; i < rows.Length; i++)
            AppendRow(svg, rows[i], Top + RowHeight * i + RowHeight / 2);

        return svg.Append("</svg>\n").ToString();

        string X(double speedUp) => Number(left + scale.Position(speedUp) * PlotWidth);

        void AppendRow(StringBuilder svg, RuleResult row, int y)
        {
            var smallest = row.Points.Min(point => point.SpeedUp);
            var largest = Largest(row);

            svg.Append($"""<text x="{left - 12}" y="{y + 4}" text-anchor="end">{Escape(Label(row))}</text>""").Append('\n');
            svg.Append($"""<line x1="{X(smallest)}" y1="{y}" x2="{X(largest)}" y2="{y}" stroke="{Ink}" stroke-opacity="0.5" stroke-width="2"/>""").Append('\n');

            // The small dots of small N lie on top of the large ones.
            foreach (var point in row.Points.Reverse())
                AppendDot(svg, X(point.SpeedUp), y, point.N);

            var beyondDot = Number(left + scale.Position(largest) * PlotWidth + 10);
            svg.Append($"""<text x="{beyondDot}" y="{y + 4}">{Units.Ratio(largest)}</text>""").Append('\n');
        }
    }

    private static void AppendLegend(StringBuilder svg, int[] ns)
    {
        if (ns is [])
            return;

        var x = Margin + 34.0;
        svg.Append($"""<text x="{Margin}" y="70">N =</text>""").Append('\n');

        for (var decade = (int)Math.Floor(Decade(ns[0])); decade <= Math.Round(Decade(ns[^1])); decade++)
        {
            var n = (int)Math.Pow(10, decade);
            var text = Units.Count(n);
            AppendDot(svg, Number(x), 66, n);
            svg.Append($"""<text x="{Number(x + 10)}" y="70">{text}</text>""").Append('\n');
            x += 30 + text.Length * CharacterWidth;
        }
    }

    private static void AppendDot(StringBuilder svg, string x, int y, int n)
    {
        var position = Math.Clamp(Decade(n) - 1, 0, colours.Length - 1);
        var (from, to, share) = (colours[(int)position], colours[Math.Min((int)position + 1, colours.Length - 1)], position - (int)position);
        svg.Append($"""<circle cx="{x}" cy="{y}" r="{Number(3.5 + position)}" fill="#{Mix(from.Red, to.Red)}{Mix(from.Green, to.Green)}{Mix(from.Blue, to.Blue)}"/>""").Append('\n');

        string Mix(int one, int other) => ((int)Math.Round(one + (other - one) * share)).ToString("x2", CultureInfo.InvariantCulture);
    }

    private static double Decade(int n) => Math.Log10(Math.Max(1, n));

    private static double Largest(RuleResult result) => result.Points.Max(point => point.SpeedUp);

    private static string Label(RuleResult result) => $"{result.Id} {result.Rule}";

    private static string Environment(IEnumerable<RuleResult> rows) =>
        string.Join("; ", rows.Select(row => $"{row.Cpu}, {row.Runtime}").Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } places ? $"Logarithmic scale. Measured on {places}." : "Nothing measured yet.";

    private static string Tick(double value) => value.ToString("#,0.####", CultureInfo.InvariantCulture) + "×";
}
