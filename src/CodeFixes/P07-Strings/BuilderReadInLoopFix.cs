namespace HotPath;

/// <summary>Asks the builder itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BuilderReadInLoopFix() : RuleFix(BuilderReadInLoopAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || BuilderRead.Of(call, site.Options) is not { Question: { } question } read || question.Syntax is not ExpressionSyntax whole
            || call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var builder } } || Comments.AreInside(whole) || builder.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax))
        {
            yield break;
        }

        if (Asked(read, question, call, builder.WithoutTrivia()) is not { } asked)
            yield break;

        // The negation goes into the comparison.
        SyntaxNode replaced = whole;
        if (asked.Negated is { } negated && question.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
            (replaced, asked) = (not.Syntax, (negated, null));

        var isOperator = asked.Text.IndexOf(' ') >= 0;
        yield return new($"Ask '{builder}' itself", editor => editor.ReplaceNode(replaced, (current, _) => isOperator && current.Parent is not (IfStatementSyntax or WhileStatementSyntax or ParenthesizedExpressionSyntax or ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax) && !(current.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } && asked.Text.IndexOf("||", StringComparison.Ordinal) < 0)
            ? SyntaxFactory.ParseExpression($"({asked.Text})").WithTriviaFrom(current)
            : SyntaxFactory.ParseExpression(asked.Text).WithTriviaFrom(current)));
    }

    /// <summary>The question to the builder, and the same with the answers exchanged; null where the builder cannot answer it alike.</summary>
    private static (string Text, string? Negated)? Asked(BuilderRead read, IOperation question, IInvocationOperation call, ExpressionSyntax builder)
    {
        switch (question)
        {
            case IPropertyReferenceOperation { Property: { Name: "Length", IsIndexer: false } }:
                return ($"{builder}.Length", null);

            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.Syntax: var index }] } when !index.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax):
                return ($"{builder}[{index.WithoutTrivia()}]", null);

            case IImplicitIndexerReferenceOperation { Argument.Syntax: var index } when !index.DescendantNodesAndSelf().Any(static node => node is InvocationExpressionSyntax):
                return ($"{builder}[{index.WithoutTrivia()}]", null);

            case IBinaryOperation { OperatorKind: var kind, LeftOperand: var left, RightOperand: var right } when TextRead.IsEmptyText(left.Syntax.Span.Contains(call.Syntax.Span) ? right : left):
                var same = kind == BinaryOperatorKind.Equals;
                return ($"{builder}.Length {(same ? "==" : ">")} 0", $"{builder}.Length {(same ? ">" : "==")} 0");

            case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" } }:
                return ($"{builder}.Length == 0", $"{builder}.Length > 0");

            // A character, or one written as text and compared by its code.
            case IInvocationOperation { TargetMethod: { Name: "EndsWith" or "StartsWith", Parameters: var parameters } method, Arguments: var arguments } when Character(parameters, arguments) is { } character:
                var (place, last) = method.Name == "EndsWith" ? (IsAtLeastCSharp8(question) ? "^1" : $"{builder}.Length - 1", character) : ("0", character);
                return ($"{builder}.Length > 0 && {builder}[{place}] == {last}", $"{builder}.Length == 0 || {builder}[{place}] != {last}");

            default:
                return null;
        }
    }

    private static bool IsAtLeastCSharp8(IOperation question) =>
        question.SemanticModel is { SyntaxTree.Options: CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 } } model && KnownTypes.Of(model.Compilation)["System.Index"] is not null;

    private static string? Character(ImmutableArray<IParameterSymbol> parameters, ImmutableArray<IArgumentOperation> arguments) => (parameters, arguments) switch
    {
        ([{ Type.SpecialType: SpecialType.System_Char }], [{ Value: { ConstantValue.HasValue: true, Syntax: var character } }]) => character.WithoutTrivia().ToString(),
        ([_, { Type.Name: "StringComparison" }], [{ Value.ConstantValue: { HasValue: true, Value: string { Length: 1 } text } }, { Value: IFieldReferenceOperation { Field.Name: "Ordinal" } }]) => SymbolDisplay.FormatLiteral(text[0], quote: true),
        _ => null,
    };
}
