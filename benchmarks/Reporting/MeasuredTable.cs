using System.Text;

namespace HotPath.Benchmarks;

/// <summary>The measured numbers on a rule's page.</summary>
public static class MeasuredTable
{
    /// <summary>What stands before the table on a page.</summary>
    public const string Start = "<!-- measured -->";

    /// <summary>What stands after the table on a page.</summary>
    public const string End = "<!-- /measured -->";

    /// <summary>The table, and a line that says where and when it was measured and from which N the fix pays.</summary>
    public static string Markdown(RuleResult result)
    {
        var hasBest = result.Points.Any(point => point.Best is not null);
        var text = new StringBuilder();

        text.Append($"| {result.Parameter} | Before | After |{(hasBest ? " Best |" : "")} Speed-up | Allocated | Allocation ratio |\n");
        text.Append($"| ---: | ---: | ---: |{(hasBest ? " ---: |" : "")} ---: | ---: | ---: |\n");

        foreach (var (n, before, after, best) in result.Points)
        {
            text.Append($"| {Units.Count(n)} | {Units.Time(before.Nanoseconds)} | {Units.Time(after.Nanoseconds)} |");

            if (hasBest)
                text.Append($" {(best is null ? "–" : Units.Time(best.Nanoseconds))} |");

            text.Append($" {Units.Ratio(before.Nanoseconds / after.Nanoseconds)}");
            text.Append($" | {Units.Bytes(before.AllocatedBytes)} → {Units.Bytes(after.AllocatedBytes)}");
            text.Append($" | {Units.Share(after.AllocatedBytes, before.AllocatedBytes)} |\n");
        }

        text.Append($"\nMeasured on {result.Cpu}, {result.Runtime}, {result.Date}. {BreakEven(result)}");

        if (result.Noisy is not null)
            text.Append($" Times are the best of {NoisyAttribute.Launches} launches: {result.Noisy}.");

        return text.Append('\n').ToString();
    }

    /// <summary>The page with the table in its place; null where the page has no place for it.</summary>
    public static string? Into(string page, RuleResult result) => Between(page, Start, End, Markdown(result));

    /// <summary>The page with the text between the two marks, in place of what stood there; null where it has not both.</summary>
    public static string? Between(string page, string open, string close, string text)
    {
        var start = page.IndexOf(open, StringComparison.Ordinal);
        var end = start < 0 ? -1 : page.IndexOf(close, start, StringComparison.Ordinal);

        return end < 0 ? null : $"{page[..(start + open.Length)]}\n{text}{page[end..]}";
    }

    private static string BreakEven(RuleResult result) => result.BreakEven switch
    {
        null => "After is not faster at the largest measured value.",
        { } n when n == result.Points[0].N => $"After is faster from {result.Parameter} = {Units.Count(n)}, the smallest measured.",
        { } n => $"After is faster from {result.Parameter} = {Units.Count(n)}.",
    };
}
