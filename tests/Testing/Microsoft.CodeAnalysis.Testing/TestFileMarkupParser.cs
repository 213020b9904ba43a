using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Microsoft.CodeAnalysis.Testing;

/// <summary>Reads markup: <c>$$</c> is a position, <c>[|…|]</c> a span, <c>{|name:…|}</c> and <c>{|#0:…|}</c> a named span. Spans nest.</summary>
public static class TestFileMarkupParser
{
    /// <summary>Splits a marked text into the text itself, its positions and its spans in the order of their openings; the name of <c>[|…|]</c> is empty.</summary>
    public static void GetPositionsAndSpans(string input, out string output, out ImmutableArray<int> positions, out ImmutableArray<(string name, TextSpan span)> spans)
    {
        var text = new StringBuilder();
        var found = ImmutableArray.CreateBuilder<int>();
        var closed = new List<(int Order, string Name, TextSpan Span)>();
        var open = new Stack<(bool Braces, string Name, int Start, int Order)>();
        var order = 0;

        for (var i = 0; i < input.Length;)
        {
            var rest = input.AsSpan(i);

            if (rest.StartsWith("$$"))
            {
                found.Add(text.Length);
                i += 2;
            }
            else if (rest.StartsWith("[|"))
            {
                open.Push((false, "", text.Length, order++));
                i += 2;
            }
            else if (rest.StartsWith("{|") && rest.IndexOf(':') is > 0 and var colon && rest[2..colon].IndexOfAny("|[]{}\r\n") < 0)
            {
                open.Push((true, rest[2..colon].ToString(), text.Length, order++));
                i += colon + 1;
            }
            else if (open.TryPeek(out var top) && rest.StartsWith(top.Braces ? "|}" : "|]"))
            {
                open.Pop();
                closed.Add((top.Order, top.Name, TextSpan.FromBounds(top.Start, text.Length)));
                i += 2;
            }
            else
            {
                text.Append(input[i++]);
            }
        }

        if (open.Count > 0)
            throw new ArgumentException($"{open.Count} marked span(s) have no end.", nameof(input));

        output = text.ToString();
        positions = found.ToImmutable();
        spans = [.. closed.OrderBy(span => span.Order).Select(span => (span.Name, span.Span))];
    }
}
