namespace HotPath;

/// <summary>What does not change while a loop runs. An allow-list: in doubt it changes.</summary>
internal static class Invariance
{
    /// <summary>
    /// Whether, as far as the loop itself shows, the value is the same in every iteration: good enough to report.
    /// Constants, variables that the loop neither assigns nor changes, readonly state, and pure members of such values.
    /// </summary>
    public static bool Holds(IOperation value, Loop loop) => Of(value, loop) < Change.Certain;

    /// <inheritdoc cref="Holds(IOperation, Loop)"/>
    /// <param name="value">The value.</param>
    /// <param name="region">Any piece of code that runs after the value is first evaluated: a loop, a lambda, a statement, a chain of calls.</param>
    /// <param name="without">A call in the region whose own effect does not count.</param>
    public static bool Holds(IOperation value, IOperation region, IInvocationOperation? without = null) => Of(value, region, without) < Change.Certain;

    /// <summary>
    /// Whether nothing at all can change the value while the loop runs: good enough to move its evaluation.
    /// Beside <see cref="Holds"/>, no code that the loop runs may reach the object by another name.
    /// </summary>
    public static bool IsProven(IOperation value, Loop loop) => IsProven(value, loop.Lambda ?? loop.Operation);

    /// <inheritdoc cref="IsProven(IOperation, Loop)"/>
    /// <param name="value">The value.</param>
    /// <param name="region">Any piece of code that runs after the value is first evaluated: a loop, a lambda, a statement, a chain of calls.</param>
    /// <param name="without">A call in the region whose own effect does not count.</param>
    public static bool IsProven(IOperation value, IOperation region, IInvocationOperation? without = null) =>
        Of(value, region, without) == Change.None && IsOutOfReach(value, region, without);

    /// <summary>Whether no code that cannot be seen may write the member, of any object, while the region runs; what can be seen is asked of <see cref="Effects.Written"/>.</summary>
    public static bool IsUnreachable(ISymbol member, IOperation region) =>
        !LetsOthersRun(region) && (!Effects.Of(region).Kinds.HasFlag(Effect.Unknown) || IsOnlyOfLibraries(region)) && member is not IFieldSymbol { IsVolatile: true };

    /// <summary>Whether the region, as far as it shows, leaves a variable or member and the object in it as they are, also where only its callees name it.</summary>
    /// <param name="variable">The variable or member.</param>
    /// <param name="region">The code.</param>
    /// <param name="effects">What the region does, callees included.</param>
    public static bool Keeps(ISymbol variable, IOperation region, Effects effects) =>
        !region.Declares(variable)
        && (variable is IPropertySymbol || Aliasing.ChangeIn(variable, region) < Change.Certain)
        && !effects.Written.Contains(variable, SymbolEqualityComparer.Default);

    /// <summary>Whether a lambda or local function assigns the variable, which then may get another value at any time.</summary>
    public static bool IsWrittenByOthers(ISymbol variable, IOperation reference)
    {
        foreach (var use in Aliasing.Uses(variable, reference.Root()))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference && use.Reference.Function() is IAnonymousFunctionOperation or ILocalFunctionOperation
                && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, (use.Reference.Function() as IAnonymousFunctionOperation)?.Symbol ?? (use.Reference.Function() as ILocalFunctionOperation)?.Symbol))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the loop does to the object that the value evaluates to, or to anything the value is computed from.</summary>
    public static Change Of(IOperation value, Loop loop) => Of(value, loop.Lambda ?? loop.Operation);

    /// <inheritdoc cref="Of(IOperation, Loop)"/>
    /// <param name="value">The value.</param>
    /// <param name="region">Any piece of code that runs after the value is first evaluated: a loop, a lambda, a statement, a chain of calls.</param>
    /// <param name="without">A call in the region whose own effect does not count.</param>
    public static Change Of(IOperation value, IOperation region, IInvocationOperation? without = null)
    {
        var worst = Change.None;
        foreach (var part in value.DescendantsAndSelf())
        {
            var change = OfPart(part, region, without);
            if (change == Change.Certain)
                return Change.Certain;

            if (change > worst)
                worst = change;
        }

        return worst;
    }

    private static Change OfPart(IOperation part, IOperation region, IInvocationOperation? without)
    {
        if (part.ConstantValue.HasValue)
            return Change.None;

        switch (part)
        {
            case ILocalReferenceOperation { Local: var local }:
                return region.Declares(local) ? Change.Certain : OfVariable(local, part, region, without);

            case IParameterReferenceOperation { Parameter: var parameter }:
                return region.Declares(parameter) ? Change.Certain : OfVariable(parameter, part, region, without);

            case IFieldReferenceOperation { Field: { IsConst: true } }:
                return Change.None;

            case IFieldReferenceOperation { Field: { IsVolatile: true } }:
                return Change.Certain;

            case IFieldReferenceOperation { Field: var field }:
                return OfField(field, part, region, without);

            case IPropertyReferenceOperation { Property: { GetMethod: { } getter } property } reference:
                return OfProperty(property, getter, reference, region, without);

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

    private static Change OfVariable(ISymbol variable, IOperation reference, IOperation region, IInvocationOperation? without)
    {
        var own = Aliasing.ChangeIn(variable, region, without);
        if (own == Change.Certain || variable is IFieldSymbol || variable is ILocalSymbol && Aliasing.IsImmutable(reference.Type) && !IsCaptured(variable, reference))
            return own;

        // A parameter of a primary constructor is a field in all but name.
        if (variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } && Effects.Of(region, without: without).Written.Contains(variable, SymbolEqualityComparer.Default))
            return Change.Certain;

        return IsChangedElsewhere(variable, reference, region) || IsChangedThroughAlias(variable, reference, region) ? Change.Certain : own;
    }

    /// <summary>Whether the region changes the object through another variable of the member that was made to hold it.</summary>
    private static bool IsChangedThroughAlias(ISymbol variable, IOperation reference, IOperation region)
    {
        if (Aliasing.IsImmutable(reference.Type))
            return false;

        if (References.Declarator(variable, reference) is { } declaration && Shares(declaration))
            return true;

        // What makes an alias names the variable: the assignments around each reference are all there are.
        foreach (var other in References.To(variable, reference.Root()))
        {
            for (var current = other.Parent; current is not (null or IBlockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation); current = current.Parent)
            {
                if (Shares(current))
                    return true;
            }
        }

        return false;

        bool Shares(IOperation part)
        {
            var (target, value) = part switch
            {
                IVariableDeclaratorOperation { Symbol: var local } declarator when declarator.GetVariableInitializer() is { } initializer => ((ISymbol?)local, initializer.Value),
                ISimpleAssignmentOperation { IsRef: false } assignment => (assignment.Target.Variable(), assignment.Value),
                _ => (null, null),
            };

            if (target is null || value is null || Aliasing.IsImmutable(value.Type))
                return false;

            return SymbolEqualityComparer.Default.Equals(target, variable)
                ? value.Unconverted().Variable() is { } origin && HasOtherChange(origin, region)
                : MayBe(value, variable) && HasOtherChange(target, region);
        }

        // The alias may get its value in the region; what counts is what is done to the object.
        static bool HasOtherChange(ISymbol alias, IOperation region) =>
            Aliasing.Uses(alias, region).Any(static use => use.Kind == UseKind.MemberWritten || use.Kind == UseKind.Called && use.Context is IInvocationOperation call && !Aliasing.LeavesReceiver(call));
    }

    /// <summary>Whether the value can be the object that the variable holds.</summary>
    private static bool MayBe(IOperation value, ISymbol variable) => value.Unconverted() switch
    {
        IConditionalOperation { WhenTrue: var one, WhenFalse: { } other } => MayBe(one, variable) || MayBe(other, variable),
        IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" or "AsReadOnly" or "AsEnumerable" } view => (view.Receiver() ?? view.ArgumentOf(0)) is { } viewed && MayBe(viewed, variable),
        ICoalesceOperation { Value: var one, WhenNull: var other } => MayBe(one, variable) || MayBe(other, variable),
        ISwitchExpressionOperation { Arms: var arms } => arms.Any(arm => MayBe(arm.Value, variable)),
        var other => SymbolEqualityComparer.Default.Equals(other.Variable(), variable),
    };

    /// <summary>Whether a lambda or local function outside the region changes the variable and may run in the region.</summary>
    private static bool IsChangedElsewhere(ISymbol variable, IOperation reference, IOperation region)
    {
        var span = region.Syntax.Span;
        foreach (var (part, change) in References.Changers(variable, reference))
        {
            if (change != Change.Certain || part.Syntax.Span.Contains(span) || span.Contains(part.Syntax.Span))
                continue;

            switch (part)
            {
                case ILocalFunctionOperation { Symbol: var function } when Runs(function, region, reference.Root(), depth: 0):
                    return true;

                // What an operator runs at once is over; any other delegate may be called by whoever got it.
                case IAnonymousFunctionOperation lambda when !(Loops.PerElement(lambda) is { } call && !Loops.IsDeferred(call.TargetMethod)) && CallsBack(region):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the code calls the local function, directly or through another one, or makes a delegate of it.</summary>
    private static bool Runs(IMethodSymbol function, IOperation code, IOperation root, int depth)
    {
        foreach (var part in code.DescendantsAndSelf())
        {
            var called = part switch
            {
                IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } target } => target,
                IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } target } => target,
                _ => null,
            };

            if (called is null)
                continue;

            if (SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, function.OriginalDefinition) || depth >= 4)
                return true;

            foreach (var other in References.Functions(root))
            {
                if (other is ILocalFunctionOperation local && SymbolEqualityComparer.Default.Equals(local.Symbol, called.OriginalDefinition) && !local.Syntax.Span.Contains(code.Syntax.Span) && Runs(function, local, root, depth + 1))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the code may call a delegate or enumerate a query that was made elsewhere.</summary>
    private static bool CallsBack(IOperation region)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } }:
                case IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..] } }:
                case IRaiseEventOperation or IAwaitOperation:
                case IForEachLoopOperation { Collection: var collection } when collection.Unconverted().Type is { } type && type is not IArrayTypeSymbol && (!type.IsFromSystem() || Aliasing.IsReadOnlyView(type)):
                    return true;
            }
        }

        return false;
    }

    /// <summary>A field is changed by the loop itself or by a source method that it calls.</summary>
    private static Change OfField(IFieldSymbol field, IOperation reference, IOperation region, IInvocationOperation? without)
    {
        var own = OfVariable(field, reference, region, without);
        if (own == Change.Certain || (field.IsReadOnly && Aliasing.IsImmutable(field.Type)))
            return own;

        var effects = Effects.Of(region, without: without);
        if (effects.Written.Contains(field, SymbolEqualityComparer.Default))
            return Change.Certain;

        return own;
    }

    private static Change OfProperty(IPropertySymbol property, IMethodSymbol getter, IPropertyReferenceOperation reference, IOperation region, IInvocationOperation? without)
    {
        // Length and Count of something that is itself checked as the instance.
        if (Purity.OfLibrary(getter) is { } known)
            return (known & ~Effect.ReadsState) == Effect.None ? Change.None : Change.Certain;

        if (property.IsIndexer || property.Locations is not [{ IsInSource: true }, ..])
            return property.ContainingType.IsFromSystem() && property.IsReadOnly ? Change.None : Change.Certain;

        // An own auto-property is a field with a longer name; one that can be overridden is not.
        if (property.IsVirtual || property.IsAbstract || property.IsOverride || !Effects.IsAuto(getter))
            return Change.Certain;

        var effects = Effects.Of(region, without: without);
        if (effects.Written.Contains(property, SymbolEqualityComparer.Default) || effects.Kinds.HasFlag(Effect.Unknown) && property.SetMethod is not (null or { IsInitOnly: true }))
            return Change.Certain;

        return reference.Instance is null or IInstanceReferenceOperation || property.SetMethod is null or { IsInitOnly: true } ? ChangeOfMember(property, region, without) : Change.Unknown;
    }

    /// <summary>What the loop does to the object in an own property.</summary>
    private static Change ChangeOfMember(IPropertySymbol property, IOperation region, IInvocationOperation? without)
    {
        if (Aliasing.IsImmutable(property.Type))
            return Change.None;

        foreach (var part in region.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property: var other } && SymbolEqualityComparer.Default.Equals(other, property)
                && Aliasing.Classify(part) is { } use
                && (use.Kind is UseKind.Assigned or UseKind.MemberWritten or UseKind.PassedByReference || use.Kind == UseKind.Called && use.Context is IInvocationOperation call && !ReferenceEquals(call, without) && !Aliasing.LeavesReceiver(call)))
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
    private static bool IsOutOfReach(IOperation value, IOperation region, IInvocationOperation? without)
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

            effects ??= Effects.Of(region, without: without);

            // Whoever is asked to wait, waits for the next element, or makes it, runs code of its own meanwhile.
            if (!isFixed && LetsOthersRun(region))
                return false;

            // Code that cannot be seen may hold the object, or write the variable it captured.
            if (effects.Kinds.HasFlag(Effect.Unknown) && !IsOnlyOfLibraries(region))
                return false;

            if (effects.Written.Contains(variable, SymbolEqualityComparer.Default))
                return false;

            if (type is not null && effects.Mutated.Any(other => MayBeSame(type, other)))
                return false;
        }

        return true;
    }

    /// <summary>Whether the code awaits, yields, or runs a query over a sequence that anyone may have written.</summary>
    private static bool LetsOthersRun(IOperation region)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            if (part is IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true })
                return true;

            if (part is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Parameters.Length: > 0 } method } call && method.ContainingType.IsFromSystem() && call.ArgumentOf(0) is { } source && RunsForeignCode(source, depth: 0))
                return true;
        }

        return false;
    }

    /// <summary>Whether enumerating the sequence may run code that cannot be seen: an iterator, a collection of the user's own.</summary>
    private static bool RunsForeignCode(IOperation sequence, int depth)
    {
        sequence = sequence.Unconverted();
        switch (sequence)
        {
            case { Type: null or IArrayTypeSymbol or { SpecialType: SpecialType.System_String } }:
                return false;

            case { Type: INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } collection } when collection.IsFromSystem():
                return false;

            case ITranslatedQueryOperation { Operation: var query }:
                return RunsForeignCode(query, depth);

            // What a lookup holds it has read.
            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType: { Name: "ILookup" or "Lookup" } lookup } } when lookup.IsFromSystem():
                return false;

            case IInvocationOperation { TargetMethod: var method } call when method.ContainingType.IsFromSystem():
                if (method.ContainingType.Name != "Enumerable")
                    return false;

                foreach (var argument in call.Arguments)
                {
                    if (argument.Parameter?.Type is INamedTypeSymbol { Name: "IEnumerable" or "IOrderedEnumerable" } && RunsForeignCode(argument.Value, depth))
                        return true;
                }

                return false;

            case ILocalReferenceOperation { Local: var local } when depth < 4 && Origins.Only(local, sequence) is { } origin:
                return RunsForeignCode(origin, depth + 1);

            default:
                return true;
        }
    }

    /// <summary>Whether all unknown code of the loop is in libraries, which know nothing of the user's objects unless handed to them.</summary>
    private static bool IsOnlyOfLibraries(IOperation region)
    {
        foreach (var part in region.DescendantsAndSelf())
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

                case IForEachLoopOperation { Collection: var collection } when RunsForeignCode(collection, depth: 0):
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
            // A span or a query of it is another name for it.
            if (use.Kind is UseKind.Called && use.Context is IInvocationOperation { TargetMethod.Name: "AsSpan" or "AsMemory" or "AsReadOnly" })
                return false;

            // What shares the object before or in the loop may change it there; returning it ends the method.
            if (use.Kind is UseKind.Shared && use.Context is not IReturnOperation { Kind: OperationKind.Return })
                return false;

            // A collection that it is put into, and a delegate that it is given to, know it from then on.
            if (use.Kind == UseKind.Passed && use.Context is IArgumentOperation { Parent: not IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" or "String" or "Console" } } argument
                && !(argument.Parameter is { ContainingType: { TypeKind: not TypeKind.Delegate } type } parameter && type.IsFromSystem() && Aliasing.IsReadOnlyView(parameter.OriginalDefinition.Type)
                    && parameter.OriginalDefinition.Type is not ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type }))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a lambda or local function of the member assigns the variable or changes its object: it may run at any time.</summary>
    private static bool IsCaptured(ISymbol variable, IOperation reference)
    {
        foreach (var (function, _) in References.Changers(variable, reference))
        {
            if (!SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, (function as IAnonymousFunctionOperation)?.Symbol ?? (function as ILocalFunctionOperation)?.Symbol))
                return true;
        }

        return false;
    }

    /// <summary>Whether a variable of one type and one of the other can refer to the same object.</summary>
    private static bool MayBeSame(ITypeSymbol type, ITypeSymbol other)
    {
        if (SymbolEqualityComparer.Default.Equals(type, other) || other.TypeKind == TypeKind.Interface || type.TypeKind == TypeKind.Interface
            || other.SpecialType == SpecialType.System_Object || other is ITypeParameterSymbol || type is ITypeParameterSymbol || Operations.IsSpan(other) || other.Is("System", "Memory"))
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
}
