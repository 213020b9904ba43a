namespace HotPath;

/// <summary>Without an index on the column it filters by, a query reads every row of the table.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnindexedFilterAnalyzer() : SchemaAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1702";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Query filters by a column without an index",
        message: "No index of '{0}' begins with '{1}': the query reads every row of the table; create one on {0}({1})",
        description: "A query finds rows by a column, joins by it, or takes the first rows in its order, and no index of the table begins with the column, as the schema (*.sql among the AdditionalFiles) or the EF Core model says. The database reads the whole table.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(363, n: 100_000, form: "one of 100,000 rows of a SQLite file");

    private protected override Finding? OfText(string sql, Schema schema, ICollection<string> small) =>
        UnindexedColumn.Of(sql, schema, small) is [var first, ..] ? Said(first) : null;

    private protected override (IOperation Condition, Finding Finding)? OfCall(IInvocationOperation call, Schema schema, ICollection<string> small) =>
        EntityFilter.Of(call, schema, small) is var (comparison, column) ? (comparison, Said(column)) : null;

    private static Finding Said(UnindexedColumn column) => new(column.IsOpenRange ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, [column.Table.Name, column.Column.Name]);
}
