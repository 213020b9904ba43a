namespace HotPath;

/// <summary>Whole entities of which one or two values are read. The one recognition behind the rule and its fix.</summary>
internal static class WideRead
{
    private const int MostRead = 2;
    private const int FewestColumns = 5;

    /// <summary>The entities, or null where their other values are read too, or are few.</summary>
    public static EntityRead? Of(EntityRead? found)
    {
        if (found is not { Navigates: false, Read.Count: > 0 and <= MostRead } || EntityRead.Columns(found.Query.Entity) < FewestColumns || found.Query.Has("AsTracking"))
            return null;

        foreach (var property in found.Read)
        {
            if (!Translation.IsScalar(property.Type) || !Translation.IsMapped(property))
                return null;
        }

        // What could run in the database says so itself.
        return found.Load is IInvocationOperation load && FilterInMemory.Of(load) is not null ? null : found;
    }

    /// <summary>Whether something else in the member may see that the entities are loaded: what is tracked, saved, or found through other entities.</summary>
    public static bool ShowsElsewhere(EntityRead found)
    {
        foreach (var part in found.Load.Root().DescendantsAndSelf())
        {
            switch (part)
            {
                case IPropertyReferenceOperation { Property: { Name: "Local" or "ChangeTracker", ContainingType: var type } } when Databases.IsSet(type) || Databases.IsContext(type):
                case IInvocationOperation { TargetMethod: { Name: "SaveChanges" or "SaveChangesAsync" or "Attach" or "Update" or "Add" or "Remove" or "Entry", ContainingType: var holder } } when Databases.IsContext(holder) || Databases.IsSet(holder):
                case IPropertyReferenceOperation { Property: { Type: INamedTypeSymbol navigated } property } when EntityQuery.IsEntity(property.ContainingType, part.SemanticModel?.Compilation ?? found.Load.SemanticModel!.Compilation)
                    && (!Translation.IsScalar(navigated) && !part.IsInExpressionTree() || Aliasing.Classify(part).Kind is UseKind.Assigned && part.Parent?.Parent is not IObjectOrCollectionInitializerOperation):
                    return true;
            }
        }

        return false;
    }
}
