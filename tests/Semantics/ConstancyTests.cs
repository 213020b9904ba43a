using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPath.Tests;

public sealed class ConstancyTests
{
    [Theory]
    [InlineData("1 + 2", true)]
    [InlineData("\"a\" + Static", true)]
    [InlineData("Constant", true)]
    [InlineData("typeof(string)", true)]
    [InlineData("TimeSpan.FromSeconds(1)", true)]
    [InlineData("StringComparer.OrdinalIgnoreCase", true)]
    [InlineData("(1, \"a\")", true)]
    [InlineData("new int[] { 1, 2 }", true)]
    [InlineData("(Func<int, int>)(x => x + 1)", true)]
    [InlineData("fromLocal", true)]
    [InlineData("StringComparer.CurrentCulture", false)]
    [InlineData("DateTime.Now", false)]
    [InlineData("parameter", false)]
    [InlineData("Variable", false)]
    [InlineData("Array", false)]
    [InlineData("changing", false)]
    [InlineData("new int[] { parameter }", false)]
    [InlineData("(Func<int, int>)(x => x + parameter)", false)]
    [InlineData("(Func<string>)(() => this.ToString())", false)]
    [InlineData("1 + Environment.ProcessorCount", false)]
    [InlineData("new[] { Math.Max(1, 2) }", false)]
    public void What_is_always_the_same(string expression, bool isConstant) => Assert.Equal(isConstant, Of(expression) is not null);

    [Fact]
    public void A_method_s_type_argument_varies_by_call()
    {
        Assert.True(Of("typeof(T)")!.VariesByTypeArgument);
        Assert.True(Of("typeof(List<T>)")!.VariesByTypeArgument);
        Assert.False(Of("typeof(List<U>)")!.VariesByTypeArgument);
    }

    [Fact]
    public void Locals_and_fields_are_told()
    {
        Assert.Equal(["constantLocal", "fromLocal"], Of("fromLocal")!.Locals.Select(local => local.Name).Order());
        Assert.Equal(["Static"], Of("Static + \"a\"")!.Fields.Select(field => field.Name));
    }

    private static Constancy? Of(string expression)
    {
        var tree = CSharpSyntaxTree.ParseText($$"""
            using System;
            using System.Collections.Generic;
            class C<U>
            {
                const string Constant = "c";
                static readonly string Static = "s";
                static readonly int[] Array = { 1 };
                static string Variable = "v";
                void M<T>(int parameter)
                {
                    const string constantLocal = "a";
                    var fromLocal = constantLocal + "b";
                    var changing = 1;
                    changing++;
                    object value = {{expression}};
                    Console.WriteLine(value);
                }
            }
            """);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("c", [tree], references, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var value = tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>().Single(variable => variable.Identifier.Text == "value").Initializer!.Value;
        return Constancy.Of(compilation.GetSemanticModel(tree).GetOperation(value)!);
    }
}
