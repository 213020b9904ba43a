namespace HotPath;

/// <summary>Builds a hash set of the list before the loop and asks that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ListContainsInLoopFix() : RuleFix(ListContainsInLoopAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || ListContainsInLoopAnalyzer.Find(call, site.Options) is not var (scan, _) || !HashSets.Agrees(scan, site.Model))
            yield break;

        if (scan.Collection.Variable() is not { } variable && !(scan.Collection is IPropertyReferenceOperation { Instance: { } owner } && owner.Variable() is not null))
            yield break;

        if (scan.Call.Syntax is InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax } || scan.Test.Syntax is not ExpressionSyntax || Spot.Of(scan, site) is not { } spot)
            yield break;

        var name = Names.Camel(Name(scan), "items") + "Set";
        var elements = scan.IsOfValues ? Values((ExpressionSyntax)scan.Collection.Syntax) : (ExpressionSyntax)scan.Collection.Syntax;

        var (question, asksForAbsence) = HashSets.Question(scan);
        ExpressionSyntax Ask(ExpressionSyntax set) => HashSets.Ask(scan, question, set, "Contains", asksForAbsence);

        if (!Comments.AreKept(question, Ask(SyntaxFactory.IdentifierName(name))))
            yield break;

        // The set that an earlier fix put there for the same list serves this question too.
        if (Existing(scan, spot.Statement, elements, site) is { } existing)
        {
            yield return new($"Ask '{existing}' instead of searching '{scan.Collection.Text()}'", editor =>
                editor.ReplaceNode(question, Ask(SyntaxFactory.IdentifierName(existing))));

            yield break;
        }

        name = Names.FreshLocal(name, site.Node);
        var element = scan.Collection is IPropertyReferenceOperation { Instance: { } dictionary } ? dictionary : scan.Collection;

        if (element.Type!.IsValueType ? IsFresh(element) : Nullness.IsNeverNullBefore(element, spot.Statement))
        {
            yield return new($"Build a HashSet of '{scan.Collection.Text()}' once, before the loop", editor =>
            {
                editor.ReplaceNode(question, Ask(SyntaxFactory.IdentifierName(name)));
                Statements.Declare(editor, spot.Statement, $"var {name} = {HashSets.Creation(scan, editor, spot.Statement, elements)};");
            });

            yield break;
        }

        if (OnFirstUse(scan, spot, site) is { } isSpread)
        {
            if (ExistingOnFirstUse(scan, spot.Statement, elements, site) is { } shared)
            {
                yield return new($"Ask the HashSet of '{scan.Collection.Text()}' instead of searching it", editor => editor.ReplaceNode(question, Ask(SyntaxFactory.ParenthesizedExpression(shared.WithoutTrivia()))));
                yield break;
            }

            yield return new($"Build a HashSet of '{scan.Collection.Text()}' once, on first use", editor =>
            {
                var nullable = (site.Model.GetNullableContext(site.Node.SpanStart) & NullableContext.AnnotationsEnabled) != 0 ? "?" : "";
                var creation = isSpread ? $"[.. {elements}]" : HashSets.Creation(scan, editor, spot.Statement, elements);

                editor.ReplaceNode(question, Ask(SyntaxFactory.ParseExpression($"({name} ??= {creation})")));
                Statements.Declare(editor, spot.Statement, $"{HashSets.Type(scan, editor, spot.Statement)}{nullable} {name} = null;");
            });
        }
    }

    private static string Name(Membership scan) => scan.Collection switch
    {
        IPropertyReferenceOperation { Property.Name: "Values", Instance: { } dictionary } => (dictionary.Variable()?.Name ?? "items") + "Values",
        var collection when scan.IsOfValues => collection.Variable()!.Name + "Values",
        var collection => collection.Variable()!.Name,
    };

    private static ExpressionSyntax Values(ExpressionSyntax dictionary) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, dictionary.WithoutTrivia(), SyntaxFactory.IdentifierName("Values"));

    private static bool IsFresh(IOperation value) => value.Variable() is ILocalSymbol local && Origins.Only(local, value) is { } origin && Origins.IsFresh(origin);

    /// <summary>
    /// Whether the set can be made where the list is first searched, so that a null list fails as and when it did: true for a spread, which fails
    /// on null as a call on the list does, false for the constructor, which fails as the static operators do, null for neither.
    /// </summary>
    private static bool? OnFirstUse(Membership scan, Spot spot, Site site)
    {
        // What is computed for the question must not fail or be noticed before the list does.
        if (spot.IsParallel || scan.Collection.Type is not { IsReferenceType: true } || scan.Value.Unconverted() is not (ILocalReferenceOperation or IParameterReferenceOperation) && !scan.Value.ConstantValue.HasValue)
            return null;

        if (site.Model.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: var version } || version < LanguageVersion.CSharp8)
            return null;

        switch (scan.Call.TargetMethod.ContainingType.Name)
        {
            case "Enumerable" or "Array":
                return false;

            case "List" when version >= LanguageVersion.CSharp12 && scan is { Comparer: null, StringComparer: null or "Ordinal" }:
                return true;

            default:
                return null;
        }
    }

    /// <summary>The set of the same list that is declared right before the statement and never changed, or null.</summary>
    private static string? Existing(Membership scan, SyntaxNode statement, ExpressionSyntax elements, Site site)
    {
        foreach (var before in Before(statement))
        {
            if (before is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value } declarator] })
                return null;

            if (value.IsKind(SyntaxKind.NullLiteralExpression))
                continue;

            if (value is not ObjectCreationExpressionSyntax { Initializer: null, ArgumentList.Arguments: { Count: 1 or 2 } arguments } creation
                || site.Model.GetTypeInfo(creation).Type is not INamedTypeSymbol { Name: "HashSet", TypeArguments: [var element] })
            {
                return null;
            }

            if (!SymbolEqualityComparer.Default.Equals(element, scan.Element) || element.NullableAnnotation == NullableAnnotation.NotAnnotated && HashSets.Element(scan).NullableAnnotation == NullableAnnotation.Annotated || !SyntaxFactory.AreEquivalent(arguments[0].Expression, elements))
                continue;

            if (!HashSets.IsComparer(scan, arguments.Count == 2 ? arguments[1].Expression : null))
                continue;

            if (site.Model.GetDeclaredSymbol(declarator) is ILocalSymbol local && site.Operation!.Root() is var root
                && Aliasing.Uses(local, root).All(static use => use.Context is IInvocationOperation { TargetMethod.Name: "Contains" }))
            {
                return local.Name;
            }
        }

        return null;
    }

    /// <summary>What an earlier fix made of a question to the same list: the set that is built on first use, or null.</summary>
    private static AssignmentExpressionSyntax? ExistingOnFirstUse(Membership scan, SyntaxNode statement, ExpressionSyntax elements, Site site)
    {
        foreach (var before in Before(statement))
        {
            if (before is not LocalDeclarationStatementSyntax { Declaration: { Variables: [{ Initializer.Value.RawKind: (int)SyntaxKind.NullLiteralExpression, Identifier.ValueText: var name }], Type: var type } }
                || site.Model.GetTypeInfo(type).Type is not INamedTypeSymbol { Name: "HashSet", TypeArguments: [var element] })
            {
                return null;
            }

            if (!SymbolEqualityComparer.Default.Equals(element, scan.Element) || element.NullableAnnotation == NullableAnnotation.NotAnnotated && HashSets.Element(scan).NullableAnnotation == NullableAnnotation.Annotated)
                continue;

            foreach (var node in statement.DescendantNodes())
            {
                if (node is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression, Left: IdentifierNameSyntax { Identifier.ValueText: var target }, Right: var made } assignment && target == name && IsSetOf(made))
                    return assignment;
            }
        }

        return null;

        bool IsSetOf(ExpressionSyntax made) => made switch
        {
            CollectionExpressionSyntax { Elements: [SpreadElementSyntax { Expression: var source }] } => SyntaxFactory.AreEquivalent(source, elements) && HashSets.IsComparer(scan, null),
            ObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 or 2 } arguments } => SyntaxFactory.AreEquivalent(arguments[0].Expression, elements) && HashSets.IsComparer(scan, arguments.Count == 2 ? arguments[1].Expression : null),
            _ => false,
        };
    }

    /// <summary>The statements before one in its block, the nearest first.</summary>
    private static IEnumerable<StatementSyntax> Before(SyntaxNode statement)
    {
        var node = statement.Parent is GlobalStatementSyntax global ? global : statement;
        return node.Parent is { } block
            ? block.ChildNodes().TakeWhile(sibling => sibling != node).Reverse().Select(sibling => (sibling as GlobalStatementSyntax)?.Statement ?? sibling).TakeWhile(sibling => sibling is StatementSyntax).Cast<StatementSyntax>()
            : [];
    }
}
