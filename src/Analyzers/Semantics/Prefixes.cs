namespace HotPath;

/// <summary>Conditions under which a text or list starts with something: what is then taken off its front is short, and what is left starts with something else sooner or later.</summary>
internal static class Prefixes
{
    /// <summary>Whether the condition only holds where the whole starts with what it names: <c>s[0] == '-'</c>, <c>char.IsDigit(s[0])</c>, <c>s.StartsWith("//")</c>.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="isWhole">Whether an operation is the text or list.</param>
    public static bool AreAskedFor(IOperation condition, Func<IOperation, bool> isWhole)
    {
        condition = condition.Unconverted();
        switch (condition)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, LeftOperand: var left, RightOperand: var right }:
                return AreAskedFor(left, isWhole) || AreAskedFor(right, isWhole);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr, LeftOperand: var one, RightOperand: var other }:
                return AreAskedFor(one, isWhole) && AreAskedFor(other, isWhole);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var first, RightOperand.ConstantValue.HasValue: true }:
                return IsFirst(first, isWhole);

            case IIsPatternOperation { Value: var asked, Pattern: not INegatedPatternOperation }:
                return IsFirst(asked, isWhole);

            case IInvocationOperation { TargetMethod.Name: "StartsWith", Instance: { } start }:
                return isWhole(start.Unconverted());

            // Of a group of characters.
            case IInvocationOperation { Type.SpecialType: SpecialType.System_Boolean, Arguments: var arguments }:
                foreach (var argument in arguments)
                {
                    if (IsFirst(argument.Value, isWhole))
                        return true;
                }

                return false;

            default:
                return false;
        }
    }

    private static bool IsFirst(IOperation operation, Func<IOperation, bool> isWhole) => operation.Unconverted() switch
    {
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } text, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: 0 } }] } => isWhole(text.Unconverted()),
        IArrayElementReferenceOperation { ArrayReference: var array, Indices: [{ ConstantValue: { HasValue: true, Value: 0 } }] } => isWhole(array.Unconverted()),
        _ => false,
    };
}
