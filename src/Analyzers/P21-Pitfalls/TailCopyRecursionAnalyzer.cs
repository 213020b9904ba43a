namespace HotPath;

/// <summary>A recursion that hands on a copy of what is left copies the square of the length, and keeps all copies alive until it is done.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TailCopyRecursionAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT2103";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Recursion copies what is left",
        message: "'{0}' calls itself with '{1}', a copy of nearly all of '{2}' per call: O(n²); hand on a span or a position",
        description: "A recursion on Substring, Skip(1).ToList() or a range of an array copies all that is left at each step: the square of the length in time, and in memory as well, because every caller still holds its copy. A span or an index hands on the same elements without a copy.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(5, n: 1_000);

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        var call = (IInvocationOperation)context.Operation;
        if (TailCopy.Of(call, context.ContainingSymbol) is not { } found || !IsFirst(found, context.ContainingSymbol) || Name(found.Method) is not { } name)
            return;

        Report(context, name, DiagnosticSeverity.Warning, found.Method.Name, found.Copy.Text(), found.Parameter.Name);
    }, OperationKind.Invocation);

    /// <summary>Whether no call before this one does the same: one method, one finding.</summary>
    private static bool IsFirst(TailCopy found, ISymbol containing)
    {
        foreach (var part in found.Call.Root().Descendants())
        {
            if (part is IInvocationOperation other && SymbolEqualityComparer.Default.Equals(other.TargetMethod.OriginalDefinition, found.Method) && TailCopy.Of(other, containing) is not null)
                return other.Syntax == found.Call.Syntax;
        }

        return true;
    }

    private static Location? Name(IMethodSymbol method) => method.DeclaringSyntaxReferences is [var declared, ..]
        ? declared.GetSyntax() switch
        {
            MethodDeclarationSyntax declaration => declaration.Identifier.GetLocation(),
            LocalFunctionStatementSyntax function => function.Identifier.GetLocation(),
            _ => null,
        }
        : null;
}
