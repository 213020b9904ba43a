namespace HotPath;

/// <summary>A collection that is not told how many elements will come makes room in steps and copies everything at each of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsizedCollectionAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0501";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Collection is not told its size",
        message: "{0} again and again while {1} fills {2}; give {2} the capacity '{3}'",
        description: "Lists, queues and stacks double their array whenever it is full, dictionaries and sets hash everything again into a larger table. With the number of elements as capacity they make room once.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(1.5, n: 1_000, "a dictionary of numbers");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (KnownSize.Of(context.Operation, context.Options) is not { } known)
            return;

        var names = string.Join(" and ", known.Fills.Select(static fill => $"'{fill.Target.Text()}'"));
        var (grows, them) = known.Fills.Length == 1 ? ("grows", "it") : ("grow", "them");
        Report(context, Loops.Header(context.Operation.Syntax), DiagnosticSeverity.Info, $"{names} {grows}", new Loop((ILoopOperation)context.Operation).Description, them, known.Capacity);
    }, OperationKind.Loop);
}
