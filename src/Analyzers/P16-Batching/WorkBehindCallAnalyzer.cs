namespace HotPath;

/// <summary>A commit, a save or a query may stand in another method: the call in the loop looks like one step and waits for the disk or the server each time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorkBehindCallAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1610";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A call in a loop waits for the database or the disk every time",
        message: "'{0}' {1} in every iteration of {2}, with '{3}' in '{4}'; {5}",
        description: "The called method, or one that it calls, commits, saves, queries, or opens a connection or a file for one item. What is done once for all items waits once.",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(100, n: 1_000, form: "commits behind a call, to a SQLite file on a disk that syncs in under a millisecond");

    /// <inheritdoc/>
    public override string NoFix => "The method that works for one item has other callers, so one for many is for its author to write.";

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbConnection"] is null && types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        var summaries = new Summaries<HiddenWork>();
        start.RegisterOperationAction(context =>
        {
            if (context.Operation is IInvocationOperation or IObjectCreationOperation)
                summaries.Note(context.Operation, context.ContainingSymbol);

            if (HiddenWork.Of(context.Operation, context.ContainingSymbol) is var (method, deed))
                summaries.Note(method, deed);
        }, OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.Loop, OperationKind.Spread);

        start.RegisterOperationAction(context => summaries.Note((IPropertyReferenceOperation)context.Operation, context.ContainingSymbol), OperationKind.PropertyReference);

        start.RegisterCompilationEndAction(context =>
        {
            foreach (var (call, deeds) in summaries.Join(context.Compilation, context.CancellationToken))
            {
                if (RepeatedWork.Of(call, deeds, context.Compilation, context.Options) is not { Deed: var deed } work)
                    continue;

                Report(context, call.Member, work.Call.Syntax.GetLocation(), DiagnosticSeverity.Warning, [deed.At],
                    work.Call.Text(), deed.Detail.Verb, work.Loop.Description, deed.Detail.Text, CallGraph.Name(deed.Method), deed.Detail.Advice);
            }
        });
    }
}
