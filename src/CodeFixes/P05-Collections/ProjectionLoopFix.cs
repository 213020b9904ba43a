using Microsoft.CodeAnalysis.Text;

namespace HotPath;

/// <summary>Projects the collection with one query, or at least makes the list in its full size.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ProjectionLoopFix() : RuleFix(ProjectionLoopAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (FilledAtOnce.Loop(site) is not { } loop || Projection.Of(loop, site.Options) is not { } projection)
            yield break;

        if (IsSteady(projection) && FilledAtOnce.IsNeverNull(projection.Source, projection.Fill) && Lambda(projection, site) is { } lambda && FilledAtOnce.Result(projection.Fill, canInline: true, site) is { } result)
        {
            var source = Materialising.Receiver((loop.Syntax as ForEachStatementSyntax)?.Expression ?? (ExpressionSyntax)projection.Source.Syntax);
            yield return new($"Project '{projection.Source.Text()}' with Select", editor =>
            {
                Imports.TryUse(editor, loop.Syntax, site.Types["System.Linq.Enumerable"]!.ContainingNamespace);
                result.Replace(editor, SyntaxFactory.ParseExpression($"{source}.Select({lambda}).ToList()"), isAdded: false, comments: []);
            });
        }
        else if (KnownSize.OfAny(loop, site.Options) is { } known && Sizing.Fix(known) is { } sizing)
        {
            yield return sizing;
        }
    }

    /// <summary>Whether the values cannot change the collection: a loop over a list would notice.</summary>
    private static bool IsSteady(Projection projection) =>
        projection.Source.Type is IArrayTypeSymbol && projection.Fill.Loop.Bound is null || Origins.IsFresh(projection.Source) && projection.Source.Variable() is null
        || projection.Computed.All(static part => Effects.Of(part) is { AreReadOnly: true, Written.Count: 0 })
        || Invariance.IsProven(projection.Source, projection.Fill.Loop.Operation, projection.Fill.Add as IInvocationOperation);

    /// <summary>The lambda that computes what the loop adds, as one would write it, or null where it would give elements of another type.</summary>
    private static string? Lambda(Projection projection, Site site)
    {
        if (projection.Value.Syntax is not ExpressionSyntax value || projection.Fill.Fresh!.Type.TypeArguments is not [var element] || !IsEnumerable(projection, site))
            return null;

        // A local that only gives the value a name goes; what is left of the body is that of the lambda.
        var isBlock = projection.Locals.Length > (projection.Element is null ? 0 : 1);
        if (projection.OnlyLocal is { Symbol: var named } only && only.GetVariableInitializer()!.Value is { Syntax: ExpressionSyntax initial } whole && Projection.CanBeResult(whole)
            && SymbolEqualityComparer.Default.Equals(site.Model.GetTypeInfo(initial).Type, named.Type) && !(initial is ImplicitObjectCreationExpressionSyntax && !SymbolEqualityComparer.Default.Equals(named.Type, element)))
        {
            (value, isBlock) = (initial, false);
        }

        var loop = projection.Fill.Loop;
        var name = loop.Variable!.Name;
        var text = value.ToString();
        if (loop.Bound is not null)
        {
            var plural = Names.Camel(projection.Source is IMemberReferenceOperation { Member.Name: var member } ? member : projection.Source.Text(), "items");
            name = projection.Element is { Symbol.Name: var given } ? given : Names.FreshLocal(Names.Camel(Words.Singular(plural), "item") is var one && one != plural ? one : "item", site.Node);
            text = value.ReplaceNodes(Elements(value, loop, site), (original, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(original)).ToString();
        }
        else
        {
            name = loop.Operation.Syntax is ForEachStatementSyntax { Identifier.Text: var written } ? written : name;
        }

        if (isBlock)
            return Block(projection, value, element, name, site) is { } block ? $"{name} => {block}" : null;

        if (Typed(value, text, element, site) is not { } typed || Outdented(typed, value, loop.Operation.Syntax, site) is not { } body)
            return null;

        return $"{name} => {body}";
    }

    /// <summary>Where the code takes the element of a <c>for</c> by its index.</summary>
    private static IEnumerable<SyntaxNode> Elements(SyntaxNode code, CountedLoop loop, Site site) =>
        loop.Bound is null ? [] : code.DescendantNodesAndSelf().Where(node => site.Model.GetOperation(node) is { } part and not IConversionOperation && loop.IsElement(part)).ToList();

    /// <summary>The body of the loop, which returns what it added.</summary>
    private static string? Block(Projection projection, ExpressionSyntax value, ITypeSymbol element, string name, Site site)
    {
        var loop = projection.Fill.Loop;
        if (loop.Operation.Body.Syntax is not BlockSyntax { Statements: [.., ExpressionStatementSyntax add] } body || value.Parent is not ArgumentSyntax given)
            return null;

        var isTyped = true;
        SyntaxNode[] replaced = [add, .. Elements(body, loop, site)];
        var block = body.ReplaceNodes(replaced, (original, current) =>
        {
            if (original != add)
                return SyntaxFactory.IdentifierName(name).WithTriviaFrom(original);

            var text = ((InvocationExpressionSyntax)((ExpressionStatementSyntax)current).Expression).ArgumentList.Arguments[((ArgumentListSyntax)given.Parent!).Arguments.IndexOf(given)].Expression.ToString();
            var typed = Typed(value, text, element, site);
            isTyped &= typed is not null;
            return SyntaxFactory.ParseStatement($"return {typed ?? text};").WithTriviaFrom(current);
        });

        // The element has a name already.
        if (projection.Element is not null)
        {
            var rest = block.Statements.RemoveAt(0);
            block = block.WithStatements(rest.Replace(rest[0], rest[0].WithLeadingTrivia(block.Statements[0].GetLeadingTrivia())));
        }

        return isTyped ? block.WithoutTrivia().ToString() : null;
    }

    /// <summary>Whether <c>Select</c> and <c>ToList</c> will mean those of Enumerable.</summary>
    private static bool IsEnumerable(Projection projection, Site site)
    {
        foreach (var name in (string[])["Select", "ToList"])
        {
            foreach (var found in site.Model.LookupSymbols(site.Node.SpanStart, projection.Source.Type, name, includeReducedExtensionMethods: true))
            {
                if (found is IMethodSymbol { IsStatic: false } or IMethodSymbol { IsExtensionMethod: true } && found.ContainingType is not { Name: "Enumerable" or "ParallelEnumerable" or "Queryable" or "ImmutableArrayExtensions" or "MemoryExtensions" or "AsyncEnumerable" })
                    return false;
            }
        }

        return Imports.CanUse(site.Model, site.Node, site.Types["System.Linq.Enumerable"]!.ContainingNamespace);
    }

    /// <summary>The value with the type of the list's elements.</summary>
    private static string? Typed(ExpressionSyntax value, string text, ITypeSymbol element, Site site)
    {
        var (type, nullability) = (site.Model.GetTypeInfo(value).Type, site.Model.GetTypeInfo(value).Nullability);
        var written = element.ToMinimalDisplayString(site.Model, value.SpanStart);

        if (value is ImplicitObjectCreationExpressionSyntax)
            return element is { TypeKind: TypeKind.Class or TypeKind.Struct, IsTupleType: false, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } && text.StartsWith("new", StringComparison.Ordinal) ? $"new {written.TrimEnd('?')}{text.Substring("new".Length)}" : null;

        if (type is null || site.Model.GetConversion(value) is { IsUserDefined: true })
            return null;

        if (element is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } && nullability.FlowState == NullableFlowState.MaybeNull && site.Model.GetNullableContext(value.SpanStart).WarningsEnabled())
            return null;

        if (SymbolEqualityComparer.Default.Equals(type, element) && !(element is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } && nullability.FlowState != NullableFlowState.MaybeNull))
            return text;

        return value is IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or LiteralExpressionSyntax or ParenthesizedExpressionSyntax or TupleExpressionSyntax or ObjectCreationExpressionSyntax
            ? $"({written}){text}"
            : $"({written})({text})";
    }

    /// <summary>The value one level further out, where the loop stood; null where a text over several lines would be another one.</summary>
    private static string? Outdented(string text, ExpressionSyntax value, SyntaxNode loop, Site site)
    {
        if (text.IndexOf('\n') < 0)
            return text;

        if (value.DescendantTokens().Any(static token => token.Text.IndexOf('\n') >= 0))
            return null;

        var source = site.Model.SyntaxTree.GetText();
        var (outer, inner) = (Indentation(source, loop.SpanStart), Indentation(source, value.SpanStart));
        if (!inner.StartsWith(outer, StringComparison.Ordinal) || inner.Length == outer.Length)
            return text;

        var by = inner.Substring(outer.Length);
        return text.Replace("\n" + outer + by, "\n" + outer);
    }

    private static string Indentation(SourceText source, int position)
    {
        var line = source.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}
