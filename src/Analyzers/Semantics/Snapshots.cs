namespace HotPath;

/// <summary>
/// Whether a copy of a sequence is needed: a list or array made before a piece of code keeps what the sequence gave then. It is needless only
/// where neither the code nor anything it calls can touch what the sequence is computed from.
/// </summary>
internal static class Snapshots
{
    /// <summary>
    /// Whether walking through <paramref name="sequence"/> while <paramref name="region"/> runs is sure to give what a copy made before would give: the walk only reads,
    /// and neither the region nor the source methods it calls, directly or not, change the sources, what the filters look at, or let anybody else run.
    /// </summary>
    public static bool IsNeedless(IOperation sequence, IOperation region) =>
        Queries.IsReadOnly(sequence) && Queries.HasLeaves(sequence, IsOwnCollection) && !LetsOthersRun(region, sequence) && Queries.IsSteady(sequence, region, isEvaluatedOnce: true);

    /// <summary>
    /// Whether the collection is one that changes only when somebody says so by its name: arrays and the plain collections of the library, held in variables, or made where they stand.
    /// The children of a control or the lines of an order that a library holds change when the library pleases.
    /// </summary>
    private static bool IsOwnCollection(IOperation leaf)
    {
        leaf = leaf.Unconverted();
        if (leaf is IInvocationOperation { TargetMethod.ContainingType: { Name: "Enumerable" } type } && type.IsFromSystem() || Origins.IsFresh(leaf))
            return true;

        if (leaf.Type is { SpecialType: SpecialType.System_String })
            return true;

        var isPlain = leaf.Type is IArrayTypeSymbol or INamedTypeSymbol { TypeKind: not TypeKind.Interface }
            && (leaf.Type is IArrayTypeSymbol || leaf.Type!.ContainingNamespace.Is("System.Collections.Generic") || leaf.Type.ContainingNamespace.Is("System.Collections.Immutable") || leaf.Type.ContainingNamespace.Is("System.Collections.Frozen"));

        return leaf switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation { Parameter.RefKind: RefKind.None } => isPlain,
            IFieldReferenceOperation { Field: { IsVolatile: false, Locations: [{ IsInSource: true }, ..] }, Instance: null or IInstanceReferenceOperation } => isPlain,
            IPropertyReferenceOperation { Property: { Name: "Keys" or "Values", ContainingType: { Name: "Dictionary" or "SortedDictionary" or "SortedList" } table }, Instance: { } owner } => table.IsFromSystem() && IsOwnCollection(owner),
            IPropertyReferenceOperation { Property: { IsIndexer: false, Locations: [{ IsInSource: true }, ..] }, Instance: var holder } => isPlain && holder is null or IInstanceReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation,
            _ => false,
        };
    }

    /// <summary>Whether the code waits, hands elements out one by one, or calls into a library that may know the objects: a database context that tracks them, a tree that they are part of.</summary>
    private static bool LetsOthersRun(IOperation region, IOperation sequence)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            switch (part)
            {
                case IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true }:
                case IEventAssignmentOperation or IRaiseEventOperation or ILockOperation:
                    return true;

                case IInvocationOperation call when IsForeign(call.TargetMethod) && TakesObjects(call, sequence):
                case IPropertyReferenceOperation { Property: { SetMethod: not null, Locations: not [{ IsInSource: true }, ..] } property } written when Aliasing.Classify(written).Kind == UseKind.Assigned && Purity.OfLibrary(property.SetMethod!) is null:
                case IObjectCreationOperation { Constructor: { } constructor, Arguments.Length: > 0 } creation when IsForeign(constructor) && !creation.Type!.ContainingNamespace.Is("System") && creation.Arguments.Any(static argument => IsObject(argument.Value)):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the method is in a library and nothing is known about it.</summary>
    private static bool IsForeign(IMethodSymbol method) => method.Locations is not [{ IsInSource: true }, ..] && method.MethodKind != MethodKind.DelegateInvoke && Purity.OfLibrary(method) is null;

    /// <summary>Whether objects that may be changed, or may lead to the sources, are handed to the method, or it is called on one.</summary>
    private static bool TakesObjects(IInvocationOperation call, IOperation sequence)
    {
        // What reads and writes text or files knows none of the user's objects.
        var space = call.TargetMethod.ContainingType.ContainingNamespace;
        if (call.Instance is { } instance && IsObject(instance) && !(space.Is("System.IO") || space.Is("System.Text") || space.Is("System.Diagnostics") && call.TargetMethod.ContainingType.Name is "Stopwatch" or "Debug" or "Trace"))
            return true;

        foreach (var argument in call.Arguments)
        {
            if (IsObject(argument.Value) || argument.Value.Type?.TypeKind == TypeKind.Delegate)
                return true;
        }

        return false;
    }

    private static bool IsObject(IOperation value) => value.Unconverted().Type is { IsReferenceType: true } type && !Aliasing.IsImmutable(type) || value.Unconverted().Type is ITypeParameterSymbol;
}
