namespace HotPath;

/// <summary>A question whether a list holds a value, answered by looking at one element after the other.</summary>
internal sealed class Membership
{
    private const int UsualSmallLoop = 8;

    private Membership(IInvocationOperation call, IOperation collection, ITypeSymbol element, IOperation value)
    {
        Call = call;
        Collection = collection;
        Element = element;
        Value = value;
        Test = call;
    }

    /// <summary>The call that scans.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>What is scanned: a variable or a member; of <c>d.ContainsValue(v)</c> the dictionary.</summary>
    public IOperation Collection { get; }

    /// <summary>The type of the elements.</summary>
    public ITypeSymbol Element { get; }

    /// <summary>What is looked for.</summary>
    public IOperation Value { get; private set; }

    /// <summary>The comparer the code names, or null for the default one.</summary>
    public IOperation? Comparer { get; private set; }

    /// <summary>The property of <c>StringComparer</c> that compares as the code's <c>StringComparison</c> does.</summary>
    public string? StringComparer { get; private set; }

    /// <summary>Whether the values of a dictionary are scanned.</summary>
    public bool IsOfValues { get; private set; }

    /// <summary>The whole question: the call, or the comparison of the index it gives.</summary>
    public IOperation Test { get; private set; }

    /// <summary>Whether the question is true when the value is not there.</summary>
    public bool AsksForAbsence { get; private set; }

    /// <summary>The lambda that compares, or null where the collection compares by itself.</summary>
    public IAnonymousFunctionOperation? Lambda { get; private set; }

    /// <summary>Whether the comparison throws when an element is null.</summary>
    public bool ThrowsOnNullElement { get; private set; }

    /// <summary>Whether the comparison throws when the value is null.</summary>
    public bool ThrowsOnNullValue { get; private set; }

    /// <summary>Whether the code compares as the type of the elements, not as one they can be converted to.</summary>
    public bool IsSameType { get; private set; } = true;

    /// <summary>Whether the equality asked for is one that a hash set of the elements answers: false for types whose hash codes do not go with it.</summary>
    public bool IsHashable => Comparer is not null || StringComparer is not null || Equality.IsHashable(Element);

    /// <summary>Whether elements are searched several at a time, so that a scan pays much longer.</summary>
    public bool IsVectorized => Vectorizes(Element);

    /// <summary>Whether a search for an element of the type looks at several elements at a time.</summary>
    public static bool Vectorizes(ITypeSymbol element) => element.TypeKind == TypeKind.Enum
        || element.SpecialType is SpecialType.System_Char or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64);

    /// <summary>How many elements, where their number is known, are too few for a set to pay; an option set lower than usual wins.</summary>
    public int Few(AnalyzerOptions options, string id) => Few(Element, Call, options, id);

    /// <summary>How many elements of a type, where their number is known, are too few for a set to pay; see <see cref="Few(AnalyzerOptions, string)"/>.</summary>
    public static int Few(ITypeSymbol element, IOperation at, AnalyzerOptions options, string id)
    {
        var small = Options.SmallLoop.Read(options, at.Syntax.SyntaxTree, id);
        return small < UsualSmallLoop ? small : Math.Max(small, Vectorizes(element) ? 299 : 15);
    }

    /// <summary>The cheap question before <see cref="Of"/>.</summary>
    public static bool MayBe(string method) => method is "Contains" or "IndexOf" or "LastIndexOf" or "ContainsValue" or "Exists" or "TrueForAll" or "Any" or "All";

    /// <summary>The membership question that the call asks, or null.</summary>
    /// <param name="call">The call.</param>
    /// <param name="texts">Whether a text counts as the list of its characters: nobody would make a set of them.</param>
    public static Membership? Of(IInvocationOperation call, bool texts = false)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;

        switch (method.Name)
        {
            case "Contains" when type.Name is "List" or "ICollection" or "Collection" or "ReadOnlyCollection" or "ImmutableList" or "ImmutableArray" or "IImmutableList" or "ValueCollection" && !method.IsStatic:
                return OfInstance(call)?.Comparing(call, 1);

            case "Contains" when type.Name is "Enumerable" or "MemoryExtensions" && type.IsFromSystem():
                return OfStatic(call)?.Comparing(call, 2);

            case "IndexOf" or "LastIndexOf" when type.Name is "List" or "IList" or "Collection" or "ReadOnlyCollection" or "ImmutableList" or "ImmutableArray" && !method.IsStatic:
                return OfInstance(call)?.Comparing(call, 1)?.Indexed();

            case "IndexOf" or "LastIndexOf" when type.Name is "Array" or "MemoryExtensions" && type.IsFromSystem() && method.Arity == 1:
                return OfStatic(call)?.Comparing(call, 2)?.Indexed();

            case "ContainsValue" when !method.IsStatic && method.Parameters.Length == 1 && type.Name is "Dictionary" or "SortedDictionary" or "SortedList" && type.ContainingNamespace.Is("System.Collections.Generic"):
                return call.Instance is { } dictionary && Place(dictionary) is { } place
                    ? new(call, place, type.TypeArguments[1], call.Arguments[0].Value) { IsOfValues = true }
                    : null;

            case "Exists" or "TrueForAll" when type.Name == "List" && !method.IsStatic && method.Parameters.Length == 1:
                return OfInstance(call)?.Matching(call.Arguments[0].Value);

            case "Exists" or "TrueForAll" when type.Name == "Array" && type.IsFromSystem() && method.Arity == 1 && method.Parameters.Length == 2:
            case "Any" or "All" when type.Name is "Enumerable" or "ImmutableArrayExtensions" && type.IsFromSystem() && method.Parameters.Length + (method.ReducedFrom is null ? 0 : 1) == 2:
                return call.Arguments.Length == 2 && call.ArgumentOf(1) is { } predicate ? OfStatic(call, texts)?.Matching(predicate) : null;

            default:
                return null;
        }
    }

    /// <summary>The collection that a method group asks, and the type of its elements: <c>names.Where(known.Contains)</c>; null for anything that does not scan.</summary>
    public static (IOperation Collection, ITypeSymbol Element)? Of(IMethodReferenceOperation group)
    {
        var type = group.Method.ContainingType;
        var isScan = group.Method.Name == "Contains" && type.IsFromSystem() && type.Name is "List" or "ICollection" or "Collection" or "ReadOnlyCollection" or "ImmutableList" or "ImmutableArray" or "IImmutableList" or "ValueCollection" or "Enumerable";
        return isScan && group.Instance is { } instance && Place(instance) is { } place && Scanned(place) is { } element ? (place, element) : null;
    }

    private static Membership? OfInstance(IInvocationOperation call) =>
        call.Instance is { } instance && call.TargetMethod.ContainingType.IsFromSystem() && Place(instance) is { } place && call.Arguments.Length > 0
        && Scanned(place) is { } element
            ? new(call, place, element, call.Arguments[0].Value)
            : null;

    private static Membership? OfStatic(IInvocationOperation call, bool texts = false) =>
        call.ArgumentOf(0) is { } source && call.ArgumentOf(1) is { } value && Place(source, texts) is { } place && (texts && place.Type is { SpecialType: SpecialType.System_String } ? call.TargetMethod.TypeArguments[0] : Scanned(place)) is { } element
            ? new(call, place, element, value) { IsSameType = SymbolEqualityComparer.Default.Equals(call.TargetMethod.TypeArguments[0], element) }
            : null;

    /// <summary>The variable or member that names the collection; what is computed for the question is another matter.</summary>
    private static IOperation? Place(IOperation collection, bool texts = false) => Operations.Resolved(collection.Unconverted()).Unconverted() switch
    {
        ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation => Operations.Resolved(collection.Unconverted()).Unconverted(),
        IPropertyReferenceOperation property => property,
        ILiteralOperation { Type.SpecialType: SpecialType.System_String } literal when texts => literal,
        _ => null,
    };

    /// <summary>The element type of what is scanned element by element, or null for anything that may be a set.</summary>
    private static ITypeSymbol? Scanned(IOperation place) => place is IPropertyReferenceOperation { Property: { Name: "Values", ContainingType: { Name: "Dictionary" or "SortedDictionary" or "SortedList" } dictionary } }
        ? dictionary.TypeArguments is [_, var value] ? value : null
        : Scanned(place.Type) ?? (place.Type is INamedTypeSymbol { Name: "ICollection" or "IReadOnlyCollection" or "IEnumerable", TypeArguments.Length: 1 } && place.Variable() is { } variable && Origins.Only(variable, place) is { } origin
            ? Scanned(origin.Unconverted().Type)
            : null);

    private static ITypeSymbol? Scanned(ITypeSymbol? type)
    {
        if (type is IArrayTypeSymbol { Rank: 1, ElementType: var element })
            return element;

        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (current.TypeArguments is not [var argument])
                continue;

            var space = current.ContainingNamespace;
            if (current.Name is "List" or "IList" or "IReadOnlyList" && space.Is("System.Collections.Generic")
                || current.Name is "Collection" or "ReadOnlyCollection" && space.Is("System.Collections.ObjectModel")
                || current.Name is "ImmutableList" or "ImmutableArray" or "IImmutableList" && space.Is("System.Collections.Immutable"))
            {
                return argument;
            }
        }

        return null;
    }

    /// <summary>Reads the arguments after the value: a comparer, or what limits the search.</summary>
    private Membership? Comparing(IInvocationOperation call, int first)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || parameter.Ordinal + (call.TargetMethod.ReducedFrom is null ? 0 : 1) < first || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;

            if (parameter.Type.Name != "IEqualityComparer")
                return null;

            Comparer = argument.Value.Unconverted();
        }

        // A span can also be searched for a span.
        if (Operations.IsSpan(call.TargetMethod.Parameters.LastOrDefault(static parameter => parameter.Type.Name != "IEqualityComparer")?.Type))
            return null;

        if (Comparer is { ConstantValue: { HasValue: true, Value: null } } || Comparer is IPropertyReferenceOperation { Property: { Name: "Default", ContainingType.Name: "EqualityComparer" } })
            Comparer = null;

        return this;
    }

    /// <summary>Finds the comparison that only asks whether there is an index at all.</summary>
    private Membership? Indexed()
    {
        switch (Call.Parent)
        {
            case IBinaryOperation { OperatorMethod: null, LeftOperand: var left, RightOperand: var right, OperatorKind: var kind } comparison:
                var isLeft = ReferenceEquals(left, Call);
                if ((isLeft ? right : left).ConstantValue is not { HasValue: true, Value: int bound })
                    return null;

                return Answer(comparison, isLeft ? kind : kind.Turned(), bound);

            case IIsPatternOperation { Pattern: var pattern } test:
                var negated = pattern is INegatedPatternOperation;
                pattern = pattern is INegatedPatternOperation { Pattern: var inner } ? inner : pattern;
                var found = pattern switch
                {
                    IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: int only } } => Answer(test, BinaryOperatorKind.Equals, only),
                    IRelationalPatternOperation { OperatorKind: var relation, Value.ConstantValue: { HasValue: true, Value: int limit } } => Answer(test, relation, limit),
                    _ => null,
                };

                if (found is not null)
                    found.AsksForAbsence ^= negated;

                return found;

            default:
                return null;
        }
    }

    private Membership? Answer(IOperation test, BinaryOperatorKind kind, int bound)
    {
        bool? absence = (kind, bound) switch
        {
            (BinaryOperatorKind.GreaterThanOrEqual, 0) or (BinaryOperatorKind.GreaterThan, -1) or (BinaryOperatorKind.NotEquals, -1) => false,
            (BinaryOperatorKind.LessThan, 0) or (BinaryOperatorKind.LessThanOrEqual, -1) or (BinaryOperatorKind.Equals, -1) => true,
            _ => null,
        };

        if (absence is not { } asksForAbsence)
            return null;

        Test = test;
        AsksForAbsence = asksForAbsence;
        return this;
    }

    /// <summary>Reads a lambda that compares each element with one value.</summary>
    private Membership? Matching(IOperation predicate)
    {
        if (predicate.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var element], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } lambda })
            return null;

        AsksForAbsence = Call.TargetMethod.Name is "All" or "TrueForAll";
        Lambda = lambda;

        var negated = false;
        var comparison = condition.Unconverted();
        while (comparison is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null, Operand: var operand })
        {
            negated = !negated;
            comparison = operand.Unconverted();
        }

        var matched = comparison switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equal => negated == AsksForAbsence && ByOperator(equal, element),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different => negated != AsksForAbsence && ByOperator(different, element),
            IInvocationOperation equals => negated == AsksForAbsence && ByMethod(equals, element),
            _ => false,
        };

        return matched && !Value.DescendantsAndSelf().Any(part => Aliasing.Refers(part, element)) && IsSteady(Value) ? this : null;
    }

    /// <summary>Whether the value may be computed once as well as once per element.</summary>
    private static bool IsSteady(IOperation value) =>
        value.ConstantValue.HasValue || value.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation || Effects.Of(value).AreReadOnly;

    private bool ByOperator(IBinaryOperation comparison, IParameterSymbol element)
    {
        var (own, other) = IsElement(comparison.LeftOperand, element) ? (comparison.LeftOperand, comparison.RightOperand) : (comparison.RightOperand, comparison.LeftOperand);
        if (!IsElement(own, element) || !Equality.OperatorAgrees(Element, comparison.OperatorMethod))
            return false;

        // Operands that are both seen as something else are compared as something else.
        if (own is IConversionOperation { OperatorMethod: not null } || own.Type is { SpecialType: SpecialType.System_Object } && Element is not IArrayTypeSymbol && Element.SpecialType == SpecialType.System_String)
            return false;

        if (own.Type is { SpecialType: SpecialType.System_Single or SpecialType.System_Double })
            return false;

        Value = other;
        return true;
    }

    private bool ByMethod(IInvocationOperation call, IParameterSymbol element)
    {
        var method = call.TargetMethod;
        if (method.Name != "Equals")
            return false;

        var arguments = call.Arguments;
        if (call.Instance is { } instance)
        {
            if (arguments.Length == 2 && IsComparer(instance.Type) && instance.Unconverted() is not IAnonymousFunctionOperation)
            {
                Comparer = instance.Unconverted();
                if (Comparer is IPropertyReferenceOperation { Property: { Name: "Default", ContainingType.Name: "EqualityComparer" } })
                    Comparer = null;

                return Pick(arguments[0].Value, arguments[1].Value, element) is not null;
            }

            if (Pick(instance, arguments[0].Value, element) is not { } isFirst || !Compares(arguments, 1))
                return false;

            if (arguments.Length == 1 && !Equality.MethodAgrees(Element, method))
                return false;

            ThrowsOnNullElement = isFirst;
            ThrowsOnNullValue = !isFirst;
            return SymbolEqualityComparer.Default.Equals(Value.Unconverted().Type, Element) || Value.ConstantValue is { HasValue: true, Value: null };
        }

        return arguments.Length >= 2 && method.ContainingType.SpecialType is SpecialType.System_Object or SpecialType.System_String
            && Pick(arguments[0].Value, arguments[1].Value, element) is not null && Compares(arguments, 2)
            && (SymbolEqualityComparer.Default.Equals(Value.Unconverted().Type, Element) || Value.ConstantValue is { HasValue: true, Value: null });
    }

    private bool Compares(ImmutableArray<IArgumentOperation> arguments, int operands)
    {
        var isRead = Equality.TryReadComparison(arguments, operands, out var comparison);
        StringComparer = comparison;
        return isRead;
    }

    private bool? Pick(IOperation first, IOperation second, IParameterSymbol element)
    {
        var isFirst = IsElement(first, element);
        if (isFirst == IsElement(second, element))
            return null;

        Value = isFirst ? second : first;
        return isFirst;
    }

    private static bool IsComparer(ITypeSymbol? type) =>
        type is INamedTypeSymbol named && (named.Name == "IEqualityComparer" || named.AllInterfaces.Any(static each => each is { Name: "IEqualityComparer", Arity: 1 }));

    private static bool IsElement(IOperation operation, IParameterSymbol element)
    {
        while (operation is IConversionOperation { OperatorMethod: null, IsImplicit: true, Operand: var operand })
            operation = operand;

        return operation is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, element);
    }
}
