namespace HotPath;

/// <summary>A condition of a query over entities that works on the property before it compares.</summary>
internal sealed class UnsargableEntityFilter
{
    private UnsargableEntityFilter(IOperation condition, SchemaTable table, SchemaColumn column, IOperation side, IOperation value, SqlTest test)
    {
        Condition = condition;
        Table = table;
        Column = column;
        Side = side;
        Value = value;
        Test = test;
    }

    /// <summary>The condition.</summary>
    public IOperation Condition { get; }

    /// <summary>The table that all rows of are read.</summary>
    public SchemaTable Table { get; }

    /// <summary>The column.</summary>
    public SchemaColumn Column { get; }

    /// <summary>What is made of the property.</summary>
    public IOperation Side { get; }

    /// <summary>What it is compared with.</summary>
    public IOperation Value { get; }

    /// <summary>How.</summary>
    public SqlTest Test { get; }

    /// <summary>Such a condition of the query that the call begins; null where its rows are found in another way.</summary>
    public static UnsargableEntityFilter? Of(IInvocationOperation call, Schema schema, ICollection<string> small)
    {
        if (EntityFilter.Conditions(call, schema, small) is not var (table, conditions))
            return null;

        UnsargableEntityFilter? first = null;
        foreach (var (part, row) in conditions)
        {
            // An index finds the rows by this condition, or HOT1702 asks for one that does.
            if (!EntityFilter.IsNull(part) && EntityFilter.Compared(part, row, table) is { IsFlag: false })
                return null;

            first ??= Of(part, row, table);
        }

        return first;
    }

    private static UnsargableEntityFilter? Of(IOperation part, IParameterSymbol row, SchemaTable table)
    {
        if (EntityFilter.IsNull(part) || EntityFilter.Comparison(part, row) is not var (side, value, test))
            return null;

        var (isComputed, current) = (false, side);
        while (EntityFilter.Column(current, row, table) is null)
        {
            if (Inner(current, row) is not { } inner)
                return null;

            (isComputed, current) = (true, inner.Unconverted());
        }

        if (EntityFilter.Column(current, row, table) is not { IsFlag: false } column)
            return null;

        var isOne = test == SqlTest.Like ? table.BeginsIndex(column) && (isComputed || BeginsWithAnything(part, value)) : isComputed;
        return isOne ? new(part, table, column, side, value, test) : null;
    }

    /// <summary>Whether the pattern may begin with anything.</summary>
    private static bool BeginsWithAnything(IOperation part, IOperation pattern) =>
        part is IInvocationOperation { TargetMethod.Name: "Contains" or "EndsWith" } || SqlText.Constant(pattern) is ['%', ..] && part is IInvocationOperation { TargetMethod.Name: "Like" };

    /// <summary>What a function or an operator is applied to that the database would work out for each row; null where it is none, or where nobody would want an index.</summary>
    private static IOperation? Inner(IOperation side, IParameterSymbol row)
    {
        switch (side)
        {
            case IInvocationOperation { TargetMethod: { ContainingType: var type } method } call when type.IsFromSystem() || type is { Name: "DbFunctionsExtensions" or "SqlServerDbFunctionsExtensions" or "SqliteDbFunctionsExtensions" or "NpgsqlDbFunctionsExtensions" }:
                return method.Name is "GetHashCode" or "CompareTo" or "Compare" or "Random" or "IndexOf" or "Sign" ? null : Only(call.Instance, call.Arguments);

            // The date and the year say where the rows lie; a month or an hour is in every year.
            case IPropertyReferenceOperation { Property: { Name: "Date" or "Year", ContainingType: { Name: "DateTime" or "DateTimeOffset" or "DateOnly" } type }, Instance: { } moment } when type.IsFromSystem():
                return moment;

            // A sum, a product, a text in two parts.
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide, OperatorMethod: null or { ContainingType.ContainingNamespace.Name: "System" } } sum:
                return sum.LeftOperand is var left && sum.RightOperand is var right && EntityFilter.Names(left, row) != EntityFilter.Names(right, row) ? EntityFilter.Names(left, row) ? left : right
                    : sum.Type?.SpecialType == SpecialType.System_String ? First(sum, row)
                    : null;

            case ICoalesceOperation { Value: var value, WhenNull: var other } when !EntityFilter.Names(other, row):
                return value;

            case IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }, Instance: { } nullable }:
                return nullable;

            default:
                return null;
        }

        IOperation? Only(IOperation? instance, ImmutableArray<IArgumentOperation> arguments)
        {
            var only = instance is not null && EntityFilter.Names(instance, row) ? instance : null;
            foreach (var argument in arguments)
            {
                if (!EntityFilter.Names(argument.Value, row))
                    continue;

                if (only is not null)
                    return null;

                only = argument.Value;
            }

            return only;
        }
    }

    /// <summary>The first part of a text that depends on the row.</summary>
    private static IOperation? First(IBinaryOperation sum, IParameterSymbol row) => EntityFilter.Names(sum.LeftOperand, row) ? sum.LeftOperand : sum.RightOperand;
}
