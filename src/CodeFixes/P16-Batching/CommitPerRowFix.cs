namespace HotPath;

/// <summary>Moves the transaction out of the loop: begun before it, committed after it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CommitPerRowFix() : RuleFix(CommitPerRowAnalyzer.Id)
{
    private const string Title = "Use one transaction around the loop: all rows or none";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is IInvocationOperation call && RowCommit.Of(call, site.Options) is { } commit && Move.Of(commit) is { } move)
            yield return new Fix(Title, move.Apply, changes: "all rows or none");
    }

    /// <summary>The transaction's two statements in the loop, and the loop.</summary>
    private sealed class Move
    {
        private readonly RowCommit row;
        private readonly StatementSyntax loop;
        private readonly StatementSyntax begin;
        private readonly StatementSyntax commit;
        private readonly List<StatementSyntax> enlisting = [];

        private Move(RowCommit row, StatementSyntax loop, StatementSyntax begin, StatementSyntax commit)
        {
            this.row = row;
            this.loop = loop;
            this.begin = begin;
            this.commit = commit;
        }

        public static Move? Of(RowCommit row)
        {
            if (row.Loop.Operation is not ILoopOperation operation || operation.Syntax is not StatementSyntax loop || !Surrounding.CanSurround(loop) || LoopExits.LeaveOrCatch(operation))
                return null;

            // The commit is a statement of its own, the begin a declaration of its own.
            var commit = row.Call.Syntax.FirstAncestorOrSelf<StatementSyntax>() as ExpressionStatementSyntax;
            var begin = row.Begin.Syntax.FirstAncestorOrSelf<StatementSyntax>();
            if (commit is null || begin is null || Declared(begin) is not { Variables: [{ Identifier.ValueText: var name }] } || name != row.Local.Name)
                return null;

            if (!IsIn(begin, commit, loop, operation.Body.Syntax))
                return null;

            var move = new Move(row, loop, begin, commit);
            return move.IsTheSameForAllRows() && move.UsesAllow(operation) && move.RestAllows(operation) && move.PlaceAllows()
                && (row.Begin.Receiver() is not { } connection || SharedConnection.MayBeOpen(connection, operation)) ? move : null;
        }

        public void Apply(DocumentEditor editor)
        {
            var name = FreeName();
            var first = Renamed(begin, name);
            var last = Statements.Parse(Renamed(commit, name).WithoutLeadingTrivia().ToFullString().TrimEnd());
            last = Surrounding.Apart(last.WithLeadingTrivia(Comments(commit)));

            if (first is UsingStatementSyntax around)
            {
                var apart = last;
                Surrounding.SurroundByUsing(editor, loop, around, Before(name), [apart], _ => WithoutTransaction(name));
                return;
            }

            StatementSyntax begun = first.WithLeadingTrivia(Comments(begin)).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation);
            Surrounding.Surround(editor, loop, [begun, .. Before(name)], [last], _ => WithoutTransaction(name));
        }

        private StatementSyntax[] Before(string name) =>
            [.. enlisting.Select(statement => Surrounding.Close(Renamed(statement, name)).WithTrailingTrivia(SyntaxFactory.EndOfLine("\n")).WithAdditionalAnnotations(Formatter.Annotation))];

        /// <summary>The loop with the transaction's statements taken out of its body.</summary>
        private StatementSyntax WithoutTransaction(string name)
        {
            var block = (BlockSyntax)commit.Parent!;
            var moved = new HashSet<StatementSyntax>(enlisting) { begin, commit };
            var kept = block.Statements.Where(statement => !moved.Contains(statement)).Select(statement => Renamed(statement, name)).ToList();

            if (begin is UsingStatementSyntax)
            {
                // What stands around the using statement in the loop stays in the loop.
                if (begin.Parent is BlockSyntax outer)
                {
                    var place = outer.Statements.IndexOf(begin);
                    kept = [.. outer.Statements.Take(place).Select(statement => Renamed(statement, name)), .. kept, .. outer.Statements.Skip(place + 1)];
                    block = outer;
                }
                else
                {
                    var inner = block.WithStatements(SyntaxFactory.List(Tidied(kept)));
                    return loop.ReplaceNode(begin, inner.WithTriviaFrom(begin)).WithAdditionalAnnotations(Formatter.Annotation);
                }
            }

            var body = block.WithStatements(SyntaxFactory.List(Tidied(kept)));
            var changed = loop.ReplaceNode(block, body);
            return begin is UsingStatementSyntax ? changed.WithAdditionalAnnotations(Formatter.Annotation) : changed;
        }

        private static List<StatementSyntax> Tidied(List<StatementSyntax> statements)
        {
            if (statements.Count > 0)
                statements[0] = Surrounding.Close(statements[0]);

            return statements;
        }

        /// <summary>The comments of a statement that moves; the empty lines stay behind.</summary>
        private static SyntaxTriviaList Comments(StatementSyntax statement)
        {
            var trivia = Surrounding.Close(statement).GetLeadingTrivia();
            return trivia.Any(part => !part.IsKind(SyntaxKind.WhitespaceTrivia) && !part.IsKind(SyntaxKind.EndOfLineTrivia)) ? trivia : default;
        }

        /// <summary>The name of the transaction, unless the member uses it outside the loop too.</summary>
        private string FreeName()
        {
            var own = row.Local.Name;
            var member = loop.Ancestors().First(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax || node is CompilationUnitSyntax);
            var isTaken = member.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == own && !loop.Span.Contains(token.Span)
                && token.Parent is not IdentifierNameSyntax { Parent: NameColonSyntax });
            return isTaken ? Names.FreshLocal(own, loop) : own;
        }

        private T Renamed<T>(T node, string name)
            where T : SyntaxNode
        {
            if (name == row.Local.Name)
                return node;

            var tokens = node.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == row.Local.Name && NamesVariable(token.Parent));
            return node.ReplaceTokens(tokens, (_, token) => SyntaxFactory.Identifier(token.LeadingTrivia, name, token.TrailingTrivia));
        }

        private static bool NamesVariable(SyntaxNode? node) => node switch
        {
            VariableDeclaratorSyntax => true,
            IdentifierNameSyntax { Parent: NameColonSyntax or NameEqualsSyntax } => false,
            IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax access } => access.Expression == node,
            _ => node is IdentifierNameSyntax,
        };

        private static VariableDeclarationSyntax? Declared(StatementSyntax begin) => begin switch
        {
            LocalDeclarationStatementSyntax local => local.Declaration,
            UsingStatementSyntax @using => @using.Declaration,
            _ => null,
        };

                /// <summary>Whether begin and commit stand directly in the loop's body, or the commit directly in the using statement that does.</summary>
        private static bool IsIn(StatementSyntax begin, StatementSyntax commit, StatementSyntax loop, SyntaxNode body) => begin switch
        {
            LocalDeclarationStatementSyntax => begin.Parent == body && commit.Parent == body && body is BlockSyntax,
            UsingStatementSyntax { Statement: BlockSyntax block } => (begin.Parent == body || begin == body && begin.Parent == loop) && commit.Parent == block,
            _ => false,
        };

        /// <summary>Whether the two statements say the same in every iteration, and before and after the loop.</summary>
        private bool IsTheSameForAllRows()
        {
            foreach (var call in new[] { row.Begin, row.Call })
            {
                foreach (var part in call.Descendants())
                {
                    if (part.Variable() is { } variable && part is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation)
                    {
                        if (!SymbolEqualityComparer.Default.Equals(variable, row.Local)
                            && (Iteration.Declares(row.Loop, variable) || Aliasing.Uses(variable, row.Loop.Operation).Any(use => use.Kind is UseKind.Assigned or UseKind.PassedByReference)))
                        {
                            return false;
                        }
                    }
                    else if (!part.ConstantValue.HasValue && !part.IsImplicit && !IsFixed(part))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        private static bool IsFixed(IOperation part) => part switch
        {
            IArgumentOperation or IInstanceReferenceOperation or IConversionOperation or IDefaultValueOperation => true,
            IPropertyReferenceOperation { Property: { Name: "Database" } property } => Databases.IsContext(property.ContainingType),
            IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property.GetMethod: { } getter } => Effects.IsAuto(getter),
            _ => false,
        };

        /// <summary>Whether the transaction is only handed to what it is for, between its begin and its commit.</summary>
        private bool UsesAllow(ILoopOperation operation)
        {
            foreach (var use in Aliasing.Uses(row.Local, operation))
            {
                if (ReferenceEquals(use.Context, row.Call))
                    continue;

                if (use.Reference.Syntax.SpanStart > commit.SpanStart)
                    return false;

                switch (use)
                {
                    case { Kind: UseKind.Passed }:
                        break;

                    case { Kind: UseKind.Shared, Context: ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Transaction", Instance: { } command } } assignment }:
                        if (assignment.Parent is IExpressionStatementOperation { Syntax: StatementSyntax enlist } && command.Variable() is ILocalSymbol or IParameterSymbol && enlist.Parent == commit.Parent
                            && !Iteration.Declares(row.Loop, command.Variable()!) && !Aliasing.Uses(command.Variable()!, operation).Any(other => other.Kind is UseKind.Assigned or UseKind.PassedByReference))
                        {
                            enlisting.Add(enlist);
                        }

                        break;

                    // In the initialiser of a command.
                    case { Kind: UseKind.Shared, Context: IVariableInitializerOperation }:
                    case { Kind: UseKind.Called or UseKind.MemberRead or UseKind.MemberWritten or UseKind.Assigned or UseKind.PassedByReference }:
                        return false;
                }
            }

            // Beyond the declaration itself nothing gives the variable a value.
            return true;
        }

        /// <summary>Whether what the iteration does outside the transaction may come inside, and nothing skips the commit.</summary>
        private bool RestAllows(ILoopOperation operation)
        {
            if (LoopExits.SkipBetween(operation, begin.SpanStart, commit.SpanStart))
                return false;

            var inside = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(begin.SpanStart, commit.Span.End);
            return Bystanders.AreHarmless(operation, part => inside.Contains(part.Syntax.Span)) && !Iteration.IsWorker(row.Loop);
        }

        private bool PlaceAllows()
        {
            if (begin is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 })
                return true;

            return Surrounding.AllowsUsingDeclaration(loop) && !Surrounding.HasLabelsBeside(loop);
        }
    }
}
