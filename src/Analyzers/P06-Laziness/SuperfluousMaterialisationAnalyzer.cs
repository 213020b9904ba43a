namespace HotPath;

/// <summary>A list of all elements is kept in memory to walk through it once, where the sequence itself could be walked through.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SuperfluousMaterialisationAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0601";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Sequence is copied to walk through it once",
        message: "'{0}' keeps all elements of '{1}' in memory for {2}, which can take them one by one",
        description: "ToList() and ToArray() hold all elements at once. Where they are walked through once, and nothing changes the source meanwhile, the sequence gives them one by one. This is about memory: it is seldom faster.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Allocation(33, n: 1_000, "a filtered list of references");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Linq.Enumerable"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (NeedlessCopy.Of((IInvocationOperation)context.Operation, context.Options) is not { } needless)
                return;

            var reader = needless.Reader switch
            {
                IForEachLoopOperation => "one loop",
                IInvocationOperation { TargetMethod: { Name: var name, ContainingType.SpecialType: SpecialType.System_String } } => $"one 'string.{name}'",
                _ => $"one '{((IInvocationOperation)needless.Reader).TargetMethod.Name}'",
            };
            Report(context, needless.Copy.Syntax.GetLocation(), DiagnosticSeverity.Info, needless.Copy.Text(), needless.Sequence.Text(), reader);
        }, OperationKind.Invocation);
    }
}
