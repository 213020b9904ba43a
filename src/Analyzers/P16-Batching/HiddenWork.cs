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
    private HiddenWork(WorkKind kind, IOperation place, bool isReturned)
    {
        Kind = kind;
        Text = place.Text();
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

    /// <summary>The work that the operation does, as a deed of the method it stands in, or null.</summary>
    public static (IMethodSymbol Method, Deed<HiddenWork> Deed)? Of(IOperation operation, ISymbol member)
    {
        if (KindOf(operation) is not var (kind, place) || CallGraph.Owner(place, member, out var body, out var isRepeated) is not { } method)
            return null;

        // A loop in the method itself is the business of the rules for loops; what only runs when something went wrong, or was not remembered, is no cost per call.
        if (isRepeated || method.Name.IndexOf("Transaction", StringComparison.Ordinal) >= 0 || Loops.IsCold(place) || place.IsInExpressionTree() || Memory.Guards(place, body) || !place.Binds())
            return null;

        var iteration = Loop.OfCalls(body);
        if (Iteration.IsTolerated(place, iteration) || Target(operation, place, kind, iteration, out var isReturned) is not { } target)
            return null;

        var isOwn = IsOwn(target);
        var source = isOwn ? null : CallGraph.Place(target, method);
        if (source is null && !isOwn && (kind != WorkKind.Appends || !IsOneFile(target, method, out source)))
            return null;

        return (method, new(method, place.Syntax.GetLocation(), source, Handed(method, body, source), isRepeated: false, new(kind, place, isReturned)));
    }

    /// <summary>What the operation may be by its name and type, and where the work shows; null for all other operations.</summary>
    private static (WorkKind Kind, IOperation Place)? KindOf(IOperation operation)
    {
        if (operation is IInvocationOperation call && KindOf(call) is { } kind)
            return (kind, call);

        if (operation is IInvocationOperation or IObjectCreationOperation && AppendPerItem.OpensWriter(operation))
            return (WorkKind.Appends, operation);

        return RowQuery.Walked(operation) is var (_, place) ? (WorkKind.Queries, place) : null;
    }

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

            case "Open" or "OpenAsync" when Databases.IsConnection(method.ContainingType):
                return WorkKind.Opens;

            case "AppendAllText" or "AppendAllTextAsync" or "AppendAllLines" or "AppendAllLinesAsync" or "AppendAllBytes" or "AppendAllBytesAsync":
                return AppendPerItem.IsAppend(call) ? WorkKind.Appends : null;

            default:
                return Databases.IsSetChange(method) || Databases.IsFacadeExecute(method) ? WorkKind.Writes : RowQuery.MayBe(call) ? WorkKind.Queries : null;
        }
    }

    /// <summary>The connection, context or path that the work is done on, where the rest of the method does not say otherwise.</summary>
    private static IOperation? Target(IOperation operation, IOperation place, WorkKind kind, Loop iteration, out bool isReturned)
    {
        isReturned = false;
        switch ((kind, operation))
        {
            case (WorkKind.Saves, IInvocationOperation { Instance: { } instance } save):
                var context = Operations.Resolved(instance).Unconverted();
                if (RowSave.Examine(save, context, iteration, isUnitOfWork: false))
                    return context;

                isReturned = true;
                return RowSave.Examine(save, context, iteration, isUnitOfWork: false, mayReturn: true) ? context : null;

            case (WorkKind.Commits, IInvocationOperation commit):
                return commit.Receiver() is ILocalReferenceOperation { Local: var local } receiver && RowCommit.BeginOf(local, receiver, iteration) is { } begin && Iteration.Choice(commit, iteration) is null && RowCommit.WritesOneRow(commit, begin, iteration)
                    ? Facade(begin.Receiver())
                    : null;

            case (WorkKind.Writes, IInvocationOperation execute):
                return Executed(execute);

            case (WorkKind.Queries, IInvocationOperation query) when RowQuery.MayBe(query):
                return RowQuery.Target(query);

            case (WorkKind.Queries, _):
                return RowQuery.Walked(operation) is var (walked, _) ? RowQuery.Context(walked) : null;

            case (WorkKind.Opens, IInvocationOperation open):
                return open.Receiver() is ILocalReferenceOperation { Local: var connection } opened && Origins.Only(connection, opened)?.Unconverted() is IObjectCreationOperation creation && !RowExecution.IsInMemory(opened) ? creation : null;

            case (WorkKind.Appends, _):
                return AppendPerItem.IsAppend(operation) || AppendPerItem.IsForOnePiece(place) ? AppendPerItem.PathOf(place) : null;

            default:
                return null;
        }
    }

    /// <summary>The connection or context on which the call changes rows, outside any transaction.</summary>
    private static IOperation? Executed(IInvocationOperation call)
    {
        if (Databases.IsSetChange(call.TargetMethod) || Databases.IsFacadeExecute(call.TargetMethod))
            return RowExecution.ChangedContext(call) is { } context && !RowKey.IsInMemory(context) && !Transactions.MayBeOpen(call) ? context : null;

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

        return connection is not null && RowExecution.Text(call, command) is { } text && SqlText.Classify(text) == SqlKind.Change && !RowExecution.IsInMemory(connection) && !Transactions.MayBeOpen(call) ? connection : null;
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

    /// <summary>Whether a path that is put together names one file however often the method is called: of constants, and at most one thing, in <paramref name="source"/>, that the method finds in its place.</summary>
    private static bool IsOneFile(IOperation path, IMethodSymbol method, out ISymbol? source)
    {
        source = null;
        path = path.Unconverted();
        if (path is ILocalReferenceOperation { Local: var local } && Origins.Only(local, path) is { } origin)
            path = origin.Unconverted();

        foreach (var part in path.DescendantsAndSelf())
        {
            switch (part)
            {
                case { ConstantValue.HasValue: true } or IInstanceReferenceOperation:
                    break;

                case IInvocationOperation { TargetMethod: var called } when called.ContainingType.Is("System.IO", "Path") ? called.Name is "Combine" or "Join" or "GetFullPath" or "GetTempPath" or "ChangeExtension"
                    : called.ContainingType.SpecialType == SpecialType.System_String || called is { Name: "GetFolderPath", ContainingType.Name: "Environment" }:
                    break;

                case IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType: var type } } when type.IsFromSystem() && type.Name is "AppContext" or "AppDomain" or "Environment":
                case IPropertyReferenceOperation { Property.Name: "BaseDirectory" }:
                    break;

                case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } }:
                    break;

                case IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation:
                    if (CallGraph.Place(part, method) is not { } place || source is not null && !SymbolEqualityComparer.Default.Equals(source, place))
                        return false;

                    source = place;
                    break;

                case IInvocationOperation or IObjectCreationOperation or IAwaitOperation or IDynamicInvocationOperation:
                    return false;
            }
        }

        return true;
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
