using System.Globalization;

namespace HotPath;

/// <summary>How many elements a collection, or how many iterations a loop, is known to have at most.</summary>
internal static class Sizes
{
    /// <summary>How often the loop runs at most when constants say so; null when the input decides.</summary>
    public static int? TripCount(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation each => Most(each.Collection),
        IForLoopOperation @for => Count(@for),
        _ => null,
    };

    /// <summary>How many elements the collection holds at most when its origin says so; null when the input decides.</summary>
    public static int? Most(IOperation collection) => Most(collection, depth: 0);

    /// <summary>
    /// Whether the elements are, as far as can be seen, written out one by one where the method is called: a <c>params</c> parameter that is never given
    /// another value, or what is picked from it. Such lists are short, but nothing says how short.
    /// </summary>
    public static bool IsWrittenOut(IOperation collection)
    {
        var source = Operations.Resolved(collection.Unconverted()).Unconverted();
        while (source is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" or "MemoryExtensions", Name: "Where" or "Select" or "Distinct" or "OrderBy" or "OrderByDescending" or "Reverse" or "Skip" or "Take" or "ToArray" or "ToList" or "AsSpan" } } call && call.ArgumentOf(0) is { } receiver)
            source = Operations.Resolved(receiver.Unconverted()).Unconverted();

        if (source is not IParameterReferenceOperation { Parameter: { IsParams: true } parameter })
            return false;

        foreach (var use in Aliasing.Uses(parameter, source.Root()))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return false;
        }

        return true;
    }

    /// <summary>The same of a member by its initialiser, where nothing can replace or grow what it holds.</summary>
    public static int? MostOf(ISymbol member, IOperation near)
    {
        var isFixed = member switch
        {
            IFieldSymbol { IsReadOnly: true, Type: var type } => type is IArrayTypeSymbol || Aliasing.IsImmutable(type),
            IPropertySymbol { SetMethod: null, Type: var type } => type is IArrayTypeSymbol || Aliasing.IsImmutable(type),
            _ => false,
        };

        return isFixed && near.SemanticModel is { Compilation: var compilation } && Bodies.Of(compilation).Of(member) is [var value] && (member is not IPropertySymbol property || !IsAssigned(property, compilation)) ? Most(value, depth: 0) : null;
    }

    private static int? Most(IOperation collection, int depth)
    {
        // A chain of locals and operators that is this long is no literal.
        if (depth > 8)
            return null;

        switch (collection.Unconverted())
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                return text.Length;

            case IArrayCreationOperation { Initializer.ElementValues.Length: var elements }:
                return elements;

            // The braces of a field or local declared as an array.
            case IArrayInitializerOperation { ElementValues.Length: var elements }:
                return elements;

            case IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: int size } }] }:
                return size;

            case ICollectionExpressionOperation { Elements: var elements }:
                return Sum(elements, depth);

            case IObjectCreationOperation creation:
                return Created(creation, depth);

            case IInvocationOperation call:
                return Called(call, depth);

            case ILocalReferenceOperation { Local: var local } reference:
                return Held(local, reference, depth);

            case IFieldReferenceOperation { Field: { IsReadOnly: true } or { DeclaredAccessibility: Accessibility.Private } } reference:
                return Held(reference.Field, reference, depth);

            case IPropertyReferenceOperation { Property: { SetMethod: null, IsIndexer: false, Type: IArrayTypeSymbol } property, SemanticModel.Compilation: var compilation }:
                return Bodies.Of(compilation).Of(property) is [var value] && !IsAssigned(property, compilation) ? Most(value, depth + 1) : null;

            default:
                return null;
        }
    }

    private static int? Sum(ImmutableArray<IOperation> elements, int depth)
    {
        var sum = 0;
        foreach (var element in elements)
        {
            if (element is not ISpreadOperation spread)
                sum++;
            else if (Most(spread.Operand, depth + 1) is { } inner)
                sum += inner;
            else
                return null;
        }

        return sum;
    }

    private static int? Created(IObjectCreationOperation creation, int depth)
    {
        if (creation.Type is not INamedTypeSymbol type || !type.IsFromSystem())
            return null;

        var initial = 0;
        foreach (var argument in creation.Arguments)
        {
            // A copy of another collection, a capacity or a comparer.
            if (argument.Parameter?.Type is { } parameter && parameter.Name is "IEnumerable" or "ICollection" or "IDictionary" or "ReadOnlySpan")
            {
                if (Most(argument.Value, depth + 1) is not { } copied)
                    return null;

                initial = copied;
            }
        }

        return initial + (creation.Initializer?.Initializers.Length ?? 0);
    }

    private static int? Called(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        switch (method.ContainingType.Name)
        {
            case "Enumerable" or "MemoryExtensions" when method.IsExtensionMethod && method.Name is "Select" or "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order"
                or "OrderDescending" or "Reverse" or "Distinct" or "DistinctBy" or "ToList" or "ToArray" or "ToHashSet" or "AsEnumerable" or "Cast" or "OfType" or "Skip" or "SkipWhile" or "TakeWhile" or "AsSpan":
                return call.ArgumentOf(0) is { } source ? Most(source, depth + 1) : null;

            case "Enumerable" when method.Name is "Range" or "Repeat":
                return call.ArgumentOf(1)?.ConstantValue is { HasValue: true, Value: int count } ? count : null;

            case "Enumerable" when method.Name == "Take":
                return call.ArgumentOf(1)?.ConstantValue is { HasValue: true, Value: int taken } ? taken : null;

            case "String" when method.Name == "Split" && call.Instance?.ConstantValue is { HasValue: true, Value: string text }:
                return call.ArgumentOf(0)?.ConstantValue is { HasValue: true, Value: char separator } ? text.Count(c => c == separator) + 1 : text.Length + 1;

            case "Enum" when method.Name is "GetValues" or "GetNames" or "GetValuesAsUnderlyingType":
                return (method.TypeArguments is [{ } argument] ? argument : (call.ArgumentOf(0) as ITypeOfOperation)?.TypeOperand) is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
                    ? type.GetMembers().Count(static member => member is IFieldSymbol { HasConstantValue: true })
                    : null;

            default:
                return null;
        }
    }

    /// <summary>Whether a constructor gives a get-only property another value than its initialiser.</summary>
    private static bool IsAssigned(IPropertySymbol property, Compilation compilation)
    {
        foreach (var body in Bodies.Of(compilation).OfType(property.ContainingType))
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var assigned } } && SymbolEqualityComparer.Default.Equals(assigned, property))
                    return true;
            }
        }

        return false;
    }

    /// <summary>How many single additions a local list gets beside what it starts with; null when a loop, or anything else, adds to it.</summary>
    private static int? Additions(ISymbol variable, IOperation reference)
    {
        if (variable is not ILocalSymbol)
            return null;

        var added = 0;
        foreach (var use in Aliasing.Uses(variable, reference.Root()))
        {
            switch (use)
            {
                case { Kind: UseKind.Read or UseKind.MemberRead or UseKind.Enumerated }:
                case { Kind: UseKind.Called, Context: IInvocationOperation reading } when Aliasing.LeavesReceiver(reading):
                    break;

                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { Name: "Add" or "Insert" or "Remove" or "RemoveAt" or "Clear" or "Sort" or "Reverse", ContainingType.Name: "List" } method } call }:
                    if (method.Name is "Add" or "Insert")
                    {
                        if (Loops.MayRepeat(call) || call.Function().Parent is not null)
                            return null;

                        added++;
                    }

                    break;

                default:
                    return null;
            }
        }

        return added;
    }

    /// <summary>What a variable holds when it gets one value and nothing ever grows it.</summary>
    private static int? Held(ISymbol variable, IOperation reference, int depth)
    {
        if (Origins.Only(variable, reference) is not { } origin || Most(origin, depth + 1) is not { } size)
            return null;

        // Arrays cannot grow.
        if (origin.Unconverted() is IArrayInitializerOperation or { Type: IArrayTypeSymbol })
            return size;

        return Aliasing.OwnScopes(variable, reference).All(scope => Aliasing.ChangeIn(variable, scope) == Change.None) ? size : Additions(variable, reference) is { } added ? size + added : null;
    }

    private static int? Count(IForLoopOperation loop)
    {
        if (loop.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var variable, Initializer: { } initializer }] }] }]
            || initializer.Value.ConstantValue is not { HasValue: true, Value: { } from }
            || loop.Condition is not IBinaryOperation { OperatorKind: var kind, LeftOperand: var left, RightOperand: var right }
            || loop.AtLoopBottom is not [IExpressionStatementOperation { Operation: var step }])
        {
            return null;
        }

        if (!SymbolEqualityComparer.Default.Equals(left.Variable(), variable) || right.ConstantValue is not { HasValue: true, Value: { } to })
            return null;

        var by = step switch
        {
            IIncrementOrDecrementOperation { Kind: OperationKind.Increment } => 1m,
            IIncrementOrDecrementOperation { Kind: OperationKind.Decrement } => -1m,
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: { } plus } } => Number(plus),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract, Value.ConstantValue: { HasValue: true, Value: { } minus } } => -Number(minus),
            _ => null,
        };

        if (by is not { } increment || increment == 0 || Number(from) is not { } start || Number(to) is not { } end || Aliasing.ChangeIn(variable, loop.Body) != Change.None)
            return null;

        var distance = kind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals when increment > 0 => end - start,
            BinaryOperatorKind.LessThanOrEqual when increment > 0 => end - start + 1,
            BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals when increment < 0 => start - end,
            BinaryOperatorKind.GreaterThanOrEqual when increment < 0 => start - end + 1,
            _ => -1m,
        };

        return distance < 0 ? null : Math.Ceiling(distance / Math.Abs(increment)) is var trips && trips <= int.MaxValue ? (int)trips : null;
    }

    private static decimal? Number(object value) => value switch
    {
        int or long or short or byte or sbyte or ushort or uint or ulong or char => value is char c ? c : Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
