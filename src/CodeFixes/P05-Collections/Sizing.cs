namespace HotPath;

/// <summary>Tells new collections how many elements will come.</summary>
internal static class Sizing
{
    /// <summary>The fix that gives the collections their capacity, or null where it cannot be written.</summary>
    public static Fix? Fix(KnownSize known)
    {
        foreach (var fill in known.Fills)
        {
            if (Comments.AreInside(fill.Fresh!.Creation.Syntax) || fill.Fresh.Creation.Syntax is CollectionExpressionSyntax or ImplicitObjectCreationExpressionSyntax && Language(fill) < LanguageVersion.CSharp9)
                return null;
        }

        return new($"Give {string.Join(" and ", known.Fills.Select(static fill => $"'{fill.Target.Text()}'"))} the capacity '{known.Capacity}'", editor =>
        {
            foreach (var fill in known.Fills)
                Apply(editor, fill, known.Capacity);
        });
    }

    private static LanguageVersion Language(Fill fill) => ((CSharpParseOptions)fill.Fresh!.Creation.Syntax.SyntaxTree.Options).LanguageVersion;

    private static void Apply(DocumentEditor editor, Fill fill, string capacity)
    {
        var creation = (ExpressionSyntax)fill.Fresh!.Creation.Syntax;
        var sized = Sized(creation, capacity);
        if (KnownSize.IsKnown(fill, fill.Fresh))
        {
            editor.ReplaceNode(creation, sized);
            return;
        }

        // Made where the loop begins, there the number is known.
        var declaration = (LocalDeclarationStatementSyntax)fill.Fresh.Statement.Syntax;
        if (Surrounding.Close(declaration) == declaration && TextResult.Next(declaration) is { } next)
            editor.ReplaceNode(next, (current, _) => Surrounding.Close((StatementSyntax)current));

        Statements.Declare(editor, fill.Loop.Operation.Syntax, declaration.ReplaceNode(creation, sized).WithoutTrivia().ToString());
        editor.RemoveNode(declaration.Parent is GlobalStatementSyntax global ? global : declaration, SyntaxRemoveOptions.KeepNoTrivia);
    }

    private static ExpressionSyntax Sized(ExpressionSyntax creation, string capacity)
    {
        var argument = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(capacity));
        return creation switch
        {
            BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: > 0 } arguments } made =>
                made.WithArgumentList(arguments.WithArguments(arguments.Arguments.Insert(0, argument)).NormalizeWhitespace().WithTriviaFrom(arguments)),
            BaseObjectCreationExpressionSyntax made => (made is ObjectCreationExpressionSyntax { ArgumentList: null, Type: var type } plain ? plain.WithType(type.WithoutTrailingTrivia()) : made)
                .WithArgumentList(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(argument))).WithInitializer(null).WithTriviaFrom(creation),
            _ => SyntaxFactory.ImplicitObjectCreationExpression(SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(argument)), null).WithTriviaFrom(creation),
        };
    }
}
