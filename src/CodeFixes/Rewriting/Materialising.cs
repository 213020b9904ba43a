namespace HotPath;

/// <summary>Copies the elements of a sequence to a list, or a set, before a loop that walks through it again and again.</summary>
internal static class Materialising
{
    /// <summary>Whether a local with the elements can be declared before the loop and used in it.</summary>
    public static bool CanDeclare(StatementSyntax loop, IOperation sequence, IEnumerable<SyntaxNode> uses)
    {
        if (!Statements.CanInsertBefore(loop) || loop.GetLeadingTrivia().Any(static trivia => trivia.IsDirective) || sequence.Type is not INamedTypeSymbol)
            return false;

        // What the loop itself declares is not there before it.
        foreach (var part in sequence.DescendantsAndSelf())
        {
            if (part.Variable() is { } variable and not IFieldSymbol && variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.SyntaxTree && loop.Span.Contains(reference.Span) && !sequence.Syntax.Span.Contains(reference.Span)))
                return false;
        }

        return uses.All(use => CanCapture(use, loop));
    }

    /// <summary>The name for a list of the elements: of the variable, property or method that gives them.</summary>
    public static string Name(IOperation sequence, string suffix, SyntaxNode at)
    {
        var name = sequence switch
        {
            IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" } } call when call.ArgumentOf(0)?.Unconverted() is { } source => Name(source),
            _ => Name(sequence),
        };

        if (name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3)
            name = name.Substring(3);

        return Names.FreshLocal(Names.Camel(name, "items") + suffix, at);
    }

    /// <summary>Puts <c>var name = sequence.ToList();</c> before the loop, and the list in the place of each walk.</summary>
    public static void ToList(DocumentEditor editor, StatementSyntax loop, ExpressionSyntax sequence, string name, IEnumerable<IInvocationOperation> walks, IEnumerable<ExpressionSyntax> others)
    {
        foreach (var walk in walks)
            Rewrite(editor, walk, name);

        foreach (var other in others)
            editor.ReplaceNode(other, (current, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(current));

        Statements.Declare(editor, loop, $"var {name} = {Receiver(sequence)}.ToList();");
    }

    /// <summary>Whether a walk is written as a call on the sequence, so that the list can take its place.</summary>
    public static bool CanRewrite(IInvocationOperation walk) =>
        walk.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } } call
        && !Comments.AreInside(call)
        && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null);

    /// <summary>The sequence of a walk in the source.</summary>
    public static ExpressionSyntax Sequence(IInvocationOperation walk) => ((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)walk.Syntax).Expression).Expression;

    /// <summary>An expression as the receiver of a call.</summary>
    public static string Receiver(ExpressionSyntax sequence) => sequence is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax
            or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression }
        ? sequence.WithoutTrivia().ToString()
        : $"({sequence.WithoutTrivia()})";

    /// <summary>The opposite of a question, to be put in the place of <paramref name="whole"/>: in parentheses where it would not stand alone.</summary>
    public static ExpressionSyntax Not(ExpressionSyntax whole, string question) =>
        whole.Parent is ParenthesizedExpressionSyntax or ArgumentSyntax or IfStatementSyntax or WhileStatementSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax or ConditionalExpressionSyntax
                or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression }
            ? SyntaxFactory.ParseExpression("!" + question)
            : SyntaxFactory.ParseExpression($"(!{question})");

    /// <summary>Asks the list instead of the sequence.</summary>
    public static void Rewrite(DocumentEditor editor, IInvocationOperation walk, string name) => editor.ReplaceNode(walk.Syntax, (current, _) =>
    {
        var call = (InvocationExpressionSyntax)current;
        var list = SyntaxFactory.IdentifierName(name);
        ExpressionSyntax asked = walk.TargetMethod.Name switch
        {
            "Count" when walk.Arguments.Length == 1 => SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, list, SyntaxFactory.IdentifierName("Count")),
            "ElementAt" when walk.ArgumentOf(1)?.Type?.SpecialType == SpecialType.System_Int32 => SyntaxFactory.ElementAccessExpression(list, SyntaxFactory.BracketedArgumentList(call.ArgumentList.Arguments)),
            _ => call.ReplaceNode(Innermost(call, walk), list),
        };
        return asked.WithTriviaFrom(current);
    });

    /// <summary>The sequence in a call, or in the Skip before it.</summary>
    private static ExpressionSyntax Innermost(InvocationExpressionSyntax call, IInvocationOperation walk)
    {
        var receiver = ((MemberAccessExpressionSyntax)call.Expression).Expression;
        return walk.ArgumentOf(0)?.Unconverted() is IInvocationOperation { TargetMethod.Name: "Skip" } && walk.TargetMethod.Name is "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" && receiver is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var skipped } }
            ? skipped
            : receiver;
    }

    private static string Name(IOperation sequence) => sequence.Unconverted() switch
    {
        IInvocationOperation { TargetMethod.Name: var method } => method,
        IPropertyReferenceOperation { Property: { Name: "Keys" or "Values", IsIndexer: false } property, Instance: { } owner } => Name(owner) + property.Name,
        IPropertyReferenceOperation { Property: { IsIndexer: false, Name: var property } } => property,
        var other => other.Variable()?.Name ?? "items",
    };

    private static bool CanCapture(SyntaxNode use, SyntaxNode loop)
    {
        for (var node = use; node is not null && node != loop; node = node.Parent)
        {
            if (node is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword) || node is LocalFunctionStatementSyntax { Modifiers: var others } && others.Any(SyntaxKind.StaticKeyword))
                return false;
        }

        return true;
    }
}
