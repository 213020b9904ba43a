namespace HotPath;

/// <summary>
/// The other work of an iteration: whether it can tell that a transaction is now open around it, or that what it wrote is not yet stored.
/// It can when it reaches a database, runs code that cannot be seen, or waits for something else while the transaction holds its locks.
/// </summary>
internal static class Bystanders
{
    private const int MostCalls = 4;

    /// <summary>Whether everything in the operation but what <paramref name="known"/> says is harmless.</summary>
    public static bool AreHarmless(IOperation operation, Func<IOperation, bool> known) =>
        operation.Root().SemanticModel is { Compilation: var compilation } && AreHarmless(operation, known, compilation, depth: 0);

    private static bool AreHarmless(IOperation operation, Func<IOperation, bool> known, Compilation compilation, int depth)
    {
        if (known(operation))
            return true;

        if (!IsHarmless(operation, known, compilation, depth))
            return false;

        foreach (var child in operation.ChildOperations)
        {
            if (!AreHarmless(child, known, compilation, depth))
                return false;
        }

        return true;
    }

    private static bool IsHarmless(IOperation operation, Func<IOperation, bool> known, Compilation compilation, int depth)
    {
        if (Databases.IsAny(operation.Type))
            return false;

        switch (operation)
        {
            case IAwaitOperation { Operation: var awaited }:
                return known(awaited.WithoutConfigureAwait());

            case IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" } }:
                return true;

            case IInvocationOperation { TargetMethod: var method } call:
                return IsHarmless(method, call.Instance, compilation, depth);

            case IObjectCreationOperation { Constructor: { } constructor }:
                return IsHarmless(constructor, instance: null, compilation, depth);

            case IPropertyReferenceOperation { Property: var property } reference when property.Locations is [{ IsInSource: true }, ..]:
                return (reference.Parent is IAssignmentOperation { Target: var target } && ReferenceEquals(target, reference) ? property.SetMethod : property.GetMethod) is not { } accessor
                    || accessor.IsAbstract || Effects.IsAuto(accessor) || IsHarmless(accessor, reference.Instance, compilation, depth);

            case IEventAssignmentOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation or IFunctionPointerInvocationOperation:
            case IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
                return false;

            default:
                return true;
        }
    }

    private static bool IsHarmless(IMethodSymbol method, IOperation? instance, Compilation compilation, int depth)
    {
        method = method.OriginalDefinition;

        if (method.MethodKind == MethodKind.DelegateInvoke)
            return false;

        if (method.Locations is [{ IsInSource: true }, ..])
        {
            if (method.IsImplicitlyDeclared)
                return true;

            var isFixed = !method.IsVirtual && !method.IsAbstract && !method.IsOverride || instance?.Type is { IsSealed: true } || method.ContainingType.IsSealed;
            if (!isFixed || depth >= MostCalls)
                return false;

            foreach (var body in Bodies.Of(compilation).Of(method))
            {
                // What the callee is told about does not hold in its own body.
                if (!AreHarmless(body, static _ => false, compilation, depth + 1))
                    return false;
            }

            return true;
        }

        return IsOfPlainLibrary(method.ContainingType) || Databases.IsParameter(method.ContainingType) || method.ContainingType.Implements("System.Data", "IDataParameterCollection");
    }

    /// <summary>Libraries that compute, format and write text, and know no database.</summary>
    private static bool IsOfPlainLibrary(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        return space.Is("System") || space.Is("System.Linq") && type.Name == "Enumerable" || space.Is("System.Text") || space.Is("System.Text.RegularExpressions") || space.Is("System.Text.Json")
            || space.Is("System.Globalization") || space.Is("System.Numerics") || space.Is("System.IO") || space.Is("System.Diagnostics") || space.Is("System.Runtime.CompilerServices")
            || space.Is("System.Collections") || space.Is("System.Collections.Generic") || space.Is("System.Collections.Immutable") || space.Is("System.Collections.Frozen") || space.Is("System.Collections.ObjectModel")
            || space.Is("Microsoft.Extensions.Logging") || space.Is("System.Threading") && type.Name is "CancellationToken" or "Interlocked" || space.Is("System.Security.Cryptography");
    }
}
