namespace HotPath;

/// <summary>Rows that are loaded to be filtered, counted or sorted in memory are read, sent and made into objects for nothing, and no index helps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FilterInMemoryAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1703";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Rows are loaded to be filtered in memory",
        message: "'{0}' loads all rows of the query, and '{1}' runs on them in memory; let the database do it and load what is left",
        description: "ToList() and AsEnumerable() end the part of a query that the database runs. What follows reads every row, sends it, makes an object of it and tracks it, and can use no index.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(27, n: 10_000, "counting the rows that meet a condition, in a SQLite file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;

            if (call.TargetMethod.Name is "ToList" or "ToArray" or "AsEnumerable" or "ToListAsync" or "ToArrayAsync" && FilterInMemory.Of(call) is { } found)
                Report(context, call.Syntax.GetLocation(), found.LoadsFewer ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, call.Text(), Name(found.Steps[0]));
        }, OperationKind.Invocation);
    }

    private static string Name(IOperation step) => step is IInvocationOperation { TargetMethod.Name: var name } ? name : ((IPropertyReferenceOperation)step).Property.Name;
}
