namespace HotPath;

/// <summary>A query per item waits for the database once per item; one query for all keys waits once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class QueryPerRowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1605";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "The database is asked for every row on its own",
        message: "'{0}' asks the database in every iteration of {1}; {2}",
        description: "Every query is translated, sent, planned and answered on its own. One query for the keys of all items, put into a dictionary or lookup, does that once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(3, n: 1_000, form: "entities found one by one in a SQLite file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbCommand"] is null && types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        var hasContext = types["Microsoft.EntityFrameworkCore.DbContext"] is not null;
        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;

            if (RowQuery.MayBe(call))
            {
                if (Loops.MayRepeat(call) && RowKey.Of(call, context.Options) is { } key)
                    Report(context, key);
            }
            else if (hasContext)
            {
                OfWalk(context);
            }
        }, OperationKind.Invocation);

        if (hasContext)
            start.RegisterOperationAction(OfWalk, OperationKind.Loop, OperationKind.Spread, OperationKind.ObjectCreation);
    }

    private void OfWalk(OperationAnalysisContext context)
    {
        if (RowKey.OfWalk(context.Operation, context.Options) is { } key)
            Report(context, key);
    }

    private void Report(OperationAnalysisContext context, RowKey key) =>
        Report(context, key.Query.Syntax.GetLocation(), Loops.Weight(key.Query, null, context.Options), key.Query.Text(), key.Loop.Description, key.Advice);
}
