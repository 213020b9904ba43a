namespace HotPath.Tests;

public sealed class InvarianceTests
{
    [Theory]
    [InlineData("foreach (var x in array) _ = [|items|].Contains(text);")]
    [InlineData("foreach (var x in array) _ = [|text|];")]
    [InlineData("foreach (var x in array) _ = [|text.ToUpperInvariant() + n|];")]
    [InlineData("foreach (var x in array) _ = [|\"^#\"|];")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Console.WriteLine(items.Count); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); ReadOnly(items); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); _ = items.Where(i => i == text).ToList(); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); Nothing(); }")]
    [InlineData("void Local() => items.Add(text); Local(); foreach (var x in array) _ = [|items|].Contains(text);")]
    [InlineData("array.ToList().ForEach(x => items.Add(text)); foreach (var x in array) { _ = [|items|].Contains(text); action(); }")]
    [InlineData("foreach (var x in array) { _ = [|Auto|].Contains(text); }")]
    [InlineData("foreach (var x in array) { _ = [|Auto|].Contains(text); Nothing(); }")]
    public void Holds(string statements) => AssertHolds(true, statements);

    [Theory]
    [InlineData("foreach (var x in array) _ = [|x|];")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); items.Add(text); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); items = new(); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Change(items); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Replace(ref items); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); items[0] = text; }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); var alias = items; alias.Add(text); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); items?.Add(text); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); array.ToList().ForEach(y => items.Add(text)); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Local(); } void Local() => items.Add(text);")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Outer(); } void Outer() => Local(); void Local() => items.Add(text);")]
    [InlineData("Action later = () => items.Add(text); foreach (var x in array) { _ = [|items|].Contains(text); later(); }")]
    [InlineData("var alias = items; foreach (var x in array) { _ = [|items|].Contains(text); alias.Add(text); }")]
    [InlineData("var alias = n > 3 ? items : new(); foreach (var x in array) { _ = [|items|].Contains(text); alias.Add(text); }")]
    [InlineData("var alias = items; foreach (var x in array) { _ = [|alias|].Contains(text); items.Add(text); }")]
    [InlineData("foreach (var x in array) { var inner = new List<string>(); _ = [|inner|].Contains(text); }")]
    [InlineData("foreach (var x in array) { _ = [|n + 1|]; n++; }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); field.Add(text); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); AddToField(text); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); ReplaceField(); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); Deep(text); }")]
    [InlineData("foreach (var x in array) { _ = [|Auto|].Contains(text); Auto = new(); }")]
    [InlineData("foreach (var x in array) { _ = [|Auto|].Contains(text); Auto.Add(text); }")]
    [InlineData("foreach (var x in array) { _ = [|Virtual|].Contains(text); }")]
    [InlineData("foreach (var x in array) { _ = [|Computed|].Contains(text); }")]
    [InlineData("foreach (var x in array) { _ = [|DateTime.Now|]; }")]
    [InlineData("foreach (var x in array) { _ = [|Guid.NewGuid()|]; }")]
    [InlineData("foreach (var x in array) { _ = [|stop|]; }")]
    public void Changes(string statements) => AssertHolds(false, statements);

    [Theory]
    [InlineData("var own = new List<string>(items); foreach (var x in array) { _ = [|own|].Contains(text); action(); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Console.WriteLine(x); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); Nothing(); }")]
    [InlineData("var result = new List<string>(); foreach (var x in array) { if (![|items|].Contains(text)) result.Add(text); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); Nothing(); }")]
    [InlineData("var own = items.ToList(); foreach (var x in array) { _ = [|own|].Contains(text); void Local() => action(); Local(); }")]
    public void Is_proven(string statements) => AssertProven(true, statements);

    [Theory]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); action(); }")]
    [InlineData("foreach (var x in array) { _ = [|items|].Contains(text); AddToField(text); }")]
    [InlineData("var alias = items; foreach (var x in array) { _ = [|items|].Contains(text); alias.Add(text); }")]
    [InlineData("var own = new List<string>(items); Action later = () => own.Add(text); foreach (var x in array) { _ = [|own|].Contains(text); later(); }")]
    [InlineData("var own = new List<string>(items); void Local() => own.Add(text); foreach (var x in array) { _ = [|own|].Contains(text); Local(); }")]
    [InlineData("var own = new List<string>(items); var alias = own; foreach (var x in array) { _ = [|own|].Contains(text); alias.Add(text); }")]
    [InlineData("var own = new List<string>(items); field = own; foreach (var x in array) { _ = [|own|].Contains(text); AddToField(text); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); action(); }")]
    [InlineData("foreach (var x in array) { _ = [|field|].Contains(text); VirtualCall(); }")]
    [InlineData("foreach (var x in Lazy()) { _ = [|field|].Contains(text); }")]
    [InlineData("foreach (var x in sequence) { _ = [|items|].Contains(text); }")]
    public void Is_not_proven(string statements) => AssertProven(false, statements);

    private const string Members = """
        List<string> field = new();
        volatile bool stop;
        List<string> Auto { get; set; } = new();
        public virtual List<string> Virtual { get; } = new();
        List<string> Computed => new(field);
        static void ReadOnly(List<string> list) => Console.WriteLine(list.Count);
        static void Change(List<string> list) => list.Clear();
        static void Replace(ref List<string> list) => list = new();
        void AddToField(string s) => field.Add(s);
        void ReplaceField() { field = new(); }
        void Deep(string s) => Deeper(s);
        void Deeper(string s) { if (s != "") AddToField(s); }
        void Nothing() { }
        public virtual void VirtualCall() { }
        IEnumerable<string> Lazy() { field.Add("x"); yield return "y"; }
        """;

    private static void AssertHolds(bool expected, string statements)
    {
        var snippet = Snippet.Of(statements, Members);
        Assert.NotNull(snippet.Loop);
        Assert.Equal(expected, Invariance.Holds(snippet.Operation, snippet.Loop));
    }

    private static void AssertProven(bool expected, string statements)
    {
        var snippet = Snippet.Of(statements, Members);
        Assert.NotNull(snippet.Loop);
        Assert.Equal(expected, Invariance.IsProven(snippet.Operation, snippet.Loop));
    }
}
