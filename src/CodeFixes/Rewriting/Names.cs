namespace HotPath;

/// <summary>Names that a fix may give.</summary>
internal static class Names
{
    /// <summary>
    /// <paramref name="name"/>, or the first of name2, name3, … that is free for a local around <paramref name="at"/>: no token of the
    /// member says it, so a new local hides nothing the member uses.
    /// </summary>
    public static string FreshLocal(string name, SyntaxNode at)
    {
        var scope = Member(at);
        return Fresh(name, candidate => scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == candidate));
    }

    /// <summary><paramref name="name"/>, or the first of name2, name3, … that no member of the type, its bases, or the type's own source uses.</summary>
    public static string FreshMember(string name, INamedTypeSymbol type, SemanticModel model, int position)
    {
        var sources = type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).ToList();
        return Fresh(name, candidate => type.Name == candidate
            || !model.LookupSymbols(position, type, candidate).IsEmpty
            || sources.Any(source => source.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == candidate)));
    }

    /// <summary>The words of <paramref name="text"/> as a camel-case identifier that is no keyword; <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Camel(string text, string otherwise)
    {
        var name = new System.Text.StringBuilder();
        var upper = false;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                upper = name.Length > 0;
                continue;
            }

            if (name.Length == 0 && char.IsDigit(c))
                continue;

            name.Append(name.Length == 0 ? char.ToLowerInvariant(c) : upper ? char.ToUpperInvariant(c) : c);
            upper = false;
        }

        var result = name.ToString();
        return result.Length == 0 || SyntaxFacts.GetKeywordKind(result) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(result) != SyntaxKind.None ? otherwise : result;
    }

    /// <summary>The member around a node: locals of one member share a space; of top-level statements the whole file does.</summary>
    private static SyntaxNode Member(SyntaxNode at) =>
        at.AncestorsAndSelf().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax and not BaseNamespaceDeclarationSyntax)
        ?? at.SyntaxTree.GetRoot();

    private static string Fresh(string name, Func<string, bool> taken)
    {
        var fresh = name;
        for (var i = 2; taken(fresh); i++)
            fresh = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);

        return fresh;
    }

    /// <summary>Whether the member around has one declaration of a variable or parameter of that name, and no more.</summary>
    public static bool IsDeclaredOnce(string name, SyntaxNode at) => at.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.DescendantNodes().Count(node => node switch
    {
        VariableDeclaratorSyntax { Identifier: var declared } => declared.ValueText == name,
        SingleVariableDesignationSyntax { Identifier: var designated } => designated.ValueText == name,
        ParameterSyntax { Identifier: var parameter } => parameter.ValueText == name,
        ForEachStatementSyntax { Identifier: var element } => element.ValueText == name,
        _ => false,
    }) == 1;
}
