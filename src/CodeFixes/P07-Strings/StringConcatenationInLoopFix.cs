namespace HotPath;

/// <summary>Appends to a StringBuilder in the loop and makes the string once behind it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StringConcatenationInLoopFix() : RuleFix(StringConcatenationInLoopAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is IAssignmentOperation assignment
            && StringAccumulation.Of(assignment, site.Options) is { } accumulation
            && StringBuilding.Plan(site, accumulation) is { } fix)
        {
            yield return fix;
        }
    }
}
