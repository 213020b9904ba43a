namespace HotPath;

/// <summary>A call in a loop that takes from, or puts to, the front of a list.</summary>
internal sealed class FrontShift
{
    // Moving so few elements is nothing: a text is padded, a header cut off.
    private const int FewElements = 64;

    private FrontShift(IInvocationOperation call, IOperation list, ISymbol variable, Loop loop)
    {
        Call = call;
        List = list;
        Variable = variable;
        Loop = loop;
    }

    /// <summary>The call.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The list.</summary>
    public IOperation List { get; }

    /// <summary>The variable or own property that holds the list.</summary>
    public ISymbol Variable { get; }

    /// <summary>The innermost loop that repeats the call.</summary>
    public Loop Loop { get; }

    /// <summary>Whether the first element is taken away; else one is put before it.</summary>
    public bool Takes => Call.TargetMethod.Name is "RemoveAt" or "RemoveRange";

    /// <summary>The call as such a one, or null.</summary>
    public static FrontShift? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod is not { Name: "RemoveAt" or "RemoveRange" or "Insert", IsStatic: false } method || call.Arguments.Length == 0 || call.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: 0 } || call.Instance is not { } instance)
            return null;

        if (method.ContainingType is not { Name: "List" or "IList" or "Collection", Arity: 1 } || !method.ContainingType.IsFromSystem() || Places.Holder(instance) is not { } variable || !Loops.MayRepeat(call))
            return null;

        if (instance.Type.Is("System.Collections.ObjectModel", "ObservableCollection") || Loops.Enclosing(call, options) is not { } loop || IsDeclaredIn(variable, loop) || !call.Binds())
            return null;

        // Many at a time are moved seldom.
        var removed = 1;
        if (method.Name == "RemoveRange")
        {
            if (call.ArgumentOf(1)?.ConstantValue is not { HasValue: true, Value: int and > 0 and <= FewElements and var count })
                return null;

            removed = count;
        }

        return IsBounded(variable, loop, removed) || method.Name == "Insert" && IsPadding(variable, loop) ? null : new(call, instance.Unconverted(), variable, loop);
    }

    /// <summary>A list that is made in each iteration is another one each time.</summary>
    private static bool IsDeclaredIn(ISymbol variable, Loop loop) =>
        variable is not (IFieldSymbol or IPropertySymbol) && variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Span.Contains(reference.Span))
        || Places.Uses(variable, loop.Body).Any(static use => use.Kind == UseKind.Assigned);

    /// <summary>Whether the loop goes on until the list, or a count of what is put there, has reached a small constant length.</summary>
    private static bool IsPadding(ISymbol variable, Loop loop)
    {
        var condition = loop.Operation switch
        {
            IWhileLoopOperation { ConditionIsUntil: false } @while => @while.Condition,
            IForLoopOperation @for => @for.Condition,
            _ => null,
        };

        if (condition?.Unconverted() is not IBinaryOperation { LeftOperand: var left, RightOperand: var right, OperatorKind: var kind })
            return false;

        if (left.ConstantValue.HasValue)
            (left, right, kind) = (right, left, kind.Turned());

        if (right.ConstantValue is not { HasValue: true, Value: int and <= FewElements } || kind is not (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.NotEquals))
            return false;

        return IsCount(left, variable)
            || loop.Operation is IForLoopOperation { Before: [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var counter, Initializer.Value: var from }] }] }] }
                && SymbolEqualityComparer.Default.Equals(left.Unconverted().Variable(), counter)
                && from.Unconverted() is IPropertyReferenceOperation { Property.Name: "Count" or "Length" };
    }

    /// <summary>Whether the loop keeps the list short: it shortens it, by <paramref name="removed"/> elements at a time, as soon as it is longer than some number.</summary>
    internal static bool IsBounded(ISymbol variable, Loop loop, int removed = 1)
    {
        foreach (var part in (loop.Lambda ?? loop.Operation).DescendantsAndSelf())
        {
            var (condition, body) = part switch
            {
                IConditionalOperation { Condition: var asked, WhenTrue: var then } => (asked, then),
                IWhileLoopOperation { Condition: { } asked, Body: var repeated } => (asked, repeated),
                _ => (null, null),
            };

            if (condition is null || body is null || !IsLimit(condition, variable, removed))
                continue;

            foreach (var use in Places.Uses(variable, body))
            {
                if (use.Context is IInvocationOperation { TargetMethod.Name: "RemoveAt" or "RemoveRange" or "Clear" })
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the condition asks if the list has grown beyond a length, other than whether there is something to remove.</summary>
    private static bool IsLimit(IOperation condition, ISymbol variable, int removed)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part is not IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.Equals } comparison)
                continue;

            var (count, limit, isGreater) = IsCount(comparison.LeftOperand, variable)
                ? (comparison.LeftOperand, comparison.RightOperand, comparison.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals)
                : (comparison.RightOperand, comparison.LeftOperand, comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.Equals);

            if (isGreater && IsCount(count, variable) && !(limit.ConstantValue is { HasValue: true, Value: int length } && length >= 0 && length <= removed))
                return true;
        }

        return false;
    }

    private static bool IsCount(IOperation operation, ISymbol variable) =>
        operation.Unconverted() switch
        {
            IPropertyReferenceOperation { Property.Name: "Count", Instance: { } list } => SymbolEqualityComparer.Default.Equals(Places.Holder(list), variable),
            IInvocationOperation { TargetMethod.Name: "Count", Arguments.Length: 1 } call => SymbolEqualityComparer.Default.Equals(Places.Holder(call.Receiver()), variable),
            _ => false,
        };
}
