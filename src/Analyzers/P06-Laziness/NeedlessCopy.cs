namespace HotPath;

/// <summary>A list or array of all elements that is walked through once, while nothing touches what it was copied from. The one recognition behind the rule and its fix.</summary>
internal sealed class NeedlessCopy
{
    private NeedlessCopy(IInvocationOperation copy, IOperation sequence, IOperation reader, IOperation region)
    {
        Copy = copy;
        Sequence = sequence;
        Reader = reader;
        Region = region;
    }

    /// <summary>The call of <c>ToList</c> or <c>ToArray</c>.</summary>
    public IInvocationOperation Copy { get; }

    /// <summary>What is copied.</summary>
    public IOperation Sequence { get; }

    /// <summary>The loop or call that walks through the copy.</summary>
    public IOperation Reader { get; }

    /// <summary>The code that runs until the walk is over.</summary>
    public IOperation Region { get; }

    /// <summary>The declaration of the local that holds the copy, or null.</summary>
    public IVariableDeclaratorOperation? Declarator { get; private set; }

    /// <summary>The copy that nothing needs, or null.</summary>
    public static NeedlessCopy? Of(IInvocationOperation copy, AnalyzerOptions options)
    {
        var method = copy.TargetMethod;
        if (method.Name is not ("ToList" or "ToArray") || method.Parameters.Length != (method.IsStatic ? 1 : 0) || !(method.ContainingType.Name is "Enumerable" or "List") || !method.ContainingType.IsFromSystem() || copy.Receiver() is not { } sequence)
            return null;

        while (sequence is ITranslatedQueryOperation { Operation: var query })
            sequence = query.Unconverted();

        // The characters of a text are the business of another rule.
        if (sequence.Type is null or { SpecialType: SpecialType.System_String })
            return null;

        var declarator = copy.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declared } ? declared : null;
        var use = declarator is null ? copy : OnlyUse(declarator);
        if (use is null || Walk(use) is not var (reader, region))
            return null;

        if (copy.IsInExpressionTree() || Loops.IsCold(copy) || Sizes.Most(sequence) <= Options.SmallLoop.Read(options, copy.Syntax.SyntaxTree) || !copy.Binds() || !reader.Binds())
            return null;

        if (declarator is not null && !SpansOf(declarator, ref region) || !IsHarmless(sequence, reader, region) || CopiedRead.Of(copy, options) is not null)
            return null;

        return new(copy, sequence, reader, region) { Declarator = declarator };
    }

    /// <summary>Whether nothing changes the sources until the walk is over; what is asked at once, without code of the user's in between, may walk through anything.</summary>
    private static bool IsHarmless(IOperation sequence, IOperation reader, IOperation region)
    {
        if (Snapshots.IsNeedless(sequence, region))
            return true;

        return reader is IInvocationOperation call && IsAtOnce(call) && ReferenceEquals(region, reader) && Queries.IsSequence(sequence.Type) && !Queries.IsProvided(sequence);
    }

    /// <summary>Whether the call walks through all elements and neither runs code of the user's nor fails before the end.</summary>
    private static bool IsAtOnce(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.ContainingType.SpecialType == SpecialType.System_String)
            return IsText(call.Arguments.Last().Value);

        return method.Name is "Max" or "Min" or "Average" or "Sum" && call.Arguments.Length == 1 && method.ReturnType.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32 or SpecialType.System_Int64
            && !(method.Name == "Sum" && method.ReturnType.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64);

        // Joining asks each element for its text.
        static bool IsText(IOperation sequence) => Element(sequence.Unconverted().Type) is { SpecialType: SpecialType.System_String or (>= SpecialType.System_Boolean and <= SpecialType.System_Double) };
    }

    /// <summary>The type of the elements.</summary>
    public static ITypeSymbol? Element(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { ElementType: var element } => element,
        INamedTypeSymbol { TypeArguments: [var element] } => element,
        _ => null,
    };

    /// <summary>The only use of the local; null where a lock or a using between the copy and the walk would end, or begin, in between.</summary>
    private static IOperation? OnlyUse(IVariableDeclaratorOperation declarator)
    {
        var only = SingleUse.Of(declarator);
        for (var current = only; current is not null && !ReferenceEquals(current, declarator.Parent!.Parent!.Parent); current = current.Parent)
        {
            if (current is ILockOperation or IUsingOperation or ITryOperation)
                return null;
        }

        return only;
    }

    /// <summary>All statements from the declaration of the local to its use.</summary>
    private static bool SpansOf(IVariableDeclaratorOperation declarator, ref IOperation region)
    {
        var block = (IBlockOperation)declarator.Parent!.Parent!.Parent!;
        foreach (var statement in block.Operations)
        {
            if (statement is IUsingDeclarationOperation or ILabeledOperation && statement.Syntax.SpanStart > declarator.Syntax.SpanStart && statement.Syntax.SpanStart < region.Syntax.SpanStart)
                return false;
        }

        // What comes right behind the declaration is the walk itself; with anything in between the whole block has to leave the sources alone.
        var at = block.Operations.IndexOf(declarator.Parent!.Parent!);
        if (at + 1 < block.Operations.Length && block.Operations[at + 1].Syntax.Span.Contains(region.Syntax.Span))
            region = block.Operations[at + 1];
        else
            region = block;

        return true;
    }

    /// <summary>What walks through the copy, and the code that runs until that is over.</summary>
    private static (IOperation Reader, IOperation Region)? Walk(IOperation copy)
    {
        var consumer = copy.Consumer(out var value);
        while (consumer is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, IsStatic: true, Name: "Join" or "Concat" } } joining } argument)
            return argument.Parameter?.Type is IArrayTypeSymbol or INamedTypeSymbol { Name: "IEnumerable" } && argument.ArgumentKind == ArgumentKind.Explicit ? (joining, joining) : null;

        switch (consumer)
        {
            case IForEachLoopOperation loop when ReferenceEquals(loop.Collection.Unconverted(), value.Unconverted()):
                return (loop, loop);

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type } } call } when type.IsFromSystem():
                if (IsQuestion(call.TargetMethod))
                    return null;

                // A lazy operator is over when what asks it is.
                return Loops.IsDeferred(call.TargetMethod) ? Over(call) is { } over ? (call, over) : null : (call, call);

            default:
                return null;
        }
    }

    /// <summary>Questions that do not need all elements are those of another rule; sorting, grouping and the like keep a copy of their own.</summary>
    private static bool IsQuestion(IMethodSymbol method) => method.Name is "Count" or "LongCount" or "Any" or "All" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Last" or "LastOrDefault" or "ElementAt" or "ElementAtOrDefault" or "Contains" or "SequenceEqual" or "AsEnumerable" or "Cast" or "OfType";

    private static IOperation? Over(IInvocationOperation call)
    {
        IOperation current = call;
        while (true)
        {
            switch (current.Consumer(out var value))
            {
                case ITranslatedQueryOperation translated:
                    current = translated;
                    continue;

                case IForEachLoopOperation loop when ReferenceEquals(loop.Collection.Unconverted(), value.Unconverted()):
                    return loop;

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType.SpecialType: SpecialType.System_String, IsStatic: true, Name: "Join" or "Concat" } } joining }:
                    return joining;

                case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type } method } next } when type.IsFromSystem() && method.Name != "AsEnumerable":
                    if (!Loops.IsDeferred(method))
                        return next;

                    current = next;
                    continue;

                default:
                    return null;
            }
        }
    }
}
