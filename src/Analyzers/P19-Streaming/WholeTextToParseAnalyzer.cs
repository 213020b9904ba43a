namespace HotPath;

/// <summary>A whole text is loaded to be parsed, by a method that reads from a stream as well.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WholeTextToParseAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1904";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Whole text is loaded to be parsed",
        message: "'{0}' loads everything at once for '{1}', which can read from a stream",
        description: "A text that is only parsed is in memory as bytes, as a text of twice their size, and as the result. The parser reads from a stream block by block. A stream in memory that is only read may be the file itself.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Allocation(1.5, n: 10_000, "JSON from a file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.IO.File"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (WholeContent.Of((IInvocationOperation)context.Operation) is not { Use: ContentUse.Parse or ContentUse.Stream } found)
                return;

            Report(context, found.Load.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Load.Text(),
                found.Whole is IInvocationOperation { TargetMethod: var method } ? $"{method.ContainingType.Name}.{method.Name}" : found.Whole.Text());
        }, OperationKind.Invocation);
    }
}
