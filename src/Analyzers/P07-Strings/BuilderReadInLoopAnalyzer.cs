namespace HotPath;

/// <summary>A builder that is turned into a string per iteration, or moved to put text in front, costs the square of its length: what it was made to avoid.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BuilderReadInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0705";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Growing StringBuilder is copied in each iteration",
        message: "'{0}' {1} all that '{2}' holds in each iteration of {3}: O(n²) characters; {4}",
        description: "ToString() copies the whole text of a builder, and Insert(0, …) moves it. In the loop that makes the builder grow, that is the square of its final length. Length and the last characters can be asked of the builder itself.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(70, n: 1_000, "Length");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Text.StringBuilder"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (BuilderRead.Of((IInvocationOperation)context.Operation, context.Options) is not { } read)
                return;

            Report(context, read.Call.Syntax.GetLocation(), Loops.Weight(read.Call, collection: null, context.Options),
                read.Call.Text(), read.IsInsert ? "moves" : "copies", read.Builder.Text(), read.Loop.Description,
                read.IsInsert ? "append in the other order, or reverse once" : "ask the builder itself");
        }, OperationKind.Invocation);
    }
}
