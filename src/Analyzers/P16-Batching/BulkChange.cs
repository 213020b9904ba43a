using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Rows that a query loads only to be deleted, or to be given the same values, and one save behind them. The one recognition behind the rule and its fix.</summary>
internal sealed class BulkChange
{
    // What makes a save more than the statements it sends, or a row more than one row of one table.
    private static readonly HashSet<string> Watchers =
    [
        "SaveChangesInterceptor", "ISaveChangesInterceptor", "AddInterceptors", "SavingChanges", "SavedChanges", "StateChanged", "Tracked", "OwnsOne", "OwnsMany", "Owned", "OwnedAttribute", "ToJson", "ClientCascade", "SplitToTable",
        "UseTptMappingStrategy", "UseTpcMappingStrategy", "IsConcurrencyToken", "IsRowVersion", "Timestamp", "ConcurrencyCheck",
    ];

    private static readonly ConditionalWeakTable<Compilation, StrongBox<bool>> Watched = new();
    private readonly List<Setting> settings = [];

    private BulkChange(IOperation operation, IOperation rows, EntityQuery query)
    {
        Operation = operation;
        Rows = rows;
        Query = query;
    }

    /// <summary>One value that every row is given.</summary>
    /// <param name="Property">What is set.</param>
    /// <param name="Value">What is assigned or added.</param>
    /// <param name="Operator">The operator of <c>+=</c> and its kin, <c>++</c> as <c>+ 1</c>; null for a plain assignment.</param>
    internal readonly record struct Setting(IPropertySymbol Property, IOperation? Value, string? Operator);

    /// <summary>The call that removes the rows, or the loop over them.</summary>
    public IOperation Operation { get; }

    /// <summary>The query as it is written, without what loads its rows.</summary>
    public IOperation Rows { get; }

    /// <summary>The query.</summary>
    public EntityQuery Query { get; }

    /// <summary>The local that holds the rows and has no other use; null where there is none.</summary>
    public ILocalSymbol? Local { get; private set; }

    /// <summary>The save behind it.</summary>
    public IInvocationOperation Save { get; private set; } = null!;

    /// <summary>What every row is given; empty where the rows are deleted.</summary>
    public IReadOnlyList<Setting> Settings => settings;

    /// <summary>Whether the database computes the same values from the settings.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Whether the rows are deleted.</summary>
    public bool Deletes => settings.Count == 0;

    /// <summary>The finding that the operation is, or null.</summary>
    public static BulkChange? Of(IOperation operation)
    {
        IOperation? source;
        switch (operation)
        {
            case IInvocationOperation { TargetMethod: { Name: "RemoveRange", ContainingType: var type }, Arguments: [{ Value: var removed }], Parent: IExpressionStatementOperation } when Databases.IsContext(type) || Databases.IsSet(type):
                source = removed;
                break;

            case IForEachLoopOperation { Collection: var collection, Body: IBlockOperation { Operations.IsEmpty: false } or IExpressionStatementOperation }:
                source = collection;
                break;

            default:
                return null;
        }

        var rows = Loaded(source.Unconverted(), out var local);
        if (rows is null || EntityQuery.Of(rows) is not { IsWhole: true, Context: { } context } query || !IsPlain(query) || operation.IsInExpressionTree() || Loops.IsCold(operation))
            return null;

        var found = new BulkChange(operation, rows, query) { Local = local };
        if (operation is IForEachLoopOperation loop && !found.ReadBody(loop))
            return null;

        if (found.SaveBehind(context) is not { } save || Databases.OverridesSave(context.Type) || found.ChangesOthers(save) || !operation.Binds() || IsWatched(operation.SemanticModel!.Compilation))
            return null;

        found.Save = save;
        return found;
    }

    /// <summary>The query whose rows these are; null for rows that are used otherwise as well.</summary>
    private static IOperation? Loaded(IOperation source, out ILocalSymbol? local)
    {
        local = null;
        if (source is ILocalReferenceOperation { Local: var held } && !Queries.IsProvider(held.Type))
        {
            if (References.To(held, source.Root()).Skip(1).Any() || Origins.Only(held, source) is not { } origin)
                return null;

            local = held;
            source = origin.Unconverted();
        }

        if (source is IAwaitOperation { Operation: var awaited })
            source = awaited.Unconverted().WithoutConfigureAwait().Unconverted();

        if (source is IInvocationOperation { TargetMethod.Name: "AsAsyncEnumerable" } stream && stream.Receiver() is { } streamed)
            return streamed;

        if (source is IInvocationOperation load && EntityQuery.Materialised(load) is { } loaded)
            return loaded;

        return local is null && Queries.IsProvider(source.Type) ? source : null;
    }

    /// <summary>Whether the query only filters and orders the rows of one set, and asks for more than one of them.</summary>
    private static bool IsPlain(EntityQuery query)
    {
        foreach (var call in query.Operators)
        {
            switch (call.TargetMethod.Name)
            {
                case "Where" when Translation.Lambda(call, 1) is { } condition && !Translation.AsksForKey(condition):
                case "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "AsTracking" or "TagWith":
                    break;

                default:
                    return false;
            }
        }

        return true;
    }

    private bool ReadBody(IForEachLoopOperation loop)
    {
        if (loop.Locals is not [var row])
            return false;

        ImmutableArray<IOperation> statements = loop.Body is IBlockOperation block ? block.Operations : [loop.Body];
        foreach (var statement in statements)
        {
            if (statement is not IExpressionStatementOperation { Operation: var work })
                return false;

            switch (work)
            {
                case IInvocationOperation { TargetMethod: { Name: "Remove", ContainingType: var type }, Arguments: [{ Value: var removed }] } when statements.Length == 1 && (Databases.IsContext(type) || Databases.IsSet(type)):
                    return SymbolEqualityComparer.Default.Equals(removed.Variable(), row);

                case ISimpleAssignmentOperation { IsRef: false, Target: var target, Value: var value } when Target(target, row) is { } property:
                    Add(new(property, value, null), row);
                    break;

                case ICompoundAssignmentOperation { OperatorMethod: null, Target: var target, Value: var value, OperatorKind: var kind, IsChecked: var isChecked } when Target(target, row) is { } property:
                    IsExact &= !isChecked;
                    Add(new(property, value, kind switch { BinaryOperatorKind.Add => "+", BinaryOperatorKind.Subtract => "-", BinaryOperatorKind.Multiply => "*", _ => "" }), row);
                    break;

                case IIncrementOrDecrementOperation { OperatorMethod: null, Target: var target, Kind: var kind, IsChecked: var isChecked } when Target(target, row) is { } property:
                    IsExact &= !isChecked;
                    Add(new(property, null, kind == OperationKind.Increment ? "+" : "-"), row);
                    break;

                default:
                    return false;
            }
        }

        return settings.Count > 0 && settings.TrueForAll(setting => setting.Value is null || IsOfRow(setting.Value, row));
    }

    private static IPropertySymbol? Target(IOperation target, ILocalSymbol row) =>
        target is IPropertyReferenceOperation { Property: var property, Instance: { } instance } && SymbolEqualityComparer.Default.Equals(instance.Variable(), row)
        && Translation.IsMapped(property) && Translation.IsScalar(property.Type) && !Translation.IsKey(property) ? property : null;

    private void Add(Setting setting, ILocalSymbol row)
    {
        // The database computes all values from the row as it was.
        foreach (var earlier in settings)
            IsExact &= !SymbolEqualityComparer.Default.Equals(earlier.Property, setting.Property) && (setting.Value is null || !Reads(setting.Value, earlier.Property, row));

        if (setting.Operator is not null)
            IsExact &= setting.Operator.Length > 0 && IsWhole(setting.Property.Type);

        if (setting.Value is { } value)
            IsExact &= IsComputedTheSame(value, row);

        settings.Add(setting);
    }

    private static bool Reads(IOperation value, IPropertySymbol property, ILocalSymbol row)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property: var read, Instance: { } instance } && SymbolEqualityComparer.Default.Equals(read, property) && SymbolEqualityComparer.Default.Equals(instance.Variable(), row))
                return true;
        }

        return false;
    }

    private static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;

    /// <summary>Whether the value is made of constants, of what is at hand, and of the row: no logic of the program's own.</summary>
    private static bool IsOfRow(IOperation value, ILocalSymbol row)
    {
        foreach (var part in value.DescendantsAndSelf())
        {
            switch (part)
            {
                case { ConstantValue.HasValue: true }:
                case IConversionOperation { OperatorMethod: null } or IBinaryOperation { OperatorMethod: null } or IUnaryOperation { OperatorMethod: null } or IDefaultValueOperation or IInstanceReferenceOperation:
                case ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation:
                case IConditionalOperation or IArgumentOperation:
                case IPropertyReferenceOperation { Property: { IsIndexer: false, ContainingType: var type } property } when Translation.IsMapped(property) || type.IsFromSystem():
                case IInvocationOperation { TargetMethod: var method } when Purity.OfLibrary(method) is not null:
                case IConversionOperation { OperatorMethod.ContainingType: var holder } when holder.IsFromSystem():
                case IBinaryOperation { OperatorMethod.ContainingType: var own } when own.IsFromSystem():
                    break;

                default:
                    return false;
            }
        }

        // A navigation is another row, that the loop loads or does not.
        foreach (var part in value.DescendantsAndSelf())
        {
            if (part is IPropertyReferenceOperation { Property.Type: var type, Instance: { } instance } && SymbolEqualityComparer.Default.Equals(instance.Variable(), row) && !Translation.IsScalar(type))
                return false;
        }

        return true;
    }

    /// <summary>Whether the database is sure to compute the same: constants, variables, properties of them, and sums of whole numbers.</summary>
    private static bool IsComputedTheSame(IOperation value, ILocalSymbol row)
    {
        value = value.Unconverted();
        if (value.ConstantValue.HasValue)
            return value.ConstantValue.Value is not null;

        return value switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation => true,
            IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
            IPropertyReferenceOperation { Instance: { } instance } => instance.Variable() is ILocalSymbol or IParameterSymbol && (IsWhole(value.Type) || !SymbolEqualityComparer.Default.Equals(instance.Variable(), row) || Translation.IsScalar(value.Type!)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply, OperatorMethod: null, IsChecked: false } sum =>
                IsWhole(sum.Type) && IsComputedTheSame(sum.LeftOperand, row) && IsComputedTheSame(sum.RightOperand, row),
            _ => false,
        };
    }

    /// <summary>The save of the context in the statement behind.</summary>
    private IInvocationOperation? SaveBehind(IOperation context)
    {
        var statement = Operation.Parent is IExpressionStatementOperation holder ? holder : Operation;
        if (statement.Parent is not IBlockOperation { Operations: var operations } || operations.IndexOf(statement) + 1 is var next && next >= operations.Length)
            return null;

        foreach (var part in operations[next].DescendantsAndSelf())
        {
            if (part is ILoopOperation or IAnonymousFunctionOperation or IConditionalOperation or IBlockOperation)
                return null;

            if (part is IInvocationOperation { Instance: { } saved } call && RowSave.IsSave(call))
                return IsSame(saved.Unconverted(), context) ? call : null;
        }

        return null;
    }

    private static bool IsSame(IOperation one, IOperation other) =>
        one.Variable() is { } variable ? SymbolEqualityComparer.Default.Equals(variable, other.Variable())
        : one is IPropertyReferenceOperation && other is IPropertyReferenceOperation && one.Syntax.IsEquivalentTo(other.Syntax, topLevel: false);

    /// <summary>Whether the member changes anything else that this save, or one that is gone, would store.</summary>
    private bool ChangesOthers(IInvocationOperation save)
    {
        var compilation = Operation.SemanticModel!.Compilation;
        foreach (var part in Operation.Root().DescendantsAndSelf())
        {
            if (Operation.Syntax.Span.Contains(part.Syntax.Span))
                continue;

            switch (part)
            {
                case IInvocationOperation { TargetMethod: { Name: "Add" or "AddAsync" or "AddRange" or "AddRangeAsync" or "Update" or "UpdateRange" or "Remove" or "RemoveRange" or "Attach" or "AttachRange" or "Entry", ContainingType: var type } } when Databases.IsContext(type) || Databases.IsSet(type):
                case IPropertyReferenceOperation { Property: { Name: "ChangeTracker", ContainingType: var holder } } when Databases.IsContext(holder):
                case IAssignmentOperation { Target: IPropertyReferenceOperation { Property.ContainingType: var changed, Instance: not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } } } when part.Syntax.SpanStart < save.Syntax.SpanStart && EntityQuery.IsEntity(changed, compilation):
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether anything in the compilation listens to saves, or maps entities to more than rows of one table.</summary>
    private static bool IsWatched(Compilation compilation) => Watched.GetValue(compilation, static compilation => new(compilation.SyntaxTrees.Any(static tree => tree.GetRoot().DescendantTokens().Any(static token =>
        token.IsKind(SyntaxKind.IdentifierToken) && Watchers.Contains(token.ValueText))))).Value;
}
