namespace HotPath;

/// <summary>Files that are written or read in a loop with a call of the system for each line or byte.</summary>
internal static class UnbufferedIo
{
    /// <summary>Whether the call empties the buffer of a file's writer in every iteration of a loop.</summary>
    public static bool IsFlushPerLine(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod.Name is not ("Flush" or "FlushAsync") || call.Arguments.Any(static argument => argument.Value.ConstantValue is { HasValue: true, Value: true }) || Local(call.Instance) is not { } local)
            return false;

        // Now and then is on purpose.
        for (var current = call.Parent; current is not (null or ILoopOperation); current = current.Parent)
        {
            if (current is IConditionalOperation or ISwitchOperation or IAnonymousFunctionOperation or ICatchClauseOperation)
                return false;
        }

        return IsAround(call, local, options) && OpenedFile(local, call) is not null && !IsReadBeside(call);
    }

    /// <summary>Whether the assignment makes a file's writer empty its buffer after each call, and it is called in a loop.</summary>
    public static bool IsAutoFlush(ISimpleAssignmentOperation assignment, AnalyzerOptions options)
    {
        if (assignment is not { Target: IPropertyReferenceOperation { Property: { Name: "AutoFlush", ContainingType: var type } } property, Value.ConstantValue: { HasValue: true, Value: true } } || !type.Is("System.IO", "StreamWriter"))
            return false;

        var local = property.Instance is IInstanceReferenceOperation
            ? assignment.Parent is IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation { Parent: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var declared } } } } ? declared : null
            : Local(property.Instance);

        if (local is null || OpenedFile(local, assignment) is null)
            return false;

        foreach (var use in Aliasing.Uses(local, assignment.Root()))
        {
            if (use.Context is IInvocationOperation { TargetMethod.Name: "Write" or "WriteLine" or "WriteAsync" or "WriteLineAsync" } write && IsAround(write, local, options) && !IsReadBeside(write))
                return true;
        }

        return false;
    }

    /// <summary>Whether the call reads or writes one byte of a file without a buffer, in a loop.</summary>
    public static bool IsBytewise(IInvocationOperation call, AnalyzerOptions options) =>
        call.TargetMethod.Name is "ReadByte" or "WriteByte" && Local(call.Instance) is { } local && IsAround(call, local, options)
        && OpenedFile(local, call) is IObjectCreationOperation { Type.Name: "FileStream" } creation
        && creation.Arguments.Any(static argument => argument is { Parameter.Name: "bufferSize", Value.ConstantValue: { HasValue: true, Value: 0 or 1 } });

    private static ILocalSymbol? Local(IOperation? instance) => instance?.Unconverted() is ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } && local.Type.ContainingNamespace.Is("System.IO") ? local : null;

    /// <summary>Whether a loop that does not wait for what comes next runs the call on the same object again and again.</summary>
    private static bool IsAround(IInvocationOperation call, ILocalSymbol local, AnalyzerOptions options) =>
        Loops.Enclosing(call, options) is { } loop && !loop.Operation.Declares(local) && !AppendPerItem.Waits(loop);

    /// <summary>Whether the iteration starts something that may look at the file, or waits for it.</summary>
    private static bool IsReadBeside(IInvocationOperation call)
    {
        IOperation? loop = call;
        while (loop is not (null or ILoopOperation))
            loop = loop.Parent;

        foreach (var part in loop?.Descendants() ?? [])
        {
            if (part is IInvocationOperation { TargetMethod: { ContainingType.Name: "File" or "Process" or "Thread", Name: not ("Write" or "WriteLine") } method } && method.ContainingType.IsFromSystem())
                return true;
        }

        return false;
    }

    /// <summary>What opened the file that the local stands for; null for what is no file.</summary>
    private static IOperation? OpenedFile(ILocalSymbol local, IOperation near) => Origins.Only(local, near)?.Unconverted() switch
    {
        IObjectCreationOperation { Type: { Name: "StreamWriter" or "FileStream" } type, Arguments: [{ Value.Type.SpecialType: SpecialType.System_String }, ..] } creation when type.ContainingNamespace.Is("System.IO") => creation,
        IInvocationOperation { TargetMethod: { Name: "CreateText" or "AppendText" or "Create" or "OpenWrite", ContainingType: { Name: "File" } type } } call when type.IsFromSystem() => call,
        _ => null,
    };
}
