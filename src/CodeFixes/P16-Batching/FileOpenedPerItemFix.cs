namespace HotPath;

/// <summary>Writes with one <c>StreamWriter</c> around the loop, opened when there is something to write.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class FileOpenedPerItemFix() : RuleFix(FileOpenedPerItemAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation call || AppendPerItem.Of(call, site.Options) is not { } found || site.Types["System.IO.StreamWriter"] is not { } type)
            yield break;

        // The outermost loop around which one writer can stand.
        for (var i = found.Loops.Count - 1; i >= 0; i--)
        {
            if (found.Loops[i] is { Lambda: null, Operation: ILoopOperation { Syntax: StatementSyntax statement } loop } && Appends(found, loop) is { } appends && Surrounding.CanSurround(statement))
            {
                yield return new("Write with one StreamWriter around the loop", editor => Rewrite(editor, site, statement, appends, type));
                yield break;
            }
        }
    }

    /// <summary>All statements in the loop that append to the file; null where one writer for all would not do the same.</summary>
    private static List<Appended>? Appends(AppendPerItem found, ILoopOperation loop)
    {
        var appends = new List<Appended>();
        foreach (var part in loop.Body.Descendants())
        {
            if (part is not IInvocationOperation call || !AppendPerItem.IsAppend(call))
                continue;

            if (call.ArgumentOf(0) is not { } path || !AppendPerItem.IsSame(path, found.Path) || Appended.Of(call, loop) is not { } append || appends.Count > 0 && append.Encoding != appends[0].Encoding)
                return null;

            appends.Add(append);
        }

        return appends.Count > 0 && Invariance.IsProven(found.Path, loop) && FileUses.In(loop, part => appends.Exists(append => append.IsOwn(part))) == FileUse.None ? appends : null;
    }

    private static void Rewrite(DocumentEditor editor, Site site, StatementSyntax loop, List<Appended> appends, INamedTypeSymbol type)
    {
        var name = Names.FreshLocal("writer", loop);
        var typeName = Imports.Name(editor, loop, type);
        var isNew = ((CSharpParseOptions)loop.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8;
        var mark = site.Model.GetNullableContext(loop.SpanStart).AnnotationsEnabled() ? "?" : "";
        var isAsync = appends.Exists(static append => append.IsAsync);

        var current = loop.TrackNodes(appends.Select(static append => append.Statement));
        foreach (var append in appends)
        {
            var now = current.GetCurrentNode(append.Statement)!;
            var creation = $"new {typeName}({append.Path}, append: true{(append.Encoding is null ? "" : ", " + append.Encoding)})";

            // A text that may fail to be made is made before the file is there.
            var text = append.IsTotal ? append.Text : Names.FreshLocal("text", loop);
            string[] lines =
            [
                .. append.IsTotal ? (string[])[] : [$"var {text} = {append.Text};"],
                isNew ? $"{name} ??= {creation};" : $"{name} = {name} ?? {creation};",
                $"{(append.IsAsync ? "await " : "")}{name}.Write{(append.IsLine ? "Line" : "")}{(append.IsAsync ? "Async" : "")}({text});",
            ];

            var made = Array.ConvertAll(lines, static line => SyntaxFactory.ParseStatement(line).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation));
            var last = made.Length - 1;
            if (now.Parent is BlockSyntax or SwitchSectionSyntax && append.IsTotal || now.Parent is BlockSyntax or SwitchSectionSyntax && appends.Count == 1)
            {
                made[0] = made[0].WithLeadingTrivia(now.GetLeadingTrivia());
                made[last] = made[last].WithTrailingTrivia(now.GetTrailingTrivia());
                current = current.ReplaceNode(now, made);
            }
            else
            {
                current = current.ReplaceNode(now, SyntaxFactory.Block(made).WithTriviaFrom(now).WithAdditionalAnnotations(Formatter.Annotation));
            }
        }

        var close = isAsync ? $"if ({name} != null)\n    await {name}.DisposeAsync();" : $"{name}?.Dispose();";
        var body = current.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        var guarded = SyntaxFactory.TryStatement(
            SyntaxFactory.Block(body).WithAdditionalAnnotations(Formatter.Annotation),
            default,
            SyntaxFactory.FinallyClause(SyntaxFactory.Block(SyntaxFactory.ParseStatement(close).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed))).WithAdditionalAnnotations(Formatter.Annotation))
            .WithAdditionalAnnotations(Formatter.Annotation);

        Surrounding.Surround(editor, loop, [SyntaxFactory.ParseStatement($"{typeName}{mark} {name} = null;")], [], statement => guarded.WithTriviaFrom(statement));
    }

    /// <summary>A statement that appends.</summary>
    private sealed class Appended
    {
        private Appended(IInvocationOperation call) => Call = call;

        private IInvocationOperation Call { get; }

        public StatementSyntax Statement { get; private set; } = null!;

        public string Path { get; private set; } = "";

        public string? Encoding { get; private set; }

        public string Text { get; private set; } = "";

        /// <summary>Whether making the text cannot fail, and does nothing else.</summary>
        public bool IsTotal { get; private set; }

        /// <summary>Whether the end of the line is to be written too.</summary>
        public bool IsLine { get; private set; }

        public bool IsAsync => Call.Parent is IAwaitOperation;

        public bool IsOwn(IOperation part) => ReferenceEquals(part, Call) || IsAsync && ReferenceEquals(part, Call.Parent);

        public static Appended? Of(IInvocationOperation call, ILoopOperation loop)
        {
            var append = new Appended(call);
            var isAsync = call.TargetMethod.Name.EndsWith("Async", StringComparison.Ordinal);
            if (isAsync != append.IsAsync || (isAsync ? call.Parent!.Parent : call.Parent) is not IExpressionStatementOperation { Syntax: ExpressionStatementSyntax { } statement } || Comments.AreInside(statement)
                || !ReferenceEquals(call.Function(), loop.Function()))
            {
                return null;
            }

            // A row that fails is caught, and the others written.
            for (var current = call.Parent; current is not null && !ReferenceEquals(current, loop); current = current.Parent)
            {
                if (current is ITryOperation or ILockOperation or IUsingOperation)
                    return null;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument is { ArgumentKind: ArgumentKind.DefaultValue })
                    continue;

                switch (argument.Parameter?.Ordinal)
                {
                    case 0:
                        append.Path = argument.Value.Syntax.ToString();
                        break;

                    case 1 when Content(call, argument.Value.Unconverted()) is var (text, isLine):
                        append.Text = text.Syntax.ToString();
                        append.IsLine = isLine;
                        append.IsTotal = Queries.IsTotal(text);
                        break;

                    case 2 when argument.Value.Unconverted() is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType: var encodings } } encoding && encodings.Is("System.Text", "Encoding"):
                        append.Encoding = encoding.Syntax.ToString();
                        break;

                    default:
                        return null;
                }
            }

            append.Statement = statement;
            return append;
        }

        /// <summary>The text that is appended, and whether an end of line follows.</summary>
        private static (IOperation Text, bool IsLine)? Content(IInvocationOperation call, IOperation content)
        {
            if (call.TargetMethod.Name is "AppendAllText" or "AppendAllTextAsync")
            {
                if (content is { Type.SpecialType: not SpecialType.System_String } or { ConstantValue: { HasValue: true, Value: null } })
                    return null;

                return content is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var text, RightOperand: IPropertyReferenceOperation { Property: { Name: "NewLine", ContainingType.Name: "Environment" } } } && text.Type?.SpecialType == SpecialType.System_String
                    && text.ConstantValue is not { HasValue: true, Value: null }
                        ? (text, true)
                        : (content, false);
            }

            if (call.TargetMethod.Name is not ("AppendAllLines" or "AppendAllLinesAsync"))
                return null;

            var only = content switch
            {
                IArrayCreationOperation { Initializer.ElementValues: [var element] } => element,
                ICollectionExpressionOperation { Elements: [var element and not ISpreadOperation] } => element,
                _ => null,
            };
            return only is { Type.SpecialType: SpecialType.System_String } ? (only.Unconverted(), true) : null;
        }
    }
}
