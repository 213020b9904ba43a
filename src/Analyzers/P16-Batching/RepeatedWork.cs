namespace HotPath;

/// <summary>A call in a loop over items behind which a database or a file is worked on for one of them.</summary>
internal sealed class RepeatedWork
{
    private RepeatedWork(IOperation call, Deed<HiddenWork> deed, Loop loop)
    {
        Call = call;
        Deed = deed;
        Loop = loop;
    }

    /// <summary>The call.</summary>
    public IOperation Call { get; }

    /// <summary>The work behind it.</summary>
    public Deed<HiddenWork> Deed { get; }

    /// <summary>The loop around the call.</summary>
    public Loop Loop { get; }

    /// <summary>The finding that the call is, or null; of several kinds of work behind it that which costs most.</summary>
    public static RepeatedWork? Of(RepeatedCall repeated, IReadOnlyList<Deed<HiddenWork>> deeds, Compilation compilation, AnalyzerOptions options)
    {
        if (Bodies.Of(compilation).At(repeated.Tree, repeated.Span) is not { } call || call is not (IInvocationOperation or IPropertyReferenceOperation) || CallSite.Of(call, repeated.Callee, options) is not { } site)
            return null;

        var loop = site.Loop;
        if (Iteration.IsWorker(loop) || Iteration.IsOverChunks(loop) || Iteration.IsTolerated(call, loop) || Memory.Guards(call, loop.Body) || call is IInvocationOperation invocation && CommitPerRowAnalyzer.UnitOfWork(invocation, options) is not null)
            return null;

        Deed<HiddenWork>? worst = null;
        foreach (var deed in deeds)
        {
            if (!deed.IsRepeated && (worst is null || deed.Detail.Kind < worst.Detail.Kind) && IsPerItem(call, site, deed))
                worst = deed;
        }

        return worst is null ? null : new(call, worst, loop);
    }

    private static bool IsPerItem(IOperation call, CallSite site, Deed<HiddenWork> deed)
    {
        if (deed.Source is { } source && !site.IsSameObject(deed.Owner, source) || !site.Varies(deed.Inputs))
            return false;

        var loop = site.Loop;
        switch (deed.Detail.Kind)
        {
            case WorkKind.Queries or WorkKind.Opens:
                return GoesThroughItems(call, loop) && !IsAwaitedTogether(loop);

            case WorkKind.Appends:
                return loop.Lambda is null && !AppendPerItem.Waits(loop);

            default:
                if (!RowSave.GoesThroughItems(loop) || TakesMany(call, loop) || !IsOfItem(Iteration.Choice(call, loop), loop) || Transactions.MayBeOpen(call))
                    return false;

                return deed.Detail.Kind != WorkKind.Saves || !(deed.Detail.IsReturned && IsUsed(call)) && call is IInvocationOperation save && !RowSave.NeedsTheSave(save, loop, Entities(call), []);
        }
    }

    /// <summary>Elements one after the other, or an index that is used to get them: pages, retries and chains are numbered, too.</summary>
    private static bool GoesThroughItems(IOperation call, Loop loop)
    {
        if (loop.Lambda is not null || loop.Operation is IForEachLoopOperation)
            return loop.Source is not IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" } };

        if (loop.Operation is not IForLoopOperation)
            return false;

        foreach (var argument in call.Arguments())
        {
            foreach (var part in argument.Value.DescendantsAndSelf())
            {
                if (part is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true }
                    || part is ILocalReferenceOperation { Local: var local } && Origins.Only(local, part)?.Unconverted() is IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true })
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the queries of all elements run at the same time.</summary>
    private static bool IsAwaitedTogether(Loop loop) =>
        loop.Lambda is not null && Pipeline.End(loop.Operation).Consumer is IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WhenAny" or "WhenEach", ContainingType.Name: "Task" } };

    /// <summary>Whether many rows are handed in at once: a batch that the loop has filled.</summary>
    private static bool TakesMany(IOperation call, Loop loop)
    {
        foreach (var argument in call.Arguments())
        {
            if (argument.Value.Unconverted().Type is { SpecialType: not SpecialType.System_String } type && !Databases.IsAny(type) && RowCommit.IsSequence(type) && !Invariance.Holds(argument.Value, loop))
                return true;
        }

        return false;
    }

    /// <summary>Whether the choice is one about the item at hand: others count rows or minutes.</summary>
    private static bool IsOfItem(IOperation? choice, Loop loop)
    {
        if (choice is null)
            return true;

        if (choice is not IConditionalOperation { Condition: var condition })
            return false;

        var isOfItem = false;
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder }:
                case IPropertyReferenceOperation { Property.Name: "Count" or "Length" }:
                    return false;

                case ILocalReferenceOperation { Local: var local } when loop.Operation is IForEachLoopOperation { Locals: var locals } && locals.Contains(local, SymbolEqualityComparer.Default):
                case IParameterReferenceOperation { Parameter: var parameter } when loop.Lambda is { Symbol.Parameters: var parameters } && parameters.Contains(parameter, SymbolEqualityComparer.Default):
                    isOfItem = true;
                    break;
            }
        }

        return isOfItem;
    }

    /// <summary>Whether the result of the call is used, awaited or not.</summary>
    private static bool IsUsed(IOperation call)
    {
        var parent = call.Parent;
        while (parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } or IConversionOperation)
            parent = parent.Parent;

        return parent is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } or IReturnOperation { IsImplicit: true });
    }

    /// <summary>The variables that hold what is saved.</summary>
    private static HashSet<ISymbol> Entities(IOperation call)
    {
        var entities = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var argument in call.Arguments())
        {
            if (argument.Value.Unconverted() is { Type: { IsReferenceType: true, SpecialType: SpecialType.None } type } value && !Databases.IsAny(type) && value.Variable() is { } variable)
                entities.Add(variable);
        }

        return entities;
    }
}
