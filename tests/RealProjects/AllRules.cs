using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath.RealProjects;

/// <summary>Every rule and every fix of the package, found by reflection: nothing lists them.</summary>
internal static class AllRules
{
    /// <summary>Every analyzer, by id.</summary>
    public static ImmutableSortedDictionary<string, RuleAnalyzer> Analyzers { get; } = typeof(RuleAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RuleAnalyzer)))
        .Select(type => (RuleAnalyzer)Activator.CreateInstance(type)!)
        .ToImmutableSortedDictionary(analyzer => analyzer.Descriptor.Id, analyzer => analyzer, StringComparer.Ordinal);

    /// <summary>Every fix of one of these rules, by the rule's id.</summary>
    public static ImmutableSortedDictionary<string, RuleFix> Fixes { get; } = typeof(RuleFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RuleFix)))
        .Select(type => (RuleFix)Activator.CreateInstance(type)!)
        .Where(fix => Analyzers.ContainsKey(fix.FixableDiagnosticIds[0]))
        .ToImmutableSortedDictionary(fix => fix.FixableDiagnosticIds[0], fix => fix, StringComparer.Ordinal);

    /// <summary>Every id.</summary>
    public static IEnumerable<string> Ids => Analyzers.Keys;

    /// <summary>The analyzers of these ids; of all where none is named.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Chosen(IReadOnlyCollection<string> ids) =>
        [.. Analyzers.Where(rule => ids.Count == 0 || ids.Contains(rule.Key)).Select(rule => rule.Value)];
}
