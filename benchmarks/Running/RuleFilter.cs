using System.Text.RegularExpressions;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Running;

namespace HotPath.Benchmarks;

/// <summary>Lets a filter name rules by id: BenchmarkDotNet only knows the classes.</summary>
public static partial class RuleFilter
{
    /// <summary>
    /// Puts the full class name in place of a rule's id: <c>*HOT0702*</c> becomes <c>*HotPath.Benchmarks.JoinLoopBenchmarks*</c>.
    /// The beginning of an id, as in <c>*HOT07*</c>, stands for all rules that begin with it. What names no rule stays as it is.
    /// </summary>
    public static IReadOnlyList<string> Rewrite(IEnumerable<string> arguments, IReadOnlyList<(string Id, string Class)> rules) =>
        [.. arguments.SelectMany(argument => Rewrite(argument, rules))];

    /// <summary><see cref="Rewrite(IEnumerable{string}, IReadOnlyList{ValueTuple{string, string}})"/> for the rules that have benchmarks.</summary>
    public static IReadOnlyList<string> Rewrite(IEnumerable<string> arguments) =>
        Rewrite(arguments, [.. MeasuredRule.All.Select(rule => (rule.Id, rule.Class.FullName!))]);

    /// <summary>The rules of which <paramref name="patterns"/> match at least one case; all rules if there is no pattern.</summary>
    public static IReadOnlyList<MeasuredRule> Select(IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0)
            return MeasuredRule.All;

        var filter = new GlobFilter([.. Rewrite(patterns)]);
        return [.. MeasuredRule.All.Where(rule => CasesOf(rule.Class).Any(filter.Predicate))];
    }

    private static BenchmarkCase[] CasesOf(Type type) => BenchmarkConverter.TypeToBenchmarks(type, ManualConfig.CreateEmpty()).BenchmarksCases;

    private static IEnumerable<string> Rewrite(string argument, IReadOnlyList<(string Id, string Class)> rules)
    {
        if (RuleId().Match(argument) is not { Success: true } id)
            return [argument];

        // A bare id means the whole class; BenchmarkDotNet would look for a case of exactly that name.
        var end = id.Length == argument.Length ? "*" : "";
        string[] rewritten =
        [
            .. from rule in rules
               where rule.Id.StartsWith(id.Value, StringComparison.OrdinalIgnoreCase)
               select $"{argument[..id.Index]}{rule.Class}{argument[(id.Index + id.Length)..]}{end}",
        ];
        return rewritten is [] ? [argument] : rewritten;
    }

    [GeneratedRegex(@"HOT[0-9]{1,4}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RuleId();
}
