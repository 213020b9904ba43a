using HotPath.Benchmarks;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

public sealed class CorpusTests
{
    [Theory]
    [InlineData(CorpusShape.ManyFiles)]
    [InlineData(CorpusShape.OneType)]
    [InlineData(CorpusShape.OneMethod)]
    public void The_source_for_measuring_analyzers_compiles_and_is_as_long_as_asked_for(CorpusShape shape)
    {
        var compilation = Corpus.Compile(2_000, shape);

        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.InRange(compilation.SyntaxTrees.Sum(tree => tree.GetText().Lines.Count), 2_000, 4_000);
    }
}
