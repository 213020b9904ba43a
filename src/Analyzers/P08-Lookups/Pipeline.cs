namespace HotPath;

/// <summary>A chain of query operators: where it ends, and who runs it.</summary>
internal readonly struct Pipeline
{
    private Pipeline(IOperation operation, bool isDeferred, IOperation? consumer)
    {
        Operation = operation;
        IsDeferred = isDeferred;
        Consumer = consumer;
    }

    /// <summary>The last operator of the chain: the one that runs it, or the last deferred one.</summary>
    public IOperation Operation { get; }

    /// <summary>Whether <see cref="Operation"/> only describes the work.</summary>
    public bool IsDeferred { get; }

    /// <summary>What gets the query, where it is deferred.</summary>
    public IOperation? Consumer { get; }

    /// <summary>Follows the chain from one of its operators to its end.</summary>
    public static Pipeline End(IOperation call)
    {
        var current = call;
        while (true)
        {
            if (current is IInvocationOperation { TargetMethod: var method } && !Loops.IsDeferred(method))
                return new(current, isDeferred: false, consumer: null);

            var consumer = Outer(current, out var value);
            switch (consumer)
            {
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" or "ParallelEnumerable" } type } } next } argument
                    when type.IsFromSystem() && argument.Parameter?.Ordinal is 0 or 1 && !argument.Parameter.Type.IsValueType && argument.Parameter.Type.TypeKind != TypeKind.Delegate:
                    current = next;
                    continue;

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Join" or "Concat", ContainingType.SpecialType: SpecialType.System_String } } next }:
                    return new(next, isDeferred: false, consumer: null);

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "AddRange" or "InsertRange" or "UnionWith" or "ExceptWith" or "IntersectWith" or "SymmetricExceptWith", ContainingType: var filled } } next } when filled.IsFromSystem():
                    return new(next, isDeferred: false, consumer: null);

                case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } created } creation } when created.IsFromSystem() && created.Name is "List" or "HashSet" or "Queue" or "Stack" or "SortedSet" or "LinkedList" or "Dictionary":
                    return new(creation, isDeferred: false, consumer: null);

                case IForEachLoopOperation loop when ReferenceEquals(loop.Collection, value):
                    return new(loop, isDeferred: false, consumer: null);

                case IArgumentOperation { Parent: { } user }:
                    return new(current, isDeferred: true, user);

                default:
                    return new(current, isDeferred: true, consumer);
            }
        }
    }

    /// <summary>The parent that uses the value, behind conversions and the wrapper of query syntax.</summary>
    private static IOperation? Outer(IOperation operation, out IOperation value)
    {
        var consumer = operation.Consumer(out value);
        while (consumer is ITranslatedQueryOperation query)
            consumer = query.Consumer(out value);

        return consumer;
    }
}
