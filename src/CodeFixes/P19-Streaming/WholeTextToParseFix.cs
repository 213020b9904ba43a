namespace HotPath;

/// <summary>Reads from the file itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WholeTextToParseFix() : RuleFix(WholeTextToParseAnalyzer.Id)
{
    private const string Changes = "only UTF-8 is understood";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation { Arguments: [{ Value: var path }, ..], TargetMethod: { IsStatic: true, Name: "ReadAllText" or "ReadAllTextAsync" or "ReadAllBytes" } } load
            || WholeContent.Of(load) is not { } found || load.Syntax is not InvocationExpressionSyntax syntax || Comments.AreInside(syntax) || load.ArgumentOf(0) != path
            || site.Types["System.IO.File"] is not { } file)
        {
            yield break;
        }

        if (found.Use == ContentUse.Stream && Opened(found, syntax) is { } creation)
        {
            yield return new("Read from the file itself", editor => editor.ReplaceNode(creation, (current, _) =>
                SyntaxFactory.ParseExpression($"{Imports.Name(editor, syntax, file)}.OpenRead({path.Syntax})").WithTriviaFrom(current)));
        }

        if (found.Use == ContentUse.Parse && IsUtf8(load) && load.TargetMethod.Name != "ReadAllBytes" && Parsing.Of(load, found, site) is { } parsing)
            yield return new($"Read from the file itself ({Changes})", editor => parsing.Apply(editor, $"{Imports.Name(editor, syntax, file)}.OpenRead({path.Syntax})"), Changes);
    }

    /// <summary>The stream in memory that the file may take the place of: what closes the one closes the other.</summary>
    private static ExpressionSyntax? Opened(WholeContent found, SyntaxNode load) =>
        found is { Declarator: null, Whole: IObjectCreationOperation { Parent: IVariableInitializerOperation, Syntax: ExpressionSyntax creation } } && StatementOf(load) is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: (int)SyntaxKind.UsingKeyword, Declaration: { Variables.Count: 1, Type: { } type } } statement
            && (type.IsVar || type.ToString() == "Stream") && !Comments.AreInside(creation) && CanOpenAt(statement) && IsQuietBehind(found)
            ? creation
            : null;

    private static StatementSyntax? StatementOf(SyntaxNode node) => node.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax or GlobalStatementSyntax } statement ? statement : null;

    private static bool CanOpenAt(StatementSyntax statement) => Surrounding.AllowsUsingDeclaration(statement) && !Surrounding.HasLabelsBeside(statement);

    private static bool IsUtf8(IInvocationOperation load)
    {
        foreach (var argument in load.Arguments)
        {
            if (argument.Parameter is { Name: "encoding" } && argument.Value.Unconverted() is not IPropertyReferenceOperation { Property: { Name: "UTF8", IsStatic: true } })
                return false;
        }

        return true;
    }

    /// <summary>A call that parses the text of a file, the statement it stands in, and the declaration that holds the text in between.</summary>
    private sealed class Parsing
    {
        private readonly InvocationExpressionSyntax whole;
        private readonly StatementSyntax statement;
        private readonly StatementSyntax? declaration;
        private readonly string token;
        private readonly string configured;
        private readonly bool isAsync;
        private readonly bool isAsyncUsing;

        private Parsing(InvocationExpressionSyntax whole, StatementSyntax statement, StatementSyntax? declaration, IInvocationOperation load, Site site)
        {
            this.whole = whole;
            this.statement = statement;
            this.declaration = declaration;
            isAsync = load.TargetMethod.Name == "ReadAllTextAsync";
            token = load.Arguments.FirstOrDefault(static argument => argument is { Parameter.Name: "cancellationToken", ArgumentKind: ArgumentKind.Explicit })?.Value.Syntax.ToString() ?? "";
            configured = load.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Syntax: InvocationExpressionSyntax configure } ? $".ConfigureAwait{configure.ArgumentList}" : "";

            // A configured await stays configured: the disposal would not be.
            isAsyncUsing = isAsync && configured.Length == 0 && site.Types["System.IO.FileStream"].Implements("System", "IAsyncDisposable");
        }

        public static Parsing? Of(IInvocationOperation load, WholeContent found, Site site)
        {
            if (found.Whole is not IInvocationOperation { Syntax: InvocationExpressionSyntax whole, Arguments: [{ Syntax: ArgumentSyntax { NameColon: null } }, ..], TargetMethod: var parser } || Comments.AreInside(whole) || StatementOf(whole) is not { } statement)
                return null;

            if (statement is not (LocalDeclarationStatementSyntax or ReturnStatementSyntax or ExpressionStatementSyntax) || IsInFunction(whole, statement) || !Statements.CanInsertBefore(statement) || !CanOpenAt(statement) || !IsQuietBehind(found))
                return null;

            if (load.TargetMethod.Name == "ReadAllTextAsync" && (parser.Name != "Deserialize" || parser.ContainingType.GetMembers("DeserializeAsync").IsEmpty || whole.Expression is not MemberAccessExpressionSyntax))
                return null;

            StatementSyntax? declaration = null;
            if (found.Declarator is { Syntax: var declarator } held)
            {
                declaration = declarator.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>();
                if (declaration is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } || declaration.Parent != statement.Parent || !SingleUse.IsSoon(held, found.Whole) || Comments.AreInside(declaration))
                    return null;
            }

            return new(whole, statement, declaration, load, site);
        }

        public void Apply(DocumentEditor editor, string opened)
        {
            var name = Names.FreshLocal("stream", statement);
            editor.ReplaceNode(whole, (current, _) => Parsed((InvocationExpressionSyntax)current, name).WithTriviaFrom(current));

            var open = Surrounding.Line(SyntaxFactory.ParseStatement($"{(isAsyncUsing ? "await " : "")}using var {name} = {opened};"));
            if (declaration is null)
                Statements.InsertBefore(editor, statement, open);
            else
                editor.ReplaceNode(declaration, open.WithTriviaFrom(declaration).WithAdditionalAnnotations(Formatter.Annotation));
        }

        private ExpressionSyntax Parsed(InvocationExpressionSyntax call, string name)
        {
            var arguments = call.ArgumentList.Arguments;
            var list = call.ArgumentList.WithArguments(arguments.Replace(arguments[0], SyntaxFactory.Argument(SyntaxFactory.IdentifierName(name)).WithTriviaFrom(arguments[0])));
            if (!isAsync)
                return call.WithArgumentList(list);

            if (token.Length > 0)
            {
                var given = SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token));
                list = list.AddArguments((arguments.Count > 1 ? given : given.WithNameColon(SyntaxFactory.NameColon("cancellationToken"))).NormalizeWhitespace().WithLeadingTrivia(SyntaxFactory.Space));
            }

            var access = (MemberAccessExpressionSyntax)call.Expression;
            var method = access.Name is GenericNameSyntax generic ? (SimpleNameSyntax)generic.WithIdentifier(SyntaxFactory.Identifier("DeserializeAsync")) : SyntaxFactory.IdentifierName("DeserializeAsync");
            var awaited = $"await {call.WithExpression(access.WithName(method)).WithArgumentList(list).WithoutTrivia().ToFullString()}{configured}";
            return SyntaxFactory.ParseExpression(whole.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax or ElementAccessExpressionSyntax ? $"({awaited})" : awaited);
        }
    }

    private static bool IsInFunction(SyntaxNode node, SyntaxNode statement) => node.Ancestors().TakeWhile(ancestor => ancestor != statement).Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or ConditionalExpressionSyntax);

    /// <summary>Whether what comes later in the block, while the file is still open, writes no file.</summary>
    private static bool IsQuietBehind(WholeContent found)
    {
        var statement = found.Whole;
        while (statement.Parent is not (null or IBlockOperation))
            statement = statement.Parent;

        if (statement.Parent is not IBlockOperation block)
            return false;

        for (var i = block.Operations.IndexOf(statement); i < block.Operations.Length; i++)
        {
            if (FileUses.In(block.Operations[i], part => part is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } && found.Load.Awaited()!.Syntax.Span.Contains(part.Syntax.Span)) > FileUse.Reads)
                return false;
        }

        return true;
    }
}
