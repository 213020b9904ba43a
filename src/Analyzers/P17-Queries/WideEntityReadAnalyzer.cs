namespace HotPath;

/// <summary>Every column of every row is read, sent, made into an object and tracked, for the sake of one or two values.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WideEntityReadAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1705";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Whole entities are loaded to read a value or two",
        message: "'{0}' loads all {1} columns of '{2}' and tracks every entity, and only {3} is read; select what is read",
        description: "A query without Select reads every column, makes an entity of each row, and keeps a copy of its values to find changes. A projection reads only the columns that are needed and tracks nothing.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(4, n: 1_000, "one of ten columns, from a SQLite file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (call.TargetMethod.Name is "ToList" or "ToArray" or "ToListAsync" or "ToArrayAsync" or "ToDictionary" or "ToDictionaryAsync" or "ToLookup" && WideRead.Of(EntityRead.Of(call)) is { } found)
                Report(context, found);
        }, OperationKind.Invocation);

        start.RegisterOperationAction(context =>
        {
            if (context.Operation is IForEachLoopOperation loop && WideRead.Of(EntityRead.Of(loop)) is { } found)
                Report(context, found);
        }, OperationKind.Loop);
    }

    private void Report(in OperationAnalysisContext context, EntityRead found) =>
        Report(context, found.Load.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Load.Text(), EntityRead.Columns(found.Query.Entity), found.Query.Entity.Name, string.Join(" and ", found.Read.Select(property => $"'{property.Name}'").OrderBy(static name => name, StringComparer.Ordinal)));
}
