namespace HotPath;

/// <summary>A file that is opened, appended to and closed once per iteration. The one recognition behind the rule and its fix.</summary>
internal sealed class AppendPerItem
{
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

    /// <summary>A writer that each iteration opens at the end of the same file, and closes again, or null.</summary>
    public static AppendPerItem? OfWriter(IOperation opening, AnalyzerOptions options)
    {
        if (!OpensWriter(opening) || !opening.IsDisposed() || Of(opening, PathOf(opening), options) is not { } found)
            return null;

        // Pieces of many lines are written at once.
        return Iteration.IsOverChunks(found.Loops[0]) || WritesInLoop(opening) ? null : found;
    }

    private static AppendPerItem? Of(IOperation append, IOperation? path, AnalyzerOptions options)
    {
        if (path is null)
            return null;

        List<Loop>? loops = null;
        foreach (var loop in HotPath.Loops.Around(append, options))
        {
            if (!Invariance.Holds(path, loop) || Waits(loop))
                break;

            (loops ??= []).Add(loop);
        }

        return loops is not null && append.Binds() && IsAlone(append, path, loops[0]) ? new(append, path, loops) : null;
    }

    private static IOperation? PathOf(IOperation opening) => opening.Arguments().FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value.Unconverted();

    private static bool OpensWriter(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "AppendText", IsStatic: true, ContainingType: var type } } => type.Is("System.IO", "File") && type.IsFromSystem(),
        IObjectCreationOperation { Type: { } type, Constructor.Parameters: [{ Type.SpecialType: SpecialType.System_String }, { Name: "append" }, ..], Arguments: var arguments } =>
            type.Is("System.IO", "StreamWriter") && arguments.Any(static argument => argument is { Parameter.Name: "append", Value.ConstantValue: { HasValue: true, Value: true } }),
        _ => false,
    };

    /// <summary>Whether the writer is used in a loop of its own, or handed to code that may do so.</summary>
    private static bool WritesInLoop(IOperation opening)
    {
        if (opening.Consumer(out _) is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var writer } declarator })
            return true;

        foreach (var use in Aliasing.Uses(writer, declarator.Root()))
        {
            if (use.Kind is not (UseKind.Called or UseKind.MemberRead))
                return true;

            for (var current = use.Reference.Parent; current is not null && !current.Syntax.Span.Contains(declarator.Syntax.Span); current = current.Parent)
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
