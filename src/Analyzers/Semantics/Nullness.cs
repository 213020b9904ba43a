namespace HotPath;

/// <summary>Whether a variable is sure to hold an object at some place: what a fix must know before it uses the variable earlier than the code did.</summary>
internal static class Nullness
{
    /// <summary>Whether the variable that <paramref name="reference"/> names holds no null right before the statement <paramref name="at"/>. In doubt false.</summary>
    public static bool IsNeverNullBefore(IOperation reference, SyntaxNode at)
    {
        if (reference.Variable() is not { } variable || reference.SemanticModel is not { } model)
            return false;

        if (IsDeclaredNotNull(variable) && !IsTestedForNull(variable, reference.Root()))
            return true;

        return variable switch
        {
            ILocalSymbol => Origins.Only(variable, reference) is { } origin && IsNotNull(origin, model) || IsUsedBefore(variable, reference, at, model),
            IParameterSymbol { RefKind: RefKind.None } => IsUsedBefore(variable, reference, at, model),
            IFieldSymbol field => IsAlwaysAssigned(field, reference, model),
            _ => false,
        };
    }

    /// <summary>Whether the value is an object for certain: a creation, or by the compiler's own analysis.</summary>
    public static bool IsNotNull(IOperation value, SemanticModel model)
    {
        var inner = value.Unconverted();
        if (inner.ConstantValue is { HasValue: true, Value: var constant })
            return constant is not null;

        if (inner is IDefaultValueOperation)
            return false;

        if (inner is IObjectCreationOperation or IArrayCreationOperation or ICollectionExpressionOperation or IAnonymousObjectCreationOperation or IInstanceReferenceOperation || Origins.IsFresh(inner))
            return true;

        if (inner is ICoalesceOperation { WhenNull: var last })
            return last.Unconverted() is IThrowOperation || IsNotNull(last, model);

        if (inner is IConditionalOperation { WhenTrue: var one, WhenFalse: { } other })
            return IsNotNull(one, model) && IsNotNull(other, model);

        // Enumerable and string promise objects in every framework.
        if (inner is IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" or "String" or "Array" } type, ReturnType.IsReferenceType: true, Name: not ("FirstOrDefault" or "LastOrDefault" or "SingleOrDefault" or "ElementAtOrDefault" or "Find" or "FindLast" or "First" or "Last" or "Single" or "ElementAt" or "Max" or "Min" or "MaxBy" or "MinBy" or "Aggregate") } } && type.IsFromSystem())
            return true;

        if (inner is IPropertyReferenceOperation { Property: { Name: "Keys" or "Values", ContainingType: { Name: "Dictionary" } dictionary } } && dictionary.IsFromSystem())
            return true;

        // Code without nullable annotations promises nothing, whatever the compiler makes of it in a file that has them.
        if (inner.Type is { IsReferenceType: true } && DeclaredAnnotation(inner) == NullableAnnotation.None)
            return false;

        return inner.SemanticModel == model && !IsOnlyPromised(inner.Syntax) && inner.Syntax is ExpressionSyntax expression && model.GetTypeInfo(expression) is { Nullability: { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull } }
            && !IsOnlyAssumed(inner, model);
    }

    /// <summary>Whether the compiler takes the variable for an object only because it was passed, with a warning, where null is not allowed: it warns once and believes it from then on.</summary>
    private static bool IsOnlyAssumed(IOperation value, SemanticModel model)
    {
        if (value.Variable() is not { } variable || variable is IFieldSymbol)
            return false;

        foreach (var use in Aliasing.Uses(variable, value.Root()))
        {
            if (use is { Kind: UseKind.Passed, Context: IArgumentOperation { Parameter.NullableAnnotation: NullableAnnotation.NotAnnotated } }
                && use.Reference.Syntax is ExpressionSyntax passed && passed.SyntaxTree == model.SyntaxTree && model.GetTypeInfo(passed).Nullability.FlowState == NullableFlowState.MaybeNull)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value counts as an object because the code says so with <c>!</c>, which nothing checks.</summary>
    public static bool IsOnlyPromised(SyntaxNode value) =>
        value.IsKind(SyntaxKind.SuppressNullableWarningExpression) || value.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression);

    private static NullableAnnotation? DeclaredAnnotation(IOperation value) => value switch
    {
        IParameterReferenceOperation { Parameter: var parameter } => parameter.NullableAnnotation,
        IFieldReferenceOperation { Field: var field } => field.NullableAnnotation,
        IPropertyReferenceOperation { Property: var property } => property.NullableAnnotation,
        IInvocationOperation { TargetMethod: var method } => method.ReturnNullableAnnotation,
        _ => null,
    };

    private static bool IsDeclaredNotNull(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.NullableAnnotation == NullableAnnotation.NotAnnotated,
        IParameterSymbol parameter => parameter.NullableAnnotation == NullableAnnotation.NotAnnotated,
        IFieldSymbol field => field.NullableAnnotation == NullableAnnotation.NotAnnotated,
        _ => false,
    };

    /// <summary>Code that asks does not believe the declaration.</summary>
    private static bool IsTestedForNull(ISymbol variable, IOperation root)
    {
        foreach (var use in Aliasing.Uses(variable, root))
        {
            if (use.Reference.Parent is IConditionalAccessOperation or ICoalesceOperation or ICoalesceAssignmentOperation or IIsPatternOperation
                || use.Reference.Consumer(out _) is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary && IsNull(binary.LeftOperand, binary.RightOperand))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNull(IOperation left, IOperation right) =>
        left.Unconverted().ConstantValue is { HasValue: true, Value: null } || right.Unconverted().ConstantValue is { HasValue: true, Value: null };

    /// <summary>Whether every value a private or readonly field ever gets is an object, and it gets one before any method runs.</summary>
    private static bool IsAlwaysAssigned(IFieldSymbol field, IOperation reference, SemanticModel model)
    {
        if (!field.IsReadOnly && field.DeclaredAccessibility != Accessibility.Private)
            return false;

        var bodies = Bodies.Of(model.Compilation);
        var initializer = bodies.Of(field).FirstOrDefault();
        if (initializer is not null && !IsNotNull(initializer, initializer.SemanticModel ?? model))
            return false;

        var assigned = initializer is not null;
        foreach (var body in bodies.Naming(field))
        {
            foreach (var use in Aliasing.Uses(field, body))
            {
                switch (use.Kind)
                {
                    case UseKind.Assigned when use.Context is ISimpleAssignmentOperation { Value: var value } && IsNotNull(value, value.SemanticModel ?? model):
                        // Of several constructors each would have to be looked at.
                        assigned |= body is IConstructorBodyOperation && field.ContainingType.InstanceConstructors.Length == 1 && use.Context.Parent is IExpressionStatementOperation { Parent: IBlockOperation { Parent: IConstructorBodyOperation } };
                        break;

                    case UseKind.Assigned when use.Context is ICoalesceAssignmentOperation:
                        break;

                    case UseKind.Assigned or UseKind.PassedByReference:
                        return false;
                }
            }
        }

        return assigned;
    }

    /// <summary>Whether every way to the statement uses the variable as an object first, or turns back when it is null.</summary>
    private static bool IsUsedBefore(ISymbol variable, IOperation reference, SyntaxNode at, SemanticModel model)
    {
        foreach (var use in Aliasing.Uses(variable, reference.Root()))
        {
            if (use.Kind == UseKind.PassedByReference || use.Kind == UseKind.Assigned && !(use.Context is ISimpleAssignmentOperation { Value: var value } && IsNotNull(value, model)) && use.Context is not ICoalesceAssignmentOperation)
                return false;
        }

        for (var node = at; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax:
                    foreach (var statement in parent.ChildNodes())
                    {
                        if (statement == node)
                            break;

                        if ((statement is GlobalStatementSyntax global ? global.Statement : statement) is StatementSyntax earlier && model.GetOperation(earlier) is { } operation && Ensures(operation, variable, model))
                            return true;
                    }

                    break;

                case IfStatementSyntax @if when node == @if.Statement && model.GetOperation(@if.Condition) is { } condition && EnsuresWhen(condition, true, variable):
                    return true;

                case IfStatementSyntax @if when node == @if.Else && model.GetOperation(@if.Condition) is { } condition && EnsuresWhen(condition, false, variable):
                    return true;

                case LabeledStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool Ensures(IOperation statement, ISymbol variable, SemanticModel model)
    {
        switch (statement)
        {
            case IConditionalOperation { Condition: var condition, WhenTrue: var then, WhenFalse: var otherwise }:
                return Dereferences(condition, variable) || Leaves(then) && EnsuresWhen(condition, false, variable) || otherwise is not null && Leaves(otherwise) && EnsuresWhen(condition, true, variable);

            case IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "ThrowIfNull" or "ThrowIfNullOrEmpty", ContainingType: var type }, Arguments: [{ Value: var argument }, ..] } } when type.IsFromSystem():
                return Is(argument, variable);

            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: var target, Value: var value } } when Is(target, variable):
                return IsNotNull(value, model);

            case IExpressionStatementOperation { Operation: ICoalesceAssignmentOperation { Target: var target, Value: var value } } when Is(target, variable):
                return IsNotNull(value, model);

            case IExpressionStatementOperation or IVariableDeclarationGroupOperation or IUsingDeclarationOperation:
                return Dereferences(statement, variable);

            case IForEachLoopOperation { Collection: var collection }:
                return Dereferences(collection, variable) || Is(collection, variable);

            case IForLoopOperation { Before: var before, Condition: var condition }:
                return before.Any(each => Dereferences(each, variable)) || condition is not null && Dereferences(condition, variable);

            case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition }:
                return Dereferences(condition, variable);

            default:
                return false;
        }
    }

    /// <summary>Whether the condition says, when it has that value, that the variable holds an object.</summary>
    private static bool EnsuresWhen(IOperation condition, bool value, ISymbol variable)
    {
        switch (condition.Unconverted())
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return EnsuresWhen(operand, !value, variable);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when value:
                return EnsuresWhen(both.LeftOperand, true, variable) || EnsuresWhen(both.RightOperand, true, variable);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !value:
                return EnsuresWhen(either.LeftOperand, false, variable) || EnsuresWhen(either.RightOperand, false, variable);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } different:
                return value && (Is(different.LeftOperand, variable) || Is(different.RightOperand, variable)) && IsNull(different.LeftOperand, different.RightOperand);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, OperatorMethod: null } same when IsNull(same.LeftOperand, same.RightOperand):
                return !value && (Is(same.LeftOperand, variable) || Is(same.RightOperand, variable));

            case IIsPatternOperation { Value: var tested, Pattern: var pattern } when Is(tested, variable):
                return pattern switch
                {
                    INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } => value,
                    IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => !value,
                    IRecursivePatternOperation => value,
                    _ => false,
                };

            case var other:
                return Dereferences(other, variable);
        }
    }

    private static bool Is(IOperation operation, ISymbol variable) => SymbolEqualityComparer.Default.Equals(operation.Unconverted().Variable(), variable);

    /// <summary>Whether evaluating the code throws for certain when the variable is null.</summary>
    private static bool Dereferences(IOperation code, ISymbol variable)
    {
        switch (code)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or IConditionalAccessOperation or INameOfOperation or ITypeOfOperation:
                return false;

            case IConditionalOperation { Condition: var condition }:
                return Dereferences(condition, variable);

            case ICoalesceOperation { Value: var value }:
                return Dereferences(value, variable);

            case ISwitchExpressionOperation { Value: var value }:
                return Dereferences(value, variable);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, LeftOperand: var left }:
                return Dereferences(left, variable);

            case IInvocationOperation { Instance: { } instance } when Is(instance, variable) && !instance.Type!.IsValueType:
            case IMemberReferenceOperation { Instance: { } owner } when Is(owner, variable) && code is IFieldReferenceOperation or IPropertyReferenceOperation:
            case IArrayElementReferenceOperation { ArrayReference: var array } when Is(array, variable):
            case IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", IsExtensionMethod: true } method } call when method.ContainingType.IsFromSystem() && call.ArgumentOf(0) is { } source && Is(source, variable):
                return true;

            default:
                foreach (var child in code.ChildOperations)
                {
                    if (Dereferences(child, variable))
                        return true;
                }

                return false;
        }
    }

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } or IThrowOperation or IBranchOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };
}
