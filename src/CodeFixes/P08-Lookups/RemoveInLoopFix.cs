namespace HotPath;

/// <summary>Removes all in one pass where the loop does nothing else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveInLoopFix() : RuleFix(RemoveInLoopAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || RemovalLoop.Of(call, site.Options) is not { Condition: { } condition } found)
            yield break;

        if (!found.List.Type.Is("System.Collections.Generic", "List") || found.List.Type is not INamedTypeSymbol { TypeArguments: [var element] } || found.Loop.Syntax is not StatementSyntax loop || loop.ContainsDirectives || !Binds(condition, found, site.Model))
            yield break;

        // Remove takes the first element that is equal: the condition must not tell equal ones apart.
        if (call.TargetMethod.Name == "Remove" && !IsTellingSame(element))
            yield break;

        // The order in which elements are asked is another, and an exception would leave another list behind.
        var mayBeNull = false;
        if (!SafeRead.IsCondition(condition.Unconverted(), site.Model, ref mayBeNull, found.Element) || mayBeNull || !Nullness.IsNeverNullBefore(found.List, loop))
            yield break;

        foreach (var part in condition.DescendantsAndSelf())
        {
            if (part.Variable() is { } used && SymbolEqualityComparer.Default.Equals(used, found.Variable) && !found.Element.Is(part.Parent!))
                yield break;
        }

        var name = found.Element.Indexed is null ? found.Element.Symbol.Name : Names.FreshLocal(Words.Singular(Names.Camel(found.Variable.Name, "items")) is var one && one != found.Variable.Name ? one : "item", site.Node);
        var elements = condition.DescendantsAndSelf().Where(found.Element.Is).Select(static part => part.Syntax).Distinct().ToList();
        var asked = condition.Syntax.ReplaceNodes(elements, (_, _) => SyntaxFactory.IdentifierName(name)).WithoutTrivia();
        var removal = Statements.Parse($"{found.List.Syntax.WithoutTrivia()}.RemoveAll({name} => {asked});").WithTriviaFrom(loop);

        if (!Comments.AreKept(loop, removal))
            yield break;

        yield return new($"Remove from '{found.List.Text()}' in one pass", editor => editor.ReplaceNode(loop, removal));
    }

    /// <summary>Whether equal elements are the same for any condition: numbers, strings, objects that are equal to themselves only.</summary>
    private static bool IsTellingSame(ITypeSymbol element) =>
        element.SpecialType is SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) || element.TypeKind == TypeKind.Enum
        || element is INamedTypeSymbol { IsRecord: false, TypeKind: TypeKind.Class, IsSealed: true } && Equality.OperatorAgrees(element, null);

    /// <summary>Whether a lambda can say the same: nothing passed by reference, nothing declared in the condition.</summary>
    private static bool Binds(IOperation condition, RemovalLoop found, SemanticModel model) => condition.Syntax is ExpressionSyntax && !condition.DescendantsAndSelf().Any(static part =>
        part is IParameterReferenceOperation { Parameter.RefKind: not RefKind.None } or ILocalReferenceOperation { Local.RefKind: not RefKind.None } or IDeclarationPatternOperation or IDeclarationExpressionOperation || part.Type is { IsRefLikeType: true }
            // A lambda in a struct cannot use the struct.
            || part is IInstanceReferenceOperation { Type.IsValueType: true });
}
