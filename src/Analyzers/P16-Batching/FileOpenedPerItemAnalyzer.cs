namespace HotPath;

/// <summary>A file is opened and closed, or its buffer emptied, for each line or byte of a loop: the calls of the system cost many times what they write.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FileOpenedPerItemAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1608";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "File is opened or flushed once per item",
        message: "'{0}' {1} in every iteration of {2}; {3}",
        description: "File.AppendAllText() and its kin open the file, write and close it. One StreamWriter around the loop opens it once and writes in blocks. Flush() after each line, AutoFlush and streams without a buffer undo that.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(39, n: 1_000, "a line appended per iteration");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.IO.File"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if ((AppendPerItem.Of(call, context.Options) ?? AppendPerItem.OfWriter(call, context.Options)) is { } found)
            {
                ReportOpened(context, found);
                return;
            }

            if (UnbufferedIo.IsFlushPerLine(call, context.Options))
                Report(context, call.Syntax.GetLocation(), DiagnosticSeverity.Info, call.Text(), "empties the buffer", Loops.Enclosing(call, context.Options)!.Description, "it is emptied when it is full, and at the end");
            else if (UnbufferedIo.IsBytewise(call, context.Options))
                Report(context, call.Syntax.GetLocation(), DiagnosticSeverity.Warning, call.Text(), "asks the system for one byte", Loops.Enclosing(call, context.Options)!.Description, "give the stream a buffer");
        }, OperationKind.Invocation);

        start.RegisterOperationAction(context =>
        {
            var assignment = (ISimpleAssignmentOperation)context.Operation;
            if (UnbufferedIo.IsAutoFlush(assignment, context.Options))
                Report(context, assignment.Syntax.GetLocation(), DiagnosticSeverity.Info, assignment.Text(), "empties the buffer after each call", "the loop that writes", "without it the buffer is emptied when it is full, and at the end");
        }, OperationKind.SimpleAssignment);

        start.RegisterOperationAction(context =>
        {
            if (AppendPerItem.OfWriter(context.Operation, context.Options) is { } found)
                ReportOpened(context, found);
        }, OperationKind.ObjectCreation);
    }

    private void ReportOpened(OperationAnalysisContext context, AppendPerItem found) =>
        Report(context, found.Append.Syntax.GetLocation(), DiagnosticSeverity.Warning, found.Append.Text(), $"opens and closes '{found.Path.Text()}'", found.Loops[0].Description, "write with one StreamWriter around it");
}
