namespace HotPath;

/// <summary>Remembers each result: in a dictionary that lives for one outer call, or across calls.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UncachedRecursionFix() : RuleFix(UncachedRecursionAnalyzer.Id)
{
    // Dictionary keys of more parameters than this would be nested tuples.
    private const int MostKeys = 7;

    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Node is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || site.Model.GetDeclaredSymbol(site.Node, site.CancellationToken) is not IMethodSymbol method
            || Find(site, method) is not { } recurrence
            || recurrence.Varying.Length is 0 or > MostKeys
            || method.IsExtensionMethod
            || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
            || site.Types["System.Collections.Generic.Dictionary`2"] is null
            || (recurrence.Varying.Length > 1 && site.Types[$"System.ValueTuple`{recurrence.Varying.Length}"] is null)
            || ((CSharpParseOptions)site.Node.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
        {
            yield break;
        }

        // A local function in a struct cannot use 'this'.
        if (method is { IsStatic: false, ContainingType.TypeKind: TypeKind.Struct } && UsesThis(recurrence))
            yield break;

        yield return new Fix("Remember each result during the call", editor => RememberDuringCall(editor, site.Node, recurrence));

        if (site.Node is MethodDeclarationSyntax { Parent: TypeDeclarationSyntax holder and not InterfaceDeclarationSyntax }
            && method is { IsStatic: true, TypeParameters.IsEmpty: true, ContainingType.TypeParameters.IsEmpty: true }
            && recurrence.Varying.Length == method.Parameters.Length
            && Effects.Of(recurrence.Body, except: method).ArePure
            && site.Types["System.Collections.Concurrent.ConcurrentDictionary`2"] is not null)
        {
            var field = Names.FreshMember(method.Name + "Results", method.ContainingType, site.Model, site.Node.SpanStart);
            yield return new Fix("Remember each result across calls (keeps every result in memory)",
                editor => RememberAcrossCalls(editor, holder, site.Node, recurrence, field),
                changes: "every result stays in memory");
        }
    }

    private static Recurrence? Find(Site site, IMethodSymbol method)
    {
        foreach (var node in site.Node.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax && site.Model.GetOperation(node, site.CancellationToken) is IInvocationOperation call
                && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method))
            {
                return Recurrence.Around(call, method);
            }
        }

        return null;
    }

    private static bool UsesThis(Recurrence recurrence) => recurrence.Body.Descendants().Any(part =>
        part is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } && !recurrence.Calls.Any(call => ReferenceEquals(call.Instance, part)))
        || !recurrence.Method.IsStatic && recurrence.Calls.Any(call => call.Instance is { IsImplicit: false });

    private static void RememberDuringCall(DocumentEditor editor, SyntaxNode function, Recurrence recurrence)
    {
        var names = new NamesOf(function);
        var dictionary = KnownTypes.Of(editor.SemanticModel.Compilation)["System.Collections.Generic.Dictionary`2"]!;
        var type = $"{Imports.Name(editor, function, dictionary)}<{names.KeyType(recurrence)}, {names.ReturnType}>";
        var arguments = string.Join(", ", recurrence.Method.Parameters.Select(parameter => Escaped(parameter.Name)));
        var calls = recurrence.Calls.Select(call => ((InvocationExpressionSyntax)call.Syntax).Expression).ToList();

        var body = Body(function).ReplaceNodes(calls, (original, _) => SyntaxFactory.IdentifierName(names.Remember).WithTriviaFrom(original));

        SetBody(editor, function, body,
            before:
            [
                Statements.Parse($"var {names.Results} = new {type}();\n"),
                Statements.Parse($"return {names.Remember}({arguments});\n"),
                Statements.Spaced(Statements.Parse($$"""
                    {{names.ReturnType}} {{names.Remember}}{{names.Parameters}}
                    {
                        if (!{{names.Results}}.TryGetValue({{names.Key(recurrence)}}, out var {{names.Result}}))
                        {
                            {{names.Result}} = {{names.Compute}}({{arguments}});
                            {{names.Results}}[{{names.Key(recurrence)}}] = {{names.Result}};
                        }

                        return {{names.Result}};
                    }

                    """)),
            ],
            names);
    }

    private static void RememberAcrossCalls(DocumentEditor editor, TypeDeclarationSyntax holder, SyntaxNode function, Recurrence recurrence, string field)
    {
        var names = new NamesOf(function);
        var dictionary = KnownTypes.Of(editor.SemanticModel.Compilation)["System.Collections.Concurrent.ConcurrentDictionary`2"]!;
        var type = $"{Imports.Name(editor, function, dictionary)}<{names.KeyType(recurrence)}, {names.ReturnType}>";
        var arguments = string.Join(", ", recurrence.Method.Parameters.Select(parameter => Escaped(parameter.Name)));

        SetBody(editor, function, Body(function),
            before:
            [
                Statements.Parse($"if ({field}.TryGetValue({names.Key(recurrence)}, out var {names.Result}))\nreturn {names.Result};\n"),
                Statements.Spaced(Statements.Parse($"{names.Result} = {names.Compute}({arguments});\n")),
                Statements.Parse($"{field}[{names.Key(recurrence)}] = {names.Result};\n"),
                Statements.Parse($"return {names.Result};\n"),
            ],
            names);

        Fields.AddStaticReadOnly(editor, holder, type, field, SyntaxFactory.ParseExpression($"new {type}()"));
    }

    /// <summary>The block or the arrow of the function.</summary>
    private static SyntaxNode Body(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody!,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody!,
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The body of the function becomes a local function of it, after the statements that ask for its results.</summary>
    private static void SetBody(DocumentEditor editor, SyntaxNode function, SyntaxNode body, StatementSyntax[] before, NamesOf names)
    {
        var compute = (LocalFunctionStatementSyntax)Statements.Parse($"{names.ReturnType} {names.Compute}{names.Parameters};\n");
        compute = body is BlockSyntax computed
            ? compute.WithBody(computed.WithoutTrivia()).WithSemicolonToken(default).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed)
            : compute.WithExpressionBody(((ArrowExpressionClauseSyntax)body).WithoutTrivia()).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed);

        StatementSyntax[] statements = [.. before, Statements.Spaced(compute).WithAdditionalAnnotations(Formatter.Annotation)];
        var block = SyntaxFactory.Block(statements).WithAdditionalAnnotations(Formatter.Annotation);

        editor.ReplaceNode(function, (current, _) => current switch
        {
            MethodDeclarationSyntax method => method.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block.WithTrailingTrivia(method.GetTrailingTrivia())).WithAdditionalAnnotations(Formatter.Annotation),
            LocalFunctionStatementSyntax local => local.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block.WithTrailingTrivia(local.GetTrailingTrivia())).WithAdditionalAnnotations(Formatter.Annotation),
            _ => current,
        });
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>The names and types that the rewritten function uses, all taken from its own source.</summary>
    private sealed class NamesOf(SyntaxNode function)
    {
        private readonly ParameterListSyntax parameters = function is MethodDeclarationSyntax method ? method.ParameterList : ((LocalFunctionStatementSyntax)function).ParameterList;

        public string Results { get; } = Names.FreshLocal("results", function);

        public string Result { get; } = Names.FreshLocal("result", function);

        public string Remember { get; } = Names.FreshLocal("Remember", function);

        public string Compute { get; } = Names.FreshLocal("Compute", function);

        public string Parameters => parameters.WithoutTrivia().ToString();

        public string ReturnType { get; } = (function is MethodDeclarationSyntax m ? m.ReturnType : ((LocalFunctionStatementSyntax)function).ReturnType).WithoutTrivia().ToString();

        public string KeyType(Recurrence recurrence) => Tuple(recurrence, parameter => parameters.Parameters[parameter.Ordinal].Type!.WithoutTrivia().ToString());

        public string Key(Recurrence recurrence) => Tuple(recurrence, parameter => Escaped(parameter.Name));

        private static string Tuple(Recurrence recurrence, Func<IParameterSymbol, string> text)
        {
            var all = string.Join(", ", recurrence.Varying.Select(text));
            return recurrence.Varying.Length == 1 ? all : $"({all})";
        }
    }
}
