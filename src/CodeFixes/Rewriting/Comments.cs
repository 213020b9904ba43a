namespace HotPath;

/// <summary>Comments that a rewrite would lose.</summary>
internal static class Comments
{
    /// <summary>Whether a comment or a directive stands inside the node: not before its first token, not behind its last.</summary>
    public static bool AreInside(SyntaxNode node)
    {
        foreach (var trivia in node.DescendantTrivia(node.Span))
        {
            if (node.Span.Contains(trivia.Span) && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective))
                return true;
        }

        return false;
    }
}
