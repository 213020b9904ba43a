namespace HotPath;

/// <summary>A question to a sequence without places, answered by walking through it, in a loop over that sequence. The one recognition behind the rule and its fix.</summary>
internal sealed class RepeatedWalk
{
    private RepeatedWalk(IInvocationOperation call, IOperation sequence, Loop loop)
    {
        Call = call;
        Sequence = sequence;
        Loop = loop;
    }

    /// <summary>The call that walks.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The sequence.</summary>
    public IOperation Sequence { get; }

    /// <summary>The loop over the sequence.</summary>
    public Loop Loop { get; }

    /// <summary>All calls of the loop that walk through the same sequence, in the order of the source; the first one is reported.</summary>
    public ImmutableArray<IInvocationOperation> Calls { get; private set; } = [];

    /// <summary>Whether the header of the loop counts the elements, so that the sequence is walked to its end in any case.</summary>
    public bool IsCounted { get; private set; }

    /// <summary>The walk that a call makes, or null.</summary>
    public static RepeatedWalk? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (Walked(call) is not { } sequence || !Loops.MayRepeat(call) || !call.Binds())
            return null;

        foreach (var loop in Loops.Around(call, options))
        {
            if (Sizes.Most(sequence) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree))
                return null;

            if (!Queries.Holds(sequence, loop.Lambda ?? loop.Operation))
                return null;

            var walk = new RepeatedWalk(call, sequence, loop) { IsCounted = Counts(loop, sequence) };
            if (Repeats(call, loop, walk.IsCounted || loop.Source is { } source && IsSame(source, sequence) || IndexedBy(loop, sequence)))
            {
                walk.Calls = [.. Walks(loop, sequence, options)];
                return walk;
            }
        }

        return null;
    }

    /// <summary>The sequence that a call walks through to answer, or null: <c>Count()</c>, <c>ElementAt(i)</c>, <c>Last()</c>, <c>Skip(i).First()</c>.</summary>
    private static IOperation? Walked(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.Name != "Enumerable" || !method.ContainingType.IsFromSystem() || call.ArgumentOf(0) is not { } first)
            return null;

        var sequence = first.Unconverted();
        switch (method.Name)
        {
            case "Count" or "LongCount" when call.Arguments.Length == 1:
                return IsWalked(sequence, countsToo: false) ? sequence : null;

            case "ElementAt" or "ElementAtOrDefault":
            case "Last" or "LastOrDefault" when call.Arguments.Length == 1:
                return IsWalked(sequence, countsToo: true) ? sequence : null;

            case "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" when call.Arguments.Length == 1 && sequence is IInvocationOperation { TargetMethod: { Name: "Skip", ContainingType.Name: "Enumerable" } } skip && skip.ArgumentOf(0) is { } skipped:
                return IsWalked(skipped.Unconverted(), countsToo: true) ? skipped.Unconverted() : null;

            default:
                return null;
        }
    }

    private static bool IsWalked(IOperation sequence, bool countsToo)
    {
        if (countsToo && Queries.IsUnindexedCollection(sequence.Type))
            return true;

        if (!Queries.IsSequence(sequence.Type))
            return false;

        switch (sequence)
        {
            // A deferred local or property is the business of another rule.
            case ILocalReferenceOperation { Local: var local } when Origins.Only(local, sequence) is { } origin:
                return !Queries.IsDeferred(origin) && !HasPlaces(origin.Unconverted());

            case IPropertyReferenceOperation { Property: var property } when sequence.SemanticModel is { Compilation: var compilation } && Queries.Computed(property, compilation) is { } computed:
                return !Queries.IsDeferred(computed) && !HasPlaces(computed.Unconverted());

            // Some operators know the places of what they are made from.
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } method } query:
                return method.Name is not ("Range" or "Repeat" or "Empty")
                    && !(method.Name is "Select" or "Skip" or "Take" or "Reverse" or "AsEnumerable" or "Order" or "OrderBy" or "Append" or "Prepend" or "Concat" && query.ArgumentOf(0) is { } source && HasPlaces(source.Unconverted()));

            default:
                return true;
        }
    }

    private static bool HasPlaces(IOperation sequence)
    {
        if (sequence.Type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String })
            return true;

        if (sequence is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: "Range" or "Repeat" or "Empty" } })
            return true;

        foreach (var type in sequence.Type?.AllInterfaces ?? [])
        {
            if (type.Name is "IList" or "IReadOnlyList")
                return true;
        }

        return sequence.Type?.Name is "IList" or "IReadOnlyList";
    }

    /// <summary>Whether the header of the loop asks how many elements the sequence has.</summary>
    private static bool Counts(Loop loop, IOperation sequence)
    {
        var condition = loop.Operation switch
        {
            IForLoopOperation @for => @for.Condition,
            IWhileLoopOperation { ConditionIsTop: true } @while => @while.Condition,
            _ => null,
        };

        // Behind && and || the question may never be asked.
        while (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, LeftOperand: var left })
            condition = left;

        return condition is not null && condition.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod.Name: "Count" or "LongCount" } count && Walked(count) is { } counted && IsSame(counted, sequence));
    }

    /// <summary>Whether the loop counts up to the number of elements that was asked for before.</summary>
    private static bool IndexedBy(Loop loop, IOperation sequence) =>
        loop.Operation is IForLoopOperation { Condition: IBinaryOperation { RightOperand: ILocalReferenceOperation { Local: var local } bound } }
        && Origins.Only(local, bound)?.Unconverted() is IInvocationOperation { TargetMethod.Name: "Count" } count && count.ArgumentOf(0) is { } counted && IsSame(counted, sequence);

    /// <summary>Whether the walks of the call add up to the square: it asks for another place in each iteration, or goes to the end in a loop over the sequence.</summary>
    private static bool Repeats(IInvocationOperation call, Loop loop, bool isOverSequence)
    {
        var index = call.TargetMethod.Name switch
        {
            "ElementAt" or "ElementAtOrDefault" => call.ArgumentOf(1),
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" => (call.ArgumentOf(0)?.Unconverted() as IInvocationOperation)?.ArgumentOf(1),
            _ => null,
        };

        return index is null ? isOverSequence : !Invariance.Holds(index, loop);
    }

    private static IEnumerable<IInvocationOperation> Walks(Loop loop, IOperation sequence, AnalyzerOptions options)
    {
        foreach (var part in (loop.Lambda ?? loop.Operation).Descendants())
        {
            if (part is IInvocationOperation call && Walked(call) is { } walked && IsSame(walked, sequence) && Repeats(call, loop, isOverSequence: true) && (loop.Operation is not ILoopOperation || Loops.Around(call, options).Any(other => ReferenceEquals(other.Operation, loop.Operation))))
                yield return call;
        }
    }

    /// <summary>Whether both say the same and give, as long as nothing changes, the same elements.</summary>
    public static bool IsSame(IOperation one, IOperation other)
    {
        one = one.Unconverted();
        other = other.Unconverted();
        return Places.AreSame(one, other) || one.Kind == other.Kind && one is IInvocationOperation && SyntaxFactory.AreEquivalent(one.Syntax, other.Syntax);
    }
}
