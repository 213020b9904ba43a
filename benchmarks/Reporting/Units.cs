using System.Globalization;

namespace HotPath.Benchmarks;

/// <summary>Numbers as people read them: three digits and a unit, the same in every culture.</summary>
public static class Units
{
    /// <summary>A time, as in "12.3 µs".</summary>
    public static string Time(double nanoseconds) => WithUnit(nanoseconds, "ns", "µs", "ms", "s");

    /// <summary>A number of bytes, as in "1.23 kB"; less than a thousand is exact.</summary>
    public static string Bytes(long bytes) => bytes < 1000 ? $"{bytes} B" : WithUnit(bytes, "B", "kB", "MB", "GB");

    /// <summary>A factor, as in "0.0044×", "0.92×", "3.4×" or "276×".</summary>
    public static string Ratio(double ratio) => ratio switch
    {
        < 0.0995 => Invariant(ratio, "0.####"),
        < 0.995 => Invariant(ratio, "0.00"),
        < 9.95 => Invariant(ratio, "0.0"),
        _ => Invariant(ratio, "#,0"),
    } + "×";

    /// <summary>How much of <paramref name="whole"/> is left, as in "0.35×"; a dash where there was nothing.</summary>
    public static string Share(long part, long whole) => whole == 0 ? "–" : Ratio((double)part / whole);

    /// <summary>A count, as in "10,000".</summary>
    public static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string WithUnit(double value, params ReadOnlySpan<string> units)
    {
        var unit = 0;

        while (value >= 999.5 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return $"{Invariant(value, value switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "#,0" })} {units[unit]}";
    }

    private static string Invariant(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
