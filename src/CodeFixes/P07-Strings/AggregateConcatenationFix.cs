namespace HotPath;

/// <summary>Puts the strings together in one go, by string.Concat or string.Join.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AggregateConcatenationFix() : RuleFix(AggregateConcatenationAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || ConcatenatingFold.Of(call, site.Options) is not { HasResultSelector: false, Pieces.IsEmpty: false } fold)
            yield break;

        // Written as a call on the sequence: nothing else would keep its place.
        if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var source } } invocation || fold.Lambda.Syntax is not LambdaExpressionSyntax { ExpressionBody: { } body } lambda
            || Comments.AreInside(invocation) || fold.Source.Type is { SpecialType: SpecialType.System_String } or { TypeKind: TypeKind.Dynamic } || site.Model.GetOperation(source)?.Unconverted() is not { } receiver || receiver.Type is IErrorTypeSymbol)
        {
            yield break;
        }

        if (fold.Seed is { } seed)
        {
            if (Concatenated(fold, seed, source, lambda, body, site) is { } text)
                yield return new($"Put the text together with string.Concat", editor => editor.ReplaceNode(invocation, text.WithTriviaFrom(invocation)));

            yield break;
        }

        if (Joined(fold, source, site.Model) is not { } joined)
            yield break;

        // Without a start, Aggregate fails on an empty sequence and gives a lone null back as it is.
        var isNeverNull = IsNeverNull(fold.Element.Type, site, invocation);
        if (isNeverNull && Count(fold, site) is { } count && Nullness.IsNeverNullBefore(fold.Source, (SyntaxNode?)invocation.FirstAncestorOrSelf<StatementSyntax>() ?? invocation))
        {
            // First() fails as Aggregate did.
            var guarded = SyntaxFactory.ParseExpression($"({source.WithoutTrivia()}.{count} > 0 ? {joined} : {source.WithoutTrivia()}.First())").WithTriviaFrom(invocation);
            yield return new("Put the text together with string.Join", editor => editor.ReplaceNode(invocation, guarded.WithAdditionalAnnotations(Simplifier.Annotation)));
        }

        var changes = isNeverNull ? "no elements give an empty text, not an exception" : "no elements give an empty text, not an exception, and so does a single null";
        yield return new($"Put the text together with string.Join ({changes})", editor => editor.ReplaceNode(invocation, SyntaxFactory.ParseExpression(joined).WithTriviaFrom(invocation)), changes);
    }

    /// <summary>The seed, and behind it what each element adds.</summary>
    private static ExpressionSyntax? Concatenated(ConcatenatingFold fold, IOperation seed, ExpressionSyntax source, LambdaExpressionSyntax lambda, ExpressionSyntax body, Site site)
    {
        var isEmpty = TextRead.IsEmptyText(seed);
        if (!isEmpty && seed.ConstantValue is not { HasValue: true, Value: string } || Rest(fold, body, site.Model) is not { } rest)
            return null;

        var parameter = lambda is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [_, var element] } ? element.Identifier.Text : fold.Element.Name;
        var all = rest is IdentifierNameSyntax name && name.Identifier.Text == parameter ? $"string.Concat({source.WithoutTrivia()})" : $"string.Concat({source.WithoutTrivia()}.Select({parameter} => {rest}))";
        var text = SyntaxFactory.ParseExpression(isEmpty ? all : $"({seed.Syntax.WithoutTrivia()} + {all})");
        var position = fold.Call.Syntax.SpanStart;

        // One text, and not the name of a type: the call has to take a sequence or an array.
        var concat = text.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().First();
        return site.Model.GetSpeculativeSymbolInfo(position, concat, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol { Parameters: [{ Type: IArrayTypeSymbol or INamedTypeSymbol { Name: "IEnumerable" } }] }
            ? isEmpty ? text : text.WithAdditionalAnnotations(Simplifier.Annotation)
            : null;
    }

    /// <summary>The lambda's value without the text so far, where what is left is one text.</summary>
    private static ExpressionSyntax? Rest(ConcatenatingFold fold, ExpressionSyntax body, SemanticModel model)
    {
        while (body is ParenthesizedExpressionSyntax { Expression: var inner })
            body = inner;

        if (body is InterpolatedStringExpressionSyntax interpolated)
        {
            var rest = interpolated.WithContents(interpolated.Contents.RemoveAt(0));
            return rest.Contents is [InterpolationSyntax { AlignmentClause: null, FormatClause: null, Expression: IdentifierNameSyntax only }] ? only : rest;
        }

        var operands = Operand.Of(body, body, model);
        if (operands.Count != fold.Pieces.Length + 1)
            return null;

        // Two numbers in a row would be added up.
        if (operands.Count > 2 && !IsText(operands[1]) && !IsText(operands[2]))
            return null;

        // An own operator, or a lambda's comment, is not worth the trouble.
        for (var i = 1; i < operands.Count; i++)
        {
            if (model.GetTypeInfo(operands[i].Original).Type is null or { TypeKind: TypeKind.Dynamic or TypeKind.Pointer } || model.GetConversion(operands[i].Original).IsUserDefined || operands.Count > 2 && HasOperator(operands[i]))
                return null;
        }

        return operands.Count == 2
            ? operands[1].Current.WithoutTrivia()
            : SyntaxFactory.ParseExpression(string.Join(" + ", operands.Skip(1).Select(static operand => operand.Whole.WithoutTrivia().ToString())));

        bool IsText(Operand operand) => model.GetTypeInfo(operand.Original).Type?.SpecialType == SpecialType.System_String;

        bool HasOperator(Operand operand) => model.GetTypeInfo(operand.Original).Type is { SpecialType: SpecialType.None, TypeKind: not TypeKind.Enum } type && !type.GetMembers("op_Addition").IsEmpty;
    }

    /// <summary>The elements with the same separator between any two, where that is what the fold makes.</summary>
    private static string? Joined(ConcatenatingFold fold, ExpressionSyntax source, SemanticModel model)
    {
        if (fold.Pieces is [var only])
            return IsElement(only, fold) ? $"string.Concat({source.WithoutTrivia()})" : null;

        if (fold.Pieces is not [var separator, var element] || !IsElement(element, fold))
            return null;

        if (separator is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string text } })
            return $"string.Join({SymbolDisplay.FormatLiteral(text, quote: true)}, {source.WithoutTrivia()})";

        if (separator.ConstantValue is { HasValue: true, Value: char character })
            return $"string.Join({SymbolDisplay.FormatLiteral(character.ToString(), quote: true)}, {source.WithoutTrivia()})";

        return separator.Type?.SpecialType == SpecialType.System_String && (separator.ConstantValue.HasValue || separator is ILocalReferenceOperation or IParameterReferenceOperation && !SymbolEqualityComparer.Default.Equals(separator.Variable(), fold.Element))
            ? $"string.Join({separator.Syntax.WithoutTrivia()}, {source.WithoutTrivia()})"
            : null;
    }

    private static bool IsElement(IOperation piece, ConcatenatingFold fold) =>
        piece is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, fold.Element) && parameter.Type.SpecialType == SpecialType.System_String;

    /// <summary>The property that says how many elements a variable's collection has.</summary>
    private static string? Count(ConcatenatingFold fold, Site site) => fold.Source.Variable() is null ? null : fold.Source.Type switch
    {
        IArrayTypeSymbol => "Length",
        { Name: "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "HashSet" or "Queue" } type when type.ContainingNamespace.Is("System.Collections.Generic") => "Count",
        _ => null,
    };

    private static bool IsNeverNull(ITypeSymbol type, Site site, SyntaxNode at) => type.NullableAnnotation == NullableAnnotation.NotAnnotated && TextStart.IsTrusted(site.Model, at);
}
