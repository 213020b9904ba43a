using System.Globalization;
using System.Text;

namespace HotPath;

/// <summary>A text that may have holes: where each of them is, and what fills it.</summary>
internal sealed class SplicedText
{
    private const int Deepest = 8;
    private const int MostFragments = 32;

    private readonly StringBuilder sql = new();
    private readonly List<Hole> holes = [];
    private readonly List<IOperation> fragments;
    private readonly IOperation place;

    private SplicedText(IOperation written, IOperation place, List<IOperation> fragments)
    {
        Written = written;
        this.place = place;
        this.fragments = fragments;
        Append(written, 0);
    }

    /// <summary>What fills a hole.</summary>
    /// <param name="Position">Where the hole is in the text.</param>
    /// <param name="Value">What is written there.</param>
    /// <param name="IsFormatted">Whether it is written there by a format, or otherwise than it converts to a text by itself.</param>
    internal readonly record struct Hole(int Position, IOperation Value, bool IsFormatted);

    /// <summary>The expression that gives the text.</summary>
    public IOperation Written { get; }

    /// <summary>The text with <see cref="SqlTokens.Hole"/> in each hole.</summary>
    public string Sql => sql.ToString();

    /// <summary>The holes from left to right.</summary>
    public IReadOnlyList<Hole> Holes => holes;

    /// <summary>Whether the text is put together by one expression: no builder, no texts of other variables.</summary>
    public bool IsOneExpression { get; private set; } = true;

    /// <summary>The text, and behind it the parts that are added to it, or stand in it, under a condition.</summary>
    public static List<SplicedText> Of(IOperation text)
    {
        var fragments = new List<IOperation> { text };
        var texts = new List<SplicedText>();
        for (var i = 0; i < fragments.Count && i < MostFragments; i++)
            texts.Add(new(Origin(fragments[i]), fragments[i], fragments));

        return texts;
    }

    /// <summary>Where a text is put together: behind the locals and readonly fields that hold it.</summary>
    private static IOperation Origin(IOperation text)
    {
        text = text.Unconverted();
        for (var depth = 0; depth < 4 && text.Variable() is ILocalSymbol or IFieldSymbol && Origins.Only(text.Variable()!, text) is { } origin; depth++)
            text = origin.Unconverted();

        return text;
    }

    private void Append(IOperation text, int depth)
    {
        text = text.Unconverted();
        if (AppendConstant(text))
            return;

        switch (text)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, Type.SpecialType: SpecialType.System_String } sum:
                var operands = new Stack<IOperation>();
                IOperation left = sum;
                while (left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, Type.SpecialType: SpecialType.System_String } inner && !inner.ConstantValue.HasValue)
                {
                    operands.Push(inner.RightOperand);
                    left = inner.LeftOperand.Unconverted();
                }

                Append(left, depth + 1);
                while (operands.Count > 0)
                    Append(operands.Pop(), depth + 1);

                return;

            case IInterpolatedStringOperation interpolated:
                foreach (var part in interpolated.Parts)
                {
                    if (part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string constant } })
                        sql.Append(constant);
                    else if (part is IInterpolationOperation { Expression: var expression, FormatString: var format, Alignment: var alignment })
                        AppendFormatted(expression, format is not null || alignment is not null, depth);
                    else if (part is IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [{ Value: var value }, ..] given } })
                        AppendFormatted(value, given.Count(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue) > 1, depth);
                }

                return;

            // What a builder is given piece by piece.
            case IInterpolatedStringHandlerCreationOperation { Content: IInterpolatedStringOperation content }:
                Append(content, depth + 1);
                return;

            case IInvocationOperation { TargetMethod: { Name: "Format", ContainingType.SpecialType: SpecialType.System_String } } format when AppendFormat(format.Arguments, depth):
            case IInvocationOperation { TargetMethod: { Name: "Concat", ContainingType.SpecialType: SpecialType.System_String } } concatenation when AppendAll(concatenation.Arguments, depth):
            case IInvocationOperation { TargetMethod.Name: "ToString", Instance: { Type: var type } builder, Arguments.IsEmpty: true } when type.Is("System.Text", "StringBuilder") && AppendBuilder(builder, depth):
                return;

            case IInvocationOperation { TargetMethod.Name: "ToString", Instance: { Type: { } type } instance } call when type.SpecialType != SpecialType.System_String && !type.Is("System.Text", "StringBuilder"):
                AppendFormatted(instance, !call.Arguments.IsEmpty, depth);
                return;
        }

        if (depth < Deepest && text.Type?.SpecialType == SpecialType.System_String)
        {
            // A part that is put together elsewhere; a text that comes from elsewhere is a value as it is named here.
            if (text.Variable() is ILocalSymbol or IFieldSymbol && Origins.Only(text.Variable()!, text) is { } origin && (IsComposed(Origin(origin)) || Origin(origin).ConstantValue.HasValue))
            {
                IsOneExpression &= Origin(origin).ConstantValue.HasValue;
                Append(Origin(origin), depth + 1);
                return;
            }

            if (Choices(text) is { } choices)
            {
                if (choices.TrueForAll(static choice => choice.ConstantValue.HasValue))
                {
                    AppendConstant(choices[0]);
                    return;
                }

                fragments.AddRange(choices);
            }
        }

        AppendHole(text, isFormatted: false);
    }

    /// <summary>A literal, or a variable that only ever holds one.</summary>
    private bool AppendConstant(IOperation value)
    {
        var origin = value.ConstantValue.HasValue ? value : Origin(value);
        if (origin is IConversionOperation { Operand: var operand } && !origin.ConstantValue.HasValue)
            origin = operand;

        if (!origin.ConstantValue.HasValue)
            return false;

        sql.Append(Convert.ToString(origin.ConstantValue.Value, CultureInfo.InvariantCulture));
        return true;
    }

    private void AppendFormatted(IOperation value, bool isFormatted, int depth)
    {
        if (isFormatted && !value.ConstantValue.HasValue)
            AppendHole(value.Unconverted(), isFormatted: true);
        else
            Append(value, depth + 1);
    }

    private void AppendHole(IOperation value, bool isFormatted)
    {
        holes.Add(new(sql.Length, value, isFormatted));
        sql.Append(SqlTokens.Hole);
    }

    private static bool IsComposed(IOperation text) => text switch
    {
        IInterpolatedStringOperation => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } => true,
        IInvocationOperation { TargetMethod: { Name: "Format" or "Concat", ContainingType.SpecialType: SpecialType.System_String } } => true,
        IInvocationOperation { TargetMethod.Name: "ToString", Instance.Type: var type } => type.Is("System.Text", "StringBuilder"),
        _ => Choices(text) is not null,
    };

    /// <summary>The values that a condition chooses from, or that a variable is given one after the other.</summary>
    private static List<IOperation>? Choices(IOperation text)
    {
        switch (text)
        {
            case IConditionalOperation { WhenTrue: var whenTrue, WhenFalse: { } whenFalse }:
                return [whenTrue.Unconverted(), whenFalse.Unconverted()];

            case ISwitchExpressionOperation { Arms: { IsEmpty: false } arms }:
                var values = arms.Select(static arm => arm.Value.Unconverted()).Where(static value => value is not IThrowOperation).ToList();
                return values.Count > 0 ? values : null;

            case ICoalesceOperation { Value: var value, WhenNull: var whenNull }:
                return [value.Unconverted(), whenNull.Unconverted()];

            case ILocalReferenceOperation { Local: var local } reference:
                var given = new List<IOperation>();
                if (References.Declarator(local, reference)?.GetVariableInitializer()?.Value is { } initial)
                    given.Add(initial.Unconverted());

                foreach (var use in Aliasing.Uses(local, reference.Root()))
                {
                    switch (use)
                    {
                        case { Kind: UseKind.Assigned, Context: ICompoundAssignmentOperation { Value: var added } }:
                            given.Add(added.Unconverted());
                            break;

                        // s = s + …
                        case { Kind: UseKind.Assigned, Context: ISimpleAssignmentOperation { IsRef: false, Value: var assigned } }:
                            given.Add(assigned.Unconverted());
                            break;

                        case { Kind: UseKind.Assigned or UseKind.PassedByReference }:
                            return null;
                    }
                }

                return given.Count > 1 ? given : null;

            default:
                return null;
        }
    }

    private bool AppendAll(ImmutableArray<IArgumentOperation> arguments, int depth)
    {
        foreach (var value in Values(arguments, 0))
            Append(value, depth + 1);

        return true;
    }

    private static IEnumerable<IOperation> Values(ImmutableArray<IArgumentOperation> arguments, int first)
    {
        for (var i = first; i < arguments.Length; i++)
        {
            ImmutableArray<IOperation> values = arguments[i].Value.Unconverted() switch
            {
                IArrayCreationOperation { Initializer.ElementValues: var elements } => elements,
                ICollectionExpressionOperation { Elements: var elements } => elements,
                var value => [value],
            };

            foreach (var value in values)
                yield return value.Unconverted();
        }
    }

    private bool AppendFormat(ImmutableArray<IArgumentOperation> arguments, int depth)
    {
        var at = 0;
        while (at < arguments.Length && arguments[at].Parameter?.Name != "format")
            at++;

        if (at == arguments.Length || Origin(arguments[at].Value).ConstantValue is not { HasValue: true, Value: string format })
            return false;

        var values = Values(arguments, at + 1).ToList();
        for (var i = 0; i < format.Length; i++)
        {
            var c = format[i];
            if (c is '{' or '}' && i + 1 < format.Length && format[i + 1] == c)
            {
                i++;
                sql.Append(c);
                continue;
            }

            if (c != '{')
            {
                sql.Append(c);
                continue;
            }

            var close = format.IndexOf('}', i);
            var inside = close < 0 ? "" : format.Substring(i + 1, close - i - 1);
            var end = 0;
            while (end < inside.Length && char.IsDigit(inside[end]))
                end++;

            if (close >= 0 && int.TryParse(inside.Substring(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < values.Count)
                AppendFormatted(values[number], end < inside.Length, depth);
            else
                AppendHole(arguments[at], isFormatted: true);

            i = close < 0 ? format.Length : close;
        }

        IsOneExpression = false;
        return true;
    }

    /// <summary>What is appended to a builder of this member, in the order of the source; false where anything else is done to it.</summary>
    private bool AppendBuilder(IOperation builder, int depth)
    {
        if (builder.Variable() is not ILocalSymbol local || Origins.Only(local, builder)?.Unconverted() is not IObjectCreationOperation creation)
            return false;

        var appended = new List<IInvocationOperation>();
        foreach (var use in Aliasing.Uses(local, builder.Root()))
        {
            switch (use)
            {
                case { Kind: UseKind.Assigned } or { Kind: UseKind.MemberRead } or { Kind: UseKind.Read }:
                    break;

                case { Kind: UseKind.Called, Context: IInvocationOperation call }:
                    // b.Append(…).Append(…)
                    for (IOperation? link = call; link is IInvocationOperation { TargetMethod: { Name: var name, ContainingType: var type } } chained && type.Is("System.Text", "StringBuilder"); link = chained.Parent)
                    {
                        if (name is "Append" or "AppendLine" or "AppendFormat")
                            appended.Add(chained);
                        else if (name is not ("ToString" or "EnsureCapacity"))
                            return false;
                    }

                    break;

                default:
                    return false;
            }
        }

        IsOneExpression = false;
        foreach (var argument in creation.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType == SpecialType.System_String)
                Append(argument.Value, depth + 1);
        }

        foreach (var call in appended)
        {
            if (call.Syntax.SpanStart > place.Syntax.Span.End)
                continue;

            if (call.TargetMethod.Name == "AppendFormat")
            {
                if (!AppendFormat(call.Arguments, depth))
                    return false;
            }
            else if (call.Arguments is [var only, ..])
            {
                Append(only.Value, depth + 1);
            }

            if (call.TargetMethod.Name == "AppendLine")
                sql.Append('\n');
        }

        return true;
    }
}
