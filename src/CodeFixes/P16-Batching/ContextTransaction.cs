namespace HotPath;

/// <summary>A transaction of EF Core around a loop whose iterations change rows without loading them.</summary>
internal sealed class ContextTransaction
{
    private readonly StatementSyntax statement;
    private readonly string name;
    private readonly string begin;
    private readonly string commit;
    private readonly bool isAsync;

    private ContextTransaction(RowExecution execution, Loop loop, StatementSyntax statement)
    {
        this.statement = statement;
        name = Names.FreshLocal("transaction", statement);

        var database = $"{execution.Connection.Syntax}.Database";
        var awaited = execution.Call.Parent is IAwaitOperation ? execution.Call.Parent : (execution.Call.Parent as IInvocationOperation)?.Parent as IAwaitOperation;
        var configured = awaited is not null && execution.Call.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configure ? $".ConfigureAwait({configure.Arguments[0].Value.Syntax})" : "";

        // A configured await stays configured: the disposal would not be. A using statement of an older language has no await.
        isAsync = awaited is not null && configured.Length == 0 && Surrounding.AllowsUsingDeclaration(statement);
        var token = awaited is null ? "" : execution.Token(loop);
        begin = awaited is null ? $"{database}.BeginTransaction()" : $"await {database}.BeginTransactionAsync({token}){configured}";
        commit = awaited is null ? $"{name}.Commit();" : $"await {name}.CommitAsync({token}){configured};";
    }

    /// <summary>The transaction around the loop; null where it might not be the only one, or something in the loop might notice.</summary>
    public static ContextTransaction? Of(RowExecution execution, Loop loop, ILoopOperation operation, Site site)
    {
        if (operation.Syntax is not StatementSyntax statement || !Surrounding.CanSurround(statement) || Surrounding.HasLabelsBeside(statement) || Iteration.IsWorker(loop) || LoopExits.LeaveOrCatch(operation))
            return null;

        if (execution.Connection.Variable() is not { } context || Iteration.Declares(loop, context) || RetriesByItself(site))
            return null;

        if (!Bystanders.AreHarmless(operation, part => IsOwn(part, context)) || !SharedConnection.AllowsTransactionOfContext(execution.Connection, operation, site.Model.Compilation, site.CancellationToken))
            return null;

        return new(execution, loop, statement);
    }

    public void Apply(DocumentEditor editor)
    {
        StatementSyntax[] after = [Surrounding.Apart(Statements.Parse(commit))];
        if (Surrounding.AllowsUsingDeclaration(statement))
        {
            var awaiting = isAsync ? "await " : "";
            Surrounding.Surround(editor, statement, [Statements.Parse($"{awaiting}using var {name} = {begin};")], after, static current => current);
        }
        else
        {
            var around = (UsingStatementSyntax)Statements.Parse($"using (var {name} = {begin}) {{ }}");
            Surrounding.SurroundByUsing(editor, statement, around, [], after, static current => current);
        }
    }

    /// <summary>What works on the same context and is over before the next statement: other statements that change rows, and queries.</summary>
    private static bool IsOwn(IOperation part, ISymbol context)
    {
        if (part is not IInvocationOperation call || call.Awaited() is null)
            return false;

        var target = Databases.IsSetChange(call.TargetMethod) || Databases.IsFacadeExecute(call.TargetMethod) ? RowExecution.ChangedContext(call)
            : RowQuery.MayBe(call) && !Databases.IsDapper(call.TargetMethod) && !Databases.IsCommand(call.TargetMethod.ContainingType) ? RowQuery.Target(call)
            : null;

        return target is not null && SymbolEqualityComparer.Default.Equals(target.Variable(), context) && !RunsOwnCode(call);
    }

    /// <summary>Whether methods of the source run where the call is prepared: what they do is not known.</summary>
    private static bool RunsOwnCode(IInvocationOperation call)
    {
        foreach (var part in call.Descendants())
        {
            if (part is IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } or { Locations: [{ IsInSource: true }, ..] } })
                return true;
        }

        return false;
    }

    /// <summary>Whether somewhere a strategy is set that tries again, which refuses transactions begun by hand.</summary>
    private static bool RetriesByItself(Site site)
    {
        foreach (var tree in site.Model.Compilation.SyntaxTrees)
        {
            foreach (var token in tree.GetRoot(site.CancellationToken).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "EnableRetryOnFailure" or "ExecutionStrategy" or "CreateExecutionStrategy")
                    return true;
            }
        }

        return false;
    }
}
