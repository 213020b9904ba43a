namespace HotPath;

/// <summary>All lines of a file are read and kept, to walk through them once or to look at the first ones.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReadAllToScanAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1901";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "Whole file is read to walk through its lines once",
        message: "'{0}' loads the whole file for {1}; '{2}' {3}",
        description: "File.ReadAllLines() reads to the end of the file and holds all lines at once. File.ReadLines() gives them one by one and reads no further than they are asked for.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(107, n: 10_000, "the first line");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.IO.File"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (WholeFileScan.Of((IInvocationOperation)context.Operation) is not { } scan)
                return;

            var reader = scan.Reader switch
            {
                IForEachLoopOperation => scan.StopsEarly ? "a loop that may end early" : "one loop",
                _ => $"one '{((IInvocationOperation)scan.Reader).TargetMethod.Name}'",
            };
            Report(context, scan.Read.Syntax.GetLocation(), scan.StopsEarly ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                scan.Read.Text(), reader, scan.IsAsync ? "File.ReadLinesAsync" : "File.ReadLines", scan.StopsEarly ? "reads no further than needed" : "holds one line at a time");
        }, OperationKind.Invocation);
    }
}
