namespace HotPath;

/// <summary>Asks the collection itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AnyEqualsIsContainsFix() : RuleFix(AnyEqualsIsContainsAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || AnyEqualsIsContainsAnalyzer.Find(call, site.Options) is not { } scan || !HashSets.Compares(scan, site.Model))
            yield break;

        if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } syntax || scan.Value.Syntax is not ExpressionSyntax value)
            yield break;

        // On null, a lambda's operator and Contains fail in different ways.
        if (syntax.Expression is MemberAccessExpressionSyntax && !(scan.Collection.Type is { IsValueType: true } || IsObject(scan, site.Model)))
            yield break;

        if (syntax.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } access && site.Model.GetSymbolInfo(access.Expression).Symbol is INamedTypeSymbol)
            yield break;

        if (scan.Collection.Type is not INamedTypeSymbol { Name: "List" or "ImmutableArray" } && !HasEnumerable(site, call))
            yield break;

        var (question, asksForAbsence) = HashSets.Question(scan);
        if (syntax.Expression is MemberBindingExpressionSyntax && asksForAbsence)
            yield break;

        ExpressionSyntax Ask()
        {
            ExpressionSyntax target = syntax.Expression switch
            {
                MemberAccessExpressionSyntax member => member.WithName(SyntaxFactory.IdentifierName("Contains")).WithoutTrivia(),
                _ => SyntaxFactory.MemberBindingExpression(SyntaxFactory.IdentifierName("Contains")),
            };

            ExpressionSyntax ask = SyntaxFactory.InvocationExpression(target, SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value.WithoutTrivia()))));
            return (asksForAbsence ? SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ask) : ask).WithTriviaFrom(question);
        }

        if (!Comments.AreKept(question, Ask()))
            yield break;

        yield return new($"Ask '{scan.Collection.Text()}' itself", editor => editor.ReplaceNode(question, Ask()));
    }

    private static bool IsObject(Membership scan, SemanticModel model) => scan.Collection.ConstantValue is { HasValue: true, Value: not null } ||
        scan.Collection.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability is { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull }
        || scan.Collection.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Nullness.IsNeverNullBefore(scan.Collection, statement);

    /// <summary>Whether the extension method is in scope: the lambda may have been given to the array's own method.</summary>
    private static bool HasEnumerable(Site site, IInvocationOperation call) => call.TargetMethod.ContainingType.Name == "Enumerable"
        || site.Model.LookupNamespacesAndTypes(site.Node.SpanStart, name: "Enumerable").Any();
}
