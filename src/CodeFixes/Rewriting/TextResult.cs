namespace HotPath;

/// <summary>How the text that a loop made gets back into the code behind it.</summary>
internal sealed class TextResult
{
    private readonly StatementSyntax statement;
    private readonly string variable;
    private readonly LocalDeclarationStatementSyntax? declaration;
    private readonly ExpressionSyntax? only;
    private readonly bool isNeeded;

    /// <summary>Whether the one place that reads the text gets it directly.</summary>
    public bool IsInlined => only is not null;

    private TextResult(StatementSyntax statement, string variable, LocalDeclarationStatementSyntax? declaration, ExpressionSyntax? only, bool isNeeded)
    {
        this.statement = statement;
        this.variable = variable;
        this.declaration = declaration;
        this.only = only;
        this.isNeeded = isNeeded;
    }

    /// <summary>The initialiser of the variable, where its declaration goes away.</summary>
    public ExpressionSyntax? Initial => declaration?.Declaration.Variables[0].Initializer?.Value;

    /// <summary>Whether the variable need not be read before the loop: its declaration goes away, or it is assigned behind the loop.</summary>
    public bool Replaces => declaration is not null || isNeeded;

    /// <summary>Finds out what the code around the loop does with the text.</summary>
    public static TextResult Of(StringAccumulation accumulation, StatementSyntax statement, TextStart start, SemanticModel model, IReadOnlyCollection<SyntaxNode>? removed = null)
    {
        var variable = accumulation.Variable!;
        return Of(variable, accumulation.Place, statement, Declaration(variable, statement, start, accumulation), model, removed: removed);
    }

    /// <summary>Finds out what the code around a loop does with what the loop made in the variable.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="near">A reference to it.</param>
    /// <param name="statement">The loop.</param>
    /// <param name="declaration">The declaration of the variable, where it may go away.</param>
    /// <param name="model">The meaning of the document.</param>
    /// <param name="canInline">Whether the one place that reads the variable may get the value directly; null for yes.</param>
    /// <param name="removed">Statements that go away.</param>
    public static TextResult Of(ISymbol variable, IOperation near, StatementSyntax statement, LocalDeclarationStatementSyntax? declaration, SemanticModel model, Func<ExpressionSyntax, bool>? canInline = null, IReadOnlyCollection<SyntaxNode>? removed = null)
    {
        var isReachable = model.AnalyzeControlFlow(statement) is not { Succeeded: true, EndPointIsReachable: false };
        List<SyntaxNode> behind = [];
        foreach (var use in Aliasing.Uses(variable, near.Root()))
        {
            var node = use.Reference.Syntax;
            if (statement.Span.Contains(node.Span) || removed?.Any(gone => gone.Span.Contains(node.Span)) == true)
                continue;

            if (declaration is not null && (node.SpanStart < statement.SpanStart || node.Ancestors().Any(static ancestor => ancestor is LocalFunctionStatementSyntax && ancestor is not MemberDeclarationSyntax) && !statement.Ancestors().OfType<LocalFunctionStatementSyntax>().Any()))
                declaration = null;

            behind.Add(node);
        }

        var next = Next(statement);
        while (next is not null && removed?.Contains(next.Parent is GlobalStatementSyntax global ? global : next) == true)
            next = Next(next);

        var only = declaration is not null && behind is [ExpressionSyntax single] && next is ReturnStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ThrowStatementSyntax
            && next.Span.Contains(single.Span) && IsRead(single) && canInline?.Invoke(single) != false ? single : null;
        return new(statement, variable.Name, declaration, only, isReachable && behind.Count > 0);
    }

    /// <summary>Whether nobody sees the text that a loop had made when an exception ended it.</summary>
    public static bool IsUnobserved(StringAccumulation accumulation, StatementSyntax statement) => IsUnobserved(accumulation.Variable!, accumulation.Place, statement);

    /// <summary>Whether nobody sees what a loop had made in the variable when an exception ended it; <paramref name="near"/> is a reference to it.</summary>
    public static bool IsUnobserved(ISymbol variable, IOperation near, StatementSyntax statement)
    {
        // The value of a setter is declared nowhere: it is as old as the accessor.
        var declared = variable.DeclaringSyntaxReferences is [var declaration, ..] ? declaration.Span : default;

        // In a header of the loop itself.
        if (statement.Span.Contains(declared) || HidesUses(variable, statement))
            return false;

        foreach (var node in statement.Ancestors())
        {
            // A finally runs after the exception, and what it reads is half done.
            if (node is TryStatementSyntax { Finally.Block: var last } guarded && guarded.Block.Span.Contains(statement.Span) && Aliasing.Uses(variable, near.Root()).Any(use => last.Span.Contains(use.Reference.Syntax.Span)))
                return false;

            if (node is not TryStatementSyntax { Catches.Count: > 0 } @try || !@try.Block.Span.Contains(statement.Span) || @try.Block.Span.Contains(declared))
                continue;

            if (@try.Ancestors().Any(outer => outer is (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) && !outer.Span.Contains(declared)))
                return false;

            foreach (var use in Aliasing.Uses(variable, near.Root()))
            {
                if (use.Reference.Syntax.SpanStart > @try.Block.Span.End)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Declares the builder before the loop and puts the text where it is needed.</summary>
    public void Apply(DocumentEditor editor, StatementSyntax builder, ExpressionSyntax text)
    {
        if (only is not null)
            editor.ReplaceNode(only, (current, _) => text.WithTriviaFrom(current));

        if (declaration is not null)
        {
            editor.ReplaceNode(declaration, (current, _) => builder.WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation));
            if (isNeeded && only is null)
                Statements.InsertAfter(editor, statement, Spaced(Redeclared(text)));

            return;
        }

        Statements.Surround(editor, statement, [builder], isNeeded ? [Spaced(Statements.Parse($"{variable} = {text};").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))] : []);
    }

    /// <summary>A blank line behind the loop stays there: it comes before what is new.</summary>
    private StatementSyntax Spaced(StatementSyntax added) => Spaced(statement, added);

    /// <summary>What comes behind a statement, with the blank line that stands there.</summary>
    public static StatementSyntax Spaced(StatementSyntax statement, StatementSyntax added) =>
        Next(statement)?.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia) == true ? added.WithLeadingTrivia(SyntaxFactory.CarriageReturnLineFeed) : added;

    /// <summary>The declaration of the variable with the text as its value.</summary>
    public LocalDeclarationStatementSyntax Redeclared(ExpressionSyntax text)
    {
        var only = declaration!.Declaration.Variables[0];
        return declaration.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed).WithDeclaration(declaration.Declaration.WithVariables(SyntaxFactory.SingletonSeparatedList(only.WithInitializer(only.Initializer!.WithValue(text)))));
    }

    /// <summary>Replaces the whole loop by the text, which does not hold what was there before.</summary>
    public void Replace(DocumentEditor editor, ExpressionSyntax text, bool isAdded, IReadOnlyList<SyntaxTrivia> comments)
    {
        SyntaxNode WithComments(SyntaxNode replaced, SyntaxNode current) =>
            replaced.WithLeadingTrivia(current.GetLeadingTrivia().AddRange(comments)).WithTrailingTrivia(current.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);

        if (!isAdded && only?.Parent is ReturnStatementSyntax @return)
        {
            editor.ReplaceNode(@return, (current, _) => ((ReturnStatementSyntax)current).WithExpression(text).WithLeadingTrivia(SyntaxFactory.TriviaList([.. declaration!.GetLeadingTrivia(), .. Own(statement.GetLeadingTrivia()), .. comments, .. Own(current.GetLeadingTrivia())])).WithAdditionalAnnotations(Formatter.Annotation));
            Remove(editor, statement);
            Remove(editor, declaration!);
            return;
        }

        if (!isAdded && declaration is not null)
        {
            editor.ReplaceNode(statement, (current, _) => Redeclared(text)
                .WithLeadingTrivia(SyntaxFactory.TriviaList([.. declaration.GetLeadingTrivia(), .. Own(current.GetLeadingTrivia()), .. comments]))
                .WithTrailingTrivia(current.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation));
            Remove(editor, declaration);
            return;
        }

        var assignment = Statements.Parse($"{variable} {(isAdded ? "+=" : "=")} {text};");
        editor.ReplaceNode(statement, (current, _) => WithComments(assignment, current));
    }

    /// <summary>Comments of a statement that moves behind another one; blank lines before it are dropped.</summary>
    private static IEnumerable<SyntaxTrivia> Own(SyntaxTriviaList leading) =>
        leading.Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            ? leading.SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            : [];

    private static void Remove(DocumentEditor editor, StatementSyntax statement) =>
        editor.RemoveNode(statement.Parent is GlobalStatementSyntax global ? global : statement, SyntaxRemoveOptions.KeepNoTrivia);

    /// <summary>The declaration of the variable, if it stands before the loop in the same list and nothing else is declared with it.</summary>
    private static LocalDeclarationStatementSyntax? Declaration(ISymbol variable, StatementSyntax statement, TextStart start, StringAccumulation accumulation)
    {
        return start.Value is { Type.SpecialType: SpecialType.System_String } value and not IConversionOperation && !accumulation.Reads.Any(static read => read.Question == TextQuestion.Name)
            ? DeclarationOf(variable, statement, value)
            : null;
    }

    /// <summary>The declaration that gives the variable the value <paramref name="start"/>, if it stands before the statement in the same list and nothing else is declared with it.</summary>
    public static LocalDeclarationStatementSyntax? DeclarationOf(ISymbol variable, StatementSyntax statement, IOperation start)
    {
        if (variable is not ILocalSymbol
            || variable.DeclaringSyntaxReferences[0].GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } initial, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration } }
            || declaration.SpanStart > statement.SpanStart
            || List(declaration) is not { } list || list != List(statement)
            || start.Syntax != initial
            || declaration.ContainsDirectives || statement.ContainsDirectives || HasDirectives(declaration, statement))
        {
            return null;
        }

        return declaration;
    }

    private static bool HasDirectives(SyntaxNode from, SyntaxNode to) =>
        from.SyntaxTree.GetRoot().DescendantTrivia(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(from.FullSpan.Start, to.FullSpan.End)).Any(static trivia => trivia.IsDirective);

    /// <summary>Whether code that is switched off by <c>#if</c> names the variable, or the loop itself is in parts.</summary>
    private static bool HidesUses(ISymbol variable, StatementSyntax statement)
    {
        if (statement.ContainsDirectives && statement.DescendantTrivia(descendIntoTrivia: true).Any(static trivia => trivia.IsDirective && !IsHarmless(trivia)))
            return true;

        var member = statement.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax and not GlobalStatementSyntax) ?? statement.SyntaxTree.GetRoot();
        return member.ContainsDirectives && member.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(variable.Name));
    }

    private static bool IsHarmless(SyntaxTrivia directive) =>
        directive.IsKind(SyntaxKind.RegionDirectiveTrivia) || directive.IsKind(SyntaxKind.EndRegionDirectiveTrivia) || directive.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia);

    /// <summary>Whether the node is read where it stands, once.</summary>
    private static bool IsRead(ExpressionSyntax node) =>
        !node.Ancestors().TakeWhile(static ancestor => ancestor is not StatementSyntax).Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax)
        && !(node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node)
        && node.Parent is not ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } and not RefExpressionSyntax and not TupleExpressionSyntax;

    private static SyntaxNode? List(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit,
        _ => null,
    };

    /// <summary>The statement behind another one in the same list.</summary>
    public static StatementSyntax? Next(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block.Statements.ElementAtOrDefault(block.Statements.IndexOf(statement) + 1),
        SwitchSectionSyntax section => section.Statements.ElementAtOrDefault(section.Statements.IndexOf(statement) + 1),
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } global => (unit.Members.ElementAtOrDefault(unit.Members.IndexOf(global) + 1) as GlobalStatementSyntax)?.Statement,
        _ => null,
    };
}
