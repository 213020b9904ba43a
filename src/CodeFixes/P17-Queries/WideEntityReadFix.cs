namespace HotPath;

/// <summary>Selects what is read.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WideEntityReadFix() : RuleFix(WideEntityReadAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        var operators = site.Types["System.Linq.Queryable"];
        if (WideRead.Of(LoadedEntities.At(site)) is not { } found || WideRead.ShowsElsewhere(found) || !LoadedEntities.CanAdd(found, site, operators))
            yield break;

        // Only what names the type in a declaration can become var.
        if (found.Typed.Any(static type => type.Parent is not (VariableDeclarationSyntax { Variables.Count: 1 } or ForEachStatementSyntax)))
            yield break;

        var query = LoadedEntities.Query(found);
        var element = OwnName(found) ?? Names.Camel(found.Query.Entity.Name, "entity");

        // Since C# 8 a lambda may name its parameter as it likes.
        if (!Binding.HasLanguage(query, LanguageVersion.CSharp8))
            element = Names.FreshLocal(element, query);

        var values = found.Read.Select(static property => property.Name).OrderBy(static name => name, StringComparer.Ordinal).ToList();
        var projection = $"Select({element} => new {{ {string.Join(", ", values.Select(value => $"{element}.{value}"))} }})";

        yield return new Fix($"Select only {string.Join(" and ", values)}", editor =>
        {
            Imports.TryUse(editor, query, operators!.ContainingNamespace);
            editor.ReplaceNode(query, (current, _) => LoadedEntities.Add(query, projection));
            foreach (var type in found.Typed)
                editor.ReplaceNode(type, (current, _) => SyntaxFactory.IdentifierName("var").WithTriviaFrom(current));
        });
    }

    /// <summary>The name that the query gives its elements already, where a lambda may use it again.</summary>
    private static string? OwnName(EntityRead found)
    {
        foreach (var call in found.Query.Operators)
        {
            if (Translation.Lambda(call, 1) is { Symbol.Parameters: [{ Name: var name }], Syntax: LambdaExpressionSyntax lambda } && found.Source.Syntax.Span.Contains(lambda.Span))
                return name;
        }

        return null;
    }
}
