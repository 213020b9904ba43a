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
    /// <summary>Stands in a text for a part that is not constant: it reads like a letter.</summary>
    private const char Hole = '\uFFFC';

    /// <summary>What the text does; the holes of interpolations and concatenations may stand anywhere but where a statement starts.</summary>
    public static SqlKind Classify(IOperation text) => Constant(text) is { } constant ? Classify(constant) : SqlKind.Unknown;

    /// <inheritdoc cref="Classify(IOperation)"/>
    public static SqlKind Classify(string text)
    {
        var kind = SqlKind.Unknown;
        var position = 0;

        while (FirstWord(text, ref position) is { } word)
        {
            var statement = Of(word, text, position);
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

            SkipStatement(text, ref position);
        }

        return kind;
    }

    /// <summary>Whether it is one statement however its holes are filled: they stand behind VALUES, SET or WHERE, where values stand, and not where a table does.</summary>
    public static bool DiffersInValuesOnly(IOperation text)
    {
        if (Constant(text) is not { } constant || constant.IndexOf(Hole) is not (>= 0 and var hole))
            return false;

        for (var position = 0; position < hole;)
        {
            if (Skip(constant, ref position))
                continue;

            if (!IsLetter(constant[position]))
                position++;
            else if (Word(constant, ref position) is "VALUES" or "SET" or "WHERE")
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
    private static string? Constant(IOperation text)
    {
        var builder = new StringBuilder();
        Append(Written(text), builder);

        for (var i = 0; i < builder.Length; i++)
        {
            if (builder[i] != Hole)
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
                        builder.Append(Hole);
                }

                break;

            default:
                builder.Append(Hole);
                break;
        }
    }

    private static SqlKind Of(string word, string text, int position)
    {
        switch (word)
        {
            case "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "MERGE" or "UPSERT":
                return SqlKind.Change;

            case "SELECT" or "VALUES":
                return SqlKind.Query;

            case "WITH":
                return OfCommonTable(text, position);

            case "BEGIN" or "SAVEPOINT" or "START":
                return SqlKind.BeginTransaction;

            case "CREATE" or "ALTER" or "DROP" or "TRUNCATE" or "PRAGMA" or "SET" or "USE" or "COMMIT" or "ROLLBACK" or "END" or "VACUUM" or "ATTACH" or "DETACH" or "REINDEX" or "ANALYZE" or "GRANT" or "RENAME" or "DECLARE":
                return SqlKind.Other;

            default:
                return SqlKind.Unknown;
        }
    }

    /// <summary>What follows the common table expressions: the first such word outside parentheses.</summary>
    private static SqlKind OfCommonTable(string text, int position)
    {
        for (var depth = 0; position < text.Length;)
        {
            var c = text[position];
            if (c == ';' && depth == 0)
                break;

            if (Skip(text, ref position))
                continue;

            if (c == '(')
                depth++;
            else if (c == ')')
                depth--;

            if (!IsLetter(c))
            {
                position++;
                continue;
            }

            var word = Word(text, ref position);
            if (depth == 0 && word is "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "MERGE")
                return depth == 0 ? SqlKind.Change : SqlKind.Query;

            if (depth == 0 && word == "SELECT")
                return SqlKind.Query;
        }

        return SqlKind.Unknown;
    }

    /// <summary>The first word of the next statement in upper case, or null at the end; what is no word gives an empty one.</summary>
    private static string? FirstWord(string text, ref int position)
    {
        while (position < text.Length)
        {
            if (char.IsWhiteSpace(text[position]) || text[position] is ';' or '(')
                position++;
            else if (!SkipComment(text, ref position))
                return Word(text, ref position);
        }

        return null;
    }

    private static string Word(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && IsLetter(text[position]))
            position++;

        return text.Substring(start, position - start).ToUpperInvariant();
    }

    private static void SkipStatement(string text, ref int position)
    {
        while (position < text.Length && text[position] != ';')
        {
            if (!Skip(text, ref position))
                position++;
        }
    }

    /// <summary>Skips a comment, a literal or a quoted name.</summary>
    private static bool Skip(string text, ref int position)
    {
        if (SkipComment(text, ref position))
            return true;

        var close = text[position] switch { '\'' => '\'', '"' => '"', '`' => '`', '[' => ']', _ => '\0' };
        if (close == '\0')
            return false;

        var end = text.IndexOf(close, position + 1);
        position = end < 0 ? text.Length : end + 1;
        return true;
    }

    private static bool SkipComment(string text, ref int position)
    {
        var (close, length) = string.CompareOrdinal(text, position, "--", 0, 2) == 0 ? ("\n", 1)
            : string.CompareOrdinal(text, position, "/*", 0, 2) == 0 ? ("*/", 2)
            : ("", 0);

        if (length == 0)
            return false;

        var end = text.IndexOf(close, position + 2, StringComparison.Ordinal);
        position = end < 0 ? text.Length : end + length;
        return true;
    }

    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) || c is '_' or '@' or '$' or '#' or '.' or Hole;
}
