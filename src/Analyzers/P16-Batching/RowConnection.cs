using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>A connection that is opened, or a context that is made, in every iteration of a loop.</summary>
internal sealed class RowConnection
{
    private RowConnection(IOperation creation, Loop loop, ILocalSymbol? local, bool isContext)
    {
        Creation = creation;
        Loop = loop;
        Local = local;
        IsContext = isContext;
    }

    /// <summary>What makes the connection or context; the call that opens one from outside.</summary>
    public IOperation Creation { get; }

    /// <summary>The innermost loop around it.</summary>
    public Loop Loop { get; }

    /// <summary>The variable of the iteration that holds it; null where there is none.</summary>
    public ILocalSymbol? Local { get; }

    /// <summary>Whether it is a context of EF Core.</summary>
    public bool IsContext { get; }

    /// <summary>The finding that the creation or call is, or null.</summary>
    public static RowConnection? Of(IOperation creation, AnalyzerOptions options)
    {
        if (Kind(creation) is not { } isContext || Loops.Enclosing(creation, options) is not { } loop || !GoesThroughItems(loop))
            return null;

        if (Iteration.IsWorker(loop) || Iteration.IsOverChunks(loop) || Iteration.IsTolerated(creation, loop) || IsRetry(loop))
            return null;

        if (creation is IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync" } open && Databases.IsConnection(open.TargetMethod.ContainingType))
            return IsReopened(open, loop) ? new(creation, loop, null, isContext: false) : null;

        // Behind ??= or in a cache it is made once.
        if (Memory.Guards(creation, creation.Function()) || !Dependence.Of(creation, loop).IsSame || IsInMemory(creation))
            return null;

        if (!StaysInside(creation, loop, out var local))
            return null;

        return creation.Binds() ? new(creation, loop, local, isContext) : null;
    }

    /// <summary>Whether the operation makes or opens a connection (false) or a context (true); null for anything else. Asks names and kinds first.</summary>
    private static bool? Kind(IOperation creation)
    {
        switch (creation)
        {
            case IObjectCreationOperation { Type: { } type }:
                return Databases.IsContext(type) ? true : Databases.IsConnection(type) ? false : null;

            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, Name: var name } method }:
                if (name is "Open" or "OpenAsync" && Databases.IsConnection(method.ContainingType))
                    return false;

                if (!Starts(name, "Create") && !Starts(name, "Open") && !Starts(name, "New") && !Starts(name, "Make") && !Starts(name, "Get") && !Starts(name, "Connect") || name is "GetDbConnection" or "GetService" or "GetRequiredService" or "GetOrAdd")
                    return null;

                var result = method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var awaited] } ? awaited : method.ReturnType;
                return result.TypeKind == TypeKind.TypeParameter ? null : Databases.IsContext(result) ? true : Databases.IsConnection(result) ? false : null;

            default:
                return null;
        }
    }

    private static bool Starts(string name, string word) => name.StartsWith(word, StringComparison.Ordinal);

    /// <summary>Items one after the other: elements, numbers, rows of a reader, lines. Lambdas that await run side by side.</summary>
    private static bool GoesThroughItems(Loop loop)
    {
        if (loop.Lambda is { } lambda)
            return !lambda.Symbol.IsAsync && loop.Operation is IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" or "List" or "Array" };

        switch (loop.Operation)
        {
            case IForEachLoopOperation or IForLoopOperation:
                return true;

            case IWhileLoopOperation { Condition: { } condition }:
                foreach (var part in condition.DescendantsAndSelf())
                {
                    if (part is IInvocationOperation { TargetMethod.Name: "Read" or "ReadAsync" or "ReadLine" or "ReadLineAsync" or "MoveNext" or "MoveNextAsync" or "TryDequeue" or "TryPop" } or IPropertyReferenceOperation { Property.Name: "Count" or "Length" })
                        return true;
                }

                return false;

            default:
                return false;
        }
    }

    /// <summary>Whether the loop counts attempts: it tries, and leaves when that went well.</summary>
    private static bool IsRetry(Loop loop)
    {
        if (loop.Operation is not IForLoopOperation and not IWhileLoopOperation)
            return false;

        foreach (var part in loop.Body.Descendants())
        {
            if (part is ITryOperation @try && Iteration.IsTolerant(@try))
                return true;
        }

        return false;
    }

    /// <summary>Whether a connection from outside the loop is opened and closed in it.</summary>
    private static bool IsReopened(IInvocationOperation open, Loop loop)
    {
        if (open.Instance is not { } instance || Operations.Resolved(instance).Variable() is not { } variable || Iteration.Declares(loop, variable) || RowExecution.IsInMemory(instance.Unconverted()) || Iteration.Choice(open, loop) is not null)
            return false;

        var isClosed = false;
        foreach (var use in Aliasing.Uses(variable, loop.Body))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference || use is { Kind: UseKind.MemberWritten })
                return false;

            isClosed |= use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Close" or "CloseAsync" } };
        }

        return isClosed;
    }

    /// <summary>Whether nothing but the iteration gets it: made for it and given up with it.</summary>
    private static bool StaysInside(IOperation creation, Loop loop, out ILocalSymbol? local)
    {
        local = null;
        var isUsing = false;
        IOperation value = creation;
        while (value.Parent is IAwaitOperation or IConversionOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            value = value.Parent;

        switch (value.Parent)
        {
            // using (new Shop()) …
            case IUsingOperation:
                return true;

            // new Shop().Customers …, connections.Create().Execute(…)
            case IMemberReferenceOperation:
                return true;

            case IInvocationOperation call when ReferenceEquals(call.Instance, value):
                return true;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } extension } } when Databases.IsDapper(extension):
                return true;

            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var symbol } declarator }:
                local = symbol;
                isUsing = declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation || declarator.Parent?.Parent is IUsingOperation;
                break;

            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } }:
                local = assigned;
                break;
        }

        if (local is null || !Iteration.Declares(loop, local))
            return false;

        foreach (var use in Aliasing.Uses(local, loop.Body))
        {
            switch (use)
            {
                case { Kind: UseKind.Shared, Context: IReturnOperation }:
                case { Kind: UseKind.Shared } when !isUsing && use.Context is not IVariableInitializerOperation:
                case { Kind: UseKind.PassedByReference }:
                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: var type } } } when !isUsing && type.IsFromSystem():
                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parent: IObjectCreationOperation { Type: var holder } } } when !isUsing && !Databases.IsCommand(holder):
                // A key, a tenant: the text differs from iteration to iteration.
                case { Kind: UseKind.MemberWritten, Context: IPropertyReferenceOperation { Property.Name: "ConnectionString", Parent: ISimpleAssignmentOperation { Value: var text } } } when !Dependence.Of(text, loop).IsSame || RowExecution.MentionsMemory(SqlText.Written(text)):
                    return false;
            }
        }

        return true;
    }

    private static bool IsInMemory(IOperation creation)
    {
        if (RowExecution.IsInMemory(creation))
            return true;

        if (creation.SemanticModel is not { Compilation: var compilation })
            return false;

        foreach (var part in creation.DescendantsAndSelf())
        {
            if (part.Variable() is ILocalSymbol or IFieldSymbol && RowExecution.MentionsMemory(SqlText.Written(part)))
                return true;

            if (part.Variable() is IFieldSymbol { ContainingType: { Locations: [{ IsInSource: true }, ..] } holder } && RowExecution.IsTypeInMemory(holder, compilation))
                return true;

            if (part is IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..] } factory })
            {
                foreach (var body in Bodies.Of(compilation).Of(factory))
                {
                    if (RowExecution.MentionsMemory(body))
                        return true;
                }
            }
        }

        return creation.Type is INamedTypeSymbol { Locations: [{ IsInSource: true }, ..] } type && RowExecution.IsTypeInMemory(type, compilation);
    }

    private static readonly Regex Unpooled = new(@"(^|;)\s*Pooling\s*=\s*(false|no)\s*(;|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The part of a connection string that turns pooling off, as it is written; null where none does, or it is there to let go of the file.</summary>
    public static IOperation? UnpooledPart(IOperation text)
    {
        var written = SqlText.Written(text);
        foreach (var part in written.DescendantsAndSelf())
        {
            if (part is ILiteralOperation or IInterpolatedStringTextOperation or IFieldReferenceOperation or ILocalReferenceOperation && Constant(part) is { } constant && constant.IndexOf("Pooling", StringComparison.OrdinalIgnoreCase) >= 0 && Unpooled.IsMatch(constant))
                return LetsGoOfFiles(text) || RowExecution.MentionsMemory(written) ? null : part;
        }

        return null;
    }

    private static string? Constant(IOperation part) =>
        (part is IInterpolatedStringTextOperation { Text: var text } ? text : part).ConstantValue is { HasValue: true, Value: string constant } ? constant : null;

    /// <summary>Whether files are deleted, moved or copied in the member or its type: a pool would keep them open.</summary>
    private static bool LetsGoOfFiles(IOperation text)
    {
        if (text.Root().SemanticModel is not { Compilation: var compilation } model || model.GetEnclosingSymbol(text.Syntax.SpanStart)?.ContainingType is not { } type)
            return false;

        foreach (var body in Bodies.Of(compilation).OfType(type).Append(text.Root()))
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is IInvocationOperation { TargetMethod: { Name: "Delete" or "Move" or "Copy" or "Replace" or "MoveTo" or "CopyTo" or "EnsureDeleted" or "EnsureDeletedAsync", ContainingType.Name: "File" or "FileInfo" or "Directory" or "DirectoryInfo" or "DatabaseFacade" } })
                    return true;
            }
        }

        return false;
    }
}
