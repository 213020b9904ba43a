using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>What is done with a reference to a variable.</summary>
internal enum UseKind
{
    /// <summary>Its value is read by an operator, a condition, an interpolation … and goes nowhere.</summary>
    Read,

    /// <summary>It gets a value: assignment, compound assignment, ++, deconstruction. Not a write to a member or element of it.</summary>
    Assigned,

    /// <summary>It is passed by <c>ref</c> or <c>out</c>, or a ref local is made of it.</summary>
    PassedByReference,

    /// <summary>A method is called on it; the context is the call.</summary>
    Called,

    /// <summary>A property or field of it, or an element, is read.</summary>
    MemberRead,

    /// <summary>A property or field of it, or an element, is written or passed by reference.</summary>
    MemberWritten,

    /// <summary>It is passed by value to a method or constructor; the context is the argument.</summary>
    Passed,

    /// <summary>A <c>foreach</c> or a spread walks through it.</summary>
    Enumerated,

    /// <summary>Another variable, a member, an element or the caller gets the same object.</summary>
    Shared,
}

/// <summary>One use of a variable.</summary>
internal readonly struct Use(IOperation reference, UseKind kind, IOperation? context)
{
    /// <summary>The reference.</summary>
    public IOperation Reference { get; } = reference;

    /// <summary>What is done with it.</summary>
    public UseKind Kind { get; } = kind;

    /// <summary>The operation that does it.</summary>
    public IOperation? Context { get; } = context;
}

/// <summary>What code does to the object that a variable holds.</summary>
internal enum Change
{
    /// <summary>Nothing, for certain.</summary>
    None,

    /// <summary>Nothing that can be seen, but it is handed to, or reachable by, code that cannot be seen.</summary>
    Unknown,

    /// <summary>The variable gets another value, or a mutator is called.</summary>
    Certain,
}

/// <summary>Every read, write, mutation and escape of a local, parameter or field.</summary>
internal static class Aliasing
{
    // A function that hands its argument on to itself in many places would be followed once for every way through them.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<IParameterSymbol, int[]>> Parameters = new();

    private const int MostCalls = 4;

    /// <summary>All uses of the variable in the operation, lambdas and local functions included.</summary>
    public static IEnumerable<Use> Uses(ISymbol variable, IOperation within)
    {
        foreach (var reference in References.To(variable, within))
            yield return Classify(reference);
    }

    /// <summary>Whether the operation is a reference to the variable; a field of any instance counts.</summary>
    public static bool Refers(IOperation operation, ISymbol variable) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => variable.Kind == SymbolKind.Local && SymbolEqualityComparer.Default.Equals(local, variable),
        IParameterReferenceOperation { Parameter: var parameter } => variable.Kind == SymbolKind.Parameter && SymbolEqualityComparer.Default.Equals(parameter, variable),
        IFieldReferenceOperation { Field: var field } => variable.Kind == SymbolKind.Field && SymbolEqualityComparer.Default.Equals(field, variable),
        _ => false,
    };

    /// <summary>What is done with a reference.</summary>
    public static Use Classify(IOperation reference)
    {
        var consumer = reference.Consumer(out var value);

        switch (consumer)
        {
            case IConditionalAccessOperation access when ReferenceEquals(access.Operation, value):
                return Placeholder(access) is { } placeholder ? new(reference, Classify(placeholder).Kind, Classify(placeholder).Context) : new(reference, UseKind.Read, access);

            case IAssignmentOperation assignment when ReferenceEquals(assignment.Target, value):
                return new(reference, assignment is ISimpleAssignmentOperation { IsRef: true } ? UseKind.PassedByReference : UseKind.Assigned, assignment);

            case IIncrementOrDecrementOperation increment:
                return new(reference, UseKind.Assigned, increment);

            case ITupleOperation tuple when IsTarget(tuple):
                return new(reference, UseKind.Assigned, tuple);

            case ISimpleAssignmentOperation { Target: IDiscardOperation } discarded:
                return new(reference, UseKind.Read, discarded);

            case IAssignmentOperation assignment:
                return new(reference, assignment is ISimpleAssignmentOperation { IsRef: true } ? UseKind.PassedByReference : Copied(value.Type), assignment);

            case IVariableInitializerOperation initializer:
                return new(reference, initializer.Parent is IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } ? UseKind.PassedByReference : Copied(value.Type), initializer);

            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                return new(reference, UseKind.PassedByReference, argument);

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call }:
                return new(reference, UseKind.Called, call);

            case IArgumentOperation { Parent: IPropertyReferenceOperation } index:
                return new(reference, UseKind.Read, index);

            case IArgumentOperation argument:
                return new(reference, UseKind.Passed, argument);

            case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                return new(reference, UseKind.Called, call);

            case IMemberReferenceOperation member when ReferenceEquals(member.Instance, value):
                return new(reference, member is IMethodReferenceOperation ? UseKind.Shared : IsWritten(member) ? UseKind.MemberWritten : UseKind.MemberRead, member);

            case IArrayElementReferenceOperation element when ReferenceEquals(element.ArrayReference, value):
                return new(reference, IsWritten(element) ? UseKind.MemberWritten : UseKind.MemberRead, element);

            case IImplicitIndexerReferenceOperation element when ReferenceEquals(element.Instance, value):
                return new(reference, IsWritten(element) ? UseKind.MemberWritten : UseKind.MemberRead, element);

            case IForEachLoopOperation loop when ReferenceEquals(loop.Collection, value):
                return new(reference, UseKind.Enumerated, loop);

            case ISpreadOperation spread:
                return new(reference, UseKind.Enumerated, spread);

            case IReturnOperation or ITupleOperation or IArrayInitializerOperation or ICollectionExpressionOperation or IFieldInitializerOperation or IPropertyInitializerOperation
                or IConditionalOperation or ICoalesceOperation or ISwitchExpressionArmOperation or IAnonymousFunctionOperation or IConversionOperation or IAwaitOperation or IWithOperation or IParameterInitializerOperation:
                return new(reference, Copied(value.Type), consumer);

            default:
                return new(reference, UseKind.Read, consumer);
        }
    }

    /// <summary>
    /// What the code does to the object in <paramref name="variable"/>, as far as <paramref name="within"/> itself shows: assignments, mutators, members written,
    /// hand-overs to code that does so, and the same through locals that are aliases of it; the call <paramref name="without"/> does not count. Other code may still reach the object; <see cref="Invariance"/> asks for that.
    /// </summary>
    public static Change ChangeIn(ISymbol variable, IOperation within, IInvocationOperation? without = null) => ChangeIn(variable, within, depth: 0, without);

    /// <summary>Whether reading through a call leaves its receiver as it was.</summary>
    public static bool LeavesReceiver(IInvocationOperation call) => ChangeByCall(call, depth: 0) == Change.None;

    /// <summary>The code that can do something to a variable by its name: the body of a local or parameter, every body of the type that names a private field.</summary>
    public static IEnumerable<IOperation> OwnScopes(ISymbol variable, IOperation near) =>
        variable is IFieldSymbol field && near.SemanticModel is { Compilation: var compilation }
            ? Bodies.Of(compilation).Naming(field)
            : [near.Root()];

    internal static Change ChangeIn(ISymbol variable, IOperation within, int depth, IInvocationOperation? without = null)
    {
        var worst = Change.None;
        foreach (var use in Uses(variable, within))
        {
            var change = use.Kind switch
            {
                UseKind.Assigned or UseKind.PassedByReference => Change.Certain,
                UseKind.MemberWritten => IsImmutable(use.Reference.Type) ? Change.None : Change.Certain,
                UseKind.Called when use.Context is IInvocationOperation call => ReferenceEquals(call, without) || IsImmutable(use.Reference.Type) ? Change.None : ChangeByCall(call, depth),
                UseKind.Passed when use.Context is IArgumentOperation argument => IsImmutable(use.Reference.Type) ? Change.None : ChangeByArgument(argument, depth),
                UseKind.Shared => IsImmutable(use.Reference.Type) ? Change.None : ChangeThrough(use.Context, within, depth),
                _ => Change.None,
            };

            if (change == Change.Certain)
                return Change.Certain;

            if (change > worst)
                worst = change;
        }

        return worst;
    }

    /// <summary>Whether values of the type never change: strings, primitives, enums, delegates, types, immutable collections, expression trees.</summary>
    public static bool IsImmutable(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: not (SpecialType.None or SpecialType.System_Object or SpecialType.System_Array or SpecialType.System_Collections_IEnumerable or SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IList_T or SpecialType.System_Collections_Generic_ICollection_T or SpecialType.System_Collections_IEnumerator
            or SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T) } => true,
        { TypeKind: TypeKind.Enum or TypeKind.Delegate } => true,
        INamedTypeSymbol { IsReadOnly: true, IsValueType: true } value => value.IsFromSystem() && !Operations.IsSpan(value),
        { Name: "Type" or "Regex" or "Uri" or "Version" or "CultureInfo" or "StringComparer" or "Encoding" } when type.IsFromSystem() => true,
        _ => type.ContainingNamespace.Is("System.Collections.Immutable") && type.Name != "Builder" || type.ContainingNamespace.Is("System.Collections.Frozen")
            || type.ContainingNamespace.Is("System.Linq.Expressions") && type.Name.EndsWith("Expression", StringComparison.Ordinal),
    };

    /// <summary>What a call does to the object it is made on.</summary>
    private static Change ChangeByCall(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;

        if (Purity.OfLibrary(method) is { } known)
            return known.HasFlag(Effect.MutatesReceiver) ? Change.Certain : Change.None;

        if (method.IsExtensionMethod && method.Parameters.Length > 0)
            return ChangeByParameter((method.ReducedFrom ?? method).Parameters[0], call, depth);

        // A method of the user's own type, or one nobody told us about.
        return method.ContainingType.IsFromSystem() && IsReadOnlyView(method.ContainingType) ? Change.None : Change.Certain;
    }

    private static Change ChangeByArgument(IArgumentOperation argument, int depth)
    {
        if (argument.Parameter is not { } parameter)
            return Change.Unknown;

        return argument.Parent switch
        {
            IInvocationOperation call => ChangeByParameter(parameter, call, depth),
            IObjectCreationOperation { Constructor: { } constructor } => ChangeByParameter(parameter, constructor, argument, depth),
            _ => Change.Unknown,
        };
    }

    private static Change ChangeByParameter(IParameterSymbol parameter, IInvocationOperation call, int depth) =>
        call.TargetMethod is { IsVirtual: false, IsAbstract: false, IsOverride: false } || parameter.ContainingType.IsFromSystem()
            ? ChangeByParameter(parameter, (IMethodSymbol)parameter.ContainingSymbol, call, depth)
            : Change.Unknown;

    private static Change ChangeByParameter(IParameterSymbol parameter, IMethodSymbol method, IOperation call, int depth)
    {
        // An Action is the library's, but what it runs is not.
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return Change.Unknown;

        if (method.ContainingType.IsFromSystem())
        {
            if (Purity.OfLibrary(method) is { } library)
                return library.HasFlag(Effect.MutatesArguments) ? Change.Certain : Change.None;

            return IsReadOnlyView(parameter.OriginalDefinition.Type) ? Change.None : Change.Unknown;
        }

        if (depth >= MostCalls || call.SemanticModel is not { Compilation: var compilation })
            return Change.Unknown;

        var bodies = Bodies.Of(compilation).Of(method);
        if (bodies.IsEmpty)
            return Change.Unknown;

        var declared = method.OriginalDefinition.Parameters[parameter.Ordinal];
        var known = Parameters.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default)).GetOrAdd(declared, static _ => new int[MostCalls]);
        if (known[depth] is > 0 and var answer)
            return (Change)(answer - 1);

        var worst = Change.None;
        foreach (var body in bodies)
        {
            var change = ChangeIn(declared, body, depth + 1);
            if (change > worst)
                worst = change;
        }

        known[depth] = 1 + (int)worst;
        return worst;
    }

    /// <summary>What happens to the object through the place that shares it: a local is followed, anything else is out of sight.</summary>
    private static Change ChangeThrough(IOperation? context, IOperation within, int depth)
    {
        if (context is IReturnOperation)
            return Change.None;

        var alias = context switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
            ISimpleAssignmentOperation { Target: var target } => target.Variable(),
            _ => null,
        };

        if (alias is not ILocalSymbol || depth >= MostCalls)
            return Change.Unknown;

        // The alias is assigned once to become one; only what is then done to the object counts.
        var worst = Change.None;
        foreach (var use in Uses(alias, within))
        {
            var change = use.Kind switch
            {
                UseKind.PassedByReference => Change.Unknown,
                UseKind.MemberWritten => Change.Certain,
                UseKind.Called when use.Context is IInvocationOperation call => ChangeByCall(call, depth + 1),
                UseKind.Passed when use.Context is IArgumentOperation argument => ChangeByArgument(argument, depth + 1),
                UseKind.Shared => ChangeThrough(use.Context, within, depth + 1),
                _ => Change.None,
            };

            if (change > worst)
                worst = change;
        }

        return worst;
    }

    /// <summary>Interfaces through which nothing can be changed.</summary>
    public static bool IsReadOnlyView(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object || type.SpecialType == SpecialType.System_String
        || type.Name is "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" or "IReadOnlyDictionary" or "IReadOnlySet" or "ReadOnlySpan" or "ReadOnlyMemory" or "IOrderedEnumerable" or "IGrouping" or "ILookup" or "ReadOnlyCollection" or "Lookup"
        || type is ITypeParameterSymbol;

    private static UseKind Copied(ITypeSymbol? type) => type is { IsReferenceType: true } && !IsImmutable(type) || type is ITypeParameterSymbol || Operations.IsSpan(type) ? UseKind.Shared : UseKind.Read;

    private static IOperation? Placeholder(IConditionalAccessOperation access)
    {
        foreach (var part in access.WhenNotNull.DescendantsAndSelf())
        {
            if (part is IConditionalAccessInstanceOperation && ReferenceEquals(Operations.Resolved(part), Operations.Resolved(access.Operation)))
                return part;
        }

        return null;
    }

    private static bool IsTarget(ITupleOperation tuple)
    {
        IOperation current = tuple;
        while (current.Parent is ITupleOperation or IConversionOperation or IDeclarationExpressionOperation)
            current = current.Parent;

        return current.Parent is IDeconstructionAssignmentOperation assignment && ReferenceEquals(assignment.Target, current);
    }

    private static bool IsWritten(IOperation place)
    {
        if (Classify(place) is { Kind: var kind })
        {
            switch (kind)
            {
                case UseKind.Assigned or UseKind.PassedByReference:
                    return true;

                // A write into a struct member writes into what holds the struct.
                case UseKind.MemberWritten when place.Type is { IsValueType: true }:
                    return true;

                case UseKind.Called when place.Type is { IsValueType: true, IsReadOnly: false } type && place is IFieldReferenceOperation or IArrayElementReferenceOperation:
                    return !IsImmutable(type);
            }
        }

        return false;
    }
}
