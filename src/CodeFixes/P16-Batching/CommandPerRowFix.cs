namespace HotPath;

/// <summary>Builds the command and its parameters once before the loop and only sets the values in it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CommandPerRowFix() : RuleFix(CommandPerRowAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not { } creation || RowCommand.Of(creation, site.Options) is not { } command)
            yield break;

        // As far out as nothing in it changes.
        foreach (var loop in Loops.Around(creation, site.Options).Reverse())
        {
            if (Hoisting.Of(command, loop, site) is { } hoisting)
            {
                yield return new Fix("Build the command once before the loop", hoisting.Apply);
                yield break;
            }
        }
    }

    /// <summary>What moves in front of the loop, and what stays of it inside.</summary>
    private sealed class Hoisting
    {
        private readonly Dictionary<StatementSyntax, StatementSyntax?> replaced = [];
        private readonly List<StatementSyntax> before = [];
        private readonly HashSet<string> names = [];
        private readonly HashSet<ISymbol> parameters = new(SymbolEqualityComparer.Default);
        private readonly CommandOrigin command;
        private readonly Loop loop;
        private readonly StatementSyntax statement;
        private readonly StatementSyntax holder;
        private readonly BlockSyntax block;
        private readonly Site site;

        private Hoisting(CommandOrigin command, Loop loop, StatementSyntax statement, StatementSyntax holder, BlockSyntax block, Site site)
        {
            this.command = command;
            this.loop = loop;
            this.statement = statement;
            this.holder = holder;
            this.block = block;
            this.site = site;
        }

        public static Hoisting? Of(RowCommand row, Loop loop, Site site)
        {
            if (loop.Operation is not ILoopOperation { Syntax: StatementSyntax statement } operation || !Surrounding.CanSurround(statement) || Surrounding.HasLabelsBeside(statement) || !ReferenceEquals(row.Creation.Function(), operation.Function()) || Iteration.IsWorker(loop))
                return null;

            var holder = row.Creation.Syntax.FirstAncestorOrSelf<StatementSyntax>();
            var block = holder switch
            {
                LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1, Parent: BlockSyntax parent } => parent,
                UsingStatementSyntax { Declaration.Variables.Count: 1, Statement: BlockSyntax inner, Parent: BlockSyntax { Statements.Count: 1 } } => inner,
                _ => null,
            };

            if (holder is null || block is null || Dependence.Of(row.Creation, loop).Varies || HasTransactions(operation) || !IsOneConnection(row.Command.Connection!, loop, statement))
                return null;

            var hoisting = new Hoisting(row.Command, loop, statement, holder, block, site);
            return hoisting.Collect() && hoisting.CanDeclare() ? hoisting : null;
        }

        /// <summary>A command takes the transaction that its connection has when it is made; with one per iteration it would keep one that is over.</summary>
        private static bool HasTransactions(ILoopOperation operation)
        {
            foreach (var part in operation.Descendants())
            {
                if (Transactions.IsBegin(part) || part is IInvocationOperation { TargetMethod: { ContainingType: var type } method } && Transactions.IsEnd(method) && Databases.IsTransaction(type)
                    || part is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak } or ILabeledOperation)
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsOneConnection(IOperation connection, Loop loop, StatementSyntax statement)
        {
            if (connection.Variable() is not { } variable || variable is IFieldSymbol { IsReadOnly: false } || Iteration.Declares(loop, variable) || !Nullness.IsNeverNullBefore(connection, statement))
                return false;

            return RowCommand.StaysOpen(variable, loop.Operation);
        }

        /// <summary>Sorts all that is done with the command; false where something is neither set up, value nor run.</summary>
        private bool Collect()
        {
            if (Comments.AreInside(holder is UsingStatementSyntax @using ? @using.Declaration! : holder) || Comments.With(holder.GetLeadingTrivia()).Count > 0)
                return false;

            foreach (var each in block.Statements)
            {
                if (each == holder)
                    continue;

                if (!Collect(each))
                    return false;
            }

            return before.Count > 0;
        }

        private bool Collect(StatementSyntax each)
        {
            var uses = Uses(each);
            if (uses.Count == 0)
                return true;

            switch (each)
            {
                case ExpressionStatementSyntax { Expression: var expression } when site.Model.GetOperation(expression) is { } operation && Set(each, operation):
                    return true;

                // var parameter = command.CreateParameter();
                case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables: [{ Initializer.Value: var value } variable] }
                    when site.Model.GetOperation(value)?.Unconverted() is IInvocationOperation { TargetMethod: { Name: "CreateParameter" or "Add" or "AddWithValue" } method } made && !Dependence.Of(made, loop).Differing.Any(part => !SymbolEqualityComparer.Default.Equals(part.Variable(), command.Local)) && Databases.IsParameter(made.Type)
                        && (method.Name == "CreateParameter" || made.Arguments.All(argument => argument.Value.Unconverted().ConstantValue.HasValue)) && IsMovable(each) && Names.IsDeclaredOnce(variable.Identifier.ValueText, statement):
                    parameters.Add(site.Model.GetDeclaredSymbol(variable)!);
                    Move(each);
                    return true;
            }

            foreach (var use in uses)
            {
                if (use is not { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: false, Name: var name } } call } || !name.StartsWith("Execute", StringComparison.Ordinal) || !Databases.IsCommand(call.TargetMethod.ContainingType) || !RowExecution.IsOver(call))
                    return false;
            }

            return true;
        }

        /// <summary>The uses of the command and of its parameters in the statement.</summary>
        private List<Use> Uses(StatementSyntax each)
        {
            var found = new List<Use>();
            foreach (var variable in parameters.Append(command.Local!))
                found.AddRange(Aliasing.Uses(variable, loop.Operation).Where(use => each.Span.Contains(use.Reference.Syntax.Span)));

            return found;
        }

        private bool Set(StatementSyntax each, IOperation operation)
        {
            switch (operation)
            {
                // parameter.Value = value: stays as it is.
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value", Instance: ILocalReferenceOperation { Local: var own } }, Value: var value } when parameters.Contains(own):
                    return IsOutside(value) && HasOneType(value);

                // command.CommandText = text, parameter.ParameterName = name
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "CommandText" or "CommandTimeout" or "CommandType" or "Transaction" or "ParameterName" or "DbType" or "SqliteType" or "SqlDbType" or "NpgsqlDbType" or "Size" or "Direction", Instance: ILocalReferenceOperation }, Value: var text }:
                    return !Dependence.Of(text, loop).Varies && text.Unconverted() is ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or { ConstantValue.HasValue: true } && IsMovable(each) && Move(each);

                // command.Parameters.Add(name, type).Value = value
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Value", Instance: IInvocationOperation { TargetMethod.Name: "Add" } add }, Value: var value } when IsOwn(add) && Databases.IsParameter(add.Type) && add.Arguments.All(argument => argument.Value.Unconverted().ConstantValue.HasValue):
                    return IsOutside(value) && Split(each, Name(add), add.Syntax.ToString(), value.Syntax);

                case IInvocationOperation { TargetMethod.Name: "AddWithValue", Arguments: [{ Value: var name }, { Value: var value }] } call when IsOwn(call) && Databases.IsParameter(call.Type) && name.ConstantValue.HasValue && call.Syntax is InvocationExpressionSyntax { ArgumentList.Arguments: [{ NameColon: null } first, { NameColon: null } second] } syntax:
                    return IsOutside(value) && HasOneType(value) && Split(each, Name(call), $"{syntax.Expression}({first}, null)", second.Expression);

                case IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: var added }] } call when IsOwn(call):
                    if (added.Unconverted() is ILocalReferenceOperation { Local: var own1 } && parameters.Contains(own1))
                        return IsMovable(each) && Move(each);

                    return added.Unconverted() is IObjectCreationOperation { Initializer: null, Arguments: [{ Value: var title, Parameter.Type.SpecialType: SpecialType.System_String }, { Value: var content, Parameter.Type.SpecialType: SpecialType.System_Object }] } created && title.ConstantValue.HasValue && Databases.IsParameter(call.Type)
                        && created.Syntax is ObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ NameColon: null } named, { NameColon: null } valued] } made
                        && IsOutside(content) && HasOneType(content) && Split(each, Name(created), $"{((InvocationExpressionSyntax)call.Syntax).Expression}(new {made.Type}({named}, null))", valued.Expression);

                default:
                    return false;
            }
        }

        /// <summary>Whether the parameters are those of the command itself.</summary>
        private bool IsOwn(IInvocationOperation call) =>
            call.Instance is IPropertyReferenceOperation { Property.Name: "Parameters", Instance: ILocalReferenceOperation { Local: var local } } && SymbolEqualityComparer.Default.Equals(local, command.Local);

        /// <summary>Whether the value has nothing to do with the command.</summary>
        private bool IsOutside(IOperation value) => !value.DescendantsAndSelf().Any(part => Aliasing.Refers(part, command.Local!) || part is IAwaitOperation || parameters.Any(own => Aliasing.Refers(part, own)));

        /// <summary>SQLite looks at every value anew; other providers may keep the type that they concluded from the first.</summary>
        private bool HasOneType(IOperation value) =>
            command.Local!.Type.ContainingNamespace.Is("Microsoft.Data.Sqlite") || command.Local.Type.ContainingNamespace.Is("System.Data.SQLite")
            || value.Unconverted().Type is { SpecialType: not (SpecialType.System_Object or SpecialType.None) } or { Name: "Guid" };

        private static bool IsMovable(StatementSyntax each) => !each.ContainsDirectives && !Comments.AreInside(each) && Comments.With(each.GetTrailingTrivia()).Count == 0 && Comments.With(each.GetLeadingTrivia()).Count == 0;

        private bool Move(StatementSyntax each)
        {
            before.Add(Statements.Parse(each.WithoutTrivia().ToFullString()));
            replaced[each] = null;
            return true;
        }

        private bool Split(StatementSyntax each, string name, string creation, SyntaxNode value)
        {
            if (!IsMovable(each))
                return false;

            name = Names.FreshLocal(name, statement);
            for (var i = 2; !names.Add(name); i++)
                name = Names.FreshLocal(name + i.ToString(System.Globalization.CultureInfo.InvariantCulture), statement);

            before.Add(Statements.Parse($"var {name} = {creation};"));
            replaced[each] = Statements.Parse($"{name}.Value = {value};").WithTriviaFrom(each);
            return true;
        }

        private static string Name(IOperation creation)
        {
            var arguments = creation.Arguments();
            return Names.Camel((string?)arguments[0].Value.ConstantValue.Value ?? "", "value") + "Parameter";
        }

        /// <summary>Whether the names that move out are nobody else's in the member.</summary>
        private bool CanDeclare() => IsUsing || Names.IsDeclaredOnce(command.Local!.Name, statement);

        private bool IsUsing => holder is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };

        public void Apply(DocumentEditor editor)
        {
            var declaration = holder is UsingStatementSyntax @using ? @using.Declaration! : ((LocalDeclarationStatementSyntax)holder).Declaration;
            var isAsync = holder is UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 };
            var head = isAsync ? "await using" : "using";
            var text = declaration.WithoutTrivia().ToString();

            if (!IsUsing)
                Surrounding.Surround(editor, statement, [Statements.Parse($"{text};"), .. before], [], Inside);
            else if (Surrounding.AllowsUsingDeclaration(statement) && Names.IsDeclaredOnce(command.Local!.Name, statement))
                Surrounding.Surround(editor, statement, [Statements.Parse($"{head} {text};"), .. before], [], Inside);
            else
                Surrounding.SurroundByUsing(editor, statement, (UsingStatementSyntax)Statements.Parse($"{head} ({text}) {{ }}"), [.. before], [], Inside);
        }

        private StatementSyntax Inside(StatementSyntax current)
        {
            var kept = new List<StatementSyntax>();
            foreach (var each in block.Statements)
            {
                if (each == holder)
                    continue;

                if (!replaced.TryGetValue(each, out var left))
                    kept.Add(each);
                else if (left is not null)
                    kept.Add(left);
            }

            if (kept.Count > 0)
                kept[0] = Surrounding.Close(kept[0]);

            var body = holder is UsingStatementSyntax ? (BlockSyntax)holder.Parent! : block;
            return statement.ReplaceNode(body, body.WithStatements(SyntaxFactory.List(kept)).WithAdditionalAnnotations(Formatter.Annotation));
        }
    }
}
