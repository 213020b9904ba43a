namespace HotPath;

/// <summary>A file that is opened, appended to and closed once per iteration. The one recognition behind the rule and its fix.</summary>
internal sealed class AppendPerItem
{
    // FileMode.Append.
    private const int AppendMode = 6;

    private AppendPerItem(IOperation append, IOperation path, IReadOnlyList<Loop> loops)
    {
        Append = append;
        Path = path;
        Loops = loops;
    }

    /// <summary>The first call in the loop that appends, or what opens the writer that does.</summary>
    public IOperation Append { get; }

    /// <summary>The path of the file.</summary>
    public IOperation Path { get; }

    /// <summary>The loops in which the path stays the same, innermost first.</summary>
    public IReadOnlyList<Loop> Loops { get; }

    /// <summary>Whether the call opens a file, adds something at its end and closes it.</summary>
    public static bool IsAppend(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "AppendAllText" or "AppendAllTextAsync" or "AppendAllLines" or "AppendAllLinesAsync" or "AppendAllBytes" or "AppendAllBytesAsync", ContainingType: var type } }
        && type.Is("System.IO", "File") && type.IsFromSystem();

    /// <summary>The file that is opened in each iteration, or null.</summary>
    public static AppendPerItem? Of(IInvocationOperation append, AnalyzerOptions options)
    {
        return IsAppend(append) ? Of(append, append.ArgumentOf(0)?.Unconverted(), options) : null;
    }

    /// <summary>A writer or stream that each iteration opens at the end of the same file, and closes again, or null.</summary>
    public static AppendPerItem? OfWriter(IOperation opening, AnalyzerOptions options)
    {
        if (!OpensWriter(opening) || !IsForOnePiece(opening) || Of(opening, PathOf(opening), options) is not { } found)
            return null;

        // Pieces of many lines are written at once.
        return Iteration.IsOverChunks(found.Loops[0]) ? null : found;
    }

    /// <summary>Whether what is opened is closed in the same course, and written to outside of loops of its own only.</summary>
    public static bool IsForOnePiece(IOperation opening) => IsClosed(opening) && !WritesInLoop(opening);

    private static AppendPerItem? Of(IOperation append, IOperation? path, AnalyzerOptions options)
    {
        if (path is null)
            return null;

        List<Loop>? loops = null;
        foreach (var loop in HotPath.Loops.Around(append, options))
        {
            if (!(IsFile(path, loop) || Invariance.Holds(path, loop)) || Waits(loop))
                break;

            (loops ??= []).Add(loop);
        }

        return loops is not null && append.Binds() && IsAlone(append, path, loops[0]) ? new(append, path, loops) : null;
    }

    /// <summary>Whether it is an object that stands for a file, and the same one in all iterations.</summary>
    private static bool IsFile(IOperation path, Loop loop)
    {
        if (!path.Type.Is("System.IO", "FileInfo") || path.Variable() is not { } file || Iteration.Declares(loop, file))
            return false;

        foreach (var use in Aliasing.Uses(file, loop.Lambda ?? loop.Operation))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference || use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "MoveTo" or "Delete" or "Refresh" } })
                return false;
        }

        return true;
    }

    /// <summary>What names the file that a call or creation opens: its path, or the object that stands for the file.</summary>
    public static IOperation? PathOf(IOperation opening) =>
        (opening is IInvocationOperation { Instance: { } file } ? file : opening.Arguments().FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value)?.Unconverted();

    /// <summary>Whether the operation opens a file to write at its end.</summary>
    public static bool OpensWriter(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { Name: "AppendText", ContainingType: var type } }:
                return type.Name is "File" or "FileInfo" && type.ContainingNamespace.Is("System.IO") && type.IsFromSystem();

            case IInvocationOperation { TargetMethod: { Name: "Open", ContainingType: var type } } call:
                return type.Name is "File" or "FileInfo" && type.ContainingNamespace.Is("System.IO") && type.IsFromSystem() && Has(call.Arguments, "mode", AppendMode);

            case IObjectCreationOperation { Type: { } type, Constructor.Parameters: [{ Type.SpecialType: SpecialType.System_String }, { Name: "append" }, ..], Arguments: var arguments }:
                return type.Is("System.IO", "StreamWriter") && Has(arguments, "append", true);

            case IObjectCreationOperation { Type: { } type, Constructor.Parameters: [{ Type.SpecialType: SpecialType.System_String }, { Name: "mode" }, ..], Arguments: var arguments }:
                return type.Is("System.IO", "FileStream") && Has(arguments, "mode", AppendMode);

            default:
                return false;
        }

        static bool Has(ImmutableArray<IArgumentOperation> arguments, string name, object value)
        {
            foreach (var argument in arguments)
            {
                if (argument.Parameter?.Name == name)
                    return argument.Value.ConstantValue is { HasValue: true, Value: var given } && Equals(given, value);
            }

            return false;
        }
    }

    private static ILocalSymbol? Holder(IOperation opening) => opening.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } ? local : null;

    /// <summary>The writer that is made for the stream where it is opened, or handed over later.</summary>
    private static IObjectCreationOperation? Writer(IOperation? context) =>
        context is IArgumentOperation { Parameter.Ordinal: 0, Parent: IObjectCreationOperation { Type: { Name: "StreamWriter" or "BinaryWriter" } type } creation } && type.ContainingNamespace.Is("System.IO") ? creation : null;

    /// <summary>Whether a <c>using</c> or a call closes what is opened, or the writer around it.</summary>
    private static bool IsClosed(IOperation opening)
    {
        if (opening.IsDisposed())
            return true;

        if (Writer(opening.Consumer(out _)) is { } around)
            return IsClosed(around);

        if (Holder(opening) is not { } local)
            return false;

        foreach (var use in Aliasing.Uses(local, opening.Root()))
        {
            if (use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Close" or "Dispose" or "DisposeAsync" } } || Writer(use.Context) is { } writer && IsClosed(writer))
                return true;
        }

        return false;
    }

    /// <summary>Whether the writer is used in a loop of its own, or handed to code that may do so.</summary>
    private static bool WritesInLoop(IOperation opening)
    {
        if (Writer(opening.Consumer(out _)) is { } around)
            return WritesInLoop(around);

        if (Holder(opening) is not { } local)
            return true;

        foreach (var use in Aliasing.Uses(local, opening.Root()))
        {
            if (use.Kind is not (UseKind.Called or UseKind.MemberRead or UseKind.MemberWritten) && !(Writer(use.Context) is { } writer && !WritesInLoop(writer)))
                return true;

            for (var current = use.Reference.Parent; current is not null && !current.Syntax.Span.Contains(opening.Syntax.Span); current = current.Parent)
            {
                if (current is ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether two calls name the same file.</summary>
    public static bool IsSame(IOperation one, IOperation other)
    {
        one = one.Unconverted();
        other = other.Unconverted();
        if (one.ConstantValue is { HasValue: true, Value: var constant } && other.ConstantValue is { HasValue: true, Value: var second })
            return Equals(constant, second);

        return one.Variable() is { } variable ? SymbolEqualityComparer.Default.Equals(variable, other.Variable()) : one.Syntax.IsEquivalentTo(other.Syntax);
    }

    /// <summary>Whether the loop takes what comes as it comes: what it writes is to be in the file when it waits for more.</summary>
    public static bool Waits(Loop loop) => Iteration.IsWorker(loop) || loop.Operation switch
    {
        IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } or IForLoopOperation { Condition: null } => true,
        IForEachLoopOperation { IsAsynchronous: true } => true,
        IWhileLoopOperation { Condition: { } condition } when condition.DescendantsAndSelf().Any(static part => part is IInvocationOperation { TargetMethod: { Name: "ReadLine" or "ReadKey" or "Read", ContainingType: { Name: "Console" } type } } && type.IsFromSystem()) => true,
        _ => loop.Source is IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" },
    };

    /// <summary>Whether it is the first that appends to the file in the loop, and nothing else in there looks at it.</summary>
    private static bool IsAlone(IOperation append, IOperation path, Loop loop)
    {
        foreach (var part in loop.Body.Descendants())
        {
            switch (part)
            {
                case var own when ReferenceEquals(own, append):
                    break;

                case IInvocationOperation call when IsAppend(call):
                    if ((call.Syntax.SpanStart < append.Syntax.SpanStart || !IsAppend(append)) && IsSame(call.Arguments[0].Value, path))
                        return false;

                    break;

                case IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { Name: "File" } type }, Arguments: var arguments } when type.Is("System.IO", "File"):
                    foreach (var argument in arguments)
                    {
                        if (argument.Parameter?.Type.SpecialType == SpecialType.System_String && IsSame(argument.Value, path))
                            return false;
                    }

                    break;

                case IObjectCreationOperation { Type: { } type, Arguments: [{ Value: var first }, ..] } when type.ContainingNamespace.Is("System.IO") && IsSame(first, path):
                    return false;
            }
        }

        return true;
    }
}
