namespace HotPath;

/// <summary>Small questions about operations and symbols that many rules ask.</summary>
internal static class Operations
{
    /// <summary>The operation without the conversions around its value that change no element: implicit, reference and identity conversions, and array to span.</summary>
    public static IOperation Unconverted(this IOperation operation)
    {
        while (operation is IConversionOperation { Operand: var operand } conversion
            && (conversion.OperatorMethod is null ? conversion.IsImplicit || conversion.Conversion.IsReference || conversion.Conversion.IsIdentity : IsSpan(conversion.Type)))
        {
            operation = operand;
        }

        return operation;
    }

    /// <summary>The parent that uses the value of the operation, behind the conversions of <see cref="Unconverted"/>; <paramref name="child"/> is the operand it sees.</summary>
    public static IOperation? Consumer(this IOperation operation, out IOperation child)
    {
        child = operation;
        while (child.Parent is IConversionOperation conversion && ReferenceEquals(conversion.Unconverted(), operation.Unconverted()))
            child = conversion;

        return child.Parent;
    }

    /// <summary>The body, initialiser or attribute that holds the operation.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;

        return operation;
    }

    /// <summary>The innermost lambda or local function around the operation, or its root.</summary>
    public static IOperation Function(this IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                break;
        }

        return operation;
    }

    /// <summary>Whether every part of the operation binds: no error type, no invalid operation.</summary>
    public static bool Binds(this IOperation operation)
    {
        foreach (var part in operation.DescendantsAndSelf())
        {
            if (part is IInvalidOperation || part.Type is IErrorTypeSymbol)
                return false;
        }

        return true;
    }

    /// <summary>Whether the operation is part of an expression tree, which is data for a provider and never run as written.</summary>
    public static bool IsInExpressionTree(this IOperation operation)
    {
        for (var current = operation; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation { Parent: { } holder } && holder.Type.Is("System.Linq.Expressions", "Expression"))
                return true;

            // A query over IQueryable: its clauses are lambdas that the model shows as delegates' operands.
            if (current is IConversionOperation && current.Type.Is("System.Linq.Expressions", "Expression"))
                return true;
        }

        return false;
    }

    /// <summary>Whether the symbol is declared inside the operation.</summary>
    public static bool Declares(this IOperation operation, ISymbol symbol)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree == operation.Syntax.SyntaxTree && operation.Syntax.Span.Contains(reference.Span))
                return true;
        }

        // What query syntax passes from clause to clause has no declaration.
        if (symbol is IParameterSymbol { DeclaringSyntaxReferences.IsEmpty: true, ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } lambda })
        {
            foreach (var part in operation.DescendantsAndSelf())
            {
                if (part is IAnonymousFunctionOperation { Symbol: var inside } && SymbolEqualityComparer.Default.Equals(inside, lambda))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The value the call is made on: the instance, or the first argument of an extension method; without conversions.</summary>
    public static IOperation? Receiver(this IInvocationOperation call) =>
        call.Instance is { } instance ? Resolved(instance).Unconverted()
        : call.TargetMethod.IsExtensionMethod && call.ArgumentOf(0) is { } first ? Resolved(first).Unconverted()
        : null;

    /// <summary>The operator that says the same with its operands exchanged: <c>5 &lt; n</c> is <c>n &gt; 5</c>.</summary>
    public static BinaryOperatorKind Turned(this BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
        _ => kind,
    };

    /// <summary>What a call gives once it is over: the call itself, for one that is named a task the <c>await</c> of it; null where nobody waits for that task there.</summary>
    public static IOperation? Awaited(this IInvocationOperation call)
    {
        if (!call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal))
            return call;

        return (call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured ? configured : call).Parent as IAwaitOperation;
    }

    /// <summary>The task behind <c>ConfigureAwait</c>.</summary>
    public static IOperation WithoutConfigureAwait(this IOperation task) =>
        task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } awaited } ? awaited : task;

    /// <summary>Whether a <c>using</c> around the value disposes of it.</summary>
    public static bool IsDisposed(this IOperation value)
    {
        for (var current = value.Parent; current is not (null or IBlockOperation); current = current.Parent)
        {
            if (current is IUsingOperation or IUsingDeclarationOperation)
                return true;
        }

        return false;
    }

    /// <summary>What a call or a creation of an object is given.</summary>
    public static ImmutableArray<IArgumentOperation> Arguments(this IOperation call) => call switch
    {
        IInvocationOperation invocation => invocation.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        _ => [],
    };

    /// <summary>The object that a method or property is called on, or will be by a delegate made of the method; null for static ones and for creations.</summary>
    public static IOperation? Target(this IOperation call) => call switch
    {
        IInvocationOperation invocation => invocation.Instance,
        IPropertyReferenceOperation read => read.Instance,
        IMethodReferenceOperation group => group.Instance,
        _ => null,
    };

    /// <summary>Whether the getter of the property runs: it is not only written or named.</summary>
    public static bool IsRead(this IPropertyReferenceOperation property)
    {
        IOperation current = property;
        while (current.Parent is ITupleOperation)
            current = current.Parent;

        return current.Parent switch
        {
            ISimpleAssignmentOperation { Target: var target } => !ReferenceEquals(target, current),
            IDeconstructionAssignmentOperation { Target: var target } => !ReferenceEquals(target, current),
            INameOfOperation => false,
            _ => true,
        };
    }

    /// <summary>The value given for the parameter of that ordinal.</summary>
    public static IOperation? ArgumentOf(this IInvocationOperation call, int ordinal)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
                return argument.Value;
        }

        return null;
    }

    /// <summary>What stands before the <c>?.</c> for the placeholder after it; any other operation itself.</summary>
    public static IOperation Resolved(IOperation operation)
    {
        if (operation is not IConditionalAccessInstanceOperation)
            return operation;

        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalAccessOperation access && ReferenceEquals(access.WhenNotNull, current))
                return Resolved(access.Operation);
        }

        return operation;
    }

    /// <summary>The local, parameter or field that the operation reads as a whole: a field only of <c>this</c> or static; null for anything else.</summary>
    public static ISymbol? Variable(this IOperation operation) => operation.Unconverted() switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        IFieldReferenceOperation { Field: var field, Instance: null or IInstanceReferenceOperation } => field,
        _ => null,
    };

    /// <summary>Whether the type, or the type it is constructed from, is that type. Compares names, so it needs no look-up and allocates nothing.</summary>
    public static bool Is(this ITypeSymbol? type, string containingNamespace, string name) =>
        type is not null && type.Name == name && type.ContainingType is null && type.ContainingNamespace.Is(containingNamespace);

    /// <summary>Whether the type is the interface, whatever its type arguments, or implements it.</summary>
    public static bool Implements(this ITypeSymbol? type, string containingNamespace, string name)
    {
        if (type is null or { SpecialType: not SpecialType.None })
            return false;

        if (type.Is(containingNamespace, name))
            return true;

        foreach (var implemented in type.AllInterfaces)
        {
            if (implemented.Is(containingNamespace, name))
                return true;
        }

        return false;
    }

    /// <summary>Whether the namespace is exactly the dotted one.</summary>
    public static bool Is(this INamespaceSymbol? symbol, string dotted)
    {
        var end = dotted.Length;
        for (; symbol is { IsGlobalNamespace: false }; symbol = symbol.ContainingNamespace)
        {
            var name = symbol.Name;
            var start = end - name.Length;
            if (start < 0 || string.CompareOrdinal(dotted, start, name, 0, name.Length) != 0 || (start > 0 && dotted[start - 1] != '.'))
                return false;

            end = start - 1;
        }

        return end == -1;
    }

    /// <summary>Whether the type is declared below the namespace <c>System</c> and not in this compilation.</summary>
    public static bool IsFromSystem(this ITypeSymbol type)
    {
        if (!type.Locations.IsEmpty && type.Locations[0].IsInSource)
            return false;

        var space = type.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;

        return space is { Name: "System" };
    }

    /// <summary>Whether the type is <c>Span&lt;T&gt;</c> or <c>ReadOnlySpan&lt;T&gt;</c>.</summary>
    public static bool IsSpan(ITypeSymbol? type) => type.Is("System", "Span") || type.Is("System", "ReadOnlySpan");

    /// <summary>The source of the operation on one line, cut to a length that fits a message.</summary>
    public static string Text(this IOperation operation) => operation is { Syntax: ImplicitObjectCreationExpressionSyntax { NewKeyword: var keyword } creation, Type: { Name.Length: > 0 } type }
        ? Cut($"new {type.Name}{creation.ToString().Substring(keyword.Text.Length)}")
        : Text(operation.Syntax);

    /// <inheritdoc cref="Text(IOperation)"/>
    public static string Text(SyntaxNode syntax) => Cut(syntax.ToString());

    /// <summary>A piece of source in one line that a message has room for.</summary>
    public static string Cut(string text)
    {
        const int most = 48;
        if (text.IndexOf('\n') >= 0)
            text = string.Join(" ", text.Split(['\r', '\n', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Replace(" .", ".").Replace(" ?.", "?.");

        return text.Length <= most ? text : text.Substring(0, most - 1) + "…";
    }
}
