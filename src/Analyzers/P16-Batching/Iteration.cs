using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>How one iteration of a loop treats the work on a database inside it.</summary>
internal static class Iteration
{
    // Every row in a long loop asks.
    private static readonly ConditionalWeakTable<IOperation, StrongBox<bool>> Pausing = new();

    /// <summary>
    /// Whether the loop waits for work rather than goes through it: it never ends by itself, ends when a token is cancelled, consumes a queue, or sleeps.
    /// What such a loop stores has to be stored at once.
    /// </summary>
    public static bool IsWorker(Loop loop)
    {
        switch (loop.Operation)
        {
            case IWhileLoopOperation { Condition: { } condition }:
                if (condition.ConstantValue is { HasValue: true, Value: true } ? !IsLeft(loop) : Waits(condition))
                    return true;

                break;

            case IForLoopOperation { Condition: null or { ConstantValue: { HasValue: true, Value: true } } }:
                if (!IsLeft(loop))
                    return true;

                break;

            case IForEachLoopOperation { Collection: var collection }:
                if (Waits(collection))
                    return true;

                break;

            case IInvocationOperation { TargetMethod.ContainingType.Name: "Parallel" or "ParallelEnumerable" }:
                return true;
        }

        return Pausing.GetValue(loop.Body, static body => new(Pauses(body))).Value;
    }

    private static bool Pauses(IOperation body)
    {
        foreach (var part in body.Descendants())
        {
            if (part is IInvocationOperation { TargetMethod: { Name: "Delay", ContainingType.Name: "Task" } or { Name: "Sleep", ContainingType.Name: "Thread" } or { Name: "WaitOne" or "WaitForNextTickAsync" } })
                return true;
        }

        return false;
    }

    /// <summary>Whether the loop goes through pieces that its source cut: <c>Chunk(100)</c> and its kin.</summary>
    public static bool IsOverChunks(Loop loop) =>
        loop.Source is { } source
        && SqlText.Written(source) is IInvocationOperation { TargetMethod.Name: var name }
        && (name is "Chunk" or "Batch" or "Buffer" or "Partition" or "Window" || name.IndexOf("Chunk", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("Batch", StringComparison.OrdinalIgnoreCase) >= 0
            || name.IndexOf("Page", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The innermost <c>if</c>, <c>switch</c> or other choice inside the loop that decides whether the operation runs; null where it runs in every iteration that comes so far.</summary>
    public static IOperation? Choice(IOperation operation, Loop loop)
    {
        for (var child = operation; child.Parent is { } parent && !IsLoop(child, loop); child = parent)
        {
            switch (parent)
            {
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child):
                case ISwitchCaseOperation or ISwitchExpressionArmOperation:
                case ICoalesceOperation coalesce when !ReferenceEquals(coalesce.Value, child):
                case IConditionalAccessOperation access when !ReferenceEquals(access.Operation, child):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary when !ReferenceEquals(binary.LeftOperand, child):
                    return parent;
            }
        }

        return null;
    }

    /// <summary>Whether an exception of the operation is caught inside the loop and the loop goes on.</summary>
    public static bool IsTolerated(IOperation operation, Loop loop)
    {
        for (var child = operation; child.Parent is { } parent && !IsLoop(child, loop); child = parent)
        {
            if (parent is ITryOperation @try && ReferenceEquals(@try.Body, child) && IsTolerant(@try))
                return true;
        }

        return false;
    }

    /// <summary>Whether a <c>catch</c> of the statement ends without throwing.</summary>
    public static bool IsTolerant(ITryOperation @try)
    {
        foreach (var clause in @try.Catches)
        {
            if (clause.Handler.Operations is not [.., IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation])
                return true;
        }

        return false;
    }

    /// <summary>Whether the symbol is declared in what runs per element.</summary>
    public static bool Declares(Loop loop, ISymbol symbol) => (loop.Lambda ?? loop.Operation).Declares(symbol);

    /// <summary>Whether the operation is the loop statement, or the lambda that runs per element.</summary>
    public static bool IsLoop(IOperation operation, Loop loop) => ReferenceEquals(operation, loop.Lambda ?? loop.Operation);

    /// <summary>Whether the code after the operation in the same iteration, in the order of the source, starts behind it.</summary>
    public static bool IsAfter(IOperation later, IOperation operation) => later.Syntax.SpanStart >= operation.Syntax.Span.End;

    /// <summary>Whether the condition or source asks whether to go on working rather than whether there is more to do.</summary>
    private static bool Waits(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            switch (part)
            {
                case IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" or "HasShutdownStarted" }:
                case IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" or "ReadAllAsync" or "WaitToReadAsync" or "WaitForNextTickAsync" or "WaitOne" or "Wait" or "Receive" or "ReceiveAsync" or "Take" }
                    when !(part is IInvocationOperation { TargetMethod: { Name: "Take", ContainingType.Name: "Enumerable" or "Queryable" or "AsyncEnumerable" } }):
                case IFieldReferenceOperation { Field.IsVolatile: true }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a <c>break</c>, <c>return</c> or <c>goto</c> leaves the loop.</summary>
    private static bool IsLeft(Loop loop)
    {
        foreach (var part in loop.Body.Descendants())
        {
            if (part is IReturnOperation || part is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo })
                return true;
        }

        return false;
    }
}
