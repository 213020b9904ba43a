namespace HotPath;

/// <summary>What cannot be null where the nullable context does not say so.</summary>
internal static class NotNull
{
    /// <summary>Whether the value certainly is not null when the statement is reached.</summary>
    public static bool IsProven(IOperation value, IOperation statement)
    {
        value = value.Unconverted();
        if (IsNew(value))
            return true;

        if (value.Variable() is not { } variable || variable is not (ILocalSymbol or IParameterSymbol { RefKind: RefKind.None }))
            return false;

        return Origins.Only(variable, value) is { } origin && IsNew(origin.Unconverted()) || IsUsedBefore(variable, statement);
    }

    private static bool IsNew(IOperation value) =>
        Origins.IsFresh(value)
        || value is { ConstantValue: { HasValue: true, Value: string } }
        || value is IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", ReturnType.TypeKind: TypeKind.Interface, Name: not ("FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" or "First" or "Last" or "Single" or "ElementAt" or "ElementAtOrDefault" or "Aggregate" or "Min" or "Max") } method } && method.ContainingType.IsFromSystem()
        || value is IPropertyReferenceOperation { Property: { Name: "Keys" or "Values", ContainingType: { Name: "Dictionary" } type } } && type.IsFromSystem();

    /// <summary>Whether a statement before, on every path, would have thrown for null.</summary>
    private static bool IsUsedBefore(ISymbol variable, IOperation statement)
    {
        for (var child = statement; child.Parent is { } parent && parent is not (IAnonymousFunctionOperation or ILocalFunctionOperation or ILoopOperation or ITryOperation); child = parent)
        {
            if (parent is not IBlockOperation block)
                continue;

            var isUsed = false;
            foreach (var sibling in block.Operations)
            {
                if (ReferenceEquals(sibling, child))
                    break;

                if (IsAssignedIn(variable, sibling))
                    isUsed = false;
                else if (IsUsedIn(variable, sibling))
                    isUsed = true;
            }

            if (isUsed)
                return true;
        }

        return false;
    }

    private static bool IsAssignedIn(ISymbol variable, IOperation statement)
    {
        foreach (var use in Aliasing.Uses(variable, statement))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return true;
        }

        return false;
    }

    /// <summary>Whether the statement certainly takes a member of the variable.</summary>
    private static bool IsUsedIn(ISymbol variable, IOperation statement)
    {
        var always = statement switch
        {
            IConditionalOperation conditional => conditional.Condition,
            IExpressionStatementOperation or IVariableDeclarationGroupOperation => statement,
            IForEachLoopOperation each => each.Collection,
            _ => null,
        };

        if (always is null)
            return false;

        foreach (var use in Aliasing.Uses(variable, always))
        {
            if (use.Context is not null && (use.Kind == UseKind.Enumerated || use.Kind is UseKind.MemberRead or UseKind.Called && use.Context is not IInvocationOperation { TargetMethod.IsExtensionMethod: true }) && IsUnconditional(use.Reference, always))
                return true;
        }

        // The collection itself, which a foreach takes the enumerator of.
        return statement is IForEachLoopOperation && SymbolEqualityComparer.Default.Equals(always.Variable(), variable);
    }

    private static bool IsUnconditional(IOperation part, IOperation whole)
    {
        for (var child = part; !ReferenceEquals(child, whole) && child.Parent is { } parent; child = parent)
        {
            switch (parent)
            {
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } choice when !ReferenceEquals(choice.LeftOperand, child):
                case IConditionalOperation conditional when !ReferenceEquals(conditional.Condition, child):
                case ICoalesceOperation coalesce when !ReferenceEquals(coalesce.Value, child):
                case IConditionalAccessOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or ISwitchExpressionOperation or ICoalesceAssignmentOperation or INameOfOperation:
                    return false;
            }
        }

        return true;
    }
}
