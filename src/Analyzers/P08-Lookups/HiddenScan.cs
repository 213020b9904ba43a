namespace HotPath;

/// <summary>What is remembered of a scan until it is known who calls the method it stands in.</summary>
internal sealed class HiddenScan
{
    private HiddenScan(LinearScan scan, bool isShort)
    {
        Text = scan.At is ILoopOperation ? $"foreach over {scan.Collection.Text()}" : scan.At.Text();
        KeyName = scan.KeyName;
        Members = scan.Members;
        IsShort = isShort;
    }

    /// <summary>The scan as it is written.</summary>
    public string Text { get; }

    /// <summary>The key; null where the elements themselves are compared.</summary>
    public string? KeyName { get; }

    /// <summary>The members that keys are read from.</summary>
    public ImmutableArray<ISymbol> Members { get; }

    /// <summary>Whether the scan is not worth a warning; see <see cref="LinearScan.Weight"/>.</summary>
    public bool IsShort { get; }

    /// <summary>The scan that the call is as a deed of the method it stands in, or null.</summary>
    public static (IMethodSymbol Method, Deed<HiddenScan> Deed)? Of(IInvocationOperation call, ISymbol member, AnalyzerOptions options) =>
        LinearScan.MayBe(call.TargetMethod.Name) && call.TargetMethod.ContainingType.IsFromSystem() && CallGraph.Owner(call, member, out var body, out var isRepeated) is { } method
            && LinearScan.Of(call) is { } scan
            ? Of(scan, method, body, isRepeated, options)
            : null;

    /// <summary>The scan that the loop is as a deed of the method it stands in, or null.</summary>
    public static (IMethodSymbol Method, Deed<HiddenScan> Deed)? Of(ILoopOperation loop, ISymbol member, AnalyzerOptions options) =>
        CallGraph.Owner(loop, member, out var body, out var isRepeated) is { } method && LinearScan.Of(loop) is { } scan
            ? Of(scan, method, body, isRepeated, options)
            : null;

    private static (IMethodSymbol Method, Deed<HiddenScan> Deed)? Of(LinearScan scan, IMethodSymbol method, IOperation body, bool isRepeated, AnalyzerOptions options)
    {
        if (CallGraph.Place(scan.Root, method) is not { } source)
            return null;

        // What nobody hands in is the same question every time.
        var inputs = default(Inputs);
        foreach (var value in scan.Values)
            inputs |= Inputs.Of(value, method, follow: true);

        // Operators that depend on more than the collection give another one each time.
        if (inputs.AreNone || !Inputs.Of(scan.Collection, method, follow: true).AreWithin(Inputs.Of(scan.Root, method, follow: true)))
            return null;

        if (Loops.IsCold(scan.At) || IsAsserted(scan.At) || scan.At.IsInExpressionTree() || !scan.At.Binds() || isRepeated && !scan.IsReported(options))
            return null;

        // An iterator searches when it is walked through. Who writes keys, and what callees change, the loop around the call is asked for.
        if (Aliasing.ChangeIn(source, body) == Change.Certain || Queries.IsIterator(method) || Memory.Guards(scan.At, body))
            return null;

        if (Sizes.IsWrittenOut(scan.Collection) || scan.Weight(options, ScanBehindCallAnalyzer.Id) is not { } severity)
            return null;

        return (method, new(method, scan.At is ILoopOperation loop ? Loops.Header(loop.Syntax) : scan.At.Syntax.GetLocation(), source, inputs, isRepeated, new(scan, isShort: severity == DiagnosticSeverity.Info)));
    }

    /// <summary>Whether only builds for testing run the operation.</summary>
    private static bool IsAsserted(IOperation operation)
    {
        for (var current = operation.Parent; current is not (null or IBlockOperation); current = current.Parent)
        {
            if (current is IInvocationOperation { TargetMethod.ContainingType: { Name: "Debug" or "Trace" or "Assert" } })
                return true;
        }

        return false;
    }
}
