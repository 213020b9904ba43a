namespace HotPath;

/// <summary>Replaces the loop by string.Join or string.Concat, or builds the string with a StringBuilder where the loop tells elements apart that these do not.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class JoinLoopFix() : RuleFix(JoinLoopAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (Shape(site) is not { } shape)
            yield break;

        if (Joining.Plan(site, shape) is { } join)
            yield return join;
        else if (StringBuilding.Plan(site, shape.Accumulation) is { } builder)
            yield return builder;
    }

    /// <summary>The shape of the reported loop: any of its growths leads to it.</summary>
    private static JoinShape? Shape(Site site)
    {
        if (site.Operation is not ILoopOperation loop)
            return null;

        foreach (var part in loop.Body.DescendantsAndSelf())
        {
            if (part is IAssignmentOperation assignment
                && StringAccumulation.Of(assignment, site.Options) is { } accumulation
                && ReferenceEquals(accumulation.First.Assignment, assignment)
                && accumulation.Loop.Syntax == loop.Syntax
                && JoinShape.Of(accumulation) is { } shape)
            {
                return shape;
            }
        }

        return null;
    }
}
