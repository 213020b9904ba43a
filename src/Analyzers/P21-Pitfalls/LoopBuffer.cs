namespace HotPath;

/// <summary>An array, list or builder that a loop makes anew in each iteration and nobody keeps. The one recognition behind the rule and its fix.</summary>
internal sealed class LoopBuffer
{
    private const int FewestBytes = 1024;

    private LoopBuffer(IVariableDeclaratorOperation declarator, IOperation creation, Loop loop)
    {
        Declarator = declarator;
        Creation = creation;
        Loop = loop;
    }

    /// <summary>The declaration of the local that holds it.</summary>
    public IVariableDeclaratorOperation Declarator { get; }

    /// <summary>The expression that makes it.</summary>
    public IOperation Creation { get; }

    /// <summary>The loop statement.</summary>
    public Loop Loop { get; }

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Creation.Type is IArrayTypeSymbol;

    /// <summary>The buffer that a creation makes, or null.</summary>
    public static LoopBuffer? Of(IOperation creation, AnalyzerOptions options)
    {
        // What takes its type from the left is converted to it.
        var holder = creation.Parent is IConversionOperation { IsImplicit: true, Conversion.IsIdentity: true } or IConversionOperation { Operand: IObjectCreationOperation { Syntax: ImplicitObjectCreationExpressionSyntax } } ? creation.Parent.Parent : creation.Parent;
        if (holder is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } declarator } || !Loops.MayRepeat(creation) || !IsEmptyBuffer(creation, out var isConstant))
            return null;

        if (!SymbolEqualityComparer.Default.Equals(local.Type, creation.Type) || Loops.Enclosing(creation, options) is not { Operation: ILoopOperation statement } loop || !ReferenceEquals(statement.Function(), creation.Function()))
            return null;

        if (!isConstant && !creation.ChildOperations.All(child => child is IObjectOrCollectionInitializerOperation || Invariance.Holds(child, loop)))
            return null;

        // Beside what is waited for, a small object does not count.
        if (creation.Type is not IArrayTypeSymbol && statement.Body.Descendants().Any(static part => part is IAwaitOperation))
            return null;

        return creation.Binds() && StaysInside(local, creation) ? new(declarator, creation, loop) : null;
    }

    /// <summary>Whether the expression makes something large, or something that grows, without any content.</summary>
    private static bool IsEmptyBuffer(IOperation creation, out bool isConstant)
    {
        isConstant = true;
        switch (creation)
        {
            case IArrayCreationOperation { Initializer: null, DimensionSizes: [{ } size], Type: IArrayTypeSymbol { ElementType: var element } }:
                return Number(size) is { } length && length * (long)SizeOf(element) >= FewestBytes;

            case IObjectCreationOperation { Initializer: null, Type: INamedTypeSymbol type, Arguments: var arguments } when type.Is("System.Text", "StringBuilder") || type.Is("System.Collections.Generic", "List"):
                isConstant = arguments.All(static argument => argument.Value.ConstantValue is { HasValue: true, Value: int and >= 0 });
                return arguments.Length == 0 || arguments is [{ Parameter.Type.SpecialType: SpecialType.System_Int32 }];

            default:
                return false;
        }
    }

    private static int? Number(IOperation size) => size.ConstantValue is { HasValue: true, Value: int constant } ? constant
        : size.Variable() is { } variable && Origins.Only(variable, size)?.ConstantValue is { HasValue: true, Value: int known } ? known
        : null;

    private static int SizeOf(ITypeSymbol element) => element.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Byte or SpecialType.System_SByte => 1,
        SpecialType.System_Char or SpecialType.System_Int16 or SpecialType.System_UInt16 => 2,
        SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Single => 4,
        SpecialType.System_Decimal => 16,
        _ => element.TypeKind == TypeKind.Enum ? 1 : element.IsValueType ? 4 : 8,
    };

    /// <summary>Whether the iteration alone uses the object: it is filled and read, and what is made of it is a copy.</summary>
    private static bool StaysInside(ILocalSymbol local, IOperation creation)
    {
        var function = creation.Function();
        var any = false;
        foreach (var use in Aliasing.Uses(local, creation.Root()))
        {
            any = true;
            if (!ReferenceEquals(use.Reference.Function(), function) || !Stays(use))
                return false;
        }

        return any;
    }

    private static bool Stays(Use use)
    {
        switch (use.Kind)
        {
            case UseKind.Enumerated:
                return use.Context is IForEachLoopOperation { IsAsynchronous: false };

            case UseKind.MemberRead or UseKind.MemberWritten:
                return use.Context is IArrayElementReferenceOperation { Indices: [{ Type.SpecialType: SpecialType.System_Int32 }] } element ? element.Parent is not (IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } or IReturnOperation or IArgumentOperation { Parameter.RefKind: not RefKind.None })
                    : use.Context is IPropertyReferenceOperation { Property: { Name: "Length" or "Count" } or { IsIndexer: true } } or IImplicitIndexerReferenceOperation { Argument.Type.Name: "Index" };

            case UseKind.Called:
                return use.Context is IInvocationOperation call && Stays(call);

            case UseKind.Passed:
                return use.Context is IArgumentOperation argument && IsTaken(argument);

            default:
                return false;
        }
    }

    /// <summary>Whether a call on the buffer gives nothing that leads back to it.</summary>
    private static bool Stays(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (!method.ContainingType.IsFromSystem())
            return false;

        // A builder gives itself: what follows in the chain counts, and what is done with its end.
        if (AppendedTemporary.IsBuilder(method.ContainingType))
        {
            if (method.Name is "EnsureCapacity" or "GetChunks")
                return false;

            if (!AppendedTemporary.IsBuilder(method.ReturnType))
                return true;

            return call.Parent switch
            {
                IExpressionStatementOperation => true,
                IInvocationOperation next when ReferenceEquals(next.Instance, call) => Stays(next),
                _ => false,
            };
        }

        if (method.ContainingType.Name == "List")
            return method.Name is not ("EnsureCapacity" or "AsReadOnly" or "TrimExcess" or "GetEnumerator");

        if (method.ContainingType.Name == "Enumerable")
            return !Loops.IsDeferred(method) && method.Name is not ("AsEnumerable" or "GetEnumerator");

        // A span lives no longer than the call that it is passed to.
        if (method is { Name: "AsSpan", ContainingType.Name: "MemoryExtensions" })
            return call.Consumer(out _) is IArgumentOperation argument && IsTaken(argument) || call.Parent is IInvocationOperation { TargetMethod: { Name: "Clear" or "Fill" } } || call.Parent?.Parent is IExpressionStatementOperation;

        return method.ContainingType.Name is "Array" && method.Name is not ("AsReadOnly" or "GetEnumerator");
    }

    /// <summary>Whether the method reads or fills what it is given and forgets it.</summary>
    private static bool IsTaken(IArgumentOperation argument)
    {
        if (argument.Parameter is not { RefKind: RefKind.None or RefKind.In } parameter || parameter.ContainingSymbol is not IMethodSymbol method || !method.ContainingType.IsFromSystem())
            return false;

        var isNamed = method.ContainingType.Name switch
        {
            "Array" or "Buffer" or "BitConverter" or "Console" or "Random" or "RandomNumberGenerator" or "StringBuilder" or "Encoding" or "UTF8Encoding" or "ASCIIEncoding" or "MemoryExtensions" or "BinaryPrimitives" => true,
            "Convert" => method.Name != "ChangeType",
            "String" => true,
            "Enumerable" => !Loops.IsDeferred(method),
            _ => false,
        };

        if (isNamed)
            return method.MethodKind == MethodKind.Constructor ? method.ContainingType.SpecialType == SpecialType.System_String : !method.Name.StartsWith("As", StringComparison.Ordinal) && method.ReturnType.Name is not ("Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory");

        if (argument.Parent is not IInvocationOperation call)
            return false;

        for (var type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.Name is "Stream" or "TextReader" or "TextWriter" or "HashAlgorithm" && type.IsFromSystem())
                return !IsTask(method.ReturnType) || call.Consumer(out _) is IAwaitOperation || call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation };
        }

        return false;

        static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask" or "IAsyncResult";
    }
}
