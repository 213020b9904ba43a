using System.Collections.Concurrent;
using System.Threading;

namespace HotPath;

/// <summary>Who calls whom with what, as far as that is sure: no virtual call, no delegate.</summary>
internal static class CallGraph
{
    /// <summary>The method as it is declared, whatever it is called with: one symbol for one method.</summary>
    public static IMethodSymbol Declared(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }

    /// <summary>The method in source that the call runs and no other; null where that is not sure.</summary>
    public static IMethodSymbol? Callee(IOperation call)
    {
        var method = call switch
        {
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension } target } => target,
            IObjectCreationOperation { Constructor: { IsImplicitlyDeclared: false } constructor } => constructor,
            IPropertyReferenceOperation read => Getter(read),
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension } group } => group,
            _ => null,
        };

        return method is { IsAbstract: false, IsExtern: false, Locations: [{ IsInSource: true }, ..] }
            && (!method.IsVirtual && !method.IsOverride || method.IsSealed || method.ContainingType.IsSealed)
            ? Declared(method)
            : null;
    }

    /// <summary>The getter that the reading of a property runs; null for writes, indexers, and getters that only read a field of the compiler's.</summary>
    private static IMethodSymbol? Getter(IPropertyReferenceOperation read) =>
        read is { Property: { IsIndexer: false, GetMethod: { } getter }, Instance: null or not IInstanceReferenceOperation or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }
        && read.IsRead() && !Effects.IsAuto(getter) ? getter : null;

    /// <summary>
    /// The function that runs the operation when it is called: lambdas that run per element belong to it, any other lambda is run by somebody else.
    /// <paramref name="body"/> is all of it, <paramref name="isRepeated"/> says whether a loop in it stands around the operation.
    /// </summary>
    public static IMethodSymbol? Owner(IOperation operation, ISymbol member, out IOperation body, out bool isRepeated)
    {
        isRepeated = false;
        for (body = operation; body.Parent is { } parent; body = parent)
        {
            switch (parent)
            {
                case IForEachLoopOperation each when ReferenceEquals(each.Collection, body):
                case IForLoopOperation @for when @for.Before.Contains(body):
                    break;

                case ILoopOperation:
                    isRepeated = true;
                    break;

                case IAnonymousFunctionOperation lambda:
                    if (Loops.PerElement(lambda) is null)
                        return null;

                    isRepeated = true;
                    break;

                case ILocalFunctionOperation { Symbol: var function }:
                    body = parent;
                    return Declared(function);
            }
        }

        return member is IMethodSymbol method ? Declared(method) : null;
    }

    /// <summary>The variable or member that the method finds in its place each time it is called: a parameter, a captured variable, a field or property of its object, a static one.</summary>
    public static ISymbol? Place(IOperation value, IMethodSymbol method, int depth = 0)
    {
        switch (Operations.Resolved(value.Unconverted()).Unconverted())
        {
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None or RefKind.In } parameter }:
                return parameter;

            case IFieldReferenceOperation { Field: { IsVolatile: false } field, Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }:
                return field;

            case IPropertyReferenceOperation { Property: { IsIndexer: false, IsAbstract: false, IsVirtual: false, IsOverride: false, GetMethod: { } getter } property, Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } }
                when Effects.IsAuto(getter):
                return property;

            case ILocalReferenceOperation { Local: var local }:
                if (!SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, method))
                    return local;

                return depth < 2 && Origins.Only(local, value) is { } origin ? Place(origin, method, depth + 1) : null;

            default:
                return null;
        }
    }

    /// <summary>Whether the symbol is a parameter of the method.</summary>
    public static bool IsOf(ISymbol? symbol, IMethodSymbol method) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol owner } && SymbolEqualityComparer.Default.Equals(Declared(owner), method);

    /// <summary>Whether the symbol is state of the object that the method runs on, parameters of its primary constructor included.</summary>
    public static bool IsOfInstance(ISymbol? symbol, IMethodSymbol method) => symbol switch
    {
        IFieldSymbol or IPropertySymbol => !symbol.IsStatic,
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } => !IsOf(symbol, method),
        _ => false,
    };

    /// <summary>The name of the method as one would say it.</summary>
    public static string Name(IMethodSymbol method) => method.MethodKind switch
    {
        MethodKind.Constructor => method.ContainingType.Name,
        MethodKind.PropertyGet or MethodKind.PropertySet => method.AssociatedSymbol?.Name ?? method.Name,
        _ => method.Name,
    };
}

/// <summary>A call of one method of the source by another, as it is noted while a body is analysed.</summary>
/// <param name="Caller">The method that makes the call.</param>
/// <param name="Callee">The method that is called.</param>
/// <param name="Tree">The file.</param>
/// <param name="Span">The call.</param>
/// <param name="IsRepeated">Whether a loop in the caller stands around it.</param>
internal readonly record struct NotedCall(IMethodSymbol Caller, IMethodSymbol Callee, SyntaxTree Tree, Microsoft.CodeAnalysis.Text.TextSpan Span, bool IsRepeated);

/// <summary>What a call hands over: how the callee's parameters and object are called where the call stands. Few calls of a program lead to anything, so only theirs is read.</summary>
internal sealed class Hop
{
    private readonly ImmutableArray<(ISymbol? Place, Inputs Inputs)> arguments;
    private readonly Inputs ofReceiver;

    private Hop(NotedCall noted, IOperation call)
    {
        Noted = noted;

        var receiver = call.Target();
        IsOnSameObject = receiver is IInstanceReferenceOperation or null && call is not IObjectCreationOperation && (receiver is not null || Callee.MethodKind == MethodKind.LocalFunction);
        Receiver = receiver is null or IInstanceReferenceOperation ? null : CallGraph.Place(receiver, Caller);
        ofReceiver = receiver is null ? default : Inputs.Of(receiver, Caller, follow: false);

        var given = call.Arguments();
        if (given.IsEmpty && call is not IMethodReferenceOperation)
        {
            arguments = [];
            return;
        }

        var passed = new (ISymbol?, Inputs)[Callee.Parameters.Length];

        // What calls the method of a group hands in what it likes.
        for (var i = 0; call is IMethodReferenceOperation && i < passed.Length; i++)
            passed[i] = (null, Inputs.Other);

        foreach (var argument in given)
        {
            if (argument.Parameter is { Ordinal: var ordinal } && ordinal < passed.Length && argument.ArgumentKind != ArgumentKind.DefaultValue)
                passed[ordinal] = (CallGraph.Place(argument.Value, Caller), Inputs.Of(argument.Value, Caller, follow: false));
        }

        arguments = ImmutableArray.Create(passed);
    }

    /// <summary>The method that makes the call.</summary>
    public IMethodSymbol Caller => Noted.Caller;

    /// <summary>The method that is called.</summary>
    public IMethodSymbol Callee => Noted.Callee;

    /// <summary>Whether a loop in the caller stands around it.</summary>
    public bool IsRepeated => Noted.IsRepeated;

    /// <summary>Whether the callee runs on the object that the caller runs on.</summary>
    public bool IsOnSameObject { get; }

    /// <summary>What holds the object that the callee runs on, where that is another one.</summary>
    public ISymbol? Receiver { get; }

    private NotedCall Noted { get; }

    /// <summary>Reads the call again; null where it is not found there.</summary>
    public static Hop? Of(NotedCall noted, Bodies bodies) =>
        bodies.At(noted.Tree, noted.Span) is { } call && CallGraph.Callee(call) is { } callee && SymbolEqualityComparer.Default.Equals(callee, noted.Callee) ? new(noted, call) : null;

    /// <summary>What is handed in for the parameter of that ordinal, where it is a variable or member of the caller.</summary>
    public ISymbol? Place(int ordinal) => ordinal < arguments.Length ? arguments[ordinal].Place : null;

    /// <summary>Inputs of the callee as inputs of the caller.</summary>
    public Inputs Map(Inputs inputs)
    {
        var mapped = inputs.WithoutParameters();
        if (inputs.HaveObject && !IsOnSameObject)
            mapped = (inputs.HaveOther ? Inputs.Other : default) | ofReceiver;

        for (var i = 0; i < arguments.Length; i++)
        {
            if (inputs.Have(i))
                mapped |= arguments[i].Inputs;
        }

        return mapped;
    }
}

/// <summary>A call that a loop or lambda stands around.</summary>
/// <param name="Tree">The file.</param>
/// <param name="Span">The call.</param>
/// <param name="Callee">The method that is called.</param>
/// <param name="Member">The member that the call stands in.</param>
internal readonly record struct RepeatedCall(SyntaxTree Tree, Microsoft.CodeAnalysis.Text.TextSpan Span, IMethodSymbol Callee, ISymbol Member);

/// <summary>
/// The summaries of all methods: what each does itself is noted while its body is analysed, in symbols and positions only; what it does through others is joined
/// when all bodies are known. A recursion has no summary.
/// </summary>
/// <typeparam name="T">What a rule remembers of a deed.</typeparam>
internal sealed class Summaries<T>
    where T : class
{
    // A program with more calls than these gets no answers for the rest of them.
    private const int MostNotes = 2_000_000;

    // What lies deeper nobody connects with the loop.
    private const int MostCalls = 4;

    // One cause is enough for one finding, but the first may not hold where the call is made.
    private const int MostDeeds = 4;

    private readonly ConcurrentQueue<(IMethodSymbol Method, Deed<T> Deed)> deeds = new();
    private readonly ConcurrentQueue<NotedCall> noted = new();
    private readonly ConcurrentQueue<RepeatedCall> calls = new();

    // Properties are read everywhere, and nearly all of them are fields in all but name: each is looked at once.
    private readonly ConcurrentDictionary<IPropertySymbol, bool> computed = new(SymbolEqualityComparer.Default);
    private int notes;

    /// <summary>Notes what a method does.</summary>
    public void Note(IMethodSymbol method, Deed<T> deed)
    {
        if (IsRoom())
            deeds.Enqueue((method, deed));
    }

    /// <summary>Notes the reading of a property whose getter is written out in source.</summary>
    public void Note(IPropertyReferenceOperation read, ISymbol member)
    {
        var property = read.Property;
        if (!SymbolEqualityComparer.Default.Equals(property.ContainingAssembly, member.ContainingAssembly))
            return;

        if (computed.GetOrAdd(property.OriginalDefinition, static property => property is { IsIndexer: false, IsAbstract: false, GetMethod: { } getter } && !Effects.IsAuto(getter)))
            Note((IOperation)read, member);
    }

    /// <summary>Notes the name of a method that an operator calls for each element.</summary>
    public void Note(IMethodReferenceOperation group, ISymbol member)
    {
        if (Loops.PerElement(group) is null || CallGraph.Callee(group) is not { } callee || !IsRoom())
            return;

        if (CallGraph.Owner(group, member, out _, out _) is { } caller)
            noted.Enqueue(new(caller, callee, group.Syntax.SyntaxTree, group.Syntax.Span, IsRepeated: true));

        calls.Enqueue(new(group.Syntax.SyntaxTree, group.Syntax.Span, callee, member));
    }

    /// <summary>Notes a call of a method in source; anything else is none of ours.</summary>
    public void Note(IOperation call, ISymbol member)
    {
        if (CallGraph.Callee(call) is not { } callee || !IsRoom())
            return;

        if (CallGraph.Owner(call, member, out _, out var isRepeated) is { } caller)
            noted.Enqueue(new(caller, callee, call.Syntax.SyntaxTree, call.Syntax.Span, isRepeated));

        if (Loops.MayRepeat(call) && !HandsOverException(call))
            calls.Enqueue(new(call.Syntax.SyntaxTree, call.Syntax.Span, callee, member));
    }

    /// <summary>Whether the call is made because something went wrong: it is given the exception.</summary>
    private static bool HandsOverException(IOperation call)
    {
        foreach (var argument in call.Arguments())
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;

            for (var type = argument.Value.Unconverted().Type; type is not null; type = type.BaseType)
            {
                if (type.Is("System", "Exception"))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The calls in loops of methods that do something, in the order of the source.</summary>
    public IEnumerable<(RepeatedCall Call, IReadOnlyList<Deed<T>> Deeds)> Join(Compilation compilation, CancellationToken cancellation)
    {
        if (deeds.IsEmpty || calls.IsEmpty)
            yield break;

        var summaries = Summarise(Bodies.Of(compilation), cancellation);
        var found = new List<(RepeatedCall Call, IReadOnlyList<Deed<T>> Deeds)>();
        foreach (var call in calls)
        {
            if (summaries.TryGetValue(call.Callee, out var known) && known.Count > 0)
                found.Add((call, known));
        }

        found.Sort(static (one, other) => string.CompareOrdinal(one.Call.Tree.FilePath, other.Call.Tree.FilePath) is var byFile and not 0 ? byFile : one.Call.Span.CompareTo(other.Call.Span));
        foreach (var each in found)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return each;
        }
    }

    /// <summary>Goes through the methods that a loop calls and that lead to a deed, so that each comes after all those it calls.</summary>
    private Dictionary<ISymbol, List<Deed<T>>> Summarise(Bodies bodies, CancellationToken cancellation)
    {
        var numbers = new Dictionary<ISymbol, int>(SymbolEqualityComparer.Default);
        var methods = new List<IMethodSymbol>();

        var own = new Dictionary<int, List<Deed<T>>>();
        foreach (var (method, deed) in deeds)
            Add(own, Number(method), deed);

        var incoming = new Dictionary<int, List<int>>();
        var made = new List<(int Caller, int Callee, NotedCall Call)>();
        foreach (var call in noted)
        {
            var (caller, callee) = (Number(call.Caller), Number(call.Callee));
            made.Add((caller, callee, call));
            Add(incoming, callee, caller);
        }

        var leading = Closure(own.Keys, incoming);

        var outgoing = new Dictionary<int, List<int>>();
        made.RemoveAll(call => !leading.Contains(call.Callee));
        foreach (var (caller, callee, _) in made)
            Add(outgoing, caller, callee);

        var repeated = new List<int>();
        foreach (var call in calls)
        {
            if (numbers.TryGetValue(call.Callee, out var number) && leading.Contains(number))
                repeated.Add(number);
        }

        var asked = Closure(repeated, outgoing);

        var taken = new Dictionary<int, List<NotedCall>>();
        foreach (var (caller, _, call) in made)
        {
            if (asked.Contains(caller))
                Add(taken, caller, call);
        }

        var summaries = new Dictionary<ISymbol, List<Deed<T>>>(SymbolEqualityComparer.Default);
        foreach (var (method, isRecursive) in InOrder(asked, methods.Count, outgoing))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!isRecursive)
                Summarise(methods[method], own.TryGetValue(method, out var done) ? done : null, taken.TryGetValue(method, out var calls) ? calls : [], summaries, bodies);
        }

        return summaries;

        int Number(IMethodSymbol method)
        {
            if (!numbers.TryGetValue(method, out var number))
            {
                numbers.Add(method, number = methods.Count);
                methods.Add(method);
            }

            return number;
        }
    }

    private static void Add<TValue>(Dictionary<int, List<TValue>> all, int key, TValue value)
    {
        if (!all.TryGetValue(key, out var values))
            all.Add(key, values = []);

        values.Add(value);
    }

    /// <summary>All that is reached from somewhere, the start included.</summary>
    private static HashSet<int> Closure(IEnumerable<int> start, Dictionary<int, List<int>> next)
    {
        var reached = new HashSet<int>();
        var open = new Stack<int>(start);
        while (open.Count > 0)
        {
            var number = open.Pop();
            if (!reached.Add(number) || !next.TryGetValue(number, out var following))
                continue;

            foreach (var each in following)
                open.Push(each);
        }

        return reached;
    }

    private static void Summarise(IMethodSymbol method, List<Deed<T>>? own, List<NotedCall> taken, Dictionary<ISymbol, List<Deed<T>>> summaries, Bodies bodies)
    {
        List<Deed<T>>? found = null;
        if (own is not null)
        {
            own.Sort(static (one, other) => one.At.SourceSpan.CompareTo(other.At.SourceSpan));
            found = own.Count > MostDeeds ? own.GetRange(0, MostDeeds) : own;
        }

        taken.Sort(static (one, other) => one.Span.CompareTo(other.Span));
        foreach (var call in taken)
        {
            if (found?.Count >= MostDeeds)
                break;

            if (!summaries.TryGetValue(call.Callee, out var known) || known.TrueForAll(static deed => deed.Depth >= MostCalls) || Hop.Of(call, bodies) is not { } hop)
                continue;

            foreach (var deed in known)
            {
                if (deed.Depth < MostCalls && (found?.Count ?? 0) < MostDeeds && deed.Through(hop) is { } through)
                    (found ??= []).Add(through);
            }
        }

        if (found is not null)
            summaries.Add(method, found);
    }

    /// <summary>Tarjan's components, callees first, without recursion of our own: programs call deeper than a stack goes.</summary>
    private static IEnumerable<(int Method, bool IsRecursive)> InOrder(IEnumerable<int> methods, int count, Dictionary<int, List<int>> outgoing)
    {
        var index = new int[count];
        var low = new int[count];
        var isOpen = new bool[count];
        var component = new Stack<int>();
        var path = new Stack<(int Method, int Next)>();
        var next = 0;

        foreach (var start in methods)
        {
            if (index[start] != 0)
                continue;

            path.Push((start, 0));
            while (path.Count > 0)
            {
                var (method, position) = path.Pop();
                if (position == 0)
                {
                    index[method] = low[method] = ++next;
                    component.Push(method);
                    isOpen[method] = true;
                }
                else
                {
                    low[method] = Math.Min(low[method], low[outgoing[method][position - 1]]);
                }

                var isDown = false;
                if (outgoing.TryGetValue(method, out var callees))
                {
                    for (; position < callees.Count; position++)
                    {
                        var called = callees[position];
                        if (index[called] == 0)
                        {
                            path.Push((method, position + 1));
                            path.Push((called, 0));
                            isDown = true;
                            break;
                        }

                        if (isOpen[called])
                            low[method] = Math.Min(low[method], index[called]);
                    }
                }

                if (isDown || low[method] != index[method])
                    continue;

                var isAlone = component.Peek() == method;
                int member;
                do
                {
                    member = component.Pop();
                    isOpen[member] = false;
                    yield return (member, !isAlone || CallsItself(member));
                }
                while (member != method);
            }
        }

        bool CallsItself(int method) => outgoing.TryGetValue(method, out var callees) && callees.Contains(method);
    }

    private bool IsRoom() => Interlocked.Increment(ref notes) < MostNotes;
}
