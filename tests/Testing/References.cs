using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Libraries that test sources may use beside the framework: those that the tests themselves carry.</summary>
public static class References
{
    private static readonly Dictionary<string, string> Files = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);

    private static readonly ConcurrentDictionary<string, MetadataReference> Known = new();

    /// <summary>ADO.NET on SQLite: Microsoft.Data.Sqlite.</summary>
    public static ImmutableArray<MetadataReference> Sqlite { get; } = Named("Microsoft.Data.Sqlite", "SQLitePCLRaw.core");

    /// <summary>Dapper, on SQLite.</summary>
    public static ImmutableArray<MetadataReference> Dapper { get; } = [.. Sqlite, .. Named("Dapper")];

    /// <summary>EF Core on SQLite.</summary>
    public static ImmutableArray<MetadataReference> EntityFramework { get; } =
    [
        .. Sqlite,
        .. Named(
            "Microsoft.EntityFrameworkCore", "Microsoft.EntityFrameworkCore.Abstractions", "Microsoft.EntityFrameworkCore.Relational", "Microsoft.EntityFrameworkCore.Sqlite",
            "Microsoft.Extensions.Caching.Abstractions", "Microsoft.Extensions.Caching.Memory", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Microsoft.Extensions.Primitives"),
    ];

    /// <summary>Assemblies by name, out of what this process can load.</summary>
    public static ImmutableArray<MetadataReference> Named(params string[] names) => [.. names.Select(name => Known.GetOrAdd(name, _ => MetadataReference.CreateFromFile(PathOf(name))))];

    private static string PathOf(string name) =>
        Files.TryGetValue(name, out var path) ? path : throw new FileNotFoundException($"The tests carry no assembly '{name}'.");
}
