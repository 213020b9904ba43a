namespace HotPath;

/// <summary>Runs the query once, before the loop, and keeps its elements in a list or set.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RepeatedEnumerationFix() : RuleFix(RepeatedEnumerationAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (Reported(site) is not { } found || found.Query.Syntax is not ExpressionSyntax query || !Imports.IsInScope(site.Model, site.Node, "System.Linq"))
            yield break;

        // The outermost loop over which the query stays what it is.
        ILoopOperation? region = null;
        foreach (var loop in Loops.Around(found.User is IForEachLoopOperation ? found.Query : found.User, site.Options))
        {
            if (loop.Operation is not ILoopOperation statement || found.Query.Variable() is ILocalSymbol local && StringAccumulation.IsDeclaredIn(local, loop) || !Queries.IsReadOnly(found.Query) || !Queries.GivesSame(found.Query) || !Queries.IsSteady(found.Query, statement))
                break;

            region = statement;
        }

        if (region is not { Syntax: StatementSyntax around } || !(Queries.CannotFail(found.Query) || IsAskedFirst(found, region)))
            yield break;

        var uses = Uses(found, region);
        if (!Materialising.CanDeclare(around, found.Query, uses.Select(static use => use.Syntax)) || uses.Any(static use => !CanReplace(use)))
            yield break;

        var element = ((INamedTypeSymbol)found.Query.Type!).TypeArguments[0];
        if (IsAskedForValues(uses, element, site.Model) && site.Types["System.Collections.Generic.HashSet`1"] is { } set)
        {
            var name = Materialising.Name(found.Query, "Set", around);
            yield return new($"Run '{query}' once, before the loop, into a HashSet", editor =>
            {
                Replace(editor, uses, name);
                Statements.Declare(editor, around, $"var {name} = new {Imports.Name(editor, around, set)}<{element.ToMinimalDisplayString(site.Model, around.SpanStart)}>({query.WithoutTrivia()});");
            });

            yield break;
        }

        var list = Materialising.Name(found.Query, "List", around);
        yield return new($"Run '{query}' once, before the loop, into a list", editor =>
        {
            Replace(editor, uses, list);
            Statements.Declare(editor, around, $"var {list} = {query.WithoutTrivia()}.ToList();");
        });
    }

    /// <summary>The finding at the reported node: a call with the query in it, or the query that a foreach walks through.</summary>
    private static RepeatedQuery? Reported(Site site)
    {
        foreach (var node in site.Node.DescendantNodesAndSelf())
        {
            if (node is IdentifierNameSyntax or MemberAccessExpressionSyntax && site.Model.GetOperation(node) is ILocalReferenceOperation or IPropertyReferenceOperation
                && RepeatedQuery.Of(site.Model.GetOperation(node)!, site.Options) is { } found && found.Location.SourceSpan == site.Node.Span)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Every place in the loop that names the query.</summary>
    private static List<IOperation> Uses(RepeatedQuery found, ILoopOperation region) =>
        region.Descendants().Where(part => part is ILocalReferenceOperation or IPropertyReferenceOperation && RepeatedWalk.IsSame(part, found.Query)).ToList();

    /// <summary>Whether a list can stand where the query does: it is walked through, or an operator is called on it that a list has not itself with another meaning.</summary>
    private static bool CanReplace(IOperation use)
    {
        var consumer = use.Consumer(out var value);
        return consumer switch
        {
            IForEachLoopOperation each => ReferenceEquals(each.Collection, value),
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: not "Reverse" } } call, Parameter.Ordinal: 0 } => Materialising.CanRewrite(call),
            IArgumentOperation { Parameter: { Type: INamedTypeSymbol { Name: "IEnumerable" }, ContainingType: { Name: not "Enumerable" } type } } => type.IsFromSystem(),
            _ => false,
        };
    }

    /// <summary>Whether all the loop asks is if a value is there, of a type whose equality a set knows.</summary>
    private static bool IsAskedForValues(List<IOperation> uses, ITypeSymbol element, SemanticModel model) =>
        (element.SpecialType is SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_UInt64) || element.TypeKind == TypeKind.Enum || element.Is("System", "Guid"))
        && uses.All(use => use.Consumer(out _) is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "Contains", ContainingType.Name: "Enumerable" }, Arguments: [_, { Value: var asked }] } }
            && (element.IsValueType || asked.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability.FlowState != NullableFlowState.MaybeNull || element.NullableAnnotation != NullableAnnotation.NotAnnotated));

    /// <summary>Whether the loop begins with running the query to its end.</summary>
    private static bool IsAskedFirst(RepeatedQuery found, ILoopOperation region) =>
        region is IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } && Runs(condition, found)
        || region is IForLoopOperation { Condition: { } test, Before: var before } && Runs(test, found) && before.All(static statement => statement.Descendants().All(static part => part is IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation or ILiteralOperation));

    private static bool Runs(IOperation condition, RepeatedQuery found)
    {
        while (condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, LeftOperand: var left })
            condition = left;

        return condition.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod: { Name: "Count" or "LongCount", ContainingType.Name: "Enumerable" } } call && call.ArgumentOf(0) is { } counted && RepeatedWalk.IsSame(counted, found.Query));
    }

    private static void Replace(DocumentEditor editor, List<IOperation> uses, string name)
    {
        foreach (var use in uses)
        {
            if (use.Consumer(out _) is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable", Name: "Count" or "ElementAt" } } walk } && (walk.TargetMethod.Name == "ElementAt" || walk.Arguments.Length == 1))
                Materialising.Rewrite(editor, walk, name);
            else
                editor.ReplaceNode(use.Syntax, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));
        }
    }
}
