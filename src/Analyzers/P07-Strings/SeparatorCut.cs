namespace HotPath;

/// <summary>What takes the last separator off a text behind the loop that made it.</summary>
internal sealed class SeparatorCut
{
    private SeparatorCut(IOperation statement, IOperation call, string? trimmed, int? length, bool isGuarded)
    {
        Statement = statement;
        Call = call;
        Trimmed = trimmed;
        Length = length;
        IsGuarded = isGuarded;
    }

    /// <summary>The statement behind the loop.</summary>
    public IOperation Statement { get; }

    /// <summary>The call that gives the shorter text.</summary>
    public IOperation Call { get; }

    /// <summary>The characters that are trimmed, as many as there are; null when a number of characters is cut.</summary>
    public string? Trimmed { get; }

    /// <summary>How many characters are cut; null when characters are trimmed, or when the number is not known.</summary>
    public int? Length { get; }

    /// <summary>Whether the statement is <c>if (s.Length > 0) s = cut;</c>.</summary>
    public bool IsGuarded { get; }

    /// <summary>The cut in the statement right behind the loop, or null.</summary>
    public static SeparatorCut? Behind(Loop loop, IOperation place)
    {
        if (Next(loop.Operation) is not { } statement)
            return null;

        foreach (var part in statement.DescendantsAndSelf())
        {
            if (part is IBlockOperation or ILoopOperation or IAnonymousFunctionOperation && !ReferenceEquals(part.Parent, statement))
                continue;

            var (instance, trimmed, length) = part switch
            {
                IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String, Instance: { } text } call => OfCall(call, text),
                IImplicitIndexerReferenceOperation { Instance: var text, Argument: IRangeOperation { LeftOperand: null or { ConstantValue: { HasValue: true } }, RightOperand: IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand: var end } } } => (text, null, Number(end)),
                _ => default,
            };

            if (instance is not null && Places.AreSame(instance, place))
                return new(statement, part, trimmed, length, statement is IConditionalOperation { WhenFalse: null } conditional && IsGuard(conditional.Condition, place));
        }

        return null;
    }

    private static (IOperation? Instance, string? Trimmed, int? Length) OfCall(IInvocationOperation call, IOperation text) => call.TargetMethod.Name switch
    {
        "TrimEnd" or "Trim" => (text, Characters(call), null),
        "Substring" when call.Arguments.Length == 2 && call.ArgumentOf(0)?.ConstantValue is { HasValue: true, Value: 0 } => (text, null, LessThanLength(call.ArgumentOf(1)!, text)),
        "Remove" => (text, null, LessThanLength(call.ArgumentOf(0)!, text)),
        _ => default,
    };

    /// <summary>The constant that is taken from the text's length.</summary>
    private static int? LessThanLength(IOperation operation, IOperation text) =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance }, RightOperand: var number } && Places.AreSame(instance, text)
            ? Number(number)
            : null;

    private static int? Number(IOperation operation) => Growth.Implicit(operation).ConstantValue is { HasValue: true, Value: int number } ? number : null;

    /// <summary>The constant characters given to <c>TrimEnd</c>; empty when they are not known.</summary>
    private static string Characters(IInvocationOperation call)
    {
        var text = new System.Text.StringBuilder();
        foreach (var argument in call.Arguments)
        {
            foreach (var part in argument.Value.DescendantsAndSelf())
            {
                if (part is not IArrayCreationOperation && part.ConstantValue is { HasValue: true, Value: char c } && part is not IConversionOperation)
                    text.Append(c);
            }
        }

        return call.TargetMethod.Name == "TrimEnd" ? text.ToString() : "";
    }

    private static bool IsGuard(IOperation condition, IOperation place)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (Places.AreSame(part, place))
                return TextRead.Of(part) is { Question: TextQuestion.IsNotEmpty } read && ReferenceEquals(read.Whole, condition);
        }

        return false;
    }

    /// <summary>The statement behind another one in the same list.</summary>
    private static IOperation? Next(IOperation statement)
    {
        if (statement.Parent is not { } parent)
            return null;

        // A block may hold thousands of statements, in the order of the source.
        if (parent is IBlockOperation { Operations: var statements })
        {
            var (low, high) = (0, statements.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (statements[middle].Syntax.SpanStart <= statement.Syntax.SpanStart)
                    low = middle + 1;
                else
                    high = middle;
            }

            return low < statements.Length ? statements[low] : null;
        }

        var isNext = false;
        foreach (var child in parent.ChildOperations)
        {
            if (isNext)
                return child;

            isNext = ReferenceEquals(child, statement);
        }

        return null;
    }
}
