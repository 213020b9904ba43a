namespace HotPath;

/// <summary>Rows that are all counted to learn whether there is one. The one recognition behind the rule and its fix.</summary>
internal sealed class CountedExistence
{
    private CountedExistence(IInvocationOperation call, ExistenceTest test)
    {
        Call = call;
        Test = test;
    }

    /// <summary>The call that counts: <c>Count</c>, <c>CountAsync</c>, <c>ExecuteScalar</c> …</summary>
    public IInvocationOperation Call { get; }

    /// <summary>What is asked of the number.</summary>
    public ExistenceTest Test { get; }

    /// <summary>The SQL as it is given to the command; null for a query of EF Core.</summary>
    public IOperation? Text { get; private set; }

    /// <summary>The statement; null for a query of EF Core.</summary>
    public SqlStatement? Statement { get; private set; }

    /// <summary>What runs the SQL, where the call shows it.</summary>
    public ITypeSymbol? Provider { get; private set; }

    /// <summary>The command that the call runs; null for Dapper and EF Core.</summary>
    public CommandOrigin? Command { get; private set; }

    /// <summary>The count, or null.</summary>
    public static CountedExistence? Of(IInvocationOperation call)
    {
        var found = call.TargetMethod.Name switch
        {
            "Count" or "LongCount" or "CountAsync" or "LongCountAsync" => OfEntities(call),
            "ExecuteScalar" or "ExecuteScalarAsync" or "QuerySingle" or "QuerySingleAsync" or "QueryFirst" or "QueryFirstAsync" or "QuerySingleOrDefault" or "QuerySingleOrDefaultAsync" or "QueryFirstOrDefault" or "QueryFirstOrDefaultAsync" => OfText(call),
            _ => null,
        };

        return found is not null && !Loops.IsCold(call) && call.Binds() ? found : null;
    }

    private static CountedExistence? OfEntities(IInvocationOperation call)
    {
        if (!EntityQuery.IsOperator(call.TargetMethod) || call.ArgumentOf(0) is not { } source || call.IsInExpressionTree() || ExistenceTest.Of(call) is not { } test)
            return null;

        if (EntityQuery.Of(source) is not { } query || Translation.Lambda(call, 1) is { } condition && Translation.AsksForKey(condition))
            return null;

        foreach (var part in query.Operators)
        {
            // One row at most, or a page: there is nothing to stop early.
            if (part.TargetMethod.Name == "Take" || part.TargetMethod.Name == "Where" && Translation.Lambda(part, 1) is { } where && Translation.AsksForKey(where))
                return null;
        }

        return new(call, test);
    }

    private static CountedExistence? OfText(IInvocationOperation call)
    {
        CommandOrigin? command = null;
        if (!Databases.IsDapper(call.TargetMethod))
        {
            if (!Databases.IsCommand(call.TargetMethod.ContainingType))
                return null;

            command = CommandOrigin.Of(call.Receiver());
            if (command is null)
                return null;
        }

        if (RowExecution.Text(call, command) is not { } text || SqlText.Constant(text) is not { } sql || sql.IndexOf("count", StringComparison.OrdinalIgnoreCase) < 0 || ExistenceTest.Of(call) is not { } test)
            return null;

        return SqlReader.Read(sql) is [var statement] && IsCount(statement) && !statement.FindsOneRow && !statement.IsOfCatalogue
            ? new(call, test) { Text = text, Statement = statement, Provider = command is null ? call.Receiver()?.Type : command.Creation.Type, Command = command }
            : null;
    }

    /// <summary>Whether the statement gives the number of rows and nothing else.</summary>
    private static bool IsCount(SqlStatement statement)
    {
        if (statement is not { Verb: "SELECT", IsDistinct: false, HasLimit: false, GroupBy.Count: 0, Selected: [var (from, to)] } || !statement.Tokens[from].Is("COUNT") || !statement.Tokens[from + 1].IsSymbol("("))
            return false;

        for (var i = 0; i < statement.Tokens.Count; i++)
        {
            if (statement.Tokens[i].Is("HAVING"))
                return false;
        }

        // COUNT(*), COUNT(1), COUNT(name), COUNT(t.name), with a name for the number or without.
        var close = from + 2;
        while (close < to && !statement.Tokens[close].IsSymbol(")"))
        {
            if (statement.Tokens[close].Is("DISTINCT") || statement.Tokens[close].IsSymbol("("))
                return false;

            close++;
        }

        var named = to - close - 1;
        return close < to && (named == 0 || named == 1 && statement.Tokens[to - 1].IsName || named == 2 && statement.Tokens[close + 1].Is("AS"));
    }
}
