using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

public sealed class SnapshotsTests
{
    private const string Members = """
        private readonly List<string> own = new();
        private readonly List<Node> nodes = new();
        private readonly Dictionary<string, int> table = new();
        private int count;
        private event Action? Changed;
        void CountOne(string x) => count += x.Length;
        void Twice(string x) { CountOne(x); CountOne(x); }
        void Drop(string x) => own.Remove(x);
        void DropDeep(string x) => Drop(x);
        void DropGiven(List<string> list) => list.Clear();
        void Tell() => Changed?.Invoke();
        public virtual void Hook() { }
        sealed class Node { public List<Node> Children = new(); public Node? Parent; public int Weight; public void Detach() => Parent?.Children.Remove(this); public void Grow() => Weight++; public bool IsHeavy => Weight > 3; }
        """;

    [Theory]
    [InlineData("foreach (var x in [|own|]) CountOne(x);")]
    [InlineData("foreach (var x in [|own|]) Twice(x);")]
    [InlineData("foreach (var x in [|items|]) Console.WriteLine(x);")]
    [InlineData("foreach (var x in [|items.Where(x => x.Length > 3)|]) count++;")]
    [InlineData("foreach (var x in [|nodes|]) x.Grow();")]
    [InlineData("foreach (var x in [|array|]) n += x;")]
    [InlineData("foreach (var x in [|table.Keys|]) count += x.Length;")]
    [InlineData("foreach (var x in [|items|]) { var other = new List<string>(); other.Add(x); }")]
    [InlineData("foreach (var x in [|Directory.GetFiles(text)|]) File.Delete(x);")]
    public void Needs_no_copy(string statements) => Assert.True(IsNeedless(statements));

    [Theory]
    [InlineData("foreach (var x in [|own|]) Drop(x);")]
    [InlineData("foreach (var x in [|own|]) DropDeep(x);")]
    [InlineData("foreach (var x in [|own|]) { Tell(); n++; }")]
    [InlineData("foreach (var x in [|own|]) { Hook(); n++; }")]
    [InlineData("foreach (var x in [|own|]) action();")]
    [InlineData("foreach (var x in [|items|]) DropGiven(items);")]
    [InlineData("foreach (var x in [|items|]) DropGiven(own);")]
    [InlineData("foreach (var x in [|nodes|]) x.Detach();")]
    [InlineData("foreach (var x in [|nodes.Where(x => x.Weight > 3)|]) x.Grow();")]
    [InlineData("foreach (var x in [|nodes.Where(x => x.IsHeavy)|]) x.Weight = 0;")]
    [InlineData("foreach (var x in [|items.Where(x => x.Length > n)|]) n++;")]
    [InlineData("foreach (var x in [|sequence|]) Console.WriteLine(x);")]
    [InlineData("foreach (var x in [|table.Keys|]) table.Remove(x);")]
    [InlineData("foreach (var x in [|new System.Xml.Linq.XElement(text).Elements()|]) x.Remove();")]
    [InlineData("foreach (var x in [|items|]) lock (items) n++;")]
    [InlineData("foreach (var x in [|array|]) array[n] = x;")]
    public void Needs_a_copy(string statements) => Assert.False(IsNeedless(statements));

    private static bool IsNeedless(string statements)
    {
        var sequence = Snippet.Of(statements, Members).Operation;
        var loop = sequence.Parent;
        while (loop is not ILoopOperation)
            loop = loop!.Parent;

        return Snapshots.IsNeedless(sequence, loop);
    }
}
