using System.Reflection;

namespace HotPath.Benchmarks;

/// <summary>A rule that has a benchmark class: <c>JoinLoopBenchmarks</c> measures the rule of <c>JoinLoopAnalyzer</c>.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Rule">The rule's name, the stem of its types.</param>
/// <param name="Class">The benchmark class.</param>
public sealed record MeasuredRule(string Id, string Rule, Type Class)
{
    private const string Suffix = "Benchmarks";

    /// <summary>Every rule that has a benchmark class, by id.</summary>
    public static IReadOnlyList<MeasuredRule> All { get; } =
    [
        .. from type in typeof(MeasuredRule).Assembly.GetTypes()
           where type.IsPublic && type.Name.EndsWith(Suffix, StringComparison.Ordinal)
           let rule = type.Name[..^Suffix.Length]
           let analyzer = typeof(RuleAnalyzer).Assembly.GetType($"HotPath.{rule}Analyzer")
           where analyzer is not null && analyzer.IsSubclassOf(typeof(RuleAnalyzer))
           let id = ((RuleAnalyzer)Activator.CreateInstance(analyzer)!).Descriptor.Id
           orderby id
           select new MeasuredRule(id, rule, type),
    ];

    /// <summary>What makes the rule's times vary; null where they do not.</summary>
    public string? Noisy => Class.GetCustomAttribute<NoisyAttribute>()?.Why;
}
