namespace HotPath;

/// <summary>Turns a loop that joins strings into one call.</summary>
internal sealed class Joining
{
    private readonly Site site;
    private readonly JoinShape shape;
    private readonly StatementSyntax statement;
    private readonly TextStart start;
    private readonly ITypeSymbol elementType;
    private readonly List<SyntaxNode> removed = [];

    private Joining(Site site, JoinShape shape, StatementSyntax statement, TextStart start, ITypeSymbol elementType)
    {
        this.site = site;
        this.shape = shape;
        this.statement = statement;
        this.start = start;
        this.elementType = elementType;
    }

    private SemanticModel Model => site.Model;

    private StringAccumulation Accumulation => shape.Accumulation;

    /// <summary>The fix, or null where the call could show a difference.</summary>
    public static Fix? Plan(Site site, JoinShape shape)
    {
        var accumulation = shape.Accumulation;
        if (accumulation.Variable is null || accumulation.IsShared || accumulation.IsReplacedOnExit
            || shape.Source is null || shape.Loop.Syntax is not StatementSyntax statement
            || statement.ContainsDirectives
            || !Statements.CanInsertAfter(statement)
            || !TextResult.IsUnobserved(accumulation, statement)
            || TextStart.Of(accumulation, site.Model) is not { IsNotNull: true } start
            || ElementType(shape, site.Model) is not { } elementType)
        {
            return null;
        }

        var plan = new Joining(site, shape, statement, start, elementType);
        return plan.IsExact() ? new Fix(shape.Separator is not null ? "Join the elements with string.Join" : $"Put the elements together with {shape.Maker}", plan.Apply) : null;
    }

    private bool IsProjected => !(shape.Element is [var only] && IsElement(only));

    /// <summary>Whether the operation is the element as it is.</summary>
    private bool IsElement(IOperation piece) => shape.Loop.Operation is IForEachLoopOperation
        ? piece is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, shape.Current)
        : piece.ChildOperations.Any() && piece.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, shape.Current) && shape.ElementAt(part) == piece);

    private bool IsExact() =>
        SourceIsNotNull()
        && SourceFits()
        && SeparatorFits()
        && TestFits()
        && ElementFits();

    /// <summary>The type of the elements, where they are enumerated as what they are.</summary>
    private static ITypeSymbol? ElementType(JoinShape shape, SemanticModel model)
    {
        var source = shape.Source!.Type;
        switch (shape.Loop.Syntax)
        {
            case ForEachStatementSyntax each:
                var info = model.GetForEachStatementInfo(each);
                return info.ElementConversion.IsIdentity && (info.CurrentConversion.IsIdentity || source is IArrayTypeSymbol or { SpecialType: SpecialType.System_String }) && SymbolEqualityComparer.Default.Equals(shape.Current!.Type, info.ElementType) ? info.ElementType : null;

            case ForStatementSyntax when source is IArrayTypeSymbol { Rank: 1 } array:
                return array.ElementType;

            case ForStatementSyntax when source is INamedTypeSymbol { Arity: 1 } list && list.Is("System.Collections.Generic", "List"):
                return list.TypeArguments[0];

            default:
                return null;
        }
    }

    /// <summary>Whether the source hands the same elements to the call as to the loop.</summary>
    private bool SourceFits()
    {
        var type = shape.Source!.Type!;
        if (elementType is { TypeKind: TypeKind.Dynamic or TypeKind.Pointer } or { IsRefLikeType: true })
            return false;

        var isForEach = shape.Loop.Operation is IForEachLoopOperation;
        if (type is IArrayTypeSymbol { Rank: 1 })
        {
            // Arrays of objects go to overloads that end at a first null on .NET Framework.
            if (!IsProjected && !(elementType.SpecialType == SpecialType.System_String || elementType.IsValueType || elementType is ITypeParameterSymbol { IsReferenceType: false }))
                return false;
        }
        else if (type is not INamedTypeSymbol named || type.SpecialType == SpecialType.System_String && !IsProjected || !Enumerates(named) || !IsOfLibrary(named))
        {
            return false;
        }

        if (isForEach)
            return true;

        // The loop asks for the length and for each element anew.
        return shape.Source is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation }
            && (shape.Source is IFieldReferenceOperation { Field.IsReadOnly: false } ? Invariance.IsProven(shape.Source, shape.Loop) : Invariance.Holds(shape.Source, shape.Loop))
            && (type is IArrayTypeSymbol || shape.Element.All(piece => IsElement(piece) || Effects.Of(piece).AreReadOnly));
    }

    /// <summary>Whether the type is a sequence of the elements in exactly one way.</summary>
    private bool Enumerates(INamedTypeSymbol type)
    {
        var isSequence = false;
        if (Check(type) is false)
            return false;

        foreach (var contract in type.AllInterfaces)
        {
            if (Check(contract) is false)
                return false;
        }

        return isSequence;

        bool? Check(INamedTypeSymbol contract)
        {
            if (contract.OriginalDefinition.SpecialType != SpecialType.System_Collections_Generic_IEnumerable_T)
                return contract.Name is "IQueryable" ? false : null;

            isSequence = true;
            return SymbolEqualityComparer.Default.Equals(contract.TypeArguments[0], elementType);
        }
    }

    private static bool IsOfLibrary(INamedTypeSymbol type) => type.IsFromSystem() && type.Name is not ("ParallelQuery" or "OrderedParallelQuery" or "ImmutableArray");

    private bool SourceIsNotNull()
    {
        var source = shape.Source!;
        return TextStart.IsTrusted(Model, source.Syntax) && Model.GetTypeInfo(source.Syntax).Nullability.FlowState == NullableFlowState.NotNull
            || Nullness.IsNotNull(source, Model)
            || Nullness.IsNeverNullBefore(source.Unconverted(), statement);
    }

    private bool SeparatorFits()
    {
        if (shape.Separator is not { } separator)
            return true;

        // A variable would have to stand before the call; it does, because the loop does not declare it.
        return separator.ConstantValue.HasValue || separator.Type?.SpecialType == SpecialType.System_String || separator.Type?.SpecialType == SpecialType.System_Char;
    }

    private bool TestFits()
    {
        if (!start.IsEmpty && (shape.AssignsFirst || shape.Kind == JoinKind.Trailing))
            return false;

        // A single element that is null would make the text null.
        if (shape.AssignsFirst && shape.Element.Length == 1 && !TextStart.IsText(shape.Element[0], Model))
            return false;

        switch (shape.Kind)
        {
            case JoinKind.Plain or JoinKind.NotLast:
                return true;

            case JoinKind.Trailing:
                return CutFits(shape.Cut!);

            case JoinKind.Variable:
                return Takes(shape.SeparatorVariable!, static value => TextRead.IsEmptyText(value));

            default:
                var test = shape.Test!;
                return test.Kind switch
                {
                    FirstTestKind.Text => start.IsEmpty && IsNeverEmpty(),
                    FirstTestKind.Flag => shape.SetsFlag && Takes((ILocalSymbol)test.Variable!, value => value.ConstantValue is { HasValue: true, Value: bool first } && first == test.FlagOfFirst),
                    FirstTestKind.Counter when SymbolEqualityComparer.Default.Equals(test.Variable, shape.Current) => true,
                    FirstTestKind.Counter => shape.Counts && Takes((ILocalSymbol)test.Variable!, static value => value.ConstantValue is { HasValue: true, Value: 0 }),
                    _ => false,
                };
        }
    }

    /// <summary>Whether a variable exists for the loop alone and begins with the right value; its declaration goes with the loop.</summary>
    private bool Takes(ILocalSymbol variable, Func<IOperation, bool> begins)
    {
        if (variable.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } }
            || declaration.Parent is not (BlockSyntax or GlobalStatementSyntax)
            || declaration.ContainsDirectives
            || (declaration.Parent is GlobalStatementSyntax ? declaration.Parent.Parent : declaration.Parent) != (statement.Parent is GlobalStatementSyntax ? statement.Parent.Parent : statement.Parent)
            || Model.GetOperation(initial) is not { } value || !begins(value))
        {
            return false;
        }

        foreach (var use in Aliasing.Uses(variable, shape.Loop.Operation.Root()))
        {
            if (!statement.Span.Contains(use.Reference.Syntax.Span))
                return false;
        }

        removed.Add(declaration.Parent is GlobalStatementSyntax global ? global : declaration);
        return true;
    }

    private bool CutFits(SeparatorCut cut)
    {
        if (shape.Separator!.ConstantValue is not { HasValue: true, Value: { } constant } || constant.ToString() is not { Length: > 0 } separator
            || cut.Statement.Syntax is not StatementSyntax behind || behind.ContainsDirectives)
        {
            return false;
        }

        var assignment = cut.Statement switch
        {
            IExpressionStatementOperation { Operation: ISimpleAssignmentOperation plain } => plain,
            IConditionalOperation { WhenTrue: IExpressionStatementOperation { Operation: ISimpleAssignmentOperation guarded }, WhenFalse: null } when cut.IsGuarded => guarded,
            IConditionalOperation { WhenTrue: IBlockOperation { Operations: [IExpressionStatementOperation { Operation: ISimpleAssignmentOperation guarded }] }, WhenFalse: null } when cut.IsGuarded => guarded,
            _ => null,
        };

        if (assignment is null || !ReferenceEquals(assignment.Value, cut.Call) || !Places.AreSame(assignment.Target, Accumulation.Place))
            return false;

        var isExact = cut.Length is { } length
            ? cut.IsGuarded && length == separator.Length
            : cut.Trimmed is { Length: > 0 } trimmed && separator.All(c => trimmed.IndexOf(c) >= 0) && IsNeverEmpty() && shape.Element[shape.Element.Length - 1] is var last && EndsOutside(last, trimmed);
        if (isExact)
            removed.Add(behind.Parent is GlobalStatementSyntax global ? global : behind);

        return isExact;
    }

    /// <summary>Whether the text of an element has at least one character, whatever the element is.</summary>
    private bool IsNeverEmpty()
    {
        foreach (var piece in shape.Element)
        {
            if (piece.ConstantValue is { HasValue: true, Value: { } constant } && constant.ToString() is { Length: > 0 })
                return true;

            if (piece is IInterpolatedStringOperation interpolated && interpolated.Parts.Any(static part => part is IInterpolatedStringTextOperation { Text.ConstantValue: { HasValue: true, Value: string { Length: > 0 } } }))
                return true;

            if (piece.Type is { SpecialType: SpecialType.System_Boolean or SpecialType.System_Char or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) or SpecialType.System_Decimal } or { TypeKind: TypeKind.Enum } || piece.Type.Is("System", "Guid"))
                return true;
        }

        return false;
    }

    /// <summary>Whether the text of the piece ends in none of the characters: numbers, which end in a digit, and constants.</summary>
    private static bool EndsOutside(IOperation piece, string characters)
    {
        if (piece.ConstantValue is { HasValue: true, Value: { } constant })
            return constant.ToString() is { Length: > 0 } text && characters.IndexOf(text[text.Length - 1]) < 0;

        return piece.Type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } && !characters.Any(char.IsLetterOrDigit);
    }

    private bool ElementFits()
    {
        var isText = false;
        for (var i = 0; i < shape.Element.Length; i++)
        {
            var piece = shape.Element[i];
            isText |= i < 2 && piece.Type?.SpecialType == SpecialType.System_String;

            foreach (var part in piece.DescendantsAndSelf())
            {
                if (!CanMove(part))
                    return false;
            }

            if (!Appended.CanBe((ExpressionSyntax)piece.Syntax, Model) || Model.GetConversion(piece.Syntax) is { IsUserDefined: true } || piece is IConversionOperation { OperatorMethod: not null })
                return false;
        }

        // Two numbers side by side would be added; a char[] prints its name either way.
        return shape.Element.Length == 1 ? shape.Element[0].Type is { } type && !(IsProjected && type.IsRefLikeType) && !shape.Element[0].ConstantValue.HasValue : isText;
    }

    /// <summary>Whether a part of the element may stand in a lambda and be evaluated by the call.</summary>
    private bool CanMove(IOperation part)
    {
        if (!IsProjected)
            return true;

        switch (part)
        {
            case IAwaitOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IDeclarationExpressionOperation or IDeclarationPatternOperation or IRecursivePatternOperation or IThrowOperation
                or IInstanceReferenceOperation { Type.IsValueType: true } or IInvalidOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation:
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
            case IParameterReferenceOperation { Parameter.RefKind: not RefKind.None }:
            case ILocalReferenceOperation { Local.RefKind: not RefKind.None }:
                return false;

            // Only elements of the source, never the index itself.
            case ILocalReferenceOperation { Local: var local } when shape.Loop.Operation is IForLoopOperation && SymbolEqualityComparer.Default.Equals(local, shape.Current):
                return shape.IsElementOf(part);
        }

        return part.Type is not ({ IsRefLikeType: true } or { TypeKind: TypeKind.Pointer }) && !Places.AreSame(part, Accumulation.Place);
    }

    private void Apply(DocumentEditor editor)
    {
        var result = TextResult.Of(Accumulation, statement, start, Model, removed);
        var comments = Comments();

        result.Replace(editor, Call(editor), isAdded: !start.IsEmpty, comments);
        foreach (var node in removed)
            editor.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia);
    }

    /// <summary>The comments of the loop, each on a line of its own.</summary>
    private List<SyntaxTrivia> Comments()
    {
        List<SyntaxTrivia> comments = [];
        foreach (var trivia in statement.DescendantTrivia(descendIntoTrivia: false))
        {
            if (trivia.Span.Start >= statement.SpanStart && trivia.Span.End <= statement.Span.End && (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            {
                comments.Add(trivia);
                comments.Add(SyntaxFactory.ElasticCarriageReturnLineFeed);
            }
        }

        return comments;
    }

    private ExpressionSyntax Call(DocumentEditor editor)
    {
        var source = ((ExpressionSyntax)shape.Source!.Syntax).WithoutTrivia();
        ExpressionSyntax elements = source;

        if (IsProjected)
        {
            var name = shape.Loop.Operation is IForEachLoopOperation ? shape.Current!.Name : Names.FreshLocal("item", statement);
            var receiver = source is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ThisExpressionSyntax ? source : SyntaxFactory.ParenthesizedExpression(source);
            var lambda = SyntaxFactory.SimpleLambdaExpression(
                SyntaxFactory.Parameter(SyntaxFactory.Identifier(name).WithTrailingTrivia(SyntaxFactory.Space)),
                Projection(name)).WithArrowToken(SyntaxFactory.Token(SyntaxKind.EqualsGreaterThanToken).WithTrailingTrivia(SyntaxFactory.Space));
            elements = Imports.TryUse(editor, statement, site.Types["System.Linq.Enumerable"]!.ContainingNamespace)
                ? Invoke(receiver, SyntaxFactory.Argument(lambda))
                : Invoke(SyntaxFactory.ParseExpression("global::System.Linq.Enumerable"), SyntaxFactory.Argument(source), SyntaxFactory.Argument(lambda));

            static InvocationExpressionSyntax Invoke(ExpressionSyntax on, params ArgumentSyntax[] given) => SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, on, SyntaxFactory.IdentifierName("Select")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(given, Commas(given.Length))));
        }

        if (shape.IsOfCharacters)
            return SyntaxFactory.ParseExpression($"new string({source})");

        List<ArgumentSyntax> arguments = [SyntaxFactory.Argument(elements)];
        if (shape.Separator is { } separator)
            arguments.Insert(0, SyntaxFactory.Argument(Separator(separator)).WithTrailingTrivia());

        return SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.StringKeyword)), SyntaxFactory.IdentifierName(shape.Separator is null ? "Concat" : "Join")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SeparatedList(arguments, Commas(arguments.Count))));

        static IEnumerable<SyntaxToken> Commas(int count) => Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), count - 1);
    }

    /// <summary>The separator as a string: not every framework joins with a char.</summary>
    private static ExpressionSyntax Separator(IOperation separator)
    {
        var syntax = ((ExpressionSyntax)separator.Syntax).WithoutTrivia();
        if (separator.Type?.SpecialType != SpecialType.System_Char)
            return syntax;

        return syntax is LiteralExpressionSyntax && separator.ConstantValue is { HasValue: true, Value: char c }
            ? SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(c.ToString()))
            : SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, syntax, SyntaxFactory.IdentifierName("ToString")));
    }

    private ExpressionSyntax Projection(string name)
    {
        ExpressionSyntax? whole = null;
        foreach (var piece in shape.Element)
        {
            var text = Element(piece, name).WithoutTrivia();
            if (shape.Element.Length > 1 && text is not (LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or InterpolatedStringExpressionSyntax))
                text = SyntaxFactory.ParenthesizedExpression(text).WithAdditionalAnnotations(Simplifier.Annotation);

            whole = whole is null ? text : SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, whole.WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.PlusToken).WithTrailingTrivia(SyntaxFactory.Space), text);
        }

        return whole!;
    }

    /// <summary>A piece with the parameter of the lambda where the loop took an element by its index.</summary>
    private ExpressionSyntax Element(IOperation piece, string name)
    {
        var syntax = (ExpressionSyntax)piece.Syntax;
        if (shape.Loop.Operation is IForEachLoopOperation)
            return syntax;

        var taken = piece.DescendantsAndSelf()
            .Where(part => part is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, shape.Current))
            .Select(part => shape.ElementAt(part)!.Syntax)
            .ToList();
        return taken.Contains(syntax)
            ? SyntaxFactory.IdentifierName(name)
            : syntax.ReplaceNodes(taken, (element, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(element));
    }
}
