using System.Collections.Concurrent;

namespace HotPath;

/// <summary>A value that is written into the text of a command makes another text of it, which is parsed and planned anew.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SqlFromValuesAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1607";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Warning,
        title: "SQL text is put together from values",
        message: "'{0}' is written into the SQL{1}: the database parses and plans a new text for every value; pass it as a parameter",
        description: "A command whose text differs with its values is another statement to the database every time: it is parsed and planned again, and fills the plan caches of the database and of the libraries before it. A value that holds a quote changes what the statement does.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(3, n: 1_000, form: "queries by one command on SQLite");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["System.Data.IDbCommand"] is null)
            return;

        var reported = new ConcurrentDictionary<SyntaxNode, bool>();
        start.RegisterOperationAction(context =>
        {
            if (SplicedValue.Of(context.Operation) is not var (text, values))
                return;

            // One text may be run in more than one place.
            var written = Reported(text, values[0], context.Operation.Syntax.SyntaxTree) ?? CommandTexts.Of(context.Operation)!.Syntax;
            if (!reported.TryAdd(written, true))
                return;

            var loop = Loops.Enclosing(context.Operation, context.Options);
            if (loop is not null && !Dependence.Of(CommandTexts.Of(context.Operation)!, loop).Varies)
                loop = null;

            Report(context, written.GetLocation(), loop is null ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, values[0].Value.Text(), loop is null ? "" : $" in every iteration of {loop.Description}");
        }, CommandTexts.Kinds);
    }

    /// <summary>The string that holds the value; of a builder, what is appended to it.</summary>
    private static SyntaxNode? Reported(SplicedText text, SplicedValue value, SyntaxTree tree)
    {
        var written = text.Written;
        if (written is IInvocationOperation { TargetMethod.Name: "ToString" })
        {
            written = value.Value;
            while (written.Parent is { } parent and not IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType.Name: "StringBuilder" } })
                written = parent;
        }

        return written.Syntax.SyntaxTree == tree ? written.Syntax : null;
    }
}
