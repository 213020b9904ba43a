using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class EffectsTests
{
    [Theory]
    [InlineData("int M(int x) => x + 1;")]
    [InlineData("int M(int x) { var sum = 0; for (var i = 0; i < x; i++) sum += i; return sum; }")]
    [InlineData("int M(int x) => x < 2 ? x : M(x - 1) + M(x - 2);")]
    [InlineData("int M(int x) => Math.Max(x, Other(x)); int Other(int x) => x * 2;")]
    [InlineData("string M(int x) => x.ToString() + \"!\";")]
    [InlineData("int M(int x) => Limit + x; const int Limit = 3;")]
    [InlineData("int M(int x) => Limit + x; static readonly int Limit = 3;")]
    [InlineData("int M(int x) { int Twice(int y) => y * 2; return Twice(x); }")]
    [InlineData("(int, int) M(int x) { (int a, int b) = (x, x + 1); return (b, a); }")]
    public void Pure(string members) => Assert.True(Of(members).ArePure, Of(members).Kinds.ToString());

    [Theory]
    [InlineData("int M(int x) => x + field; int field;")]
    [InlineData("int M(int[] x) => x[0];")]
    [InlineData("int M(List<int> x) => x.Count;")]
    [InlineData("int M(List<int> x) { var copy = new List<int>(); foreach (var y in x) copy.Add(y); return copy.Count; }")]
    [InlineData("string M(List<int> x) { var sb = new StringBuilder(); sb.Append(1).Append(2); return sb.ToString(); }")]
    [InlineData("int M(int x) { var own = new int[3]; own[0] = x; return own[0]; }")]
    [InlineData("int M(int[] x) => x.Where(y => y > 3).Sum();")]
    public void Read_only(string members) => Assert.True(Of(members).AreReadOnly, Of(members).Kinds.ToString());

    [Theory]
    [InlineData("int M(int x) => field = x; int field;", Effect.WritesState)]
    [InlineData("int M(int x) => field++; static int field;", Effect.WritesState)]
    [InlineData("void M(List<int> x) => x.Add(1);", Effect.WritesState)]
    [InlineData("void M(int[] x) => x[0] = 1;", Effect.WritesState)]
    [InlineData("void M(int[] x) => Array.Sort(x);", Effect.WritesState)]
    [InlineData("void M(ref int x) => x = 1;", Effect.WritesState)]
    [InlineData("void M(int x) => Other(x); void Other(int x) => field = x; int field;", Effect.WritesState)]
    [InlineData("void M(C x) => x.P = 1; int P { get; set; }", Effect.WritesState)]
    [InlineData("void M(int x) => Console.WriteLine(x);", Effect.External)]
    [InlineData("void M(int x) => File.Delete(\"x\");", Effect.External)]
    [InlineData("DateTime M(int x) => DateTime.Now;", Effect.Volatile)]
    [InlineData("int M(int x) => new Random().Next();", Effect.Volatile)]
    [InlineData("int M(Func<int> x) => x();", Effect.Unknown)]
    [InlineData("int M(int x) => Other(x); public virtual int Other(int x) => x;", Effect.Unknown)]
    [InlineData("int M(int[] x, Func<int, bool> f) => x.Count(f);", Effect.Unknown)]
    [InlineData("async Task M(int x) => await Task.Delay(x);", Effect.External)]
    public void Have(string members, object kind) => Assert.True(Of(members).Kinds.HasFlag((Effect)kind), Of(members).Kinds.ToString());

    [Fact]
    public void Know_which_fields_a_callee_changes()
    {
        var effects = Of("void M() => Other(); void Other() { list.Add(1); } readonly List<int> list = new(); int untouched;");
        Assert.Equal(["list"], effects.Written.Select(symbol => symbol.Name));
        Assert.Equal("List", Assert.Single(effects.Mutated).Name);
    }

    [Fact]
    public void Leave_new_objects_out() =>
        Assert.DoesNotContain(Of("D M(int x) => new D { Size = x, Name = { Length = x } }; int Size; Inner Name = new(); class Inner { public int Length; }").Written, symbol => symbol.Name == "Size");

    private static Effects Of(string members)
    {
        var snippet = Snippet.OfFile($"class [|C|] {{ {members} }} ".Replace("class [|C|]", "class C { int dummy = [|1|]; } partial class D ", StringComparison.Ordinal).Replace("(C x)", "(D x)", StringComparison.Ordinal));
        var method = snippet.Compilation.GetTypeByMetadataName("D")!.GetMembers("M").OfType<IMethodSymbol>().Single();
        return Effects.Of(method, snippet.Compilation);
    }
}
