namespace HotPath;

/// <summary>A comparison of one key of an element with a value that is the same for all elements.</summary>
internal sealed class KeyMatch
{
    private KeyMatch(IOperation key, IOperation value)
    {
        Key = key;
        Value = value;
        Type = key.Type!;
    }

    /// <summary>What is computed from the element alone, converted to the type in which it is compared.</summary>
    public IOperation Key { get; }

    /// <summary>What it is compared with.</summary>
    public IOperation Value { get; }

    /// <summary>The type in which key and value are compared.</summary>
    public ITypeSymbol Type { get; private set; }

    /// <summary>The property of <c>StringComparer</c> that compares as the code does, or null for the default.</summary>
    public string? StringComparer { get; private set; }

    /// <summary>Whether the comparison throws when the key is null.</summary>
    public bool ThrowsOnNullKey { get; private set; }

    /// <summary>Whether the comparison throws when the value is null.</summary>
    public bool ThrowsOnNullValue { get; private set; }

    /// <summary>Whether the key is the element itself.</summary>
    public bool IsIdentity { get; private set; }

    /// <summary>The properties and fields that the key is read from, the last one first.</summary>
    public ImmutableArray<ISymbol> Members { get; private set; } = [];

    /// <summary>What the key is called in a message or a name: <c>Id</c>, <c>Customer.Id</c>.</summary>
    public string Name => Members.IsEmpty ? "value" : string.Join(".", Members.Reverse().Select(static member => member.Name));

    /// <summary>The comparison of the element's key that the condition is, or with <paramref name="negated"/> the opposite of; null for any other condition.</summary>
    public static KeyMatch? Of(IOperation condition, KeyElement element, bool negated = false)
    {
        condition = condition.Unconverted();
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null, Operand: var operand })
        {
            negated = !negated;
            condition = operand.Unconverted();
        }

        var match = condition switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal when !negated => ByOperator(equal, element),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different when negated => ByOperator(different, element),
            IInvocationOperation { TargetMethod.Name: "Equals" } equals when !negated => ByMethod(equals, element),
            _ => null,
        };

        return match is { Type.SpecialType: not SpecialType.System_Boolean } && match.Value.Unconverted().ConstantValue is not { HasValue: true, Value: null } && IsSteady(match.Value)
            && (match.StringComparer is not null || Equality.IsHashable(match.Type))
            ? match
            : null;
    }

    private static KeyMatch? ByOperator(IBinaryOperation comparison, KeyElement element)
    {
        if (Pick(comparison.LeftOperand, comparison.RightOperand, element) is not { } match)
            return null;

        return Equality.OperatorAgrees(match.Type, comparison.OperatorMethod) ? match : null;
    }

    private static KeyMatch? ByMethod(IInvocationOperation call, KeyElement element)
    {
        var method = call.TargetMethod;
        var arguments = call.Arguments;

        if (call.Instance is { } instance)
        {
            // EqualityComparer<T>.Default.Equals(x.Key, v), StringComparer.Ordinal.Equals(x.Key, v)
            if (arguments.Length == 2 && instance is IPropertyReferenceOperation { Property: { IsStatic: true, Name: var name, ContainingType: var holder } } && holder.IsFromSystem())
            {
                if (Pick(arguments[0].Value, arguments[1].Value, element) is not { } compared)
                    return null;

                if (holder.Name == "EqualityComparer" && name == "Default")
                    return compared;

                compared.StringComparer = name;
                return holder.Name == "StringComparer" && compared.Type.SpecialType == SpecialType.System_String ? compared : null;
            }

            if (arguments.Length == 0 || Pick(instance, arguments[0].Value, element) is not { } match || !match.Compares(arguments, 1))
                return null;

            if (arguments.Length == 1 && !Equality.MethodAgrees(match.Type, method))
                return null;

            match.ThrowsOnNullKey = ReferenceEquals(match.Key, instance);
            match.ThrowsOnNullValue = !match.ThrowsOnNullKey;
            return IsSameType(match) ? match : null;
        }

        return arguments.Length >= 2 && method.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_String
            && Pick(arguments[0].Value, arguments[1].Value, element) is { } both && both.Compares(arguments, 2) && IsSameType(both)
            ? both
            : null;
    }

    /// <summary>Equals takes anything; an index takes keys of one type.</summary>
    private static bool IsSameType(KeyMatch match)
    {
        var own = match.Key.Unconverted().Type;
        if (own is null || !SymbolEqualityComparer.Default.Equals(match.Value.Unconverted().Type, own))
            return false;

        match.Type = own;
        return true;
    }

    private bool Compares(ImmutableArray<IArgumentOperation> arguments, int operands)
    {
        var isRead = Equality.TryReadComparison(arguments, operands, out var comparison);
        StringComparer = comparison;
        return isRead;
    }

    private static KeyMatch? Pick(IOperation first, IOperation second, KeyElement element)
    {
        if (first.Type is null || second.Type is null)
            return null;

        List<ISymbol> members = [];
        var isFirst = IsKey(first, element, members);
        if (!isFirst)
        {
            members.Clear();
            if (!IsKey(second, element, members))
                return null;
        }

        var (key, value) = isFirst ? (first, second) : (second, first);
        if (element.IsIn(value))
            return null;

        // Two characters, or two short numbers, are compared as int: they are equal as what they are.
        if (key is IConversionOperation { IsImplicit: true, OperatorMethod: null, Conversion.IsNumeric: true, Operand: { Type: { } narrow } own } && value is IConversionOperation { OperatorMethod: null, IsImplicit: true, Operand: var other } && SymbolEqualityComparer.Default.Equals(narrow, other.Type))
            (key, value) = (own, other);

        return new(key, value) { IsIdentity = element.Is(key), Members = [.. members] };
    }

    /// <summary>Whether the operation is computed from the element and constants alone.</summary>
    private static bool IsKey(IOperation operation, KeyElement element, List<ISymbol> members)
    {
        if (operation is IConversionOperation { OperatorMethod: not null })
            return false;

        operation = operation.Unconverted();
        if (element.Is(operation))
            return true;

        switch (operation)
        {
            case IConversionOperation { OperatorMethod: null, Operand: var operand }:
                return IsKey(operand, element, members);

            case IFieldReferenceOperation { Instance: { } instance, Field: { IsVolatile: false } field }:
                members.Add(field);
                return IsKey(instance, element, members);

            case IPropertyReferenceOperation { Instance: { } instance, Property: { GetMethod: { } getter } property, Arguments: var arguments }:
                if (!arguments.All(static argument => argument.Value.ConstantValue.HasValue) || !IsRead(getter, operation))
                    return false;

                members.Add(property);
                return IsKey(instance, element, members);

            case IArrayElementReferenceOperation { ArrayReference: var array, Indices: [{ ConstantValue.HasValue: true }] }:
                return IsKey(array, element, members);

            case IConditionalAccessOperation { Operation: var owner, WhenNotNull: IPropertyReferenceOperation { Instance: IConditionalAccessInstanceOperation, Property: { GetMethod: { } getter } property } }:
                members.Add(property);
                return IsRead(getter, operation) && IsKey(owner, element, members);

            case IInvocationOperation { TargetMethod: var method } call when Purity.IsPureLibrary(method):
                IOperation? only = call.Instance;
                foreach (var argument in call.Arguments)
                {
                    if (argument.Value.ConstantValue.HasValue || argument.Value.Unconverted() is IPropertyReferenceOperation { Instance: null })
                        continue;

                    if (only is not null)
                        return false;

                    only = argument.Value;
                }

                return only is not null && IsKey(only, element, members);

            default:
                return false;
        }
    }

    private static bool IsRead(IMethodSymbol getter, IOperation at)
    {
        if (Purity.OfLibrary(getter) is { } known)
            return (known & ~Effect.ReadsState) == Effect.None;

        if (getter.Locations is not [{ IsInSource: true }, ..])
            return true;

        return getter.IsAbstract || Effects.IsAuto(getter) || at.SemanticModel is { Compilation: var compilation } && Effects.Of(getter, compilation).AreReadOnly;
    }

    /// <summary>Whether the value may be computed once as well as once per element.</summary>
    private static bool IsSteady(IOperation value) =>
        value.ConstantValue.HasValue || value.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation || Effects.Of(value) is { } effects && (effects.Kinds & ~(Effect.ReadsState | Effect.Unknown)) == Effect.None && effects.Written.Count == 0 && (effects.AreReadOnly || IsOfInterfaces(value));

    /// <summary>Whether what cannot be seen are only properties that an interface or a base class declares.</summary>
    private static bool IsOfInterfaces(IOperation value)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod: var method } && Purity.OfLibrary(method) is null || part is IObjectCreationOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation)
                return false;
        }

        return true;
    }
}
