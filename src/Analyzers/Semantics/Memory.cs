namespace HotPath;

/// <summary>Whether code keeps what it found, so that it need not be found again: the work is done once per key, however often it is asked for.</summary>
internal static class Memory
{
    /// <summary>Whether the operation only runs in the body when what it gives was not remembered: behind <c>??=</c>, or where a cache, a dictionary or a field was asked first.</summary>
    public static bool Guards(IOperation operation, IOperation body)
    {
        for (var child = operation; child.Parent is { } parent && !ReferenceEquals(child, body); child = parent)
        {
            switch (parent)
            {
                case ICoalesceAssignmentOperation assignment when ReferenceEquals(assignment.Value, child):
                case ICoalesceOperation coalesce when ReferenceEquals(coalesce.WhenNull, child):
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child) && Asks(conditional.Condition):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when ReferenceEquals(binary.RightOperand, child) && Asks(binary.LeftOperand):
                    return true;

                // if (cache.TryGetValue(key, out var known)) return known;
                case IBlockOperation { Operations: var statements }:
                    foreach (var statement in statements)
                    {
                        if (ReferenceEquals(statement, child))
                            break;

                        if (statement is IConditionalOperation { Condition: var condition } exit && Leaves(exit) && Asks(condition))
                            return true;
                    }

                    break;
            }
        }

        return false;
    }

    private static bool Leaves(IConditionalOperation conditional)
    {
        foreach (var part in conditional.Descendants())
        {
            if (part is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.Break })
                return true;
        }

        return false;
    }

    /// <summary>Whether the condition asks something that remembers.</summary>
    private static bool Asks(IOperation condition)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod: { Name: "TryGetValue" or "ContainsKey" or "TryGet" or "TryAdd" or "TryPeek" } }:
                case IInvocationOperation { TargetMethod: { Name: "Contains" or "Add" } } asked when asked.Receiver()?.Type.IsHashed() == true:
                case IIsPatternOperation { Value: var tested } when Remembers(tested):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: null } } when Remembers(left):
                    return true;

                // if (!loaded)
                case IFieldReferenceOperation { Field: { IsReadOnly: false, Type.SpecialType: SpecialType.System_Boolean } }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value was kept: in a field that is filled on demand, or in a cache.</summary>
    private static bool Remembers(IOperation value)
    {
        value = value.Unconverted();
        if (value is ILocalReferenceOperation { Local: var local } && Origins.Only(local, value) is { } origin)
            value = origin.Unconverted();

        return value switch
        {
            IFieldReferenceOperation { Field.IsReadOnly: false, Instance: null or IInstanceReferenceOperation } => true,
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: { } holder } => holder.IsKeyed() || IsCache(holder),
            IInvocationOperation call => call.Receiver()?.Type is { } receiver && (receiver.IsKeyed() || IsCache(receiver)),
            IAwaitOperation { Operation: IInvocationOperation call } => call.Receiver()?.Type is { } receiver && IsCache(receiver),
            _ => false,
        };
    }

    private static bool IsCache(ITypeSymbol type) => type.Name.IndexOf("Cache", StringComparison.Ordinal) >= 0;
}
