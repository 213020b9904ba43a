namespace HotPath;

/// <summary>Makes the collection with room for all elements.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnsizedCollectionFix() : RuleFix(UnsizedCollectionAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (FilledAtOnce.Loop(site) is { } loop && KnownSize.Of(loop, site.Options) is { } known && Sizing.Fix(known) is { } fix)
            yield return fix;
    }
}
