namespace HotPath;

/// <summary>A file that is opened, appended to and closed once per iteration. The one recognition behind the rule and its fix.</summary>
internal sealed class AppendPerItem
{
    private AppendPerItem(IInvocationOperation append, IOperation path, IReadOnlyList<Loop> loops)
    {
        Append = append;
        Path = path;
        Loops = loops;
    }

    /// <summary>The first call in the loop that appends.</summary>
    public IInvocationOperation Append { get; }

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
        if (!IsAppend(append) || append.ArgumentOf(0)?.Unconverted() is not { } path)
            return null;

        List<Loop>? loops = null;
        foreach (var loop in HotPath.Loops.Around(append, options))
        {
            if (!Invariance.Holds(path, loop) || Waits(loop))
                break;

            (loops ??= []).Add(loop);
        }

        if (loops is null || !append.Binds() || !IsAlone(append, path, loops[0]))
            return null;

        return new(append, path, loops);
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
    private static bool Waits(Loop loop) => loop.Operation switch
    {
        IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } or IForLoopOperation { Condition: null } => true,
        IForEachLoopOperation { IsAsynchronous: true } => true,
        _ => loop.Source is IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" },
    };

    /// <summary>Whether it is the first that appends to the file in the loop, and nothing else in there looks at it.</summary>
    private static bool IsAlone(IInvocationOperation append, IOperation path, Loop loop)
    {
        foreach (var part in loop.Body.Descendants())
        {
            switch (part)
            {
                case IInvocationOperation call when IsAppend(call):
                    if (call.Syntax.SpanStart < append.Syntax.SpanStart && IsSame(call.Arguments[0].Value, path))
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
