namespace HotPath;

/// <summary>Asks the set or dictionary by its own look-up.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HashedButScannedFix() : RuleFix(HashedButScannedAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || HashedScan.Of(call, site.Options) is not { IsKeyOnly: true } scan || call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } syntax)
            yield break;

        var model = site.Model;
        var key = KeyType(scan);
        var mayBeNull = false;
        if (key is null || !Equality.IsSurelyHashable(key, model.Compilation) || Equality.CanChange(key) || scan.Value.Syntax is not ExpressionSyntax value || !model.ClassifyConversion(value, key).IsImplicit
            || !SafeRead.Is(scan.Value, model, ref mayBeNull) || mayBeNull || !IsNotNull(scan.Collection, model))
        {
            yield break;
        }

        // Compared as another type, or by a method that fails on null.
        if (scan.Search is { Scan.Matches: [var match] } && (!SymbolEqualityComparer.Default.Equals(match.Type, key) || match.ThrowsOnNullKey && key.IsReferenceType && key.NullableAnnotation != NullableAnnotation.NotAnnotated))
            yield break;

        // A dictionary throws for a null key.
        if (key.IsReferenceType && scan.Value.ConstantValue is not { HasValue: true, Value: not null } && model.GetTypeInfo(value).Nullability is not { FlowState: NullableFlowState.NotNull, Annotation: NullableAnnotation.NotAnnotated })
            yield break;

        var collection = scan.Collection.Syntax.WithoutTrivia().ToString();
        var asked = value.WithoutTrivia().ToString();
        var (question, answer) = Rewritten(scan, syntax, collection, asked, model);
        if (answer is null || !Comments.AreKept(question, answer))
            yield break;

        var changes = scan.IsSameComparer is null ? $"by the comparer of '{scan.Collection.Text()}'" : null;
        yield return new($"Ask '{scan.Collection.Text()}' by '{answer.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().First(static name => name.Identifier.ValueText is "ContainsKey" or "Contains" or "GetValueOrDefault").Identifier.ValueText}'" + (changes is null ? "" : $" ({changes})"),
            editor =>
            {
                editor.ReplaceNode(question, answer.WithTriviaFrom(question));
                Imports.TryUse(editor, question, KnownTypes.Of(model.Compilation)["System.Collections.Generic.Dictionary`2"]!.ContainingNamespace);
            }, changes);
    }

    private static (ExpressionSyntax Question, ExpressionSyntax? Answer) Rewritten(HashedScan scan, InvocationExpressionSyntax call, string collection, string value, SemanticModel model)
    {
        switch (scan.Call.TargetMethod.Name)
        {
            case "Contains":
                return (call, SyntaxFactory.ParseExpression($"{collection}.Contains({value})"));

            case "Any":
                return (call, SyntaxFactory.ParseExpression($"{collection}.{(scan.IsDictionary ? "ContainsKey" : "Contains")}({value})"));

            case "All":
                ExpressionSyntax question = call;
                while (question.Parent is ParenthesizedExpressionSyntax parenthesized)
                    question = parenthesized;

                var isNegated = question.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression };
                return (isNegated ? (ExpressionSyntax)question.Parent! : call, SyntaxFactory.ParseExpression($"{(isNegated ? "" : "!")}{collection}.{(scan.IsDictionary ? "ContainsKey" : "Contains")}({value})"));

            // The value of no pair is the default value.
            case "FirstOrDefault" or "SingleOrDefault" when scan.Search?.Scan.Root.Type.IsKeyed() == true && call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Value" } member && member.Expression == call
                && KnownTypes.Of(model.Compilation)["System.Collections.Generic.CollectionExtensions"]?.GetMembers("GetValueOrDefault").IsEmpty == false && model.GetOperation(member) is IPropertyReferenceOperation:
                return (member, SyntaxFactory.ParseExpression($"{collection}.GetValueOrDefault({value}){(IsPromised(scan, member, model) ? "!" : "")}"));

            default:
                return (call, null);
        }
    }

    /// <summary>Whether the code takes the value for an object although there may be none, which the compiler sees of a dictionary.</summary>
    private static bool IsPromised(HashedScan scan, ExpressionSyntax value, SemanticModel model) =>
        scan.Collection.Type is INamedTypeSymbol { TypeArguments: [_, { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated }] } && (model.GetNullableContext(value.SpanStart) & NullableContext.WarningsEnabled) != 0;

    private static ITypeSymbol? KeyType(HashedScan scan) => scan.Collection.Type is INamedTypeSymbol { Name: "Dictionary" or "HashSet", TypeArguments: [var key, ..] } type && type.IsFromSystem() ? key : null;

    private static bool IsNotNull(IOperation collection, SemanticModel model) =>
        collection.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability is { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull }
        || collection.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { } statement && Nullness.IsNeverNullBefore(collection, statement);
}
