namespace HotPath;

/// <summary>A string is made in each iteration, copied into a builder and thrown away, where the builder could take the pieces.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AppendOfTemporaryAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT0704";

    private const string SpanTwin = "CA1846";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "String is made only to be appended",
        message: "'{0}' makes a string in each iteration of {1} only to copy it into '{2}'; {3}",
        description: "A concatenation, string.Format, Substring or ToString allocates a string that Append copies and the garbage collector takes. The builder takes the pieces, the part of the text and the number themselves.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(1.9, n: 1_000, "string.Format");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Text.StringBuilder"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (AppendedTemporary.Of((IInvocationOperation)context.Operation, context.Options) is not { } temporary
                || temporary.Kind == TemporaryKind.Part && Twins.IsOn(context.Compilation, context.Operation.Syntax.SyntaxTree, SpanTwin, context.CancellationToken))
            {
                return;
            }

            var instead = temporary.Kind switch
            {
                TemporaryKind.Concatenation => "append the pieces one by one",
                TemporaryKind.Format => "append an interpolated string, which is written into the builder",
                TemporaryKind.Part => "append the part of the text",
                TemporaryKind.Text => "append the value",
                _ => "append an interpolated string, which is written into the builder",
            };

            Report(context, temporary.Call.Syntax.GetLocation(), DiagnosticSeverity.Info, temporary.Value.Text(), temporary.Loop.Description, temporary.Builder.Text(), instead);
        }, OperationKind.Invocation);
    }
}
