using System.Text;

namespace HotPath;

/// <summary>What a text of SQL does, as far as its first words say.</summary>
internal enum SqlKind
{
    /// <summary>Not known: empty, a stored procedure, a hole where the first word should be, words of another dialect.</summary>
    Unknown,

    /// <summary>It only reads.</summary>
    Query,

    /// <summary>It inserts, updates or deletes rows and does nothing else but read.</summary>
    Change,

    /// <summary>It opens a transaction or a savepoint.</summary>
    BeginTransaction,

    /// <summary>It changes the schema, the session or anything else.</summary>
    Other,
}

/// <summary>A tolerant reader of SQL texts, of whatever dialect.</summary>
internal static class SqlText
{
    /// <summary>What the text does; the holes of interpolations and concatenations may stand anywhere but where a statement starts.</summary>
    public static SqlKind Classify(IOperation text) => Constant(text) is { } constant ? Classify(constant) : SqlKind.Unknown;

    /// <inheritdoc cref="Classify(IOperation)"/>
    public static SqlKind Classify(string text)
    {
        var tokens = SqlTokens.Of(text);
        var kind = SqlKind.Unknown;

        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsSymbol(";") || tokens[i].IsSymbol("("))
                continue;

            var statement = Of(tokens, i);
            kind = (kind, statement) switch
            {
                (SqlKind.Unknown, _) => statement,
                (_, SqlKind.Unknown) => SqlKind.Other,
                (SqlKind.Query or SqlKind.Change, SqlKind.Query or SqlKind.Change) => kind == SqlKind.Change ? kind : statement,
                (SqlKind.BeginTransaction, _) => kind,
                _ => SqlKind.Other,
            };

            if (kind == SqlKind.Unknown)
                return kind;

            while (i < tokens.Count && !tokens[i].IsSymbol(";"))
                i++;
        }

        return kind;
    }

    /// <summary>Whether it is one statement however its holes are filled: they stand behind VALUES, SET or WHERE, where values stand, and not where a table does.</summary>
    public static bool DiffersInValuesOnly(IOperation text)
    {
        if (Constant(text) is not { } constant || constant.IndexOf(SqlTokens.Hole) is not (>= 0 and var hole))
            return false;

        var tokens = SqlTokens.Of(constant);
        for (var i = 0; i < tokens.Count && tokens[i].End <= hole; i++)
        {
            if (tokens[i].Is("VALUES") || tokens[i].Is("SET") || tokens[i].Is("WHERE"))
                return true;
        }

        return false;
    }

    /// <summary>The value behind locals and readonly fields that are set once: where the text is written.</summary>
    public static IOperation Written(IOperation text)
    {
        text = text.Unconverted();
        for (var depth = 0; depth < 4 && !text.ConstantValue.HasValue && text.Variable() is ILocalSymbol or IFieldSymbol && Origins.Only(text.Variable()!, text) is { } origin; depth++)
            text = origin.Unconverted();

        return text;
    }

    /// <summary>The constant text with a hole for each part that is not constant; null where nothing is constant.</summary>
    public static string? Constant(IOperation text)
    {
        var builder = new StringBuilder();
        Append(Written(text), builder);

        for (var i = 0; i < builder.Length; i++)
        {
            if (builder[i] != SqlTokens.Hole)
                return builder.ToString();
        }

        return null;
    }

    private static void Append(IOperation text, StringBuilder builder)
    {
        switch (text)
        {
            case { ConstantValue: { HasValue: true, Value: string constant } }:
                builder.Append(constant);
                break;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null } sum:
                Append(Written(sum.LeftOperand), builder);
                Append(Written(sum.RightOperand), builder);
                break;

            case IInterpolatedStringOperation interpolated:
                foreach (var part in interpolated.Parts)
                {
                    if (part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string constant } })
                        builder.Append(constant);
                    else if (part is IInterpolationOperation { Expression: var expression, FormatString: null, Alignment: null })
                        Append(Written(expression), builder);
                    else
                        builder.Append(SqlTokens.Hole);
                }

                break;

            default:
                builder.Append(SqlTokens.Hole);
                break;
        }
    }

    private static SqlKind Of(SqlTokens tokens, int first) => tokens[first].Kind != SqlTokenKind.Word ? SqlKind.Unknown : tokens[first].Value.ToUpperInvariant() switch
    {
        // The name of a procedure.
        _ when tokens[first + 1].IsSymbol(".") => SqlKind.Unknown,
        "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "MERGE" or "UPSERT" => SqlKind.Change,
        "SELECT" or "VALUES" => SqlKind.Query,
        "WITH" => OfCommonTable(tokens, first + 1),
        "BEGIN" or "SAVEPOINT" or "START" => SqlKind.BeginTransaction,
        "CREATE" or "ALTER" or "DROP" or "TRUNCATE" or "PRAGMA" or "SET" or "USE" or "COMMIT" or "ROLLBACK" or "END" or "VACUUM" or "ATTACH" or "DETACH" or "REINDEX" or "ANALYZE" or "GRANT" or "RENAME" or "DECLARE" => SqlKind.Other,
        _ => SqlKind.Unknown,
    };

    /// <summary>What follows the common table expressions: the first such word outside parentheses.</summary>
    private static SqlKind OfCommonTable(SqlTokens tokens, int first)
    {
        var depth = 0;
        for (var i = first; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.IsSymbol("("))
                depth++;
            else if (token.IsSymbol(")"))
                depth--;
            else if (depth != 0 || token.Kind == SqlTokenKind.Symbol)
            {
                if (depth == 0 && token.Value == ";")
                    break;
            }
            else if (token.Is("INSERT") || token.Is("UPDATE") || token.Is("DELETE") || token.Is("REPLACE") || token.Is("MERGE"))
                return SqlKind.Change;
            else if (token.Is("SELECT"))
                return SqlKind.Query;
        }

        return SqlKind.Unknown;
    }
}
