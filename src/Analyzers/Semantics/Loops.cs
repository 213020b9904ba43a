namespace HotPath;

/// <summary>A piece of code that runs once per element: the body of a loop statement, or a lambda that an operator calls per element.</summary>
internal sealed class Loop
{
    internal Loop(ILoopOperation loop)
    {
        Operation = loop;
        Body = loop.Body;
        Source = (loop as IForEachLoopOperation)?.Collection.Unconverted();
    }

    internal Loop(IInvocationOperation call, IAnonymousFunctionOperation lambda)
    {
        Operation = call;
        Lambda = lambda;
        Body = lambda.Body;
        Source = call.Receiver() ?? call.ArgumentOf(0)?.Unconverted();
        IsDeferred = Loops.IsDeferred(call.TargetMethod);
    }

    internal Loop(IInvocationOperation call)
    {
        Operation = call;
        Body = call;
        Source = call.Receiver() ?? call.ArgumentOf(0)?.Unconverted();
        IsDeferred = Loops.IsDeferred(call.TargetMethod);
    }

    private Loop(IOperation body)
    {
        Operation = body;
        Body = body;
    }

    /// <summary>The body of a method as one iteration: what happens in it happens once per call, and the calls stand in a loop elsewhere.</summary>
    public static Loop OfCalls(IOperation body) => new(body);

    /// <summary>The loop statement (<see cref="ILoopOperation"/>), or the call (<see cref="IInvocationOperation"/>) that runs <see cref="Lambda"/> per element.</summary>
    public IOperation Operation { get; }

    /// <summary>The lambda that runs per element; null for a loop statement.</summary>
    public IAnonymousFunctionOperation? Lambda { get; }

    /// <summary>What runs per element.</summary>
    public IOperation Body { get; }

    /// <summary>What is walked through, without conversions; null for <c>for</c>, <c>while</c> and <c>do</c>.</summary>
    public IOperation? Source { get; }

    /// <summary>Whether the elements are asked for later than the call is made: a deferred LINQ operator.</summary>
    public bool IsDeferred { get; }

    /// <summary>The loop statement, or the call.</summary>
    public SyntaxNode Syntax => Operation.Syntax;

    /// <summary>The code that runs again and again, as a span: the whole statement, or the lambda.</summary>
    public Microsoft.CodeAnalysis.Text.TextSpan Span => (Lambda ?? Operation).Syntax.Span;

    /// <summary>The loop in the words of a message: "the loop over 'orders'", "the loop 'i &lt; n'", "the query over 'orders'".</summary>
    public string Description => Operation switch
    {
        IForEachLoopOperation each => $"the loop over '{each.Collection.Unconverted().Text()}'",
        IForLoopOperation { Condition: { } condition } => $"the loop '{condition.Text()}'",
        IWhileLoopOperation { Condition: { } condition } => $"the loop '{condition.Text()}'",
        ILoopOperation => "the endless loop",
        not IInvocationOperation => "the loop around the calls",
        _ => Source is { } source ? $"'{((IInvocationOperation)Operation).TargetMethod.Name}' over '{source.Text()}'" : $"'{((IInvocationOperation)Operation).TargetMethod.Name}'",
    };

    /// <summary>What the number of iterations is called in a cost: the collection's text, or "n".</summary>
    public string Size => Source is { } source && source.Text() is { Length: <= 24 } text ? text : "n";

    /// <summary>Whether the loop goes on for as long as the answer to a question is "yes", whatever else is asked: it ends at the first "no", as a search for a free name does.</summary>
    public bool GoesOnWhile(IOperation question)
    {
        if (Operation is not IWhileLoopOperation { Condition: { } condition })
            return false;

        for (condition = condition.Unconverted(); condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either; condition = either.LeftOperand.Unconverted())
        {
            if (ReferenceEquals(either.RightOperand.Unconverted(), question))
                return true;
        }

        return ReferenceEquals(condition, question);
    }

    /// <summary>The header of a loop statement from its keyword to the closing parenthesis, where whole-loop rewrites are reported.</summary>
    public Location Header => Loops.Header(Syntax);
}

/// <summary>What runs once and what runs again and again.</summary>
internal static class Loops
{
    /// <summary>
    /// The innermost loop that evaluates the operation once per iteration, or null. Not the collection of a <c>foreach</c>, not the initialiser of a
    /// <c>for</c>; not what leaves the loop on every path after it; no loop with a known small trip count, none that waits for a person or the clock;
    /// nothing inside cold code.
    /// </summary>
    public static Loop? Enclosing(IOperation operation, AnalyzerOptions options)
    {
        foreach (var loop in Around(operation, options))
            return loop;

        return null;
    }

    /// <summary>All loops that evaluate the operation once per iteration, innermost first; see <see cref="Enclosing"/>.</summary>
    public static IEnumerable<Loop> Around(IOperation operation, AnalyzerOptions options)
    {
        if (!MayRepeat(operation) || IsCold(operation) || operation.IsInExpressionTree())
            yield break;

        var small = Options.SmallLoop.Read(options, operation.Syntax.SyntaxTree);
        var position = Position(operation);

        for (var child = operation; child.Parent is { } parent; child = parent)
        {
            switch (parent)
            {
                case IForEachLoopOperation each when ReferenceEquals(child, each.Collection):
                case IForLoopOperation @for when @for.Before.Contains(child):
                    continue;

                case ILoopOperation loop:
                    if (!(Sizes.TripCount(loop) <= small) && !IsPaced(loop) && Flow.Repeats(position, loop))
                        yield return new Loop(loop);

                    continue;

                case IAnonymousFunctionOperation lambda:
                    if (PerElement(lambda) is not { } call)
                        yield break;

                    var perElement = new Loop(call, lambda);
                    if (!(perElement.Source is { } source && Sizes.Most(source) <= small))
                        yield return perElement;

                    position = Position(call);
                    continue;

                case ILocalFunctionOperation:
                    yield break;
            }
        }
    }

    /// <summary>Whether every iteration waits for a person or for time to pass, beside which no work of the processor matters: it sleeps, or it is the endless loop of a menu.</summary>
    public static bool IsPaced(ILoopOperation loop)
    {
        var isEndless = loop switch
        {
            IWhileLoopOperation { Condition.ConstantValue: { HasValue: true, Value: true } } => true,
            IForLoopOperation { Condition: null } => true,
            _ => false,
        };

        foreach (var part in loop.Body.Descendants())
        {
            if (part is not IInvocationOperation { TargetMethod: { IsStatic: true } method })
                continue;

            switch (method.Name)
            {
                case "Sleep" when method.ContainingType.Is("System.Threading", "Thread"):
                case "ReadKey" when method.ContainingType.Is("System", "Console"):
                case "ReadLine" when isEndless && method.ContainingType.Is("System", "Console"):
                case "Delay" when isEndless && method.ContainingType.Is("System.Threading.Tasks", "Task"):
                    return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The severity that sizes leave of a warning about work repeated over a collection: an info where the collection, or what all loops around the operation walk through,
    /// is a few elements that calls write out.
    /// </summary>
    public static DiagnosticSeverity Weight(IOperation operation, IOperation? collection, AnalyzerOptions options) =>
        collection is not null && Sizes.IsWrittenOut(collection) || AreWrittenOut(operation, options) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;

    /// <summary>Whether all loops around the operation, up to the outermost that matters, walk through a few elements that calls write out; see <see cref="Sizes.IsWrittenOut"/>.</summary>
    public static bool AreWrittenOut(IOperation operation, AnalyzerOptions options, Loop? outermost = null)
    {
        var any = false;
        foreach (var loop in Around(operation, options))
        {
            if (loop.Source is not { } source || !Sizes.IsWrittenOut(source))
                return false;

            any = true;
            if (ReferenceEquals(loop.Operation, outermost?.Operation))
                break;
        }

        return any;
    }

    /// <summary>Whether any loop statement or lambda stands around the operation in its body: the cheap question before all others.</summary>
    public static bool MayRepeat(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation or IAnonymousFunctionOperation)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the operation runs once or only when something went wrong: <c>catch</c>, operands of <c>throw</c>, branches that do nothing but prepare one,
    /// static constructors and static initialisers.
    /// </summary>
    public static bool IsCold(IOperation operation)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case ICatchClauseOperation or IThrowOperation:
                case IBlockOperation { Parent: IConditionalOperation } branch when EndsInThrow(branch):
                case IConstructorBodyOperation { Syntax: ConstructorDeclarationSyntax constructor } when constructor.Modifiers.Any(SyntaxKind.StaticKeyword):
                case IFieldInitializerOperation { InitializedFields: [{ IsStatic: true }, ..] }:
                case IPropertyInitializerOperation { InitializedProperties: [{ IsStatic: true }, ..] }:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether nothing leaves the branch but the exception at its end.</summary>
    private static bool EndsInThrow(IBlockOperation branch)
    {
        if (branch.Operations is not [.., IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation }])
            return false;

        foreach (var part in branch.Descendants())
        {
            if (part is IReturnOperation { Kind: OperationKind.Return or OperationKind.YieldBreak, IsImplicit: false } && ReferenceEquals(part.Function(), branch.Function())
                || part is IBranchOperation jump && !(jump.GetCorrespondingOperation() is { } target && branch.Syntax.Span.Contains(target.Syntax.Span)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The call that runs the lambda once per element, or null: operators of Enumerable and its kin, List.ForEach and its kin, Parallel loops.</summary>
    public static IInvocationOperation? PerElement(IAnonymousFunctionOperation lambda) => Runner(lambda);

    /// <inheritdoc cref="PerElement(IAnonymousFunctionOperation)"/>
    /// <param name="group">The name of a method in the place of a lambda: <c>names.Where(known.Contains)</c>.</param>
    public static IInvocationOperation? PerElement(IMethodReferenceOperation group) => Runner(group);

    /// <summary>The call that runs the method of a group once per element as a loop, under the conditions of <see cref="Enclosing"/>; null where there is none.</summary>
    public static Loop? Running(IMethodReferenceOperation group, AnalyzerOptions options) =>
        PerElement(group) is { } call && !IsCold(group) && !group.IsInExpressionTree() && new Loop(call) is var loop && !(loop.Source is { } source && Sizes.Most(source) <= Options.SmallLoop.Read(options, group.Syntax.SyntaxTree)) ? loop : null;

    private static IInvocationOperation? Runner(IOperation target)
    {
        if (target.Parent is not IDelegateCreationOperation creation
            || creation.Consumer(out _) is not IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call })
        {
            return null;
        }

        // A list of delegates takes lambdas as elements.
        if (parameter.OriginalDefinition.Type is ITypeParameterSymbol)
            return null;

        var method = call.TargetMethod;
        var type = method.ContainingType;
        var perElement = type.Name switch
        {
            "Enumerable" or "ParallelEnumerable" or "AsyncEnumerable" => type.ContainingNamespace.Is("System.Linq") && (parameter.Name != "resultSelector" || method.Name != "Aggregate"),
            "List" => type.ContainingNamespace.Is("System.Collections.Generic"),
            "Array" => type.ContainingNamespace.Is("System"),
            "ImmutableList" => type.ContainingNamespace.Is("System.Collections.Immutable"),
            "Parallel" => type.ContainingNamespace.Is("System.Threading.Tasks") && method.Name is "For" or "ForEach" or "ForAsync" or "ForEachAsync" && parameter.Name is not ("localInit" or "localFinally"),
            _ => false,
        };

        return perElement ? call : null;
    }

    /// <summary>Whether a call only describes the work and the elements are asked for later.</summary>
    public static bool IsDeferred(IMethodSymbol method) =>
        method.ContainingType.Name is "Enumerable" or "ParallelEnumerable" or "AsyncEnumerable"
        && method.ReturnType.Name is "IEnumerable" or "IOrderedEnumerable" or "ParallelQuery" or "OrderedParallelQuery" or "IAsyncEnumerable" or "IOrderedAsyncEnumerable";

    /// <summary>The header of a loop statement from its keyword to the closing parenthesis; of a <c>do</c> its keyword; of anything else all of it.</summary>
    public static Location Header(SyntaxNode loop) => loop switch
    {
        CommonForEachStatementSyntax each => Between(each.AwaitKeyword.IsKind(SyntaxKind.None) ? each.ForEachKeyword : each.AwaitKeyword, each.CloseParenToken),
        ForStatementSyntax @for => Between(@for.ForKeyword, @for.CloseParenToken),
        WhileStatementSyntax @while => Between(@while.WhileKeyword, @while.CloseParenToken),
        DoStatementSyntax @do => @do.DoKeyword.GetLocation(),
        _ => loop.GetLocation(),
    };

    private static Location Between(SyntaxToken first, SyntaxToken last) =>
        Location.Create(first.SyntaxTree!, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(first.SpanStart, last.Span.End));

    /// <summary>Where the operation stands in the graph: a <c>finally</c> has no edges, it runs as often as its <c>try</c>.</summary>
    private static IOperation Position(IOperation operation)
    {
        var position = operation;
        for (var child = operation; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
        {
            if (parent is ITryOperation @try && ReferenceEquals(@try.Finally, child) && @try.Body.Operations.FirstOrDefault() is { } first)
                position = First(first);
        }

        return position;
    }

    /// <summary>The first leaf of a statement: statements themselves do not appear in graphs, their expressions do.</summary>
    private static IOperation First(IOperation operation)
    {
        while (operation.ChildOperations.FirstOrDefault() is { } child)
            operation = child;

        return operation;
    }
}
