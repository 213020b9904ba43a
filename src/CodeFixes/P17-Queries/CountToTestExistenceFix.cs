namespace HotPath;

/// <summary>Asks whether there is a row.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CountToTestExistenceFix() : RuleFix(CountToTestExistenceAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || CountedExistence.Of(call) is not { } found)
            yield break;

        if ((found.Text is null ? OfEntities(found, site) : ExistenceText.Fix(found)) is { } fix)
            yield return fix;
    }

    private static Fix? OfEntities(CountedExistence found, Site site)
    {
        if (found.Test.Direct?.Syntax is not ExpressionSyntax whole || Comments.AreInside(whole) || found.Call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } call)
            return null;

        // Behind ?. the comparison has an answer for null, too.
        if (whole.DescendantNodes().Any(node => node is ConditionalAccessExpressionSyntax && node.Span.Contains(call.Span)))
            return null;

        var isAsync = name.Identifier.ValueText.EndsWith("Async", StringComparison.Ordinal);
        var any = isAsync ? "AnyAsync" : "Any";
        var asked = call.ReplaceToken(name.Identifier, SyntaxFactory.Identifier(any).WithTriviaFrom(name.Identifier));
        if (!Binding.IsCallOf(site.Model, call, asked.ToString(), found.Call.TargetMethod.ContainingNamespace.ToDisplayString(), found.Call.TargetMethod.ContainingType.Name, any))
            return null;

        ExpressionSyntax question = asked.WithoutTrivia();
        if (isAsync)
        {
            if (found.Call.Awaited()?.Syntax is not AwaitExpressionSyntax awaited)
                return null;

            question = awaited.ReplaceNode(call, asked).WithoutTrivia();
        }

        return new Fix($"Ask with {any}", editor => editor.ReplaceNode(whole, (current, _) => Result().WithTriviaFrom(current)));

        ExpressionSyntax Result()
        {
            if (found.Test.IsNone)
                return Materialising.Not(whole, question.ToString());

            // A comparison may stand where an await has to be in parentheses.
            return isAsync && whole.Parent is MemberAccessExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(question) : question;
        }
    }
}
