namespace HotPath;

/// <summary>What walking through a sequence does: a query runs its lambdas anew each time someone asks for its elements.</summary>
internal static class Queries
{
    private const int Deepest = 6;

    /// <summary>Whether the type is a sequence that says neither how many elements it has nor gives one by its place: <c>IEnumerable&lt;T&gt;</c> and no collection.</summary>
    public static bool IsSequence(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "IEnumerable" or "IOrderedEnumerable", Arity: 1 } named && (named.ContainingNamespace.Is("System.Collections.Generic") || named.ContainingNamespace.Is("System.Linq"));

    /// <summary>Whether the type is one of the library's collections that have no places: tables, queues, linked lists. Asked for the n-th element they are walked through.</summary>
    public static bool IsUnindexedCollection(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Dictionary" or "SortedDictionary" or "HashSet" or "SortedSet" or "Queue" or "Stack" or "LinkedList" or "ISet" or "IDictionary" or "IReadOnlyDictionary" or "IReadOnlySet"
            or "ConcurrentDictionary" or "ConcurrentBag" or "ConcurrentQueue" or "PriorityQueue" or "KeyCollection" or "ValueCollection" } named
        && named.IsFromSystem() && !named.Is("System.Collections.Generic", "SortedList");

    /// <summary>Whether a value is computed anew by each walk: a deferred query operator, or an iterator of this compilation.</summary>
    public static bool IsDeferred(IOperation value)
    {
        value = value.Unconverted();
        while (value is ITranslatedQueryOperation { Operation: var query })
            value = query.Unconverted();

        return value is IInvocationOperation { TargetMethod: var method } && IsSequence(value.Type)
            && (method.ContainingType.Name == "Enumerable" ? method.ContainingType.IsFromSystem() && method.Name is not ("AsEnumerable" or "Range" or "Repeat" or "Empty") : IsIterator(method));
    }

    /// <summary>Whether the type is a query that a provider runs.</summary>
    public static bool IsProvider(ITypeSymbol? type) => type.Implements("System.Linq", "IQueryable");

    /// <summary>Whether a provider, or several threads, may run the query: there the place of the operators decides what is run.</summary>
    public static bool IsProvided(IOperation sequence)
    {
        for (var current = sequence; ; )
        {
            if (current.Type is { Name: "ParallelQuery" or "OrderedParallelQuery" } || IsProvider(current.Type))
                return true;

            if (current is not IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } call || call.ArgumentOf(0) is not { } source)
                return false;

            current = source.Unconverted();
        }
    }

    /// <summary>Whether a method of this compilation is an iterator: it yields.</summary>
    public static bool IsIterator(IMethodSymbol method)
    {
        foreach (var reference in method.OriginalDefinition.DeclaringSyntaxReferences)
        {
            var function = reference.GetSyntax();
            foreach (var node in function.DescendantNodes(node => ReferenceEquals(node, function) || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            {
                if (node is YieldStatementSyntax)
                    return true;
            }
        }

        return false;
    }

    /// <summary>The value that a parameter-free property of this compilation computes whenever it is read, or null.</summary>
    public static IOperation? Computed(IPropertySymbol property, Compilation compilation)
    {
        if (property is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true } || !property.Parameters.IsEmpty || property.GetMethod is not { } getter || Effects.IsAuto(getter))
            return null;

        return Bodies.Of(compilation).Of(getter) switch
        {
            [IBlockOperation { Operations: [IReturnOperation { ReturnedValue: { } value }] }] => value,
            [IMethodBodyOperation body] when (body.BlockBody ?? body.ExpressionBody) is { Operations: [IReturnOperation { ReturnedValue: { } value }] } => value,
            _ => null,
        };
    }

    /// <summary>Whether walking through the sequence does nothing but read: collections of the library, query operators over them with lambdas free of effects, and iterators of this compilation that are.</summary>
    public static bool IsReadOnly(IOperation sequence) => All(sequence, static _ => true, static (_, value) => IsHarmless(value), depth: 0);

    /// <summary>Whether each walk gives the very same objects, or values of which nobody can tell that they are others.</summary>
    public static bool GivesSame(IOperation sequence) => All(sequence,
        static leaf => leaf is not IInvocationOperation { TargetMethod.Locations: [{ IsInSource: true }, ..], Type: INamedTypeSymbol { TypeArguments: [var element] } } || IsValue(element),
        static (_, value) => value is not IAnonymousFunctionOperation lambda || IsValue(lambda.Symbol.ReturnType) || lambda.Body.Operations is [IReturnOperation { ReturnedValue: { } returned }] && IsFound(returned), depth: 0);

    /// <summary>Whether walking through the sequence comes to an end and cannot fail; asked of sequences that are <see cref="IsReadOnly"/>.</summary>
    public static bool CannotFail(IOperation sequence) => All(sequence,
        static leaf => leaf is not IInvocationOperation { TargetMethod.Locations: [{ IsInSource: true }, ..] },
        static (_, value) => value is not IAnonymousFunctionOperation lambda || IsTotal(lambda), depth: 0,
        operation: static call => call.TargetMethod.Name is "Where" or "Select" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending" or "Distinct" or "Take" or "Skip" or "TakeWhile" or "SkipWhile"
            or "Reverse" or "Concat" or "Append" or "Prepend" or "OfType" or "AsEnumerable" or "DefaultIfEmpty" or "Range" or "Repeat" or "Empty");

    /// <summary>
    /// Whether nothing that the region runs can change what a walk through the sequence gives: good enough to walk once and keep the elements.
    /// What the sequence makes anew where it stands in the region is another one each time, unless it <paramref name="isEvaluatedOnce"/>.
    /// </summary>
    public static bool IsSteady(IOperation sequence, IOperation region, bool isEvaluatedOnce = false) => All(sequence,
        leaf => Origins.IsFresh(leaf) && leaf.Variable() is null && (isEvaluatedOnce || !region.Syntax.Span.Contains(leaf.Syntax.Span))
            || (leaf is IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..] } } iterator ? IsSteadyIterator(iterator, region) : Invariance.IsProven(leaf, region)),
        (_, value) => IsSteadyValue(value, region), depth: 0);

    /// <summary>Whether, as far as the region itself shows, a walk gives the same each time: good enough to report.</summary>
    public static bool Holds(IOperation sequence, IOperation region) => All(sequence,
        leaf => leaf is IInvocationOperation call ? HoldsCall(call, region) : Invariance.Holds(leaf, region),
        (_, value) => value is not IAnonymousFunctionOperation lambda ? Invariance.Holds(value, region) : HoldsLambda(lambda, region), depth: 0, allowsUnknown: true);

    /// <summary>Whether evaluating the lambda gives a value for every element and never an exception; a nullable context is trusted.</summary>
    public static bool IsTotal(IAnonymousFunctionOperation lambda) => lambda.Body.Operations is [IReturnOperation { ReturnedValue: { } value }] && IsTotal(value);

    /// <summary>Whether all collections that the sequence is computed from are of that kind.</summary>
    public static bool HasLeaves(IOperation sequence, Func<IOperation, bool> leaf) => All(sequence, leaf, static (_, _) => true, depth: 0);

    private static bool All(IOperation sequence, Func<IOperation, bool> leaf, Func<IInvocationOperation, IOperation, bool> value, int depth, bool allowsUnknown = false, Func<IInvocationOperation, bool>? operation = null)
    {
        sequence = sequence.Unconverted();
        while (sequence is ITranslatedQueryOperation { Operation: var query })
            sequence = query.Unconverted();

        switch (sequence)
        {
            case IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type } method } call when type.IsFromSystem():
                if (Origins.IsFresh(call))
                    return leaf(call);

                if (operation is not null && !operation(call))
                    return false;

                foreach (var argument in call.Arguments)
                {
                    var given = argument.Value.Unconverted();
                    if (argument.Parameter?.Type is INamedTypeSymbol { Name: "IEnumerable" or "IOrderedEnumerable" })
                    {
                        if (!All(given, leaf, value, depth, allowsUnknown, operation))
                            return false;
                    }
                    else if (!value(call, given is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda : given))
                    {
                        return false;
                    }
                }

                return true;

            case ILocalReferenceOperation { Local: var local } when depth < Deepest && IsSequence(sequence.Type) && Origins.Only(local, sequence) is { } origin:
                return All(origin, leaf, value, depth + 1, allowsUnknown, operation);

            case IPropertyReferenceOperation { Property: var property, Instance: null or IInstanceReferenceOperation } when depth < Deepest && IsSequence(sequence.Type)
                && sequence.SemanticModel is { Compilation: var compilation } && Computed(property, compilation) is { } computed:
                return All(computed, leaf, value, depth + 1, allowsUnknown, operation);

            case IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false, IsOverride: false, Locations: [{ IsInSource: true }, ..] } method } call when IsSequence(call.Type):
                if (allowsUnknown)
                    return leaf(call);

                return IsIterator(method) && call.SemanticModel is { Compilation: var all } && Effects.Of(method, all) is { AreReadOnly: true, Written.Count: 0 } && leaf(call)
                    && call.Arguments.All(argument => value(call, argument.Value.Unconverted()));

            default:
                return (allowsUnknown || sequence.Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } || sequence.Type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } known && known.IsFromSystem() && !known.Name.StartsWith("Blocking", StringComparison.Ordinal))
                    && leaf(sequence);
        }
    }

    /// <summary>Whether what is handed to a query operator can be run more or less often without a difference.</summary>
    private static bool IsHarmless(IOperation value)
    {
        if (value.ConstantValue.HasValue || value is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IDefaultValueOperation && value.Type?.TypeKind != TypeKind.Delegate)
            return value.Type?.TypeKind != TypeKind.Delegate;

        if (value is IAnonymousFunctionOperation lambda)
        {
            var effects = Effects.Of(lambda.Body);
            return effects.AreReadOnly && effects.Written.All(symbol => symbol is not IFieldSymbol && symbol.DeclaringSyntaxReferences.All(reference => lambda.Syntax.Span.Contains(reference.Span)));
        }

        return value.Type?.TypeKind != TypeKind.Delegate && value is not IDelegateCreationOperation && Effects.Of(value) is { AreReadOnly: true, Written.Count: 0 };
    }

    private static bool IsValue(ITypeSymbol type) => type.IsValueType || type.IsAnonymousType || Aliasing.IsImmutable(type);

    /// <summary>Whether the expression finds an object and does not make it.</summary>
    private static bool IsFound(IOperation value) => value.Unconverted() switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation { Instance: null } => true,
        IFieldReferenceOperation { Instance: { } holder } => IsFound(holder),
        IPropertyReferenceOperation { Property: { GetMethod: { } getter, IsIndexer: false }, Instance: var instance } => Effects.IsAuto(getter) && (instance is null or IInstanceReferenceOperation || IsFound(instance)),
        IInstanceReferenceOperation => true,
        _ => false,
    };

    /// <summary>An iterator may read any state that there is: the region must write none.</summary>
    private static bool IsSteadyIterator(IInvocationOperation iterator, IOperation region)
    {
        if (iterator.TargetMethod is { MethodKind: MethodKind.LocalFunction, IsStatic: false } || iterator.Instance is { } instance && !Invariance.IsProven(instance, region))
            return false;

        foreach (var part in region.DescendantsAndSelf())
        {
            if (part is IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn })
                return false;
        }

        var effects = Effects.Of(region);
        return (effects.Kinds & (Effect.Unknown | Effect.WritesState)) == 0 && effects.Mutated.Count == 0 && effects.Written.All(static symbol => symbol is ILocalSymbol or IParameterSymbol);
    }

    private static bool HoldsCall(IInvocationOperation call, IOperation region)
    {
        if (call.Instance is { } instance && !Invariance.Holds(instance, region))
            return false;

        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unconverted() is not IDelegateCreationOperation && !Invariance.Holds(argument.Value, region))
                return false;
        }

        return true;
    }

    /// <summary>Whether the region leaves alone what the lambda captured, and the lambda does nothing but compute.</summary>
    private static bool HoldsLambda(IAnonymousFunctionOperation lambda, IOperation region)
    {
        foreach (var part in lambda.Body.Descendants())
        {
            if (part is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } && IsCaptured(part, lambda) && !Invariance.Holds(part, region))
                return false;
        }

        var effects = Effects.Of(lambda.Body);
        return (effects.Kinds & (Effect.WritesState | Effect.Volatile)) == 0 && ((effects.Kinds & Effect.External) == 0 || (effects.Kinds & Effect.Unknown) != 0 && !CallsConsole(lambda))
            && effects.Written.All(symbol => symbol is not IFieldSymbol && symbol.DeclaringSyntaxReferences.All(reference => lambda.Syntax.Span.Contains(reference.Span)));
    }

    private static bool CallsConsole(IAnonymousFunctionOperation lambda) =>
        lambda.Body.Descendants().Any(static part => part is IInvocationOperation { TargetMethod.ContainingType.Name: "Console" or "File" or "Debug" or "Trace" } or IInvocationOperation { TargetMethod.ReturnsVoid: true });

    private static bool IsSteadyValue(IOperation value, IOperation region)
    {
        if (value is not IAnonymousFunctionOperation lambda)
            return Invariance.IsProven(value, region);

        var (readsMembers, readsDeeper) = (false, false);
        HashSet<ISymbol> members = new(SymbolEqualityComparer.Default);
        foreach (var part in lambda.Body.Descendants())
        {
            switch (part)
            {
                case ILocalReferenceOperation or IParameterReferenceOperation when IsCaptured(part, lambda):
                    if (!Invariance.IsProven(part, region))
                        return false;

                    break;

                case IFieldReferenceOperation { Field: { IsConst: false } field }:
                    if (!field.IsReadOnly || !Aliasing.IsImmutable(field.Type))
                        (readsMembers, _) = (true, members.Add(field));

                    break;

                case IPropertyReferenceOperation { Property: var property } when !(property.ContainingType.IsFromSystem() && Aliasing.IsImmutable(property.ContainingType)) && !property.ContainingType.IsAnonymousType:
                    if (property.SetMethod is not (null or { IsInitOnly: true }) || property.ContainingType.IsFromSystem() || property.GetMethod is { } getter && !Effects.IsAuto(getter))
                        (readsMembers, _) = (true, members.Add(property));

                    readsDeeper |= property.Locations is [{ IsInSource: true }, ..] && property.GetMethod is { } computing && !Effects.IsAuto(computing);
                    break;

                case IInvocationOperation { TargetMethod.Locations: [{ IsInSource: true }, ..] } or IBinaryOperation { OperatorMethod.Locations: [{ IsInSource: true }, ..] } or IConversionOperation { OperatorMethod.Locations: [{ IsInSource: true }, ..] }:
                    (readsMembers, readsDeeper) = (true, true);
                    break;

                case IArrayElementReferenceOperation or IInvocationOperation { TargetMethod.IsStatic: false } when !(part is IInvocationOperation { Instance.Type: { } type } && Aliasing.IsImmutable(type)):
                    readsMembers = true;
                    break;
            }
        }

        if (!readsMembers)
            return true;

        // What the lambda reads of its elements the region must not write, nor run code that might.
        var effects = Effects.Of(region);
        return (effects.Kinds & Effect.Unknown) == 0 && effects.Mutated.Count == 0 && !effects.Written.Any(symbol => members.Contains(symbol) || readsDeeper && symbol is not (ILocalSymbol or IParameterSymbol));
    }

    private static bool IsCaptured(IOperation reference, IAnonymousFunctionOperation lambda) => reference.Variable() is { } variable && !lambda.Declares(variable);

    /// <summary>Whether evaluating the value never fails; a nullable context is trusted.</summary>
    public static bool IsTotal(IOperation value)
    {
        value = value.Unconverted();
        if (value.ConstantValue.HasValue)
            return true;

        switch (value)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IConditionalAccessInstanceOperation or IDefaultValueOperation or ITypeOfOperation:
                return true;

            case IFieldReferenceOperation { Instance: var holder }:
                return holder is null || IsTotal(holder) && IsObject(holder);

            case IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter } property, Instance: var instance }:
                return (instance is null || IsTotal(instance) && IsObject(instance))
                    && (Purity.OfLibrary(getter) is { } known ? (known & ~Effect.ReadsState) == Effect.None && property.Name != "Value" && property.ContainingType.TypeKind != TypeKind.Interface
                        : property is { IsVirtual: false, IsAbstract: false, IsOverride: false } && Effects.IsAuto(getter) || property.ContainingType.IsAnonymousType);

            case IBinaryOperation { IsChecked: false, LeftOperand: var left, RightOperand: var right } binary:
                return IsTotal(left) && IsTotal(right) && IsTotal(binary);

            case IUnaryOperation { OperatorMethod: null, IsChecked: false, Operand: var operand }:
                return IsTotal(operand);

            case IConversionOperation { OperatorMethod: null, IsChecked: false, Operand: var operand } conversion:
                return (conversion.Conversion.IsNumeric || conversion.Conversion.IsNullable && conversion.IsImplicit) && operand.Type?.SpecialType != SpecialType.System_Decimal && conversion.Type?.SpecialType != SpecialType.System_Decimal && IsTotal(operand);

            case IConditionalOperation { Condition: var condition, WhenTrue: var one, WhenFalse: { } other }:
                return IsTotal(condition) && IsTotal(one) && IsTotal(other);

            case ICoalesceOperation { Value: var first, WhenNull: var second }:
                return IsTotal(first) && IsTotal(second);

            case IConditionalAccessOperation { Operation: var tested, WhenNotNull: var rest }:
                return IsTotal(tested) && IsTotal(rest);

            case ITupleOperation { Elements: var elements }:
                return elements.All(IsTotal);

            case IIsPatternOperation { Value: var matched, Pattern: IConstantPatternOperation or ITypePatternOperation or IRelationalPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } or IDeclarationPatternOperation }:
                return IsTotal(matched);

            case IInterpolatedStringOperation { Parts: var parts }:
                return parts.All(static part => part is IInterpolatedStringTextOperation || part is IInterpolationOperation { Alignment: null, FormatString: null, Expression: { } hole } && IsText(hole) && IsTotal(hole));

            case IInvocationOperation { TargetMethod: var method, Instance: var receiver } call:
                return IsTotal(method) && (receiver is null || IsTotal(receiver) && IsObject(receiver)) && call.Arguments.All(static argument => IsTotal(argument.Value) && (argument.Parameter?.Type.IsReferenceType != true || IsObject(argument.Value)));

            default:
                return false;
        }
    }

    private static bool IsText(IOperation value) => value.Unconverted().Type?.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double);

    private static bool IsTotal(IBinaryOperation binary) => binary switch
    {
        { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder, OperatorMethod: null } =>
            binary.Type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single || binary.RightOperand.ConstantValue is { HasValue: true, Value: int and not (0 or -1) or long and not (0L or -1L) },
        { OperatorMethod: null } => binary.Type?.SpecialType != SpecialType.System_String || IsText(binary.LeftOperand) && IsText(binary.RightOperand),
        { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual, OperatorMethod: { } method } =>
            method.ContainingType.IsFromSystem(),
        _ => false,
    };

    private static bool IsTotal(IMethodSymbol method) => method.ContainingType switch
    {
        { SpecialType: SpecialType.System_String } => method.Name is "StartsWith" or "EndsWith" or "Contains" or "Equals" or "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ToUpper" or "ToLower" or "ToUpperInvariant" or "ToLowerInvariant" or "Trim" or "TrimStart" or "TrimEnd" or "Concat",
        { SpecialType: SpecialType.System_Char } => method.Name.StartsWith("Is", StringComparison.Ordinal) && method.Parameters.Length == 1 || method.Name.StartsWith("To", StringComparison.Ordinal),
        { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double } => method.Name is "Equals" or "CompareTo" || method.Name == "ToString" && method.Parameters.IsEmpty,
        { Name: "Math" } type => type.IsFromSystem() && method.Name is "Max" or "Min" or "Sqrt",
        { Name: "HashSet" or "Dictionary" } type => type.IsFromSystem() && method.Name is "Contains" or "ContainsKey" && type.TypeArguments[0].SpecialType != SpecialType.None,
        _ => false,
    };

    private static bool IsObject(IOperation value)
    {
        value = value.Unconverted();
        return value is IInstanceReferenceOperation or IConditionalAccessInstanceOperation or { ConstantValue: { HasValue: true, Value: not null } } || value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
            || value.SemanticModel is { } model && !Nullness.IsOnlyPromised(value.Syntax) && value.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability is { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull };
    }
}
