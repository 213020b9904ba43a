namespace HotPath;

/// <summary>A loop that says before it begins how often it runs: a <c>foreach</c> over a collection that knows its size, or an index that counts from zero to a bound.</summary>
internal sealed class CountedLoop
{
    private CountedLoop(ILoopOperation operation, IOperation? source, ILocalSymbol? variable, IOperation? bound)
    {
        Operation = operation;
        Source = source;
        Variable = variable;
        Bound = bound;
    }

    /// <summary>The loop.</summary>
    public ILoopOperation Operation { get; }

    /// <summary>What is walked through from its first element to its last, without conversions; null where the loop only counts.</summary>
    public IOperation? Source { get; }

    /// <summary>The variable of the <c>foreach</c>, or the index; null where a <c>foreach</c> takes its elements apart.</summary>
    public ILocalSymbol? Variable { get; }

    /// <summary>What the index stays below; null for a <c>foreach</c>.</summary>
    public IOperation? Bound { get; }

    /// <summary>The type of the elements that are walked through.</summary>
    public ITypeSymbol? ElementType => Source?.Type switch
    {
        IArrayTypeSymbol { ElementType: var element } => element,
        { SpecialType: SpecialType.System_String } => null,
        { } type => ElementOf(type),
        null => null,
    };

    /// <summary>What a loop counts, or null where its length is not known beforehand or the body decides about it.</summary>
    public static CountedLoop? Of(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForEachLoopOperation { IsAsynchronous: false } each when each.Collection.Unconverted() is var source && CountMember(source.Type) is not null:
                return new(loop, source, (each.LoopControlVariable as IVariableDeclaratorOperation)?.Symbol, null);

            case IForLoopOperation @for when Index(@for) is var (index, bound) && IsSteady(bound, @for):
                return new(loop, Counted(bound), index, bound);

            default:
                return null;
        }
    }

    /// <summary><c>Length</c> or <c>Count</c>, for a type whose values know their number of elements; null for sequences that would have to be walked through, and for collections of which nothing is known.</summary>
    public static string? CountMember(ITypeSymbol? type)
    {
        switch (type)
        {
            case IArrayTypeSymbol or { SpecialType: SpecialType.System_String }:
                return "Length";

            case INamedTypeSymbol when Operations.IsSpan(type) || type.Is("System.Collections.Immutable", "ImmutableArray"):
                return "Length";

            case INamedTypeSymbol { TypeKind: TypeKind.Interface, Arity: > 0 }:
                return IsCollection(type) && type.Name is "ICollection" or "IReadOnlyCollection" or "IList" or "IReadOnlyList" or "ISet" or "IReadOnlySet" or "IDictionary" or "IReadOnlyDictionary" ? "Count" : null;

            default:
                // A collection of one's own that inherits everything from one of the library.
                for (var current = type; current is INamedTypeSymbol; current = current.BaseType)
                {
                    if (IsCollection(current))
                        return current.GetMembers("Count").IsEmpty || current.Name is "BitArray" ? null : "Count";

                    if (!current.GetMembers("Count").IsEmpty || !current.GetMembers("GetEnumerator").IsEmpty)
                        return null;
                }

                return null;
        }
    }

    /// <summary>Whether the operation is the element that the iteration is at, conversions aside.</summary>
    public bool IsElement(IOperation operation)
    {
        operation = operation.Unconverted();
        if (Variable is null)
            return false;

        if (Bound is null)
            return Aliasing.Refers(operation, Variable);

        return operation switch
        {
            IArrayElementReferenceOperation { ArrayReference: var array, Indices: [var index] } => IsAt(array, index),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: [{ Value: var index }] } => IsAt(list, index),
            _ => false,
        };
    }

    /// <summary>Whether the code uses the index for nothing but to get at the element, and no lambda keeps it.</summary>
    public bool HasOnlyElements(IOperation code)
    {
        if (Bound is null)
            return true;

        foreach (var use in Aliasing.Uses(Variable!, code))
        {
            var holder = use.Reference.Consumer(out _);
            holder = holder is IArgumentOperation { Parent: { } parent } ? parent : holder;
            if (holder is null || !IsElement(holder) || !ReferenceEquals(use.Reference.Function(), Operation.Function()))
                return false;
        }

        return true;
    }

    private bool IsAt(IOperation list, IOperation index) => Source is not null && Aliasing.Refers(index.Unconverted(), Variable!) && Places.AreSame(list, Source);

    /// <summary>The index and the bound of <c>for (var i = 0; i &lt; bound; i++)</c> whose body leaves the index alone.</summary>
    private static (ILocalSymbol Index, IOperation Bound)? Index(IForLoopOperation loop)
    {
        if (loop.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: { Type.SpecialType: SpecialType.System_Int32 } index, Initializer.Value.ConstantValue: { HasValue: true, Value: 0 } }] }] }]
            || loop.AtLoopBottom is not [IExpressionStatementOperation { Operation: var step }]
            || step is not (IIncrementOrDecrementOperation { Kind: OperationKind.Increment } or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: 1 } })
            || loop.Condition is not IBinaryOperation { OperatorMethod: null } condition)
        {
            return null;
        }

        var (left, right) = condition.OperatorKind switch
        {
            BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals => (condition.LeftOperand, condition.RightOperand),
            BinaryOperatorKind.GreaterThan => (condition.RightOperand, condition.LeftOperand),
            _ => (null, null),
        };

        return left is not null && Aliasing.Refers(left, index) && right!.Unconverted() is { Type.SpecialType: SpecialType.System_Int32 } bound && IsStep(step, index) && Aliasing.ChangeIn(index, loop.Body) == Change.None
            ? (index, bound)
            : null;
    }

    /// <summary>Whether the bound is the same in every iteration. An array may get other elements, but not another length.</summary>
    private static bool IsSteady(IOperation bound, IForLoopOperation loop) =>
        Counted(bound) is { Type: IArrayTypeSymbol } array && array is ILocalReferenceOperation or IParameterReferenceOperation ? Places.IsSteady(bound, new Loop(loop)) : Invariance.Holds(bound, new Loop(loop));

    private static bool IsStep(IOperation step, ILocalSymbol index) => step switch
    {
        IIncrementOrDecrementOperation { Target: var target } => Aliasing.Refers(target, index),
        ICompoundAssignmentOperation { Target: var target } => Aliasing.Refers(target, index),
        _ => false,
    };

    /// <summary>The collection whose length the bound is.</summary>
    private static IOperation? Counted(IOperation bound) =>
        bound is IPropertyReferenceOperation { Property.Name: var name, Instance: { } collection } && collection.Unconverted() is var source && CountMember(source.Type) == name ? source : null;

    private static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T, TypeArguments: [var own] })
            return own;

        ITypeSymbol? only = null;
        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.OriginalDefinition.SpecialType != SpecialType.System_Collections_Generic_IEnumerable_T)
                continue;

            if (only is not null)
                return null;

            only = implemented.TypeArguments[0];
        }

        return only;
    }

    /// <summary>Whether the type is one of the library's collections that count at no cost; those for several threads lock to do so.</summary>
    private static bool IsCollection(ITypeSymbol type) =>
        type.IsFromSystem()
        && (type.ContainingNamespace.Is("System.Collections.Generic") || type.ContainingNamespace.Is("System.Collections.ObjectModel") || type.ContainingNamespace.Is("System.Collections.Immutable") || type.ContainingNamespace.Is("System.Collections.Frozen"));
}
