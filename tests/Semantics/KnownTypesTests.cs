using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HotPath.Tests;

public sealed class KnownTypesTests
{
    private const string Name = "System.Linq.Enumerable";

    [Fact]
    public void A_type_is_found_by_its_name()
    {
        var types = KnownTypes.Of(Compilation());
        Assert.Equal("List", types["System.Collections.Generic.List`1"]!.Name);
        Assert.Null(types["System.Collections.Generic.Lisp`1"]);
    }

    [Fact]
    public void A_construction_is_of_the_type()
    {
        var compilation = Compilation();
        var list = compilation.GetTypeByMetadataName("System.Collections.Generic.List`1")!.Construct(compilation.GetSpecialType(SpecialType.System_Int32));
        Assert.True(KnownTypes.Of(compilation).Is(list, "System.Collections.Generic.List`1"));
        Assert.False(KnownTypes.Of(compilation).Is(list, "System.Collections.Generic.HashSet`1"));
        Assert.False(KnownTypes.Of(compilation).Is(null, "System.Collections.Generic.List`1"));
    }

    [Theory]
    [InlineData("internal")]
    [InlineData("public")]
    public void A_library_s_type_of_the_same_name_does_not_hide_the_framework_s(string accessibility)
    {
        var library = Library("Extensions", accessibility, "System.Linq");
        Assert.True(accessibility == "internal" || Compilation(library).GetTypeByMetadataName(Name) is null, "Nothing is ambiguous.");
        Assert.StartsWith("System.", KnownTypes.Of(Compilation(library))[Name]!.ContainingAssembly.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_libraries_the_public_type_is_taken()
    {
        var types = KnownTypes.Of(Compilation(Library("Hidden", "internal", "Here"), Library("Shown", "public", "Here")));
        Assert.Equal("Shown", types["Here.Enumerable"]!.ContainingAssembly.Name);
    }

    private static CSharpCompilation Compilation(params MetadataReference[] libraries) =>
        CSharpCompilation.Create("Test", [], [.. Snippet.Of("_ = [|1|];").Compilation.References, .. libraries]);

    private static MetadataReference Library(string name, string accessibility, string space)
    {
        using var image = new MemoryStream();
        var source = CSharpSyntaxTree.ParseText($"namespace {space} {{ {accessibility} static class Enumerable {{ }} }}");
        Assert.True(Compilation().WithAssemblyName(name).WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).AddSyntaxTrees(source).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
