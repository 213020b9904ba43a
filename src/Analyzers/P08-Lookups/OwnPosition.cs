namespace HotPath;

/// <summary>A loop over a list that searches the list for the element it is at.</summary>
internal sealed class OwnPosition
{
    private OwnPosition(IInvocationOperation call, IOperation list, IForEachLoopOperation? loop, string description)
    {
        Call = call;
        List = list;
        Loop = loop;
        Description = description;
    }

    /// <summary>The search.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The list.</summary>
    public IOperation List { get; }

    /// <summary>The loop, where it is a statement.</summary>
    public IForEachLoopOperation? Loop { get; }

    /// <summary>The loop in the words of a message.</summary>
    public string Description { get; }

    /// <summary>The call as such a search, or null.</summary>
    public static OwnPosition? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod.Name is not ("IndexOf" or "FindIndex") || !Loops.MayRepeat(call) || Searched(call) is not var (list, value) || Places.Holder(list) is not { } variable)
            return null;

        if (Sizes.Most(list) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, IndexOfCurrentItemAnalyzer.Id) || !call.Binds())
            return null;

        foreach (var loop in Loops.Around(call, options))
        {
            if (Places.Holder(loop.Source) is not { } source || !SymbolEqualityComparer.Default.Equals(source, variable))
                continue;

            var isOwn = value.Unconverted() switch
            {
                ILocalReferenceOperation { Local: var local } => loop.Operation is IForEachLoopOperation { Locals: var locals } && locals.Contains(local, SymbolEqualityComparer.Default),
                IParameterReferenceOperation { Parameter: var parameter } => loop.Lambda is { Symbol.Parameters: [var element, ..] } && SymbolEqualityComparer.Default.Equals(element, parameter),
                _ => false,
            };

            if (isOwn)
                return new(call, list, loop.Operation as IForEachLoopOperation, loop.Description);
        }

        return null;
    }

    /// <summary>The list and the value that is looked for, where nothing else limits the search.</summary>
    private static (IOperation List, IOperation Value)? Searched(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.ContainingType.IsFromSystem())
            return null;

        switch (method.ContainingType.Name, method.Name)
        {
            case ("List" or "IList" or "Collection" or "ReadOnlyCollection" or "ImmutableList" or "ImmutableArray", "IndexOf") when call is { Instance: { } instance, Arguments: [{ Value: var value }] }:
                return (instance.Unconverted(), value);

            case ("Array" or "MemoryExtensions", "IndexOf") when call.Arguments.Length == 2 && call.ArgumentOf(0) is { } array && call.ArgumentOf(1) is { } value:
                return (array.Unconverted(), value);

            case ("List", "FindIndex") when call is { Instance: { } instance, Arguments: [{ Value: var predicate }] }:
                return Compared(predicate) is { } compared ? (instance.Unconverted(), compared) : null;

            case ("Array", "FindIndex") when call.Arguments.Length == 2 && call.ArgumentOf(0) is { } array && call.ArgumentOf(1) is { } predicate:
                return Compared(predicate) is { } found ? (array.Unconverted(), found) : null;

            default:
                return null;
        }
    }

    private static IOperation? Compared(IOperation predicate)
    {
        if (predicate.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Symbol.Parameters: [var element], Body.Operations: [IReturnOperation { ReturnedValue: { } condition }] } })
            return null;

        return KeyMatch.Of(condition, new(element)) is { IsIdentity: true } match ? match.Value : null;
    }
}
