namespace HotPath;

/// <summary>
/// Reads as much of a statement as the rules ask for. What it does not understand it leaves alone. It works through lists of open parts instead of
/// calling itself, and every part is looked at once per level of parentheses that is taken off it.
/// </summary>
internal sealed class SqlReader
{
    private static readonly HashSet<string> Clauses = new(StringComparer.OrdinalIgnoreCase)
    {
        "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR", "OPTION", "RETURNING", "SET", "LOCK",
    };

    private static readonly HashSet<string> Joins = new(StringComparer.OrdinalIgnoreCase) { "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "OUTER" };

    /// <summary>Words that stand for a value.</summary>
    private static readonly HashSet<string> Values = new(StringComparer.OrdinalIgnoreCase) { "NULL", "TRUE", "FALSE", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP" };

    /// <summary>Words that belong to a value where they stand beside others; alone they are columns.</summary>
    private static readonly HashSet<string> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        "INTERVAL", "DATE", "TIMESTAMP", "TIME", "AS", "AND", "NOT",
        "INTEGER", "INT", "TEXT", "BIGINT", "VARCHAR", "NVARCHAR", "DECIMAL", "NUMERIC", "REAL", "DATETIME", "DATETIME2", "UUID", "DAY", "MONTH", "YEAR", "HOUR", "MINUTE", "SECOND", "ESCAPE",
    };

    private readonly SqlTokens tokens;

    /// <summary>The closing parenthesis of each opening one.</summary>
    private readonly int[] closes;
    private readonly bool isBalanced;

    private SqlReader(SqlTokens tokens)
    {
        this.tokens = tokens;
        closes = new int[tokens.Count];
        var open = new Stack<int>();
        isBalanced = !tokens.IsBroken;

        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].IsSymbol("("))
                open.Push(i);
            else if (tokens[i].IsSymbol(")") && open.Count > 0)
                closes[open.Pop()] = i;
            else if (tokens[i].IsSymbol(")"))
                isBalanced = false;
        }

        isBalanced &= open.Count == 0;
    }

    /// <summary>The statements of a text that are understood.</summary>
    public static IReadOnlyList<SqlStatement> Read(string text)
    {
        var tokens = SqlTokens.Of(text);
        var reader = new SqlReader(tokens);
        var found = new List<SqlStatement>();
        if (!reader.isBalanced)
            return found;

        for (var from = 0; from < tokens.Count;)
        {
            var to = reader.Find(from, tokens.Count, static token => token.IsSymbol(";"));
            if (reader.Statement(from, to) is { } statement)
                found.Add(statement);

            from = to + 1;
        }

        return found;
    }

    private SqlStatement? Statement(int from, int to) => tokens[from].Kind != SqlTokenKind.Word ? null : tokens[from].Value.ToUpperInvariant() switch
    {
        "SELECT" => Select(from, to),
        "UPDATE" => Update(from, to),
        "DELETE" when tokens[from + 1].Is("FROM") => Delete(from, to),
        _ => null,
    };

    private SqlStatement? Select(int from, int to)
    {
        if (Find(from, to, static token => token.Is("UNION") || token.Is("INTERSECT") || token.Is("EXCEPT") || token.Is("INTO")) < to)
            return null;

        var statement = new SqlStatement(tokens, "SELECT") { HasSubquery = HasSubquery(from + 1, to) };
        var first = from + 1;

        while (first < to)
        {
            if (tokens[first].Is("DISTINCT"))
                statement.IsDistinct = true;
            else if (tokens[first].Is("TOP"))
                (statement.HasLimit, first) = (true, tokens[first + 1].IsSymbol("(") ? closes[first + 1] : first + 1);
            else if (!tokens[first].Is("ALL"))
                break;

            first++;
        }

        var fromAt = NextClause(first, to);
        Split(first, fromAt, ",", statement.Selected);
        if (!tokens[fromAt].Is("FROM") || fromAt >= to)
            return null;

        statement.From = fromAt;
        var at = NextClause(fromAt + 1, to);
        return Tables(statement, fromAt + 1, at) && Tail(statement, at, to) ? statement : null;
    }

    private SqlStatement? Update(int from, int to)
    {
        var statement = new SqlStatement(tokens, "UPDATE") { HasSubquery = HasSubquery(from + 1, to) };
        var set = NextClause(from + 1, to);
        if (!tokens[set].Is("SET") || set >= to)
            return null;

        var at = NextClause(set + 1, to);
        return !(at < to && tokens[at].Is("FROM")) && Tables(statement, from + 1, set) && statement.Tables.Count == 1 && Tail(statement, at, to) ? statement : null;
    }

    private SqlStatement? Delete(int from, int to)
    {
        var statement = new SqlStatement(tokens, "DELETE") { HasSubquery = HasSubquery(from + 1, to) };
        var at = NextClause(from + 2, to);
        return Tables(statement, from + 2, at) && statement.Tables.Count == 1 && Tail(statement, at, to) ? statement : null;
    }

    /// <summary>The clauses behind the tables.</summary>
    private bool Tail(SqlStatement statement, int at, int to)
    {
        while (at < to)
        {
            var end = NextClause(at + 1, to);
            switch (tokens[at].Value.ToUpperInvariant())
            {
                case "WHERE":
                    statement.HasWhere = true;
                    Conditions(at + 1, end, statement.Where, statement);
                    break;

                case "GROUP" when tokens[at + 1].Is("BY"):
                    Columns(at + 2, end, statement.GroupBy);
                    break;

                case "ORDER" when tokens[at + 1].Is("BY"):
                    Columns(at + 2, end, statement.OrderBy);
                    break;

                case "LIMIT" or "FETCH":
                    statement.HasLimit = true;
                    break;

                case "HAVING" or "WINDOW" or "OFFSET" or "FOR" or "OPTION" or "RETURNING" or "LOCK":
                    break;

                default:
                    return false;
            }

            at = end;
        }

        return true;
    }

    private bool Tables(SqlStatement statement, int from, int to)
    {
        var join = SqlJoin.Inner;
        for (var i = from; ;)
        {
            // UPDATE OR IGNORE t, FROM ONLY t.
            if (tokens[i].Is("ONLY") && tokens[i + 1].IsName)
                i++;

            if (i >= to || !tokens[i].IsName || Clauses.Contains(tokens[i].Value) && tokens[i].Kind == SqlTokenKind.Word)
                return false;

            var name = tokens[i++].Value;
            while (i + 1 < to && tokens[i].IsSymbol(".") && tokens[i + 1].IsName)
            {
                name = tokens[i + 1].Value;
                i += 2;
            }

            if (tokens[i].IsSymbol("(") && i < to)
                return false;

            var alias = name;
            if (i < to && tokens[i].Is("AS"))
                i++;

            if (i < to && tokens[i].IsName && !IsTableWord(tokens[i]))
                alias = tokens[i++].Value;

            var table = new SqlTable(name, alias, join);
            statement.Tables.Add(table);

            // Hints: WITH (NOLOCK). Whoever names the index knows better.
            if (i < to && tokens[i].Is("WITH") && tokens[i + 1].IsSymbol("("))
                i = closes[i + 1] + 1;

            if (i < to && tokens[i].Is("ON"))
            {
                var end = Find(i, to, static token => token.IsSymbol(",") || token.Kind == SqlTokenKind.Word && Joins.Contains(token.Value), joinsToo: true);
                Conditions(i + 1, end, table.On, statement);
                i = end;
            }
            else if (i < to && tokens[i].Is("USING") && tokens[i + 1].IsSymbol("("))
            {
                if (statement.Tables.Count != 2)
                    return false;

                for (var column = i + 2; column < closes[i + 1]; column += 2)
                {
                    var left = new SqlOperand(new(table.Alias, tokens[column].Value), IsColumn: true, null, column, column + 1);
                    var right = new SqlOperand(new(statement.Tables[0].Alias, tokens[column].Value), IsColumn: true, null, column, column + 1);
                    table.On.Add(new([new(SqlTest.Equal, left, right, column, column + 1)]));
                }

                i = closes[i + 1] + 1;
            }

            if (i >= to)
                return true;

            join = SqlJoin.Inner;
            if (tokens[i].IsSymbol(","))
            {
                i++;
                continue;
            }

            for (; i < to && !tokens[i].Is("JOIN"); i++)
            {
                if (tokens[i].Is("LEFT"))
                    join = SqlJoin.Left;
                else if (tokens[i].Is("RIGHT") || tokens[i].Is("FULL") || tokens[i].Is("NATURAL"))
                    join = SqlJoin.Other;
                else if (!tokens[i].Is("INNER") && !tokens[i].Is("OUTER") && !tokens[i].Is("CROSS"))
                    return false;
            }

            i++;
        }
    }

    private static bool IsTableWord(SqlToken token) => token.Kind == SqlTokenKind.Word
        && (Joins.Contains(token.Value) || token.Is("ON") || token.Is("USING") || token.Is("WITH") || token.Is("INDEXED") || token.Is("NOT") || token.Is("USE") || token.Is("FORCE") || token.Is("IGNORE") || token.Is("TABLESAMPLE"));

    /// <summary>The parts of a condition that all have to hold.</summary>
    private void Conditions(int from, int to, List<SqlCondition> into, SqlStatement statement)
    {
        var open = new Stack<(int From, int To)>();
        open.Push((from, to));

        while (open.Count > 0)
        {
            var part = Bare(open.Pop());
            var parts = new List<(int From, int To)>();
            Split(part.From, part.To, "AND", parts);

            if (parts.Count > 1 && Find(part.From, part.To, static token => token.Is("OR")) >= part.To)
            {
                for (var i = parts.Count - 1; i >= 0; i--)
                    open.Push(parts[i]);

                continue;
            }

            parts.Clear();
            Split(part.From, part.To, "OR", parts);
            var alternatives = new List<SqlPredicate>();

            foreach (var alternative in parts)
            {
                var bare = Bare(alternative);
                if (Find(bare.From, bare.To, static token => token.Is("OR")) >= bare.To && IsOne(bare) && Predicate(bare.From, bare.To, statement) is { } predicate)
                {
                    alternatives.Add(predicate);
                }
                else
                {
                    alternatives.Clear();
                    statement.IsOpen |= HasHole(part.From, part.To);
                    break;
                }
            }

            into.Add(new(alternatives));
        }
    }

    private bool IsOne((int From, int To) part)
    {
        var parts = new List<(int, int)>();
        Split(part.From, part.To, "AND", parts);
        return parts.Count == 1;
    }

    private (int From, int To) Bare((int From, int To) part)
    {
        var (from, to) = part;
        while (from < to && tokens[from].IsSymbol("(") && closes[from] == to - 1)
            (from, to) = (from + 1, to - 1);

        return (from, to);
    }

    private SqlPredicate? Predicate(int from, int to, SqlStatement statement)
    {
        var at = Find(from, to, static token => token.Kind == SqlTokenKind.Symbol
            ? token.Value is "=" or "==" or "<" or ">" or "<=" or ">=" or "<>" or "!=" or "<=>" or "~" or "@>" or "<@" or "&&" or "!"
            : token.Is("IS") || token.Is("IN") || token.Is("LIKE") || token.Is("BETWEEN") || token.Is("GLOB") || token.Is("ILIKE") || token.Is("MATCH") || token.Is("REGEXP") || token.Is("SIMILAR") || token.Is("NOT") || token.Is("CASE") || token.Is("EXISTS") || token.Is("ISNULL") || token.Is("NOTNULL"));

        if (at >= to || at == from)
        {
            if (HasHole(from, to))
                statement.IsOpen = true;

            return null;
        }

        var test = tokens[at].Value.ToUpperInvariant() switch
        {
            "=" or "==" or "IN" or "<=>" => SqlTest.Equal,
            "<" or ">" or "<=" or ">=" or "BETWEEN" => SqlTest.Range,
            "LIKE" => SqlTest.Like,
            "ISNULL" => SqlTest.Null,
            "IS" when tokens[at + 1].Is("NULL") && at + 2 == to => SqlTest.Null,
            "IS" when !tokens[at + 1].Is("NOT") && !tokens[at + 1].Is("DISTINCT") => SqlTest.Equal,
            _ => SqlTest.Other,
        };

        // Something is behind the value: a part that is not constant may be another condition.
        for (var i = at + 1; i < to; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.Hole && (tokens[i].Value.Length > 1 || i > at + 1 && tokens[i - 1].Kind != SqlTokenKind.Symbol && tokens[i - 1].Kind != SqlTokenKind.Word))
            {
                statement.IsOpen = true;
                return null;
            }
        }

        var (left, right) = (Operand(from, at), Operand(at + 1, to));
        if (left.IsValue && !right.IsValue && test is SqlTest.Equal or SqlTest.Range && !tokens[at].Is("IN") && !tokens[at].Is("BETWEEN"))
            (left, right) = (right, left);

        return new(test, left, right, from, to) { IsBetween = tokens[at].Is("BETWEEN") };
    }

    private SqlOperand Operand(int from, int to)
    {
        (from, to) = Bare((from, to));
        string? collation = null;

        // a COLLATE NOCASE
        if (to - from > 2 && tokens[to - 2].Is("COLLATE"))
        {
            collation = tokens[to - 1].Value;
            (from, to) = Bare((from, to - 2));
        }

        if (Column(from, to) is { } column)
            return new(column, IsColumn: true, collation, from, to);

        for (var i = from; i < to; i++)
        {
            if (tokens[i].IsName && !tokens[i + 1].IsSymbol("(") && !tokens[i - 1].IsSymbol("::") && !(tokens[i].Kind == SqlTokenKind.Word && (Values.Contains(tokens[i].Value) || Parts.Contains(tokens[i].Value))))
            {
                var end = i + 1;
                while (end + 1 < to && tokens[end].IsSymbol(".") && tokens[end + 1].IsName)
                    end += 2;

                return new(Column(i, end) ?? new(null, tokens[i].Value), IsColumn: false, collation, from, to);
            }
        }

        return new(null, IsColumn: false, collation, from, to);
    }

    /// <summary>The column that these tokens are and nothing else; null for anything else.</summary>
    private SqlColumn? Column(int from, int to)
    {
        var length = to - from;
        if (length is not (1 or 3 or 5) || !tokens[to - 1].IsName || length == 1 && tokens[from].Kind == SqlTokenKind.Word && Values.Contains(tokens[from].Value))
            return null;

        for (var i = from; i < to - 1; i += 2)
        {
            if (!tokens[i].IsName || !tokens[i + 1].IsSymbol("."))
                return null;
        }

        return new(length == 1 ? null : tokens[to - 3].Value, tokens[to - 1].Value);
    }

    private void Columns(int from, int to, List<SqlOperand> into)
    {
        var parts = new List<(int From, int To)>();
        Split(from, to, ",", parts);
        foreach (var (first, end) in parts)
        {
            var last = end;
            while (last > first && (tokens[last - 1].Is("ASC") || tokens[last - 1].Is("DESC") || tokens[last - 1].Is("NULLS") || tokens[last - 1].Is("FIRST") || tokens[last - 1].Is("LAST")))
                last--;

            into.Add(Operand(first, last));
        }
    }

    private bool HasHole(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.Hole)
                return true;
        }

        return false;
    }

    private bool HasSubquery(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (tokens[i].Is("SELECT"))
                return true;
        }

        return false;
    }

    private int NextClause(int from, int to) => Find(from, to, static token => token.Kind == SqlTokenKind.Word && Clauses.Contains(token.Value));

    /// <summary>The first such token outside parentheses, or the end.</summary>
    private int Find(int from, int to, Func<SqlToken, bool> isIt, bool joinsToo = false)
    {
        for (var i = from; i < to; i++)
        {
            // LEFT(a, 2) is a function.
            if (isIt(tokens[i]) && !(joinsToo && tokens[i + 1].IsSymbol("(")))
                return i;

            if (tokens[i].IsSymbol("("))
                i = closes[i];
        }

        return to;
    }

    /// <summary>The parts between such words outside parentheses and <c>CASE</c>; the AND of a BETWEEN does not count.</summary>
    private void Split(int from, int to, string at, List<(int From, int To)> into)
    {
        var (start, cases, isBetween) = (from, 0, false);
        for (var i = from; i < to; i++)
        {
            var token = tokens[i];
            if (token.IsSymbol("("))
                i = closes[i];
            else if (token.Is("CASE"))
                cases++;
            else if (token.Is("END"))
                cases--;
            else if (token.Is("BETWEEN"))
                isBetween = true;
            else if (cases == 0 && (token.Is(at) || token.IsSymbol(at)))
            {
                if (isBetween && at == "AND")
                {
                    isBetween = false;
                    continue;
                }

                into.Add((start, i));
                start = i + 1;
            }
        }

        if (start < to || into.Count > 0)
            into.Add((start, to));
    }
}
