namespace HotPath;

/// <summary>Whether a hash table finds what a comparison finds.</summary>
internal static class Equality
{
    /// <summary>
    /// Whether the default comparer's hash codes go with its equality, as far as the type itself shows: no level of it overrides <c>Equals</c>, or implements
    /// <c>IEquatable&lt;T&gt;</c>, without <c>GetHashCode</c>, or the other way round.
    /// </summary>
    public static bool IsHashable(ITypeSymbol type)
    {
        switch (type)
        {
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }:
                return IsHashable(underlying);

            case INamedTypeSymbol { IsTupleType: true, TupleElements: var elements }:
                return elements.All(static element => IsHashable(element.Type));

            case INamedTypeSymbol named:
                for (var current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
                {
                    if (!current.IsFromSystem() && !IsConsistent(current))
                        return false;
                }

                return true;

            default:
                return true;
        }
    }

    /// <summary>
    /// Whether the default comparer's equality and hash codes are sure to go together, to do nothing else, and to stay what they are: beside <see cref="IsHashable"/>,
    /// no subtype in the compilation breaks it, the overrides have no effects and throw nothing.
    /// </summary>
    public static bool IsSurelyHashable(ITypeSymbol type, Compilation compilation)
    {
        switch (type)
        {
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }:
                return IsSurelyHashable(underlying, compilation);

            case INamedTypeSymbol { IsTupleType: true, TupleElements: var elements }:
                return elements.All(element => IsSurelyHashable(element.Type, compilation));

            case IArrayTypeSymbol:
                return true;

            case { TypeKind: TypeKind.Enum or TypeKind.Delegate }:
                return true;

            case INamedTypeSymbol { SpecialType: not (SpecialType.None or SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum) }:
                return true;

            case INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } named when IsHashable(named):
                for (var current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
                {
                    if (!IsQuiet(current, compilation))
                        return false;
                }

                return named.IsFromSystem() || named.IsSealed || named.IsValueType
                    ? named.TypeArguments.All(argument => !argument.IsValueType || IsSurelyHashable(argument, compilation))
                    : SubtypesAgree(named, compilation.Assembly.GlobalNamespace, compilation);

            default:
                return false;
        }
    }

    /// <summary>Whether two values of the type that are equal now may differ later, or the other way round, because equality reads what can be written.</summary>
    public static bool CanChange(ITypeSymbol type) => CanChange(type, depth: 0);

    private static bool CanChange(ITypeSymbol type, int depth)
    {
        // Types that are made of themselves come back here for ever.
        if (depth > 4)
            return true;

        switch (type)
        {
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }:
                return CanChange(underlying, depth);

            case INamedTypeSymbol { IsTupleType: true, TupleElements: var elements }:
                return elements.Any(element => CanChange(element.Type, depth + 1));

            case INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } named when !named.IsFromSystem():
                if (named.IsValueType)
                {
                    // A copy in a set is out of reach, what it refers to is not.
                    return named.GetMembers().Any(member => member is IFieldSymbol { IsStatic: false, IsConst: false, Type: var field } && CanChange(field, depth + 1));
                }

                var hasValueEquality = false;
                for (var current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
                    hasValueEquality |= Overrides(current).Equality;

                return hasValueEquality && HasState(named, depth);

            default:
                return false;
        }
    }

    /// <summary>Whether <c>==</c> between two values of the type asks the same as the default comparer: not for floating point (NaN), open classes, and operators of one's own.</summary>
    public static bool OperatorAgrees(ITypeSymbol type, IMethodSymbol? operatorMethod)
    {
        switch (type)
        {
            case INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] }:
                return OperatorAgrees(underlying, operatorMethod);

            case { SpecialType: SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or SpecialType.System_Decimal or SpecialType.System_DateTime
                or SpecialType.System_IntPtr or SpecialType.System_UIntPtr or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) }:
            case { TypeKind: TypeKind.Enum or TypeKind.Delegate }:
            case IArrayTypeSymbol:
                return true;

            case INamedTypeSymbol { IsRecord: true }:
                return operatorMethod is { IsImplicitlyDeclared: true };

            case INamedTypeSymbol { IsValueType: true, Name: "DateTimeOffset" or "TimeSpan" or "Guid" or "DateOnly" or "TimeOnly" or "Int128" or "UInt128" or "BigInteger" or "Rune" } when type.IsFromSystem():
            case INamedTypeSymbol { IsValueType: false, Name: "Uri" or "Version" or "Type" } when type.IsFromSystem() && operatorMethod is not null:
                return true;

            case INamedTypeSymbol { TypeKind: TypeKind.Class, IsSealed: true, SpecialType: SpecialType.None } named when operatorMethod is null:
                for (var current = named; current is { SpecialType: SpecialType.None }; current = current.BaseType)
                {
                    if (Overrides(current).Equality)
                        return false;
                }

                return true;

            default:
                return false;
        }
    }

    /// <summary>Whether a call of <c>x.Equals(y)</c> on the type asks the same as the default comparer.</summary>
    public static bool MethodAgrees(ITypeSymbol type, IMethodSymbol equals)
    {
        if (equals is not { Name: "Equals", Parameters: [{ Type: var parameter }] })
            return false;

        return equals.IsOverride || equals.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType or SpecialType.System_Enum
            || SymbolEqualityComparer.Default.Equals(parameter, type)
                && (equals.ContainingType.Name == "IEquatable" || (type as INamedTypeSymbol)?.AllInterfaces.Any(each => each.Is("System", "IEquatable") && SymbolEqualityComparer.Default.Equals(each.TypeArguments[0], type)) == true);
    }

    private static bool IsConsistent(INamedTypeSymbol type)
    {
        var (equals, hash) = Overrides(type);
        return equals == hash;
    }

    /// <summary>What the type itself says about equality; of a record what it writes out, because the compiler writes the rest to match.</summary>
    private static (bool Equality, bool Hash) Overrides(INamedTypeSymbol type)
    {
        var (equals, hash) = (false, false);
        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol { IsStatic: false } method || method.IsImplicitlyDeclared && type.IsRecord)
                continue;

            switch (method.Name)
            {
                case "GetHashCode" when method is { Parameters.Length: 0, IsOverride: true }:
                    hash = true;
                    break;

                case "Equals" when method is { Parameters: [{ Type.SpecialType: SpecialType.System_Object }], IsOverride: true }:
                    equals = true;
                    break;

                case "Equals" when method.Parameters is [{ Type: var other }] && SymbolEqualityComparer.Default.Equals(other, type) && (type.IsRecord || IsEquatable(type)):
                case var _ when method.ExplicitInterfaceImplementations.Any(static each => each.ContainingType.Is("System", "IEquatable")) && IsEquatable(type):
                    equals = true;
                    break;
            }
        }

        // A record compares by value in any case.
        return type.IsRecord && equals == hash ? (true, true) : (equals, hash);
    }

    private static bool IsEquatable(INamedTypeSymbol type) =>
        type.Interfaces.Any(each => each.Is("System", "IEquatable") && SymbolEqualityComparer.Default.Equals(each.TypeArguments[0], type));

    /// <summary>Whether the type's own overrides do nothing but answer.</summary>
    private static bool IsQuiet(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.IsFromSystem())
            return true;

        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol { Name: "Equals" or "GetHashCode" or "PrintMembers", IsStatic: false, IsImplicitlyDeclared: false } method)
                continue;

            if (method.Locations is not [{ IsInSource: true }, ..])
                continue;

            if ((Effects.Of(method, compilation).Kinds & (Effect.WritesState | Effect.External | Effect.Volatile | Effect.MutatesReceiver | Effect.MutatesArguments)) != 0)
                return false;

            foreach (var body in Bodies.Of(compilation).Of(method))
            {
                if (body.DescendantsAndSelf().Any(static part => part is IThrowOperation))
                    return false;
            }
        }

        return true;
    }

    private static bool SubtypesAgree(INamedTypeSymbol type, INamespaceOrTypeSymbol within, Compilation compilation)
    {
        foreach (var member in within.GetMembers())
        {
            if (member is INamedTypeSymbol named && InheritsFrom(named, type) && (!IsConsistent(named) || !IsQuiet(named, compilation)))
                return false;

            if (member is INamespaceOrTypeSymbol inner && !SubtypesAgree(type, inner, compilation))
                return false;
        }

        return true;
    }

    private static bool InheritsFrom(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>Whether an object of the type has anything that can be written after it was made.</summary>
    private static bool HasState(INamedTypeSymbol type, int depth)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsConst: false, AssociatedSymbol: null } field && (!field.IsReadOnly && !IsUnassignedParameter(field, current) || CanChange(field.Type, depth + 1)))
                    return true;

                if (member is IPropertySymbol { IsStatic: false, IsIndexer: false } property
                    && (property.SetMethod is { IsInitOnly: false } || property.GetMethod is { } getter && Effects.IsAuto(getter) && property.Name != "EqualityContract" && CanChange(property.Type, depth + 1)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the field holds a parameter of a primary constructor that nothing in the type assigns.</summary>
    private static bool IsUnassignedParameter(IFieldSymbol field, INamedTypeSymbol type)
    {
        if (!field.IsImplicitlyDeclared)
            return false;

        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes())
            {
                var target = node switch
                {
                    AssignmentExpressionSyntax { Left: var left } => left,
                    PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix => prefix.Operand,
                    PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix => postfix.Operand,
                    ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument => argument.Expression,
                    _ => null,
                };

                if (target is not null && target.DescendantNodesAndSelf().Any(name => name is IdentifierNameSyntax identifier && field.Name.StartsWith("<" + identifier.Identifier.ValueText + ">", StringComparison.Ordinal)))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Reads the <c>StringComparison</c> that may stand behind the operands of a comparison.</summary>
    /// <param name="arguments">The arguments of the call.</param>
    /// <param name="operands">How many of them are compared.</param>
    /// <param name="comparison">Its name, which is that of the <c>StringComparer</c> that compares alike; null where there is none.</param>
    /// <returns>False where something else stands behind the operands.</returns>
    public static bool TryReadComparison(ImmutableArray<IArgumentOperation> arguments, int operands, out string? comparison)
    {
        comparison = null;
        if (arguments.Length == operands)
            return true;

        if (arguments.Length != operands + 1 || arguments[operands].Value is not IFieldReferenceOperation { Field: { ContainingType.Name: "StringComparison", Name: var name } })
            return false;

        comparison = name;
        return true;
    }
}
