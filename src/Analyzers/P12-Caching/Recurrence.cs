using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace HotPath;

/// <summary>A pure function that computes its result out of several smaller results of its own.</summary>
internal sealed class Recurrence
{
    // Every self-call of a function asks; the first answers for all.
    private static readonly ConditionalWeakTable<IOperation, StrongBox<Recurrence?>> Known = new();

    private Recurrence(IMethodSymbol method, IOperation body, ImmutableArray<IInvocationOperation> calls, ImmutableArray<IParameterSymbol> varying, int callsPerPath)
    {
        Method = method;
        Body = body;
        Calls = calls;
        Varying = varying;
        CallsPerPath = callsPerPath;
    }

    /// <summary>The function.</summary>
    public IMethodSymbol Method { get; }

    /// <summary>Its body.</summary>
    public IOperation Body { get; }

    /// <summary>All calls it makes to itself.</summary>
    public ImmutableArray<IInvocationOperation> Calls { get; }

    /// <summary>The parameters that get another value in some self-call: together they are the key of a result.</summary>
    public ImmutableArray<IParameterSymbol> Varying { get; }

    /// <summary>How many self-calls one call makes at most.</summary>
    public int CallsPerPath { get; }

    /// <summary>
    /// The recurrence that the self-call belongs to, or null: the function has effects, a mutable parameter, or fewer than two self-calls on one path
    /// whose arguments are the parameters themselves or the parameters plus or minus a constant.
    /// </summary>
    public static Recurrence? Around(IInvocationOperation selfCall, ISymbol containingSymbol) =>
        BodyOf(selfCall, containingSymbol) is { } body && HasSuitableSignature(selfCall.TargetMethod) ? Known.GetValue(body, body => new(Of(selfCall.TargetMethod, body))).Value : null;

    /// <summary>Whether the call is made by the body of the very function it calls, on the same object; not by a lambda or function inside it.</summary>
    public static IOperation? BodyOf(IInvocationOperation call, ISymbol containingSymbol)
    {
        var method = call.TargetMethod;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction) || call.Instance is not (null or IInstanceReferenceOperation))
            return null;

        var function = call.Function();
        return function switch
        {
            ILocalFunctionOperation { Symbol: var symbol } => SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, method.OriginalDefinition) ? function : null,
            IMethodBodyOperation or IBlockOperation => SymbolEqualityComparer.Default.Equals(containingSymbol.OriginalDefinition, method.OriginalDefinition) ? function : null,
            _ => null,
        };
    }

    private static bool HasSuitableSignature(IMethodSymbol method)
    {
        if (method.ReturnsVoid || method.IsAsync || method.RefKind != RefKind.None || method.Parameters.IsEmpty || !Aliasing.IsImmutable(method.ReturnType)
            || method is { IsVirtual: true } or { IsOverride: true, IsSealed: false } or { IsAbstract: true })
        {
            return false;
        }

        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is not (RefKind.None or RefKind.In) || parameter.IsParams || !Aliasing.IsImmutable(parameter.Type) || parameter.Type.TypeKind == TypeKind.Delegate)
                return false;
        }

        return true;
    }

    private static Recurrence? Of(IMethodSymbol method, IOperation body)
    {
        var calls = ImmutableArray.CreateBuilder<IInvocationOperation>();
        var shrinking = new HashSet<SyntaxNode>();
        var varies = new bool[method.Parameters.Length];

        foreach (var part in body.Descendants())
        {
            if (part is not IInvocationOperation call || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition))
                continue;

            if (!ReferenceEquals(call.Function(), body))
                return null;

            calls.Add(call);
            if (Shrinks(call, varies))
                shrinking.Add(call.Syntax);
        }

        if (shrinking.Count < 2 || shrinking.Count < calls.Count || Flow.Graph(calls[0]) is not { } graph)
            return null;

        var perPath = MostOnOnePath(graph, shrinking);
        if (perPath < 2 || !body.Binds() || (Effects.Of(body, except: method).Kinds & ~Effect.ReadsState) != Effect.None)
            return null;

        return new(method, body, calls.ToImmutable(), method.Parameters.RemoveAll(parameter => !varies[parameter.Ordinal]), perPath);
    }

    /// <summary>Every argument is its parameter, or its parameter plus or minus a constant, and at least one is not the parameter itself.</summary>
    private static bool Shrinks(IInvocationOperation call, bool[] varies)
    {
        var shrinks = false;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || argument.ArgumentKind != ArgumentKind.Explicit)
                return false;

            switch (argument.Value.Unconverted())
            {
                case IParameterReferenceOperation { Parameter: var same } when same.Ordinal == parameter.Ordinal && IsOwn(same, parameter):
                    continue;

                case IBinaryOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: not (0 or 0L or null) } } step
                    when IsIntegral(parameter.Type) && IsIntegral(step.Type) && left.Unconverted() is IParameterReferenceOperation { Parameter: var same } && same.Ordinal == parameter.Ordinal && IsOwn(same, parameter):
                    varies[parameter.Ordinal] = true;
                    shrinks = true;
                    continue;

                default:
                    return false;
            }
        }

        return shrinks;
    }

    private static bool IsOwn(IParameterSymbol referenced, IParameterSymbol declared) =>
        SymbolEqualityComparer.Default.Equals(referenced.OriginalDefinition, declared.OriginalDefinition);

    private static bool IsIntegral(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64 || type is { Name: "BigInteger" } && type.IsFromSystem();

    /// <summary>The largest number of the calls that one run through the graph makes; a call in a loop counts twice.</summary>
    private static int MostOnOnePath(ControlFlowGraph graph, HashSet<SyntaxNode> calls)
    {
        const int NotVisited = -1;
        const int Open = -2;

        var most = new int[graph.Blocks.Length];
        for (var i = 0; i < most.Length; i++)
            most[i] = NotVisited;

        // Depth first without recursion: a long function has tens of thousands of blocks in a row.
        var open = new Stack<BasicBlock>();
        open.Push(graph.Blocks[0]);
        while (open.Count > 0)
        {
            var block = open.Peek();
            if (most[block.Ordinal] >= 0)
            {
                open.Pop();
                continue;
            }

            var isFirstVisit = most[block.Ordinal] == NotVisited;
            most[block.Ordinal] = Open;
            if (isFirstVisit && (Enter(block.FallThroughSuccessor) | Enter(block.ConditionalSuccessor)))
                continue;

            // A back edge leads to a block that is still open: what stands on the cycle runs again.
            most[block.Ordinal] = Math.Max(After(block.ConditionalSuccessor), After(block.FallThroughSuccessor)) + In(block);
            open.Pop();
        }

        return most[0];

        bool Enter(ControlFlowBranch? branch)
        {
            if (branch?.Destination is not { } next || most[next.Ordinal] != NotVisited)
                return false;

            open.Push(next);
            return true;
        }

        int After(ControlFlowBranch? branch) => branch?.Destination is { } next ? Math.Max(0, most[next.Ordinal]) : 0;

        int In(BasicBlock block)
        {
            var count = 0;
            foreach (var operation in block.Operations)
                count += Count(operation);

            return block.BranchValue is { } value ? count + Count(value) : count;
        }

        int Count(IOperation operation)
        {
            var count = 0;
            foreach (var part in operation.DescendantsAndSelf())
            {
                if (part is IInvocationOperation && calls.Contains(part.Syntax))
                    count++;
            }

            return count;
        }
    }
}
