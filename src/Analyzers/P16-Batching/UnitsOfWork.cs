using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Methods of the user's own that save a context: the commit of a unit of work.</summary>
internal static class UnitsOfWork
{
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<IMethodSymbol, bool>> Known = new();

    /// <summary>Whether the method may be one, by its name and because it is declared in source.</summary>
    public static bool IsCandidate(IMethodSymbol method) =>
        method is { IsStatic: false, Name: "Commit" or "CommitAsync" or "Save" or "SaveAsync" or "Complete" or "CompleteAsync" or "SaveChanges" or "SaveChangesAsync", Locations: [{ IsInSource: true }, ..] }
        && !Databases.IsContext(method.ContainingType);

    /// <summary>Whether the method, or of an interface or abstract class every implementation in source, calls <c>SaveChanges</c> of a context.</summary>
    public static bool Saves(IMethodSymbol method, IOperation near)
    {
        if (near.Root().SemanticModel is not { Compilation: var compilation } || method.Locations is not [{ IsInSource: true }, ..])
            return false;

        var known = Known.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default));
        return known.GetOrAdd(method.OriginalDefinition, method => Find(method, compilation));
    }

    private static bool Find(IMethodSymbol method, Compilation compilation)
    {
        if (!method.IsAbstract)
            return CallsSave(method, compilation);

        var found = false;
        foreach (var type in Types(compilation.Assembly.GlobalNamespace))
        {
            if (Implementation(method, type) is not { IsAbstract: false } implementation)
                continue;

            if (!CallsSave(implementation, compilation))
                return false;

            found = true;
        }

        return found;
    }

    private static IMethodSymbol? Implementation(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (type is not { TypeKind: TypeKind.Class, IsAbstract: false })
            return null;

        if (method.ContainingType.TypeKind == TypeKind.Interface)
            return type.FindImplementationForInterfaceMember(method) as IMethodSymbol;

        foreach (var member in type.GetMembers(method.Name))
        {
            if (member is IMethodSymbol { IsOverride: true } overriding && SymbolEqualityComparer.Default.Equals(overriding.OverriddenMethod?.OriginalDefinition, method))
                return overriding;
        }

        return null;
    }

    private static bool CallsSave(IMethodSymbol method, Compilation compilation)
    {
        // A context that implements the interface by what it inherits.
        if (method.Name is "SaveChanges" or "SaveChangesAsync" && Databases.IsContext(method.ContainingType))
            return true;

        var saves = false;
        foreach (var body in Bodies.Of(compilation).Of(method))
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                // Events, loops and transactions around it are more than a save.
                if (part is ILoopOperation || Databases.IsTransaction(part.Type))
                    return false;

                saves |= part is IInvocationOperation { TargetMethod.Name: "SaveChanges" or "SaveChangesAsync", Instance.Type: { } type } && Databases.IsContext(type);
            }
        }

        return saves;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type)
                yield return type;

            if (member is INamespaceOrTypeSymbol inner)
            {
                foreach (var nested in Types(inner))
                    yield return nested;
            }
        }
    }
}
