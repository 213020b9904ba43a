namespace HotPath;

/// <summary>What does not change while a loop runs. An allow-list: in doubt it changes.</summary>
internal static class Invariance
{
    /// <summary>
    /// Whether, as far as the loop itself shows, the value is the same in every iteration: good enough to report.
    /// Constants, variables that the loop neither assigns nor changes, readonly state, and pure members of such values.
    /// </summary>
    public static bool Holds(IOperation value, Loop loop) => Of(value, loop) < Change.Certain;

    /// <summary>
    /// Whether nothing at all can change the value while the loop runs: good enough to move its evaluation.
    /// Beside <see cref="Holds"/>, no code that the loop runs may reach the object by another name.
    /// </summary>
    public static bool IsProven(IOperation value, Loop loop) => Of(value, loop) == Change.None && IsOutOfReach(value, loop);

    /// <summary>What the loop does to the object that the value evaluates to, or to anything the value is computed from.</summary>
    public static Change Of(IOperation value, Loop loop)
    {
        var worst = Change.None;
        foreach (var part in value.DescendantsAndSelf())
        {
            var change = OfPart(part, loop);
            if (change == Change.Certain)
                return Change.Certain;

            if (change > worst)
                worst = change;
        }

        return worst;
    }

    private static Change OfPart(IOperation part, Loop loop)
    {
        if (part.ConstantValue.HasValue)
            return Change.None;

        switch (part)
        {
            case ILocalReferenceOperation { Local: var local }:
                return IsDeclaredIn(local, loop) ? Change.Certain : OfVariable(local, loop);

            case IParameterReferenceOperation { Parameter: var parameter }:
                return IsDeclaredIn(parameter, loop) ? Change.Certain : OfVariable(parameter, loop);

            case IFieldReferenceOperation { Field: { IsConst: true } }:
                return Change.None;

            case IFieldReferenceOperation { Field: { IsVolatile: true } }:
                return Change.Certain;

            case IFieldReferenceOperation { Field: var field }:
                return OfField(field, loop);

            case IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } reference:
                return OfProperty(property, getter, reference, loop);

            case IInvocationOperation call:
                return OfCall(call);

            case IInstanceReferenceOperation or ILiteralOperation or IArgumentOperation or ITypeOfOperation or INameOfOperation or IDefaultValueOperation or ISizeOfOperation
                or ITupleOperation or IConditionalOperation or ICoalesceOperation or IParenthesizedOperation or IInterpolatedStringOperation or IInterpolatedStringContentOperation
                or IArrayCreationOperation or IArrayInitializerOperation or IObjectCreationOperation or IObjectOrCollectionInitializerOperation or IDelegateCreationOperation or IMethodReferenceOperation
                or IIsTypeOperation or IRangeOperation or IConditionalAccessOperation or IConditionalAccessInstanceOperation or ISimpleAssignmentOperation or IArrayElementReferenceOperation:
                return Change.None;

            case IConversionOperation { OperatorMethod: null } or IBinaryOperation { OperatorMethod: null } or IUnaryOperation { OperatorMethod: null }:
                return Change.None;

            case IConversionOperation { OperatorMethod: { } method }:
                return Purity.IsPureLibrary(method) || Operations.IsSpan(part.Type) ? Change.None : Change.Certain;

            case IBinaryOperation { OperatorMethod: { } method }:
                return Purity.IsPureLibrary(method) ? Change.None : Change.Certain;

            default:
                return Change.Certain;
        }
    }

    private static Change OfVariable(ISymbol variable, Loop loop) => Aliasing.ChangeIn(variable, loop.Lambda ?? loop.Operation);

    /// <summary>A field is changed by the loop itself or by a source method that it calls.</summary>
    private static Change OfField(IFieldSymbol field, Loop loop)
    {
        var own = OfVariable(field, loop);
        if (own == Change.Certain || (field.IsReadOnly && Aliasing.IsImmutable(field.Type)))
            return own;

        var effects = Effects.Of(loop.Lambda ?? loop.Operation);
        if (effects.Written.Contains(field, SymbolEqualityComparer.Default))
            return Change.Certain;

        return own;
    }

    private static Change OfProperty(IPropertySymbol property, IMethodSymbol getter, IPropertyReferenceOperation reference, Loop loop)
    {
        // Length and Count of something that is itself checked as the instance.
        if (Purity.OfLibrary(getter) is { } known)
            return (known & ~Effect.ReadsState) == Effect.None ? Change.None : Change.Certain;

        if (property.IsIndexer || property.Locations is not [{ IsInSource: true }, ..])
            return property.ContainingType.IsFromSystem() && property.IsReadOnly ? Change.None : Change.Certain;

        // An own auto-property is a field with a longer name; one that can be overridden is not.
        if (property.IsVirtual || property.IsAbstract || property.IsOverride || !Effects.IsAuto(getter))
            return Change.Certain;

        var effects = Effects.Of(loop.Lambda ?? loop.Operation);
        if (effects.Written.Contains(property, SymbolEqualityComparer.Default) || effects.Kinds.HasFlag(Effect.Unknown) && property.SetMethod is not (null or { IsInitOnly: true }))
            return Change.Certain;

        return reference.Instance is null or IInstanceReferenceOperation || property.SetMethod is null or { IsInitOnly: true } ? ChangeOfMember(property, loop) : Change.Unknown;
    }

    /// <summary>What the loop does to the object in an own property.</summary>
    private static Change ChangeOfMember(IPropertySymbol property, Loop loop)
    {
        if (Aliasing.IsImmutable(property.Type))
            return Change.None;

        foreach (var part in (loop.Lambda ?? loop.Operation).DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property: var other } && SymbolEqualityComparer.Default.Equals(other, property)
                && Aliasing.Classify(part) is { } use
                && (use.Kind is UseKind.Assigned or UseKind.MemberWritten or UseKind.PassedByReference || use.Kind == UseKind.Called && use.Context is IInvocationOperation call && !Aliasing.LeavesReceiver(call)))
            {
                return Change.Certain;
            }
        }

        return Change.Unknown;
    }

    private static Change OfCall(IInvocationOperation call)
    {
        if (Purity.OfLibrary(call.TargetMethod) is { } known)
            return (known & ~Effect.ReadsState) == Effect.None ? Change.None : Change.Certain;

        return call.Root().SemanticModel is { Compilation: var compilation }
            && call.TargetMethod is { IsVirtual: false, IsAbstract: false, IsOverride: false, Locations: [{ IsInSource: true }, ..] } method
            && Effects.Of(method, compilation).ArePure
            ? Change.None
            : Change.Certain;
    }

    /// <summary>Whether no code that the loop runs can reach the objects of the value by another name.</summary>
    private static bool IsOutOfReach(IOperation value, Loop loop)
    {
        Effects? effects = null;
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part.Variable() is not { } variable || part is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation))
                continue;

            var type = part.Type;
            var isFixed = type is null || Aliasing.IsImmutable(type);

            if (variable is ILocalSymbol local && !IsCaptured(local, part) && (isFixed || IsPrivate(local, part)))
                continue;

            if (isFixed && variable is IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol { IsReadOnly: true } && !IsCaptured(variable, part))
                continue;

            effects ??= Effects.Of(loop.Lambda ?? loop.Operation);

            // Code that cannot be seen may hold the object, or write the variable it captured.
            if (effects.Kinds.HasFlag(Effect.Unknown) && !IsOnlyOfLibraries(loop))
                return false;

            if (effects.Written.Contains(variable, SymbolEqualityComparer.Default))
                return false;

            if (type is not null && effects.Mutated.Any(other => MayBeSame(type, other)))
                return false;
        }

        return true;
    }

    /// <summary>Whether all unknown code of the loop is in libraries, which know nothing of the user's objects unless handed to them.</summary>
    private static bool IsOnlyOfLibraries(Loop loop)
    {
        foreach (var part in (loop.Lambda ?? loop.Operation).DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } }:
                    return false;

                case IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..] } method }:
                    if (part.Root().SemanticModel is not { Compilation: var compilation } || method.IsAbstract || method.IsVirtual || method.IsOverride || Effects.Of(method, compilation).Kinds.HasFlag(Effect.Unknown))
                        return false;

                    break;

                case IPropertyReferenceOperation { Property: { Locations: [{ IsInSource: true }, ..], GetMethod: { } getter } property }:
                    if (property.IsAbstract || property.IsVirtual || property.IsOverride
                        || !Effects.IsAuto(getter) && part.Root().SemanticModel is { Compilation: var own } && Effects.Of(getter, own).Kinds.HasFlag(Effect.Unknown))
                    {
                        return false;
                    }

                    break;

                case IForEachLoopOperation { Collection: var collection } when collection.Unconverted().Type is { } type && (!type.IsFromSystem() && type is not IArrayTypeSymbol || Aliasing.IsReadOnlyView(type)):
                    return false;

                case IDynamicInvocationOperation or IDynamicMemberReferenceOperation:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the local holds an object that no other name in the member refers to.</summary>
    private static bool IsPrivate(ILocalSymbol local, IOperation reference)
    {
        if (Origins.Only(local, reference) is not { } origin || !Origins.IsFresh(origin))
            return false;

        foreach (var use in Aliasing.Uses(local, reference.Root()))
        {
            // What shares the object before or in the loop may change it there; returning it ends the method.
            if (use.Kind is UseKind.Shared && use.Context is not IReturnOperation { Kind: OperationKind.Return })
                return false;

            if (use.Kind == UseKind.Passed && use.Context is IArgumentOperation { Parent: not IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" or "String" or "Console" } } argument
                && !(argument.Parameter?.ContainingType.IsFromSystem() == true && Aliasing.IsReadOnlyView(argument.Parameter.OriginalDefinition.Type)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a lambda or local function of the member assigns the variable or changes its object: it may run at any time.</summary>
    private static bool IsCaptured(ISymbol variable, IOperation reference)
    {
        var root = reference.Root();
        foreach (var part in root.Descendants())
        {
            if (part is IAnonymousFunctionOperation or ILocalFunctionOperation
                && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, (part as IAnonymousFunctionOperation)?.Symbol ?? (part as ILocalFunctionOperation)?.Symbol)
                && Aliasing.ChangeIn(variable, part) != Change.None)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a variable of one type and one of the other can refer to the same object.</summary>
    private static bool MayBeSame(ITypeSymbol type, ITypeSymbol other)
    {
        if (SymbolEqualityComparer.Default.Equals(type, other) || other.TypeKind == TypeKind.Interface || type.TypeKind == TypeKind.Interface
            || other.SpecialType == SpecialType.System_Object || other is ITypeParameterSymbol || type is ITypeParameterSymbol)
        {
            // Two constructions of one sealed collection with different elements are different objects.
            return true;
        }

        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, other))
                return true;
        }

        for (var current = other.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, type))
                return true;
        }

        return false;
    }

    private static bool IsDeclaredIn(ISymbol symbol, Loop loop)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Span.Contains(reference.Span))
                return true;
        }

        return false;
    }
}
