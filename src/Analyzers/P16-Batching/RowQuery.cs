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
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "Any" or "All" or "Count" or "LongCount" or "Sum" or "Max" or "Min" or "Average" or "Contains" or "ElementAt" or "ElementAtOrDefault"
                => type.Is("System.Linq", "Queryable"),
            "ToListAsync" or "ToArrayAsync" or "ToDictionaryAsync" or "ToHashSetAsync" or "FirstAsync" or "FirstOrDefaultAsync" or "SingleAsync" or "SingleOrDefaultAsync" or "LastAsync" or "LastOrDefaultAsync"
                or "AnyAsync" or "AllAsync" or "CountAsync" or "LongCountAsync" or "SumAsync" or "MaxAsync" or "MinAsync" or "AverageAsync" or "ContainsAsync" or "ForEachAsync" => type.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"),
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

    /// <summary>
    /// The query that an operation runs without a call that says so, because it walks through a sequence: a loop, a spread, a collection that takes all of its elements, an operator over what
    /// the query gives row by row. <c>Place</c> is the sequence as it is written, or the call of the operator.
    /// </summary>
    public static (IOperation Query, IOperation Place)? Walked(IOperation walk)
    {
        var sequence = walk switch
        {
            IForEachLoopOperation { Collection: var collection } => collection,
            ISpreadOperation { Operand: var operand } => operand,
            IInvocationOperation call => Taken(call),
            IObjectCreationOperation { Arguments: [{ Value: var first }, ..], Type: { } type } when type.Implements("System.Collections", "IEnumerable") && type.IsFromSystem() => first,
            _ => null,
        };

        if (sequence is null || Provided(sequence) is not { } query)
            return null;

        return (query, walk is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: not "SelectMany" } } ? walk : sequence.Unconverted());
    }

    /// <summary>What a call takes all elements of, where it is not a call that <see cref="MayBe"/> knows.</summary>
    private static IOperation? Taken(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "AddRange" or "InsertRange" or "UnionWith" or "ExceptWith" or "IntersectWith" or "SymmetricExceptWith" or "RemoveRange" or "UpdateRange" or "AttachRange":
                return method.ContainingType.IsFromSystem() || Databases.IsSet(method.ContainingType) || Databases.IsContext(method.ContainingType) ? Last(call) : null;

            case "Join" or "Concat" when method.ContainingType.SpecialType == SpecialType.System_String:
            case "ToImmutableArray" or "ToImmutableList" or "ToImmutableHashSet" or "ToImmutableDictionary" or "ToFrozenSet" or "ToFrozenDictionary" when method.ContainingType.IsFromSystem():
                return method.Name is "Join" or "Concat" ? Last(call) : call.ArgumentOf(0);

            // What the lambda gives is walked through for each element.
            case "SelectMany" when method.ContainingType.Is("System.Linq", "Enumerable"):
                foreach (var part in call.ArgumentOf(1)?.Unconverted() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: var statements } } ? statements : [])
                {
                    if (part is IReturnOperation { ReturnedValue: { } given })
                        return given;
                }

                return null;

            // A query of the provider itself is known by the call.
            default:
                return method.ContainingType.Is("System.Linq", "Enumerable") && !Loops.IsDeferred(method) && call.ArgumentOf(0) is { } source && !Queries.IsProvider(source.Unconverted().Type) ? source : null;
        }

        static IOperation? Last(IInvocationOperation call) => call.ArgumentOf(call.TargetMethod.Parameters.Length - 1);
    }

    /// <summary>The provider's query behind a sequence that has not been loaded: through variables, and operators that hand its rows on one by one.</summary>
    private static IOperation? Provided(IOperation sequence)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            sequence = sequence.Unconverted();
            switch (sequence)
            {
                case IInvocationOperation or ITranslatedQueryOperation when Queries.IsProvider(sequence.Type):
                    return sequence;

                case ILocalReferenceOperation { Local: var local } when Origins.Only(local, sequence) is { } origin:
                    sequence = origin;
                    break;

                case IInvocationOperation { TargetMethod: var method } call when method is { Name: "AsAsyncEnumerable", ContainingType.Name: "EntityFrameworkQueryableExtensions" } || method.ContainingType.Is("System.Linq", "Enumerable") && Loops.IsDeferred(method):
                    if (call.ArgumentOf(0) is not { } source)
                        return null;

                    sequence = source;
                    break;

                case ITranslatedQueryOperation { Operation: var translated }:
                    sequence = translated;
                    break;

                default:
                    return null;
            }
        }

        return null;
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

            // context.Database.SqlQuery<int>(…)
            case IInvocationOperation { TargetMethod: { Name: "SqlQuery" or "SqlQueryRaw", ContainingType.Name: "RelationalDatabaseFacadeExtensions" } } facade
                when facade.ArgumentOf(0) is IPropertyReferenceOperation { Property.Name: "Database", Instance: { } holder } && Databases.IsContext(holder.Type):
                return holder;

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
