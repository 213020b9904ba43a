using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace HotPath.Tests;

/// <summary>Offers of all the actions of a fix only the one that a test is about; its fix-all is that of the fix.</summary>
public sealed class ChosenActions(CodeFixProvider fix, Func<IReadOnlyList<CodeAction>, CodeAction?> choose) : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => fix.FixableDiagnosticIds;

    /// <summary>Whether an action says that it changes something beside cost.</summary>
    public static bool Changes(CodeAction action) => action.EquivalenceKey?.Contains(":changes:", StringComparison.Ordinal) == true;

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => fix.GetFixAllProvider() is { } provider ? new FixAll(provider, fix) : null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var offers = new List<CodeAction>();
        foreach (var diagnostic in context.Diagnostics)
            await fix.RegisterCodeFixesAsync(new CodeFixContext(context.Document, diagnostic, (action, _) => offers.Add(action), context.CancellationToken));

        if (choose(offers) is { } chosen)
            context.RegisterCodeFix(chosen, context.Diagnostics);
    }

    private sealed class FixAll(FixAllProvider provider, CodeFixProvider fix) : FixAllProvider
    {
        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => provider.GetSupportedFixAllScopes();

        public override Task<CodeAction?> GetFixAsync(FixAllContext context) =>
            provider.GetFixAsync(new FixAllContext(context.Document!, fix, context.Scope, context.CodeActionEquivalenceKey!, context.DiagnosticIds, new Forwarded(context), context.CancellationToken));
    }

    private sealed class Forwarded(FixAllContext context) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await context.GetAllDiagnosticsAsync(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => await context.GetDocumentDiagnosticsAsync(document);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await context.GetProjectDiagnosticsAsync(project);
    }
}
