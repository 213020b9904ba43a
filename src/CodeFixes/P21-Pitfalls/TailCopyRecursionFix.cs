namespace HotPath;

/// <summary>Makes the parameter a span: what is left is handed on without a copy.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class TailCopyRecursionFix() : RuleFix(TailCopyRecursionAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Node is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax) || site.Model.GetDeclaredSymbol(site.Node) is not IMethodSymbol method || !CanChange(method, site) || site.Types["System.ReadOnlySpan`1"] is not { } span || site.Types["System.MemoryExtensions"] is null)
            yield break;

        var root = site.Model.GetOperation(site.Node);
        if (root is null || Found(root, method) is not { } found || found.Parameter is not { Type: var type, HasExplicitDefaultValue: false } parameter || parameter.Type is not (IArrayTypeSymbol or { SpecialType: SpecialType.System_String })
            || parameter.DeclaringSyntaxReferences is not [var declared] || declared.GetSyntax() is not ParameterSyntax { Type: { } written } declaration || declaration.Modifiers.Any())
        {
            yield break;
        }

        Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> edits = [];
        foreach (var use in Aliasing.Uses(parameter, root))
        {
            if (!ReferenceEquals(use.Reference.Function(), root) || Edit(use.Reference, found, method) is not { } edit)
                yield break;

            if (edit.Change is not null)
                edits[edit.Node] = edit.Change;
        }

        // Whoever calls it hands over a text or array that is not null, and nothing that is a span's business.
        if (!Callers(method, site).All(call => call?.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal) is { Value: var given } && (given.DescendantsAndSelf().Any(part => Aliasing.Refers(part, parameter)) || IsNotNull(given, site))))
            yield break;

        var element = type is IArrayTypeSymbol { ElementType: var item } ? item.ToMinimalDisplayString(site.Model, written.SpanStart) : "char";
        yield return new($"Hand on a span of '{parameter.Name}'", editor =>
        {
            foreach (var edit in edits.OrderBy(static edit => edit.Key.Span.Length))
                editor.ReplaceNode(edit.Key, (current, _) => edit.Value(current).WithTriviaFrom(current));

            editor.ReplaceNode(written, SyntaxFactory.ParseTypeName($"{Imports.Name(editor, written, span)}<{element}>").WithTriviaFrom(written));
        });
    }

    /// <summary>Whether nobody outside this type calls it, and it runs from start to end at once.</summary>
    private static bool CanChange(IMethodSymbol method, Site site)
    {
        if (method is not ({ MethodKind: MethodKind.LocalFunction } or { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, IsPartialDefinition: false }) || method.IsAsync || Queries.IsIterator(method) || !method.ExplicitInterfaceImplementations.IsEmpty || !method.GetAttributes().IsEmpty)
            return false;

        return method.ContainingType is not { DeclaringSyntaxReferences: var parts } || parts.All(part => part.SyntaxTree == site.Node.SyntaxTree)
            && site.Model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp8 } && !Overloads(method);
    }

    /// <summary>Another method of that name could be chosen instead.</summary>
    private static bool Overloads(IMethodSymbol method) => method.MethodKind == MethodKind.Ordinary && method.ContainingType.GetMembers(method.Name).Length > 1;

    private static TailCopy? Found(IOperation root, IMethodSymbol method)
    {
        foreach (var part in root.Descendants())
        {
            if (part is IInvocationOperation call && TailCopy.Of(call, method) is { } found && SymbolEqualityComparer.Default.Equals(found.Method, method.OriginalDefinition))
                return found;
        }

        return null;
    }

    /// <summary>Every call of the method; null stands for its name used as a delegate, in an expression tree, or beside an await, over which no span lives.</summary>
    private static IEnumerable<IInvocationOperation?> Callers(IMethodSymbol method, Site site)
    {
        foreach (var node in site.Node.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is not SimpleNameSyntax { Identifier.ValueText: var name } || name != method.Name || !SymbolEqualityComparer.Default.Equals(site.Model.GetSymbolInfo(node).Symbol?.OriginalDefinition, method.OriginalDefinition))
                continue;

            var called = node.Parent is MemberAccessExpressionSyntax member && member.Name == node ? member : node;
            yield return called.Parent is InvocationExpressionSyntax invocation && invocation.Expression == called && site.Model.GetOperation(invocation) is IInvocationOperation call && !call.IsInExpressionTree() && !invocation.ArgumentList.DescendantNodes().Any(static inner => inner is AwaitExpressionSyntax) ? call : null;
        }
    }

    private static bool IsNotNull(IOperation given, Site site)
    {
        // A promise of the author's is no proof: a span of null would be empty, where the text failed.
        var value = given.Unconverted();
        if (value.Syntax.Parent.IsKind(SyntaxKind.SuppressNullableWarningExpression) || value.Syntax.DescendantNodesAndSelf().Any(static node => node.IsKind(SyntaxKind.SuppressNullableWarningExpression)))
            return false;

        if (Nullness.IsNotNull(value, site.Model))
            return true;

        return value.Syntax is ExpressionSyntax syntax && TextStart.IsTrusted(site.Model, syntax) && site.Model.GetTypeInfo(syntax).Nullability.FlowState == NullableFlowState.NotNull;
    }

    /// <summary>How a use of the parameter is written with a span; null where it cannot be.</summary>
    private static (SyntaxNode Node, Func<SyntaxNode, SyntaxNode>? Change)? Edit(IOperation reference, TailCopy found, IMethodSymbol method)
    {
        var consumer = reference.Consumer(out _);
        switch (consumer)
        {
            case IPropertyReferenceOperation { Property: { Name: "Length", IsIndexer: false } }:
            case IPropertyReferenceOperation { Property.IsIndexer: true }:
            case IImplicitIndexerReferenceOperation { Argument: var index } when index.Unconverted() is not IRangeOperation && consumer.Type is { IsReferenceType: false } or { SpecialType: SpecialType.System_String }:
            case IArrayElementReferenceOperation { Indices: [var place] } when place.Unconverted() is not IRangeOperation && Aliasing.Classify(reference).Kind == UseKind.MemberRead:
                return (reference.Syntax, null);

            case IImplicitIndexerReferenceOperation or IArrayElementReferenceOperation when IsHandedOn(consumer, method) && Aliasing.Classify(reference).Kind == UseKind.MemberRead:
                return (reference.Syntax, null);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when found.Parameter.Type.SpecialType == SpecialType.System_String:
                var other = comparison.LeftOperand.Syntax.Span.Contains(reference.Syntax.Span) ? comparison.RightOperand : comparison.LeftOperand;
                return TextRead.IsEmptyText(other) ? (comparison.Syntax, _ => SyntaxFactory.ParseExpression($"{reference.Syntax.WithoutTrivia()}.Length {(comparison.OperatorKind == BinaryOperatorKind.Equals ? "==" : ">")} 0")) : null;

            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty", ContainingType.SpecialType: SpecialType.System_String } } asked }:
                return (asked.Syntax, _ => SyntaxFactory.ParseExpression($"{reference.Syntax.WithoutTrivia()}.IsEmpty"));

            case IInvocationOperation { TargetMethod: { Name: "Substring", ContainingType.SpecialType: SpecialType.System_String }, Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } } cut when IsHandedOn(cut, method):
                return (cut.Syntax, static current => Sliced((InvocationExpressionSyntax)current));

            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var called } } when SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, method.OriginalDefinition):
            case IForEachLoopOperation { IsAsynchronous: false }:
                return (reference.Syntax, null);

            default:
                return null;
        }
    }

    private static SyntaxNode Sliced(InvocationExpressionSyntax call) =>
        call.WithExpression(((MemberAccessExpressionSyntax)call.Expression).WithName(SyntaxFactory.IdentifierName("Slice")));

    /// <summary>Whether the copy goes straight into the call of the method itself, as the parameter that becomes a span.</summary>
    private static bool IsHandedOn(IOperation copy, IMethodSymbol method) =>
        copy.Consumer(out _) is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var called } } && SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, method.OriginalDefinition);
}
