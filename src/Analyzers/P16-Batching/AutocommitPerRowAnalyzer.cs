namespace HotPath;

/// <summary>Without a transaction the database commits every statement on its own, and every commit waits for the disk.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AutocommitPerRowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1602";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Every row is committed on its own",
        message: "'{0}' commits on its own in every iteration of {1}, and each commit waits for the disk; run all rows in one transaction",
        description: "Without a transaction the database commits every INSERT, UPDATE or DELETE on its own, and every commit waits until the disk has it. One transaction around the loop waits once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(11, n: 100, form: "inserts into a SQLite file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbCommand"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;

            if (call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal)
                && Loops.MayRepeat(call)
                && RowExecution.Of(call, context.Options) is { } execution)
            {
                Report(context, call.Syntax.GetLocation(), DiagnosticSeverity.Warning, call.Text(), execution.Loop.Description);
            }
        }, OperationKind.Invocation);
    }
}
