using System.Text;

namespace HotPath;

/// <summary>The source of a text of SQL, with parameters where values were.</summary>
internal static class SplicedSource
{
    /// <summary>The text with the name of a parameter for each value; null where its source does not show where that is.</summary>
    public static ExpressionSyntax? WithParameters(SyntaxNode text, List<SplicedValue> values, List<string> parameters) => text switch
    {
        InterpolatedStringExpressionSyntax interpolated => WithParameters(interpolated, values, parameters),
        BinaryExpressionSyntax sum => WithParameters(sum, values, parameters)?.WithTriviaFrom(sum),
        _ => null,
    };

    /// <summary>The interpolated string without the quotes around its holes, which stay; null where anything else stands in the quotes.</summary>
    public static ExpressionSyntax? WithoutQuotes(InterpolatedStringExpressionSyntax text, List<SplicedValue> values, SemanticModel model)
    {
        var holes = text.Contents.OfType<InterpolationSyntax>().ToList();
        var replaced = Replace(text, values, i => values[i].IsQuoted && values[i].Token.Value.Length > 1 ? null : $"{{{Value(values[i], model)}}}", holes);
        return replaced is null ? null : SyntaxFactory.ParseExpression(text.StringStartToken.Text + replaced + text.StringEndToken.Text).WithTriviaFrom(text);
    }

    /// <summary>What the parameter is given: what stood in the quotes, and an empty text for null, as the text had.</summary>
    public static string Value(SplicedValue value, SemanticModel model)
    {
        var source = ((ExpressionSyntax)value.Value.Syntax).WithoutTrivia();
        while (source is ParenthesizedExpressionSyntax { Expression: var inside })
            source = inside.WithoutTrivia();

        if (!value.IsQuoted)
            return source.ToString();

        var isPrimary = source is not (BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax or AwaitExpressionSyntax or CastExpressionSyntax);
        var operand = isPrimary ? source.ToString() : $"({source})";
        var hole = value.Token.Value.IndexOf(SqlTokens.Hole);
        var (before, after) = (value.Token.Value.Substring(0, hole), value.Token.Value.Substring(hole + 1));
        if (before.Length + after.Length > 0)
            return (before.Length > 0 ? $"\"{before}\" + " : "") + operand + (after.Length > 0 ? $" + \"{after}\"" : "");

        return Nullness.IsNotNull(value.Value, model) ? source.ToString() : $"{operand} ?? \"\"";
    }

    private static ExpressionSyntax? WithParameters(InterpolatedStringExpressionSyntax text, List<SplicedValue> values, List<string> parameters)
    {
        var kept = new List<InterpolationSyntax>();
        if (Replace(text, values, i => parameters[i], kept) is not { } source)
            return null;

        var start = text.StringStartToken.Text;
        if (kept.Count == 0)
        {
            // No holes are left: a plain string.
            if (!start.Contains("\"\"\""))
                source = source.Replace("{{", "{").Replace("}}", "}");

            start = start.Replace("$", "");
        }

        return SyntaxFactory.ParseExpression(start + source + text.StringEndToken.Text).WithTriviaFrom(text);
    }

    /// <summary>The source between the quotes of the string, each value and the quotes of SQL around it replaced; <paramref name="kept"/> gets the holes that stay.</summary>
    private static string? Replace(InterpolatedStringExpressionSyntax text, List<SplicedValue> values, Func<int, string?> replacement, List<InterpolationSyntax> kept)
    {
        // One $ and no more: the braces of others are other ones.
        if (text.StringStartToken.Text.Count(static c => c == '$') != 1)
            return null;

        var source = new StringBuilder();
        var holes = new List<(int Position, InterpolationSyntax Interpolation)>();
        foreach (var content in text.Contents)
        {
            if (content is InterpolationSyntax interpolation)
            {
                holes.Add((source.Length, interpolation));
                source.Append(SqlTokens.Hole);
            }
            else
            {
                source.Append(((InterpolatedStringTextSyntax)content).TextToken.Text);
            }
        }

        var raw = source.ToString();
        if (raw.Contains("\\'") || raw.Contains("\\u") || raw.Contains("\\x"))
            return null;

        var result = new StringBuilder();
        var position = 0;
        kept.Clear();
        foreach (var (at, interpolation) in holes)
        {
            var index = values.FindIndex(value => interpolation.Expression.Span.Contains(value.Value.Syntax.Span));
            if (index < 0)
            {
                result.Append(raw, position, at - position).Append(interpolation);
                kept.Add(interpolation);
                position = at + 1;
                continue;
            }

            var (from, to) = (at, at + 1);
            if (values[index].IsQuoted)
            {
                from = raw.LastIndexOf('\'', at);
                to = raw.IndexOf('\'', at) + 1;
                if (from < position || to == 0 || raw.IndexOf(SqlTokens.Hole, from, to - from) != at || raw.LastIndexOf(SqlTokens.Hole, to - 1, to - from) != at)
                    return null;

                if (HasPrefix(raw, from))
                    from--;
            }

            if (replacement(index) is not { } name)
                return null;

            result.Append(raw, position, from - position).Append(name);
            position = to;
        }

        return result.Append(raw, position, raw.Length - position).ToString();
    }

    /// <summary>Whether the quote belongs to N'…'.</summary>
    private static bool HasPrefix(string raw, int quote) => quote > 0 && raw[quote - 1] is 'N' or 'n' && (quote == 1 || !char.IsLetterOrDigit(raw[quote - 2]));

    private static ExpressionSyntax? WithParameters(BinaryExpressionSyntax sum, List<SplicedValue> values, List<string> parameters)
    {
        var nodes = new List<ExpressionSyntax>();
        ExpressionSyntax first = sum;
        for (; first is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: var left, Right: var right }; first = left)
            nodes.Add(right);

        nodes.Add(first);
        nodes.Reverse();

        // What stands between two operands goes with the first of them.
        var operands = new List<string>(nodes.Count);
        var separators = new List<string>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            operands.Add(nodes[i].ToString());
            separators.Add(i + 1 < nodes.Count ? sum.SyntaxTree.GetText().ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(nodes[i].Span.End, nodes[i + 1].SpanStart)) : "");
        }

        for (var index = 0; index < values.Count; index++)
        {
            var at = nodes.FindIndex(node => node.Span.Contains(values[index].Value.Syntax.Span));
            if (at < 1 || nodes[at] is InterpolatedStringExpressionSyntax || !IsLiteral(operands[at - 1]))
                return null;

            var before = operands[at - 1].Substring(0, operands[at - 1].Length - 1);
            var hasNext = at + 1 < operands.Count && IsLiteral(operands[at + 1]);
            var after = hasNext ? operands[at + 1].Substring(1) : "\"";
            if (values[index].IsQuoted)
            {
                var (open, close) = (before.LastIndexOf('\''), after.IndexOf('\''));
                if (open < 1 || close < 0)
                    return null;

                before = before.Substring(0, HasPrefix(before, open) ? open - 1 : open);
                after = after.Substring(close + 1);
            }

            before += parameters[index];

            // On the next line the text goes on as it did.
            if (hasNext && separators[at].Contains('\n') && after.Length > 1)
            {
                operands[at - 1] = before + "\"";
                operands[at + 1] = "\"" + after;
                separators[at - 1] = separators[at];
                Remove(at);
                continue;
            }

            operands[at - 1] = before + (hasNext ? after : "\"");
            separators[at - 1] = hasNext ? separators[at + 1] : separators[at];
            if (hasNext)
                Remove(at + 1);

            Remove(at);
        }

        var result = new StringBuilder();
        for (var i = 0; i < operands.Count; i++)
            result.Append(operands[i]).Append(i + 1 < operands.Count ? separators[i] : "");

        return SyntaxFactory.ParseExpression(result.ToString());

        void Remove(int at)
        {
            nodes.RemoveAt(at);
            operands.RemoveAt(at);
            separators.RemoveAt(at);
        }
    }

    /// <summary>A plain literal: "…".</summary>
    private static bool IsLiteral(string source) => source.Length >= 2 && source[0] == '"' && source[source.Length - 1] == '"' && !source.StartsWith("\"\"\"", StringComparison.Ordinal) && !source.Contains("\\'");
}
