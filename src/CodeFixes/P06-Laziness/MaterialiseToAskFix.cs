namespace HotPath;

/// <summary>Asks the sequence itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MaterialiseToAskFix() : RuleFix(MaterialiseToAskAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (Reported(site) is not { Copy.Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var sequence } } copy } found
            || found.Whole.Syntax is not ExpressionSyntax whole || Comments.AreInside(whole) || whole.DescendantNodesAndSelf().Any(static node => node is ConditionalAccessExpressionSyntax))
        {
            yield break;
        }

        // What stops early runs fewer lambdas; what counts may not run those of a Select at all.
        var runsAll = found.Question == CopyQuestion.Count && RunsAll(found.Sequence);
        if (!runsAll && !(Queries.IsReadOnly(found.Sequence) && Queries.CannotFail(found.Sequence)))
            yield break;

        if (Asked(found, whole, copy, sequence, site.Model) is not { } asked)
            yield break;

        yield return new($"Ask without the copy: {Title(asked)}", editor => editor.ReplaceNode(whole, (current, _) => asked.WithTriviaFrom(current)));
    }

    private static string Title(ExpressionSyntax asked)
    {
        var call = asked.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().First();
        return ((MemberAccessExpressionSyntax)call.Expression).Name + (call.ArgumentList.Arguments.Count == 0 ? "()" : "(…)");
    }

    private static MaterialisedQuestion? Reported(Site site)
    {
        foreach (var node in site.Node.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax && site.Model.GetOperation(node) is IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" } copy && MaterialisedQuestion.Of(copy, site.Options) is { } found && found.Whole.Syntax.Span == site.Node.Span)
                return found;
        }

        return null;
    }

    /// <summary>Whether Count() runs every lambda as often as the copy did, in the same order: only filters, down to a collection that is no list in disguise.</summary>
    private static bool RunsAll(IOperation sequence)
    {
        while (sequence is ITranslatedQueryOperation { Operation: var query })
            sequence = query.Unconverted();

        if (sequence is IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type, Name: var name } } call && type.IsFromSystem())
            return name is "Where" && call.ArgumentOf(0) is { } source && (RunsAll(source.Unconverted()) || IsPlain(source.Unconverted()));

        return false;

        static bool IsPlain(IOperation source) => source is not (IInvocationOperation or ITranslatedQueryOperation);
    }

    private static ExpressionSyntax? Asked(MaterialisedQuestion found, ExpressionSyntax whole, InvocationExpressionSyntax copy, ExpressionSyntax sequence, SemanticModel model)
    {
        var (text, predicate) = Filter(found, sequence);
        switch (found.Question)
        {
            case CopyQuestion.Count:
                return SyntaxFactory.ParseExpression($"{text}.Count({predicate})");

            case CopyQuestion.Any:
                return SyntaxFactory.ParseExpression($"{text}.Any({predicate})");

            case CopyQuestion.None:
                return Materialising.Not(whole, $"{text}.Any({predicate})");

            // An array fails with another exception where there is no element.
            case CopyQuestion.FirstByIndex:
                return found.Copy.TargetMethod.Name == "ToList" ? SyntaxFactory.ParseExpression($"{Materialising.Receiver(sequence)}.ElementAt(0)") : null;

            default:
                var call = (InvocationExpressionSyntax)whole;
                if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver } member || receiver != copy)
                    return null;

                // Two predicates in a row stay two.
                var operatorText = call.ArgumentList.Arguments.Count == 0 && found.Whole is IInvocationOperation { TargetMethod.Name: "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" } ? $"{text}.{member.Name}({predicate})" : null;
                return operatorText is not null ? SyntaxFactory.ParseExpression(operatorText) : call.ReplaceNode(copy, sequence.WithTriviaFrom(copy));
        }
    }

    /// <summary>The receiver and the predicate of the filter that the sequence ends in; any other sequence, and none.</summary>
    private static (string Receiver, string Predicate) Filter(MaterialisedQuestion found, ExpressionSyntax sequence)
    {
        // A filter with an index has no counterpart.
        if (found.Sequence is IInvocationOperation { TargetMethod: { Name: "Where", ContainingType.Name: "Enumerable", Parameters: [_, { Type: INamedTypeSymbol { TypeArguments.Length: 2 } }] } }
            && sequence is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var source }, ArgumentList.Arguments: [{ NameColon: null, Expression: var predicate }] })
        {
            return (Materialising.Receiver(source), predicate.WithoutTrivia().ToString());
        }

        return (Materialising.Receiver(sequence), "");
    }
}
