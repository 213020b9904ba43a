namespace HotPath;

/// <summary>What a value in a loop is computed from, followed through the variables that the loop itself sets.</summary>
internal sealed class Dependence
{
    private const int MostSteps = 64;
    private readonly Loop loop;
    private readonly IOperation scope;
    private readonly HashSet<ISymbol> symbols = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> values = [];
    private int steps;

    private Dependence(Loop loop)
    {
        this.loop = loop;
        scope = loop.Lambda ?? loop.Operation;
    }

    /// <summary>Whether anything in it may be another in the next iteration.</summary>
    public bool Varies { get; private set; }

    /// <summary>Whether it is sure, as far as the loop shows, to be computed from the same in every iteration, also where the loop names it again.</summary>
    public bool IsSame { get; private set; } = true;

    /// <summary>Whether it depends on the element at hand, or on the counter of a <c>for</c>.</summary>
    public bool IsOfElement { get; private set; }

    /// <summary>Whether the next row, line or item is taken from somewhere: a reader, an enumerator, a queue, a place in a list.</summary>
    public bool IsOfNext { get; private set; }

    /// <summary>Whether it is drawn at random, so that nobody knows it before the iteration.</summary>
    public bool IsDrawn { get; private set; }

    /// <summary>The variables in it that differ, as they are written in the value itself.</summary>
    public List<IOperation> Differing { get; } = [];

    /// <summary>What the value depends on in the loop.</summary>
    public static Dependence Of(IOperation value, Loop loop)
    {
        var dependence = new Dependence(loop);
        dependence.Follow(value, isOuter: true);
        return dependence;
    }

    /// <summary>Adds another value to the same question.</summary>
    public void Add(IOperation value) => Follow(value, isOuter: true);

    /// <summary>Whether what <paramref name="call"/> gives in one iteration decides about the next: a chain of pointers, pages by key, a queue that grows on the way.</summary>
    public bool ComesBack(IOperation call)
    {
        foreach (var value in values)
        {
            if (value.Syntax.Span.Contains(call.Syntax.Span) && !ReferenceEquals(value, call))
                return true;
        }

        foreach (var part in loop.Body.Descendants())
        {
            if (part is IInvocationOperation { TargetMethod.Name: "Enqueue" or "EnqueueRange" or "Push" or "PushRange" or "Add" or "AddRange" or "AddLast" or "AddFirst" or "Insert" or "TryAdd" or "UnionWith", Instance: { } receiver }
                && receiver.Variable() is { } grown && symbols.Contains(grown) && !Iteration.Declares(loop, grown))
            {
                return true;
            }
        }

        return false;
    }

    private void Follow(IOperation value, bool isOuter)
    {
        if (++steps > MostSteps)
            return;

        foreach (var part in value.DescendantsAndSelf())
        {
            // A row picked at random, as in OrderBy(row => Guid.NewGuid()), is looked for by a key all the same.
            IsDrawn |= part is IInvocationOperation draw && (Draws(draw.TargetMethod) || !isOuter && (IsNew(draw.TargetMethod) || MayDraw(draw.TargetMethod)));

            switch (part)
            {
                // What a reader gives is declared by what it is derived from.
                case IInvocationOperation { TargetMethod.Name: var name, Instance.Type: var type } when Databases.IsReader(type) || name is "Dequeue" or "Pop" or "ReadLine" or "ReadLineAsync" or "TryDequeue" or "TryPop" or "TryTake":
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance.Type: var owner } when Databases.IsReader(owner):
                case IPropertyReferenceOperation { Property.Name: "Current" }:
                    (Varies, IsOfNext, IsSame) = (true, true, false);
                    break;

                case IInvocationOperation { TargetMethod: { Name: "NewGuid" or "Next" or "GetTempFileName" or "GetRandomFileName" } }:
                    IsSame = false;
                    break;

                case IArrayElementReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: true }:
                    IsOfNext = true;
                    break;
            }

            if (part.Variable() is not { } variable || value.Declares(variable) || IsOfInnerLambda(variable))
                continue;

            if (Differs(variable, part) && isOuter)
                Differing.Add(part);
        }
    }

    /// <summary>Whether the method gives a number, or bytes, at random.</summary>
    private static bool Draws(IMethodSymbol method)
    {
        for (ITypeSymbol? type = method.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.Is("System", "Random") || type.Is("System.Security.Cryptography", "RandomNumberGenerator"))
                return true;
        }

        return false;
    }

    private static bool IsNew(IMethodSymbol method) =>
        method is { Name: "NewGuid" or "CreateVersion7", ContainingType.Name: "Guid" } or { Name: "GetRandomFileName" or "GetTempFileName", ContainingType.Name: "Path" } && method.ContainingType.IsFromSystem();

    /// <summary>Whether a method of the source does so: a new code, a token, a number.</summary>
    private bool MayDraw(IMethodSymbol method)
    {
        if (method.Locations is not [{ IsInSource: true }, ..] || scope.Root().SemanticModel is not { Compilation: var compilation })
            return false;

        foreach (var body in Bodies.Of(compilation).Of(method))
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is IInvocationOperation { TargetMethod: var called } && (Draws(called) || IsNew(called)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the loop gives the variable another value in each iteration; what it gives is followed.</summary>
    private bool Differs(ISymbol variable, IOperation reference)
    {
        if (IsElement(variable))
        {
            (Varies, IsOfElement, IsSame) = (true, true, false);
            symbols.Add(variable);
            return true;
        }

        if (!symbols.Add(variable))
            return Iteration.Declares(loop, variable) || IsSet(variable);

        var isOwn = variable is not IFieldSymbol && Iteration.Declares(loop, variable);
        var isSet = Assigned(variable, reference);
        Varies |= isOwn || isSet;
        IsSame &= isOwn ? isSet : !isSet;
        return isOwn || isSet;
    }

    /// <summary>The row in the predicate of a query.</summary>
    private bool IsOfInnerLambda(ISymbol variable) =>
        variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } && !IsElement(variable) && Iteration.Declares(loop, variable);

    private bool IsElement(ISymbol variable) => loop.Operation switch
    {
        _ when loop.Lambda is { Symbol.Parameters: var parameters } => parameters.Contains(variable, SymbolEqualityComparer.Default),
        IForEachLoopOperation { Locals: var locals } => locals.Contains(variable, SymbolEqualityComparer.Default),
        IForLoopOperation { Locals: var locals } => locals.Contains(variable, SymbolEqualityComparer.Default),
        _ => false,
    };

    private bool IsSet(ISymbol variable)
    {
        foreach (var use in Aliasing.Uses(variable, scope))
        {
            if (use.Kind is UseKind.Assigned or UseKind.PassedByReference)
                return true;
        }

        return false;
    }

    /// <summary>Follows all that the loop puts into the variable.</summary>
    private bool Assigned(ISymbol variable, IOperation reference)
    {
        var any = false;
        if (variable is ILocalSymbol && References.Declarator(variable, reference.Root()) is { } declarator && scope.Syntax.Span.Contains(declarator.Syntax.Span))
        {
            any = true;
            if (declarator.GetVariableInitializer()?.Value is { } initial)
                Take(initial);
            else if (declarator.Parent is IForEachLoopOperation { Collection: var collection })
                Take(collection);
        }

        foreach (var use in Aliasing.Uses(variable, scope))
        {
            if (use.Kind is not (UseKind.Assigned or UseKind.PassedByReference))
                continue;

            any = true;
            switch (use.Context)
            {
                case ISimpleAssignmentOperation { Value: var assigned }:
                    Take(assigned);
                    break;

                case IAssignmentOperation { Value: var added }:
                    IsSame = false;
                    Take(added);
                    break;

                case IIncrementOrDecrementOperation:
                    IsSame = false;
                    break;

                case IArgumentOperation { Parent: { } call }:
                    Take(call);
                    break;

                case ITupleOperation tuple:
                    IOperation target = tuple;
                    while (target.Parent is ITupleOperation or IConversionOperation or IDeclarationExpressionOperation)
                        target = target.Parent;

                    if (target.Parent is IDeconstructionAssignmentOperation { Value: var pair })
                        Take(pair);

                    break;
            }
        }

        if (variable is ILocalSymbol && !any && Iteration.Declares(loop, variable))
        {
            foreach (var part in scope.Descendants())
            {
                var declared = part switch
                {
                    IDeclarationPatternOperation { DeclaredSymbol: var symbol } => symbol,
                    IRecursivePatternOperation { DeclaredSymbol: var symbol } => symbol,
                    IForEachLoopOperation { Locals: var locals } when locals.Contains(variable, SymbolEqualityComparer.Default) => variable,
                    _ => null,
                };

                if (!SymbolEqualityComparer.Default.Equals(declared, variable))
                    continue;

                any = true;
                for (var current = part; current is not null; current = current.Parent)
                {
                    var source = current switch { IIsPatternOperation { Value: var tested } => tested, ISwitchOperation { Value: var tested } => tested, ISwitchExpressionOperation { Value: var tested } => tested, IForEachLoopOperation { Collection: var each } => each, _ => null };
                    if (source is not null)
                    {
                        Take(source);
                        break;
                    }
                }
            }
        }

        return any;
    }

    private void Take(IOperation value)
    {
        if (values.Contains(value))
            return;

        values.Add(value);
        Follow(value, isOuter: false);
    }
}
