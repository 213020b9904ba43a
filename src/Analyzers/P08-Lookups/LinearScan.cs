namespace HotPath;

/// <summary>A pass over a collection in search of one value or key, in whichever of its forms, wherever it stands.</summary>
internal sealed class LinearScan
{
    private readonly Membership? question;
    private readonly KeyedScan? scan;

    private LinearScan(IInvocationOperation call, Membership question)
    {
        (At, Collection, Root, Values, Members) = (call, question.Collection, question.Collection, [question.Value], []);
        this.question = question;
    }

    private LinearScan(KeyedScan scan)
    {
        var values = ImmutableArray.CreateBuilder<IOperation>(scan.Matches.Length);
        var members = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var match in scan.Matches)
        {
            values.Add(match.Value);
            members.AddRange(match.Members);
        }

        (At, Collection, Root, Values, Members) = (scan.At, scan.Collection, scan.Root, values.ToImmutable(), members.ToImmutable());
        this.scan = scan;
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
    public string? KeyName => scan is { IsIdentity: false } ? scan.KeyName : null;

    /// <summary>The cheap question before <see cref="Of(IInvocationOperation)"/>.</summary>
    public static bool MayBe(string method) => Membership.MayBe(method) || KeySearch.MayBe(method);

    /// <summary>The scan that the call is, or null.</summary>
    public static LinearScan? Of(IInvocationOperation call)
    {
        if (Membership.Of(call) is { } question)
            return question.IsHashable ? new(call, question) : null;

        if (KeySearch.Of(call) is not { } search)
            return null;

        // A count of equal elements is one more way to look for a value.
        var isCount = search.Scan.IsIdentity && search.Method is "Count" or "LongCount" && !search.Scan.Root.Type.IsHashed();
        return search.IsOfAnother && !isCount ? null : new(search.Scan);
    }

    /// <summary>The scan that the loop is, or null.</summary>
    public static LinearScan? Of(ILoopOperation loop) => NestedJoin.ScanOf(loop) is { } scan ? new(scan) : null;

    /// <summary>
    /// The severity that the size of the collection leaves: none where it is known to be small, an info where elements are searched several at a time or their number
    /// is written in the source. Asked last: where a collection gets its elements may be far away.
    /// </summary>
    public DiagnosticSeverity? Weight(AnalyzerOptions options, string id)
    {
        var most = Sizes.Most(Collection);
        if (question is not null)
            return most <= question.Few(options, id) ? null : question.IsVectorized || most is not null ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;

        var small = Options.SmallLoop.Read(options, At.Syntax.SyntaxTree, id);
        if (most <= small || scan!.HasSmallDomain(small))
            return null;

        return most is not null || scan.IsIdentity && Membership.Vectorizes(scan.Type) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;
    }

    /// <summary>Whether a rule reports the scan where it stands, because a loop there repeats it.</summary>
    public bool IsReported(AnalyzerOptions options) => At switch
    {
        IInvocationOperation call => ListContainsInLoopAnalyzer.Find(call, options) is not null || LinearSearchByKeyAnalyzer.Find(call, options) is not null || CountPerKey.Of(call, options) is not null,
        ILoopOperation loop => NestedJoin.Of(loop, options) is not null,
        _ => false,
    };
}
