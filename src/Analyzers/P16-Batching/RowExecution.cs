using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>An INSERT, UPDATE or DELETE that runs per iteration and, with no transaction open, commits on its own every time.</summary>
internal sealed class RowExecution
{
    // Every row of a long method or type asks the same of all of it.
    private static readonly ConditionalWeakTable<IOperation, StrongBox<bool>> InMemory = new();
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<INamedTypeSymbol, bool>> TypesInMemory = new();

    private RowExecution(IInvocationOperation call, Loop loop, IOperation connection, CommandOrigin? command, bool isOfContext)
    {
        Call = call;
        Loop = loop;
        Connection = connection;
        Command = command;
        IsOfContext = isOfContext;
    }

    /// <summary>The call that runs the statement.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The innermost loop around it.</summary>
    public Loop Loop { get; }

    /// <summary>The connection, or EF Core's context, as it is written.</summary>
    public IOperation Connection { get; }

    /// <summary>The command; null for a call of Dapper or EF Core.</summary>
    public CommandOrigin? Command { get; }

    /// <summary>Whether a context of EF Core runs the statement.</summary>
    public bool IsOfContext { get; }

    /// <summary>The finding that the call is, or null.</summary>
    public static RowExecution? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (Databases.IsSetChange(call.TargetMethod) || Databases.IsFacadeExecute(call.TargetMethod))
            return OfContext(call, options);

        if (!Databases.IsExecute(call.TargetMethod) || Loops.Enclosing(call, options) is not { } loop)
            return null;

        CommandOrigin? command = null;
        IOperation? connection;

        if (Databases.IsDapper(call.TargetMethod))
        {
            connection = call.Receiver();
            if (!HasNoTransaction(call))
                return null;
        }
        else
        {
            command = CommandOrigin.Of(call.Receiver());
            connection = command?.Connection;
            if (command?.HasNoTransaction(call) != true)
                return null;
        }

        if (connection is null || Text(call, command) is not { } text || SqlText.Classify(text) != SqlKind.Change)
            return null;

        if (!IsOfOneConnection(connection, loop) || !IsInvariant(text, loop) || Iteration.IsWorker(loop) || DecidesTheLoop(call, loop))
            return null;

        return IsInMemory(connection) || Transactions.MayBeOpen(call) ? null : new(call, loop, connection, command, isOfContext: false);
    }

    private static RowExecution? OfContext(IInvocationOperation call, AnalyzerOptions options)
    {
        if (Loops.Enclosing(call, options) is not { } loop || ChangedContext(call) is not { } context)
            return null;

        // A text that differs from row to row may be one statement per table.
        if (Text(call, command: null) is { } text && !IsInvariant(text, loop) && !SqlText.DiffersInValuesOnly(text))
            return null;

        if (!IsOfOneConnection(context, loop) || Iteration.IsWorker(loop) || Iteration.IsOverChunks(loop) || DecidesTheLoop(call, loop) || RowKey.TakesMany(Dependence.Of(call, loop)))
            return null;

        return RowKey.IsInMemory(context) || Transactions.MayBeOpen(call) || !call.Binds() ? null : new(call, loop, context, command: null, isOfContext: true);
    }

    /// <summary>The context whose rows a call of EF Core changes at once, with a query or a text; null where that is not sure.</summary>
    public static IOperation? ChangedContext(IInvocationOperation call)
    {
        if (Databases.IsSetChange(call.TargetMethod))
            return RowQuery.Context(call.ArgumentOf(0));

        return call.ArgumentOf(0) is { } database && Operations.Resolved(database.Unconverted()) is IPropertyReferenceOperation { Property.Name: "Database", Instance: { } context } && Databases.IsContext(context.Type)
            && Text(call, command: null) is { } text && SqlText.Classify(text) == SqlKind.Change
            ? context.Unconverted()
            : null;
    }

    /// <summary>The text that the call runs, where the member shows it.</summary>
    public static IOperation? Text(IInvocationOperation call, CommandOrigin? command)
    {
        if (command is not null)
            return command.TextAt(call);

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Name: "sql", Type: { } type } && (type.SpecialType == SpecialType.System_String || type.Is("System", "FormattableString")))
                return argument.Value.Unconverted();
        }

        return null;
    }

    /// <summary>Whether the text is the same in every iteration, wherever it is written.</summary>
    public static bool IsInvariant(IOperation text, Loop loop) => Invariance.Holds(SqlText.Written(text), loop);

    /// <summary>Whether the command has run, and a <c>using</c> has disposed of its reader, when the next statement runs: a task that is kept would outlive what it runs on.</summary>
    public static bool IsOver(IInvocationOperation call) =>
        call.Awaited() is not null && (!call.TargetMethod.Name.StartsWith("ExecuteReader", StringComparison.Ordinal) || call.IsDisposed());

    /// <summary>The token that the statement gets, as it is written, when it is one for the whole loop; empty where it gets none.</summary>
    public string Token(Loop loop)
    {
        foreach (var argument in Call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Value: var value } && value.Type.Is("System.Threading", "CancellationToken") && value.Variable() is { } variable && !Iteration.Declares(loop, variable))
                return value.Syntax.ToString();
        }

        return "";
    }

    /// <summary>Whether a call of Dapper gets no transaction.</summary>
    public static bool HasNoTransaction(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            switch (argument)
            {
                case { Parameter.Name: "transaction" }:
                    if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Value.Unconverted() is not ({ ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation))
                        return false;

                    break;

                // Stored procedures have no text of their own.
                case { Parameter.Name: "commandType", ArgumentKind: not ArgumentKind.DefaultValue }:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether all iterations work on one connection that is open around them: opening one per row is another finding.</summary>
    private static bool IsOfOneConnection(IOperation connection, Loop loop)
    {
        if (connection.Variable() is not { } variable)
        {
            return connection is IPropertyReferenceOperation { Property: { GetMethod: { } getter }, Instance: null or IInstanceReferenceOperation } && Effects.IsAuto(getter);
        }

        if (Iteration.Declares(loop, variable))
            return false;

        foreach (var use in Aliasing.Uses(variable, loop.Lambda ?? loop.Operation))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference
                || use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" } })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the number of rows decides if the loop goes on: rows are deleted in portions, each on its own by design.</summary>
    private static bool DecidesTheLoop(IInvocationOperation call, Loop loop)
    {
        if (loop.Operation is not (IWhileLoopOperation or IForLoopOperation))
            return false;

        var result = call.Parent is IAwaitOperation await ? await : (IOperation)call;
        while (result.Parent is IConversionOperation)
            result = result.Parent;

        ISymbol? local = result.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            IAssignmentOperation { Target: var target } => target.Variable(),
            _ => null,
        };

        foreach (var part in loop.Operation.Descendants())
        {
            var decides = part switch
            {
                IWhileLoopOperation { Condition: { } condition } when ReferenceEquals(part, loop.Operation) => condition,
                IForLoopOperation { Condition: { } condition } when ReferenceEquals(part, loop.Operation) => condition,
                IConditionalOperation { Condition: { } condition } conditional when Leaves(conditional) => condition,
                _ => null,
            };

            if (decides is not null && Asks(decides, call, local))
                return true;
        }

        return loop.Operation switch
        {
            IWhileLoopOperation { Condition: { } condition } => Asks(condition, call, local),
            IForLoopOperation { Condition: { } condition } => Asks(condition, call, local),
            _ => false,
        };
    }

    private static bool Leaves(IConditionalOperation conditional)
    {
        foreach (var part in conditional.Descendants())
        {
            if (part is IBranchOperation or IReturnOperation)
                return true;
        }

        return false;
    }

    private static bool Asks(IOperation condition, IInvocationOperation call, ISymbol? local)
    {
        foreach (var part in condition.DescendantsAndSelf())
        {
            if (ReferenceEquals(part, call) || local is not null && Aliasing.Refers(part, local))
                return true;
        }

        return false;
    }

    /// <summary>Whether the database lives in memory, where a commit costs nothing.</summary>
    public static bool IsInMemory(IOperation connection)
    {
        if (InMemory.GetValue(connection.Root(), static root => new(MentionsMemory(root))).Value)
            return true;

        if (connection.Root().SemanticModel is not { Compilation: var compilation })
            return false;

        var bodies = Bodies.Of(compilation);
        if (connection is IFieldReferenceOperation or IPropertyReferenceOperation
            && IsTypeInMemory(((IMemberReferenceOperation)connection).Member.ContainingType, compilation))
        {
            return true;
        }

        if (connection.Variable() is not { } variable || Origins.Only(variable, connection) is not { } origin)
            return false;

        foreach (var part in origin.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..] } factory })
            {
                foreach (var body in bodies.Of(factory))
                {
                    if (MentionsMemory(body))
                        return true;
                }
            }
            else if (part.Variable() is IFieldSymbol && SqlText.Written(part) is var text && MentionsMemory(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the type itself, in source, says that its database lives in memory.</summary>
    public static bool IsTypeInMemory(INamedTypeSymbol type, Compilation compilation) =>
        TypesInMemory.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default)).GetOrAdd(type, type => Bodies.Of(compilation).OfType(type).Any(MentionsMemory));

    /// <summary>Whether a text or an option in the operation says that a database lives in memory.</summary>
    public static bool MentionsMemory(IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part.ConstantValue is { HasValue: true, Value: string text }
                && (text.IndexOf(":memory:", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("Mode=Memory", StringComparison.OrdinalIgnoreCase) >= 0)
                || part is IFieldReferenceOperation { Field: { Name: "Memory", ContainingType.Name: "SqliteOpenMode" } } or IInvocationOperation { TargetMethod.Name: "UseInMemoryDatabase" })
            {
                return true;
            }
        }

        return false;
    }
}
