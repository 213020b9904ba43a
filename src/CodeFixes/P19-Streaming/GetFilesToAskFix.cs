namespace HotPath;

/// <summary>Asks the entries one by one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GetFilesToAskFix() : RuleFix(GetFilesToAskAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation listing || FolderQuestion.Of(listing) is not { Meanwhile: <= FileUse.Reads } found
            || listing.Syntax is not InvocationExpressionSyntax syntax || Method(syntax) is not { } name || found.Whole.Syntax is not ExpressionSyntax whole)
        {
            yield break;
        }

        // Deeper down may be a folder that must not be read, which all of them would tell.
        if (!IsFlat(listing) || found.Declarator is { } held && !SingleUse.IsSoon(held, found.Entries))
            yield break;

        var linq = site.Types["System.Linq.Enumerable"]!.ContainingNamespace;
        var isNumber = found.Question is CopyQuestion.Any or CopyQuestion.None;
        if (isNumber ? Comments.AreInside(whole) || !Imports.CanUse(site.Model, site.Node, linq) : found.Operators[^1].TargetMethod.ContainingType.Name == "MemoryExtensions" && !Imports.IsInScope(site.Model, site.Node, "System.Linq"))
            yield break;

        TypeSyntax? type = null;
        if (found.Declarator is { Syntax: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } })
        {
            if (declaration.Variables.Count != 1)
                yield break;

            if (!declaration.Type.IsVar)
                type = declaration.Type;
        }

        yield return new($"Ask {found.Lazy}", editor =>
        {
            var lazy = SyntaxFactory.IdentifierName(found.Lazy).WithTriviaFrom(name);
            if (!isNumber || found.Declarator is not null)
                editor.ReplaceNode(name, lazy);

            if (type is not null)
                editor.ReplaceNode(type, (current, _) => SyntaxFactory.IdentifierName("var").WithTriviaFrom(current));

            if (!isNumber)
                return;

            var entries = found.Declarator is null ? syntax.ReplaceNode(name, lazy).WithoutTrivia().ToString() : found.Entries.Syntax.ToString();
            var question = $"{entries}.Any()";
            editor.ReplaceNode(whole, (found.Question == CopyQuestion.None ? Materialising.Not(whole, question) : SyntaxFactory.ParseExpression(question)).WithTriviaFrom(whole));
            Imports.TryUse(editor, site.Node, linq);
        });
    }

    private static SimpleNameSyntax? Method(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } => name,
        MemberBindingExpressionSyntax { Name: IdentifierNameSyntax name } => name,
        IdentifierNameSyntax name => name,
        _ => null,
    };

    private static bool IsFlat(IInvocationOperation listing)
    {
        foreach (var argument in listing.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType != SpecialType.System_String && argument.Value.ConstantValue is not { HasValue: true, Value: 0 })
                return false;
        }

        return true;
    }
}
