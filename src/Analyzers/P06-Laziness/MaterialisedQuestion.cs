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
    private MaterialisedQuestion(IInvocationOperation copy, IOperation whole, CopyQuestion question)
    {
        Copy = copy;
        Whole = whole;
        Question = question;
    }

    /// <summary>The call of <c>ToList</c> or <c>ToArray</c>.</summary>
    public IInvocationOperation Copy { get; }

    /// <summary>The copy and the question.</summary>
    public IOperation Whole { get; }

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

        if (Asked(copy) is not var (whole, question) || copy.IsInExpressionTree() || Loops.IsCold(copy) || Sizes.Most(sequence) <= Options.SmallLoop.Read(options, copy.Syntax.SyntaxTree) || !whole.Binds())
            return null;

        return new(copy, whole, question) { Sequence = sequence };
    }

    private static (IOperation Whole, CopyQuestion Question)? Asked(IInvocationOperation copy)
    {
        switch (copy.Consumer(out var value))
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
}
