namespace HotPath;

/// <summary>The text that an operation gives a database to run, as it is written at that place.</summary>
internal static class CommandTexts
{
    /// <summary>The kinds of operations that can give one.</summary>
    public static readonly ImmutableArray<OperationKind> Kinds = [OperationKind.SimpleAssignment, OperationKind.ObjectCreation, OperationKind.Invocation];

    /// <summary>The text: what is assigned to <c>CommandText</c>, given to a command's constructor, to Dapper or to EF Core's raw SQL. Null where the operation gives none.</summary>
    public static IOperation? Of(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { Name: "CommandText", ContainingType: var type } }, Value: var value }:
                return Databases.IsCommand(type) || type.Is("System.Data.Common", "DbBatchCommand") ? value.Unconverted() : null;

            case IObjectCreationOperation { Arguments: { Length: > 0 } arguments, Type: { } created } when created.Is("Dapper", "CommandDefinition") || Databases.IsCommand(created):
                return Named(arguments, "commandText") ?? Named(arguments, "cmdText");

            case IInvocationOperation { TargetMethod: var method, Arguments: { Length: > 0 } arguments } when Databases.IsDapper(method) || IsEntityFramework(method):
                return Named(arguments, "sql");

            default:
                return null;
        }
    }

    /// <summary>
    /// Where the text is written: behind constants, locals and readonly fields that are set once. The use itself, where that is in another file.
    /// </summary>
    public static IOperation Written(IOperation text)
    {
        var written = SqlText.Written(text);
        for (var depth = 0; depth < 4; depth++)
        {
            var origin = written switch
            {
                ILocalReferenceOperation { Local: var local } => Origins.Only(local, written),
                IFieldReferenceOperation { Field: { IsConst: true } or { IsReadOnly: true } } reference when written.SemanticModel is { Compilation: var compilation } => Bodies.Of(compilation).Of(reference.Field).FirstOrDefault(),
                _ => null,
            };

            if (origin is null)
                break;

            written = origin.Unconverted();
        }

        return written.Syntax.SyntaxTree == text.Syntax.SyntaxTree ? written : text;
    }

    /// <summary>Whether the call takes a text that is sent as it is, or with its holes as parameters.</summary>
    private static bool IsEntityFramework(IMethodSymbol method) =>
        method.Name is "FromSqlRaw" or "FromSql" or "FromSqlInterpolated" or "SqlQuery" or "SqlQueryRaw" or "ExecuteSql" or "ExecuteSqlAsync" or "ExecuteSqlRaw" or "ExecuteSqlRawAsync" or "ExecuteSqlInterpolated" or "ExecuteSqlInterpolatedAsync"
        && method.ContainingNamespace.Is("Microsoft.EntityFrameworkCore");

    private static IOperation? Named(ImmutableArray<IArgumentOperation> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Name == name)
                return argument.Value.Unconverted();
        }

        return null;
    }
}
