namespace HotPath;

/// <summary>Passes the values as parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SqlFromValuesFix() : RuleFix(SqlFromValuesAnalyzer.Id)
{
    private const string Title = "Pass the values as parameters: a quote in a value no longer changes the statement";
    private const string Changed = "a quote in a value no longer changes the statement";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not { } written || Command(written, out var reference) is not { } command || SplicedValue.Of(command) is not var (text, values))
            yield break;

        if (text.Written.Syntax != site.Node || !text.IsOneExpression || site.Node.ContainsDirectives || Comments.AreInside(site.Node) || !values.TrueForAll(value => IsExact(value, text)))
            yield break;

        if (command is IInvocationOperation { TargetMethod.ContainingNamespace: var space } raw && space.Is("Microsoft.EntityFrameworkCore"))
        {
            if (reference is null && Interpolated(raw, text, values, site) is { } interpolated)
                yield return interpolated;

            yield break;
        }

        if (Prefix(text) is not { } prefix || !MayMove(values, written, reference) || Named(values, text, site) is not { } names || SplicedSource.WithParameters(site.Node, values, [.. names.Select(name => prefix + name)]) is not { } parametrised)
            yield break;

        var given = values.Select((value, i) => (Name: names[i], Value: SplicedSource.Value(value, site.Model))).GroupBy(static pair => pair.Name).Select(static group => group.First()).ToList();
        if (command is IInvocationOperation dapper)
        {
            if (Argument(dapper) is { } argument)
            {
                yield return new Fix(Title, editor =>
                {
                    var list = (ArgumentListSyntax)argument.Parent!;
                    var members = given.Select(static pair => pair.Name == pair.Value || pair.Value.EndsWith("." + pair.Name, StringComparison.Ordinal) && SyntaxFactory.ParseExpression(pair.Value) is MemberAccessExpressionSyntax ? pair.Value : $"{pair.Name} = {pair.Value}");
                    var parameters = SyntaxFactory.Argument(SyntaxFactory.ParseExpression($"new {{ {string.Join(", ", members)} }}"));
                    if (reference is null)
                    {
                        editor.ReplaceNode(list, (_, _) => Added(list.ReplaceNode(site.Node, parametrised), list.Arguments.IndexOf(argument), parameters));
                    }
                    else
                    {
                        editor.ReplaceNode(site.Node, parametrised);
                        editor.ReplaceNode(list, (_, _) => Added(list, list.Arguments.IndexOf(argument), parameters));
                    }
                }, changes: Changed);
            }

            yield break;
        }

        if (Held(command, out var statement) is not { } local || statement is null || statement.ContainsDirectives || IsOfUnnamed(local.Type) || MustClear(local, command, statement) is not { } mustClear)
            yield break;

        yield return new Fix(Title, editor =>
        {
            var added = Lines(local, given, prefix, mustClear, site);
            var isHere = statement.Span.Contains(site.Node.Span);
            if (!isHere)
                editor.ReplaceNode(site.Node, parametrised);

            if (statement is UsingStatementSyntax { Statement: BlockSyntax body } around)
            {
                editor.ReplaceNode(around, (_, _) =>
                {
                    var block = body.WithStatements(body.Statements.InsertRange(0, added.Select(static line => Surrounding.Line(line).WithAdditionalAnnotations(Formatter.Annotation))));
                    return isHere
                        ? around.ReplaceNodes([(SyntaxNode)body, site.Node], (original, _) => original == body ? block : parametrised)
                        : around.WithStatement(block);
                });
            }
            else
            {
                Surrounding.Surround(editor, statement, [], [.. added], current => isHere ? statement.ReplaceNode(site.Node, parametrised) : current);
            }
        }, changes: Changed);
    }

    private static ArgumentListSyntax Added(ArgumentListSyntax list, int index, ArgumentSyntax parameters) =>
        list.WithArguments(list.Arguments.Insert(index + 1, parameters.NormalizeWhitespace())).WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>The operation that gives the text to the database; <paramref name="reference"/> is the variable that brings it there, which has no other use.</summary>
    private static IOperation? Command(IOperation written, out ILocalReferenceOperation? reference)
    {
        reference = null;
        var consumer = written.Consumer(out _);
        if (consumer is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { RefKind: RefKind.None } local } })
        {
            foreach (var use in References.To(local, written.Root()))
            {
                if (reference is not null)
                    return null;

                reference = use as ILocalReferenceOperation;
            }

            consumer = reference?.Consumer(out _);
        }

        return consumer is IArgumentOperation { Parent: { } call } ? call : consumer as ISimpleAssignmentOperation;
    }

    /// <summary>Whether a parameter says the same as the text: a text in quotes, or a whole number without.</summary>
    private static bool IsExact(SplicedValue value, SplicedText text)
    {
        if (value.Hole.IsFormatted || value.Value.Syntax is not ExpressionSyntax || value.Value.DescendantsAndSelf().Any(static part => part is IInvocationOperation { TargetMethod.Name: var name } && (Says(name, "Replace") || Says(name, "Escape") || Says(name, "Quote"))))
            return false;

        if (!value.IsQuoted)
            return value.Value.Type?.SpecialType is SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64;

        // One value in its quotes, of no special kind of text.
        return value.Value.Type?.SpecialType == SpecialType.System_String
            && text.Sql[value.Token.Start] is '\'' or 'N' or 'n'
            && value.Token.Value.IndexOfAny(['\'', '\\', '{', '}', '"', '\n', '\r', '\t']) < 0
            && value.Token.Value.IndexOf(SqlTokens.Hole) == value.Token.Value.LastIndexOf(SqlTokens.Hole);
    }

    private static bool Says(string name, string word) => name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;

    /// <summary>What parameters of this text begin with; null where they have no names.</summary>
    private static string? Prefix(SplicedText text)
    {
        var tokens = SqlTokens.Of(text.Sql);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.Parameter)
                return tokens[i].Value is ['@' or ':' or '$', var first, ..] && !char.IsDigit(first) && first != '@' ? tokens[i].Value.Substring(0, 1) : null;
        }

        return "@";
    }

    /// <summary>Whether the values are the same where the command gets its parameters as where the text is written.</summary>
    private static bool MayMove(List<SplicedValue> values, IOperation written, ILocalReferenceOperation? reference)
    {
        if (reference is null)
            return true;

        if (written.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax block } first || reference.Syntax.FirstAncestorOrSelf<StatementSyntax>(statement => statement.Parent == block) is not { } second)
            return false;

        if (block.Statements.IndexOf(second) == block.Statements.IndexOf(first) + 1 && second is ExpressionStatementSyntax or LocalDeclarationStatementSyntax)
            return true;

        return values.TrueForAll(value => value.Value.Variable() is ILocalSymbol or IParameterSymbol
            && Aliasing.Uses(value.Value.Variable()!, written.Root()).All(use => use.Kind is not (UseKind.Assigned or UseKind.PassedByReference) || use.Reference.Syntax.Span.End <= first.SpanStart));
    }

    /// <summary>A name for each value, the same for the same variable.</summary>
    private static List<string>? Named(List<SplicedValue> values, SplicedText text, Site site)
    {
        var tokens = SqlTokens.Of(text.Sql);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == SqlTokenKind.Parameter)
                taken.Add(tokens[i].Value.Substring(1));
        }

        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var value in values)
        {
            var source = SplicedSource.Value(value, site.Model);
            var isSimple = !value.Value.DescendantsAndSelf().Any(static part => part is IInvocationOperation or IAwaitOperation or IObjectCreationOperation or IIncrementOrDecrementOperation or IAssignmentOperation);
            if (isSimple && known.TryGetValue(source, out var same))
            {
                names.Add(same);
                continue;
            }

            var wanted = value.Value.Syntax switch
            {
                IdentifierNameSyntax { Identifier.ValueText: var identifier } => identifier,
                MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var member } } => member,
                _ => "value",
            };

            // A name of SQL has no letters of other scripts.
            if (wanted.Any(static c => c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_')) || SyntaxFacts.GetKeywordKind(wanted) != SyntaxKind.None)
                wanted = "value";

            var name = wanted;
            for (var i = 2; !taken.Add(name); i++)
                name = wanted + i.ToString(System.Globalization.CultureInfo.InvariantCulture);

            names.Add(name);
            if (isSimple)
                known[source] = name;
        }

        return names;
    }

    /// <summary>Dapper's argument that is the text, where the parameters can follow it.</summary>
    private static ArgumentSyntax? Argument(IInvocationOperation dapper)
    {
        ArgumentSyntax? sql = null;
        foreach (var argument in dapper.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "sql":
                    sql = argument.Syntax as ArgumentSyntax;
                    break;

                case "param" when argument.ArgumentKind != ArgumentKind.DefaultValue:
                    return null;
            }
        }

        if (sql is not { NameColon: null, Parent: ArgumentListSyntax list } || !dapper.TargetMethod.Parameters.Any(static parameter => parameter.Name == "param"))
            return null;

        var next = list.Arguments.IndexOf(sql) + 1;
        return next == list.Arguments.Count || list.Arguments[next].NameColon is not null ? sql : null;
    }

    /// <summary>The variable that holds the command, and the statement behind which its parameters can be added.</summary>
    private static ILocalSymbol? Held(IOperation command, out StatementSyntax? statement)
    {
        statement = null;
        var creation = command;

        // new SqliteCommand { CommandText = … }
        if (command is ISimpleAssignmentOperation { Parent: IObjectOrCollectionInitializerOperation { Parent: IObjectCreationOperation initialised } })
            creation = initialised;

        if (creation is IObjectCreationOperation)
        {
            if (creation.Consumer(out _) is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var made, Syntax: var declarator } })
                return null;

            statement = declarator.Parent switch
            {
                VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local } => local,
                VariableDeclarationSyntax { Variables.Count: 1, Parent: UsingStatementSyntax { Statement: BlockSyntax } local } => local,
                _ => null,
            };

            return made;
        }

        if (command is not ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: ILocalReferenceOperation { Local: var held } }, Parent: IExpressionStatementOperation { Syntax: ExpressionStatementSyntax assignment } })
            return null;

        statement = Surrounding.CanSurround(assignment) ? assignment : null;
        return held;
    }

    /// <summary>Whether the parameters are those of a provider that goes by their places.</summary>
    private static bool IsOfUnnamed(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString() is var space && (Says(space, "Oracle") || Says(space, "OleDb") || Says(space, "Odbc"));

    /// <summary>Whether the command may have parameters of an earlier text there; null where that cannot be said.</summary>
    private static bool? MustClear(ILocalSymbol local, IOperation command, StatementSyntax statement)
    {
        if (command.Root() is not { } root || Origins.Only(local, command) is not { } origin || origin.Unconverted() is not (IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "CreateCommand" }))
            return null;

        var (texts, hasParameters) = (0, false);
        foreach (var use in Aliasing.Uses(local, root))
        {
            switch (use)
            {
                case { Kind: UseKind.MemberWritten, Context: IPropertyReferenceOperation { Property.Name: "CommandText" } }:
                    texts++;
                    break;

                case { Kind: UseKind.MemberRead, Context: IPropertyReferenceOperation { Property.Name: "Parameters" } }:
                    hasParameters = true;
                    break;

                case { Kind: UseKind.MemberRead or UseKind.MemberWritten or UseKind.Read or UseKind.Assigned }:
                case { Kind: UseKind.Called, Context: IInvocationOperation { TargetMethod: { IsStatic: false, Name: not "CreateParameter" } } }:
                    break;

                default:
                    return null;
            }
        }

        var isMadeHere = origin.Syntax.FirstAncestorOrSelf<StatementSyntax>() is { } made && (made == statement || made.Parent == statement.Parent || made is UsingStatementSyntax { Statement: BlockSyntax body } && body == statement.Parent)
            && ReferenceEquals(origin.Function(), command.Function());
        if (isMadeHere && texts <= 1)
            return false;

        return hasParameters || isMadeHere && origin is IObjectCreationOperation ? null : true;
    }

    private static List<StatementSyntax> Lines(ILocalSymbol command, List<(string Name, string Value)> given, string prefix, bool mustClear, Site site)
    {
        var added = new List<StatementSyntax>();
        var name = command.Name;
        if (mustClear)
            added.Add(Statements.Parse($"{name}.Parameters.Clear();"));

        var hasAdd = Binding.Method(site.Model, site.Node, $"(({command.Type.ToMinimalDisplayString(site.Model, site.Node.SpanStart)})null!).Parameters.AddWithValue(\"\", null)") is { Name: "AddWithValue" };
        foreach (var (parameter, value) in given)
        {
            if (hasAdd)
            {
                added.Add(Statements.Parse($"{name}.Parameters.AddWithValue(\"{prefix}{parameter}\", {value});"));
                continue;
            }

            var local = Names.FreshLocal($"{parameter}Parameter", site.Node);
            added.Add(Statements.Parse($"var {local} = {name}.CreateParameter();"));
            added.Add(Statements.Parse($"{local}.ParameterName = \"{prefix}{parameter}\";"));
            added.Add(Statements.Parse($"{local}.Value = {value};"));
            added.Add(Statements.Parse($"{name}.Parameters.Add({local});"));
        }

        return added;
    }

    /// <summary>EF Core makes parameters of the holes by itself, where it is given the interpolated string.</summary>
    private static Fix? Interpolated(IInvocationOperation call, SplicedText text, List<SplicedValue> values, Site site)
    {
        if (site.Node is not InterpolatedStringExpressionSyntax source || values.Count != text.Holes.Count || text.Sql.IndexOfAny(['{', '}']) >= 0 || SplicedSource.WithoutQuotes(source, values, site.Model) is not { } interpolated)
            return null;

        // Constants would become parameters as well.
        if (source.Contents.OfType<InterpolationSyntax>().Count() != values.Count || call.Syntax is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } } invocation)
            return null;

        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter?.Name is not "sql" && !argument.Value.Type.Is("System.Threading", "CancellationToken") && argument.Parameter?.Ordinal != 0)
                return null;
        }

        var method = call.TargetMethod.ReducedFrom ?? call.TargetMethod;
        foreach (var wanted in (string[])[method.Name.Replace("Raw", ""), method.Name.Replace("Raw", "Interpolated")])
        {
            if (!method.ContainingType.GetMembers(wanted).Any(static member => member is IMethodSymbol found && found.Parameters.Any(static parameter => parameter.Type.Is("System", "FormattableString"))))
                continue;

            return new Fix(Title, editor => editor.ReplaceNode(invocation, (_, _) => invocation.ReplaceNodes([(SyntaxNode)source, name], (original, _) =>
                original == source ? interpolated : name.WithIdentifier(SyntaxFactory.Identifier(wanted).WithTriviaFrom(name.Identifier)))), changes: Changed);
        }

        return null;
    }
}
