namespace HotPath;

/// <summary>Entities that a query loads, and all that a member then does with them. The one recognition behind the rules about what is loaded.</summary>
internal sealed class EntityRead
{
    private const int Deepest = 12;

    private readonly HashSet<IPropertySymbol> read = new(SymbolEqualityComparer.Default);
    private bool isOnlyRead = true;

    private EntityRead(IOperation load, IOperation source, EntityQuery query)
    {
        Load = load;
        Source = source;
        Query = query;
    }

    /// <summary>The call that loads the entities, or the query that a loop walks through.</summary>
    public IOperation Load { get; }

    /// <summary>The query as it is written in the load.</summary>
    public IOperation Source { get; }

    /// <summary>The query.</summary>
    public EntityQuery Query { get; }

    /// <summary>The properties of the entities that are read.</summary>
    public IReadOnlyCollection<IPropertySymbol> Read => read;

    /// <summary>Whether related entities are read through them.</summary>
    public bool Navigates { get; private set; }

    /// <summary>Declarations that name the type of the entities: a local, or the variable of a loop.</summary>
    public List<SyntaxNode> Typed { get; } = [];

    /// <summary>The entities that a call loads, where the member does nothing but read them; null for anything else.</summary>
    public static EntityRead? Of(IInvocationOperation load)
    {
        var method = load.TargetMethod;
        var isTable = method.Name is "ToDictionary" or "ToLookup" && method.ContainingType.Is("System.Linq", "Enumerable") || method.Name == "ToDictionaryAsync" && EntityQuery.IsExtension(method);
        var source = isTable ? load.ArgumentOf(0)?.Unconverted() : method.Name == "AsEnumerable" ? null : EntityQuery.Materialised(load);
        if (source is null || !Queries.IsProvider(source.Type) || Start(load, source) is not { } found)
            return null;

        if (isTable)
        {
            found.FollowCall(load, 0);
        }
        else if (load.Awaited() is { } rows)
        {
            found.FollowRows(rows, 0);
        }
        else
        {
            return null;
        }

        return found.isOnlyRead ? found : null;
    }

    /// <summary>The entities that a loop walks through while they are loaded.</summary>
    public static EntityRead? Of(IForEachLoopOperation loop)
    {
        var source = loop.Collection.Unconverted();
        var query = source is IInvocationOperation { TargetMethod: { Name: "AsAsyncEnumerable" or "AsEnumerable" } } call && call.Receiver() is { } inner ? inner : source;
        if (!Queries.IsProvider(query.Type) || Start(source, query) is not { } found)
            return null;

        found.FollowLoop(loop, 0);
        return found.isOnlyRead ? found : null;
    }

    /// <summary>Whether the entities are told apart by a key: only those are tracked.</summary>
    public static bool HasKey(ITypeSymbol entity)
    {
        for (var type = entity; type is not null; type = type.BaseType)
        {
            foreach (var attribute in type.GetAttributes())
            {
                if (attribute.AttributeClass?.Name == "KeylessAttribute")
                    return false;
            }

            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol property && (Translation.IsKey(property) || string.Equals(property.Name, entity.Name + "Id", StringComparison.OrdinalIgnoreCase)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>How many columns an entity has, as far as its type shows.</summary>
    public static int Columns(ITypeSymbol entity)
    {
        var count = 0;
        for (var type = entity; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol property && Translation.IsMapped(property) && (Translation.IsScalar(property.Type) || property.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }))
                    count++;
            }
        }

        return count;
    }

    private static EntityRead? Start(IOperation load, IOperation source)
    {
        if (load.IsInExpressionTree() || Loops.IsCold(load) || EntityQuery.Of(source) is not { } query || query.Entity.TypeKind != TypeKind.Class || !load.Binds())
            return null;

        // What the rest of the query gives has to be the entities still.
        if (EntityQuery.Element(source.Type) is not { } element || !SymbolEqualityComparer.Default.Equals(element, query.Entity))
            return null;

        foreach (var call in query.Operators)
        {
            switch (call.TargetMethod.Name)
            {
                case "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Include" or "ThenInclude" or "AsNoTracking" or "AsTracking" or "AsNoTrackingWithIdentityResolution" or "Skip"
                    or "IgnoreQueryFilters" or "IgnoreAutoIncludes" or "AsSplitQuery" or "AsSingleQuery" or "TagWith" or "TagWithCallSite" or "Distinct":
                    break;

                // A handful of rows costs nothing either way.
                case "Take" when call.ArgumentOf(1)?.ConstantValue is not { HasValue: true, Value: int and < 20 }:
                    break;

                default:
                    return null;
            }

            // One row.
            if (call.TargetMethod.Name == "Where" && Translation.Lambda(call, 1) is { } condition && Translation.AsksForKey(condition))
                return null;
        }

        return new(load, source, query);
    }

    private static ITypeSymbol? Element(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: [var element] } ? element : null;

    private void FollowLoop(IForEachLoopOperation loop, int depth)
    {
        if (loop.LoopControlVariable is not IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local })
        {
            isOnlyRead = false;
            return;
        }

        if (loop.Syntax is ForEachStatementSyntax { Type: { IsVar: false } named })
            Typed.Add(named);

        FollowUses(local, loop.Body, isRows: false, depth);
    }

    private void FollowUses(ISymbol variable, IOperation within, bool isRows, int depth)
    {
        foreach (var reference in References.To(variable, within))
        {
            if (!isOnlyRead)
                return;

            if (isRows)
                FollowRows(reference, depth + 1);
            else
                FollowEntity(reference, depth + 1);
        }
    }

    private void FollowRows(IOperation rows, int depth)
    {
        if (depth > Deepest || !isOnlyRead)
        {
            isOnlyRead = false;
            return;
        }

        switch (rows.Consumer(out var value))
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator } when !IsAssigned(local, declarator):
                Declared(declarator);
                FollowUses(local, declarator.Root(), isRows: true, depth);
                return;

            case IForEachLoopOperation loop when ReferenceEquals(loop.Collection.Unconverted(), value.Unconverted()):
                FollowLoop(loop, depth);
                return;

            case IPropertyReferenceOperation { Property: { Name: "Count" or "Length", IsIndexer: false } } when !IsNavigation(rows):
                return;

            case IPropertyReferenceOperation { Property.IsIndexer: true } element when ReferenceEquals(element.Instance, value):
                FollowEntity(element, depth + 1);
                return;

            case IArrayElementReferenceOperation element when ReferenceEquals(element.ArrayReference, value):
                FollowEntity(element, depth + 1);
                return;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsStatic: true } call } when call.TargetMethod.ContainingType.Is("System.Linq", "Enumerable"):
                FollowCall(call, depth + 1);
                return;

            case IInvocationOperation { TargetMethod: { ContainingType.Name: "List", Name: "ForEach" or "Find" or "FindAll" or "Exists" or "TrueForAll" or "ConvertAll" or "FindIndex" } } call when ReferenceEquals(call.Instance, value) && call.TargetMethod.ContainingType.IsFromSystem():
                FollowCall(call, depth + 1);
                return;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                return;

            default:
                isOnlyRead = false;
                return;
        }
    }

    /// <summary>An operator over the entities: its lambdas read them, and its result may be some of them.</summary>
    private void FollowCall(IInvocationOperation call, int depth)
    {
        foreach (var argument in call.Arguments)
        {
            if (call.TargetMethod.IsStatic && argument.Parameter?.Ordinal == 0)
                continue;

            if (Translation.Lambda(argument.Value) is { } lambda)
            {
                foreach (var parameter in lambda.Symbol.Parameters)
                {
                    if (!SymbolEqualityComparer.Default.Equals(parameter.Type, Query.Entity))
                        continue;

                    if (lambda.Syntax is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [{ Type: { } named }, ..] })
                        Typed.Add(named);

                    FollowUses(parameter, lambda.Body, isRows: false, depth);
                }

                // A lambda that gives the entity itself hands it on.
                if (Mentions(lambda.Symbol.ReturnType, 0))
                    isOnlyRead = false;
            }
            else if (argument.Value.Type is { TypeKind: TypeKind.Delegate } || Mentions(argument.Value.Type, 0))
            {
                isOnlyRead = false;
            }
        }

        if (!isOnlyRead || call.Type is null || !Mentions(call.Type, 0))
            return;

        if (SymbolEqualityComparer.Default.Equals(call.Type, Query.Entity))
            FollowEntity(call, depth);
        else if (call.Type is IArrayTypeSymbol { ElementType: var item } && SymbolEqualityComparer.Default.Equals(item, Query.Entity) || call.Type is INamedTypeSymbol { Name: "List" or "IEnumerable" or "IOrderedEnumerable" } && SymbolEqualityComparer.Default.Equals(Element(call.Type), Query.Entity))
            FollowRows(call, depth);
        else
            isOnlyRead = false;
    }

    private void FollowEntity(IOperation entity, int depth)
    {
        if (depth > Deepest || !isOnlyRead)
        {
            isOnlyRead = false;
            return;
        }

        switch (entity.Consumer(out var value))
        {
            case IPropertyReferenceOperation { Property: var property } reference when ReferenceEquals(reference.Instance, value):
                FollowProperty(property, reference, depth);
                return;

            case IConditionalAccessOperation access when ReferenceEquals(access.Operation, value):
                if (access.WhenNotNull is IPropertyReferenceOperation { Property: var asked, Instance: IConditionalAccessInstanceOperation } conditional)
                    FollowProperty(asked, conditional, depth);
                else
                    isOnlyRead = false;

                return;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator } when !IsAssigned(local, declarator):
                Declared(declarator);
                FollowUses(local, declarator.Root(), isRows: false, depth);
                return;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, OperatorMethod: null, LeftOperand: var left, RightOperand: var right } when left.Unconverted().ConstantValue.HasValue || right.Unconverted().ConstantValue.HasValue:
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                return;

            default:
                isOnlyRead = false;
                return;
        }
    }

    private void FollowProperty(IPropertySymbol property, IPropertyReferenceOperation reference, int depth)
    {
        var use = Aliasing.Classify(reference);
        if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
        {
            isOnlyRead = false;
            return;
        }

        if (SymbolEqualityComparer.Default.Equals(reference.Instance is { } holder ? Operations.Resolved(holder).Unconverted().Type : null, Query.Entity))
            read.Add(property);

        if (Translation.IsScalar(property.Type))
            return;

        Navigates = true;

        if (property.Type is IArrayTypeSymbol)
            return;

        if (Element(property.Type) is null)
        {
            FollowEntity(reference, depth + 1);
            return;
        }

        switch (reference.Consumer(out _))
        {
            case IForEachLoopOperation related:
                FollowLoop(related, depth + 1);
                return;

            case IPropertyReferenceOperation { Property.IsIndexer: false }:
            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { Type: { } result } call } when call.TargetMethod.ContainingType.Is("System.Linq", "Enumerable") && Translation.IsScalar(result):
                return;

            // A related entity may be handed on, and is then out of sight.
            default:
                isOnlyRead = false;
                return;
        }
    }

    private static bool IsNavigation(IOperation rows) => rows is IPropertyReferenceOperation { Property.IsIndexer: false };

    private void Declared(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Syntax.Parent is VariableDeclarationSyntax { Type: { IsVar: false } named })
            Typed.Add(named);
    }

    private static bool IsAssigned(ILocalSymbol local, IOperation near)
    {
        foreach (var use in Aliasing.Uses(local, near.Root()))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return true;
        }

        return false;
    }

    private bool Mentions(ITypeSymbol? type, int depth) => type switch
    {
        null => false,
        _ when SymbolEqualityComparer.Default.Equals(type, Query.Entity) => true,
        IArrayTypeSymbol { ElementType: var element } => Mentions(element, depth + 1),
        INamedTypeSymbol { IsAnonymousType: true } anonymous => depth > 3 || anonymous.GetMembers().Any(member => member is IPropertySymbol property && Mentions(property.Type, depth + 1)),
        INamedTypeSymbol named => depth < 6 && named.TypeArguments.Any(argument => Mentions(argument, depth + 1)),
        _ => type.SpecialType == SpecialType.System_Object,
    };
}
