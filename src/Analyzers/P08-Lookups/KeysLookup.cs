namespace HotPath;

/// <summary>A loop over the keys of a dictionary that looks each key up again.</summary>
internal sealed class KeysLookup
{
    private KeysLookup(IForEachLoopOperation loop, ILocalSymbol key, IOperation dictionary, ImmutableArray<IPropertyReferenceOperation> reads, INamedTypeSymbol pairs)
    {
        Loop = loop;
        Key = key;
        Dictionary = dictionary;
        Reads = reads;
        Pairs = pairs;
    }

    /// <summary>The loop.</summary>
    public IForEachLoopOperation Loop { get; }

    /// <summary>The variable that holds the key.</summary>
    public ILocalSymbol Key { get; }

    /// <summary>The dictionary.</summary>
    public IOperation Dictionary { get; }

    /// <summary>Every <c>dictionary[key]</c> of the body.</summary>
    public ImmutableArray<IPropertyReferenceOperation> Reads { get; }

    /// <summary>The type of the dictionary.</summary>
    public INamedTypeSymbol Pairs { get; }

    /// <summary>The loop as such a one, or null.</summary>
    public static KeysLookup? Of(IForEachLoopOperation loop, AnalyzerOptions options)
    {
        if (loop is not { IsAsynchronous: false, Locals: [var key], LoopControlVariable: IVariableDeclaratorOperation } || loop.Collection.Unconverted() is not IPropertyReferenceOperation { Property.Name: "Keys", Instance: { } dictionary })
            return null;

        if (!dictionary.Type.IsKeyed() || dictionary.Type is not INamedTypeSymbol type || !IsPlace(dictionary))
            return null;

        var reads = ImmutableArray.CreateBuilder<IPropertyReferenceOperation>();
        foreach (var use in Aliasing.Uses(key, loop.Body))
        {
            if (use.Reference.Consumer(out _) is IArgumentOperation { Parent: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } read, Arguments.Length: 1 } element } && IsSame(read, dictionary))
            {
                // A write puts another value there.
                if (Aliasing.Classify(element).Kind is UseKind.Assigned or UseKind.PassedByReference)
                    return null;

                reads.Add(element);
            }
        }

        if (reads.Count == 0 || Loops.IsCold(loop) || loop.IsInExpressionTree() || Sizes.Most(dictionary) <= Options.SmallLoop.Read(options, loop.Syntax.SyntaxTree, KeysThenLookupAnalyzer.Id))
            return null;

        return loop.Binds() && Invariance.Holds(dictionary, loop) ? new(loop, key, dictionary, reads.ToImmutable(), type) : null;
    }

    private static bool IsPlace(IOperation dictionary) =>
        dictionary.Variable() is not null || dictionary is IPropertyReferenceOperation { Property.IsIndexer: false, Instance: var owner } && (owner is null or IInstanceReferenceOperation || owner.Variable() is not null);

    private static bool IsSame(IOperation one, IOperation other) =>
        one.Variable() is { } variable ? SymbolEqualityComparer.Default.Equals(variable, other.Variable()) : SyntaxFactory.AreEquivalent(one.Syntax, other.Syntax, topLevel: false);
}
