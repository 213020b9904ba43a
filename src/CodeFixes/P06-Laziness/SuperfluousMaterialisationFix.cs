namespace HotPath;

/// <summary>Walks through the sequence itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SuperfluousMaterialisationFix() : RuleFix(SuperfluousMaterialisationAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation copy || NeedlessCopy.Of(copy, site.Options) is not { } needless
            || copy.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Expression: var sequence } } syntax
            || HasCommentsBehind(sequence, syntax) || sequence.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax))
        {
            yield break;
        }

        if (!FailsAlike(needless, site.Model) || !KeepsOrder(needless) || !StillBinds(needless, syntax, sequence, site.Model))
            yield break;

        var bare = syntax.Parent is ParenthesizedExpressionSyntax or EqualsValueClauseSyntax or ArgumentSyntax or CommonForEachStatementSyntax && sequence is ParenthesizedExpressionSyntax { Expression: var inner } ? inner : sequence;
        TypeSyntax? type = null;
        if (needless.Declarator is not null)
        {
            if (syntax.FirstAncestorOrSelf<VariableDeclarationSyntax>() is not { Variables.Count: 1 } declaration)
                yield break;

            if (!declaration.Type.IsVar)
                type = declaration.Type;
        }

        yield return new("Walk through the sequence itself", editor =>
        {
            editor.ReplaceNode(syntax, (current, _) =>
            {
                var now = ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression).Expression;
                return (bare != sequence && now is ParenthesizedExpressionSyntax { Expression: var whole } ? whole : now).WithLeadingTrivia(current.GetLeadingTrivia()).WithTrailingTrivia(current.GetTrailingTrivia());
            });
            if (type is not null)
                editor.ReplaceNode(type, (current, _) => SyntaxFactory.IdentifierName("var").WithTriviaFrom(current));
        });
    }

    private static bool HasCommentsBehind(ExpressionSyntax sequence, InvocationExpressionSyntax copy) =>
        copy.DescendantTrivia().Any(trivia => trivia.SpanStart >= sequence.Span.End && trivia.Span.End <= copy.Span.End && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective));

    /// <summary>Whether a missing collection is told in the same way, at the same place.</summary>
    private static bool FailsAlike(NeedlessCopy needless, SemanticModel model)
    {
        if (needless.Sequence is IInvocationOperation || needless.Sequence.Syntax is QueryExpressionSyntax || Origins.IsFresh(needless.Sequence) || Binding.IsObject(needless.Sequence, model))
            return true;

        // The copy and the call both are extension methods that want a source.
        return needless.Declarator is null && needless.Copy.TargetMethod.IsStatic == needless.Reader is IInvocationOperation && needless.Reader is not IInvocationOperation { TargetMethod.ContainingType.SpecialType: SpecialType.System_String };
    }

    /// <summary>Whether it makes no difference that an element is used before the next one is computed: computing them cannot fail, or nobody sees anything before the end.</summary>
    private static bool KeepsOrder(NeedlessCopy needless)
    {
        if (Queries.IsReadOnly(needless.Sequence) && Queries.CannotFail(needless.Sequence))
            return true;

        return needless.Declarator is null && needless.Reader is IInvocationOperation call && ReferenceEquals(needless.Region, call)
            && (call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String
                ? NeedlessCopy.Element(needless.Copy.Type) is { SpecialType: SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) }
                : call.Arguments.Length == 1 && call.TargetMethod.Name is "Max" or "Min" && IsOrdered(NeedlessCopy.Element(needless.Copy.Type)));

        static bool IsOrdered(ITypeSymbol? element) => element is { SpecialType: SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) };
    }

    /// <summary>Whether the call means the same operator on the sequence: a list has a Reverse of its own.</summary>
    private static bool StillBinds(NeedlessCopy needless, InvocationExpressionSyntax copy, ExpressionSyntax sequence, SemanticModel model)
    {
        if (needless.Declarator is not null)
            return needless.Reader is IForEachLoopOperation || needless.Reader.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } && Queries.IsSequence(needless.Sequence.Type);

        if (needless.Reader is not IInvocationOperation { TargetMethod: { Name: var name } reader } call || call.Syntax is not InvocationExpressionSyntax reading)
            return needless.Reader is IForEachLoopOperation;

        // The old Join of objects has a will of its own about a first one that is missing.
        if (reader.ContainingType.SpecialType == SpecialType.System_String && needless.Sequence.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Object })
            return false;

        var text = reading.ReplaceNode(copy, sequence.WithoutTrivia()).WithoutTrivia().ToString();
        return Binding.Method(model, reading, text) is { } method && method.Name == name && SymbolEqualityComparer.Default.Equals(method.ContainingType, reader.ContainingType) && SymbolEqualityComparer.Default.Equals(method.ReturnType, reader.ReturnType);
    }
}
