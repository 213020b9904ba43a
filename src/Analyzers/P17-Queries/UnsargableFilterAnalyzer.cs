namespace HotPath;

/// <summary>An index holds a column as it is: a condition on what a function makes of it is worked out for every row of the table.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsargableFilterAnalyzer() : SchemaAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1704";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Condition that no index on its column answers",
        message: "'{0}' is worked out for every row of '{1}': an index on '{2}' does not find the rows; {3}",
        description: "A function, a sum or a cast around the column, or a pattern that begins with a wildcard, keeps the database from finding the rows by an index on the column, and every row of the table is read. Compare the column as it is, or index the expression.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(235, n: 100_000, form: "the rows of a day in a SQLite file, counted by EF Core");

    private protected override Finding? OfText(string sql, Schema schema, ICollection<string> small) => UnsargableFilter.Of(sql, schema, small) is { } found
        ? new(DiagnosticSeverity.Info, [found.Text, found.Table.Name, found.Column.Name, Advice(found.IsPattern)])
        : null;

    private protected override (IOperation Condition, Finding Finding)? OfCall(IInvocationOperation call, Schema schema, ICollection<string> small) => UnsargableEntityFilter.Of(call, schema, small) is { } found
        ? (found.Condition, new(DiagnosticSeverity.Info, [found.Condition.Text(), found.Table.Name, found.Column.Name, Advice(found.Test == SqlTest.Like)]))
        : null;

    private static string Advice(bool isPattern) =>
        isPattern ? "a text that is looked for anywhere wants a full-text index" : "compare the column as it is, or create an index on the expression";
}
