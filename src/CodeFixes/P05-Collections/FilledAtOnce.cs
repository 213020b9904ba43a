namespace HotPath;

/// <summary>Puts one expression in the place of a loop that fills a new collection.</summary>
internal static class FilledAtOnce
{
    /// <summary>The loop whose header was reported.</summary>
    public static ILoopOperation? Loop(Site site) => site.Node.FirstAncestorOrSelf<StatementSyntax>() is { } statement ? site.Model.GetOperation(statement) as ILoopOperation : null;

    /// <summary>
    /// How the loop is replaced by the declaration of the collection with another value, or by the one <c>return</c> behind it; null where the collection is not declared
    /// beside the loop, where a comment would be lost, or where somebody may see the collection before it is complete.
    /// </summary>
    /// <param name="fill">The loop and what it fills.</param>
    /// <param name="canInline">Whether the value means the same where the collection is read.</param>
    /// <param name="site">Where it is asked for.</param>
    public static TextResult? Result(Fill fill, bool canInline, Site site)
    {
        if (fill is not { Target: ILocalReferenceOperation { Local: var local }, Fresh: { IsBeside: true, Creation: var creation }, Loop.Operation.Syntax: StatementSyntax loop }
            || Comments.AreInside(loop) || Comments.AreInside(creation.Syntax) || TextResult.DeclarationOf(local, loop, creation) is not { } declaration || Comments.With(declaration.GetTrailingTrivia()).Count > 0 || Comments.AreInside(declaration)
            || fill.Target.Function().Syntax.DescendantNodes().Any(static node => node is LabeledStatementSyntax))
        {
            return null;
        }

        var result = TextResult.Of(local, fill.Target, loop, declaration, site.Model, _ => canInline);
        return result.Initial is null ? null : result;
    }

    /// <summary>Whether the value is sure to be an object right before the loop.</summary>
    public static bool IsNeverNull(IOperation value, Fill fill) =>
        value.Type is { IsValueType: true } || Nullness.IsNotNull(value, value.SemanticModel!) || value.Variable() is not null && Nullness.IsNeverNullBefore(value, fill.Loop.Operation.Syntax);
}
