namespace HotPath;

/// <summary>A query that asks a database for some of its rows.</summary>
internal static class RowQuery
{
    /// <summary>Whether the call may run a query by its name and type; the cheap question before <see cref="Target"/>.</summary>
    public static bool MayBe(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var type = method.ContainingType;

        return method.Name switch
        {
            "ExecuteReader" or "ExecuteReaderAsync" or "ExecuteScalar" or "ExecuteScalarAsync" => Databases.IsCommand(type) || Databases.IsDapper(method),
            "Load" or "LoadAsync" => IsLoad(method),
            "Find" or "FindAsync" => Databases.IsSet(type) || Databases.IsContext(type),
            "ToList" or "ToArray" or "ToDictionary" or "ToHashSet" or "ToLookup" => type.Is("System.Linq", "Enumerable") && call.ArgumentOf(0)?.Unconverted().Type is { } source && Queries.IsProvider(source),
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "Any" or "All" or "Count" or "LongCount" or "Sum" or "Max" or "Min" or "Average" => type.Is("System.Linq", "Queryable"),
            "ToListAsync" or "ToArrayAsync" or "ToDictionaryAsync" or "ToHashSetAsync" or "FirstAsync" or "FirstOrDefaultAsync" or "SingleAsync" or "SingleOrDefaultAsync" or "LastAsync" or "LastOrDefaultAsync"
                or "AnyAsync" or "AllAsync" or "CountAsync" or "LongCountAsync" or "SumAsync" or "MaxAsync" or "MinAsync" or "AverageAsync" => type.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"),
            var name => name.StartsWith("Query", StringComparison.Ordinal) && Databases.IsDapper(method),
        };
    }

    /// <summary>Whether the method loads what a navigation property leads to, or what a query gives, into its context.</summary>
    public static bool IsLoad(IMethodSymbol method) =>
        method.Name is "Load" or "LoadAsync" && method.ContainingType.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions")
        || method.Name is "Load" or "LoadAsync" && method.ContainingType.Name is "CollectionEntry" or "ReferenceEntry" or "NavigationEntry" && method.ContainingType.ContainingNamespace.Is("Microsoft.EntityFrameworkCore.ChangeTracking");

    /// <summary>The connection or context that is asked; null where that is not sure, or where the query takes one page of many.</summary>
    public static IOperation? Target(IInvocationOperation call)
    {
        if (Databases.IsDapper(call.TargetMethod))
            return IsPlain(RowExecution.Text(call, null)) && call.Receiver() is { } dapper && !RowExecution.IsInMemory(dapper) ? dapper : null;

        if (Databases.IsCommand(call.TargetMethod.ContainingType))
            return CommandOrigin.Of(call.Receiver()) is { Connection: { } connection } command && IsPlain(command.TextAt(call)) && !RowExecution.IsInMemory(connection) ? connection : null;

        return Context(call.TargetMethod.IsStatic ? call.ArgumentOf(0) : call.Instance, depth: 0);
    }

    /// <summary>The context at the start of a query that is walked through as it is; null where that is not sure.</summary>
    public static IOperation? Context(IOperation? query) => Context(query, depth: 0);

    private static bool IsPlain(IOperation? text)
    {
        if (text is null || SqlText.Classify(text) != SqlKind.Query)
            return false;

        foreach (var part in SqlText.Written(text).DescendantsAndSelf())
        {
            if (part.ConstantValue is { HasValue: true, Value: string constant } && (IsLimited(constant) || Has(constant, "OFFSET ") || Has(constant, "FETCH NEXT") || Has(constant, "pragma") || Has(constant, "FOR UPDATE")))
                return false;
        }

        return true;

        // The one row that there is, is no page.
        static bool IsLimited(string text)
        {
            var at = text.IndexOf("LIMIT ", StringComparison.OrdinalIgnoreCase);
            return at >= 0 && text.Substring(at + "LIMIT ".Length).Trim().TrimEnd(';') != "1";
        }

        static bool Has(string text, string word) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    /// <summary>The context at the start of a chain of operators over one of its sets.</summary>
    private static IOperation? Context(IOperation? query, int depth)
    {
        if (query is null || depth > 16)
            return null;

        query = Operations.Resolved(query.Unconverted()).Unconverted();
        switch (query)
        {
            case IPropertyReferenceOperation { Instance: { } context } when Databases.IsSet(query.Type) && Databases.IsContext(context.Type):
                return context;

            case { } when Databases.IsContext(query.Type):
                return query;

            // context.Entry(order).Collection(order => order.Lines).Query()
            case IInvocationOperation { TargetMethod: { Name: "Entry", IsStatic: false }, Instance: { } tracking } when Databases.IsContext(tracking.Type):
                return tracking;

            case IInvocationOperation { TargetMethod: { Name: "Collection" or "Reference" or "Navigation" or "Query", ContainingType.ContainingNamespace: var space }, Instance: { } entry } when space.Is("Microsoft.EntityFrameworkCore.ChangeTracking"):
                return Context(entry, depth + 1);

            case IInvocationOperation { TargetMethod.Name: "Set", Instance: { } context } when Databases.IsContext(context.Type):
                return context;

            case IInvocationOperation { TargetMethod: { ContainingType: { Name: "Queryable" or "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" }, Name: not ("Skip" or "Take") } } call:
                return Context(call.ArgumentOf(0), depth + 1);

            case ILocalReferenceOperation { Local: var local } when Origins.Only(local, query) is { } origin:
                return Context(origin, depth + 1);

            case ITranslatedQueryOperation { Operation: var translated }:
                return Context(translated, depth + 1);

            // A set held on its own stands for its context.
            case IFieldReferenceOperation or IParameterReferenceOperation when Databases.IsSet(query.Type):
                return query;

            default:
                return null;
        }
    }
}
