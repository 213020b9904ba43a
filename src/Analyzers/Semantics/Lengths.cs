namespace HotPath;

/// <summary>How long a text is sure to be at some place, because a test in front of it says so.</summary>
internal static class Lengths
{
    /// <summary>The answer where nothing is known, not even that there is a text.</summary>
    public const int Unknown = -1;

    /// <summary>The least length of the text wherever control reaches <paramref name="at"/>: 0 where it is only sure to be no null, <see cref="Unknown"/> in doubt.</summary>
    public static int Least(IOperation text, IOperation at)
    {
        if (text.Variable() is not { } variable || variable is not (ILocalSymbol or IParameterSymbol { RefKind: RefKind.None }) || Invariance.IsWrittenByOthers(variable, text))
            return Unknown;

        var least = Unknown;
        Walk(at, variable, (condition, value) =>
        {
            least = Math.Max(least, Told(condition, value, variable));
            return true;
        });
        return least;
    }

    /// <summary>Whether the index is sure to be the place of a character of the text wherever control reaches <paramref name="at"/>.</summary>
    public static bool IsWithin(IOperation index, IOperation text, IOperation at)
    {
        if (index.ConstantValue is { HasValue: true, Value: int place })
            return place >= 0 && Least(text, at) > place;

        if (index.Unconverted() is not ILocalReferenceOperation { Local: var counter } || text.Variable() is not { } variable || variable is not (ILocalSymbol or IParameterSymbol { RefKind: RefKind.None }))
            return false;

        // Only the counter of a loop is sure to start at nothing less than zero and to go up.
        for (var current = at; current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = parent)
        {
            if (parent is not IForLoopOperation { Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: var left, RightOperand: var right } } loop || !ReferenceEquals(loop.Body, current)
                || !SymbolEqualityComparer.Default.Equals(left.Unconverted().Variable(), counter))
            {
                continue;
            }

            return IsLength(right, variable)
                && loop.Before is [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var declared, Initializer.Value.ConstantValue: { HasValue: true, Value: int and >= 0 } }] }] }]
                && SymbolEqualityComparer.Default.Equals(declared, counter)
                && loop.AtLoopBottom is [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment } }]
                && !IsAssigned(counter, loop.Body) && !IsAssigned(variable, loop.Body) && !Invariance.IsWrittenByOthers(variable, text);
        }

        return false;
    }

    /// <summary>Visits each condition that has a known value wherever control reaches the place, and in between leaves the variable as it is.</summary>
    private static void Walk(IOperation at, ISymbol variable, Func<IOperation, bool, bool> visit)
    {
        for (var child = at; child.Parent is { } parent; child = parent)
        {
            switch (parent)
            {
                case IAnonymousFunctionOperation or ILocalFunctionOperation:
                    return;

                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both when ReferenceEquals(both.RightOperand, child) && !IsAssigned(variable, child):
                    visit(both.LeftOperand, both.OperatorKind == BinaryOperatorKind.ConditionalAnd);
                    break;

                case IConditionalOperation branch when !ReferenceEquals(branch.Condition, child):
                    if (IsAssigned(variable, child) || IsAssigned(variable, branch.Condition))
                        return;

                    visit(branch.Condition, ReferenceEquals(branch.WhenTrue, child));
                    break;

                case ILoopOperation loop:
                    if (IsAssigned(variable, loop))
                        return;

                    var condition = loop switch
                    {
                        IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false } @while => @while.Condition,
                        IForLoopOperation @for => @for.Condition,
                        _ => null,
                    };

                    if (condition is not null && ReferenceEquals(loop.Body, child))
                        visit(condition, true);

                    break;

                case IBlockOperation { Operations: var statements }:
                    if (IsAssigned(variable, child))
                        return;

                    for (var i = statements.IndexOf(child) - 1; i >= 0; i--)
                    {
                        if (IsAssigned(variable, statements[i]) || statements[i] is ILabeledOperation)
                            return;

                        if (statements[i] is IConditionalOperation { WhenFalse: null } guard && Leaves(guard.WhenTrue))
                            visit(guard.Condition, false);
                    }

                    break;

                case ILabeledOperation or ISwitchCaseOperation or ICatchClauseOperation or ITryOperation:
                    return;
            }
        }
    }

    /// <summary>What the condition says about the length when it has that value.</summary>
    private static int Told(IOperation condition, bool value, ISymbol variable)
    {
        condition = condition.Unconverted();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return Told(operand, !value, variable);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return value == (both.OperatorKind == BinaryOperatorKind.ConditionalAnd) ? Math.Max(Told(both.LeftOperand, value, variable), Told(both.RightOperand, value, variable)) : Unknown;

            case IBinaryOperation { LeftOperand: var left, RightOperand: var right } comparison when IsLength(left, variable) && right.ConstantValue is { HasValue: true, Value: int number }:
                return Compared(comparison.OperatorKind, number, value);

            case IBinaryOperation { LeftOperand: var left, RightOperand: var right } comparison when IsLength(right, variable) && left.ConstantValue is { HasValue: true, Value: int number }:
                return Compared(comparison.OperatorKind.Turned(), number, value);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } comparison
                when Is(left, variable) && right.ConstantValue is { HasValue: true, Value: null } || Is(right, variable) && left.ConstantValue is { HasValue: true, Value: null }:
                return value == (comparison.OperatorKind == BinaryOperatorKind.NotEquals) ? 0 : Unknown;

            case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String }, Arguments: [{ Value: var asked }] } when Is(asked, variable):
                return value ? Unknown : 1;

            case IIsPatternOperation { Value: var matched, Pattern: var pattern } when Is(matched, variable):
                return Matched(pattern, value);

            default:
                return Unknown;
        }
    }

    private static int Matched(IPatternOperation pattern, bool value) => pattern switch
    {
        INegatedPatternOperation { Pattern: var inner } => Matched(inner, !value),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => value ? Unknown : 0,
        IRecursivePatternOperation { PropertySubpatterns: var parts } when value => parts is [{ Member: IPropertyReferenceOperation { Property.Name: "Length" }, Pattern: IRelationalPatternOperation { Value.ConstantValue: { HasValue: true, Value: int number } } length }]
            ? Math.Max(0, Compared(length.OperatorKind, number, true))
            : 0,
        _ => Unknown,
    };

    /// <summary>What "Length kind number" says.</summary>
    private static int Compared(BinaryOperatorKind kind, int number, bool value) => Math.Max(0, (kind, value) switch
    {
        (BinaryOperatorKind.GreaterThan, true) or (BinaryOperatorKind.LessThanOrEqual, false) => number + 1,
        (BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals, true) or (BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals, false) => number,
        (BinaryOperatorKind.NotEquals, true) or (BinaryOperatorKind.Equals, false) => number == 0 ? 1 : 0,
        _ => 0,
    });

    private static bool IsLength(IOperation operation, ISymbol variable) => operation.Unconverted() is IPropertyReferenceOperation { Property.Name: "Length", Instance: { } text } && Is(text, variable);

    private static bool Is(IOperation operation, ISymbol variable) => SymbolEqualityComparer.Default.Equals(operation.Unconverted().Variable(), variable);

    private static bool IsAssigned(ISymbol variable, IOperation within)
    {
        foreach (var use in Aliasing.Uses(variable, within))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.Break } => true,
        _ => false,
    };
}
