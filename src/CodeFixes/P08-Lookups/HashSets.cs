namespace HotPath;

/// <summary>What it takes to ask a hash set instead of a list, and how the set is written.</summary>
internal static class HashSets
{
    /// <summary>Whether a hash set answers the question as the scan does, whatever is in the list.</summary>
    public static bool Agrees(Membership scan, SemanticModel model)
    {
        if (KnownTypes.Of(model.Compilation)["System.Collections.Generic.HashSet`1"] is null || !scan.IsSameType || !IsNameable(scan.Element) || !IsKnown(scan.Comparer) || scan.StringComparer is "CurrentCulture" or "CurrentCultureIgnoreCase")
            return false;

        // What a reference to the variable refers to can be another variable.
        if (!IsPlain(scan.Collection) || scan.Collection.Variable() is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None })
            return false;

        if (scan.Comparer is null && scan.StringComparer is null && !Equality.IsSurelyHashable(scan.Element, model.Compilation))
            return false;

        if (scan.Value.Syntax is not ExpressionSyntax value || !model.ClassifyConversion(value, scan.Element).IsImplicit)
            return false;

        // A lambda computes the value once per element, and never for an empty list: a set asks for it once in any case.
        return scan.Lambda is null
            || IsSafe(scan.Value, model)
                && !(scan.ThrowsOnNullElement && !IsNeverNull(scan.Element))
                && !(scan.ThrowsOnNullValue && !scan.Value.Type!.IsValueType && model.GetTypeInfo(value).Nullability.FlowState != NullableFlowState.NotNull);
    }

    /// <summary>Whether the collection's own <c>Contains</c> answers the question as the lambda does.</summary>
    public static bool Compares(Membership scan, SemanticModel model) =>
        scan is { Lambda: not null, IsSameType: true, Comparer: null, StringComparer: null or "Ordinal" } && (IsPlain(scan.Collection) || scan.Collection.Type is { SpecialType: SpecialType.System_String })
        && scan.Value.Syntax is ExpressionSyntax value && model.ClassifyConversion(value, scan.Element).IsImplicit
        && IsSafe(scan.Value, model)
        && !(scan.ThrowsOnNullElement && !IsNeverNull(scan.Element))
        && !(scan.ThrowsOnNullValue && !scan.Value.Type!.IsValueType && model.GetTypeInfo(value).Nullability.FlowState != NullableFlowState.NotNull);

    /// <summary>Whether the collection is one of the library's own that compares element by element with the default comparer: an interface may hide anything.</summary>
    private static bool IsPlain(IOperation collection) => IsPlain(collection.Type)
        || collection is IPropertyReferenceOperation { Property: { Name: "Values", ContainingType.Name: "Dictionary" or "SortedDictionary" or "SortedList" } }
        || collection.Variable() is { } variable && Origins.Only(variable, collection) is { } origin && IsPlain(origin.Unconverted().Type);

    private static bool IsPlain(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || type is INamedTypeSymbol { Name: "List" or "Dictionary" or "SortedDictionary" or "SortedList" or "ImmutableList" or "ImmutableArray" or "Collection" or "ObservableCollection" } && type.IsFromSystem();

    /// <summary>The type of the elements a set has to take: those of the list, and null where the code asks for it.</summary>
    public static ITypeSymbol Element(Membership scan) =>
        scan.Element is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } && scan.Value.SemanticModel is { } model
        && scan.Value.Syntax is ExpressionSyntax value && model.GetTypeInfo(value).Nullability.FlowState == NullableFlowState.MaybeNull
            ? scan.Element.WithNullableAnnotation(NullableAnnotation.Annotated)
            : scan.Element;

    /// <summary>Whether the code leaves the values in a set equal to what they were: nothing is written that their equality reads.</summary>
    public static bool KeepsKeys(Membership scan, IOperation region)
    {
        if (scan.Comparer is not null || scan.StringComparer is not null || !Equality.CanChange(scan.Element))
            return true;

        var effects = Effects.Of(region);
        return (effects.Kinds & (Effect.Unknown | Effect.External)) == 0 && !effects.Written.Any(static symbol => symbol is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false });
    }

    /// <summary><c>new HashSet&lt;T&gt;(elements)</c>, with the comparer of the scan behind them.</summary>
    public static string Creation(Membership scan, DocumentEditor editor, SyntaxNode at, ExpressionSyntax? elements)
    {
        var comparer = Comparer(scan, editor, at);
        var arguments = elements is null ? comparer ?? "" : comparer is null ? elements.ToString() : $"{elements}, {comparer}";
        return $"new {Type(scan, editor, at)}({arguments})";
    }

    /// <summary>The type of the set as it is written at a place, imported there if need be.</summary>
    public static string Type(Membership scan, DocumentEditor editor, SyntaxNode at) =>
        $"{Imports.Name(editor, at, KnownTypes.Of(editor.SemanticModel.Compilation)["System.Collections.Generic.HashSet`1"]!)}<{Element(scan).ToMinimalDisplayString(editor.SemanticModel, at.SpanStart)}>";

    /// <summary>Whether the comparer argument is the one that the scan asks for.</summary>
    public static bool IsComparer(Membership scan, ExpressionSyntax? argument) => (scan, argument) switch
    {
        ({ StringComparer: null or "Ordinal", Comparer: null }, var given) => given is null,
        ({ StringComparer: { } name }, MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var given }) => name == given && type.ToString().EndsWith("StringComparer", StringComparison.Ordinal),
        ({ Comparer.Syntax: var comparer }, { } given) => SyntaxFactory.AreEquivalent(comparer, given),
        _ => false,
    };

    /// <summary>The question with a negation around it, and whether it is true for a value that is not there.</summary>
    public static (ExpressionSyntax Node, bool AsksForAbsence) Question(Membership scan)
    {
        var test = (ExpressionSyntax)scan.Test.Syntax;

        SyntaxNode outer = test;
        while (outer.Parent is ParenthesizedExpressionSyntax)
            outer = outer.Parent;

        return outer.Parent switch
        {
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => (not, !scan.AsksForAbsence),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } } isFalse => (isFalse, !scan.AsksForAbsence),
            _ => (test, scan.AsksForAbsence),
        };
    }

    /// <summary><c>set.Contains(value)</c>, or another question to the set, in place of <paramref name="question"/>.</summary>
    public static ExpressionSyntax Ask(Membership scan, ExpressionSyntax question, ExpressionSyntax set, string method, bool negated)
    {
        var value = (ExpressionSyntax)scan.Value.Syntax;
        ExpressionSyntax ask = SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, set, SyntaxFactory.IdentifierName(method)),
            scan.Lambda is null && Arguments(scan) is { Arguments: [var only] } list && only.NameColon is null
                ? list.WithoutTrivia()
                : SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(value.WithoutTrivia()))));

        if (negated)
            ask = SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ask);

        return ask.WithTriviaFrom(question);
    }

    /// <summary>The comparer argument, or null for the default comparer.</summary>
    private static string? Comparer(Membership scan, DocumentEditor editor, SyntaxNode at) => scan switch
    {
        { StringComparer: "Ordinal" } => null,
        { StringComparer: { } name } when KnownTypes.Of(editor.SemanticModel.Compilation)["System.StringComparer"] is { } type => $"{Imports.Name(editor, at, type)}.{name}",
        { Comparer.Syntax: var comparer } => comparer.ToString(),
        _ => null,
    };

    private static ArgumentListSyntax? Arguments(Membership scan) => (scan.Call.Syntax as InvocationExpressionSyntax)?.ArgumentList;

    /// <summary>Whether the comparer is one of the library's, whose hash codes go with its equality and which never changes.</summary>
    private static bool IsKnown(IOperation? comparer) => comparer switch
    {
        null => true,
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "Ordinal" or "OrdinalIgnoreCase" or "InvariantCulture" or "InvariantCultureIgnoreCase", ContainingType: { Name: "StringComparer" } type } } => type.IsFromSystem(),
        ILocalReferenceOperation { Local: var local } reference => Origins.Only(local, reference) is { } origin && IsKnown(origin.Unconverted()),
        IFieldReferenceOperation { Field: { IsReadOnly: true, Type.Name: "StringComparer" } field, Instance: null or IInstanceReferenceOperation } reference => Origins.Only(field, reference) is { } origin && IsKnown(origin.Unconverted()),
        _ => false,
    };

    /// <summary>Whether the type can be written in the code.</summary>
    public static bool IsNameable(ITypeSymbol type) => type switch
    {
        { IsAnonymousType: true } or IErrorTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol or IDynamicTypeSymbol or { IsRefLikeType: true } => false,
        INamedTypeSymbol { TypeArguments: var arguments } => arguments.All(IsNameable),
        IArrayTypeSymbol { ElementType: var element } => IsNameable(element),
        _ => true,
    };

    public static bool IsNeverNull(ITypeSymbol type) =>
        type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T } or { NullableAnnotation: NullableAnnotation.NotAnnotated, IsReferenceType: true };

    /// <summary>Whether computing the value can neither fail nor be noticed.</summary>
    private static bool IsSafe(IOperation value, SemanticModel model)
    {
        value = value.Unconverted();
        if (value.ConstantValue.HasValue)
            return true;

        switch (value)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation:
                return true;

            case IConversionOperation { OperatorMethod: null, Conversion: { IsIdentity: true } or { IsNumeric: true }, IsChecked: false, Operand: var operand }:
                return IsSafe(operand, model);

            case IFieldReferenceOperation { Instance: var instance }:
                return instance is null || IsSafe(instance, model) && IsObject(instance, model);

            case IPropertyReferenceOperation { Property: { IsIndexer: false, GetMethod: { } getter } property, Instance: var instance }:
                return (instance is null || IsSafe(instance, model) && IsObject(instance, model))
                    && (Purity.OfLibrary(getter) is { } known ? (known & ~Effect.ReadsState) == Effect.None && property.Name is not "Value" && property.ContainingType.TypeKind != TypeKind.Interface
                        : property is { IsVirtual: false, IsAbstract: false, IsOverride: false } && Effects.IsAuto(getter));

            default:
                return false;
        }
    }

    private static bool IsObject(IOperation instance, SemanticModel model) =>
        instance is IInstanceReferenceOperation || instance.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        || instance.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability is { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull };
}
