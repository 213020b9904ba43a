using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class EqualityTests
{
    [Theory]
    [InlineData("class T;", true)]
    [InlineData("struct T { public int Id; }", true)]
    [InlineData("record T(int Id);", true)]
    [InlineData("record struct T(int Id);", true)]
    [InlineData("record T(int Id) { public virtual bool Equals(T? other) => other?.Id == Id; }", false)]
    [InlineData("record T(int Id) { public virtual bool Equals(T? other) => other?.Id == Id; public override int GetHashCode() => Id; }", true)]
    [InlineData("class T { public override bool Equals(object? o) => true; }", false)]
    [InlineData("class T { public override bool Equals(object? o) => true; public override int GetHashCode() => 1; }", true)]
    [InlineData("class T : IEquatable<T> { public bool Equals(T? o) => true; }", false)]
    [InlineData("class T : IEquatable<T> { bool IEquatable<T>.Equals(T? o) => true; }", false)]
    [InlineData("class T { public bool Equals(T? o) => true; }", true)]
    [InlineData("class B { public override bool Equals(object? o) => true; public override int GetHashCode() => 1; } class T : B { }", true)]
    [InlineData("class B { public override bool Equals(object? o) => true; } class T : B { }", false)]
    [InlineData("interface T;", true)]
    [InlineData("enum T { A }", true)]
    public void Hash_codes_go_with_equality(string type, bool expected) => Assert.Equal(expected, Equality.IsHashable(Type(type)));

    [Theory]
    [InlineData("class T;", false)]
    [InlineData("class T { public int Id { get; set; } }", false)]
    [InlineData("record T(int Id);", false)]
    [InlineData("record T(int Id, string Name, List<int> Items);", false)]
    [InlineData("record T(int Id) { public string? Note { get; set; } }", true)]
    [InlineData("record struct T(int Id);", false)]
    [InlineData("class T(int id) { public override bool Equals(object? o) => o is T t && t.GetHashCode() == id; public override int GetHashCode() => id; }", false)]
    [InlineData("class T(int id) { public override bool Equals(object? o) => o is T t && t.GetHashCode() == id; public override int GetHashCode() => id; public void Move() => id++; }", true)]
    [InlineData("struct T { public R Inner; } record R { public int Id { get; set; } }", true)]
    [InlineData("record T(R Inner); record R { public int Id { get; set; } }", true)]
    [InlineData("record T(int Id) { public T? Next { get; init; } }", true)]
    public void Equality_may_change(string type, bool expected) => Assert.Equal(expected, Equality.CanChange(Type(type)));

    private static ITypeSymbol Type(string source) => Snippet.OfFile(source + " class C { void M(T t) { _ = [|t|]; } }").Operation.Type!;
}
