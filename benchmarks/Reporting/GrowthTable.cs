using System.Text;

namespace HotPath.Benchmarks;

/// <summary>The exponents of all rules, in a table between two marks of a page.</summary>
public static class GrowthTable
{
    /// <summary>What stands before the table.</summary>
    public const string Start = "<!-- growth -->";

    /// <summary>What stands after the table.</summary>
    public const string End = "<!-- /growth -->";

    /// <summary>The table, and a line that says where and when.</summary>
    public static string Markdown(IReadOnlyList<RuleGrowth> growths, string place)
    {
        var text = new StringBuilder();
        text.Append("| Rule | Exponent of Before | Exponent of After | Before, smallest to largest N | After |\n");
        text.Append("| --- | ---: | ---: | ---: | ---: |\n");
        foreach (var growth in growths)
        {
            text.Append($"| [{growth.Id}](rules/{growth.Id}.md) {growth.Rule} | {GrowthChart.Exponent(growth.ExponentBefore)} | {GrowthChart.Exponent(growth.ExponentAfter)}");
            text.Append($" | {Ends(growth.Before, growth)} | {Ends(growth.After, growth)} |\n");
        }

        return text.Append($"\n{place}\n").ToString();
    }

    /// <summary>The page with the table in its place; null where the page has no place for it.</summary>
    public static string? Into(string page, IReadOnlyList<RuleGrowth> growths, string place) => MeasuredTable.Between(page, Start, End, Markdown(growths, place));

    private static string Ends(IReadOnlyList<(int N, double Nanoseconds)> curve, RuleGrowth growth)
    {
        var isCut = curve[^1].N < growth.After[^1].N;
        return $"{Units.Time(curve[0].Nanoseconds)} → {Units.Time(curve[^1].Nanoseconds)}{(isCut ? $" (N = {Units.Count(curve[^1].N)})" : "")}";
    }
}
