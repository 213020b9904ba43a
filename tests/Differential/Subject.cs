using HotPath;

namespace HotPath.Tests;

/// <summary>A rule with its fix, as it is put to the test.</summary>
internal sealed record RuleAndFix(RuleAnalyzer Analyzer, RuleFix Fix);

/// <summary>What is put to the test: programs of one shape, and the orders in which rules fix them.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Shape">Composes the programs.</param>
/// <param name="Orders">The rules that fix them, one after the other; each order on its own. A program counts where all rules of the first order report.</param>
internal sealed record Subject(string Name, Shape Shape, IReadOnlyList<IReadOnlyList<RuleAndFix>> Orders)
{
    /// <summary>Every shape of this assembly, in the order of the ids.</summary>
    public static IReadOnlyList<Shape> Shapes { get; } =
    [
        .. typeof(Subject).Assembly.GetTypes()
            .Where(type => typeof(Shape).IsAssignableFrom(type) && !type.IsAbstract && type.IsPublic)
            .Select(type => (Shape)Activator.CreateInstance(type)!)
            .OrderBy(shape => shape.Id, StringComparer.Ordinal),
    ];

    /// <summary>A shape with the rule it is made for.</summary>
    public static Subject Of(Shape shape) => new(shape.Id, shape, [[new(shape.Analyzer, shape.Fix)]]);

    /// <summary>The same shape with another fix.</summary>
    public static Subject Of(Shape shape, RuleFix fix) => new(shape.Id, shape, [[new(shape.Analyzer, fix)]]);
}
