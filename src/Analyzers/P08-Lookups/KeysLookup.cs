namespace HotPath;

/// <summary>A loop over the keys of a dictionary that looks each key up again.</summary>
internal sealed class KeysLookup
{
    private KeysLookup(IForEachLoopOperation loop, ILocalSymbol key, IOperation dictionary, ImmutableArray<IOperation> reads, INamedTypeSymbol pairs)
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

    /// <summary>Every <c>dictionary[key]</c> of the body, and every other question for the value.</summary>
    public ImmutableArray<IOperation> Reads { get; }

    /// <summary>The type of the dictionary.</summary>
    public INamedTypeSymbol Pairs { get; }

    /// <summary>The loop as such a one, or null.</summary>
    public static KeysLookup? Of(IForEachLoopOperation loop, AnalyzerOptions options)
    {
        if (loop is not { IsAsynchronous: false, Locals: [var key], LoopControlVariable: IVariableDeclaratorOperation } || Walked(loop) is not IPropertyReferenceOperation { Property.Name: "Keys", Instance: { } dictionary })
            return null;

        if (!dictionary.Type.IsKeyed() || dictionary.Type is not INamedTypeSymbol type || !IsPlace(dictionary))
            return null;

        if (ReadsOf(key, loop.Body, dictionary) is not { IsEmpty: false } reads || Loops.IsCold(loop) || loop.IsInExpressionTree() || Sizes.Most(dictionary) <= Options.SmallLoop.Read(options, loop.Syntax.SyntaxTree, KeysThenLookupAnalyzer.Id))
            return null;

        return loop.Binds() && Invariance.Holds(dictionary, loop) ? new(loop, key, dictionary, reads, type) : null;
    }

    /// <summary>Every question for the value of the key in the code; null where it is written.</summary>
    public static ImmutableArray<IOperation>? ReadsOf(ISymbol key, IOperation code, IOperation dictionary)
    {
        var reads = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var use in Aliasing.Uses(key, code))
        {
            if (use.Reference.Consumer(out _) is IArgumentOperation { Parent: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } read, Arguments.Length: 1 } element } && IsSame(read, dictionary))
            {
                // A write puts another value there.
                if (Aliasing.Classify(element).Kind is UseKind.Assigned or UseKind.PassedByReference)
                    return null;

                reads.Add(element);
            }
            else if (use.Reference.Consumer(out _) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "TryGetValue" or "GetValueOrDefault" } question } && dictionary.Type?.Name != "ConcurrentDictionary"
                && question.Receiver() is { } asked && IsSame(asked, dictionary) && (question.ArgumentOf(question.Instance is null ? 1 : 0) ?? question).DescendantsAndSelf().Contains(use.Reference))
            {
                // Another thread may take an entry out between the two.
                reads.Add(question);
            }
        }

        return reads.ToImmutable();
    }

    /// <summary>What the loop walks through, perhaps by another name: <c>var keys = d.Keys;</c>.</summary>
    private static IOperation Walked(IForEachLoopOperation loop) =>
        loop.Collection.Unconverted() is ILocalReferenceOperation { Local: var local } named && Origins.Only(local, named) is { } origin ? origin.Unconverted() : loop.Collection.Unconverted();

    /// <summary>Whether the dictionary is a variable or a member of one.</summary>
    public static bool IsPlace(IOperation dictionary) =>
        dictionary.Variable() is not null || dictionary is IPropertyReferenceOperation { Property.IsIndexer: false, Instance: var owner } && (owner is null or IInstanceReferenceOperation || owner.Variable() is not null);

    private static bool IsSame(IOperation one, IOperation other) =>
        one.Variable() is { } variable ? SymbolEqualityComparer.Default.Equals(variable, other.Variable()) : SyntaxFactory.AreEquivalent(one.Syntax, other.Syntax, topLevel: false);
}
