using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

public sealed class PrefixesTests
{
    [Theory]
    [InlineData("s[0] == '-'", true)]
    [InlineData("s.Length > 0 && s[0] == '-'", true)]
    [InlineData("s[0] == '-' || s[0] == '+'", true)]
    [InlineData("s[0] is '-' or '+'", true)]
    [InlineData("char.IsDigit(s[0])", true)]
    [InlineData("\"+-\".Contains(s[0])", true)]
    [InlineData("s.StartsWith(\"//\")", true)]
    [InlineData("a[0] == 1", true)]
    [InlineData("s[0] == '-' || s.Length > 3", false)]
    [InlineData("s[0] != '-'", false)]
    [InlineData("s[0] is not '-'", false)]
    [InlineData("!s.StartsWith(\"//\")", false)]
    [InlineData("s[1] == '-'", false)]
    [InlineData("s[0] == s[1]", false)]
    [InlineData("other[0] == '-'", false)]
    [InlineData("other.StartsWith(s)", false)]
    [InlineData("s.Length > 0", false)]
    public void A_condition_asks_what_stands_in_front(string condition, bool asks)
    {
        var snippet = Snippet.Of($"var s = Console.ReadLine()!; var other = Console.ReadLine()!; int[] a = [1]; _ = s + other + a; _ = [|{condition}|];");
        Assert.Equal(asks, Prefixes.AreAskedFor(snippet.Operation, whole => whole is ILocalReferenceOperation { Local.Name: "s" or "a" }));
    }
}
