namespace HotPath;

/// <summary>Builds a lookup of the inner collection before the loops and walks through the matches only.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NestedLoopJoinFix() : RuleFix(NestedLoopJoinAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Node is FromClauseSyntax from)
        {
            if (QueryJoin.Of(from, site) is { } query)
                yield return query;

            yield break;
        }

        if (site.Node.FirstAncestorOrSelf<StatementSyntax>() is not ForEachStatementSyntax each || site.Model.GetOperation(each) is not ILoopOperation inner || NestedJoin.Of(inner, site.Options) is not { Variable: { } variable } join)
            yield break;

        if (!IsVar(each, join) || !join.Scan.Matches.All(match => KeyWrites.Keep(match.Value, inner)) || each.ContainsDirectives)
            yield break;

        if (KeyIndex.Of(join.Scan, IndexShape.Lookup, variable.Name, site, inner) is not { } index || Body(each, join) is not { } body)
            yield break;

        var found = SyntaxFactory.ParseExpression($"{index.Name}[{index.Value}]").WithTriviaFrom(each.Expression);
        var walk = each.WithExpression(found).WithStatement(body);
        if (!Comments.AreKept(each, walk))
            yield break;

        yield return new(index.Title, editor =>
        {
            editor.ReplaceNode(each, walk.WithAdditionalAnnotations(Formatter.Annotation));
            index.Declare(editor);
        }, index.Changes);
    }

    /// <summary>Whether the loop variable has the type of the elements: a cast per element may fail.</summary>
    private static bool IsVar(ForEachStatementSyntax each, NestedJoin join) =>
        each.Type.IsVar || SymbolEqualityComparer.Default.Equals((join.Variable as ILocalSymbol)?.Type, join.Scan.Type);

    private static StatementSyntax? Body(ForEachStatementSyntax each, NestedJoin join)
    {
        if (join.Check.Syntax is not IfStatementSyntax { Else: null } check)
            return null;

        if (join.Skips)
        {
            if (each.Statement is not BlockSyntax block || block.Statements.Count < 2)
                return null;

            // The line that follows the check moves up.
            var next = block.Statements[1];
            var first = next.WithLeadingTrivia(check.GetLeadingTrivia().AddRange(next.GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
            return block.WithStatements(block.Statements.Replace(next, first).RemoveAt(0));
        }

        if (join.Scan.Rest.IsEmpty)
        {
            return each.Statement is BlockSyntax outer && check.Statement is BlockSyntax inside
                ? inside.WithTriviaFrom(outer)
                : check.Statement is BlockSyntax only && each.Statement is not BlockSyntax
                    ? only.WithTriviaFrom(each.Statement)
                    : check.Statement is LocalDeclarationStatementSyntax or LabeledStatementSyntax ? null : check.Statement.WithTriviaFrom(each.Statement is BlockSyntax ? check.Statement : each.Statement);
        }

        var rest = string.Join(" && ", join.Scan.Rest.Select(static part => part.Syntax.Parent is ParenthesizedExpressionSyntax whole ? whole.WithoutTrivia().ToString() : part.Syntax.WithoutTrivia().ToString()));
        var asked = check.WithCondition(SyntaxFactory.ParseExpression(rest).WithTriviaFrom(check.Condition));
        return each.Statement is BlockSyntax braces ? braces.WithStatements(SyntaxFactory.SingletonList<StatementSyntax>(asked)) : asked;
    }
}
