namespace HotPath;

/// <summary>A condition of a text of SQL that works on the column before it compares: an index holds the columns as they are.</summary>
internal sealed class UnsargableFilter
{
    /// <summary>Functions whose result finds too many rows, or that nobody has an index for.</summary>
    private static readonly HashSet<string> Coarse = new(StringComparer.OrdinalIgnoreCase)
    {
        "LENGTH", "LEN", "CHAR_LENGTH", "CHARACTER_LENGTH", "OCTET_LENGTH", "DATALENGTH", "MOD", "SIGN", "RANDOM", "RAND", "TYPEOF", "CASE",
        "MONTH", "DAY", "DAYOFMONTH", "DAYOFWEEK", "WEEKDAY", "WEEK", "HOUR", "MINUTE", "SECOND", "QUARTER", "DATEPART", "DATENAME", "DATE_PART", "EXTRACT",
    };

    private UnsargableFilter(SqlTokens tokens, SqlPredicate predicate, SchemaTable table, SchemaColumn column)
    {
        Tokens = tokens;
        Predicate = predicate;
        Table = table;
        Column = column;
    }

    /// <summary>The tokens of the text.</summary>
    public SqlTokens Tokens { get; }

    /// <summary>The condition.</summary>
    public SqlPredicate Predicate { get; }

    /// <summary>The table that all rows of are read.</summary>
    public SchemaTable Table { get; }

    /// <summary>The column.</summary>
    public SchemaColumn Column { get; }

    /// <summary>Whether it is a pattern that may begin with anything.</summary>
    public bool IsPattern => Predicate.Test == SqlTest.Like;

    /// <summary>The condition as it is written, in one line.</summary>
    public string Text => Operations.Cut(Written(Predicate.From, Predicate.To).Replace(SqlTokens.Hole, '…'));

    /// <summary>The text from a token up to another.</summary>
    public string Written(int from, int to) => Tokens.Text.Substring(Tokens[from].Start, Tokens[to - 1].End - Tokens[from].Start);

    /// <summary>The first such condition of the statements of a text; null where the rows are found in another way.</summary>
    public static UnsargableFilter? Of(string text, Schema schema, ICollection<string> small)
    {
        foreach (var bound in BoundStatement.Of(text, schema, small))
        {
            if (Find(bound) is { } found)
                return found;
        }

        return null;
    }

    private static UnsargableFilter? Find(BoundStatement bound)
    {
        UnsargableFilter? first = null;
        foreach (var condition in bound.Conditions)
        {
            // An index finds the rows by this condition, or HOT1702 asks for one that does.
            if (UnindexedColumn.Judge(condition, bound, out _) is not null)
                return null;

            if (first is null && condition.Alternatives is [var predicate])
                first = Of(predicate, bound);
        }

        return first;
    }

    private static UnsargableFilter? Of(SqlPredicate predicate, BoundStatement bound)
    {
        if (!predicate.Right.IsValue || predicate.Left.Column is not { } name || bound.Resolve(name) is not (var at, { IsFlag: false } column) || bound.Statement.Tables[at].Join != SqlJoin.Inner)
            return null;

        var (tokens, table, left) = (bound.Statement.Tokens, bound.Tables[at], predicate.Left);
        var isOne = predicate.Test switch
        {
            // There is nothing to write instead, so that it is said only where an index was made for the column.
            SqlTest.Like => table.BeginsIndex(column) && BeginsWithAnything(tokens, predicate.Right),
            SqlTest.Equal or SqlTest.Range => !left.IsColumn && IsComputed(tokens, left, bound),
            _ => false,
        };

        return isOne ? new(tokens, predicate, table, column) : null;
    }

    /// <summary>Whether the pattern is <c>'%…'</c>, <c>'%' || …</c> or <c>CONCAT('%', …)</c>.</summary>
    private static bool BeginsWithAnything(SqlTokens tokens, SqlOperand pattern)
    {
        var first = pattern.From;
        if (tokens[first].Is("CONCAT") && tokens[first + 1].IsSymbol("("))
            first += 2;

        return tokens[first] is { Kind: SqlTokenKind.Text, Value: ['%', ..] };
    }

    /// <summary>Whether a function, a cast or a sum stands around the column that somebody may have written without a thought for the index.</summary>
    private static bool IsComputed(SqlTokens tokens, SqlOperand operand, BoundStatement bound)
    {
        // +column: how SQLite is told to leave the index alone.
        if (tokens[operand.From].IsSymbol("+"))
            return false;

        var (isComputed, hasText, hasSum) = (false, false, false);
        SchemaColumn? only = null;
        var others = 0;

        for (int i = operand.From, depth = 0; i < operand.To; i++)
        {
            var token = tokens[i];
            switch (token.Kind)
            {
                case SqlTokenKind.Hole:
                    return false;

                case SqlTokenKind.Text:
                    hasText = true;
                    break;

                case SqlTokenKind.Symbol when token.Value is "(" or ")":
                    depth += token.Value == "(" ? 1 : -1;
                    break;

                // A row of values.
                case SqlTokenKind.Symbol when token.Value == "," && depth == 0:
                    return false;

                case SqlTokenKind.Symbol when token.Value is "+" or "-" or "*" or "/" or "||":
                    // column + 0 and column || '': another way to say so.
                    if (tokens[i + 1] is { Kind: SqlTokenKind.Number, Value: "0" } or { Kind: SqlTokenKind.Text, Value: "" })
                        return false;

                    isComputed = true;
                    hasSum |= depth == 0 && token.Value != "||";
                    break;

                case SqlTokenKind.Symbol when token.Value == "::":
                    isComputed = true;
                    break;

                case SqlTokenKind.Symbol when token.Value is not ("," or "."):
                    return false;

                case SqlTokenKind.Word when Coarse.Contains(token.Value):
                    return false;

                case SqlTokenKind.Word when token.Is("STRFTIME") && !NamesTheYear(tokens[i + 2]):
                    return false;

                case SqlTokenKind.Word when tokens[i + 1].IsSymbol("("):
                    isComputed = true;
                    break;

                case SqlTokenKind.Word or SqlTokenKind.Name when bound.Resolve(new(null, token.Value)).Column is { } column && !tokens[i + 1].IsSymbol("."):
                    if (only is null)
                        only = column;
                    else if (column != only)
                        others++;

                    break;
            }
        }

        // What is reckoned from two columns has no index on one of them to miss; a name in two parts has.
        return isComputed && (others == 0 || hasText && !hasSum);
    }

    /// <summary>Whether a format gives more of a point in time than the month or the hour, by which an index would find too many rows.</summary>
    private static bool NamesTheYear(SqlToken format) => format.Kind != SqlTokenKind.Text || format.Value.Contains("%Y") || format.Value.Contains("%s") || format.Value.Contains("%J");
}
