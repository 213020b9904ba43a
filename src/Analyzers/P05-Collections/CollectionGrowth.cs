namespace HotPath;

/// <summary>How a collection gets longer.</summary>
internal enum CollectionGrowthKind
{
    /// <summary>One element comes last.</summary>
    Add,

    /// <summary>All elements of a sequence come last.</summary>
    AddRange,

    /// <summary>A dictionary gets a value for a key.</summary>
    SetItem,

    /// <summary>In front, in the middle, several at once, or unseen.</summary>
    Elsewhere,
}

/// <summary>A statement that replaces a collection by a copy of it that is longer. The one recognition behind the rule and its fix.</summary>
internal sealed class CollectionGrowth
{
    private readonly List<IOperation> own = [];

    private CollectionGrowth(IOperation operation, IOperation place)
    {
        Operation = operation;
        Place = place;
    }

    /// <summary>The assignment, or the call of <c>Array.Resize</c>.</summary>
    public IOperation Operation { get; }

    /// <summary>What holds the collection.</summary>
    public IOperation Place { get; }

    /// <summary>Where the new elements go.</summary>
    public CollectionGrowthKind Kind { get; private set; } = CollectionGrowthKind.Elsewhere;

    /// <summary>What is added: the element or the sequence, or the key and the value.</summary>
    public ImmutableArray<IOperation> Items { get; private set; } = [];

    /// <summary>The statement behind <c>Array.Resize</c> that fills the new place; null for other forms.</summary>
    public IExpressionStatementOperation? Filling { get; private set; }

    /// <summary>Whether each step costs the path through a tree and not a copy of everything.</summary>
    public bool IsTree { get; private set; }

    /// <summary>Whether nothing is copied: each step wraps the sequence once more, and walking through all layers costs the square.</summary>
    public bool IsLazy { get; private set; }

    /// <summary>The references to the old collection that the growth itself makes, its target included.</summary>
    public IReadOnlyCollection<IOperation> Own => own;

    /// <summary>The growth that repeats in a loop which does nothing else with the whole collection, or null.</summary>
    public static CollectionGrowth? Of(IOperation operation, AnalyzerOptions options, out Loop? loop)
    {
        loop = null;
        return Of(operation) is { } growth && Loops.MayRepeat(operation) && operation.Binds()
            && (loop = Loops.Enclosing(operation, options)) is not null && growth.Accumulates(loop) ? growth : null;
    }

    /// <summary>What an operation does to a collection to make it longer, or null.</summary>
    public static CollectionGrowth? Of(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { IsRef: false, Target: var target, Value: var value } when IsCollection(target.Type):
                var growth = new CollectionGrowth(operation, target);
                growth.own.Add(target);
                return growth.Takes(value.Unconverted()) ? growth : null;

            case IInvocationOperation { TargetMethod: { Name: "Resize", ContainingType.SpecialType: SpecialType.System_Array }, Arguments: [{ Value: var array }, { Value: var size }] }:
                var resized = new CollectionGrowth(operation, array.Unconverted());
                resized.own.Add(resized.Place);
                return resized.IsResized(size) ? resized : null;

            default:
                return null;
        }
    }

    /// <summary>Whether the code keeps the collection over its iterations: it does not start anew, and hands out no copy per iteration.</summary>
    private bool Accumulates(Loop loop)
    {
        if (Place.Variable() is { } variable and not IFieldSymbol ? StringAccumulation.IsDeclaredIn(variable, loop) : Place is not (IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation) || !Places.IsSteady(Place, loop))
            return false;

        foreach (var part in (loop.Lambda ?? loop.Operation).Descendants())
        {
            if (part is IConversionOperation || !Places.AreSame(part, Place) || IsOwn(part))
                continue;

            var use = Aliasing.Classify(part);
            switch (use.Kind)
            {
                case UseKind.Assigned when use.Context is { } assignment && Of(assignment) is { } other && Places.AreSame(other.Place, Place):
                case UseKind.PassedByReference when use.Context is IArgumentOperation { Parent: { } call } && Of(call) is { } resized && Places.AreSame(resized.Place, Place):
                    continue;

                case UseKind.Assigned or UseKind.PassedByReference:
                    return false;

                case UseKind.Shared when !IsOfGrowth(part) && Repeats(part, loop):
                case UseKind.Passed when !IsOfGrowth(part) && use.Context is IArgumentOperation argument && Keeps(argument) && Repeats(part, loop):
                    return false;
            }
        }

        return true;
    }

    private bool IsOwn(IOperation part)
    {
        foreach (var reference in own)
        {
            if (reference.Syntax == part.Syntax)
                return true;
        }

        return false;
    }

    private bool IsOfGrowth(IOperation part)
    {
        for (var current = part.Parent; current is not null; current = current.Parent)
        {
            if (current is ISimpleAssignmentOperation or IInvocationOperation && Of(current) is { } growth && Places.AreSame(growth.Place, Place))
                return true;

            if (current is IExpressionStatementOperation)
                return false;
        }

        return false;
    }

    private static bool Repeats(IOperation part, Loop loop) => loop.Operation is not ILoopOperation statement || Flow.Repeats(part, statement);

    /// <summary>Whether what gets the collection may keep it: not what only reads it.</summary>
    private static bool Keeps(IArgumentOperation argument) =>
        !(argument.Parameter?.ContainingSymbol is IMethodSymbol method && Purity.OfLibrary(method) is { } known && !known.HasFlag(Effect.MutatesReceiver));

    private static bool IsCollection(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } => true,
        INamedTypeSymbol { Name: "IEnumerable" or "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" } named => named.ContainingNamespace.Is("System.Collections.Generic"),
        INamedTypeSymbol named => named.ContainingNamespace.Is("System.Collections.Immutable"),
        _ => false,
    };

    private bool Takes(IOperation value)
    {
        switch (value)
        {
            case IInvocationOperation { TargetMethod: var method } call when method.ContainingType.Name == "Enumerable" && method.ContainingType.IsFromSystem():
                if (method.Name is "ToArray" or "ToList")
                    return call.ArgumentOf(0) is { } copied && copied.Unconverted() is IInvocationOperation && Chain(copied);

                // A layer around a sequence costs nothing until someone walks through it.
                return IsLazy = Place.Type?.Name == "IEnumerable" && Chain(call);

            case IInvocationOperation { TargetMethod: var method, Instance: { } instance } call when method.ContainingType.ContainingNamespace.Is("System.Collections.Immutable"):
                return Places.AreSame(instance, Place) && Immutable(call);

            case ICollectionExpressionOperation { Elements: var elements }:
                return Spread(elements);

            case IObjectCreationOperation { Type: { } type, Arguments: [{ Value: var source }], Initializer: var initializer } when type.Is("System.Collections.Generic", "List"):
                if (!Chain(source))
                    return false;

                if (initializer is null)
                    return Items.Length > 0 || Kind == CollectionGrowthKind.Elsewhere && !Places.AreSame(source, Place);

                if (Items.IsEmpty && Places.AreSame(source, Place) && initializer.Initializers is [IInvocationOperation { Arguments: [{ Value: var only }] }])
                    (Kind, Items) = (CollectionGrowthKind.Add, [only]);
                else
                    (Kind, Items) = (CollectionGrowthKind.Elsewhere, []);

                return initializer.Initializers.Length > 0;

            default:
                return false;
        }
    }

    /// <summary>Whether a chain of query operators starts with the collection and adds to it.</summary>
    private bool Chain(IOperation value)
    {
        value = value.Unconverted();
        if (Places.AreSame(value, Place))
        {
            own.Add(value);
            return true;
        }

        if (value is not IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: "Append" or "Concat" or "Prepend" or "Union" } method } call || !method.ContainingType.IsFromSystem()
            || call.ArgumentOf(0) is not { } first || call.ArgumentOf(1) is not { } second)
        {
            return false;
        }

        var isFirst = Items.IsEmpty && Kind == CollectionGrowthKind.Elsewhere;
        if (Chain(first))
        {
            var isOnly = isFirst && Places.AreSame(first, Place);
            (Kind, Items) = method.Name switch
            {
                "Append" when isOnly => (CollectionGrowthKind.Add, ImmutableArray.Create(second)),
                "Concat" when isOnly && Single(second) is { } single => (CollectionGrowthKind.Add, ImmutableArray.Create(single)),
                "Concat" when isOnly => (CollectionGrowthKind.AddRange, ImmutableArray.Create(second)),
                _ => (CollectionGrowthKind.Elsewhere, ImmutableArray<IOperation>.Empty),
            };
            return true;
        }

        if (method.Name is not ("Concat" or "Union") || !Chain(second))
            return false;

        (Kind, Items) = (CollectionGrowthKind.Elsewhere, []);
        return true;
    }

    /// <summary>The element of an array or list that is written out with one element.</summary>
    private static IOperation? Single(IOperation sequence) => sequence.Unconverted() switch
    {
        IArrayCreationOperation { Initializer.ElementValues: [var only] } => only,
        ICollectionExpressionOperation { Elements: [var only] } when only is not ISpreadOperation => only,
        _ => null,
    };

    private bool Spread(ImmutableArray<IOperation> elements)
    {
        foreach (var element in elements)
        {
            if (element is ISpreadOperation { Operand: var operand } && Places.AreSame(operand, Place))
                own.Add(operand.Unconverted());
        }

        if (own.Count == 1 || elements.Length == 1)
            return false;

        if (own.Count == 2 && elements is [ISpreadOperation { Operand: var all }, var added] && Places.AreSame(all, Place))
            (Kind, Items) = added is ISpreadOperation { Operand: var range } ? (CollectionGrowthKind.AddRange, ImmutableArray.Create(range)) : (CollectionGrowthKind.Add, ImmutableArray.Create(added));

        return true;
    }

    private bool Immutable(IInvocationOperation call)
    {
        var (name, type) = (call.TargetMethod.Name, call.TargetMethod.ContainingType.Name);
        if (type is "ImmutableStack" or "ImmutableQueue" || name is not ("Add" or "AddRange" or "Insert" or "InsertRange" or "SetItem" or "SetItems" or "Union") || type is "ImmutableArray" or "ImmutableList" && name is "SetItem" or "SetItems")
            return false;

        own.Add(call.Instance!.Unconverted());
        IsTree = type != "ImmutableArray";
        Items = call.Arguments.Select(static argument => argument.Value).ToImmutableArray();
        Kind = (name, Items.Length) switch
        {
            ("Add", 1 or 2) => CollectionGrowthKind.Add,
            ("AddRange", 1) when type is "ImmutableArray" or "ImmutableList" => CollectionGrowthKind.AddRange,
            ("SetItem", 2) => CollectionGrowthKind.SetItem,
            _ => CollectionGrowthKind.Elsewhere,
        };
        return true;
    }

    /// <summary>Whether the array gets a few more places than it has: not twice as many, not a block in reserve.</summary>
    private bool IsResized(IOperation size)
    {
        const int few = 8;
        if (size is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left, RightOperand: var right })
            return false;

        if (left.ConstantValue.HasValue)
            (left, right) = (right, left);

        var isLength = left.Unconverted() is IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } && Places.AreSame(instance, Place);
        if (!isLength && !(left.Variable() is ILocalSymbol or IParameterSymbol && right.ConstantValue is { HasValue: true, Value: 1 } && !IsGuarded()))
            return false;

        if (right.ConstantValue is { HasValue: true, Value: not int and not null } or { HasValue: true, Value: int and (< 1 or > few) })
            return false;

        if (isLength)
            own.Add(((IPropertyReferenceOperation)left.Unconverted()).Instance!.Unconverted());

        if (!isLength || right.ConstantValue is not { HasValue: true, Value: 1 } || Next() is not { Operation: ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: var array, Indices: [var index] }, Value: var value } } filling
            || !Places.AreSame(array, Place) || !IsLast(index) || value.DescendantsAndSelf().Any(part => Places.AreSame(part, Place)))
        {
            return true;
        }

        foreach (var part in filling.Descendants())
        {
            if (Places.AreSame(part, Place))
                own.Add(part);
        }

        (Kind, Items, Filling) = (CollectionGrowthKind.Add, [value], filling);
        return true;
    }

    private bool IsGuarded()
    {
        for (var current = Operation.Parent; current is not null and not ILoopOperation; current = current.Parent)
        {
            if (current is IConditionalOperation { Condition: var condition } && condition.Descendants().Any(part => Places.AreSame(part, Place)))
                return true;
        }

        return false;
    }

    private bool IsLast(IOperation index) => index.Unconverted() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: 1 } } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: 1 } } =>
            left.Unconverted() is IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } && Places.AreSame(instance, Place),
        _ => false,
    };

    private IExpressionStatementOperation? Next()
    {
        if (Operation.Parent is not IExpressionStatementOperation { Parent: IBlockOperation { Operations: var siblings } } statement)
            return null;

        var index = siblings.IndexOf(statement);
        return index + 1 < siblings.Length ? siblings[index + 1] as IExpressionStatementOperation : null;
    }
}
