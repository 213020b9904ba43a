namespace HotPath;

/// <summary>A call in a loop that counts how often a value occurs by looking at every element.</summary>
internal sealed class CountPerKey
{
    private CountPerKey(KeySearch search, Loop loop)
    {
        Search = search;
        Loop = loop;
    }

    /// <summary>The count.</summary>
    public KeySearch Search { get; }

    /// <summary>The innermost loop that repeats it.</summary>
    public Loop Loop { get; }

    /// <summary>The call as such a count, or null.</summary>
    public static CountPerKey? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod.Name is not ("Count" or "LongCount") || !Loops.MayRepeat(call) || KeySearch.Of(call) is not { Scan: { IsIdentity: true, Rest.IsEmpty: true, Matches.Length: 1 } scan } search)
            return null;

        if (scan.Root.Type.IsHashed() || Loops.Enclosing(call, options) is not { } loop || !call.Binds())
            return null;

        var small = Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, CountPerKeyAnalyzer.Id);
        return Sizes.Most(scan.Collection) <= small || scan.HasSmallDomain(small) || !scan.IsInvariant(loop) || !scan.Varies(loop) ? null : new(search, loop);
    }
}
