namespace HotPath;

/// <summary>Names of types and namespaces in the file that a fix edits.</summary>
internal static class Imports
{
    /// <summary>
    /// The shortest name of a type without its type arguments at <paramref name="at"/>. Adds the using it needs; where that could give another name in the file
    /// a second meaning, the name is qualified instead.
    /// </summary>
    public static string Name(DocumentEditor editor, SyntaxNode at, INamedTypeSymbol type)
    {
        var found = editor.SemanticModel.LookupNamespacesAndTypes(at.SpanStart, name: type.Name).OfType<INamedTypeSymbol>().Where(other => other.Arity == type.Arity).ToList();
        if (found.Count == 1 && SymbolEqualityComparer.Default.Equals(found[0], type.OriginalDefinition))
            return type.Name;

        var space = type.ContainingNamespace;
        var qualified = $"global::{space.ToDisplayString()}.{type.Name}";
        if (found.Count > 0 || !TryUse(editor, at, space))
            return qualified;

        return type.Name;
    }

    /// <summary>Adds a using for the namespace unless it is in scope; false, and nothing added, where it could give another name of the file a second meaning.</summary>
    public static bool TryUse(DocumentEditor editor, SyntaxNode at, INamespaceSymbol space)
    {
        var dotted = space.ToDisplayString();
        if (IsInScope(editor.SemanticModel, at, space))
            return true;

        if (!CanUse(editor.SemanticModel, at, space))
            return false;

        editor.ReplaceNode(editor.OriginalRoot, (current, _) => WithUsing((CompilationUnitSyntax)current, dotted));
        return true;
    }

    /// <summary>Whether the names of the namespace are in scope, or a using brings them there and gives no other name of the file a second meaning.</summary>
    public static bool CanUse(SemanticModel model, SyntaxNode at, INamespaceSymbol space)
    {
        if (IsInScope(model, at, space))
            return true;

        var names = new HashSet<string>(space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Select(type => type.Name), StringComparer.Ordinal);
        return !model.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText));
    }

    private static bool IsInScope(SemanticModel model, SyntaxNode at, INamespaceSymbol space) => IsInScope(model, at, space.ToDisplayString());

    /// <summary>Whether the names of the namespace are in scope: by a using, or because the code is in it.</summary>
    public static bool IsInScope(SemanticModel model, SyntaxNode at, string dotted)
    {
        // By name: the namespace of one assembly is another symbol than that of all of them, which a using means.
        foreach (var scope in model.GetImportScopes(at.SpanStart))
        {
            if (scope.Imports.Any(import => import.NamespaceOrType is INamespaceSymbol && import.NamespaceOrType.ToDisplayString() == dotted))
                return true;
        }

        // The namespaces around the code are in scope without a using.
        for (var own = model.GetEnclosingSymbol(at.SpanStart)?.ContainingNamespace; own is { IsGlobalNamespace: false }; own = own.ContainingNamespace)
        {
            if (own.ToDisplayString() == dotted)
                return true;
        }

        return false;
    }

    /// <summary>Puts the using where a person would: among those of the file in order, System first; in the namespace when the others stand there.</summary>
    private static CompilationUnitSyntax WithUsing(CompilationUnitSyntax unit, string dotted)
    {
        if (unit.Usings.Count == 0 && unit.Members is [BaseNamespaceDeclarationSyntax { Usings.Count: > 0 } space])
        {
            return Has(space.Usings, dotted)
                ? unit
                : unit.ReplaceNode(space, space.WithUsings(Insert(space.Usings, dotted)));
        }

        if (Has(unit.Usings, dotted))
            return unit;

        if (unit.Usings.Count > 0)
            return unit.WithUsings(Insert(unit.Usings, dotted));

        // The first using of the file: the header comment stays above it.
        var first = unit.GetFirstToken(includeZeroWidth: true);
        var leading = first.LeadingTrivia;
        var header = Header(leading);
        var rest = SyntaxFactory.TriviaList(leading.Skip(header.Count));
        unit = unit.ReplaceToken(first, first.WithLeadingTrivia(rest));

        var @using = Using(dotted).WithLeadingTrivia(header).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed, SyntaxFactory.ElasticLineFeed);
        return unit.WithUsings(SyntaxFactory.SingletonList(@using));
    }

    /// <summary>What stands above a blank line at the top of a file.</summary>
    private static SyntaxTriviaList Header(SyntaxTriviaList leading)
    {
        for (var i = leading.Count - 1; i > 0; i--)
        {
            if (leading[i].IsKind(SyntaxKind.EndOfLineTrivia) && leading[i - 1].IsKind(SyntaxKind.EndOfLineTrivia))
                return SyntaxFactory.TriviaList(leading.Take(i + 1));
        }

        return SyntaxFactory.TriviaList();
    }

    private static bool Has(SyntaxList<UsingDirectiveSyntax> usings, string dotted) =>
        usings.Any(@using => @using.Alias is null && @using.StaticKeyword.IsKind(SyntaxKind.None) && @using.Name?.ToString() == dotted);

    private static SyntaxList<UsingDirectiveSyntax> Insert(SyntaxList<UsingDirectiveSyntax> usings, string dotted)
    {
        var at = 0;
        while (at < usings.Count && usings[at] is { Alias: null, StaticKeyword.RawKind: (int)SyntaxKind.None } other && Compare(other.Name!.ToString(), dotted) < 0)
            at++;

        var added = Using(dotted);
        if (at == 0)
        {
            // What stood above the first using stands above the new first one.
            added = added.WithLeadingTrivia(usings[0].GetLeadingTrivia());
            usings = usings.Replace(usings[0], usings[0].WithLeadingTrivia());
        }
        else
        {
            added = added.WithLeadingTrivia(usings[at - 1].GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));
        }

        return usings.Insert(at, added.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed));
    }

    private static UsingDirectiveSyntax Using(string dotted) =>
        SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(dotted)).NormalizeWhitespace();

    private static int Compare(string left, string right)
    {
        var leftIsSystem = left == "System" || left.StartsWith("System.", StringComparison.Ordinal);
        var rightIsSystem = right == "System" || right.StartsWith("System.", StringComparison.Ordinal);
        return leftIsSystem == rightIsSystem ? string.CompareOrdinal(left, right) : leftIsSystem ? -1 : 1;
    }
}
