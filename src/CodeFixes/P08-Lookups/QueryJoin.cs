namespace HotPath;

/// <summary>Writes a second <c>from</c> and the <c>where</c> that compares keys as the <c>join</c> they are.</summary>
internal static class QueryJoin
{
    /// <summary>The fix for the clause, or null where a join might answer differently: it knows no null keys, and reads the second sequence once.</summary>
    public static Fix? Of(FromClauseSyntax from, Site site)
    {
        if (from is not { Type: null, Parent: QueryBodySyntax body } || body.Clauses.IndexOf(from) is var place && (place < 0 || place + 1 >= body.Clauses.Count || body.Clauses[place + 1] is not WhereClauseSyntax))
            return null;

        var where = (WhereClauseSyntax)body.Clauses[place + 1];
        if (Filter(where, site.Model) is not { } filter || CrossJoin.Of(filter, site.Options) is not { } join || body.ContainsDirectives)
            return null;

        var (scan, match) = (join.Scan, join.Scan.Matches[0]);
        if (!ReferenceEquals(scan.Collection, scan.Root) || !KeyIndex.IsNamed(scan.Root) || !KeyIndex.IsPlain(scan.Root) || !IsAnsweredAlike(match, site.Model) || !IsReadOnce(join))
            return null;

        var at = (SyntaxNode?)from.FirstAncestorOrSelf<StatementSyntax>() ?? from;
        if (!Nullness.IsNeverNullBefore(scan.Root, at) && !KeyIndex.IsOwnNotNull(scan.Root))
            return null;

        // What is asked before the key is asked of all pairs.
        var conditions = KeyedScan.Conjuncts(((IAnonymousFunctionOperation)((IDelegateCreationOperation)filter.ArgumentOf(1)!.Unconverted()).Target).Body.Operations is [IReturnOperation { ReturnedValue: { } condition }] ? condition : filter).ToList();
        if (!conditions[0].Syntax.Span.Contains(match.Key.Syntax.Span))
            return null;

        var rest = string.Join(" && ", conditions.Skip(1).Select(static part => part.Syntax.Parent is ParenthesizedExpressionSyntax whole ? whole.WithoutTrivia().ToString() : part.Syntax.WithoutTrivia().ToString()));
        var text = $"from x in x join {from.Identifier.Text} in {from.Expression.WithoutTrivia()} on {Text(match.Value)} equals {Text(match.Key)} {(rest.Length == 0 ? "" : $"where {rest} ")}select x";
        if (SyntaxFactory.ParseExpression(text) is not QueryExpressionSyntax { Body.Clauses: [JoinClauseSyntax clause, ..] parsed } || parsed.Count != (rest.Length == 0 ? 1 : 2))
            return null;

        List<QueryClauseSyntax> clauses = [.. body.Clauses];
        if (rest.Length == 0)
        {
            clauses[place] = clause.WithLeadingTrivia(from.GetLeadingTrivia()).WithTrailingTrivia(where.GetTrailingTrivia());
            clauses.RemoveAt(place + 1);
        }
        else
        {
            clauses[place] = clause.WithTriviaFrom(from);
            clauses[place + 1] = where.WithCondition(((WhereClauseSyntax)parsed[1]).Condition.WithTriviaFrom(where.Condition));
        }

        var joined = body.WithClauses(SyntaxFactory.List(clauses));
        return Comments.AreKept(body, joined)
            ? new($"Join '{scan.Root.Text()}' on '{match.Name}'", editor => editor.ReplaceNode(body, joined))
            : null;
    }

    /// <summary>The call that the clause stands for; the model gives operations for whole queries only.</summary>
    private static IInvocationOperation? Filter(WhereClauseSyntax where, SemanticModel model) =>
        where.FirstAncestorOrSelf<QueryExpressionSyntax>() is { } query && model.GetOperation(query) is { } translated
            ? translated.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(call => call.Syntax == where)
            : null;

    private static string Text(IOperation value) => value.Unconverted().Syntax.WithoutTrivia().ToString();

    /// <summary>Whether a join finds what the comparison finds: keys of one type, compared by default, of which one at least is never null, read in a way that cannot fail or be noticed.</summary>
    private static bool IsAnsweredAlike(KeyMatch match, SemanticModel model) =>
        match.StringComparer is null && !match.ThrowsOnNullKey && !match.ThrowsOnNullValue
        && SymbolEqualityComparer.Default.Equals(match.Key.Unconverted().Type, match.Value.Unconverted().Type)
        && Equality.IsSurelyHashable(match.Type, model.Compilation) && !Equality.CanChange(match.Type)
        && IsSafe(match.Key, model) && IsSafe(match.Value, model)
        && (IsNeverNull(match.Key, model) || IsNeverNull(match.Value, model));

    private static bool IsSafe(IOperation value, SemanticModel model)
    {
        value = value.Unconverted();
        if (value.ConstantValue.HasValue || Variable(value, model) is not null)
            return true;

        switch (value)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation:
                return true;

            case IFieldReferenceOperation { Field.IsVolatile: false, Instance: { } owner }:
                return IsSafe(owner, model) && IsNeverNull(owner, model);

            case IPropertyReferenceOperation { Property: { IsIndexer: false, IsVirtual: false, IsAbstract: false, IsOverride: false, GetMethod: { } getter } property, Instance: { } owner }:
                return (property.ContainingType.IsAnonymousType || Effects.IsAuto(getter) || Purity.OfLibrary(getter) == Effect.None) && IsSafe(owner, model) && IsNeverNull(owner, model);

            default:
                return false;
        }
    }

    /// <summary>Whether the value is an object by its type or by what the code declares; queries get no flow analysis.</summary>
    private static bool IsNeverNull(IOperation value, SemanticModel model)
    {
        value = value.Unconverted();
        if (value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T })
            return true;

        if (Variable(value, model) is { } variable)
        {
            return variable.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is FromClauseSyntax { Expression: var sequence } && model.GetTypeInfo(sequence).Type switch
            {
                IArrayTypeSymbol array => array.ElementNullableAnnotation == NullableAnnotation.NotAnnotated,
                INamedTypeSymbol { TypeArgumentNullableAnnotations: [var element] } => element == NullableAnnotation.NotAnnotated,
                _ => false,
            };
        }

        return value switch
        {
            IPropertyReferenceOperation { Property.NullableAnnotation: NullableAnnotation.NotAnnotated } => true,
            IFieldReferenceOperation { Field.NullableAnnotation: NullableAnnotation.NotAnnotated } => true,
            _ => value.ConstantValue is { HasValue: true, Value: not null },
        };
    }

    /// <summary>The variable of a query that the operation names.</summary>
    private static IRangeVariableSymbol? Variable(IOperation value, SemanticModel model) =>
        value.Syntax is IdentifierNameSyntax name ? model.GetSymbolInfo(name).Symbol as IRangeVariableSymbol : null;

    /// <summary>Whether the query runs where it stands, and nothing changes the second sequence, its keys, or what is looked for meanwhile.</summary>
    private static bool IsReadOnce(CrossJoin join)
    {
        if (Pipeline.End(join.Filter) is not { IsDeferred: false, Operation: var run })
            return false;

        return Invariance.IsProven(join.Scan.Root, run) && KeyWrites.NoneIn(run, join.Scan) && join.Scan.Matches.All(match => KeyWrites.Keep(match.Value, run));
    }
}
