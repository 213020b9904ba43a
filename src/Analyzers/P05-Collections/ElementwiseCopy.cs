namespace HotPath;

/// <summary>A loop whose whole body adds the elements of a collection to a list, one after the other.</summary>
internal sealed class ElementwiseCopy
{
    private ElementwiseCopy(Fill fill) => Fill = fill;

    /// <summary>What is filled.</summary>
    public Fill Fill { get; }

    /// <summary>What is copied.</summary>
    public IOperation Source => Fill.Loop.Source!;

    /// <summary>The copy that the loop makes, or null.</summary>
    public static ElementwiseCopy? Of(IOperation loop, AnalyzerOptions options) =>
        Fill.Of(loop, options, AddOneByOneAnalyzer.Id) is [{ IsWhole: true, IsList: true, Loop.Source: { } source } fill] && fill.Loop.IsElement(fill.Value) && CanBeCopied(source.Type, fill) ? new(fill) : null;

    /// <summary>Whether <c>AddRange</c> copies a block of elements: it does so for collections of exactly these elements, and for arrays of a more special type.</summary>
    private static bool CanBeCopied(ITypeSymbol? source, Fill fill)
    {
        if (fill.Target.Type is not INamedTypeSymbol { TypeArguments: [var element] } || fill.Loop.Variable is not { } variable || fill.Loop.ElementType is not { } from)
            return false;

        if (fill.Loop.Bound is null && !SymbolEqualityComparer.Default.Equals(variable.Type, from))
            return false;

        switch (source)
        {
            case IArrayTypeSymbol { Rank: 1 }:
                return SymbolEqualityComparer.Default.Equals(from, element) || from.IsReferenceType && IsReferenceConversion(fill.Value);

            // Queues, stacks and their kin would be walked through all the same.
            case INamedTypeSymbol collection when !Operations.IsSpan(collection) && collection.Name != "ImmutableArray" && SymbolEqualityComparer.Default.Equals(from, element):
                return collection.TypeKind == TypeKind.Interface || collection.AllInterfaces.Any(static implemented => implemented.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T);

            default:
                return false;
        }
    }

    private static bool IsReferenceConversion(IOperation value) => value is IConversionOperation { OperatorMethod: null, Conversion: { IsReference: true, IsImplicit: true } };
}
