using System.Collections.Concurrent;

namespace HotPath;

/// <summary>A rule that holds the conditions of queries, in SQL and over the entities of EF Core, against the schema.</summary>
public abstract class SchemaAnalyzer(DiagnosticDescriptor rule) : RuleAnalyzer(rule)
{
    /// <inheritdoc/>
    public override ImmutableArray<Option> Reads => [Options.SmallTables];

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        var hasModel = types["Microsoft.EntityFrameworkCore.DbContext"] is not null;
        if (!hasModel && !Schema.HasFiles(start.Options))
            return;

        var (compilation, options, cancellationToken) = (start.Compilation, start.Options, start.CancellationToken);
        var schema = new Lazy<Schema>(() => Schema.Of(compilation, options, cancellationToken));
        var reported = new ConcurrentDictionary<SyntaxNode, bool>();

        start.RegisterOperationAction(context =>
        {
            if (CommandTexts.Of(context.Operation) is not { } text || SqlText.Constant(text) is not { } sql || schema.Value.IsEmpty || OfText(sql, schema.Value, Small(context)) is not { } found)
                return;

            // A constant may be used more than once, and is one finding.
            var written = CommandTexts.Written(text).Syntax;
            if (reported.TryAdd(written, true))
                Report(context, written.GetLocation(), found.Severity, found.Arguments);
        }, CommandTexts.Kinds);

        if (!hasModel)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (EntityFilter.MayBe(call) && !schema.Value.IsEmpty && OfCall(call, schema.Value, Small(context)) is var (condition, found))
                Report(context, condition.Syntax.GetLocation(), found.Severity, found.Arguments);
        }, OperationKind.Invocation);
    }

    /// <summary>What is to be said of a text of SQL; null for nothing.</summary>
    private protected abstract Finding? OfText(string sql, Schema schema, ICollection<string> small);

    /// <summary>What is to be said of the query that a call begins, and of which of its conditions; null for nothing.</summary>
    private protected abstract (IOperation Condition, Finding Finding)? OfCall(IInvocationOperation call, Schema schema, ICollection<string> small);

    private ImmutableHashSet<string> Small(in OperationAnalysisContext context) => Options.SmallTables.Read(context.Options, context.Operation.Syntax.SyntaxTree, Descriptor.Id);

    /// <summary>A finding without its place: how much it matters, and the arguments of the message.</summary>
    private protected readonly record struct Finding(DiagnosticSeverity Severity, object[] Arguments);
}
