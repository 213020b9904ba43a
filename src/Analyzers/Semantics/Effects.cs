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

    // So are questions that lead to more methods than these; without an end, each question of a large program would walk through most of it.
    private const int MostCallees = 256;

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
            var walk = new Walk(compilation);
            if (except is not null)
                walk.Open.Add(except.OriginalDefinition);

            effects.Visit(operation, walk, depth: 0, without);
        }
        else
        {
            effects.Kinds = Effect.Unknown;
        }

        return effects;
    }

    /// <summary>The effects of calling a source method; for a method without source everything is possible unless the library table knows it.</summary>
    public static Effects Of(IMethodSymbol method, Compilation compilation) => Of(method, new Walk(compilation), depth: 0);

    private static Effects Of(IMethodSymbol method, Walk walk, int depth)
    {
        method = method.OriginalDefinition;

        // A recursion adds nothing to what the first visit finds.
        if (walk.Open.Contains(method))
        {
            walk.Recursions.Add(method);
            return OfNothing;
        }

        var cache = Cache.GetValue(walk.Compilation, static _ => new(SymbolEqualityComparer.Default));
        if (cache.TryGetValue(method, out var known))
            return known;

        // What is incomplete is complete enough for the question that is being answered: the rest of it is found on the way.
        if (walk.Seen.TryGetValue((method, depth), out var seen))
        {
            walk.Recursions.UnionWith(seen.Recursions);
            walk.IsCut |= seen.IsCut;
            return seen.Effects;
        }

        var bodies = Bodies.Of(walk.Compilation).Of(method);
        if (bodies.IsEmpty || depth > MostCalls || ++walk.Visited > MostCallees)
        {
            walk.IsCut |= !bodies.IsEmpty;
            return new() { Kinds = Effect.Unknown };
        }

        var (outerRecursions, wasCut) = (walk.Recursions, walk.IsCut);
        (walk.Recursions, walk.IsCut) = (new(SymbolEqualityComparer.Default), false);

        walk.Open.Add(method);
        var effects = new Effects();
        foreach (var body in bodies)
            effects.Visit(body, walk, depth + 1);

        walk.Open.Remove(method);
        effects.ForgetLocalsOf(method);

        // Inside the recursion of another method, or where the walk gave up, the result is incomplete and only good for this question.
        walk.Recursions.Remove(method);
        if (walk.Recursions.Count == 0 && !walk.IsCut)
            cache.TryAdd(method, effects);
        else
            walk.Seen[(method, depth)] = (effects, walk.Recursions, walk.IsCut);

        outerRecursions.UnionWith(walk.Recursions);
        (walk.Recursions, walk.IsCut) = (outerRecursions, walk.IsCut || wasCut);
        return effects;
    }

    private void Visit(IOperation operation, Walk walk, int depth, IInvocationOperation? without = null)
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
                    Call(compound.OperatorMethod, walk, depth);
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
                    Invoke(call, walk, depth);
                    break;

                case IObjectCreationOperation { Constructor: { } constructor, Type: { } type }:
                    if (!type.IsFromSystem())
                        Call(constructor, walk, depth, isCreation: true);
                    else if (type.TypeKind != TypeKind.Delegate && !IsHarmlessCreation(type))
                        Kinds |= Purity.OfUnknownLibrary;

                    break;

                case IPropertyReferenceOperation { Property: var property } reference:
                    Access(property, reference, walk, depth);
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
                    Call(method, walk, depth);
                    break;

                case IUnaryOperation { OperatorMethod: { } method }:
                    Call(method, walk, depth);
                    break;

                case IConversionOperation { OperatorMethod: { } method }:
                    Call(method, walk, depth);
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

    private void Invoke(IInvocationOperation call, Walk walk, int depth)
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

        Call(method, walk, depth);

        // What a visible callee does to its parameters it does to what was passed.
        if (method.Locations is [{ IsInSource: true }, ..])
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Parameter is { RefKind: RefKind.None } parameter && argument.Value.Type is { IsReferenceType: true } type && !Aliasing.IsImmutable(type)
                    && argument.Value.Variable() is not null && Aliasing.Classify(argument.Value.Unconverted()) is { Kind: UseKind.Passed or UseKind.Called } && ChangesParameter(parameter, walk.Compilation, depth))
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

    private void Call(IMethodSymbol? method, Walk walk, int depth, bool isCreation = false)
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

        var callee = Of(method, walk, depth);
        Kinds |= isCreation && callee.Written.All(symbol => !symbol.IsStatic) && !callee.Kinds.HasFlag(Effect.Unknown) ? callee.Kinds & ~Effect.WritesState : callee.Kinds;

        foreach (var symbol in callee.written)
            written.Add(symbol);

        foreach (var type in callee.mutated)
            mutated.Add(type);
    }

    private void Access(IPropertySymbol property, IPropertyReferenceOperation reference, Walk walk, int depth)
    {
        if (IsTarget(reference))
        {
            if (property.Locations is [{ IsInSource: true }, ..])
                Call(property.SetMethod, walk, depth);

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
            Call(getter, walk, depth);
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

            // An object initializer gives a new object its first values; nobody has seen it.
            case IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } }:
            case IFieldReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } }:
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

    /// <summary>One question on its way through the callees.</summary>
    private sealed class Walk(Compilation compilation)
    {
        public Compilation Compilation { get; } = compilation;

        /// <summary>The methods that are being visited.</summary>
        public HashSet<ISymbol> Open { get; } = new(SymbolEqualityComparer.Default);

        /// <summary>What was found out about methods that call back into open ones.</summary>
        public Dictionary<(ISymbol Method, int Depth), (Effects Effects, HashSet<ISymbol> Recursions, bool IsCut)> Seen { get; } = new(new MethodAndDepth());

        /// <summary>The open methods that the current one calls, directly or not.</summary>
        public HashSet<ISymbol> Recursions { get; set; } = new(SymbolEqualityComparer.Default);

        /// <summary>Whether something below the current method was not looked at.</summary>
        public bool IsCut { get; set; }

        /// <summary>How many methods were looked at.</summary>
        public int Visited { get; set; }

        private sealed class MethodAndDepth : IEqualityComparer<(ISymbol Method, int Depth)>
        {
            public bool Equals((ISymbol Method, int Depth) one, (ISymbol Method, int Depth) other) => one.Depth == other.Depth && SymbolEqualityComparer.Default.Equals(one.Method, other.Method);

            public int GetHashCode((ISymbol Method, int Depth) value) => SymbolEqualityComparer.Default.GetHashCode(value.Method) * 31 + value.Depth;
        }
    }
}
