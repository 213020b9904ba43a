using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Collections that this compilation writes itself. A value whose type is an interface may be one of them, and nobody knows what its members do.</summary>
internal static class OwnCollections
{
    private static readonly ConditionalWeakTable<Compilation, StrongBox<(bool Any, bool CountsAreQuiet)>> Cache = new();

    /// <summary>Whether the value can only be a collection of the library: by its type, or because nothing else implements it here.</summary>
    public static bool AreExcluded(ITypeSymbol type, Compilation compilation) => type is IArrayTypeSymbol || type.IsFromSystem() && !(IsOpen(type) && Of(compilation).Any);

    /// <summary>Whether asking the value for its <c>Count</c> does nothing but read.</summary>
    public static bool CountIsQuiet(ITypeSymbol type, Compilation compilation) => !IsOpen(type) || Of(compilation).CountsAreQuiet;

    /// <summary>Whether a collection of one's own may hide behind the type.</summary>
    private static bool IsOpen(ITypeSymbol type) => type.TypeKind == TypeKind.Interface || type.Name is "Collection" or "ReadOnlyCollection" or "ObservableCollection" or "ReadOnlyObservableCollection" or "ReadOnlyDictionary";

    private static (bool Any, bool CountsAreQuiet) Of(Compilation compilation) => Cache.GetValue(compilation, static compilation =>
    {
        var (any, quiet) = (false, true);
        var open = new Stack<INamespaceOrTypeSymbol>();
        open.Push(compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            foreach (var member in open.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol inner)
                    open.Push(inner);

                if (member is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type || !type.AllInterfaces.Any(IsCollection))
                    continue;

                any = true;
                quiet &= type.GetMembers().OfType<IPropertySymbol>().All(property => property.Name != "Count" && !property.Name.EndsWith(".Count", StringComparison.Ordinal)
                    || property.GetMethod is { } getter && (Effects.IsAuto(getter) || Effects.Of(getter, compilation).AreReadOnly));
            }
        }

        return new((any, quiet));
    }).Value;

    private static bool IsCollection(INamedTypeSymbol type) =>
        type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T;
}
