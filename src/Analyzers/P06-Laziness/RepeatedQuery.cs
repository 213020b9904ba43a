namespace HotPath;

/// <summary>A deferred query in a local or property that a loop runs again and again. The one recognition behind the rule and its fix.</summary>
internal sealed class RepeatedQuery
{
    private RepeatedQuery(IOperation user, IOperation query, IOperation origin, Loop loop)
    {
        User = user;
        Query = query;
        Origin = origin;
        Loop = loop;
    }

    /// <summary>What runs the query: a call, or a <c>foreach</c>.</summary>
    public IOperation User { get; }

    /// <summary>The reference to the query.</summary>
    public IOperation Query { get; }

    /// <summary>What the query is: its operators.</summary>
    public IOperation Origin { get; }

    /// <summary>The innermost loop that repeats it.</summary>
    public Loop Loop { get; }

    /// <summary>Where it is reported: the call, or the header of the inner loop's collection.</summary>
    public Location Location => User is IForEachLoopOperation ? Query.Syntax.GetLocation() : User.Syntax.GetLocation();

    /// <summary>The query that a reference runs, or null.</summary>
    public static RepeatedQuery? Of(IOperation reference, AnalyzerOptions options)
    {
        if (!Queries.IsSequence(reference.Type) || !Loops.MayRepeat(reference) || OriginOf(reference) is not { } origin || UserOf(reference, origin) is not { } user || !user.Binds())
            return null;

        if (Loops.Enclosing(user is IForEachLoopOperation ? reference : user, options) is not { } loop)
            return null;

        var region = loop.Lambda ?? loop.Operation;
        if (reference.Variable() is ILocalSymbol local && StringAccumulation.IsDeclaredIn(local, loop) || Sizes.Most(origin) <= Options.SmallLoop.Read(options, reference.Syntax.SyntaxTree) || !Queries.Holds(origin, region) || !Queries.Holds(reference, region))
            return null;

        return new(user, reference, origin, loop);
    }

    /// <summary>The operators of a local or of a property without parameters, where they are deferred.</summary>
    private static IOperation? OriginOf(IOperation reference)
    {
        var origin = reference switch
        {
            ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => Origins.Only(local, reference),
            IPropertyReferenceOperation { Property: var property, Instance: null or IInstanceReferenceOperation, SemanticModel.Compilation: var compilation } => Queries.Computed(property, compilation),
            _ => null,
        };

        return origin is not null && Queries.IsDeferred(origin) ? origin.Unconverted() : null;
    }

    /// <summary>What asks for the elements, behind further operators; null where nobody does here, or where the first elements are enough.</summary>
    private static IOperation? UserOf(IOperation reference, IOperation origin)
    {
        var current = reference;
        var beginsAtOnce = !Collects(origin);
        while (true)
        {
            var consumer = current.Consumer(out var value);
            while (consumer is ITranslatedQueryOperation translated)
                consumer = translated.Consumer(out value);

            switch (consumer)
            {
                case IForEachLoopOperation each when ReferenceEquals(each.Collection, value):
                    return each;

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { ContainingType: { Name: "Enumerable" } type } method } call, Parameter: { } parameter } when type.IsFromSystem() && parameter.Type is INamedTypeSymbol { Name: "IEnumerable" or "IOrderedEnumerable" }:
                    if (!Loops.IsDeferred(method))
                        return beginsAtOnce && method.Name is "Any" or "First" or "FirstOrDefault" && call.Arguments.Length == 1 ? null : call;

                    beginsAtOnce &= method.Name is "Select" or "SelectMany" or "Cast" or "AsEnumerable" or "Append" or "Prepend" or "DefaultIfEmpty" or "Take" or "TakeWhile" or "Distinct" or "DistinctBy" or "Union" or "Concat" or "Zip" or "Chunk" or "Index";
                    current = call;
                    continue;

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Join" or "Concat", ContainingType.SpecialType: SpecialType.System_String } } call }:
                    return call;

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "AddRange" or "UnionWith" or "ExceptWith" or "IntersectWith" or "InsertRange", ContainingType: var filled } } call } when filled.IsFromSystem():
                    return call;

                case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } created } creation } when created.IsFromSystem() && created.Name is "List" or "HashSet" or "Queue" or "Stack" or "SortedSet":
                    return creation;

                default:
                    return null;
            }
        }
    }

    /// <summary>Whether the query goes through all elements before it gives its first one.</summary>
    private static bool Collects(IOperation origin)
    {
        for (IOperation? current = origin; current is IInvocationOperation { TargetMethod: var method } call && Loops.IsDeferred(method); current = call.ArgumentOf(0)?.Unconverted())
        {
            if (method.Name is "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending" or "GroupBy" or "Reverse")
                return true;
        }

        return false;
    }
}
