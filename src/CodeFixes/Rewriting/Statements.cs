namespace HotPath;

/// <summary>Puts statements before or after the one that holds a node, wherever that stands.</summary>
internal static class Statements
{
    /// <summary>Whether statements can be put before <paramref name="at"/>: not in initialisers, attributes, and right behind labels.</summary>
    public static bool CanInsertBefore(SyntaxNode at) => Anchor(at) is { } anchor && anchor is not StatementSyntax { Parent: LabeledStatementSyntax };

    /// <summary>Whether statements can be put after the statement around <paramref name="at"/>.</summary>
    public static bool CanInsertAfter(SyntaxNode at) => Anchor(at) is StatementSyntax { Parent: not LabeledStatementSyntax };

    /// <summary>Puts statements before the statement that holds <paramref name="at"/>; a brace-less body gets braces, an expression body becomes a block.</summary>
    public static void InsertBefore(DocumentEditor editor, SyntaxNode at, params StatementSyntax[] statements)
    {
        var added = Array.ConvertAll(statements, statement => statement.WithAdditionalAnnotations(Formatter.Annotation));

        switch (Anchor(at))
        {
            case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement:
                editor.InsertBefore(statement, added);
                break;

            case StatementSyntax { Parent: GlobalStatementSyntax global }:
                editor.InsertBefore(global, Array.ConvertAll(added, SyntaxFactory.GlobalStatement));
                break;

            case StatementSyntax embedded:
                editor.ReplaceNode(embedded, (current, _) => Braced([.. added, Bare((StatementSyntax)current)], current));
                break;

            case LambdaExpressionSyntax { ExpressionBody: not null } lambda:
                var lambdaReturns = Returns(editor.SemanticModel.GetSymbolInfo(lambda).Symbol as IMethodSymbol);
                editor.ReplaceNode(lambda, (current, _) => WithBlock((LambdaExpressionSyntax)current, added, lambdaReturns));
                break;

            case ArrowExpressionClauseSyntax { Parent: { } member }:
                var memberReturns = Returns(editor.SemanticModel.GetDeclaredSymbol(member) switch
                {
                    IPropertySymbol { GetMethod: var getter } => getter,
                    var symbol => symbol as IMethodSymbol,
                });
                editor.ReplaceNode(member, (current, _) => WithBlock(current, added, memberReturns));
                break;

            default:
                throw new InvalidOperationException("Ask CanInsertBefore first.");
        }
    }

    /// <summary>Puts declarations on lines of their own before the statement; a blank line above the statement goes above them.</summary>
    public static void Declare(DocumentEditor editor, SyntaxNode at, params string[] sources)
    {
        var declarations = Array.ConvertAll(sources, Parse);
        if (at is not StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } statement
            || at.GetFirstToken().GetPreviousToken() is var before && !before.IsKind(SyntaxKind.None) && !before.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia))
        {
            InsertBefore(editor, at, Array.ConvertAll(declarations, static declaration => declaration.WithLeadingTrivia(SyntaxFactory.ElasticMarker).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)));
            return;
        }

        var leading = statement.GetLeadingTrivia();
        var blank = leading.TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        var indentation = blank.Count > 0 && blank[blank.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? blank[blank.Count - 1] : SyntaxFactory.Whitespace("");

        for (var i = 0; i < declarations.Length; i++)
            declarations[i] = declarations[i].WithLeadingTrivia(i == 0 ? blank : [indentation]).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));

        // Two loops stand apart.
        SyntaxTrivia[] apart = declarations[declarations.Length - 1] is ForEachStatementSyntax ? [SyntaxFactory.EndOfLine("\n"), indentation] : [indentation];
        editor.ReplaceNode(statement, (current, _) => current.WithLeadingTrivia(SyntaxFactory.TriviaList([.. apart, .. leading.Skip(blank.Count)])));

        if (statement.Parent is GlobalStatementSyntax global)
            editor.InsertBefore(global, Array.ConvertAll(declarations, SyntaxFactory.GlobalStatement));
        else
            editor.InsertBefore(statement, declarations);
    }

    /// <summary>Puts statements after the statement that holds <paramref name="at"/>; a brace-less body gets braces.</summary>
    public static void InsertAfter(DocumentEditor editor, SyntaxNode at, params StatementSyntax[] statements)
    {
        var added = Array.ConvertAll(statements, statement => statement.WithAdditionalAnnotations(Formatter.Annotation));

        switch (Anchor(at))
        {
            case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement:
                editor.InsertAfter(statement, added);
                break;

            case StatementSyntax { Parent: GlobalStatementSyntax global }:
                editor.InsertAfter(global, Array.ConvertAll(added, SyntaxFactory.GlobalStatement));
                break;

            case StatementSyntax embedded:
                editor.ReplaceNode(embedded, (current, _) => Braced([Bare((StatementSyntax)current), .. added], current));
                break;

            default:
                throw new InvalidOperationException("Ask CanInsertAfter first.");
        }
    }

    /// <summary>Puts statements before and after the statement that holds <paramref name="at"/>, in one list with it; a brace-less body gets braces.</summary>
    public static void Surround(DocumentEditor editor, SyntaxNode at, StatementSyntax[] before, StatementSyntax[] after)
    {
        if (Anchor(at) is StatementSyntax { Parent: not (BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax) } embedded)
        {
            var (first, last) = (Array.ConvertAll(before, Formatted), Array.ConvertAll(after, Formatted));
            editor.ReplaceNode(embedded, (current, _) => Braced([.. first, Bare((StatementSyntax)current), .. last], current));
            return;
        }

        if (before.Length > 0)
            InsertBefore(editor, at, before);

        if (after.Length > 0)
            InsertAfter(editor, at, after);

        static StatementSyntax Formatted(StatementSyntax statement) => statement.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>A statement from its source, to be formatted where it lands.</summary>
    public static StatementSyntax Parse(string source) => SyntaxFactory.ParseStatement(source).WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary><c>var name = value;</c>, to be formatted where it lands.</summary>
    public static StatementSyntax Declaration(string name, ExpressionSyntax value) =>
        SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
                SyntaxFactory.IdentifierName("var"),
                SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(name).WithInitializer(SyntaxFactory.EqualsValueClause(value.WithoutTrivia())))))
            .NormalizeWhitespace(elasticTrivia: true)
            .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);

    /// <summary>The statement with a blank line above it.</summary>
    public static T Spaced<T>(T statement)
        where T : StatementSyntax => statement.WithLeadingTrivia(SyntaxFactory.LineFeed);

    /// <summary>The innermost statement, or the lambda or arrow with an expression body, that holds the node.</summary>
    private static SyntaxNode? Anchor(SyntaxNode at)
    {
        foreach (var node in at.AncestorsAndSelf())
        {
            switch (node)
            {
                case StatementSyntax:
                case LambdaExpressionSyntax { ExpressionBody: not null } when node != at:
                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax
                    or OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax or ConstructorDeclarationSyntax or DestructorDeclarationSyntax }:
                    return node;

                case MemberDeclarationSyntax or ConstructorInitializerSyntax or AttributeListSyntax:
                    return null;
            }
        }

        return null;
    }

    private static bool Returns(IMethodSymbol? method) =>
        method is { ReturnsVoid: false, MethodKind: not (MethodKind.Constructor or MethodKind.Destructor or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove) }
        && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 });

    private static BlockSyntax Braced(IEnumerable<StatementSyntax> statements, SyntaxNode replaced) =>
        SyntaxFactory.Block(statements).WithTriviaFrom(replaced).WithAdditionalAnnotations(Formatter.Annotation);

    private static StatementSyntax Bare(StatementSyntax statement) =>
        statement.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);

    private static SyntaxNode WithBlock(LambdaExpressionSyntax lambda, StatementSyntax[] added, bool returns)
    {
        var block = Block(added, lambda.ExpressionBody!, returns, SyntaxFactory.Token(SyntaxKind.SemicolonToken));
        return lambda.WithExpressionBody(null).WithBlock(block).WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static SyntaxNode WithBlock(SyntaxNode member, StatementSyntax[] added, bool returns)
    {
        var arrow = member.ChildNodes().OfType<ArrowExpressionClauseSyntax>().Single();
        var semicolon = member.ChildTokens().Last(token => token.IsKind(SyntaxKind.SemicolonToken));
        var block = Block(added, arrow.Expression, returns, SyntaxFactory.Token(SyntaxKind.SemicolonToken)).WithTrailingTrivia(semicolon.TrailingTrivia);
        var getter = SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, block)));

        SyntaxNode changed = member switch
        {
            LocalFunctionStatementSyntax function => function.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            BaseMethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            AccessorDeclarationSyntax accessor => accessor.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            PropertyDeclarationSyntax property => property.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(getter),
            IndexerDeclarationSyntax indexer => indexer.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(getter),
            _ => member,
        };

        return changed.WithAdditionalAnnotations(Formatter.Annotation);
    }

    private static BlockSyntax Block(StatementSyntax[] added, ExpressionSyntax expression, bool returns, SyntaxToken semicolon)
    {
        // A throw expression is a statement of its own; what comes before it is still evaluated first.
        StatementSyntax last = expression is ThrowExpressionSyntax @throw ? SyntaxFactory.ThrowStatement(@throw.Expression)
            : returns ? SyntaxFactory.ReturnStatement(expression)
            : SyntaxFactory.ExpressionStatement(expression, semicolon);

        StatementSyntax[] statements = [.. added, last.WithAdditionalAnnotations(Formatter.Annotation)];
        return SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation);
    }
}
