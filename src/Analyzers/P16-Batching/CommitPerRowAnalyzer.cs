namespace HotPath;

/// <summary>A transaction of one row commits once per row, and every commit waits for the disk: it is no faster than none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CommitPerRowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1601";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A transaction is committed for every row",
        message: "'{0}' commits in every iteration of {1}, and each commit waits for the disk; commit once after the loop",
        description: "Every commit waits until the disk has it. A transaction around each row costs as much as none; one around the loop waits once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(100, n: 1_000, form: "inserts into a SQLite file on a disk that syncs in under a millisecond");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbTransaction"] is null && types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;

            if (call.TargetMethod.Name is not ("Commit" or "CommitAsync" or "Save" or "SaveAsync" or "Complete" or "CompleteAsync" or "SaveChanges" or "SaveChangesAsync") || !Loops.MayRepeat(call))
                return;

            var loop = RowCommit.Of(call, context.Options)?.Loop ?? UnitOfWork(call, context.Options)?.Loop;
            if (loop is not null)
                Report(context, call.Syntax.GetLocation(), DiagnosticSeverity.Warning, call.Text(), loop.Description);
        }, OperationKind.Invocation);
    }

    /// <summary>The save of a unit of work that the call is; a context's own save is the finding of another rule.</summary>
    internal static RowSave? UnitOfWork(IInvocationOperation call, AnalyzerOptions options) => RowSave.IsSave(call) ? null : RowSave.Of(call, options, isUnitOfWork: true);
}
