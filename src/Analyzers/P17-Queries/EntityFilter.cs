namespace HotPath;

/// <summary>A query over a set of entities that finds them by a property without an index.</summary>
internal static class EntityFilter
{
    private const int Deepest = 32;

    /// <summary>Whether the call may filter a set: the cheap question before <see cref="Of"/>.</summary>
    public static bool MayBe(IInvocationOperation call) =>
        call.Arguments.Length >= 2 && Filters(call.TargetMethod)
        && (call.TargetMethod.ContainingType.Is("System.Linq", "Queryable") || call.TargetMethod.ContainingType.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"));

    /// <summary>The comparison that wants an index, and on what; null where an index answers any of the conditions of the query, or where other code may add some.</summary>
    public static (IOperation Comparison, UnindexedColumn Column)? Of(IInvocationOperation call, Schema schema, ICollection<string> small)
    {
        if (Conditions(call, schema, small) is not var (table, conditions))
            return null;

        (IOperation, UnindexedColumn)? wanted = null;
        (IOperation Part, SchemaColumn Column, int Bounds)? range = null;
        foreach (var (part, row) in conditions)
        {
            if (Compared(part, row, table) is not { } column)
                continue;

            if (table.Serves(column, null))
                return null;

            if (column.IsFlag || wanted is not null || IsNull(part))
                continue;

            // What equals a value finds fewer rows than what lies in a range, and a range with two ends fewer than one with a single end.
            if (part is not IBinaryOperation { OperatorKind: not BinaryOperatorKind.Equals })
                wanted = (part, UnindexedColumn.Of(table, column, isOpenRange: false));
            else if (range is null)
                range = (part, column, 1);
            else if (range is var (first, same, bounds) && same == column)
                range = (first, same, bounds + 1);
        }

        return wanted ?? (range is var (bound, by, ends) ? (bound, UnindexedColumn.Of(table, by, isOpenRange: ends == 1)) : null);
    }

    /// <summary>The calls that a query may begin with, one of whose conditions this is: the finding may be in a later condition than the first, which answers for all.</summary>
    public static IEnumerable<IInvocationOperation> Around(IOperation condition)
    {
        var around = condition.Parent;
        while (around is not null && !(around is IInvocationOperation filter && MayBe(filter)))
            around = around.Parent;

        for (var current = (IInvocationOperation?)around; current is not null; current = current.ArgumentOf(0)?.Unconverted() as IInvocationOperation)
        {
            if (MayBe(current))
                yield return current;
        }
    }

    /// <summary>All conditions of the query that the call begins, each with the parameter that stands for the row; null where other code may add some, or the table is small or not known.</summary>
    public static (SchemaTable Table, List<(IOperation Part, IParameterSymbol Row)> Conditions)? Conditions(IInvocationOperation call, Schema schema, ICollection<string> small)
    {
        // The first condition answers for all of the query.
        if (Set(call.ArgumentOf(0), out var isFirst) is not { } entity || !isFirst || schema.Table(entity) is not { } table || small.Contains(table.Name))
            return null;

        var found = new List<(IOperation, IParameterSymbol)>();
        for (var current = call; ; )
        {
            if (Filters(current.TargetMethod) && current.Arguments.Length >= 2 && Condition(current) is { } lambda)
                Split(lambda, found);
            else if (current.TargetMethod.Name is "Join" or "GroupJoin" or "SelectMany" or "Skip" or "FromSqlRaw" or "FromSql" or "FromSqlInterpolated")
                return null;

            if (Next(current) is not { } next)
                return IsComplete(current) ? (table, found) : null;

            current = next;
        }
    }

    /// <summary>The parts of a condition that all have to hold.</summary>
    private static void Split(IAnonymousFunctionOperation lambda, List<(IOperation, IParameterSymbol)> into)
    {
        if (lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } condition }, ..] || lambda.Symbol.Parameters is not [var row])
            return;

        var open = new Stack<IOperation>();
        open.Push(condition);
        while (open.Count > 0)
        {
            var part = open.Pop().Unconverted();
            if (part is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } and)
            {
                open.Push(and.RightOperand);
                open.Push(and.LeftOperand);
            }
            else
            {
                into.Add((part, row));
            }
        }
    }

    /// <summary>The entity of the set that a chain of operators begins with; they keep the entities as they are.</summary>
    private static INamedTypeSymbol? Set(IOperation? query, out bool isFirst)
    {
        isFirst = true;
        for (var depth = 0; query is not null && depth < Deepest; depth++)
        {
            query = Operations.Resolved(query.Unconverted()).Unconverted();
            switch (query)
            {
                case ITranslatedQueryOperation { Operation: var translated }:
                    query = translated;
                    break;

                case IInvocationOperation { TargetMethod: { Name: "AsNoTracking" or "AsTracking" or "AsQueryable" or "AsSplitQuery" or "AsSingleQuery" or "Include" or "ThenInclude" or "TagWith" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Where" } } call:
                    isFirst &= call.TargetMethod.Name != "Where";
                    query = call.ArgumentOf(0);
                    break;

                default:
                    return query.Type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol entity] } && Databases.IsSet(query.Type)
                        && (query is IPropertyReferenceOperation { Instance.Type: { } context } && Databases.IsContext(context) || query is IInvocationOperation { TargetMethod.Name: "Set" } or IFieldReferenceOperation or ILocalReferenceOperation)
                        ? entity : null;
            }
        }

        return null;
    }

    /// <summary>The operator that is called on the result.</summary>
    private static IInvocationOperation? Next(IInvocationOperation call)
    {
        IOperation current = call;
        while (current.Parent is IConversionOperation or ITranslatedQueryOperation or IParenthesizedOperation)
            current = current.Parent;

        return current.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Queryable" or "EntityFrameworkQueryableExtensions" } } } next } ? next : null;
    }

    /// <summary>Whether the query runs here: nobody can add a condition to it.</summary>
    private static bool IsComplete(IInvocationOperation last)
    {
        if (!Queries.IsProvided(last))
            return true;

        IOperation current = last;
        while (current.Parent is IConversionOperation or ITranslatedQueryOperation or IParenthesizedOperation)
            current = current.Parent;

        switch (current.Parent)
        {
            case IForEachLoopOperation:
                return true;

            // ToList and its like.
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { Name: "Enumerable" } type } }:
                return type.IsFromSystem();

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                foreach (var use in Aliasing.Uses(local, last.Root()))
                {
                    if (use.Kind is UseKind.Assigned or UseKind.PassedByReference && use.Context is not IVariableDeclaratorOperation || !IsEnd(use.Reference))
                        return false;
                }

                return true;

            default:
                return false;
        }
    }

    /// <summary>Whether a reference to the query runs it as it is.</summary>
    private static bool IsEnd(IOperation reference)
    {
        var current = reference;
        while (current.Parent is IConversionOperation)
            current = current.Parent;

        return current.Parent is IForEachLoopOperation
            || current.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" or "Queryable" or "EntityFrameworkQueryableExtensions" } method, Arguments: var arguments } call }
                && !(Filters(method) && arguments.Length >= 2) && (!Queries.IsProvided(call) || method.Name is "Select" && IsComplete(call));
    }

    private static bool Filters(IMethodSymbol method) => method.Name is "Where" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Any" or "Count" or "LongCount"
        or "FirstAsync" or "FirstOrDefaultAsync" or "SingleAsync" or "SingleOrDefaultAsync" or "AnyAsync" or "CountAsync" or "LongCountAsync";

    private static IAnonymousFunctionOperation? Condition(IInvocationOperation call)
    {
        var value = call.ArgumentOf(1);
        while (value is IConversionOperation or IDelegateCreationOperation)
            value = value is IConversionOperation conversion ? conversion.Operand : ((IDelegateCreationOperation)value).Target;

        return value as IAnonymousFunctionOperation;
    }

    /// <summary>Whether something is compared with null.</summary>
    public static bool IsNull(IOperation comparison) => comparison is IBinaryOperation { LeftOperand: var left, RightOperand: var right }
        && (left.Unconverted().ConstantValue is { HasValue: true, Value: null } || right.Unconverted().ConstantValue is { HasValue: true, Value: null });

    /// <summary>The column that is compared as it is with something that does not depend on the row.</summary>
    public static SchemaColumn? Compared(IOperation part, IParameterSymbol row, SchemaTable table) =>
        Comparison(part, row) is (var side, _, not SqlTest.Like) ? Column(side, row, table) : null;

    /// <summary>What a condition compares: a side that depends on the row, one that does not, and how.</summary>
    public static (IOperation Side, IOperation Value, SqlTest Test)? Comparison(IOperation part, IParameterSymbol row)
    {
        switch (part)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right }:
                return Sides(left, right, SqlTest.Equal) ?? Sides(right, left, SqlTest.Equal);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual, LeftOperand: var left, RightOperand: var right }:
                return Sides(left, right, SqlTest.Range) ?? Sides(right, left, SqlTest.Range);

            case IInvocationOperation { TargetMethod: { Name: "Equals", IsStatic: false }, Instance: { } instance, Arguments: [{ Value: var other }] }:
                return Sides(instance, other, SqlTest.Equal) ?? Sides(other, instance, SqlTest.Equal);

            case IInvocationOperation { TargetMethod: { Name: "Equals", IsStatic: true }, Arguments: [{ Value: var left }, { Value: var right }] }:
                return Sides(left, right, SqlTest.Equal) ?? Sides(right, left, SqlTest.Equal);

            case IInvocationOperation { TargetMethod: { Name: "StartsWith" or "EndsWith" or "Contains", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } text, Arguments: [{ Value: var piece }] }:
                return Sides(text, piece, SqlTest.Like);

            case IInvocationOperation { TargetMethod: { Name: "Like", ContainingType: { Name: "DbFunctionsExtensions" } type } } call when type.ContainingNamespace.Is("Microsoft.EntityFrameworkCore"):
                return call.ArgumentOf(1) is { } matched && call.ArgumentOf(2) is { } pattern ? Sides(matched, pattern, SqlTest.Like) : null;

            // ids.Contains(x.Id)
            case IInvocationOperation { TargetMethod.Name: "Contains", Arguments: { Length: > 0 } arguments } call when arguments.Length == (call.Instance is null ? 2 : 1):
                return Sides(arguments[arguments.Length - 1].Value, call.Instance ?? arguments[0].Value, SqlTest.Equal);

            default:
                return null;
        }

        (IOperation, IOperation, SqlTest)? Sides(IOperation side, IOperation value, SqlTest test) => Names(side, row) && !Names(value, row) ? (side.Unconverted(), value.Unconverted(), test) : null;
    }

    /// <summary>The column that an expression is and nothing else.</summary>
    public static SchemaColumn? Column(IOperation side, IParameterSymbol row, SchemaTable table)
    {
        side = side.Unconverted();
        if (side is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable })
            side = nullable.Unconverted();

        return side is IPropertyReferenceOperation { Property: var property, Instance: { } instance } && Aliasing.Refers(instance.Unconverted(), row)
            ? table.Columns.Find(column => SymbolEqualityComparer.Default.Equals(column.Property, property.OriginalDefinition))
            : null;
    }

    /// <summary>Whether a value depends on the row.</summary>
    public static bool Names(IOperation value, IParameterSymbol parameter)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (Aliasing.Refers(part, parameter))
                return true;
        }

        return false;
    }
}
