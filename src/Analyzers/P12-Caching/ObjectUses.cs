namespace HotPath;

/// <summary>All uses of a new object, when each of them only reads it and none keeps it.</summary>
internal sealed class ObjectUses
{
    // A parameter handed on and on is rare; giving up is safe, because what is not seen keeps the object.
    private const int MostCalls = 3;

    private readonly List<IOperation> references = [];
    private int count;

    private ObjectUses()
    {
    }

    /// <summary>The local that holds the object, or null when it is used where it is built.</summary>
    public ILocalSymbol? Local { get; private set; }

    /// <summary>The references to <see cref="Local"/> that read it.</summary>
    public IReadOnlyList<IOperation> References => references;

    /// <summary>Whether <see cref="Local"/> holds nothing but the object, from its declaration on.</summary>
    public bool IsOnlyValue { get; private set; }

    /// <summary>Whether <see cref="Local"/> is asked whether it is null: built on first use.</summary>
    public bool IsTested { get; private set; }

    /// <summary>Whether the object is disposed of by <c>using</c>.</summary>
    public bool IsUsing { get; private set; }

    /// <summary>The calls of <c>Dispose</c>.</summary>
    public List<IInvocationOperation> Disposals { get; } = [];

    /// <summary>The uses of a new object, or null when it is changed, kept, handed out or not used at all.</summary>
    public static ObjectUses? Of(IOperation creation, ObjectKind kind)
    {
        var uses = new ObjectUses();
        return uses.OnlyRead(creation, kind, depth: 0, isWhole: true) && uses.count > 0 ? uses : null;
    }

    /// <summary>Whether this one use of an object, a reference to a field that holds it, only reads it.</summary>
    public static bool IsRead(IOperation reference, ObjectKind kind) => new ObjectUses().OnlyRead(reference, kind, depth: 1);

    private bool OnlyRead(IOperation value, ObjectKind kind, int depth, bool isWhole = false)
    {
        var consumer = value.Consumer(out var child);
        switch (consumer)
        {
            case IInvocationOperation call when ReferenceEquals(call.Instance, child):
                count++;
                return IsReadBy(call, kind);

            case IArgumentOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter } argument:
                count++;
                return IsOnlyReadBy(parameter, argument, kind, depth);

            case IPropertyReferenceOperation property when ReferenceEquals(property.Instance, child):
                count++;
                return IsRead(property, kind, depth);

            // list[^1], list[1..3]
            case IImplicitIndexerReferenceOperation element when ReferenceEquals(element.Instance, child):
                count++;
                return kind == ObjectKind.Collection && Aliasing.Classify(element) is not { Kind: UseKind.Assigned or UseKind.PassedByReference or UseKind.MemberWritten };

            case IMethodReferenceOperation method when ReferenceEquals(method.Instance, child):
                count++;
                return kind is ObjectKind.Regex or ObjectKind.Random or ObjectKind.CompiledExpression
                    || kind == ObjectKind.SearchValues
                    || kind == ObjectKind.Collection && IsQuestion(method.Method);

            case IConditionalOperation { Condition: var condition } choice when !ReferenceEquals(condition, child) && choice.Type is not null:
                return OnlyRead(choice, kind, depth);

            case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation @switch } arm when ReferenceEquals(arm.Value, child):
                return OnlyRead(@switch, kind, depth);

            case IParenthesizedOperation parenthesized:
                return OnlyRead(parenthesized, kind, depth, isWhole);

            case IForEachLoopOperation loop when ReferenceEquals(loop.Collection, child):
            case ISpreadOperation:
                count++;
                return kind is ObjectKind.Collection or ObjectKind.CollectionView;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right } when IsNull(left) || IsNull(right):
            case IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } }:
                IsTested = true;
                return true;

            case IUsingOperation { Resources: var resources } when ReferenceEquals(resources, child):
                IsUsing = true;
                return kind is ObjectKind.HttpClient or ObjectKind.HashAlgorithm;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator }:
                return IsHeldBy(local, declarator, kind, depth, isWhole);

            case ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }, Parent: IExpressionStatementOperation } assignment
                when ReferenceEquals(assignment.Value, child):
                return IsHeldBy(local, assignment, kind, depth, isWhole: false);

            default:
                return false;
        }
    }

    private bool IsHeldBy(ILocalSymbol local, IOperation from, ObjectKind kind, int depth, bool isWhole)
    {
        if (depth > MostCalls)
            return false;

        var onlyValue = isWhole && from is IVariableDeclaratorOperation;
        if (from.Parent is { Parent: IVariableDeclarationGroupOperation { Parent: IUsingOperation or IUsingDeclarationOperation } })
        {
            if (kind is not (ObjectKind.HttpClient or ObjectKind.HashAlgorithm))
                return false;

            IsUsing = true;
        }

        var found = new List<IOperation>();
        foreach (var reference in HotPath.References.To(local, from.Root()))
        {
            if (reference.Parent is INameOfOperation)
            {
                onlyValue = false;
                continue;
            }

            if (reference.Parent is ISimpleAssignmentOperation { IsRef: false, Parent: IExpressionStatementOperation } assignment && ReferenceEquals(assignment.Target, reference))
            {
                onlyValue = false;
                continue;
            }

            if (kind is ObjectKind.HttpClient or ObjectKind.HashAlgorithm && reference.Parent is IInvocationOperation { TargetMethod: { Name: "Dispose", Parameters.IsEmpty: true } } dispose)
            {
                Disposals.Add(dispose);
                continue;
            }

            if (!OnlyRead(reference, kind, depth + 1))
                return false;

            found.Add(reference);
        }

        if (depth == 0 && kind is not (ObjectKind.CulturePart or ObjectKind.CollectionView) && Local is null)
        {
            Local = local;
            IsOnlyValue = onlyValue;
            references.AddRange(found);
        }

        return true;
    }

    private static bool IsReadBy(IInvocationOperation call, ObjectKind kind)
    {
        var method = call.TargetMethod;
        return kind switch
        {
            ObjectKind.Regex or ObjectKind.Random or ObjectKind.CompiledExpression or ObjectKind.SearchValues or ObjectKind.CompositeFormat => true,
            ObjectKind.Serializer or ObjectKind.LeakingSerializer => method.Name is "Serialize" or "Deserialize" or "CanDeserialize",
            ObjectKind.Culture => method.Name is not ("GetFormat" or "ClearCachedData"),
            ObjectKind.CulturePart => !method.Name.StartsWith("Set", StringComparison.Ordinal) && method.Name is not "GetFormat",
            ObjectKind.HttpClient => IsRequest(method),
            ObjectKind.JsonOptions => method.Name is "GetConverter" or "GetTypeInfo" or "TryGetTypeInfo" or "MakeReadOnly",
            ObjectKind.Collection or ObjectKind.CollectionView => IsQuestion(method),
            ObjectKind.HashAlgorithm => method is { Name: "ComputeHash", Parameters: [{ Type: IArrayTypeSymbol }] },
            _ => false,
        };
    }

    private static bool IsRequest(IMethodSymbol method) =>
        method.ContainingType.IsFromSystem()
        && (method.Name.StartsWith("Get", StringComparison.Ordinal) || method.Name.StartsWith("Post", StringComparison.Ordinal) || method.Name.StartsWith("Put", StringComparison.Ordinal)
            || method.Name.StartsWith("Patch", StringComparison.Ordinal) || method.Name.StartsWith("Delete", StringComparison.Ordinal) || method.Name.StartsWith("Send", StringComparison.Ordinal));

    /// <summary>Methods of a collection that only read it and hand out no part of it that could change it.</summary>
    private static bool IsQuestion(IMethodSymbol method) =>
        method.ContainingType.IsFromSystem()
        && method.Name is "Contains" or "ContainsKey" or "ContainsValue" or "TryGetValue" or "IndexOf" or "LastIndexOf" or "BinarySearch" or "Exists" or "Find" or "FindAll" or "FindIndex" or "FindLast" or "FindLastIndex"
            or "ForEach" or "TrueForAll" or "ToArray" or "GetRange" or "ConvertAll" or "CopyTo" or "IsSubsetOf" or "IsSupersetOf" or "IsProperSubsetOf" or "IsProperSupersetOf" or "Overlaps" or "SetEquals"
            or "IndexOfKey" or "IndexOfValue" or "GetKeyAtIndex" or "GetValueAtIndex" or "get_Item";

    private bool IsRead(IPropertyReferenceOperation property, ObjectKind kind, int depth)
    {
        if (Aliasing.Classify(property) is { Kind: UseKind.Assigned or UseKind.PassedByReference or UseKind.MemberWritten })
            return false;

        switch (kind)
        {
            case ObjectKind.Culture when property.Property.Name is "NumberFormat" or "DateTimeFormat" or "TextInfo" or "Calendar":
                return depth <= MostCalls && OnlyRead(property, ObjectKind.CulturePart, depth + 1);

            case ObjectKind.Collection when property.Property.Name is "Keys" or "Values":
                return depth <= MostCalls && OnlyRead(property, ObjectKind.CollectionView, depth + 1);

            case ObjectKind.CulturePart:
                return property.Property.Name != "Calendar";

            case ObjectKind.HttpClient:
                return property.Property.Name is "Timeout" or "BaseAddress" or "MaxResponseContentBufferSize";

            case ObjectKind.JsonOptions:
                return property.Property.Name is not ("Converters" or "TypeInfoResolverChain");

            case ObjectKind.HashAlgorithm:
                return false;

            default:
                return true;
        }
    }

    private bool IsOnlyReadBy(IParameterSymbol parameter, IArgumentOperation argument, ObjectKind kind, int depth)
    {
        var method = parameter.ContainingSymbol as IMethodSymbol;
        if (method is null)
            return kind is ObjectKind.Culture or ObjectKind.CulturePart or ObjectKind.Regex;

        if (method.ContainingType?.IsFromSystem() == true)
            return IsOnlyReadByLibrary(method, parameter, kind);

        method = method.OriginalDefinition;
        if (depth >= MostCalls || method.IsAbstract || method.IsVirtual || method.IsOverride && !method.IsSealed || method.IsExtern || method.MethodKind is MethodKind.Constructor or MethodKind.DelegateInvoke
            || argument.SemanticModel is not { Compilation: var compilation } || parameter.RefKind != RefKind.None)
        {
            return false;
        }

        var bodies = Bodies.Of(compilation).Of(method);
        var declared = method.Parameters[parameter.Ordinal];
        foreach (var body in bodies)
        {
            foreach (var reference in HotPath.References.To(declared, body))
            {
                if (!OnlyRead(reference, kind, depth + 1))
                    return false;
            }
        }

        return !bodies.IsEmpty;
    }

    private static bool IsOnlyReadByLibrary(IMethodSymbol method, IParameterSymbol parameter, ObjectKind kind)
    {
        var declared = (method.ReducedFrom ?? method).OriginalDefinition.Parameters[parameter.Ordinal].Type;
        switch (kind)
        {
            case ObjectKind.Culture or ObjectKind.CulturePart:
                return declared.Name is "IFormatProvider" or "CultureInfo" or "NumberFormatInfo" or "DateTimeFormatInfo" && method.MethodKind != MethodKind.PropertySet;

            case ObjectKind.HttpClient:
                return method.IsExtensionMethod && parameter.Ordinal == 0 && IsRequest(method);

            case ObjectKind.JsonOptions:
                return declared.Name == "JsonSerializerOptions" && method.MethodKind != MethodKind.Constructor;

            case ObjectKind.SearchValues or ObjectKind.CompositeFormat:
                return declared.Name == kind.ToString() && method.MethodKind != MethodKind.Constructor;

            case ObjectKind.CompiledExpression:
                return declared.TypeKind == TypeKind.Delegate && (method.ContainingType.Name is "Enumerable" or "Array" or "List" or "ParallelEnumerable" or "Parallel");

            case ObjectKind.Random:
                return declared.Name == "Random" && method.MethodKind != MethodKind.Constructor;

            case ObjectKind.Collection or ObjectKind.CollectionView:
                return IsOnlyWalkedThrough(method, declared);

            default:
                return false;
        }
    }

    private static bool IsOnlyWalkedThrough(IMethodSymbol method, ITypeSymbol declared) => method.ContainingType.Name switch
    {
        "Enumerable" => method.Name is not ("AsEnumerable" or "Cast" or "OfType" or "Append" or "Prepend" or "Repeat" or "DefaultIfEmpty") && declared is not ITypeParameterSymbol,
        "CollectionExtensions" => method.Name is "GetValueOrDefault",
        "String" => declared.Name == "IEnumerable",
        "List" or "HashSet" or "SortedSet" or "Queue" or "Stack" or "LinkedList" or "Dictionary" => declared.Name is "IEnumerable" or "ICollection" or "IDictionary",
        "FrozenSet" or "FrozenDictionary" or "ImmutableArray" or "ImmutableList" or "ImmutableHashSet" or "ImmutableDictionary" => method.IsStatic && method.Name.StartsWith("To", StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsNull(IOperation operation) => operation.Unconverted().ConstantValue is { HasValue: true, Value: null };
}
