namespace HotPath;

/// <summary>Puts a hash set beside the list and asks that what is new.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class DeduplicateByScanFix() : RuleFix(DeduplicateByScanAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || Deduplication.Of(call, site.Options) is not { } found || !HashSets.Agrees(found.Scan, site.Model))
            yield break;

        var scan = found.Scan;
        if (scan.Collection.Variable() is not { } variable || !IsList(scan.Collection) || scan.Test.Syntax is not ExpressionSyntax || scan.Call.Syntax.Parent is ConditionalAccessExpressionSyntax)
            yield break;

        if (!found.IsLastTest || !AlwaysAdds(found) || Spot.Of(scan, site, found.Add) is not { } spot || spot.IsParallel)
            yield break;

        var isEmpty = IsEmptyBefore(variable, scan.Collection, spot.Statement);
        if (!isEmpty && !Nullness.IsNeverNullBefore(scan.Collection, spot.Statement))
            yield break;

        // "Is it absent?" is what Add answers.
        var (question, asksForAbsence) = HashSets.Question(scan);
        if (!Comments.AreKept(question, HashSets.Ask(scan, question, SyntaxFactory.IdentifierName("seen"), "Add", !asksForAbsence)))
            yield break;

        var name = Names.FreshLocal("seen", site.Node);
        yield return new($"Ask a HashSet beside '{scan.Collection.Text()}' what is new", editor =>
        {
            editor.ReplaceNode(question, HashSets.Ask(scan, question, SyntaxFactory.IdentifierName(name), "Add", !asksForAbsence));
            Statements.Declare(editor, spot.Statement, $"var {name} = {HashSets.Creation(scan, editor, spot.Statement, isEmpty ? null : (ExpressionSyntax)scan.Collection.Syntax)};");
        });
    }

    private static bool IsList(IOperation collection) => collection.Type.Is("System.Collections.Generic", "List")
        || collection.Variable() is { } variable && Origins.Only(variable, collection) is { } origin && origin.Unconverted().Type.Is("System.Collections.Generic", "List");

    /// <summary>Whether whatever is new for the set gets into the list as well, come what may.</summary>
    private static bool AlwaysAdds(Deduplication found)
    {
        if (found.Between.IsEmpty)
            return true;

        // An exception between the two would be seen by code that goes on.
        for (IOperation? current = found.Check; current is not null; current = current.Parent)
        {
            if (current is ITryOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
        }

        return !found.Between.Any(static statement => statement.DescendantsAndSelf().Any(static part =>
            part is IBranchOperation or IReturnOperation or IThrowOperation or ILabeledOperation or ILocalFunctionOperation or IAwaitOperation));
    }

    /// <summary>Whether the list was made right there and nothing was added yet.</summary>
    private static bool IsEmptyBefore(ISymbol variable, IOperation reference, SyntaxNode statement)
    {
        if (variable is not ILocalSymbol local || Origins.Only(local, reference) is not { } origin || !IsEmpty(origin.Unconverted()) || local.DeclaringSyntaxReferences is not [var declared])
            return false;

        var declaration = declared.GetSyntax().FirstAncestorOrSelf<LocalDeclarationStatementSyntax>();
        var block = (SyntaxNode?)(declaration?.Parent as GlobalStatementSyntax)?.Parent ?? declaration?.Parent;
        if (declaration is null || block is null || !origin.Syntax.Ancestors().Contains(declaration))
            return false;

        // In a loop around the statement the list would not be empty again.
        for (var node = statement; node != block; node = node.Parent)
        {
            if (node is null or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax || node != statement && node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or LabeledStatementSyntax)
                return false;
        }

        return !Aliasing.Uses(local, reference.Root()).Any(use => use.Reference.Syntax.SpanStart < statement.SpanStart && use.Kind is not (UseKind.MemberRead or UseKind.Read))
            && !block.DescendantNodes().Any(static node => node is GotoStatementSyntax);
    }

    private static bool IsEmpty(IOperation origin) => origin switch
    {
        IObjectCreationOperation { Initializer: null or { Initializers.Length: 0 }, Arguments: var arguments } => arguments.All(static argument => argument.Value.Type?.SpecialType == SpecialType.System_Int32),
        ICollectionExpressionOperation { Elements.Length: 0 } => true,
        _ => false,
    };
}
