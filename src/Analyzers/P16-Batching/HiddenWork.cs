namespace HotPath;

/// <summary>What a method makes the caller wait for.</summary>
internal enum WorkKind
{
    /// <summary>It begins a transaction for itself and commits it.</summary>
    Commits,

    /// <summary>It saves a context.</summary>
    Saves,

    /// <summary>It runs an INSERT, UPDATE or DELETE that commits on its own.</summary>
    Writes,

    /// <summary>It asks the database for rows.</summary>
    Queries,

    /// <summary>It opens a connection for itself.</summary>
    Opens,

    /// <summary>It opens a file to append to it.</summary>
    Appends,
}

/// <summary>What is remembered of work on a database or file until it is known who calls the method it stands in.</summary>
internal sealed class HiddenWork
{
    private HiddenWork(WorkKind kind, IInvocationOperation call, bool isReturned)
    {
        Kind = kind;
        Text = call.Text();
        IsReturned = isReturned;
    }

    /// <summary>What it is.</summary>
    public WorkKind Kind { get; }

    /// <summary>The call that does it, as it is written.</summary>
    public string Text { get; }

    /// <summary>Whether the method returns what it saved, with a key that the database made.</summary>
    public bool IsReturned { get; }

    /// <summary>The work in the words of a message.</summary>
    public string Verb => Kind switch
    {
        WorkKind.Commits => "commits a transaction",
        WorkKind.Saves => "saves the context",
        WorkKind.Writes => "runs a statement that commits on its own",
        WorkKind.Queries => "queries the database",
        WorkKind.Opens => "opens a connection",
        _ => "opens and closes a file",
    };

    /// <summary>What to do instead, in the words of a message.</summary>
    public string Advice => Kind switch
    {
        WorkKind.Commits or WorkKind.Writes => "run all rows in one transaction",
        WorkKind.Saves => "save once after the loop",
        WorkKind.Queries => "ask for all rows at once",
        WorkKind.Opens => "open one connection for all rows",
        _ => "open it once for all lines",
    };

    /// <summary>The work that the call is as a deed of the method it stands in, or null.</summary>
    public static (IMethodSymbol Method, Deed<HiddenWork> Deed)? Of(IInvocationOperation call, ISymbol member)
    {
        if (KindOf(call) is not { } kind || CallGraph.Owner(call, member, out var body, out var isRepeated) is not { } method)
            return null;

        // A loop in the method itself is the business of the rules for loops; what only runs when something went wrong, or was not remembered, is no cost per call.
        if (isRepeated || method.Name.IndexOf("Transaction", StringComparison.Ordinal) >= 0 || Loops.IsCold(call) || call.IsInExpressionTree() || Memory.Guards(call, body) || !call.Binds())
            return null;

        var iteration = Loop.OfCalls(body);
        if (Iteration.IsTolerated(call, iteration) || Target(call, kind, iteration, out var isReturned) is not { } target)
            return null;

        var isOwn = IsOwn(target);
        var source = isOwn ? null : CallGraph.Place(target, method);
        if (source is null && !isOwn)
            return null;

        return (method, new(method, call.Syntax.GetLocation(), source, Handed(method, body, source), isRepeated: false, new(kind, call, isReturned)));
    }

    /// <summary>What the call may be by its name and type; null for all other calls.</summary>
    private static WorkKind? KindOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        switch (method.Name)
        {
            case "SaveChanges" or "SaveChangesAsync":
                return RowSave.IsSave(call) ? WorkKind.Saves : null;

            case "Commit" or "CommitAsync":
                return Databases.IsAdoTransaction(method.ContainingType) || Databases.IsContextTransaction(method.ContainingType) ? WorkKind.Commits : null;

            case "ExecuteScalar" or "ExecuteScalarAsync" when RowQuery.MayBe(call) && RowQuery.Target(call) is not null:
                return WorkKind.Queries;

            case "ExecuteNonQuery" or "ExecuteNonQueryAsync" or "ExecuteScalar" or "ExecuteScalarAsync" or "Execute" or "ExecuteAsync" when Databases.IsExecute(method):
                return WorkKind.Writes;

            case "Open" or "OpenAsync":
                return Databases.IsConnection(method.ContainingType) ? WorkKind.Opens : null;

            case "AppendAllText" or "AppendAllTextAsync" or "AppendAllLines" or "AppendAllLinesAsync":
                return method.ContainingType.Is("System.IO", "File") ? WorkKind.Appends : null;

            default:
                return RowQuery.MayBe(call) ? WorkKind.Queries : null;
        }
    }

    /// <summary>The connection, context or path that the work is done on, where the rest of the method does not say otherwise.</summary>
    private static IOperation? Target(IInvocationOperation call, WorkKind kind, Loop iteration, out bool isReturned)
    {
        isReturned = false;
        switch (kind)
        {
            case WorkKind.Saves:
                if (call.Instance is not { } instance)
                    return null;

                var context = Operations.Resolved(instance).Unconverted();
                if (RowSave.Examine(call, context, iteration, isUnitOfWork: false))
                    return context;

                isReturned = true;
                return RowSave.Examine(call, context, iteration, isUnitOfWork: false, mayReturn: true) ? context : null;

            case WorkKind.Commits:
                return call.Receiver() is ILocalReferenceOperation { Local: var local } receiver && RowCommit.BeginOf(local, receiver, iteration) is { } begin && Iteration.Choice(call, iteration) is null && RowCommit.WritesOneRow(call, begin, iteration)
                    ? Facade(begin.Receiver())
                    : null;

            case WorkKind.Writes:
                return Executed(call, SqlKind.Change);

            case WorkKind.Queries:
                return RowQuery.Target(call);

            case WorkKind.Opens:
                return call.Receiver() is ILocalReferenceOperation { Local: var connection } opened && Origins.Only(connection, opened)?.Unconverted() is IObjectCreationOperation creation && !RowExecution.IsInMemory(opened) ? creation : null;

            default:
                return call.ArgumentOf(0);
        }
    }

    /// <summary>The connection on which the call runs a text of that kind, outside any transaction.</summary>
    private static IOperation? Executed(IInvocationOperation call, SqlKind kind)
    {
        CommandOrigin? command = null;
        IOperation? connection;

        if (Databases.IsDapper(call.TargetMethod))
        {
            connection = RowExecution.HasNoTransaction(call) && !RowCommit.IsBatch(call) ? call.Receiver() : null;
        }
        else
        {
            command = CommandOrigin.Of(call.Receiver());
            connection = command?.HasNoTransaction(call) == true ? command.Connection : null;
        }

        return connection is not null && RowExecution.Text(call, command) is { } text && SqlText.Classify(text) == kind && !RowExecution.IsInMemory(connection) && !Transactions.MayBeOpen(call) ? connection : null;
    }

    /// <summary>The context behind <c>context.Database</c>.</summary>
    private static IOperation? Facade(IOperation? connection) =>
        connection is IPropertyReferenceOperation { Property.Name: "Database", Instance: { } context } && Databases.IsContext(context.Type) ? context : connection;

    /// <summary>Whether the method makes the connection or context for itself, or the path is the same whoever calls.</summary>
    private static bool IsOwn(IOperation target)
    {
        target = Operations.Resolved(target.Unconverted()).Unconverted();
        if (target.ConstantValue.HasValue || target is IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } })
            return true;

        var origin = target is ILocalReferenceOperation { Local: var local } ? Origins.Only(local, target)?.Unconverted() : target;
        while (origin is IAwaitOperation or IConversionOperation)
            origin = origin is IAwaitOperation { Operation: var awaited } ? awaited.WithoutConfigureAwait() : ((IConversionOperation)origin).Operand;

        // Taken out of a scope or a factory it is made for this call.
        return origin is IObjectCreationOperation || origin is IInvocationOperation { TargetMethod.Name: var name } && name.StartsWith("Create", StringComparison.Ordinal);
    }

    /// <summary>What the caller decides of the work: all that is handed in beside the connection, and the object that does it.</summary>
    private static Inputs Handed(IMethodSymbol method, IOperation body, ISymbol? source)
    {
        var inputs = default(Inputs);
        foreach (var part in body.Descendants())
        {
            if (part is IParameterReferenceOperation { Parameter: var parameter } && !SymbolEqualityComparer.Default.Equals(parameter, source) && parameter.Type.Name != "CancellationToken" && !Databases.IsAny(parameter.Type) && CallGraph.IsOf(parameter, method))
                inputs |= Inputs.Of(part, method, follow: false);

            // Nothing is handed to a getter but its object, of which it works for what it reads beside the connection.
            if (method.MethodKind == MethodKind.PropertyGet && part is (IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation) && CallGraph.Place(part, method) is { } own
                && CallGraph.IsOfInstance(own, method) && !SymbolEqualityComparer.Default.Equals(own, source) && part.Type is { } type && !Databases.IsAny(type))
            {
                inputs |= Inputs.Object;
            }
        }

        return inputs;
    }
}
