namespace HotPath;

/// <summary>Sorts unchanged data once before the loop, and a new list once after the loop that fills it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SortPerIterationFix() : RuleFix(SortPerIterationAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || RepeatedSort.Of(call, site.Options) is not { } found)
            yield break;

        if ((found.IsQuery ? Before(found, site) : After(found, site)) is { } fix)
            yield return fix;
    }

    /// <summary>The sorted elements are put into a list that the query goes on with.</summary>
    private static Fix? Before(RepeatedSort found, Site site)
    {
        var call = found.Call;
        if (found.Collection.Variable() is not { } variable || !ReferenceEquals(found.Collection, (call.Receiver() ?? call.ArgumentOf(0))?.Unconverted()) || !KeyIndex.IsPlain(found.Collection))
            return null;

        // Further keys belong to the sorting.
        var last = call;
        while (last.Consumer(out _) is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "ThenBy" or "ThenByDescending", ContainingType.Name: "Enumerable" } } next })
            last = next;

        if (last.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } chain || call.Syntax is not InvocationExpressionSyntax || Pipeline.End(last) is { IsDeferred: true } || ReferenceEquals(Pipeline.End(last).Operation, last))
            return null;

        List<IOperation> keys = [];
        for (IInvocationOperation? current = last; current is not null; current = ReferenceEquals(current, call) ? null : (current.Receiver() ?? current.ArgumentOf(0))?.Unconverted() as IInvocationOperation)
        {
            foreach (var argument in current.Arguments)
            {
                if (argument.Parameter?.Ordinal == 0)
                    continue;

                if (argument.Value.Unconverted() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } key }] } })
                    return null;

                keys.Add(key);
            }
        }

        var mayBeNull = false;
        var element = KeyedScan.ElementType(found.Collection.Type!)!;
        if (keys.Count == 0 && !IsComparable(element) || !keys.All(key => IsComparable(key.Type!) && SafeRead.Is(key, site.Model, ref mayBeNull)) || mayBeNull)
            return null;

        if (Spot.Of(call, found.Collection, region => keys.All(key => KeyWrites.Keep(key, region)), site) is not { } spot || !Nullness.IsNeverNullBefore(found.Collection, spot.Statement))
            return null;

        var name = Names.FreshLocal("sorted" + Pascal(Names.Camel(variable.Name, "items")), site.Node);
        if (!Comments.AreKept(chain, SyntaxFactory.IdentifierName(name)) || chain.ToString().Contains("\n"))
            return null;

        return new($"Sort '{found.Collection.Text()}' once, before the loop", editor =>
        {
            editor.ReplaceNode(chain, SyntaxFactory.IdentifierName(name).WithTriviaFrom(chain));
            Statements.Declare(editor, spot.Statement, $"var {name} = {chain.WithoutTrivia()}.ToList();");
        });
    }

    /// <summary>A new list that nobody sees in between is sorted when it is full; equal elements must be the same, because the sorting does not keep their order.</summary>
    private static Fix? After(RepeatedSort found, Site site)
    {
        var call = found.Call;
        if (call is not { TargetMethod: { Name: "Sort", ContainingType.Name: "List" }, Arguments.Length: 0 } || found.Collection.Variable() is not ILocalSymbol { Type: INamedTypeSymbol { TypeArguments: [var element] } } local || !IsOnlyItsValue(element))
            return null;

        if (FreshList.Loop(call, local, site, use => ReferenceEquals(use.Context, call) || use.Context is IInvocationOperation { TargetMethod: { Name: "Add", ContainingType.Name: "List" }, Parent: IExpressionStatementOperation }) is not { } loop)
            return null;

        if (call.Syntax.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax body } statement || body.Parent != loop || body.Statements.Last() != statement || statement.DescendantTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return null;

        // Each element that came has been sorted in: nothing may come and leave before the sorting.
        if (loop.DescendantNodes().Any(static node => node is BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax or TryStatementSyntax or IfStatementSyntax or SwitchStatementSyntax) || loop.DescendantNodes().Any(static node => node is YieldStatementSyntax))
            return null;

        return new($"Sort '{local.Name}' once, after the loop", editor =>
        {
            editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia);
            Statements.InsertAfter(editor, loop, Statements.Spaced(Statements.Parse($"{local.Name}.Sort();").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)));
        });
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>Whether comparing two values neither fails nor does anything else.</summary>
    private static bool IsComparable(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var underlying] } => IsComparable(underlying),
        { SpecialType: SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_Decimal or SpecialType.System_DateTime or SpecialType.System_Single or SpecialType.System_Double or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) } => true,
        { TypeKind: TypeKind.Enum } => true,
        { Name: "Guid" or "TimeSpan" or "DateTimeOffset" or "DateOnly" or "TimeOnly" } => type.IsFromSystem(),
        _ => false,
    };

    /// <summary>Whether elements that compare as equal cannot be told apart.</summary>
    private static bool IsOnlyItsValue(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Boolean or SpecialType.System_Char or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64) || type.TypeKind == TypeKind.Enum || type.Name is "Guid" or "TimeSpan" && type.IsFromSystem();
}
