namespace HotPath;

/// <summary>How a joining loop leaves out one separator.</summary>
internal enum JoinKind
{
    /// <summary>There is no separator.</summary>
    Plain,

    /// <summary>A test before the separator tells the first element from the others.</summary>
    Leading,

    /// <summary>A test after the element tells the last one from the others.</summary>
    NotLast,

    /// <summary>The separator is a variable that is empty for the first element.</summary>
    Variable,

    /// <summary>Every element gets a separator, and the last one is cut off behind the loop.</summary>
    Trailing,
}

/// <summary>A loop that only appends one string per element, with or without a separator.</summary>
internal sealed class JoinShape
{
    private JoinShape(StringAccumulation accumulation, JoinKind kind, ImmutableArray<IOperation> element)
    {
        Accumulation = accumulation;
        Kind = kind;
        Element = element;
    }

    /// <summary>The text that grows.</summary>
    public StringAccumulation Accumulation { get; }

    /// <summary>The loop.</summary>
    public Loop Loop => Accumulation.Loop;

    /// <summary>How one separator is left out.</summary>
    public JoinKind Kind { get; }

    /// <summary>What is appended per element, from left to right.</summary>
    public ImmutableArray<IOperation> Element { get; }

    /// <summary>What stands between two elements; null for nothing.</summary>
    public IOperation? Separator { get; private set; }

    /// <summary>The test for the first element; null for other kinds.</summary>
    public FirstTest? Test { get; private set; }

    /// <summary>The variable that holds the separator for all elements but the first; null for other kinds.</summary>
    public ILocalSymbol? SeparatorVariable { get; private set; }

    /// <summary>The statement behind the loop that cuts the last separator; null for other kinds.</summary>
    public SeparatorCut? Cut { get; private set; }

    /// <summary>Whether the first element is assigned, and not appended.</summary>
    public bool AssignsFirst { get; private set; }

    /// <summary>Whether every path through the first iteration sets the flag.</summary>
    public bool SetsFlag { get; private set; }

    /// <summary>Whether every path through an iteration counts.</summary>
    public bool Counts { get; private set; }

    /// <summary>The array or list that a <c>for</c> walks through, or the collection of a <c>foreach</c>; null where neither is known.</summary>
    public IOperation? Source { get; private set; }

    /// <summary>The variable of the <c>foreach</c>, or the index of the <c>for</c>.</summary>
    public ILocalSymbol? Current { get; private set; }

    /// <summary>Whether the elements are the characters of an array as they are: there is a string of those.</summary>
    public bool IsOfCharacters => Separator is null && Source?.Type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Char } && Element is [{ Type.SpecialType: SpecialType.System_Char } only]
        && (Loop.Operation is IForEachLoopOperation ? Aliasing.Refers(only, Current!) : only is IArrayElementReferenceOperation { Indices: [var index] } && ReferenceEquals(ElementAt(index), only));

    /// <summary>What makes the text in one go.</summary>
    public string Maker => Separator is not null ? "string.Join" : IsOfCharacters ? "new string" : "string.Concat";

    /// <summary>The shape of the loop of an accumulation, or null when the loop does anything else.</summary>
    public static JoinShape? Of(StringAccumulation accumulation)
    {
        if (accumulation.Variable is null || accumulation.IsReplacedOnExit || accumulation.Exits.Count > 0)
            return null;

        if (accumulation.Loop.Operation is IForEachLoopOperation { IsAsynchronous: false } or IForLoopOperation
            && new Parser(accumulation).Parse() is { } shape
            && shape.FindSource())
        {
            return shape;
        }

        return null;
    }

    private bool FindSource()
    {
        switch (Loop.Operation)
        {
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var variable } } each:
                Source = each.Collection.Unconverted();
                Current = variable;
                break;

            case IForLoopOperation @for:
                (Current, Source) = Index(@for);
                if (Source is null && Kind is JoinKind.Plain or JoinKind.NotLast)
                    return false;

                break;

            default:
                return false;
        }

        // The characters of a text are copied, or made others, one by one: a builder does that as well.
        if (Kind == JoinKind.Plain && Element is [{ Type.SpecialType: SpecialType.System_Char }] && (Source?.Type is { SpecialType: SpecialType.System_String } || Operations.IsSpan(Source?.Type)))
            return false;

        // The same text for every element is no join of elements.
        return Kind != JoinKind.Plain || Current is not null && MentionsCurrent();
    }

    private bool MentionsCurrent()
    {
        foreach (var piece in Element)
        {
            foreach (var part in piece.DescendantsAndSelf())
            {
                if (part is ILocalReferenceOperation { Local: var local } && SymbolEqualityComparer.Default.Equals(local, Current)
                    && (Loop.Operation is IForEachLoopOperation || IsElementOf(part)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the reference to the index is used to take an element of the source.</summary>
    public bool IsElementOf(IOperation index) => ElementAt(index) is not null;

    /// <summary>The element of the source that the reference to the index takes, or null.</summary>
    public IOperation? ElementAt(IOperation index) => index.Consumer(out _) switch
    {
        IArrayElementReferenceOperation { ArrayReference: var array, Indices.Length: 1 } element when Places.AreSame(array, Source) => element,
        IArgumentOperation { Parent: IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list } element } when Places.AreSame(list, Source) => element,
        _ => null,
    };

    /// <summary>The index and the array, list or string of <c>for (var i = 0; i &lt; source.Length; i++)</c>.</summary>
    private static (ILocalSymbol? Index, IOperation? Source) Index(IForLoopOperation loop)
    {
        if (loop.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var index, Initializer.Value.ConstantValue: { HasValue: true, Value: 0 } }] }] }]
            || loop.AtLoopBottom is not [IExpressionStatementOperation { Operation: var step }]
            || step is not (IIncrementOrDecrementOperation { Kind: OperationKind.Increment } or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: 1 } })
            || loop.Condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right }
            || !SymbolEqualityComparer.Default.Equals(left.Variable(), index)
            || Aliasing.ChangeIn(index, loop.Body) != Change.None)
        {
            return default;
        }

        return (index, Counted(right));
    }

    /// <summary>The array, list or string whose length the operation is.</summary>
    private static IOperation? Counted(IOperation count) => count.Unconverted() switch
    {
        IPropertyReferenceOperation { Property: { Name: "Length", ContainingType.SpecialType: SpecialType.System_Array or SpecialType.System_String }, Instance: { } array } => array.Unconverted(),
        IPropertyReferenceOperation { Property: { Name: "Count" }, Instance: { } list } => list.Unconverted(),
        _ => null,
    };

    /// <summary>Whether the operation has the same value in every iteration and is cheap: a constant, or a variable that the loop leaves alone.</summary>
    private static bool IsSeparator(IOperation operation, Loop loop)
    {
        operation = Growth.Implicit(operation);
        if (operation.Type?.SpecialType is not (SpecialType.System_String or SpecialType.System_Char))
            return false;

        if (operation.ConstantValue.HasValue)
            return true;

        return operation switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation => operation.Variable() is { } variable && !StringAccumulation.IsDeclaredIn(variable, loop) && Aliasing.ChangeIn(variable, loop.Operation) == Change.None,
            IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation } => true,
            IPropertyReferenceOperation { Property: { Name: "NewLine", ContainingType.Name: "Environment" } } => true,
            _ => false,
        };
    }

    private static bool AreEquivalent(ImmutableArray<IOperation> one, ImmutableArray<IOperation> other)
    {
        if (one.Length != other.Length)
            return false;

        for (var i = 0; i < one.Length; i++)
        {
            if (!SyntaxFactory.AreEquivalent(one[i].Syntax, other[i].Syntax))
                return false;
        }

        return true;
    }

    /// <summary>Reads the statements of the body one after the other.</summary>
    private sealed class Parser(StringAccumulation accumulation)
    {
        private readonly List<IOperation> statements = Flat(accumulation.Loop.Body);
        private FirstTest? test;
        private IOperation? separator;
        private ImmutableArray<IOperation> element;
        private bool assignsFirst;
        private JoinKind kind = JoinKind.Plain;
        private ILocalSymbol? separatorVariable;
        private bool isSet;
        private bool setsFlag;
        private bool counts;

        private Loop Loop => accumulation.Loop;

        public JoinShape? Parse()
        {
            if (!Read())
                return null;

            SeparatorCut? cut = null;
            if (kind == JoinKind.Plain)
            {
                // A constant at the end that is cut off behind the loop was a separator.
                cut = SeparatorCut.Behind(Loop, accumulation.Place);
                if (cut is not null && separator is null && element.Length > 1 && IsSeparator(element[element.Length - 1], Loop))
                {
                    separator = element[element.Length - 1];
                    element = element.RemoveAt(element.Length - 1);
                }

                if (separator is not null)
                {
                    if (cut is null)
                        return null;

                    kind = JoinKind.Trailing;
                }
                else if (element.Length != 1 || !IsOneString(element[0]))
                {
                    return null;
                }
            }

            return new(accumulation, kind, element) { Separator = separator, Test = test, SeparatorVariable = separatorVariable, Cut = kind == JoinKind.Trailing ? cut : null, AssignsFirst = assignsFirst, SetsFlag = setsFlag, Counts = counts };
        }

        /// <summary>What is worth handing to <c>string.Concat</c>: one thing that is no text of several parts itself.</summary>
        private static bool IsOneString(IOperation piece) =>
            !piece.ConstantValue.HasValue && piece is not (IInterpolatedStringOperation or IConditionalOperation or IAwaitOperation or ISwitchExpressionOperation) && !HasAwait(piece);

        private static bool HasAwait(IOperation piece)
        {
            foreach (var part in piece.Descendants())
            {
                if (part is IAwaitOperation)
                    return true;
            }

            return false;
        }

        private bool Read()
        {
            foreach (var statement in statements)
            {
                if (!Read(statement))
                    return false;
            }

            return !element.IsDefaultOrEmpty && (separatorVariable is null || isSet) && (test?.Kind != FirstTestKind.Flag || isSet);
        }

        private bool Read(IOperation statement)
        {
            switch (statement)
            {
                case IConditionalOperation conditional:
                    return Choice(conditional);

                case IExpressionStatementOperation { Operation: IAssignmentOperation assignment } when GrowthOf(assignment) is { } growth:
                    return Append(growth);

                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_String } local }, Value: var value } }
                    when SymbolEqualityComparer.Default.Equals(local, separatorVariable) && value.ConstantValue is { HasValue: true, Value: string }:
                    separator = Growth.Implicit(value);
                    isSet = true;
                    kind = JoinKind.Variable;
                    return !element.IsDefaultOrEmpty;

                default:
                    return IsFlagOrCount(statement) && (setsFlag = counts = true);
            }
        }

        /// <summary>A statement that only remembers that the first element has been there.</summary>
        private bool IsFlagOrCount(IOperation statement)
        {
            if (statement is not IExpressionStatementOperation { Operation: var operation })
                return false;

            var target = operation switch
            {
                ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } flag }, Value.ConstantValue.HasValue: true } => flag,
                IIncrementOrDecrementOperation { Kind: OperationKind.Increment, Target: ILocalReferenceOperation { Local: var counter } } => counter,
                ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Target: ILocalReferenceOperation { Local: var counter }, Value.ConstantValue: { HasValue: true, Value: 1 } } => counter,
                _ => null,
            };

            if (target is null || !SymbolEqualityComparer.Default.Equals(test?.Variable, target))
                return false;

            isSet = true;
            return true;
        }

        private Growth? GrowthOf(IAssignmentOperation assignment)
        {
            foreach (var growth in accumulation.Growths)
            {
                if (ReferenceEquals(growth.Assignment, assignment))
                    return growth;
            }

            return null;
        }

        private bool Append(Growth growth)
        {
            switch (growth.Kind)
            {
                case GrowthKind.Append:
                    return Append(growth.Pieces);

                case GrowthKind.Conditional when element.IsDefaultOrEmpty && growth.Assignment is ISimpleAssignmentOperation { Value: var value } && Growth.Implicit(value) is IConditionalOperation conditional:
                    // s = s == "" ? x : s + "," + x
                    test = FirstTest.Of(conditional.Condition, accumulation.Place, Loop);
                    var first = Growth.PiecesOf(test!.HoldsForFirst ? conditional.WhenTrue : conditional.WhenFalse!);
                    assignsFirst = true;
                    return growth.Pieces.Length > 1 && Separated(growth.Pieces, first);

                default:
                    return false;
            }
        }

        private bool Append(ImmutableArray<IOperation> pieces)
        {
            if (element.IsDefaultOrEmpty)
            {
                if (pieces[0] is IConditionalOperation { WhenTrue: var whenTrue, WhenFalse: { } whenFalse } conditional && separator is null
                    && FirstTest.Of(conditional.Condition, accumulation.Place, Loop) is { } found)
                {
                    var (first, rest) = found.HoldsForFirst ? (whenTrue, whenFalse) : (whenFalse, whenTrue);
                    test = found;
                    counts |= IsCountedIn(conditional.Condition);

                    // s += (s == "" ? "" : ",") + x
                    if (TextRead.IsEmptyText(first))
                    {
                        separator = Growth.Implicit(rest);
                        element = pieces.RemoveAt(0);
                        kind = JoinKind.Leading;
                        return IsSeparator(separator, Loop) && !element.IsEmpty;
                    }

                    // s += s == "" ? x : "," + x
                    return pieces.Length == 1 && Separated(Growth.PiecesOf(rest), Growth.PiecesOf(first));
                }

                if (pieces.Length > 1 && pieces[0] is ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_String } local } && separator is null
                    && !StringAccumulation.IsDeclaredIn(local, Loop) && Aliasing.ChangeIn(local, Loop.Operation) != Change.None)
                {
                    separatorVariable = local;
                    element = pieces.RemoveAt(0);
                    return true;
                }

                element = pieces;
                return kind is JoinKind.Plain or JoinKind.Leading;
            }

            // A separator of its own behind the element; whether it is cut off is found out at the end.
            if (kind == JoinKind.Plain && separator is null && pieces.Length == 1 && IsSeparator(pieces[0], Loop))
            {
                separator = pieces[0];
                return true;
            }

            return false;
        }

        private bool Choice(IConditionalOperation conditional)
        {
            // if (i < n - 1) s += ",";
            if (!element.IsDefaultOrEmpty)
            {
                if (kind != JoinKind.Plain || separator is not null || conditional.WhenFalse is not null || !IsNotLast(conditional.Condition) || OnlyPiece(Flat(conditional.WhenTrue)) is not { } last)
                    return IsFlagReset(conditional);

                separator = last;
                kind = JoinKind.NotLast;
                return true;
            }

            if (separator is not null || FirstTest.Of(conditional.Condition, accumulation.Place, Loop) is not { } found)
                return false;

            test = found;
            var (first, rest) = (Flat(conditional.WhenTrue), Flat(conditional.WhenFalse));
            if (!found.HoldsForFirst)
                (first, rest) = (rest, first);

            var inFirst = first.RemoveAll(IsFlagOrCount) > 0;
            var inRest = rest.RemoveAll(IsFlagOrCount) > 0;
            setsFlag |= inFirst;
            counts |= inFirst && inRest || IsCountedIn(conditional.Condition);

            // if (i > 0) s += ",";
            if (first.Count == 0)
            {
                separator = OnlyPiece(rest);
                kind = JoinKind.Leading;
                return separator is not null;
            }

            // if (i == 0) s = x; else s += "," + x;
            if (first is not [IExpressionStatementOperation { Operation: IAssignmentOperation start }] || GrowthOf(start) is not { Kind: GrowthKind.Start or GrowthKind.Append } starting)
                return false;

            assignsFirst = starting.Kind == GrowthKind.Start;
            var pieces = ImmutableArray.CreateBuilder<IOperation>();
            foreach (var statement in rest)
            {
                if (statement is not IExpressionStatementOperation { Operation: IAssignmentOperation next } || GrowthOf(next) is not { Kind: GrowthKind.Append } growth)
                    return false;

                pieces.AddRange(growth.Pieces);
            }

            return pieces.Count > 1 && Separated(pieces.ToImmutable(), starting.Pieces);
        }

        private bool IsFlagReset(IConditionalOperation conditional)
        {
            // if (first) first = false;
            var statements = Flat(conditional.WhenTrue);
            return test is { Kind: FirstTestKind.Flag } && conditional.WhenFalse is null && statements.Count == 1 && IsFlagOrCount(statements[0])
                && conditional.Condition is ILocalReferenceOperation { Local: var flag } && SymbolEqualityComparer.Default.Equals(flag, test.Variable) && (setsFlag = true);
        }

        private static bool IsCountedIn(IOperation condition)
        {
            foreach (var part in condition.Descendants())
            {
                if (part is IIncrementOrDecrementOperation)
                    return true;
            }

            return false;
        }

        private bool Separated(ImmutableArray<IOperation> separated, ImmutableArray<IOperation> alone)
        {
            separator = separated[0];
            element = alone;
            kind = JoinKind.Leading;
            return IsSeparator(separator, Loop) && AreEquivalent(separated.RemoveAt(0), alone);
        }

        private IOperation? OnlyPiece(List<IOperation> statements) =>
            statements is [IExpressionStatementOperation { Operation: IAssignmentOperation assignment }] && GrowthOf(assignment) is { Kind: GrowthKind.Append, Pieces: [var piece] } && IsSeparator(piece, Loop) ? piece : null;

        /// <summary>Whether the condition is <c>i &lt; n - 1</c>, <c>i != n - 1</c> or <c>i + 1 &lt; n</c> with the n of the loop's own condition.</summary>
        private bool IsNotLast(IOperation condition)
        {
            if (Loop.Operation is not IForLoopOperation { Condition: IBinaryOperation { LeftOperand: var index, RightOperand: var count } }
                || condition is not IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right })
            {
                return false;
            }

            return Places.AreSame(left, index) && right is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: var all, RightOperand.ConstantValue: { HasValue: true, Value: 1 } } && Places.AreSame(all, count)
                || left is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var next, RightOperand.ConstantValue: { HasValue: true, Value: 1 } } && Places.AreSame(next, index) && Places.AreSame(right, count);
        }

        private static List<IOperation> Flat(IOperation? body)
        {
            List<IOperation> flat = [];
            Add(body);
            return flat;

            void Add(IOperation? operation)
            {
                switch (operation)
                {
                    case IBlockOperation { Locals.IsEmpty: true } block:
                        foreach (var inner in block.Operations)
                            Add(inner);

                        break;

                    case not (null or IEmptyOperation):
                        flat.Add(operation);
                        break;
                }
            }
        }
    }
}
