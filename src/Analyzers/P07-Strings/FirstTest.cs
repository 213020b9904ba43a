namespace HotPath;

/// <summary>How code tells the first element of a loop from the others.</summary>
internal enum FirstTestKind
{
    /// <summary>There is no text yet.</summary>
    Text,

    /// <summary>The text is still null.</summary>
    Null,

    /// <summary>A flag that the loop sets.</summary>
    Flag,

    /// <summary>An index or counter is still zero.</summary>
    Counter,
}

/// <summary>A condition that tells the first element of a loop from the others.</summary>
internal sealed class FirstTest(FirstTestKind kind, bool holdsForFirst, ISymbol? variable, bool flag = false)
{
    /// <summary>How.</summary>
    public FirstTestKind Kind { get; } = kind;

    /// <summary>Whether the condition holds for the first element; else it holds for all others.</summary>
    public bool HoldsForFirst { get; } = holdsForFirst;

    /// <summary>The flag or counter.</summary>
    public ISymbol? Variable { get; } = variable;

    /// <summary>The value that a flag has for the first element.</summary>
    public bool FlagOfFirst { get; } = flag;

    /// <summary>What the condition says about the first element, or null when it is no such test.</summary>
    public static FirstTest? Of(IOperation condition, IOperation place, Loop loop)
    {
        condition = Growth.Implicit(condition);
        var holds = true;
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null, Operand: var operand })
        {
            holds = !holds;
            condition = Growth.Implicit(operand);
        }

        if (OfText(condition, place) is { } text)
            return new(text.Kind, text.First == holds, variable: null);

        if (condition is ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } flag })
            return IsFlag(flag, whileFirst: holds, loop) ? new(FirstTestKind.Flag, holdsForFirst: true, flag, holds)
                : IsFlag(flag, whileFirst: !holds, loop) ? new(FirstTestKind.Flag, holdsForFirst: false, flag, !holds)
                : null;

        if (Comparison.Of(condition) is { AsksForZero: { } zero } comparison)
        {
            var value = comparison.Value is IIncrementOrDecrementOperation { IsPostfix: true, Kind: OperationKind.Increment, Target: var target } ? target : comparison.Value;
            if (value is ILocalReferenceOperation { Local: var counter } && IsCounter(counter, loop))
                return new(FirstTestKind.Counter, zero == holds, counter);
        }

        return null;
    }

    /// <summary>Whether code runs at most for the first element, because a test around it says so.</summary>
    public static bool Guards(IOperation operation, IOperation place, Loop loop)
    {
        for (var child = operation; child.Parent is { } parent && !ReferenceEquals(child, loop.Body); child = parent)
        {
            if (parent is not IConditionalOperation { Condition: var condition } conditional || ReferenceEquals(child, condition))
                continue;

            if (Says(condition, holds: ReferenceEquals(child, conditional.WhenTrue), place, loop))
                return true;
        }

        return false;
    }

    private static bool Says(IOperation condition, bool holds, IOperation place, Loop loop)
    {
        if (condition is IBinaryOperation { OperatorKind: var kind } both && kind == (holds ? BinaryOperatorKind.ConditionalAnd : BinaryOperatorKind.ConditionalOr))
            return Says(both.LeftOperand, holds, place, loop) || Says(both.RightOperand, holds, place, loop);

        return Of(condition, place, loop) is { } test && test.HoldsForFirst == holds;
    }

    private static (FirstTestKind Kind, bool First)? OfText(IOperation condition, IOperation place)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (!Places.AreSame(part, place))
                continue;

            return TextRead.Of(part) is not { } read ? null
                : read.Question switch
                {
                    TextQuestion.IsEmpty when ReferenceEquals(read.Whole, condition) => (FirstTestKind.Text, true),
                    TextQuestion.IsNotEmpty when ReferenceEquals(read.Whole, condition) => (FirstTestKind.Text, false),

                    // The negation around IsNullOrEmpty was counted by the caller already.
                    TextQuestion.IsNotEmpty when IsNegationOf(read.Whole, condition) => (FirstTestKind.Text, true),
                    TextQuestion.Null when read.Whole is IBinaryOperation { OperatorKind: var kind } && ReferenceEquals(read.Whole, condition) => (FirstTestKind.Null, kind == BinaryOperatorKind.Equals),
                    TextQuestion.Null when read.Whole is IIsPatternOperation { Pattern: var pattern } && ReferenceEquals(read.Whole, condition) => (FirstTestKind.Null, pattern is not INegatedPatternOperation),
                    _ => null,
                };
        }

        return null;
    }

    private static bool IsNegationOf(IOperation whole, IOperation condition) =>
        whole is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } && ReferenceEquals(Growth.Implicit(operand), condition);

    /// <summary>Whether the loop sets the flag, and only to the value that it does not have for the first element.</summary>
    private static bool IsFlag(ILocalSymbol flag, bool whileFirst, Loop loop)
    {
        if (StringAccumulation.IsDeclaredIn(flag, loop))
            return false;

        var isSet = false;
        foreach (var use in Aliasing.Uses(flag, loop.Lambda ?? loop.Operation))
        {
            if (use.Kind is not (UseKind.Assigned or UseKind.PassedByReference))
                continue;

            if (use.Context is not ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: bool value } } || value == whileFirst)
                return false;

            isSet = true;
        }

        return isSet;
    }

    /// <summary>Whether the loop only ever counts the variable up.</summary>
    private static bool IsCounter(ILocalSymbol counter, Loop loop)
    {
        if (StringAccumulation.IsDeclaredIn(counter, loop))
            return false;

        var isCounted = false;
        foreach (var use in Aliasing.Uses(counter, loop.Lambda ?? loop.Operation))
        {
            switch (use.Kind)
            {
                case UseKind.Assigned when use.Context is IIncrementOrDecrementOperation { Kind: OperationKind.Increment }
                    or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: > 0 } }:
                    isCounted = true;
                    break;

                case UseKind.Assigned when loop.Operation is IForLoopOperation @for && @for.Before.Any(before => before.Syntax.Span.Contains(use.Reference.Syntax.Span)):
                    break;

                case UseKind.Assigned or UseKind.PassedByReference:
                    return false;
            }
        }

        return isCounted;
    }
}
