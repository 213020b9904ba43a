namespace HotPath.Tests;

public sealed class AliasingTests
{
    [Theory]
    [InlineData("[|items|] = new();", UseKind.Assigned)]
    [InlineData("[|n|]++;", UseKind.Assigned)]
    [InlineData("[|text|] += n;", UseKind.Assigned)]
    [InlineData("([|text|], n) = (\"\", 1);", UseKind.Assigned)]
    [InlineData("int.TryParse(text, out [|n|]);", UseKind.PassedByReference)]
    [InlineData("ref var r = ref [|n|];", UseKind.PassedByReference)]
    [InlineData("[|items|].Add(text);", UseKind.Called)]
    [InlineData("[|items|]?.Add(text);", UseKind.Called)]
    [InlineData("_ = [|items|].Any();", UseKind.Called)]
    [InlineData("_ = [|items|].Count;", UseKind.MemberRead)]
    [InlineData("_ = [|items|][0];", UseKind.MemberRead)]
    [InlineData("_ = [|items|][^1];", UseKind.MemberRead)]
    [InlineData("_ = [|array|][n];", UseKind.MemberRead)]
    [InlineData("[|items|][0] = text;", UseKind.MemberWritten)]
    [InlineData("[|array|][0]++;", UseKind.MemberWritten)]
    [InlineData("[|items|].Capacity = 3;", UseKind.MemberWritten)]
    [InlineData("int.TryParse(text, out [|array|][0]);", UseKind.MemberWritten)]
    [InlineData("Console.WriteLine([|items|]);", UseKind.Passed)]
    [InlineData("_ = new List<string>([|items|]);", UseKind.Passed)]
    [InlineData("foreach (var x in [|items|]) { }", UseKind.Enumerated)]
    [InlineData("string[] all = [.. [|items|]];", UseKind.Enumerated)]
    [InlineData("var alias = [|items|];", UseKind.Shared)]
    [InlineData("object alias = [|items|];", UseKind.Shared)]
    [InlineData("var both = ([|items|], n);", UseKind.Shared)]
    [InlineData("var choice = n > 3 ? [|items|] : null;", UseKind.Shared)]
    [InlineData("Action<string> add = [|items|].Add;", UseKind.Shared)]
    [InlineData("var copy = [|n|];", UseKind.Read)]
    [InlineData("var copy = [|text|];", UseKind.Read)]
    [InlineData("if ([|items|] == null) { }", UseKind.Read)]
    [InlineData("var s = $\"{[|text|]}\";", UseKind.Read)]
    public void Classifies(string statements, object kind) => Assert.Equal((UseKind)kind, Aliasing.Classify(Snippet.Of(statements).Operation).Kind);

    [Theory]
    [InlineData("items.Add(text);", Change.Certain)]
    [InlineData("items.Sort();", Change.Certain)]
    [InlineData("CollectionChanger(items);", Change.Certain)]
    [InlineData("var alias = items; alias.Clear();", Change.Certain)]
    [InlineData("action = () => items.Add(text);", Change.Certain)]
    [InlineData("items.Insert(0, text);", Change.Certain)]
    [InlineData("if (items.Contains(text)) Console.WriteLine(items.IndexOf(text));", Change.None)]
    [InlineData("CollectionReader(items);", Change.None)]
    [InlineData("_ = items.Select(x => x + text).OrderBy(x => x).ToList();", Change.None)]
    [InlineData("var alias = items; Console.WriteLine(alias.Count);", Change.None)]
    [InlineData("Keep(items);", Change.Unknown)]
    [InlineData("kept = items;", Change.Unknown)]
    public void Sees_changes(string statements, object change)
    {
        var snippet = Snippet.Of("[|{ " + statements + " }|]", """
            List<string> kept = new();
            void Keep(List<string> list) => kept = list;
            static void CollectionChanger(List<string> list) { if (list.Count > 3) list.RemoveAt(0); }
            static int CollectionReader(List<string> list) => list.Count;
            """);
        var items = snippet.Compilation.GetTypeByMetadataName("C")!.GetMembers("M").OfType<Microsoft.CodeAnalysis.IMethodSymbol>().Single().Parameters[0];
        Assert.Equal((Change)change, Aliasing.ChangeIn(items, snippet.Operation));
    }
}
