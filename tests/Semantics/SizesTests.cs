using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

public sealed class SizesTests
{
    [Theory]
    [InlineData("_ = [|new[] { 1, 2, 3 }|];", 3)]
    [InlineData("_ = [|new int[20]|];", 20)]
    [InlineData("_ = [|new List<int> { 1, 2 }|];", 2)]
    [InlineData("_ = [|new List<int>(new[] { 1, 2 })|];", 2)]
    [InlineData("_ = [|new List<int>()|];", 0)]
    [InlineData("_ = [|new Dictionary<string, int> { [\"a\"] = 1 }|];", 1)]
    [InlineData("_ = [|Enumerable.Range(0, 5)|];", 5)]
    [InlineData("_ = [|Enumerable.Repeat(\"x\", 6).ToList()|];", 6)]
    [InlineData("_ = [|items.Take(4).ToList()|];", 4)]
    [InlineData("_ = [|new[] { 1, 2 }.Where(i => i > n).ToArray()|];", 2)]
    [InlineData("_ = [|Enum.GetValues<DayOfWeek>()|];", 7)]
    [InlineData("_ = [|Enum.GetNames(typeof(DayOfWeek))|];", 7)]
    [InlineData("var few = new[] { 1, 2 }; _ = [|few|];", 2)]
    [InlineData("var few = new List<int> { 1, 2 }; Console.WriteLine(few.Count); _ = [|few|];", 2)]
    [InlineData("List<string> few = [\"a\", \"b\"]; _ = [|few|];", 2)]
    [InlineData("var grown = new List<int> { 1, 2 }; grown.Add(n); if (n > 3) grown.Add(n); _ = [|grown|];", 4)]
    [InlineData("_ = [|\"a,b,c\".Split(',')|];", 3)]
    public void Knows_what_constants_say(string statements, int most) => Assert.Equal(most, Sizes.Most(Snippet.Of(statements).Operation));

    [Theory]
    [InlineData("_ = [|items|];")]
    [InlineData("_ = [|new List<string>(items)|];")]
    [InlineData("_ = [|new int[n]|];")]
    [InlineData("_ = [|Enumerable.Range(0, n)|];")]
    [InlineData("var grown = new List<int> { 1, 2 }; foreach (var x in array) grown.Add(x); _ = [|grown|];")]
    [InlineData("var grown = new List<int> { 1, 2 }; void Local() => grown.Add(n); Local(); _ = [|grown|];")]
    [InlineData("var grown = new List<int> { 1, 2 }; grown.AddRange(array); _ = [|grown|];")]
    [InlineData("var grown = new List<int> { 1, 2 }; Grow(grown); _ = [|grown|];")]
    [InlineData("var grown = new List<int> { 1, 2 }; var alias = grown; alias.Add(n); _ = [|grown|];")]
    [InlineData("var two = new[] { 1, 2 }; two = new int[n]; _ = [|two|];")]
    [InlineData("var two = new[] { 1, 2 }; Array.Resize(ref two, n); _ = [|two|];")]
    [InlineData("int[] spread = [1, 2, .. array]; _ = [|spread|];")]
    [InlineData("_ = [|text.Split(',')|];")]
    public void Says_nothing_where_the_input_decides(string statements) => Assert.Null(Sizes.Most(Snippet.Of(statements, "static void Grow(List<int> list) => list.Add(3);").Operation));

    [Theory]
    [InlineData("static readonly string[] Names = { \"a\", \"b\" };", 2)]
    [InlineData("static readonly List<string> Names = new() { \"a\", \"b\" };", 2)]
    [InlineData("readonly List<string> Names = new() { \"a\", \"b\" }; void Grow() => Names.Add(\"c\");", null)]
    [InlineData("List<string> Names = new() { \"a\", \"b\" };", 2)]
    [InlineData("List<string> Names = new() { \"a\", \"b\" }; void Replace() => Names = new();", null)]
    [InlineData("internal List<string> Names = new() { \"a\", \"b\" };", null)]
    [InlineData("static string[] Names { get; } = { \"a\", \"b\" };", 2)]
    [InlineData("string[] Names { get; set; } = { \"a\", \"b\" };", null)]
    public void Looks_at_readonly_fields_over_the_whole_type(string member, int? most) => Assert.Equal(most, Sizes.Most(Snippet.Of("_ = [|Names|];", member).Operation));

    [Theory]
    [InlineData("[|for (var i = 0; i < 5; i++) { }|]", 5)]
    [InlineData("[|for (var i = 0; i <= 5; i++) { }|]", 6)]
    [InlineData("[|for (var i = 0; i < 10; i += 3) { }|]", 4)]
    [InlineData("[|for (var i = 9; i >= 0; i--) { }|]", 10)]
    [InlineData("const int last = 3; [|for (var i = 0; i < last; ++i) { }|]", 3)]
    [InlineData("[|for (var i = 0; i < n; i++) { }|]", null)]
    [InlineData("[|for (var i = 0; i < 5; i++) { i--; if (n > 3) break; }|]", null)]
    [InlineData("[|for (var i = n; i < 5; i++) { }|]", null)]
    [InlineData("[|foreach (var c in \"abc\") { }|]", 3)]
    [InlineData("[|while (n < 3) n++;|]", null)]
    public void Counts_trips(string statements, int? trips) => Assert.Equal(trips, Sizes.TripCount((ILoopOperation)Snippet.Of(statements).Operation));
}
