namespace HotPath;

/// <summary>Adds fields to the type around a node.</summary>
internal static class Fields
{
    /// <summary>The type declaration that would hold the field, or null where there is none: top-level statements, interfaces before C# 8 defaults.</summary>
    public static TypeDeclarationSyntax? Holder(SyntaxNode at) =>
        at.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } holder and not InterfaceDeclarationSyntax ? holder : null;

    /// <summary>
    /// Adds <c>private static readonly type name = initializer;</c> behind the fields that open the type, or before its first member;
    /// <paramref name="comments"/> go above it.
    /// </summary>
    public static void AddStaticReadOnly(DocumentEditor editor, TypeDeclarationSyntax holder, string type, string name, ExpressionSyntax initializer, IReadOnlyList<string>? comments = null)
    {
        var above = string.Concat((comments ?? []).Select(comment => comment + "\n"));
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"{above}private static readonly {type} {name} = value;")!;
        var value = field.Declaration.Variables[0].Initializer!.Value;
        field = field.ReplaceNode(value, initializer.WithoutTrivia()).WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);

        var opening = holder.Members.TakeWhile(member => member is FieldDeclarationSyntax).ToList();
        var next = opening.Count < holder.Members.Count ? (SyntaxNodeOrToken)holder.Members[opening.Count] : holder.CloseBraceToken;

        // Behind a field that stands inside #if, the new one would be inside as well.
        if (opening.Count > 0 && !next.GetLeadingTrivia().Any(trivia => trivia.IsDirective) && !opening.Any(member => member.ContainsDirectives))
            editor.InsertAfter(opening[opening.Count - 1], field.WithTrailingTrivia(SyntaxFactory.LineFeed));
        else if (holder.Members.Count > 0)
        {
            // The blank line belongs to the member below, as in a file that was parsed: another field may come in between.
            editor.ReplaceNode(holder.Members[0], (current, _) => current.WithLeadingTrivia(current.GetLeadingTrivia().Insert(0, SyntaxFactory.LineFeed)));
            editor.InsertBefore(holder.Members[0], field.WithTrailingTrivia(SyntaxFactory.LineFeed));
        }
        else
            editor.AddMember(holder, field);
    }
}
