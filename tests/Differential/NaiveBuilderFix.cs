using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HotPath.Tests;

/// <summary>
/// What a fix for concatenation in loops looks like when nobody runs its output: it compiles, and changes what programs do. Generated programs have to show it.
/// </summary>
/// <param name="fault">What it gets wrong.</param>
internal sealed class NaiveBuilderFix(NaiveBuilderFix.Fault fault) : RuleFix(StringConcatenationInLoopAnalyzer.Id)
{
    /// <summary>What it gets wrong.</summary>
    public enum Fault
    {
        /// <summary><c>s = s + i + i</c> appends the sum.</summary>
        AppendsSums,

        /// <summary>A text that is null and stays so becomes empty.</summary>
        LosesNull,
    }

    protected override IEnumerable<Fix> Plan(Site site)
    {
        if (site.Node.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is not { Left: IdentifierNameSyntax { Identifier.ValueText: var name } }
            || site.Node.Ancestors().TakeWhile(node => node is not (AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax or LocalFunctionStatementSyntax)).LastOrDefault(node => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax) is not StatementSyntax { Parent: BlockSyntax } loop)
        {
            yield break;
        }

        var assignments = loop.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(assignment => assignment.Left.ToString() == name && assignment.Parent is ExpressionStatementSyntax).ToList();
        var operands = assignments.ConvertAll(assignment => Operand(assignment, name));
        if (operands.Contains(null) || loop.DescendantNodes().OfType<IdentifierNameSyntax>().Count(read => read.Identifier.ValueText == name) != assignments.Sum(assignment => assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? 1 : 2))
            yield break;

        yield return new("Use a StringBuilder", editor =>
        {
            foreach (var (assignment, operand) in assignments.Zip(operands))
                editor.ReplaceNode(assignment, SyntaxFactory.ParseExpression($"naive.Append({operand})"));

            var result = fault == Fault.LosesNull ? "naive.ToString()" : $"{name} == null && naive.Length == 0 ? null : naive.ToString()";
            editor.InsertBefore(loop, SyntaxFactory.ParseStatement($"var naive = new StringBuilder({name});\n"));
            editor.InsertAfter(loop, SyntaxFactory.ParseStatement($"{name} = {result};\n"));
        });
    }

    private string? Operand(AssignmentExpressionSyntax assignment, string name) => assignment switch
    {
        { RawKind: (int)SyntaxKind.AddAssignmentExpression } => assignment.Right.ToString(),
        _ when fault == Fault.AppendsSums && assignment.Right.ToString() is var text && text.StartsWith(name + " + ", StringComparison.Ordinal) => text[(name.Length + 3)..],
        _ => null,
    };
}
