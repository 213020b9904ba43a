namespace HotPath;

/// <summary>A whole folder is listed to ask whether there is an entry, or for the first one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GetFilesToAskAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1903";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Whole folder is listed to ask one thing",
        message: "'{0}' lists the whole folder to {1}; '{2}' stops at the first entry that answers",
        description: "GetFiles() and its kin list the whole folder into an array. EnumerateFiles() gives the entries one by one: Any() and First() stop at the first.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(1.7, n: 1_000, "is there a file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.IO.Directory"] is null || types["System.Linq.Enumerable"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (FolderQuestion.Of((IInvocationOperation)context.Operation) is not { } found)
                return;

            var what = found.Question switch
            {
                CopyQuestion.Any or CopyQuestion.None => "ask whether there is one",
                _ => $"ask for '{((IInvocationOperation)found.Whole).TargetMethod.Name}'",
            };
            Report(context, found.Listing.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Listing.Text(), what, found.Lazy);
        }, OperationKind.Invocation);
    }
}
