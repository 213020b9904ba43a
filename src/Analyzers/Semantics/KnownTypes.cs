using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Types of the compilation by metadata name, each looked up once per compilation for all rules together.</summary>
public sealed class KnownTypes
{
    private static readonly ConditionalWeakTable<Compilation, KnownTypes> Cache = new();
    private readonly ConcurrentDictionary<string, INamedTypeSymbol?> byName = new(StringComparer.Ordinal);
    private readonly Func<string, INamedTypeSymbol?> find;

    private KnownTypes(Compilation compilation) => find = name => Find(compilation, name);

    /// <summary>The known types of <paramref name="compilation"/>.</summary>
    public static KnownTypes Of(Compilation compilation) => Cache.GetValue(compilation, static c => new KnownTypes(c));

    /// <summary>The type, or null when the compilation has none; of several types of that name, a public one wins, and of those the framework's.</summary>
    public INamedTypeSymbol? this[string metadataName] => byName.GetOrAdd(metadataName, find);

    /// <summary>Whether <paramref name="type"/> is the type of that metadata name, or a construction of it.</summary>
    public bool Is(ITypeSymbol? type, string metadataName) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, this[metadataName]);

    private static INamedTypeSymbol? Find(Compilation compilation, string name)
    {
        if (compilation.GetTypeByMetadataName(name) is { } only)
            return only;

        INamedTypeSymbol? best = null;
        foreach (var type in compilation.GetTypesByMetadataName(name))
        {
            if (best is null || Rank(type) > Rank(best))
                best = type;
        }

        return best;
    }

    /// <summary>Libraries declare types in the framework's namespaces too: Microsoft.Extensions.DependencyModel has a public System.Collections.Generic.CollectionExtensions.</summary>
    private static int Rank(INamedTypeSymbol type) => type.DeclaredAccessibility != Accessibility.Public ? 0
        : type.ContainingAssembly.Name is "mscorlib" or "netstandard" or "System" || type.ContainingAssembly.Name.StartsWith("System.", StringComparison.Ordinal) ? 2 : 1;
}
