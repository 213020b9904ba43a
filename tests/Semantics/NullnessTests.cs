namespace HotPath.Tests;

public sealed class NullnessTests
{
    [Theory]
    [InlineData("Use([|items|]);")]
    [InlineData("var own = new List<string>(); Use([|own|]);")]
    [InlineData("var own = items.Where(x => x != text).ToList(); Use([|own|]);")]
    [InlineData("var parts = text.Split(','); Use([|parts|]);")]
    [InlineData("Use([|Field|]);", "readonly List<string> Field = new();")]
    [InlineData("#nullable disable\nUse([|Field|]);", "\n#nullable disable\nList<string> Field = new();\n")]
    [InlineData("Maybe.Clear(); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("if (Maybe == null) return; Use([|Maybe|]);", "", "Maybe")]
    [InlineData("if (Maybe is null || n > 3) throw new Exception(); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("if (Maybe != null && n > 3) Use([|Maybe|]);", "", "Maybe")]
    [InlineData("ArgumentNullException.ThrowIfNull(Maybe); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("Maybe ??= new(); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("foreach (var x in Maybe!) { } if (n > 3) { Use([|Maybe|]); }", "", "Maybe")]
    public void Holds_an_object(string statements, string members = "", string parameter = "unused") => AssertNeverNull(true, statements, members, parameter);

    [Theory]
    [InlineData("Use([|Maybe|]);", "", "Maybe")]
    [InlineData("if (Maybe != null) Use(n); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("Maybe?.Clear(); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("if (n > 3) Maybe!.Clear(); Use([|Maybe|]);", "", "Maybe")]
    [InlineData("Maybe!.Clear(); Maybe = null; Use([|Maybe|]);", "", "Maybe")]
    [InlineData("_ = n > 3 && Maybe!.Count > 3; Use([|Maybe|]);", "", "Maybe")]
    [InlineData("Maybe!.Clear(); action = () => Use([|Maybe|]);", "", "Maybe")]
    [InlineData("if (items == null) n = 0; Use([|items|]);")]
    [InlineData("var own = n > 3 ? items : null; Use([|own|]);")]
    [InlineData("var own = Old(); Use([|own|]);", "\n#nullable disable\nList<string> Old() => null;\n#nullable restore\n")]
    [InlineData("var own = Older; Use([|own|]);", "\n#nullable disable\nList<string> Older => null;\n#nullable restore\n")]
    [InlineData("Use([|Field|]);", "List<string>? Field = new(); void Forget() => Field = null;")]
    [InlineData("Use([|Field|]);", "readonly List<string>? Field; C(int a) { } C() => Field = new();")]
    public void May_be_null(string statements, string members = "", string parameter = "unused") => AssertNeverNull(false, statements, members, parameter);

    private static void AssertNeverNull(bool expected, string statements, string members, string parameter)
    {
        var snippet = Snippet.OfFile($$"""
            class C
            {
                {{members}}
                void Use(object? o) { }
                void M(List<string> items, string text, int n, Action action, List<string>? {{parameter}})
                {
                    {{statements}}
                }
            }
            """);
        var statement = snippet.Node.AncestorsAndSelf().First(node => node is Microsoft.CodeAnalysis.CSharp.Syntax.StatementSyntax || node.Parent is Microsoft.CodeAnalysis.CSharp.Syntax.LambdaExpressionSyntax);
        Assert.Equal(expected, Nullness.IsNeverNullBefore(snippet.Operation, statement));
    }

    [Theory]
    [InlineData("string x = text; Use([|x|]);", true)]
    [InlineData("string? x = n > 3 ? text : null; Strict(x); Use([|x|]);", false)]
    [InlineData("string? x = n > 3 ? text : null; if (x == null) return; Strict(x); Use([|x|]);", true)]
    public void What_was_passed_with_a_warning_may_be_null(string statements, bool isObject)
    {
        var snippet = Snippet.Of(statements, "static void Use(object? o) { } static void Strict(string s) { }");
        Assert.Equal(isObject, Nullness.IsNotNull(snippet.Operation, snippet.Operation.SemanticModel!));
    }
}
