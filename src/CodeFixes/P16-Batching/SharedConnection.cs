namespace HotPath;

/// <summary>What is known of a connection where a transaction is to be begun on it: that it is open, and that none is pending, because some engines know no nested ones.</summary>
internal static class SharedConnection
{
    private const int MostCallers = 4;

    /// <summary>Whether a transaction can be begun before <paramref name="loop"/>. <paramref name="opensItself"/>: the calls in the loop would open a closed connection.</summary>
    public static bool AllowsTransaction(IOperation connection, IOperation loop, bool opensItself, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Transactions.MayBeOpen(loop) || HasOpenReader(loop))
            return false;

        switch (connection.Variable())
        {
            case ILocalSymbol local:
                return Origins.Only(local, connection) is { } origin && IsNew(origin, compilation, out var isOpen) && (isOpen || IsOpened(local, loop, anyway: !opensItself))
                    && IsKept(local, loop, compilation);

            case IParameterSymbol { RefKind: RefKind.None } parameter:
                return (!opensItself || IsOpened(parameter, loop, anyway: false)) && NoCallerHasTransaction(loop, compilation, cancellationToken);

            case IFieldSymbol field:
                return (!opensItself || IsOpened(field, loop, anyway: false)) && NoCallerHasTransaction(loop, compilation, cancellationToken);

            default:
                return false;
        }
    }

    /// <summary>Whether a transaction can be begun on EF Core's context before <paramref name="loop"/>: a context opens its connection itself.</summary>
    public static bool AllowsTransactionOfContext(IOperation context, IOperation loop, Compilation compilation, CancellationToken cancellationToken)
    {
        if (Transactions.MayBeOpen(loop) || HasOpenReader(loop))
            return false;

        return context.Variable() switch
        {
            ILocalSymbol local => Origins.Only(local, context) is { } origin && IsNewContext(origin) && IsKept(local, loop, compilation),
            IParameterSymbol { RefKind: RefKind.None } or IFieldSymbol => NoCallerHasTransaction(loop, compilation, cancellationToken),
            _ => false,
        };
    }

    private static bool IsNewContext(IOperation origin)
    {
        while (origin is IConversionOperation or IAwaitOperation)
            origin = origin is IConversionOperation conversion ? conversion.Operand : ((IAwaitOperation)origin).Operation;

        return origin.WithoutConfigureAwait() is IObjectCreationOperation or IInvocationOperation { TargetMethod: { Name: "CreateDbContext" or "CreateDbContextAsync", ContainingType.Name: "IDbContextFactory" } };
    }

    /// <summary>Whether the value is a connection that nobody else has, straight from its constructor or from a factory.</summary>
    private static bool IsNew(IOperation origin, Compilation compilation, out bool isOpen)
    {
        isOpen = false;
        while (origin is IConversionOperation or IAwaitOperation)
            origin = origin is IConversionOperation conversion ? conversion.Operand : ((IAwaitOperation)origin).Operation;

        switch (origin.WithoutConfigureAwait())
        {
            case IObjectCreationOperation:
                return true;

            case IInvocationOperation { TargetMethod: { Locations: [{ IsInSource: true }, ..], IsVirtual: false, IsAbstract: false, IsOverride: false } method }:
                var isNew = false;
                foreach (var body in Bodies.Of(compilation).Of(method))
                {
                    foreach (var part in body.DescendantsAndSelf())
                    {
                        isNew |= part is IObjectCreationOperation && Databases.IsConnection(part.Type);
                        isOpen |= part is IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync" };
                        if (part is IFieldReferenceOperation or IPropertyReferenceOperation && Databases.IsConnection(part.Type) || Databases.IsTransaction(part.Type))
                            return false;
                    }
                }

                return isNew;

            case IInvocationOperation { TargetMethod: { Name: "CreateConnection" or "OpenConnection" or "OpenConnectionAsync" } method } when method.ContainingType.Name is "DbDataSource" or "DbProviderFactory"
                || method.ContainingType.BaseType?.Name is "DbDataSource" or "DbProviderFactory":
                isOpen = method.Name is not "CreateConnection";
                return true;

            default:
                return false;
        }
    }

    /// <summary>Whether nothing that got the connection can have begun a transaction on it and left it open.</summary>
    private static bool IsKept(ISymbol connection, IOperation loop, Compilation compilation)
    {
        foreach (var use in Aliasing.Uses(connection, loop.Root()))
        {
            switch (use)
            {
                case { Kind: UseKind.Shared }:
                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parent: IObjectCreationOperation { Type: var type } } } when !Databases.IsCommand(type):
                    return false;

                case { Kind: UseKind.Passed, Context: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } } when MayBegin(method, compilation):
                    return false;

                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: true } extension } } when !Databases.IsDapper(extension) && MayBegin(extension, compilation):
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the method begins a transaction, or cannot be seen.</summary>
    private static bool MayBegin(IMethodSymbol method, Compilation compilation)
    {
        var bodies = Bodies.Of(compilation).Of(method.ReducedFrom ?? method);
        foreach (var body in bodies)
        {
            foreach (var part in body.DescendantsAndSelf())
            {
                if (Transactions.IsBegin(part) || part is ILiteralOperation { ConstantValue: { HasValue: true, Value: string text } } && SqlText.Classify(text) == SqlKind.BeginTransaction)
                    return true;
            }
        }

        return bodies.IsEmpty;
    }

    /// <summary>Whether a local connection that the member makes itself is opened in it before the loop; one from elsewhere is taken to be open.</summary>
    public static bool MayBeOpen(IOperation connection, IOperation loop) =>
        connection.Variable() is not ILocalSymbol local || Origins.Only(local, connection)?.Unconverted() is not IObjectCreationOperation || IsOpened(local, loop, anyway: true);

    /// <summary>Whether the connection is opened before the loop, and unless <paramref name="anyway"/> on every way to it.</summary>
    private static bool IsOpened(ISymbol connection, IOperation loop, bool anyway)
    {
        foreach (var use in Aliasing.Uses(connection, loop.Root()))
        {
            if (use is not { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync" } call } || call.Syntax.SpanStart > loop.Syntax.SpanStart)
                continue;

            if (anyway || call.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { Parent: { } scope } && (scope is GlobalStatementSyntax or BlockSyntax or SwitchSectionSyntax)
                && (scope is GlobalStatementSyntax || scope.Span.Contains(loop.Syntax.Span)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a reader that is still open stands around the loop.</summary>
    private static bool HasOpenReader(IOperation loop)
    {
        foreach (var part in loop.Root().DescendantsAndSelf())
        {
            if (part is IVariableDeclaratorOperation { Symbol.Type: var type } && Databases.IsReader(type) && part.Syntax.SpanStart < loop.Syntax.Span.End
                && part.Syntax.Ancestors().First(node => node is BlockSyntax or UsingStatementSyntax or CompilationUnitSyntax or SwitchSectionSyntax).Span.Contains(loop.Syntax.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every call of the member around the loop can be seen, and none is made where a transaction may be open.</summary>
    private static bool NoCallerHasTransaction(IOperation loop, Compilation compilation, CancellationToken cancellationToken) =>
        loop.Root().SemanticModel?.GetEnclosingSymbol(loop.Syntax.SpanStart, cancellationToken) is { } member
        && NoCallerHasTransaction(member, compilation, new(SymbolEqualityComparer.Default), depth: 0, cancellationToken);

    private static bool NoCallerHasTransaction(ISymbol member, Compilation compilation, HashSet<ISymbol> seen, int depth, CancellationToken cancellationToken)
    {
        while (member is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            member = member.ContainingSymbol;

        if (!seen.Add(member))
            return true;

        // An accessor, operator or constructor is called without being named; an override or implementation by another name.
        if (member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsVirtual: false, IsOverride: false, IsAbstract: false } method || depth >= MostCallers || IsVisibleOutside(method, compilation) || Implements(method))
            return false;

        foreach (var tree in compilation.SyntaxTrees)
        {
            SemanticModel? model = null;
            foreach (var name in tree.GetRoot(cancellationToken).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText != method.Name)
                    continue;

                model ??= compilation.GetSemanticModel(tree);
                if (!SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol?.OriginalDefinition, method.OriginalDefinition))
                    continue;

                // nameof runs nothing.
                if (Operation(model, name) is not { } call)
                    continue;

                if (Transactions.MayBeOpen(call) || model.GetEnclosingSymbol(name.SpanStart, cancellationToken) is not { } caller)
                    return false;

                if (caller is not IMethodSymbol { Name: "<Main>$" or "Main" } && caller.ContainingSymbol is not IMethodSymbol { Name: "<Main>$" } && !IsEntry(caller) && !NoCallerHasTransaction(caller, compilation, seen, depth + 1, cancellationToken))
                    return false;
            }
        }

        return true;

        static IOperation? Operation(SemanticModel model, SyntaxNode name)
        {
            foreach (var node in name.AncestorsAndSelf())
            {
                if (model.GetOperation(node) is { } operation)
                    return operation is INameOfOperation || operation.Parent is INameOfOperation ? null : operation;
            }

            return null;
        }
    }

    private static bool IsEntry(ISymbol caller) => caller is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor };

    private static bool IsVisibleOutside(ISymbol member, Compilation compilation)
    {
        if (compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication)
            return false;

        for (var current = member; current is not (null or INamespaceSymbol); current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }

    private static bool Implements(IMethodSymbol method)
    {
        if (!method.ExplicitInterfaceImplementations.IsEmpty)
            return true;

        foreach (var type in method.ContainingType.AllInterfaces)
        {
            foreach (var member in type.GetMembers(method.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                    return true;
            }
        }

        return false;
    }
}
