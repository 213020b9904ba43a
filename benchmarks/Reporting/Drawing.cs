using System.Globalization;
using System.Text;

namespace HotPath.Benchmarks;

/// <summary>What all charts have in common: readable on white and on black, the same text on every machine.</summary>
public static class Drawing
{
    /// <summary>The colour of text and lines.</summary>
    public const string Ink = "#6e7781";

    /// <summary>Begins a picture of that size.</summary>
    public static void AppendStart(this StringBuilder svg, int width, int height, string title) => svg
        .Append($"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12" fill="{Ink}">""").Append('\n')
        .Append($"<title>{Escape(title)}</title>\n");

    /// <summary>A coordinate.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Text as it stands between tags.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
