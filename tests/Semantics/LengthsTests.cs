using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

public sealed class LengthsTests
{
    [Theory]
    [InlineData("if (s.Length > 2) Mark(s);", 3)]
    [InlineData("if (s.Length >= 2) Mark(s);", 2)]
    [InlineData("if (2 < s.Length) Mark(s);", 3)]
    [InlineData("if (s.Length == 4) Mark(s);", 4)]
    [InlineData("if (s.Length != 0) Mark(s);", 1)]
    [InlineData("if (s.Length < 3) return; Mark(s);", 3)]
    [InlineData("if (s == null || s.Length < 3) { return; } Mark(s);", 3)]
    [InlineData("if (s != null && s.Length > 1) { if (n > 2) Mark(s); }", 2)]
    [InlineData("if (!(s.Length < 3)) Mark(s);", 3)]
    [InlineData("if (s.Length < 3) Mark(n); else Mark(s);", 3)]
    [InlineData("var b = s.Length > 2 && Mark(s);", 3)]
    [InlineData("var b = s.Length < 2 || Mark(s);", 2)]
    [InlineData("var b = s.Length > 2 ? Mark(s) : false;", 3)]
    [InlineData("while (s.Length > 2) Mark(s);", 3)]
    [InlineData("if (!string.IsNullOrEmpty(s)) Mark(s);", 1)]
    [InlineData("if (string.IsNullOrWhiteSpace(s)) return; Mark(s);", 1)]
    [InlineData("if (s != null) Mark(s);", 0)]
    [InlineData("if (s is null) return; Mark(s);", 0)]
    [InlineData("if (s is { Length: > 3 }) Mark(s);", 4)]
    [InlineData("foreach (var x in s) { if (s.Length < 2) continue; Mark(s); }", 2)]
    public void Says_the_least_length(string statements, int least) => Assert.Equal(least, Least(statements));

    [Theory]
    [InlineData("Mark(s);")]
    [InlineData("if (s.Length > 2) Mark(n); Mark(s);")]
    [InlineData("if (s.Length > 2 || n > 2) Mark(s);")]
    [InlineData("if (s.Length > 2) { s = s.Substring(1); Mark(s); }")]
    [InlineData("while (s.Length > 2) { s = s.Substring(1); Mark(s); }")]
    [InlineData("if (s.Length < 3) return; s = \"\"; Mark(s);")]
    [InlineData("if (s.Length < 3) n++; Mark(s);")]
    [InlineData("if (s.Length > 2 && Change(ref s)) Mark(s);")]
    [InlineData("if (s.Length > 2) { Action a = () => Mark(s); }")]
    [InlineData("Action a = () => s = \"\"; if (s.Length > 2) Mark(s);")]
    [InlineData("do Mark(s); while (s.Length > 2);")]
    [InlineData("if (s.Length < 3) return; again: Mark(s); s = \"\"; goto again;")]
    public void Says_nothing(string statements) => Assert.True(Least(statements) <= 0);

    [Theory]
    [InlineData("for (var i = 0; i < s.Length; i++) Mark(s, i);", true)]
    [InlineData("for (var i = 2; i < s.Length; i++) { if (n > 2) Mark(s, i); }", true)]
    [InlineData("if (s.Length > 2) Mark(s, 2);", true)]
    [InlineData("if (s.Length > 2) Mark(s, 3);", false)]
    [InlineData("for (var i = 0; i <= s.Length; i++) Mark(s, i);", false)]
    [InlineData("for (var i = 0; i < s.Length; i++) { i++; Mark(s, i); }", false)]
    [InlineData("for (var i = 0; i < s.Length; i++) { Mark(s, i); s = \"\"; }", false)]
    [InlineData("for (var i = 0; i < s.Length; i++) Mark(s, i + 1);", false)]
    [InlineData("for (var i = -1; i < s.Length; i++) Mark(s, i);", false)]
    [InlineData("for (var i = 0; i < n; i++) Mark(s, i);", false)]
    public void Knows_places_of_characters(string statements, bool isWithin)
    {
        var call = Call(statements);
        Assert.Equal(isWithin, Lengths.IsWithin(call.Arguments[1].Value, call.Arguments[0].Value, call));
    }

    private static int Least(string statements)
    {
        var text = Call(statements).Arguments[0].Value;
        return Lengths.Least(text, text);
    }

    private static IInvocationOperation Call(string statements)
    {
        var start = statements.LastIndexOf("Mark(s", StringComparison.Ordinal);
        var end = statements.IndexOf(')', start) + 1;
        return (IInvocationOperation)Snippet.OfFile($$"""
            class C
            {
                void M(string s, int n)
                {
                    {{statements[..start]}}[|{{statements[start..end]}}|]{{statements[end..]}}
                }

                static bool Mark(object o, int i = 0) => true;
                static bool Change(ref string s) => true;
            }
            """).Operation;
    }
}
