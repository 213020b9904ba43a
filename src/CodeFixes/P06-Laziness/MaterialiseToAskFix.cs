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

        if (found.Declarator is { } declarator)
        {
            if (OfLocal(found, declarator, whole, copy, sequence, site) is { } fix)
                yield return fix;

            yield break;
        }

        if (Asked(found, whole, Filter(found, sequence), sequence) is not { } asked)
            yield break;

        yield return new($"Ask without the copy: {Title(asked)}", editor => editor.ReplaceNode(whole, (current, _) => asked.WithTriviaFrom(current)));
    }

    /// <summary>Puts the question where the local was asked; a query of several lines stays where it is, without the copy.</summary>
    private static Fix? OfLocal(MaterialisedQuestion found, IVariableDeclaratorOperation declarator, ExpressionSyntax whole, InvocationExpressionSyntax copy, ExpressionSyntax sequence, Site site)
    {
        if (declarator.Syntax is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } declaration, Initializer.Value: var initial } || initial != copy || Comments.AreInside(statement))
            return null;

        // Asked later, or perhaps, nobody may notice.
        if (!found.IsAtOnce && !(found.CanWait && Queries.IsReadOnly(found.Sequence) && Queries.CannotFail(found.Sequence) && Queries.HasLeaves(found.Sequence, leaf => IsAtHand(leaf, site.Model))))
            return null;

        var isOnOneLine = sequence.ToString().IndexOf('\n') < 0 && statement.Parent is BlockSyntax && Comments.With(statement.GetTrailingTrivia()).Count == 0 && !statement.GetLeadingTrivia().Any(static trivia => trivia.IsDirective);
        if (isOnOneLine && MeansSame(sequence, whole, site.Model) && Asked(found, whole, Filter(found, sequence), sequence) is { } inlined)
        {
            var comments = Comments.With(statement.GetLeadingTrivia());
            var next = Next(statement);
            if (comments.Count == 0 || next is not null && Comments.With(next.GetLeadingTrivia()).Count == 0)
            {
                return new($"Ask without the copy: {Title(inlined)}", editor =>
                {
                    editor.ReplaceNode(whole, (current, _) => inlined.WithTriviaFrom(current));

                    // The first statement of a block has no blank line above it, and a comment goes on to what it is about.
                    if (next is not null && Comments.With(next.GetLeadingTrivia()).Count == 0)
                        editor.ReplaceNode(next, (current, _) => current.WithLeadingTrivia(statement.GetLeadingTrivia()));

                    editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
                });
            }
        }

        var name = SyntaxFactory.IdentifierName(declarator.Symbol.Name);
        if (Asked(found, whole, (name.ToString(), ""), name) is not { } asked)
            return null;

        return new($"Ask without the copy: {Title(asked)}", editor =>
        {
            editor.ReplaceNode(whole, (current, _) => asked.WithTriviaFrom(current));
            editor.ReplaceNode(copy, (current, _) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)current).Expression).Expression.WithoutTrailingTrivia());
            if (!declaration.Type.IsVar)
                editor.ReplaceNode(declaration.Type, (current, _) => SyntaxFactory.IdentifierName("var").WithTriviaFrom(current));
        });
    }

    /// <summary>Whether to get at the collection does nothing and cannot fail.</summary>
    private static bool IsAtHand(IOperation collection, SemanticModel model) => collection.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation && Binding.IsObject(collection, model);

    private static StatementSyntax? Next(StatementSyntax statement)
    {
        var statements = ((BlockSyntax)statement.Parent!).Statements;
        var at = statements.IndexOf(statement) + 1;
        return at < statements.Count ? statements[at] : null;
    }

    /// <summary>Whether every name in the expression means at the other place what it means here.</summary>
    private static bool MeansSame(ExpressionSyntax expression, ExpressionSyntax there, SemanticModel model)
    {
        foreach (var node in expression.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case DeclarationExpressionSyntax or DeclarationPatternSyntax or VarPatternSyntax or RecursivePatternSyntax { Designation: not null }:
                    return false;

                // Before C# 8 a parameter cannot have the name of a local around it.
                case ParameterSyntax { Identifier.ValueText: var name } when model.LookupSymbols(there.SpanStart, name: name).Any(static symbol => symbol is ILocalSymbol or IParameterSymbol):
                    return false;

                case SimpleNameSyntax { Identifier.ValueText: var name } reference when model.GetSymbolInfo(reference).Symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol or IMethodSymbol
                    && reference.Parent is not (MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or NameColonSyntax or AssignmentExpressionSyntax) && !expression.Span.Contains(model.GetSymbolInfo(reference).Symbol!.Locations[0].SourceSpan):
                    if (model.LookupSymbols(there.SpanStart, name: name).Any(static symbol => symbol is ILocalSymbol or IParameterSymbol) && !model.LookupSymbols(there.SpanStart, name: name).Contains(model.GetSymbolInfo(reference).Symbol!, SymbolEqualityComparer.Default))
                        return false;

                    break;
            }
        }

        return true;
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
            if (node is InvocationExpressionSyntax && site.Model.GetOperation(node) is IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" } copy && MaterialisedQuestion.Of(copy, site.Options) is { } found && found.Reported.Syntax.Span == site.Node.Span)
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

    /// <summary>The question to the sequence instead of what held the copy.</summary>
    private static ExpressionSyntax? Asked(MaterialisedQuestion found, ExpressionSyntax whole, (string Receiver, string Predicate) filter, ExpressionSyntax sequence)
    {
        var (text, predicate) = filter;
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
                if (call.Expression is not MemberAccessExpressionSyntax { Expression: var receiver } member || receiver != found.Asked.Syntax)
                    return null;

                // Two predicates in a row stay two.
                var operatorText = call.ArgumentList.Arguments.Count == 0 && found.Whole is IInvocationOperation { TargetMethod.Name: "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" } ? $"{text}.{member.Name}({predicate})" : null;
                return operatorText is not null ? SyntaxFactory.ParseExpression(operatorText) : call.ReplaceNode(receiver, sequence.WithTriviaFrom(receiver));
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
