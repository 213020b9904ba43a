namespace HotPath;

/// <summary>The text of a command where it is written, for fixes that edit it.</summary>
internal static class SqlLiteral
{
    /// <summary>The text where it is written for this command alone: a literal, an interpolated text or a sum of literals; null for anything else.</summary>
    public static ExpressionSyntax? Of(IOperation text) => SqlLiterals.WrittenFor(text)?.Syntax switch
    {
        LiteralExpressionSyntax literal => literal,
        InterpolatedStringExpressionSyntax interpolated => interpolated,
        BinaryExpressionSyntax sum when sum.DescendantNodes().All(static node => node is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }) => sum,
        _ => null,
    };

    /// <summary>The type of the command or connection that an operation gives the text to; null where it does not show.</summary>
    public static ITypeSymbol? Provider(IOperation text)
    {
        for (var current = text.Parent; current is not null; current = current.Parent)
        {
            if (CommandTexts.Of(current) is null)
                continue;

            return current switch
            {
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance.Type: var command } } => command,
                IObjectCreationOperation { Type: var command } => command,
                IInvocationOperation call => call.Receiver()?.Type,
                _ => null,
            };
        }

        return null;
    }

    /// <summary>Whether the command or connection is one of SQLite's.</summary>
    public static bool IsSqlite(ITypeSymbol? type) => type is { Name: "SqliteConnection" or "SqliteCommand" } && type.ContainingNamespace.Is("Microsoft.Data.Sqlite")
        || type is { Name: "SQLiteConnection" or "SQLiteCommand" } && type.ContainingNamespace.Is("System.Data.SQLite");
}
