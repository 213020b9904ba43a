namespace HotPath;

/// <summary>How an assignment makes a string longer.</summary>
internal enum GrowthKind
{
    /// <summary>The old text comes first, the pieces behind it.</summary>
    Append,

    /// <summary>The old text comes last, in the middle, or more than once.</summary>
    Elsewhere,

    /// <summary>The pieces alone, where a condition says that there is no text yet.</summary>
    Start,

    /// <summary>The pieces alone or behind the old text, as a condition says.</summary>
    Conditional,
}

/// <summary>An assignment that copies a string into a longer one.</summary>
internal sealed class Growth(IAssignmentOperation assignment, GrowthKind kind, ImmutableArray<IOperation> pieces, ImmutableArray<IOperation> own)
{
    /// <summary>The assignment.</summary>
    public IAssignmentOperation Assignment { get; } = assignment;

    /// <summary>Where the pieces go.</summary>
    public GrowthKind Kind { get; } = kind;

    /// <summary>What is put to the old text, from left to right.</summary>
    public ImmutableArray<IOperation> Pieces { get; } = pieces;

    /// <summary>The references to the old text that the growth itself makes.</summary>
    public ImmutableArray<IOperation> Own { get; } = own;

    /// <summary>What an assignment puts to its target, or null when its value does not hold the old text.</summary>
    public static Growth? Of(IAssignmentOperation assignment)
    {
        if (assignment.Target.Type is not { SpecialType: SpecialType.System_String })
            return null;

        switch (assignment)
        {
            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null } compound:
                var pieces = PiecesOf(compound.Value);
                var again = Places.Same(pieces, compound.Target);
                return new(assignment, again.IsEmpty ? GrowthKind.Append : GrowthKind.Elsewhere, pieces, again);

            case ISimpleAssignmentOperation { IsRef: false } simple:
                return Of(assignment, simple.Value);

            default:
                return null;
        }
    }

    /// <summary>A first assignment in place of an append.</summary>
    public static Growth Starting(IAssignmentOperation assignment) =>
        new(assignment, GrowthKind.Start, assignment is ISimpleAssignmentOperation simple ? PiecesOf(simple.Value) : [], []);

    /// <summary>The operands of a concatenation of strings from left to right; sums of numbers within it stay together.</summary>
    public static ImmutableArray<IOperation> PiecesOf(IOperation value)
    {
        value = Implicit(value);
        if (!IsConcatenation(value))
            return [value];

        // The left spine may be thousands of operands deep.
        var pieces = ImmutableArray.CreateBuilder<IOperation>();
        var open = new Stack<IOperation>();
        open.Push(value);
        while (open.Count > 0)
        {
            var next = Implicit(open.Pop());
            if (IsConcatenation(next))
            {
                var binary = (IBinaryOperation)next;
                open.Push(binary.RightOperand);
                open.Push(binary.LeftOperand);
            }
            else
            {
                pieces.Add(next);
            }
        }

        return pieces.ToImmutable();
    }

    /// <summary>Whether the operation puts two strings together at run time.</summary>
    public static bool IsConcatenation(IOperation operation) =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false };

    private static Growth? Of(IAssignmentOperation assignment, IOperation value)
    {
        var place = assignment.Target;
        value = Implicit(value);

        switch (value)
        {
            case IBinaryOperation when IsConcatenation(value):
                return Of(assignment, PiecesOf(value));

            case IInterpolatedStringOperation interpolated:
                var parts = ImmutableArray.CreateBuilder<IOperation>();
                foreach (var part in interpolated.Parts)
                    parts.Add(part is IInterpolationOperation { Alignment: null, FormatString: null } hole ? Implicit(hole.Expression) : part);

                return Of(assignment, parts.ToImmutable());

            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: var name } } call:
                return name switch
                {
                    "Concat" => Of(assignment, Arguments(call)),
                    "Format" => Formatted(assignment, call),
                    "Join" => Places.Same(Arguments(call), place) is { IsEmpty: false } own ? new(assignment, GrowthKind.Elsewhere, [], own) : null,
                    "Insert" when call.Instance is { } instance && Places.AreSame(instance, place) => new(assignment, GrowthKind.Elsewhere, [], [Implicit(instance)]),
                    _ => null,
                };

            case IConditionalOperation { WhenTrue: { } whenTrue, WhenFalse: { } whenFalse }:
                if (Of(assignment, whenFalse) is { Kind: GrowthKind.Append } rest && Mentions(whenTrue, place) is false)
                    return new(assignment, GrowthKind.Conditional, rest.Pieces, rest.Own);

                return Of(assignment, whenTrue) is { Kind: GrowthKind.Append } other && Mentions(whenFalse, place) is false
                    ? new(assignment, GrowthKind.Conditional, other.Pieces, other.Own)
                    : null;

            default:
                return null;
        }
    }

    private static Growth? Of(IAssignmentOperation assignment, ImmutableArray<IOperation> pieces)
    {
        var own = Places.Same(pieces, assignment.Target);
        if (own.IsEmpty)
            return null;

        return Places.IsOldText(pieces[0], assignment.Target, out _) && own.Length == 1
            ? new(assignment, GrowthKind.Append, pieces.RemoveAt(0), own)
            : new(assignment, GrowthKind.Elsewhere, pieces, own);
    }

    /// <summary><c>string.Format</c> with a constant format that shows the old text.</summary>
    private static Growth? Formatted(IAssignmentOperation assignment, IInvocationOperation call)
    {
        string? format = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == "format" && argument.Value.ConstantValue is { HasValue: true, Value: string text })
                format = text;
        }

        if (format is null)
            return null;

        var values = Arguments(call, static parameter => parameter.Name is not ("format" or "provider"));
        for (var i = 0; i < values.Length; i++)
        {
            if (Places.IsOldText(values[i], assignment.Target, out var own) && format.Contains("{" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)))
                return new(assignment, GrowthKind.Elsewhere, [], [own!]);
        }

        return null;
    }

    /// <summary>The values given to a call, those of a <c>params</c> array one by one.</summary>
    private static ImmutableArray<IOperation> Arguments(IInvocationOperation call, Func<IParameterSymbol, bool>? only = null)
    {
        var values = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var argument in call.Arguments)
        {
            if (only is not null && !(argument.Parameter is { } parameter && only(parameter)))
                continue;

            switch (argument.Value.Unconverted())
            {
                case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                    foreach (var element in elements)
                        values.Add(Implicit(element));

                    break;

                case ICollectionExpressionOperation { Elements: var elements }:
                    foreach (var element in elements)
                        values.Add(Implicit(element));

                    break;

                default:
                    values.Add(Implicit(argument.Value));
                    break;
            }
        }

        return values.ToImmutable();
    }

    private static bool Mentions(IOperation operation, IOperation place)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (Places.AreSame(part, place))
                return true;
        }

        return false;
    }

    /// <summary>The operation without the conversions that concatenation puts around its operands.</summary>
    internal static IOperation Implicit(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, OperatorMethod: null, Operand: var operand })
            operation = operand;

        return operation;
    }
}
