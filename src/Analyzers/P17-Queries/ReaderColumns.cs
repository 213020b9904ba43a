namespace HotPath;

/// <summary>The columns that a method asks a reader of rows for, where it asks by name and by nothing else.</summary>
internal sealed class ReaderColumns
{
    private const int Deepest = 3;

    private readonly IInvocationOperation execution;
    private readonly HashSet<ISymbol> readers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the methods that are followed are given for their texts.</summary>
    private readonly Dictionary<IParameterSymbol, string> given = new(SymbolEqualityComparer.Default);

    /// <summary>The call in the method itself that leads to the one that is followed.</summary>
    private IOperation? outermost;

    private ReaderColumns(IInvocationOperation execution) => this.execution = execution;

    /// <summary>The names in the order of their first use; the same name in another case is the same.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Those that every row is asked for on every way through the program that reads it.</summary>
    public HashSet<string> Sure { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the reader of an execution is asked for; null where other code has the reader, or the places of the columns matter.</summary>
    public static ReaderColumns? Of(IInvocationOperation execution)
    {
        var found = new ReaderColumns(execution);
        if (execution.Awaited() is not { } result || Holder(result) is not { RefKind: RefKind.None } reader)
            return null;

        if (References.Declarator(reader, execution)?.GetVariableInitializer()?.Value is { } initial && !Holds(initial, execution) && !IsNull(initial))
            return null;

        return found.Follow(reader, execution.Root(), 0) && found.Names.Count > 0 ? found : null;
    }

    private static ILocalSymbol? Holder(IOperation reader) => reader.Consumer(out var child) switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation { Local: var local } } assignment when ReferenceEquals(assignment.Value, child) => local,
        _ => null,
    };

    private static bool Holds(IOperation value, IOperation part) => value.Syntax.Span.Contains(part.Syntax.Span);

    private static bool IsNull(IOperation value) => value.Unconverted() is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation;

    private bool Follow(ISymbol reader, IOperation body, int depth)
    {
        readers.Add(reader);
        foreach (var use in Aliasing.Uses(reader, body))
        {
            switch (use)
            {
                case { Kind: UseKind.Assigned, Context: ISimpleAssignmentOperation { Value: var value } } when Holds(value, execution) || IsNull(value):
                case { Kind: UseKind.Called, Context: IInvocationOperation call } when Note(call) || FollowInto(call, 0, depth):
                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: IInvocationOperation called } } when FollowInto(called, ordinal, depth):
                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation property } when Note(property):

                // A row of a foreach, and the reader under another name, is asked as the reader itself is.
                case { Kind: UseKind.Enumerated, Context: IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var row } } } when Follow(row, body, depth):
                case { Kind: UseKind.Shared, Context: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var alias } } } when Origins.Only(alias, use.Reference) is not null && Follow(alias, body, depth):
                case { Kind: UseKind.Read, Context: IUsingOperation or IConditionalAccessOperation }:
                case { Kind: UseKind.Read, Context: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } }:
                case { Kind: UseKind.Read, Context: IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } }:
                    break;

                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>A method of the user's that is given the reader and the name of a column: <c>reader.TextOrNull("note")</c>.</summary>
    private bool FollowInto(IInvocationOperation call, int ordinal, int depth)
    {
        var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (depth >= Deepest || method.IsVirtual || method.IsAbstract || method.IsOverride || call.SemanticModel is not { Compilation: var compilation } || Bodies.Of(compilation).Of(method) is not [var body])
            return false;

        var texts = 0;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.None } parameter || method.Parameters[parameter.Ordinal] is not { Type.SpecialType: SpecialType.System_String } text)
                continue;

            if (Text(argument.Value) is not { } name)
                return false;

            given[text] = name;
            texts++;
        }

        var isOutermost = outermost is null;
        outermost ??= call;
        var isKnown = texts > 0 && Follow(method.Parameters[ordinal], body, depth + 1);
        if (isOutermost)
            outermost = null;

        return isKnown;
    }

    private string? Text(IOperation value)
    {
        value = value.Unconverted();
        return value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } text } ? text
            : value is IParameterReferenceOperation { Parameter: var parameter } && given.TryGetValue(parameter, out var name) ? name
            : null;
    }

    private bool Note(IPropertyReferenceOperation property) => property.Property.Name switch
    {
        "HasRows" or "IsClosed" or "RecordsAffected" or "Depth" => true,
        _ => property.Property.IsIndexer && property.Arguments is [var index] && Note(index.Value, property),
    };

    private bool Note(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method.IsStatic)
            return method.Name == "ConfigureAwait" || method.ContainingType.Is("System.Data", "DataReaderExtensions") && call.ArgumentOf(1) is { } name && Note(name, call);

        switch (method.Name)
        {
            case "Read" or "ReadAsync" or "Close" or "CloseAsync" or "Dispose" or "DisposeAsync":
                return true;

            case "GetOrdinal":
                return call.ArgumentOf(0) is { } asked && Note(asked, call) && IsPlaceOnly(call);

            case "GetName" or "GetValues" or "GetProviderSpecificValues":
                return false;

            default:
                return (method.Name.StartsWith("Get", StringComparison.Ordinal) || method.Name is "IsDBNull" or "IsDBNullAsync") && call.ArgumentOf(0) is { } column && Note(column, call);
        }
    }

    /// <summary>A column that is asked for by its name, or at the place that the reader has given for a name.</summary>
    private bool Note(IOperation column, IOperation at)
    {
        column = column.Unconverted();
        if (Text(column) is { } name)
        {
            if (known.Add(name))
                Names.Add(name);

            // What a method asks for by the name that it is given, it is called for.
            if (IsSure(outermost ?? at))
                Sure.Add(name);

            return true;
        }

        return IsPlace(column) || column is ILocalReferenceOperation { Local: var local } && Origins.Only(local, column) is { } origin && IsPlace(origin.Unconverted());
    }

    /// <summary>Whether it is the place that the reader gives for a name; the name is noted there.</summary>
    private bool IsPlace(IOperation value) => value is IInvocationOperation { TargetMethod.Name: "GetOrdinal" } call && IsReader(call.Receiver());

    private bool IsReader(IOperation? value) => value?.Variable() is { } variable && readers.Contains(variable);

    /// <summary>Whether the place that a name has is used to ask the reader, and for nothing that would see that it changes.</summary>
    private bool IsPlaceOnly(IInvocationOperation ordinal)
    {
        if (IsAsked(ordinal.Consumer(out _)))
            return true;

        if (Holder(ordinal) is not { } local || Origins.Only(local, ordinal) is null)
            return false;

        foreach (var use in Aliasing.Uses(local, ordinal.Root()))
        {
            if (use.Kind != UseKind.Assigned && !IsAsked(use.Context))
                return false;
        }

        return true;
    }

    private bool IsAsked(IOperation? argument) => argument is IArgumentOperation { Parent: { } asking } && asking switch
    {
        IInvocationOperation { TargetMethod.IsStatic: false } call => IsReader(call.Receiver()),
        IPropertyReferenceOperation { Instance: { } instance } => IsReader(Operations.Resolved(instance)),
        _ => false,
    };

    /// <summary>
    /// Whether the column is asked for whenever there is a row: a table need not have what is asked for under a condition, or where a failure is expected.
    /// </summary>
    private bool IsSure(IOperation read)
    {
        var child = read;
        for (; child.Parent is { } parent && !Holds(child, execution); child = parent)
        {
            switch (parent)
            {
                case IConditionalOperation { Condition: var condition } when !ReferenceEquals(condition, child) && !IsForARow(condition):
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, RightOperand: var right, LeftOperand: var left } when ReferenceEquals(right, child) && !IsForARow(left):
                case ICoalesceOperation { WhenNull: var otherwise } when ReferenceEquals(otherwise, child):
                case ICoalesceAssignmentOperation { Value: var missing } when ReferenceEquals(missing, child):
                case IConditionalAccessOperation { WhenNotNull: var access, Operation: var receiver } when ReferenceEquals(access, child) && !IsReader(receiver):
                case ISwitchExpressionArmOperation or ISwitchCaseOperation or ICatchClauseOperation or IAnonymousFunctionOperation or ILocalFunctionOperation:
                case ITryOperation { Catches.IsEmpty: false } attempt when ReferenceEquals(attempt.Body, child) && !Holds(attempt.Body, execution):
                case ILoopOperation loop when !IsOverRows(loop) && !Holds(loop, execution):
                case IBlockOperation block when !Holds(block, execution) && LeavesBefore(block.Operations, child):
                    return false;
            }
        }

        // The block that holds both, and what expects the failure of a reader around it.
        if (child is IBlockOperation common && LeavesBefore(common.Operations, read))
            return false;

        for (; child.Parent is { } parent; child = parent)
        {
            if (parent is ITryOperation attempt && ReferenceEquals(attempt.Body, child) && attempt.Catches.Any(static clause => IsForNames(clause.ExceptionType)))
                return false;
        }

        return true;
    }

    private bool IsOverRows(ILoopOperation loop) => loop switch
    {
        IForEachLoopOperation each => IsReader(each.Collection.Unconverted()),
        IWhileLoopOperation { Condition: { } condition } => condition.ConstantValue.HasValue || Reads(condition),
        IForLoopOperation { Condition: { } condition } => Reads(condition),
        IForLoopOperation { Condition: null } => true,
        _ => false,
    };

    private bool Reads(IOperation condition) => condition.DescendantsAndSelf().Any(part => part is IInvocationOperation { TargetMethod.Name: "Read" or "ReadAsync" } call && IsReader(call.Receiver()));

    /// <summary>Whether the condition asks for nothing but a row.</summary>
    private bool IsForARow(IOperation condition)
    {
        condition = condition.Unconverted();
        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => IsForARow(operand),
            IAwaitOperation { Operation: var task } => IsForARow(task.WithoutConfigureAwait()),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both => IsForARow(both.LeftOperand) && IsForARow(both.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => IsForARow(comparison.LeftOperand) && (comparison.RightOperand.ConstantValue.HasValue || IsNull(comparison.RightOperand)),
            IIsPatternOperation { Value: var value } => IsForARow(value),
            IInvocationOperation { TargetMethod.Name: "Read" or "ReadAsync" } call => IsReader(call.Receiver()),
            IPropertyReferenceOperation { Property.Name: "HasRows" or "IsClosed", Instance: { } reader } => IsReader(reader),
            ILocalReferenceOperation => IsReader(condition),
            _ => false,
        };
    }

    /// <summary>Whether something before the child may leave the block for a reason that is not in the row.</summary>
    private bool LeavesBefore(ImmutableArray<IOperation> statements, IOperation child)
    {
        foreach (var statement in statements)
        {
            if (statement.Syntax.SpanStart >= child.Syntax.SpanStart || Holds(statement, child))
                break;

            if (statement.Syntax.SpanStart < execution.Syntax.SpanStart)
                continue;

            foreach (var part in statement.DescendantsAndSelf())
            {
                if (part is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.GoTo } && !IsForRow(part, statement))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a condition around the leave asks for a row or for what is in it.</summary>
    private bool IsForRow(IOperation leave, IOperation statement)
    {
        for (var current = leave; current is not null; current = current.Parent)
        {
            if (current is IConditionalOperation { Condition: var condition } && (IsForARow(condition) || condition.DescendantsAndSelf().Any(IsOfRow)) || current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return true;

            if (ReferenceEquals(current, statement))
                break;
        }

        return false;
    }

    private bool IsOfRow(IOperation part) => IsReader(part)
        || part is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var declared, ..] } && declared.Span.Start > execution.Syntax.SpanStart
        || part is IPropertyReferenceOperation { Property.Name: "IsCancellationRequested" };

    /// <summary>Whether a handler expects what a reader throws for a name that it does not know.</summary>
    private static bool IsForNames(ITypeSymbol? exception) => exception is { Name: "IndexOutOfRangeException" or "ArgumentOutOfRangeException" or "ArgumentException" or "KeyNotFoundException" or "SystemException" };
}
