using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>A query in a loop that asks for the rows of one iteration.</summary>
internal sealed class RowKey
{
    private RowKey(IOperation query, Loop loop, IOperation? target, string advice)
    {
        Query = query;
        Loop = loop;
        Target = target;
        Advice = advice;
    }

    /// <summary>The call that runs the query, or the sequence that is walked through as it is.</summary>
    public IOperation Query { get; }

    /// <summary>The loop that gives the key.</summary>
    public Loop Loop { get; }

    /// <summary>The connection or context that is asked, where it shows.</summary>
    public IOperation? Target { get; }

    /// <summary>What to do instead, in the words of a message.</summary>
    public string Advice { get; }

    /// <summary>The finding that the call is, or null.</summary>
    public static RowKey? Of(IInvocationOperation call, AnalyzerOptions options) =>
        RowQuery.MayBe(call) && TargetOf(call) is { } target && !Memory.Guards(call, call.Function()) ? Of(call, target, options) : null;

    /// <summary>The finding that a query is which is not loaded by a call, but walked through as it is; or null. See <see cref="RowQuery.Walked"/>.</summary>
    public static RowKey? OfWalk(IOperation walk, AnalyzerOptions options)
    {
        if (RowQuery.Walked(walk) is not var (query, place) || !Loops.MayRepeat(place) || RowQuery.Context(query) is not { } context || Memory.Guards(place, place.Function()))
            return null;

        return Of(place, context, options);
    }

    private static RowKey? Of(IOperation query, IOperation target, AnalyzerOptions options)
    {
        if (IsInMemory(target))
            return null;

        foreach (var loop in Loops.Around(query, options))
        {
            if (Iteration.IsWorker(loop))
                return null;

            if (Dependency(query, loop) is not { Varies: true } dependence)
                continue;

            // What nobody knows before the iteration cannot be asked for ahead.
            if (dependence.IsDrawn)
                return null;

            if (!GoesThroughData(loop, dependence, query) || Iteration.IsOverChunks(loop) || dependence.ComesBack(query) || TakesMany(dependence) || IsOfSeveral(target, loop) || IsAwaitedTogether(loop))
                return null;

            return query.Binds() ? new(query, loop, target, AdviceFor(query, dependence)) : null;
        }

        return null;
    }

    /// <summary>The connection or context; of a chain of operators that starts out of sight, what it starts with, where it ends in a method of EF Core's own.</summary>
    private static IOperation? TargetOf(IInvocationOperation call)
    {
        if (RowQuery.Target(call) is { } target)
            return target;

        if (!call.TargetMethod.ContainingType.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"))
            return null;

        var source = call.ArgumentOf(0)?.Unconverted();
        for (var depth = 0; depth < 16 && source is not null; depth++)
        {
            switch (source)
            {
                case IInvocationOperation { TargetMethod: { ContainingType.Name: "Queryable" or "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions", Name: var name } } link:
                    if (name is "Skip" or "Take")
                        return null;

                    source = link.ArgumentOf(0)?.Unconverted();
                    break;

                case ILocalReferenceOperation { Local: var local } when Origins.Only(local, source) is { } origin:
                    source = origin.Unconverted();
                    break;

                case ILocalReferenceOperation:
                    return null;

                default:
                    return source;
            }
        }

        return null;
    }

    /// <summary>What the query depends on: parameters and holes of a text, the key that is looked for, what a predicate captures.</summary>
    private static Dependence? Dependency(IOperation query, Loop loop)
    {
        if (query is not IInvocationOperation call)
            return Dependence.Of(query, loop);

        if (Databases.IsDapper(call.TargetMethod))
            return OfDapper(call, loop);

        if (Databases.IsCommand(call.TargetMethod.ContainingType))
            return CommandOrigin.Of(call.Receiver()) is { } command && command.TextAt(call) is { } text ? OfCommand(call, command, text, loop) : null;

        var dependence = Dependence.Of(query, loop);
        for (var source = call.TargetMethod.IsStatic ? call.ArgumentOf(0) : call.Instance; source is not null;)
        {
            source = source.Unconverted();
            if (source is ILocalReferenceOperation { Local: var local } && Origins.Only(local, source) is { } origin)
            {
                if (Iteration.Declares(loop, local))
                    dependence.Differing.RemoveAll(part => SymbolEqualityComparer.Default.Equals(part.Variable(), local));

                dependence.Add(origin);
                source = origin;
            }
            else
            {
                source = source is IInvocationOperation { TargetMethod.IsStatic: true } link ? link.ArgumentOf(0) : null;
            }
        }

        return dependence;
    }

    private static Dependence? OfDapper(IInvocationOperation call, Loop loop)
    {
        if (RowExecution.Text(call, null) is not { } text || !IsOneShape(text, loop) || !Reads(text))
            return null;

        var dependence = Dependence.Of(SqlText.Written(text), loop);
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.Name: "param", ArgumentKind: not ArgumentKind.DefaultValue })
            {
                dependence.Add(argument.Value);
                AddFilled(dependence, argument.Value.Variable(), loop);
            }
        }

        return dependence;
    }

    private static Dependence? OfCommand(IInvocationOperation call, CommandOrigin command, IOperation text, Loop loop)
    {
        if (!IsOneShape(text, loop) || !Reads(text))
            return null;

        var dependence = Dependence.Of(SqlText.Written(text), loop);
        AddFilled(dependence, command.Local, loop);

        foreach (var part in loop.Body.Descendants())
        {
            // A parameter in a variable of its own.
            if (part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value", Instance: { } parameter }, Value: var value } && parameter.Unconverted() is ILocalReferenceOperation or IFieldReferenceOperation && IsParameterOf(parameter, command))
                dependence.Add(value);
        }

        return dependence;
    }

    /// <summary>Adds what is put into the parameters of a command, or into the object that holds those of Dapper.</summary>
    private static void AddFilled(Dependence dependence, ISymbol? holder, Loop loop)
    {
        if (holder is null)
            return;

        foreach (var use in Aliasing.Uses(holder, loop.Body))
        {
            for (var current = use.Reference.Parent; current is not (null or IBlockOperation); current = current.Parent)
            {
                if (current is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value" or "Item" or "this[]" }, Value: var value })
                    dependence.Add(value);

                if (current is IInvocationOperation { TargetMethod.Name: var name } fill && (name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Set", StringComparison.Ordinal)))
                {
                    foreach (var argument in fill.Arguments)
                    {
                        if (argument.Value.Variable() is not { } variable || !SymbolEqualityComparer.Default.Equals(variable, holder))
                            dependence.Add(argument.Value);
                    }
                }
            }
        }
    }

    private static bool IsParameterOf(IOperation parameter, CommandOrigin command)
    {
        if (!Databases.IsParameter(parameter.Type))
            return false;

        if (parameter.Variable() is not { } variable || Origins.Only(variable, parameter) is not { } origin)
            return true;

        foreach (var part in origin.DescendantsAndSelf())
        {
            if (Databases.IsCommand(part.Type) && part.Variable() is { } other && !SymbolEqualityComparer.Default.Equals(other, command.Local))
                return false;
        }

        return true;
    }

    /// <summary>Whether it is the same statement in every iteration but for values.</summary>
    private static bool IsOneShape(IOperation text, Loop loop) => RowExecution.IsInvariant(text, loop) || SqlText.DiffersInValuesOnly(text);

    /// <summary>Whether rows of a table are asked for, and not the time or the next number.</summary>
    private static bool Reads(IOperation text)
    {
        foreach (var part in SqlText.Written(text).DescendantsAndSelf())
        {
            if (part.ConstantValue is { HasValue: true, Value: string constant } && constant.IndexOf("FROM", StringComparison.OrdinalIgnoreCase) >= 0)
                return true;

            if (part.Variable() is ILocalSymbol or IFieldSymbol && SqlText.Written(part) is { ConstantValue: { HasValue: true, Value: string named } } && named.IndexOf("FROM", StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether the loop goes through data that gives the keys: elements, places in a list, rows of a reader. Retries and pages are counted, too.</summary>
    private static bool GoesThroughData(Loop loop, Dependence dependence, IOperation query) => loop.Operation switch
    {
        _ when loop.Lambda is not null => dependence.IsOfElement,
        IForEachLoopOperation => dependence.IsOfElement,
        IForLoopOperation => dependence.IsOfNext || dependence.IsOfElement && Compares(query),
        _ => dependence.IsOfNext,
    };

    /// <summary>Whether a row is looked for by its number, and not a range of rows.</summary>
    private static bool Compares(IOperation query)
    {
        if (query is IInvocationOperation { TargetMethod.Name: "Find" or "FindAsync" })
            return true;

        foreach (var part in query.DescendantsAndSelf())
        {
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual })
                return false;
        }

        if (query is IInvocationOperation call && (Databases.IsDapper(call.TargetMethod) || Databases.IsCommand(call.TargetMethod.ContainingType)))
        {
            var text = Databases.IsDapper(call.TargetMethod) ? RowExecution.Text(call, null) : CommandOrigin.Of(call.Receiver())?.TextAt(call);
            foreach (var part in text is null ? [] : SqlText.Written(text).DescendantsAndSelf())
            {
                if (part.ConstantValue is { HasValue: true, Value: string constant } && (constant.IndexOf('<') >= 0 || constant.IndexOf('>') >= 0 || constant.IndexOf("BETWEEN", StringComparison.OrdinalIgnoreCase) >= 0))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the iteration asks for many rows by a list of keys: a portion of all.</summary>
    public static bool TakesMany(Dependence dependence)
    {
        foreach (var part in dependence.Differing)
        {
            if (part.Type is { SpecialType: not SpecialType.System_String } type && !Databases.IsAny(type) && type is not IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte } && RowCommit.IsSequence(type)
                && part.Parent is not (IMemberReferenceOperation or IArrayElementReferenceOperation))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every element has a database of its own: a tenant, a shard.</summary>
    private static bool IsOfSeveral(IOperation target, Loop loop) => Dependence.Of(target, loop).IsOfElement && target is not IInvocationOperation { TargetMethod.Name: "Entry" };

    /// <summary>Whether the queries of all elements run at the same time.</summary>
    private static bool IsAwaitedTogether(Loop loop) =>
        loop.Lambda is not null && Pipeline.End(loop.Operation).Consumer is IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WhenAny" or "WhenEach", ContainingType.Name: "Task" } };

    /// <summary>Whether the database lives in memory, where a round trip costs nothing.</summary>
    public static bool IsInMemory(IOperation target)
    {
        if (RowExecution.IsInMemory(target))
            return true;

        for (var type = target.Type; type is { Locations: [{ IsInSource: true }, ..] } && target.SemanticModel is { Compilation: var compilation }; type = type.BaseType)
        {
            if (type is INamedTypeSymbol named && RowExecution.IsTypeInMemory(named, compilation))
                return true;
        }

        return false;
    }

    private static string AdviceFor(IOperation query, Dependence dependence)
    {
        if (query is not IInvocationOperation call || !Databases.IsDapper(call.TargetMethod) && !Databases.IsCommand(call.TargetMethod.ContainingType))
            return dependence.Differing.Count > 0 && query is not IInvocationOperation { TargetMethod.Name: "Load" or "LoadAsync" } ? "ask once for the rows of all keys: 'Where(row => keys.Contains(row.Key))' before the loop" : "load them with 'Include' or with one query before the loop";

        var text = Databases.IsDapper(call.TargetMethod) ? RowExecution.Text(call, null) : CommandOrigin.Of(call.Receiver())?.TextAt(call);
        return text is not null && SqlText.Written(text).ConstantValue is { HasValue: true, Value: string sql } && In(sql, Databases.IsDapper(call.TargetMethod)) is { } all ? $"ask once for all: '{all}'" : "ask once for the rows of all keys: 'WHERE … IN (…)'";
    }

    /// <summary>The query for all keys at once: <c>WHERE id IN (…)</c> for <c>WHERE id = @id</c>.</summary>
    private static string? In(string sql, bool isDapper)
    {
        var line = string.Join(" ", sql.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var equality = Regex.Match(line, "(?<column>[\\w.\"`\\[\\]]+)\\s*=\\s*(?<parameter>[@$:?]\\w*)(?=\\W|$)", RegexOptions.CultureInvariant);
        if (!equality.Success)
            return null;

        var keys = isDapper ? $"{equality.Groups["parameter"].Value}s" : "(…)";
        line = line.Substring(0, equality.Index) + equality.Groups["column"].Value + " IN " + keys + line.Substring(equality.Index + equality.Length);
        return line.Length <= 100 ? line : $"WHERE {equality.Groups["column"].Value} IN {keys}";
    }
}
