namespace HotPath;

/// <summary>A string that a loop cuts shorter from its front, copying the rest each time. The one recognition behind the rule and its fix.</summary>
internal sealed class Consumption
{
    private Consumption(ISimpleAssignmentOperation assignment, ILoopOperation loop)
    {
        Assignment = assignment;
        Loop = loop;
    }

    /// <summary>The assignment that cuts.</summary>
    public ISimpleAssignmentOperation Assignment { get; }

    /// <summary>The loop whose progress it is.</summary>
    public ILoopOperation Loop { get; }

    /// <summary>All assignments of the loop that cut the same string, in the order of the source; the first one is reported.</summary>
    public ImmutableArray<ISimpleAssignmentOperation> Cuts { get; private set; } = [];

    /// <summary>What holds the string.</summary>
    public IOperation Place => Assignment.Target;

    /// <summary>Whether the loop only takes off what the string starts with, as <c>TrimStart</c> does: that is short, as a rule.</summary>
    public bool IsTrimming => Loop is IWhileLoopOperation { Condition: { } condition, ConditionIsUntil: false } && Prefixes.AreAskedFor(condition, operation => Places.AreSame(operation, Place));

    /// <summary>The consumption that an assignment is part of, or null.</summary>
    public static Consumption? Of(ISimpleAssignmentOperation assignment, AnalyzerOptions options)
    {
        if (!IsCut(assignment) || !Loops.MayRepeat(assignment) || Loops.Enclosing(assignment, options) is not { Operation: ILoopOperation statement } loop || !assignment.Binds())
            return null;

        var place = assignment.Target;
        if (place.Variable() is { } variable ? variable is not IFieldSymbol && StringAccumulation.IsDeclaredIn(variable, loop) : place is not IPropertyReferenceOperation || !Places.IsSteady(place, loop))
            return null;

        if (!IsProgress(statement, place) || IsShortConstant(place, assignment))
            return null;

        var cuts = ImmutableArray.CreateBuilder<ISimpleAssignmentOperation>();
        foreach (var part in statement.Descendants())
        {
            if (part is IAssignmentOperation other && Places.AreSame(other.Target, place))
            {
                if (other is ISimpleAssignmentOperation simple && IsCut(simple))
                    cuts.Add(simple);
                else if (!(other is ISimpleAssignmentOperation { Value: var value } && (value.ConstantValue.HasValue || TextRead.IsEmptyText(value) || IsHarmless(value, place))) && Flow.Repeats(other, statement))
                    return null;
            }
            else if (part is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var given } && Places.AreSame(given, place))
            {
                return null;
            }
        }

        return new(assignment, statement) { Cuts = cuts.ToImmutable() };
    }

    /// <summary>Whether the assignment gives the string without its beginning.</summary>
    public static bool IsCut(ISimpleAssignmentOperation assignment) =>
        assignment is { IsRef: false, Target: { Type.SpecialType: SpecialType.System_String } place } && place is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation && IsRest(assignment.Value, place);

    private static bool IsRest(IOperation value, IOperation place)
    {
        value = value.Unconverted();
        switch (value)
        {
            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, Name: var name }, Instance: { } instance } call:
                var isOwn = Places.AreSame(instance, place);
                return name switch
                {
                    // To the end: with a start, or with a start and all the rest.
                    "Substring" => isOwn && (call.Arguments.Length == 1 || call.Arguments.Length == 2 && IsRestLength(call, place)) && call.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: 0 },
                    "Remove" => isOwn && call.Arguments.Length == 2 && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: 0 },
                    "TrimStart" => isOwn || IsRest(instance, place),
                    "Trim" or "TrimEnd" => !isOwn && IsRest(instance, place),
                    _ => false,
                };

            case IImplicitIndexerReferenceOperation { Instance: { } sliced, Argument: var range } when Places.AreSame(sliced, place):
                return range.Unconverted() is IRangeOperation { LeftOperand: { } start, RightOperand: null or IConversionOperation { Operand: IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: 0 } } } } && start.Unconverted() is not IUnaryOperation;

            default:
                return false;
        }
    }

    /// <summary>Whether the second argument of Substring is what is left behind the first.</summary>
    private static bool IsRestLength(IInvocationOperation call, IOperation place) =>
        call.Arguments[1].Value.Unconverted() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: var left, RightOperand: var right }
        && left.Unconverted() is IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } && Places.AreSame(instance, place)
        && SyntaxFactory.AreEquivalent(right.Syntax, call.Arguments[0].Value.Syntax);

    /// <summary>Whether the value is the string with something done at its end, or as it was.</summary>
    private static bool IsHarmless(IOperation value, IOperation place) => value.Unconverted() is IInvocationOperation { TargetMethod: { Name: "Trim" or "TrimEnd", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } instance } && Places.AreSame(instance, place);

    /// <summary>Whether the loop goes on as long as the string says so.</summary>
    private static bool IsProgress(ILoopOperation loop, IOperation place)
    {
        var condition = loop switch
        {
            IWhileLoopOperation @while => @while.Condition,
            IForLoopOperation @for => @for.Condition,
            _ => null,
        };

        if (loop is IForEachLoopOperation)
            return false;

        if (condition is null || condition.ConstantValue.HasValue)
            return true;

        if (Mentions(condition, place))
            return true;

        // The condition asks a local that the loop computes from the string.
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part is ILocalReferenceOperation { Local: var local } && Aliasing.Uses(local, loop).Any(use => use.Kind == UseKind.Assigned && use.Context is { } assignment && Mentions(assignment, place)))
                return true;
        }

        return false;
    }

    private static bool Mentions(IOperation operation, IOperation place) => operation.DescendantsAndSelf().Any(part => Places.AreSame(part, place));

    /// <summary>Whether the string starts as a constant: it does not grow with any input.</summary>
    private static bool IsShortConstant(IOperation place, IOperation assignment)
    {
        const int few = 256;
        if (place.Variable() is not ILocalSymbol local || References.Declarator(local, assignment)?.GetVariableInitializer()?.Value.ConstantValue is not { HasValue: true, Value: string { Length: > 0 and <= few } })
            return false;

        return Aliasing.Uses(local, assignment.Root()).All(use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference) || use.Context is ISimpleAssignmentOperation simple && IsCut(simple));
    }
}
