namespace HotPath;

/// <summary>A pass over a collection in search of the elements with a certain key.</summary>
internal sealed class KeyedScan
{
    private KeyedScan(IOperation at, IOperation collection, IOperation root, ITypeSymbol type, KeyElement element, ImmutableArray<KeyMatch> matches, ImmutableArray<IOperation> rest, bool isLeading)
    {
        At = at;
        Collection = collection;
        Root = root;
        Type = type;
        Element = element;
        Matches = matches;
        Rest = rest;
        IsLeading = isLeading;
    }

    /// <summary>The call or loop that scans.</summary>
    public IOperation At { get; }

    /// <summary>What is scanned, without conversions: a variable, a member, or operators over one.</summary>
    public IOperation Collection { get; }

    /// <summary>The variable or member behind the operators.</summary>
    public IOperation Root { get; }

    /// <summary>The type of the elements.</summary>
    public ITypeSymbol Type { get; }

    /// <summary>How the condition names the element.</summary>
    public KeyElement Element { get; }

    /// <summary>The keys that have to match; never empty.</summary>
    public ImmutableArray<KeyMatch> Matches { get; }

    /// <summary>What else has to hold, in order.</summary>
    public ImmutableArray<IOperation> Rest { get; }

    /// <summary>Whether the keys are compared before anything else is asked.</summary>
    public bool IsLeading { get; }

    /// <summary>The key of a message: <c>Id</c>, or <c>Country and Code</c>.</summary>
    public string KeyName => string.Join(" and ", Matches.Select(static match => match.Name));

    /// <summary>Whether the element itself is what is looked for.</summary>
    public bool IsIdentity => Matches.Any(static match => match.IsIdentity);

    /// <summary>The scan of a collection for elements that meet a condition, or null where no key decides.</summary>
    public static KeyedScan? Of(IOperation at, IOperation collection, KeyElement element, IOperation condition, bool negated = false)
    {
        if (Place(collection) is not { } root || collection.Unconverted().Type is not { } holder || ElementType(holder) is not { } type || Queries.IsProvider(holder) || root.Type is { } held && Queries.IsProvider(held))
            return null;

        var matches = ImmutableArray.CreateBuilder<KeyMatch>();
        var rest = ImmutableArray.CreateBuilder<IOperation>();
        var isLeading = true;

        foreach (var part in negated ? [condition] : Conjuncts(condition))
        {
            if (KeyMatch.Of(part, element, negated) is { } match)
            {
                isLeading &= rest.Count == 0;
                matches.Add(match);
            }
            else
            {
                rest.Add(part);
            }
        }

        if (matches.Count == 0)
            return null;

        return new(at, Operations.Resolved(collection.Unconverted()).Unconverted(), root, type, element, matches.ToImmutable(), rest.ToImmutable(), isLeading);
    }

    /// <summary>Whether the collection is the same in all iterations and keeps its keys, as far as the loop shows.</summary>
    public bool IsInvariant(Loop loop) =>
        Invariance.Holds(Root, loop) && AreInvariant(Collection, Root, loop) && !KeyWrites.AnyIn(loop.Lambda ?? loop.Operation, this);

    /// <summary>Whether the operators between a collection and the variable behind it get the same counts and lambdas in all iterations.</summary>
    public static bool AreInvariant(IOperation collection, IOperation root, Loop loop)
    {
        for (var current = Operations.Resolved(collection.Unconverted()).Unconverted(); !ReferenceEquals(current, root) && current is IInvocationOperation call; current = Source(call))
        {
            if (!AreInvariantArguments(call, loop))
                return false;
        }

        return true;
    }

    /// <summary>Whether an operator gets the same counts and lambdas in all iterations.</summary>
    public static bool AreInvariantArguments(IInvocationOperation call, Loop loop)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal != 0 && !IsInvariantArgument(argument.Value, loop))
                return false;
        }

        return true;
    }

    /// <summary>Whether what is looked for differs from iteration to iteration.</summary>
    public bool Varies(Loop loop) => Matches.Any(match => !Invariance.Holds(match.Value, loop));

    /// <summary>Whether only a handful of different keys is possible, so that an index would save little.</summary>
    public bool HasSmallDomain(int small) => Matches.All(match =>
        match.Type.TypeKind == TypeKind.Enum && match.Type.GetMembers().Count(static member => member is IFieldSymbol { HasConstantValue: true }) <= small);

    /// <summary>The type of the elements of a sequence in memory.</summary>
    public static ITypeSymbol? ElementType(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1, ElementType: var element })
            return element;

        if (type is not INamedTypeSymbol named)
            return null;

        if (named.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            return named.TypeArguments[0];

        foreach (var each in named.AllInterfaces)
        {
            if (each.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
                return each.TypeArguments[0];
        }

        return null;
    }

    /// <summary>The conditions that must all hold, from left to right.</summary>
    public static IEnumerable<IOperation> Conjuncts(IOperation condition)
    {
        condition = condition.Unconverted();
        if (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null } both)
        {
            foreach (var left in Conjuncts(both.LeftOperand))
                yield return left;

            foreach (var right in Conjuncts(both.RightOperand))
                yield return right;
        }
        else
        {
            yield return condition;
        }
    }

    /// <summary>The variable or member that holds the collection, behind operators that give some or all of its elements.</summary>
    public static IOperation? Place(IOperation collection) => Place(collection, depth: 0);

    private static IOperation? Place(IOperation collection, int depth)
    {
        collection = Operations.Resolved(collection.Unconverted()).Unconverted();
        switch (collection)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IArrayElementReferenceOperation or IPropertyReferenceOperation:
                return collection;

            case ITranslatedQueryOperation { Operation: var query }:
                return Place(query, depth);

            case IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: "Where" or "OfType" or "Cast" or "AsEnumerable" or "ToList" or "ToArray" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Select" or "Distinct" or "Reverse" or "Skip" or "Take" } method } call
                when depth < 6 && method.ContainingType.IsFromSystem():
                return Place(Source(call), depth + 1);

            default:
                return null;
        }
    }

    private static IOperation Source(IInvocationOperation call)
    {
        var source = Operations.Resolved((call.Receiver() ?? call.ArgumentOf(0))!.Unconverted()).Unconverted();
        return source is ITranslatedQueryOperation { Operation: var query } ? query.Unconverted() : source;
    }

    /// <summary>Whether an operator gets the same count or lambda in all iterations.</summary>
    private static bool IsInvariantArgument(IOperation argument, Loop loop)
    {
        if (argument.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda })
            return Invariance.Holds(argument, loop);

        foreach (var part in lambda.Body.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation { Local: var local } && !IsOf(local, lambda) && !Invariance.Holds(part, loop))
                return false;

            if (part is IParameterReferenceOperation { Parameter: var parameter } && !IsOf(parameter, lambda) && !Invariance.Holds(part, loop))
                return false;
        }

        return true;
    }

    private static bool IsOf(ISymbol symbol, IAnonymousFunctionOperation lambda) =>
        symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == lambda.Syntax.SyntaxTree && lambda.Syntax.Span.Contains(reference.Span))
        || symbol is IParameterSymbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, lambda.Symbol);
}
