namespace HotPath;

/// <summary>A loop whose whole body adds one value per element of an array or list to a new list: a projection written out.</summary>
internal sealed class Projection
{
    private Projection(Fill fill) => Fill = fill;

    /// <summary>What is filled.</summary>
    public Fill Fill { get; }

    /// <summary>What is walked through.</summary>
    public IOperation Source => Fill.Loop.Source!;

    /// <summary>What is computed per element.</summary>
    public IOperation Value => Fill.Value;

    /// <summary>The projection that the loop makes, or null.</summary>
    public static Projection? Of(IOperation loop, AnalyzerOptions options) =>
        Fill.Of(loop, options, ProjectionLoopAnalyzer.Id) is [{ IsWhole: true, Target: ILocalReferenceOperation, Loop.Source: { } source, Fresh: { IsBeside: true, HasCapacity: false, Type.Name: "List" } } fill]
        && source.Type is IArrayTypeSymbol { Rank: 1 } or INamedTypeSymbol { Name: "List", ContainingNamespace.Name: "Generic" }
        && IsOfElement(fill) && CanBeLambda(fill) && !fill.IsCapacityUsed
            ? new(fill)
            : null;

    /// <summary>Whether the value is computed from the element and is not just the element itself.</summary>
    private static bool IsOfElement(Fill fill)
    {
        if (fill.Loop.IsElement(fill.Value) || fill.Loop.Variable is not { } variable || fill.Loop.Bound is null && !SymbolEqualityComparer.Default.Equals(variable.Type, fill.Loop.ElementType) || !fill.Loop.HasOnlyElements(fill.Add))
            return false;

        var any = false;
        foreach (var part in fill.Value.Descendants())
        {
            if (part is IConversionOperation || !fill.Loop.IsElement(part))
                continue;

            any = true;

            // What is called on a place in an array may change what is there; a parameter holds a copy.
            if (fill.Loop.Bound is not null && part.Type is { IsValueType: true, IsReadOnly: false } type && !Aliasing.IsImmutable(type) && Aliasing.Classify(part).Kind is not (UseKind.Read or UseKind.Passed or UseKind.Shared or UseKind.MemberRead))
                return false;
        }

        return any;
    }

    /// <summary>Whether a lambda can compute the value: it waits for nothing, writes to nothing around it, and captures only what can be captured.</summary>
    private static bool CanBeLambda(Fill fill)
    {
        var value = fill.Value;
        foreach (var part in value.DescendantsAndSelf())
        {
            // What is there so far decides about what comes next.
            if (Aliasing.Refers(part, fill.Target.Variable()!))
                return false;

            switch (part)
            {
                case IAwaitOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or IDynamicIndexerAccessOperation or IAddressOfOperation:
                case { Type: IPointerTypeSymbol or IFunctionPointerTypeSymbol }:
                case IIncrementOrDecrementOperation or ICompoundAssignmentOperation or ICoalesceAssignmentOperation or IDeconstructionAssignmentOperation when !IsInLambda(part, value):
                case ISimpleAssignmentOperation { Target: not IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } } when !IsInLambda(part, value):
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var passed } when passed.Variable() is { } variable && IsOutside(variable, fill):
                case ILocalReferenceOperation { Local: { RefKind: not RefKind.None } or { Type.IsRefLikeType: true } } outside when IsOutside(outside.Local, fill):
                case IParameterReferenceOperation { Parameter: { RefKind: not RefKind.None } or { Type.IsRefLikeType: true } or { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType.IsValueType: true } } } parameter when IsOutside(parameter.Parameter, fill):
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsValueType: true }:
                    return false;
            }
        }

        return value.Unconverted() is not (IDelegateCreationOperation or IAnonymousFunctionOperation or ICollectionExpressionOperation or IMethodReferenceOperation);
    }

    private static bool IsOutside(ISymbol variable, Fill fill) => !fill.Loop.Operation.Declares(variable);

    private static bool IsInLambda(IOperation part, IOperation value)
    {
        for (var current = part; !ReferenceEquals(current, value); current = current.Parent!)
        {
            if (current is IAnonymousFunctionOperation)
                return true;
        }

        return false;
    }
}
