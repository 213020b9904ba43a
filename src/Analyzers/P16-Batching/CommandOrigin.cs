namespace HotPath;

/// <summary>What a member shows of a command that it makes: the connection, the text and the transaction.</summary>
internal sealed class CommandOrigin
{
    private readonly List<ISimpleAssignmentOperation> texts = [];
    private readonly List<ISimpleAssignmentOperation> transactions = [];

    private CommandOrigin(ILocalSymbol? local, IOperation creation)
    {
        Local = local;
        Creation = creation;
    }

    /// <summary>The variable that holds the command; null where it is executed as it is made.</summary>
    public ILocalSymbol? Local { get; }

    /// <summary>The creation, or the call of <c>CreateCommand</c>.</summary>
    public IOperation Creation { get; }

    /// <summary>The connection as it is written where the command gets it; null where it gets none, or more than one.</summary>
    public IOperation? Connection { get; private set; }

    /// <summary>The origin of the command; null where it comes from elsewhere or other code may set it up.</summary>
    public static CommandOrigin? Of(IOperation? command)
    {
        var value = command?.Unconverted();
        var local = (value as ILocalReferenceOperation)?.Local;
        var creation = local is null ? value : Origins.Only(local, value!)?.Unconverted();

        switch (creation)
        {
            case IInvocationOperation { TargetMethod.Name: "CreateCommand", Instance: { } connection } when Databases.IsConnection(connection.Type):
                var made = new CommandOrigin(local, creation) { Connection = connection.Unconverted() };
                return made.Follow() ? made : null;

            case IObjectCreationOperation { Type: var type } when Databases.IsCommand(type):
                var created = new CommandOrigin(local, creation) { Connection = Argument(creation, Databases.IsConnection)?.Unconverted() };
                return created.Follow() ? created : null;

            default:
                return null;
        }
    }

    /// <summary>The text that the command has where <paramref name="at"/> runs; null where that is not sure.</summary>
    public IOperation? TextAt(IOperation at) =>
        In(texts, at, out var assigned) ? assigned ?? Argument(Creation, static type => type?.SpecialType == SpecialType.System_String) : null;

    /// <summary>Whether the command is sure to have no transaction where <paramref name="at"/> runs.</summary>
    public bool HasNoTransaction(IOperation at) =>
        In(transactions, at, out var assigned) && (assigned ?? Argument(Creation, Databases.IsTransaction)) is null or { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;

    /// <summary>Collects what is done to the command; false where code that cannot be seen has it.</summary>
    private bool Follow()
    {
        if ((Creation as IObjectCreationOperation)?.Initializer is { } initializer)
        {
            foreach (var member in initializer.Initializers)
            {
                if (member is not ISimpleAssignmentOperation assignment || !Note(assignment))
                    return false;
            }
        }

        if (Local is null)
            return Connection is not null;

        foreach (var use in Aliasing.Uses(Local, Creation.Root()))
        {
            switch (use)
            {
                case { Kind: UseKind.MemberWritten, Context: { Parent: ISimpleAssignmentOperation assignment } }:
                    if (!Note(assignment))
                        return false;

                    break;

                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: true } method } call }:
                    if (!IsLeftAlone(method, 0, call))
                        return false;

                    break;

                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter } argument }:
                    if (!IsLeftAlone(method, parameter.Ordinal, argument))
                        return false;

                    break;

                // The declaration itself is no use; the one assignment that makes the command is.
                case { Kind: UseKind.Assigned, Context: ISimpleAssignmentOperation }:
                case { Kind: UseKind.Called or UseKind.MemberRead or UseKind.Read }:
                    break;

                default:
                    return false;
            }
        }

        return Connection is not null;
    }

    private bool Note(ISimpleAssignmentOperation assignment)
    {
        switch (assignment.Target)
        {
            case IPropertyReferenceOperation { Property.Name: "CommandText" }:
                texts.Add(assignment);
                return true;

            case IPropertyReferenceOperation { Property.Name: "Transaction" }:
                transactions.Add(assignment);
                return true;

            case IPropertyReferenceOperation { Property.Name: "Connection" }:
                var connection = assignment.Value.Unconverted();
                if (Connection is not null && !SymbolEqualityComparer.Default.Equals(Connection.Variable(), connection.Variable()))
                    return false;

                Connection = connection;
                return true;

            case IPropertyReferenceOperation { Property.Name: "CommandType" }:
                // Anything but plain text names a procedure.
                return assignment.Value.ConstantValue is { HasValue: true, Value: 1 };

            default:
                return true;
        }
    }

    /// <summary>
    /// The value that is assigned last on every way to <paramref name="at"/>; null where none is. False where that depends on the way taken.
    /// </summary>
    private static bool In(List<ISimpleAssignmentOperation> assignments, IOperation at, out IOperation? value)
    {
        ISimpleAssignmentOperation? last = null;
        value = null;

        foreach (var assignment in assignments)
        {
            if (assignment.Syntax.SpanStart < at.Syntax.SpanStart && (last is null || last.Syntax.SpanStart < assignment.Syntax.SpanStart))
                last = assignment;
        }

        if (last is not null && !ReferenceEquals(last.Function(), at.Function()) || last is not null && !IsOnEveryWay(last, at))
            return false;

        // Assigned behind it in a loop, the value comes around, unless the loop assigns first.
        foreach (var assignment in assignments)
        {
            if (assignment.Syntax.SpanStart > at.Syntax.SpanStart && CommonLoop(assignment, at) is { } loop && !(last is not null && loop.Syntax.Span.Contains(last.Syntax.Span)))
                return false;
        }

        value = last?.Value.Unconverted();
        return true;
    }

    private static bool IsOnEveryWay(IOperation assignment, IOperation at)
    {
        for (var current = assignment.Parent; current is not null; current = current.Parent)
        {
            if (current is IBlockOperation or IMethodBodyBaseOperation or ISwitchCaseOperation)
                return current.Syntax.Span.Contains(at.Syntax.Span) || current.Parent is null;

            if (current is IConditionalOperation or ILoopOperation or IAnonymousFunctionOperation or IConditionalAccessOperation or ICoalesceOperation)
                return false;
        }

        return true;
    }

    private static ILoopOperation? CommonLoop(IOperation first, IOperation second)
    {
        for (var current = first.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation loop && loop.Syntax.Span.Contains(second.Syntax.Span))
                return loop;
        }

        return null;
    }

    /// <summary>Whether a source method that gets the command leaves its text, connection and transaction alone.</summary>
    private static bool IsLeftAlone(IMethodSymbol method, int ordinal, IOperation call)
    {
        method = method.ReducedFrom ?? method;
        if (call.Root().SemanticModel is not { Compilation: var compilation } || method.IsVirtual || method.IsAbstract || method.IsOverride || Bodies.Of(compilation).Of(method) is not [_, ..] bodies)
            return false;

        var parameter = method.OriginalDefinition.Parameters[ordinal];
        foreach (var body in bodies)
        {
            foreach (var use in Aliasing.Uses(parameter, body))
            {
                switch (use)
                {
                    case { Kind: UseKind.MemberRead or UseKind.Read }:
                    case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: false, Name: "CreateParameter" or "Prepare" } } }:
                        break;

                    default:
                        return false;
                }
            }
        }

        return true;
    }

    private static IOperation? Argument(IOperation creation, Func<ITypeSymbol?, bool> isType)
    {
        if (creation is IObjectCreationOperation { Arguments: var arguments })
        {
            foreach (var argument in arguments)
            {
                if (isType(argument.Parameter?.Type))
                    return argument.Value.Unconverted();
            }
        }

        return null;
    }
}
