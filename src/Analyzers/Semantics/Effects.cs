using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>What a piece of source code does beside giving a result, its callees included as far as they can be seen.</summary>
internal sealed class Effects
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<ISymbol, Effects>> Cache = new();
    private static readonly Effects OfNothing = new();

    // Deeper chains of calls are rare; giving up is safe, because what is not seen counts as unknown.
    private const int MostCalls = 6;

    private readonly HashSet<ISymbol> written = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> mutated = new(SymbolEqualityComparer.Default);

    private Effects()
    {
    }

    /// <summary>All kinds of effects together.</summary>
    public Effect Kinds { get; private set; }

    /// <summary>Fields, and in the code itself locals and parameters, that get another value or whose object is changed through them.</summary>
    public IReadOnlyCollection<ISymbol> Written => written;

    /// <summary>The static types of objects that are changed and that may have existed before.</summary>
    public IReadOnlyCollection<ITypeSymbol> Mutated => mutated;

    /// <summary>Whether the code gives the same result for the same input and does nothing else.</summary>
    public bool ArePure => Kinds == Effect.None;

    /// <summary>Whether the code does nothing but give a result, which may depend on state.</summary>
    public bool AreReadOnly => (Kinds & ~Effect.ReadsState) == Effect.None;

    /// <summary>The effects of running the operation, its callees included; <paramref name="except"/> is a method whose calls count as free of effects (a recursion), <paramref name="without"/> a call that does not count.</summary>
    public static Effects Of(IOperation operation, IMethodSymbol? except = null, IInvocationOperation? without = null)
    {
        var effects = new Effects();
        if (operation.Root().SemanticModel is { Compilation: var compilation })
        {
            HashSet<ISymbol> open = new(SymbolEqualityComparer.Default);
            if (except is not null)
                open.Add(except.OriginalDefinition);

            effects.Visit(operation, compilation, open, depth: 0, without);
        }
        else
        {
            effects.Kinds = Effect.Unknown;
        }

        return effects;
    }

    /// <summary>The effects of calling a source method; for a method without source everything is possible unless the library table knows it.</summary>
    public static Effects Of(IMethodSymbol method, Compilation compilation) => Of(method, compilation, new(SymbolEqualityComparer.Default), depth: 0);

    private static Effects Of(IMethodSymbol method, Compilation compilation, HashSet<ISymbol> open, int depth)
    {
        method = method.OriginalDefinition;

        // A recursion adds nothing to what the first visit finds.
        if (open.Contains(method))
            return OfNothing;

        var cache = Cache.GetOrCreateValue(compilation);
        if (cache.TryGetValue(method, out var known))
            return known;

        var bodies = Bodies.Of(compilation).Of(method);
        if (bodies.IsEmpty || depth > MostCalls)
            return new() { Kinds = Effect.Unknown };

        open.Add(method);
        var effects = new Effects();
        foreach (var body in bodies)
            effects.Visit(body, compilation, open, depth + 1);

        open.Remove(method);
        effects.ForgetLocalsOf(method);

        // Inside a recursion or far down the result is incomplete; only what was asked for directly is kept.
        if (open.Count == 0)
            cache.TryAdd(method, effects);

        return effects;
    }

    private void Visit(IOperation operation, Compilation compilation, HashSet<ISymbol> open, int depth, IInvocationOperation? without = null)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            switch (part)
            {
                case ISimpleAssignmentOperation { Target: var target }:
                    Write(target);
                    break;

                case ICompoundAssignmentOperation { Target: var target } compound:
                    Write(target);
                    Call(compound.OperatorMethod, compilation, open, depth);
                    break;

                case ICoalesceAssignmentOperation { Target: var target }:
                    Write(target);
                    break;

                case IIncrementOrDecrementOperation { Target: var target }:
                    Write(target);
                    break;

                case IDeconstructionAssignmentOperation { Target: var target }:
                    foreach (var element in target.DescendantsAndSelf())
                    {
                        if (element is not (ITupleOperation or IDeclarationExpressionOperation or IDiscardOperation or IConversionOperation or IInstanceReferenceOperation))
                            Write(element);
                    }

                    break;

                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var value }:
                    Write(value);
                    break;

                case IEventAssignmentOperation:
                    Kinds |= Effect.WritesState | Effect.Unknown;
                    break;

                case IInvocationOperation call when !ReferenceEquals(call, without):
                    Invoke(call, compilation, open, depth);
                    break;

                case IObjectCreationOperation { Constructor: { } constructor, Type: { } type }:
                    if (!type.IsFromSystem())
                        Call(constructor, compilation, open, depth, isCreation: true);
                    else if (type.TypeKind != TypeKind.Delegate && !IsHarmlessCreation(type))
                        Kinds |= Purity.OfUnknownLibrary;

                    break;

                case IPropertyReferenceOperation { Property: var property } reference:
                    Access(property, reference, compilation, open, depth);
                    break;

                case IFieldReferenceOperation { Field: { IsReadOnly: false, IsConst: false } field } when !IsTarget(part):
                    Kinds |= field.IsVolatile ? Effect.ReadsState | Effect.Volatile : Effect.ReadsState;
                    break;

                case IFieldReferenceOperation { Field: { IsReadOnly: true, Type: var type } } when !Aliasing.IsImmutable(type):
                    Kinds |= Effect.ReadsState;
                    break;

                case IArrayElementReferenceOperation:
                    Kinds |= Effect.ReadsState;
                    break;

                case IBinaryOperation { OperatorMethod: { } method }:
                    Call(method, compilation, open, depth);
                    break;

                case IUnaryOperation { OperatorMethod: { } method }:
                    Call(method, compilation, open, depth);
                    break;

                case IConversionOperation { OperatorMethod: { } method }:
                    Call(method, compilation, open, depth);
                    break;

                case IInterpolatedStringOperation:
                    Kinds |= Effect.ReadsState;
                    break;

                case IForEachLoopOperation { Collection: var collection } when collection.Unconverted().Type is { } type && !type.IsFromSystem() && type is not IArrayTypeSymbol:
                case ISpreadOperation { Operand: var operand } when operand.Unconverted().Type is { } spread && !spread.IsFromSystem() && spread is not IArrayTypeSymbol:
                    Kinds |= Effect.Unknown;
                    break;

                case IForEachLoopOperation { Collection: var collection }:
                    // A lazy sequence runs whatever it was built from.
                    Kinds |= collection.Unconverted().Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } ? Effect.ReadsState : IsLazy(collection) ? Effect.ReadsState | Effect.Unknown : Effect.ReadsState;
                    break;

                case ILockOperation or IAwaitOperation or IUsingOperation or IUsingDeclarationOperation:
                    Kinds |= Effect.External;
                    break;

                case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation or IFunctionPointerInvocationOperation or IInvalidOperation:
                    Kinds |= Purity.OfUnknownLibrary;
                    break;

                case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                    // The body runs later than the call, in pieces.
                    Kinds |= Effect.ReadsState;
                    break;
            }
        }
    }

    private void Invoke(IInvocationOperation call, Compilation compilation, HashSet<ISymbol> open, int depth)
    {
        var method = call.TargetMethod;

        if (method.MethodKind is MethodKind.DelegateInvoke)
        {
            Kinds |= Effect.Unknown;
            return;
        }

        // Local functions are part of the code around them, which is visited as a whole only where it contains the declaration.
        if (Purity.OfLibrary(method) is { } known)
        {
            Kinds |= known & ~(Effect.MutatesReceiver | Effect.MutatesArguments);

            if (known.HasFlag(Effect.MutatesReceiver) && call.Receiver() is { } receiver)
                Change(receiver);

            foreach (var argument in call.Arguments)
            {
                if (known.HasFlag(Effect.MutatesArguments) && !Aliasing.IsReadOnlyView(argument.Value.Type ?? method.ContainingType))
                    Change(argument.Value);

                if (argument.Value.Type?.TypeKind == TypeKind.Delegate && !IsVisible(argument.Value))
                    Kinds |= Effect.Unknown;
            }

            return;
        }

        Call(method, compilation, open, depth);

        // What a visible callee does to its parameters it does to what was passed.
        if (method.Locations is [{ IsInSource: true }, ..])
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter is { RefKind: RefKind.None } parameter && argument.Value.Type is { IsReferenceType: true } type && !Aliasing.IsImmutable(type)
                    && argument.Value.Variable() is not null && Aliasing.Classify(argument.Value.Unconverted()) is { Kind: UseKind.Passed or UseKind.Called } && ChangesParameter(parameter, compilation, depth))
                {
                    Change(argument.Value);
                }
            }
        }
    }

    private static bool ChangesParameter(IParameterSymbol parameter, Compilation compilation, int depth)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol method)
            return true;

        foreach (var body in Bodies.Of(compilation).Of(method))
        {
            if (Aliasing.ChangeIn(method.OriginalDefinition.Parameters[parameter.Ordinal], body, depth) == HotPath.Change.Certain)
                return true;
        }

        return false;
    }

    private void Call(IMethodSymbol? method, Compilation compilation, HashSet<ISymbol> open, int depth, bool isCreation = false)
    {
        if (method is null)
            return;

        method = method.OriginalDefinition;
        if (Purity.OfLibrary(method) is { } known)
        {
            Kinds |= known & ~(Effect.MutatesReceiver | Effect.MutatesArguments);
            return;
        }

        if (method.Locations is not [{ IsInSource: true }, ..])
        {
            Kinds |= Purity.OfUnknownLibrary;
            return;
        }

        if (method is { IsAbstract: true } or { IsExtern: true } or { IsVirtual: true, ContainingType.IsSealed: false } or { IsOverride: true, IsSealed: false, ContainingType.IsSealed: false })
        {
            Kinds |= Effect.Unknown;
            return;
        }

        // A constructor without source is the compiler's: it runs the initialisers of fields, which are visited with their own creations.
        if (method.IsImplicitlyDeclared)
            return;

        var callee = Of(method, compilation, open, depth);
        Kinds |= isCreation && callee.Written.All(symbol => !symbol.IsStatic) && !callee.Kinds.HasFlag(Effect.Unknown) ? callee.Kinds & ~Effect.WritesState : callee.Kinds;

        foreach (var symbol in callee.written)
            written.Add(symbol);

        foreach (var type in callee.mutated)
            mutated.Add(type);
    }

    private void Access(IPropertySymbol property, IPropertyReferenceOperation reference, Compilation compilation, HashSet<ISymbol> open, int depth)
    {
        if (IsTarget(reference))
        {
            if (property.Locations is [{ IsInSource: true }, ..])
                Call(property.SetMethod, compilation, open, depth);

            return;
        }

        if (property.GetMethod is not { } getter)
            return;

        if (property.Locations is not [{ IsInSource: true }, ..])
        {
            // Getters of libraries are fields in all but name, the clock and its kin excepted.
            Kinds |= Purity.OfLibrary(getter) is { } known ? known & ~(Effect.MutatesReceiver | Effect.MutatesArguments) : property.ContainingType.IsFromSystem() ? Effect.ReadsState : Effect.ReadsState | Effect.Unknown;
            return;
        }

        if (IsAuto(getter))
            Kinds |= property.SetMethod is null or { IsInitOnly: true } && Aliasing.IsImmutable(property.Type) ? Effect.None : Effect.ReadsState;
        else
            Call(getter, compilation, open, depth);
    }

    /// <summary>Whether an accessor is the compiler's own: it reads or writes the property's hidden field and nothing else.</summary>
    public static bool IsAuto(IMethodSymbol accessor) =>
        accessor is { IsAbstract: false, IsExtern: false }
        && accessor.DeclaringSyntaxReferences is [var reference, ..]
        && reference.GetSyntax() is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } or ParameterSyntax
        || accessor is { IsAbstract: false, IsImplicitlyDeclared: true, AssociatedSymbol: IPropertySymbol };

    private void Write(IOperation target)
    {
        switch (target.Unconverted())
        {
            case ILocalReferenceOperation { Local: { RefKind: not RefKind.None } local }:
                written.Add(local);
                Kinds |= Effect.WritesState;
                break;

            case ILocalReferenceOperation { Local: var local }:
                written.Add(local);
                break;

            case IParameterReferenceOperation { Parameter: var parameter }:
                written.Add(parameter);
                if (parameter.RefKind != RefKind.None)
                    Kinds |= Effect.WritesState;

                break;

            case IFieldReferenceOperation { Field: var field } reference:
                written.Add(field);
                if (reference.Instance is { Type.IsValueType: true } holder)
                    Write(holder);
                else if (!(reference.Instance is { } instance && IsOwn(instance)))
                    Kinds |= Effect.WritesState;

                break;

            case IPropertyReferenceOperation { Property: var property, Instance: { } instance }:
                written.Add(property);
                Change(instance);
                break;

            case IPropertyReferenceOperation { Property: var property }:
                written.Add(property);
                Kinds |= Effect.WritesState;
                break;

            case IArrayElementReferenceOperation { ArrayReference: var array }:
                Change(array);
                break;

            case IDiscardOperation or IDeclarationExpressionOperation:
                break;

            default:
                Kinds |= Effect.WritesState;
                break;
        }
    }

    /// <summary>An object is changed: harmless when this very code made it and nobody else has it.</summary>
    private void Change(IOperation value)
    {
        value = value.Unconverted();
        if (value.Variable() is { } variable)
            written.Add(variable);

        if (IsOwn(value))
            return;

        Kinds |= Effect.WritesState;
        if (value.Type is { } type)
            mutated.Add(type);
    }

    /// <summary>Whether the value is an object that this code made itself.</summary>
    private static bool IsOwn(IOperation value) => value.Unconverted() switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
        ILocalReferenceOperation { Local: var local } reference => local.Type.IsValueType || (Origins.Only(local, reference) is { } origin && Origins.IsFresh(origin)),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None, Type.IsValueType: true } } => true,
        IInvocationOperation call => Origins.IsFresh(call) || call.Receiver() is { } receiver && call.Type is { } type && SymbolEqualityComparer.Default.Equals(type, receiver.Type) && IsOwn(receiver),
        var other => Origins.IsFresh(other),
    };

    private static bool IsTarget(IOperation reference) =>
        reference.Parent is IAssignmentOperation { Target: var target } and not (ICompoundAssignmentOperation or ICoalesceAssignmentOperation) && ReferenceEquals(target, reference);

    private static bool IsLazy(IOperation collection) =>
        collection.Unconverted() is var source
        && (source.Type?.Name is "IEnumerable" or "IAsyncEnumerable" or "IOrderedEnumerable" or "IQueryable")
        && source is not IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" };

    private static bool IsVisible(IOperation value) => value.Unconverted() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation } or { ConstantValue.HasValue: true };

    private static bool IsHarmlessCreation(ITypeSymbol type) =>
        type.IsValueType || Aliasing.IsImmutable(type)
        || type.ContainingNamespace.Is("System.Collections.Generic") || type.ContainingNamespace.Is("System.Collections") || type.ContainingNamespace.Is("System.Text")
        || type.ContainingNamespace.Is("System") && (type.Name is "Object" or "Tuple" or "Version" or "Uri" or "Random" or "Lazy" || type.Name.EndsWith("Exception", StringComparison.Ordinal));

    /// <summary>The caller knows nothing of a callee's own locals and parameters; those a local function captures are the caller's.</summary>
    private void ForgetLocalsOf(IMethodSymbol method) =>
        written.RemoveWhere(symbol => symbol is (ILocalSymbol or IParameterSymbol) && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol.OriginalDefinition, method));
}
