namespace HotPath;

/// <summary>The empty collection that a loop starts with: where it is made, and what happens until the loop begins.</summary>
internal sealed class FreshCollection
{
    private FreshCollection(IOperation creation, IOperation statement, ImmutableArray<IOperation> between, bool isBeside)
    {
        Creation = creation;
        Statement = statement;
        Between = between;
        IsBeside = isBeside;
    }

    /// <summary>What makes the collection: <c>new List&lt;T&gt;()</c> or <c>[]</c>.</summary>
    public IOperation Creation { get; }

    /// <summary>The statement that holds the creation.</summary>
    public IOperation Statement { get; }

    /// <summary>The statements that run between the creation and the loop; none of them names the collection.</summary>
    public ImmutableArray<IOperation> Between { get; }

    /// <summary>Whether the loop stands in the same block as the creation.</summary>
    public bool IsBeside { get; }

    /// <summary>The collection.</summary>
    public INamedTypeSymbol Type => (INamedTypeSymbol)Creation.Type!;

    /// <summary>Whether the collection is told beforehand how many elements to expect.</summary>
    public bool HasCapacity => Creation is IObjectCreationOperation { Arguments: var arguments } && arguments.Any(static argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32);

    /// <summary>Whether nothing runs between the creation and the loop that anyone could notice: what is computed before the creation fails as it would fail in the loop's header.</summary>
    public bool IsNext => IsBeside && Between.All(IsHarmless);

    /// <summary>The creation of what the loop finds in <paramref name="target"/>, if every way to the loop passes by it and nothing has been put in since.</summary>
    public static FreshCollection? Of(IOperation target, ILoopOperation loop)
    {
        var between = ImmutableArray.CreateBuilder<IOperation>();
        var isBeside = true;

        for (IOperation current = loop; current.Parent is { } parent; current = parent)
        {
            var siblings = ImmutableArray<IOperation>.Empty;
            switch (parent)
            {
                case IBlockOperation { Operations: var statements }:
                    siblings = statements;
                    break;

                case ISwitchCaseOperation { Body: var statements }:
                    siblings = statements;
                    break;

                case ITryOperation @try when ReferenceEquals(@try.Body, current):
                    break;

                case IUsingOperation { Resources: var resources } @using when ReferenceEquals(@using.Body, current) && !Names(resources, target):
                    between.Add(resources);
                    break;

                case ILockOperation { LockedValue: var locked } @lock when ReferenceEquals(@lock.Body, current) && !Names(locked, target):
                    between.Add(locked);
                    break;

                default:
                    return null;
            }

            for (var i = siblings.IndexOf(current) - 1; i >= 0; i--)
            {
                if (CreationIn(siblings[i], target) is { } creation)
                    return new(creation, siblings[i], between.ToImmutable(), isBeside);

                if (siblings[i] is ILabeledOperation || Names(siblings[i], target))
                    return null;

                between.Add(siblings[i]);
            }

            if (parent is ISwitchCaseOperation)
                return null;

            isBeside = false;
        }

        return null;
    }

    /// <summary>The name that means the same collection in the code: a local has it all to itself, another place may be reached by several ways.</summary>
    private static bool Names(IOperation code, IOperation target)
    {
        if (target.Variable() is { } variable and not IFieldSymbol)
            return Aliasing.Uses(variable, code).Any();

        foreach (var part in code.DescendantsAndSelf())
        {
            if (part is not IConversionOperation && Places.AreSame(part, target) || part is IInvocationOperation)
                return true;
        }

        return false;
    }

    private static IOperation? CreationIn(IOperation statement, IOperation target)
    {
        switch (statement)
        {
            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false, Target: var place, Value: var value } } when Places.AreSame(place, target):
                return Empty(value);

            case IVariableDeclarationGroupOperation { Declarations: var declarations } when target is ILocalReferenceOperation { Local: var local }:
                foreach (var declaration in declarations)
                {
                    foreach (var declarator in declaration.Declarators)
                    {
                        if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                            return declarator.GetVariableInitializer() is { } initializer ? Empty(initializer.Value) : null;
                    }
                }

                return null;

            default:
                return null;
        }
    }

    /// <summary>The creation of an empty collection that grows in steps, or null.</summary>
    private static IOperation? Empty(IOperation value)
    {
        value = value.Unconverted();
        if (value.Type is not INamedTypeSymbol { Name: "List" or "Dictionary" or "HashSet" or "Queue" or "Stack" } type || !type.ContainingNamespace.Is("System.Collections.Generic") || !type.IsFromSystem())
            return null;

        return value switch
        {
            ICollectionExpressionOperation { Elements.Length: 0 } => value,
            IObjectCreationOperation { Initializer: null or { Initializers.Length: 0 }, Arguments: var arguments } when arguments.All(static argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32 || argument.Parameter?.Type.Name == "IEqualityComparer") => value,
            _ => null,
        };
    }

    /// <summary>Whether the statement only declares variables with a value that is at hand.</summary>
    private static bool IsHarmless(IOperation statement)
    {
        if (statement is not IVariableDeclarationGroupOperation)
            return statement is ILocalFunctionOperation;

        foreach (var part in statement.Descendants())
        {
            if (part is not (IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation or IConversionOperation { OperatorMethod: null } or ILiteralOperation or IDefaultValueOperation or ILocalReferenceOperation or IParameterReferenceOperation)
                && Empty(part) is null)
            {
                return false;
            }
        }

        return true;
    }
}
