using System.Reflection;
using HotPath.Benchmarks;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Everything that belongs to one rule, found by its name.</summary>
public sealed class RuleEntry(string stem, RuleAnalyzer analyzer, RuleFix? fix, Type? benchmarks, Type? tests)
{
    /// <summary>The name of the rule: what the names of all its types begin with.</summary>
    public string Stem => stem;

    public RuleAnalyzer Analyzer => analyzer;

    public RuleFix? Fix => fix;

    public Type? Benchmarks => benchmarks;

    public Type? Tests => tests;

    public DiagnosticDescriptor Descriptor => analyzer.Descriptor;

    public string Id => Descriptor.Id;

    /// <summary>The pattern of the guide that the id names.</summary>
    public int Pattern => int.Parse(Id.AsSpan("HOT".Length, 2), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the rule has to show a ratio.</summary>
    public bool PromisesRatio => analyzer.Promise.Kind is not (PromiseKind.None or PromiseKind.Correctness);

    /// <summary>The page, relative to the repository.</summary>
    public string Page => $"docs/rules/{Id}.md";

    /// <summary>The one file of that name below the folder, relative to the repository; null where there is none.</summary>
    public string? File(string folder, string suffix) => Repository.Files(folder).SingleOrDefault(path => Path.GetFileName(path) == stem + suffix + ".cs");

    public override string ToString() => $"{Id} {stem}";
}

/// <summary>The files of this repository and the rules in its assemblies. Nothing lists the rules: what derives from RuleAnalyzer is one.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Path.TrimEndingDirectorySeparator(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    /// <summary>Every rule by id.</summary>
    public static IReadOnlyList<RuleEntry> Rules { get; } =
    [
        .. typeof(RuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(RuleAnalyzer).IsAssignableFrom(type))
            .Select(Entry)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal),
    ];

    /// <summary>Every id, as data of a theory.</summary>
    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Id)];

    public static RuleEntry Rule(string id) => Rules.Single(rule => rule.Id == id);

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    public static bool Exists(string path) => File.Exists(FullPath(path));

    /// <summary>The C# files below a folder, without what a build writes, relative to the repository.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern = "*.cs") =>
    [
        .. Directory.EnumerateFiles(FullPath(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "BenchmarkDotNet.Artifacts"))
            .Order(StringComparer.Ordinal),
    ];

    private static RuleEntry Entry(Type type)
    {
        var stem = type.Name.EndsWith("Analyzer", StringComparison.Ordinal) ? type.Name[..^"Analyzer".Length] : type.Name;
        var fix = typeof(RuleFix).Assembly.GetType($"HotPath.{stem}Fix");

        return new RuleEntry(
            stem,
            (RuleAnalyzer)Activator.CreateInstance(type)!,
            fix is null ? null : (RuleFix)Activator.CreateInstance(fix)!,
            typeof(ResultFile).Assembly.GetType($"HotPath.Benchmarks.{stem}Benchmarks"),
            typeof(Repository).Assembly.GetType($"HotPath.Tests.{stem}Tests"));
    }
}
