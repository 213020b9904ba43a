namespace HotPath;

/// <summary>A query for the keys of all elements, and what takes the place of the query for one.</summary>
internal sealed class BatchedQuery
{
    private static readonly HashSet<string> Links =
    [
        "Where", "AsNoTracking", "AsTracking", "Include", "ThenInclude", "AsSplitQuery", "AsSingleQuery", "IgnoreQueryFilters", "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "TagWith", "AsQueryable",
    ];

    private readonly IInvocationOperation call;
    private readonly InvocationExpressionSyntax syntax;
    private readonly CommonForEachStatementSyntax statement;
    private readonly IForEachLoopOperation each;
    private readonly Loop loop;
    private readonly Site site;
    private readonly string operation;
    private readonly bool isAsync;
    private readonly bool isWalk;
    private Shape shape;
    private ExpressionSyntax replaced = null!;
    private IOperation key = null!;
    private IOperation selector = null!;
    private IPropertySymbol column = null!;
    private INamedTypeSymbol entity = null!;
    private string parameter = "";
    private IBinaryOperation? equality;
    private ExpressionSyntax? predicate;
    private bool isUntracked;
    private bool isOrdered;

    private BatchedQuery(IInvocationOperation call, Loop loop, IForEachLoopOperation each, Site site)
    {
        this.call = call;
        this.loop = loop;
        this.each = each;
        this.site = site;
        syntax = (InvocationExpressionSyntax)call.Syntax;
        statement = (CommonForEachStatementSyntax)each.Syntax;
        isWalk = !RowQuery.MayBe(call);
        isAsync = call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal);
        operation = isAsync ? call.TargetMethod.Name.Substring(0, call.TargetMethod.Name.Length - "Async".Length) : call.TargetMethod.Name;
    }

    /// <summary>The entities in the words of a title.</summary>
    public string Set { get; private set; } = "";

    /// <param name="call">The call that runs the query, or the last operator of one that is walked through as it is.</param>
    /// <param name="loop">The loop around it.</param>
    /// <param name="site">The finding.</param>
    public static BatchedQuery? Of(IInvocationOperation call, Loop loop, Site site)
    {
        if (loop.Operation is not IForEachLoopOperation { IsAsynchronous: false, Syntax: ForEachStatementSyntax statement } each || !ReferenceEquals(call.Function(), each.Function())
            || Loops.Enclosing(call, site.Options)?.Operation is not { } innermost || !ReferenceEquals(innermost, each))
        {
            return null;
        }

        if (call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } || Comments.AreInside(call.Syntax) || !Statements.CanInsertBefore(statement) || statement.GetLeadingTrivia().Any(static trivia => trivia.IsDirective))
            return null;

        var batched = new BatchedQuery(call, loop, each, site);
        return batched.FindResult() && batched.FindQuery() && batched.FindShape() && batched.KeysAreKnown() && batched.BodyAllows() ? batched : null;
    }

    /// <summary>The expression whose value the row is: the call, or the await around it.</summary>
    private bool FindResult()
    {
        if (call.Awaited() is not { } result)
            return false;

        replaced = (ExpressionSyntax)result.Syntax;
        if (isWalk)
            return true;

        while (replaced.Parent is ParenthesizedExpressionSyntax parenthesized)
            replaced = parenthesized;

        // A query whose result nobody looks at is there for what it leaves in the context.
        return result.Parent is not (IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation });
    }

    /// <summary>The chain of operators from the set to the call, with the one comparison that names the key.</summary>
    private bool FindQuery()
    {
        if (operation == "Find")
            return FindByKey();

        // What one more argument says, beside the predicate and the token, is not looked into.
        if (!isWalk && call.Arguments.Any(argument => argument.Parameter is { Ordinal: > 0 } given && argument.ArgumentKind != ArgumentKind.DefaultValue && given.Name is not ("predicate" or "cancellationToken")))
            return false;

        var link = call;
        while (true)
        {
            if ((isWalk || !ReferenceEquals(link, call)) && !Links.Contains(link.TargetMethod.Name) || !link.TargetMethod.IsStatic || link.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } || !FindEquality(link))
                return false;

            isUntracked |= link.TargetMethod.Name == "AsNoTracking";
            isOrdered |= link.TargetMethod.Name is "OrderBy" or "OrderByDescending";
            var source = link.ArgumentOf(0)?.Unconverted();
            if (source is IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Queryable" or "EntityFrameworkQueryableExtensions" or "RelationalQueryableExtensions" } } next)
            {
                link = next;
                continue;
            }

            return source is not null && equality is not null && IsSet(source);
        }
    }

    private bool IsSet(IOperation source)
    {
        if (!Databases.IsSet(source.Type) || source.Type is not INamedTypeSymbol { TypeArguments: [INamedTypeSymbol row] } || row.Locations is not [{ IsInSource: true }, ..])
            return false;

        entity = row;
        Set = source switch
        {
            IPropertyReferenceOperation { Property.Name: var name } => name,
            IFieldReferenceOperation { Field.Name: var name } => name.TrimStart('_'),
            _ => Words.Plural(row.Name),
        };

        var context = source switch
        {
            IPropertyReferenceOperation { Instance: { } instance } => instance.Unconverted(),
            IInvocationOperation { TargetMethod.Name: "Set", Instance: { } instance } => instance.Unconverted(),
            _ => source,
        };

        return context is IInstanceReferenceOperation || context.Variable() is { } variable && !Iteration.Declares(loop, variable) && Aliasing.Uses(variable, each).All(static use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference)) && Nullness.IsNeverNullBefore(context, statement);
    }

    /// <summary><c>set.Find(key)</c> looks into the context first: it must be sure to hold nothing that is not stored.</summary>
    private bool FindByKey()
    {
        if (call.Instance?.Unconverted() is not { } source || !IsSet(source) || source is not IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var local } context } || !IsOnlyAsked(local, context))
            return false;

        if (call.Arguments is not [{ Value: IArrayCreationOperation { Initializer.ElementValues: [var boxed] } }] || syntax.ArgumentList.Arguments is not [{ NameColon: null }] || EntityKey.Of(entity, site) is not { } primary)
            return false;

        var value = boxed;
        while (value is IConversionOperation { OperatorMethod: null, IsImplicit: true, Operand: var operand })
            value = operand;

        column = primary;
        key = value;
        parameter = Names.FreshLocal(Names.Camel(entity.Name, "row"), statement);
        return SymbolEqualityComparer.Default.Equals(value.Type, primary.Type) && EntityKey.IsExact(primary.Type);
    }

    /// <summary>Whether the member makes the context itself and only asks it: nothing in it is added, changed in place of a stored row, or removed.</summary>
    private static bool IsOnlyAsked(ILocalSymbol local, IOperation context)
    {
        if (Origins.Only(local, context)?.Unconverted() is not (IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "CreateDbContext" }))
            return false;

        foreach (var use in Aliasing.Uses(local, context.Root()))
        {
            if (use is not ({ Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.Name: not "ChangeTracker" } } or { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Dispose" or "DisposeAsync" } }))
                return false;
        }

        foreach (var part in context.Root().Descendants())
        {
            if (part is IInvocationOperation { TargetMethod: { ContainingType: var type, Name: not ("Find" or "FindAsync" or "AsNoTracking") } method } && Databases.IsSet(type) && !method.IsStatic)
                return false;
        }

        return true;
    }

    private bool FindEquality(IInvocationOperation link)
    {
        foreach (var argument in link.Arguments)
        {
            if (argument.Parameter?.Ordinal == 0 && link.TargetMethod.IsStatic || argument.ArgumentKind == ArgumentKind.DefaultValue)
                continue;

            if (argument.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>().FirstOrDefault() is { } lambda && argument.Parameter?.Name == "predicate")
            {
                if (!FindEquality(lambda, argument))
                    return false;
            }
            else if (Dependence.Of(argument.Value, loop).Varies)
            {
                return false;
            }
        }

        return true;
    }

    private bool FindEquality(IAnonymousFunctionOperation lambda, IArgumentOperation argument)
    {
        if (lambda.Body.Operations is not [IReturnOperation { ReturnedValue: { } condition }] || lambda.Symbol.Parameters is not [var row])
            return false;

        foreach (var part in Conjuncts(condition))
        {
            if (!Dependence.Of(part, loop).Varies)
            {
                if (!IsConstant(part, lambda))
                    return false;

                continue;
            }

            if (equality is not null || part is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, IsLifted: false } comparison)
                return false;

            var (left, right) = (comparison.LeftOperand, comparison.RightOperand);
            if (left is not IPropertyReferenceOperation { Instance: IParameterReferenceOperation })
                (left, right) = (right, left);

            if (left is not IPropertyReferenceOperation { Property: var property, Instance: IParameterReferenceOperation { Parameter: var of } } || !SymbolEqualityComparer.Default.Equals(of, row)
                || !EntityKey.IsExact(property.Type) || !SymbolEqualityComparer.Default.Equals(right.Type, property.Type) || right is IConversionOperation || right.DescendantsAndSelf().Any(inner => Aliasing.Refers(inner, row)))
            {
                return false;
            }

            equality = comparison;
            column = property;
            key = right;
            parameter = row.Name;
            predicate = ((ArgumentSyntax)argument.Syntax).Expression;
        }

        return true;
    }

    private static IEnumerable<IOperation> Conjuncts(IOperation condition) =>
        condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd, OperatorMethod: null } both ? Conjuncts(both.LeftOperand).Concat(Conjuncts(both.RightOperand)) : [condition];

    /// <summary>Whether what the condition captures beside its row is a plain value.</summary>
    private static bool IsConstant(IOperation part, IAnonymousFunctionOperation lambda)
    {
        foreach (var inner in part.DescendantsAndSelf())
        {
            if (inner.Variable() is { } variable && !lambda.Declares(variable) && !Aliasing.IsImmutable(inner.Type))
                return false;
        }

        return true;
    }

    private bool FindShape()
    {
        if (isWalk)
        {
            shape = Shape.Lookup;
            return ResultAllows();
        }

        var isPrimary = SymbolEqualityComparer.Default.Equals(EntityKey.Of(entity, site), column);
        switch (operation)
        {
            case "Any":
                shape = Shape.Set;
                return !isOrdered;

            case "Find" or "FirstOrDefault" or "SingleOrDefault" when isPrimary && HasGetValueOrDefault():
                shape = Shape.Dictionary;
                break;

            case "FirstOrDefault" or "First" when !isPrimary:
                return false;

            case "FirstOrDefault" or "First" or "Single" or "SingleOrDefault":
                shape = Shape.Lookup;
                break;

            case "ToList" or "ToArray":
                shape = Shape.Lookup;
                break;

            default:
                return false;
        }

        if (isOrdered && operation is not ("ToList" or "ToArray"))
            return false;

        return ResultAllows();
    }

    /// <summary>Whether the same object may be given twice where a key comes twice, and nobody can see that rows are loaded earlier.</summary>
    private bool ResultAllows()
    {
        var root = call.Root();
        foreach (var part in root.DescendantsAndSelf())
        {
            if (part is not IPropertyReferenceOperation { Property: var property, Instance: { } owner } reference)
                continue;

            // What the lookup is made by must be what the database compared.
            if (reference.Parent is IAssignmentOperation { Target: var target } && ReferenceEquals(target, reference) && !IsInInitializer(reference)
                && (SymbolEqualityComparer.Default.Equals(property, column) || isUntracked && SymbolEqualityComparer.Default.Equals(property.ContainingType, entity)))
            {
                return false;
            }

            // Loading the one end of a navigation fills in the other.
            if (!isUntracked && !property.IsIndexer && each.Syntax.Span.Contains(part.Syntax.Span) && !Databases.IsContext(owner.Type) && LeadsTo(property.Type))
                return false;
        }

        if (!isUntracked)
            return true;

        var declarator = replaced.Parent is ForEachStatementSyntax ? replaced.Parent : (replaced.Parent as EqualsValueClauseSyntax)?.Parent;
        var value = declarator is not null && site.Model.GetDeclaredSymbol(declarator, site.CancellationToken) is ILocalSymbol local ? local : null;
        return value is not null && Aliasing.ChangeIn(value, each.Body) == Change.None;
    }

    private static bool IsInInitializer(IOperation reference) => reference.Parent?.Parent is IObjectOrCollectionInitializerOperation;

    private bool LeadsTo(ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(type, entity) || type is INamedTypeSymbol { TypeArguments: [var element] } && SymbolEqualityComparer.Default.Equals(element, entity);

    /// <summary>Whether the keys of all elements can be asked for before the loop: of a collection that stays as it is, without an exception, by what the loop does not write.</summary>
    private bool KeysAreKnown()
    {
        if (loop.Source is not { } source || source.Variable() is not { } variable || variable is IFieldSymbol { IsReadOnly: false } || Iteration.Declares(loop, variable) || !IsCollection(source.Type)
            || Aliasing.ChangeIn(variable, each.Body) != Change.None || !Nullness.IsNeverNullBefore(source, statement))
        {
            return false;
        }

        if (each.Locals is not [var element] || !SymbolEqualityComparer.Default.Equals(element.Type, Element(source.Type!)))
            return false;

        if (key is ILocalReferenceOperation { Local: var local } && !SymbolEqualityComparer.Default.Equals(local, element))
        {
            if (!Iteration.Declares(loop, local) || Origins.Only(local, key) is not { } origin || !SymbolEqualityComparer.Default.Equals(origin.Type, local.Type) || origin.Syntax is not ExpressionSyntax)
                return false;

            selector = origin;
        }
        else
        {
            selector = key;
        }

        foreach (var part in selector.DescendantsAndSelf())
        {
            switch (part)
            {
                case ILocalReferenceOperation { Local: var used } when SymbolEqualityComparer.Default.Equals(used, element):
                    break;

                case IPropertyReferenceOperation { Property: { IsIndexer: false } property }:
                    if (property.SetMethod is { IsInitOnly: false } && IsWritten(property))
                        return false;

                    break;

                case IFieldReferenceOperation { Field: { IsStatic: false } field }:
                    if (!field.IsReadOnly && IsWritten(field))
                        return false;

                    break;

                default:
                    return false;
            }
        }

        // The element itself must not be given another value.
        return Queries.IsTotal(selector) && Aliasing.Uses(element, each.Body).All(static use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference));
    }

    private bool IsWritten(ISymbol member) => Effects.Of(each.Body).Written.Contains(member, SymbolEqualityComparer.Default);

    private static ITypeSymbol? Element(ITypeSymbol type) => type is IArrayTypeSymbol array ? array.ElementType : type is INamedTypeSymbol { TypeArguments: [var element] } ? element : null;

    private static bool IsCollection(ITypeSymbol? type) =>
        type is IArrayTypeSymbol { Rank: 1 }
        || type is INamedTypeSymbol { Arity: 1 } named && named.IsFromSystem() && named.Name is "List" or "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "HashSet" or "ISet" or "IReadOnlySet" or "SortedSet" or "Queue" or "Stack" or "Collection" or "ReadOnlyCollection" or "LinkedList";

    /// <summary>Whether everything else in the loop leaves the database and the context alone, or only asks.</summary>
    private bool BodyAllows() => Bystanders.AreHarmless(each.Body, part => part.Unconverted() switch
    {
        // A query that something walks through: what that is, is looked at on its own.
        IInvocationOperation walked when Queries.IsProvider(walked.Type) => RowQuery.Context(walked) is not null,
        IInvocationOperation asked when RowQuery.MayBe(asked) && RowQuery.Target(asked) is not null && !RowQuery.IsLoad(asked.TargetMethod) => !asked.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal) && asked.Awaited() is not null,
        _ => false,
    });

    private bool HasGetValueOrDefault() => site.Types["System.Collections.Generic.CollectionExtensions"] is { DeclaredAccessibility: Accessibility.Public } type && !type.GetMembers("GetValueOrDefault").IsEmpty
        && Imports.CanUse(site.Model, statement, type.ContainingNamespace);

    public void Apply(DocumentEditor editor)
    {
        List<StatementSyntax> before = [];
        var source = loop.Source!;
        var isElement = selector is ILocalReferenceOperation;
        string keys;
        if (isElement && source.Type is INamedTypeSymbol { Name: "List" or "HashSet" or "IList" or "ICollection" or "ISet" })
        {
            keys = source.Syntax.ToString();
        }
        else
        {
            keys = Names.FreshLocal(Names.Camel(isElement ? Words.Plural(column.Name) : Words.Plural(((IMemberReferenceOperation)selector).Member.Name), "keys"), statement);
            var element = each.Locals[0].Name;
            var values = isElement ? $"{source.Syntax}.Distinct()" : $"{source.Syntax}.Select({element} => {selector.Syntax}).Distinct()";
            before.Add(Statements.Parse($"var {keys} = {values}.ToList();"));
        }

        var name = Names.FreshLocal(Names.Camel(Set, "rows") + (shape == Shape.Set ? Words.Plural(column.Name) : "By" + column.Name), statement);
        before.Add(Statements.Parse($"var {name} = {Query(keys)};"));

        foreach (var type in new[] { "System.Linq.Enumerable", isAsync ? "Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions" : null, shape == Shape.Dictionary ? "System.Collections.Generic.CollectionExtensions" : null })
        {
            if (type is not null && site.Types[type] is { } needed)
                Imports.TryUse(editor, statement, needed.ContainingNamespace);
        }

        editor.ReplaceNode(replaced, (current, _) => SyntaxFactory.ParseExpression(LookUp(name)).WithTriviaFrom(current).WithAdditionalAnnotations(Formatter.Annotation));
        Statements.InsertBefore(editor, statement, [.. before.Select(Surrounding.Line)]);
    }

    private string Query(string keys)
    {
        var contains = SyntaxFactory.ParseExpression($"{keys}.Contains({parameter}.{column.Name})");
        var receiver = ((MemberAccessExpressionSyntax)syntax.Expression).Expression;
        string query;
        if (equality is null)
            query = $"{receiver}.Where({parameter} => {contains})";
        else if (isWalk)
            query = syntax.ReplaceNode(equality.Syntax, contains.WithTriviaFrom(equality.Syntax)).ToString();
        else if (syntax.ArgumentList.Span.Contains(predicate!.Span))
            query = $"{receiver}.Where({predicate.ReplaceNode(equality.Syntax, contains.WithTriviaFrom(equality.Syntax))})";
        else
            query = receiver.ReplaceNode(equality.Syntax, contains.WithTriviaFrom(equality.Syntax)).ToString();

        var token = Token();
        var configured = replaced.DescendantNodesAndSelf().OfType<AwaitExpressionSyntax>().FirstOrDefault() is { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } } outer } ? $".ConfigureAwait{outer.ArgumentList}" : "";
        var by = $"{parameter} => {parameter}.{column.Name}";
        return (shape, isAsync) switch
        {
            (Shape.Dictionary, false) => $"{query}.ToDictionary({by})",
            (Shape.Dictionary, true) => $"await {query}.ToDictionaryAsync({by}{(token.Length > 0 ? ", " + token : "")}){configured}",
            (Shape.Lookup, false) => $"{query}.ToLookup({by})",
            (Shape.Lookup, true) => $"(await {query}.ToListAsync({token}){configured}).ToLookup({by})",
            (_, false) => $"{query}.Select({by}).ToHashSet()",
            _ => $"(await {query}.Select({by}).ToListAsync({token}){configured}).ToHashSet()",
        };
    }

    private string Token()
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "cancellationToken" })
                return argument.Value.Syntax.ToString();
        }

        return "";
    }

    private string LookUp(string name) => shape switch
    {
        Shape.Dictionary => $"{name}.GetValueOrDefault({key.Syntax})",
        Shape.Lookup => $"{name}[{key.Syntax}]{(isWalk ? "" : $".{operation}()")}",
        _ => $"{name}.Contains({key.Syntax})",
    };

    /// <summary>What the lookup in the loop is made of.</summary>
    private enum Shape
    {
        /// <summary>A dictionary by a unique key.</summary>
        Dictionary,

        /// <summary>A lookup: any number of rows for a key.</summary>
        Lookup,

        /// <summary>A set of the keys that there are.</summary>
        Set,
    }
}
