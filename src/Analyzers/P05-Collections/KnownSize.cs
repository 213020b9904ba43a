namespace HotPath;

/// <summary>New collections that a loop fills, one element per iteration, and the number of iterations, which is known where they are made.</summary>
internal sealed class KnownSize
{
    // An iteration that throws would have needed less: that must not be a reason to ask for all memory there is.
    private const int MostByConstant = 1_000_000;

    private KnownSize(ImmutableArray<Fill> fills, string capacity)
    {
        Fills = fills;
        Capacity = capacity;
    }

    /// <summary>What is filled.</summary>
    public ImmutableArray<Fill> Fills { get; }

    /// <summary>The number of elements, as it is written in the source.</summary>
    public string Capacity { get; }

    /// <summary>What a loop fills without any other rule saying how it is done at once, or null.</summary>
    public static KnownSize? Of(IOperation loop, AnalyzerOptions options) =>
        OfAny(loop, options) is { } known && ElementwiseCopy.Of(loop, options) is null && Projection.Of(loop, options) is null ? known : null;

    /// <summary>What a loop fills, whatever else may be said about it, or null.</summary>
    public static KnownSize? OfAny(IOperation loop, AnalyzerOptions options)
    {
        var fills = Fill.Of(loop, options, UnsizedCollectionAnalyzer.Id);
        if (fills.IsEmpty || CapacityOf(fills[0].Loop) is not { } capacity)
            return null;

        fills = fills.RemoveAll(static fill => fill.Fresh is not { HasCapacity: false } fresh || !HasConstructor(fresh) || !IsKnown(fill, fresh) && !CanMove(fill) || fill.IsCapacityUsed);
        return fills.IsEmpty ? null : new(fills, capacity);
    }

    /// <summary>Whether the number is known where the collection is made; if not, the collection has to be made where the loop begins.</summary>
    public static bool IsKnown(Fill fill, FreshCollection fresh)
    {
        var (source, bound) = (fill.Loop.Source, fill.Loop.Bound);
        foreach (var part in (source ?? bound!).DescendantsAndSelf())
        {
            if (part.Variable() is ILocalSymbol local && !local.DeclaringSyntaxReferences.Any(reference => reference.Span.Start < fresh.Creation.Syntax.SpanStart))
                return false;
        }

        foreach (var between in fresh.Between)
        {
            if (!Invariance.Holds(source ?? bound!, between))
                return false;
        }

        // A variable that was there before would keep what it had, were there no collection to count.
        return fresh is { IsNext: true, Statement: IVariableDeclarationGroupOperation } || source is null || source.Type is { IsValueType: true, Name: not "ImmutableArray" }
            || source.Variable() is not null && Nullness.IsNeverNullBefore(source, fresh.Statement.Syntax);
    }

    /// <summary>Whether the collection can as well be made right before the loop.</summary>
    public static bool CanMove(Fill fill) =>
        fill is { Target: ILocalReferenceOperation { Local: var local }, Fresh: { IsBeside: true, Statement: IVariableDeclarationGroupOperation { Syntax: LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration } } }
        && declaration.Parent is BlockSyntax or GlobalStatementSyntax
        && !HasCommentOrDirective(declaration)
        && Aliasing.Uses(local, fill.Target.Root()).All(use => ReferenceEquals(use.Reference.Function(), fill.Target.Function()) || use.Reference.Function() is IAnonymousFunctionOperation)
        && !fill.Target.Function().Syntax.DescendantNodes().Any(static node => node is LabeledStatementSyntax);

    private static bool HasCommentOrDirective(SyntaxNode node)
    {
        foreach (var trivia in node.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective)
                return true;
        }

        return false;
    }

    /// <summary>The number of iterations in the source, or null where asking for it costs, may fail, or may give a negative number.</summary>
    private static string? CapacityOf(CountedLoop loop)
    {
        if (loop.Source is { } source)
        {
            if (!Fill.IsPlain(source) || source.SemanticModel is not { Compilation: var compilation } model || !OwnCollections.CountIsQuiet(source.Type!, compilation) || source.Syntax is not ExpressionSyntax expression || IsPromised(source) || model.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.MaybeNull)
                return null;

            return $"{expression}.{CountedLoop.CountMember(source.Type)}";
        }

        var bound = loop.Bound!;
        if (bound.ConstantValue is { HasValue: true, Value: var constant })
            return constant is int and > 0 and <= MostByConstant ? bound.Syntax.ToString() : null;

        return bound.Variable() is ILocalSymbol or IParameterSymbol && IsNotNegative(bound, loop.Operation.Syntax, depth: 0) ? bound.Syntax.ToString() : null;
    }

    /// <summary>Whether somebody had to promise that there is an object on the way.</summary>
    private static bool IsPromised(IOperation source)
    {
        foreach (var part in source.DescendantsAndSelf())
        {
            if (Nullness.IsOnlyPromised(part.Syntax))
                return true;
        }

        return false;
    }

    /// <summary>Whether the number is at least zero right before the statement, and stays what it is.</summary>
    private static bool IsNotNegative(IOperation number, SyntaxNode at, int depth)
    {
        switch (number.Unconverted())
        {
            case { ConstantValue: { HasValue: true, Value: int value } }:
                return value >= 0;

            case IConversionOperation { Operand.Type.SpecialType: SpecialType.System_Byte or SpecialType.System_UInt16 or SpecialType.System_Char }:
                return true;

            case IPropertyReferenceOperation { Property: { Name: "Length" or "Count", ContainingType: var type } }:
                return type.IsFromSystem();

            case IInvocationOperation { TargetMethod: { Name: "Count", ContainingType: { Name: "Enumerable" } type } }:
                return type.IsFromSystem();

            case IInvocationOperation { TargetMethod: { Name: "Max", ContainingType: { Name: "Math" } type }, Arguments: var arguments }:
                return type.IsFromSystem() && arguments.Any(argument => IsNotNegative(argument.Value, at, depth));

            case IInvocationOperation { TargetMethod: { Name: "Min", ContainingType: { Name: "Math" } type }, Arguments: var arguments }:
                return type.IsFromSystem() && arguments.All(argument => IsNotNegative(argument.Value, at, depth));

            case ILocalReferenceOperation { Local: var local } reference when depth < 4 && Origins.Only(local, reference) is { } origin:
                return IsNotNegative(origin, at, depth + 1) || IsGuarded(local, reference, at);

            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } reference:
                return Aliasing.Uses(parameter, reference.Root()).All(static use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference)) && IsGuarded(parameter, reference, at);

            default:
                return false;
        }
    }

    /// <summary>Whether every way to the statement turns back when the number is negative.</summary>
    private static bool IsGuarded(ISymbol number, IOperation reference, SyntaxNode at)
    {
        var model = reference.SemanticModel!;
        for (var node = at; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case BlockSyntax:
                    foreach (var statement in parent.ChildNodes())
                    {
                        if (statement == node)
                            break;

                        if (statement is StatementSyntax && model.GetOperation(statement) is { } earlier && TurnsBack(earlier, number))
                            return true;
                    }

                    break;

                case IfStatementSyntax @if when node == @if.Statement && model.GetOperation(@if.Condition) is { } condition && Says(condition, number, isNegative: false):
                    return true;

                case LabeledStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return false;
            }
        }

        return false;
    }

    private static bool TurnsBack(IOperation statement, ISymbol number) => statement switch
    {
        IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "ThrowIfNegative" or "ThrowIfNegativeOrZero", ContainingType: var type }, Arguments: [{ Value: var argument }, ..] } } =>
            type.IsFromSystem() && Aliasing.Refers(argument.Unconverted(), number),
        IConditionalOperation { Condition: var condition, WhenTrue: var then } => Leaves(then) && Says(condition, number, isNegative: true),
        _ => false,
    };

    /// <summary>Whether the condition is true for all negative numbers, or for none.</summary>
    private static bool Says(IOperation condition, ISymbol number, bool isNegative) => condition.Unconverted() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when isNegative => Says(either.LeftOperand, number, true) || Says(either.RightOperand, number, true),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when !isNegative => Says(both.LeftOperand, number, false) || Says(both.RightOperand, number, false),
        IBinaryOperation { OperatorKind: var kind, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: int limit } } when Aliasing.Refers(left.Unconverted(), number) => (isNegative, kind) switch
        {
            (true, BinaryOperatorKind.LessThan) => limit >= 0,
            (true, BinaryOperatorKind.LessThanOrEqual) => limit >= -1,
            (false, BinaryOperatorKind.GreaterThan) => limit >= -1,
            (false, BinaryOperatorKind.GreaterThanOrEqual) => limit >= 0,
            _ => false,
        },
        _ => false,
    };

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    /// <summary>Whether the collection can be made with a capacity: sets only in newer frameworks.</summary>
    private static bool HasConstructor(FreshCollection fresh)
    {
        var arguments = fresh.Creation is IObjectCreationOperation creation ? creation.Arguments.Length : 0;
        foreach (var constructor in fresh.Type.InstanceConstructors)
        {
            if (constructor is { DeclaredAccessibility: Accessibility.Public, Parameters: [{ Type.SpecialType: SpecialType.System_Int32 }, ..] } && constructor.Parameters.Length == arguments + 1)
                return true;
        }

        return false;
    }
}
