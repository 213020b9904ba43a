namespace HotPath;

/// <summary>Walks through the pairs, or through the values where nothing but the value is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeysThenLookupFix() : RuleFix(KeysThenLookupAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is IInvocationOperation query)
        {
            if (KeysQuery.Of(query, site.Options) is { } asked && OfQuery(asked, site) is { } fix)
                yield return fix;

            yield break;
        }

        if (site.Node.FirstAncestorOrSelf<StatementSyntax>() is not ForEachStatementSyntax each || site.Model.GetOperation(each) is not IForEachLoopOperation loop || loop.Collection.Unconverted() is not IPropertyReferenceOperation || KeysLookup.Of(loop, site.Options) is not { } found)
            yield break;

        // Another name for the dictionary, or a query of it, must not change what the pair has said.
        if (!IsPlain(found.Dictionary) || found.Pairs.Name != (found.Dictionary.Type as INamedTypeSymbol)?.Name || !Invariance.IsProven(found.Dictionary, loop))
            yield break;

        // A lambda may ask later, or the compiler see another variable in it.
        if (found.Reads.Any(read => !ReferenceEquals(read.Function(), loop.Function())) || !SymbolEqualityComparer.Default.Equals(found.Key.Type, found.Pairs.TypeArguments[0]))
            yield break;

        var reads = found.Reads.Select(static read => read.Syntax).ToList();
        if (reads.Any(static read => read is not ElementAccessExpressionSyntax || HasComment(read)) || HasComment(each.Expression))
            yield break;

        var isKeyUsed = Aliasing.Uses(found.Key, loop.Body).Count() > reads.Count;
        var named = Declared(found, each);
        var pair = named ?? Names.FreshLocal(site.Model.LookupSymbols(each.SpanStart, name: "value").IsEmpty ? "value" : "entry", site.Node);
        var dictionary = (ExpressionSyntax)found.Dictionary.Syntax;

        if (!isKeyUsed)
        {
            yield return new($"Walk through the values of '{found.Dictionary.Text()}'", editor => Walk(editor, each, pair, named, reads,
                statement => statement.WithType(SyntaxFactory.IdentifierName("var").WithTriviaFrom(statement.Type)).WithIdentifier(SyntaxFactory.Identifier(pair).WithTriviaFrom(statement.Identifier))
                    .WithExpression(SyntaxFactory.ParseExpression($"{dictionary}.Values").WithTriviaFrom(statement.Expression))));

            yield break;
        }

        if (KnownTypes.Of(found.Loop.Collection.SemanticModel!.Compilation)["System.Collections.Generic.KeyValuePair`2"]?.GetMembers("Deconstruct").IsEmpty == false)
        {
            yield return new($"Walk through the pairs of '{found.Dictionary.Text()}'", editor => Walk(editor, each, pair, named, reads,
                statement => SyntaxFactory.ForEachVariableStatement(
                    statement.ForEachKeyword, statement.OpenParenToken,
                    ((ForEachVariableStatementSyntax)SyntaxFactory.ParseStatement($"foreach (var ({found.Key.Name}, {pair}) in pairs) ;")).Variable.WithTrailingTrivia(SyntaxFactory.Space),
                    statement.InKeyword, dictionary.WithTriviaFrom(statement.Expression), statement.CloseParenToken, statement.Statement)));

            yield break;
        }

        // Older frameworks cannot take a pair apart.
        var whole = Names.FreshLocal("pair", site.Node);
        var keys = Aliasing.Uses(found.Key, loop.Body).Select(static use => use.Reference.Syntax).Where(key => !reads.Any(read => read.Span.Contains(key.Span))).ToList();
        yield return new($"Walk through the pairs of '{found.Dictionary.Text()}'", editor =>
        {
            var replaced = each.ReplaceNodes([.. reads, .. keys], (node, _) => SyntaxFactory.ParseExpression(reads.Contains(node) ? $"{whole}.Value" : $"{whole}.Key").WithTriviaFrom(node));
            editor.ReplaceNode(each, replaced
                .WithType(SyntaxFactory.IdentifierName("var").WithTriviaFrom(each.Type))
                .WithIdentifier(SyntaxFactory.Identifier(whole).WithTriviaFrom(each.Identifier))
                .WithExpression(dictionary.WithTriviaFrom(each.Expression)));
        });
    }

    /// <summary>The same operator over the values where nothing but them is asked for, else over the pairs.</summary>
    private static Fix? OfQuery(KeysQuery found, Site site)
    {
        if (found.Call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Expression: var dictionary }, Name: IdentifierNameSyntax { Identifier.ValueText: var name } }, ArgumentList.Arguments: [{ NameColon: null, Expression: SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda }] } call
            || Comments.AreInside(call) || dictionary.DescendantNodesAndSelf().Any(static node => node is ConditionalAccessExpressionSyntax or MemberBindingExpressionSyntax))
        {
            return null;
        }

        if (!IsPlain(found.Dictionary) || !Invariance.IsProven(found.Dictionary, found.Lambda.Body) || Loops.IsDeferred(found.Call.TargetMethod) && !IsSteadyHandle(found.Dictionary) || found.Reads.Any(read => read.Syntax is not ElementAccessExpressionSyntax || !ReferenceEquals(read.Function(), found.Lambda)))
            return null;

        var isOfValues = !found.IsKeyUsed && name is "Sum" or "Average" or "Min" or "Max" or "Any" or "All" or "Count" or "LongCount" or "Select" or "SelectMany";
        var isIdentity = isOfValues && found.Reads is [var only] && only.Syntax == body && SymbolEqualityComparer.IncludeNullability.Equals(found.Lambda.Symbol.ReturnType, only.Type);
        var parameter = Names.FreshLocal(isOfValues ? "value" : "pair", site.Node);
        var owner = dictionary.WithoutTrivia().ToString();
        if (isIdentity && name == "Select")
            return IsSequenceWanted(found.Call) ? Fix($"{owner}.Values") : null;

        if (isIdentity && name is "Sum" or "Average" or "Min" or "Max" && Bound($"{owner}.Values.{name}()") is { } plain)
            return Fix(plain);

        var reads = found.Reads.Select(static read => read.Syntax).ToList();
        var keys = Aliasing.Uses(found.Lambda.Symbol.Parameters[0], found.Lambda.Body).Select(static use => use.Reference.Syntax).Where(key => !reads.Any(read => read.Span.Contains(key.Span)));
        var asked = body.ReplaceNodes([.. reads, .. keys], (node, _) => SyntaxFactory.ParseExpression(isOfValues ? parameter : reads.Contains(node) ? $"{parameter}.Value" : $"{parameter}.Key").WithTriviaFrom(node));
        if (Bound($"{owner}{(isOfValues ? ".Values" : "")}.{name}({parameter} => {asked})") is not { } text)
            return null;

        return name switch
        {
            "Sum" or "Average" or "Min" or "Max" or "Any" or "All" or "Count" or "LongCount" or "Select" or "SelectMany" => Fix(text),
            "Where" or "TakeWhile" or "SkipWhile" => Fix($"{text}.Select({parameter} => {parameter}.Key)"),
            "OrderBy" or "OrderByDescending" when IsSequenceWanted(found.Call) => Fix($"{text}.Select({parameter} => {parameter}.Key)"),
            "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" => Fix($"{text}.Key"),
            _ => null,
        };

        string? Bound(string text) => Binding.IsCallOf(site.Model, call, text, "System.Linq", "Enumerable", name) ? text : null;
        Fix Fix(string text) => new($"Ask the {(isOfValues ? "values" : "pairs")} of '{found.Dictionary.Text()}'", editor => editor.ReplaceNode(call, (current, _) => SyntaxFactory.ParseExpression(text).WithTriviaFrom(current)));
    }

    /// <summary>Whether any sequence of the elements does where the call stands.</summary>
    private static bool IsSequenceWanted(IInvocationOperation call) => call.Consumer(out var value) switch
    {
        IForEachLoopOperation loop => ReferenceEquals(loop.Collection, value),
        IArgumentOperation { Parameter.OriginalDefinition.Type: INamedTypeSymbol { Name: "IEnumerable" } } => true,
        _ => false,
    };

    /// <summary>Whether the dictionary is the same one whenever a query is walked through.</summary>
    private static bool IsSteadyHandle(IOperation dictionary) => dictionary.Variable() switch
    {
        IFieldSymbol field => field.IsReadOnly,
        { } variable => Aliasing.Uses(variable, dictionary.Root()).All(static use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference)),
        null => dictionary is IPropertyReferenceOperation { Property: { SetMethod: null, GetMethod: { } getter }, Instance: null or IInstanceReferenceOperation } && Effects.IsAuto(getter),
    };

    private static void Walk(DocumentEditor editor, ForEachStatementSyntax each, string value, string? named, List<SyntaxNode> reads, Func<ForEachStatementSyntax, CommonForEachStatementSyntax> header)
    {
        var first = named is null ? null : ((BlockSyntax)each.Statement).Statements[0];
        var tracked = each.ReplaceNodes(reads, (read, _) => SyntaxFactory.IdentifierName(value).WithTriviaFrom(read));
        if (first is not null)
        {
            // The next statement moves up to where the declaration stood.
            var block = (BlockSyntax)tracked.Statement;
            var statements = block.Statements.RemoveAt(0);
            if (statements.Count > 0)
                statements = statements.Replace(statements[0], statements[0].WithLeadingTrivia(statements[0].GetLeadingTrivia().SkipWhile(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))));

            tracked = tracked.WithStatement(block.WithStatements(statements));
        }

        editor.ReplaceNode(each, header(tracked).WithTriviaFrom(each));
    }

    /// <summary>The local that the body begins by putting the value in, where it stays what it is: it can be the loop's own variable.</summary>
    private static string? Declared(KeysLookup found, ForEachStatementSyntax each)
    {
        if (each.Statement is not BlockSyntax { Statements: [LocalDeclarationStatementSyntax { Declaration: { Variables: [{ Initializer.Value: var value } declarator], Type.IsVar: true }, UsingKeyword.RawKind: 0 } first, _, ..] })
            return null;

        if (value != found.Reads[0].Syntax || first.GetLeadingTrivia().Any(IsComment) || first.GetTrailingTrivia().Any(IsComment) || found.Loop.SemanticModel!.GetDeclaredSymbol(declarator) is not ILocalSymbol local)
            return null;

        // A loop variable cannot be written, and its struct not changed.
        return (local.Type.IsReferenceType || Aliasing.IsImmutable(local.Type)) && Aliasing.Uses(local, found.Loop.Body).All(static use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference)) ? local.Name : null;
    }

    private static bool HasComment(SyntaxNode node) => node.DescendantTrivia().Any(trivia => IsComment(trivia) && node.Span.Contains(trivia.Span));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsDirective;

    private static bool IsPlain(IOperation dictionary) => dictionary.Type is INamedTypeSymbol { Name: "Dictionary" or "SortedDictionary" or "SortedList" or "ImmutableDictionary" or "FrozenDictionary" };
}
