namespace HotPath;

/// <summary>Something that a method does whenever it is called, itself or through what it calls.</summary>
/// <typeparam name="T">What a rule remembers of it.</typeparam>
internal sealed class Deed<T>(IMethodSymbol method, Location at, ISymbol? source, Inputs inputs, bool isRepeated, T detail)
    where T : class
{
    /// <summary>The method whose code does it.</summary>
    public IMethodSymbol Method { get; } = method;

    /// <summary>Where that stands.</summary>
    public Location At { get; } = at;

    /// <summary>What it is done to: a parameter or captured variable of the method that is called, a field or property; null where that does not matter.</summary>
    public ISymbol? Source { get; private init; } = source;

    /// <summary>The parameter, field or captured variable that holds the object whose member <see cref="Source"/> is; null for the object that the method runs on.</summary>
    public ISymbol? Owner { get; private init; }

    /// <summary>What it depends on, in the method that is called.</summary>
    public Inputs Inputs { get; private init; } = inputs;

    /// <summary>Whether a loop behind the call repeats it already.</summary>
    public bool IsRepeated { get; private init; } = isRepeated;

    /// <summary>How many calls lie between the method that is called and <see cref="Method"/>.</summary>
    public int Depth { get; private init; }

    /// <summary>What the rule remembers of it.</summary>
    public T Detail { get; } = detail;

    /// <summary>The same deed as one of the method that makes the call; null where it is done to something that this method has for itself.</summary>
    public Deed<T>? Through(Hop hop)
    {
        var (source, owner) = (Source, Owner);

        if (CallGraph.IsOf(source, hop.Callee))
        {
            source = hop.Place(((IParameterSymbol)source!).Ordinal);
            if (source is null)
                return null;
        }
        else if (CallGraph.IsOf(owner, hop.Callee))
        {
            owner = hop.Place(((IParameterSymbol)owner!).Ordinal);
            if (owner is null)
                return null;
        }
        else if (CallGraph.IsOfInstance(owner ?? source, hop.Callee) && !hop.IsOnSameObject)
        {
            // The member of a member of a member is too far away to be followed.
            if (owner is not null || hop.Receiver is null)
                return null;

            owner = hop.Receiver;
        }

        // What the method made for this call is another one the next time.
        if (source is ILocalSymbol && SymbolEqualityComparer.Default.Equals(source.ContainingSymbol, hop.Caller))
            return null;

        return new(Method, At, source, Inputs, IsRepeated || hop.IsRepeated, Detail) { Owner = owner, Inputs = hop.Map(Inputs), Depth = Depth + 1 };
    }
}
