namespace HotPath;

/// <summary>Comments, and directives, that a rewrite would lose.</summary>
internal static class Comments
{
    /// <summary>Whether a comment or a directive stands inside the node: not before its first token, not behind its last.</summary>
    public static bool AreInside(SyntaxNode node)
    {
        foreach (var trivia in node.DescendantTrivia(node.Span))
        {
            if (node.Span.Contains(trivia.Span) && Is(trivia))
                return true;
        }

        return false;
    }

    /// <summary>Whether none gets lost where one node is put for another.</summary>
    public static bool AreKept(SyntaxNode before, SyntaxNode after) => before.DescendantTrivia().Count(Is) == after.DescendantTrivia().Count(Is);

    /// <summary>The trivia where there are comments in it, else none.</summary>
    public static SyntaxTriviaList With(SyntaxTriviaList trivia) => trivia.Any(Is) ? trivia : [];

    private static bool Is(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective;
}
