namespace HotPath;

/// <summary>The columns of a table that a type has a place for, by the rules of who fills it.</summary>
internal static class MappedColumns
{
    /// <summary>What Dapper finds a setter, a field or the field behind a property for; null where that is not sure.</summary>
    public static List<SchemaColumn>? OfDapper(INamedTypeSymbol type, SchemaTable table)
    {
        // Without a constructor that takes nothing it wants one that takes all columns, in their order.
        if (!IsPlain(type) || type.TypeKind == TypeKind.Class && !type.InstanceConstructors.Any(static constructor => constructor.Parameters.IsEmpty))
            return null;

        var (names, declared) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), Declared(table));
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (!current.Locations[0].IsInSource)
                return null;

            foreach (var member in current.GetMembers())
            {
                switch (member)
                {
                    case IPropertySymbol { IsStatic: false, IsIndexer: false, SetMethod: not null } property:
                        if (IsScalar(property.Type) && !declared.Contains(property.Name) || Has(property, "ColumnAttribute"))
                            return null;

                        names.Add(property.Name);
                        break;

                    case IFieldSymbol { IsStatic: false } field:
                        names.Add(field.AssociatedSymbol?.Name ?? field.Name);
                        break;
                }
            }
        }

        return Of(table, names);
    }

    /// <summary>What EF Core maps by convention in a type that is no entity; null where that is not sure.</summary>
    public static List<SchemaColumn>? OfEntityFramework(INamedTypeSymbol type, SchemaTable table)
    {
        if (!IsPlain(type))
            return null;

        var (names, declared) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), Declared(table));
        var parameters = type.InstanceConstructors.SelectMany(static constructor => constructor.Parameters).Select(static parameter => parameter.Name).ToList();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (!current.Locations[0].IsInSource)
                return null;

            foreach (var member in current.GetMembers())
            {
                if (member is not IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod: not null } property || Has(property, "NotMappedAttribute")
                    || property.SetMethod is null && !parameters.Exists(name => string.Equals(name, property.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    continue;
                }

                if (!IsScalar(property.Type) || Has(property, "ColumnAttribute") || !declared.Contains(property.Name))
                    return null;

                names.Add(property.Name);
            }
        }

        return Of(table, names);
    }

    private static HashSet<string> Declared(SchemaTable table) => new(table.Columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of the table: setters run in the same one.</summary>
    private static List<SchemaColumn> Of(SchemaTable table, HashSet<string> names) => table.Columns.FindAll(column => names.Contains(column.Name));

    private static bool IsPlain(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false, IsAbstract: false } && type.Locations is [{ IsInSource: true }, ..];

    private static bool IsScalar(ITypeSymbol type) => type.IsValueType || type.SpecialType == SpecialType.System_String || type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    private static bool Has(IPropertySymbol property, string attribute) => property.GetAttributes().Any(data => data.AttributeClass?.Name == attribute);
}
