namespace HotPath;

/// <summary>A list of all elements is made to ask whether there is one, how many, or for the first.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MaterialiseToAskAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0602";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "All elements are copied to ask one thing",
        message: "'{0}' copies all elements of '{1}' to {2}; {3} answers without the copy",
        description: "ToList() and ToArray() run the whole query and keep every element. Count() needs no copy, and Any() and First() stop at the first element.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(44, n: 1_000, "is there one");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Linq.Enumerable"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (MaterialisedQuestion.Of((IInvocationOperation)context.Operation, context.Options) is not { } found)
                return;

            // A test names what it got before it asks.
            if (found.Declarator is not null && TestCode.IsTest(context.ContainingSymbol))
                return;

            var (what, instead) = found.Question switch
            {
                CopyQuestion.Count => ("count them", "Count()"),
                CopyQuestion.Any or CopyQuestion.None => ("ask whether there is one", "Any()"),
                CopyQuestion.FirstByIndex => ("take the first", "First()"),
                _ => ("ask one thing", ((IInvocationOperation)found.Whole).TargetMethod.Name + "()"),
            };

            Report(context, found.Reported.Syntax.GetLocation(), DiagnosticSeverity.Warning, found.Reported.Text(), found.Sequence.Text(), what, instead);
        }, OperationKind.Invocation);
    }
}
