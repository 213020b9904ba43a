namespace HotPath;

/// <summary>Opening a connection, or making a context with its services and caches, costs more than many of the statements that run on it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConnectionPerRowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1606";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "A connection is opened for every row",
        message: "'{0}' {1}; {2}",
        description: "Even out of a pool a connection is looked up, reset and given back for every row, and a context of EF Core sets up its services each time. One around the loop does that once. Without a pool every Open connects anew.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(4, n: 100, form: "queries on a SQLite file without a pool");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbConnection"] is null && types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var operation = context.Operation;
            if (Loops.MayRepeat(operation) && RowConnection.Of(operation, context.Options) is { } connection)
            {
                Report(context, operation.Syntax.GetLocation(), Loops.Weight(operation, null, context.Options), operation.Text(),
                    $"{(connection.IsContext ? "makes a context" : "opens a connection")} in every iteration of {connection.Loop.Description}",
                    connection.IsContext ? "make one before the loop" : "open one before the loop");
            }

            if (ConnectionString(operation) is { } text && RowConnection.UnpooledPart(text) is { } part && !TestCode.IsTest(context.ContainingSymbol))
            {
                Report(context, (part.Syntax.SyntaxTree == operation.Syntax.SyntaxTree ? part : text).Syntax.GetLocation(), DiagnosticSeverity.Info,
                    "Pooling=False", "makes every 'Open' connect anew", "leave it out unless the file has to be let go at once");
            }
        }, OperationKind.ObjectCreation, OperationKind.Invocation);
    }

    /// <summary>The connection string that the operation gets.</summary>
    private static IOperation? ConnectionString(IOperation operation)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type: { } type, Arguments: [{ Value: { Type.SpecialType: SpecialType.System_String } text }, ..] } when Databases.IsConnection(type):
                return text;

            case IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: var name }, Arguments: [_, { Value: { Type.SpecialType: SpecialType.System_String } text }, ..] } call
                when name.StartsWith("Use", StringComparison.Ordinal) && call.TargetMethod.ContainingType.ContainingNamespace.Is("Microsoft.EntityFrameworkCore"):
                return text;

            default:
                return null;
        }
    }
}
