namespace HotPath;

/// <summary>Takes the lines one by one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReadAllToScanFix() : RuleFix(ReadAllToScanAnalyzer.Id)
{
    /// <inheritdoc/>
    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Operation is not IInvocationOperation read || WholeFileScan.Of(read) is not { IsAsync: false, Meanwhile: FileUse.None } scan || Method(read.Syntax) is not { } name)
            yield break;

        // A file is open for as long as somebody walks through it: that has to begin at once.
        if (!scan.Locals.All(static local => SingleUse.IsSoon(local.Declarator, local.Use)) || !IsForgiving(read))
            yield break;

        // The call on an array may have been one for spans.
        if (scan.Operators.Any(static call => call.TargetMethod.ContainingType.Name == "MemoryExtensions") && !Imports.IsInScope(site.Model, site.Node, "System.Linq"))
            yield break;

        TypeSyntax? type = null;
        if (scan.Locals.Count > 0 && scan.Locals[0].Declarator is { Symbol.Type: IArrayTypeSymbol, Syntax: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } })
        {
            if (declaration.Variables.Count != 1)
                yield break;

            if (!declaration.Type.IsVar)
                type = declaration.Type;
        }

        yield return new("Take the lines one by one", editor =>
        {
            editor.ReplaceNode(name, (current, _) => SyntaxFactory.IdentifierName("ReadLines").WithTriviaFrom(current));
            if (type is not null)
                editor.ReplaceNode(type, (current, _) => SyntaxFactory.IdentifierName("var").WithTriviaFrom(current));
        });
    }

    private static SimpleNameSyntax? Method(SyntaxNode call) => call switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } } => name,
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } => name,
        _ => null,
    };

    /// <summary>Whether no bytes of the file are an error, which would be found after half of the work is done.</summary>
    private static bool IsForgiving(IInvocationOperation read) =>
        read.ArgumentOf(1) is not { } encoding
        || encoding.Unconverted() is IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType: var type } } && type.Is("System.Text", "Encoding");
}
