using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

public sealed class QueriesTests
{
    private const string Members = """
        private int calls;
        private List<string> own = new();
        private IEnumerable<string> Long => own.Where(x => x.Length > 3);
        private IEnumerable<string> Twice { get { Console.WriteLine(); return own; } }
        public virtual IEnumerable<string> Open => own;
        bool Seen(string x) => ++calls > x.Length;
        static IEnumerable<string> Iterate(string[] from) { foreach (var x in from) yield return x; }
        IEnumerable<string> Loud() { Console.WriteLine(); yield return ""; }
        List<string> Make() => own;
        """;

    [Theory]
    [InlineData("_ = [|sequence|];", true)]
    [InlineData("_ = [|items.OrderBy(x => x)|];", true)]
    [InlineData("_ = [|items|];", false)]
    [InlineData("_ = [|array|];", false)]
    [InlineData("_ = [|items.ToList()|];", false)]
    [InlineData("_ = [|new HashSet<int>()|];", false)]
    public void Sequences_have_neither_number_nor_places(string statements, bool isSequence) => Assert.Equal(isSequence, Queries.IsSequence(Of(statements).Type));

    [Theory]
    [InlineData("_ = [|new Dictionary<string, int>()|];", true)]
    [InlineData("_ = [|new Dictionary<string, int>().Keys|];", true)]
    [InlineData("_ = [|new HashSet<int>()|];", true)]
    [InlineData("_ = [|new LinkedList<int>()|];", true)]
    [InlineData("_ = [|new SortedList<string, int>()|];", false)]
    [InlineData("_ = [|items|];", false)]
    [InlineData("_ = [|array|];", false)]
    public void Unindexed_collections_have_no_places(string statements, bool isUnindexed) => Assert.Equal(isUnindexed, Queries.IsUnindexedCollection(Of(statements).Type));

    [Theory]
    [InlineData("_ = [|items.Where(x => x != text)|];", true)]
    [InlineData("_ = [|from x in items select x|];", true)]
    [InlineData("_ = [|Iterate(new[] { text })|];", true)]
    [InlineData("_ = [|Loud()|];", true)]
    [InlineData("IEnumerable<string> Inner() { yield return text; } _ = [|Inner()|];", true)]
    [InlineData("IEnumerable<string> Inner() { IEnumerable<string> Deep() { yield return text; } return Deep().ToList(); } _ = [|Inner()|];", false)]
    [InlineData("_ = [|items.Where(x => x != text).ToList()|];", false)]
    [InlineData("_ = [|items.AsEnumerable()|];", false)]
    [InlineData("_ = [|Enumerable.Range(0, n)|];", false)]
    [InlineData("_ = [|Make()|];", false)]
    [InlineData("_ = [|sequence|];", false)]
    public void Deferred_is_what_each_walk_computes(string statements, bool isDeferred) => Assert.Equal(isDeferred, Queries.IsDeferred(Of(statements)));

    [Theory]
    [InlineData("_ = [|Long|];", true)]
    [InlineData("_ = [|Twice|];", false)]
    [InlineData("_ = [|Open|];", false)]
    [InlineData("_ = [|items.Count|];", false)]
    public void Computed_is_what_a_property_gives(string statements, bool isComputed)
    {
        var property = (IPropertyReferenceOperation)Of(statements);
        Assert.Equal(isComputed, Queries.Computed(property.Property, property.SemanticModel!.Compilation) is not null);
    }

    [Theory]
    [InlineData("_ = [|items|];", true)]
    [InlineData("_ = [|array|];", true)]
    [InlineData("_ = [|items.Where(x => x.Length > n)|];", true)]
    [InlineData("_ = [|items.Select(x => x + text).OrderBy(x => x.Length)|];", true)]
    [InlineData("var q = items.Where(x => x != text); _ = [|q.Take(3)|];", true)]
    [InlineData("_ = [|Long|];", true)]
    [InlineData("_ = [|Iterate(new[] { text })|];", true)]
    [InlineData("_ = [|items.Where(x => Seen(x))|];", false)]
    [InlineData("_ = [|items.Where(x => { Console.WriteLine(x); return true; })|];", false)]
    [InlineData("_ = [|items.Where(x => n++ > 3)|];", false)]
    [InlineData("_ = [|items.Where(Seen)|];", false)]
    [InlineData("_ = [|Loud()|];", false)]
    [InlineData("_ = [|sequence|];", false)]
    public void Read_only_is_a_walk_without_effects(string statements, bool isReadOnly) => Assert.Equal(isReadOnly, Queries.IsReadOnly(Of(statements)));

    [Theory]
    [InlineData("_ = [|items.Where(x => x.Length > 3)|];", true)]
    [InlineData("_ = [|items.Select(x => x + text)|];", true)]
    [InlineData("_ = [|items.Select(x => (object)new List<string>())|];", false)]
    [InlineData("_ = [|items.Select(x => x.Length)|];", true)]
    public void Gives_the_same_where_nobody_can_tell_the_walks_apart(string statements, bool givesSame) => Assert.Equal(givesSame, Queries.GivesSame(Of(statements)));

    [Theory]
    [InlineData("_ = [|items.Where(x => x.Length > 3).Skip(1)|];", true)]
    [InlineData("_ = [|array.Select(x => x / 2)|];", true)]
    [InlineData("_ = [|array.Select(x => 2 / x)|];", false)]
    [InlineData("_ = [|array.Select(x => checked(x + 1))|];", false)]
    [InlineData("_ = [|items.Select(x => int.Parse(x))|];", false)]
    [InlineData("_ = [|items.Select(x => x.Substring(1))|];", false)]
    [InlineData("_ = [|items.Cast<object>()|];", false)]
    [InlineData("_ = [|Iterate(new[] { text })|];", false)]
    public void Cannot_fail(string statements, bool cannot) => Assert.Equal(cannot, Queries.CannotFail(Of(statements)));

    [Theory]
    [InlineData("foreach (var y in array) Console.WriteLine([|items.Where(x => x.Length > 3)|]);", true)]
    [InlineData("var kept = new List<string>(items); foreach (var y in array) Console.WriteLine([|kept.Where(x => x.Length > 3)|]);", true)]
    [InlineData("foreach (var y in array) { items.Add(text); Console.WriteLine([|items.Where(x => x.Length > 3)|]); }", false)]
    [InlineData("foreach (var y in array) { n++; Console.WriteLine([|items.Where(x => x.Length > n)|]); }", false)]
    [InlineData("foreach (var y in array) { action(); Console.WriteLine([|items.Where(x => x.Length > 3)|]); }", false)]
    public void Steady_is_what_the_loop_leaves_alone(string statements, bool isSteady)
    {
        var snippet = Snippet.Of(statements, Members);
        Assert.Equal(isSteady, Queries.IsSteady(snippet.Operation, snippet.Loop!.Operation));
    }

    [Fact]
    public void What_is_made_where_it_stands_is_steady_if_it_is_evaluated_once()
    {
        var snippet = Snippet.Of("foreach (var y in array) Console.WriteLine([|text.Split(',').Where(x => x.Length > 3)|]);", Members);
        Assert.True(Queries.IsSteady(snippet.Operation, snippet.Loop!.Operation, isEvaluatedOnce: true));
    }

    [Theory]
    [InlineData("foreach (var y in array) Console.WriteLine([|sequence.Where(x => x.Length > n)|]);", true)]
    [InlineData("foreach (var y in array) { items.Add(text); Console.WriteLine([|items.Where(x => x.Length > 3)|]); }", false)]
    [InlineData("foreach (var y in array) Console.WriteLine([|sequence.Where(x => x.Length > y)|]);", false)]
    public void Holds_as_far_as_the_loop_shows(string statements, bool holds)
    {
        var snippet = Snippet.Of(statements, Members);
        Assert.Equal(holds, Queries.Holds(snippet.Operation, snippet.Loop!.Operation));
    }

    [Fact]
    public void Leaves_are_what_a_query_is_computed_from()
    {
        List<string> leaves = [];
        Assert.True(Queries.HasLeaves(Of("var q = items.Where(x => x != text); _ = [|q.Concat(items.Take(2)).Select(x => x)|];"), leaf =>
        {
            leaves.Add(leaf.Syntax.ToString());
            return true;
        }));
        Assert.Equal(["items", "items"], leaves);
    }

    private static Microsoft.CodeAnalysis.IOperation Of(string statements) => Snippet.Of(statements, Members).Operation;
}
