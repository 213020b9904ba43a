using System.Globalization;
using System.Text;

namespace HotPath;

/// <summary>Appends the pieces of a string instead of the string.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AppendOfTemporaryFix() : RuleFix(AppendOfTemporaryAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || AppendedTemporary.Of(call, site.Options) is not { } temporary
            || call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression }, ArgumentList.Arguments: [{ NameColon: null, Expression: var value }] } syntax
            || value.ContainsDirectives || syntax.ArgumentList.DescendantNodes().Any(static node => node is AwaitExpressionSyntax))
        {
            yield break;
        }

        var isLine = call.TargetMethod.Name == "AppendLine";
        var (title, edit) = temporary.Kind switch
        {
            TemporaryKind.Concatenation => OfPieces(temporary, value, isLine, site.Model),
            TemporaryKind.Format => OfFormat(temporary, syntax, isLine, site),
            TemporaryKind.Part => OfPart(temporary, syntax, isLine, site.Model),
            TemporaryKind.Text => OfText(temporary, syntax, isLine, site.Model),
            _ => OfFormattedText(temporary, isLine, site),
        };

        if (edit is not null)
            yield return new(title, editor => editor.ReplaceNode(syntax, (current, _) => edit((InvocationExpressionSyntax)current).WithTriviaFrom(current)));
    }

    private static ExpressionSyntax Receiver(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).Expression;

    private static SyntaxTriviaList BeforeDot(InvocationExpressionSyntax call) => ((MemberAccessExpressionSyntax)call.Expression).OperatorToken.LeadingTrivia;

    /// <summary>Whether text that is appended piece by piece shows no difference: nobody sees what was appended before a piece failed, and no piece looks at the builder.</summary>
    private static bool CanBeSplit(AppendedTemporary temporary, IEnumerable<IOperation> pieces)
    {
        // A builder with a limit refuses a string that is too long, but takes its first pieces.
        if (temporary.Builder.Variable() is { } variable && Origins.Only(variable, temporary.Builder)?.Unconverted() is IObjectCreationOperation { Constructor.Parameters: var limits } && limits.Any(static limit => limit.Name == "maxCapacity"))
            return false;

        var isOwn = IsOwn(temporary);
        foreach (var piece in pieces)
        {
            if (piece.ConstantValue.HasValue)
                continue;

            if (Mentions(piece, temporary.Builder) || !isOwn && !(Queries.IsTotal(piece) && IsPlain(piece.Unconverted().Type) && !piece.DescendantsAndSelf().Any(static part => AppendedTemporary.IsBuilder(part.Type))))
                return false;
        }

        return true;
    }

    /// <summary>Whether the text of the value is made without code of the user's.</summary>
    private static bool IsPlain(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_String or SpecialType.System_DateTime or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) } or { TypeKind: TypeKind.Enum } or { Name: "Guid" or "TimeSpan" or "DateTimeOffset", ContainingNamespace.Name: "System" };

    private static bool Mentions(IOperation piece, IOperation builder) => builder.Variable() is { } variable && Aliasing.Uses(variable, piece).Any();

    /// <summary>Whether the builder is a local that nothing but this function knows and that no handler can look into.</summary>
    private static bool IsOwn(AppendedTemporary temporary)
    {
        if (temporary.Builder is not ILocalReferenceOperation { Local: var local } reference || Origins.Only(local, reference) is not { } origin || !Origins.IsFresh(origin))
            return false;

        var function = temporary.Call.Function();
        if (!Origins.IsFresh(origin) || !ReferenceEquals(origin.Function(), function))
            return false;

        for (IOperation? current = temporary.Call; current is not null && !ReferenceEquals(current, function); current = current.Parent)
        {
            if (current is ITryOperation @try && !@try.Syntax.Span.Contains(origin.Syntax.Span))
                return false;
        }

        foreach (var use in Aliasing.Uses(local, reference.Root()))
        {
            if (!ReferenceEquals(use.Reference.Function(), function) || use.Kind is not (UseKind.Called or UseKind.MemberRead or UseKind.MemberWritten or UseKind.Read or UseKind.Assigned) && use.Context is not IReturnOperation { Kind: OperationKind.Return }
                && !(use.Kind == UseKind.Passed && use.Context is IArgumentOperation { Parameter.ContainingType: var type } && type.IsFromSystem()))
            {
                return false;
            }

            // What an Append in the middle of a chain gives is the builder again.
            if (use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.IsExtensionMethod: true } })
                return false;
        }

        return true;
    }

    private static (string, Func<InvocationExpressionSyntax, ExpressionSyntax>?) OfPieces(AppendedTemporary temporary, ExpressionSyntax value, bool isLine, SemanticModel model)
    {
        const string title = "Append the pieces one by one";
        var operands = Operand.Of(value, value, model);
        operands.RemoveAll(operand => model.GetConstantValue(operand.Original) is { HasValue: true, Value: null });
        if (operands.Count == 0 || !operands.All(operand => Appended.CanBe(operand.Original, model)) || !CanBeSplit(temporary, operands.Select(operand => model.GetOperation(operand.Original)!)))
            return (title, null);

        // A builder that is appended to itself, or a span, takes another way than its text.
        if (operands.Any(operand => model.GetTypeInfo(operand.Original).Type is { } type && (AppendedTemporary.IsBuilder(type) || type.IsRefLikeType)))
            return (title, null);

        return (title, current =>
        {
            var chain = Receiver(current);
            var now = Operand.Of(value, current.ArgumentList.Arguments[0].Expression, model);
            now.RemoveAll(operand => model.GetConstantValue(operand.Original) is { HasValue: true, Value: null });
            var between = BeforeDot(current);
            for (var i = 0; i < now.Count; i++)
            {
                var isLast = isLine && i == now.Count - 1 && model.GetTypeInfo(now[i].Original).Type?.SpecialType == SpecialType.System_String;
                var trivia = i == 0 ? between : Operand.Kept(now[i].Before);
                chain = StringBuilding.Call(chain, trivia, isLast ? "AppendLine" : "Append", Appended.As(now[i].Original, now[i].Current, model));
                if (isLine && !isLast && i == now.Count - 1)
                    chain = Ended(chain, isLine: true);
            }

            return chain;
        });
    }

    private static (string, Func<InvocationExpressionSyntax, ExpressionSyntax>?) OfPart(AppendedTemporary temporary, InvocationExpressionSyntax call, bool isLine, SemanticModel model)
    {
        const string title = "Append the part of the text";
        var (source, text, arguments) = temporary.Value switch
        {
            IInvocationOperation { Instance: { } instance, Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var expression }, ArgumentList.Arguments: var given } } when given.All(static argument => argument.NameColon is null) => (instance, Materialising.Receiver(expression), given.Select(static argument => argument.WithoutTrivia().ToString()).ToList()),
            IImplicitIndexerReferenceOperation { Instance: { } instance, Syntax: ElementAccessExpressionSyntax { Expression: var expression } } => (instance, Materialising.Receiver(expression), null),
            _ => (null, "", null),
        };

        // Where there is no text, the builder appends nothing.
        if (source is null || Comments.AreInside(call.ArgumentList) || temporary.Value.Syntax.DescendantNodes().Any(static node => node is ConditionalAccessExpressionSyntax) || !Binding.IsObject(source, model) || Mentions(temporary.Value, temporary.Builder))
            return (title, null);

        if (temporary.Builder is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation))
            return (title, null);

        var span = arguments is null ? $"{text}.AsSpan()[{((ElementAccessExpressionSyntax)temporary.Value.Syntax).ArgumentList.Arguments[0].WithoutTrivia()}]" : $"{text}.AsSpan({string.Join(", ", arguments)})";
        var hasSpans = Binding.IsCallOf(model, call, arguments is null ? $"{text}.AsSpan()" : span, "System", "MemoryExtensions", "AsSpan") && Takes(temporary.Call.TargetMethod.ContainingType, "ReadOnlySpan");
        string? argument = arguments switch
        {
            [_, _] => $"{text}, {string.Join(", ", arguments)}",
            _ when hasSpans => span,
            [var from] when source is ILocalReferenceOperation or IParameterReferenceOperation && ((IInvocationOperation)temporary.Value).Arguments[0].Value.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation or { ConstantValue.HasValue: true } => $"{text}, {from}, {text}.Length - {from}",
            _ => null,
        };

        if (argument is null)
            return (title, null);

        return (title, current => Ended(StringBuilding.Call(Receiver(current), BeforeDot(current), "Append", SyntaxFactory.ParseArgumentList($"({argument})")), isLine));
    }

    private static bool Takes(INamedTypeSymbol builder, string parameter)
    {
        foreach (var member in builder.GetMembers("Append"))
        {
            if (member is IMethodSymbol { Parameters: [{ Type: var type }] } && type.Name == parameter)
                return true;
        }

        return false;
    }

    private static ExpressionSyntax Ended(ExpressionSyntax chain, bool isLine) => isLine ? StringBuilding.Call(chain, default, "AppendLine", (ExpressionSyntax?)null) : chain;

    private static (string, Func<InvocationExpressionSyntax, ExpressionSyntax>?) OfText(AppendedTemporary temporary, InvocationExpressionSyntax call, bool isLine, SemanticModel model)
    {
        const string title = "Append the value itself";
        if (temporary.Value is not IInvocationOperation { Instance: { Type: { } type } instance, Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var expression } text } } || Comments.AreInside(call.ArgumentList))
            return (title, null);

        // A number before its dot, and everything else that stands there, is an argument as it is.
        if (!type.IsValueType && !Binding.IsObject(instance, model) || text.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax))
            return (title, null);

        var isText = type.SpecialType == SpecialType.System_String;
        if (type.TypeKind is TypeKind.Class && !isText && (!Takes(temporary.Call.TargetMethod.ContainingType, type.Name) || Mentions(instance, temporary.Builder) || temporary.Builder.Variable() is null || !IsOther(instance, temporary.Builder)) || type.IsRefLikeType && !Takes(temporary.Call.TargetMethod.ContainingType, type.Name))
            return (title, null);

        return (title, current =>
        {
            var value = expression is ParenthesizedExpressionSyntax { Expression: var inner } ? inner.WithoutTrivia() : expression.WithoutTrivia();
            return isText && isLine ? StringBuilding.Call(Receiver(current), BeforeDot(current), "AppendLine", value) : Ended(StringBuilding.Call(Receiver(current), BeforeDot(current), "Append", value), isLine);
        });
    }

    /// <summary>Whether two builders are sure to be two: both made here.</summary>
    private static bool IsOther(IOperation one, IOperation other) =>
        one.Variable() is ILocalSymbol local && other.Variable() is ILocalSymbol builder && !SymbolEqualityComparer.Default.Equals(local, builder)
        && Origins.Only(local, one) is { } first && Origins.Only(builder, other) is { } second && Origins.IsFresh(first) && Origins.IsFresh(second);

    private static (string, Func<InvocationExpressionSyntax, ExpressionSyntax>?) OfFormattedText(AppendedTemporary temporary, bool isLine, Site site)
    {
        const string title = "Append an interpolated string";
        var value = (IInvocationOperation)temporary.Value;
        if (!WritesInterpolations(site) || value.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var expression }, ArgumentList.Arguments: var arguments } || arguments.Any(static argument => argument.NameColon is not null) || Comments.AreInside(value.Syntax))
            return (title, null);

        if (expression.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax) || Mentions(temporary.Value, temporary.Builder))
            return (title, null);

        var format = "";
        string? provider = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (value.TargetMethod.Parameters[i].Type.SpecialType != SpecialType.System_String)
            {
                // Evaluated before the value instead of behind it; and nothing written for no provider means the culture all the same.
                if (!IsCulture(arguments[i].Expression, site.Model))
                    return (title, null);

                provider = arguments[i].WithoutTrivia().ToString();
            }
            else if (arguments[i].Expression is LiteralExpressionSyntax { Token.Text: [.., '"'] text } && text[0] == '"' && text.Length > 2 && text.All(static c => char.IsLetterOrDigit(c) || c is '"' or '#' or '.' or ',' or '-' or '/' or ':' or ' ' or '_'))
            {
                format = ":" + text.Substring(1, text.Length - 2);
            }
            else
            {
                return (title, null);
            }
        }

        // What fails while it is formatted has written nothing yet, but the text before it in the same call would be there: there is none.
        var hole = Hole(expression);
        return hole is null ? (title, null) : (title, current => Interpolated(current, provider, $"$\"{{{hole}{format}}}\"", isLine));
    }

    private static bool IsCulture(ExpressionSyntax expression, SemanticModel model) =>
        model.GetOperation(expression)?.Unconverted() is IPropertyReferenceOperation { Property: { Name: "InvariantCulture" or "CurrentCulture", ContainingType.Name: "CultureInfo" } };

    private static ExpressionSyntax Interpolated(InvocationExpressionSyntax current, string? provider, string text, bool isLine) =>
        StringBuilding.Call(Receiver(current), BeforeDot(current), isLine ? "AppendLine" : "Append", SyntaxFactory.ParseArgumentList(provider is null ? $"({text})" : $"({provider}, {text})"));

    /// <summary>Whether interpolated strings are written into the builder without a string in between.</summary>
    private static bool WritesInterpolations(Site site) => Binding.HasLanguage(site.Node, LanguageVersion.CSharp10) && site.Types["System.Text.StringBuilder+AppendInterpolatedStringHandler"] is not null;

    /// <summary>An expression as a hole of an interpolated string; null where the older languages would not read it.</summary>
    private static string? Hole(ExpressionSyntax expression)
    {
        var text = expression.WithoutTrivia().ToString();
        if (text.IndexOf('\n') >= 0 || text.IndexOf('"') >= 0 || text.IndexOf('{') >= 0 || text.IndexOf('\\') >= 0)
            return null;

        return expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or ThisExpressionSyntax or LiteralExpressionSyntax
            || expression is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression } && text.IndexOf(':') < 0 && text.IndexOf('?') < 0
            ? text.IndexOf("::", StringComparison.Ordinal) >= 0 || text.IndexOf('?') >= 0 ? $"({text})" : text
            : $"({text})";
    }

    private static (string, Func<InvocationExpressionSyntax, ExpressionSyntax>?) OfFormat(AppendedTemporary temporary, InvocationExpressionSyntax call, bool isLine, Site site)
    {
        const string title = "Append an interpolated string";
        var format = (IInvocationOperation)temporary.Value;
        if (format.Syntax is not InvocationExpressionSyntax { ArgumentList.Arguments: var arguments } syntax || arguments.Any(static argument => argument.NameColon is not null) || Comments.AreInside(syntax))
            return (title, null);

        var hasProvider = format.TargetMethod.Parameters[0].Type.Name == "IFormatProvider";
        var first = hasProvider ? 1 : 0;
        if (hasProvider && !IsCulture(arguments[0].Expression, site.Model) || arguments.Count <= first + 1 || arguments.Count > first + 1 && format.Arguments.Any(static argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter?.IsParams == true))
            return (title, null);

        if (arguments[first].Expression is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression, Token: { Text: var literal, RawKind: (int)SyntaxKind.StringLiteralToken } })
            return (title, null);

        var values = arguments.Skip(first + 1).Select(static argument => argument.Expression).ToList();
        var operations = values.Select(value => site.Model.GetOperation(value)).ToList();
        if (operations.Any(static value => value is null or IDelegateCreationOperation || value.Type is null or IArrayTypeSymbol or { IsRefLikeType: true } || value.ConstantValue is { HasValue: true, Value: null }))
            return (title, null);

        // A list of objects given as one array has other values than its elements.
        if (values.Count == 1 && operations[0]!.Type is IArrayTypeSymbol || !CanBeSplit(temporary, operations!))
            return (title, null);

        if (!WritesInterpolations(site))
            return ("Append with AppendFormat", current => Ended(StringBuilding.Call(Receiver(current), BeforeDot(current), "AppendFormat", syntax.ArgumentList), isLine));

        return Interpolation(literal, values, operations!) is { } text
            ? (title, current => Interpolated(current, hasProvider ? arguments[0].WithoutTrivia().ToString() : null, text, isLine))
            : (title, null);
    }

    /// <summary>The format with its values in the holes; null where each value cannot stand exactly once, in order.</summary>
    private static string? Interpolation(string literal, List<ExpressionSyntax> values, List<IOperation> operations)
    {
        var isVerbatim = literal.StartsWith("@", StringComparison.Ordinal);
        if (literal.IndexOf("\\u", StringComparison.OrdinalIgnoreCase) >= 0 || literal.IndexOf("\\x", StringComparison.Ordinal) >= 0)
            return null;

        var text = new StringBuilder();
        var next = 0;
        var inOrder = true;
        for (var i = 0; i < literal.Length; i++)
        {
            var c = literal[i];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
                continue;
            }

            if (i + 1 < literal.Length && literal[i + 1] == c)
            {
                text.Append(c, 2);
                i++;
                continue;
            }

            var end = literal.IndexOf('}', i);
            if (c == '}' || end < 0)
                return null;

            var hole = literal.Substring(i + 1, end - i - 1);
            var digits = 0;
            while (digits < hole.Length && hole[digits] is >= '0' and <= '9')
                digits++;

            var rest = hole.Substring(digits);
            if (digits is 0 or > 2 || int.Parse(hole.Substring(0, digits), CultureInfo.InvariantCulture) is var place && place >= values.Count || !IsRest(rest) || Hole(values[place]) is not { } value)
                return null;

            inOrder &= place == next++;
            text.Append('{').Append(value).Append(rest).Append('}');
            i = end;
        }

        // Out of order, more than once or not at all is the same only for what does nothing but read.
        if (!(inOrder && next == values.Count) && !operations.All(static value => value.ConstantValue.HasValue || value is ILocalReferenceOperation or IParameterReferenceOperation))
            return null;

        return isVerbatim ? "$" + text : "$" + text;
    }

    /// <summary>Whether what follows the number of a hole means the same in an interpolated string: nothing, a width, a plain format.</summary>
    private static bool IsRest(string rest)
    {
        if (rest.Length == 0)
            return true;

        var at = 0;
        if (rest[at] == ',')
        {
            at++;
            if (at < rest.Length && rest[at] == '-')
                at++;

            var from = at;
            while (at < rest.Length && rest[at] is >= '0' and <= '9')
                at++;

            if (at == from)
                return false;
        }

        if (at == rest.Length)
            return true;

        return rest[at] == ':' && at + 1 < rest.Length && rest.Skip(at + 1).All(static c => char.IsLetterOrDigit(c) || c is '#' or '.' or ',' or '-' or '/' or ':' or ' ' or '_');
    }
}
