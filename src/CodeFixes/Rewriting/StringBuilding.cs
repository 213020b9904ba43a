namespace HotPath;

/// <summary>Turns a string that grows in a loop into a StringBuilder.</summary>
internal sealed class StringBuilding
{
    private readonly Site site;
    private readonly StringAccumulation accumulation;
    private readonly INamedTypeSymbol builderType;
    private readonly StatementSyntax statement;
    private readonly TextStart start;
    private readonly TextResult result;
    private readonly string builder;

    private StringBuilding(Site site, StringAccumulation accumulation, INamedTypeSymbol builderType, StatementSyntax statement, TextStart start, TextResult result)
    {
        this.site = site;
        this.accumulation = accumulation;
        this.builderType = builderType;
        this.statement = statement;
        this.start = start;
        this.result = result;
        builder = Names.FreshLocal("builder", statement);
    }

    private SemanticModel Model => site.Model;

    /// <summary>The fix, or null where a builder could show a difference.</summary>
    public static Fix? Plan(Site site, StringAccumulation accumulation)
    {
        if (accumulation.Variable is null || accumulation.IsShared || accumulation.IsReplacedOnExit
            || site.Types["System.Text.StringBuilder"] is not { } type
            || Statement(accumulation) is not { } statement
            || !Statements.CanInsertBefore(statement) || !Statements.CanInsertAfter(statement)
            || !TextResult.IsUnobserved(accumulation, statement)
            || TextStart.Of(accumulation, site.Model) is not { IsNotNull: true } start)
        {
            return null;
        }

        var plan = new StringBuilding(site, accumulation, type, statement, start, TextResult.Of(accumulation, statement, start, site.Model));
        return plan.CanRewrite() ? new Fix($"Build '{accumulation.Variable.Name}' with a StringBuilder", plan.Apply) : null;
    }

    /// <summary>The statement that holds the loop; a lambda is a loop that can be rewritten only where it certainly runs at once, one element after the other.</summary>
    private static StatementSyntax? Statement(StringAccumulation accumulation)
    {
        foreach (var growth in accumulation.Growths)
        {
            for (var current = growth.Assignment.Parent; current is not null && !ReferenceEquals(current, accumulation.Loop.Operation); current = current.Parent)
            {
                if (current is IAnonymousFunctionOperation lambda && !(Loops.PerElement(lambda) is { } call && RunsAtOnce(call, lambda)))
                    return null;
            }
        }

        return accumulation.Loop.Operation switch
        {
            ILoopOperation { Syntax: StatementSyntax loop } => loop,
            IInvocationOperation { Parent: IExpressionStatementOperation { Syntax: ExpressionStatementSyntax call } } => call,
            _ => null,
        };
    }

    private static bool RunsAtOnce(IInvocationOperation call, IAnonymousFunctionOperation lambda) =>
        call.TargetMethod is { Name: "ForEach", ContainingType.Name: "List" or "Array" or "ImmutableList" } && !lambda.Symbol.IsAsync;

    private bool CanRewrite()
    {
        foreach (var node in statement.DescendantNodes())
        {
            if (node is LabeledStatementSyntax or GotoStatementSyntax { RawKind: (int)SyntaxKind.GotoStatement })
                return false;
        }

        foreach (var read in accumulation.Reads)
        {
            if (read.Question is TextQuestion.Null or TextQuestion.Character || InsideGrowth(read.Whole) is { } growth && !IsBeforeAppend(growth, read.Whole))
                return false;
        }

        foreach (var exit in accumulation.Exits)
        {
            if (InsideGrowth(exit) is { } growth && !IsBeforeAppend(growth, exit))
                return false;
        }

        foreach (var growth in accumulation.Growths)
        {
            if (!CanRewrite(growth))
                return false;
        }

        return true;
    }

    private Growth? InsideGrowth(IOperation operation)
    {
        foreach (var growth in accumulation.Growths)
        {
            if (growth.Assignment.Syntax.Span.Contains(operation.Syntax.Span))
                return growth;
        }

        return null;
    }

    /// <summary>Whether the operation inside a growth is evaluated before the first piece is appended.</summary>
    private static bool IsBeforeAppend(Growth growth, IOperation operation) =>
        growth.Kind == GrowthKind.Conditional
            ? ((IConditionalOperation)Growth.Implicit(((ISimpleAssignmentOperation)growth.Assignment).Value)).Condition.Syntax.Span.Contains(operation.Syntax.Span)
            : growth.Pieces[0] is not IInterpolatedStringOperation && growth.Pieces[0].Syntax.Span.Contains(operation.Syntax.Span) && Right(growth) is not InterpolatedStringExpressionSyntax;

    private static ExpressionSyntax Right(Growth growth) => Bare(((AssignmentExpressionSyntax)growth.Assignment.Syntax).Right);

    private static ExpressionSyntax Bare(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax { Expression: var inner })
            expression = inner;

        return expression;
    }

    private bool CanRewrite(Growth growth)
    {
        if (growth.Assignment.Syntax is not AssignmentExpressionSyntax { Right: var right })
            return false;

        switch (growth.Kind)
        {
            case GrowthKind.Append:
                if (Operands(growth, right, right) is not { } operands)
                    return false;

                foreach (var operand in operands)
                {
                    if (!Appended.CanBe(operand.Original, Model))
                        return false;
                }

                return operands.Count > 0 && (!IsCaught(growth) || operands.Count == 1 && operands[0].Original is not InterpolatedStringExpressionSyntax || CannotThrow(growth) || growth.Assignment is ICompoundAssignmentOperation && growth.Pieces.Length > 1);

            case GrowthKind.Start:
                return growth.Pieces.Length > 0 && growth.Assignment is ISimpleAssignmentOperation { Value: var value } && TextStart.IsText(value, Model) && !IsCaught(growth) && Operands(growth, right, right) is { Count: > 0 } started && started.All(operand => Appended.CanBe(operand.Original, Model));

            case GrowthKind.Conditional:
                return growth.Assignment is ISimpleAssignmentOperation { Value: var chosen } && Growth.Implicit(chosen) is IConditionalOperation conditional
                    && Bare(right) is ConditionalExpressionSyntax
                    && TextStart.IsText(IsOwnTrue(conditional, growth) ? conditional.WhenFalse! : conditional.WhenTrue, Model)
                    && growth.Pieces[0].Type?.SpecialType == SpecialType.System_String;

            default:
                return false;
        }
    }

    private static bool IsOwnTrue(IConditionalOperation conditional, Growth growth) => conditional.WhenTrue.Syntax.Span.Contains(growth.Own[0].Syntax.Span);

    /// <summary>Whether the loop goes on after an exception in the growth, so that half of it could be seen.</summary>
    private bool IsCaught(Growth growth)
    {
        for (var node = growth.Assignment.Syntax.Parent; node is not null && node != statement; node = node.Parent)
        {
            if (node is TryStatementSyntax { Catches.Count: > 0 })
                return true;
        }

        return false;
    }

    private static bool CannotThrow(Growth growth)
    {
        foreach (var piece in growth.Pieces)
        {
            if (!(piece.ConstantValue.HasValue
                || piece is ILocalReferenceOperation or IParameterReferenceOperation && piece.Type is { SpecialType: SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) }))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a growth appends, from left to right, each in the original and in the current tree with what stands between it and the one before; null where the syntax does not say.</summary>
    private List<Operand>? Operands(Growth growth, ExpressionSyntax original, ExpressionSyntax current)
    {
        var isWhole = growth.Assignment is ICompoundAssignmentOperation || growth.Kind == GrowthKind.Start;

        if (!isWhole && Bare(original) is InvocationExpressionSyntax call)
            return OfConcat(growth, call, (InvocationExpressionSyntax)Bare(current));

        if (!isWhole && Bare(original) is InterpolatedStringExpressionSyntax interpolated)
            return [new(interpolated, WithoutFirst((InterpolatedStringExpressionSyntax)Bare(current)), default)];

        if (isWhole && IsCaught(growth) && growth.Pieces.Length > 1 && !CannotThrow(growth))
            return [new(original, current, default)];

        var operands = Operand.Of(original, current, Model);
        if (!isWhole)
        {
            if (operands.Count == 0 || Model.GetOperation(Bare(operands[0].Original)) is not { } first || !Places.IsOldText(first, growth.Assignment.Target, out _))
                return null;

            operands.RemoveAt(0);
        }

        // Nothing is appended for null.
        operands.RemoveAll(operand => Model.GetConstantValue(operand.Original) is { HasValue: true, Value: null });
        return operands;
    }

    private static List<Operand>? OfConcat(Growth growth, InvocationExpressionSyntax original, InvocationExpressionSyntax current)
    {
        var arguments = original.ArgumentList.Arguments;
        if (arguments.Count != growth.Pieces.Length + 1)
            return null;

        List<Operand> operands = [];
        for (var i = 1; i < arguments.Count; i++)
        {
            if (arguments[i].NameColon is not null || arguments[i].Expression is ImplicitArrayCreationExpressionSyntax or CollectionExpressionSyntax or ArrayCreationExpressionSyntax)
                return null;

            operands.Add(new(arguments[i].Expression, current.ArgumentList.Arguments[i].Expression, default));
        }

        return operands;
    }

    /// <summary>An interpolated string without the hole it begins with; plain text becomes a plain literal.</summary>
    private static ExpressionSyntax WithoutFirst(InterpolatedStringExpressionSyntax interpolated)
    {
        var rest = interpolated.WithContents(interpolated.Contents.RemoveAt(0));
        return rest.StringStartToken.Text == "$\"" && rest.Contents is [InterpolatedStringTextSyntax text] && text.TextToken.Text.IndexOfAny(['{', '}']) < 0
            ? SyntaxFactory.ParseExpression("\"" + text.TextToken.Text + "\"")
            : rest;
    }

    private void Apply(DocumentEditor editor)
    {
        foreach (var read in accumulation.Reads)
            Rewrite(editor, read);

        foreach (var exit in accumulation.Exits)
            editor.ReplaceNode(exit.Syntax, (current, _) => Text().WithTriviaFrom(current));

        foreach (var growth in accumulation.Growths)
            editor.ReplaceNode(growth.Assignment.Syntax, (current, _) => Rewritten(growth, (AssignmentExpressionSyntax)current));

        var initial = start.IsEmpty && result.Replaces ? null : result.Initial ?? SyntaxFactory.IdentifierName(accumulation.Variable!.Name);
        result.Apply(editor, Declaration(SyntaxFactory.ParseTypeName(Imports.Name(editor, statement, builderType)), initial), Text());
    }

    private void Rewrite(DocumentEditor editor, TextRead read)
    {
        if (read.Question == TextQuestion.Name)
            return;

        if (read.Question is TextQuestion.Length or TextQuestion.Last || read.Reference.Parent is IPropertyReferenceOperation)
        {
            editor.ReplaceNode(read.Reference.Syntax, (current, _) => SyntaxFactory.IdentifierName(builder).WithTriviaFrom(current));
            return;
        }

        var comparison = SyntaxFactory.ParseExpression($"{builder}.Length {(read.Question == TextQuestion.IsEmpty ? "==" : ">")} 0");
        editor.ReplaceNode(read.Whole.Syntax, (current, _) =>
            current.Parent is IfStatementSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } or ConditionalExpressionSyntax or WhileStatementSyntax or ParenthesizedExpressionSyntax
                ? comparison.WithTriviaFrom(current)
                : SyntaxFactory.ParenthesizedExpression(comparison).WithTriviaFrom(current).WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private ExpressionSyntax Text() => SyntaxFactory.ParseExpression($"{builder}.ToString()");

    private StatementSyntax Declaration(TypeSyntax type, ExpressionSyntax? initial)
    {
        var creation = SyntaxFactory.ObjectCreationExpression(type)
            .WithArgumentList(initial is null ? SyntaxFactory.ArgumentList() : SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(initial.WithoutTrivia()))));
        return SyntaxFactory.LocalDeclarationStatement(SyntaxFactory.VariableDeclaration(
                SyntaxFactory.IdentifierName("var"),
                SyntaxFactory.SingletonSeparatedList(SyntaxFactory.VariableDeclarator(builder).WithInitializer(SyntaxFactory.EqualsValueClause(creation)))))
            .NormalizeWhitespace(elasticTrivia: true);
    }

    private ExpressionSyntax Rewritten(Growth growth, AssignmentExpressionSyntax current)
    {
        var original = ((AssignmentExpressionSyntax)growth.Assignment.Syntax).Right;
        ExpressionSyntax chain = SyntaxFactory.IdentifierName(builder);

        if (growth.Kind == GrowthKind.Conditional)
            return Call(chain, default, Chosen(growth, (ConditionalExpressionSyntax)Bare(current.Right))).WithTriviaFrom(current);

        // Where something else than the missing text says that this is the first piece, there may be other text.
        if (growth.Kind == GrowthKind.Start && !IsGuardedByText(growth))
            chain = SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, chain, SyntaxFactory.IdentifierName("Clear")));

        var between = current.OperatorToken.TrailingTrivia;
        foreach (var operand in Operands(growth, original, current.Right)!)
        {
            chain = Call(chain, Operand.Kept(between.AddRange(operand.Before)), Appended.As(operand.Original, operand.Current, Model));
            between = default;
        }

        return chain.WithTriviaFrom(current);
    }

    private bool IsGuardedByText(Growth growth)
    {
        for (var current = growth.Assignment.Parent; current is not null && !ReferenceEquals(current, accumulation.Loop.Operation); current = current.Parent)
        {
            if (current is IConditionalOperation conditional && FirstTest.Of(conditional.Condition, accumulation.Place, accumulation.Loop) is { Kind: FirstTestKind.Text })
                return true;
        }

        return false;
    }

    /// <summary>The two ways of a conditional growth, each without the old text.</summary>
    private ConditionalExpressionSyntax Chosen(Growth growth, ConditionalExpressionSyntax current)
    {
        var original = (ConditionalExpressionSyntax)Right(growth);
        var conditional = (IConditionalOperation)Growth.Implicit(((ISimpleAssignmentOperation)growth.Assignment).Value);
        return IsOwnTrue(conditional, growth)
            ? current.WithWhenTrue(Rest(original.WhenTrue, current.WhenTrue))
            : current.WithWhenFalse(Rest(original.WhenFalse, current.WhenFalse));
    }

    private ExpressionSyntax Rest(ExpressionSyntax original, ExpressionSyntax current)
    {
        var operands = Operand.Of(original, current, Model);
        var rest = operands[1].Current.WithoutTrivia();
        for (var i = 2; i < operands.Count; i++)
        {
            rest = SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, rest.WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.PlusToken).WithTrailingTrivia(SyntaxFactory.Space), operands[i].Whole.WithoutTrivia());
        }

        return rest.WithTriviaFrom(current);
    }

    private static InvocationExpressionSyntax Call(ExpressionSyntax receiver, SyntaxTriviaList between, ExpressionSyntax argument) => Call(receiver, between, "Append", argument);

    /// <summary>One more call in the chain; a comment behind the operand before it stays on its line.</summary>
    public static InvocationExpressionSyntax Call(ExpressionSyntax receiver, SyntaxTriviaList between, string method, ExpressionSyntax? argument) =>
        Call(receiver, between, method, argument is null ? SyntaxFactory.ArgumentList() : SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(argument))));

    /// <inheritdoc cref="Call(ExpressionSyntax, SyntaxTriviaList, string, ExpressionSyntax?)"/>
    public static InvocationExpressionSyntax Call(ExpressionSyntax receiver, SyntaxTriviaList between, string method, ArgumentListSyntax arguments)
    {
        var lineEnd = between.IndexOf(SyntaxKind.EndOfLineTrivia) + 1;
        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(
                SyntaxKind.SimpleMemberAccessExpression,
                receiver.WithTrailingTrivia(lineEnd == 0 && between.Count > 0 && receiver.HasTrailingTrivia ? receiver.GetTrailingTrivia() : between.Take(lineEnd)),
                SyntaxFactory.Token(SyntaxKind.DotToken).WithLeadingTrivia(between.Skip(lineEnd)),
                SyntaxFactory.IdentifierName(method)),
            arguments);
    }
}
