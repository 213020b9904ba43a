namespace HotPath;

/// <summary>The inner loop of a nested search may stand in another method: the call in the outer loop looks like one step and costs as many as the collection has elements.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScanBehindCallAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0813";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A call in a loop searches the same collection every time",
        message: "'{0}' scans '{1}' in every iteration of {2}, with '{3}' in '{4}': O({5} × {1}); {6} once, before the loop, and hand that in",
        description: "The called method, or one that it calls, looks at one element after the other of a collection that is the same in all iterations. An index built once before the loop, a dictionary, a lookup or a set, answers each question in constant time.",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(39, n: 1_000, "FirstOrDefault behind a call, by hand into a dictionary");

    /// <inheritdoc/>
    public override string NoFix => "The method that searches has other callers, so what it is to be given is for its author to decide.";

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var summaries = new Summaries<HiddenScan>();

        start.RegisterOperationAction(context =>
        {
            summaries.Note(context.Operation, context.ContainingSymbol);
            if (context.Operation is IInvocationOperation call && HiddenScan.Of(call, context.ContainingSymbol, context.Options) is var (method, deed))
                summaries.Note(method, deed);
        }, OperationKind.Invocation, OperationKind.ObjectCreation);

        start.RegisterOperationAction(context => summaries.Note((IPropertyReferenceOperation)context.Operation, context.ContainingSymbol), OperationKind.PropertyReference);

        start.RegisterOperationAction(context => summaries.Note((IMethodReferenceOperation)context.Operation, context.ContainingSymbol), OperationKind.MethodReference);

        start.RegisterOperationAction(context =>
        {
            if (HiddenScan.Of((ILoopOperation)context.Operation, context.ContainingSymbol, context.Options) is var (method, deed))
                summaries.Note(method, deed);
        }, OperationKind.Loop);

        start.RegisterCompilationEndAction(context =>
        {
            foreach (var (call, deeds) in summaries.Join(context.Compilation, context.CancellationToken))
            {
                if (RepeatedScan.Of(call, deeds, context.Compilation, context.Options) is not { } scan)
                    continue;

                var hidden = scan.Deed.Detail;
                Report(context, call.Member, scan.Call.Syntax.GetLocation(), scan.IsShort ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, [scan.Deed.At],
                    scan.Call.Text(), scan.Collection, scan.Loop.Description, hidden.Text, CallGraph.Name(scan.Deed.Method), scan.Loop.Size,
                    hidden.KeyName is { } key ? $"index '{scan.Collection}' by '{key}'" : $"build a HashSet of '{scan.Collection}'");
            }
        });
    }
}
