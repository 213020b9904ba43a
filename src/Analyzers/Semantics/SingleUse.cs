namespace HotPath;

/// <summary>Locals that get one value and hand it on once.</summary>
internal static class SingleUse
{
    /// <summary>The only use of a local that gets its initialiser and no other value; null where there are more, or where a lambda or a loop of its own could make it more than one.</summary>
    public static IOperation? Of(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Symbol is { RefKind: not RefKind.None } || declarator.Parent?.Parent?.Parent is not IBlockOperation block)
            return null;

        IOperation? only = null;
        foreach (var use in Aliasing.Uses(declarator.Symbol, declarator.Root()))
        {
            if (only is not null)
                return null;

            only = use.Reference;
        }

        if (only is null || !ReferenceEquals(only.Function(), declarator.Function()))
            return null;

        for (var current = only; current is not null && !ReferenceEquals(current, block); current = current.Parent)
        {
            if (current.Parent is ILoopOperation loop && !(loop is IForEachLoopOperation each && ReferenceEquals(each.Collection, current)))
                return null;
        }

        return only;
    }

    /// <summary>The statements behind the declaration of a local up to the one that holds its use, that one included.</summary>
    public static IEnumerable<IOperation> Between(IVariableDeclaratorOperation declarator, IOperation use)
    {
        if (declarator.Parent?.Parent is not { Parent: IBlockOperation block } declaration)
            yield break;

        for (var at = block.Operations.IndexOf(declaration) + 1; at < block.Operations.Length; at++)
        {
            yield return block.Operations[at];

            if (block.Operations[at].Syntax.Span.Contains(use.Syntax.Span))
                break;
        }
    }

    /// <summary>Whether the statements between the declaration of a local and the one that holds its use only declare other locals with values that cannot fail.</summary>
    public static bool IsSoon(IVariableDeclaratorOperation declarator, IOperation use)
    {
        foreach (var statement in Between(declarator, use))
        {
            if (statement.Syntax.Span.Contains(use.Syntax.Span))
            {
                return statement is IForEachLoopOperation or IExpressionStatementOperation or IVariableDeclarationGroupOperation or IReturnOperation
                    || statement is IConditionalOperation { Condition: var condition } && condition.Syntax.Span.Contains(use.Syntax.Span);
            }

            if (statement is not IVariableDeclarationGroupOperation group)
                return false;

            foreach (var part in group.Descendants())
            {
                if (part is IVariableInitializerOperation { Value: var value } && !IsHarmless(value.Unconverted()))
                    return false;
            }
        }

        return false;
    }

    private static bool IsHarmless(IOperation value) =>
        value is IObjectCreationOperation { Arguments.Length: 0, Initializer: null, Type: { } type } && type.IsFromSystem()
        || value is ICollectionExpressionOperation { Elements.Length: 0 }
        || Queries.IsTotal(value);
}
