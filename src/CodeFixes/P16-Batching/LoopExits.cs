namespace HotPath;

/// <summary>The ways out of a loop or an iteration that would miss what a fix puts behind them.</summary>
internal static class LoopExits
{
    /// <summary>Whether a <c>return</c>, <c>yield</c> or <c>goto</c> is in the loop, or a <c>catch</c> that may go on.</summary>
    public static bool LeaveOrCatch(IOperation loop)
    {
        foreach (var part in Own(loop))
        {
            switch (part)
            {
                case IReturnOperation:
                case IBranchOperation { BranchKind: BranchKind.GoTo }:
                case ILabeledOperation:
                case ITryOperation { Catches.IsEmpty: false }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a <c>break</c> or <c>continue</c> of the loop itself stands between two positions.</summary>
    public static bool SkipBetween(ILoopOperation loop, int from, int to)
    {
        foreach (var part in Own(loop))
        {
            if (part is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.Continue, Target: var target } && part.Syntax.SpanStart >= from && part.Syntax.SpanStart < to
                && (SymbolEqualityComparer.Default.Equals(target, loop.ExitLabel) || SymbolEqualityComparer.Default.Equals(target, loop.ContinueLabel)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an exception of the loop may be caught in its own member, which then goes on.</summary>
    public static bool IsCaughtAround(IOperation loop)
    {
        for (var child = loop; child.Parent is { } parent; child = parent)
        {
            if (parent is ITryOperation @try && ReferenceEquals(@try.Body, child) && Iteration.IsTolerant(@try))
                return true;
        }

        return false;
    }

    /// <summary>The parts that run as part of the loop: not those of lambdas and local functions.</summary>
    public static IEnumerable<IOperation> Own(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;

            yield return child;

            foreach (var part in Own(child))
                yield return part;
        }
    }
}
