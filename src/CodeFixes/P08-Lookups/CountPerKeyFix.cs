namespace HotPath;

/// <summary>Counts all values once before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CountPerKeyFix() : RuleFix(CountPerKeyAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || CountPerKey.Of(call, site.Options) is not { Search: { Method: "Count", Scan: var scan } search } || call.Syntax is not InvocationExpressionSyntax { Expression: not MemberBindingExpressionSyntax } question)
            yield break;

        var match = scan.Matches[0];
        var model = site.Model;
        var mayBeNull = false;
        if (!ReferenceEquals(scan.Collection, scan.Root) || scan.Collection.Variable() is not { } variable || !KeyIndex.IsPlain(scan.Collection) && scan.Collection.Type?.SpecialType != SpecialType.System_String
            || match.StringComparer is not (null or "Ordinal") || !SymbolEqualityComparer.Default.Equals(match.Type, scan.Type) || !Equality.IsSurelyHashable(scan.Type, model.Compilation) || Equality.CanChange(scan.Type))
        {
            yield break;
        }

        if (match.Value.Syntax is not ExpressionSyntax value || !model.ClassifyConversion(value, scan.Type).IsImplicit || !SafeRead.Is(match.Value, model, ref mayBeNull) || mayBeNull || !KeyWrites.Keep(match.Value, search.Lambda))
            yield break;

        // A dictionary takes no null.
        if (!IsNeverNull(scan.Type) || scan.Type.IsReferenceType && model.GetTypeInfo(value).Nullability.FlowState != NullableFlowState.NotNull && !match.Value.ConstantValue.HasValue)
            yield break;

        var enumerable = KnownTypes.Of(model.Compilation)["System.Linq.Enumerable"];
        if (enumerable is null || KnownTypes.Of(model.Compilation)["System.Collections.Generic.CollectionExtensions"]?.GetMembers("GetValueOrDefault").IsEmpty != false)
            yield break;

        if (Spot.Of(call, scan.Collection, static _ => true, site) is not { } spot || !Nullness.IsNeverNullBefore(scan.Collection, spot.Statement))
            yield break;

        var element = search.Lambda.Symbol.Parameters[0].Name;
        var source = scan.Collection.Syntax.WithoutTrivia().ToString();
        var counting = enumerable.GetMembers("CountBy").IsEmpty
            ? $"{source}.GroupBy({element} => {element}).ToDictionary(group => group.Key, group => group.Count())"
            : $"{source}.CountBy({element} => {element}).ToDictionary()";

        var existing = Existing(spot.Statement, counting);
        var name = existing ?? Names.FreshLocal(Words.Singular(Names.Camel(variable.Name, "value")) + "Counts", site.Node);
        var answer = SyntaxFactory.ParseExpression($"{name}.GetValueOrDefault({value.WithoutTrivia()})").WithTriviaFrom(question);
        if (element == "_" || element == "group" || !Comments.AreKept(question, answer))
            yield break;

        yield return new($"Count the values of '{scan.Collection.Text()}' once, before the loop", editor =>
        {
            editor.ReplaceNode(question, answer);
            Imports.TryUse(editor, question, KnownTypes.Of(model.Compilation)["System.Collections.Generic.CollectionExtensions"]!.ContainingNamespace);
            if (existing is null)
                Statements.Declare(editor, spot.Statement, $"var {name} = {counting};");
        });
    }

    private static bool IsNeverNull(ITypeSymbol type) => HashSets.IsNeverNull(type);

    /// <summary>The counts that an earlier fix put there, or null.</summary>
    private static string? Existing(SyntaxNode statement, string counting)
    {
        var node = statement.Parent is GlobalStatementSyntax global ? global : statement;
        var wanted = SyntaxFactory.ParseExpression(counting);
        foreach (var before in node.Parent?.ChildNodes().TakeWhile(sibling => sibling != node).Reverse() ?? [])
        {
            if (((before as GlobalStatementSyntax)?.Statement ?? before) is not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value, Identifier.ValueText: var name }] })
                return null;

            if (SyntaxFactory.AreEquivalent(value, wanted))
                return name;
        }

        return null;
    }
}
