namespace HotPath;

/// <summary>A whole file is loaded to cut it into lines, to count its bytes or to hash them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SplitWholeFileAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1902";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Whole file is loaded to cut, count or hash it",
        message: "'{0}' loads everything at once to {1}; {2}",
        description: "A text that is cut into lines is in memory twice, as a whole and in pieces; bytes that are counted or hashed need not be in memory at all. Read line by line, ask for the length, or give the hash a stream.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(2.5, n: 10_000, "the lines of a file");

    /// <inheritdoc/>
    public override string NoFix => "Split('\\n') keeps '\\r' and an empty last line, which reading line by line does not; only the author knows if they matter.";

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.IO.File"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            if (WholeContent.Of((IInvocationOperation)context.Operation) is not { Use: <= ContentUse.Hash } found)
                return;

            var isFile = found.Load.TargetMethod.IsStatic;
            var (what, instead) = found.Use switch
            {
                ContentUse.Split => ("cut it into lines", isFile ? "File.ReadLines gives them one by one" : "ReadLine gives them one by one"),
                ContentUse.Count => ("ask for its length", "FileInfo.Length knows it"),
                ContentUse.Pass => ("walk through its bytes once", "read it block by block"),
                _ => ("hash it", "hand the hash a stream"),
            };
            Report(context, found.Load.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Load.Text(), what, instead);
        }, OperationKind.Invocation);
    }
}
