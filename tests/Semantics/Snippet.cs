using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace HotPath.Tests;

/// <summary>A compiled source with one expression marked by <c>[|…|]</c>, for asking the shared semantics about it.</summary>
internal sealed class Snippet
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private Snippet(string marked, OutputKind kind)
    {
        var start = marked.IndexOf("[|", StringComparison.Ordinal);
        var end = marked.IndexOf("|]", StringComparison.Ordinal) - 2;
        var text = marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), "Test.cs");
        Compilation = CSharpCompilation.Create("Test", [tree, CSharpSyntaxTree.ParseText(RuleProject.GlobalUsings, new CSharpParseOptions(LanguageVersion.Latest))], References,
            new CSharpCompilationOptions(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        Node = tree.GetRoot().FindNode(TextSpan.FromBounds(start, end), getInnermostNodeForTie: true);
        Operation = Compilation.GetSemanticModel(tree).GetOperation(Node)!;
        Assert.NotNull(Operation);
    }

    public static AnalyzerOptions NoOptions { get; } = new([]);

    public Compilation Compilation { get; }

    public SyntaxNode Node { get; }

    public IOperation Operation { get; }

    /// <summary>The innermost loop around the marked expression.</summary>
    public Loop? Loop => Loops.Enclosing(Operation, NoOptions);

    /// <summary>A whole file.</summary>
    public static Snippet OfFile(string marked, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) => new(marked, kind);

    /// <summary>Statements of a method with parameters to use: items (List), array, text, n, sequence, action; other members of its class may be given.</summary>
    public static Snippet Of(string statements, string members = "") => new($$"""
        class C
        {
            {{members}}
            void M(List<string> items, int[] array, string text, int n, IEnumerable<string> sequence, Action action)
            {
                {{statements}}
            }
        }
        """, OutputKind.DynamicallyLinkedLibrary);
}
