namespace HotPath;

/// <summary>Makes a local list that is emptied from the front a queue; fills a list at its end and reverses it once.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ListAsQueueFix() : RuleFix(ListAsQueueAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || FrontShift.Of(call, site.Options) is not { Variable: ILocalSymbol { RefKind: RefKind.None } local } shift)
            yield break;

        if (local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration } })
            yield break;

        if (!local.Type.Is("System.Collections.Generic", "List") || site.Model.GetOperation(initial) is not { } made || Origins.Only(local, shift.List) is null || HasDirective(declaration))
            yield break;

        if ((shift.Takes ? Queue(shift, local, declaration, initial, made.Unconverted(), site) : Reversed(shift, local, site)) is { } fix)
            yield return fix;
    }

    /// <summary>Every use has a counterpart: Add is Enqueue, the first element is taken where the loop has asked that there is one.</summary>
    private static Fix? Queue(FrontShift shift, ILocalSymbol local, LocalDeclarationStatementSyntax declaration, ExpressionSyntax initial, IOperation made, Site site)
    {
        if (KnownTypes.Of(site.Model.Compilation)["System.Collections.Generic.Queue`1"] is not { } queue || Creation(made, initial, local, site) is not { } creation)
            return null;

        var edits = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode?>>();
        var function = shift.Call.Function();
        foreach (var use in Aliasing.Uses(local, shift.Call.Root()))
        {
            // A function inside may empty it between the question and the taking.
            if (!ReferenceEquals(use.Reference.Function(), function))
                return null;

            switch (use)
            {
                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { Name: "Add", ContainingType.Name: "List" } } add } when add.Parent is IExpressionStatementOperation && Member(add) is { } name:
                    edits[name] = static current => SyntaxFactory.IdentifierName("Enqueue").WithTriviaFrom(current);
                    break;

                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { Name: "RemoveAt", ContainingType.Name: "List" } } remove }:
                    if (Taken(remove, local, site.Model) is not var (read, first, gone))
                        return null;

                    edits[read] = current => SyntaxFactory.ParseExpression($"{local.Name}.Dequeue()").WithTriviaFrom(current);
                    edits[gone] = static _ => null;
                    edits[first] = static current => current;
                    break;

                // The element read is the one taken next.
                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.IsIndexer: true } element } when IsTaken(element, local, site.Model):
                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.Name: "Count" } }:
                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { Name: "Any" or "Count", ContainingType.Name: "Enumerable" } method } } when method.Parameters.Length <= 1:
                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { Name: "Contains" or "Clear", ContainingType.Name: "List" } } }:
                    break;

                default:
                    return null;
            }
        }

        if (declaration.DescendantTrivia().Any(IsComment) && initial.DescendantTrivia().Any(IsComment))
            return null;

        return new($"Make '{local.Name}' a Queue", editor =>
        {
            var type = $"{Imports.Name(editor, declaration, queue)}<{((INamedTypeSymbol)local.Type).TypeArguments[0].ToMinimalDisplayString(site.Model, declaration.SpanStart)}>";
            editor.ReplaceNode(initial, SyntaxFactory.ParseExpression($"new {type}({creation})").WithTriviaFrom(initial));
            if (!declaration.Declaration.Type.IsVar)
                editor.ReplaceNode(declaration.Declaration.Type, SyntaxFactory.ParseTypeName(type).WithTriviaFrom(declaration.Declaration.Type));

            foreach (var pair in edits)
            {
                if (pair.Value(pair.Key) is { } replaced)
                {
                    if (replaced != pair.Key)
                        editor.ReplaceNode(pair.Key, replaced);
                }
                else
                {
                    editor.RemoveNode(pair.Key, SyntaxRemoveOptions.KeepNoTrivia);
                }
            }
        });
    }

    /// <summary>What the queue begins with: empty, the elements of a copy, or those of the braces.</summary>
    private static string? Creation(IOperation made, ExpressionSyntax initial, ILocalSymbol local, Site site)
    {
        var element = ((INamedTypeSymbol)local.Type).TypeArguments[0];
        switch (made)
        {
            case IObjectCreationOperation { Type.Name: "List", Initializer: null, Arguments: [] }:
                return "";

            case IObjectCreationOperation { Type.Name: "List", Initializer: null, Arguments: [{ Value: var only }] }:
                return only.Syntax.ToString();

            case IObjectCreationOperation { Type.Name: "List", Arguments: [], Initializer: { Initializers: var added } } when added.All(static each => each is IInvocationOperation { Arguments.Length: 1 }) && initial is BaseObjectCreationExpressionSyntax { Initializer.Expressions: var given }:
                return Elements(given);

            case ICollectionExpressionOperation { Elements: var elements } when elements.All(static each => each is not ISpreadOperation) && initial is CollectionExpressionSyntax { Elements: var listed }:
                return listed.Count == 0 ? "" : Elements(listed);

            case IInvocationOperation { TargetMethod: { Name: "ToList", ContainingType.Name: "Enumerable" } } copy when copy.ArgumentOf(0) is { } source && copy.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }:
                return access.Expression.WithoutTrivia().ToString();

            default:
                return null;
        }

        string Elements(IEnumerable<SyntaxNode> elements) =>
            $"new {element.ToMinimalDisplayString(site.Model, made.Syntax.SpanStart)}[] {{ {string.Join(", ", elements.Select(static each => each.WithoutTrivia().ToString()))} }}";
    }

    /// <summary>The statements that begin the loop: the first element is read, then removed, and the loop has asked whether there is one.</summary>
    private static (SyntaxNode Read, SyntaxNode First, SyntaxNode Gone)? Taken(IInvocationOperation remove, ILocalSymbol local, SemanticModel model)
    {
        if (remove.Syntax.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax { Parent: WhileStatementSyntax loop, Statements: [LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var read }] } first, var gone, ..] } } statement || gone != statement)
            return null;

        if (remove.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: 0 } || HasDirective(gone) || gone.GetLeadingTrivia().Any(IsComment) || gone.GetTrailingTrivia().Any(IsComment))
            return null;

        return IsFirst(model.GetOperation(read), local) && HasAsked(model.GetOperation(loop.Condition), local) ? (read, first, gone) : null;
    }

    private static bool IsTaken(IPropertyReferenceOperation element, ILocalSymbol local, SemanticModel model) =>
        element.Syntax.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax { Statements: [var first, ExpressionStatementSyntax { Expression: var next }, ..] } } declaration } } }
        && first == declaration && model.GetOperation(next) is IInvocationOperation { TargetMethod.Name: "RemoveAt", Instance: { } list } remove && SymbolEqualityComparer.Default.Equals(list.Variable(), local)
        && Taken(remove, local, model) is not null;

    private static bool IsFirst(IOperation? read, ILocalSymbol local) =>
        read?.Unconverted() is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: [{ Value.ConstantValue: { HasValue: true, Value: 0 } }] } && SymbolEqualityComparer.Default.Equals(list.Variable(), local);

    private static bool HasAsked(IOperation? condition, ILocalSymbol local) => condition is not null && KeyedScan.Conjuncts(condition).Any(part => part.Unconverted() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThan or BinaryOperatorKind.NotEquals, LeftOperand: var count, RightOperand.ConstantValue: { HasValue: true, Value: 0 } } => IsCount(count, local),
        IInvocationOperation { TargetMethod: { Name: "Any", ContainingType.Name: "Enumerable" }, Arguments.Length: 1 } any => SymbolEqualityComparer.Default.Equals(any.Receiver()?.Variable(), local),
        _ => false,
    });

    private static bool IsCount(IOperation operation, ILocalSymbol local) =>
        operation.Unconverted() is IPropertyReferenceOperation { Property.Name: "Count", Instance: { } list } && SymbolEqualityComparer.Default.Equals(list.Variable(), local);

    /// <summary>A new list that the loop only puts elements before, and that nobody sees before the loop is over.</summary>
    private static Fix? Reversed(FrontShift shift, ILocalSymbol local, Site site)
    {
        if (Member(shift.Call) is null || FreshList.Loop(shift.Call, local, site, use => ReferenceEquals(use.Context, shift.Call)) is not { } loop)
            return null;

        return new($"Add to '{local.Name}' at its end and reverse it once, after the loop", editor =>
        {
            var call = (InvocationExpressionSyntax)shift.Call.Syntax;
            editor.ReplaceNode(call, call.WithExpression(((MemberAccessExpressionSyntax)call.Expression).WithName(SyntaxFactory.IdentifierName("Add")))
                .WithArgumentList(call.ArgumentList.WithArguments(call.ArgumentList.Arguments.RemoveAt(0))));
            Statements.InsertAfter(editor, loop, Statements.Spaced(Statements.Parse($"{local.Name}.Reverse();").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)));
        });
    }

    private static SyntaxNode? Member(IInvocationOperation call) => call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name }, ArgumentList.Arguments: var arguments } && arguments.All(static argument => argument.NameColon is null) ? name : null;

    private static bool HasDirective(SyntaxNode node) => node.GetLeadingTrivia().Any(static trivia => trivia.IsDirective);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
}
