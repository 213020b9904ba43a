namespace HotPath;

/// <summary>A pass over a collection in search of one value or key, in whichever of its forms, wherever it stands.</summary>
internal sealed class LinearScan
{
    private LinearScan(IOperation at, IOperation collection, IOperation root, ImmutableArray<IOperation> values, ImmutableArray<ISymbol> members, string? keyName, bool isShort)
    {
        At = at;
        Collection = collection;
        Root = root;
        Values = values;
        Members = members;
        KeyName = keyName;
        IsShort = isShort;
    }

    /// <summary>The call or loop that scans.</summary>
    public IOperation At { get; }

    /// <summary>What is scanned.</summary>
    public IOperation Collection { get; }

    /// <summary>The variable or member behind the operators in <see cref="Collection"/>.</summary>
    public IOperation Root { get; }

    /// <summary>What is looked for.</summary>
    public ImmutableArray<IOperation> Values { get; }

    /// <summary>The members that keys are read from.</summary>
    public ImmutableArray<ISymbol> Members { get; }

    /// <summary>The key in the words of a message; null where the elements themselves are compared.</summary>
    public string? KeyName { get; }

    /// <summary>Whether the scan is not worth a warning: elements are searched several at a time, or their number is written in the source.</summary>
    public bool IsShort { get; }

    /// <summary>The cheap question before <see cref="Of(IInvocationOperation, AnalyzerOptions, string)"/>.</summary>
    public static bool MayBe(string method) => Membership.MayBe(method) || KeySearch.MayBe(method);

    /// <summary>The scan that the call is, or null; of a collection that is known to be small there is none.</summary>
    public static LinearScan? Of(IInvocationOperation call, AnalyzerOptions options, string id)
    {
        if (Membership.Of(call) is { } question)
        {
            return question.IsHashable && !(Sizes.Most(question.Collection) <= question.Few(options, id))
                ? new(call, question.Collection, question.Collection, [question.Value], [], keyName: null, question.IsVectorized || Sizes.Most(question.Collection) is not null)
                : null;
        }

        if (KeySearch.Of(call) is not { } search)
            return null;

        // A count of equal elements is one more way to look for a value.
        var isCount = search.Scan.IsIdentity && search.Method is "Count" or "LongCount" && !search.Scan.Root.Type.IsHashed();
        return search.IsOfAnother && !isCount ? null : Of(search.Scan, options, id);
    }

    /// <summary>The scan that the loop is, or null.</summary>
    public static LinearScan? Of(ILoopOperation loop, AnalyzerOptions options, string id) => NestedJoin.ScanOf(loop) is { } scan ? Of(scan, options, id) : null;

    /// <summary>Whether a rule reports the scan where it stands, because a loop there repeats it.</summary>
    public bool IsReported(AnalyzerOptions options) => At switch
    {
        IInvocationOperation call => ListContainsInLoopAnalyzer.Find(call, options) is not null || LinearSearchByKeyAnalyzer.Find(call, options) is not null || CountPerKey.Of(call, options) is not null,
        ILoopOperation loop => NestedJoin.Of(loop, options) is not null,
        _ => false,
    };

    private static LinearScan? Of(KeyedScan scan, AnalyzerOptions options, string id)
    {
        var small = Options.SmallLoop.Read(options, scan.At.Syntax.SyntaxTree, id);
        var most = Sizes.Most(scan.Collection);
        if (most <= small || scan.HasSmallDomain(small))
            return null;

        var values = ImmutableArray.CreateBuilder<IOperation>(scan.Matches.Length);
        var members = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var match in scan.Matches)
        {
            values.Add(match.Value);
            members.AddRange(match.Members);
        }

        return new(scan.At, scan.Collection, scan.Root, values.ToImmutable(), members.ToImmutable(), scan.IsIdentity ? null : scan.KeyName, most is not null || scan.IsIdentity && Membership.Vectorizes(scan.Type));
    }
}
