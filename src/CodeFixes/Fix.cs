namespace HotPath;

/// <summary>Where a fix is asked for: the reported node in its document, with its meaning.</summary>
public sealed class Site(Document document, SemanticModel model, SyntaxNode node, CancellationToken cancellationToken)
{
    /// <summary>The document that holds the finding.</summary>
    public Document Document { get; } = document;

    /// <summary>The meaning of the document.</summary>
    public SemanticModel Model { get; } = model;

    /// <summary>The reported node.</summary>
    public SyntaxNode Node { get; } = node;

    /// <summary>Cancels planning.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The options of the project.</summary>
    public Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions Options => Document.Project.AnalyzerOptions;

    /// <summary>The types of the compilation.</summary>
    public KnownTypes Types => KnownTypes.Of(Model.Compilation);

    /// <summary>The operation of the reported node.</summary>
    public IOperation? Operation => Model.GetOperation(Node, CancellationToken);
}

/// <summary>A fix that is sure to apply.</summary>
public sealed class Fix
{
    private readonly Func<Document, CancellationToken, Task<Solution>> edit;

    /// <summary>A fix that edits the document of the finding only.</summary>
    /// <param name="title">What the user reads in the light bulb.</param>
    /// <param name="edit">The edit, of the very document that was planned on.</param>
    /// <param name="changes">What the fix changes beside cost, as the title says; null for a fix that keeps behaviour.</param>
    public Fix(string title, Action<DocumentEditor> edit, string? changes = null)
        : this(title, async (document, cancellationToken) =>
        {
            var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
            edit(editor);
            return editor.GetChangedDocument().Project.Solution;
        }, changes)
    {
    }

    /// <summary>A fix that edits the solution.</summary>
    /// <param name="title">What the user reads in the light bulb.</param>
    /// <param name="edit">The edit, given the very document that was planned on.</param>
    /// <param name="changes">What the fix changes beside cost, as the title says; null for a fix that keeps behaviour.</param>
    public Fix(string title, Func<Document, CancellationToken, Task<Solution>> edit, string? changes = null)
    {
        Title = title;
        Changes = changes;
        this.edit = edit;
    }

    /// <summary>What the user reads in the light bulb.</summary>
    public string Title { get; }

    /// <summary>What the fix changes beside cost; null for a fix that keeps behaviour.</summary>
    public string? Changes { get; }

    internal Task<Solution> ApplyAsync(Document document, CancellationToken cancellationToken) => edit(document, cancellationToken);
}
