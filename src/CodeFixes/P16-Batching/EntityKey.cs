namespace HotPath;

/// <summary>What the primary key of an entity is, where that is sure.</summary>
internal static class EntityKey
{
    /// <summary>Integers and Guids: text compares otherwise in a database than in a dictionary.</summary>
    public static bool IsExact(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64 || type.Is("System", "Guid");

    /// <summary>The property that is sure to be the primary key: by attribute, or by its name where nothing else is said.</summary>
    public static IPropertySymbol? Of(INamedTypeSymbol row, Site site)
    {
        IPropertySymbol? named = null;
        IPropertySymbol? marked = null;
        if (HasAttribute(row, "PrimaryKeyAttribute") || HasAttribute(row, "KeylessAttribute"))
            return null;

        for (var type = row; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is not IPropertySymbol property)
                    continue;

                if (HasAttribute(property, "KeyAttribute"))
                {
                    if (marked is not null)
                        return null;

                    marked = property;
                }

                if (property.Name == "Id" || property.Name == row.Name + "Id" && named is null)
                    named = property;
            }
        }

        return marked ?? (IsConfigured(row, site) ? null : named);
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    /// <summary>Whether code says of the entity what its key is.</summary>
    private static bool IsConfigured(INamedTypeSymbol row, Site site)
    {
        foreach (var tree in site.Model.Compilation.SyntaxTrees)
        {
            foreach (var token in tree.GetRoot(site.CancellationToken).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "HasKey" or "HasNoKey" && token.Parent!.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
                    && member.DescendantTokens().Any(other => other.IsKind(SyntaxKind.IdentifierToken) && other.ValueText == row.Name))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
