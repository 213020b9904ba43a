using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>The tables of the EF Core model in the code, as far as attributes, conventions, the fluent calls and the migrations show them.</summary>
internal sealed class SchemaModel
{
    private static readonly ConditionalWeakTable<Compilation, SchemaModel> Cache = new();

    private readonly Dictionary<INamedTypeSymbol, string> names = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> unknown = new(SymbolEqualityComparer.Default);
    private readonly List<(INamedTypeSymbol? Entity, string[] Properties)> indexes = [];
    private readonly Dictionary<IPropertySymbol, string> columns = new(SymbolEqualityComparer.Default);

    private SchemaModel(Compilation compilation)
    {
        if (KnownTypes.Of(compilation)["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        Sets(compilation.Assembly.GlobalNamespace);
        if (names.Count == 0)
            return;

        foreach (var tree in compilation.SyntaxTrees)
            Configured(tree, compilation);

        foreach (var pair in names)
        {
            if (!unknown.Contains(pair.Key) && !HasMappedBase(pair.Key))
                Tables.Add(Table(pair.Key, pair.Value));
        }
    }

    /// <summary>The tables.</summary>
    public List<SchemaTable> Tables { get; } = [];

    /// <summary>The indexes that the migrations create.</summary>
    public List<(string Table, SchemaIndex Index)> Migrated { get; } = [];

    /// <summary>The model of a compilation.</summary>
    public static SchemaModel Of(Compilation compilation) => Cache.GetValue(compilation, static c => new SchemaModel(c));

    /// <summary>The sets of the contexts.</summary>
    private void Sets(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol inner)
                continue;

            if (inner is INamedTypeSymbol type && Databases.IsContext(type))
            {
                foreach (var property in type.GetMembers())
                {
                    if (property is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [INamedTypeSymbol entity] } set } && Databases.IsSet(set) && entity.Locations is [{ IsInSource: true }, ..])
                        names[entity] = Named(entity, "TableAttribute") ?? property.Name;
                }
            }

            Sets(inner);
        }
    }

    private bool HasMappedBase(INamedTypeSymbol entity)
    {
        for (var type = entity.BaseType; type is not null; type = type.BaseType)
        {
            if (names.ContainsKey(type))
                return true;
        }

        return false;
    }

    private SchemaTable Table(INamedTypeSymbol entity, string name)
    {
        var table = new SchemaTable(name) { Entity = entity };
        for (INamedTypeSymbol? type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property && IsScalar(property.Type) && Attribute(property, "NotMappedAttribute") is null)
                    table.Columns.Add(new(columns.TryGetValue(property, out var configured) ? configured : Named(property, "ColumnAttribute") ?? property.Name, IsFlag: IsFlag(property.Type), Property: property));
            }

            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass is { Name: "IndexAttribute" or "PrimaryKeyAttribute" } known && known.ContainingNamespace.Is("Microsoft.EntityFrameworkCore"))
                    Add(table, [.. Texts(attribute.ConstructorArguments)]);
            }
        }

        foreach (var (of, properties) in indexes)
        {
            if (of is null || SymbolEqualityComparer.Default.Equals(of, entity) || entity.BaseType is not null && SymbolEqualityComparer.Default.Equals(of, entity.BaseType))
                Add(table, properties);
        }

        foreach (var column in table.Columns)
        {
            if (column.Property is { } property && (IsKey(property, entity) || IsForeignKey(property, entity)))
                table.Add(new(null, [new(column.Name)]));
        }

        return table;
    }

    private static void Add(SchemaTable table, string[] properties)
    {
        var columns = table.Columns.ToLookup(static column => column.Property?.Name);
        table.Add(new(null, properties.Select(property => new SchemaPart(columns[property].FirstOrDefault()?.Name ?? property)).ToList()));
    }

    private static bool IsKey(IPropertySymbol property, INamedTypeSymbol entity) =>
        string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase) || string.Equals(property.Name, entity.Name + "Id", StringComparison.OrdinalIgnoreCase) || Attribute(property, "KeyAttribute") is not null;

    /// <summary>Whether EF Core takes the property for a foreign key, which it indexes by itself.</summary>
    private bool IsForeignKey(IPropertySymbol property, INamedTypeSymbol entity)
    {
        if (Attribute(property, "ForeignKeyAttribute") is not null)
            return true;

        for (INamedTypeSymbol? type = entity; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol navigation && !IsScalar(navigation.Type)
                    && (property.Name.StartsWith(navigation.Name, StringComparison.OrdinalIgnoreCase) && property.Name.Length > navigation.Name.Length || Named(navigation, "ForeignKeyAttribute") == property.Name))
                {
                    return true;
                }
            }
        }

        foreach (var other in names.Keys)
        {
            if (property.Name.Length > other.Name.Length && property.Name.StartsWith(other.Name, StringComparison.OrdinalIgnoreCase) && property.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The calls that configure the model, in <c>OnModelCreating</c>, in configurations, in migrations and snapshots.</summary>
    private void Configured(SyntaxTree tree, Compilation compilation)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } }
                || name is not ("HasIndex" or "HasKey" or "HasAlternateKey" or "HasForeignKey" or "HasPrincipalKey" or "ToTable" or "HasColumnName" or "CreateIndex" or "ToView" or "ToSqlQuery" or "ToFunction" or "HasQueryFilter" or "SplitToTable"))
            {
                continue;
            }

            if (Bodies.Of(compilation).At(tree, node.Span) is not IInvocationOperation call || !IsOfEntityFramework(call.TargetMethod.ContainingType))
                continue;

            var entity = Entity(call);
            switch (name)
            {
                case "CreateIndex":
                    if (Argument(call, "table")?.ConstantValue is { HasValue: true, Value: string table } && (Argument(call, "columns") ?? Argument(call, "column")) is { } columns)
                        Migrated.Add((table, new(null, [.. Array.ConvertAll(Properties(columns), static column => new SchemaPart(column))])));

                    break;

                case "ToTable":
                    if (entity is not null && names.ContainsKey(entity) && Argument(call, "name")?.ConstantValue is { HasValue: true, Value: string named })
                        names[entity] = named;

                    break;

                case "HasColumnName":
                    if (call.Receiver() is IInvocationOperation { TargetMethod.Name: "Property" } property && Member(property.ArgumentOf(0)) is { } member && Argument(call, "name")?.ConstantValue is { HasValue: true, Value: string column })
                        this.columns[member] = column;

                    break;

                case "ToView" or "ToSqlQuery" or "ToFunction" or "HasQueryFilter" or "SplitToTable":
                    if (entity is not null)
                        unknown.Add(entity);

                    break;

                default:
                    foreach (var argument in call.Arguments)
                    {
                        if (Properties(argument.Value) is { Length: > 0 } properties && argument.Parameter?.Name != "name")
                            indexes.Add((Lambda(argument.Value)?.Symbol.Parameters is [{ Type: INamedTypeSymbol of }] ? of : entity, properties));
                    }

                    break;
            }
        }
    }

    /// <summary>The entity that is configured; null where names in texts say it.</summary>
    private static INamedTypeSymbol? Entity(IInvocationOperation call) =>
        call.Receiver()?.Type is INamedTypeSymbol { Name: "EntityTypeBuilder", TypeArguments: [INamedTypeSymbol entity] } ? entity : null;

    private static IOperation? Argument(IInvocationOperation call, string name)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == name && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return argument.Value.Unconverted();
        }

        return null;
    }

    private static IAnonymousFunctionOperation? Lambda(IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IAnonymousFunctionOperation lambda)
                return lambda;
        }

        return null;
    }

    private static IPropertySymbol? Member(IOperation? value)
    {
        if (value is null)
            return null;

        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property: var property })
                return property;
        }

        return null;
    }

    /// <summary>The properties or columns that a lambda or texts name, in order.</summary>
    private static string[] Properties(IOperation value)
    {
        var found = new List<string>();
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property.Name: var name })
                found.Add(name);
            else if (part is not IBinaryOperation && part.ConstantValue is { HasValue: true, Value: string text } && part is not IConversionOperation)
                found.Add(text);
        }

        return [.. found];
    }

    private static IEnumerable<string> Texts(ImmutableArray<TypedConstant> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Kind == TypedConstantKind.Array)
            {
                foreach (var inner in argument.Values)
                {
                    if (inner.Value is string text)
                        yield return text;
                }
            }
            else if (argument.Value is string text)
            {
                yield return text;
            }
        }
    }

    private static AttributeData? Attribute(ISymbol symbol, string name)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == name)
                return attribute;
        }

        return null;
    }

    private static string? Named(ISymbol symbol, string attribute) => Attribute(symbol, attribute)?.ConstructorArguments is [{ Value: string name }, ..] ? name : null;

    private static bool IsOfEntityFramework(ITypeSymbol type)
    {
        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            if (space.Is("Microsoft.EntityFrameworkCore"))
                return true;

            space = outer;
        }

        return false;
    }

    private static bool IsFlag(ITypeSymbol type) => Bare(type).SpecialType == SpecialType.System_Boolean;

    private static bool IsScalar(ITypeSymbol type)
    {
        type = Bare(type);
        return type.SpecialType is SpecialType.System_String or SpecialType.System_DateTime or SpecialType.System_Decimal or (>= SpecialType.System_Boolean and <= SpecialType.System_Double)
            || type.TypeKind == TypeKind.Enum
            || type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }
            || type.ContainingNamespace.Is("System") && type.Name is "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan";
    }

    private static ITypeSymbol Bare(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : type;
}
