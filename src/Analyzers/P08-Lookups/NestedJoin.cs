namespace HotPath;

/// <summary>An inner loop that looks at every element of a collection and works on those whose key matches what the outer loop is at.</summary>
internal sealed class NestedJoin
{
    private NestedJoin(ILoopOperation inner, ISymbol? variable, IConditionalOperation check, bool skips, KeyedScan scan, Loop outer)
    {
        Inner = inner;
        Variable = variable;
        Check = check;
        Skips = skips;
        Scan = scan;
        Outer = outer;
    }

    /// <summary>The loop that scans.</summary>
    public ILoopOperation Inner { get; }

    /// <summary>The variable of a <c>foreach</c>; null where an index runs over the collection.</summary>
    public ISymbol? Variable { get; }

    /// <summary>The <c>if</c> that all of the inner loop hangs on.</summary>
    public IConditionalOperation Check { get; }

    /// <summary>Whether the check skips what does not match: <c>if (b.Id != a.Id) continue;</c>.</summary>
    public bool Skips { get; }

    /// <summary>What is scanned for which key.</summary>
    public KeyedScan Scan { get; }

    /// <summary>The loop around.</summary>
    public Loop Outer { get; }

    /// <summary>The join that the inner loop does, or null.</summary>
    public static NestedJoin? Of(ILoopOperation inner, AnalyzerOptions options)
    {
        if (!Loops.MayRepeat(inner) || Parts(inner) is not var (scan, collection, element, check, skips))
            return null;

        var small = Options.SmallLoop.Read(options, inner.Syntax.SyntaxTree, NestedLoopJoinAnalyzer.Id);
        if (Sizes.Most(collection) <= small || scan.HasSmallDomain(small) || Around(inner, collection, options) is not { } outer || !inner.Binds())
            return null;

        if (!scan.IsInvariant(outer) || !scan.Varies(outer) || IsChased(scan, inner))
            return null;

        return new(inner, inner is IForEachLoopOperation ? element.Symbol : null, check, skips, scan, outer);
    }

    /// <summary>The pass in search of a key that the loop is, wherever it stands, or null.</summary>
    public static KeyedScan? ScanOf(ILoopOperation loop) => Parts(loop) is var (scan, _, _, _, _) && !IsChased(scan, loop) ? scan : null;

    private static (KeyedScan Scan, IOperation Collection, KeyElement Element, IConditionalOperation Check, bool Skips)? Parts(ILoopOperation inner)
    {
        if (Header(inner) is not var (collection, element))
            return null;

        var body = inner.Body is IBlockOperation { Operations: var statements } ? statements : [inner.Body];
        var start = 0;
        if (element.Indexed is not null && body is [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var local, Initializer.Value: var initial }] }] }, ..] && element.Is(initial)
            && !Aliasing.Uses(local, inner.Body).Any(static use => use.Kind is UseKind.Assigned or UseKind.PassedByReference))
        {
            // The element gets a name before it is looked at.
            element = new(local);
            start = 1;
        }

        if (Decision(body, start) is not var (check, skips))
            return null;

        // A skip may name several reasons to skip; an if asks for all.
        var condition = check.Condition;
        var scan = skips ? KeyedScan.Of(inner, collection, element, condition, negated: true) : KeyedScan.Of(inner, collection, element, condition);
        return scan is null ? null : (scan, collection, element, check, skips);
    }

    private static Loop? Around(ILoopOperation inner, IOperation collection, AnalyzerOptions options)
    {
        foreach (var loop in Loops.Around(collection, options))
        {
            if (!ReferenceEquals(loop.Operation, inner))
                return loop;
        }

        return null;
    }

    /// <summary>Whether the inner loop changes what it looks for: it follows a chain.</summary>
    private static bool IsChased(KeyedScan scan, ILoopOperation inner) => scan.Matches.Any(match => KeyWrites.AnyIn(inner, match.Value));

    /// <summary>What the loop walks through and how it names the element; null for loops that do not visit every element once.</summary>
    private static (IOperation Collection, KeyElement Element)? Header(ILoopOperation loop)
    {
        switch (loop)
        {
            case IForEachLoopOperation { IsAsynchronous: false, Locals: [var variable], LoopControlVariable: IVariableDeclaratorOperation } each:
                return (each.Collection.Unconverted(), new(variable));

            case IForLoopOperation
            {
                Before: [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var index, Initializer.Value.ConstantValue: { HasValue: true, Value: 0 } }] }] }],
                Condition: IBinaryOperation condition,
                AtLoopBottom: [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: var target } }],
            } @for when Bounded(condition, index) is { } list && SymbolEqualityComparer.Default.Equals(target.Variable(), index) && list.Variable() is { } indexed:
                KeyElement element = new(index, indexed);

                // The index is only the way to the element.
                foreach (var use in Aliasing.Uses(index, @for.Body))
                {
                    var holder = use.Reference.Consumer(out _);
                    holder = holder is IArgumentOperation { Parent: { } parent } ? parent : holder;
                    if (holder is null || !element.Is(holder))
                        return null;
                }

                return (list.Unconverted(), element);

            default:
                return null;
        }
    }

    /// <summary>The list that the index runs through, perhaps until something was found: <c>i &lt; list.Count &amp;&amp; !found</c>.</summary>
    private static IOperation? Bounded(IBinaryOperation condition, ILocalSymbol index) => condition switch
    {
        { OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: var left, RightOperand: IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } list } } =>
            SymbolEqualityComparer.Default.Equals(left.Variable(), index) ? list : null,
        { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null, LeftOperand: var one, RightOperand: var other } when IsFlag(other) => one.Unconverted() is IBinaryOperation bound ? Bounded(bound, index) : null,
        { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null, LeftOperand: var one, RightOperand: var other } when IsFlag(one) => other.Unconverted() is IBinaryOperation bound ? Bounded(bound, index) : null,
        _ => null,
    };

    /// <summary>Whether the condition asks a local whether the search is over.</summary>
    private static bool IsFlag(IOperation condition) => condition.Unconverted() switch
    {
        ILocalReferenceOperation => true,
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null, Operand: var operand } => IsFlag(operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: { ConstantValue.HasValue: true } } => left.Unconverted() is ILocalReferenceOperation,
        IIsPatternOperation { Value: var value, Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } => value.Unconverted() is ILocalReferenceOperation,
        _ => false,
    };

    /// <summary>The one <c>if</c> that decides about all of the statements from one on, and whether it skips.</summary>
    private static (IConditionalOperation Check, bool Skips)? Decision(ImmutableArray<IOperation> statements, int start)
    {
        if (statements.Length <= start || statements[start] is not IConditionalOperation { Syntax: IfStatementSyntax, WhenFalse: null } check)
            return null;

        return statements.Length == start + 1 ? (check, false)
            : Continues(check.WhenTrue) ? (check, true)
            : null;
    }

    private static bool Continues(IOperation branch) => branch is IBranchOperation { BranchKind: BranchKind.Continue } or IBlockOperation { Operations: [IBranchOperation { BranchKind: BranchKind.Continue }] };
}
