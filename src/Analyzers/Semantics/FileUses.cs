namespace HotPath;

/// <summary>What a piece of code may do to files.</summary>
internal enum FileUse
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It reads files, or asks about them.</summary>
    Reads,

    /// <summary>It runs code that cannot be seen.</summary>
    Unknown,

    /// <summary>It writes, moves or deletes files, or starts a program that may.</summary>
    Writes,
}

/// <summary>What code does to files, its callees included as far as they can be seen.</summary>
internal sealed class FileUses
{
    private const int Deepest = 5;
    private const int MostMethods = 100;

    private readonly Compilation compilation;
    private readonly Func<IOperation, bool> isExempt;
    private readonly HashSet<ISymbol> visited = new(SymbolEqualityComparer.Default);
    private FileUse most;

    private FileUses(Compilation compilation, Func<IOperation, bool> isExempt)
    {
        this.compilation = compilation;
        this.isExempt = isExempt;
    }

    /// <summary>The most that the code does to files; what <paramref name="isExempt"/> says yes to does not count.</summary>
    public static FileUse In(IOperation region, Func<IOperation, bool> isExempt)
    {
        if (region.SemanticModel is not { Compilation: var compilation })
            return FileUse.Unknown;

        var uses = new FileUses(compilation, isExempt);
        uses.Visit(region, depth: 0);
        return uses.most;
    }

    /// <summary>What calling a library member does to files; null where it is not known to do nothing, or something.</summary>
    public static FileUse? OfLibrary(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return null;

        var type = method.ContainingType;
        if (Purity.OfLibrary(method) is { } effects)
            return type.Name is "Console" || !effects.HasFlag(Effect.External) ? FileUse.None : null;

        if (!type.IsFromSystem())
            return null;

        var space = type.ContainingNamespace;
        if (space.Is("System.IO"))
            return OfFiles(method, type.Name);

        if (space.Is("System.IO.Compression"))
            return FileUse.Writes;

        if (space.Is("System.Diagnostics"))
            return type.Name is "Process" ? FileUse.Writes : type.Name is "Stopwatch" or "Debug" or "Trace" ? FileUse.None : null;

        if (space.Is("System"))
            return type.TypeKind == TypeKind.Interface && method.Name == "Dispose" || type.Name is "Activator" or "AppDomain" or "Lazy" or "Delegate" or "IProgress" or "IObserver" ? null : FileUse.None;

        return space.Is("System.Text") || space.Is("System.Text.Json") || space.Is("System.Buffers") || space.Is("System.Buffers.Text") || space.Is("System.Globalization") || space.Is("System.Security.Cryptography")
            || space.Is("System.Linq") || space.Is("System.Collections.Generic") || space.Is("System.Collections") || space.Is("System.Threading") && type.Name is "Interlocked" or "Volatile" or "Monitor" or "CancellationToken"
                ? FileUse.None
                : null;
    }

    private static FileUse? OfFiles(IMethodSymbol method, string type)
    {
        var name = method.Name;
        return type switch
        {
            "Path" or "StringReader" or "StringWriter" or "MemoryStream" or "EnumerationOptions" => FileUse.None,
            "StreamReader" or "BinaryReader" => FileUse.Reads,
            "TextReader" or "TextWriter" or "Stream" => null,
            "File" or "Directory" or "FileInfo" or "DirectoryInfo" or "FileSystemInfo" or "DriveInfo" => IsQuestion(name) ? FileUse.Reads : FileUse.Writes,
            _ => FileUse.Writes,
        };

        static bool IsQuestion(string name) => name is ".ctor" or "Exists" or "OpenRead" or "OpenText" or "Refresh" or "ToString"
            || name.StartsWith("Read", StringComparison.Ordinal) || name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("Enumerate", StringComparison.Ordinal);
    }

    private void Note(FileUse use)
    {
        if (use > most)
            most = use;
    }

    private void Visit(IOperation region, int depth)
    {
        foreach (var part in region.DescendantsAndSelf())
        {
            if (most == FileUse.Writes)
                return;

            if (isExempt(part))
                continue;

            switch (part)
            {
                case IInvocationOperation call:
                    Method(call.TargetMethod, depth);
                    if (call.TargetMethod.Locations is not [{ IsInSource: true }, ..])
                    {
                        // A library may run what it is handed; lambdas are seen where they stand.
                        foreach (var argument in call.Arguments)
                        {
                            if (argument.Value.Type?.TypeKind == TypeKind.Delegate && argument.Value.Unconverted() is not (IDelegateCreationOperation or { ConstantValue.HasValue: true }))
                                Note(FileUse.Unknown);
                        }
                    }

                    break;

                case IMethodReferenceOperation { Method: var method }:
                    Method(method, depth);
                    break;

                case IObjectCreationOperation { Constructor: { } constructor, Type: { } type }:
                    if (type.ContainingNamespace.Is("System.IO") && type.Name.EndsWith("Exception", StringComparison.Ordinal))
                        break;

                    if (constructor.Locations is [{ IsInSource: true }, ..] || constructor.ContainingType.IsFromSystem())
                        Method(constructor, depth);
                    else if (constructor.Locations is not [{ IsInSource: true }, ..] && !constructor.IsImplicitlyDeclared)
                        Note(FileUse.Unknown);

                    break;

                case IPropertyReferenceOperation { Property: var property }:
                    if (property.Locations is not [{ IsInSource: true }, ..] && !property.ContainingType.IsFromSystem())
                        Note(FileUse.Unknown);
                    else if (Aliasing.Classify(part).Kind is UseKind.Assigned && property.SetMethod is { } setter)
                        Accessor(setter, depth);
                    else if (property.GetMethod is { } getter)
                        Accessor(getter, depth);

                    break;

                case IBinaryOperation { OperatorMethod: { Locations: [{ IsInSource: true }, ..] } method }:
                    Method(method, depth);
                    break;

                case IConversionOperation { OperatorMethod: { Locations: [{ IsInSource: true }, ..] } method }:
                    Method(method, depth);
                    break;

                case IForEachLoopOperation { Collection: var collection } when !isExempt(collection.Unconverted()):
                    if (collection.Unconverted() is { Type: { } source } walked && source is not IArrayTypeSymbol && (!source.IsFromSystem() || source.TypeKind == TypeKind.Interface && walked is not IInvocationOperation))
                        Note(FileUse.Unknown);

                    break;

                case IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } or IForEachLoopOperation { IsAsynchronous: true }:
                case IAwaitOperation or IReturnOperation { Kind: OperationKind.YieldReturn } or IFunctionPointerInvocationOperation or IInvalidOperation:
                case IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IDynamicObjectCreationOperation:
                    Note(FileUse.Unknown);
                    break;
            }
        }
    }

    private void Accessor(IMethodSymbol accessor, int depth)
    {
        if (accessor.Locations is [{ IsInSource: true }, ..])
        {
            if (!Effects.IsAuto(accessor))
                Method(accessor, depth);
        }
        else if (accessor.ContainingType.ContainingNamespace.Is("System.IO") && OfLibrary(accessor) is { } use)
        {
            Note(use);
        }
    }

    private void Method(IMethodSymbol method, int depth)
    {
        method = method.OriginalDefinition;
        if (method.Locations is not [{ IsInSource: true }, ..])
        {
            Note(OfLibrary(method) ?? FileUse.Unknown);
            return;
        }

        if (method.IsImplicitlyDeclared)
            return;

        if (method is { IsAbstract: true } or { IsExtern: true } or { IsVirtual: true, ContainingType.IsSealed: false } or { IsOverride: true, IsSealed: false, ContainingType.IsSealed: false })
        {
            Note(FileUse.Unknown);
            return;
        }

        if (!visited.Add(method))
            return;

        if (depth >= Deepest || visited.Count > MostMethods)
        {
            Note(FileUse.Unknown);
            return;
        }

        foreach (var body in Bodies.Of(compilation).Of(method))
            Visit(body, depth + 1);
    }
}
