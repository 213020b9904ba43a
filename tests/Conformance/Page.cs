using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>What is derived on a rule's page. The prose around it is written by hand.</summary>
internal static class Page
{
    /// <summary>The headings of a page, in order.</summary>
    public static IReadOnlyList<string> Headings(RuleEntry rule) =>
    [
        rule.PromisesRatio ? "Why it is slow" : "Why it matters",
        .. rule.Benchmarks is null ? Array.Empty<string>() : ["Before and after", "Measured"],
        "Not reported",
        "When to leave it",
        .. rule.Analyzer.Reads.IsEmpty ? Array.Empty<string>() : ["Options"],
        "Related rules",
    ];

    /// <summary>The page with its facts, its example and its numbers up to date; the frame of one where there is none yet.</summary>
    public static async Task<string> Derive(RuleEntry rule, string page)
    {
        if (page.Length == 0)
            page = Frame(rule);

        page = Generated.WithBlock(page, "facts", Facts(rule, rule.Benchmarks is null ? [] : await Example.Of(rule).Offers()));

        if (rule.Benchmarks is null)
            return page;

        page = Generated.WithBlock(page, "example", Code(await Example.Of(rule).Shown()));
        return Measured.Table(rule.Id) is { } table ? Generated.WithBlock(page, "measured", table) : page;
    }

    /// <summary>What falls when a finding is fixed, in a few words.</summary>
    public static string Pays(Promise promise)
    {
        var ratio = promise.AtLeast.ToString("0.##", CultureInfo.InvariantCulture) + "×";
        return promise.Kind switch
        {
            PromiseKind.Time => $"{ratio} faster",
            PromiseKind.Allocation => $"{ratio} less allocated",
            PromiseKind.Retained => $"{ratio} less kept in memory",
            PromiseKind.Peak => $"{ratio} less memory at the peak",
            PromiseKind.Correctness => "correctness",
            _ => "–",
        };
    }

    /// <summary>The severity as .editorconfig and the IDE name it.</summary>
    public static string Severity(RuleEntry rule) => rule.Descriptor.DefaultSeverity == DiagnosticSeverity.Info ? "Info" : rule.Descriptor.DefaultSeverity.ToString();

    private static string Facts(RuleEntry rule, IReadOnlyList<(string Title, bool Changes)> offers)
    {
        var promise = rule.Analyzer.Promise;
        var facts = new StringBuilder();
        facts.Append("| | |\n| --- | --- |\n");
        Row("Name", $"`{rule.Stem}`");
        Row("Pattern", $"[{Patterns.Title(rule.Pattern)}](../patterns.md#{Patterns.Anchor(rule.Pattern)})");
        Row("Severity", Severity(rule));
        Row("Fix", Fix(rule, offers));
        Row("Pays", rule.PromisesRatio
            ? $"at least {Pays(promise)} at N = {promise.N.ToString("N0", CultureInfo.InvariantCulture)}{(promise.Why.Length == 0 ? "" : $" ({promise.Why})")}"
            : promise.Kind == PromiseKind.Correctness ? $"correctness: {promise.Why}" : promise.Why);

        if (!rule.Analyzer.Reads.IsEmpty)
            Row("Options", string.Join(", ", rule.Analyzer.Reads.Select(option => $"`{option.Key}` (default `{option.DefaultText}`)")));

        return facts.ToString();

        void Row(string name, string value) => facts.Append(CultureInfo.InvariantCulture, $"| {name} | {value.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
    }

    private static string Fix(RuleEntry rule, IReadOnlyList<(string Title, bool Changes)> offers) => rule switch
    {
        { Fix: null } => $"no: {rule.Analyzer.NoFix}",
        _ when offers.Count == 0 => "yes",
        _ => string.Join("<br>", offers.Select(offer => offer.Changes ? $"**changes**: {offer.Title}" : offer.Title)),
    };

    private static string Code(IReadOnlyList<(string Title, string Code)> shown) =>
        string.Join("\n\n", shown.Select(form => $"{form.Title}:\n\n```csharp\n{form.Code}\n```"));

    /// <summary>A new page: all headings, nothing under those that are written by hand.</summary>
    private static string Frame(RuleEntry rule)
    {
        var frame = new StringBuilder($"# {rule.Id}: {rule.Descriptor.Title}\n\n<!-- facts -->\n<!-- /facts -->\n");
        foreach (var heading in Headings(rule))
        {
            frame.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n");
            if (heading is "Before and after" or "Measured")
            {
                var block = heading == "Measured" ? "measured" : "example";
                frame.Append(CultureInfo.InvariantCulture, $"\n<!-- {block} -->\n<!-- /{block} -->\n");
            }
        }

        return frame.ToString();
    }
}
