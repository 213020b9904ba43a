namespace HotPath;

/// <summary>A membership question that lets a value into the list only when the list does not have it yet.</summary>
internal sealed class Deduplication
{
    private Deduplication(Membership scan, Loop loop, IConditionalOperation check, IInvocationOperation add, ImmutableArray<IOperation> between, bool isLastTest)
    {
        Scan = scan;
        Loop = loop;
        Check = check;
        Add = add;
        Between = between;
        IsLastTest = isLastTest;
    }

    /// <summary>The question.</summary>
    public Membership Scan { get; }

    /// <summary>The innermost loop that asks it.</summary>
    public Loop Loop { get; }

    /// <summary>The statement that decides.</summary>
    public IConditionalOperation Check { get; }

    /// <summary>The call that adds the value.</summary>
    public IInvocationOperation Add { get; }

    /// <summary>The statements that run after the question was answered with "no" and before the value is added.</summary>
    public ImmutableArray<IOperation> Between { get; }

    /// <summary>Whether nothing else is asked between the question and the value being added.</summary>
    public bool IsLastTest { get; }

    /// <summary>The de-duplication that the scan is part of, or null.</summary>
    public static Deduplication? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (!Membership.MayBe(call.TargetMethod.Name) || !Loops.MayRepeat(call) || Membership.Of(call) is not { IsOfValues: false } scan)
            return null;

        if (Decision(scan) is not var (check, isAbsentWhenTrue, isLastTest) || Adds(scan, check, isAbsentWhenTrue) is not var (add, between))
            return null;

        if (!scan.IsHashable || IsSmallDomain(scan.Element, options, call) || Loops.Enclosing(call, options) is not { } loop || !call.Binds())
            return null;

        if (IsKeptShort(scan, loop, options))
            return null;

        // The value must be the same when it is asked for and when it is added, and nothing else may change the list.
        return IsSteady(scan.Value, between) && Invariance.Holds(scan.Collection, loop.Lambda ?? loop.Operation, without: add)
            ? new(scan, loop, check, add, between, isLastTest)
            : null;
    }

    /// <summary>The <c>if</c> that the answer decides, which answer makes it true, and whether the question is the last thing asked.</summary>
    private static (IConditionalOperation Check, bool IsAbsentWhenTrue, bool IsLastTest)? Decision(Membership scan)
    {
        var isAbsentWhenTrue = scan.AsksForAbsence;
        var isLastTest = true;

        for (IOperation current = scan.Test; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null }:
                    isAbsentWhenTrue = !isAbsentWhenTrue;
                    break;

                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue: { HasValue: true, Value: false } }:
                    isAbsentWhenTrue = !isAbsentWhenTrue;
                    break;

                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when isAbsentWhenTrue:
                    isLastTest &= ReferenceEquals(both.RightOperand, current);
                    break;

                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !isAbsentWhenTrue:
                    isLastTest &= ReferenceEquals(either.RightOperand, current);
                    break;

                case IConditionalOperation { Syntax: IfStatementSyntax } check when ReferenceEquals(check.Condition, current):
                    return (check, isAbsentWhenTrue, isLastTest);

                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The call that adds the value where the answer is "no", and what runs before it.</summary>
    private static (IInvocationOperation Add, ImmutableArray<IOperation> Between)? Adds(Membership scan, IConditionalOperation check, bool isAbsentWhenTrue)
    {
        if (isAbsentWhenTrue)
            return First(scan, Statements(check.WhenTrue), 0);

        if (check.WhenFalse is { } otherwise && First(scan, Statements(otherwise), 0) is { } inElse)
            return inElse;

        // if (list.Contains(x)) continue; … list.Add(x);
        return Leaves(check.WhenTrue) && check.WhenFalse is null && check.Parent is IBlockOperation { Operations: var siblings } ? First(scan, siblings, siblings.IndexOf(check) + 1) : null;
    }

    private static (IInvocationOperation, ImmutableArray<IOperation>)? First(Membership scan, ImmutableArray<IOperation> statements, int start)
    {
        for (var i = start; i < statements.Length; i++)
        {
            if (statements[i] is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Add", IsStatic: false, Parameters.Length: 1 }, Instance: { } instance, Arguments: [{ Value: var added }] } add }
                && IsSame(instance, scan.Collection) && IsSame(added, scan.Value))
            {
                return (add, ImmutableArray.Create(statements, start, i - start));
            }
        }

        return null;
    }

    private static bool IsSame(IOperation one, IOperation other)
    {
        one = one.Unconverted();
        other = other.Unconverted();
        return one.Variable() is { } variable
            ? SymbolEqualityComparer.Default.Equals(variable, other.Variable())
            : SyntaxFactory.AreEquivalent(one.Syntax, other.Syntax, topLevel: false);
    }

    private static ImmutableArray<IOperation> Statements(IOperation branch) => branch is IBlockOperation { Operations: var operations } ? operations : [branch];

    private static bool Leaves(IOperation branch) => Statements(branch) is [.., IBranchOperation or IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak } or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation }];

    /// <summary>Whether the value is the same each time it is computed until it is added.</summary>
    private static bool IsSteady(IOperation value, ImmutableArray<IOperation> between)
    {
        if (!value.ConstantValue.HasValue && value.Unconverted() is not (ILocalReferenceOperation or IParameterReferenceOperation) && !Effects.Of(value).AreReadOnly)
            return false;

        foreach (var part in value.DescendantsAndSelf())
        {
            if (part.Variable() is not { } variable || part is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation))
                continue;

            foreach (var statement in between)
            {
                if (Aliasing.ChangeIn(variable, statement) == Change.Certain)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the loop ends before the list gets long: <c>while (drawn.Count &lt; 6)</c>.</summary>
    private static bool IsKeptShort(Membership scan, Loop loop, AnalyzerOptions options)
    {
        if (loop.Operation is not IWhileLoopOperation { Condition: { } condition } || scan.Collection.Variable() is not { } variable)
            return false;

        foreach (var part in KeyedScan.Conjuncts(condition))
        {
            if (part is not IBinaryOperation { OperatorMethod: null } comparison)
                continue;

            var isLeft = comparison.RightOperand.ConstantValue.HasValue;
            var kind = isLeft ? comparison.OperatorKind : comparison.OperatorKind.Turned();
            if (kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.NotEquals
                && (isLeft ? comparison.RightOperand : comparison.LeftOperand).ConstantValue is { HasValue: true, Value: int most } && most <= scan.Few(options, DeduplicateByScanAnalyzer.Id)
                && (isLeft ? comparison.LeftOperand : comparison.RightOperand).Unconverted() is IPropertyReferenceOperation { Property.Name: "Count", Instance: { } counted } && SymbolEqualityComparer.Default.Equals(counted.Variable(), variable))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there are so few different values that the list stays short.</summary>
    private static bool IsSmallDomain(ITypeSymbol element, AnalyzerOptions options, IOperation at) =>
        element.SpecialType == SpecialType.System_Boolean
        || element.TypeKind == TypeKind.Enum && element.GetMembers().Count(static member => member is IFieldSymbol { HasConstantValue: true }) <= Options.SmallLoop.Read(options, at.Syntax.SyntaxTree, DeduplicateByScanAnalyzer.Id);
}
