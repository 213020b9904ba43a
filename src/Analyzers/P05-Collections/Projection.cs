namespace HotPath;

/// <summary>A loop whose whole body computes one value per element of an array or list, perhaps by way of locals, and adds it to a new list: a projection written out.</summary>
internal sealed class Projection
{
    private Projection(Fill fill, ImmutableArray<IVariableDeclaratorOperation> locals)
    {
        Fill = fill;
        Locals = locals;
    }

    /// <summary>What is filled.</summary>
    public Fill Fill { get; }

    /// <summary>What is walked through.</summary>
    public IOperation Source => Fill.Loop.Source!;

    /// <summary>What is computed per element.</summary>
    public IOperation Value => Fill.Value;

    /// <summary>The locals that the body declares before it adds.</summary>
    public ImmutableArray<IVariableDeclaratorOperation> Locals { get; }

    /// <summary>The local that a <c>for</c> begins by putting the element in, or null.</summary>
    public IVariableDeclaratorOperation? Element => Fill.Loop.Bound is not null && Locals is [var first, ..] && first.Parent is IVariableDeclarationOperation { Declarators.Length: 1 }
        && Fill.Loop.IsElement(first.GetVariableInitializer()!.Value) && SymbolEqualityComparer.Default.Equals(first.Symbol.Type, Fill.Loop.ElementType) ? first : null;

    /// <summary>The one local, that of the element aside, whose value is what is added, and that nothing else reads; null where there is more to it.</summary>
    public IVariableDeclaratorOperation? OnlyLocal => Locals.Length == (Element is null ? 1 : 2) && Locals[Locals.Length - 1] is var local && Aliasing.Refers(Value.Unconverted(), local.Symbol) && Aliasing.Uses(local.Symbol, Fill.Loop.Operation).Count() == 1 ? local : null;

    /// <summary>All that an iteration computes: the values of the locals, and what is added.</summary>
    public IEnumerable<IOperation> Computed => Parts(Fill, Locals);

    /// <summary>The projection that the loop makes, or null.</summary>
    public static Projection? Of(IOperation loop, AnalyzerOptions options) =>
        Fill.Of(loop, options, ProjectionLoopAnalyzer.Id) is [{ Target: ILocalReferenceOperation, Loop.Source: { } source, Fresh: { IsBeside: true, HasCapacity: false, Type.Name: "List" } } fill]
        && source.Type is IArrayTypeSymbol { Rank: 1 } or INamedTypeSymbol { Name: "List", ContainingNamespace.Name: "Generic" }
        && Declared(fill) is { } locals && IsOfElement(fill, locals) && Parts(fill, locals).All(part => CanBeLambda(fill, part)) && CanBeResult(fill.Value) && !fill.IsCapacityUsed
            ? new(fill, locals)
            : null;

    /// <summary>The locals that the body declares in front of the addition; null where it does anything else.</summary>
    private static ImmutableArray<IVariableDeclaratorOperation>? Declared(Fill fill)
    {
        if (fill.IsWhole)
            return [];

        if (fill.Loop.Operation.Body is not IBlockOperation { Operations: [.., IExpressionStatementOperation { Operation: var last }] statements } || !ReferenceEquals(last, fill.Add))
            return null;

        var locals = ImmutableArray.CreateBuilder<IVariableDeclaratorOperation>();
        for (var i = 0; i < statements.Length - 1; i++)
        {
            if (statements[i] is not IVariableDeclarationGroupOperation group)
                return null;

            foreach (var declaration in group.Declarations)
            {
                foreach (var declarator in declaration.Declarators)
                {
                    if (declarator is not { Symbol: { RefKind: RefKind.None, IsConst: false } } || declarator.GetVariableInitializer() is null)
                        return null;

                    locals.Add(declarator);
                }
            }
        }

        return locals.ToImmutable();
    }

    private static IEnumerable<IOperation> Parts(Fill fill, ImmutableArray<IVariableDeclaratorOperation> locals)
    {
        foreach (var local in locals)
            yield return local.GetVariableInitializer()!.Value;

        yield return fill.Value;
    }

    /// <summary>Whether what is added is computed from the element and is not just the element itself.</summary>
    private static bool IsOfElement(Fill fill, ImmutableArray<IVariableDeclaratorOperation> locals)
    {
        if (fill.Loop.IsElement(fill.Value) || fill.Loop.Variable is not { } variable || fill.Loop.Bound is null && !SymbolEqualityComparer.Default.Equals(variable.Type, fill.Loop.ElementType) || !fill.Loop.HasOnlyElements(fill.Loop.Operation.Body))
            return false;

        // The element by another name.
        if (locals is [var only] && fill.Loop.IsElement(only.GetVariableInitializer()!.Value) && Aliasing.Refers(fill.Value.Unconverted(), only.Symbol))
            return false;

        var any = false;
        foreach (var part in Parts(fill, locals).SelectMany(static part => part.DescendantsAndSelf()))
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
    private static bool CanBeLambda(Fill fill, IOperation value)
    {
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

        return true;
    }

    /// <summary>Whether the value says by itself of what type it is.</summary>
    public static bool CanBeResult(IOperation value) => value.Unconverted() is not (IDelegateCreationOperation or IAnonymousFunctionOperation or ICollectionExpressionOperation or IMethodReferenceOperation);

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
