namespace HotPath;

/// <summary>How the code names the element that it looks at: a parameter of a lambda, the variable of a <c>foreach</c>, <c>list[i]</c>, or one half of a pair.</summary>
internal readonly struct KeyElement(ISymbol symbol, ISymbol? indexed = null, ISymbol? half = null)
{
    /// <summary>The parameter or variable, or the index.</summary>
    public ISymbol Symbol { get; } = symbol;

    /// <summary>The list that is indexed; null where the symbol is the element itself.</summary>
    public ISymbol? Indexed { get; } = indexed;

    /// <summary>The member of the pair in <see cref="Symbol"/> that is the element; null where there is no pair.</summary>
    public ISymbol? Half { get; } = half;

    /// <summary>Whether the operation, conversions aside, is the element.</summary>
    public bool Is(IOperation operation)
    {
        operation = operation.Unconverted();
        if (Half is not null)
            return operation is IMemberReferenceOperation { Member: var member, Instance: { } pair } && SymbolEqualityComparer.Default.Equals(member, Half) && Aliasing.Refers(pair.Unconverted(), Symbol);

        if (Indexed is null)
            return Aliasing.Refers(operation, Symbol);

        return operation switch
        {
            IArrayElementReferenceOperation { ArrayReference: var array, Indices: [var index] } => IsAt(array, index),
            IPropertyReferenceOperation { Property: { IsIndexer: true }, Instance: { } list, Arguments: [{ Value: var index }] } => IsAt(list, index),
            _ => false,
        };
    }

    /// <summary>Whether the operation has anything to do with the element.</summary>
    public bool IsIn(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (Half is null ? Aliasing.Refers(part, Symbol) : Is(part) || Aliasing.Refers(part, Symbol) && part.Parent is not IMemberReferenceOperation)
                return true;
        }

        return false;
    }

    private bool IsAt(IOperation list, IOperation index) =>
        SymbolEqualityComparer.Default.Equals(list.Variable(), Indexed) && Aliasing.Refers(index.Unconverted(), Symbol);
}
