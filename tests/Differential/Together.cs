using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace HotPath.Tests;

/// <summary>Fixes of several rules on one program, in either order.</summary>
internal static class Together
{
    /// <summary>All rules that keep behaviour, by rising and by falling id.</summary>
    public static IReadOnlyList<Subject> Subjects { get; } = Of([.. HotPath.Tests.Subject.Shapes.Where(shape => !shape.Changes)]);

    private static IReadOnlyList<Subject> Of(Shape[] shapes)
    {
        RuleAndFix[] rising = [.. shapes.Select(shape => new RuleAndFix(shape.Analyzer, shape.Fix))];
        return shapes.Length == 0 ? [] : [new("together", new Mixed(shapes), [rising, [.. rising.Reverse()]])];
    }

    /// <summary>A program of any of the shapes, whose asides hold the patterns of others.</summary>
    private sealed class Mixed(Shape[] shapes) : Shape
    {
        public override RuleAnalyzer Analyzer => shapes[0].Analyzer;

        public override RuleFix Fix => shapes[0].Fix;

        public override ImmutableArray<MetadataReference> AdditionalReferences { get; } = [.. shapes.SelectMany(shape => shape.AdditionalReferences).Distinct()];

        public override GeneratedProgram Compose(Choices choose)
        {
            choose.MixesPatterns = true;
            var shape = choose.Of(shapes);
            var program = shape.Compose(choose);

            // What programs of one shape share, each has for itself here.
            var (usings, types) = shape.Shared;
            return program with { Usings = program.Usings + string.Concat(usings.Split('\n').Where(line => line.Length > 0 && !program.Usings.Contains(line, StringComparison.Ordinal)).Select(line => line + "\n")), Types = types + program.Types };
        }
    }
}
