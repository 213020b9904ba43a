namespace HotPath;

/// <summary>Puts statements around a statement, and variables they declare in scope of both.</summary>
internal static class Surrounding
{
    /// <summary>Whether statements can be put around <paramref name="statement"/>; not where one might end up on the wrong side of an <c>#if</c>.</summary>
    public static bool CanSurround(StatementSyntax statement) => Statements.CanInsertBefore(statement) && Statements.CanInsertAfter(statement) && !statement.ContainsDirectives;

    /// <summary>Whether a <c>using</c> declaration may stand beside <paramref name="statement"/>: not in older languages, and not directly in a switch section.</summary>
    public static bool AllowsUsingDeclaration(StatementSyntax statement) =>
        ((CSharpParseOptions)statement.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8 && statement.Parent is not SwitchSectionSyntax;

    /// <summary>Whether labels stand beside <paramref name="statement"/>: a jump over a <c>using</c> declaration does not compile.</summary>
    public static bool HasLabelsBeside(StatementSyntax statement) => statement.Parent?.ChildNodes().Any(static node => node is LabeledStatementSyntax) == true;

    /// <summary>Puts statements before and after one; what <paramref name="inside"/> makes of the statement itself comes between.</summary>
    public static void Surround(DocumentEditor editor, StatementSyntax statement, StatementSyntax[] before, StatementSyntax[] after, Func<StatementSyntax, StatementSyntax> inside)
    {
        before = Array.ConvertAll(before, Line);
        after = Array.ConvertAll(after, Line);

        // What follows a block stands apart from it.
        if (before.Length > 0 && Close(statement) != statement && statement.GetFirstToken().GetPreviousToken().IsKind(SyntaxKind.CloseBraceToken))
            before[0] = Apart(before[0]);

        if (statement.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
        {
            Statements.InsertBefore(editor, statement, before);
            Statements.InsertAfter(editor, statement, after);
            editor.ReplaceNode(statement, (current, _) => inside((StatementSyntax)current));
            return;
        }

        editor.ReplaceNode(statement, (current, _) => Block([.. before, Bare(inside((StatementSyntax)current)), .. after]).WithTriviaFrom(current));
    }

    /// <summary>Puts a statement and what comes after it into a <c>using</c> statement.</summary>
    public static void SurroundByUsing(DocumentEditor editor, StatementSyntax statement, UsingStatementSyntax around, StatementSyntax[] before, StatementSyntax[] after, Func<StatementSyntax, StatementSyntax> inside) =>
        editor.ReplaceNode(statement, (current, _) => around
            .WithStatement(Block([.. Array.ConvertAll(before, Line), Bare(inside((StatementSyntax)current)), .. Array.ConvertAll(after, Line)]))
            .WithTriviaFrom(current)
            .WithAdditionalAnnotations(Formatter.Annotation));

    /// <summary>The statement with an empty line before it.</summary>
    public static StatementSyntax Apart(StatementSyntax statement) =>
        statement.WithLeadingTrivia(statement.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine("\n")));

    /// <summary>The statement with the end of its line.</summary>
    public static StatementSyntax Line(StatementSyntax statement) =>
        statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? statement : statement.WithTrailingTrivia(statement.GetTrailingTrivia().Add(SyntaxFactory.EndOfLine("\n")));

    /// <summary>The statement without the empty lines before it.</summary>
    public static StatementSyntax Close(StatementSyntax statement)
    {
        var trivia = statement.GetLeadingTrivia();
        var first = 0;
        for (var i = 0; i < trivia.Count && (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia) || trivia[i].IsKind(SyntaxKind.WhitespaceTrivia)); i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia))
                first = i + 1;
        }

        return first == 0 ? statement : statement.WithLeadingTrivia(trivia.Skip(first));
    }

    private static BlockSyntax Block(IEnumerable<StatementSyntax> statements) =>
        SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation);

    private static StatementSyntax Bare(StatementSyntax statement) =>
        statement.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation);
}
