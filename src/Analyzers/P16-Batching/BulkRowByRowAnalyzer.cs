namespace HotPath;

/// <summary>Rows that are loaded only to be deleted or given a value are read, tracked, compared and sent back one by one, where one statement does it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BulkRowByRowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1609";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Rows are loaded to be deleted or set one by one",
        message: "All rows of '{0}' are loaded and tracked to {1}; '{2}' does it by one statement in the database",
        description: "Deleting, or setting, rows through the change tracker loads them, makes an entity and a snapshot of each, compares them and sends a statement for every row. ExecuteDelete and ExecuteUpdate send one statement.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(10, n: 1_000, form: "rows set in a SQLite file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (!IsSupported(types))
            return;

        start.RegisterOperationAction(context =>
        {
            if (BulkChange.Of(context.Operation) is not { } found)
                return;

            var location = context.Operation is IForEachLoopOperation ? Loops.Header(context.Operation.Syntax) : context.Operation.Syntax.GetLocation();
            Report(context, location, DiagnosticSeverity.Info, found.Rows.Text(), found.Deletes ? "delete them" : "set them one by one", found.Deletes ? "ExecuteDelete" : "ExecuteUpdate");
        }, OperationKind.Invocation, OperationKind.Loop);
    }

    /// <summary>Whether EF Core is one that can, from version 7 on.</summary>
    private static bool IsSupported(KnownTypes types) => Holder(types, "ExecuteDelete") is not null;

    /// <summary>The type that has the extension: another one since EF Core 9.</summary>
    internal static INamedTypeSymbol? Holder(KnownTypes types, string method)
    {
        foreach (var name in (string[])["Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions", "Microsoft.EntityFrameworkCore.RelationalQueryableExtensions"])
        {
            if (types[name] is { } holder && !holder.GetMembers(method).IsEmpty)
                return holder;
        }

        return null;
    }
}
