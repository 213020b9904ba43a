namespace HotPath;

/// <summary>Moves the save behind the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SaveChangesInLoopFix() : RuleFix(SaveChangesInLoopAnalyzer.Id)
{
    private const string Title = "Save once after the loop: all rows or none";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || RowSave.Of(call, site.Options, isUnitOfWork: false) is not { } save)
            yield break;

        if (save.Loop.Operation is not ILoopOperation operation || operation.Syntax is not StatementSyntax loop || !Surrounding.CanSurround(loop) || LoopExits.LeaveOrCatch(operation) || LoopExits.IsCaughtAround(operation))
            yield break;

        if (Statement(call) is not { Parent: BlockSyntax body } statement || body != operation.Body.Syntax || !IsLast(statement, body, operation)
            || LoopExits.SkipBetween(operation, body.SpanStart, statement.SpanStart)
            || !ArgumentsAreTheSame(call, save.Loop) || Databases.OverridesSave(save.Context.Type) || !RestAllows(operation, save))
        {
            yield break;
        }

        // Changes that were pending before the loop must not be saved by a loop that does not run.
        var guard = IsClean(save) ? "" : Guard(operation, save.Loop);
        if (guard is null)
            yield break;

        yield return new Fix(Title, editor => Apply(editor, loop, statement, guard), changes: "all rows or none");
    }

    private static void Apply(DocumentEditor editor, StatementSyntax loop, StatementSyntax statement, string guard)
    {
        var text = statement.WithoutLeadingTrivia().ToFullString().TrimEnd();
        var comments = Surrounding.Close(statement).GetLeadingTrivia();
        var hasComments = comments.Any(part => !part.IsKind(SyntaxKind.WhitespaceTrivia) && !part.IsKind(SyntaxKind.EndOfLineTrivia));
        var moved = Statements.Parse(guard.Length > 0 ? $"if ({guard})\n{text}" : text);

        if (hasComments)
            moved = moved.WithLeadingTrivia(comments);

        Surrounding.Surround(editor, loop, [], [Surrounding.Apart(moved)], current =>
        {
            var original = (BlockSyntax)statement.Parent!;
            var kept = original.Statements.Remove(original.Statements[original.Statements.IndexOf(statement)]);
            return loop.ReplaceNode(original, original.WithStatements(kept));
        });
    }

    /// <summary>The statement that does nothing but save.</summary>
    internal static StatementSyntax? Statement(IInvocationOperation call)
    {
        IOperation current = call;
        while (current.Parent is IAwaitOperation or IInvocationOperation { TargetMethod.Name: "ConfigureAwait" })
            current = current.Parent;

        // A task that nobody awaits is another mistake.
        var isAwaited = current is IAwaitOperation;
        return current.Parent is IExpressionStatementOperation { Syntax: ExpressionStatementSyntax statement } && isAwaited == (call.TargetMethod.Name == "SaveChangesAsync") ? statement : null;
    }

    /// <summary>Whether what follows in the iteration only counts or writes to the console.</summary>
    private static bool IsLast(StatementSyntax statement, BlockSyntax body, ILoopOperation loop)
    {
        foreach (var part in LoopExits.Own(loop))
        {
            if (!body.Span.Contains(part.Syntax.Span) || part.Syntax.SpanStart < statement.Span.End || part.IsImplicit)
                continue;

            if (part is IAssignmentOperation { Target: not (ILocalReferenceOperation or IFieldReferenceOperation or IDiscardOperation) } or IBranchOperation { BranchKind: BranchKind.GoTo })
                return false;
        }

        return true;
    }

    private static bool ArgumentsAreTheSame(IInvocationOperation call, Loop loop)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue.HasValue || argument.Value.Unconverted() is IDefaultValueOperation)
                continue;

            if (argument.Value.Variable() is not { } variable || Iteration.Declares(loop, variable) || !Invariance.Holds(argument.Value, loop))
                return false;
        }

        return true;
    }

    /// <summary>Whether the loop does nothing with the context but add, change and remove, and nothing else in it reaches a database.</summary>
    private static bool RestAllows(ILoopOperation operation, RowSave save) => Bystanders.AreHarmless(operation, part => part switch
    {
        IInvocationOperation call when ReferenceEquals(call, save.Call) => true,
        IInvocationOperation call when RowSave.IsChange(call) => IsPlain(call) && IsOfThisIteration(call, save.Loop),

        // db.Add(row) gives an entry, and asks the context.
        _ => false,
    });

    /// <summary>Whether the entity is one of the iteration: one that is added again and again depends on what was saved between.</summary>
    private static bool IsOfThisIteration(IInvocationOperation call, Loop loop)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0 && argument.Value.Variable() is { } entity && !Iteration.Declares(loop, entity))
                return false;
        }

        return true;
    }

    private static bool IsPlain(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (!Bystanders.AreHarmless(argument.Value, static _ => false))
                return false;
        }

        return true;
    }

    /// <summary>Whether nothing can be pending when the loop starts: the context was made in this member and only asked about its database since, or was just saved.</summary>
    private static bool IsClean(RowSave save)
    {
        if (save.Context.Variable() is not ILocalSymbol local || Origins.Only(local, save.Context)?.Unconverted() is not { } origin)
            return false;

        if (origin is not (IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "CreateDbContext" }))
            return false;

        // A constructor may do anything; a factory's context is new by contract.
        for (var current = save.Loop.Operation.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation && !current.Syntax.Span.Contains(origin.Syntax.Span))
                return false;
        }

        if (!ReferenceEquals(origin.Function(), save.Loop.Operation.Function()))
            return false;

        foreach (var use in Aliasing.Uses(local, save.Context.Root()))
        {
            if (use.Reference.Syntax.SpanStart > save.Loop.Syntax.SpanStart)
                continue;

            if (use is not { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.Name: "Database" } })
                return false;
        }

        return origin is not IObjectCreationOperation { Constructor: { } constructor } || !ChangesInConstructor(constructor, save.Context);
    }

    private static bool ChangesInConstructor(IMethodSymbol constructor, IOperation near)
    {
        if (near.Root().SemanticModel is not { Compilation: var compilation })
            return true;

        foreach (var body in Bodies.Of(compilation).Of(constructor))
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (part is IInvocationOperation { TargetMethod: { MethodKind: not MethodKind.Constructor, Name: not ("EnsureCreated" or "EnsureDeleted" or "Migrate") } })
                    return true;
            }
        }

        return false;
    }

    /// <summary>The condition under which the loop has run at least once; null where it cannot be said afterwards.</summary>
    private static string? Guard(ILoopOperation operation, Loop loop)
    {
        if (operation is IForEachLoopOperation { IsAsynchronous: false } && loop.Source is { } source)
            return source.Variable() is { } variable && Count(source, loop, variable) is { } count ? $"{source.Syntax}.{count} > 0" : null;

        // for (var i = 0; i < n; i++)
        if (operation is not IForLoopOperation { Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan, LeftOperand: var left, RightOperand: var right } } @for
            || @for.Before is not [IVariableDeclarationGroupOperation { Declarations: [{ Declarators: [{ Symbol: var index, Initializer: { Value.ConstantValue: { HasValue: true, Value: 0 } } }] }] }]
            || !SymbolEqualityComparer.Default.Equals(left.Variable(), index))
        {
            return null;
        }

        return right.Unconverted() switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation when right.Variable() is { } limit && Aliasing.ChangeIn(limit, operation) == Change.None => $"{right.Syntax} > 0",
            IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } list } when list.Variable() is { } variable && Count(list, loop, variable) is not null && Invariance.IsProven(list, loop) => $"{right.Syntax} > 0",
            _ => null,
        };
    }

    /// <summary>How the number of elements is asked of a collection that holds its elements and that the loop leaves alone.</summary>
    private static string? Count(IOperation source, Loop loop, ISymbol variable)
    {
        if (variable is IFieldSymbol { IsReadOnly: false } || Iteration.Declares(loop, variable) || Aliasing.ChangeIn(variable, loop.Body) != Change.None)
            return null;

        var type = source.Unconverted().Type;
        if (type is IArrayTypeSymbol { Rank: 1 })
            return "Length";

        if (type is not INamedTypeSymbol named || !(named.IsFromSystem()))
            return null;

        return named.Name is "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "HashSet" or "ISet" or "IReadOnlySet" or "Dictionary" or "IDictionary" or "IReadOnlyDictionary"
            or "SortedSet" or "SortedDictionary" or "Queue" or "Stack" or "Collection" or "ReadOnlyCollection" or "LinkedList"
            ? "Count"
            : null;
    }
}
