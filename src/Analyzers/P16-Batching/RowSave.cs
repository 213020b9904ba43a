namespace HotPath;

/// <summary>A context, or a unit of work around one, that is saved in every iteration.</summary>
internal sealed class RowSave
{
    private static readonly HashSet<string> Additions = ["Add", "AddAsync", "Attach"];

    private RowSave(IInvocationOperation call, IOperation context, Loop loop, bool isUnitOfWork)
    {
        Call = call;
        Context = context;
        Loop = loop;
        IsUnitOfWork = isUnitOfWork;
    }

    /// <summary>The call that saves.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>What is saved, as it is written.</summary>
    public IOperation Context { get; }

    /// <summary>The loop around it.</summary>
    public Loop Loop { get; }

    /// <summary>Whether the call is a method of the user's that saves a context.</summary>
    public bool IsUnitOfWork { get; }

    /// <summary>
    /// Whether the iteration asks the database for entities of a kind that it adds: it sees those of earlier iterations only because they are saved, so
    /// saving once takes more than moving the call.
    /// </summary>
    public bool AsksForWhatItAdds()
    {
        HashSet<ITypeSymbol>? added = null;
        foreach (var part in Loop.Body.DescendantsAndSelf())
        {
            if (part is IInvocationOperation call && Additions.Contains(call.TargetMethod.Name) && IsChange(call) && Entity(call)?.Type is { } type)
                (added ??= new(SymbolEqualityComparer.Default)).Add(type);
        }

        if (added is null)
            return false;

        foreach (var part in Loop.Body.DescendantsAndSelf())
        {
            if (part is IInvocationOperation { TargetMethod: { ContainingType: var type } method } call
                && (type.Name is "Queryable" or "EntityFrameworkQueryableExtensions" || method.Name is "Find" or "FindAsync" && Databases.IsSet(type))
                && call.Receiver()?.Type is INamedTypeSymbol { TypeArguments: [var asked] } && added.Contains(asked))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the call is <c>SaveChanges</c> or <c>SaveChangesAsync</c> of a context, or of an interface that one implements.</summary>
    public static bool IsSave(IInvocationOperation call) =>
        call.TargetMethod is { Name: "SaveChanges" or "SaveChangesAsync", IsStatic: false } method
        && (Databases.IsContext(method.ContainingType) || Databases.IsContext(call.Instance?.Type) || method.ContainingType.TypeKind == TypeKind.Interface && UnitsOfWork.Saves(method, call));

    /// <summary>The finding that the call is, or null. Of a unit of work when <paramref name="isUnitOfWork"/>.</summary>
    public static RowSave? Of(IInvocationOperation call, AnalyzerOptions options, bool isUnitOfWork)
    {
        if (isUnitOfWork ? !UnitsOfWork.IsCandidate(call.TargetMethod) : !IsSave(call))
            return null;

        if (call.Instance is not { } instance || Loops.Enclosing(call, options) is not { } loop || !GoesThroughItems(loop))
            return null;

        var context = Operations.Resolved(instance).Unconverted();
        if (!IsOfOneContext(context, loop) || Iteration.IsWorker(loop) || Iteration.IsOverChunks(loop) || Iteration.IsTolerated(call, loop))
            return null;

        if (isUnitOfWork && !UnitsOfWork.Saves(call.TargetMethod, call))
            return null;

        return Examine(call, context, loop, isUnitOfWork) ? new(call, context, loop, isUnitOfWork) : null;
    }

    /// <summary>Whether the call adds, changes or removes one entity.</summary>
    public static bool IsChange(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Add" or "AddAsync" or "Update" or "Remove" or "Attach", ContainingType: var type } && (Databases.IsContext(type) || Databases.IsSet(type));

    /// <summary>Items one after the other: <c>while</c> and <c>do</c> page or work off a queue.</summary>
    public static bool GoesThroughItems(Loop loop) =>
        loop.Operation is IForEachLoopOperation or IForLoopOperation
        || loop.Operation is IInvocationOperation { TargetMethod: { Name: "ForEach", ContainingType.Name: "List" or "Array" } };

    private static bool IsOfOneContext(IOperation context, Loop loop)
    {
        switch (context)
        {
            case IInstanceReferenceOperation:
                return true;

            case IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { GetMethod: { } getter } }:
                return Effects.IsAuto(getter);

            default:
                if (context.Variable() is not { } variable || Iteration.Declares(loop, variable))
                    return false;

                foreach (var use in Aliasing.Uses(variable, loop.Lambda ?? loop.Operation))
                {
                    if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                        return false;
                }

                return true;
        }
    }

    /// <summary>Looks at the rest of the iteration: whether something in it is changed to be saved, and nothing in it needs the save to be here.</summary>
    /// <param name="save">The save.</param>
    /// <param name="context">What is saved.</param>
    /// <param name="loop">The loop, or the method that a loop elsewhere calls.</param>
    /// <param name="isUnitOfWork">Whether the save is a method of the user's.</param>
    /// <param name="mayReturn">Whether what was saved may be returned: the caller is asked whether it is used.</param>
    public static bool Examine(IInvocationOperation save, IOperation context, Loop loop, bool isUnitOfWork, bool mayReturn = false)
    {
        var entities = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var types = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var changes = false;
        var choice = Iteration.Choice(save, loop);

        foreach (var part in loop.Body.DescendantsAndSelf())
        {
            switch (part)
            {
                case IInvocationOperation { TargetMethod: var method } call:
                    if (Databases.IsTransaction(method.ReturnType) || Transactions.IsBegin(call) || Databases.IsTransaction(method.ContainingType) || IsBatch(method) || IsEvent(method.Name))
                        return false;

                    if (IsChange(call) || isUnitOfWork && IsChangeOfRepository(method))
                    {
                        // A loop of its own fills the batch that is saved here.
                        changes |= IsBeside(call, save, choice, loop);

                        if (Entity(call) is { } argument)
                        {
                            if (argument.Variable() is { } entity)
                                entities.Add(entity);

                            if (argument.Type is { } type)
                                types.Add(type);
                        }
                    }

                    break;

                case IObjectCreationOperation { Type: var type } when Databases.IsTransaction(type):
                    return false;

                case IAssignmentOperation { Target: IPropertyReferenceOperation { Property: { ContainingType: var owner }, Instance: { } instance } } assignment
                    when instance is not IInstanceReferenceOperation && IsEntity(owner):
                    changes |= IsBeside(assignment, save, choice, loop);
                    if (instance.Variable() is { } modified)
                        entities.Add(modified);

                    break;

                case IIncrementOrDecrementOperation { Target: IPropertyReferenceOperation { Property.ContainingType: var owner, Instance: { } instance } } increment when IsEntity(owner) && instance is not IInstanceReferenceOperation:
                    changes |= IsBeside(increment, save, choice, loop);
                    if (instance.Variable() is { } counted)
                        entities.Add(counted);

                    break;

                case IVariableDeclaratorOperation { Symbol: { Type.IsReferenceType: true } local } declarator when declarator.GetVariableInitializer() is { } initializer && Reads(initializer, context):
                    entities.Add(local);
                    break;
            }
        }

        return changes && !NeedsTheSave(save, loop, entities, types, mayReturn);
    }

    /// <summary>Whether what follows the save in the iteration uses what was saved, or acts on the world; or whether a generated key is read from an entity of an earlier iteration.</summary>
    public static bool NeedsTheSave(IInvocationOperation save, Loop loop, HashSet<ISymbol> entities, HashSet<ITypeSymbol> types, bool mayReturn = false)
    {
        foreach (var part in loop.Body.DescendantsAndSelf())
        {
            // Read out of a map or list of what was saved before.
            if (part is IPropertyReferenceOperation { Instance: { } instance, Property: var property } && types.Contains(instance.Type!) && !property.IsIndexer
                && instance.Unconverted() is not (ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation))
            {
                return true;
            }

            // What a catch does before it throws on is not part of the iteration.
            if (part.IsImplicit || !Iteration.IsAfter(part, save) || Loops.IsCold(part) || mayReturn && IsReturned(part))
                continue;

            if (part.Variable() is { } variable && entities.Contains(variable))
                return true;

            if (part is IInvocationOperation call && !IsHarmlessAfterwards(call) || part is IReturnOperation { Kind: OperationKind.YieldReturn } or IEventAssignmentOperation)
                return true;
        }

        return false;
    }

    private static bool IsReturned(IOperation part)
    {
        for (var current = part; current is not (null or IBlockOperation); current = current.Parent)
        {
            if (current is IReturnOperation { Kind: OperationKind.Return })
                return true;
        }

        return false;
    }

    /// <summary>Logging and counting do not mind when the save happens.</summary>
    private static bool IsHarmlessAfterwards(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return Purity.OfLibrary(method) is not null
            || method.ContainingType.ContainingNamespace.Is("Microsoft.Extensions.Logging")
            || method is { Name: "ConfigureAwait" }
            || method.ContainingType.IsFromSystem() && method.ContainingType.Name is "TextWriter" or "StreamWriter" or "Stopwatch" or "Interlocked" or "IProgress" or "Debug" or "Trace"
            || method.Name is "ThrowIfCancellationRequested" or "ToString";
    }

    /// <summary>Whether the change happens whenever the save does, and not in a loop of its own.</summary>
    private static bool IsBeside(IOperation change, IInvocationOperation save, IOperation? choice, Loop loop)
    {
        for (var current = change; current is not null && !Iteration.IsLoop(current, loop); current = current.Parent)
        {
            if (current is ILoopOperation || current is IAnonymousFunctionOperation)
                return false;
        }

        // A save under a condition of its own is a chunk's; one that shares the condition with the change is a row's.
        return choice is null || Branch(change, choice) is { } branch && branch == Branch(save, choice);
    }

    private static SyntaxNode? Branch(IOperation operation, IOperation choice)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (ReferenceEquals(parent, choice))
                return current.Syntax;
        }

        return null;
    }

    private static bool IsBatch(IMethodSymbol method) =>
        method.Name is "AddRange" or "AddRangeAsync" or "UpdateRange" or "RemoveRange" or "AttachRange" && (Databases.IsContext(method.ContainingType) || Databases.IsSet(method.ContainingType))
        || method.Name is "Clear" && method.ContainingType.Name == "ChangeTracker"
        || method.Name is "Skip" or "Take" && method.ContainingType.Name == "Queryable"
        || method.Name is "ExecuteUpdate" or "ExecuteDelete" or "ExecuteUpdateAsync" or "ExecuteDeleteAsync" or "ExecuteSqlRaw" or "ExecuteSql" or "ExecuteSqlRawAsync" or "ExecuteSqlAsync" or "ExecuteSqlInterpolated" or "ExecuteSqlInterpolatedAsync";

    private static bool IsEvent(string name) =>
        Starts(name, "Publish") || Starts(name, "Send") || Starts(name, "Raise") || Starts(name, "Notify") || Starts(name, "Emit") || Starts(name, "Dispatch") || Starts(name, "Enqueue");

    private static bool IsChangeOfRepository(IMethodSymbol method) =>
        !method.ContainingType.IsFromSystem()
        && (Starts(method.Name, "Add") || Starts(method.Name, "Insert") || Starts(method.Name, "Update") || Starts(method.Name, "Remove") || Starts(method.Name, "Delete") || Starts(method.Name, "Create"))
        && !method.Name.EndsWith("Range", StringComparison.Ordinal);

    private static bool Starts(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || !char.IsLower(name[word.Length]));

    private static IOperation? Entity(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0)
                return argument.Value.Unconverted();
        }

        return null;
    }

    /// <summary>Whether the type can be one of entities: a class of the user's.</summary>
    private static bool IsEntity(INamedTypeSymbol type) => type is { TypeKind: TypeKind.Class } && !type.IsFromSystem() && !Databases.IsAny(type) && !type.ContainingNamespace.Is("Microsoft.EntityFrameworkCore");

    private static bool Reads(IOperation operation, IOperation context)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (Databases.IsSet(part.Type) || Databases.IsContext(part.Type) || context.Variable() is { } variable && Aliasing.Refers(part, variable))
                return true;
        }

        return false;
    }
}
