namespace HotPath;

/// <summary>A call that looks at one element after the other for those with a certain key.</summary>
internal sealed class KeySearch
{
    private KeySearch(IInvocationOperation call, IAnonymousFunctionOperation lambda, KeyedScan scan, bool asksForAbsence)
    {
        Call = call;
        Lambda = lambda;
        Scan = scan;
        AsksForAbsence = asksForAbsence;
    }

    /// <summary>The call.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The condition it is given.</summary>
    public IAnonymousFunctionOperation Lambda { get; }

    /// <summary>What is scanned for which key.</summary>
    public KeyedScan Scan { get; }

    /// <summary>Whether the question is true when no element has the key: <c>All(x => x.Id != v)</c>.</summary>
    public bool AsksForAbsence { get; }

    /// <summary>The name of the operator.</summary>
    public string Method => Call.TargetMethod.Name;

    /// <summary>Whether the call gives all elements with the key, or counts them: then it pays only where the key differs from call to call.</summary>
    public bool IsFilter => Method is "Where" or "FindAll" or "Count" or "LongCount";

    /// <summary>Whether another rule has the better answer: a value is looked for, counted, or a hashed collection is asked for its own key.</summary>
    public bool IsOfAnother =>
        Scan.IsIdentity && (Method is "Any" or "All" or "Exists" or "TrueForAll" or "Count" or "LongCount" || Scan.Root.Type.IsHashed() || Scan.Root.Type?.SpecialType == SpecialType.System_String)
        || Scan.Root.Type.IsKeyed() && Scan.Matches.Any(static match => match.Members is [{ Name: "Key", ContainingType.Name: "KeyValuePair" }]);

    /// <summary>The cheap question before <see cref="Of"/>.</summary>
    public static bool MayBe(string method) => method is "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "Any" or "All" or "Count" or "LongCount" or "Where"
        or "Find" or "FindLast" or "FindAll" or "FindIndex" or "FindLastIndex" or "Exists" or "TrueForAll";

    /// <summary>The search by key that the call is, or null.</summary>
    public static KeySearch? Of(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;
        var isStatic = type.Name switch
        {
            "Enumerable" => type.IsFromSystem() && method.Name is not ("Find" or "FindLast" or "FindAll" or "FindIndex" or "FindLastIndex" or "Exists" or "TrueForAll"),
            "Array" => type.IsFromSystem() && method.Name.StartsWith("Find", StringComparison.Ordinal) || method.Name is "Exists" or "TrueForAll",
            _ => false,
        };

        IOperation? source, predicate;
        if (isStatic)
        {
            if (call.Arguments.Length != 2)
                return null;

            (source, predicate) = (call.ArgumentOf(0), call.ArgumentOf(1));
        }
        else
        {
            if (type.Name is not ("List" or "ImmutableList") || !type.IsFromSystem() || call.Arguments is not [{ Value: var only }])
                return null;

            (source, predicate) = (call.Instance, only);
        }

        if (source is null || predicate?.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var element], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } lambda })
            return null;

        var asksForAbsence = method.Name is "All" or "TrueForAll";
        return KeyedScan.Of(call, source, new(element), condition, asksForAbsence) is { } scan ? new(call, lambda, scan, asksForAbsence) : null;
    }
}
