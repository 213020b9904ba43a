using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Entities that a context tracks although the member only reads them. The one recognition behind the rule and its fix.</summary>
internal static class TrackedRead
{
    private static readonly ConditionalWeakTable<Compilation, StrongBox<bool>> Configured = new();

    /// <summary>The entities, or null where they may not be tracked, or may have to be.</summary>
    public static EntityRead? Of(EntityRead? found)
    {
        if (found is not { Read.Count: > 0 } || found.Query.Has("AsNoTracking") || found.Query.Has("AsTracking") || found.Query.Has("AsNoTrackingWithIdentityResolution") || !Databases.IsSet(found.Query.Source.Type) || !EntityRead.HasKey(found.Query.Entity))
            return null;

        if (found.Navigates && !found.Query.Has("Include") || TouchesTracking(found.Load.Root(), found.Query.Entity) || IsConfigured(found.Load.SemanticModel!.Compilation))
            return null;

        // What could be left out, or run in the database, says so itself.
        return WideRead.Of(found) is not null || found.Load is IInvocationOperation load && FilterInMemory.Of(load) is not null ? null : found;
    }

    /// <summary>Whether the member saves, looks at what is tracked, or changes an entity, which a tracking query finds changed.</summary>
    private static bool TouchesTracking(IOperation member, ITypeSymbol entity)
    {
        foreach (var part in member.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod.Name: var name } when name.StartsWith("SaveChanges", StringComparison.Ordinal):
                case IInvocationOperation { TargetMethod: { ContainingType: var type, Name: "Add" or "AddAsync" or "AddRange" or "AddRangeAsync" or "Update" or "UpdateRange" or "Remove" or "RemoveRange" or "Attach" or "AttachRange" or "Entry" } } when Databases.IsContext(type) || Databases.IsSet(type):
                case IPropertyReferenceOperation { Property: { Name: "ChangeTracker" or "Local", ContainingType: var holder } } when Databases.IsContext(holder) || Databases.IsSet(holder):
                    return true;

                case IPropertyReferenceOperation { Instance: { Type: { } changed } and not IInstanceReferenceOperation } when SymbolEqualityComparer.Default.Equals(changed, entity) && Aliasing.Classify(part).Kind is UseKind.Assigned or UseKind.PassedByReference:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the compilation says anywhere how queries track, or loads related entities lazily, which takes a tracking context.</summary>
    private static bool IsConfigured(Compilation compilation) => Configured.GetValue(compilation, static compilation => new(compilation.SyntaxTrees.Any(static tree => tree.GetRoot().DescendantTokens().Any(static token =>
        token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "UseQueryTrackingBehavior" or "QueryTrackingBehavior" or "UseLazyLoadingProxies" or "ILazyLoader")))).Value;
}
