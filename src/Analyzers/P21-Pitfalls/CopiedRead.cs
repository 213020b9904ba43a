namespace HotPath;

/// <summary>What is copied only to be read.</summary>
internal enum CopyKind
{
    /// <summary>A part of a text.</summary>
    Text,

    /// <summary>All pieces of a text, of which one is wanted.</summary>
    Pieces,

    /// <summary>All elements of a collection, or all characters of a text.</summary>
    Elements,

    /// <summary>A range of an array.</summary>
    Range,
}

/// <summary>A copy that is read and thrown away, where the original could be read. The one recognition behind the rule and its fix.</summary>
internal sealed class CopiedRead
{
    private CopiedRead(CopyKind kind, IOperation copy, IOperation source, IOperation reader)
    {
        Kind = kind;
        Copy = copy;
        Source = source;
        Reader = reader;
    }

    /// <summary>What is copied.</summary>
    public CopyKind Kind { get; }

    /// <summary>The expression that copies.</summary>
    public IOperation Copy { get; }

    /// <summary>The original.</summary>
    public IOperation Source { get; }

    /// <summary>What reads the copy: a comparison, a call, an index, a loop, the declaration of a local that is only read.</summary>
    public IOperation Reader { get; }

    /// <summary>The local that holds the copy, or null.</summary>
    public ILocalSymbol? Local => (Reader as IVariableDeclaratorOperation)?.Symbol;

    /// <summary>What is reported: the copy with the question, or the copy alone where the question is a statement.</summary>
    public IOperation Whole => Reader is ILoopOperation or IVariableDeclaratorOperation or ISwitchOperation or ISwitchExpressionOperation ? Copy : Reader;

    /// <summary>The copy that the expression makes to be read, or null.</summary>
    public static CopiedRead? Of(IOperation copy, AnalyzerOptions options)
    {
        var found = copy switch
        {
            IInvocationOperation call => OfCall(call, options),
            IImplicitIndexerReferenceOperation { Instance: { Type.SpecialType: SpecialType.System_String } text, Argument.Type: var index } when index.Is("System", "Range") => OfText(copy, text),
            IArrayElementReferenceOperation { Indices: [{ Type: var index }], ArrayReference: var array } when index.Is("System", "Range") => OfRange(copy, array, options),
            _ => null,
        };

        if (found is null || copy.IsInExpressionTree() || Loops.IsCold(copy) || Sizes.Most(found.Source) <= Options.SmallLoop.Read(options, copy.Syntax.SyntaxTree) || !found.Whole.Binds())
            return null;

        return found.Kind == CopyKind.Text && IsConsumed(found.Source, options) ? null : found;
    }

    /// <summary>Whether the operation is a part of a text.</summary>
    public static bool IsPart(IOperation operation) => operation.Unconverted() switch
    {
        IInvocationOperation { TargetMethod: { Name: "Substring", ContainingType.SpecialType: SpecialType.System_String } } => true,
        IImplicitIndexerReferenceOperation { Instance.Type.SpecialType: SpecialType.System_String, Argument.Type: var index } => index.Is("System", "Range"),
        _ => false,
    };

    private static CopiedRead? OfCall(IInvocationOperation call, AnalyzerOptions options)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "Substring" when method.ContainingType.SpecialType == SpecialType.System_String && call.Instance is { } text:
                return OfText(call, text);

            case "Split" when method.ContainingType.SpecialType == SpecialType.System_String && call.Instance is { } text && !IsLimited(call):
                return Piece(call) is { } piece && (!IsCount(piece) || IsByCharacter(call)) ? new(CopyKind.Pieces, call, Operations.Resolved(text), piece) : null;

            case "ToCharArray" when method is { ContainingType.SpecialType: SpecialType.System_String, Parameters.IsEmpty: true } && call.Instance is { } text:
                return (Read(call, isText: true) ?? Question(call)) is { } reader ? new(CopyKind.Elements, call, Operations.Resolved(text), reader) : null;

            case "ToArray" or "ToList" when method.Parameters.Length == (method.IsStatic ? 1 : 0) && (method.ContainingType.Name == "Enumerable" || !method.IsStatic) && method.ContainingType.IsFromSystem() && call.Receiver() is { } source:
                return OfElements(call, source, options);

            default:
                return null;
        }
    }

    private static CopiedRead? OfText(IOperation copy, IOperation text) =>
        Asked(copy) is { } reader && !(text.ConstantValue.HasValue) ? new(CopyKind.Text, copy, Operations.Resolved(text), reader) : null;

    /// <summary>The question that is asked of a part of a text, or null.</summary>
    private static IOperation? Asked(IOperation copy)
    {
        var consumer = copy.Consumer(out var value);
        if (consumer is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, value))
            consumer = access.Consumer(out value);

        switch (consumer)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, LeftOperand: { Type.SpecialType: SpecialType.System_String } left, RightOperand: { Type.SpecialType: SpecialType.System_String } right } comparison:
                var other = ReferenceEquals(left, value) ? right : left;
                return other.ConstantValue is { HasValue: true, Value: null } || ReferenceEquals(right, value) && IsPart(left) ? null : comparison;

            case IIsPatternOperation { Pattern: var pattern } matching when AreTexts(pattern):
                return matching;

            case ISwitchExpressionOperation @switch when ReferenceEquals(@switch.Value, value) && @switch.Arms.All(static arm => arm.Pattern is IDiscardPatternOperation || AreTexts(arm.Pattern)):
                return @switch;

            case ISwitchOperation @switch when ReferenceEquals(@switch.Value, value) && @switch.Cases.All(static section => section.Clauses.All(static clause => clause switch
            {
                IDefaultCaseClauseOperation => true,
                ISingleValueCaseClauseOperation { Value.ConstantValue: { HasValue: true, Value: string } } => true,
                IPatternCaseClauseOperation { Pattern: var pattern } => AreTexts(pattern),
                _ => false,
            })):
                return @switch;

            case IPropertyReferenceOperation { Property: { Name: "Length" } or { IsIndexer: true } } member when ReferenceEquals(member.Instance, value):
                return member;

            case IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String } method } call when ReferenceEquals(call.Instance, value):
                return IsQuestion(method) ? call : null;

            case IArgumentOperation { Parameter: { Ordinal: 0, Type.SpecialType: SpecialType.System_String }, Parent: IInvocationOperation { Instance: { } receiver, TargetMethod: { ContainingType.SpecialType: SpecialType.System_String } method } call }:
                return IsQuestionFor(method) && !IsPart(receiver) ? call : null;

            case IArgumentOperation { Parameter: var parameter, Parent: IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.SpecialType: SpecialType.System_String } method } call }:
                return method.Name switch
                {
                    "IsNullOrEmpty" or "IsNullOrWhiteSpace" => call,
                    "Equals" when parameter?.Type.SpecialType == SpecialType.System_String => parameter.Ordinal == 1 && IsPart(call.Arguments[0].Value) ? null : call,
                    _ => null,
                };

            default:
                return null;
        }
    }

    /// <summary>Questions that a span answers in the same way; what goes by the culture without saying so is not among them.</summary>
    private static bool IsQuestion(IMethodSymbol method) => method.Name switch
    {
        "Equals" => method.Parameters[0].Type.SpecialType == SpecialType.System_String,
        "StartsWith" or "EndsWith" => method.Parameters.Length == 2 && method.Parameters[1].Type.Name == "StringComparison",
        "IndexOf" or "LastIndexOf" or "Contains" => method.Parameters is [{ Type.SpecialType: SpecialType.System_Char }],
        _ => false,
    };

    /// <summary>Questions of another text for the part, by the characters alone.</summary>
    private static bool IsQuestionFor(IMethodSymbol method) => method.Name switch
    {
        "Contains" or "Equals" => method.Parameters is [_] or [_, { Type.Name: "StringComparison" }],
        "IndexOf" or "StartsWith" or "EndsWith" => method.Parameters is [_, { Type.Name: "StringComparison" }],
        _ => false,
    };

    private static bool AreTexts(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: string } } => true,
        INegatedPatternOperation { Pattern: var inner } => AreTexts(inner),
        IBinaryPatternOperation { LeftPattern: var left, RightPattern: var right } => AreTexts(left) && AreTexts(right),
        _ => false,
    };

    /// <summary>Whether somebody said how many pieces there may be.</summary>
    private static bool IsLimited(IInvocationOperation split) => split.TargetMethod.Parameters.Any(static parameter => parameter.Type.SpecialType == SpecialType.System_Int32);

    /// <summary>What reads one piece, or counts them.</summary>
    private static IOperation? Piece(IInvocationOperation split)
    {
        switch (split.Consumer(out var value))
        {
            case IArrayElementReferenceOperation { Indices: [var index] } element when ReferenceEquals(element.ArrayReference, value) && IsRead(element):
                return index.ConstantValue is { HasValue: true, Value: int and >= 0 } || IsLast(index) ? element : null;

            // The last one of a list that is counted from its end.
            case IImplicitIndexerReferenceOperation { Argument: var index } element when ReferenceEquals(element.Instance, value) && IsRead(element):
                return IsLast(index) ? element : null;

            case IPropertyReferenceOperation { Property.Name: "Length" } count when ReferenceEquals(count.Instance, value):
                return count;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type, Name: "First" or "Last" or "Count" }, Arguments.Length: 1 } call } when type.IsFromSystem():
                return call;

            default:
                return null;
        }
    }

    private static bool IsCount(IOperation reader) => reader is IPropertyReferenceOperation or IInvocationOperation { TargetMethod.Name: "Count" };

    /// <summary>Whether one character separates the pieces: of those there is a way to count.</summary>
    private static bool IsByCharacter(IInvocationOperation split) => split.TargetMethod.Parameters[0].Type.SpecialType == SpecialType.System_Char
        || split.TargetMethod.Parameters[0].IsParams && split.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var separator }] } && split.SemanticModel?.GetTypeInfo(separator).Type?.SpecialType == SpecialType.System_Char;

    /// <summary>Whether the index is <c>^1</c>.</summary>
    public static bool IsLast(IOperation index) => index.Unconverted() is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand.ConstantValue: { HasValue: true, Value: 1 } };

    private static CopiedRead? OfElements(IInvocationOperation call, IOperation source, AnalyzerOptions options)
    {
        if (source.Type is not { } type)
            return null;

        if (IsCollection(type))
        {
            if (Question(call) is { } question)
                return question is IInvocationOperation asked && !LeavesAlone(asked, source) ? null : new(CopyKind.Elements, call, source, question);

            return type.SpecialType == SpecialType.System_String && Read(call, isText: true) is { } reader ? new(CopyKind.Elements, call, source, reader) : null;
        }

        // A window of an array or a list, in each iteration of a loop.
        return call.TargetMethod.Name == "ToArray" && source is IInvocationOperation { TargetMethod: { Name: "Take" } } take && take.Receiver() is IInvocationOperation { TargetMethod.Name: "Skip" } skip && skip.Receiver() is { Type: { } whole } array
            && (whole is IArrayTypeSymbol || whole.Is("System.Collections.Generic", "List"))
            && Read(call, isText: false) is IVariableDeclaratorOperation window && Loops.Enclosing(call, options) is not null && IsUnchanged(array, window)
            ? new(CopyKind.Range, call, array, window)
            : null;
    }

    private static CopiedRead? OfRange(IOperation copy, IOperation array, AnalyzerOptions options)
    {
        if (Question(copy) is { } question)
            return question is IInvocationOperation asked && !LeavesAlone(asked, array) ? null : new(CopyKind.Range, copy, array, question);

        return Read(copy, isText: false) is { } reader && (reader is ILoopOperation || Loops.Enclosing(copy, options) is not null) && IsUnchanged(array, reader)
            ? new(CopyKind.Range, copy, array, reader)
            : null;
    }

    /// <summary>Whether, as far as can be seen, nothing changes the original while the copy is read.</summary>
    private static bool IsUnchanged(IOperation source, IOperation reader) => Invariance.Holds(source, Region(reader));

    /// <summary>The code in which the copy is read.</summary>
    public static IOperation Region(IOperation reader)
    {
        if (reader is not IVariableDeclaratorOperation)
            return reader;

        var region = reader;
        while (region.Parent is { } parent && region is not IBlockOperation)
            region = parent;

        return region;
    }

    private static bool LeavesAlone(IInvocationOperation question, IOperation source)
    {
        foreach (var argument in question.Arguments)
        {
            if (argument.Value.Unconverted() is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } && !Invariance.Holds(source, lambda.Body))
                return false;
        }

        return true;
    }

    /// <summary>A question about a copy of a collection that the collection itself answers.</summary>
    private static IOperation? Question(IOperation copy)
    {
        switch (copy.Consumer(out var value))
        {
            case IPropertyReferenceOperation { Property: { Name: "Count" or "Length", IsIndexer: false } } count when ReferenceEquals(count.Instance, value):
                return count;

            case IPropertyReferenceOperation { Property.IsIndexer: true } element when ReferenceEquals(element.Instance, value) && IsRead(element):
                return element;

            case IArrayElementReferenceOperation { Indices: [{ Type: var index }] } element when ReferenceEquals(element.ArrayReference, value) && IsRead(element) && !index.Is("System", "Range"):
                return element;

            case IInvocationOperation { TargetMethod: { Name: "Contains", ContainingType.Name: "List" } } search when ReferenceEquals(search.Instance, value):
                return search;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" or "MemoryExtensions" } type, Name: var name } } call } when type.IsFromSystem():
                return name switch
                {
                    "SequenceEqual" when call.Arguments.Length == 2 && copy is IArrayElementReferenceOperation => call,
                    "Contains" when call.Arguments.Length == 2 => call,
                    "Count" or "Any" or "All" or "First" or "FirstOrDefault" or "Last" or "LastOrDefault" or "Single" or "SingleOrDefault" or "ElementAt" when type.Name == "Enumerable" => call,
                    _ => null,
                };

            default:
                return null;
        }
    }

    /// <summary>The loop that walks through the copy, or the declaration of a local that is nothing but read.</summary>
    private static IOperation? Read(IOperation copy, bool isText)
    {
        switch (copy.Consumer(out var value))
        {
            case IForEachLoopOperation loop when ReferenceEquals(loop.Collection.Unconverted(), copy):
                return loop;

            case IArrayElementReferenceOperation { Indices: [{ Type.SpecialType: SpecialType.System_Int32 }] } element when isText && ReferenceEquals(element.ArrayReference, value) && IsRead(element):
                return element;

            case IPropertyReferenceOperation { Property.Name: "Length" or "Count" } count when isText && ReferenceEquals(count.Instance, value):
                return count;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator }:
                return IsOnlyRead(local, declarator) ? declarator : null;

            default:
                return null;
        }
    }

    private static bool IsOnlyRead(ILocalSymbol local, IOperation declarator)
    {
        var any = false;
        foreach (var use in Aliasing.Uses(local, declarator.Root()))
        {
            any = true;
            switch (use)
            {
                case { Kind: UseKind.Enumerated, Context: IForEachLoopOperation }:
                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property: { Name: "Length" or "Count", IsIndexer: false } } }:
                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property: { IsIndexer: true } } }:
                case { Kind: UseKind.MemberRead, Context: IArrayElementReferenceOperation { Indices: [{ Type.SpecialType: SpecialType.System_Int32 }] } }:
                    break;

                default:
                    return false;
            }
        }

        return any;
    }

    private static bool IsRead(IOperation element) => Aliasing.Classify(element).Kind is not (UseKind.Assigned or UseKind.PassedByReference or UseKind.MemberWritten)
        && !(element.Type is { IsValueType: true, IsReadOnly: false, SpecialType: SpecialType.None } && Aliasing.Classify(element).Kind == UseKind.Called)
        && element.Parent is not (IAddressOfOperation or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } });

    /// <summary>Whether the type is a collection that knows how many elements it has and can be read as often as one likes.</summary>
    private static bool IsCollection(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } or { SpecialType: SpecialType.System_String })
            return true;

        return type is INamedTypeSymbol named && named.IsFromSystem() && !Queries.IsSequence(type) && CountOf(type) is not null && !Queries.IsProvider(named)
            && (IsCounted(named) || named.AllInterfaces.Any(IsCounted));

        static bool IsCounted(INamedTypeSymbol type) => type is { Name: "ICollection" or "IReadOnlyCollection", Arity: 1 };
    }

    /// <summary>The property that says how many elements there are.</summary>
    public static string? CountOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol or { SpecialType: SpecialType.System_String } || type.Is("System.Collections.Immutable", "ImmutableArray"))
            return "Length";

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers("Count").Any(static member => member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public }))
                return "Count";
        }

        return type.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(static other => !other.GetMembers("Count").IsEmpty) ? "Count" : null;
    }

    /// <summary>Whether another rule speaks of a text that a loop cuts shorter from its front.</summary>
    private static bool IsConsumed(IOperation text, AnalyzerOptions options)
    {
        if (text.Variable() is not { } variable || !Loops.MayRepeat(text))
            return false;

        foreach (var use in Aliasing.Uses(variable, text.Root()))
        {
            if (use is { Kind: UseKind.Assigned, Context: ISimpleAssignmentOperation cut } && Consumption.IsCut(cut) && Consumption.Of(cut, options) is { } consumption && consumption.Loop.Syntax.Span.Contains(text.Syntax.Span))
                return true;
        }

        return false;
    }
}
