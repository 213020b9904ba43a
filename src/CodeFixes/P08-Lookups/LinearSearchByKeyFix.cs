namespace HotPath;

/// <summary>Builds an index of the sequence before the loop and asks that.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LinearSearchByKeyFix() : RuleFix(LinearSearchByKeyAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || LinearSearchByKeyAnalyzer.Find(call, site.Options) is not var (search, _))
            yield break;

        if (call.Syntax is not InvocationExpressionSyntax { Expression: not MemberBindingExpressionSyntax } syntax || search.Method is "FindIndex" or "FindLastIndex" || call.TargetMethod.ContainingType.Name == "ImmutableList" && search.Method == "FindAll")
            yield break;

        if (!IsAskedAtOnce(search))
            yield break;

        var wanted = search.Method switch
        {
            "Any" or "All" or "Exists" or "TrueForAll" => IndexShape.Set,
            "FirstOrDefault" or "Find" => IndexShape.Dictionary,
            _ => IndexShape.Lookup,
        };

        var parameter = search.Lambda.Symbol.Parameters[0].Name;
        if (parameter == "_" || KeyIndex.Of(search.Scan, wanted, parameter, site) is not { } index)
            yield break;

        SyntaxNode question = syntax;
        if (search.AsksForAbsence)
        {
            while (question.Parent is ParenthesizedExpressionSyntax)
                question = question.Parent;

            question = question.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not ? not : syntax;
        }

        var answer = SyntaxFactory.ParseExpression(Ask(search, index, negated: search.AsksForAbsence && question == syntax)).WithTriviaFrom(question);
        if (!Comments.AreKept(question, answer))
            yield break;

        yield return new(index.Title, editor =>
        {
            editor.ReplaceNode(question, answer);
            index.Declare(editor);
        }, index.Changes);
    }

    private static string Ask(KeySearch search, KeyIndex index, bool negated)
    {
        var not = negated ? "!" : "";
        if (index.Shape == IndexShape.Set)
            return $"{not}{index.Name}.Contains({index.Value})";

        if (index.Shape == IndexShape.Dictionary)
            return search.Method is "FirstOrDefault" or "Find" ? $"{index.Name}.GetValueOrDefault({index.Value})" : $"{not}{index.Name}.ContainsKey({index.Value})";

        var rest = search.Scan.Rest.IsEmpty ? "" : $"{search.Lambda.Symbol.Parameters[0].Name} => {Rest(search)}";
        var found = $"{not}{index.Name}[{index.Value}]";

        return search.Method switch
        {
            "Where" => rest.Length == 0 ? found : $"{found}.Where({rest})",
            "FindAll" => (rest.Length == 0 ? found : $"{found}.Where({rest})") + (search.Call.TargetMethod.ContainingType.Name == "Array" ? ".ToArray()" : ".ToList()"),
            "Find" => $"{found}.FirstOrDefault({rest})",
            "FindLast" => $"{found}.LastOrDefault({rest})",
            "Exists" or "All" or "TrueForAll" => $"{found}.Any({rest})",
            var same => $"{found}.{same}({rest})",
        };
    }

    private static string Rest(KeySearch search) => string.Join(" && ", search.Scan.Rest.Select(static rest => rest.Syntax.Parent is ParenthesizedExpressionSyntax whole ? whole.WithoutTrivia().ToString() : rest.Syntax.WithoutTrivia().ToString()));

    /// <summary>Whether the answer is used up before the collection or the key can change: a lookup gives the elements of now, a query those of then.</summary>
    private static bool IsAskedAtOnce(KeySearch search)
    {
        if (search.Method != "Where")
            return search.Scan.Matches.All(match => KeyWrites.Keep(match.Value, search.Lambda));

        var end = Pipeline.End(search.Call);
        if (!end.IsDeferred)
            return search.Scan.Matches.All(match => KeyWrites.Keep(match.Value, end.Operation));

        // What a lambda of SelectMany returns is run before it is called again.
        if (end.Consumer is IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation lambda } } && Loops.PerElement(lambda) is { TargetMethod.Name: "SelectMany" } flat && Pipeline.End(flat) is { IsDeferred: false } run)
            return search.Scan.Matches.All(match => KeyWrites.Keep(match.Value, run.Operation));

        if (end.Consumer is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var query } })
            return false;

        // The block that can name the query runs it, and nothing else does.
        var function = search.Call.Function();
        foreach (var use in Aliasing.Uses(query, search.Call.Root()))
        {
            if (!ReferenceEquals(use.Reference.Function(), function))
                return false;

            var isRun = use.Kind switch
            {
                UseKind.Enumerated => use.Context is IForEachLoopOperation,
                UseKind.Called when use.Context is IInvocationOperation called => !Pipeline.End(called).IsDeferred,
                UseKind.Passed when use.Context is IArgumentOperation { Parent: IInvocationOperation called } => !Loops.IsDeferred(called.TargetMethod) && called.TargetMethod.ContainingType.Name is "String" or "Enumerable" or "List",
                _ => false,
            };

            if (!isRun)
                return false;
        }

        IOperation block = end.Consumer;
        while (block.Parent is { } parent && block is not IBlockOperation)
            block = parent;

        return search.Scan.Matches.All(match => KeyWrites.Keep(match.Value, block)) && search.Scan.Rest.All(static rest => Effects.Of(rest).ArePure);
    }
}
