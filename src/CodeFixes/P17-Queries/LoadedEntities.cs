namespace HotPath;

/// <summary>The entities whose load is reported, and operators added to the query that loads them.</summary>
internal static class LoadedEntities
{
    /// <summary>What is loaded at the site: by a call, or by the loop that walks through the query.</summary>
    public static EntityRead? At(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<CommonForEachStatementSyntax>(each => each.Expression.Span == site.Node.Span) is { } each && site.Model.GetOperation(each) is IForEachLoopOperation loop && EntityRead.Of(loop) is { } walked)
            return walked;

        return site.Operation is IInvocationOperation load ? EntityRead.Of(load) : null;
    }

    /// <summary>Whether an operator can be written behind the query: an asynchronous loop over the set itself would walk through something else then.</summary>
    public static bool CanAdd(EntityRead found, Site site, INamedTypeSymbol? operators) =>
        found.Source.Syntax is ExpressionSyntax query && !query.ContainsDirectives && operators is not null && Imports.CanUse(site.Model, query, operators.ContainingNamespace)
        && !(ReferenceEquals(found.Load, found.Source) && query.Parent is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 });

    /// <summary>The query in the source, with the parentheses around it.</summary>
    public static ExpressionSyntax Query(EntityRead found)
    {
        var query = (ExpressionSyntax)found.Source.Syntax;
        while (query.Parent is ParenthesizedExpressionSyntax around)
            query = around;

        return query;
    }

    /// <summary>The expression with a call behind it, on a line of its own where the next call has one.</summary>
    public static ExpressionSyntax Add(ExpressionSyntax query, string call)
    {
        var receiver = query is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax
            ? query
            : SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia()).WithTriviaFrom(query);
        var added = (InvocationExpressionSyntax)SyntaxFactory.ParseExpression("x." + call);
        var access = (MemberAccessExpressionSyntax)added.Expression;
        var dot = query.Parent is MemberAccessExpressionSyntax next && next.Expression == query ? next.OperatorToken.WithTrailingTrivia() : access.OperatorToken;
        return added.WithExpression(access.WithExpression(receiver).WithOperatorToken(dot)).WithTrailingTrivia(query.GetTrailingTrivia());
    }
}
