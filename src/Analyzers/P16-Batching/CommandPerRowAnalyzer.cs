namespace HotPath;

/// <summary>A command that is built anew for every row is parsed and given its parameters anew, where setting their values is enough.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CommandPerRowAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1603";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "The same command is built for every row",
        message: "'{0}' builds the same command in every iteration of {1}; build it once before the loop and only set the values in it",
        description: "A new command is parsed and prepared again, and its parameters are made again. One command for all rows keeps its plan, and only the values of its parameters change.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(2, n: 1_000, form: "inserts in one transaction on SQLite");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbCommand"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (Loops.MayRepeat(context.Operation) && RowCommand.Of(context.Operation, context.Options) is { } command)
                Report(context, command.Creation.Syntax.GetLocation(), DiagnosticSeverity.Info, command.Creation.Text(), command.Loop.Description);
        }, OperationKind.ObjectCreation, OperationKind.Invocation);
    }
}
