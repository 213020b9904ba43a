namespace HotPath;

/// <summary>A sequence without places is walked through from its start to say how many elements it has or to give the n-th: in a loop over it that costs the square.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QuadraticEnumerationAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT2102";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Sequence is walked through for each of its elements",
        message: "'{0}' walks through '{1}' in each iteration of {2}: O(n²); use foreach, or copy '{1}' to a list once before the loop",
        description: "Count(), ElementAt(i), Last() and Skip(i).First() start at the beginning of a sequence that is no list or array, and an iterator or query does all its work again. In a loop over the same sequence the cost is the square of its length.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(95, n: 1_000);

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Linq.Enumerable"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (RepeatedWalk.Of(call, context.Options) is { } walk && (walk.Calls.IsEmpty || walk.Calls[0].Syntax == call.Syntax))
                Report(context, call.Syntax.GetLocation(), Loops.Weight(call, walk.Sequence, context.Options), call.Text(), walk.Sequence.Text(), walk.Loop.Description);
        }, OperationKind.Invocation);
    }
}
