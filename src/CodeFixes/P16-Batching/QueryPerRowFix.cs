using Microsoft.CodeAnalysis.Diagnostics;

namespace HotPath;

/// <summary>Asks EF Core once before the loop for the rows of all keys and looks them up in the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QueryPerRowFix() : RuleFix(QueryPerRowAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is IInvocationOperation call && KeyOf(call, site.Options) is { Loop: var loop } && BatchedQuery.Of(call, loop, site) is { } batched)
            yield return new Fix($"Ask once for all {batched.Set} before the loop", batched.Apply);
    }

    private static RowKey? KeyOf(IInvocationOperation call, AnalyzerOptions options)
    {
        if (RowQuery.MayBe(call))
            return RowKey.Of(call, options);

        // What walks through a query stands around it.
        if (call.Consumer(out _) is not { } consumer)
            return null;

        return RowKey.OfWalk(consumer is IArgumentOperation { Parent: { } taker } ? taker : consumer, options) is { } key && key.Query.Syntax == call.Syntax ? key : null;
    }
}
