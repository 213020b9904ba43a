namespace HotPath;

/// <summary>A tracked entity costs a snapshot of its values and an entry in the context, which only pay where it is changed and saved.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrackedReadOnlyQueryAnalyzer() : RuleAnalyzer(Rule)
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "HOT1706";

    /// <summary>The rule.</summary>
    public static readonly DiagnosticDescriptor Rule = Describe(Id, DiagnosticSeverity.Info,
        title: "Entities that are only read are tracked",
        message: "'{0}' tracks every '{1}' it loads, and they are only read here; AsNoTracking() loads them without a copy of their values each",
        description: "The context keeps each entity that a query loads, with a copy of its values, to find out at the next SaveChanges what was changed. For entities that are only read that is memory and time for nothing.");

    /// <inheritdoc/>
    public override Promise Promise => Promise.Time(1.3, n: 1_000, "whole entities from a SQLite file");

    /// <inheritdoc/>
    protected override void Register(CompilationStartAnalysisContext start, KnownTypes types)
    {
        if (types["Microsoft.EntityFrameworkCore.DbContext"] is null)
            return;

        start.RegisterOperationAction(context =>
        {
            var call = (IInvocationOperation)context.Operation;
            if (call.TargetMethod.Name is "ToList" or "ToArray" or "ToListAsync" or "ToArrayAsync" or "ToDictionary" or "ToDictionaryAsync" or "ToLookup" && TrackedRead.Of(EntityRead.Of(call)) is { } found)
                Report(context, found.Load.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Load.Text(), found.Query.Entity.Name);
        }, OperationKind.Invocation);

        start.RegisterOperationAction(context =>
        {
            if (context.Operation is IForEachLoopOperation loop && TrackedRead.Of(EntityRead.Of(loop)) is { } found)
                Report(context, found.Load.Syntax.GetLocation(), DiagnosticSeverity.Info, found.Load.Text(), found.Query.Entity.Name);
        }, OperationKind.Loop);
    }
}
