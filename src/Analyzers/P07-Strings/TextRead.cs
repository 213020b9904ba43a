namespace HotPath;

/// <summary>What is asked of a growing text, as far as a builder could answer.</summary>
internal enum TextQuestion
{
    /// <summary>Its length.</summary>
    Length,

    /// <summary>Whether there is no text yet.</summary>
    IsEmpty,

    /// <summary>Whether there is some text.</summary>
    IsNotEmpty,

    /// <summary>Its last character.</summary>
    Last,

    /// <summary>Any of its characters: a builder walks its chunks for that.</summary>
    Character,

    /// <summary>Whether it is, or is not, null: a builder knows no null.</summary>
    Null,

    /// <summary>Its name.</summary>
    Name,
}

/// <summary>A question asked of a growing text.</summary>
internal sealed class TextRead(IOperation reference, IOperation whole, TextQuestion question, bool toleratesNull = false)
{
    /// <summary>The reference to the text.</summary>
    public IOperation Reference { get; } = reference;

    /// <summary>The operation that asks.</summary>
    public IOperation Whole { get; } = whole;

    /// <summary>What is asked.</summary>
    public TextQuestion Question { get; } = question;

    /// <summary>Whether null is answered like the empty text.</summary>
    public bool ToleratesNull { get; } = toleratesNull;

    /// <summary>The question that a reference is part of, or null when the text itself is asked for.</summary>
    public static TextRead? Of(IOperation reference)
    {
        switch (reference.Consumer(out var value))
        {
            case IPropertyReferenceOperation { Property: { Name: "Length", ContainingType.SpecialType: SpecialType.System_String } } length:
                return OfLength(reference, length);

            case IPropertyReferenceOperation { Property: { IsIndexer: true, ContainingType.SpecialType: SpecialType.System_String }, Arguments: [{ Value: var index }] } element when ReferenceEquals(element.Instance, value):
                var isLast = index is IBinaryOperation
                {
                    OperatorKind: BinaryOperatorKind.Subtract,
                    LeftOperand: IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance },
                    RightOperand.ConstantValue: { HasValue: true, Value: 1 },
                } && Places.AreSame(instance, reference);
                return new(reference, element, isLast ? TextQuestion.Last : TextQuestion.Character);

            case IImplicitIndexerReferenceOperation { Argument: var index } element when ReferenceEquals(element.Instance, value) && element.Type?.SpecialType == SpecialType.System_Char:
                return new(reference, element, index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: 1 } } ? TextQuestion.Last : TextQuestion.Character);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                var other = ReferenceEquals(comparison.LeftOperand, value) ? comparison.RightOperand : comparison.LeftOperand;
                var equal = comparison.OperatorKind == BinaryOperatorKind.Equals;
                return IsEmptyText(other) ? new(reference, comparison, equal ? TextQuestion.IsEmpty : TextQuestion.IsNotEmpty)
                    : other.ConstantValue is { HasValue: true, Value: null } ? new(reference, comparison, TextQuestion.Null)
                    : null;

            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty", ContainingType.SpecialType: SpecialType.System_String } } call }:
                return call.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not
                    ? new(reference, not, TextQuestion.IsNotEmpty, toleratesNull: true)
                    : new(reference, call, TextQuestion.IsEmpty, toleratesNull: true);

            case IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String }, Arguments: [{ Value: var argument }, ..] } call when ReferenceEquals(call.Instance, value) && IsEmptyText(argument):
                return new(reference, call, TextQuestion.IsEmpty);

            case IIsPatternOperation { Pattern: var pattern } test:
                var negated = pattern is INegatedPatternOperation;
                var constant = pattern is INegatedPatternOperation { Pattern: var inner } ? inner : pattern;
                return constant is not IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var compared } } ? null
                    : compared is null ? new(reference, test, TextQuestion.Null)
                    : compared is "" ? new(reference, test, negated ? TextQuestion.IsNotEmpty : TextQuestion.IsEmpty)
                    : null;

            case IConditionalAccessOperation { WhenNotNull: IPropertyReferenceOperation { Property.Name: "Length" } } access:
                return new(reference, access, TextQuestion.Null);

            case INameOfOperation name:
                return new(reference, name, TextQuestion.Name);

            default:
                return null;
        }
    }

    /// <summary>Whether the operation is <c>""</c> or <c>string.Empty</c>.</summary>
    public static bool IsEmptyText(IOperation operation) =>
        Growth.Implicit(operation) is { ConstantValue: { HasValue: true, Value: "" } }
        or IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } };

    /// <summary>A comparison of the length that asks for emptiness, else the length itself.</summary>
    private static TextRead OfLength(IOperation reference, IPropertyReferenceOperation length) =>
        length.Parent is IBinaryOperation comparison && Comparison.Of(comparison) is { } against && ReferenceEquals(against.Value, length) && against.AsksForZero is { } zero
            ? new(reference, comparison, zero ? TextQuestion.IsEmpty : TextQuestion.IsNotEmpty)
            : new(reference, length, TextQuestion.Length);
}

/// <summary>A comparison of something with a whole constant, turned so that the constant is on the right.</summary>
internal readonly struct Comparison(IOperation value, BinaryOperatorKind kind, int constant)
{
    /// <summary>What is compared.</summary>
    public IOperation Value { get; } = value;

    /// <summary>How.</summary>
    public BinaryOperatorKind Kind { get; } = kind;

    /// <summary>With what.</summary>
    public int Constant { get; } = constant;

    /// <summary>For a number that is never negative: true when the comparison holds for zero only, false when for all others only, else null.</summary>
    public bool? AsksForZero => (Kind, Constant) switch
    {
        (BinaryOperatorKind.Equals, 0) or (BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1) => true,
        (BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThan, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) => false,
        _ => null,
    };

    /// <summary>The comparison with a constant, or null.</summary>
    public static Comparison? Of(IOperation operation)
    {
        if (operation is not IBinaryOperation { OperatorMethod: null } binary)
            return null;

        if (binary.RightOperand.ConstantValue is { HasValue: true, Value: int right })
            return new(Growth.Implicit(binary.LeftOperand), binary.OperatorKind, right);

        return binary.LeftOperand.ConstantValue is { HasValue: true, Value: int left } ? new(Growth.Implicit(binary.RightOperand), binary.OperatorKind.Turned(), left) : null;
    }
}
