namespace HotPath;

/// <summary>Whether there is a row is known at the first one; counting reads them all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CountToTestExistenceAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1707";

    /// <summary>The rules of the SDK that say the same of a count that is compared where it stands.</summary>
    private const string Twin = "CA1827";
    private const string AsyncTwin = "CA1828";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Rows are counted to learn whether there is one",
        message: "'{0}' counts every row that meets the condition to learn whether there is one; {1} stops at the first",
        description: "The database goes through every row that meets the condition to count them, and all that is asked of the number is whether it is zero. EXISTS, which Any() is translated to, stops at the first row.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(6, n: 100_000, form: "rows of a SQLite file, counted by EF Core");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbCommand"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (CountedExistence.Of((IInvocationOperation)context.Operation) is not { } found)
                return;

            var call = found.Call;
            if (found.Text is not null)
                Report(context, call.Syntax.GetLocation(), DiagnosticSeverity.Info, Operations.Text(found.Call.Syntax), "SELECT EXISTS(SELECT 1 FROM …)");
            else if (found.Test.Direct is null || !Twins.IsOn(context.Compilation, call.Syntax.SyntaxTree, call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal) ? AsyncTwin : Twin, context.CancellationToken))
                Report(context, call.Syntax.GetLocation(), DiagnosticSeverity.Info, call.Text(), call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal) ? "AnyAsync" : "Any");
        }, OperationKind.Invocation);
    }
}
