using System.Text;

namespace HotPath;

/// <summary>A text of SQL with the literals that it is written in, so that a word of it is found in the source.</summary>
internal sealed class SqlLiterals
{
    private readonly StringBuilder sql = new();
    private readonly List<(int Start, int End, SyntaxToken Token)> literals = [];

    /// <summary>Reads the expression that gives the text.</summary>
    public SqlLiterals(IOperation written)
    {
        Written = written;
        Append(written.Unconverted());
    }

    /// <summary>The expression that gives the text.</summary>
    public IOperation Written { get; }

    /// <summary>The text with <see cref="SqlTokens.Hole"/> for each part that is not constant.</summary>
    public string Sql => sql.ToString();

    /// <summary>
    /// Where the text is written: behind locals, and private constants and readonly fields, that hold it for this use alone. Null where another place uses it too.
    /// </summary>
    public static IOperation? WrittenFor(IOperation text)
    {
        for (var depth = 0; depth < 4; depth++)
        {
            text = text.Unconverted();
            IOperation? origin;
            switch (text)
            {
                case ILocalReferenceOperation { Local: var local }:
                    if (References.To(local, text.Root()).Count() != 1)
                        return null;

                    origin = Origins.Only(local, text);
                    break;

                case IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } field } when text.SemanticModel is { Compilation: var compilation }:
                    if ((field.IsConst ? Bodies.Of(compilation).Of(field).FirstOrDefault() : field.IsReadOnly ? Origins.Only(field, text) : null) is not { } value || Bodies.Of(compilation).Naming(field).Sum(body => References.To(field, body).Count()) != 1)
                        return null;

                    origin = value;
                    break;

                default:
                    return text is ILiteralOperation or IBinaryOperation or IInterpolatedStringOperation ? text : null;
            }

            if (origin is null || origin.Syntax.SyntaxTree != text.Syntax.SyntaxTree)
                return null;

            text = origin;
        }

        return null;
    }

    /// <summary>The literal that the sign at that place of the text stands in, and its place in the source of the literal; null where an escape or a variable hides it.</summary>
    public (SyntaxToken Token, int Position)? Find(int place)
    {
        var sign = sql[place];
        foreach (var (start, end, token) in literals)
        {
            if (place < start || place >= end)
                continue;

            // The value may be shorter than the source: escapes, doubled quotes, indentation. The signs come in the same order.
            var (before, all) = (0, 0);
            for (var i = start; i < end; i++)
            {
                if (sql[i] != sign)
                    continue;

                all++;
                before += i < place ? 1 : 0;
            }

            if (token.Text.Count(c => c == sign) != all)
                return null;

            var position = -1;
            for (; before >= 0; before--)
                position = token.Text.IndexOf(sign, position + 1);

            return (token, position);
        }

        return null;
    }

    private void Append(IOperation text)
    {
        switch (text)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, Type.SpecialType: SpecialType.System_String } sum:
                // A long concatenation is as deep as it is long.
                var operands = new Stack<IOperation>();
                IOperation left = sum;
                for (; left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null, Type.SpecialType: SpecialType.System_String } inner; left = inner.LeftOperand.Unconverted())
                    operands.Push(inner.RightOperand);

                Append(left);
                while (operands.Count > 0)
                    Append(operands.Pop().Unconverted());

                break;

            case IInterpolatedStringOperation interpolated:
                foreach (var part in interpolated.Parts)
                {
                    if (part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string constant }, Syntax: InterpolatedStringTextSyntax { TextToken: var token } })
                        Append(constant, token);
                    else if (part is IInterpolationOperation { Expression: var expression, FormatString: null, Alignment: null })
                        Append(expression.Unconverted());
                    else
                        sql.Append(SqlTokens.Hole);
                }

                break;

            case ILiteralOperation { ConstantValue: { HasValue: true, Value: string constant }, Syntax: LiteralExpressionSyntax { Token: var token } }:
                Append(constant, token);
                break;

            default:
                sql.Append(SqlText.Written(text).ConstantValue is { HasValue: true, Value: string known } ? known : SqlTokens.Hole.ToString());
                break;
        }
    }

    private void Append(string constant, SyntaxToken token)
    {
        literals.Add((sql.Length, sql.Length + constant.Length, token));
        sql.Append(constant);
    }
}
