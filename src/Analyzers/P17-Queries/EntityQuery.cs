using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>A query over the entities of a context, as EF Core gets to see it: where it starts and its operators in order. The one recognition behind the rules about queries.</summary>
internal sealed class EntityQuery
{
    private const int Deepest = 32;

    private static readonly ConditionalWeakTable<Compilation, HashSet<ITypeSymbol>> Entities = new();

    private readonly List<IInvocationOperation> operators = [];

    private EntityQuery()
    {
    }

    /// <summary>The set, or what else the query starts from.</summary>
    public IOperation Source { get; private set; } = null!;

    /// <summary>The context of the set; null where a parameter, field or method gives the query.</summary>
    public IOperation? Context { get; private set; }

    /// <summary>The entities that the query starts from.</summary>
    public ITypeSymbol Entity { get; private set; } = null!;

    /// <summary>The operators from the first to the last; of a local that is given several values, all of them.</summary>
    public IReadOnlyList<IInvocationOperation> Operators => operators;

    /// <summary>Whether the query is written in one piece, or in locals that are set once.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The query, or null where EF Core is not known to be the provider.</summary>
    public static EntityQuery? Of(IOperation query)
    {
        var found = new EntityQuery();
        return found.Read(query, [], 0) && found.Source is not null ? found : null;
    }

    /// <summary>Whether the call is one of <c>Queryable</c>, or of EF Core's extensions of it.</summary>
    public static bool IsOperator(IMethodSymbol method) => method.ContainingType.Is("System.Linq", "Queryable") || IsExtension(method);

    /// <summary>Whether the call is one of EF Core's extensions of queries: <c>Include</c>, <c>AsNoTracking</c>, <c>ToListAsync</c> …</summary>
    public static bool IsExtension(IMethodSymbol method) =>
        method.ContainingType.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions") || method.ContainingType.Is("Microsoft.EntityFrameworkCore", "RelationalQueryableExtensions");

    /// <summary>
    /// The query that the call runs to keep its rows in memory, or null: <c>ToList</c>, <c>ToArray</c>, <c>ToListAsync</c>, <c>ToArrayAsync</c>, <c>AsEnumerable</c>.
    /// </summary>
    public static IOperation? Materialised(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var isOne = method.Name switch
        {
            "ToList" or "ToArray" or "AsEnumerable" => method.ContainingType.Is("System.Linq", "Enumerable"),
            "ToListAsync" or "ToArrayAsync" => method.ContainingType.Is("Microsoft.EntityFrameworkCore", "EntityFrameworkQueryableExtensions"),
            _ => false,
        };

        return isOne && call.ArgumentOf(0)?.Unconverted() is { } query && Queries.IsProvider(query.Type) ? query : null;
    }

    /// <summary>What the query gives: entities, or what they are projected to.</summary>
    public static ITypeSymbol? Element(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { Name: "IQueryable", TypeArguments: [var element] })
            return element;

        foreach (var implemented in type?.AllInterfaces ?? [])
        {
            if (implemented is { Name: "IQueryable", TypeArguments: [var given] })
                return given;
        }

        return null;
    }

    /// <summary>Whether an operator of that name is part of the query.</summary>
    public bool Has(string name)
    {
        foreach (var call in operators)
        {
            if (call.TargetMethod.Name == name)
                return true;
        }

        return false;
    }

    /// <summary>Whether a context of this compilation has a set of the type: a query over such entities is taken for one of EF Core, wherever it comes from.</summary>
    public static bool IsEntity(ITypeSymbol type, Compilation compilation) => Entities.GetValue(compilation, static compilation =>
    {
        var found = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        AddEntities(compilation.Assembly.GlobalNamespace, found);
        return found;
    }).Contains(type);

    private static void AddEntities(INamespaceOrTypeSymbol holder, HashSet<ITypeSymbol> found)
    {
        if (holder is INamedTypeSymbol context && Databases.IsContext(context))
        {
            foreach (var member in context.GetMembers())
            {
                if (member is IPropertySymbol { Type: INamedTypeSymbol { TypeArguments: [var entity] } set } && Databases.IsSet(set))
                    found.Add(entity);
            }
        }

        foreach (var member in holder.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                AddEntities(inner, found);
        }
    }

    private bool Read(IOperation query, HashSet<ILocalSymbol> locals, int depth)
    {
        if (depth > Deepest)
            return false;

        query = query.Unconverted();
        while (query is ITranslatedQueryOperation { Operation: var translated })
            query = translated.Unconverted();

        switch (query)
        {
            case IPropertyReferenceOperation { Instance: var context } when Databases.IsSet(query.Type):
                return Start(query, context is not null && Databases.IsContext(context.Type) ? context.Unconverted() : null);

            case IInvocationOperation { TargetMethod.Name: "Set", Instance: { } context } when Databases.IsContext(context.Type):
                return Start(query, context.Unconverted());

            // The same query by another type.
            case IInvocationOperation { TargetMethod: { Name: "AsQueryable", ContainingType: var type } } same when Databases.IsSet(type) || type.Is("System.Linq", "Queryable"):
                return same.Receiver() is { } receiver && Read(receiver, locals, depth + 1);

            case IInvocationOperation { TargetMethod: var method } call when IsOperator(method) && call.ArgumentOf(0) is { } source:
                if (!Read(source, locals, depth + 1))
                    return false;

                operators.Add(call);
                return true;

            case ILocalReferenceOperation { Local: var local } when Queries.IsProvider(local.Type):
                return ReadLocal(local, query, locals, depth);

            // A set, or rows by SQL of the user's own.
            case IFieldReferenceOperation or IParameterReferenceOperation when Databases.IsSet(query.Type):
                return Start(query, null);

            // AsQueryable over a list is a query, and none of a database: only what else is known to be one is left.
            case IFieldReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation
                or IInvocationOperation { TargetMethod.Locations: [{ IsInSource: true }, ..] } when Queries.IsProvider(query.Type) && query.SemanticModel is { Compilation: var compilation }
                    && Element(query.Type) is { } entity && IsEntity(entity, compilation):
                return Start(query, null);

            default:
                return false;
        }
    }

    private bool ReadLocal(ILocalSymbol local, IOperation reference, HashSet<ILocalSymbol> locals, int depth)
    {
        // q = q.Where(…): the other values of the local are read where it is met first.
        if (!locals.Add(local))
            return true;

        if (Origins.Only(local, reference) is { } only)
            return Read(only, locals, depth + 1);

        IsWhole = false;
        var hasValue = false;
        if (References.Declarator(local, reference.Root())?.GetVariableInitializer()?.Value is { } initial)
        {
            if (!Read(initial, locals, depth + 1))
                return false;

            hasValue = true;
        }

        foreach (var use in Aliasing.Uses(local, reference.Root()))
        {
            if (use.Kind is not (UseKind.Assigned or UseKind.PassedByReference))
                continue;

            if (use.Context is not ISimpleAssignmentOperation { IsRef: false, Value: var value } || !Read(value, locals, depth + 1))
                return false;

            hasValue = true;
        }

        return hasValue;
    }

    private bool Start(IOperation source, IOperation? context)
    {
        if (Element(source.Type) is not { } entity)
            return false;

        if (Source is null)
        {
            Source = source;
            Context = context;
            Entity = entity;
        }

        return true;
    }
}
