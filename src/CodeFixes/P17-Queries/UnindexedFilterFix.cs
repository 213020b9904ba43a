using Microsoft.CodeAnalysis.Text;

namespace HotPath;

/// <summary>Creates the index: in the schema file, or on the entity.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnindexedFilterFix() : RuleFix(UnindexedFilterAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not { } operation)
            yield break;

        var schema = Schema.Of(site.Model.Compilation, site.Options, site.CancellationToken);
        var small = Options.SmallTables.Read(site.Options, site.Model.SyntaxTree, UnindexedFilterAnalyzer.Id);
        var columns = operation.Type?.SpecialType == SpecialType.System_String || operation is IInterpolatedStringOperation
            ? SqlText.Constant(operation) is { } text ? UnindexedColumn.Of(text, schema, small) : []
            : OfEntities(operation, schema, small);

        if (columns.Count == 0)
            yield break;

        if (columns.All(column => column.Table.Path is not null))
            yield return InFile(site, columns, schema);
        else if (columns.All(column => column.Table.Entity is not null && column.Column.Property is not null) && site.Types["Microsoft.EntityFrameworkCore.IndexAttribute"] is { } attribute)
            yield return OnEntities(site, columns, attribute);
    }

    private static IReadOnlyList<UnindexedColumn> OfEntities(IOperation comparison, Schema schema, ICollection<string> small)
    {
        foreach (var call in EntityFilter.Around(comparison))
        {
            if (EntityFilter.Of(call, schema, small) is var (found, column) && found.Syntax.Span == comparison.Syntax.Span)
                return [column];
        }

        return [];
    }

    private static Fix InFile(Site site, IReadOnlyList<UnindexedColumn> columns, Schema schema)
    {
        var lines = new List<(string Path, string Line)>(columns.Count);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        foreach (var column in columns)
        {
            var stem = $"idx_{Plain(column.Table.Name)}_{Plain(column.Column.Name)}";
            var name = stem;
            for (var number = 2; schema.HasIndex(name) || !names.Add(name); number++)
                name = stem + "_" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

            var collation = column.Collation is null ? "" : $" COLLATE {column.Collation}";
            lines.Add((column.Table.Path!, $"CREATE INDEX {name} ON {column.Table.Written}({column.Column.Written}{collation});"));
        }

        var title = columns.Count == 1 ? $"Add '{lines[0].Line.TrimEnd(';')}' to the schema" : $"Add {columns.Count} indexes to the schema";
        return new(title, async (document, cancellationToken) =>
        {
            var solution = document.Project.Solution;
            foreach (var (path, line) in lines)
            {
                if (solution.GetProject(document.Project.Id)!.AdditionalDocuments.FirstOrDefault(file => file.FilePath == path) is not { } file)
                    continue;

                var text = await file.GetTextAsync(cancellationToken).ConfigureAwait(false);
                var end = text.ToString().Contains("\r\n") ? "\r\n" : "\n";
                var start = text.Length > 0 && text[text.Length - 1] != '\n' ? end : "";
                solution = solution.WithAdditionalDocumentText(file.Id, text.WithChanges(new TextChange(new(text.Length, 0), start + line + end)));
            }

            return solution;
        });
    }

    private static string Plain(string name) => new([.. name.Select(static letter => char.IsLetterOrDigit(letter) ? letter : '_')]);

    private static Fix OnEntities(Site site, IReadOnlyList<UnindexedColumn> columns, INamedTypeSymbol attribute)
    {
        var names = string.Join(", ", columns.Select(static column => $"{column.Table.Entity!.Name}.{column.Column.Property!.Name}"));
        return new($"Index {names} with an attribute", async (document, cancellationToken) =>
        {
            var solution = document.Project.Solution;
            foreach (var column in columns)
            {
                var reference = column.Table.Entity!.DeclaringSyntaxReferences[0];
                if (document.Project.GetDocument(reference.SyntaxTree)?.Id is not { } id || solution.GetDocument(id) is not { } declared)
                    continue;

                var editor = await DocumentEditor.CreateAsync(declared, cancellationToken).ConfigureAwait(false);
                var full = column.Table.Entity.ToDisplayString();
                var type = editor.OriginalRoot.DescendantNodes().OfType<TypeDeclarationSyntax>().First(type => editor.SemanticModel.GetDeclaredSymbol(type, cancellationToken)?.ToDisplayString() == full);
                var name = Imports.Name(editor, type, attribute);
                name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
                editor.ReplaceNode(type, (current, _) => With((TypeDeclarationSyntax)current, $"{name}(nameof({column.Column.Property!.Name}))"));
                solution = editor.GetChangedDocument().Project.Solution;
            }

            return solution;
        });
    }

    private static TypeDeclarationSyntax With(TypeDeclarationSyntax type, string attribute)
    {
        var parsed = ((TypeDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{attribute}] class C;")!).AttributeLists[0].WithoutTrivia();
        var indent = type.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } last] ? [last] : Array.Empty<SyntaxTrivia>();

        if (type.AttributeLists.Count == 0)
        {
            var list = parsed.WithLeadingTrivia(type.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticEndOfLine("\n"));
            return (TypeDeclarationSyntax)type.WithLeadingTrivia(indent).WithAttributeLists([list]);
        }

        return (TypeDeclarationSyntax)type.WithAttributeLists(type.AttributeLists.Add(parsed.WithLeadingTrivia(indent).WithTrailingTrivia(SyntaxFactory.ElasticEndOfLine("\n"))));
    }
}
