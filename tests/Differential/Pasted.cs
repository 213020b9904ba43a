using System.Globalization;

namespace HotPath.Tests;

/// <summary>Writes a failing program as a test that can be pasted into the rule's test class.</summary>
internal static class Pasted
{
    public static string Test(Subject subject, long seed, int batch, GeneratedProgram program, Verdict verdict)
    {
        var shared = subject.Shape.Shared;
        var usings = string.Concat((program.Usings + shared.Usings).Split('\n').Where(line => line.Length > 0).Distinct().Select(line => line + "\n"));
        var source = $"{usings}{(usings.Length > 0 ? "\n" : "")}{program.Types}{(shared.Types.Length > 0 ? "\n" + shared.Types : "")}".TrimEnd();
        var quotes = source.Contains("\"\"\"", StringComparison.Ordinal) ? "\"\"\"\"" : "\"\"\"";
        var inputs = string.Join(", ", program.Inputs.Select(input => $"[{string.Join(", ", input.Values.Select(Literal))}]"));

        return $$"""
            Seed {{seed}}, batch {{batch}}: the program {{verdict.Why}}
            {{verdict.After}}
            The test, to paste:

                [Fact]
                public Task Generated_with_seed_{{seed}}_batch_{{batch}}() => FixesAndRuns({{quotes}}
            {{string.Join("\n", source.Split('\n').Select(line => line.Length == 0 ? line : "        " + line))}}
                    {{quotes}}, [{{inputs}}]{{(subject.Shape.Changes ? ", changes: true" : "")}});
            """;
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        Arguments.File => "NewFile",
        string text => Quoted(text),
        string?[] { Length: 0 } => "Array.Empty<string>()",
        string?[] texts => $"new[] {{ {string.Join(", ", texts.Select(text => text is null ? "null" : Quoted(text)))} }}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Snapshot.Of(value),
    };

    private static string Quoted(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
