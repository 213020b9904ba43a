namespace HotPath;

/// <summary>Names the columns that are used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SelectStarFix() : RuleFix(SelectStarAnalyzer.Id)
{
    private const int MostNamed = 4;

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Node is not ExpressionSyntax node || site.Operation is not { } text)
            yield break;

        var schema = new Lazy<Schema>(() => Schema.Of(site.Model.Compilation, site.Options, site.CancellationToken));
        if (StarSelect.At(text, () => schema.Value) is not { IsSure: true } found || found.Text.Find(found.Star.Start) is not var (token, place))
            yield break;

        if (ColumnNames.Of(found.Provider, site.Types).List(found) is not { } list)
            yield break;

        // SELECT*FROM is no mistake.
        var sql = found.Text.Sql;
        var before = found.Star.Start > 0 && char.IsLetterOrDigit(sql[found.Star.Start - 1]) ? " " : "";
        var after = found.Star.End < sql.Length && (char.IsLetterOrDigit(sql[found.Star.End]) || sql[found.Star.End] is '[' or '"' or '`') ? " " : "";

        var source = node.ToString();
        var at = token.SpanStart + place - node.SpanStart;
        var changed = source.Substring(0, at) + before + Written(list, token) + after + source.Substring(at + 1);
        var parsed = SyntaxFactory.ParseExpression(changed, options: node.SyntaxTree.Options);

        var names = found.Columns.Select(static column => column.Name).ToList();
        var title = names.Count <= MostNamed ? $"Select {string.Join(", ", names)}" : $"Select the {names.Count} columns that are used";
        var changes = found.KeepsOrder ? null : "The order of rows without ORDER BY";
        yield return new Fix(changes is null ? title : title + " (rows without ORDER BY may come in another order)", editor => editor.ReplaceNode(node, (current, _) => parsed.WithTriviaFrom(current)), changes);
    }

    /// <summary>The text as the literal writes it.</summary>
    private static string Written(string text, SyntaxToken token)
    {
        var start = token.Parent is InterpolatedStringTextSyntax { Parent: InterpolatedStringExpressionSyntax interpolated } ? interpolated.StringStartToken.Text : token.Text;
        if (start.StartsWith("@", StringComparison.Ordinal) || start.StartsWith("$@", StringComparison.Ordinal))
            return text.Replace("\"", "\"\"");

        return start.TrimStart('$').StartsWith("\"\"\"", StringComparison.Ordinal) ? text : text.Replace("\"", "\\\"");
    }
}
