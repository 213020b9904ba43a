namespace HotPath;

/// <summary>Usings for what names alone do not bring in: extension methods.</summary>
internal static class Usings
{
    /// <summary>The short name of a type at <paramref name="at"/>, with a using for its namespace where it needs one; the full name where the short one means something else.</summary>
    public static TypeSyntax Name(DocumentEditor editor, SyntaxNode at, INamedTypeSymbol type)
    {
        var named = editor.SemanticModel.LookupNamespacesAndTypes(at.SpanStart, name: type.Name);
        if (named.Any(symbol => !SymbolEqualityComparer.Default.Equals(symbol, type)))
            return SyntaxFactory.ParseTypeName("global::" + type.ToDisplayString());

        Add(editor, at, type);
        return SyntaxFactory.IdentifierName(type.Name);
    }

    /// <summary>Adds a using for the namespace of a type, unless the type can be named at <paramref name="at"/> already.</summary>
    public static void Add(DocumentEditor editor, SyntaxNode at, INamedTypeSymbol type)
    {
        foreach (var symbol in editor.SemanticModel.LookupNamespacesAndTypes(at.SpanStart, name: type.Name))
        {
            if (SymbolEqualityComparer.Default.Equals(symbol, type))
                return;
        }

        var name = type.ContainingNamespace.ToDisplayString();
        editor.ReplaceNode(editor.OriginalRoot, (root, _) => With((CompilationUnitSyntax)root, name));
    }

    /// <summary>Adds it where it belongs in the order of the others.</summary>
    private static CompilationUnitSyntax With(CompilationUnitSyntax root, string name)
    {
        var usings = root.Usings;
        foreach (var known in usings)
        {
            if (known is { Alias: null, StaticKeyword.RawKind: 0 } && known.Name?.ToString() == name)
                return root;
        }

        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(name).WithLeadingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
        if (usings.Count == 0)
        {
            // The header of the file stays on top.
            var first = root.GetFirstToken(includeZeroWidth: true);
            var header = first.LeadingTrivia;
            return root.ReplaceToken(first, first.WithLeadingTrivia(SyntaxFactory.ElasticLineFeed)).WithUsings(SyntaxFactory.SingletonList(added.WithLeadingTrivia(header)));
        }

        var at = 0;
        while (at < usings.Count && usings[at] is { Alias: null, StaticKeyword.RawKind: 0 } before && (!before.GlobalKeyword.IsKind(SyntaxKind.None) || IsBefore(before.Name!.ToString(), name)))
            at++;

        if (at == 0)
        {
            var leading = usings[0].GetLeadingTrivia();
            return root.WithUsings(usings.Replace(usings[0], usings[0].WithLeadingTrivia()).Insert(0, added.WithLeadingTrivia(leading)));
        }

        return root.WithUsings(usings.Insert(at, added));
    }

    private static bool IsBefore(string one, string other)
    {
        var (oneIsSystem, otherIsSystem) = (IsSystem(one), IsSystem(other));
        return oneIsSystem != otherIsSystem ? oneIsSystem : string.CompareOrdinal(one, other) < 0;
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
