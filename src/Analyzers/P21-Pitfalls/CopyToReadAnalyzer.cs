namespace HotPath;

/// <summary>A part of a text, the pieces of a line or the elements of a collection are copied, only to be read once and thrown away.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CopyToReadAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT2101";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Copy is made only to be read",
        message: "'{0}' {1} '{2}' only to read the copy; {3}",
        description: "Substring, Split, ToArray, ToCharArray and array ranges allocate a copy. A span compares and reads a part in place, Split with a number of pieces stops early, and a collection answers questions about its elements itself.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(2, n: 1_000, "comparing a part of a text");

    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallLoop];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types) => start.RegisterOperationAction(context =>
    {
        if (CopiedRead.Of(context.Operation, context.Options) is not { } read)
            return;

        var (does, instead) = read.Kind switch
        {
            CopyKind.Text => ("copies a part of", "a span reads it in place"),
            CopyKind.Pieces => ("makes a string of each piece of", "not all of them are needed"),
            CopyKind.Elements => ("copies all of", "the original can be read"),
            _ => ("copies a range of", "a span reads it in place"),
        };

        Report(context, read.Whole.Syntax.GetLocation(), DiagnosticSeverity.Info, read.Whole.Text(), does, read.Source.Text(), instead);
    }, OperationKind.Invocation, OperationKind.ImplicitIndexerReference, OperationKind.ArrayElementReference);
}
