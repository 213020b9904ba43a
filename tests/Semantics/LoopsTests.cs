using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

public sealed class LoopsTests
{
    [Theory]
    [InlineData("foreach (var item in items) [|Console.WriteLine(item)|];", "the loop over 'items'")]
    [InlineData("for (var i = 0; i < n; i++) [|Console.WriteLine(i)|];", "the loop 'i < n'")]
    [InlineData("while (n > 0) { [|n--|]; }", "the loop 'n > 0'")]
    [InlineData("do { [|n--|]; } while (n > 0);", "the loop 'n > 0'")]
    [InlineData("while (true) { [|n--|]; if (n == 0) break; }", "the loop 'true'")]
    [InlineData("for (;;) { [|n--|]; if (n == 0) break; }", "the endless loop")]
    [InlineData("for (var i = 0; [|i < items.Count|]; i++) { }", "the loop 'i < items.Count'")]
    [InlineData("for (var i = 0; i < n; [|i++|]) { }", "the loop 'i < n'")]
    [InlineData("while ([|items.Count > 0|]) { items.Clear(); }", "the loop 'items.Count > 0'")]
    [InlineData("foreach (var item in items) { foreach (var c in [|item.ToUpper()|]) { } }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { if (item == text) continue; [|Console.WriteLine(item)|]; }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { [|Console.WriteLine(item)|]; if (item == text) return; }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { try { [|Console.WriteLine(item)|]; } finally { } }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { try { n++; } finally { [|Console.WriteLine(item)|]; } }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { var x = n > 3 ? [|item.Trim()|] : item; }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { var x = item?.Trim() ?? [|text.Trim()|]; }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) switch (item) { case \"a\": [|n++|]; break; default: break; }", "the loop over 'items'")]
    [InlineData("foreach (var item in items) { using var s = new StringReader(item); [|s.ReadLine()|]; }", "the loop over 'items'")]
    [InlineData("_ = items.Where(item => [|item.Trim()|] == text);", "'Where' over 'items'")]
    [InlineData("_ = items.Select(item => { return [|item.Trim()|]; });", "'Select' over 'items'")]
    [InlineData("_ = from item in items where [|item.Trim()|] == text select item;", "'Where' over 'items'")]
    [InlineData("items.ForEach(item => [|Console.WriteLine(item)|]);", "'ForEach' over 'items'")]
    [InlineData("items.RemoveAll(item => [|item.Trim()|] == text);", "'RemoveAll' over 'items'")]
    [InlineData("Array.ForEach(array, item => [|Console.WriteLine(item)|]);", "'ForEach' over 'array'")]
    [InlineData("Array.FindAll(array, item => [|item + n|] > 3);", "'FindAll' over 'array'")]
    [InlineData("Parallel.ForEach(items, item => [|Console.WriteLine(item)|]);", "'ForEach' over 'items'")]
    [InlineData("items.Sort((a, b) => [|a.Trim()|].CompareTo(b));", "'Sort' over 'items'")]
    [InlineData("_ = items.Aggregate(0, (sum, item) => [|sum + item.Length|]);", "'Aggregate' over 'items'")]
    [InlineData("void Local() { foreach (var item in items) [|Console.WriteLine(item)|]; }", "the loop over 'items'")]
    [InlineData("Action a = () => { foreach (var item in items) [|Console.WriteLine(item)|]; };", "the loop over 'items'")]
    [InlineData("string? line; while ((line = Console.ReadLine()) != null) [|Console.WriteLine(line)|];", "the loop '(line = Console.ReadLine()) != null'")]
    [InlineData("for (var i = 0; i < n; i++) [|Console.ReadLine()|];", "the loop 'i < n'")]
    [InlineData("again: [|n--|]; if (n > 0) goto again;", null)]
    public void Finds_the_loop_that_repeats(string statements, string? description) => Assert.Equal(description, Snippet.Of(statements).Loop?.Description);

    [Theory]
    [InlineData("foreach (var item in [|items.ToList()|]) { }")]
    [InlineData("for (var i = [|items.Count|]; i < n; i++) { }")]
    [InlineData("foreach (var item in items) { if (item == text) { [|Console.WriteLine(item)|]; break; } }")]
    [InlineData("foreach (var item in items) { if (item == text) { [|Console.WriteLine(item)|]; return; } }")]
    [InlineData("foreach (var item in items) { if (item == text) throw new Exception([|item.Trim()|]); }")]
    [InlineData("foreach (var item in items) { [|Console.WriteLine(item)|]; throw new Exception(); }")]
    [InlineData("foreach (var item in items) { try { } catch { [|Console.WriteLine(item)|]; } }")]
    [InlineData("for (var i = 0; i < 3; i++) { try { [|Console.WriteLine(i)|]; return; } catch { } }")]
    [InlineData("while (true) { try { [|Console.WriteLine(n)|]; break; } catch (IOException) { } }")]
    [InlineData("foreach (var item in items) { switch (item) { case \"a\": [|n++|]; return; } }")]
    [InlineData("for (var i = 0; i < 8; i++) [|Console.WriteLine(i)|];")]
    [InlineData("for (var i = 10; i > 5; i--) [|Console.WriteLine(i)|];")]
    [InlineData("foreach (var item in new[] { 1, 2, 3 }) [|Console.WriteLine(item)|];")]
    [InlineData("foreach (var day in Enum.GetValues<DayOfWeek>()) [|Console.WriteLine(day)|];")]
    [InlineData("var few = new List<string> { \"a\", \"b\" }; foreach (var item in few) [|Console.WriteLine(item)|];")]
    [InlineData("foreach (var i in Enumerable.Range(0, 5)) [|Console.WriteLine(i)|];")]
    [InlineData("_ = new[] { 1, 2 }.Select(i => [|i + n|]);")]
    [InlineData("foreach (var item in items) { Action later = () => [|Console.WriteLine(item)|]; }")]
    [InlineData("foreach (var item in items) { void Local() => [|Console.WriteLine(item)|]; }")]
    [InlineData("_ = items.AsQueryable().Where(item => [|item.Trim()|] == text);")]
    [InlineData("_ = from item in items.AsQueryable() where [|item.Trim()|] == text select item;")]
    [InlineData("System.Linq.Expressions.Expression<Func<string, bool>> e = item => [|item.Trim()|] == text;")]
    [InlineData("_ = items.Aggregate(0, (sum, item) => sum, sum => [|sum + n|]);")]
    [InlineData("while (true) { var line = Console.ReadLine(); if (line == text) break; [|Console.WriteLine(line)|]; }")]
    [InlineData("for (;;) { [|n--|]; if (Console.ReadKey().KeyChar == 'q') break; }")]
    [InlineData("while (n > 0) { [|n--|]; Thread.Sleep(100); }")]
    [InlineData("[|Console.WriteLine(n)|];")]
    [InlineData("new List<Action>().Add(() => [|Console.WriteLine(n)|]);")]
    public void Nothing_repeats(string statements) => Assert.Null(Snippet.Of(statements).Loop);

    [Fact]
    public void A_small_inner_loop_leaves_the_outer_one() => Assert.Equal("the loop over 'items'",
        Snippet.Of("foreach (var item in items) for (var i = 0; i < 3; i++) [|Console.WriteLine(i)|];").Loop?.Description);

    [Fact]
    public void Leaving_the_inner_loop_leaves_the_outer_one() => Assert.Equal("the loop over 'items'",
        Snippet.Of("foreach (var item in items) { foreach (var i in array) { if (i == n) { [|Console.WriteLine(i)|]; break; } } }").Loop?.Description);

    [Fact]
    public void All_loops_come_innermost_first()
    {
        var snippet = Snippet.Of("foreach (var item in items) { while (n > 0) { n--; _ = array.Where(i => [|i + n|] > 3).ToList(); } }");
        Assert.Equal(["'Where' over 'array'", "the loop 'n > 0'", "the loop over 'items'"], Loops.Around(snippet.Operation, Snippet.NoOptions).Select(loop => loop.Description));
    }

    [Theory]
    [InlineData("static C() { foreach (var x in Data()) [|Console.WriteLine(x)|]; }")]
    [InlineData("static readonly int[] Table = Data().Select(x => [|x + 1|]).ToArray();")]
    public void Static_initialisation_is_cold(string member) => Assert.Null(Snippet.OfFile($"class C {{ static int[] Data() => []; {member} }}").Loop);

    [Theory]
    [InlineData("async Task M(IAsyncEnumerable<int> xs) { await foreach (var x in xs) [|Console.WriteLine(x)|]; }")]
    [InlineData("async Task M(int[] xs) { foreach (var x in xs) { await Task.Yield(); [|Console.WriteLine(x)|]; } }")]
    [InlineData("IEnumerable<int> M(int[] xs) { foreach (var x in xs) yield return [|x + 1|]; }")]
    [InlineData("int P { get { var s = 0; foreach (var x in new int[n]) s = [|s + x|]; return s; } } int n;")]
    [InlineData("C(int[] xs) { foreach (var x in xs) [|Console.WriteLine(x)|]; }")]
    [InlineData("int Sum(int[] xs) => xs.Sum(x => [|x + 1|]);")]
    [InlineData("IEnumerable<int> field = Enumerable.Range(0, int.Parse(\"9\")).Select(x => [|x + 1|]);")]
    public void Members_of_every_kind_have_loops(string member) => Assert.NotNull(Snippet.OfFile($"class C {{ {member} }}").Loop);

    [Fact]
    public void Top_level_statements_have_loops() =>
        Assert.NotNull(Snippet.OfFile("foreach (var arg in args) [|Console.WriteLine(arg)|];", OutputKind.ConsoleApplication).Loop);

    [Fact]
    public void The_header_runs_from_the_keyword_to_the_parenthesis()
    {
        var loop = (ILoopOperation)Snippet.Of("[|foreach (var item in items) { }|]").Operation;
        Assert.Equal("foreach (var item in items)", loop.Syntax.SyntaxTree.GetText().ToString(Loops.Header(loop.Syntax).SourceSpan));
    }
}
