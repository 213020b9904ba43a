using System.Collections.Concurrent;

namespace HotPath;

/// <summary>Without an index on the column it filters by, a query reads every row of the table.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnindexedFilterAnalyzer() : RuleAnalyzer(Rule)
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

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallTables];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var hasModel = types["Microsoft.EntityFrameworkCore.DbContext"] is not null;
        if (!hasModel && !Schema.HasFiles(start.Options))
            return;

        var (compilation, options, cancellationToken) = (start.Compilation, start.Options, start.CancellationToken);
        var schema = new Lazy<Schema>(() => Schema.Of(compilation, options, cancellationToken));
        var reported = new ConcurrentDictionary<SyntaxNode, bool>();

        start.RegisterOperationAction(context =>
        {
            if (CommandTexts.Of(context.Operation) is { } text && SqlText.Constant(text) is { } sql && !schema.Value.IsEmpty
                && UnindexedColumn.Of(sql, schema.Value, Small(context)) is [var first, ..])
            {
                // A constant may be used more than once, and is one finding.
                var written = CommandTexts.Written(text).Syntax;
                if (reported.TryAdd(written, true))
                    Report(context, written.GetLocation(), Severity(first), first.Table.Name, first.Column.Name);
            }
        }, CommandTexts.Kinds);

        if (!hasModel)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (EntityFilter.MayBe(call) && !schema.Value.IsEmpty && EntityFilter.Of(call, schema.Value, Small(context)) is var (comparison, column))
                Report(context, comparison.Syntax.GetLocation(), Severity(column), column.Table.Name, column.Column.Name);
        }, OperationKind.Invocation);
    }

    private static DiagnosticSeverity Severity(UnindexedColumn column) => column.IsOpenRange ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;

    private static ImmutableHashSet<string> Small(in OperationAnalysisContext context) => Options.SmallTables.Read(context.Options, context.Operation.Syntax.SyntaxTree, Id);
}
