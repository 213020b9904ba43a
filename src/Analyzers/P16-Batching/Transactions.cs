using System.Runtime.CompilerServices;

namespace HotPath;

/// <summary>Whether a transaction may be open somewhere, as far as the member and its type show.</summary>
internal static class Transactions
{
    // Every row of a long method asks what the method may open; its body is looked through once.
    private static readonly ConditionalWeakTable<IOperation, Openings> Known = new();
    private static readonly ConditionalWeakTable<ISymbol, StrongBox<bool>> Holders = new();

    /// <summary>Whether the call opens a transaction: <c>BeginTransaction</c> of a connection or of EF Core's database facade.</summary>
    public static bool IsBegin(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "BeginTransaction" or "BeginTransactionAsync" } method }
        && (IsConnectionOrFacade(method.ContainingType) || IsOpened(method.ReturnType));

    /// <summary>Whether the call ends the transaction it is made on, for good or for bad.</summary>
    public static bool IsEnd(IMethodSymbol method) =>
        method.Name is "Commit" or "CommitAsync" or "Rollback" or "RollbackAsync" or "Dispose" or "DisposeAsync" or "Close";

    /// <summary>
    /// Whether a transaction may be open where <paramref name="at"/> runs: begun around it or before it and not ended yet, a parameter, a member of the type, an ambient one, or one in SQL.
    /// A connection that the caller passes may always have one; that is not asked here.
    /// </summary>
    public static bool MayBeOpen(IOperation at)
    {
        var root = at.Root();
        if (root.SemanticModel?.GetEnclosingSymbol(at.Syntax.SpanStart) is not { } member || IsManagedAround(member))
            return true;

        var openings = Known.GetValue(root, static root => new(root));
        foreach (var part in openings.Lasting)
        {
            if (MakesOpen(part, at))
                return true;
        }

        // What another function opens is open whenever that was called before.
        var caller = openings.Functions.Count == 0 ? null : Caller(at);
        foreach (var function in openings.Functions)
        {
            if (!ReferenceEquals(function, caller))
                return true;
        }

        for (var current = at; current is not null && openings.Functions.Count > 0; current = current.Parent)
        {
            if (!openings.Scoped.TryGetValue(current, out var parts))
                continue;

            foreach (var part in parts)
            {
                if (MakesOpen(part, at))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a parameter, an attribute, the name of the member, or a member of the type says that transactions are handled there.</summary>
    private static bool IsManagedAround(ISymbol member)
    {
        for (var current = member; current is not (null or INamespaceSymbol); current = current.ContainingSymbol)
        {
            if (current.Name.IndexOf("Transaction", StringComparison.Ordinal) >= 0 && current is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction })
                return true;

            foreach (var attribute in current.GetAttributes())
            {
                if (attribute.AttributeClass?.Name.IndexOf("Transaction", StringComparison.Ordinal) >= 0)
                    return true;
            }

            if (current is IMethodSymbol method && HasTransaction(method.Parameters))
                return true;

            if (current is INamedTypeSymbol type)
                return Holders.GetValue(type, static type => new(HoldsTransaction((INamedTypeSymbol)type))).Value;
        }

        return false;
    }

    private static bool HasTransaction(ImmutableArray<IParameterSymbol> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (Databases.IsTransaction(parameter.Type))
                return true;
        }

        return false;
    }

    private static bool HoldsTransaction(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member switch { IFieldSymbol field => field.Type, IPropertySymbol property => property.Type, _ => null } is { } held && Databases.IsTransaction(held))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether <see cref="MakesOpen"/> can say yes to the part for any place at all.</summary>
    private static bool MayOpen(IOperation part) => part switch
    {
        IInvocationOperation call => Databases.IsTransaction(Result(call)) || IsBegin(call) || call.TargetMethod.Name.IndexOf("Transaction", StringComparison.Ordinal) >= 0,
        IObjectCreationOperation creation => Databases.IsTransaction(creation.Type),
        IMemberReferenceOperation { Member: IPropertySymbol or IFieldSymbol } member when Databases.IsTransaction(member.Type) => true,
        ILiteralOperation or IFieldReferenceOperation => part.ConstantValue is { HasValue: true, Value: string { Length: < 64 } text } && SqlText.Classify(text) == SqlKind.BeginTransaction,
        _ => false,
    };

    private static bool MakesOpen(IOperation part, IOperation at)
    {
        switch (part)
        {
            case IInvocationOperation call when Databases.IsTransaction(Result(call)) || IsBegin(call):
                return IsOpen(call, at);

            case IObjectCreationOperation creation when Databases.IsTransaction(creation.Type):
                return IsOpen(creation, at);

            // A unit of work, or a wrapper around what it runs.
            case IInvocationOperation { TargetMethod.Name: var name } call when name.IndexOf("Transaction", StringComparison.Ordinal) >= 0 && !Databases.IsTransaction(call.TargetMethod.ContainingType):
                return true;

            // Somebody else's transaction is read; of a command's own it is written.
            case IMemberReferenceOperation { Member: IPropertySymbol or IFieldSymbol } member when Databases.IsTransaction(member.Type):
                return !(member.Parent is ISimpleAssignmentOperation { Target: var target } && ReferenceEquals(target, member));

            case ILiteralOperation or IFieldReferenceOperation when part.ConstantValue is { HasValue: true, Value: string { Length: < 64 } text } && part.Syntax.SpanStart < at.Syntax.SpanStart:
                return SqlText.Classify(text) == SqlKind.BeginTransaction;

            default:
                return false;
        }
    }

    /// <summary>Whether the transaction that <paramref name="opening"/> gives is not yet ended where <paramref name="at"/> runs.</summary>
    private static bool IsOpen(IOperation opening, IOperation at)
    {
        // What another function opens is open whenever that was called before.
        var function = opening.Function();
        if (!ReferenceEquals(function, Caller(at)))
            return true;

        var isAround = IsInSameLoop(opening, at);
        if (opening.Syntax.SpanStart > at.Syntax.SpanStart && !isAround)
            return false;

        ILocalSymbol? local = null;
        for (var child = opening; child.Parent is { } parent && !ReferenceEquals(child, function); child = parent)
        {
            switch (parent)
            {
                case IVariableDeclaratorOperation declarator:
                    local = declarator.Symbol;
                    break;

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var assigned } } assignment when ReferenceEquals(assignment.Value, child):
                    local = assigned;
                    break;

                case IUsingOperation @using when ReferenceEquals(@using.Resources, child) && !Contains(@using, at):
                case IBlockOperation block when child is IUsingDeclarationOperation && !Contains(block, at):
                    return false;
            }
        }

        // Opened later in a loop that both stand in: it lives on into the next iteration unless its scope ends with this one.
        if (opening.Syntax.SpanStart > at.Syntax.SpanStart)
            return local is null || !EndsWithItsScope(opening);

        return local is null || !IsEnded(local, opening, at, function);
    }

    /// <summary>The function around the operation that runs it in its own course: lambdas that run per element do so in place.</summary>
    private static IOperation Caller(IOperation at)
    {
        var function = at.Function();
        while (function is IAnonymousFunctionOperation lambda && Loops.PerElement(lambda) is { } call)
            function = call.Function();

        return function;
    }

    private static bool EndsWithItsScope(IOperation opening)
    {
        for (var current = opening; current is not null; current = current.Parent)
        {
            if (current is IUsingDeclarationOperation or IUsingOperation)
                return true;

            if (current is IBlockOperation)
                break;
        }

        return false;
    }

    /// <summary>Whether the transaction in the local is ended between the two on every way.</summary>
    private static bool IsEnded(ILocalSymbol local, IOperation opening, IOperation at, IOperation function)
    {
        foreach (var use in Aliasing.Uses(local, function))
        {
            if (use is not { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: var method } call } || !IsEnd(method))
                continue;

            if (call.Syntax.SpanStart < opening.Syntax.Span.End || call.Syntax.Span.End > at.Syntax.SpanStart)
                continue;

            if (Block(call) is { } block && Contains(block, at))
                return true;
        }

        return false;
    }

    /// <summary>The block whose every run runs the operation, unless it is left early.</summary>
    private static IOperation? Block(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IBlockOperation or IMethodBodyBaseOperation)
                return current;

            if (current is IConditionalOperation or ISwitchCaseOperation or ILoopOperation or ITryOperation or IAnonymousFunctionOperation or ILocalFunctionOperation or IConditionalAccessOperation)
                return null;
        }

        return null;
    }

    private static bool IsInSameLoop(IOperation first, IOperation second)
    {
        for (var current = first.Parent; current is not null; current = current.Parent)
        {
            if (current is ILoopOperation && Contains(current, second))
                return true;
        }

        return false;
    }

    /// <summary>What the call gives, awaited.</summary>
    private static ITypeSymbol? Result(IInvocationOperation call) =>
        call.Type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ } awaited] } ? awaited : call.Type;

    private static bool IsOpened(ITypeSymbol type) =>
        Databases.IsTransaction(type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [{ } awaited] } ? awaited : type);

    private static bool IsConnectionOrFacade(ITypeSymbol type) => Databases.IsConnection(type) || type.Name is "DatabaseFacade" or "RelationalDatabaseFacadeExtensions";

    private static bool Contains(IOperation outer, IOperation inner) =>
        outer.Syntax.SyntaxTree == inner.Syntax.SyntaxTree && (outer.Syntax.Span.Contains(inner.Syntax.Span) || outer.Parent is null);

    /// <summary>What a body may open, those of a <c>using</c> by the block or statement at whose end they are over: nothing outside it has to ask.</summary>
    private sealed class Openings
    {
        public Openings(IOperation root)
        {
            foreach (var part in root.DescendantsAndSelf())
            {
                if (!MayOpen(part))
                    continue;

                if (Scope(part) is not { } scope)
                {
                    Lasting.Add(part);
                    continue;
                }

                if (!Scoped.TryGetValue(scope, out var parts))
                    Scoped.Add(scope, parts = []);

                parts.Add(part);
                Functions.Add(part.Function());
            }
        }

        public List<IOperation> Lasting { get; } = [];

        public Dictionary<IOperation, List<IOperation>> Scoped { get; } = [];

        /// <summary>The functions that hold what is in <see cref="Scoped"/>.</summary>
        public HashSet<IOperation> Functions { get; } = [];

        /// <summary>The block or statement whose end disposes of the transaction that the call or creation gives.</summary>
        private static IOperation? Scope(IOperation part)
        {
            if (part is not (IInvocationOperation or IObjectCreationOperation) || part is IInvocationOperation call && !Databases.IsTransaction(Result(call)) && !IsBegin(call))
                return null;

            for (var child = part; child.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); child = parent)
            {
                if (parent is IUsingOperation @using && ReferenceEquals(@using.Resources, child) || parent is IBlockOperation && child is IUsingDeclarationOperation)
                    return parent;
            }

            return null;
        }
    }
}
