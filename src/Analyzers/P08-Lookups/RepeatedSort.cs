namespace HotPath;

/// <summary>A call in a loop that sorts, or searches for the smallest element of, data that is the same as before but for an element.</summary>
internal sealed class RepeatedSort
{
    private RepeatedSort(IInvocationOperation call, IOperation collection, Loop loop, string advice, bool isQuery)
    {
        Call = call;
        Collection = collection;
        Loop = loop;
        Advice = advice;
        IsQuery = isQuery;
    }

    private const string Queue = "a PriorityQueue that gets an element again when its key changes finds the next one without";

    /// <summary>The call.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>What is sorted.</summary>
    public IOperation Collection { get; }

    /// <summary>The innermost loop that repeats the call.</summary>
    public Loop Loop { get; }

    /// <summary>What to do instead.</summary>
    public string Advice { get; }

    /// <summary>Whether a query sorts unchanged data.</summary>
    public bool IsQuery { get; }

    /// <summary>The cheap question before <see cref="Of"/>.</summary>
    public static bool MayBe(string method) => method is "Sort" or "OrderBy" or "OrderByDescending" or "Order" or "OrderDescending" or "Min" or "Max" or "MinBy" or "MaxBy";

    /// <summary>The call as such a one, or null.</summary>
    public static RepeatedSort? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        var method = call.TargetMethod;
        if (!MayBe(method.Name) || !Loops.MayRepeat(call) || !method.ContainingType.IsFromSystem())
            return null;

        var source = method.ContainingType.Name switch
        {
            "List" when method.Name == "Sort" => call.Instance,
            "Array" when method.Name == "Sort" && call.Arguments.Length > 0 => call.Arguments[0].Value,
            "Enumerable" => call.ArgumentOf(0),
            _ => null,
        };

        if (source is null || KeyedScan.Place(source) is not { } root || KeyedScan.ElementType(root.Type!) is null || Loops.Enclosing(call, options) is not { } loop || !call.Binds()
            || Sizes.Most(source) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, SortPerIterationAnalyzer.Id))
        {
            return null;
        }

        var keepsKeys = KeepsKeys(call, loop);
        var isQuery = method.Name.StartsWith("Order", StringComparison.Ordinal);
        if (isQuery && keepsKeys && KeyedScan.AreInvariant(source, root, loop) && KeyedScan.AreInvariantArguments(call, loop) && Invariance.Holds(root, loop))
            return new(call, root, loop, "sort it once, before the loop", isQuery: true);

        if (root.Variable() is not { } variable || IsMadeIn(variable, call, loop) || !ReferenceEquals(root, Operations.Resolved(source.Unconverted()).Unconverted()))
            return null;

        if (method.Name != "Sort" && !KeyedScan.AreInvariantArguments(call, loop))
            return null;

        // Whether or not keys change on the way: what is taken out one by one is the business of a queue.
        if (method.Name != "Sort" && TakesIt(call, variable, loop))
            return new(call, root, loop, keepsKeys ? "a PriorityQueue or SortedSet gives the next element without" : Queue, isQuery: false);

        if (FrontShift.IsBounded(variable, loop) || Growth(call, variable, loop) is not var (grows, shrinks))
            return null;

        if (!keepsKeys)
            return grows && shrinks ? new(call, root, loop, Queue, isQuery: false) : null;

        if (method.Name == "Sort")
            return new(call, root, loop, grows || shrinks ? "sort once, after the loop, or keep a SortedSet or PriorityQueue" : "sort it once, before the loop", isQuery: false);

        return isQuery && grows && IsPicked(call) ? new(call, root, loop, "keep a SortedSet or PriorityQueue", isQuery: false) : null;
    }

    /// <summary>Whether the sorted elements are there to pick some of them, or to be the list from then on; a pass over all of them takes its time anyway.</summary>
    private static bool IsPicked(IInvocationOperation call)
    {
        IOperation sorted = call;
        while (sorted.Consumer(out _) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" } next })
        {
            if (next.TargetMethod.Name is "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "ElementAt" or "ElementAtOrDefault" or "Take" or "ToList" or "ToArray")
                return true;

            sorted = next;
        }

        return false;
    }

    private static bool IsMadeIn(ISymbol variable, IInvocationOperation call, Loop loop) =>
        variable is not IFieldSymbol && variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Span.Contains(reference.Span))
        || Aliasing.Uses(variable, loop.Operation).Any(use => use.Kind is UseKind.Assigned or UseKind.PassedByReference && !IsSortedAgain(use, call));

    /// <summary>Whether the variable gets its own elements in order: <c>list = list.OrderBy(…).ToList()</c>.</summary>
    private static bool IsSortedAgain(Use use, IInvocationOperation call)
    {
        if (use.Reference.Parent is not ISimpleAssignmentOperation { Value: var value } assignment || !ReferenceEquals(assignment.Target, use.Reference))
            return false;

        var current = value.Unconverted();
        while (!ReferenceEquals(current, call) && current is IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray" or "ThenBy" or "ThenByDescending", ContainingType.Name: "Enumerable" } } next && next.Receiver() is { } source)
            current = source.Unconverted();

        return ReferenceEquals(current, call) && !ReferenceEquals(value.Unconverted(), call);
    }

    /// <summary>Whether the loop leaves alone what the elements are ordered by.</summary>
    private static bool KeepsKeys(IInvocationOperation call, Loop loop)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.Unconverted() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body: var body } } && KeyWrites.AnyIn(loop.Operation, body))
                return false;
        }

        return true;
    }

    /// <summary>Whether the list gets, and whether it loses, single elements in the loop; null where it is filled anew, or changed on other iterations than those that sort.</summary>
    private static (bool Grows, bool Shrinks)? Growth(IInvocationOperation sort, ISymbol variable, Loop loop)
    {
        var (grows, shrinks, isFilled, isBeside) = (false, false, false, true);
        foreach (var use in Aliasing.Uses(variable, loop.Lambda ?? loop.Operation))
        {
            switch (use.Kind)
            {
                case UseKind.Read or UseKind.MemberRead or UseKind.Enumerated:
                case UseKind.Called when ReferenceEquals(use.Context, sort):
                case UseKind.Passed when use.Context is IArgumentOperation { Parent: var call } && ReferenceEquals(call, sort):
                case UseKind.Called when use.Context is IInvocationOperation reading && Aliasing.LeavesReceiver(reading):
                case UseKind.Passed when use.Context is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var read } } && Purity.OfLibrary(read) is { } known && (known & ~Effect.ReadsState) == Effect.None:
                case UseKind.Assigned when IsSortedAgain(use, sort):
                    break;

                case UseKind.Called when use.Context is IInvocationOperation { TargetMethod.Name: "Add" or "Insert" } added:
                    grows = true;
                    isBeside &= AreExclusive(added, sort);
                    isFilled |= IsInInnerLoop(added, loop);
                    break;

                case UseKind.Called when use.Context is IInvocationOperation { TargetMethod.Name: "Remove" or "RemoveAt" or "RemoveRange" } taken:
                    shrinks = true;
                    isBeside &= AreExclusive(taken, sort);
                    break;

                case UseKind.Passed or UseKind.Shared when use.Context is not null && Aliasing.IsReadOnlyView((use.Context as IArgumentOperation)?.Parameter?.Type ?? use.Reference.Type!):
                    break;

                default:
                    return null;
            }
        }

        return isFilled && !shrinks || (grows || shrinks) && isBeside ? null : (grows, shrinks);
    }

    /// <summary>Whether one iteration does either the one or the other: they stand in two branches of a decision.</summary>
    private static bool AreExclusive(IOperation one, IOperation other)
    {
        var child = one;
        while (child.Parent is { } parent && !parent.Syntax.Span.Contains(other.Syntax.Span))
            child = parent;

        return child.Parent switch
        {
            ISwitchOperation => child is ISwitchCaseOperation,
            IConditionalOperation { Condition: var condition } => !ReferenceEquals(child, condition) && !condition.Syntax.Span.Contains(other.Syntax.Span),
            _ => false,
        };
    }

    private static bool IsInInnerLoop(IOperation operation, Loop loop)
    {
        for (var current = operation.Parent; current is not null && !ReferenceEquals(current, loop.Operation); current = current.Parent)
        {
            if (current is ILoopOperation or IAnonymousFunctionOperation && !ReferenceEquals(current, loop.Lambda))
                return true;
        }

        return false;
    }

    /// <summary>Whether what is found is taken out of the list in the same iteration.</summary>
    private static bool TakesIt(IInvocationOperation call, ISymbol variable, Loop loop)
    {
        IOperation found = call;
        while (found.Consumer(out _) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "First" or "Last" or "FirstOrDefault" or "ThenBy" or "ThenByDescending", ContainingType.Name: "Enumerable" } } next })
            found = next;

        var result = found.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } ? local : null;
        if (result is null || call.TargetMethod.Name.StartsWith("Order", StringComparison.Ordinal) && ReferenceEquals(found, call))
            return false;

        foreach (var use in Aliasing.Uses(variable, loop.Operation))
        {
            if (use.Context is IInvocationOperation { TargetMethod.Name: "Remove", Arguments: [{ Value: var removed }] } && SymbolEqualityComparer.Default.Equals(removed.Unconverted().Variable(), result))
                return true;
        }

        return false;
    }
}
