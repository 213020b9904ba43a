namespace HotPath;

/// <summary>Begins a transaction before the loop, enlists every command of the connection that runs in it, and commits after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AutocommitPerRowFix() : RuleFix(AutocommitPerRowAnalyzer.Id)
{
    private const string Title = "Run all rows in one transaction: all rows or none";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || RowExecution.Of(call, site.Options) is not { } execution)
            yield break;

        // The outermost loop that goes through rows of this connection: one commit for all.
        foreach (var loop in Loops.Around(call, site.Options).Reverse())
        {
            if (loop.Operation is not ILoopOperation statement || !ReferenceEquals(statement.Function(), call.Function()))
                continue;

            Action<DocumentEditor>? apply = execution.IsOfContext ? ContextTransaction.Of(execution, loop, statement, site) is { } transaction ? transaction.Apply : null
                : Enlistment.Of(execution, loop, statement, site) is { } enlistment ? enlistment.Apply : null;
            if (apply is not null)
            {
                yield return new Fix(Title, apply, changes: "all rows or none");
                yield break;
            }
        }
    }

    /// <summary>All that has to be told of the transaction.</summary>
    private sealed class Enlistment
    {
        private readonly List<IInvocationOperation> dapper = [];
        private readonly Dictionary<ISymbol, CommandOrigin> commands = new(SymbolEqualityComparer.Default);
        private readonly Loop loop;
        private readonly StatementSyntax statement;
        private readonly IOperation connection;
        private readonly Compilation compilation;
        private string name = "transaction";
        private string begin = "";
        private string commit = "";
        private bool isAsyncUsing;

        private Enlistment(Loop loop, StatementSyntax statement, IOperation connection, Compilation compilation)
        {
            this.loop = loop;
            this.statement = statement;
            this.connection = connection;
            this.compilation = compilation;
        }

        public static Enlistment? Of(RowExecution execution, Loop loop, ILoopOperation operation, Site site)
        {
            if (operation.Syntax is not StatementSyntax statement || !Surrounding.CanSurround(statement) || Surrounding.HasLabelsBeside(statement) || Iteration.IsWorker(loop) || LoopExits.LeaveOrCatch(operation))
                return null;

            if (execution.Connection.Variable() is not { } variable || Iteration.Declares(loop, variable))
                return null;

            var enlistment = new Enlistment(loop, statement, execution.Connection, site.Model.Compilation);
            if (!enlistment.Collect(operation, variable) || !enlistment.CanDeclare())
                return null;

            if (!SharedConnection.AllowsTransaction(execution.Connection, operation, enlistment.dapper.Count > 0, site.Model.Compilation, site.CancellationToken))
                return null;

            return enlistment.Write(execution, site) ? enlistment : null;
        }

        public void Apply(DocumentEditor editor)
        {
            List<StatementSyntax> before = [];
            List<StatementSyntax> after = [Surrounding.Apart(Statements.Parse(commit))];

            foreach (var command in commands.Values)
            {
                if (Iteration.Declares(loop, command.Local!))
                {
                    EnlistInside(editor, command);
                    continue;
                }

                before.Add(Statements.Parse($"{command.Local!.Name}.Transaction = {name};"));

                // A command that goes on must not keep a transaction that is over.
                if (IsUsedOutside(command.Local))
                    after.Add(Statements.Parse($"{command.Local.Name}.Transaction = null;"));
            }

            foreach (var call in dapper)
                EnlistCall(editor, call);

            var awaiting = isAsyncUsing ? "await " : "";
            if (Surrounding.AllowsUsingDeclaration(statement))
            {
                before.Insert(0, Statements.Parse($"{awaiting}using var {name} = {begin};"));
                Surrounding.Surround(editor, statement, [.. before], [.. after], static current => current);
            }
            else
            {
                var around = (UsingStatementSyntax)Statements.Parse($"{awaiting}using (var {name} = {begin}) {{ }}");
                Surrounding.SurroundByUsing(editor, statement, around, [.. before], [.. after], static current => current);
            }
        }

        /// <summary>Finds all that runs on the connection in the loop; false where something cannot be enlisted or something else might notice.</summary>
        private bool Collect(ILoopOperation operation, ISymbol variable)
        {
            var isSure = true;
            var harmless = Bystanders.AreHarmless(operation, part =>
            {
                switch (part)
                {
                    // The loop itself, and what only holds other operations.
                    case IInvocationOperation call when Databases.IsDapper(call.TargetMethod):
                        isSure &= CollectCall(call, variable);
                        return true;

                    case IInvocationOperation { TargetMethod: { IsStatic: false } method } call when Databases.IsCommand(method.ContainingType):
                        isSure &= CollectCommand(call, variable);
                        return true;

                    case IInvocationOperation { TargetMethod.Name: "CreateCommand", Instance: { } instance } when Databases.IsConnection(instance.Type):
                        isSure &= SymbolEqualityComparer.Default.Equals(instance.Variable(), variable);
                        return true;

                    // A command made here is enlisted where it is executed; its arguments are looked at by its origin.
                    case IObjectCreationOperation creation when Databases.IsCommand(creation.Type):
                        return true;

                    case ILocalReferenceOperation when Databases.IsCommand(part.Type):
                    case IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation when SymbolEqualityComparer.Default.Equals(part.Variable(), variable) && part.Parent is IPropertyReferenceOperation or IArgumentOperation { Parent: IObjectCreationOperation } or ISimpleAssignmentOperation:
                        return true;

                    // command.Connection = connection, command.Transaction = null
                    case IPropertyReferenceOperation { Property.Name: "Connection" or "Transaction", Instance: ILocalReferenceOperation { Type: var owner } } when Databases.IsCommand(owner) && part.Parent is ISimpleAssignmentOperation { Target: var target } && ReferenceEquals(target, part):
                        return true;

                    case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Transaction" } }:
                        isSure = false;
                        return true;

                    // using (var command = …)
                    case IVariableDeclaratorOperation { Symbol.Type: var declared } declarator when Databases.IsCommand(declared):
                        isSure &= declarator.GetVariableInitializer()?.Value.Unconverted() is IInvocationOperation { TargetMethod.Name: "CreateCommand" } or IObjectCreationOperation
                            && CommandOrigin.Of(declarator.GetVariableInitializer()!.Value)?.Connection?.Variable() is { } own && SymbolEqualityComparer.Default.Equals(own, variable);
                        return true;

                    default:
                        return false;
                }
            });

            return isSure && harmless && (commands.Count > 0 || dapper.Count > 0);
        }

        private bool CollectCall(IInvocationOperation call, ISymbol variable)
        {
            if (!Databases.IsExecute(call.TargetMethod) && call.TargetMethod.Name is not ("QuerySingle" or "QueryFirst" or "QueryFirstOrDefault" or "QuerySingleOrDefault" or "QuerySingleAsync" or "QueryFirstAsync" or "QueryFirstOrDefaultAsync" or "QuerySingleOrDefaultAsync"))
                return false;

            // Behind ?. there may be no connection to begin a transaction on.
            if (((InvocationExpressionSyntax)call.Syntax).Expression is MemberBindingExpressionSyntax || call.Awaited() is null)
                return false;

            if (!SymbolEqualityComparer.Default.Equals(call.Receiver()?.Variable(), variable) || RowExecution.Text(call, command: null) is not { } text || SqlText.Classify(text) is not (SqlKind.Change or SqlKind.Query))
                return false;

            foreach (var argument in call.Arguments)
            {
                if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Parameter?.Ordinal == 0)
                    continue;

                // What is handed over must not touch the database while it is evaluated.
                var value = argument.Value.Unconverted();
                if (argument.Parameter?.Name == "transaction" ? value is not ({ ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation) : !Bystanders.AreHarmless(value, static _ => false))
                    return false;
            }

            // An awaited call is met twice.
            if (!dapper.Contains(call))
                dapper.Add(call);

            return true;
        }

        private bool CollectCommand(IInvocationOperation call, ISymbol variable)
        {
            var method = call.TargetMethod.Name;
            foreach (var argument in call.Arguments)
            {
                if (!Bystanders.AreHarmless(argument.Value, static _ => false))
                    return false;
            }

            if (method is "CreateParameter" or "Dispose" or "DisposeAsync")
                return call.Receiver() is ILocalReferenceOperation;

            if (method is not ("ExecuteNonQuery" or "ExecuteNonQueryAsync" or "ExecuteScalar" or "ExecuteScalarAsync" or "Prepare" or "PrepareAsync"))
                return false;

            if (call.Awaited() is null)
                return false;

            if (CommandOrigin.Of(call.Receiver()) is not { Local: { } local } command || !SymbolEqualityComparer.Default.Equals(command.Connection?.Variable(), variable) || !command.HasNoTransaction(call))
                return false;

            if (command.TextAt(call) is not { } text || SqlText.Classify(text) is not (SqlKind.Change or SqlKind.Query))
                return false;

            // Where it is told of the transaction: right behind its declaration.
            if (Iteration.Declares(loop, local) ? Declaration(command) is null : !IsDeclaredBefore(command))
                return false;

            commands[local] = command;
            return true;
        }

        /// <summary>Whether a transaction of this connection fits all commands.</summary>
        private bool CanDeclare()
        {
            foreach (var command in commands.Values)
            {
                if (TransactionOf(command) is null)
                    return false;
            }

            return Method(connection.Type, "BeginTransaction") is not null;
        }

        private bool Write(RowExecution execution, Site site)
        {
            var call = execution.Call;
            name = Names.FreshLocal(name, statement);
            var text = connection.Syntax.ToString();
            var sync = Method(connection.Type, "BeginTransaction")!.ReturnType;
            begin = $"{text}.BeginTransaction()";
            commit = $"{name}.Commit();";

            var isConfigured = call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Parent: IAwaitOperation };
            if ((call.Parent is IAwaitOperation || isConfigured)
                && Method(connection.Type, "BeginTransactionAsync") is { ReturnType: INamedTypeSymbol { TypeArguments: [{ } given] } }
                && Method(given, "CommitAsync") is not null
                && Method(given, "DisposeAsync") is not null
                && Surrounding.AllowsUsingDeclaration(statement))
            {
                var token = execution.Token(loop);
                var cast = "";
                var used = given;
                foreach (var command in commands.Values)
                {
                    if (TransactionOf(command) is { } needed && !IsAssignable(used, needed))
                    {
                        cast = $"({needed.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(site.Model, statement.SpanStart)})";
                        used = needed;
                    }
                }

                var configured = isConfigured ? $".ConfigureAwait({((IInvocationOperation)call.Parent!).Arguments[0].Value.Syntax})" : "";

                // A configured await stays configured: the disposal would not be.
                isAsyncUsing = !isConfigured;
                begin = $"{cast}await {text}.BeginTransactionAsync({token}){configured}";
                commit = $"await {name}.CommitAsync({token}){configured};";
                return true;
            }

            foreach (var command in commands.Values)
            {
                if (!IsAssignable(sync, TransactionOf(command)!))
                    return false;
            }

            return true;
        }

        private bool IsAssignable(ITypeSymbol from, ITypeSymbol to) => compilation.ClassifyCommonConversion(from, to) is { IsImplicit: true };

        private static ITypeSymbol? TransactionOf(CommandOrigin command)
        {
            for (ITypeSymbol? type = command.Local!.Type; type is not null; type = type.BaseType)
            {
                foreach (var member in type.GetMembers("Transaction"))
                {
                    if (member is IPropertySymbol { SetMethod: not null, ExplicitInterfaceImplementations.IsEmpty: true, DeclaredAccessibility: Accessibility.Public } property)
                        return property.Type;
                }
            }

            return null;
        }

        /// <summary>The method of that name that can be called with nothing but an optional token.</summary>
        private static IMethodSymbol? Method(ITypeSymbol? type, string name)
        {
            for (var current = type; current is not null; current = current.BaseType)
            {
                foreach (var member in current.GetMembers(name))
                {
                    if (member is IMethodSymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } method && method.Parameters.All(parameter => parameter.IsOptional))
                        return method;
                }
            }

            foreach (var implemented in type?.TypeKind == TypeKind.Interface ? type.AllInterfaces : [])
            {
                if (Method(implemented, name) is { } method)
                    return method;
            }

            return null;
        }

        private bool IsDeclaredBefore(CommandOrigin command) =>
            command.Creation.Syntax.Span.End < statement.SpanStart && ReferenceEquals(command.Creation.Function(), loop.Operation.Function());

        private static SyntaxNode? Declaration(CommandOrigin command) =>
            command.Local!.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null, Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: { } holder } }
                && holder is LocalDeclarationStatementSyntax { Parent: BlockSyntax } or UsingStatementSyntax { Statement: BlockSyntax }
                ? holder
                : null;

        private void EnlistInside(DocumentEditor editor, CommandOrigin command)
        {
            var enlist = Surrounding.Line(Statements.Parse($"{command.Local!.Name}.Transaction = {name};"));
            switch (Declaration(command))
            {
                case LocalDeclarationStatementSyntax local:
                    Statements.InsertAfter(editor, local, enlist);
                    break;

                case UsingStatementSyntax { Statement: BlockSyntax { Statements: [var first, ..] } }:
                    Statements.InsertBefore(editor, first, enlist);
                    break;
            }
        }

        private void EnlistCall(DocumentEditor editor, IInvocationOperation call)
        {
            var invocation = (InvocationExpressionSyntax)call.Syntax;
            var list = invocation.ArgumentList;
            var value = SyntaxFactory.IdentifierName(name);

            foreach (var argument in call.Arguments)
            {
                if (argument is { Parameter.Name: "transaction", ArgumentKind: not ArgumentKind.DefaultValue, Syntax: ArgumentSyntax given })
                {
                    editor.ReplaceNode(given.Expression, value);
                    return;
                }
            }

            var ordinal = call.TargetMethod.Parameters.First(parameter => parameter.Name == "transaction").Ordinal;
            var isReduced = invocation.Expression is MemberAccessExpressionSyntax access && editor.SemanticModel.GetSymbolInfo(access.Expression).Symbol is not INamedTypeSymbol;
            var isNext = list.Arguments.All(argument => argument.NameColon is null) && list.Arguments.Count == ordinal - (isReduced ? 1 : 0);
            var added = isNext ? SyntaxFactory.Argument(value) : SyntaxFactory.Argument(SyntaxFactory.NameColon("transaction"), default, value);
            editor.ReplaceNode(list, (current, _) => ((ArgumentListSyntax)current).AddArguments(added).WithAdditionalAnnotations(Formatter.Annotation));
        }

        private bool IsUsedOutside(ISymbol command)
        {
            var repeats = false;
            for (var current = loop.Operation.Parent; current is not null; current = current.Parent)
                repeats |= current is ILoopOperation outer && !command.DeclaringSyntaxReferences.Any(reference => outer.Syntax.Span.Contains(reference.Span));

            foreach (var use in Aliasing.Uses(command, loop.Operation.Root()))
            {
                if (loop.Syntax.Span.Contains(use.Reference.Syntax.Span) || use is { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "Dispose" or "DisposeAsync" } })
                    continue;

                if (use.Reference.Syntax.SpanStart > loop.Syntax.Span.End || repeats)
                    return true;
            }

            return false;
        }
    }
}
