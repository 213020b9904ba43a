namespace HotPath;

/// <summary>Asks EF Core once before the loop for the rows of all keys and looks them up in the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QueryPerRowFix() : RuleFix(QueryPerRowAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is IInvocationOperation call && RowKey.Of(call, site.Options) is { Loop: var loop } && BatchedQuery.Of(call, loop, site) is { } batched)
            yield return new Fix($"Ask once for all {batched.Set} before the loop", batched.Apply);
    }
}
