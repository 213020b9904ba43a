namespace HotPath;

/// <summary>A transaction that is begun and committed in every iteration, around the statements of one row.</summary>
internal sealed class RowCommit
{
    private RowCommit(IInvocationOperation call, IInvocationOperation begin, ILocalSymbol local, Loop loop)
    {
        Call = call;
        Begin = begin;
        Local = local;
        Loop = loop;
    }

    /// <summary>The call that commits.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The call that begins.</summary>
    public IInvocationOperation Begin { get; }

    /// <summary>The variable that holds the transaction.</summary>
    public ILocalSymbol Local { get; }

    /// <summary>The loop around both.</summary>
    public Loop Loop { get; }

    /// <summary>The finding that the call is, or null.</summary>
    public static RowCommit? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (!Databases.IsAdoTransaction(call.TargetMethod.ContainingType) && !Databases.IsContextTransaction(call.TargetMethod.ContainingType)
            || call.Receiver() is not ILocalReferenceOperation { Local: var local } receiver
            || Loops.Enclosing(call, options) is not { } loop
            || BeginOf(local, receiver, loop) is not { } begin)
        {
            return null;
        }

        if (Iteration.Choice(call, loop) is not null || Iteration.Choice(begin, loop) is not null || Iteration.IsTolerated(call, loop) || Iteration.IsTolerated(begin, loop)
            || Iteration.IsWorker(loop) || Iteration.IsOverChunks(loop))
        {
            return null;
        }

        return IsOfOneConnection(begin, loop) && WritesOneRow(call, begin, loop) ? new(call, begin, local, loop) : null;
    }

    /// <summary>The call that begins the transaction in the same iteration.</summary>
    public static IInvocationOperation? BeginOf(ILocalSymbol local, IOperation near, Loop loop)
    {
        if (Origins.Only(local, near) is { } only)
            return Called(only) is { } begin && IsIn(begin, loop) ? begin : null;

        // Begun before the loop, and again after each commit.
        IInvocationOperation? again = null;
        foreach (var use in Aliasing.Uses(local, near.Root()))
        {
            if (use is not { Kind: UseKind.Assigned, Context: ISimpleAssignmentOperation { Value: var value } } || Called(value) is not { } begin)
                continue;

            if (IsIn(begin, loop))
                again = begin;
        }

        return again;

        static IInvocationOperation? Called(IOperation value)
        {
            while (value is IConversionOperation or IAwaitOperation)
                value = value is IConversionOperation conversion ? conversion.Operand : ((IAwaitOperation)value).Operation;

            return value.WithoutConfigureAwait() is IInvocationOperation call && Transactions.IsBegin(call) ? call : null;
        }
    }

    private static bool IsIn(IOperation operation, Loop loop) => loop.Body.Syntax.Span.Contains(operation.Syntax.Span);

    private static bool IsOfOneConnection(IInvocationOperation begin, Loop loop)
    {
        var connection = begin.Receiver();

        // context.Database
        if (connection is IPropertyReferenceOperation { Property.Name: "Database", Instance: { } context } && Databases.IsContext(context.Type))
            connection = context.Unconverted();

        return connection switch
        {
            IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property.GetMethod: { } getter } => Effects.IsAuto(getter),
            IInstanceReferenceOperation => true,
            { } other when other.Variable() is { } variable => !Iteration.Declares(loop, variable) && !Opens(variable, loop),
            _ => false,
        };
    }

    private static bool Opens(ISymbol connection, Loop loop)
    {
        foreach (var use in Aliasing.Uses(connection, loop.Lambda ?? loop.Operation))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference
                || use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" } })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether what the iteration runs are statements of one row: at least one INSERT, UPDATE or DELETE whose text differs in values at most, seen here or in a method called,
    /// and nothing that is a batch of its own or differs from iteration to iteration (a migration).
    /// </summary>
    public static bool WritesOneRow(IInvocationOperation commit, IInvocationOperation begin, Loop loop)
    {
        var writes = false;
        foreach (var part in loop.Body.DescendantsAndSelf())
        {
            if (part is not IInvocationOperation call || ReferenceEquals(call, commit) || ReferenceEquals(call, begin))
                continue;

            var method = call.TargetMethod;
            if (method.Name.IndexOf("Savepoint", StringComparison.Ordinal) >= 0 || method is { Name: "Save" } && Databases.IsTransaction(method.ContainingType))
                return false;

            if (Databases.IsExecute(method) || RowSave.IsSave(call) || Databases.IsSetChange(method) || Databases.IsFacadeExecute(method))
            {
                if (IsInInnerLoop(call, loop) || IsBatch(call))
                    return false;

                if (!Databases.IsSetChange(method) && !RowSave.IsSave(call))
                {
                    var command = method.IsStatic ? null : CommandOrigin.Of(call.Receiver());
                    if (RowExecution.Text(call, command) is not { } text || !(RowExecution.IsInvariant(text, loop) || SqlText.DiffersInValuesOnly(text)) || SqlText.Classify(text) is not (SqlKind.Change or SqlKind.Query))
                        return false;

                    if (SqlText.Classify(text) == SqlKind.Query)
                        continue;
                }

                writes = true;
            }
            else if (method.Locations is [{ IsInSource: true }, ..] && call.Root().SemanticModel is { Compilation: var compilation })
            {
                foreach (var body in Bodies.Of(compilation).Of(method))
                {
                    foreach (var inner in body.DescendantsAndSelf())
                    {
                        if (inner is not IInvocationOperation execute || !(Databases.IsExecute(execute.TargetMethod) || RowSave.IsSave(execute)))
                            continue;

                        if (IsInInnerLoop(call, loop) || IsBatch(execute) || Loops.MayRepeat(execute))
                            return false;

                        if (RowSave.IsSave(execute))
                        {
                            writes = true;
                            continue;
                        }

                        var command = Databases.IsDapper(execute.TargetMethod) ? null : CommandOrigin.Of(execute.Receiver());
                        switch (RowExecution.Text(execute, command) is { } text ? SqlText.Classify(text) : SqlKind.Unknown)
                        {
                            case SqlKind.Change:
                                writes = true;
                                break;

                            case SqlKind.Query:
                                break;

                            default:
                                return false;
                        }
                    }
                }
            }
        }

        return writes;
    }

    private static bool IsInInnerLoop(IOperation operation, Loop loop)
    {
        for (var current = operation.Parent; current is not null && !Iteration.IsLoop(current, loop); current = current.Parent)
        {
            if (current is ILoopOperation || current is IAnonymousFunctionOperation lambda && Loops.PerElement(lambda) is not null)
                return true;
        }

        return false;
    }

    /// <summary>Whether Dapper is given many rows at once.</summary>
    public static bool IsBatch(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.Name: "param", Value: var value } && value.Unconverted().Type is { SpecialType: not SpecialType.System_String } type && Databases.IsDapper(call.TargetMethod) && IsSequence(type))
                return true;
        }

        return false;
    }

    /// <summary>Whether the type is one of many rows.</summary>
    public static bool IsSequence(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol)
            return true;

        var isSequence = type.SpecialType == SpecialType.System_Collections_IEnumerable || type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;
        foreach (var implemented in type.AllInterfaces)
        {
            isSequence |= implemented.SpecialType == SpecialType.System_Collections_IEnumerable;

            // A dictionary is one row's parameters by name.
            if (implemented.Name is "IDictionary" or "IDynamicParameters")
                return false;
        }

        return isSequence && type.Name is not ("IDictionary" or "DynamicParameters");
    }
}
