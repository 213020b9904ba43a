namespace HotPath;

/// <summary>What a database may make of an expression otherwise than the program.</summary>
[Flags]
internal enum Difference
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Text is compared by a collation.</summary>
    Text = 1 << 0,

    /// <summary>Null compares and sorts otherwise.</summary>
    Nulls = 1 << 1,

    /// <summary>Numbers round, overflow or compare otherwise.</summary>
    Numbers = 1 << 2,

    /// <summary>Rows that are equal for the order come in any order.</summary>
    Order = 1 << 3,

    /// <summary>The clock is that of the database.</summary>
    Clock = 1 << 4,

    /// <summary>Related rows count that are not loaded, or are not loaded any more.</summary>
    Related = 1 << 5,

    /// <summary>Values that are not saved yet do not count.</summary>
    Pending = 1 << 6,

    /// <summary>It can be written for the database, but not by moving it.</summary>
    Rewrite = 1 << 7,
}

/// <summary>Whether EF Core can translate the lambdas of a query, by a list of what it is known to translate: mapped properties, comparisons, a few members of the library.</summary>
internal sealed class Translation
{
    private readonly EntityQuery query;
    private readonly bool isSqlite;
    private readonly HashSet<ISymbol> elements = new(SymbolEqualityComparer.Default);
    private HashSet<string>? projected;

    private Translation(EntityQuery query, KnownTypes types)
    {
        this.query = query;
        isSqlite = types["Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions"] is not null;
    }

    /// <summary>The translation of what may follow the query; null where the query itself is not simple enough to be sure, or takes only some rows.</summary>
    public static Translation? After(EntityQuery query, KnownTypes types)
    {
        var translation = new Translation(query, types);
        foreach (var call in query.Operators)
        {
            switch (call.TargetMethod.Name)
            {
                case "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Include" or "ThenInclude" or "AsNoTracking" or "AsNoTrackingWithIdentityResolution" or "AsTracking"
                    or "IgnoreQueryFilters" or "IgnoreAutoIncludes" or "AsSplitQuery" or "AsSingleQuery" or "TagWith" or "TagWithCallSite" or "Distinct":
                    break;

                case "Select" when Lambda(call, 1) is { } selector && translation.Project(selector):
                    break;

                default:
                    return null;
            }
        }

        return translation;
    }

    /// <summary>The lambda given for the parameter of that ordinal.</summary>
    public static IAnonymousFunctionOperation? Lambda(IInvocationOperation call, int ordinal) => call.ArgumentOf(ordinal) is { } argument ? Lambda(argument) : null;

    /// <summary>The lambda that the argument is: as a delegate, or as an expression tree.</summary>
    public static IAnonymousFunctionOperation? Lambda(IOperation argument)
    {
        while (true)
        {
            switch (argument)
            {
                case IConversionOperation { Operand: var operand }:
                    argument = operand;
                    continue;

                case IDelegateCreationOperation { Target: var target }:
                    argument = target;
                    continue;

                default:
                    return argument as IAnonymousFunctionOperation;
            }
        }
    }

    /// <summary>What is different when the database evaluates the lambda; null where it cannot.</summary>
    public Difference? Of(IAnonymousFunctionOperation lambda)
    {
        if (lambda.Symbol.IsAsync || lambda.Symbol.Parameters is not [var element] || Value(lambda) is not { } value)
            return null;

        elements.Add(element);
        return Of(value);
    }

    /// <summary>What is different when the database sorts by the lambda; null where it cannot.</summary>
    public Difference? OfKey(IAnonymousFunctionOperation lambda)
    {
        if (Of(lambda) is not { } difference || Value(lambda)?.Unconverted().Type is not { } type || !IsScalar(type))
            return null;

        var plain = WithoutNull(type);
        if (plain.SpecialType == SpecialType.System_Decimal && isSqlite || IsWithoutOrder(plain))
            return null;

        if (!SymbolEqualityComparer.Default.Equals(plain, type))
            difference |= Difference.Nulls;

        if (plain.SpecialType is SpecialType.System_String)
            difference |= Difference.Text | (type.NullableAnnotation == NullableAnnotation.NotAnnotated ? Difference.None : Difference.Nulls);
        else if (plain.TypeKind == TypeKind.Enum || plain.Name == "Guid")
            difference |= Difference.Numbers;

        return difference;
    }

    /// <summary>What is different when the database adds up, or finds the largest or smallest of, what the lambda gives; null where it cannot.</summary>
    public Difference? OfAggregate(ITypeSymbol? type, string method)
    {
        if (type is null || !IsScalar(type))
            return null;

        var plain = WithoutNull(type);
        return plain.SpecialType switch
        {
            SpecialType.System_String => Difference.Text,
            SpecialType.System_Decimal => Difference.Numbers,
            SpecialType.System_Double or SpecialType.System_Single => method is "Max" or "Min" ? Difference.None : Difference.Numbers,
            _ when IsWithoutOrder(plain) => null,
            // A sum beyond 64 bits is another exception there.
            SpecialType.System_Int64 when method == "Sum" => Difference.Numbers,
            _ when method == "Average" || plain.TypeKind == TypeKind.Enum || plain.Name == "Guid" => Difference.Numbers,
            _ => Difference.None,
        };
    }

    /// <summary>Whether the type is a value that one column holds.</summary>
    public static bool IsScalar(ITypeSymbol type)
    {
        type = WithoutNull(type);
        return type.TypeKind == TypeKind.Enum || type.SpecialType is SpecialType.System_String or SpecialType.System_DateTime or (>= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Char)
            || type is { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" } && type.IsFromSystem();
    }

    /// <summary>Whether EF Core stores the property in a column, or follows it to another entity: it can be read and set, and nothing is computed.</summary>
    public static bool IsMapped(IPropertySymbol property)
    {
        if (property is not { IsStatic: false, IsIndexer: false, SetMethod: not null, GetMethod: { } getter, DeclaredAccessibility: Accessibility.Public })
            return false;

        if (property.Locations is [{ IsInSource: true }, ..] && !Effects.IsAuto(getter))
            return false;

        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "NotMappedAttribute")
                return false;
        }

        return true;
    }

    /// <summary>Whether the property is the primary key of the entities by convention or attribute.</summary>
    public static bool IsKey(IPropertySymbol property)
    {
        if (string.Equals(property.Name, "Id", StringComparison.OrdinalIgnoreCase) || string.Equals(property.Name, property.ContainingType.Name + "Id", StringComparison.OrdinalIgnoreCase))
            return true;

        foreach (var attribute in property.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "KeyAttribute")
                return true;
        }

        return false;
    }

    /// <summary>Whether the lambda gives the key of the entity.</summary>
    public static bool GivesKey(IAnonymousFunctionOperation lambda) =>
        Value(lambda)?.Unconverted() is IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property: var property } && IsKey(property);

    /// <summary>Whether the condition is met by one entity at most: its key is compared with a value.</summary>
    public static bool AsksForKey(IAnonymousFunctionOperation lambda)
    {
        var value = Value(lambda)?.Unconverted();
        while (value is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both)
        {
            if (IsKeyComparison(both.RightOperand))
                return true;

            value = both.LeftOperand.Unconverted();
        }

        return value is not null && IsKeyComparison(value);

        static bool IsKeyComparison(IOperation value) => value.Unconverted() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right } && (Gives(left) || Gives(right));

        static bool Gives(IOperation operand) => operand.Unconverted() is IPropertyReferenceOperation { Instance: IParameterReferenceOperation, Property: var property } && IsKey(property);
    }

    /// <summary>The expression that the lambda gives; null for a lambda of statements, which no expression tree can be.</summary>
    public static IOperation? Value(IAnonymousFunctionOperation lambda) =>
        lambda.Syntax is LambdaExpressionSyntax { Block: not null } or AnonymousMethodExpressionSyntax ? null
        : lambda.Body.Operations is [IReturnOperation { ReturnedValue: { } value }] ? value : null;

    private static ITypeSymbol WithoutNull(ITypeSymbol type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] } ? inner : type;

    /// <summary>SQLite keeps some types as texts that do not sort like their values.</summary>
    private bool IsWithoutOrder(ITypeSymbol plain) => isSqlite && (plain.SpecialType == SpecialType.System_UInt64 || plain.Name is "DateTimeOffset" or "TimeSpan");

    private bool Project(IAnonymousFunctionOperation selector)
    {
        if (selector.Symbol.Parameters is not [var element] || Value(selector)?.Unconverted() is not { } value)
            return false;

        elements.Add(element);
        switch (value)
        {
            case IAnonymousObjectCreationOperation created:
                return Initialised(created.Initializers);

            case IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: { } initializer }:
                return Initialised(initializer.Initializers);

            default:
                projected = null;
                return value.Type is { } type && IsScalar(type) && Of(value) is not null;
        }

        bool Initialised(ImmutableArray<IOperation> initializers)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var initial in initializers)
            {
                if (initial is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value: var given } || Of(given) is null)
                    return false;

                if (given.Unconverted().Type is { } type && IsScalar(type))
                    names.Add(property.Name);
            }

            projected = names;
            return true;
        }
    }

    private Difference? Of(IOperation value)
    {
        if (value.ConstantValue.HasValue)
            return Difference.None;

        switch (value)
        {
            case IParenthesizedOperation { Operand: var inner }:
                return Of(inner);

            // Only what is a value in itself, after a projection to it.
            case IParameterReferenceOperation { Parameter: var parameter } when elements.Contains(parameter):
                return IsScalar(parameter.Type) ? Difference.None : null;

            case ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IDefaultValueOperation:
                return Difference.None;

            case IFieldReferenceOperation { Instance: var holder } field:
                return holder is null || !DependsOnElement(holder) && IsCaptured(field) ? Difference.None : null;

            case IPropertyReferenceOperation property:
                return Of(property);

            // A point in time, or a key, that is made once.
            case IObjectCreationOperation { Type: { } made, Initializer: null } creation when made.IsFromSystem() && IsScalar(made):
                foreach (var argument in creation.Arguments)
                {
                    if (!argument.Value.ConstantValue.HasValue)
                        return null;
                }

                return Difference.None;

            case IConversionOperation conversion:
                return Of(conversion);

            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null, Operand: var negated }:
                return Of(negated);

            case IBinaryOperation binary:
                return Of(binary);

            case ICoalesceOperation { Value: var first, WhenNull: var second }:
                return Both(Of(first), Of(second));

            case IConditionalOperation { Condition: var condition, WhenTrue: var one, WhenFalse: { } other }:
                return Both(Of(condition), Both(Of(one), Of(other)));

            // x is null: written with == in an expression tree.
            case IIsPatternOperation { Value: var tested, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } or INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } }:
                return OfTested(tested);

            case IInvocationOperation call:
                return Of(call);

            default:
                return null;
        }
    }


    private Difference? OfTested(IOperation value)
    {
        value = value.Unconverted();
        return value is IPropertyReferenceOperation { Instance: { } holder, Property: var property } && DependsOnElement(holder) && !IsScalar(property.Type)
            ? IsMapped(property) && IsReference(property.Type) && OfEntity(holder) is { } related ? related | Related(property) : null
            : Of(value);
    }

    /// <summary>The element itself, or an entity that it refers to.</summary>
    private Difference? OfEntity(IOperation holder)
    {
        holder = holder.Unconverted();
        if (holder is IParameterReferenceOperation { Parameter: var parameter } && elements.Contains(parameter))
            return Difference.None;

        return holder is IPropertyReferenceOperation { Instance: { } before, Property: var property } && !IsScalar(property.Type) && IsReference(property.Type) && IsMapped(property) && OfEntity(before) is { } related
            ? related | Related(property)
            : null;
    }

    /// <summary>What is not loaded is null or empty in memory, and there in the database.</summary>
    private Difference Related(IPropertySymbol property)
    {
        foreach (var call in query.Operators)
        {
            if (call.TargetMethod.Name is "Include" or "ThenInclude" && call.Syntax.ToString() is var text && text.IndexOf(property.Name, StringComparison.Ordinal) >= 0)
                return Difference.Related;
        }

        return Difference.Related | Difference.Rewrite;
    }

    private static bool IsReference(ITypeSymbol type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } named && !named.IsFromSystem();

    private Difference? Of(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        if (reference.Instance is not { } holder)
            return property is { Name: "Now" or "UtcNow" or "Today", ContainingType.SpecialType: SpecialType.System_DateTime } ? Difference.Clock : property.ContainingType.IsFromSystem() ? null : IsCaptured(reference) ? Difference.None : null;

        if (!DependsOnElement(holder))
            return Of(holder) is { } clock and (Difference.None or Difference.Clock) && (IsCaptured(reference) || property.ContainingType.IsFromSystem() && IsKnown(property)) ? clock : null;

        // Of a value: its length, its year.
        if (property.ContainingType.IsFromSystem())
        {
            if (property.Name == "Count" && holder.Unconverted() is IPropertyReferenceOperation { Instance: { } owner, Property: var many } && IsCollection(many.Type) && IsMapped(many) && OfEntity(owner) is { } rows)
                return rows | Related(many);

            return IsKnown(property) && Of(holder) is { } inner ? inner | (property.Name switch { "Length" => Difference.Text, "Value" => Difference.Nulls, _ => Difference.None }) : null;
        }

        if (projected is not null && holder.Unconverted() is IParameterReferenceOperation)
            return projected.Contains(property.Name) ? Difference.None : null;

        return IsScalar(property.Type) && IsMapped(property) ? OfEntity(holder) : null;
    }

    private static bool IsKnown(IPropertySymbol property) => property.ContainingType switch
    {
        { SpecialType: SpecialType.System_String } => property.Name == "Length",
        { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => property.Name is "HasValue" or "Value",
        { SpecialType: SpecialType.System_DateTime } or { Name: "DateOnly" } => property.Name is "Year" or "Month" or "Day" or "Date" or "Hour" or "Minute" or "Second" or "DayOfYear" or "DayOfWeek",
        _ => false,
    };

    /// <summary>Whether reading the member of what was captured computes nothing.</summary>
    private static bool IsCaptured(IMemberReferenceOperation member) => member switch
    {
        IFieldReferenceOperation { Instance: null } => true,
        IFieldReferenceOperation { Instance: var holder } => IsPlain(holder),
        IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter } property, Instance: var holder } => (holder is null || IsPlain(holder)) && (property.Locations is not [{ IsInSource: true }, ..] || Effects.IsAuto(getter)),
        _ => false,
    };

    private static bool IsPlain(IOperation holder) => holder.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation
        || holder.Unconverted() is IMemberReferenceOperation member && IsCaptured(member);

    private Difference? Of(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is { ContainingType: { } type } && !type.IsFromSystem() || conversion.IsTryCast || conversion.Type is null)
            return null;

        if (Of(conversion.Operand) is not { } difference)
            return null;

        if (conversion.IsImplicit || !DependsOnElement(conversion.Operand))
            return conversion.Type.SpecialType == SpecialType.System_Object ? null : difference;

        return IsScalar(conversion.Type) ? difference | Difference.Numbers : null;
    }

    private Difference? Of(IBinaryOperation binary)
    {
        if (binary.OperatorMethod is { ContainingType: { } owner } && !owner.IsFromSystem())
            return null;

        var (left, right) = (binary.LeftOperand, binary.RightOperand);
        var type = left.Unconverted().Type is { } known && !IsNull(left) ? known : right.Unconverted().Type;

        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr:
                return Both(Of(left), Of(right));

            case BinaryOperatorKind.And or BinaryOperatorKind.Or or BinaryOperatorKind.ExclusiveOr:
                return type?.SpecialType == SpecialType.System_Boolean ? Both(Of(left), Of(right)) : null;

            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals when IsNull(right) || IsNull(left):
                return OfTested(IsNull(right) ? left : right);

            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                if (type is null || !IsScalar(type) || Both(Of(left), Of(right)) is not { } equal)
                    return null;

                return equal | (type.SpecialType == SpecialType.System_String ? Difference.Text : Difference.None) | (WithoutNull(type).SpecialType is SpecialType.System_Decimal or SpecialType.System_Single ? Difference.Numbers : Difference.None);

            case BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                if (type is null || !IsScalar(type) || IsWithoutOrder(WithoutNull(type)) || Both(Of(left), Of(right)) is not { } compared)
                    return null;

                if (IsNullable(left) || IsNullable(right))
                    compared |= Difference.Nulls;

                return compared | (Unwrapped(left) is { } one && (one.TypeKind == TypeKind.Enum || one.SpecialType is SpecialType.System_Decimal or SpecialType.System_Single) ? Difference.Numbers : Difference.None);

            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder:
                if (binary.Type is null || !IsScalar(binary.Type) || WithoutNull(binary.Type).SpecialType == SpecialType.None || Both(Of(left), Of(right)) is not { } computed)
                    return null;

                return DependsOnElement(binary) ? computed | Difference.Numbers | Difference.Nulls : computed;

            default:
                return null;
        }

        static ITypeSymbol? Unwrapped(IOperation operand) => operand.Unconverted().Type is { } type ? WithoutNull(type) : null;
        static bool IsNullable(IOperation operand) => operand.Unconverted().Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
    }

    private static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null } || value.Unconverted().ConstantValue is { HasValue: true, Value: null };

    private Difference? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;

        if (type.SpecialType == SpecialType.System_String)
        {
            var isKnown = method.Name switch
            {
                "Contains" or "StartsWith" or "EndsWith" or "Equals" or "IndexOf" => method.Parameters is [{ Type.SpecialType: SpecialType.System_String }],
                "ToUpper" or "ToLower" or "Trim" or "TrimStart" or "TrimEnd" => method.Parameters.IsEmpty,
                "Substring" => true,
                "Replace" => method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, _],
                "IsNullOrEmpty" or "IsNullOrWhiteSpace" => true,
                _ => false,
            };

            if (!isKnown)
                return null;

            var difference = method.Name == "IsNullOrEmpty" ? Difference.None : Difference.Text | Difference.Nulls;
            if (call.Instance is { } text)
                difference |= Of(text) ?? Difference.None;

            return Arguments(call, difference, call.Instance is null || Of(call.Instance) is not null);
        }

        if (type.SpecialType == SpecialType.System_DateTime && method.Name is "AddDays" or "AddHours" or "AddMinutes" or "AddMonths" or "AddYears" or "AddSeconds" && call.Instance is { } time)
            return Of(time) is { } at && at is Difference.None or Difference.Clock ? Arguments(call, at, isKnown: true) : null;

        // Comparing values of one type, as x.Id.Equals(id).
        if (method is { Name: "Equals", Parameters: [{ Type: var compared }] } && call.Instance is { } self && self.Type is { } selfType && IsScalar(selfType) && SymbolEqualityComparer.Default.Equals(compared, selfType) && type.IsFromSystem())
            return Both(Of(self), Arguments(call, Difference.None, isKnown: true));

        if (method.Name == "Contains" && type.IsFromSystem())
            return Membership(call);

        // Related rows: o.Lines.Any(line => line.Amount > 0).
        if (type.Is("System.Linq", "Enumerable") && method.Name is "Any" or "All" or "Count" or "Sum" or "Max" or "Min"
            && call.ArgumentOf(0)?.Unconverted() is IPropertyReferenceOperation { Instance: { } owner, Property: var many } && IsCollection(many.Type) && IsMapped(many) && OfEntity(owner) is { } rows)
        {
            rows |= Related(many);
            if (call.Arguments.Length == 1)
                return rows;

            return Lambda(call, 1) is { Symbol.Parameters: [var element] } inner && Value(inner) is { } condition && elements.Add(element) ? Both(rows | Difference.Numbers, Of(condition)) : null;
        }

        return null;
    }

    private Difference? Arguments(IInvocationOperation call, Difference difference, bool isKnown)
    {
        foreach (var argument in call.Arguments)
        {
            if (Of(argument.Value) is not { } given)
                return null;

            difference |= given;
        }

        return isKnown ? difference : null;
    }

    /// <summary>IN: a value of the element in a list that was captured.</summary>
    private Difference? Membership(IInvocationOperation call)
    {
        var (list, value) = call.Instance is { } instance ? (instance, call.ArgumentOf(0)) : (call.ArgumentOf(0), call.ArgumentOf(1));
        if (list is null || value is null || DependsOnElement(list) || call.Arguments.Length > (call.Instance is null ? 2 : 1) || Of(value) is not { } difference || value.Unconverted().Type is not { } type || !IsScalar(type))
            return null;

        list = list.Unconverted();
        if (list is not (ILocalReferenceOperation or IParameterReferenceOperation) && !(list is IMemberReferenceOperation member && IsCaptured(member)))
            return null;

        // The language binds Contains of an array to spans, which no expression tree can hold.
        if (list.Type is IArrayTypeSymbol)
            difference |= Difference.Rewrite;
        else if (list.Type is not INamedTypeSymbol { Name: "List" or "IList" or "ICollection" or "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" or "HashSet" or "ISet" })
            return null;

        return difference | (WithoutNull(type).SpecialType == SpecialType.System_String ? Difference.Text : Difference.None) | (list.Type is { Name: "IEnumerable" } ? Difference.Rewrite : Difference.None);
    }

    private static bool IsCollection(ITypeSymbol type) => type is INamedTypeSymbol { Name: "List" or "IList" or "ICollection" or "HashSet" or "ISet" or "Collection" or "IEnumerable" or "IReadOnlyCollection" or "IReadOnlyList", TypeArguments: [{ TypeKind: TypeKind.Class } element] } named && named.IsFromSystem() && IsReference(element);

    private bool DependsOnElement(IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IParameterReferenceOperation { Parameter: var parameter } && elements.Contains(parameter))
                return true;
        }

        return false;
    }

    private static Difference? Both(Difference? one, Difference? other) => one is { } first && other is { } second ? first | second : null;
}
