namespace HotPath;

/// <summary>Reads the original.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CopyToReadFix() : RuleFix(CopyToReadAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (Reported(site) is not { } read || Comments.AreInside(read.Whole.Syntax))
            yield break;

        if (read.Local is { } local)
        {
            if (InPlaceOfLocal(read, local, site) is { } fix)
                yield return fix;

            yield break;
        }

        var (node, text) = read.Kind switch
        {
            CopyKind.Text => OfText(read, site),
            CopyKind.Pieces => OfPieces(read, site),
            CopyKind.Elements => OfElements(read, site),
            _ => OfRange(read, site),
        };

        if (text is null)
            yield break;

        SyntaxNode replacement = node is ArgumentListSyntax ? SyntaxFactory.ParseArgumentList(text) : SyntaxFactory.ParseExpression(text);
        yield return new(Title(read), editor => editor.ReplaceNode(node, (current, _) => replacement.WithTriviaFrom(current)));
    }

    private static string Title(CopiedRead read) => read.Kind == CopyKind.Pieces ? $"Leave the other pieces of '{read.Source.Text()}' alone" : $"Read '{read.Source.Text()}' itself";

    private static CopiedRead? Reported(Site site)
    {
        foreach (var node in site.Node.DescendantNodesAndSelf())
        {
            if (node is InvocationExpressionSyntax or ElementAccessExpressionSyntax && site.Model.GetOperation(node) is { } copy && CopiedRead.Of(copy, site.Options) is { } read && read.Whole.Syntax.Span == site.Node.Span)
                return read;
        }

        return null;
    }

    /// <summary>What the copy is made of, as the receiver of a call; null behind <c>?.</c>, where there may be nothing.</summary>
    private static string? Receiver(IOperation copy) => copy.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Expression: var receiver } } when !IsBehindQuestion(receiver) => Materialising.Receiver(receiver),
        ElementAccessExpressionSyntax { Expression: var receiver } when !IsBehindQuestion(receiver) => Materialising.Receiver(receiver),
        _ => null,
    };

    private static bool IsBehindQuestion(ExpressionSyntax receiver) => receiver.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax);

    /// <summary>The part of a text, or the range of an array, as a span; null where there may be none or the framework has no spans.</summary>
    private static string? Span(IOperation copy, IOperation source, Site site)
    {
        if (Receiver(copy) is not { } receiver || !Binding.IsObject(source, site.Model))
            return null;

        string? span;
        if (copy.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: var arguments })
        {
            span = arguments.Any(static argument => argument.NameColon is not null) ? null : $"{receiver}.AsSpan({string.Join(", ", arguments.Select(static argument => argument.WithoutTrivia()))})";
        }
        else
        {
            var range = ((ElementAccessExpressionSyntax)copy.Syntax).ArgumentList.Arguments[0].Expression;
            span = source.Type is IArrayTypeSymbol ? $"{receiver}.AsSpan({range.WithoutTrivia()})"
                : range is RangeExpressionSyntax { LeftOperand: null, RightOperand: { } end } && !IsFromEnd(end, site.Model) ? $"{receiver}.AsSpan(0, {end.WithoutTrivia()})"
                : range is RangeExpressionSyntax { LeftOperand: { } start, RightOperand: null } && !IsFromEnd(start, site.Model) ? $"{receiver}.AsSpan({start.WithoutTrivia()})"
                : $"{receiver}.AsSpan()[{range.WithoutTrivia()}]";
        }

        if (span is null || !Binding.IsCallOf(site.Model, copy.Syntax, span.EndsWith("]", StringComparison.Ordinal) ? $"{receiver}.AsSpan()" : span, "System", "MemoryExtensions", "AsSpan"))
            return null;

        return span;
    }

    private static bool IsFromEnd(ExpressionSyntax index, SemanticModel model) => model.GetTypeInfo(index).Type?.SpecialType != SpecialType.System_Int32;

    private static (SyntaxNode Node, string? Text) OfText(CopiedRead read, Site site)
    {
        var whole = read.Reader.Syntax;

        // A span lives on the stack: nothing may wait while it is there.
        if (Binding.Pauses(whole) && !(read.Reader is not (ISwitchOperation or ISwitchExpressionOperation) && !Binding.Pauses(AfterCopy(read))))
            return (whole, null);

        switch (read.Reader)
        {
            case IBinaryOperation { LeftOperand: var left, RightOperand: var right, OperatorKind: var kind }:
                var isLeft = left.Syntax.Span.Contains(read.Copy.Syntax.Span);
                return (whole, Compared(read, isLeft ? right : left, isLeft, kind == BinaryOperatorKind.NotEquals, site));

            case IIsPatternOperation { Pattern: IConstantPatternOperation { Value: var value } }:
                return (whole, Compared(read, value, true, false, site));

            case IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var value } } }:
                return (whole, Compared(read, value, true, true, site));

            case IIsPatternOperation:
                return (read.Copy.Syntax, Binding.HasLanguage(whole, LanguageVersion.CSharp11) ? Span(read.Copy, read.Source, site) : null);

            case ISwitchOperation or ISwitchExpressionOperation:
                return (read.Copy.Syntax, Binding.HasLanguage(whole, LanguageVersion.CSharp11) && Binding.AllowsSpans(whole, site.Model) && !whole.DescendantNodes().Any(static node => node is GotoStatementSyntax) ? Span(read.Copy, read.Source, site) : null);

            case IPropertyReferenceOperation:
                return (read.Copy.Syntax, Span(read.Copy, read.Source, site));

            case IInvocationOperation { Instance: { } searched } call when !searched.Syntax.Span.Contains(read.Copy.Syntax.Span):
                return (whole, SearchedFor(read, searched, call, site));

            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: var name } } call when name != "Equals":
                return (whole, Span(read.Copy, read.Source, site) is { } asked ? $"{asked}.{(name == "IsNullOrEmpty" ? "IsEmpty" : "IsWhiteSpace()")}" : null);

            case IInvocationOperation { TargetMethod.Name: "Equals" } call:
                var isReceiver = call.Instance is not null;
                var isFirst = isReceiver || call.Arguments[0].Value.Syntax.Span.Contains(read.Copy.Syntax.Span);
                var other = call.Arguments[isReceiver || !isFirst ? 0 : 1].Value;
                if (call.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: var given } || given.Any(static argument => argument.NameColon is not null))
                    return (whole, null);

                if (call.Arguments.Length == (isReceiver ? 1 : 2))
                    return (whole, Compared(read, other, isFirst, false, site));

                return (whole, isFirst && Other(read, other, isFirst, site) is { } second && Span(read.Copy, read.Source, site) is { } first ? $"{first}.Equals({second}, {given.Last().WithoutTrivia()})" : null);

            case IInvocationOperation { Arguments: var arguments } question:
                if (Span(read.Copy, read.Source, site) is not { } span || arguments.Any(argument => argument.Value.Type?.SpecialType == SpecialType.System_String && !Binding.IsObject(argument.Value, site.Model)))
                    return (whole, null);

                var replaced = whole.ReplaceNode(read.Copy.Syntax, SyntaxFactory.ParseExpression(span)).WithoutTrivia().ToString();
                return (whole, Binding.IsCallOf(site.Model, whole, replaced, "System", "MemoryExtensions", question.TargetMethod.Name) ? replaced : null);

            default:
                return (whole, null);
        }
    }

    /// <summary>The question of another text for the part, or for the one character that it is.</summary>
    private static string? SearchedFor(CopiedRead read, IOperation asked, IInvocationOperation call, Site site)
    {
        if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var text }, ArgumentList.Arguments: var given } || given.Any(static argument => argument.NameColon is not null) || !Binding.IsObject(asked, site.Model))
            return null;

        var name = call.TargetMethod.Name;
        var comparison = given.Count == 2 ? given[1].WithoutTrivia().ToString() : null;
        var receiver = Materialising.Receiver(text);
        var isOrdinal = comparison is null || call.Arguments[1].Value.ConstantValue is { HasValue: true, Value: (int)StringComparison.Ordinal };

        if (isOrdinal && name is "Contains" or "IndexOf" && read.Source.Variable() is not null && Receiver(read.Copy) is { } source && Part(read.Copy) is var (start, length) && length == 1
            && (start is null ? Lengths.Least(read.Source, read.Copy) > 0 : Lengths.IsWithin(start, read.Source, read.Copy)))
        {
            var character = $"{receiver}.{name}({source}[{start?.Syntax.WithoutTrivia().ToString() ?? "0"}])";
            if (Binding.IsCallOf(site.Model, call.Syntax, character, "System", "String", name))
                return character;
        }

        if (Span(read.Copy, read.Source, site) is not { } span)
            return null;

        var question = name == "Equals" && comparison is null ? $"{receiver}.AsSpan().SequenceEqual({span})" : $"{receiver}.AsSpan().{name}({span}, {comparison ?? "StringComparison.Ordinal"})";
        return Binding.IsCallOf(site.Model, call.Syntax, question, "System", "MemoryExtensions", name == "Equals" && comparison is null ? "SequenceEqual" : name) ? question : null;
    }

    /// <summary>What is evaluated while the part of the text is there.</summary>
    private static SyntaxNode AfterCopy(CopiedRead read) => read.Reader switch
    {
        IBinaryOperation binary when binary.LeftOperand.Syntax.Span.Contains(read.Copy.Syntax.Span) => binary.RightOperand.Syntax,
        IIsPatternOperation matching => matching.Pattern.Syntax,
        _ => read.Reader.Syntax,
    };

    /// <summary>The comparison without the copy.</summary>
    private static string? Compared(CopiedRead read, IOperation other, bool isFirst, bool isNegated, Site site)
    {
        if (Receiver(read.Copy) is not { } receiver || Other(read, other, isFirst, site) is not { } value)
            return null;

        var whole = read.Reader.Syntax;
        var isOperator = read.Reader is IBinaryOperation or IIsPatternOperation;
        var not = isNegated ? "!" : "";
        if (read.Source.Variable() is not null && other.ConstantValue is { HasValue: true, Value: string constant } && Part(read.Copy) is var (start, length) && length == constant.Length)
        {
            var isWithin = start is null ? Lengths.Least(read.Source, read.Copy) > 0 : Lengths.IsWithin(start, read.Source, read.Copy);
            if (length == 1 && isOperator && isWithin)
            {
                var place = start is null ? "0" : start.Syntax.WithoutTrivia().ToString();
                var character = SymbolDisplay.FormatLiteral(constant[0], quote: true);
                return read.Reader is IBinaryOperation ? $"{receiver}[{place}] {(isNegated ? "!=" : "==")} {character}" : $"{receiver}[{place}] is {(isNegated ? "not " : "")}{character}";
            }

            var starts = $"{receiver}.StartsWith({value}, StringComparison.Ordinal)";
            if (length > 0 && start is null or { ConstantValue: { HasValue: true, Value: 0 } } && Lengths.Least(read.Source, read.Copy) >= length && Binding.IsCallOf(site.Model, whole, starts, "System", "String", "StartsWith"))
                return not + starts;
        }

        if (Span(read.Copy, read.Source, site) is not { } span)
            return null;

        if (isOperator && other.Syntax is LiteralExpressionSyntax && Binding.HasLanguage(whole, LanguageVersion.CSharp11))
            return $"{span} is {(isNegated ? "not " : "")}{value}";

        var equal = $"{span}.SequenceEqual({value})";
        return Binding.IsCallOf(site.Model, whole, equal, "System", "MemoryExtensions", "SequenceEqual") ? not + equal : null;
    }

    /// <summary>Where the part starts, null for the beginning of the text, and how long it is, if that is constant.</summary>
    private static (IOperation? Start, int Length)? Part(IOperation copy)
    {
        switch (copy)
        {
            case IInvocationOperation { Arguments: [{ Parameter.Ordinal: 0, Value: var start }, { Value.ConstantValue: { HasValue: true, Value: int length } }] }:
                return (start, length);

            case IImplicitIndexerReferenceOperation { Argument: IRangeOperation { LeftOperand: var from, RightOperand: { } to } } when to.Unconverted() is { ConstantValue: { HasValue: true, Value: int end } }:
                if (from is null)
                    return (null, end);

                return from.Unconverted() is { ConstantValue: { HasValue: true, Value: int begin } } first && begin <= end ? (first, end - begin) : null;

            default:
                return null;
        }
    }

    /// <summary>What the part is compared with; null where that may be nothing, or is evaluated before the part and may do something.</summary>
    private static string? Other(CopiedRead read, IOperation other, bool isFirst, Site site)
    {
        if (other.Syntax is not ExpressionSyntax syntax)
            return null;

        if (other.ConstantValue is { HasValue: true, Value: string })
            return Argument(syntax);

        if (!isFirst && other.Unconverted() is not (ILocalReferenceOperation or IParameterReferenceOperation) || !isFirst && Effects.Of(read.Copy) is not { AreReadOnly: true, Written.Count: 0 })
            return null;

        if (CopiedRead.IsPart(other))
        {
            var source = other.Unconverted() switch
            {
                IInvocationOperation { Instance: { } text } => text,
                IImplicitIndexerReferenceOperation { Instance: { } text } => text,
                _ => null,
            };
            return source is null || Binding.Pauses(syntax) ? null : Span(other.Unconverted(), source, site);
        }

        return Binding.IsObject(other, site.Model) ? Argument(syntax) : null;
    }

    private static string Argument(ExpressionSyntax syntax) => syntax is ParenthesizedExpressionSyntax { Expression: var inner } ? inner.WithoutTrivia().ToString() : syntax.WithoutTrivia().ToString();

    private static (SyntaxNode Node, string? Text) OfPieces(CopiedRead read, Site site)
    {
        var split = (IInvocationOperation)read.Copy;
        if (split.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } syntax || arguments.Any(static argument => argument.NameColon is not null))
            return (read.Whole.Syntax, null);

        var parameters = split.TargetMethod.Parameters;
        var keepsEmpty = !parameters.Any(static parameter => parameter.Type.Name == "StringSplitOptions");
        foreach (var argument in split.Arguments)
        {
            if (argument.Parameter?.Type.Name != "StringSplitOptions")
                continue;

            // What trims looks at pieces in its own way.
            if (argument.Value.ConstantValue is not { HasValue: true, Value: 0 or 1 })
                return (read.Whole.Syntax, null);

            keepsEmpty = argument.Value.ConstantValue.Value is 0;
        }

        var isCharacter = parameters[0].Type.SpecialType == SpecialType.System_Char || parameters[0].IsParams && arguments.Count == 1 && site.Model.GetTypeInfo(arguments[0].Expression).Type?.SpecialType == SpecialType.System_Char;
        switch (read.Reader)
        {
            case IPropertyReferenceOperation or IInvocationOperation { TargetMethod.Name: "Count" }:
                if (!isCharacter || !keepsEmpty || Receiver(split) is not { } counted || !Binding.IsObject(read.Source, site.Model))
                    return (read.Whole.Syntax, null);

                var count = $"{counted}.AsSpan().Count({arguments[0].WithoutTrivia()})";
                if (!Binding.IsCallOf(site.Model, syntax, count, "System", "MemoryExtensions", "Count"))
                    return (read.Whole.Syntax, null);

                return (read.Whole.Syntax, IsOnItsOwn(read.Whole.Syntax) ? $"{count} + 1" : $"({count} + 1)");

            case IInvocationOperation { TargetMethod.Name: "Last" }:
            case IArrayElementReferenceOperation { Indices: [var index] } when CopiedRead.IsLast(index):
            case IImplicitIndexerReferenceOperation:
                // A separator that can be read twice without a difference, and a text that is a variable.
                if (!isCharacter || !keepsEmpty || read.Source is not (ILocalReferenceOperation or IParameterReferenceOperation) || Receiver(split) is not { } cut || site.Model.GetOperation(arguments[0].Expression)?.ConstantValue.HasValue != true)
                    return (read.Whole.Syntax, null);

                return (read.Whole.Syntax, $"{cut}.Substring({cut}.LastIndexOf({arguments[0].WithoutTrivia()}) + 1)");

            default:
                var place = read.Reader is IArrayElementReferenceOperation { Indices: [{ ConstantValue: { HasValue: true, Value: int number } }] } ? number : 0;
                if (place > 1_000 || arguments.Count == 0)
                    return (read.Whole.Syntax, null);

                return (syntax.ArgumentList, Limited(split, syntax, place + 2, site));
        }
    }

    private static bool IsOnItsOwn(SyntaxNode node) => node.Parent is ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or ParenthesizedExpressionSyntax
        || node.Parent is AssignmentExpressionSyntax assignment && assignment.Right == node
        || node.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression or (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanExpression or (int)SyntaxKind.GreaterThanOrEqualExpression };

    /// <summary>The split with the number of pieces after which it may stop: the last of them is the rest of the text.</summary>
    private static string? Limited(IInvocationOperation split, InvocationExpressionSyntax syntax, int count, Site site)
    {
        var arguments = syntax.ArgumentList.Arguments;
        var first = split.TargetMethod.Parameters[0];
        var isExpanded = first.IsParams && arguments.All(argument => site.Model.GetTypeInfo(argument.Expression).Type?.SpecialType == SpecialType.System_Char);
        if (first.IsParams && !isExpanded && first.Type is not IArrayTypeSymbol)
            return null;

        var target = syntax.Expression.WithoutTrivia().ToString();
        var separators = isExpanded ? $"new[] {{ {string.Join(", ", arguments.Select(static argument => argument.WithoutTrivia()))} }}" : arguments[0].WithoutTrivia().ToString();
        var options = !isExpanded && arguments.Count == 2 ? $", {arguments[1].WithoutTrivia()}" : "";
        List<string> forms = [$"({separators}, {count}{options})"];
        if (isExpanded && arguments.Count == 1)
            forms.Insert(0, $"({arguments[0].WithoutTrivia()}, {count})");

        foreach (var form in forms)
        {
            // Behind '?.' there is nothing to bind, but what the framework has does not depend on the text.
            var asked = (target.StartsWith(".", StringComparison.Ordinal) ? "\"\"" : "") + target + form;
            if (Binding.Method(site.Model, syntax, asked) is { Name: "Split", ContainingType.SpecialType: SpecialType.System_String, Parameters: [_, { Type.SpecialType: SpecialType.System_Int32 }, ..] })
                return form;
        }

        return null;
    }

    private static (SyntaxNode Node, string? Text) OfElements(CopiedRead read, Site site)
    {
        var copy = (IInvocationOperation)read.Copy;
        var type = read.Source.Type!;
        if (Receiver(copy) is not { } receiver || type.Is("System.Collections.Immutable", "ImmutableArray"))
            return (read.Whole.Syntax, null);

        // An extension method says which argument was missing, a member of nothing does not.
        var isObject = Binding.IsObject(read.Source, site.Model);
        var failsAlike = copy.TargetMethod.IsStatic ? isObject : true;
        var isConcurrent = type.ContainingNamespace.Is("System.Collections.Concurrent");

        switch (read.Reader)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: false } or IInvocationOperation { TargetMethod.Name: "Count", Arguments.Length: 1 }:
                return (read.Whole.Syntax, failsAlike ? $"{receiver}.{CopiedRead.CountOf(type)}" : null);

            case IForEachLoopOperation:
                return (copy.Syntax, failsAlike ? receiver : null);

            case IPropertyReferenceOperation or IArrayElementReferenceOperation:
                var isArray = copy.Type is IArrayTypeSymbol;
                var isSame = type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } ? isArray : !isArray && type.Is("System.Collections.Generic", "List");
                var index = ((ElementAccessExpressionSyntax)read.Reader.Syntax).ArgumentList;
                return (copy.Syntax, failsAlike && isSame && read.Reader.ChildOperations.All(child => child.Syntax.Span == copy.Syntax.Span || IsQuiet(child)) && index.Arguments.Count == 1 ? receiver : null);

            case IInvocationOperation { TargetMethod: { Name: var name } } question when !isConcurrent:
                if (question.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var asked } } || asked != copy.Syntax)
                    return (read.Whole.Syntax, null);

                foreach (var argument in question.Arguments)
                {
                    if (question.TargetMethod.IsStatic && argument.Parameter?.Ordinal == 0 || argument.IsImplicit)
                        continue;

                    var given = argument.Value.Unconverted();
                    if (given.Type?.TypeKind == TypeKind.Delegate ? !(given is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } && Invariance.IsProven(read.Source, lambda.Body)) : !IsQuiet(given))
                        return (read.Whole.Syntax, null);
                }

                // A set, or a table, has a comparer of its own.
                if (name == "Contains" && !(isObject && (type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } || type.Is("System.Collections.Generic", "List") || type.Is("System.Collections.Generic", "Queue") || type.Is("System.Collections.Generic", "Stack"))))
                    return (read.Whole.Syntax, null);

                return (copy.Syntax, copy.TargetMethod.IsStatic || isObject ? receiver : null);

            default:
                return (read.Whole.Syntax, null);
        }
    }

    /// <summary>Whether the value is computed without any effect, so that it cannot change what was copied before it.</summary>
    private static bool IsQuiet(IOperation value) => value.ConstantValue.HasValue || value is ILocalReferenceOperation or IParameterReferenceOperation || Effects.Of(value) is { AreReadOnly: true, Written.Count: 0 };

    private static (SyntaxNode Node, string? Text) OfRange(CopiedRead read, Site site)
    {
        if (read.Copy is not IArrayElementReferenceOperation copy || !IsPlainArray(read.Source) || Span(copy, read.Source, site) is not { } span)
            return (read.Whole.Syntax, null);

        switch (read.Reader)
        {
            case IPropertyReferenceOperation:
                return (copy.Syntax, span);

            case IArrayElementReferenceOperation { Indices: [var index] }:
                return (copy.Syntax, IsQuiet(index) && index.Type?.SpecialType == SpecialType.System_Int32 ? span : null);

            case IForEachLoopOperation { Syntax: ForEachStatementSyntax loop }:
                return (copy.Syntax, Binding.AllowsSpans(loop, site.Model) && !Binding.Pauses(loop) && Invariance.IsProven(read.Source, read.Reader) ? span : null);

            case IInvocationOperation { TargetMethod.Name: "SequenceEqual" } call when call.ArgumentOf(1)?.Unconverted() is { } other && other.Syntax is ExpressionSyntax syntax:
                var isPlain = other.Type is IArrayTypeSymbol { ElementType: var element } && SymbolEqualityComparer.Default.Equals(element, ((IArrayTypeSymbol)read.Source.Type!).ElementType) && element.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64;
                var equal = $"{span}.SequenceEqual({syntax.WithoutTrivia()})";
                return (call.Syntax, isPlain && Binding.IsObject(other, site.Model) && IsQuiet(other) && !Binding.Pauses(call.Syntax) && Binding.IsCallOf(site.Model, call.Syntax, equal, "System", "MemoryExtensions", "SequenceEqual") ? equal : null);

            default:
                return (read.Whole.Syntax, null);
        }
    }

    /// <summary>Whether the array is sure to be one of its own element type, as a span demands.</summary>
    private static bool IsPlainArray(IOperation array) => array.Type is IArrayTypeSymbol { ElementType: { IsValueType: true } or { IsSealed: true } };

    /// <summary>Reads the original wherever the local with the copy is read.</summary>
    private static Fix? InPlaceOfLocal(CopiedRead read, ILocalSymbol local, Site site)
    {
        if (read.Reader.Syntax is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax, UsingKeyword.RawKind: 0 } statement } declaration } || !Binding.IsObject(read.Source, site.Model))
            return null;

        if (read.Kind == CopyKind.Range)
        {
            var region = CopiedRead.Region(read.Reader);
            if (read.Copy is not IArrayElementReferenceOperation copy || !IsPlainArray(read.Source) || !IsSteadyHandle(read.Source) || Span(copy, read.Source, site) is not { } span || !Binding.AllowsSpans(statement, site.Model) || Binding.Pauses(region.Syntax) || !Invariance.IsProven(read.Source, region))
                return null;

            foreach (var use in Aliasing.Uses(local, region.Root()))
            {
                if (!ReferenceEquals(use.Reference.Function(), read.Reader.Function()) || use.Context is IArrayElementReferenceOperation { Indices: [{ Type.SpecialType: not SpecialType.System_Int32 }] })
                    return null;
            }

            var type = SyntaxFactory.IdentifierName("var");
            return new(Title(read), editor =>
            {
                editor.ReplaceNode(copy.Syntax, (current, _) => SyntaxFactory.ParseExpression(span).WithTriviaFrom(current));
                editor.ReplaceNode(declaration.Type, (current, _) => type.WithTriviaFrom(current));
            });
        }

        if (read.Copy.Type is not IArrayTypeSymbol || read.Source is not (ILocalReferenceOperation or IParameterReferenceOperation { Parameter.RefKind: RefKind.None }) || !IsSteadyHandle(read.Source) || statement.GetLeadingTrivia().Concat(statement.GetTrailingTrivia()).Any(static trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)))
            return null;

        var text = ((ExpressionSyntax)read.Source.Syntax).WithoutTrivia();
        var uses = Aliasing.Uses(local, read.Reader.Root()).Select(static use => use.Reference.Syntax).ToList();
        return new(Title(read), editor =>
        {
            foreach (var use in uses)
                editor.ReplaceNode(use, (current, _) => text.WithTriviaFrom(current));

            editor.RemoveNode(statement);
        });
    }

    /// <summary>Whether the variable is a parameter that keeps what it was given, or a local that gets one value.</summary>
    private static bool IsSteadyHandle(IOperation source) => source.Variable() is { } variable and (ILocalSymbol or IParameterSymbol)
        && Aliasing.Uses(variable, source.Root()).Count(static use => use.Kind is UseKind.Assigned or UseKind.PassedByReference) == 0;
}
