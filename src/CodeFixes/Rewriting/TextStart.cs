namespace HotPath;

/// <summary>What a variable holds when a loop begins.</summary>
internal sealed class TextStart
{
    private TextStart(IOperation? value, bool isNotNull)
    {
        Value = value;
        IsNotNull = isNotNull;
    }

    /// <summary>The value it was last given, where that is known.</summary>
    public IOperation? Value { get; }

    /// <summary>Whether it is certainly not null.</summary>
    public bool IsNotNull { get; }

    /// <summary>Whether it certainly is the empty text.</summary>
    public bool IsEmpty => Value is { } value && TextRead.IsEmptyText(value);

    /// <summary>What the variable of the accumulation holds when its loop begins.</summary>
    public static TextStart Of(StringAccumulation accumulation, SemanticModel model)
    {
        var variable = accumulation.Variable!;
        var value = LastBefore(accumulation.Loop.Operation, variable);
        return new(value, value is not null ? IsText(value, model) : IsAlwaysText(variable, accumulation.Loop.Operation, model));
    }

    /// <summary>Whether the operation certainly gives a string and not null; a nullable context is trusted.</summary>
    public static bool IsText(IOperation value, SemanticModel model)
    {
        value = Growth.Implicit(value);
        if (value.ConstantValue is { HasValue: true, Value: var constant })
            return constant is string;

        switch (value)
        {
            case IBinaryOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_String }:
            case IInterpolatedStringOperation:
            case IObjectCreationOperation:
            case IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } }:
            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, ReturnType.SpecialType: SpecialType.System_String, Name: not "IsInterned" } }:
            case IInvocationOperation { TargetMethod: { Name: "ToString", ContainingType: { } owner } } when owner.Is("System.Text", "StringBuilder") || IsNumber(owner):
                return true;

            case IConditionalOperation { WhenTrue: var whenTrue, WhenFalse: { } whenFalse }:
                return IsText(whenTrue, model) && IsText(whenFalse, model);

            case ICoalesceOperation { WhenNull: var whenNull }:
                return IsText(whenNull, model);
        }

        return value.Syntax is ExpressionSyntax expression && IsTrusted(model, expression) && model.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.NotNull;
    }

    /// <summary>Whether the nullable context is on where the node stands.</summary>
    public static bool IsTrusted(SemanticModel model, SyntaxNode node)
    {
        var context = model.GetNullableContext(node.SpanStart);
        return context.AnnotationsEnabled() && context.WarningsEnabled();
    }

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double;

    /// <summary>The value that the variable was given last before the statement, where the statements before it say so without a branch.</summary>
    internal static IOperation? LastBefore(IOperation statement, ISymbol variable)
    {
        for (var child = statement; child.Parent is { } parent && parent is not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            // What comes later in a loop comes before in its next iteration.
            if (parent is ILoopOperation)
                return null;

            if (parent is not (IBlockOperation or ISwitchCaseOperation))
                continue;

            IOperation? found = null;
            var isKnown = true;
            foreach (var sibling in parent.ChildOperations)
            {
                if (ReferenceEquals(sibling, child))
                    break;

                if (Given(sibling, variable) is { } given)
                    (found, isKnown) = (given, true);
                else if (Writes(sibling, variable))
                    (found, isKnown) = (null, false);
            }

            if (found is not null || !isKnown)
                return found;
        }

        return null;
    }

    /// <summary>The value that a statement gives the variable, if that is what the statement does.</summary>
    private static IOperation? Given(IOperation statement, ISymbol variable)
    {
        switch (statement)
        {
            case IVariableDeclarationGroupOperation group:
                foreach (var declaration in group.Declarations)
                {
                    foreach (var declarator in declaration.Declarators)
                    {
                        if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable))
                            return declarator.GetVariableInitializer()?.Value;
                    }
                }

                return null;

            case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } assignment } when Aliasing.Refers(assignment.Target, variable):
                return assignment.Value;

            default:
                return null;
        }
    }

    private static bool Writes(IOperation statement, ISymbol variable)
    {
        foreach (var use in Aliasing.Uses(variable, statement))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return true;
        }

        return false;
    }

    /// <summary>Whether every value that the variable ever gets is a string and not null.</summary>
    private static bool IsAlwaysText(ISymbol variable, IOperation near, SemanticModel model)
    {
        if (variable is IParameterSymbol parameter
            && !(parameter.NullableAnnotation == NullableAnnotation.NotAnnotated && IsTrusted(model, near.Syntax)))
        {
            return false;
        }

        foreach (var part in near.Root().Descendants())
        {
            switch (part)
            {
                case IVariableDeclaratorOperation { Symbol: var symbol } declarator when SymbolEqualityComparer.Default.Equals(symbol, variable):
                    if (declarator.GetVariableInitializer() is { Value: var initial } && !IsText(initial, model))
                        return false;

                    break;

                case ILocalReferenceOperation or IParameterReferenceOperation when Aliasing.Refers(part, variable):
                    if (Aliasing.Classify(part) is { Kind: UseKind.Assigned or UseKind.PassedByReference } use
                        && !(use.Context is ICompoundAssignmentOperation or ISimpleAssignmentOperation { IsRef: false } && IsTextOf(use.Context, model)))
                    {
                        return false;
                    }

                    break;

                case IDeclarationExpressionOperation or IDeclarationPatternOperation or IRecursivePatternOperation:
                    if (variable.DeclaringSyntaxReferences is [var declaration, ..] && part.Syntax.Span.Contains(declaration.Span))
                        return false;

                    break;
            }
        }

        return true;
    }

    private static bool IsTextOf(IOperation assignment, SemanticModel model) =>
        assignment is ICompoundAssignmentOperation { OperatorMethod: null } || assignment is ISimpleAssignmentOperation { Value: var value } && IsText(value, model);
}
