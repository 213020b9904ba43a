namespace HotPath;

/// <summary>A value that stands in the text of a command where a parameter could. The one recognition behind the rule and its fix.</summary>
internal sealed class SplicedValue
{
    private static readonly string[] NoValues =
    [
        "param", "placeholder", "column", "field", "table", "alias", "sql", "expr", "clause", "condition", "query", "function", "operator", "ident", "schema", "marker", "where", "select", "sort", "order_by", "direction",
    ];

    private SplicedValue(SplicedText.Hole hole, SqlToken token)
    {
        Hole = hole;
        Token = token;
    }

    /// <summary>The hole that it fills.</summary>
    public SplicedText.Hole Hole { get; }

    /// <summary>The token of SQL that it is, or is in.</summary>
    public SqlToken Token { get; }

    /// <summary>What is written into the text.</summary>
    public IOperation Value => Hole.Value;

    /// <summary>Whether the text has quotes around it.</summary>
    public bool IsQuoted => Token.Kind == SqlTokenKind.Text;

    /// <summary>The text that holds values, and the values: the first such text that the operation gives a database to run. Null where it gives none.</summary>
    public static (SplicedText Text, List<SplicedValue> Values)? Of(IOperation operation)
    {
        if (CommandTexts.Of(operation) is not { } text || text.ConstantValue.HasValue || operation is IInvocationOperation { TargetMethod: var method } && !IsSentAsItIs(method) || !operation.Binds())
            return null;

        var isKnown = false;
        foreach (var part in SplicedText.Of(text))
        {
            var tokens = SqlTokens.Of(part.Sql);

            // The first part that begins with a word says what the statement does; later parts go on with it.
            if (!isKnown && tokens[0] is { Kind: SqlTokenKind.Hole, Value.Length: 1 })
                continue;

            var isFragment = isKnown;
            isKnown = true;
            if (!isFragment && !TakesParameters(tokens[First(tokens, 0)]))
                return null;

            if (!tokens.IsBroken && In(part, tokens, isFragment) is { Count: > 0 } values)
                return (part, values);
        }

        return null;
    }

    /// <summary>Whether the call sends the text as it is, and does not make parameters of its holes.</summary>
    private static bool IsSentAsItIs(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.Name == "sql")
                return parameter.Type.SpecialType == SpecialType.System_String;
        }

        return false;
    }

    private static List<SplicedValue>? In(SplicedText text, SqlTokens tokens, bool isFragment)
    {
        List<SplicedValue>? found = null;
        var index = 0;
        foreach (var hole in text.Holes)
        {
            while (index < tokens.Count && tokens[index].End <= hole.Position)
                index++;

            // Between two tokens: in a comment.
            var token = tokens[index];
            if (token.Start > hole.Position)
                continue;

            var isValue = token.Kind switch
            {
                SqlTokenKind.Text => IsQuotedValue(tokens, index, isFragment),
                SqlTokenKind.Hole => IsBareValue(tokens, index, isFragment, hole.Value),
                _ => false,
            };

            if (isValue)
                (found ??= []).Add(new(hole, token));
        }

        return found;
    }

    private static bool IsQuotedValue(SqlTokens tokens, int index, bool isFragment)
    {
        // Where JSON is looked into, as where a name is given, the text belongs to the statement.
        var token = tokens[index];
        var previous = tokens[index - 1];
        if (token.Value.StartsWith("$", StringComparison.Ordinal) || previous.Is("AS") || previous.Is("INTERVAL") || previous.Is("COLLATE") || previous.Is("ESCAPE") || previous.IsSymbol("->") || previous.IsSymbol("->>"))
            return false;

        if (!isFragment && !TakesParameters(tokens[First(tokens, index)]))
            return false;

        return IsCompared(tokens, index) || IsListed(tokens, index) || Clause(tokens, index) switch
        {
            "WHERE" or "HAVING" or "ON" or "VALUES" or "SET" or "EXEC" or "EXECUTE" or "CALL" => true,
            "SELECT" => tokens[First(tokens, index)] is var first && (first.Is("INSERT") || first.Is("REPLACE")),
            _ => false,
        };
    }

    private static bool IsBareValue(SqlTokens tokens, int index, bool isFragment, IOperation value)
    {
        var (previous, token, next) = (tokens[index - 1], tokens[index], tokens[index + 1]);
        if (token.Value.Length != 1 || previous.IsSymbol("."))
            return false;

        // Part of a name, of a parameter, or a name before what belongs to it.
        if (previous.End == token.Start && previous.Kind != SqlTokenKind.Symbol || next.Start == token.End && (next.Kind != SqlTokenKind.Symbol || next.IsSymbol(".") || next.IsSymbol("(")) && next.Start < tokens.Text.Length)
            return false;

        if (next.IsSymbol("(") || next.IsSymbol(".") || !isFragment && !TakesParameters(tokens[First(tokens, index)]))
            return false;

        if (IsCompared(tokens, index) || IsListed(tokens, index))
            return IsValue(value, isOfText: true);

        var isWithin = Clause(tokens, index) switch
        {
            "WHERE" or "HAVING" or "VALUES" or "SET" => previous.Kind == SqlTokenKind.Symbol && previous.Value is "+" or "-" or "*" or "/" or "%" or "||" or "(" or ",",
            "EXEC" or "EXECUTE" or "CALL" => !previous.Is("EXEC") && !previous.Is("EXECUTE") && !previous.Is("CALL"),
            _ => false,
        };

        return isWithin && IsValue(value, isOfText: false);
    }

    /// <summary>Whether what is written there without quotes is a value, and not a piece of SQL.</summary>
    private static bool IsValue(IOperation value, bool isOfText)
    {
        switch (value.Type)
        {
            case { TypeKind: TypeKind.Dynamic } or { SpecialType: SpecialType.System_Object }:
                return isOfText && !IsNamedLikeSql(value);

            case { IsValueType: true }:
                return true;

            case { SpecialType: SpecialType.System_String }:
                return isOfText && IsTextOfValue(value, 0);

            default:
                return false;
        }
    }

    private static bool IsTextOfValue(IOperation text, int depth)
    {
        text = text.Unconverted();
        if (depth > 4)
            return false;

        switch (text)
        {
            case IInvocationOperation { TargetMethod: { Name: "Join", ContainingType.SpecialType: SpecialType.System_String } } join:
                return IsJoinOfValues(join);

            case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type }, Instance: { } instance } when type.SpecialType == SpecialType.System_String:
                return name is "Trim" or "ToUpper" or "ToLower" or "ToUpperInvariant" or "ToLowerInvariant" or "Replace" or "Substring" && IsTextOfValue(instance, depth + 1);

            // Of a reader, a console, a request; what methods of the user's own give may be SQL, unless they say that they quote a value.
            case IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type } method }:
                return type.IsFromSystem() && !IsNamedLikeSql(name) || method.Locations is [{ IsInSource: true }, ..] && (Says(name, "Quote") || Says(name, "Escape")) && !IsNamedLikeSql(name) && !Says(name, "Name");

            case IPropertyReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation or IArrayElementReferenceOperation:
                return !IsNamedLikeSql(text);

            case ILocalReferenceOperation { Local: var local }:
                return !IsNamedLikeSql(local.Name)
                    && (Origins.Only(local, text) is { } origin ? IsTextOfValue(origin, depth + 1) : local.IsForEach && !NamesPlaceholders(local, text));

            case IAwaitOperation { Operation: var awaited }:
                return IsTextOfValue(awaited, depth + 1);

            case ICoalesceOperation { Value: var given, WhenNull: var otherwise }:
                return IsTextOfValue(given, depth + 1) && (otherwise.ConstantValue.HasValue || IsTextOfValue(otherwise, depth + 1));

            default:
                return false;
        }
    }

    /// <summary>Whether the loop that gives the variable walks through names of parameters.</summary>
    private static bool NamesPlaceholders(ILocalSymbol local, IOperation reference)
    {
        for (var current = reference; current is not null; current = current.Parent)
        {
            if (current is IForEachLoopOperation each && each.Locals.Contains(local, SymbolEqualityComparer.Default))
                return IsNamedLikeSql(each.Collection.Unconverted());
        }

        return false;
    }

    /// <summary>Numbers and the like, or texts that the query over them quotes.</summary>
    private static bool IsJoinOfValues(IInvocationOperation join)
    {
        var joined = join.Arguments[join.Arguments.Length - 1].Value.Unconverted();
        var element = joined.Type switch
        {
            IArrayTypeSymbol { ElementType: var item } => item,
            INamedTypeSymbol { TypeArguments: [var item] } => item,
            _ => null,
        };

        if (element is { IsValueType: true })
            return true;

        if (joined is not IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" } } select || select.ArgumentOf(1) is not { } selector)
            return false;

        foreach (var part in selector.Descendants())
        {
            switch (part)
            {
                // n => $"'{n}'", n => "'" + n + "'"
                case { ConstantValue: { HasValue: true, Value: string constant } } when constant.StartsWith("'", StringComparison.Ordinal):
                    return true;

                // id => id.ToString()
                case IReturnOperation { ReturnedValue: { } returned } when returned.Unconverted() is IInvocationOperation { TargetMethod.Name: "ToString", Instance.Type: { IsValueType: true } }:
                    return true;
            }
        }

        return false;
    }

    private static bool IsNamedLikeSql(IOperation value) => value switch
    {
        ILocalReferenceOperation { Local.Name: var name } => IsNamedLikeSql(name),
        IParameterReferenceOperation { Parameter.Name: var name } => IsNamedLikeSql(name),
        IFieldReferenceOperation { Field.Name: var name } => IsNamedLikeSql(name),
        IPropertyReferenceOperation { Property: { IsIndexer: true }, Instance: { } holder } => IsNamedLikeSql(holder.Unconverted()),
        IPropertyReferenceOperation { Property.Name: var name } => IsNamedLikeSql(name),
        IArrayElementReferenceOperation { ArrayReference: var array } => IsNamedLikeSql(array.Unconverted()),
        _ => false,
    };

    private static bool IsNamedLikeSql(string name)
    {
        foreach (var word in NoValues)
        {
            if (Says(name, word))
                return true;
        }

        return false;
    }

    private static bool Says(string name, string word) => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>Whether statements that begin so may have parameters.</summary>
    private static bool TakesParameters(SqlToken first) =>
        first.Is("SELECT") || first.Is("INSERT") || first.Is("UPDATE") || first.Is("DELETE") || first.Is("REPLACE") || first.Is("MERGE") || first.Is("WITH") || first.Is("EXEC") || first.Is("EXECUTE") || first.Is("CALL") || first.Is("IF");

    /// <summary>The first token of the statement that the token is in.</summary>
    private static int First(SqlTokens tokens, int index)
    {
        while (index > 0 && !tokens[index - 1].IsSymbol(";"))
            index--;

        while (tokens[index].IsSymbol("("))
            index++;

        return index;
    }

    private static bool IsCompared(SqlTokens tokens, int index)
    {
        var previous = tokens[index - 1];
        if (previous.Kind == SqlTokenKind.Symbol)
            return previous.Value is "=" or "<" or ">" or "<=" or ">=" or "<>" or "!=" or "==";

        if (previous.Is("LIKE") || previous.Is("ILIKE") || previous.Is("BETWEEN"))
            return true;

        // BETWEEN x AND …
        for (var i = index - 2; previous.Is("AND") && i >= 0 && i > index - 8; i--)
        {
            if (tokens[i].Is("BETWEEN"))
                return true;

            if (tokens[i].Is("AND") || tokens[i].Is("OR") || tokens[i].Is("WHERE"))
                break;
        }

        return false;
    }

    /// <summary>Whether it is one of <c>IN (…)</c> or <c>VALUES (…), (…)</c>.</summary>
    private static bool IsListed(SqlTokens tokens, int index)
    {
        if (!tokens[index - 1].IsSymbol("(") && !tokens[index - 1].IsSymbol(","))
            return false;

        for (var i = index - 1; i > 0; i--)
        {
            if (tokens[i].IsSymbol(")"))
            {
                i = Open(tokens, i);
                continue;
            }

            if (!tokens[i].IsSymbol("("))
            {
                if (tokens[i].IsSymbol(";"))
                    return false;

                continue;
            }

            // The rows before this one.
            while (tokens[i - 1].IsSymbol(",") && tokens[i - 2].IsSymbol(")"))
                i = Open(tokens, i - 2);

            return tokens[i - 1].Is("IN") || tokens[i - 1].Is("VALUES");
        }

        return false;
    }

    private static int Open(SqlTokens tokens, int close)
    {
        var depth = 0;
        for (var i = close; i >= 0; i--)
        {
            if (tokens[i].IsSymbol(")"))
                depth++;
            else if (tokens[i].IsSymbol("(") && --depth == 0)
                return i;
        }

        return 0;
    }

    private static string Clause(SqlTokens tokens, int index)
    {
        for (var i = index - 1; i >= 0 && !tokens[i].IsSymbol(";"); i--)
        {
            if (tokens[i].Kind != SqlTokenKind.Word)
                continue;

            var word = tokens[i].Value.ToUpperInvariant();
            if (word is "SELECT" or "FROM" or "JOIN" or "WHERE" or "ON" or "HAVING" or "SET" or "VALUES" or "ORDER" or "GROUP" or "LIMIT" or "OFFSET" or "FETCH" or "TOP" or "INTO" or "EXEC" or "EXECUTE" or "CALL" or "UPDATE" or "RETURNING" or "OUTPUT")
                return word;
        }

        return "";
    }
}
