using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

/// <summary>The deed of these sources is a call of <c>Do(what, because)</c>: it is done to the first argument and depends on the second.</summary>
public sealed class SummariesTests
{
    [Theory]
    [InlineData("void A(object x) => Do(x, x);", "A(a)", "A: x by 0 of Do in A")]
    [InlineData("void A(object x, int y) => Do(x, y);", "A(a, 1)", "A: x by 1 of Do in A")]
    [InlineData("void A(object x, int y) => Do(f, y);", "A(a, 1)", "A: f by 1 of Do in A")]
    [InlineData("void A(int y) => Do(f, 3);", "A(1)", "A: f by nothing of Do in A")]
    [InlineData("void A(int y) => Do(f, i);", "A(1)", "A: f by object of Do in A")]
    [InlineData("void A(int y) { foreach (var z in new[] { y, 1 }) Do(f, z); }", "A(1)", "A: f by 0 of Do in A, repeated")]
    [InlineData("void A(int y) { var z = y + 1; Do(f, z); }", "A(1)", "A: f by 0 of Do in A")]
    [InlineData("void A(int y) { y++; var z = 1; z = y; z++; Do(f, z); }", "A(1)", "A: f by other of Do in A")]
    public void A_method_does_what_its_body_does(string methods, string call, string expected) => Assert.Equal([expected], Of(methods, call));

    [Theory]
    [InlineData("void A(object x, int y) => B(y, x); void B(int p, object q) => Do(q, p);", "A(a, 1)", "A: x by 1 of Do in B, 1 deep")]
    [InlineData("void A(object x, int y) => B(y + 1, x); void B(int p, object q) => Do(q, p);", "A(a, 1)", "A: x by 1 of Do in B, 1 deep")]
    [InlineData("void A(object x, int y) => B(f, y); void B(object q, int p) => Do(q, p);", "A(a, 1)", "A: f by 1 of Do in B, 1 deep")]
    [InlineData("void A(int y) => B(y); void B(int p) => C1(p); void C1(int p) => Do(f, p);", "A(1)", "A: f by 0 of Do in C1, 2 deep")]
    [InlineData("void A(object x, int y) { for (var i = 0; i < 9; i++) B(y, x); } void B(int p, object q) => Do(q, p);", "A(a, 1)", "A: x by 1 of Do in B, 1 deep, repeated", "B: q by 0 of Do in B")]
    [InlineData("void A(Other x, int y) => x.B(y);", "A(o, 1)", "A: x.held by 1 of Do in B, 1 deep")]
    [InlineData("void A(int y) => other.B(y);", "A(1)", "A: other.held by 0 of Do in B, 1 deep")]
    [InlineData("void A(Other x, int y) => Shown(x, y); void Shown(Other z, int p) => z.B(p);", "A(o, 1)", "A: x.held by 1 of Do in B, 2 deep")]
    [InlineData("void A(int y) { void B(int p) => Do(f, p); B(y); }", "A(1)", "A: f by 0 of Do in B, 1 deep")]
    public void A_method_does_what_its_callees_do(string methods, string call, params string[] expected) => Assert.Equal(expected, Of(methods, call));

    [Theory]
    [InlineData("void A(int y) => Do(new object(), y);", "A(1)")]
    [InlineData("void A(object x, int y) { x = new(); var z = x; z = f; Do(z, y); }", "A(a, 1)")]
    [InlineData("void A(int y) { var own = new object(); B(own, y); } void B(object q, int p) => Do(q, p);", "A(1)")]
    [InlineData("void A(int y) => new Other().B(y);", "A(1)")]
    [InlineData("void A(int y) => other.Next.B(y);", "A(1)")]
    [InlineData("void A(int y) { Action later = () => Do(f, y); }", "A(1)")]
    [InlineData("public virtual void A(int y) => Do(f, y);", "A(1)")]
    [InlineData("void A(int y) => B(y); public virtual void B(int y) => Do(f, y);", "A(1)")]
    [InlineData("void A(int y) { Do(f, y); A(y - 1); }", "A(1)")]
    [InlineData("void A(int y) { Do(f, y); B(y); } void B(int y) => C1(y); void C1(int y) => A(y);", "A(1)")]
    [InlineData("void A(int y) => B(y); void B(int y) { Do(f, y); B(y - 1); }", "A(1)")]
    [InlineData("void A(int y) => B1(y); void B1(int y) => B2(y); void B2(int y) => B3(y); void B3(int y) => B4(y); void B4(int y) => B5(y); void B5(int y) => Do(f, y);", "A(1)")]
    public void A_summary_ends_where_it_is_not_sure(string methods, string call) => Assert.Empty(Of(methods, call));

    [Theory]
    [InlineData("object A { get { Do(f, i); return f; } }", "_ = A", "get_A: f by object of Do in get_A")]
    [InlineData("object A => B(i); object B(int p) { Do(f, p); return f; }", "_ = A", "get_A: f by object of Do in B, 1 deep")]
    [InlineData("void A(int y) => _ = Held; object Held { get { Do(f, i); return f; } }", "A(1)", "A: f by object of Do in get_Held, 1 deep")]
    [InlineData("void A(int y) => _ = other.Own;", "A(1)", "A: other.held by object of Do in get_Own, 1 deep")]
    public void To_read_a_property_calls_its_getter(string methods, string call, string expected) => Assert.Equal([expected], Of(methods, call));

    [Theory]
    [InlineData("object A { get; set; }", "_ = A")]
    [InlineData("object A { get { Do(f, i); return f; } set { } }", "A = a")]
    [InlineData("object A { get { Do(f, i); return f; } set { } }", "_ = nameof(A)")]
    [InlineData("public virtual object A { get { Do(f, i); return f; } }", "_ = A")]
    [InlineData("object this[int x] { get { Do(f, x); return f; } }", "_ = this[1]")]
    public void A_property_that_runs_nothing_sure_is_no_call(string methods, string call) => Assert.Empty(Of(methods, call));

    [Theory]
    [InlineData("void A(int y) => Do(f, y);", "Array.ForEach(new int[9], A)", "A: f by 0 of Do in A")]
    [InlineData("void A(int y) => Array.ForEach(new int[9], B); void B(int p) => Do(f, p);", "A(1)", "A: f by other of Do in B, 1 deep, repeated", "B: f by 0 of Do in B")]
    public void An_operator_calls_the_method_of_a_group(string methods, string call, params string[] expected) => Assert.Equal(expected, Of(methods, call));

    [Fact]
    public void A_callee_behind_a_recursion_keeps_its_summary() =>
        Assert.Equal(["B: f by 0 of Do in B"], Of("void A(int y) { B(y); A(y - 1); } void B(int y) => Do(f, y);", "A(1); B(1)"));

    [Fact]
    public void Calls_outside_loops_are_no_question() => Assert.Empty(Of("void A(int y) => Do(f, y); void Once() => A(1);", "_ = 1"));

    [Fact]
    public void No_more_than_a_few_deeds_are_kept() =>
        Assert.Equal(4, Of($"void A(int y) {{ {string.Concat(Enumerable.Repeat("Do(f, y); ", 20))} }}", "A(1)").Count);

    [Theory]
    [InlineData(100)]
    [InlineData(2_000)]
    public void Thousands_of_methods_that_call_each_other_are_joined_in_no_time(int count)
    {
        var methods = string.Join('\n', Enumerable.Range(0, count).Select(i => $"void M{i}(int y) {{ Do(f, y); M{(i + 1) % count}(y); M{(i * 7 + 3) % count}(y); M{(i * 31 + 5) % count}(y); N{i}(y); }} void N{i}(int y) {{ {(i + 1 < count ? $"N{i + 1}(y);" : "Do(f, y);")} }}"));
        var (summaries, compilation) = Noted(methods, $"N{count - 1}(1); M0(1); N0(1)");

        var watch = Stopwatch.StartNew();
        var found = summaries.Join(compilation, TestContext.Current.CancellationToken).Select(each => each.Call.Callee.Name).ToList();

        // A chain that is deeper than any stack: the end of it is found, its head is too far away, the circle has no summary.
        Assert.Equal([$"N{count - 1}"], found);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed} for {count} methods.");
    }

    private static List<string> Of(string methods, string calls)
    {
        var (summaries, compilation) = Noted(methods, calls);
        return [.. summaries.Join(compilation, TestContext.Current.CancellationToken).SelectMany(each => each.Deeds.Select(deed => $"{each.Call.Callee.Name}: {Text(deed)}"))];
    }

    private static string Text(Deed<string> deed)
    {
        var inputs = deed.Inputs.HaveOther ? "other" : deed.Inputs.HaveObject ? "object" : deed.Inputs.AreNone ? "nothing" : string.Join(' ', Enumerable.Range(0, 60).Where(deed.Inputs.Have));
        return $"{(deed.Owner is { } owner ? owner.Name + "." : "")}{deed.Source?.Name} by {inputs} of {deed.Detail} in {deed.Method.Name}{(deed.Depth > 0 ? $", {deed.Depth} deep" : "")}{(deed.IsRepeated ? ", repeated" : "")}";
    }

    /// <summary>Notes what an analyzer would: every call, and <c>Do</c> as the deed.</summary>
    private static (Summaries<string> Summaries, Compilation Compilation) Noted(string methods, string calls)
    {
        var snippet = Snippet.OfFile($$"""
            class C
            {
                object f = new();
                int i = [|1|];
                readonly Other other = new();
                static void Do(object what, object because) { }
                void Loop(object a, Other o) { foreach (var each in new int[9]) { {{calls}}; } }
                {{methods}}
            }

            sealed class Other
            {
                object held = new();
                public Other Next = null!;
                static void Do(object what, object because) { }
                public void B(int p) => Do(held, p);
                public object Own { get { Do(held, held); return held; } }
            }
            """);

        var summaries = new Summaries<string>();
        var model = snippet.Compilation.GetSemanticModel(snippet.Node.SyntaxTree);
        foreach (var node in snippet.Node.SyntaxTree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().Where(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or IdentifierNameSyntax { Parent: not MemberAccessExpressionSyntax } or MemberAccessExpressionSyntax))
        {
            if (model.GetOperation(node, TestContext.Current.CancellationToken) is not { } call || model.GetEnclosingSymbol(node.SpanStart, TestContext.Current.CancellationToken) is not { } member)
                continue;

            while (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
                member = member.ContainingSymbol;

            if (call is IInvocationOperation { TargetMethod.Name: "Do", Arguments: [{ Value: var what }, { Value: var because }] })
            {
                if (CallGraph.Owner(call, member, out _, out var isRepeated) is { } method && CallGraph.Place(what, method) is { } source)
                    summaries.Note(method, new(method, node.GetLocation(), source, Inputs.Of(because, method, follow: true), isRepeated, "Do"));
            }
            else if (call is IPropertyReferenceOperation read)
            {
                summaries.Note(read, member);
            }
            else if (call is IMethodReferenceOperation group)
            {
                summaries.Note(group, member);
            }
            else if (call is IInvocationOperation or IObjectCreationOperation)
            {
                summaries.Note(call, member);
            }
        }

        return (summaries, snippet.Compilation);
    }
}
