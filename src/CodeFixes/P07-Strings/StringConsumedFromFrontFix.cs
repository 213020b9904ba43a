namespace HotPath;

/// <summary>Reads the text through a span of what is left of it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StringConsumedFromFrontFix() : RuleFix(StringConsumedFromFrontAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not ISimpleAssignmentOperation assignment || Consumption.Of(assignment, site.Options) is not { Loop.Syntax: StatementSyntax loop } found || site.Types["System.MemoryExtensions"] is null)
            yield break;

        var place = found.Place;
        if (place.Variable() is not { } variable || variable is not (ILocalSymbol { RefKind: RefKind.None } or IParameterSymbol { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } })
            || !Surrounding.CanSurround(loop) || !AllowsSpans(assignment) || !TextResult.IsUnobserved(variable, place, loop) || !Imports.IsInScope(site.Model, loop, "System"))
        {
            yield break;
        }

        if (!IsNotNull(found, variable, loop, site.Model) || Aliasing.Uses(variable, place.Root()).Any(use => !ReferenceEquals(use.Reference.Function(), assignment.Function())))
            yield break;

        Dictionary<SyntaxNode, Func<string, string>> edits = [];
        foreach (var use in Aliasing.Uses(variable, found.Loop))
        {
            if (Edit(use.Reference, found, site) is not var (node, edit))
                yield break;

            // What stands inside a cut is rewritten with it, where a span is asked in the same words.
            if (found.Cuts.FirstOrDefault(cut => cut.Syntax != node && cut.Syntax.Span.Contains(node.Span)) is not null)
            {
                if (edit?.Invoke("it") is { } text && (text is not ("it" or "it.Length") && !text.StartsWith("it[", StringComparison.Ordinal) || text.EndsWith(".ToString()", StringComparison.Ordinal)))
                    yield break;
            }
            else if (edit is not null)
            {
                edits[node] = edit;
            }
        }

        // Whoever comes back to the loop begins with what it left.
        var isNeeded = IsInLoop(loop, variable) || HasLabels(assignment)
            || Aliasing.Uses(variable, place.Root()).Any(use => use.Reference.Syntax.SpanStart > loop.Span.End && !(use.Kind == UseKind.Assigned && use.Context is ISimpleAssignmentOperation));
        var rest = Names.FreshLocal("rest", loop);
        yield return new($"Read '{variable.Name}' through a span", editor =>
        {
            foreach (var edit in edits)
                editor.ReplaceNode(edit.Key, (current, _) => SyntaxFactory.ParseExpression(edit.Value(rest)).WithTriviaFrom(current));

            Statements.Surround(editor, loop, [Statements.Declaration(rest, SyntaxFactory.ParseExpression($"{variable.Name}.AsSpan()"))], isNeeded ? [TextResult.Spaced(loop, Statements.Parse($"{variable.Name} = {rest}.ToString();").WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))] : []);
        });
    }

    /// <summary>Whether the function is one that may hold a span over the whole loop: no await, no yield, nothing captured.</summary>
    private static bool AllowsSpans(ISimpleAssignmentOperation assignment)
    {
        var function = assignment.Function();
        if (assignment.SemanticModel?.SyntaxTree.Options is not CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp7_2 } || function is IAnonymousFunctionOperation { Symbol.IsAsync: true } or ILocalFunctionOperation { Symbol.IsAsync: true })
            return false;

        if (assignment.SemanticModel.GetEnclosingSymbol(assignment.Syntax.SpanStart) is not IMethodSymbol { IsAsync: false })
            return false;

        // Top-level statements and iterators turn locals into fields.
        var body = function.Syntax;
        return body is not CompilationUnitSyntax && !body.DescendantNodes(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(static node => node is YieldStatementSyntax or AwaitExpressionSyntax);
    }

    /// <summary>A null text fails where it is first asked; a span of it would be empty.</summary>
    private static bool IsNotNull(Consumption found, ISymbol variable, StatementSyntax loop, SemanticModel model)
    {
        if (TextStart.LastBefore(found.Loop, variable) is { } start)
            return TextStart.IsText(start, model);

        return Nullness.IsNeverNullBefore(found.Place, loop) && (variable is IParameterSymbol || TextStart.IsTrusted(model, loop));
    }

    private static bool HasLabels(IOperation operation) => operation.Function().Syntax.DescendantNodes().Any(static node => node is LabeledStatementSyntax);

    private static bool IsInLoop(StatementSyntax loop, ISymbol variable) =>
        loop.Ancestors().Any(outer => outer is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax && !(variable.DeclaringSyntaxReferences is [var declared, ..] && outer.Span.Contains(declared.Span)));

    /// <summary>How a use of the text is written with a span of its rest; null where it cannot be.</summary>
    private static (SyntaxNode Node, Func<string, string>? Edit)? Edit(IOperation reference, Consumption found, Site site)
    {
        if (!ReferenceEquals(reference.Function(), found.Assignment.Function()))
            return null;

        var consumer = reference.Consumer(out var child);
        switch (consumer)
        {
            case ISimpleAssignmentOperation cut when ReferenceEquals(cut.Target, child):
                return found.Cuts.Any(one => one.Syntax == cut.Syntax) && cut.Parent is IExpressionStatementOperation && IsWholeCut(cut, out var _) ? (cut.Syntax, CutOf(cut)) : null;

            case IPropertyReferenceOperation { Property: { Name: "Length", IsIndexer: false } } length:
                return (length.Syntax, rest => $"{rest}.Length");

            case IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [{ Value.Syntax: ExpressionSyntax index }] } character when !Mentions(index, found, site.Model):
                return (character.Syntax, rest => $"{rest}[{index.WithoutTrivia()}]");

            case IPropertyReferenceOperation { Property.IsIndexer: true } character:
                return (reference.Syntax, rest => rest);

            case IImplicitIndexerReferenceOperation { Argument: var argument } indexed when argument.Unconverted() is not IRangeOperation && !IsInsideCut(indexed, found):
                return (reference.Syntax, rest => rest);

            case IImplicitIndexerReferenceOperation indexed when IsInsideCut(indexed, found):
                return (reference.Syntax, null);

            case IImplicitIndexerReferenceOperation { Argument.Syntax: ExpressionSyntax range } slice when !Mentions(range, found, site.Model):
                return (slice.Syntax, rest => $"{rest}[{range.WithoutTrivia()}].ToString()");

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                var other = comparison.LeftOperand.Syntax.Span.Contains(reference.Syntax.Span) ? comparison.RightOperand : comparison.LeftOperand;
                if (!TextRead.IsEmptyText(other))
                    return null;

                return (comparison.Syntax, rest => $"{rest}.Length {(comparison.OperatorKind == BinaryOperatorKind.Equals ? "==" : ">")} 0");

            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty", ContainingType.SpecialType: SpecialType.System_String } } asked }:
                return asked.Parent is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not ? (not.Syntax, rest => $"{rest}.Length > 0") : (asked.Syntax, rest => $"{rest}.IsEmpty");

            case IInvocationOperation call when ReferenceEquals(call.Instance, child) && call.Syntax is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } syntax:
                if (IsInsideCut(call, found))
                    return (reference.Syntax, null);

                return IsSame(call) && !Comments.AreInside(syntax) ? call.TargetMethod.Name == "Substring" ? Slice(call, found, site) : (reference.Syntax, rest => rest) : null;

            default:
                return null;
        }
    }

    /// <summary>Whether the call is part of the value of a cut, and replaced with it.</summary>
    private static bool IsInsideCut(IOperation call, Consumption found) => found.Cuts.Any(cut => cut.Value.Unconverted() is var value && (value.Syntax == call.Syntax || IsWholeCut(cut, out var inner) && inner!.Syntax == call.Syntax));

    /// <summary>Whether the value is the cut itself, or the cut with blanks trimmed off.</summary>
    private static bool IsWholeCut(ISimpleAssignmentOperation cut, out IOperation? inner)
    {
        inner = cut.Value.Unconverted();
        while (inner is IInvocationOperation { TargetMethod.Name: "Trim" or "TrimStart" or "TrimEnd", Instance: { } instance } && !Places.AreSame(instance, cut.Target))
        {
            if (((IInvocationOperation)inner).Arguments.Length > 0)
                return false;

            inner = instance.Unconverted();
        }

        return inner is IImplicitIndexerReferenceOperation || inner is IInvocationOperation { TargetMethod: var method } call
            && (method.Name is "Substring" or "Remove" || method.Name == "TrimStart" && (call.Arguments.Length == 0 || method.Parameters is [{ Type.SpecialType: SpecialType.System_Char }]));
    }

    private static Func<string, string> CutOf(ISimpleAssignmentOperation cut) => rest =>
    {
        IsWholeCut(cut, out var inner);
        var place = cut.Target.Syntax.ToString();
        List<string> tail = [];
        for (var outer = cut.Value.Unconverted(); outer is IInvocationOperation { Instance: { } instance } trim && outer.Syntax != inner!.Syntax; outer = instance.Unconverted())
            tail.Insert(0, $".{trim.TargetMethod.Name}()");

        var value = inner switch
        {
            IInvocationOperation { TargetMethod.Name: "Substring" } call => $"{rest}.Slice({With(call.Arguments[0].Value.Syntax, place, rest)})",
            IInvocationOperation { TargetMethod.Name: "Remove" } call => $"{rest}.Slice({With(call.Arguments[1].Value.Syntax, place, rest)})",
            IInvocationOperation call => $"{rest}.TrimStart({string.Join(", ", call.Arguments.Where(static argument => !argument.IsImplicit).Select(static argument => argument.Syntax.ToString()))})",
            IImplicitIndexerReferenceOperation { Argument.Syntax: var range } => $"{rest}[{With(range, place, rest)}]",
            _ => rest,
        };
        return $"{rest} = {value}{string.Concat(tail)}";
    };

    /// <summary>An expression in which the text is the span now; its uses are seen to be those that a span answers alike.</summary>
    private static string With(SyntaxNode expression, string place, string rest) =>
        expression.ReplaceNodes(expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == place && !(name.Parent is MemberAccessExpressionSyntax member && member.Name == name)), (old, _) => SyntaxFactory.IdentifierName(rest).WithTriviaFrom(old)).ToString();

    private static bool Mentions(SyntaxNode expression, Consumption found, SemanticModel model) =>
        expression.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax && model.GetOperation(node) is { } operation && Places.AreSame(operation, found.Place));

    private static (SyntaxNode Node, Func<string, string>? Edit)? Slice(IInvocationOperation call, Consumption found, Site site)
    {
        var arguments = ((InvocationExpressionSyntax)call.Syntax).ArgumentList;
        return arguments.Arguments.Any(static argument => argument.NameColon is not null) || Mentions(arguments, found, site.Model) ? null : (call.Syntax, rest => $"{rest}.Slice{arguments}.ToString()");
    }

    /// <summary>Whether a span answers the call as the string does: the same comparison, the same exceptions.</summary>
    private static bool IsSame(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var isCharacter = method.Parameters is [{ Type.SpecialType: SpecialType.System_Char }];
        var isOrdinal = method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, { Type.Name: "StringComparison" }]
            && call.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } } && call.Arguments[1].Value is IFieldReferenceOperation { Field.Name: "Ordinal" or "OrdinalIgnoreCase" };
        return method.Name switch
        {
            "Substring" => true,
            "IndexOf" or "LastIndexOf" => isCharacter || isOrdinal && method.Name == "IndexOf",
            "Contains" or "StartsWith" or "EndsWith" => isOrdinal,
            "IndexOfAny" => method.Parameters.Length == 1 && call.Arguments[0].Value.Unconverted() is IArrayCreationOperation,
            _ => false,
        };
    }
}
