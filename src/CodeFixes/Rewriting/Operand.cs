namespace HotPath;

/// <summary>One operand of a concatenation, in the tree it was found in and in the tree it is edited in.</summary>
internal readonly struct Operand(ExpressionSyntax original, ExpressionSyntax current, SyntaxTriviaList before)
{
    /// <summary>The operand as it was found.</summary>
    public ExpressionSyntax Original { get; } = Bare(original);

    /// <summary>The operand with the edits so far.</summary>
    public ExpressionSyntax Current { get; } = Bare(current);

    /// <summary>The operand with the edits so far and its parentheses.</summary>
    public ExpressionSyntax Whole { get; } = current;

    /// <summary>Comments and new lines between the operand before it and this one.</summary>
    public SyntaxTriviaList Before { get; } = before;

    /// <summary>The operands of a concatenation of strings from left to right; a sum of numbers stays one operand.</summary>
    public static List<Operand> Of(ExpressionSyntax original, ExpressionSyntax current, SemanticModel model)
    {
        List<Operand> operands = [];
        var open = new Stack<(ExpressionSyntax Original, ExpressionSyntax Current, SyntaxTriviaList Before)>();
        open.Push((original, current, default));

        while (open.Count > 0)
        {
            var (whole, edited, before) = open.Pop();
            if (Bare(whole) is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } binary && model.GetOperation(binary) is { } operation && Growth.IsConcatenation(operation))
            {
                var now = (BinaryExpressionSyntax)Bare(edited);
                var between = now.Left.GetTrailingTrivia().AddRange(now.OperatorToken.LeadingTrivia).AddRange(now.OperatorToken.TrailingTrivia).AddRange(now.Right.GetLeadingTrivia());
                open.Push((binary.Right, now.Right, between));
                open.Push((binary.Left, now.Left, before));
            }
            else
            {
                operands.Add(new(whole, edited, before));
            }
        }

        return operands;
    }

    /// <summary>What of the trivia between two operands is worth keeping: a line of its own, and comments.</summary>
    public static SyntaxTriviaList Kept(SyntaxTriviaList trivia)
    {
        if (!trivia.Any(static part => part.IsKind(SyntaxKind.EndOfLineTrivia) || part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return default;

        // The blanks on both sides of the operator become one.
        List<SyntaxTrivia> kept = [];
        foreach (var part in trivia)
        {
            if (!(part.IsKind(SyntaxKind.WhitespaceTrivia) && kept.Count > 0 && kept[kept.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia)))
                kept.Add(part);
        }

        return SyntaxFactory.TriviaList(kept);
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax { Expression: var inner })
            expression = inner;

        return expression;
    }
}

/// <summary>How an operand of a concatenation is handed to <c>StringBuilder.Append</c> so that the same text comes out.</summary>
internal static class Appended
{
    /// <summary>Whether it can be.</summary>
    public static bool CanBe(ExpressionSyntax operand, SemanticModel model)
    {
        var type = model.GetTypeInfo(operand).Type;
        return type is not (null or IErrorTypeSymbol or { TypeKind: TypeKind.Dynamic or TypeKind.Pointer or TypeKind.FunctionPointer }) && !(operand is InterpolatedStringExpressionSyntax && operand.DescendantNodes().Any(static node => node is AwaitExpressionSyntax));
    }

    /// <summary>The argument: cast where an overload would be chosen that gives another text.</summary>
    public static ExpressionSyntax As(ExpressionSyntax original, ExpressionSyntax current, SemanticModel model)
    {
        current = current.WithoutTrivia();
        var type = model.GetTypeInfo(original).Type!;

        if (model.GetConversion(original) is { IsUserDefined: true })
            return Cast(SyntaxKind.StringKeyword, current);

        // Concatenation prints the name of a char[], Append its characters; an own conversion might win over object.
        return type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Char } || HasConversion(type) || type is ITypeParameterSymbol { ConstraintTypes.IsEmpty: false }
            ? Cast(SyntaxKind.ObjectKeyword, current)
            : current;
    }

    private static ExpressionSyntax Cast(SyntaxKind keyword, ExpressionSyntax expression) =>
        SyntaxFactory.CastExpression(
            SyntaxFactory.PredefinedType(SyntaxFactory.Token(keyword)),
            expression is IdentifierNameSyntax or LiteralExpressionSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax ? expression : SyntaxFactory.ParenthesizedExpression(expression));

    private static bool HasConversion(ITypeSymbol type)
    {
        if (type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum)
            return false;

        for (var current = type; current is not null and not { SpecialType: SpecialType.System_Object }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(WellKnownMemberNames.ImplicitConversionName))
            {
                if (member is IMethodSymbol { Parameters: [{ Type: var from }] } && SymbolEqualityComparer.Default.Equals(from, current))
                    return true;
            }
        }

        return false;
    }
}
