namespace HotPath;

/// <summary>All rows of a query are loaded, and what runs on them in memory could have run in the database. The one recognition behind the rule and its fix.</summary>
internal sealed class FilterInMemory
{
    private readonly List<IOperation> steps = [];

    private FilterInMemory(IInvocationOperation load, EntityQuery query)
    {
        Load = load;
        Query = query;
    }

    /// <summary>The call that loads the rows: <c>ToList</c>, <c>ToListAsync</c>, <c>AsEnumerable</c> …</summary>
    public IInvocationOperation Load { get; }

    /// <summary>What is loaded.</summary>
    public EntityQuery Query { get; }

    /// <summary>The await around the load, or the load itself.</summary>
    public IOperation Loaded { get; private set; } = null!;

    /// <summary>The declaration of the local that holds the rows, or null.</summary>
    public IVariableDeclaratorOperation? Declarator { get; private set; }

    /// <summary>What runs in memory and could run in the database, from the first: operators, and the property <c>Count</c> or <c>Length</c>. Several uses of one local have only their first here.</summary>
    public IReadOnlyList<IOperation> Steps => steps;

    /// <summary>Whether the rows are asked several things, each on its own.</summary>
    public bool IsAskedOften { get; private set; }

    /// <summary>What the database would do otherwise.</summary>
    public Difference Difference { get; private set; }

    /// <summary>Whether fewer rows would be loaded: sorting alone only moves.</summary>
    public bool LoadsFewer { get; private set; }

    /// <summary>The finding that the call is, or null.</summary>
    public static FilterInMemory? Of(IInvocationOperation load)
    {
        // The cheap questions first: what is done with the rows?
        if (EntityQuery.Materialised(load) is not { } source)
            return null;

        var loaded = load.Awaited();
        if (loaded is null)
            return null;

        var rows = loaded;
        IVariableDeclaratorOperation? declarator = null;
        List<IOperation>? uses = null;
        if (loaded.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } declared })
        {
            declarator = declared;
            uses = Uses(declared);
            if (uses is null)
                return null;

            rows = uses[0];
        }

        if (Step(rows) is null || load.IsInExpressionTree() || Loops.IsCold(load) || EntityQuery.Of(source) is not { Operators: var operators } query
            || load.SemanticModel is not { Compilation: var compilation } || !load.Binds())
        {
            return null;
        }

        var types = KnownTypes.Of(compilation);
        if (Translation.After(query, types) is not { } translation)
            return null;

        var found = new FilterInMemory(load, query) { Loaded = loaded, Declarator = declarator };
        if (!found.Follow(rows, translation))
            return null;

        for (var i = 1; uses is not null && i < uses.Count; i++)
        {
            // Several questions, each of which the database answers with one number.
            found.IsAskedOften = true;
            var other = new FilterInMemory(load, query);
            if (!found.IsAnswer() || !other.Follow(uses[i], translation) || !other.IsAnswer())
                return null;
        }

        if (GivesOneRow(operators))
            return null;

        found.Difference |= found.Surroundings(query);
        return found;
    }

    /// <summary>The uses of the local, up to three, all of which run once for the load; null for any other local.</summary>
    private static List<IOperation>? Uses(IVariableDeclaratorOperation declarator)
    {
        List<IOperation>? uses = null;
        foreach (var use in Aliasing.Uses(declarator.Symbol, declarator.Root()))
        {
            if (use.Kind is not (UseKind.Called or UseKind.MemberRead) || uses is { Count: >= 3 } || !RunsOnceFor(use.Reference, declarator))
                return null;

            (uses ??= []).Add(use.Reference);
        }

        return uses;
    }

    /// <summary>Whether the use is run at most once after the declaration: rows kept for a loop or for a lambda are loaded on purpose.</summary>
    private static bool RunsOnceFor(IOperation use, IOperation declarator)
    {
        for (var current = use; current.Parent is { } parent; current = parent)
        {
            if (parent.Syntax.Span.Contains(declarator.Syntax.Span))
                return true;

            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation or ILockOperation || parent is ILoopOperation loop && !(loop is IForEachLoopOperation each && ReferenceEquals(each.Collection, current)))
                return false;
        }

        return true;
    }

    /// <summary>The operator, or the property, that reads the rows.</summary>
    private static IOperation? Step(IOperation rows)
    {
        switch (rows.Consumer(out var value))
        {
            case IPropertyReferenceOperation { Property: { Name: "Count" or "Length", IsIndexer: false } } count when ReferenceEquals(count.Instance, value):
                return count;

            case IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation call } when call.TargetMethod.ContainingType.Is("System.Linq", "Enumerable"):
                return call;

            case IInvocationOperation { TargetMethod: { ContainingType: { Name: "List" } type, Name: "Find" or "FindAll" or "Exists" or "TrueForAll" or "Contains" } } call when ReferenceEquals(call.Instance, value) && type.IsFromSystem():
                return call;

            // rows?.Count …
            default:
                return null;
        }
    }

    private bool Follow(IOperation rows, Translation translation)
    {
        var current = rows;
        var isOrdered = false;
        var order = Difference.None;
        while (Step(current) is { } step)
        {
            if (Translated(step, translation, ref isOrdered, ref order, out var isLast) is not { } difference)
                break;

            steps.Add(step);
            Difference |= difference;
            LoadsFewer |= step is not IInvocationOperation { TargetMethod.Name: "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" };
            current = step;
            while (current.Parent is ITranslatedQueryOperation translated)
                current = translated;

            if (isLast)
                break;
        }

        // An order that is continued in memory has to stand there as a whole.
        if (steps.Count > 0 && Step(current) is IInvocationOperation { TargetMethod.Name: "ThenBy" or "ThenByDescending" })
        {
            while (steps.Count > 0 && steps[steps.Count - 1] is IInvocationOperation { TargetMethod.Name: "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" })
                steps.RemoveAt(steps.Count - 1);

            LoadsFewer = steps.Count > 0;
        }
        else
        {
            Difference |= order;
        }

        return steps.Count > 0;
    }

    /// <summary>What the database would do otherwise in the step; null where it cannot do it.</summary>
    private static Difference? Translated(IOperation step, Translation translation, ref bool isOrdered, ref Difference order, out bool isLast)
    {
        isLast = true;
        if (step is not IInvocationOperation call)
            return Difference.None;

        var ordinal = call.TargetMethod.IsStatic ? 1 : 0;
        var lambda = Translation.Lambda(call, ordinal);
        var isPlain = call.TargetMethod.Parameters.Length == ordinal;
        var hasOne = call.TargetMethod.Parameters.Length == ordinal + 1;
        switch (call.TargetMethod.Name)
        {
            case "Where":
                isLast = false;
                return lambda is null ? null : translation.Of(lambda);

            case "FindAll":
            case "Find" or "Exists" or "TrueForAll" or "All":
                return lambda is null ? null : translation.Of(lambda);

            case "Count" or "LongCount" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Any":
                return isPlain ? Difference.None : hasOne && lambda is not null ? translation.Of(lambda) : null;

            case "Take" or "Skip":
                isLast = false;
                return call.ArgumentOf(ordinal)?.Type?.SpecialType == SpecialType.System_Int32 ? Difference.None : null;

            case "Contains":
                return hasOne && call.ArgumentOf(ordinal)?.Unconverted().Type is { } value && Translation.IsScalar(value) ? value.SpecialType == SpecialType.System_String ? Difference.Text : Difference.None : null;

            case "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending":
                isLast = false;
                if (!hasOne || lambda is null || translation.OfKey(lambda) is not { } sorted)
                    return null;

                // Sorting in memory keeps rows that are equal in their order.
                if (Translation.GivesKey(lambda))
                    isOrdered = true;

                order = isOrdered ? Difference.None : Difference.Order;
                return sorted;

            case "Sum" or "Max" or "Min" or "Average":
                if (isPlain)
                    return translation.OfAggregate(call.TargetMethod.Name is "Max" or "Min" ? call.Type : (call.ArgumentOf(0)?.Type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault(), call.TargetMethod.Name);

                return hasOne && lambda is not null && translation.Of(lambda) is { } selected && translation.OfAggregate(Translation.Value(lambda)?.Unconverted().Type, call.TargetMethod.Name) is { } aggregate ? selected | aggregate : null;

            default:
                return null;
        }
    }

    /// <summary>Whether the steps end in one value that is no entity.</summary>
    private bool IsAnswer() => steps[steps.Count - 1] is not IInvocationOperation { TargetMethod.Name: "Where" or "FindAll" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Take" or "Skip" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" or "Find" };

    /// <summary>Whether the query gives one row at most anyway: its key is compared with a value.</summary>
    private static bool GivesOneRow(IReadOnlyList<IInvocationOperation> operators)
    {
        foreach (var call in operators)
        {
            if (call.TargetMethod.Name == "Where" && Translation.Lambda(call, 1) is { } condition && Translation.AsksForKey(condition))
                return true;
        }

        return false;
    }

    /// <summary>What else in the member the rows that would not be loaded any more may be needed for.</summary>
    private Difference Surroundings(EntityQuery query)
    {
        var difference = Difference.None;
        var isTracked = !query.Has("AsNoTracking") && query.Entity is INamedTypeSymbol;
        foreach (var part in Load.Root().DescendantsAndSelf())
        {
            switch (part)
            {
                case IPropertyReferenceOperation { Property: { Name: "Local" or "ChangeTracker", ContainingType: var type } } when Databases.IsSet(type) || Databases.IsContext(type):
                    return Difference.Related | Difference.Rewrite;

                // A change that is not saved yet is seen in memory only.
                case IPropertyReferenceOperation { Property.ContainingType: var holder } when isTracked && part.Syntax.SpanStart < Load.Syntax.SpanStart && SymbolEqualityComparer.Default.Equals(holder, query.Entity)
                    && Aliasing.Classify(part).Kind is UseKind.Assigned && part.Parent is not IMemberInitializerOperation && part.Parent?.Parent is not IObjectOrCollectionInitializerOperation:
                    difference |= Difference.Pending;
                    break;

                // Entities find each other when they are loaded.
                case IPropertyReferenceOperation { Property: { Type: INamedTypeSymbol type } property } when isTracked && EntityQuery.IsEntity(property.ContainingType, Load.SemanticModel!.Compilation)
                    && !Translation.IsScalar(type) && !part.IsInExpressionTree() && Translation.IsMapped(property):
                    difference |= Difference.Related;
                    break;
            }
        }

        return difference;
    }
}
