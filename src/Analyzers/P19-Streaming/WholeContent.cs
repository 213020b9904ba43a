namespace HotPath;

/// <summary>What a whole file, or the rest of a stream, is loaded for.</summary>
internal enum ContentUse
{
    /// <summary>It is cut into lines.</summary>
    Split,

    /// <summary>Its bytes are counted.</summary>
    Count,

    /// <summary>One pass over its bytes.</summary>
    Pass,

    /// <summary>A hash of it is computed, by a method that takes a stream too.</summary>
    Hash,

    /// <summary>It is parsed, by a method that takes a stream too.</summary>
    Parse,

    /// <summary>A stream is made of it, which is only read.</summary>
    Stream,
}

/// <summary>The whole content of a file, or the rest of a stream, loaded for one thing that does not need all of it at once.</summary>
internal sealed class WholeContent
{
    private WholeContent(IInvocationOperation load, IOperation whole, ContentUse use)
    {
        Load = load;
        Whole = whole;
        Use = use;
    }

    /// <summary>The call that loads everything.</summary>
    public IInvocationOperation Load { get; }

    /// <summary>The one thing it is loaded for.</summary>
    public IOperation Whole { get; }

    /// <summary>What that is.</summary>
    public ContentUse Use { get; }

    /// <summary>The local that holds the content, or null.</summary>
    public IVariableDeclaratorOperation? Declarator { get; private set; }

    /// <summary>Whether the call loads a whole file or the rest of a stream: the cheap question before all others.</summary>
    public static bool IsLoad(IMethodSymbol method) => method.Name switch
    {
        "ReadAllText" or "ReadAllTextAsync" or "ReadAllBytes" or "ReadAllBytesAsync" => method.ContainingType.Is("System.IO", "File"),
        "ReadToEnd" or "ReadToEndAsync" => method.ContainingType.Name is "StreamReader" or "TextReader" && method.ContainingType.ContainingNamespace.Is("System.IO"),
        "GetStringAsync" or "GetByteArrayAsync" => method.ContainingType.Is("System.Net.Http", "HttpClient"),
        "ReadAsStringAsync" or "ReadAsByteArrayAsync" => method.ContainingType.Is("System.Net.Http", "HttpContent"),
        _ => false,
    };

    /// <summary>The one use of the content, or null.</summary>
    public static WholeContent? Of(IInvocationOperation load)
    {
        var method = load.TargetMethod;
        if (!IsLoad(method) || !method.ContainingType.IsFromSystem())
            return null;

        if (load.Awaited() is not { } value)
            return null;

        IVariableDeclaratorOperation? held = null;
        if (value.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator })
        {
            if (SingleUse.Of(declarator) is not { } use)
                return null;

            (held, value) = (declarator, use);
        }

        if (UseOf(load, value) is not var (whole, kind) || load.IsInExpressionTree() || Loops.IsCold(load) || !load.Binds())
            return null;

        return new(load, whole, kind) { Declarator = held };
    }

    private static (IOperation Whole, ContentUse Use)? UseOf(IInvocationOperation load, IOperation value)
    {
        var isText = load.Type is { SpecialType: SpecialType.System_String } || load.TargetMethod.Name is "ReadAllTextAsync" or "ReadToEndAsync" or "GetStringAsync" or "ReadAsStringAsync";
        var isFile = load.TargetMethod.IsStatic;

        switch (value.Consumer(out var child))
        {
            case IInvocationOperation { TargetMethod: { Name: "Split", ContainingType.SpecialType: SpecialType.System_String } } split when isText && load.TargetMethod.Name is not ("GetStringAsync" or "ReadAsStringAsync") && ReferenceEquals(split.Instance, child) && CutsLines(split):
                return (split, ContentUse.Split);

            case IPropertyReferenceOperation { Property.Name: "Length" or "LongLength" } length when !isText && isFile && ReferenceEquals(length.Instance, child):
                return (length, ContentUse.Count);

            case IForEachLoopOperation loop when !isText && isFile && ReferenceEquals(loop.Collection.Unconverted(), child.Unconverted()) && FileUses.In(loop, part => ReferenceEquals(part, load)) is FileUse.None or FileUse.Unknown:
                return (loop, ContentUse.Pass);

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { Name: "Count" or "Any" or "All", ContainingType: { Name: "Enumerable" } type } } call } when !isText && isFile && type.IsFromSystem() && call.Arguments.Length == 2:
                return (call, ContentUse.Pass);

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call }:
                var space = call.TargetMethod.ContainingType.ContainingNamespace;
                if (!call.TargetMethod.ContainingType.IsFromSystem() || !TakesStream(call.TargetMethod))
                    return null;

                return !isText && isFile && space.Is("System.Security.Cryptography") && call.TargetMethod.Name is "HashData" or "ComputeHash" ? (call, ContentUse.Hash)
                    : space.Is("System.Text.Json") && call.TargetMethod is { Name: "Deserialize", ContainingType.Name: "JsonSerializer" } or { Name: "Parse", ContainingType.Name: "JsonDocument" } ? (call, ContentUse.Parse)
                    : null;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IObjectCreationOperation { Type: { Name: "MemoryStream" } type, Arguments.Length: 1 } creation } when !isText && type.IsFromSystem() && IsOnlyRead(creation):
                return (creation, ContentUse.Stream);

            default:
                return null;
        }
    }

    /// <summary>Whether a text is cut where its lines end.</summary>
    private static bool CutsLines(IInvocationOperation split)
    {
        if (split.ArgumentOf(0) is not { } separators)
            return false;

        var any = false;
        foreach (var part in separators.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property: { Name: "NewLine", ContainingType.Name: "Environment" } })
            {
                any = true;
            }
            else if (part.ConstantValue is { HasValue: true, Value: string or char } constant)
            {
                if (constant.Value is not ('\n' or '\r' or "\n" or "\r\n" or "\r"))
                    return false;

                any = true;
            }
            else if (part is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInvocationOperation)
            {
                return false;
            }
        }

        return any;
    }

    /// <summary>Whether a method of the same name takes a stream in the place of the content.</summary>
    private static bool TakesStream(IMethodSymbol method)
    {
        foreach (var member in method.ContainingType.GetMembers(method.Name))
        {
            if (member is IMethodSymbol { Parameters: [{ Type: { Name: "Stream" } stream }, ..] } other && other.Arity == method.Arity && stream.ContainingNamespace.Is("System.IO"))
                return true;
        }

        return false;
    }

    /// <summary>Whether the stream is handed on for reading in the same method, or read in it, and nothing that only a stream in memory can do.</summary>
    private static bool IsOnlyRead(IObjectCreationOperation creation)
    {
        switch (creation.Consumer(out _))
        {
            case IArgumentOperation argument:
                return IsReader(argument);

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator }:
                var any = false;
                foreach (var use in Aliasing.Uses(local, declarator.Root()))
                {
                    any = true;
                    if (!ReferenceEquals(use.Reference.Function(), declarator.Function())
                        || !(use.Context is IArgumentOperation passed && IsReader(passed) || use.Context is IInvocationOperation { TargetMethod.Name: "Read" or "ReadByte" or "ReadAsync" or "ReadExactly" or "CopyTo" or "CopyToAsync" or "Dispose" or "Close" }))
                    {
                        return false;
                    }
                }

                return any;

            default:
                return false;
        }
    }

    /// <summary>Whether a stream is handed to a reader of the library.</summary>
    private static bool IsReader(IArgumentOperation argument)
    {
        if (argument.Parent is IObjectCreationOperation { Type: { } type })
            return type.IsFromSystem() && type.Name is "StreamReader" or "BinaryReader" or "GZipStream" or "DeflateStream" or "BrotliStream" or "ZipArchive" or "XmlTextReader";

        return argument.Parent is IInvocationOperation { TargetMethod: { Name: "Deserialize" or "DeserializeAsync" or "Load" or "LoadAsync" or "Create" or "Parse" or "ParseAsync" or "HashData" or "ComputeHash", ContainingType: var reader } } && reader.IsFromSystem();
    }
}
