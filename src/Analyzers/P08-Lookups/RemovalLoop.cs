namespace HotPath;

/// <summary>A call in a loop that takes one element out of a list and moves all behind it.</summary>
internal sealed class RemovalLoop
{
    private RemovalLoop(IInvocationOperation call, IOperation list, ISymbol variable, Loop loop)
    {
        Call = call;
        List = list;
        Variable = variable;
        Loop = loop;
    }

    /// <summary>The call.</summary>
    public IInvocationOperation Call { get; }

    /// <summary>The list.</summary>
    public IOperation List { get; }

    /// <summary>The variable or own property that holds the list.</summary>
    public ISymbol Variable { get; }

    /// <summary>The innermost loop that repeats the call.</summary>
    public Loop Loop { get; }

    /// <summary>The condition on which an element goes, where the loop does nothing else than ask it of every element; null for any other loop.</summary>
    public IOperation? Condition { get; private set; }

    /// <summary>How the condition names the element.</summary>
    public KeyElement Element { get; private set; }

    /// <summary>Whether each iteration searches the list for what it removes; no single pass does that, and an index does.</summary>
    public bool IsSearched { get; private set; }

    /// <summary>The call as such a one, or null.</summary>
    public static RemovalLoop? Of(IInvocationOperation call, AnalyzerOptions options)
    {
        if (call.TargetMethod is not { Name: "Remove" or "RemoveAt", IsStatic: false } method || call.Arguments is not [{ Value: var argument }] || call.Instance is not { } instance)
            return null;

        if (method.ContainingType is not { Name: "List" or "IList" or "ICollection" or "Collection", Arity: 1, TypeArguments: [var type] } || !method.ContainingType.IsFromSystem() || !IsList(instance) || Places.Holder(instance) is not { } variable)
            return null;

        // The ends are other matters, and so are tasks: whoever waits for one at a time takes them out as they come.
        if (type.Name is "Task" or "ValueTask" || !Loops.MayRepeat(call) || method.Name == "RemoveAt" && IsEnd(argument))
            return null;

        if (Loops.Enclosing(call, options) is not { } loop || IsMadeIn(variable, loop) || !call.Binds() || call.TargetMethod.Name == "Remove" && IsPicked(argument, variable, loop) || loop.Operation is IWhileLoopOperation @while && !IsWalk(call, argument, variable, @while))
            return null;

        if (loop.Operation is IForEachLoopOperation { Collection: var walked } && Sizes.Most(walked) <= Options.SmallLoop.Read(options, call.Syntax.SyntaxTree, RemoveInLoopAnalyzer.Id))
            return null;

        // What also puts elements in edits a sequence; no single pass does that.
        if (Places.Uses(variable, loop.Lambda ?? loop.Operation).Any(static use => use.Kind == UseKind.MemberWritten || use.Kind == UseKind.Called && use.Context is IInvocationOperation { TargetMethod.Name: "Insert" or "InsertRange" or "Add" or "AddRange" }))
            return null;

        var found = new RemovalLoop(call, instance.Unconverted(), variable, loop)
        {
            IsSearched = method.Name == "Remove" && Value(argument) is IInvocationOperation { TargetMethod.Name: "Find" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" } search
                && search.Arguments.Length > 0 && SymbolEqualityComparer.Default.Equals(Places.Holder(search.Receiver()), variable),
        };
        found.Read();
        return found;
    }

    private static bool IsList(IOperation instance) =>
        instance.Unconverted().Type is INamedTypeSymbol { Name: "List" or "IList" or "Collection" }
        || instance.Variable() is { } variable && Origins.Only(variable, instance) is { } origin && origin.Unconverted().Type?.Name == "List";

    /// <summary>The first place is HOT0805's, the last costs nothing.</summary>
    private static bool IsEnd(IOperation index) =>
        index.ConstantValue.HasValue || index.Unconverted() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, RightOperand.ConstantValue: { HasValue: true, Value: 1 }, LeftOperand: IPropertyReferenceOperation { Property.Name: "Count" } or IInvocationOperation { TargetMethod.Name: "Count" } };

    private static bool IsMadeIn(ISymbol variable, Loop loop) =>
        variable is not (IFieldSymbol or IPropertySymbol) && variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == loop.Syntax.SyntaxTree && loop.Span.Contains(reference.Span))
        || Places.Uses(variable, loop.Body).Any(static use => use.Kind == UseKind.Assigned);

    /// <summary>
    /// Whether what goes is picked from what is left, so that no single pass does it: the smallest or largest element, which asks for a priority queue, and in a loop that only counts
    /// whatever was picked.
    /// </summary>
    private static bool IsPicked(IOperation argument, ISymbol variable, Loop loop)
    {
        var value = Value(argument);
        var from = value switch
        {
            IInvocationOperation call => call.Receiver(),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: var list, Arguments: [{ Value: var at }] } when loop.Operation is IForLoopOperation { Locals: var steps } && !(at.Variable() is ILocalSymbol index && steps.Contains(index, SymbolEqualityComparer.Default)) => list,
            _ => null,
        };

        return from is not null && SymbolEqualityComparer.Default.Equals(Places.Holder(from), variable)
            && (loop.Operation is IForLoopOperation || value is IInvocationOperation { TargetMethod: { Name: "Min" or "Max" or "MinBy" or "MaxBy", ContainingType.Name: "Enumerable" } });
    }

    private static IOperation Value(IOperation argument) =>
        argument.Unconverted() is ILocalReferenceOperation { Local: var local } reference && Origins.Only(local, reference) is { } origin ? origin.Unconverted() : argument.Unconverted();

    /// <summary>
    /// Whether a loop that ends on a condition walks through the list, or through something else: one that runs until the list is used up takes out what it picks,
    /// and what is at a place that was looked for, so no single pass does that.
    /// </summary>
    private static bool IsWalk(IInvocationOperation call, IOperation argument, ISymbol variable, IWhileLoopOperation loop)
    {
        if (call.TargetMethod.Name == "RemoveAt")
            return argument.Unconverted() is ILocalReferenceOperation { Local: var index } && References.To(index, loop.Body).Any(static reference => reference.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation);

        return loop.Condition is not { } condition || !Places.Uses(variable, condition).Any();
    }

    /// <summary>Reads the loops that are exactly a RemoveAll.</summary>
    private void Read()
    {
        if (Call.Parent is not IExpressionStatementOperation statement)
            return;

        switch (Loop.Operation)
        {
            case IForEachLoopOperation { IsAsynchronous: false, Locals: [var element], Collection: var collection } each when Call.TargetMethod.Name == "Remove" && Aliasing.Refers(Call.Arguments[0].Value.Unconverted(), element):
                if (collection.Unconverted() is IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray", ContainingType.Name: "Enumerable" or "List" } } copy && SymbolEqualityComparer.Default.Equals(copy.Receiver()?.Variable(), Variable)
                    && Guarded(each.Body, statement) is { } asked)
                {
                    (Condition, Element) = (asked, new(element));
                }

                break;

            case IForLoopOperation @for when Call.TargetMethod.Name == "RemoveAt" && Call.Arguments[0].Value.Unconverted() is ILocalReferenceOperation { Local: var index } && IsBackwards(@for, index) && Guarded(@for.Body, statement) is { } condition:
                KeyElement indexed = new(index, Variable);
                if (Aliasing.Uses(index, condition).All(use => use.Reference.Consumer(out _) is { } holder && indexed.Is(holder is IArgumentOperation { Parent: { } parent } ? parent : holder)))
                    (Condition, Element) = (condition, indexed);

                break;
        }
    }

    /// <summary><c>for (var i = list.Count - 1; i >= 0; i--)</c></summary>
    private bool IsBackwards(IForLoopOperation loop, ILocalSymbol index) =>
        loop is
        {
            Before: [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var variable, Initializer.Value: IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: IPropertyReferenceOperation { Property.Name: "Count", Instance: { } list }, RightOperand.ConstantValue: { HasValue: true, Value: 1 } } }] }] }],
            Condition: IBinaryOperation { OperatorKind: var kind, LeftOperand: var left, RightOperand.ConstantValue: { HasValue: true, Value: int bound } },
            AtLoopBottom: [IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Decrement, Target: var target } }],
        }
        && (kind, bound) is (BinaryOperatorKind.GreaterThanOrEqual, 0) or (BinaryOperatorKind.GreaterThan, -1)
        && SymbolEqualityComparer.Default.Equals(variable, index) && SymbolEqualityComparer.Default.Equals(left.Variable(), index) && SymbolEqualityComparer.Default.Equals(target.Variable(), index)
        && SymbolEqualityComparer.Default.Equals(list.Variable(), Variable);

    /// <summary>The condition of the one <c>if</c> of the body whose one statement is the removal.</summary>
    private static IOperation? Guarded(IOperation body, IOperation statement)
    {
        if (Only(body) is not IConditionalOperation { Syntax: IfStatementSyntax, WhenFalse: null, Condition: var condition, WhenTrue: var then })
            return null;

        return ReferenceEquals(Only(then), statement) ? condition : null;
    }

    private static IOperation Only(IOperation body) => body is IBlockOperation { Operations: [var only], Locals.IsEmpty: true } ? only : body;
}
