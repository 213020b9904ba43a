namespace HotPath;

/// <summary>Every SaveChanges goes through all tracked entities, sends its own batch and commits its own transaction.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SaveChangesInLoopAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1604";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Changes are saved in every iteration",
        message: "'{0}' compares all tracked entities and commits in every iteration of {1}; save once after the loop",
        description: "SaveChanges looks through every tracked entity, sends what changed and commits a transaction. Once per row that is quadratic in the rows and waits for the disk each time; once after the loop sends them together.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(6, n: 100, form: "inserts into a SQLite file on a disk that syncs in under a millisecond");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;

            if (call.TargetMethod.Name is "SaveChanges" or "SaveChangesAsync" && Loops.MayRepeat(call) && RowSave.Of(call, context.Options, isUnitOfWork: false) is { } save)
                Report(context, call.Syntax.GetLocation(), save.AsksForWhatItAdds() ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, call.Text(), save.Loop.Description);
        }, OperationKind.Invocation);
    }
}
