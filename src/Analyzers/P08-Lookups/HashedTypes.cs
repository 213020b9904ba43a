namespace HotPath;

/// <summary>Collections that find a key without looking at every element.</summary>
internal static class HashedTypes
{
    /// <summary>Whether the type is a set, or the keys of a dictionary.</summary>
    public static bool IsHashed(this ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "HashSet" or "ISet" or "IReadOnlySet" or "SortedSet" or "ImmutableHashSet" or "IImmutableSet" or "ImmutableSortedSet" or "FrozenSet" or "KeyCollection" } && type.IsFromSystem();

    /// <summary>Whether the type is a dictionary.</summary>
    public static bool IsKeyed(this ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Dictionary" or "IDictionary" or "IReadOnlyDictionary" or "SortedDictionary" or "SortedList" or "ConcurrentDictionary" or "ReadOnlyDictionary"
            or "ImmutableDictionary" or "IImmutableDictionary" or "ImmutableSortedDictionary" or "FrozenDictionary", Arity: 2 } && type.IsFromSystem();
}
