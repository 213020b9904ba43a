namespace HotPath;

/// <summary>The fix that the SDK's CA1869 lacks: keeps JSON options that are always the same in a static readonly field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CachedJsonSerializerOptionsFix() : RuleFix(RecreatedExpensiveObjectAnalyzer.JsonOptionsTwin)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site) =>
        site.Operation is { } creation && RecreatedObject.Find(creation, site.Options, evenOnce: true) is { Kind: ObjectKind.JsonOptions } found
            ? RecreatedExpensiveObjectFix.Plan(site, found).OfType<Fix>()
            : [];
}
