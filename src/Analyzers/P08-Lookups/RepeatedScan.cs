namespace HotPath;

/// <summary>A call in a loop behind which a collection is searched that is the same in all iterations.</summary>
internal sealed class RepeatedScan
{
    private RepeatedScan(IOperation call, Deed<HiddenScan> deed, Loop loop, string collection, bool isShort)
    {
        Call = call;
        Deed = deed;
        Loop = loop;
        Collection = collection;
        IsShort = isShort;
    }

    /// <summary>The call.</summary>
    public IOperation Call { get; }

    /// <summary>The scan behind it.</summary>
    public Deed<HiddenScan> Deed { get; }

    /// <summary>The loop around the call.</summary>
    public Loop Loop { get; }

    /// <summary>What is scanned, as it is called where the call stands.</summary>
    public string Collection { get; }

    /// <summary>Whether the finding is not worth a warning: short scans, loops over what is written out, scans that are reported behind the call already.</summary>
    public bool IsShort { get; }

    /// <summary>The finding that the call is, or null; of several scans behind it the first that is worth a warning.</summary>
    public static RepeatedScan? Of(RepeatedCall repeated, IReadOnlyList<Deed<HiddenScan>> deeds, Compilation compilation, AnalyzerOptions options)
    {
        if (Bodies.Of(compilation).At(repeated.Tree, repeated.Span) is not { } call || CallSite.Of(call, repeated.Callee, options) is not { } site || Iteration.IsWorker(site.Loop) || Memory.Guards(call, site.Loop.Body))
            return null;

        RepeatedScan? quiet = null;
        foreach (var deed in deeds)
        {
            if (Of(site, deed, options) is not { } scan)
                continue;

            if (!scan.IsShort)
                return scan;

            quiet ??= scan;
        }

        return quiet;
    }

    private static RepeatedScan? Of(CallSite site, Deed<HiddenScan> deed, AnalyzerOptions options)
    {
        var collection = deed.Owner is { } owner ? $"{owner.Name}.{deed.Source!.Name}" : deed.Source!.Name;
        var isShort = deed.Detail.IsShort || deed.IsRepeated;

        if (!site.Varies(deed.Inputs))
            return null;

        int? most = null;

        if (CallGraph.IsOf(deed.Source, site.Callee))
        {
            if (site.Argument(((IParameterSymbol)deed.Source).Ordinal) is not { } argument || KeyedScan.Place(argument) is not { } root)
                return null;

            most = Sizes.Most(argument);

            if (argument.Unconverted().Type is not { } type || Queries.IsProvider(type) || !Invariance.Holds(root, site.Loop) || !KeyedScan.AreInvariant(argument, root, site.Loop))
                return null;

            if (root.Variable() is { } variable && IsSearchedBeside(variable, site, options))
                return null;

            collection = argument.Unconverted().Text();
            isShort |= Sizes.IsWrittenOut(argument);
        }
        else if (site.IsSame(deed.Owner, deed.Source) && !IsSearchedBeside(deed.Source, site, options))
        {
            most = Sizes.MostOf(deed.Source, site.Call);
        }
        else
        {
            return null;
        }

        var small = Options.SmallLoop.Read(options, site.Call.Syntax.SyntaxTree, ScanBehindCallAnalyzer.Id);
        if (most <= (deed.Detail.KeyName is null ? Math.Max(small, 15) : small))
            return null;

        if (KeyWrites.AnyIn(site.Region, deed.Detail.Members))
            return null;

        return new(site.Call, deed, site.Loop, collection, isShort || most is not null || Loops.AreWrittenOut(site.Call, options, site.Loop) || site.Call is IMethodReferenceOperation && site.Loop.Source is { } source && Sizes.IsWrittenOut(source));
    }

    /// <summary>Whether the loop searches the same collection in plain sight, which another rule reports: one index serves both.</summary>
    private static bool IsSearchedBeside(ISymbol collection, CallSite site, AnalyzerOptions options)
    {
        foreach (var part in site.Region.Descendants())
        {
            var searched = part switch
            {
                IInvocationOperation call when LinearScan.MayBe(call.TargetMethod.Name) => ListContainsInLoopAnalyzer.Find(call, options)?.Scan.Collection ?? LinearSearchByKeyAnalyzer.Find(call, options)?.Search.Scan.Root,
                ILoopOperation loop => NestedJoin.Of(loop, options)?.Scan.Root,
                _ => null,
            };

            if (searched is not null && SymbolEqualityComparer.Default.Equals(searched.Variable(), collection))
                return true;
        }

        return false;
    }
}
