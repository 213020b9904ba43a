namespace HotPath;

/// <summary>A set or dictionary that is asked for one of its own keys by looking at every element.</summary>
internal sealed class HashedScan
{
    private HashedScan(IInvocationOperation call, IOperation collection, IOperation value, KeySearch? search, bool isDictionary, bool? isSameComparer)
    {
        Call = call;
        Collection = collection;
        Value = value;
        Search = search;
        IsDictionary = isDictionary;
        IsSameComparer = isSameComparer;
    }

    /// <summary>The call.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The set, or the dictionary.</summary>
    public IOperation Collection { get; }

    /// <summary>The key that is looked for.</summary>
    public IOperation Value { get; }

    /// <summary>The search, where a lambda compares; null for <c>set.Contains(v, comparer)</c>.</summary>
    public KeySearch? Search { get; }

    /// <summary>Whether nothing but the key is asked for.</summary>
    public bool IsKeyOnly => Search is null or { Scan: { Rest.IsEmpty: true, Matches.Length: 1 } };

    /// <summary>Whether the collection maps keys to values.</summary>
    public bool IsDictionary { get; }

    /// <summary>Whether the collection compares as the code does; null where its comparer is not known.</summary>
    public bool? IsSameComparer { get; }

    /// <summary>What answers at once.</summary>
    public string Answer => IsDictionary ? Search?.Method is "Any" or "All" && IsKeyOnly ? "ContainsKey" : "TryGetValue" : "Contains";

    /// <summary>The cheap question before <see cref="Of"/>.</summary>
    public static bool MayBe(string method) => method is "Any" or "All" or "Contains" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Where" or "Count" or "LongCount" or "Last" or "LastOrDefault";

    /// <summary>The scan that the call is, or null.</summary>
    public static HashedScan? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (!MayBe(call.TargetMethod.Name) || call.TargetMethod.ContainingType.Name != "Enumerable" || !call.TargetMethod.ContainingType.IsFromSystem() || call.ArgumentOf(0) is not { } source)
            return null;

        var place = Operations.Resolved(source.Unconverted()).Unconverted();
        if (!place.Type.IsHashed() && !place.Type.IsKeyed())
            return null;

        var found = call.TargetMethod.Name == "Contains" ? ByComparer(call, place) : ByLambda(call, place);
        return found is not null && found.IsSameComparer != false && !IsNull(found.Value) && !call.IsInExpressionTree() && !Loops.IsCold(call) && call.Binds()
            && !(Sizes.Most(found.Collection) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, HashedButScannedAnalyzer.Id))
            ? found
            : null;
    }

    private static HashedScan? ByLambda(IInvocationOperation call, IOperation place)
    {
        if (KeySearch.Of(call) is not { } search)
            return null;

        var isOfPairs = place.Type.IsKeyed();
        if (search.Scan.Matches.FirstOrDefault(each => isOfPairs ? each.Members is [{ Name: "Key", ContainingType.Name: "KeyValuePair" }] : each.IsIdentity) is not { } match)
            return null;

        if (isOfPairs)
            return new(call, place, match.Value, search, true, Compare(place, match.StringComparer));

        return place is IPropertyReferenceOperation { Property.Name: "Keys", Instance: { } dictionary } && dictionary.Type.IsKeyed()
            ? new(call, dictionary, match.Value, search, true, Compare(dictionary, match.StringComparer))
            : new(call, place, match.Value, search, false, Compare(place, match.StringComparer));
    }

    /// <summary><c>Enumerable.Contains</c> with a comparer does not ask the set.</summary>
    private static HashedScan? ByComparer(IInvocationOperation call, IOperation place)
    {
        if (!place.Type.IsHashed() || call.Arguments.Length != 3 || call.ArgumentOf(1) is not { } value || call.ArgumentOf(2)?.Unconverted() is not { } comparer)
            return null;

        string? name = comparer switch
        {
            { ConstantValue: { HasValue: true, Value: null } } => null,
            IPropertyReferenceOperation { Property: { Name: "Default", ContainingType.Name: "EqualityComparer" } } => null,
            IPropertyReferenceOperation { Property: { Name: var property, ContainingType.Name: "StringComparer" } } => property,
            _ => "?",
        };

        return name == "?" ? null : new(call, place, value, null, false, Compare(place, name));
    }

    /// <summary>Whether a collection compares by that property of <c>StringComparer</c>, or by default; null where it is not known.</summary>
    private static bool? Compare(IOperation collection, string? comparer)
    {
        comparer = comparer == "Ordinal" ? null : comparer;
        if (collection.Type is { Name: "SortedSet" or "SortedDictionary" or "SortedList" or "ImmutableSortedSet" or "ImmutableSortedDictionary" })
            return comparer is null && (collection.Type as INamedTypeSymbol)?.TypeArguments[0].SpecialType != SpecialType.System_String ? null : false;

        if (collection.Variable() is not { } variable || Origins.Only(variable, collection) is not { } origin || Known(origin.Unconverted()) is not { } known)
            return comparer is null ? null : false;

        return known == (comparer ?? "");
    }

    /// <summary>The comparer a collection was made with: empty for the default, null for one that is not known.</summary>
    private static string? Known(IOperation origin)
    {
        var arguments = origin switch
        {
            IObjectCreationOperation { Type: { Name: "HashSet" or "Dictionary" } type, Arguments: var given } when type.IsFromSystem() => given,
            IInvocationOperation { TargetMethod: { Name: "ToDictionary" or "ToHashSet", ContainingType.Name: "Enumerable" }, Arguments: var given } => given,
            ICollectionExpressionOperation => [],
            _ => default,
        };

        if (arguments.IsDefault)
            return null;

        foreach (var argument in arguments)
        {
            // A copy of a set or dictionary does not copy the comparer, another collection has none.
            if (argument.Parameter?.Type is not { Name: "IEqualityComparer" })
                continue;

            return argument.Value.Unconverted() switch
            {
                { ConstantValue: { HasValue: true, Value: null } } => "",
                IDefaultValueOperation => "",
                IPropertyReferenceOperation { Property: { Name: "Default", ContainingType.Name: "EqualityComparer" } } => "",
                IPropertyReferenceOperation { Property: { Name: "Ordinal", ContainingType.Name: "StringComparer" } } => "",
                IPropertyReferenceOperation { Property: { Name: var name, ContainingType.Name: "StringComparer" } } => name,
                _ => "?",
            };
        }

        return "";
    }

    /// <summary>Whether the key may be null by what the compiler knows: a dictionary throws where a scan finds nothing.</summary>
    private static bool IsNull(IOperation value) =>
        value.SemanticModel is { } model && value.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability.FlowState == NullableFlowState.MaybeNull;
}
