namespace HotPath;

/// <summary>The place before the outermost loop in which a list is sure not to change: there a set of it can be built.</summary>
internal sealed class Spot
{
    private Spot(SyntaxNode statement, IOperation region, bool isParallel)
    {
        Statement = statement;
        Region = region;
        IsParallel = isParallel;
    }

    /// <summary>The statement before which the set goes.</summary>
    public SyntaxNode Statement { get; }

    /// <summary>The code that runs from then until the last question is asked.</summary>
    public IOperation Region { get; }

    /// <summary>Whether several threads run the loop.</summary>
    public bool IsParallel { get; }

    /// <summary>The spot for a set of what the scan searches, or null where there is none.</summary>
    /// <param name="scan">The question.</param>
    /// <param name="site">Where it is asked.</param>
    /// <param name="without">A call whose effect on the list the set follows.</param>
    public static Spot? Of(Membership scan, Site site, IInvocationOperation? without = null) =>
        Of(scan.Call, scan.Collection, region => HashSets.KeepsKeys(scan, region), site, without);

    /// <inheritdoc cref="Of(Membership, Site, IInvocationOperation?)"/>
    /// <param name="at">What asks.</param>
    /// <param name="collection">What is searched.</param>
    /// <param name="keepsKeys">Whether the code that runs leaves what an index is made of as it is.</param>
    /// <param name="site">Where it is asked.</param>
    /// <param name="without">A call whose effect on the list the set follows.</param>
    /// <param name="own">The loop that is the search itself.</param>
    public static Spot? Of(IOperation at, IOperation collection, Func<IOperation, bool> keepsKeys, Site site, IInvocationOperation? without = null, IOperation? own = null)
    {
        (IOperation Region, SyntaxNode Statement)? best = null;
        var isParallel = false;
        var isInLambda = false;

        foreach (var loop in Loops.Around(at, site.Options))
        {
            if (ReferenceEquals(loop.Operation, own))
                continue;

            if (RegionOf(loop) is not var (region, statement) || !Invariance.IsProven(collection, region, without) || !keepsKeys(region))
            {
                // A set per element of an outer query would cost more than it saves.
                isInLambda = loop.Lambda is not null;
                break;
            }

            best = (region, statement);
            isParallel |= loop.Operation is IInvocationOperation { TargetMethod.ContainingType.Name: "Parallel" or "ParallelEnumerable" };
        }

        if (best is not { } found || IsDeclaredIn(collection, best.Value.Statement) || isInLambda && found.Statement.Parent is LambdaExpressionSyntax || IsShared(at, collection, found.Region, site))
            return null;

        return Statements.CanInsertBefore(found.Statement) && !HasDirective(found.Statement) && CanCapture(at.Syntax, found.Statement) ? new(found.Statement, found.Region, isParallel) : null;
    }

    /// <summary>The code that runs from the moment the set is built until the last question is asked, and the statement before which that begins.</summary>
    private static (IOperation Region, SyntaxNode Statement)? RegionOf(Loop loop)
    {
        if (loop.Lambda is null)
            return (loop.Operation, loop.Syntax);

        var end = Pipeline.End(loop.Operation);
        if (end.IsDeferred)
            return null;

        // What the statement evaluates before the query must not change the list either, nor run the query anew.
        for (var current = end.Operation; ; current = current.Parent!)
        {
            switch (current.Parent)
            {
                case null:
                    return null;

                case IForEachLoopOperation each when ReferenceEquals(each.Collection, current):
                    return (end.Operation, each.Syntax);

                case IForLoopOperation @for when @for.Before.Contains(current):
                    return (end.Operation, @for.Syntax);

                // Asked again in every iteration.
                case ILoopOperation around when !ReferenceEquals(around.Body, current):
                    return (around, around.Syntax);

                case IConditionalOperation { Syntax: IfStatementSyntax @if } conditional when ReferenceEquals(conditional.Condition, current):
                    return (end.Operation, @if);

                case ISwitchOperation @switch when ReferenceEquals(@switch.Value, current):
                    return (end.Operation, @switch.Syntax);

                case IBlockOperation or ISwitchCaseOperation or IMethodBodyOperation or ILoopOperation or IConditionalOperation { Syntax: IfStatementSyntax }:
                    return Statements.CanInsertBefore(end.Operation.Syntax) ? (end.Operation, Holder(end.Operation.Syntax)) : null;

                case { } parent:
                    foreach (var child in parent.ChildOperations)
                    {
                        if (ReferenceEquals(child, current))
                            break;

                        if (!IsHarmless(child))
                            return null;
                    }

                    break;
            }
        }
    }

    /// <summary>Whether the statement itself declares the list, by a pattern or an <c>out</c> argument: before it there is none.</summary>
    private static bool IsDeclaredIn(IOperation collection, SyntaxNode statement) =>
        collection.DescendantsAndSelf().Any(part => part.Variable() is { } variable and not IFieldSymbol
            && variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == statement.SyntaxTree && statement.Span.Contains(reference.Span)));

    /// <summary>The statement around the node, or the expression that is the whole body of a lambda or member.</summary>
    private static SyntaxNode Holder(SyntaxNode node) =>
        node.AncestorsAndSelf().First(static ancestor => ancestor is StatementSyntax || ancestor.Parent is ArrowExpressionClauseSyntax || ancestor.Parent is LambdaExpressionSyntax lambda && lambda.ExpressionBody == ancestor);

    private static bool IsHarmless(IOperation operation) =>
        operation is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation or ILiteralOperation or IDiscardOperation || operation.ConstantValue.HasValue
        || Effects.Of(operation) is { AreReadOnly: true, Written.Count: 0 };

    /// <summary>Whether other threads may change the list between two questions: it is searched under a lock that each iteration takes.</summary>
    private static bool IsShared(IOperation at, IOperation collection, IOperation region, Site site)
    {
        for (IOperation? current = at; current is not null && !ReferenceEquals(current, region); current = current.Parent)
        {
            if (current is ILockOperation)
                return true;
        }

        // A field that other code changes may change while an endless loop waits.
        return region is IWhileLoopOperation && collection.Variable() is IFieldSymbol field
            && Bodies.Of(site.Model.Compilation).OfType(field.ContainingType).Any(body => body is not (IConstructorBodyOperation or IFieldInitializerOperation) && Aliasing.ChangeIn(field, body) != Change.None);
    }

    /// <summary>Whether a directive stands right before the statement: what is put there could land in a part that is not always compiled.</summary>
    private static bool HasDirective(SyntaxNode statement) => statement.GetLeadingTrivia().Any(static trivia => trivia.IsDirective);

    /// <summary>Whether the question can use a local declared outside: no static lambda or function stands between.</summary>
    private static bool CanCapture(SyntaxNode question, SyntaxNode statement)
    {
        for (var node = question; node is not null && node != statement; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword)
                || node is LocalFunctionStatementSyntax { Modifiers: var others } && others.Any(SyntaxKind.StaticKeyword))
            {
                return false;
            }
        }

        return true;
    }
}
