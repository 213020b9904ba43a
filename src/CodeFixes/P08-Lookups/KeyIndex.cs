namespace HotPath;

/// <summary>What an index gives for a key.</summary>
internal enum IndexShape
{
    /// <summary>Whether there is an element: a hash set of the keys.</summary>
    Set,

    /// <summary>The first element: a dictionary.</summary>
    Dictionary,

    /// <summary>All elements in their order: a lookup.</summary>
    Lookup,
}

/// <summary>An index of a collection by a key, built once before the loop; the fastest one that answers as the search does.</summary>
internal sealed class KeyIndex
{
    private readonly KeyedScan scan;
    private readonly string parameter;
    private readonly SemanticModel model;
    private readonly SyntaxNode statement;
    private readonly bool isDeclared;

    private KeyIndex(KeyedScan scan, IndexShape shape, string name, string parameter, SemanticModel model, SyntaxNode statement, bool isDeclared, string? changes)
    {
        this.scan = scan;
        this.parameter = parameter;
        this.model = model;
        this.statement = statement;
        this.isDeclared = isDeclared;
        Shape = shape;
        Name = name;
        Changes = changes;
    }

    /// <summary>What the index gives.</summary>
    public IndexShape Shape { get; }

    /// <summary>The local that holds it.</summary>
    public string Name { get; }

    /// <summary>What building it changes, or null.</summary>
    public string? Changes { get; }

    /// <summary>What the fix says.</summary>
    public string Title => isDeclared
        ? $"Ask '{Name}' instead of searching '{scan.Collection.Text()}'"
        : $"Index '{scan.Collection.Text()}' by '{scan.KeyName}' once, before the loop" + (Changes is null ? "" : $" ({Changes})");

    /// <summary>The key that is looked up.</summary>
    public string Value => scan.Matches.Length == 1
        ? scan.Matches[0].Value.Syntax.WithoutTrivia().ToString()
        : $"({string.Join(", ", scan.Matches.Select(static match => match.Value.Syntax.WithoutTrivia().ToString()))})";

    /// <summary>The index for a scan, or null where none is sure to answer alike.</summary>
    /// <param name="scan">The search.</param>
    /// <param name="wanted">What the search asks for at least.</param>
    /// <param name="parameter">What an element is called in the index.</param>
    /// <param name="site">The finding.</param>
    /// <param name="own">The loop that is the search itself.</param>
    public static KeyIndex? Of(KeyedScan scan, IndexShape wanted, string parameter, Site site, IOperation? own = null)
    {
        var model = site.Model;
        if (!ReferenceEquals(scan.Collection, scan.Root) || scan.IsIdentity || !IsNamed(scan.Collection) || !IsPlain(scan.Collection))
            return null;

        if (KnownTypes.Of(model.Compilation)["System.Linq.Lookup`2"] is null || KnownTypes.Of(model.Compilation)["System.Collections.Generic.HashSet`1"] is null)
            return null;

        var mayBeNull = false;
        if (!scan.Matches.All(match => IsIndexable(match, scan.Matches.Length == 1, model, ref mayBeNull)))
            return null;

        // What is asked beside the key is asked of fewer elements.
        if (scan.Rest.Any(rest => Effects.Of(rest) is not { AreReadOnly: true, Written.Count: 0 }) || !scan.IsLeading && !scan.Rest.All(rest => SafeRead.IsCondition(rest, model, ref mayBeNull)))
            return null;

        var from = own is IForLoopOperation ? own : scan.At;
        if (Spot.Of(own is null ? scan.At : from is IForEachLoopOperation each ? each.Collection : scan.Collection, scan.Collection, region => KeyWrites.NoneIn(region, scan), site, own: own) is not { } spot)
            return null;

        if (scan.Collection is IPropertyReferenceOperation { Instance: { } instance } && instance is not IInstanceReferenceOperation && instance.Type is { IsReferenceType: true })
            mayBeNull |= !Nullness.IsNeverNullBefore(instance, spot.Statement);

        // What a library's dictionary gives as its values is always there.
        mayBeNull |= !(scan.Collection is IPropertyReferenceOperation { Property.ContainingType: var holder } && holder.IsKeyed()) && !Nullness.IsNeverNullBefore(scan.Collection, spot.Statement) && !IsOwnNotNull(scan.Collection);

        var changes = mayBeNull ? "fails at once on null" : null;
        var shape = wanted switch
        {
            IndexShape.Set when scan.Rest.IsEmpty && scan.Matches.All(static match => HashSets.IsNameable(match.Type)) => IndexShape.Set,
            IndexShape.Dictionary when scan.Rest.IsEmpty && CanBeDictionary(scan, model) => IndexShape.Dictionary,
            _ => IndexShape.Lookup,
        };

        var found = Existing(scan, shape, parameter, model, spot.Statement);
        if (found is var (existing, kind))
            return new(scan, kind, existing, parameter, model, spot.Statement, isDeclared: true, changes);

        var name = Names.FreshLocal(Called(scan, shape), site.Node);
        return new(scan, shape, name, parameter, model, spot.Statement, isDeclared: false, changes);
    }

    /// <summary>Puts the index before the loop, unless it is there.</summary>
    public void Declare(DocumentEditor editor)
    {
        if (isDeclared)
            return;

        if (Shape != IndexShape.Dictionary)
            Imports.TryUse(editor, statement, KnownTypes.Of(model.Compilation)["System.Linq.Enumerable"]!.ContainingNamespace);

        // A lambda may hide a local of its parameter's name, a loop may not.
        var element = Shape == IndexShape.Dictionary && model.LookupSymbols(statement.SpanStart, name: parameter).Any(static symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol) ? Names.FreshLocal("item", scan.At.Syntax) : parameter;
        Statements.Declare(editor, statement, Source(scan, Shape, Name, element, type => Written(type, editor), editor));
    }

    /// <summary>The first index that a statement before the loop already built and that gives what is asked for.</summary>
    private static (string Name, IndexShape Shape)? Existing(KeyedScan scan, IndexShape shape, string parameter, SemanticModel model, SyntaxNode statement)
    {
        var node = statement.Parent is GlobalStatementSyntax global ? global : statement;
        if (node.Parent is not { } block)
            return null;

        var before = block.ChildNodes().TakeWhile(sibling => sibling != node).Select(static sibling => (sibling as GlobalStatementSyntax)?.Statement ?? sibling).ToList();
        for (var i = before.Count - 1; i >= 0; i--)
        {
            switch (before[i])
            {
                case ForEachStatementSyntax { Statement: ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "TryAdd" } } } }:
                    continue;

                case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Identifier.ValueText: var name, Initializer.Value: var value }] }:
                    if (value is not (ObjectCreationExpressionSyntax or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToLookup" } }))
                        return null;

                    foreach (var kind in Serving(shape))
                    {
                        var p = Parameter(value, i + 1 < before.Count ? before[i + 1] : null) ?? parameter;
                        if (kind == IndexShape.Dictionary && !CanBeDictionary(scan, model))
                            continue;

                        var sources = Source(scan, kind, name, p, type => type.ToMinimalDisplayString(model, statement.SpanStart), editor: null);
                        var same = true;
                        for (var j = 0; j < sources.Length && same; j++)
                            same = i + j < before.Count && SyntaxFactory.AreEquivalent(before[i + j], SyntaxFactory.ParseStatement(sources[j]));

                        if (same)
                            return (name, kind);
                    }

                    continue;

                default:
                    return null;
            }
        }

        return null;
    }

    private static string? Parameter(ExpressionSyntax value, SyntaxNode? next) =>
        value.DescendantNodes().OfType<SimpleLambdaExpressionSyntax>().FirstOrDefault()?.Parameter.Identifier.ValueText ?? (next as ForEachStatementSyntax)?.Identifier.ValueText;

    private static IEnumerable<IndexShape> Serving(IndexShape shape) => shape switch
    {
        IndexShape.Set => [IndexShape.Set, IndexShape.Dictionary, IndexShape.Lookup],
        IndexShape.Dictionary => [IndexShape.Dictionary, IndexShape.Lookup],
        _ => [IndexShape.Lookup],
    };

    private static string[] Source(KeyedScan scan, IndexShape shape, string name, string parameter, Func<ITypeSymbol, string> written, DocumentEditor? editor)
    {
        var source = scan.Collection.Syntax.WithoutTrivia().ToString();
        var key = Key(scan, parameter);
        var comparer = scan.Matches[0].StringComparer is { } named and not "Ordinal" ? $", {(editor is null ? "StringComparer" : Imports.Name(editor, editor.OriginalRoot, KnownTypes.Of(editor.SemanticModel.Compilation)["System.StringComparer"]!))}.{named}" : "";

        switch (shape)
        {
            case IndexShape.Set:
                return [$"var {name} = new {Generic("HashSet", editor, scan)}<{KeyType(scan, written)}>({source}.Select({parameter} => {key}){comparer});"];

            case IndexShape.Lookup:
                return [$"var {name} = {source}.ToLookup({parameter} => {key}{comparer});"];

            default:
                var count = scan.Collection.Type switch
                {
                    IArrayTypeSymbol => source + ".Length",
                    INamedTypeSymbol { Name: not "IEnumerable" } type when type.GetMembers("Count").Any(static member => member is IPropertySymbol) || type.TypeKind == TypeKind.Interface => source + ".Count",
                    _ => null,
                };
                var arguments = count is null ? comparer.TrimStart(',', ' ') : count + comparer;
                return
                [
                    $"var {name} = new {Generic("Dictionary", editor, scan)}<{KeyType(scan, written)}, {written(scan.Type)}>({arguments});",
                    $"foreach (var {parameter} in {source})\n    {name}.TryAdd({key}, {parameter});",
                ];
        }
    }

    private static string Generic(string name, DocumentEditor? editor, KeyedScan scan) => editor is null
        ? name
        : Imports.Name(editor, scan.At.Syntax, KnownTypes.Of(editor.SemanticModel.Compilation)[$"System.Collections.Generic.{name}`{(name == "HashSet" ? 1 : 2)}"]!);

    private string Written(ITypeSymbol type, DocumentEditor editor) => type.ToMinimalDisplayString(editor.SemanticModel, statement.SpanStart);

    private static string KeyType(KeyedScan scan, Func<ITypeSymbol, string> written) => scan.Matches.Length == 1
        ? written(Stored(scan.Matches[0]))
        : $"({string.Join(", ", scan.Matches.Select(match => written(Stored(match))))})";

    /// <summary>The type of the stored keys, which takes null where the code asks for it.</summary>
    private static ITypeSymbol Stored(KeyMatch match)
    {
        var own = match.Key.SemanticModel is { } model && match.Key.Syntax is ExpressionSyntax key ? model.GetTypeInfo(key).Nullability.FlowState : NullableFlowState.None;
        var asked = match.Value.SemanticModel is { } other && match.Value.Syntax is ExpressionSyntax value ? other.GetTypeInfo(value).Nullability.FlowState : NullableFlowState.None;
        return !match.Type.IsReferenceType || own == NullableFlowState.None ? match.Type
            : match.Type.WithNullableAnnotation(own == NullableFlowState.MaybeNull || asked == NullableFlowState.MaybeNull ? NullableAnnotation.Annotated : NullableAnnotation.NotAnnotated);
    }

    private static string Key(KeyedScan scan, string parameter) => scan.Matches.Length == 1
        ? Key(scan.Matches[0], scan.Element, parameter)
        : $"({string.Join(", ", scan.Matches.Select(match => Key(match, scan.Element, parameter)))})";

    /// <summary>The key of an element of that name, cast where it is compared as something else.</summary>
    private static string Key(KeyMatch match, KeyElement element, string parameter)
    {
        var key = match.Key;
        var cast = !SymbolEqualityComparer.Default.Equals(key.Unconverted().Type, match.Type) && key is IConversionOperation { IsImplicit: true }
            ? $"({match.Type.ToMinimalDisplayString(key.SemanticModel!, key.Syntax.SpanStart)})" : "";

        var named = key.DescendantsAndSelf().Where(element.Is).Select(static part => part.Syntax).Distinct().ToList();
        return cast + key.Syntax.ReplaceNodes(named, (node, _) => node.IsKind(SyntaxKind.SuppressNullableWarningExpression) ? SyntaxFactory.ParseExpression(parameter + "!") : SyntaxFactory.IdentifierName(parameter)).WithoutTrivia();
    }

    private static bool IsIndexable(KeyMatch match, bool isOnly, SemanticModel model, ref bool mayBeNull)
    {
        if (match.StringComparer is "CurrentCulture" or "CurrentCultureIgnoreCase" || match.StringComparer is not (null or "Ordinal") && !isOnly)
            return false;

        if (match.StringComparer is null && (!Equality.IsSurelyHashable(match.Type, model.Compilation) || Equality.CanChange(match.Type)))
            return false;

        if (match.Value.Syntax is not ExpressionSyntax value || !model.ClassifyConversion(value, match.Type).IsImplicit)
            return false;

        if (!SafeRead.Is(match.Key, model, ref mayBeNull) || !SafeRead.Is(match.Value, model, ref mayBeNull))
            return false;

        // Equals on null fails where an index answers.
        if (match.ThrowsOnNullKey && !IsNotNull(match.Key, model) || match.ThrowsOnNullValue && !IsNotNull(match.Value, model))
            mayBeNull = true;

        return true;
    }

    private static bool CanBeDictionary(KeyedScan scan, SemanticModel model)
    {
        if (KnownTypes.Of(model.Compilation)["System.Collections.Generic.Dictionary`2"] is not { } dictionary || dictionary.GetMembers("TryAdd").IsEmpty
            || KnownTypes.Of(model.Compilation)["System.Collections.Generic.CollectionExtensions"] is not { } extensions || extensions.GetMembers("GetValueOrDefault").IsEmpty)
        {
            return false;
        }

        if (!HashSets.IsNameable(scan.Type) || !scan.Matches.All(static match => HashSets.IsNameable(match.Type)))
            return false;

        return scan.Matches.Length > 1 || IsNotNull(scan.Matches[0].Key, model) && IsNotNull(scan.Matches[0].Value, model) && scan.Matches[0].Type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T;
    }

    private static bool IsNotNull(IOperation value, SemanticModel model) =>
        value.Type is { IsValueType: true, OriginalDefinition.SpecialType: not SpecialType.System_Nullable_T }
        || value.ConstantValue is { HasValue: true, Value: not null }
        || value.Syntax is ExpressionSyntax syntax && model.GetTypeInfo(syntax).Nullability is { Annotation: NullableAnnotation.NotAnnotated, FlowState: NullableFlowState.NotNull };

    /// <summary>Whether a property of this very object promises an object.</summary>
    public static bool IsOwnNotNull(IOperation owner) =>
        owner is IPropertyReferenceOperation { Property: { NullableAnnotation: NullableAnnotation.NotAnnotated } } && owner.Type is { IsReferenceType: true };

    /// <summary>Whether the collection has a name that means the same before the loop.</summary>
    public static bool IsNamed(IOperation collection) =>
        collection.Variable() is not (null or IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None })
        || collection is IPropertyReferenceOperation { Instance: var owner, Property.IsIndexer: false } && (owner is null or IInstanceReferenceOperation || owner.Variable() is not null);

    /// <summary>Whether walking through the collection is sure to do nothing else: an interface may hide a query.</summary>
    public static bool IsPlain(IOperation collection) =>
        IsPlain(collection.Type) || collection.Variable() is { } variable && Origins.Only(variable, collection) is { } origin && IsPlain(origin.Unconverted().Type);

    private static bool IsPlain(ITypeSymbol? type) =>
        type is IArrayTypeSymbol { Rank: 1 }
        || type is INamedTypeSymbol { Name: "List" or "HashSet" or "SortedSet" or "Queue" or "Stack" or "LinkedList" or "Dictionary" or "SortedDictionary" or "SortedList" or "ValueCollection" or "KeyCollection"
            or "ImmutableList" or "Collection" or "ObservableCollection" or "ReadOnlyCollection" or "ImmutableHashSet" or "ImmutableDictionary" } && type.IsFromSystem();

    /// <summary><c>customersById</c>, or of a set of keys <c>customerIds</c>.</summary>
    private static string Called(KeyedScan scan, IndexShape shape)
    {
        var source = Names.Camel(scan.Collection switch
        {
            IPropertyReferenceOperation { Property.Name: "Values" or "Keys", Instance: { } dictionary } when dictionary.Type.IsKeyed() && dictionary.Variable() is { } variable => variable.Name,
            IPropertyReferenceOperation { Property.Name: var property } => property,
            var other => other.Variable()!.Name,
        }, "items");

        var keys = scan.Matches.Select(static match => string.Concat(match.Members.Reverse().Select(static member => char.ToUpperInvariant(member.Name[0]) + member.Name.Substring(1)))).ToList();
        return shape == IndexShape.Set
            ? Words.Singular(source) + (keys.Count == 1 ? Words.Plural(keys[0]) : "Keys")
            : source + "By" + string.Join("And", keys);
    }
}
