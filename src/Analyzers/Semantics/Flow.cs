using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace HotPath;

/// <summary>Control-flow graphs, built for candidates only and once per body for all rules together.</summary>
internal static class Flow
{
    private static readonly ConditionalWeakTable<IOperation, StrongBox<ControlFlowGraph?>> Graphs = new();
    private static readonly ConditionalWeakTable<ControlFlowGraph, Contents> Indexes = new();

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

        return ContentsOf(outer).Lambdas.TryGetValue(function.Syntax, out var lambda) ? outer.GetAnonymousFunctionControlFlowGraphInScope(lambda) : null;
    }

    /// <summary>The block that evaluates the operation; graphs hold copies of operations, so it is found by syntax.</summary>
    public static BasicBlock? Block(ControlFlowGraph graph, IOperation operation)
    {
        var contents = ContentsOf(graph);
        return contents.ByKind.TryGetValue((operation.Syntax, operation.Kind), out var block) || contents.BySyntax.TryGetValue(operation.Syntax, out block) ? block : null;
    }

    /// <summary>Whether control can come back to the operation without leaving <paramref name="loop"/>. In doubt true.</summary>
    public static bool Repeats(IOperation operation, ILoopOperation loop)
    {
        if (Graph(operation) is not { } graph || Block(graph, operation) is not { } start)
            return true;

        var span = loop.Syntax.Span;
        var seen = new HashSet<int>();
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
            if (block is not null && !seen.Contains(block.Ordinal) && IsWithin(block) && seen.Add(block.Ordinal))
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

    private static Contents ContentsOf(ControlFlowGraph graph) => Indexes.GetValue(graph, static graph => new(graph));

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

    /// <summary>What stands in which block of a graph, each looked up in the first block that has it.</summary>
    private sealed class Contents
    {
        public Contents(ControlFlowGraph graph)
        {
            foreach (var block in graph.Blocks)
            {
                foreach (var part in Parts(block))
                {
                    if (!BySyntax.ContainsKey(part.Syntax))
                        BySyntax.Add(part.Syntax, block);

                    if (!ByKind.ContainsKey((part.Syntax, part.Kind)))
                        ByKind.Add((part.Syntax, part.Kind), block);

                    if (part is IFlowAnonymousFunctionOperation lambda && !Lambdas.ContainsKey(lambda.Syntax))
                        Lambdas.Add(lambda.Syntax, lambda);
                }
            }
        }

        public Dictionary<SyntaxNode, BasicBlock> BySyntax { get; } = [];

        public Dictionary<(SyntaxNode Syntax, OperationKind Kind), BasicBlock> ByKind { get; } = [];

        public Dictionary<SyntaxNode, IFlowAnonymousFunctionOperation> Lambdas { get; } = [];
    }
}
