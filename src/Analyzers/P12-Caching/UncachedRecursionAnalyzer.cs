namespace HotPath;

/// <summary>A recursion that computes each smaller result many times over: the number of calls grows exponentially.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncachedRecursionAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1201";

    private static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Recursion computes the same results again and again",
        message: "'{0}' calls itself up to {1} times per call with '{2}' changed by a constant: about {1}^n calls for O(n) different results; remember each result",
        description: "A pure function that adds up several smaller results of its own asks for each of them again and again. Remembering each result makes the number of calls linear in the number of different arguments.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(50, n: 20, "Fibonacci; the dictionary is made anew by every outer call");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        var call = (IInvocationOperation)context.Operation;
        if (Recurrence.BodyOf(call, context.ContainingSymbol) is null
            || Recurrence.Around(call, context.ContainingSymbol) is not { } recurrence
            || !ReferenceEquals(recurrence.Calls[0].Syntax, call.Syntax)
            || call.IsInExpressionTree())
        {
            return;
        }

        var location = recurrence.Method.Locations[0];
        var parameters = string.Join("', '", recurrence.Varying.Select(parameter => parameter.Name));
        Report(context, location, DiagnosticSeverity.Warning, recurrence.Method.Name, recurrence.CallsPerPath, parameters);
    }, OperationKind.Invocation);
}
