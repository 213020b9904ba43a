namespace HotPath;

/// <summary>Deletes or sets the rows by one statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BulkRowByRowFix() : RuleFix(BulkRowByRowAnalyzer.Id)
{
    private const string Changed = "bypasses change tracking";

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        var operation = site.Node is CommonForEachStatementSyntax ? site.Model.GetOperation(site.Node, site.CancellationToken) : site.Operation;
        if (operation is null || BulkChange.Of(operation) is not { IsExact: true } found || found.Query.Operators.Any(static call => call.TargetMethod.Name is not ("Where" or "TagWith")))
            yield break;

        // The statement of the save goes only where nothing of other members can wait for it.
        if (operation.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || SaveChangesInLoopFix.Statement(found.Save) is not { } saving || statement.ContainsDirectives || Comments.AreInside(statement))
            yield break;

        var isAwaited = found.Save.TargetMethod.Name == "SaveChangesAsync";
        var goes = found.Query.Context!.Variable() is ILocalSymbol context && Origins.Only(context, found.Save)?.Unconverted() is IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "CreateDbContext" };
        if (goes && (saving.ContainsDirectives || HasComments(saving)) || Declaration(found, site) is not var (isLocal, declaration) || isLocal && declaration is null)
            yield break;

        if (BulkRowByRowAnalyzer.Holder(site.Types, found.Deletes ? "ExecuteDelete" : "ExecuteUpdate") is not { } holder || Arguments(found.Save) is not { } token || !Imports.CanUse(site.Model, statement, holder.ContainingNamespace))
            yield break;

        var call = Call(found, statement, isAwaited, token, site);
        yield return new Fix($"{(found.Deletes ? "Delete the rows by ExecuteDelete()" : "Set the rows by ExecuteUpdate()")}: bypasses change tracking", editor =>
        {
            Imports.TryUse(editor, statement, holder.ContainingNamespace);
            editor.ReplaceNode(statement, (_, _) => Statements.Parse(call).WithLeadingTrivia((declaration ?? statement).GetLeadingTrivia()).WithTrailingTrivia(statement.GetTrailingTrivia()));
            if (goes)
                editor.RemoveNode(Whole(saving), SyntaxRemoveOptions.KeepNoTrivia);

            if (declaration is not null)
                editor.RemoveNode(Whole(declaration), SyntaxRemoveOptions.KeepNoTrivia);
        }, changes: Changed);
    }

    private static string Call(BulkChange found, StatementSyntax statement, bool isAwaited, string token, Site site)
    {
        var rows = ((ExpressionSyntax)found.Rows.Syntax).WithoutTrivia();
        var query = rows is QueryExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax ? $"({rows})" : rows.ToString();
        var configured = isAwaited && found.Save.Parent is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Syntax: InvocationExpressionSyntax { ArgumentList: var how } } ? $".ConfigureAwait{how}" : "";
        var (await, async) = isAwaited ? ("await ", "Async") : ("", "");
        if (found.Deletes)
            return $"{await}{query}.ExecuteDelete{async}({token}){configured};";

        var row = ((IForEachLoopOperation)found.Operation).Locals[0].Name;
        var setters = Names.FreshLocal("s", statement);
        var settings = found.Settings.Select(setting =>
        {
            var property = $"{row}.{setting.Property.Name}";
            var value = setting.Value is { } given ? given.Syntax.WithoutTrivia().ToString() : "1";
            if (setting.Operator is { } kind)
                value = $"{property} {kind} {(setting.Value?.Unconverted() is IBinaryOperation { ConstantValue.HasValue: false } ? $"({value})" : value)}";

            return $".SetProperty({row} => {property}, {(setting.Operator is not null || ReadsRow(setting.Value!, row) ? $"{row} => {value}" : value)})";
        }).ToList();

        var indent = statement.GetLeadingTrivia().LastOrDefault(static part => part.IsKind(SyntaxKind.WhitespaceTrivia)).ToString() + "    ";
        var all = settings.Count == 1 ? settings[0] : string.Concat(settings.Select(setting => $"\n{indent}{setting}"));
        return $"{await}{query}.ExecuteUpdate{async}({setters} => {setters}{all}{(token.Length > 0 ? ", " + token : "")}){configured};";
    }

    private static bool ReadsRow(IOperation value, string row) => value.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local.Name: var name } && name == row);

    /// <summary>The token that the save is given, or nothing; null for anything else.</summary>
    private static string? Arguments(IInvocationOperation save)
    {
        var token = "";
        foreach (var argument in save.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.DefaultValue || argument.Value.ConstantValue is { HasValue: true, Value: true })
                continue;

            if (!argument.Value.Type.Is("System.Threading", "CancellationToken"))
                return null;

            token = argument.Value.Syntax.ToString();
        }

        return token;
    }

    /// <summary>The declaration of the rows, which goes: it has to stand right before what is done with them.</summary>
    private static (bool IsLocal, LocalDeclarationStatementSyntax? Declaration)? Declaration(BulkChange found, Site site)
    {
        if (found.Local is not { } local)
            return (false, null);

        if (local.DeclaringSyntaxReferences is not [var reference] || reference.GetSyntax(site.CancellationToken).Parent is not VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax declaration })
            return null;

        var next = Whole(declaration).Parent?.ChildNodes().SkipWhile(node => node != Whole(declaration)).Skip(1).FirstOrDefault();
        var statement = found.Operation.Syntax.FirstAncestorOrSelf<StatementSyntax>();
        return (true, statement is not null && next == Whole(statement) && !declaration.ContainsDirectives && !Comments.AreInside(declaration) && !HasComments(statement) && !HasComments(declaration) ? declaration : null);
    }

    private static bool HasComments(SyntaxNode node) => Comments.With(node.GetLeadingTrivia()).Count + Comments.With(node.GetTrailingTrivia()).Count > 0;

    private static SyntaxNode Whole(StatementSyntax statement) => statement.Parent is GlobalStatementSyntax global ? global : statement;
}
