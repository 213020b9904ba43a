namespace HotPath;

/// <summary>Loads the entities without tracking them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TrackedReadOnlyQueryFix() : RuleFix(TrackedReadOnlyQueryAnalyzer.Id)
{
    private const string Changed = "a row that comes twice makes two objects, and the context does not know them";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        var context = site.Types["Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions"];
        if (TrackedRead.Of(LoadedEntities.At(site)) is not { } found || !LoadedEntities.CanAdd(found, site, context))
            yield break;

        // Right behind the set, where it is read first; the set may stand elsewhere.
        var query = LoadedEntities.Query(found);
        if (found.Query.Source.Syntax is ExpressionSyntax set && set.SyntaxTree == query.SyntaxTree && query.Span.Contains(set.Span))
            query = set;

        yield return new Fix($"Add AsNoTracking(): {Changed}", editor =>
        {
            Imports.TryUse(editor, query, context!.ContainingNamespace);
            editor.ReplaceNode(query, (_, _) => LoadedEntities.Add(query, "AsNoTracking()"));
        }, changes: Changed);
    }
}
