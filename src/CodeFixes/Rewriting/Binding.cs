namespace HotPath;

/// <summary>What a piece of source would mean at a place: a fix asks before it writes a call that the framework or the language may not have.</summary>
internal static class Binding
{
    /// <summary>The method that the call would be bound to at <paramref name="at"/>, or null.</summary>
    public static IMethodSymbol? Method(SemanticModel model, SyntaxNode at, string call) =>
        model.GetSpeculativeSymbolInfo(at.SpanStart, SyntaxFactory.ParseExpression(call), SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;

    /// <summary>Whether the call would be one of that method of the library.</summary>
    public static bool IsCallOf(SemanticModel model, SyntaxNode at, string call, string containingNamespace, string type, string name) =>
        Method(model, at, call) is { } method && method.Name == name && method.ContainingType.Is(containingNamespace, type);

    /// <summary>Whether the file is written in that version of the language or a newer one.</summary>
    public static bool HasLanguage(SyntaxNode at, LanguageVersion version) => ((CSharpParseOptions)at.SyntaxTree.Options).LanguageVersion >= version;

    /// <summary>Whether the value is an object, or a text, for certain where it is evaluated.</summary>
    public static bool IsObject(IOperation value, SemanticModel model) =>
        value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        || Nullness.IsNotNull(value, model)
        || Lengths.Least(value, value) != Lengths.Unknown
        || value.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Nullness.IsNeverNullBefore(value, statement);

    /// <summary>Whether a span may live in the function around the node: before C# 13 neither asynchronous methods nor iterators may have one.</summary>
    public static bool AllowsSpans(SyntaxNode at, SemanticModel model)
    {
        if (HasLanguage(at, (LanguageVersion)1300))
            return true;

        var function = at.Ancestors().FirstOrDefault(static node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax);
        if (function is null)
            return true;

        var isAsync = function switch
        {
            AnonymousFunctionExpressionSyntax lambda => !lambda.AsyncKeyword.IsKind(SyntaxKind.None),
            LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
            BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => false,
        };

        return !isAsync && !function.DescendantNodes(node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static node => node is YieldStatementSyntax or AwaitExpressionSyntax);
    }

    /// <summary>Whether control may leave the function inside the node and come back later: no span lives that long.</summary>
    public static bool Pauses(SyntaxNode node) => node.DescendantNodesAndSelf(static inner => inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .Any(static inner => inner is AwaitExpressionSyntax or YieldStatementSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });
}
