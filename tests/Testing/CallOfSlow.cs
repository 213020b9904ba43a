using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Operations;

namespace HotPath.Tests;

/// <summary>A rule for tests of the tests: it reports every call of a method named <c>Slow</c>; as Info where an argument is named <c>info</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallOfSlowAnalyzer() : RuleAnalyzer(Rule)
{
    public const string Id = "TEST0001";

    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning, "A slow call", "'{0}' is slow", "For tests.");

    public override Promise Promise => Promise.None("for tests");

    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(
        context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (call.TargetMethod.Name == "Slow")
                Report(context, call.Syntax.GetLocation(), call.Arguments.Any(argument => argument.Parameter?.Name == "info") ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, call.Syntax.ToString());
        },
        OperationKind.Invocation);
}

/// <summary>
/// Calls <c>Fast</c> instead. What it does depends on the first argument: <c>"none"</c> no fix; <c>"changes"</c> only a fix that says it changes something; <c>"both"</c> one of each kind;
/// <c>"wrong"</c> calls <c>Wrong</c>; <c>"local"</c> puts the result into a local first; <c>"block"</c> puts the statement into a block, without a word about layout; <c>"again"</c> leaves a call that is reported; <c>"file"</c> adds a line to the first additional file too; anything else a fix that keeps behaviour.
/// </summary>
public sealed class CallOfSlowFix() : RuleFix(CallOfSlowAnalyzer.Id)
{
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Expression: IdentifierNameSyntax { Identifier.ValueText: "Slow" } name } call)
            return [];

        var how = (call.ArgumentList.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)?.Token.ValueText;
        var safe = new Fix("Call Fast", editor => editor.ReplaceNode(name, Named("Fast", name)));
        var changes = new Fix("Call Faster (changes the result)", editor => editor.ReplaceNode(name, Named("Faster", name)), changes: "the result");

        return how switch
        {
            "none" => [],
            "changes" => [changes],
            "both" => [changes, safe],
            "wrong" => [new Fix("Call Wrong", editor => editor.ReplaceNode(name, Named("Wrong", name)))],
            "local" when call.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax } statement => [new Fix("Call Fast first", editor =>
            {
                var local = Names.FreshLocal("fast", call);
                editor.InsertBefore(statement, SyntaxFactory.ParseStatement($"var {local} = Fast();\n").WithAdditionalAnnotations(Formatter.Annotation));
                editor.ReplaceNode(call, SyntaxFactory.IdentifierName(local).WithTriviaFrom(call));
            })],
            "block" when call.FirstAncestorOrSelf<StatementSyntax>() is { } statement => [new Fix("Call Fast in a block", editor =>
                editor.ReplaceNode(statement, SyntaxFactory.Block(statement.ReplaceNode(name, Named("Fast", name)))))],
            "again" => [new Fix("Call it without a word", editor => editor.ReplaceNode(call.ArgumentList, SyntaxFactory.ArgumentList()))],
            "file" => [new Fix("Call Fast and note it", async (document, cancellationToken) =>
            {
                var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
                var solution = document.WithSyntaxRoot(root.ReplaceNode(name, Named("Fast", name))).Project.Solution;
                var file = solution.GetProject(document.Project.Id)!.AdditionalDocuments.First();
                var text = await file.GetTextAsync(cancellationToken);
                return solution.WithAdditionalDocumentText(file.Id, text.Replace(text.Length, 0, "fast\n"));
            })],
            _ => [safe],
        };
    }

    private static IdentifierNameSyntax Named(string text, SyntaxNode old) => SyntaxFactory.IdentifierName(text).WithTriviaFrom(old);
}
