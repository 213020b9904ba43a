namespace HotPath;

/// <summary>A sequence finds the element with a key by looking at one element after the other: asked once per iteration, the loop costs iterations times elements.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LinearSearchByKeyAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0803";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A sequence is searched by key on every iteration",
        message: "'{0}' scans '{1}' in every iteration of {2}: O({3} × {1}); index '{1}' by '{4}' once, before it",
        description: "First, Any, Where and their kin compare one element after the other with the key. An index built once before the loop, a dictionary, a lookup or a set of the keys, answers each question in constant time; it pays from about 10 elements.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(39, n: 1_000, "FirstOrDefault into a dictionary");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (Find((IInvocationOperation)context.Operation, context.Options) is not var (search, loop))
            return;

        Report(context, search.Call.Syntax.GetLocation(), Loops.Weight(search.Call, search.Scan.Collection, context.Options),
            search.Call.Text(), search.Scan.Collection.Text(), loop.Description, loop.Size, search.Scan.KeyName);
    }, OperationKind.Invocation);

    /// <summary>The search that the call is and the innermost loop that repeats it, or null when there is nothing to report.</summary>
    internal static (KeySearch Search, Loop Loop)? Find(IInvocationOperation call, AnalyzerOptions options)
    {
        if (!KeySearch.MayBe(call.TargetMethod.Name) || !Loops.MayRepeat(call) || KeySearch.Of(call) is not { } search || search.IsOfAnother || Enclosing(search, options) is not { } loop)
            return null;

        var small = Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, Id);
        if (Sizes.Most(search.Scan.Collection) <= small || search.Scan.HasSmallDomain(small) || !call.Binds() || !search.Scan.IsInvariant(loop))
            return null;

        // The position of the element that the loop is at is counted, not looked up.
        if (search.Scan.IsIdentity && OwnPosition.Of(call, options) is not null)
            return null;

        return search.IsFilter && !search.Scan.Varies(loop) ? null : (search, loop);
    }

    /// <summary>The innermost loop that repeats the question, other than one that ends as soon as the answer is "no": a search for a free number.</summary>
    private static Loop? Enclosing(KeySearch search, AnalyzerOptions options)
    {
        foreach (var loop in Loops.Around(search.Call, options))
        {
            if (search.AsksForAbsence || !loop.GoesOnWhile(search.Call))
                return loop;
        }

        return null;
    }
}
