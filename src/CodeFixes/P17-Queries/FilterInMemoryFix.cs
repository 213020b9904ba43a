namespace HotPath;

/// <summary>Loads the rows last, when the database has done what it can.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class FilterInMemoryFix() : RuleFix(FilterInMemoryAnalyzer.Id)
{
    private const string Title = "Let the database do it and load what is left";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation load || FilterInMemory.Of(load) is not { IsAskedOften: false } found || (found.Difference & Difference.Rewrite) != 0)
            yield break;

        if (load.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } } || found.Loaded.Syntax is not ExpressionSyntax)
            yield break;

        var whole = found.Steps[found.Steps.Count - 1].Syntax;
        if (whole is not ExpressionSyntax chain || !found.Steps.All(static step => step.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } or MemberAccessExpressionSyntax) || chain.ContainsDirectives || IsInQuery(chain))
            yield break;

        // Behind ?. the chain is written otherwise.
        if (chain.DescendantNodesAndSelf().OfType<ConditionalAccessExpressionSyntax>().Any(access => access.Span.Contains(load.Syntax.Span)))
            yield break;

        LocalDeclarationStatementSyntax? declaration = null;
        if (found.Declarator is { } declarator)
        {
            if (Declaration(declarator, chain) is not { } removed || !IsFirstToRun(chain, removed))
                yield break;

            declaration = removed;
        }

        if (Build(found, chain, site.Model) is not var (replaced, replacement))
            yield break;

        var changes = Changes(found.Difference);
        yield return new Fix(changes is null ? Title : $"{Title}: {changes}", editor => Apply(editor, declaration, replaced, replacement), changes);
    }

    private static void Apply(DocumentEditor editor, LocalDeclarationStatementSyntax? declaration, ExpressionSyntax replaced, ExpressionSyntax replacement)
    {
        if (declaration is null)
        {
            editor.ReplaceNode(replaced, (current, _) => replacement.WithTriviaFrom(current));
            return;
        }

        // The statement that follows stands where the declaration stood.
        var next = Next(declaration)!;
        editor.ReplaceNode(next, (_, _) =>
        {
            var statement = next.ReplaceNode(replaced, replacement.WithTriviaFrom(replaced));
            return statement.WithLeadingTrivia(declaration.GetLeadingTrivia());
        });
        editor.RemoveNode(declaration.Parent is GlobalStatementSyntax global ? global : declaration, SyntaxRemoveOptions.KeepNoTrivia);
    }

    /// <summary>What the title says beside the cost.</summary>
    private static string? Changes(Difference difference)
    {
        var changes = new List<string>();
        Say(Difference.Text, "text compares as its collation says");
        Say(Difference.Nulls, "null compares as in SQL");
        Say(Difference.Numbers, "numbers compare as in SQL");
        Say(Difference.Order, "rows that are equal may come in another order");
        Say(Difference.Clock, "the time is that of the database");
        Say(Difference.Related, "related rows are not loaded by the way");
        Say(Difference.Pending, "values that are not saved yet do not count");
        return changes.Count == 0 ? null : string.Join(", ", changes);

        void Say(Difference one, string words)
        {
            if ((difference & one) != 0)
                changes.Add(words);
        }
    }

    /// <summary>The declaration of nothing but the rows, right before the statement that uses them.</summary>
    private static LocalDeclarationStatementSyntax? Declaration(IVariableDeclaratorOperation declarator, ExpressionSyntax use)
    {
        if (declarator.Syntax.Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration }
            || declaration.ContainsDirectives || declaration.GetTrailingTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)) || Comments.AreInside(declaration))
        {
            return null;
        }

        return Next(declaration) is { ContainsDirectives: false } next && next.Span.Contains(use.Span) && !next.GetLeadingTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            ? declaration
            : null;
    }

    private static StatementSyntax? Next(LocalDeclarationStatementSyntax declaration)
    {
        switch (declaration.Parent)
        {
            case BlockSyntax { Statements: var statements }:
                return After(statements);

            case SwitchSectionSyntax { Statements: var statements }:
                return After(statements);

            case GlobalStatementSyntax { Parent: CompilationUnitSyntax { Members: var members } } global:
                var at = members.IndexOf(global) + 1;
                return at < members.Count && members[at] is GlobalStatementSyntax { Statement: var statement } ? statement : null;

            default:
                return null;
        }

        StatementSyntax? After(SyntaxList<StatementSyntax> statements)
        {
            var at = statements.IndexOf(declaration) + 1;
            return at < statements.Count ? statements[at] : null;
        }
    }

    /// <summary>Whether nothing but names runs in the statement before the rows are used, and they are used whenever it runs.</summary>
    private static bool IsFirstToRun(ExpressionSyntax use, LocalDeclarationStatementSyntax declaration)
    {
        var next = Next(declaration)!;
        for (SyntaxNode node = use; node != next; node = node.Parent!)
        {
            switch (node.Parent)
            {
                case IfStatementSyntax branch when branch.Condition != node:
                case ConditionalExpressionSyntax choice when choice.Condition != node:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } either when either.Left != node:
                case ForEachStatementSyntax each when each.Expression != node:
                case SwitchStatementSyntax @switch when @switch.Expression != node:
                case BlockSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or LockStatementSyntax or TryStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or ConditionalAccessExpressionSyntax or SwitchExpressionArmSyntax:
                    return false;
            }
        }

        foreach (var node in next.DescendantNodes())
        {
            if (node.Span.End <= use.SpanStart && node is InvocationExpressionSyntax or ObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax or PostfixUnaryExpressionSyntax or ElementAccessExpressionSyntax)
                return false;
        }

        return true;
    }

    private static bool IsInQuery(ExpressionSyntax chain) => chain.Ancestors().TakeWhile(static node => node is not StatementSyntax).Any(static node => node is QueryExpressionSyntax);

    /// <summary>What is replaced, and by what; null where the type of what is left would show.</summary>
    private static (ExpressionSyntax Replaced, ExpressionSyntax Replacement)? Build(FilterInMemory found, ExpressionSyntax chain, SemanticModel model)
    {
        var load = (InvocationExpressionSyntax)found.Load.Syntax;
        var access = (MemberAccessExpressionSyntax)load.Expression;
        var query = access.Expression;
        var isAsync = found.Loaded is IAwaitOperation;
        var configured = isAsync && ((IAwaitOperation)found.Loaded).Operation is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Syntax: InvocationExpressionSyntax configure } ? configure.ArgumentList.ToString() : null;
        var token = load.ArgumentList.Arguments.Count > 0 ? load.ArgumentList.Arguments[load.ArgumentList.Arguments.Count - 1].Expression.ToString() : null;
        if (isAsync && load.ArgumentList.Arguments.Count > 1 || !isAsync && token is not null)
            return null;

        // The rows as they are written at the start of the chain: the load itself, its await in parentheses, or the local.
        var first = found.Steps[0].Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } ? member.Expression : ((MemberAccessExpressionSyntax)found.Steps[0].Syntax).Expression;
        var last = found.Steps[found.Steps.Count - 1];
        if (Comments.AreInside(chain) || !CanMove(found, chain, model))
            return null;

        var start = query is InvocationExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax ? query : SyntaxFactory.ParenthesizedExpression(query.WithoutTrivia());
        start = found.Declarator is null ? start.WithTrailingTrivia(first.GetTrailingTrivia()).WithLeadingTrivia(first.GetLeadingTrivia()) : start.WithTriviaFrom(first);
        var moved = (ExpressionSyntax)Rewritten(chain.ReplaceNode(first, start));

        // List has methods of its own, and properties where a query has methods.
        var ending = last switch
        {
            IPropertyReferenceOperation => "Count",
            IInvocationOperation { TargetMethod.Name: "Find" } => "FirstOrDefault",
            IInvocationOperation { TargetMethod.Name: "Exists" } => "Any",
            IInvocationOperation { TargetMethod.Name: "TrueForAll" } => "All",
            IInvocationOperation { TargetMethod.Name: "FindAll" } => "Where",
            IInvocationOperation { TargetMethod.Name: var name } => name,
            _ => "",
        };
        var isSequence = ending is "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Take" or "Skip";

        moved = moved switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call => call.WithExpression(called.WithName(Named(called.Name, ending + (isAsync && !isSequence ? "Async" : "")))),
            MemberAccessExpressionSyntax property => SyntaxFactory.InvocationExpression(property.WithName(SyntaxFactory.IdentifierName(ending + (isAsync ? "Async" : ""))).WithoutTrailingTrivia()),
            _ => moved,
        };

        if (!isSequence)
            return isAsync ? Awaited(chain, (InvocationExpressionSyntax)moved, token, configured) : (chain, moved);

        // A copy that follows anyway is the only one; else the rows are loaded where the database is done.
        var isList = last is IInvocationOperation { TargetMethod.Name: "FindAll" };
        if (!isList && Copy(last) is { } copy && copy.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax outer, ArgumentList.Arguments.Count: 0 } whole && !Comments.AreInside(whole))
        {
            var copied = whole.WithExpression(outer.WithExpression(moved.WithTrailingTrivia(chain.GetTrailingTrivia())).WithName(Named(outer.Name, outer.Name.Identifier.ValueText + (isAsync ? "Async" : ""))));
            return isAsync ? Awaited(whole, copied, token, configured) : (whole, copied);
        }

        if (!isList && !HidesType(last, found.Load.TargetMethod.Name))
            return null;

        var method = isList ? isAsync ? "ToListAsync" : "ToList" : access.Name.Identifier.ValueText;
        var loaded = SyntaxFactory.InvocationExpression(SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, moved.WithTrailingTrivia(found.Declarator is null ? query.GetTrailingTrivia() : default), access.OperatorToken, SyntaxFactory.IdentifierName(method)));
        return isAsync ? Awaited(chain, loaded, token, configured) : (chain, loaded);
    }

    private static SimpleNameSyntax Named(SimpleNameSyntax name, string text) => SyntaxFactory.IdentifierName(text).WithTriviaFrom(name);

    private static (ExpressionSyntax, ExpressionSyntax) Awaited(ExpressionSyntax replaced, InvocationExpressionSyntax call, string? token, string? configured)
    {
        if (token is not null)
            call = call.WithArgumentList(call.ArgumentList.AddArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)).WithLeadingTrivia(call.ArgumentList.Arguments.Count > 0 ? SyntaxFactory.TriviaList(SyntaxFactory.Space) : SyntaxFactory.TriviaList())));

        ExpressionSyntax task = call.WithoutTrivia();
        if (configured is not null)
            task = SyntaxFactory.ParseExpression($"{task.ToFullString()}.ConfigureAwait{configured}");

        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task);
        var isReceiver = replaced.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
        return (replaced, isReceiver ? SyntaxFactory.ParenthesizedExpression(awaited) : awaited);
    }

    /// <summary>The copy that is made of what the step gives.</summary>
    private static IInvocationOperation? Copy(IOperation step) =>
        step.Consumer(out _) is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", Parameters.Length: 1 } method } copy } && method.ContainingType.Is("System.Linq", "Enumerable") ? copy : null;

    /// <summary>Whether nobody can tell a list, or an array, from the sequence that the step gives.</summary>
    private static bool HidesType(IOperation step, string load)
    {
        switch (step.Consumer(out var value))
        {
            case IForEachLoopOperation loop:
                return ReferenceEquals(loop.Collection, value) || ReferenceEquals(loop.Collection.Unconverted(), step);

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: var method } } when method.ContainingType.Is("System.Linq", "Enumerable"):
                return IsExtension(method.Name);

            case IArgumentOperation { Parameter.OriginalDefinition.Type: { Name: "IEnumerable", SpecialType: not SpecialType.None } }:
            case IReturnOperation when Returned(step) is { Name: "IEnumerable" }:
                return true;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                if (declarator.Syntax.Parent is VariableDeclarationSyntax { Type.IsVar: false })
                    return local.Type is { Name: "IEnumerable" };

                foreach (var use in Aliasing.Uses(local, declarator.Root()))
                {
                    if (use.Kind != UseKind.Enumerated && !(use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: var called } } && called.ContainingType.Is("System.Linq", "Enumerable") && IsExtension(called.Name)))
                        return false;
                }

                return true;

            default:
                return load == "AsEnumerable" && step.Type is { Name: "IEnumerable" };
        }

        // What lists and arrays have of their own means something else there.
        bool IsExtension(string name) => load == "AsEnumerable" || name is not ("Reverse" or "Contains" or "SequenceEqual" or "AsEnumerable" or "ThenBy" or "ThenByDescending" or "Append" or "ToList" or "Cast" or "OfType");
    }

    private static ITypeSymbol? Returned(IOperation step) => step.Syntax is ExpressionSyntax expression ? step.SemanticModel?.GetTypeInfo(expression).ConvertedType : null;

    /// <summary>Whether the lambdas mean the same where they run earlier, and can be written as expression trees.</summary>
    private static bool CanMove(FilterInMemory found, ExpressionSyntax chain, SemanticModel model)
    {
        foreach (var step in found.Steps)
        {
            if (step is not IInvocationOperation call)
                continue;

            foreach (var argument in call.Arguments)
            {
                if (argument.Syntax is ArgumentSyntax { NameColon: not null })
                    return false;
            }

            if (Translation.Lambda(call, call.TargetMethod.IsStatic ? 1 : 0) is not { } lambda)
                continue;

            if (lambda.Syntax is not LambdaExpressionSyntax { AttributeLists.Count: 0 } || lambda.Syntax.DescendantNodes().Any(static node => node is ParameterSyntax { Default: not null }))
                return false;

            // A lambda that runs later would see what its variables hold then.
            foreach (var part in lambda.Body.Descendants())
            {
                if (part.Variable() is not { } variable || lambda.Declares(variable) || variable is IFieldSymbol { IsReadOnly: true })
                    continue;

                if (variable is IFieldSymbol)
                {
                    // Other code may set it between; only what is asked at once is sure.
                    if (IsDeferred(found))
                        return false;

                    continue;
                }

                if (variable is IParameterSymbol { RefKind: not RefKind.None })
                    return false;

                if (Aliasing.Uses(variable, found.Load.Root()).Any(use => use.Kind is UseKind.Assigned or UseKind.PassedByReference && use.Reference.Syntax.SpanStart > found.Load.Syntax.SpanStart))
                    return false;
            }
        }

        return true;

        static bool IsDeferred(FilterInMemory found)
        {
            var last = found.Steps[found.Steps.Count - 1];
            return last is IInvocationOperation { TargetMethod.Name: "Where" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Take" or "Skip" } && Copy(last) is null && last.Consumer(out _) is not IForEachLoopOperation;
        }
    }

    /// <summary>Null is tested by a comparison in an expression tree.</summary>
    private static SyntaxNode Rewritten(SyntaxNode chain) => chain.ReplaceNodes(chain.DescendantNodes().OfType<IsPatternExpressionSyntax>(), static (_, current) =>
        SyntaxFactory.BinaryExpression(
            current.Pattern is UnaryPatternSyntax ? SyntaxKind.NotEqualsExpression : SyntaxKind.EqualsExpression,
            current.Expression,
            SyntaxFactory.Token(current.Pattern is UnaryPatternSyntax ? SyntaxKind.ExclamationEqualsToken : SyntaxKind.EqualsEqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.LiteralExpression(SyntaxKind.NullLiteralExpression)).WithTrailingTrivia(current.GetTrailingTrivia()));
}
