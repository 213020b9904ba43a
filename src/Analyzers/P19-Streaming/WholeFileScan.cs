namespace HotPath;

/// <summary>All lines of a file, read to walk through them once. The one recognition behind the rule and its fix.</summary>
internal sealed class WholeFileScan
{
    private readonly List<(IVariableDeclaratorOperation Declarator, IOperation Use)> locals = [];

    private WholeFileScan(IInvocationOperation read) => Read = read;

    /// <summary>The call of <c>File.ReadAllLines</c>.</summary>
    public IInvocationOperation Read { get; }

    /// <summary>The loop or call that walks through the lines.</summary>
    public IOperation Reader { get; private set; } = null!;

    /// <summary>Whether the walk may be over before the last line.</summary>
    public bool StopsEarly { get; private set; }

    /// <summary>The query operators, in order.</summary>
    public List<IInvocationOperation> Operators { get; } = [];

    /// <summary>The locals that hold the lines or a query over them, each with its only use.</summary>
    public IReadOnlyList<(IVariableDeclaratorOperation Declarator, IOperation Use)> Locals => locals;

    /// <summary>What is done to files until the walk is over.</summary>
    public FileUse Meanwhile { get; private set; }

    /// <summary>Whether the lines are awaited.</summary>
    public bool IsAsync => Read.TargetMethod.Name == "ReadAllLinesAsync";

    /// <summary>The lines that are walked through once, or null.</summary>
    public static WholeFileScan? Of(IInvocationOperation read)
    {
        var method = read.TargetMethod;
        if (method.Name is not ("ReadAllLines" or "ReadAllLinesAsync") || !method.ContainingType.Is("System.IO", "File") || !method.ContainingType.IsFromSystem())
            return null;

        if (Lines(read) is not { } lines)
            return null;

        var scan = new WholeFileScan(read);
        if (!scan.Follow(lines) || read.IsInExpressionTree() || Loops.IsCold(read) || !read.Binds())
            return null;

        // That all lines go to a list is told by another rule.
        if (scan.Reader is IForEachLoopOperation { Body: var body, Locals: [var line] } && scan.Operators.Count == 0 && OnlyAdds(body, line))
            return null;

        scan.Meanwhile = scan.UseOfFiles();
        return scan.Meanwhile is FileUse.Reads or FileUse.Writes ? null : scan;
    }

    /// <summary>The lines themselves: the call, or what is awaited. Lines that can be had one by one only.</summary>
    private static IOperation? Lines(IInvocationOperation read)
    {
        var isThere = read.TargetMethod.Name == "ReadAllLines" || !read.TargetMethod.ContainingType.GetMembers("ReadLinesAsync").IsEmpty;
        return isThere ? read.Awaited() : null;
    }

    private bool Follow(IOperation value)
    {
        var keepsAll = false;
        while (true)
        {
            switch (value.Consumer(out var child))
            {
                case IForEachLoopOperation loop when ReferenceEquals(loop.Collection.Unconverted(), child.Unconverted()):
                    Reader = loop;
                    StopsEarly |= !keepsAll && EndsEarly(loop);
                    return true;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } when SingleUse.Of(declarator) is { } use:
                    locals.Add((declarator, use));
                    value = use;
                    continue;

                case ITranslatedQueryOperation translated:
                    value = translated;
                    continue;

                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" or "MemoryExtensions" } type, Name: var name } method } call } when type.IsFromSystem():
                    if (type.Name == "MemoryExtensions" && name != "Contains" || Operators.Count == 0 && KeepsAll(name, call) || name is "Reverse" or "AsEnumerable")
                        return false;

                    Operators.Add(call);
                    if (Loops.IsDeferred(method))
                    {
                        StopsEarly |= !keepsAll && name is "Take" or "TakeWhile";
                        keepsAll |= name is "OrderBy" or "OrderByDescending" or "Order" or "OrderDescending" or "GroupBy" or "TakeLast" or "Join" or "GroupJoin";
                        value = call;
                        continue;
                    }

                    StopsEarly |= !keepsAll && name is "First" or "FirstOrDefault" or "Any" or "All" or "Contains" or "ElementAt" or "ElementAtOrDefault";
                    Reader = call;
                    return true;

                case IArgumentOperation { Parameter.Type: INamedTypeSymbol { Name: "IEnumerable" }, Parent: IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, IsStatic: true, Name: "Join" or "Concat" } } joining } when Operators.Count > 0:
                    Reader = joining;
                    return true;

                default:
                    return false;
            }
        }
    }

    /// <summary>Operators that hold all lines, or go straight to one of an array.</summary>
    private static bool KeepsAll(string name, IInvocationOperation call) => name switch
    {
        "ToList" or "ToArray" or "ToHashSet" or "ToImmutableArray" or "ToImmutableList" or "Last" or "ElementAt" or "ElementAtOrDefault" or "TakeLast" or "SkipLast" or "Cast" or "OfType"
            or "OrderBy" or "OrderByDescending" or "Order" or "OrderDescending" or "Chunk" or "TryGetNonEnumeratedCount" => true,
        "LastOrDefault" or "Count" or "LongCount" => call.Arguments.Length == 1,
        _ => false,
    };

    /// <summary>Whether the loop can be left before its last line, and not only where something went wrong.</summary>
    private static bool EndsEarly(IForEachLoopOperation loop)
    {
        foreach (var part in loop.Body.Descendants())
        {
            var leaves = part switch
            {
                IBranchOperation { BranchKind: BranchKind.Break } => ReferenceEquals(((IBranchOperation)part).GetCorrespondingOperation(), loop),
                IBranchOperation { BranchKind: BranchKind.GoTo, Target: var label } => !loop.Declares(label),
                IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak, IsImplicit: false } => ReferenceEquals(part.Function(), loop.Function()),
                _ => false,
            };

            if (leaves && !Loops.IsCold(part) && !IsAfterLast(part, loop))
                return true;
        }

        return false;
    }

    /// <summary>Whether the way out is taken for a line that is missing, which no file has.</summary>
    private static bool IsAfterLast(IOperation exit, IOperation loop)
    {
        for (var current = exit.Parent; current is not null && !ReferenceEquals(current, loop); current = current.Parent)
        {
            if (current is IConditionalOperation { Condition: var condition, WhenTrue: var then } && then.Syntax.Span.Contains(exit.Syntax.Span)
                && condition.Unconverted() is IIsPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } or IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand.ConstantValue: { HasValue: true, Value: null } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool OnlyAdds(IOperation body, ILocalSymbol line)
    {
        if (body is IBlockOperation { Operations: [var only] })
            body = only;

        return body is IExpressionStatementOperation { Operation: IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var added }] } } && SymbolEqualityComparer.Default.Equals(added.Variable(), line);
    }

    private FileUse UseOfFiles()
    {
        var most = FileUse.None;
        foreach (var (declarator, use) in locals)
        {
            foreach (var statement in SingleUse.Between(declarator, use))
                Note(statement);
        }

        if (Reader is IForEachLoopOperation)
            Note(Reader);

        foreach (var call in Operators)
            Note(call);

        Note(Reader);
        return most;

        void Note(IOperation region)
        {
            var use = FileUses.In(region, IsOwn);
            if (use > most)
                most = use;
        }
    }

    private bool IsOwn(IOperation part)
    {
        if (ReferenceEquals(part, Read) || part is ITranslatedQueryOperation && part.Syntax.Span.Contains(Read.Syntax.Span))
            return true;

        if (IsAsync && (part is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" }) && part.Syntax.Span.Contains(Read.Syntax.Span))
            return true;

        foreach (var (_, use) in locals)
        {
            if (ReferenceEquals(part, use))
                return true;
        }

        return false;
    }
}
