namespace HotPath;

/// <summary>Reads from the file itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WholeTextToParseFix() : RuleFix(WholeTextToParseAnalyzer.Id)
{
    private const string Changes = "only UTF-8 is understood";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation { Arguments: [{ Value: var path }, ..], Parent: not IAwaitOperation, TargetMethod: { IsStatic: true, Name: "ReadAllText" or "ReadAllBytes" } } load
            || WholeContent.Of(load) is not { Declarator: null } found || load.Syntax is not InvocationExpressionSyntax syntax || Comments.AreInside(syntax) || load.ArgumentOf(0) != path
            || site.Types["System.IO.File"] is not { } file)
        {
            yield break;
        }

        if (syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or GlobalStatementSyntax } statement || !Surrounding.AllowsUsingDeclaration(statement) || Surrounding.HasLabelsBeside(statement) || !IsQuietBehind(found.Whole))
            yield break;

        if (found.Use == ContentUse.Stream)
        {
            // What closes the stream in memory closes the file.
            if (found.Whole is not IObjectCreationOperation { Parent: IVariableInitializerOperation, Syntax: ExpressionSyntax creation }
                || statement is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword, Declaration: { Variables.Count: 1, Type: { } type } }
                || !type.IsVar && type.ToString() != "Stream" || Comments.AreInside(creation))
            {
                yield break;
            }

            yield return new("Read from the file itself", editor => editor.ReplaceNode(creation, (current, _) =>
                SyntaxFactory.ParseExpression($"{Imports.Name(editor, syntax, file)}.OpenRead({path.Syntax})").WithTriviaFrom(current)));
            yield break;
        }

        if (found.Use != ContentUse.Parse || load.Arguments.Length > 1 && load.Arguments[1].Value.Unconverted() is not IPropertyReferenceOperation { Property: { Name: "UTF8", IsStatic: true } } || load.TargetMethod.Name != "ReadAllText"
            || statement is not (LocalDeclarationStatementSyntax or ReturnStatementSyntax or ExpressionStatementSyntax) || IsInFunction(syntax, statement) || !Statements.CanInsertBefore(statement))
        {
            yield break;
        }

        yield return new($"Read from the file itself ({Changes})", editor =>
        {
            var name = Names.FreshLocal("stream", statement);
            editor.ReplaceNode(syntax, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
            Statements.InsertBefore(editor, statement, Surrounding.Line(SyntaxFactory.ParseStatement($"using var {name} = {Imports.Name(editor, syntax, file)}.OpenRead({path.Syntax});")));
        }, Changes);
    }

    private static bool IsInFunction(SyntaxNode node, SyntaxNode statement) => node.Ancestors().TakeWhile(ancestor => ancestor != statement).Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or ConditionalExpressionSyntax);

    /// <summary>Whether what comes later in the block, while the file is still open, writes no file.</summary>
    private static bool IsQuietBehind(IOperation whole)
    {
        var statement = whole;
        while (statement.Parent is not (null or IBlockOperation))
            statement = statement.Parent;

        if (statement.Parent is not IBlockOperation block)
            return false;

        for (var i = block.Operations.IndexOf(statement); i < block.Operations.Length; i++)
        {
            if (FileUses.In(block.Operations[i], static _ => false) > FileUse.Reads)
                return false;
        }

        return true;
    }
}
