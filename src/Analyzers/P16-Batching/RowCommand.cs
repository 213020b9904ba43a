namespace HotPath;

/// <summary>A command that is made and given the same text and parameters in every iteration of a loop.</summary>
internal sealed class RowCommand
{
    private RowCommand(IOperation creation, Loop loop, CommandOrigin command)
    {
        Creation = creation;
        Loop = loop;
        Command = command;
    }

    /// <summary>What makes the command.</summary>
    public IOperation Creation { get; }

    /// <summary>The innermost loop around it.</summary>
    public Loop Loop { get; }

    /// <summary>What the iteration does to the command.</summary>
    public CommandOrigin Command { get; }

    /// <summary>The finding that the creation is, or null.</summary>
    public static RowCommand? Of(IOperation creation, AnalyzerOptions options)
    {
        if (!MayBe(creation) || Loops.Enclosing(creation, options) is not { } loop || loop.Lambda is { Symbol.IsAsync: true } || Iteration.IsWorker(loop) || Iteration.IsTolerated(creation, loop))
            return null;

        if (creation.Consumer(out _) is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } || !Iteration.Declares(loop, local) || Loops.AreWrittenOut(creation, options, loop))
            return null;

        CommandOrigin? command = null;
        IInvocationOperation? execution = null;
        var isParametrised = false;
        foreach (var use in Aliasing.Uses(local, loop.Body))
        {
            switch (use)
            {
                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: false, Name: var name } } call }:
                    isParametrised |= name == "CreateParameter";
                    if (!name.StartsWith("Execute", StringComparison.Ordinal))
                        break;

                    // One that runs many times was built for many.
                    if (execution is not null || Loops.Enclosing(call, options)?.Operation != loop.Operation)
                        return null;

                    execution = call;
                    break;

                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.Name: "Parameters" } }:
                    isParametrised = true;
                    break;

                // A method of the user's own that adds one.
                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } }:
                    isParametrised |= AddsParameter(method, creation);
                    break;

                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: true } extension } }:
                    isParametrised |= AddsParameter(extension, creation);
                    break;
            }
        }

        if (!isParametrised || execution is null || (command = CommandOrigin.Of(execution.Receiver())) is null || command.Creation.Syntax != creation.Syntax)
            return null;

        if (command.TextAt(execution) is not { } text || SqlText.Classify(text) is not (SqlKind.Query or SqlKind.Change) || !Dependence.Of(text, loop).IsSame || !RowExecution.IsInvariant(text, loop))
            return null;

        return IsOfOneConnection(command.Connection!, loop) && creation.Binds() ? new(creation, loop, command) : null;
    }

    private static bool AddsParameter(IMethodSymbol method, IOperation near)
    {
        if (near.Root().SemanticModel is not { Compilation: var compilation })
            return false;

        foreach (var body in Bodies.Of(compilation).Of(method.ReducedFrom ?? method))
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is IPropertyReferenceOperation { Property.Name: "Parameters", Instance.Type: { } owner } && Databases.IsCommand(owner))
                    return true;
            }
        }

        return false;
    }

    private static bool MayBe(IOperation creation) => creation switch
    {
        IInvocationOperation { TargetMethod: { Name: "CreateCommand", IsStatic: false, ContainingType: var type } } => Databases.IsConnection(type),
        IObjectCreationOperation { Type: { } type } => Databases.IsCommand(type),
        _ => false,
    };

    /// <summary>Whether the connection is one for all iterations; one per iteration is another finding.</summary>
    private static bool IsOfOneConnection(IOperation connection, Loop loop)
    {
        if (connection.Variable() is not { } variable)
            return connection is IPropertyReferenceOperation { Property.GetMethod: { } getter, Instance: null or IInstanceReferenceOperation } && Effects.IsAuto(getter);

        return !Iteration.Declares(loop, variable) && StaysOpen(variable, loop.Lambda ?? loop.Operation);
    }

    /// <summary>Whether the connection in the variable is the same one in all of the region, and is not opened, closed or pointed elsewhere there.</summary>
    public static bool StaysOpen(ISymbol connection, IOperation region)
    {
        foreach (var use in Aliasing.Uses(connection, region))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference
                || use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync" or "ChangeDatabase" } })
            {
                return false;
            }
        }

        return true;
    }
}
