namespace HotPath;

/// <summary>What is asked of a copy.</summary>
internal enum CopyQuestion
{
    /// <summary>How many elements there are.</summary>
    Count,

    /// <summary>Whether there is one.</summary>
    Any,

    /// <summary>Whether there is none.</summary>
    None,

    /// <summary>The first element, by its index.</summary>
    FirstByIndex,

    /// <summary>What a query operator of the same name answers without the copy.</summary>
    Operator,
}

/// <summary>A list or array of all elements that is made to ask one thing of it. The one recognition behind the rule and its fix.</summary>
internal sealed class MaterialisedQuestion
{
    private MaterialisedQuestion(IInvocationOperation copy, IOperation asked, IOperation whole, CopyQuestion question)
    {
        Copy = copy;
        Asked = asked;
        Whole = whole;
        Question = question;
    }

    /// <summary>The call of <c>ToList</c> or <c>ToArray</c>.</summary>
    public IInvocationOperation Copy { get; }

    /// <summary>What is asked: the copy, or the local that holds it.</summary>
    public IOperation Asked { get; }

    /// <summary>What is asked and the question.</summary>
    public IOperation Whole { get; }

    /// <summary>The declaration of a local that holds the copy for nothing but the question, or null.</summary>
    public IVariableDeclaratorOperation? Declarator { get; private set; }

    /// <summary>Whether nothing at all runs between the copy and the question; true where there is no local.</summary>
    public bool IsAtOnce { get; private set; } = true;

    /// <summary>What is reported: the copy with the question, or the copy alone where the question stands elsewhere.</summary>
    public IOperation Reported => Declarator is null ? Whole : Copy;

    /// <summary>What is asked.</summary>
    public CopyQuestion Question { get; }

    /// <summary>The sequence that is copied.</summary>
    public IOperation Sequence { get; private set; } = null!;

    /// <summary>The question that a copy is made for, or null.</summary>
    public static MaterialisedQuestion? Of(IInvocationOperation copy, AnalyzerOptions options)
    {
        var method = copy.TargetMethod;
        if (method.Name is not ("ToList" or "ToArray") || method.ContainingType.Name != "Enumerable" || !method.ContainingType.IsFromSystem() || copy.ArgumentOf(0)?.Unconverted() is not { } sequence)
            return null;

        while (sequence is ITranslatedQueryOperation { Operation: var query })
            sequence = query.Unconverted();

        // A copy of a list, an array or a string is the business of another rule; what a provider runs, that of the database.
        if (!Queries.IsSequence(sequence.Type) || Queries.IsProvided(sequence))
            return null;

        var declarator = copy.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared } ? declared : null;
        var asked = declarator is null ? copy : SingleUse.Of(declarator);

        if (asked is null || QuestionOf(asked) is not var (whole, question) || copy.IsInExpressionTree() || Loops.IsCold(copy) || Sizes.Most(sequence) <= Options.SmallLoop.Read(options, copy.Syntax.SyntaxTree) || !copy.Binds() || !whole.Binds())
            return null;

        var isAtOnce = declarator is null || IsNext(declarator, asked, sequence);
        if (!isAtOnce && !IsSteady(declarator!, asked, static (sequence, region) => Snapshots.IsNeedless(sequence, region) || IsQuiet(region, sequence), sequence))
            return null;

        return new(copy, asked, whole, question) { Sequence = sequence, Declarator = declarator, IsAtOnce = isAtOnce };
    }

    /// <summary>Whether the sequence is sure to give when the question is asked what the copy got from it.</summary>
    public bool CanWait => IsAtOnce || IsSteady(Declarator!, Asked, Snapshots.IsNeedless, Sequence);

    private static (IOperation Whole, CopyQuestion Question)? QuestionOf(IOperation asked)
    {
        switch (asked.Consumer(out var value))
        {
            case IPropertyReferenceOperation { Property: { Name: "Count" or "Length", IsIndexer: false } } count when ReferenceEquals(count.Instance, value):
                return Compared(count) ?? (count, CopyQuestion.Count);

            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: 0 } }] } first when ReferenceEquals(first.Instance, value):
                return IsWritten(first) ? null : (first, CopyQuestion.FirstByIndex);

            case IArrayElementReferenceOperation { Indices: [{ ConstantValue: { HasValue: true, Value: 0 } }] } first when ReferenceEquals(first.ArrayReference, value):
                return IsWritten(first) ? null : (first, CopyQuestion.FirstByIndex);

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type, Name: var name } } call } when type.IsFromSystem():
                return name switch
                {
                    "Count" when call.Arguments.Length == 1 => Compared(call) ?? (call, CopyQuestion.Count),
                    "Any" when call.Arguments.Length == 1 => (call, CopyQuestion.Any),
                    "First" or "FirstOrDefault" or "Any" or "All" or "Single" or "SingleOrDefault" => (call, CopyQuestion.Operator),
                    _ => null,
                };

            default:
                return null;
        }
    }

    /// <summary>The comparison that asks of a count only if it is zero.</summary>
    public static (IOperation Whole, CopyQuestion Question)? Compared(IOperation count)
    {
        if (count.Consumer(out var value) is not IBinaryOperation { LeftOperand: var left, RightOperand: var right, OperatorKind: var kind } comparison)
            return null;

        var isLeft = left == value;
        if ((isLeft ? right : left).ConstantValue is not { HasValue: true, Value: int number })
            return null;

        if (!isLeft)
            kind = kind.Turned();

        return (kind, number) switch
        {
            (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, 0) or (BinaryOperatorKind.GreaterThanOrEqual, 1) => (comparison, CopyQuestion.Any),
            (BinaryOperatorKind.Equals or BinaryOperatorKind.LessThanOrEqual, 0) or (BinaryOperatorKind.LessThan, 1) => (comparison, CopyQuestion.None),
            _ => null,
        };
    }

    private static bool IsWritten(IOperation element) => Aliasing.Classify(element).Kind is UseKind.Assigned or UseKind.PassedByReference or UseKind.MemberWritten;

    /// <summary>Whether the question is what the statement behind the declaration does first, whatever happens.</summary>
    private static bool IsNext(IVariableDeclaratorOperation declarator, IOperation asked, IOperation sequence)
    {
        var statement = SingleUse.Between(declarator, asked).FirstOrDefault();
        if (statement is null || !statement.Syntax.Span.Contains(asked.Syntax.Span) || !IsAlone(declarator))
            return false;

        var isReadOnly = Queries.IsReadOnly(sequence);
        for (var current = asked; !ReferenceEquals(current, statement); current = current.Parent!)
        {
            switch (current.Parent)
            {
                case null or IBlockOperation or ILoopOperation or ITryOperation or ISwitchExpressionArmOperation:
                case IConditionalOperation choice when !ReferenceEquals(choice.Condition, current):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, RightOperand: var right } when ReferenceEquals(right, current):
                case ICoalesceOperation { WhenNull: var instead } when ReferenceEquals(instead, current):
                case IConditionalAccessOperation { WhenNotNull: var rest } when ReferenceEquals(rest, current):
                    return false;
            }

            foreach (var before in current.Parent.ChildOperations)
            {
                if (ReferenceEquals(before, current))
                    break;

                // What the lambdas of the query change is read before they run.
                if (!(before.ConstantValue.HasValue || before is IInstanceReferenceOperation or IInterpolatedStringTextOperation || current.Parent is ISimpleAssignmentOperation && before.Variable() is not null || isReadOnly && Queries.IsTotal(before is IArgumentOperation { Value: var given } ? given : before)))
                    return false;
            }
        }

        return true;
    }

    private static bool IsAlone(IVariableDeclaratorOperation declarator) => declarator.Parent is IVariableDeclarationOperation { Declarators.Length: 1, Parent: IVariableDeclarationGroupOperation { Declarations.Length: 1 } };

    /// <summary>Whether all that runs between the declaration and the question leaves the sequence alone.</summary>
    private static bool IsSteady(IVariableDeclaratorOperation declarator, IOperation asked, Func<IOperation, IOperation, bool> leavesAlone, IOperation sequence)
    {
        if (!IsAlone(declarator))
            return false;

        foreach (var statement in SingleUse.Between(declarator, asked))
        {
            var region = statement switch
            {
                IConditionalOperation { Condition: var condition } when condition.Syntax.Span.Contains(asked.Syntax.Span) => condition,
                ISwitchOperation { Value: var value } when value.Syntax.Span.Contains(asked.Syntax.Span) => value,
                IForEachLoopOperation { Collection: var collection } when collection.Syntax.Span.Contains(asked.Syntax.Span) => collection,
                _ => statement,
            };

            if (statement is IUsingDeclarationOperation or ILabeledOperation || !leavesAlone(sequence, region))
                return false;
        }

        return true;
    }

    /// <summary>Whether the code does nothing that could reach the sources of a sequence from elsewhere: it computes, sets locals and writes to the console.</summary>
    private static bool IsQuiet(IOperation region, IOperation sequence)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            if (part is IAwaitOperation or ILockOperation or IUsingOperation or IUsingDeclarationOperation or IReturnOperation { Kind: OperationKind.YieldReturn })
                return false;
        }

        var effects = Effects.Of(region);
        return (effects.Kinds & (Effect.Unknown | Effect.WritesState)) == 0 && effects.Mutated.Count == 0
            && effects.Written.All(symbol => symbol is ILocalSymbol && Aliasing.Uses(symbol, sequence.Root()).All(use => !sequence.Syntax.Span.Contains(use.Reference.Syntax.Span) && ReferenceEquals(use.Reference.Function(), sequence.Function())));
    }
}
