using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>
/// A string that a loop makes longer and longer, copying it every time. The one recognition behind the rules about concatenation in loops and their fixes.
/// </summary>
internal sealed class StringAccumulation
{
    // The driver hands out the same operations for all assignments of a body, so the first one answers for the others.
    private static readonly ConditionalWeakTable<IOperation, ConcurrentDictionary<(ISymbol Variable, int Small), StringAccumulation?>> Known = new();

    private readonly ImmutableArray<Growth>.Builder growths = ImmutableArray.CreateBuilder<Growth>();
    private readonly ImmutableArray<TextRead>.Builder reads = ImmutableArray.CreateBuilder<TextRead>();
    private readonly Dictionary<ISymbol, int> visited = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<IOperation>.Builder exits = ImmutableArray.CreateBuilder<IOperation>();

    private StringAccumulation(IOperation place, Loop loop)
    {
        Place = place;
        Loop = loop;
    }

    /// <summary>What holds the text, as the first growth names it.</summary>
    public IOperation Place { get; }

    /// <summary>The local or parameter that holds the text; null for fields, properties and elements.</summary>
    public ISymbol? Variable => VariableOf(Place);

    /// <summary>The outermost loop over which the text grows without being read as a whole, reset or declared.</summary>
    public Loop Loop { get; }

    /// <summary>Every assignment of the loop that makes the text longer, in the order of the source.</summary>
    public IReadOnlyList<Growth> Growths => growths;

    /// <summary>Questions the loop asks of the text that a builder could answer.</summary>
    public IReadOnlyList<TextRead> Reads => reads;

    /// <summary>References to the whole text on the way out of the loop.</summary>
    public IReadOnlyList<IOperation> Exits => exits;

    /// <summary>Whether the loop leaves by giving the variable a text of another kind.</summary>
    public bool IsReplacedOnExit { get; private set; }

    /// <summary>Whether the variable belongs to a function around the one with the loop, or a local function uses it too.</summary>
    public bool IsShared { get; private set; }

    /// <summary>The growth that stands for all: the first one that repeats.</summary>
    public Growth First { get; private set; } = null!;

    /// <summary>How loud the finding is: a hint where the loop only pads or indents, or where the pieces are those few that calls write out.</summary>
    public DiagnosticSeverity Severity(AnalyzerOptions options) =>
        IsPadding() || Loops.AreWrittenOut(First.Assignment, options, Loop) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;

    /// <summary>Whether every iteration adds the same piece: indentation, hidden passwords, columns; in practice a few characters.</summary>
    private bool IsPadding()
    {
        foreach (var growth in growths)
        {
            foreach (var piece in growth.Pieces)
            {
                if (!piece.ConstantValue.HasValue && !Places.AreSame(piece.Unconverted(), Place) && !(piece.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation && Invariance.Holds(piece, Loop)))
                    return false;
            }
        }

        return true;
    }

    /// <summary>The accumulation that an assignment is part of, or null.</summary>
    public static StringAccumulation? Of(IAssignmentOperation assignment, AnalyzerOptions options)
    {
        if (Growth.Of(assignment) is null || !Loops.MayRepeat(assignment))
            return null;

        var variable = VariableOf(assignment.Target);
        if (variable is null)
            return Find(assignment, options);

        // Declared inside the innermost loop: the common harmless case, answered without a graph.
        if (Innermost(assignment) is not { } innermost || IsDeclaredInBody(variable, innermost))
            return null;

        var known = Known.GetOrCreateValue(innermost);
        var key = (variable, Options.SmallLoop.Read(options, assignment.Syntax.SyntaxTree));
        if (known.TryGetValue(key, out var answer))
            return answer;

        var found = Find(assignment, options);
        if (found is not null || Loops.Enclosing(assignment, options) is not null)
            known.TryAdd(key, found);

        return found;
    }

    /// <summary>Whether a variable is declared anew in every iteration.</summary>
    public static bool IsDeclaredIn(ISymbol variable, Loop loop) => IsDeclaredInBody(variable, loop.Lambda ?? loop.Operation);

    private static bool IsDeclaredInBody(ISymbol variable, IOperation loop)
    {
        foreach (var reference in variable.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree != loop.Syntax.SyntaxTree || !loop.Syntax.Span.Contains(reference.Span))
                continue;

            if (loop is not IForLoopOperation @for)
                return true;

            foreach (var before in @for.Before)
            {
                if (before.Syntax.Span.Contains(reference.Span))
                    return false;
            }

            return true;
        }

        return false;
    }

    private static IOperation? Innermost(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation or IAnonymousFunctionOperation)
                return current;
        }

        return null;
    }

    /// <summary>A local, or a parameter that is no field in disguise.</summary>
    private static ISymbol? VariableOf(IOperation place) => place switch
    {
        ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } => local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } when !IsOfPrimaryConstructor(parameter) => parameter,
        _ => null,
    };

    private static bool IsOfPrimaryConstructor(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences: [var constructor] } && constructor.GetSyntax() is TypeDeclarationSyntax;

    private static StringAccumulation? Find(IAssignmentOperation assignment, AnalyzerOptions options)
    {
        StringAccumulation? widest = null;
        var small = Options.SmallLoop.Read(options, assignment.Syntax.SyntaxTree);

        foreach (var loop in Loops.Around(assignment, options))
        {
            if (StopsAtLength(loop, assignment.Target, small))
                continue;

            var accumulation = new StringAccumulation(assignment.Target, loop);
            if (!accumulation.Grows())
                break;

            widest = accumulation;
        }

        if (widest is null || !widest.IsUndisturbed() || !assignment.Binds())
            return null;

        widest.First = widest.growths[0];
        foreach (var growth in widest.growths)
        {
            if (growth.Kind != GrowthKind.Start && !Loops.IsCold(growth.Assignment) && (widest.Loop.Operation is not ILoopOperation statement || Flow.Repeats(growth.Assignment, statement) || growth.Assignment == assignment))
            {
                widest.First = growth;
                break;
            }
        }

        return widest;
    }

    /// <summary>Whether the loop ends at a small length of the text: every iteration adds to it. Up to a line or so all the copies together are nothing.</summary>
    private static bool StopsAtLength(Loop loop, IOperation place, int small)
    {
        const int usual = 8, line = 100;
        if (small >= usual)
            small = Math.Max(small, line);

        var condition = loop.Operation switch
        {
            IWhileLoopOperation @while => @while.Condition,
            IForLoopOperation @for => @for.Condition,
            _ => null,
        };

        return condition is not null && Stops(condition);

        bool Stops(IOperation part) => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both ? Stops(both.LeftOperand) || Stops(both.RightOperand)
            : Comparison.Of(part) is { Value: IPropertyReferenceOperation { Property.Name: "Length", Instance: { } instance } } length
                && Places.AreSame(instance, place)
                && (length.Kind is BinaryOperatorKind.LessThan or BinaryOperatorKind.NotEquals && length.Constant <= small || length.Kind == BinaryOperatorKind.LessThanOrEqual && length.Constant < small);
    }

    /// <summary>Whether the text survives the iterations of the loop and is only asked what a builder could answer; collects every use.</summary>
    private bool Grows()
    {
        if (Variable is { } variable ? IsDeclaredIn(variable, Loop) : Place is not (IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation) || !Places.IsSteady(Place, Loop))
            return false;

        HashSet<IOperation>? own = null;
        foreach (var part in Parts(Loop))
        {
            if (part is IAssignmentOperation assignment && Places.AreSame(assignment.Target, Place))
            {
                if (!IsOfLoop(assignment) || !Add(assignment))
                    return false;

                own ??= [];
                own.Add(assignment.Target);
                if (growths.Count > 0 && ReferenceEquals(growths[growths.Count - 1].Assignment, assignment))
                    own.UnionWith(growths[growths.Count - 1].Own);
            }
            else if (Places.AreSame(part, Place) && part is not IConversionOperation && own?.Contains(part) != true)
            {
                if (!IsOfLoop(part) || !Read(part))
                    return false;
            }
            else if (Variable is null && part is IInvocationOperation { TargetMethod: var callee } && IsTouchedBy(callee, depth: 0))
            {
                return false;
            }
        }

        return growths.Count > 0;
    }

    /// <summary>What runs in the iterations: not the collection of a <c>foreach</c>, not the initialiser of a <c>for</c>.</summary>
    private static IEnumerable<IOperation> Parts(Loop loop)
    {
        if (loop.Lambda is { } lambda)
            return lambda.Descendants();

        return loop.Operation switch
        {
            IForEachLoopOperation each => each.Body.DescendantsAndSelf(),
            IForLoopOperation @for => ForParts(@for),
            _ => loop.Operation.Descendants(),
        };
    }

    private static IEnumerable<IOperation> ForParts(IForLoopOperation loop)
    {
        foreach (var child in loop.ChildOperations)
        {
            if (loop.Before.Contains(child))
                continue;

            foreach (var part in child.DescendantsAndSelf())
                yield return part;
        }
    }

    private bool Add(IAssignmentOperation assignment)
    {
        var growth = Growth.Of(assignment);

        // A value that is used, as in Use(s += x), reads the whole text.
        if (growth is not null && assignment.Parent is not IExpressionStatementOperation)
            return Leaves(assignment) && (IsReplacedOnExit = true);

        if (growth is null or { Kind: GrowthKind.Conditional })
        {
            if (!(growth is null ? FirstTest.Guards(assignment, Place, Loop) : IsConditionalOnFirst(growth)))
            {
                if (growth is null && !InHandler(assignment) && Leaves(assignment))
                {
                    IsReplacedOnExit = true;
                    return true;
                }

                return false;
            }

            growth ??= Growth.Starting(assignment);
        }

        growths.Add(growth);
        return true;
    }

    /// <summary>Whether the branch without the old text is taken only where there is none yet.</summary>
    private bool IsConditionalOnFirst(Growth growth)
    {
        var conditional = (IConditionalOperation)Growth.Implicit(((ISimpleAssignmentOperation)growth.Assignment).Value);
        var isOwnInTrue = conditional.WhenTrue.Syntax.Span.Contains(growth.Own[0].Syntax.Span);
        return FirstTest.Of(conditional.Condition, Place, Loop) is { } test && test.HoldsForFirst != isOwnInTrue;
    }

    private bool Read(IOperation reference)
    {
        if (InHandler(reference))
            return false;

        if (TextRead.Of(reference) is { } read)
        {
            reads.Add(read);
            return true;
        }

        if (reference.Consumer(out _) is IArgumentOperation { Parameter.RefKind: not RefKind.None })
            return false;

        if (Leaves(reference))
        {
            exits.Add(reference);
            return true;
        }

        return false;
    }

    /// <summary>Whether the operation is evaluated only on the way out of the loop.</summary>
    private bool Leaves(IOperation operation) =>
        Loop.Operation is ILoopOperation statement && ReferenceEquals(operation.Function(), Loop.Operation.Function()) && !Flow.Repeats(operation, statement);

    /// <summary>Whether the operation is inside a <c>catch</c> or <c>finally</c> of the loop.</summary>
    private bool InHandler(IOperation operation)
    {
        for (var child = operation; child.Parent is { } parent && !ReferenceEquals(child, Loop.Body); child = parent)
        {
            if (parent is ICatchClauseOperation || parent is ITryOperation @try && ReferenceEquals(@try.Finally, child))
                return true;
        }

        return false;
    }

    /// <summary>Whether the loop itself runs the operation: no function stands between that may run at another time.</summary>
    private bool IsOfLoop(IOperation operation)
    {
        var end = (IOperation?)Loop.Lambda ?? Loop.Operation;
        for (var current = operation; current is not null && !ReferenceEquals(current, end); current = current.Parent)
        {
            if (current is ILocalFunctionOperation || current is IAnonymousFunctionOperation lambda && Loops.PerElement(lambda) is null)
                return false;
        }

        return true;
    }

    /// <summary>Whether a source method, or what it calls, uses the field or property.</summary>
    private bool IsTouchedBy(IMethodSymbol method, int depth)
    {
        if (depth > 3 || method.Locations is not [{ IsInSource: true }, ..] || Place.SemanticModel is not { Compilation: var compilation })
            return false;

        // Methods that call each other in many places are looked at once, not once for every way through them.
        if (visited.TryGetValue(method.OriginalDefinition, out var before) && before <= depth)
            return false;

        visited[method.OriginalDefinition] = depth;

        foreach (var body in Bodies.Of(compilation).Of(method))
        {
            foreach (var part in body.Descendants())
            {
                switch (part)
                {
                    case IMemberReferenceOperation { Member: var member } when SymbolEqualityComparer.Default.Equals(member, (Place as IMemberReferenceOperation)?.Member):
                        return true;

                    case IInvocationOperation { TargetMethod: var callee } when !SymbolEqualityComparer.Default.Equals(callee.OriginalDefinition, method.OriginalDefinition) && IsTouchedBy(callee, depth + 1):
                        return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether nothing outside the loop can look at the variable while the loop runs: no closure, no alias, no handler.</summary>
    private bool IsUndisturbed()
    {
        if (Variable is not { } variable)
            return true;

        var loopFunction = Loop.Operation.Function();
        var repeats = false;
        for (var current = Loop.Operation.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case ITryOperation @try when @try.Body.Syntax.Span.Contains(Loop.Syntax.Span):
                    foreach (var handler in @try.Catches)
                    {
                        if (Uses(variable, handler))
                            return false;
                    }

                    if (@try.Finally is { } @finally && Uses(variable, @finally))
                        return false;

                    break;

                case ILoopOperation outer when !IsDeclaredInBody(variable, outer):
                    repeats = true;
                    break;
            }
        }

        foreach (var reference in References.To(variable, loopFunction.Root()))
        {
            // A ref local is another name for it.
            if (reference.Consumer(out _) is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } })
                return false;

            for (var current = reference.Parent; current is not null; current = current.Parent)
            {
                switch (current)
                {
                    case ILocalFunctionOperation function when !function.Syntax.Span.Contains(Loop.Syntax.Span) && !IsDeclaredInBody(variable, function):
                        if (MayCall(Loop))
                            return false;

                        IsShared = true;
                        break;

                    // A closure made after the loop sees the finished text.
                    case IAnonymousFunctionOperation lambda when !Loop.Syntax.Span.Contains(lambda.Syntax.Span) && !lambda.Syntax.Span.Contains(Loop.Syntax.Span)
                        && !IsDeclaredInBody(variable, lambda) && (repeats || lambda.Syntax.SpanStart < Loop.Syntax.SpanStart):
                        return false;
                }
            }
        }

        // A function around the one with the loop owns the variable.
        IsShared |= !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, Owner(loopFunction)) && (loopFunction is IAnonymousFunctionOperation or ILocalFunctionOperation);
        return true;
    }

    private static ISymbol? Owner(IOperation function) => function switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        ILocalFunctionOperation local => local.Symbol,
        _ => null,
    };

    private static bool MayCall(Loop loop)
    {
        foreach (var part in loop.Operation.Descendants())
        {
            if (part is IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke })
                return true;
        }

        return false;
    }

    private static bool Uses(ISymbol variable, IOperation within) => References.To(variable, within).Any();
}
