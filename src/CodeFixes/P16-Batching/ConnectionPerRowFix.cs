using System.Text.RegularExpressions;

namespace HotPath;

/// <summary>Opens the connection, or makes the context, once around the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConnectionPerRowFix() : RuleFix(ConnectionPerRowAnalyzer.Id)
{
    private static readonly Regex Pooling = new(@"(^\s*Pooling\s*=\s*(false|no)\s*;?)|(;\s*Pooling\s*=\s*(false|no)\s*(?=;|$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is { } creation and (IObjectCreationOperation or IInvocationOperation) && RowConnection.Of(creation, site.Options) is { Local: not null } connection && Shared.Of(connection, site) is { } shared)
        {
            yield return connection.IsContext
                ? new Fix("Make one context for the whole loop: it tracks the entities of all iterations", shared.Apply, changes: "one context tracks the entities of all iterations")
                : new Fix("Open one connection for the whole loop", shared.Apply);
        }

        if (Literal(site.Node) is { } literal)
            yield return new Fix("Leave out 'Pooling=False': the pool keeps the file open", editor => editor.ReplaceNode(literal, Pooled(literal)), changes: "the pool keeps the file open");
    }

    /// <summary>The string that turns pooling off: a literal, or an interpolated string around the reported piece.</summary>
    private static ExpressionSyntax? Literal(SyntaxNode node)
    {
        var text = node.FirstAncestorOrSelf<ExpressionSyntax>(static expression => expression is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression });
        return text is not null && node.Span.Length <= text.Span.Length && (node == text || node.Parent == text || node is ArgumentSyntax) && Pooled(text) != text && !text.ToString().StartsWith("\"\"\"", StringComparison.Ordinal) ? text : null;
    }

    private static ExpressionSyntax Pooled(ExpressionSyntax text)
    {
        if (text is LiteralExpressionSyntax { Token.ValueText: var value })
        {
            var pooled = Pooling.Replace(value, "");
            return pooled == value ? text : SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(pooled)).WithTriviaFrom(text);
        }

        var source = text.ToString();
        var shorter = Regex.Replace(source, @";\s*Pooling\s*=\s*(false|no)\s*(?=;|""$)", "", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return shorter == source ? text : SyntaxFactory.ParseExpression(shorter).WithTriviaFrom(text);
    }

    /// <summary>The statements that move out of the loop.</summary>
    private sealed class Shared
    {
        private static readonly string[] Session = ["last_insert_rowid", "changes()", "total_changes", "pragma", "@@", "scope_identity", "lastval", "currval", "temp.", "#", "last_insert_id", "found_rows", "row_count"];

        private readonly RowConnection connection;
        private readonly StatementSyntax loop;
        private readonly BlockSyntax body;
        private readonly StatementSyntax holder;
        private readonly StatementSyntax? open;

        private Shared(RowConnection connection, StatementSyntax loop, BlockSyntax body, StatementSyntax holder, StatementSyntax? open)
        {
            this.connection = connection;
            this.loop = loop;
            this.body = body;
            this.holder = holder;
            this.open = open;
        }

        public static Shared? Of(RowConnection connection, Site site)
        {
            if (connection.Loop.Operation is not ILoopOperation { Body.Syntax: BlockSyntax body } operation || operation.Syntax is not StatementSyntax loop || !Surrounding.CanSurround(loop) || !ReferenceEquals(connection.Creation.Function(), operation.Function()))
                return null;

            if (LoopExits.Own(operation).Any(static part => part is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } or ILabeledOperation))
                return null;

            // What the loop declares is not there before it.
            if (Dependence.Of(connection.Creation, connection.Loop).Varies)
                return null;

            var holder = connection.Creation.Syntax.FirstAncestorOrSelf<StatementSyntax>();
            var inside = holder switch
            {
                LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } local when local.Parent == body && local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) => body,
                UsingStatementSyntax { Declaration.Variables.Count: 1, Statement: BlockSyntax block } @using when @using.Parent == body && body.Statements.Count == 1 => block,
                _ => null,
            };

            if (inside is null || holder is null || HasComments(holder))
                return null;

            if (connection.IsContext)
                return IsKept(connection) ? new(connection, loop, body, holder, null) : null;

            var index = holder is UsingStatementSyntax ? 0 : inside.Statements.IndexOf(holder) + 1;
            var open = inside.Statements.Count > index && IsOpen(inside.Statements[index], connection.Local!, connection, site) ? inside.Statements[index] : null;
            var isOpened = connection.Creation is IInvocationOperation { TargetMethod: { Name: "OpenConnection" or "OpenConnectionAsync", ContainingType: var source } } && (source.Name == "DbDataSource" || source.BaseType?.Name == "DbDataSource");
            var isNew = connection.Creation is IObjectCreationOperation { Initializer: null } || connection.Creation is IInvocationOperation { TargetMethod: { Name: "CreateConnection", ContainingType: var factory } } && (factory.Name == "DbDataSource" || factory.BaseType?.Name == "DbDataSource");
            if (!(open is not null && isNew || isOpened) || open is not null && HasComments(open))
                return null;

            return LeavesNothingBehind(connection, operation, open) ? new(connection, loop, body, holder, open) : null;
        }

        private static bool HasComments(StatementSyntax statement) =>
            statement is UsingStatementSyntax @using ? Comments.With(@using.GetLeadingTrivia()).Count > 0 || Comments.AreInside(@using.Declaration!) || Comments.With(@using.CloseParenToken.TrailingTrivia).Count > 0
            : Comments.AreInside(statement) || Comments.With(statement.GetLeadingTrivia()).Count > 0 || statement is not LocalDeclarationStatementSyntax && Comments.With(statement.GetTrailingTrivia()).Count > 0;

        private static bool IsOpen(StatementSyntax statement, ILocalSymbol local, RowConnection connection, Site site)
        {
            if (statement is not ExpressionStatementSyntax { Expression: var expression } || site.Model.GetOperation(expression) is not { } operation)
                return false;

            var isAwaited = operation is IAwaitOperation;
            var call = operation is IAwaitOperation { Operation: var awaited } ? awaited.WithoutConfigureAwait() : operation;
            return call is IInvocationOperation { TargetMethod.Name: "Open" or "OpenAsync", Instance: { } instance } open && SymbolEqualityComparer.Default.Equals(instance.Variable(), local)
                && isAwaited == (open.TargetMethod.Name == "OpenAsync") && open.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue || !Dependence.Of(argument.Value, connection.Loop).Varies);
        }

        /// <summary>Whether nobody keeps the context for later, when it would be gone or another.</summary>
        private static bool IsKept(RowConnection connection) =>
            Aliasing.Uses(connection.Local!, connection.Loop.Body).All(use => use.Kind is UseKind.Called or UseKind.MemberRead or UseKind.Read or UseKind.Passed && !IsInFunction(use.Reference, connection.Loop));

        private static bool IsInFunction(IOperation reference, Loop loop)
        {
            // The row in a predicate is no function.
            for (var current = reference; current is not null && !ReferenceEquals(current, loop.Operation); current = current.Parent)
            {
                if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                    return !reference.IsInExpressionTree();
            }

            return false;
        }

        /// <summary>Whether every iteration finds the connection as a new one would be: no transaction, reader, temporary table or setting of an earlier one.</summary>
        private static bool LeavesNothingBehind(RowConnection connection, ILoopOperation operation, StatementSyntax? open)
        {
            foreach (var use in Aliasing.Uses(connection.Local!, operation))
            {
                if (open?.Span.Contains(use.Reference.Syntax.Span) == true)
                    continue;

                if (IsInFunction(use.Reference, connection.Loop))
                    return false;

                switch (use)
                {
                    case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "CreateCommand" } create } when IsPlain(create, operation):
                    case { Kind: UseKind.Called, Context: IInvocationOperation call } when Databases.IsDapper(call.TargetMethod) && IsPlain(call):
                    case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod.Name: "BeginTransaction" or "BeginTransactionAsync" } begin } when begin.IsDisposed():
                    case { Kind: UseKind.Passed, Context: IArgumentOperation { Parent: IObjectCreationOperation command } } when Databases.IsCommand(command.Type) && IsPlain(command, operation):
                        break;

                    default:
                        return false;
                }
            }

            return true;
        }

        private static bool IsPlain(IOperation text) =>
            SqlText.Classify(text) is SqlKind.Query or SqlKind.Change && SqlText.Written(text).DescendantsAndSelf().All(static part =>
                (part.Variable() is null || part.ConstantValue.HasValue) && (part.ConstantValue is not { HasValue: true, Value: string constant } || !Session.Any(word => constant.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)));

        private static bool IsPlain(IInvocationOperation dapper) =>
            RowExecution.Text(dapper, null) is { } text && IsPlain(text) && dapper.TargetMethod.Name is not ("ExecuteReader" or "ExecuteReaderAsync" or "QueryMultiple" or "QueryMultipleAsync" or "QueryUnbufferedAsync")
            && dapper.Arguments.All(static argument => argument is not { Parameter.Name: "buffered", ArgumentKind: not ArgumentKind.DefaultValue })
            && dapper.Awaited() is not null;

        /// <summary>Whether the command runs nothing but plain statements, and its readers are closed with the iteration.</summary>
        private static bool IsPlain(IOperation creation, ILoopOperation operation)
        {
            foreach (var part in operation.Body.Descendants())
            {
                if (part is not IInvocationOperation { TargetMethod: { IsStatic: false, Name: var name } method } call || !Databases.IsCommand(method.ContainingType) || !name.StartsWith("Execute", StringComparison.Ordinal))
                    continue;

                if (CommandOrigin.Of(call.Receiver()) is not { } command)
                    return false;

                if (!ReferenceEquals(command.Creation, creation) && command.Creation.Syntax != creation.Syntax)
                    continue;

                if (command.TextAt(call) is not { } text || !IsPlain(text) || !RowExecution.IsOver(call))
                    return false;
            }

            return CommandOrigin.Of(creation) is not null || creation.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } && Aliasing.Uses(local, operation).FirstOrDefault().Reference is { } first && CommandOrigin.Of(first) is not null;
        }

        public void Apply(DocumentEditor editor)
        {
            var declaration = holder is UsingStatementSyntax @using ? @using.Declaration! : ((LocalDeclarationStatementSyntax)holder).Declaration;
            var isAsync = holder is UsingStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: (int)SyntaxKind.AwaitKeyword };
            var head = $"{(isAsync ? "await " : "")}using";

            // What is said behind the declaration goes with it.
            var comment = holder is LocalDeclarationStatementSyntax ? Comments.With(holder.GetTrailingTrivia()) : default;
            StatementSyntax[] opened = open is null ? [] : [Statements.Parse(open.WithoutTrivia().ToFullString())];

            // It is given up right behind the loop, as it was with the last iteration.
            if (loop.Parent is BlockSyntax { Statements: [.., var last] } && last == loop && Surrounding.AllowsUsingDeclaration(loop) && !Surrounding.HasLabelsBeside(loop) && Names.IsDeclaredOnce(connection.Local!.Name, loop))
                Surrounding.Surround(editor, loop, [Statements.Parse($"{head} {declaration.WithoutTrivia()};").WithTrailingTrivia(comment), .. opened], [], Inside);
            else
            {
                var around = (UsingStatementSyntax)Statements.Parse($"{head} ({declaration.WithoutTrivia()}) {{ }}");
                Surrounding.SurroundByUsing(editor, loop, comment.Count > 0 ? around.WithCloseParenToken(around.CloseParenToken.WithTrailingTrivia(comment)) : around, opened, [], Inside);
            }
        }

        private StatementSyntax Inside(StatementSyntax current)
        {
            SyntaxList<StatementSyntax> kept;
            BlockSyntax original = body;
            if (holder is UsingStatementSyntax { Statement: BlockSyntax inner })
                kept = open is null ? inner.Statements : inner.Statements.Remove(open);
            else
                kept = SyntaxFactory.List(body.Statements.Where(statement => statement != holder && statement != open));

            if (kept.Count > 0)
                kept = kept.Replace(kept[0], Surrounding.Close(kept[0]));

            return loop.ReplaceNode(original, original.WithStatements(kept).WithAdditionalAnnotations(Formatter.Annotation));
        }
    }
}
