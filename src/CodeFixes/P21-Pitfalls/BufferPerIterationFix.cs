namespace HotPath;

/// <summary>Makes the buffer once, before the loop, and clears it where it was made.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BufferPerIterationFix() : RuleFix(BufferPerIterationAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not { } creation || LoopBuffer.Of(creation, site.Options) is not { } buffer
            || buffer.Declarator.Syntax is not VariableDeclaratorSyntax { Identifier.ValueText: var name, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } declaration } }
            || buffer.Loop.Syntax is not StatementSyntax loop || !Statements.CanInsertBefore(loop) || declaration.ContainsDirectives || loop.GetLeadingTrivia().Any(static trivia => trivia.IsDirective)
            || Comments.AreInside(declaration))
        {
            yield break;
        }

        // Made before the loop it is made even where the loop does not run: its size must be one that cannot fail.
        foreach (var part in creation.Descendants())
        {
            if (part is ILocalReferenceOperation { Local.IsConst: false } or IParameterReferenceOperation or IInvocationOperation or IPropertyReferenceOperation or IFieldReferenceOperation { Field.IsConst: false } && part.ConstantValue is not { HasValue: true })
                yield break;
        }

        if (HasLocalType(creation, loop) || Jumps(loop))
            yield break;

        // A jump over the declaration cannot be told from one that uses what an earlier iteration left.
        var fresh = IsTakenOutside(name, loop) ? Names.FreshLocal(name, loop) : name;
        var clear = buffer.IsArray ? Clear(fresh, site) : $"{fresh}.Clear();";
        var uses = fresh == name ? [] : Aliasing.Uses(buffer.Declarator.Symbol, creation.Root()).Select(static use => use.Reference.Syntax).OfType<IdentifierNameSyntax>().ToList();

        yield return new($"Make '{name}' once, before the loop", editor =>
        {
            foreach (var use in uses)
                editor.ReplaceNode(use, (current, _) => SyntaxFactory.IdentifierName(fresh).WithTriviaFrom(current));

            var made = fresh == name ? declaration : declaration.ReplaceToken(((VariableDeclaratorSyntax)buffer.Declarator.Syntax).Identifier, SyntaxFactory.Identifier(fresh).WithTriviaFrom(((VariableDeclaratorSyntax)buffer.Declarator.Syntax).Identifier));
            editor.ReplaceNode(declaration, (current, _) => SyntaxFactory.ParseStatement(clear).WithTriviaFrom(current));
            Statements.Declare(editor, loop, made.WithoutTrivia().ToFullString());
        });
    }

    /// <summary>Array.Clear took a range before .NET 6.</summary>
    private static string Clear(string name, Site site)
    {
        var takesWhole = site.Types["System.Array"]?.GetMembers("Clear").Any(static member => member is IMethodSymbol { Parameters.Length: 1 }) == true;
        var type = site.Model.LookupNamespacesAndTypes(site.Node.SpanStart, name: "Array") is [INamedTypeSymbol { ContainingNamespace.Name: "System" }] ? "Array" : "System.Array";
        return takesWhole ? $"{type}.Clear({name});" : $"{type}.Clear({name}, 0, {name}.Length);";
    }

    /// <summary>Whether the name means something in the member outside of the loop.</summary>
    private static bool IsTakenOutside(string name, StatementSyntax loop)
    {
        var member = loop.Ancestors().FirstOrDefault(static node => node is MemberDeclarationSyntax and not GlobalStatementSyntax and not BaseNamespaceDeclarationSyntax) ?? loop.SyntaxTree.GetRoot();
        var inside = 0;
        foreach (var token in member.DescendantTokens())
        {
            if (!token.IsKind(SyntaxKind.IdentifierToken) || token.ValueText != name)
                continue;

            if (!loop.Span.Contains(token.Span))
                return true;

            // Another local of that name in the loop would clash with the one that now is around it.
            if ((token.Parent is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ParameterSyntax or ForEachStatementSyntax or CatchDeclarationSyntax) && ++inside > 1)
                return true;
        }

        return false;
    }

    /// <summary>Whether the type names something that is declared in the loop: a local function's type parameter cannot leave it.</summary>
    private static bool HasLocalType(IOperation creation, StatementSyntax loop) => creation.Type is INamedTypeSymbol { TypeArguments: var arguments } && arguments.Any(argument => argument.IsAnonymousType || argument is ITypeParameterSymbol && argument.DeclaringSyntaxReferences.Any(reference => loop.Span.Contains(reference.Span)))
        || creation.Type is IArrayTypeSymbol { ElementType: ITypeParameterSymbol { DeclaringSyntaxReferences: var declared } } && declared.Any(reference => loop.Span.Contains(reference.Span));

    private static bool Jumps(StatementSyntax loop) => loop.DescendantNodes().Any(static node => node is GotoStatementSyntax or LabeledStatementSyntax);
}
