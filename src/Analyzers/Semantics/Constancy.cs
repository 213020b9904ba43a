namespace HotPath;

/// <summary>A value that is the same whenever it is computed: built from constants, types, and objects of libraries that never change.</summary>
internal sealed class Constancy
{
    private readonly List<ILocalSymbol> locals = [];
    private readonly List<IFieldSymbol> fields = [];

    private Constancy()
    {
    }

    /// <summary>The locals that the value names; each holds a constant value itself.</summary>
    public IReadOnlyList<ILocalSymbol> Locals => locals;

    /// <summary>The static readonly fields of source types that the value names.</summary>
    public IReadOnlyList<IFieldSymbol> Fields => fields;

    /// <summary>Whether the value depends on a type parameter of the method around it: the same in one call, another in the next.</summary>
    public bool VariesByTypeArgument { get; private set; }

    /// <summary>
    /// What a constant value is built from, or null for a value that may differ from one evaluation to the next. Of a creation or call as a whole only the
    /// arguments are looked at: the caller knows what it does.
    /// </summary>
    public static Constancy? Of(IOperation value)
    {
        var constancy = new Constancy();
        return constancy.Accepts(value, isWhole: true) ? constancy : null;
    }

    private bool Accepts(IOperation? value, bool isWhole = false)
    {
        if (value is null)
            return true;

        if (Mentions(value.Type))
            VariesByTypeArgument = true;

        if (value.ConstantValue.HasValue)
        {
            foreach (var part in value.DescendantsAndSelf())
            {
                if (part is ILocalReferenceOperation constant)
                    Add(constant);
            }

            return true;
        }

        switch (value)
        {
            case IDefaultValueOperation or IUtf8StringOperation:
                return true;

            case ITypeOfOperation { TypeOperand: var type }:
                VariesByTypeArgument |= Mentions(type);
                return true;

            case IConversionOperation { OperatorMethod: var method, Operand: var operand }:
                return (method is null || method.ContainingType.IsFromSystem()) && Accepts(operand);

            case IArgumentOperation { Parameter.RefKind: RefKind.None or RefKind.In, Value: var argument }:
                return Accepts(argument);

            case IParenthesizedOperation { Operand: var operand }:
                return Accepts(operand);

            case IUnaryOperation { OperatorMethod: null, Operand: var operand }:
                return Accepts(operand);

            case IBinaryOperation { OperatorMethod: null, LeftOperand: var left, RightOperand: var right }:
                return Accepts(left) && Accepts(right);

            case IObjectCreationOperation creation:
                return (isWhole || IsPlain(creation)) && AcceptAll(creation.Arguments) && Accepts(creation.Initializer);

            case IObjectOrCollectionInitializerOperation { Initializers: var initializers }:
                return AcceptAll(initializers);

            case ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } target, Value: var assigned }:
                return (target is not IPropertyReferenceOperation { Arguments: var indices } || AcceptAll(indices)) && Accepts(assigned);

            case IMemberInitializerOperation { Initializer: var initializer }:
                return Accepts(initializer);

            // An element of a collection initialiser.
            case IInvocationOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } add:
                return AcceptAll(add.Arguments);

            case IInvocationOperation { Instance: null, TargetMethod: var method } call:
                VariesByTypeArgument |= method.TypeArguments.Any(Mentions);
                return (isWhole || IsPlain(method)) && AcceptAll(call.Arguments);

            case IInvocationOperation { Instance: { } instance } call when isWhole:
                return Accepts(instance) && AcceptAll(call.Arguments);

            case IPropertyReferenceOperation { Instance: null, Property: var property }:
                return IsPlain(property);

            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field }:
                if (!Aliasing.IsImmutable(field.Type))
                    return false;

                if (field.Locations is [{ IsInSource: true }, ..])
                    fields.Add(field);

                return true;

            case IArrayCreationOperation { DimensionSizes: var sizes, Initializer: { } elements }:
                return AcceptAll(sizes) && AcceptAll(elements.ElementValues);

            case ICollectionExpressionOperation { Elements: var elements }:
                return AcceptAll(elements);

            case ITupleOperation { Elements: var elements }:
                return AcceptAll(elements);

            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } reference when Aliasing.IsImmutable(local.Type) && Origins.Only(local, reference) is { } only:
                return Accepts(only) && Add(reference);

            case IDelegateCreationOperation { Target: var target }:
                return Accepts(target);

            case IMethodReferenceOperation { Instance: null, Method: { MethodKind: not MethodKind.LocalFunction } method }:
                VariesByTypeArgument |= method.TypeArguments.Any(Mentions);
                return true;

            case IAnonymousFunctionOperation lambda:
                return CapturesNothing(lambda);

            default:
                return false;
        }
    }

    private bool AcceptAll<T>(ImmutableArray<T> values)
        where T : IOperation
    {
        foreach (var value in values)
        {
            if (!Accepts(value))
                return false;
        }

        return true;
    }

    /// <summary>A local and the locals that its constant is made of.</summary>
    private bool Add(ILocalReferenceOperation reference)
    {
        if (locals.Contains(reference.Local, SymbolEqualityComparer.Default))
            return true;

        locals.Add(reference.Local);
        return !reference.Local.IsConst || Origins.Only(reference.Local, reference) is not { } value || Accepts(value);
    }

    /// <summary>Whether a lambda names nothing of the function around it and no instance: a delegate that could as well be static.</summary>
    private bool CapturesNothing(IAnonymousFunctionOperation lambda)
    {
        var span = lambda.Syntax.Span;
        foreach (var part in lambda.Descendants())
        {
            if (Mentions(part.Type))
                VariesByTypeArgument = true;

            switch (part)
            {
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                case ILocalReferenceOperation { Local: { IsConst: false } local } when !IsDeclaredIn(local):
                case IParameterReferenceOperation { Parameter: var parameter } when !IsDeclaredIn(parameter):
                case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } when !IsDeclaredIn(function):
                case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } called } when !IsDeclaredIn(called):
                    return false;

                case ILocalReferenceOperation { Local: { IsConst: true } local } constant when !IsDeclaredIn(local):
                    Add(constant);
                    break;
            }
        }

        return true;

        bool IsDeclaredIn(ISymbol symbol) => symbol.DeclaringSyntaxReferences is [var reference, ..] && span.Contains(reference.Span);
    }

    /// <summary>Objects of libraries whose creation does nothing but hold what it was given.</summary>
    private static bool IsPlain(IObjectCreationOperation creation)
    {
        if (creation.Type is not INamedTypeSymbol type || creation.Constructor is not { } constructor)
            return false;

        if (!type.IsFromSystem())
            return IsStatelessConverter(type, constructor);

        return type.IsValueType || type.Name is "Uri" or "Version" or "CultureInfo" or "Regex" or "UTF8Encoding" or "UnicodeEncoding" or "UTF32Encoding" or "ASCIIEncoding"
            or "XmlRootAttribute" or "JsonStringEnumConverter" or "DefaultJsonTypeInfoResolver" or "HttpClientHandler" or "SocketsHttpHandler";
    }

    /// <summary>A JSON converter of the user's own without fields: one is as good as many.</summary>
    private static bool IsStatelessConverter(INamedTypeSymbol type, IMethodSymbol constructor)
    {
        if (!constructor.IsImplicitlyDeclared)
            return false;

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.IsFromSystem())
                return current.Name is "JsonConverter" or "JsonConverterFactory";

            foreach (var member in current.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false })
                    return false;
            }
        }

        return false;
    }

    private static bool IsPlain(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type.IsFromSystem() && type.Name switch
        {
            "TimeSpan" => method.Name.StartsWith("From", StringComparison.Ordinal),
            "Regex" => method.Name is "Escape" or "Unescape",
            "String" => method.Name is "Concat" or "Join",
            "CultureInfo" => method.Name is "GetCultureInfo" or "CreateSpecificCulture",
            "StringComparer" => method.Name is "Create",
            "MemoryExtensions" => method.Name is "AsSpan",
            _ => false,
        };
    }

    private static bool IsPlain(IPropertySymbol property)
    {
        var type = property.ContainingType;
        return type.IsFromSystem() && property.SetMethod is null && type.Name switch
        {
            "JsonNamingPolicy" or "JavaScriptEncoder" or "ReferenceHandler" or "UnicodeRanges" => true,
            "StringComparer" => property.Name.StartsWith("Ordinal", StringComparison.Ordinal) || property.Name.StartsWith("Invariant", StringComparison.Ordinal),
            "CultureInfo" => property.Name == "InvariantCulture",
            "Encoding" => property.Name != "Default",
            "EqualityComparer" or "Comparer" => property.Name == "Default",
            "JsonSerializerOptions" => property.Name is "Default" or "Web" or "Strict",
            _ => false,
        };
    }

    /// <summary>Whether a type names a type parameter of a method.</summary>
    private static bool Mentions(ITypeSymbol? type) => type switch
    {
        ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } => true,
        IArrayTypeSymbol { ElementType: var element } => Mentions(element),
        INamedTypeSymbol { TypeArguments: var arguments } => arguments.Any(Mentions),
        _ => false,
    };
}
