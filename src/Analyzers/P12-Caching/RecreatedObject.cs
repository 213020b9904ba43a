namespace HotPath;

/// <summary>An expensive object that is built again on every call or iteration, although one would do.</summary>
internal sealed class RecreatedObject
{
    private RecreatedObject(IOperation creation, ObjectKind kind, ObjectUses uses, Constancy? constancy, IReadOnlyList<Loop> loops)
    {
        Creation = creation;
        Kind = kind;
        Uses = uses;
        Constancy = constancy;
        Loops = loops;
    }

    /// <summary>The expression that builds the object.</summary>
    public IOperation Creation { get; }

    /// <summary>What is built.</summary>
    public ObjectKind Kind { get; }

    /// <summary>What is done with the object.</summary>
    public ObjectUses Uses { get; }

    /// <summary>What the object is built from; null when it is built from values that are only the same within the loop.</summary>
    public Constancy? Constancy { get; }

    /// <summary>The loops in which the same object is built in every iteration, innermost first; empty when it is built again only by another call.</summary>
    public IReadOnlyList<Loop> Loops { get; }

    /// <summary>Whether one object would do for all calls.</summary>
    public bool IsSameForAllCalls => Constancy is { VariesByTypeArgument: false };

    /// <summary>How loud the finding is: per iteration, per connection pool or per leaked assembly it is a warning, else a hint.</summary>
    public DiagnosticSeverity Severity => Kind switch
    {
        ObjectKind.HttpClient or ObjectKind.LeakingSerializer => DiagnosticSeverity.Warning,
        ObjectKind.Serializer or ObjectKind.HashAlgorithm => DiagnosticSeverity.Info,
        _ => Loops.Count > 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
    };

    /// <summary>What building it again costs, in the words of a message.</summary>
    public string Cost => Kind switch
    {
        ObjectKind.Regex => "its pattern is parsed again each time",
        ObjectKind.Culture => "its data is loaded again each time, past the framework's cache",
        ObjectKind.Random => "it is seeded again each time",
        ObjectKind.Serializer => "its mapping is looked up again each time",
        ObjectKind.LeakingSerializer => "each one generates an assembly that is never unloaded",
        ObjectKind.CompiledExpression => "code is generated again each time",
        ObjectKind.HttpClient => "each one opens connections of its own",
        ObjectKind.SearchValues => "the values are analysed again each time",
        ObjectKind.CompositeFormat => "the format is parsed again each time",
        ObjectKind.JsonOptions => "its metadata is set up again each time",
        ObjectKind.HashAlgorithm => "the type hashes without an object",
        _ => "all its elements are added again each time",
    };

    /// <summary>
    /// What is known of an operation that builds an expensive object, or null: it is no such operation, what it builds differs, is changed or kept,
    /// or it runs once.
    /// </summary>
    /// <param name="operation">Any operation.</param>
    /// <param name="options">The options of the project.</param>
    /// <param name="evenOnce">Whether code that runs once counts too.</param>
    public static RecreatedObject? Find(IOperation operation, AnalyzerOptions options, bool evenOnce = false)
    {
        if (KindOf(operation) is not { } kind)
            return null;

        if (kind == ObjectKind.Collection && (CountOf(operation) <= Options.SmallLoop.Read(options, operation.Syntax.SyntaxTree) || !HoldsImmutables(operation.Type)))
            return null;

        if (HotPath.Loops.IsCold(operation) || operation.IsInExpressionTree() || operation.Root() is IFieldInitializerOperation or IPropertyInitializerOperation or IParameterInitializerOperation or IAttributeOperation)
            return null;

        if (!operation.Binds() || ObjectUses.Of(operation, kind) is not { IsTested: false } uses)
            return null;

        var constancy = Constancy.Of(operation);
        if (constancy is null && (!MayVaryByCall(kind) || !HotPath.Loops.MayRepeat(operation)))
            return null;

        // The framework keeps what the plain constructors of XmlSerializer generate: only a loop pays enough to say so.
        var perCall = constancy is { VariesByTypeArgument: false } && kind != ObjectKind.Serializer && (evenOnce || !RunsOnce(operation));
        var loops = LoopsOf(operation, constancy, options);

        return loops.Count > 0 || perCall ? new RecreatedObject(operation, kind, uses, constancy, loops) : null;
    }

    /// <summary>What the operation builds, by names alone.</summary>
    private static ObjectKind? KindOf(IOperation operation)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type: { } type } creation:
                return OfCreation(creation, type);

            case IInvocationOperation call:
                return OfCall(call.TargetMethod, call);

            case ICollectionExpressionOperation { Type: { } type } when IsCollection(type):
                return ObjectKind.Collection;

            default:
                return null;
        }
    }

    private static ObjectKind? OfCreation(IObjectCreationOperation creation, ITypeSymbol type)
    {
        switch (type.Name)
        {
            case "Regex" when type.Is("System.Text.RegularExpressions", "Regex"):
                return ObjectKind.Regex;

            case "CultureInfo" when type.Is("System.Globalization", "CultureInfo"):
                return ObjectKind.Culture;

            // One with a seed gives the same numbers each time, which a shared one would not.
            case "Random" when creation.Arguments.IsEmpty && type.Is("System", "Random"):
                return ObjectKind.Random;

            case "XmlSerializer" when type.Is("System.Xml.Serialization", "XmlSerializer"):
                return creation.Constructor?.Parameters switch
                {
                    [{ Type.Name: "Type" }] or [{ Type.Name: "Type" }, { Type.SpecialType: SpecialType.System_String }] => ObjectKind.Serializer,
                    [{ Type.Name: "Type" }, ..] => ObjectKind.LeakingSerializer,
                    _ => null,
                };

            case "HttpClient" when type.Is("System.Net.Http", "HttpClient"):
                return ObjectKind.HttpClient;

            case "JsonSerializerOptions" when type.Is("System.Text.Json", "JsonSerializerOptions"):
                return ObjectKind.JsonOptions;

            default:
                return IsCollection(type) && (creation.Initializer is not null || Literal(creation) is not null) ? ObjectKind.Collection : null;
        }
    }

    private static ObjectKind? OfCall(IMethodSymbol method, IInvocationOperation call) => method.Name switch
    {
        "CreateSpecificCulture" when method.ContainingType.Is("System.Globalization", "CultureInfo") => ObjectKind.Culture,
        "Compile" when call.Instance is not null && method.ContainingType.Name is "Expression" or "LambdaExpression" && method.ContainingType.ContainingNamespace.Is("System.Linq.Expressions")
            && method.ReturnType.Name != "Delegate" => ObjectKind.CompiledExpression,
        "Create" when method.ContainingType.Is("System.Buffers", "SearchValues") => ObjectKind.SearchValues,
        "Create" when method is { IsStatic: true, Parameters.IsEmpty: true } && method.ContainingType.ContainingNamespace.Is("System.Security.Cryptography") && HashesWithoutObject(method.ContainingType) => ObjectKind.HashAlgorithm,
        "Parse" when method.ContainingType.Is("System.Text", "CompositeFormat") => ObjectKind.CompositeFormat,
        "ToHashSet" or "ToList" or "ToFrozenSet" when Literal(call) is not null && method.ContainingType.IsFromSystem() => ObjectKind.Collection,
        _ => null,
    };

    /// <summary>Whether the type has <c>static byte[] HashData(byte[])</c>.</summary>
    private static bool HashesWithoutObject(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers("HashData"))
        {
            if (member is IMethodSymbol { IsStatic: true, DeclaredAccessibility: Accessibility.Public, Parameters: [{ Type: IArrayTypeSymbol }], ReturnType: IArrayTypeSymbol })
                return true;
        }

        return false;
    }

    private static bool IsCollection(ITypeSymbol type) =>
        type.Name is "List" or "HashSet" or "Dictionary" or "SortedDictionary" or "SortedSet" or "SortedList" && type.ContainingType is null && type.ContainingNamespace.Is("System.Collections.Generic");

    private static int CountOf(IOperation collection) => collection switch
    {
        IObjectCreationOperation { Initializer.Initializers.Length: var count } => count,
        ICollectionExpressionOperation { Elements.Length: var count } => count,
        IArrayCreationOperation { Initializer.ElementValues.Length: var count } => count,
        _ => Literal(collection) is { } literal ? CountOf(literal) : 0,
    };

    /// <summary>The array or collection expression that a collection copies.</summary>
    private static IOperation? Literal(IOperation collection)
    {
        var source = collection switch
        {
            IObjectCreationOperation { Arguments: [{ Value: var first }, ..], Initializer: null } => first,
            IInvocationOperation { Instance: null, Arguments: [{ Value: var first }, ..] } => first,
            _ => null,
        };

        return source?.Unconverted() is IArrayCreationOperation or ICollectionExpressionOperation ? source.Unconverted() : null;
    }

    /// <summary>Whether nothing that the collection holds can be changed through it.</summary>
    private static bool HoldsImmutables(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments: var elements } && elements.All(IsImmutable);

    private static bool IsImmutable(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { IsGenericType: true, IsValueType: true, TypeArguments: var parts } => parts.All(IsImmutable),
        _ => Aliasing.IsImmutable(type),
    };

    /// <summary>Whether one object per loop is worth it too, where what it is built from is only known at run time.</summary>
    private static bool MayVaryByCall(ObjectKind kind) =>
        kind is ObjectKind.Regex or ObjectKind.Culture or ObjectKind.Serializer or ObjectKind.LeakingSerializer or ObjectKind.CompiledExpression or ObjectKind.SearchValues or ObjectKind.CompositeFormat;

    private static IReadOnlyList<Loop> LoopsOf(IOperation operation, Constancy? constancy, AnalyzerOptions options)
    {
        List<Loop>? found = null;
        foreach (var loop in HotPath.Loops.Around(operation, options))
        {
            if (constancy is null && !IsSameIn(loop, operation))
                break;

            (found ??= []).Add(loop);
        }

        return found ?? (IReadOnlyList<Loop>)[];
    }

    /// <summary>Whether everything the object is built from is the same in every iteration.</summary>
    private static bool IsSameIn(Loop loop, IOperation creation)
    {
        foreach (var input in Inputs(creation))
        {
            if (!Invariance.Holds(input, loop))
                return false;
        }

        return true;
    }

    /// <summary>The values that the object is built from.</summary>
    public static IEnumerable<IOperation> Inputs(IOperation creation)
    {
        switch (creation)
        {
            case IObjectCreationOperation { Arguments: var arguments, Initializer: null }:
                foreach (var argument in arguments)
                    yield return argument.Value;

                break;

            case IInvocationOperation call:
                if (call.Instance is { } instance)
                    yield return instance;

                foreach (var argument in call.Arguments)
                    yield return argument.Value;

                break;

            default:
                yield return creation;
                break;
        }
    }

    /// <summary>Whether the code around runs at most once per process: the program's entry point, a factory that is only asked once.</summary>
    private static bool RunsOnce(IOperation operation)
    {
        var function = operation.Function();
        for (; function.Parent is not null; function = function.Function())
        {
            if (function is ILocalFunctionOperation)
                return false;

            if (function is IAnonymousFunctionOperation lambda)
                return IsFactory(lambda);
        }

        return operation.SemanticModel is { } model
            && model.GetEnclosingSymbol(operation.Syntax.SpanStart) is IMethodSymbol { IsStatic: true } method
            && (method.Name == "Main" || method.Name == WellKnownMemberNames.TopLevelStatementsEntryPointMethodName || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ModuleInitializerAttribute"));
    }

    /// <summary>Whether a lambda makes the one value of a <c>Lazy</c> or of a singleton.</summary>
    private static bool IsFactory(IAnonymousFunctionOperation lambda) =>
        lambda.Parent is IDelegateCreationOperation creation && creation.Consumer(out _) is IArgumentOperation argument
        && argument.Parent switch
        {
            IObjectCreationOperation { Type.Name: "Lazy" or "AsyncLazy" or "ThreadLocal" } => true,
            IInvocationOperation { TargetMethod: { Name: "EnsureInitialized" or "AddSingleton" or "TryAddSingleton" or "GetOrAdd" or "AddOrUpdate" or "GetOrCreate" or "GetOrCreateAsync" } } => true,
            _ => false,
        };
}
