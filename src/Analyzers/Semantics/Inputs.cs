namespace HotPath;

/// <summary>What a value in a method is computed from, as far as it can differ from call to call: parameters, the object the method runs on, or anything else.</summary>
internal readonly struct Inputs
{
    // A value of more parts than these is nobody's key.
    private const int MostParts = 256;

    private const int MostLocals = 4;
    private const ulong ObjectBit = 1UL << 62;
    private const ulong OtherBit = 1UL << 63;
    private readonly ulong bits;

    private Inputs(ulong bits) => this.bits = bits;

    /// <summary>Something that nobody hands in and that may be another one each time.</summary>
    public static Inputs Other => new(OtherBit);

    /// <summary>The object that the method runs on.</summary>
    public static Inputs Object => new(ObjectBit);

    /// <summary>Whether the value is the same in all calls.</summary>
    public bool AreNone => bits == 0;

    /// <summary>Whether the object that the method runs on is among them.</summary>
    public bool HaveObject => (bits & ObjectBit) != 0;

    /// <summary>Whether something is among them that nobody hands in.</summary>
    public bool HaveOther => (bits & OtherBit) != 0;

    public static Inputs operator |(Inputs one, Inputs other) => new(one.bits | other.bits);

    /// <summary>Whether the parameter of that ordinal is among them.</summary>
    public bool Have(int ordinal) => ordinal < 62 && (bits & (1UL << ordinal)) != 0;

    /// <summary>Whether there is nothing but these.</summary>
    public bool AreWithin(Inputs others) => (bits & ~others.bits) == 0;

    /// <summary>Those without the parameters.</summary>
    public Inputs WithoutParameters() => new(bits & (ObjectBit | OtherBit));

    /// <summary>The inputs of a value in the method; with <paramref name="follow"/> those of the locals it reads, which else may be anything.</summary>
    public static Inputs Of(IOperation value, IMethodSymbol method, bool follow) => Of(value, method, follow, depth: 0);

    private static Inputs Of(IOperation value, IMethodSymbol method, bool follow, int depth)
    {
        var inputs = default(Inputs);
        var parts = 0;

        foreach (var part in value.DescendantsAndSelf())
        {
            if (++parts > MostParts)
                return inputs | Other;

            switch (part)
            {
                case IParameterReferenceOperation { Parameter: var parameter }:
                    inputs |= Of(parameter, value, method);
                    break;

                case ILocalReferenceOperation { Local: { IsConst: false } local } when !value.Declares(local):
                    inputs |= follow && depth < MostLocals ? Of(local, part, method, depth) : Other;
                    break;

                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                    inputs |= Object;
                    break;
            }
        }

        return inputs;
    }

    private static Inputs Of(IParameterSymbol parameter, IOperation value, IMethodSymbol method)
    {
        if (SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method))
            return parameter.Ordinal < 62 ? new(1UL << parameter.Ordinal) : Other;

        // A parameter of a primary constructor is a field in all but name.
        return parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? Object : value.Declares(parameter) ? default : Other;
    }

    private static Inputs Of(ILocalSymbol local, IOperation reference, IMethodSymbol method, int depth)
    {
        if (Origins.Only(local, reference) is { } origin)
            return Of(origin, method, follow: true, depth + 1);

        // What a loop of the method itself is at comes from what it walks through.
        for (var current = reference.Parent; current is not null; current = current.Parent)
        {
            if (current is IForEachLoopOperation { Locals: var locals, Collection: var collection } && locals.Contains(local, SymbolEqualityComparer.Default))
                return Of(collection, method, follow: true, depth + 1);
        }

        return Other;
    }
}
