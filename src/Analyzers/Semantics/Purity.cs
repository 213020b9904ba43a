namespace HotPath;

/// <summary>What running a member can do beside giving a result.</summary>
[Flags]
internal enum Effect
{
    /// <summary>Nothing: the result depends on the arguments alone.</summary>
    None = 0,

    /// <summary>The result depends on state that others may write: mutable fields, elements of collections, the current culture.</summary>
    ReadsState = 1,

    /// <summary>The result differs from call to call: clocks, random numbers, new identities.</summary>
    Volatile = 2,

    /// <summary>It changes the object it is called on.</summary>
    MutatesReceiver = 4,

    /// <summary>It changes an object passed to it.</summary>
    MutatesArguments = 8,

    /// <summary>It writes fields, or objects that were there before.</summary>
    WritesState = 16,

    /// <summary>It acts on the world: files, console, network, database, threads.</summary>
    External = 32,

    /// <summary>It runs code that cannot be seen: delegates, virtual members, other assemblies.</summary>
    Unknown = 64,
}

/// <summary>A small table of library members whose effects are known. What is not in it is unknown.</summary>
internal static class Purity
{
    private const Effect Anything = Effect.External | Effect.Unknown;

    /// <summary>The effects of a library member, delegates passed to it left out; null for members that the table does not know and for source members.</summary>
    public static Effect? OfLibrary(IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (type is null || !type.IsFromSystem())
            return null;

        var space = type.ContainingNamespace;
        if (space.Is("System"))
            return OfSystem(method, type);

        if (space.Is("System.Linq"))
            return OfLinq(method, type);

        if (space.Is("System.Collections.Generic") || space.Is("System.Collections") || space.Is("System.Collections.ObjectModel") || space.Is("System.Collections.Concurrent"))
            return OfCollection(method);

        if (space.Is("System.Collections.Immutable") || space.Is("System.Collections.Frozen"))
            return type.Name == "Builder" ? OfCollection(method) : Effect.None;

        if (space.Is("System.Text"))
            return OfText(method, type);

        if (space.Is("System.Text.RegularExpressions"))
            return Effect.None;

        if (space.Is("System.Globalization") || space.Is("System.Numerics"))
            return Effect.None;

        if (space.Is("System.IO"))
            return type.Name == "Path" ? (method.Name is "GetTempFileName" or "GetRandomFileName" or "GetTempPath" or "GetFullPath" or "Exists" ? null : Effect.None) : null;

        return null;
    }

    /// <summary>Whether a library member gives the same result for the same arguments and does nothing else.</summary>
    public static bool IsPureLibrary(IMethodSymbol method) => OfLibrary(method) == Effect.None;

    private static Effect? OfSystem(IMethodSymbol method, INamedTypeSymbol type)
    {
        switch (type.Name)
        {
            case "String":
                return method.Name switch
                {
                    "CopyTo" or "TryCopyTo" => Effect.MutatesArguments,
                    "Intern" or "IsInterned" => Effect.None,
                    _ => Effect.None,
                };

            case "Math" or "MathF" or "Char" or "Boolean" or "BitConverter" or "Convert" or "Nullable" or "Tuple" or "ValueTuple" or "Version" or "Uri" or "TimeSpan" or "HashCode" or "StringComparer" or "IntPtr" or "UIntPtr" or "Half" or "Int128" or "UInt128" or "DateOnly" or "TimeOnly" or "Index" or "Range":
                return type.Name == "HashCode" && method.Name is "Add" or "AddBytes" ? Effect.MutatesReceiver : method.Name is "TryFormat" or "TryWriteBytes" ? Effect.MutatesArguments : Effect.None;

            case "DateTime" or "DateTimeOffset":
                return method.Name is "get_Now" or "get_UtcNow" or "get_Today" ? Effect.Volatile : Effect.None;

            case "Guid":
                return method.Name is "NewGuid" or "CreateVersion7" ? Effect.Volatile : Effect.None;

            case "Random":
                return Effect.Volatile | Effect.MutatesReceiver;

            case "Array":
                return method.Name is "IndexOf" or "LastIndexOf" or "BinarySearch" or "Exists" or "Find" or "FindAll" or "FindIndex" or "FindLast" or "FindLastIndex" or "TrueForAll" or "ConvertAll" or "ForEach" or "GetLength" or "GetLowerBound" or "GetUpperBound" or "GetValue" or "get_Length" or "get_LongLength" or "get_Rank" or "Empty" or "Clone" or "GetEnumerator" or "AsReadOnly"
                    ? Effect.ReadsState
                    : method.Name is "Sort" or "Reverse" or "Resize" or "Fill" or "Clear" or "Copy" or "SetValue" or "CopyTo" or "Initialize" ? Effect.MutatesArguments | Effect.MutatesReceiver : null;

            case "MemoryExtensions":
                return method.Name is "Reverse" or "Sort" or "CopyTo" or "TryCopyTo" or "Replace" or "AsSpan" or "AsMemory" ? (method.Name is "AsSpan" or "AsMemory" && method.Parameters[0].Type.SpecialType == SpecialType.System_String ? Effect.None : Effect.MutatesArguments | Effect.MutatesReceiver) : Effect.ReadsState;

            case "Span" or "Memory":
                return method.Name is "Fill" or "Clear" or "get_Item" ? Effect.MutatesReceiver : method.Name is "CopyTo" or "TryCopyTo" ? Effect.MutatesArguments : Effect.ReadsState;

            case "ReadOnlySpan" or "ReadOnlyMemory":
                return method.Name is "CopyTo" or "TryCopyTo" ? Effect.MutatesArguments : Effect.ReadsState;

            case "Enum":
                return Effect.None;

            case "Object":
                return method.Name is "ReferenceEquals" or "GetType" ? Effect.None : method is { IsStatic: false } && method.Name is "ToString" or "Equals" or "GetHashCode" ? Effect.ReadsState | Effect.Unknown : null;

            case "GC":
                return null;

            case "Console":
                return Effect.External;

            case "Environment":
                return method.Name is "get_NewLine" or "get_ProcessorCount" ? Effect.None : null;
        }

        // The primitive types: parse, compare, format.
        return type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double ? method.Name == "TryFormat" ? Effect.MutatesArguments : Effect.None : null;
    }

    private static Effect? OfLinq(IMethodSymbol method, INamedTypeSymbol type) => type.Name switch
    {
        "Enumerable" or "ParallelEnumerable" => Effect.ReadsState,
        "ILookup" or "Lookup" or "IGrouping" => Effect.ReadsState,
        _ => null,
    };

    private static Effect? OfCollection(IMethodSymbol method) => method.Name switch
    {
        "Contains" or "IndexOf" or "LastIndexOf" or "BinarySearch" or "Exists" or "Find" or "FindAll" or "FindIndex" or "FindLast" or "FindLastIndex" or "ForEach" or "TrueForAll" or "ToArray" or "GetRange" or "Slice"
            or "ConvertAll" or "ContainsKey" or "ContainsValue" or "TryGetValue" or "TryPeek" or "Peek" or "GetEnumerator" or "get_Count" or "get_Item" or "get_Capacity" or "get_Keys" or "get_Values" or "get_Comparer"
            or "get_Length" or "get_IsReadOnly" or "get_IsEmpty" or "IsSubsetOf" or "IsSupersetOf" or "IsProperSubsetOf" or "IsProperSupersetOf" or "Overlaps" or "SetEquals" or "get_First" or "get_Last" or "get_Min" or "get_Max"
            or "GetValueOrDefault" or "get_Key" or "get_Value" or "get_Current" or "Equals" or "Compare" or "GetHashCode" or "get_Default" or "Create" or "AsReadOnly" or "Deconstruct" or "GetViewBetween" or "get_Next" or "get_Previous" => Effect.ReadsState,
        "CopyTo" => Effect.MutatesArguments,
        "ToString" => Effect.ReadsState,
        _ => Effect.MutatesReceiver,
    };

    private static Effect? OfText(IMethodSymbol method, INamedTypeSymbol type) => type.Name switch
    {
        "StringBuilder" => method.Name is "ToString" or "get_Length" or "get_Chars" or "get_Capacity" or "Equals" or "GetChunks" or "get_MaxCapacity" ? Effect.ReadsState : method.Name == "CopyTo" ? Effect.MutatesArguments : Effect.MutatesReceiver,
        "Encoding" or "UTF8Encoding" or "ASCIIEncoding" or "UnicodeEncoding" => method.Parameters.Length <= 3 ? Effect.ReadsState : Effect.MutatesArguments,
        "Rune" or "NormalizationForm" => Effect.None,
        _ => null,
    };

    /// <summary>The effects of a library member for which the table has no entry: it acts on the world and may call back what it was given.</summary>
    public static Effect OfUnknownLibrary => Anything;
}
