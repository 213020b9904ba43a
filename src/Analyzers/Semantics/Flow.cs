using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace HotPath;

/// <summary>Control-flow graphs, built for candidates only and once per body for all rules together.</summary>
internal static class Flow
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<ControlFlowGraph?>> Graphs = new();

    /// <summary>The graph of the innermost function around the operation, or null where the compiler can build none.</summary>
    public static ControlFlowGraph? Graph(IOperation operation)
    {
        var function = operation.Function();
        if (function.Parent is null)
            return Graphs.GetValue(function, static root => new(Create(root))).Value;

        // Roslyn builds the graph of a lambda or local function only out of the graph of the function around it.
        if (Graph(function) is not { } outer)
            return null;

        if (function is ILocalFunctionOperation { Symbol: var symbol })
            return outer.LocalFunctions.Contains(symbol) ? outer.GetLocalFunctionControlFlowGraphInScope(symbol) : null;

        foreach (var block in outer.Blocks)
        {
            foreach (var part in Parts(block))
            {
                if (part is IFlowAnonymousFunctionOperation lambda && lambda.Syntax == function.Syntax)
                    return outer.GetAnonymousFunctionControlFlowGraphInScope(lambda);
            }
        }

        return null;
    }

    /// <summary>The block that evaluates the operation; graphs hold copies of operations, so it is found by syntax.</summary>
    public static BasicBlock? Block(ControlFlowGraph graph, IOperation operation)
    {
        BasicBlock? sameSyntax = null;
        foreach (var block in graph.Blocks)
        {
            foreach (var part in Parts(block))
            {
                if (part.Syntax != operation.Syntax)
                    continue;

                if (part.Kind == operation.Kind)
                    return block;

                sameSyntax ??= block;
            }
        }

        return sameSyntax;
    }

    /// <summary>Whether control can come back to the operation without leaving <paramref name="loop"/>. In doubt true.</summary>
    public static bool Repeats(IOperation operation, ILoopOperation loop)
    {
        if (Graph(operation) is not { } graph || Block(graph, operation) is not { } start)
            return true;

        var span = loop.Syntax.Span;
        var seen = new bool[graph.Blocks.Length];
        var open = new Stack<BasicBlock>();
        Follow(start);

        while (open.Count > 0)
        {
            var block = open.Pop();
            if (block.Ordinal == start.Ordinal)
                return true;

            Follow(block);
        }

        return false;

        void Follow(BasicBlock block)
        {
            Add(block.ConditionalSuccessor?.Destination);
            Add(block.FallThroughSuccessor?.Destination);
        }

        void Add(BasicBlock? block)
        {
            if (block is null || seen[block.Ordinal] || !IsWithin(block))
                return;

            seen[block.Ordinal] = true;
            open.Push(block);
        }

        bool IsWithin(BasicBlock block)
        {
            foreach (var part in block.Operations)
            {
                if (!span.Contains(part.Syntax.Span))
                    return false;
            }

            return block.BranchValue is not { } value || span.Contains(value.Syntax.Span);
        }
    }

    private static IEnumerable<IOperation> Parts(BasicBlock block)
    {
        foreach (var operation in block.Operations)
        {
            foreach (var part in operation.DescendantsAndSelf())
                yield return part;
        }

        if (block.BranchValue is { } value)
        {
            foreach (var part in value.DescendantsAndSelf())
                yield return part;
        }
    }

    private static ControlFlowGraph? Create(IOperation root) => root switch
    {
        IMethodBodyOperation body => ControlFlowGraph.Create(body),
        IConstructorBodyOperation body => ControlFlowGraph.Create(body),
        IBlockOperation body => ControlFlowGraph.Create(body),
        IFieldInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        IPropertyInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        IParameterInitializerOperation initializer => ControlFlowGraph.Create(initializer),
        _ => null,
    };
}
