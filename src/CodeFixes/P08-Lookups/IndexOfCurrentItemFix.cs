namespace HotPath;

/// <summary>Counts the position beside the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class IndexOfCurrentItemFix() : RuleFix(IndexOfCurrentItemAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || OwnPosition.Of(call, site.Options) is not { Loop: { IsAsynchronous: false } loop } found || loop.Syntax is not ForEachStatementSyntax each || call.Syntax is not InvocationExpressionSyntax question)
            yield break;

        // A lambda that is called later would see the counter of then; another list may be in the variable by now.
        if (!ReferenceEquals(call.Function(), loop.Function()) || !Invariance.IsProven(found.List, loop) || question.Parent is ConditionalAccessExpressionSyntax || each.Parent is LabeledStatementSyntax || each.ContainsDirectives || each.GetLeadingTrivia().Any(static trivia => trivia.IsDirective))
            yield break;

        if (!Comments.AreKept(question, SyntaxFactory.IdentifierName("i")))
            yield break;

        var changes = IsDistinct(found) ? null : "a repeated element gets its own position";
        var title = "Count the position instead of searching for it" + (changes is null ? "" : $" ({changes})");

        if (Counter(each) is { } counter)
        {
            yield return new(title, editor => editor.ReplaceNode(question, SyntaxFactory.IdentifierName(counter).WithTriviaFrom(question)), changes);
            yield break;
        }

        var name = Names.FreshLocal("index", site.Node);
        yield return new(title, editor =>
        {
            var count = Statements.Parse($"{name}++;").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);
            var asked = each.ReplaceNode(question, SyntaxFactory.IdentifierName(name).WithTriviaFrom(question));
            var body = asked.Statement is BlockSyntax block
                ? block.WithStatements(block.Statements.Insert(0, count))
                : SyntaxFactory.Block(count, asked.Statement.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation)).WithTriviaFrom(asked.Statement).WithAdditionalAnnotations(Formatter.Annotation);

            var counting = asked.WithStatement(body);
            if (each.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax)
            {
                var blank = each.GetLeadingTrivia().TakeWhile(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
                var indentation = blank.Count > 0 && blank[blank.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? blank[blank.Count - 1] : SyntaxFactory.Whitespace("");
                var declaration = Statements.Parse($"var {name} = -1;").WithLeadingTrivia(blank).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
                counting = counting.WithLeadingTrivia(SyntaxFactory.TriviaList([indentation, .. each.GetLeadingTrivia().Skip(blank.Count)]));
                if (each.Parent is GlobalStatementSyntax global)
                    editor.InsertBefore(global, SyntaxFactory.GlobalStatement(declaration));
                else
                    editor.InsertBefore(each, declaration);

                editor.ReplaceNode(each, counting);
                return;
            }

            editor.ReplaceNode(each, SyntaxFactory.Block(
                Statements.Parse($"var {name} = -1;").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed),
                counting.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation)).WithTriviaFrom(each).WithAdditionalAnnotations(Formatter.Annotation));
        }, changes);
    }

    /// <summary>The counter that an earlier fix put beside the loop, or null.</summary>
    private static string? Counter(ForEachStatementSyntax each)
    {
        if (each.Statement is not BlockSyntax { Statements: [ExpressionStatementSyntax { Expression: PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression, Operand: IdentifierNameSyntax { Identifier.ValueText: var name } } }, ..] body })
            return null;

        var node = each.Parent is GlobalStatementSyntax global ? (SyntaxNode)global : each;
        var before = node.Parent?.ChildNodes().TakeWhile(sibling => sibling != node).LastOrDefault();
        before = (before as GlobalStatementSyntax)?.Statement ?? before;

        return before is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Identifier.ValueText: var declared, Initializer.Value: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression, Operand: LiteralExpressionSyntax { Token.ValueText: "1" } } }] } && declared == name
            && !body.Skip(1).SelectMany(static statement => statement.DescendantNodes()).Any(part => part is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var assigned } } && assigned == name
                || part is PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax { Identifier.ValueText: var stepped } } && stepped == name || part is PrefixUnaryExpressionSyntax { Operand: IdentifierNameSyntax { Identifier.ValueText: var back } } && back == name)
            ? name
            : null;
    }

    /// <summary>Whether the list was made of elements that all differ, by the equality that IndexOf asks for.</summary>
    private static bool IsDistinct(OwnPosition found)
    {
        if (found.List.Variable() is not { } variable || Origins.Only(variable, found.List) is not { } origin || Aliasing.OwnScopes(variable, found.List).Any(scope => Aliasing.ChangeIn(variable, scope) == Change.Certain && !IsOnlyAssigned(variable, scope)))
            return false;

        if (origin.Unconverted() is not IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" } } copy || copy.Receiver() is not { } source)
            return false;

        // Elements that change may become equal.
        if (KeyedScan.ElementType(found.List.Type!) is not { } element || Equality.CanChange(element))
            return false;

        return source switch
        {
            IInvocationOperation { TargetMethod: { Name: "Distinct", ContainingType.Name: "Enumerable" }, Arguments.Length: 1 } => true,
            IInvocationOperation { TargetMethod: { Name: "Range", ContainingType.Name: "Enumerable" } } => true,
            _ => false,
        };
    }

    private static bool IsOnlyAssigned(ISymbol variable, IOperation scope) =>
        Aliasing.Uses(variable, scope).All(static use => use.Kind is UseKind.Assigned or UseKind.Read or UseKind.MemberRead or UseKind.Enumerated || use.Kind == UseKind.Called && use.Context is IInvocationOperation call && Aliasing.LeavesReceiver(call));
}
