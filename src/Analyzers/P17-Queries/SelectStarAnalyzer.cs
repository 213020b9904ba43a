namespace HotPath;

/// <summary>Every column that a query gives is read, sent and unpacked, asked for or not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SelectStarAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1701";

    private const int MostNamed = 3;

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "All columns are read where some are used",
        message: "'{0}' reads every column of '{1}', of which only {2} used: name the columns that are wanted",
        description: "A query selects all columns of a table, and the code asks for some of them. The database reads, sends and converts the others too, long texts and blobs among them, and an index that holds the wanted ones does not help.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(1.5, n: 1_000, form: "rows of a SQLite file, 2 of 20 columns used");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbCommand"] is null)
            return;

        var (compilation, options, cancellationToken) = (start.Compilation, start.Options, start.CancellationToken);
        var schema = new Lazy<Schema>(() => Schema.Of(compilation, options, cancellationToken));

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (!StarSelect.MayBe(call) || StarSelect.Of(call, () => schema.Value) is not { } found)
                return;

            var star = found.Qualifier is { Value: var qualifier } ? $"SELECT {qualifier}.*" : "SELECT *";
            Report(context, found.Text.Written.Syntax.GetLocation(), DiagnosticSeverity.Info, star, Tables(found), Used(found));
        }, OperationKind.Invocation);
    }

    private static string Tables(StarSelect found) => string.Join("', '", found.Sources.Select(static table => table.Name));

    private static string Used(StarSelect found) => found switch
    {
        { All: { } all } => $"{found.Columns.Count} of {all} {(found.Columns.Count == 1 ? "is" : "are")}",
        { Columns: [var only] } => $"'{only.Name}' is",
        { Columns.Count: <= MostNamed } => $"'{string.Join("', '", found.Columns.Select(static column => column.Name))}' are",
        _ => $"{found.Columns.Count} are",
    };
}
