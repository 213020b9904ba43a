namespace HotPath;

/// <summary>A query that makes every pair of two sequences and keeps those whose keys match: <c>from a in x from b in y where b.Id == a.Id</c>, or <c>SelectMany</c> and <c>Where</c>.</summary>
internal sealed class CrossJoin
{
    private CrossJoin(IInvocationOperation filter, IInvocationOperation product, KeyedScan scan, Loop outer)
    {
        Filter = filter;
        Product = product;
        Scan = scan;
        Outer = outer;
    }

    /// <summary>The call of <c>Where</c>, written as such or as a clause.</summary>
    public IInvocationOperation Filter { get; }

    /// <summary>The call of <c>SelectMany</c>, written as such or as a second <c>from</c>.</summary>
    public IInvocationOperation Product { get; }

    /// <summary>What is scanned for which key.</summary>
    public KeyedScan Scan { get; }

    /// <summary>The walk through the first sequence.</summary>
    public Loop Outer { get; }

    /// <summary>The second <c>from</c>, or the whole call.</summary>
    public SyntaxNode Place => Product.Syntax is FromClauseSyntax ? Product.Syntax : Filter.Syntax;

    /// <summary>The join that the call is, or null.</summary>
    public static CrossJoin? Of(IInvocationOperation filter, AnalyzerOptions options)
    {
        if (!IsOperator(filter, "Where") || filter.Arguments.Length != 2 || Lambda(filter.ArgumentOf(1)) is not { Symbol.Parameters: [var pair], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] })
            return null;

        if (Source(filter) is not IInvocationOperation product || !IsOperator(product, "SelectMany") || Parts(product) is not var (collection, member))
            return null;

        if (KeyedScan.Of(filter, collection, new(pair, half: member), condition) is not { IsIdentity: false } scan || !Varies(scan, pair) || Loops.Enclosing(scan.Root, options) is not { Lambda: not null } outer || !ReferenceEquals(outer.Operation, product))
            return null;

        var small = Options.SmallLoop.Read(options, filter.Syntax.SyntaxTree, NestedLoopJoinAnalyzer.Id);
        if (Sizes.Most(collection) <= small || scan.HasSmallDomain(small) || !filter.Binds() || !scan.IsInvariant(outer))
            return null;

        // Whoever runs the query may change the sequence on the way.
        var end = Pipeline.End(filter);
        return end.IsDeferred || Invariance.Holds(scan.Root, end.Operation) ? new(filter, product, scan, outer) : null;
    }

    /// <summary>What is looked for comes from the other half of the pair.</summary>
    private static bool Varies(KeyedScan scan, IParameterSymbol pair)
    {
        foreach (var match in scan.Matches)
        {
            foreach (var part in match.Value.DescendantsAndSelf())
            {
                if (Aliasing.Refers(part, pair))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The second sequence, which has nothing to do with the element of the first, and the half of the pairs that its elements become.</summary>
    private static (IOperation Collection, ISymbol Member)? Parts(IInvocationOperation product)
    {
        if (Lambda(product.ArgumentOf(1)) is not { Symbol.Parameters: [var first], Body.Operations: [IReturnOperation { ReturnedValue: { } second }] })
            return null;

        IAnonymousFunctionOperation? maker;
        IParameterSymbol? element;
        var collection = Inner(second);

        if (product.Arguments.Length == 3)
        {
            maker = Lambda(product.ArgumentOf(2));
            element = maker?.Symbol.Parameters is [_, var other] ? other : null;
        }
        else if (collection is IInvocationOperation select && IsOperator(select, "Select") && select.Arguments.Length == 2)
        {
            maker = Lambda(select.ArgumentOf(1));
            element = maker?.Symbol.Parameters is [var only] ? only : null;
            collection = Source(select);
        }
        else
        {
            return null;
        }

        if (collection is null || element is null || maker is not { Body.Operations: [IReturnOperation { ReturnedValue: { } made }] } || Half(made.Unconverted(), element) is not { } member)
            return null;

        foreach (var part in collection.DescendantsAndSelf())
        {
            if (Aliasing.Refers(part, first))
                return null;
        }

        return (collection, member);
    }

    /// <summary>The member of an anonymous object or tuple that holds the element.</summary>
    private static ISymbol? Half(IOperation made, IParameterSymbol element)
    {
        switch (made)
        {
            case IAnonymousObjectCreationOperation { Initializers: var initializers }:
                foreach (var initializer in initializers)
                {
                    if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property }, Value: var value } && Aliasing.Refers(value.Unconverted(), element))
                        return property;
                }

                return null;

            case ITupleOperation { Elements: var elements, Type: INamedTypeSymbol { TupleElements: var fields } } when elements.Length == fields.Length:
                for (var i = 0; i < elements.Length; i++)
                {
                    if (Aliasing.Refers(elements[i].Unconverted(), element))
                        return fields[i];
                }

                return null;

            default:
                return null;
        }
    }

    private static bool IsOperator(IInvocationOperation call, string name) =>
        call.TargetMethod is { ContainingType: { Name: "Enumerable" } type } method && method.Name == name && type.IsFromSystem();

    private static IAnonymousFunctionOperation? Lambda(IOperation? argument) => argument?.Unconverted() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda : null;

    private static IOperation? Source(IInvocationOperation call) => call.ArgumentOf(0) is { } source ? Inner(source) : null;

    private static IOperation Inner(IOperation operation)
    {
        operation = operation.Unconverted();
        return operation is ITranslatedQueryOperation { Operation: var query } ? query.Unconverted() : operation;
    }
}
