namespace HotPath;

/// <summary>What an editor does after a fix, done by the fix itself, because fix-all and command-line tools apply one fix on top of another.</summary>
internal static class CleanUp
{
    /// <summary>Adds usings, simplifies and formats what a fix annotated, in every document it changed; new lines become those of the file.</summary>
    public static async Task<Solution> ChangedDocumentsAsync(Solution before, Solution after, CancellationToken cancellationToken)
    {
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(project => project.GetChangedDocuments()))
        {
            var document = after.GetDocument(id)!;
            document = await ImportAdder.AddImportsAsync(document, Simplifier.AddImportsAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            document = await Simplifier.ReduceAsync(document, Simplifier.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            document = await Formatter.FormatAsync(document, Formatter.Annotation, cancellationToken: cancellationToken).ConfigureAwait(false);

            // An editor formats elastic trivia after the fix; left to it, new lines would come after those of the file are restored.
            document = await Formatter.FormatAsync(document, SyntaxAnnotation.ElasticAnnotation, cancellationToken: cancellationToken).ConfigureAwait(false);
            document = await WithNewLinesOf(before.GetDocument(id), document, cancellationToken).ConfigureAwait(false);
            after = document.Project.Solution;
        }

        return after;
    }

    /// <summary>The formatter takes new lines from the workspace; a file that uses one kind keeps it.</summary>
    private static async Task<Document> WithNewLinesOf(Document? before, Document document, CancellationToken cancellationToken)
    {
        if (before is null || NewLine(await before.GetTextAsync(cancellationToken).ConfigureAwait(false)) is not { } newLine)
            return document;

        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        var others = root.DescendantTrivia(descendIntoTrivia: true).Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) && trivia.ToString() != newLine).ToList();
        return others.Count == 0
            ? document
            : document.WithSyntaxRoot(root.ReplaceTrivia(others, (_, _) => SyntaxFactory.EndOfLine(newLine)));
    }

    /// <summary>The one new line a text uses, or null for none or a mixture.</summary>
    private static string? NewLine(Microsoft.CodeAnalysis.Text.SourceText text)
    {
        string? only = null;
        foreach (var line in text.Lines)
        {
            if (line.EndIncludingLineBreak == line.End)
                continue;

            var newLine = line.EndIncludingLineBreak - line.End == 2 ? "\r\n" : text[line.End] == '\n' ? "\n" : null;
            if (newLine is null || (only ??= newLine) != newLine)
                return null;
        }

        return only;
    }
}
