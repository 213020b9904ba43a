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
        || Effects.Of(projection.Value) is { AreReadOnly: true, Written.Count: 0 }
        || Invariance.IsProven(projection.Source, projection.Fill.Loop.Operation, projection.Fill.Add as IInvocationOperation);

    /// <summary>The lambda that computes what the loop adds, as one would write it, or null where it would give elements of another type.</summary>
    private static string? Lambda(Projection projection, Site site)
    {
        if (projection.Value.Syntax is not ExpressionSyntax value || projection.Fill.Fresh!.Type.TypeArguments is not [var element] || !IsEnumerable(projection, site))
            return null;

        var loop = projection.Fill.Loop;
        var name = loop.Variable!.Name;
        var text = value.ToString();
        if (loop.Bound is not null)
        {
            var plural = Names.Camel(projection.Source is IMemberReferenceOperation { Member.Name: var member } ? member : projection.Source.Text(), "items");
            name = Names.FreshLocal(Names.Camel(Words.Singular(plural), "item") is var one && one != plural ? one : "item", site.Node);
            var elements = value.DescendantNodesAndSelf().Where(node => site.Model.GetOperation(node) is { } part and not IConversionOperation && loop.IsElement(part)).ToList();
            text = value.ReplaceNodes(elements, (original, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(original)).ToString();
        }
        else
        {
            name = loop.Operation.Syntax is ForEachStatementSyntax { Identifier.Text: var written } ? written : name;
        }

        if (Typed(value, text, element, site) is not { } typed || Outdented(typed, value, loop.Operation.Syntax, site) is not { } body)
            return null;

        return $"{name} => {body}";
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
